//! The smallest part that has to go for the margin to be enough again.

use crate::quantity::{Money, Overflow, Price, Rate, Ratio, Size};

/// What decides how much a closed unit relieves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PartialRule {
    /// Share of its value that a unit has to be backed by, buffer included.
    pub margin_rate: Rate,
    /// What the liquidator earns, as a share of the value taken.
    pub liquidator_fee_rate: Rate,
    /// What the insurance fund earns, as a share of the value taken.
    pub fund_fee_rate: Rate,
}

/// The smallest size whose closing covers a shortage of margin; absent when closing costs as much as
/// it relieves, so that no size does.
///
/// shortage / (price x (margin rate - liquidator fee) - price x fund fee). `price` is that of the
/// underlying, `quote_price` that of the coin the account is counted in (1 where it is its own
/// measure), both above zero. The source cuts the size down to a billionth, which may leave the last
/// of the shortage for the next round.
/// Source: drift `calculate_base_asset_amount_to_cover_margin_shortage`
/// (github.com/drift-labs/protocol-v2@0ae3e3b1 programs/drift/src/math/liquidation.rs, 2026-04-01).
pub fn smallest_size(
    shortage: &Money,
    price: &Price,
    quote_price: &Price,
    rule: &PartialRule,
) -> Result<Option<Size>, Overflow> {
    let relief = rule
        .margin_rate
        .exact()
        .minus(rule.liquidator_fee_rate.exact())?
        .minus(rule.fund_fee_rate.exact())?;
    if !relief.is_positive() {
        return Ok(None);
    }
    let each = price.exact().times(quote_price.exact())?.times(&relief)?;
    Ok(Some(Size::from_exact(shortage.exact().over(&each)?)))
}

/// A debt in one coin that is taken over together with the collateral that pays for it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LiabilityTransfer {
    /// What is missing, above zero.
    pub shortage: Money,
    /// Price of the coin that is owed, above zero.
    pub liability_price: Price,
    /// How heavily a unit of debt counts, above 1 for a volatile coin.
    pub liability_weight: Ratio,
    /// How heavily the collateral given for a unit of debt counted: asset weight x asset multiplier
    /// / liability multiplier. The source cuts it down at 5 decimals.
    pub collateral_weight: Ratio,
    /// What the insurance fund earns, as a share of the weighted debt taken.
    pub fund_fee_rate: Rate,
}

/// The smallest amount of debt whose transfer covers a shortage of margin; absent when the transfer
/// relieves nothing.
///
/// shortage / (price x (liability weight - collateral weight) - price x fund fee x liability
/// weight).
/// Source: drift `calculate_liability_transfer_to_cover_margin_shortage`
/// (github.com/drift-labs/protocol-v2@0ae3e3b1 programs/drift/src/math/liquidation.rs, 2026-04-01).
pub fn smallest_liability(transfer: &LiabilityTransfer) -> Result<Option<Size>, Overflow> {
    let weight = transfer.liability_weight.exact();
    let relief = weight
        .minus(transfer.collateral_weight.exact())?
        .minus(&weight.times(transfer.fund_fee_rate.exact())?)?;
    if !relief.is_positive() {
        return Ok(None);
    }
    let each = transfer.liability_price.exact().times(&relief)?;
    Ok(Some(Size::from_exact(transfer.shortage.exact().over(&each)?)))
}
