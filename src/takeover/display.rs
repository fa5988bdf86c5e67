//! A price that a venue shows for a cross position without closing anything by it.

use crate::costs::Holding;
use crate::quantity::{Exact, Money, Overflow, Price, Rate, Ratio};
use crate::venue::ContractKind;

/// The account's margin as a share of the value of everything it holds; absent when it holds
/// nothing.
///
/// Source: KuCoin, "Liquidation Price in Cross Margin Mode" (kucoin.com/support/35084431335065),
/// read 2026-11.
pub fn account_margin_rate(
    total_margin: &Money,
    notionals: &[Money],
) -> Result<Option<Ratio>, Overflow> {
    let zero = Money::from_exact(Exact::ZERO);
    let held = notionals.iter().try_fold(zero, |sum, notional| sum.plus(notional))?;
    if !held.exact().is_positive() {
        return Ok(None);
    }
    total_margin.ratio_to(&held).map(Some)
}

/// The mark at which the position's share of the margin would be used up, if every position owned
/// margin in proportion to its value; absent where that is at no price.
///
/// value x (1 - g x account rate) / (1 - g x (maintenance rate + fee rate)), as a price, with g = +1
/// where the position gains with its value and -1 otherwise. **A price for display only**: it moves
/// one mark alone and splits by value what the account holds in common, so the account is closed
/// somewhere else. The source rounds the account rate to 4 decimals first, and one of its two
/// examples does not follow from its own formula (47,956 printed, 48,246 computed).
/// Source: as for [`account_margin_rate`].
pub fn pro_rata_price(
    holding: &Holding,
    mark_price: &Price,
    account_rate: &Ratio,
    maintenance_rate: &Rate,
    fee_rate: &Rate,
) -> Result<Option<Price>, Overflow> {
    let gain = Exact::from_integer(if holding.gains_with_value() { 1 } else { -1 });
    let kept = maintenance_rate.exact().plus(fee_rate.exact())?;
    let value = holding
        .value_at(mark_price)?
        .exact()
        .times(&Exact::ONE.minus(&account_rate.exact().times(&gain)?)?)?
        .over(&Exact::ONE.minus(&kept.times(&gain)?)?)?;
    if !value.is_positive() {
        return Ok(None);
    }
    let size = holding.size.exact();
    Ok(Some(Price::from_exact(match holding.contract {
        ContractKind::Linear | ContractKind::Quanto => value.over(size)?,
        ContractKind::Inverse => size.over(&value)?,
    })))
}
