//! The price from which on a position has earned what it cost.

use crate::quantity::{Exact, Money, Overflow, Price, Rate};
use crate::venue::ContractKind;

use super::fees::trading_fee;
use super::holding::Holding;

/// Where profit covers the fees of opening and closing and the funding so far.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum BreakEven {
    /// At this price, above zero.
    At(Price),
    /// At every price: funding received is more than all else can cost.
    AtAnyPrice,
    /// At no price: funding paid is more than the position can still earn.
    AtNoPrice,
}

/// Solves profit = opening fee + closing fee - funding received, exactly.
///
/// `funding` is the holder's cash flow so far, negative when paid; `closing_rate` is below 1. With
/// C = opening fee - funding:
///
/// - linear, quanto: price = (size x entry + s C) / (size x (1 - s f));
/// - inverse: price = size x (1 + s f) / (size/entry - s C).
///
/// Without funding that is entry x (1 + s f_open) / (1 - s f_close), or the same upside down.
/// Source: OKX, `bePx` of its position records, as in github.com/ccxt/ccxt/issues/28121, 2026-03, and
/// github.com/ccxt/ccxt/pull/16769, 2023-11-21: entry x (1 + f) / (1 - f).
pub fn break_even(
    holding: &Holding,
    opening_rate: &Rate,
    closing_rate: &Rate,
    funding: &Money,
) -> Result<BreakEven, Overflow> {
    let opening = trading_fee(holding, &holding.entry_price, opening_rate)?;
    let spent = opening.minus(funding)?.exact().times(&holding.side.sign())?;
    let fee = closing_rate.exact().times(&holding.side.sign())?;
    let (size, entry) = (holding.size.exact(), holding.value_at(&holding.entry_price)?);
    let (above, below) = match holding.contract {
        ContractKind::Linear | ContractKind::Quanto => {
            (entry.exact().plus(&spent)?, size.times(&Exact::ONE.minus(&fee)?)?)
        }
        ContractKind::Inverse => {
            (size.times(&Exact::ONE.plus(&fee)?)?, entry.exact().minus(&spent)?)
        }
    };
    if above.is_positive() && below.is_positive() {
        return Ok(BreakEven::At(Price::from_exact(above.over(&below)?)));
    }
    // Beyond every price: only the sign of the costs, not their size, is left to matter.
    Ok(if opening.minus(funding)?.exact().is_negative() {
        BreakEven::AtAnyPrice
    } else {
        BreakEven::AtNoPrice
    })
}
