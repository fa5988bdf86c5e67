//! The smallest coin of a question: so small that every amount is a whole number of it.
//!
//! Sums of fractions with different denominators would grow with every position. All denominators
//! are known beforehand: powers of ten from decimals, and the digits of what is divided by, which is
//! leverages and the prices of inverse contracts.

use num_bigint::BigInt;
use num_traits::{One, Zero};
use rust_decimal::Decimal;

use super::number::{Fraction, ten_to};
use super::question::{Case, Fee, Kind, PositionCase};

#[derive(Clone, Debug)]
pub(crate) struct Grain {
    /// Grains in one unit of money.
    pub(crate) amount: BigInt,
    /// Steps in a rate of one.
    pub(crate) rate: BigInt,
}

/// Digits after the point, zeros at the end left out.
fn places(value: Decimal) -> u32 {
    value.normalize().scale()
}

fn fee_places(fee: Fee) -> u32 {
    match fee {
        Fee::None => 0,
        Fee::CloseAtMark(rate) | Fee::CloseAtBankruptcy(rate) | Fee::EntryRoundTrip(rate) => {
            places(rate)
        }
    }
}

#[derive(Default)]
struct Needs {
    amount: u32,
    rate: u32,
    prices: Vec<BigInt>,
    leverages: Vec<BigInt>,
    /// Leverages by which rates are divided.
    in_rates: Vec<BigInt>,
}

impl Needs {
    fn of(&mut self, case: &Case, position: &PositionCase) {
        let market = case.market_of(position);
        let size = places(position.quantity) + places(market.contract_size);
        let price = places(position.entry).max(places(market.mark));
        let fees = fee_places(market.initial_fee)
            .max(fee_places(market.maintenance_fee))
            .max(places(market.funding));
        let mut amount = (size + price + fees).max(places(position.margin));
        let mut rate = fees;
        for tier in &market.tiers {
            amount = amount.max(tier.cap.map_or(0, places)).max(places(tier.floor));
            rate = rate.max(places(tier.rate) + position.leverage.map_or(0, places));
        }
        match market.kind {
            Kind::Slope(slope) => rate = rate.max(places(slope) + size),
            Kind::Fixed(money) => amount = amount.max(places(money) + size),
            _ => {}
        }
        self.amount = self.amount.max(amount);
        self.rate = self.rate.max(rate);
        if market.is_inverse() {
            note(&mut self.prices, position.entry);
            note(&mut self.prices, market.mark);
        }
        if let Some(leverage) = position.leverage {
            note(&mut self.leverages, leverage);
            if market.kind == Kind::FactorOverLeverage {
                note(&mut self.in_rates, leverage);
            }
        }
    }
}

fn note(divisors: &mut Vec<BigInt>, value: Decimal) {
    let digits = BigInt::from(value.normalize().mantissa());
    if !digits.is_one() && !divisors.contains(&digits) {
        divisors.push(digits);
    }
}

impl Grain {
    /// The grain for some positions of a question.
    pub(crate) fn new(case: &Case, positions: &[usize]) -> Self {
        let mut needs = Needs { amount: case.wallet.map_or(0, places), ..Needs::default() };
        for position in positions {
            needs.of(case, case.positions.get(*position).unwrap());
        }
        let product = |factors: &[BigInt]| factors.iter().product::<BigInt>();
        Self {
            amount: ten_to(needs.amount) * product(&needs.prices) * product(&needs.leverages),
            rate: ten_to(needs.rate) * product(&needs.in_rates),
        }
    }

    /// An amount of money in grains.
    pub(crate) fn amount_of(&self, money: &Fraction) -> BigInt {
        whole(money, &self.amount)
    }

    /// A rate in its steps.
    pub(crate) fn rate_of(&self, rate: &Fraction) -> BigInt {
        whole(rate, &self.rate)
    }

    /// Grains as an amount of money.
    pub(crate) fn money(&self, grains: BigInt) -> Fraction {
        Fraction::new_raw(grains, self.amount.clone())
    }

    /// Grains times steps of a rate as an amount of money.
    pub(crate) fn asked(&self, steps: BigInt) -> Fraction {
        Fraction::new_raw(steps, &self.amount * &self.rate)
    }
}

fn whole(value: &Fraction, unit: &BigInt) -> BigInt {
    exactly(value.numer() * unit, value.denom())
}

/// A quotient that must be whole.
pub(crate) fn exactly(value: BigInt, divisor: &BigInt) -> BigInt {
    assert!((&value % divisor).is_zero(), "the grain is too coarse");
    value / divisor
}
