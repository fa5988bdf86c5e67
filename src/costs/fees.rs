//! Fees of opening and closing, and what it takes to open.

use crate::quantity::{Exact, Leverage, Money, Overflow, Price, Rate, Side};
use crate::venue::ContractKind;

use super::holding::{Holding, initial_margin, value_at_bankruptcy, value_sign};

/// The fee on a fill of the whole holding at a price: value there x rate, in the coin of the margin.
///
/// Above zero for a taker; a maker rebate is a rate below zero.
/// Source: Bybit, "What Is Order Cost?" (testnet.bybit.com, help centre Order-Cost-USDT-Contract), read
/// 2026-11.
pub fn trading_fee(holding: &Holding, price: &Price, rate: &Rate) -> Result<Money, Overflow> {
    holding.value_at(price)?.times(rate)
}

/// What closing costs where the plain initial margin is used up: value at bankruptcy x rate.
///
/// Linear and quanto: value x (1 - s/leverage) x rate. Inverse: value x (1 + s/leverage) x rate.
/// Source: as for [`trading_fee`]; the rows of OctoBot-Trading@1ad2f4d6, 2026-02-01, agree.
pub fn fee_to_close(
    holding: &Holding,
    leverage: &Leverage,
    rate: &Rate,
) -> Result<Money, Overflow> {
    value_at_bankruptcy(holding, leverage)?.times(rate)
}

/// The fee of a venue that charges the value opened and once more the margin behind it:
/// (value + margin) x rate.
///
/// Source: BitMEX, the `posComm` of its position records, 2018 to 2023, exact to the satoshi when
/// rounded up.
pub fn fee_round_trip(value: &Money, margin: &Money, rate: &Rate) -> Result<Money, Overflow> {
    value.plus(margin)?.times(rate)
}

/// What leaves the available balance when a position opens, each part above zero, in the coin of
/// the margin.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CostToOpen {
    /// Value at entry / leverage.
    pub initial_margin: Money,
    /// The fee of the opening fill, gone at once.
    pub opening_fee: Money,
    /// Set aside so that closing at bankruptcy can be paid; see [`fee_to_close`].
    pub fee_to_close: Money,
}

impl CostToOpen {
    /// All three together: what the order takes from the available balance.
    pub fn total(&self) -> Result<Money, Overflow> {
        self.reserved()?.plus(&self.opening_fee)
    }

    /// What stays with the position: initial margin and the fee to close.
    pub fn reserved(&self) -> Result<Money, Overflow> {
        self.initial_margin.plus(&self.fee_to_close)
    }
}

/// Initial margin, opening fee and fee to close of a position that opens at its entry price.
///
/// Source: as for [`trading_fee`], for linear and inverse contracts.
pub fn cost_to_open(
    holding: &Holding,
    leverage: &Leverage,
    rate: &Rate,
) -> Result<CostToOpen, Overflow> {
    Ok(CostToOpen {
        initial_margin: initial_margin(holding, leverage)?,
        opening_fee: trading_fee(holding, &holding.entry_price, rate)?,
        fee_to_close: fee_to_close(holding, leverage, rate)?,
    })
}

/// [`CostToOpen::total`] as a share of the value opened, whatever the size and the price.
///
/// With m = 1/leverage and fee rate f: m + f + f x (1 - s m) in a linear or quanto contract,
/// m + f + f x (1 + s m) in an inverse one. So a linear short and an inverse long are the dearer.
/// Source: the order-cost rates in market records of Phemex and Bybit, not dated.
pub fn cost_to_open_share(
    contract: ContractKind,
    side: Side,
    leverage: &Leverage,
    rate: &Rate,
) -> Result<Rate, Overflow> {
    let margin = Exact::ONE.over(leverage.exact())?;
    let at_bankruptcy = Exact::ONE.minus(&margin.times(&value_sign(contract, side))?)?;
    let fees = rate.exact().times(&Exact::ONE.plus(&at_bankruptcy)?)?;
    Ok(Rate::from_exact(margin.plus(&fees)?))
}
