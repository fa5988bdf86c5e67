//! What a part of an account is worth when the account's deficit is shared over its positions.

use crate::quantity::{Exact, Money, Overflow, Price, Rate, Ratio, Side, Size};

/// An account as its venue totals it, all at current prices.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AccountTotals {
    /// Balance plus the signed value of every position; negative past bankruptcy.
    pub margin_balance: Money,
    /// Maintenance margin of all positions, above zero while any is open.
    pub maintenance_margin: Money,
}

/// The part of one position that is closed, at the current price.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    /// Which way the position gains.
    pub side: Side,
    /// How much is closed, above zero.
    pub size: Size,
    /// What that size is worth, above zero.
    pub value: Money,
    /// By how much the account's maintenance margin falls, zero or above.
    pub maintenance_released: Money,
}

impl Part {
    /// A part of a linear position whose maintenance is one rate of its value.
    pub fn at_rate(side: Side, size: Size, price: &Price, rate: &Rate) -> Result<Self, Overflow> {
        let value = size.value_at(price)?;
        Ok(Self { side, size, value, maintenance_released: value.times(rate)? })
    }

    /// Its value with the sign of the side.
    fn signed_value(&self) -> Result<Exact, Overflow> {
        self.value.exact().times(&self.side.sign())
    }
}

/// The quote amount at which closing the part leaves the rest of the account exactly its share of
/// the margin balance: received when positive, paid when negative; absent when the account has no
/// maintenance margin to share by.
///
/// signed value - margin balance x maintenance released / maintenance margin. Every position bears
/// the deficit, or keeps the surplus, in proportion to its maintenance margin. The source rounds the
/// amount up to a micro-unit (see [`rounded_up`](crate::costs::rounded_up)), so that closing there
/// never costs the fund anything.
/// Source: dYdX v4-chain `GetBankruptcyPriceInQuoteQuantums`
/// (github.com/dydxprotocol/v4-chain@84d4664b protocol/x/clob/keeper/liquidations.go, 2026-03-04).
pub fn bankruptcy_amount(account: &AccountTotals, part: &Part) -> Result<Option<Money>, Overflow> {
    if !account.maintenance_margin.exact().is_positive() {
        return Ok(None);
    }
    let share = account
        .margin_balance
        .exact()
        .times(part.maintenance_released.exact())?
        .over(account.maintenance_margin.exact())?;
    Ok(Some(Money::from_exact(part.signed_value()?.minus(&share)?)))
}

/// How far a liquidation order may stand from the current price.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FillableRule {
    /// How fast the spread opens as the account sinks from maintenance to bankruptcy; 1 opens it
    /// evenly, 2 twice as fast. Zero or above.
    pub bankruptcy_adjustment: Ratio,
    /// The widest spread, as a multiple of the position's maintenance margin; zero or above.
    pub spread_to_maintenance: Ratio,
}

/// The worst price a liquidation order accepts: the current price while the account just meets its
/// maintenance, and away from it as the account sinks; absent when the account has no maintenance
/// margin.
///
/// (signed value - A x spread x maintenance of the position) / signed size, with
/// A = adjustment x (1 - margin balance / maintenance margin), held between 0 and 1. `position` is
/// the whole position. Below the current price for a long, above it for a short.
/// Source: dYdX v4-chain `GetFillablePrice` (github.com/dydxprotocol/v4-chain@84d4664b
/// protocol/x/clob/keeper/liquidations.go, 2026-03-04).
pub fn fillable_price(
    account: &AccountTotals,
    position: &Part,
    rule: &FillableRule,
) -> Result<Option<Price>, Overflow> {
    if !account.maintenance_margin.exact().is_positive() {
        return Ok(None);
    }
    let left = account.margin_balance.ratio_to(&account.maintenance_margin)?;
    let sunk = Exact::ONE.minus(left.exact())?.times(rule.bankruptcy_adjustment.exact())?;
    let rating = sunk.larger(Exact::ZERO)?.smaller(Exact::ONE)?;
    let spread = rating
        .times(rule.spread_to_maintenance.exact())?
        .times(position.maintenance_released.exact())?;
    let size = position.size.exact().times(&position.side.sign())?;
    Ok(Some(Price::from_exact(position.signed_value()?.minus(&spread)?.over(&size)?)))
}
