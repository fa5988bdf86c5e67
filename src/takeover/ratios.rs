//! The ratios venues print, under the same few words and in opposite directions.

use crate::quantity::{Exact, Money, Overflow, Rate, Ratio};

/// One amount over another that is above zero; absent otherwise.
fn over(amount: &Money, by: &Money) -> Result<Option<Ratio>, Overflow> {
    if !by.exact().is_positive() {
        return Ok(None);
    }
    amount.ratio_to(by).map(Some)
}

/// Maintenance margin / margin balance: closed when it rises to 1. Absent when nothing is left.
///
/// Source: Binance, "Liquidation Protocols" (support FAQ 360033525271), read 2026-04.
pub fn margin_ratio(
    margin_balance: &Money,
    maintenance_margin: &Money,
) -> Result<Option<Ratio>, Overflow> {
    over(maintenance_margin, margin_balance)
}

/// Margin balance / (maintenance margin + fee to close at mark): closed when it falls to 1; negative
/// past bankruptcy. Absent when nothing has to be kept.
///
/// Source: OKX, `mgnRatio` of its position records, exact on github.com/ccxt/ccxt/issues/28121,
/// 2026-03. Venues without the fee pass zero.
pub fn margin_level(
    margin_balance: &Money,
    maintenance_margin: &Money,
    fee_to_close: &Money,
) -> Result<Option<Ratio>, Overflow> {
    over(margin_balance, &maintenance_margin.plus(fee_to_close)?)
}

/// Margin balance / position value at mark: closed when it falls to the maintenance rate. Absent for
/// no position.
///
/// Source: WEEX, "Margin ratio" (support 13467494956185), read 2026-04.
pub fn balance_to_value(
    margin_balance: &Money,
    notional: &Money,
) -> Result<Option<Ratio>, Overflow> {
    over(margin_balance, notional)
}

/// Margin balance / margin in use - adjustment factor: closed when it falls to 0. Absent when no
/// margin is in use.
///
/// The factor depends on tier and leverage; factor / leverage is the maintenance rate it stands for.
/// Source: HTX, `risk_rate` of its position records, 2021-09.
pub fn used_margin_rate(
    margin_balance: &Money,
    used_margin: &Money,
    adjustment_factor: &Rate,
) -> Result<Option<Ratio>, Overflow> {
    let Some(ratio) = over(margin_balance, used_margin)? else {
        return Ok(None);
    };
    Ok(Some(Ratio::from_exact(ratio.exact().minus(adjustment_factor.exact())?)))
}

/// What the risk rate of a cross account is made of, each zero or above.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RiskRateParts {
    /// Margin balance of the account.
    pub total_margin: Money,
    /// Maintenance margin of the positions held.
    pub positions_maintenance: Money,
    /// Maintenance margin of what open orders would add.
    pub orders_maintenance: Money,
    /// Fees of closing all of it at mark.
    pub closing_fees: Money,
    /// Fees of filling the open orders.
    pub opening_fees: Money,
}

/// (maintenance of positions and orders + closing fees) / (total margin - opening fees): orders are
/// cancelled at 0.95, positions closed at 1. Absent when the opening fees leave nothing.
///
/// Source: KuCoin, "Risk Rate of Cross Margin Mode" (kucoin.com/support/35233217061785), read
/// 2026-11.
pub fn risk_rate(parts: &RiskRateParts) -> Result<Option<Ratio>, Overflow> {
    let needed = parts.positions_maintenance.plus(&parts.orders_maintenance)?;
    over(&needed.plus(&parts.closing_fees)?, &parts.total_margin.minus(&parts.opening_fees)?)
}

/// Margin balance less initial margin: what new positions can use; negative when more is set aside
/// than there is.
///
/// Source: Deribit, account summaries, as recorded in
/// github.com/nautechsystems/nautilus_trader@a95c8042 crates/adapters/deribit/test_data, 2026-07-02.
pub fn available_balance(
    margin_balance: &Money,
    initial_margin: &Money,
) -> Result<Money, Overflow> {
    margin_balance.minus(initial_margin)
}

/// How a portfolio counts a perpetual position.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PerpWeights {
    /// Share of a long's value that counts, at most 1.
    pub base_asset: Ratio,
    /// How heavily a short's value counts against, at least 1.
    pub base_liability: Ratio,
    /// Share of the whole position's worth that counts when it is above zero, at most 1.
    pub overall_asset: Ratio,
    /// The settlement coin's own weight when it is owned, at most 1.
    pub settle_asset: Ratio,
    /// The settlement coin's own weight when it is owed, at least 1.
    pub settle_liability: Ratio,
}

/// What a perpetual position adds to the health of a portfolio; negative when it takes away.
///
/// With `value` the signed value of the base at the oracle price and `quote` the signed quote part:
/// x = quote + value x (asset weight, or liability weight when short); above zero x counts at the
/// overall and the settlement's asset weight, below zero at the settlement's liability weight.
/// Source: github.com/blockworks-foundation/mango-v4@1303a4a1 programs/mango-v4/src/health/cache.rs,
/// 2024-09-04.
pub fn perp_health(value: &Money, quote: &Money, weights: &PerpWeights) -> Result<Money, Overflow> {
    let weight = |amount: &Exact, positive: &Ratio, negative: &Ratio| {
        amount.times(if amount.is_negative() { negative.exact() } else { positive.exact() })
    };
    let base = weight(value.exact(), &weights.base_asset, &weights.base_liability)?;
    let whole = quote.exact().plus(&base)?;
    let asset = weights.overall_asset.exact().times(weights.settle_asset.exact())?;
    weight(&whole, &Ratio::from_exact(asset), &weights.settle_liability).map(Money::from_exact)
}
