//! Closing: what is realised, what comes back.

use crate::quantity::{Exact, Leverage, Money, Overflow, Price, Rate, Ratio, Size};

use super::fees::trading_fee;
use super::holding::{Holding, initial_margin};

/// What opening and closing a size came to, in the coin of the margin.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Closed {
    /// Profit between entry and exit, before fees; a loss is negative.
    pub realized_pnl: Money,
    /// Fee of the opening fill, above zero where one is charged.
    pub opening_fee: Money,
    /// Fee of the closing fill, above zero where one is charged.
    pub closing_fee: Money,
}

impl Closed {
    /// Both fees.
    pub fn fees(&self) -> Result<Money, Overflow> {
        self.opening_fee.plus(&self.closing_fee)
    }

    /// What the wallet is up by once both fees are paid; negative for a loss.
    pub fn net(&self) -> Result<Money, Overflow> {
        self.realized_pnl.minus(&self.fees()?)
    }
}

/// What a holding comes to when all of it is closed at a price.
///
/// For a part, pass a holding of the part's size: its entry is the same (see
/// [`trade`](super::trade)).
/// Source: BitMEX, "Profit and Loss" (bitmex.com/app/profitLoss), read 2026-04; reproduces the closed-position record in
/// github.com/nautechsystems/nautilus_trader@a95c8042
/// `crates/adapters/okx/test_data/http_get_account_positions-history.json`, 2026-07-02.
pub fn close(
    holding: &Holding,
    exit: &Price,
    opening_rate: &Rate,
    closing_rate: &Rate,
) -> Result<Closed, Overflow> {
    Ok(Closed {
        realized_pnl: holding.profit_at(exit)?,
        opening_fee: trading_fee(holding, &holding.entry_price, opening_rate)?,
        closing_fee: trading_fee(holding, exit, closing_rate)?,
    })
}

/// The net result as a multiple of the initial margin; below zero for a loss.
///
/// Source: OKX, `pnlRatio` of its closed-position records, 2026-07-02.
pub fn returned(
    holding: &Holding,
    closed: &Closed,
    leverage: &Leverage,
) -> Result<Ratio, Overflow> {
    closed.net()?.ratio_to(&initial_margin(holding, leverage)?)
}

/// The margin that comes back when `closed` of `held` is closed: in proportion to size.
///
/// `held` is above zero and `closed` at most `held`; nothing is released by closing nothing.
/// It is what leaves the margin behind each unit, and so the leverage of what remains, unchanged; no
/// venue page that we read states it.
pub fn margin_released(margin: &Money, closed: &Size, held: &Size) -> Result<Money, Overflow> {
    if closed.exact().is_zero() {
        return Ok(Money::from_exact(Exact::ZERO));
    }
    Ok(Money::from_exact(margin.exact().times(closed.exact())?.over(held.exact())?))
}
