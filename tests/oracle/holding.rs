//! One position by definition: its value, its profit, its tier and what must be kept for it.
//!
//! Amounts at a price are whole grains for each `1 / bottom` of the price, so that nothing is
//! divided: the value of a linear position at `top / bottom` is size x top, and of an inverse one,
//! whose value is size / price, size x bottom over top.

use margin_calculator::venue::TierBasis;
use num_bigint::BigInt;
use num_traits::Zero;

use super::grain::{Grain, exactly};
use super::number::{Fraction, minus, of_decimal, over, plus, times, whole};
use super::point::Point;
use super::question::{Case, Fee, Kind, MarketCase, PositionCase};

/// What a price stands for in a walk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Moves {
    /// The mark of one market.
    OneMark,
    /// A factor on all marks.
    AllMarks,
}

#[derive(Clone, Debug)]
struct Slice {
    floor: BigInt,
    cap: Option<(Fraction, BigInt)>,
    rate: BigInt,
    /// What all smaller slices pay.
    paid_below: BigInt,
}

#[derive(Clone, Debug)]
pub(crate) struct Holding {
    pub(crate) inverse: bool,
    long: bool,
    /// Value for a price of one.
    worth: Fraction,
    size: BigInt,
    entry_value: BigInt,
    on_entry: bool,
    kind: Kind,
    /// What a fixed table asks for all contracts.
    fixed: BigInt,
    slices: Vec<Slice>,
    /// The tier where it does not follow the price, and whether the table ends before it.
    held: Option<(usize, bool)>,
    pub(crate) last_tier_goes_on: bool,
    close_fee: BigInt,
    besides: BigInt,
    pub(crate) entry: Point,
    /// The initial fee; zero where no leverage tells it.
    pub(crate) set_aside: BigInt,
}

/// Value at entry in the coin of the margin.
pub(crate) fn entry_value(market: &MarketCase, position: &PositionCase) -> Fraction {
    value_at(market, position, &of_decimal(position.entry))
}

pub(crate) fn value_at(market: &MarketCase, position: &PositionCase, price: &Fraction) -> Fraction {
    let size = times(&of_decimal(position.quantity), &of_decimal(market.contract_size));
    if market.is_inverse() { over(&size, price) } else { times(&size, price) }
}

/// A fee that stands still from the entry on; nothing for one that follows the mark.
pub(crate) fn still_fee(fee: Fee, market: &MarketCase, position: &PositionCase) -> Fraction {
    let value = entry_value(market, position);
    let margin = || over(&value, &of_decimal(position.leverage.unwrap()));
    match fee {
        Fee::None | Fee::CloseAtMark(_) => whole(0),
        Fee::EntryRoundTrip(rate) => times(&of_decimal(rate), &plus(&value, &margin())),
        // The profit is minus the margin: what a linear long has lost is gone from its value, what
        // an inverse one has lost is more of a cheaper coin.
        Fee::CloseAtBankruptcy(rate) => {
            let gains_with_value = position.long != market.is_inverse();
            let left =
                if gains_with_value { minus(&value, &margin()) } else { plus(&value, &margin()) };
            times(&of_decimal(rate), &left)
        }
    }
}

/// The share of its value that a tier asks for.
pub(crate) fn rate_of(market: &MarketCase, position: &PositionCase, tier: usize) -> Fraction {
    let rate = of_decimal(market.tiers.get(tier).unwrap().rate);
    match market.kind {
        Kind::Slope(slope) => {
            let size = times(&of_decimal(position.quantity), &of_decimal(market.contract_size));
            plus(&rate, &times(&of_decimal(slope), &size))
        }
        Kind::FactorOverLeverage => over(&rate, &of_decimal(position.leverage.unwrap())),
        Kind::Marginal | Kind::Flat | Kind::Fixed(_) => rate,
    }
}

impl Holding {
    pub(crate) fn new(case: &Case, index: usize, grain: &Grain, moves: Moves) -> Self {
        let position = case.positions.get(index).unwrap();
        let market = case.market_of(position);
        let value = entry_value(market, position);
        let worth = match moves {
            Moves::OneMark => value_at(market, position, &whole(1)),
            Moves::AllMarks => value_at(market, position, &of_decimal(market.mark)),
        };
        let funding = times(&value, &of_decimal(market.funding));
        let besides = plus(&funding, &still_fee(market.maintenance_fee, market, position));
        let quantity = of_decimal(position.quantity);
        let mut slices: Vec<Slice> = Vec::new();
        for (number, tier) in market.tiers.iter().enumerate() {
            let floor = grain.amount_of(&of_decimal(tier.floor));
            let rate = grain.rate_of(&rate_of(market, position, number));
            let paid_below = slices.last().map_or_else(BigInt::zero, |last| {
                &last.paid_below + &last.rate * (&floor - &last.floor)
            });
            let cap = tier.cap.map(of_decimal);
            let cap = cap.map(|cap| (cap.clone(), grain.amount_of(&cap)));
            slices.push(Slice { floor, cap, rate, paid_below });
        }
        let measure = match (market.basis, market.maintenance_on_entry) {
            (TierBasis::Notional, false) => None,
            (TierBasis::Quantity, _) => Some(quantity.clone()),
            (TierBasis::Notional | TierBasis::EntryNotional, _) => Some(value.clone()),
        };
        let held = measure.map(|measure| {
            let measure = grain.amount_of(&measure);
            let holds = slices.iter().position(|slice| slice.holds(&measure, &BigInt::from(1)));
            (holds.unwrap_or(slices.len() - 1), holds.is_none())
        });
        Self {
            inverse: market.is_inverse(),
            long: position.long,
            size: grain.amount_of(&worth),
            worth,
            entry_value: grain.amount_of(&value),
            on_entry: market.maintenance_on_entry,
            kind: market.kind,
            fixed: match market.kind {
                Kind::Fixed(money) => {
                    grain.amount_of(&times(&of_decimal(money), &quantity)) * &grain.rate
                }
                _ => BigInt::zero(),
            },
            slices,
            held,
            last_tier_goes_on: market.last_tier_goes_on,
            close_fee: match market.maintenance_fee {
                Fee::CloseAtMark(rate) => grain.rate_of(&of_decimal(rate)),
                _ => BigInt::zero(),
            },
            besides: grain.amount_of(&besides) * &grain.rate,
            entry: Point::of(&of_decimal(position.entry)),
            set_aside: position.leverage.map_or_else(BigInt::zero, |_| {
                grain.amount_of(&still_fee(market.initial_fee, market, position))
            }),
        }
    }

    fn sides<'p>(&self, at: &'p Point) -> (&'p BigInt, &'p BigInt) {
        if self.inverse { (&at.bottom, &at.top) } else { (&at.top, &at.bottom) }
    }

    /// What amounts at a price are still to be divided by.
    pub(crate) fn divisor<'p>(&self, at: &'p Point) -> &'p BigInt {
        self.sides(at).1
    }

    pub(crate) fn value(&self, at: &Point) -> BigInt {
        &self.size * self.sides(at).0
    }

    /// A long gains what the coin gains: its value in quote units, or less of it in coins.
    pub(crate) fn profit(&self, at: &Point) -> BigInt {
        let grown = self.value(at) - &self.entry_value * self.divisor(at);
        if self.long == self.inverse { -grown } else { grown }
    }

    /// The profit at a price at which it is whole.
    pub(crate) fn profit_now(&self, at: &Point) -> BigInt {
        exactly(self.profit(at), self.divisor(at))
    }

    /// What must be kept at a price at which it is whole.
    pub(crate) fn kept_now(&self, at: &Point) -> BigInt {
        exactly(self.kept(at, at), self.divisor(at))
    }

    /// The tier from 0; an edge belongs to the tier below it, and what is beyond the table to the
    /// last.
    pub(crate) fn tier(&self, at: &Point) -> usize {
        if let Some((tier, _)) = self.held {
            return tier;
        }
        let value = self.value(at);
        let holds = self.slices.iter().position(|slice| slice.holds(&value, self.divisor(at)));
        holds.unwrap_or(self.slices.len() - 1)
    }

    /// Whether the position is larger than the table at a price.
    pub(crate) fn is_beyond(&self, at: &Point) -> bool {
        let last = self.slices.last().unwrap();
        self.held.map_or_else(|| !last.holds(&self.value(at), self.divisor(at)), |held| held.1)
    }

    /// Whether a rate is known at a price.
    pub(crate) fn is_known(&self, at: &Point) -> bool {
        self.last_tier_goes_on || !self.is_beyond(at)
    }

    /// What must be kept at a price with the tier that holds at another one.
    pub(crate) fn kept(&self, at: &Point, tier_at: &Point) -> BigInt {
        let slice = self.slices.get(self.tier(tier_at)).unwrap();
        let divisor = self.divisor(at);
        let value = self.value(at);
        let counted = if self.on_entry { &self.entry_value * divisor } else { value.clone() };
        let asked = match self.kind {
            Kind::Marginal => {
                &slice.paid_below * divisor + &slice.rate * (counted - &slice.floor * divisor)
            }
            Kind::Fixed(_) => &self.fixed * divisor,
            Kind::Flat | Kind::Slope(_) | Kind::FactorOverLeverage => &slice.rate * counted,
        };
        asked + &self.close_fee * value + &self.besides * divisor
    }

    /// The prices at which the value reaches a cap, that of the last tier included.
    pub(crate) fn edges(&self) -> impl Iterator<Item = Point> {
        let caps = self.slices.iter().filter_map(|slice| slice.cap.as_ref());
        caps.filter(|_| self.held.is_none()).map(|(cap, _)| {
            let edge = Point::of(&over(cap, &self.worth));
            if self.inverse { edge.turned() } else { edge }
        })
    }
}

impl Slice {
    /// Whether a value, of which a divisor is still to be taken, is within the cap.
    fn holds(&self, value: &BigInt, divisor: &BigInt) -> bool {
        self.cap.as_ref().is_none_or(|(_, cap)| *value <= cap * divisor)
    }
}
