//! Venues that count in whole units of money, such as one satoshi.

use crate::quantity::{Exact, Money, Overflow, Price, Rounding, Size};

/// An amount rounded up to a multiple of a unit above zero: what is asked for is never too little.
///
/// Sources: Bybit's margins, to 8 decimals; BitMEX's commissions, to the satoshi; dYdX v4-chain
/// `GetInitialMarginQuoteQuantums`, to a micro-unit (github.com/dydxprotocol/v4-chain@84d4664b
/// protocol/x/perpetuals/types/liquidity_tier.go, 2026-03-04).
pub fn rounded_up(amount: &Money, unit: &Money) -> Result<Money, Overflow> {
    Ok(Money::from_exact(amount.exact().to_step(unit.exact(), Rounding::Ceiling)?))
}

/// What inverse contracts of 1 quote unit are worth where the venue rounds each contract's value to
/// a unit of money: contracts x (1 / price, to the nearest unit), above zero.
///
/// Sources: BitMEX, support 6205210741277, read 2026-11, where a lot is counted in 8 decimals; its
/// XBTUSD position records of 2018 and 2019, whose values are whole satoshi for each contract.
pub fn value_in_whole_units(
    contracts: &Size,
    price: &Price,
    unit: &Money,
) -> Result<Money, Overflow> {
    let each = Exact::ONE.over(price.exact())?.to_step(unit.exact(), Rounding::HalfEven)?;
    Ok(Money::from_exact(contracts.exact().times(&each)?))
}

/// The price at which inverse contracts of 1 quote unit reach a value, where the venue counts the
/// value of each contract in whole units, rounded up; absent when no contract is worth a unit.
///
/// The result still has to be put on the price step.
/// Source: BitMEX XBTUSD position records of 2018 and 2019: `liquidationPrice` and `bankruptPrice`
/// of shorts are exact to the step in no other way.
pub fn price_in_whole_units(
    contracts: &Size,
    value: &Money,
    unit: &Money,
) -> Result<Option<Price>, Overflow> {
    let each = value.exact().over(contracts.exact())?.to_step(unit.exact(), Rounding::Ceiling)?;
    if !each.is_positive() {
        return Ok(None);
    }
    Ok(Some(Price::from_exact(Exact::ONE.over(&each)?)))
}
