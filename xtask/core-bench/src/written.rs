//! Accounts and their figures as text: what the JavaScript beside reads, and what it must get too.

use margin_calculator::margin::{
    Crossing, MarginRatio, PositionReport, Report, Shock, Threshold, compute_any_width,
};
use margin_calculator::quantity::{Exact, Overflow, Price, Ratio, Rounding, Side};
use margin_calculator::scenario::{MarginMode, Market, Position, Scenario};
use margin_calculator::venue::{ContractKind, RiskTier, TierKind};

/// Decimals of money and of ratios.
const PLACES: u32 = 12;

/// The account in the scenario format.
pub fn scenario(scenario: &Scenario) -> Result<String, Overflow> {
    let MarginMode::Cross { wallet_balance } = &scenario.margin_mode else {
        return Err(Overflow);
    };
    let markets = scenario.markets.iter().map(market).collect::<Result<Vec<_>, _>>()?;
    let positions = scenario.positions.iter().map(|held| position(held, scenario));
    let positions = positions.collect::<Result<Vec<_>, _>>()?;
    Ok(format!(
        "{{\"version\":1,\"margin_mode\":\"cross\",\"wallet_balance\":\"{}\",\"markets\":{{{}}},\
         \"positions\":[{}]}}",
        digits(wallet_balance.exact())?,
        markets.join(","),
        positions.join(","),
    ))
}

fn market(market: &Market) -> Result<String, Overflow> {
    let rules = &market.rules;
    let contract = if rules.contract == ContractKind::Inverse { "inverse" } else { "linear" };
    let kind = if rules.tiers.kind() == TierKind::Marginal { "marginal" } else { "flat" };
    let tick = rules.tick_size.map(|tick| digits(tick.exact())).transpose()?.unwrap_or_default();
    let tiers = rules.tiers.tiers().iter().map(|row| tier(row)).collect::<Result<Vec<_>, _>>()?;
    Ok(format!(
        "\"{}\":{{\"contract\":\"{contract}\",\"tick_size\":\"{tick}\",\"tier_kind\":\"{kind}\",\
         \"tiers\":[{}]}}",
        market.name,
        tiers.join(","),
    ))
}

fn tier(tier: &RiskTier) -> Result<String, Overflow> {
    Ok(format!(
        "{{\"floor\":\"{}\",\"cap\":{},\"maintenance_margin_rate\":\"{}\"}}",
        digits(&tier.floor)?,
        match &tier.cap {
            Some(cap) => format!("\"{}\"", digits(cap)?),
            None => "null".to_owned(),
        },
        digits(tier.maintenance_margin_rate.exact())?,
    ))
}

fn position(held: &Position, scenario: &Scenario) -> Result<String, Overflow> {
    let market = scenario.markets.get(held.market).ok_or(Overflow)?;
    let leverage = held.leverage.ok_or(Overflow)?;
    Ok(format!(
        "{{\"market\":\"{}\",\"side\":\"{}\",\"quantity\":\"{}\",\"entry_price\":\"{}\",\
         \"mark_price\":\"{}\",\"leverage\":\"{}\"}}",
        market.name,
        if held.side == Side::Long { "long" } else { "short" },
        digits(held.quantity.exact())?,
        digits(held.entry_price.exact())?,
        digits(market.mark_price.exact())?,
        digits(leverage.exact())?,
    ))
}

/// All digits of a number that was made with a few decimals.
fn digits(value: &Exact) -> Result<String, Overflow> {
    Ok(value.round(PLACES, Rounding::HalfEven)?.normalize().to_string())
}

/// One line for each position, with its prices and amounts, and a last one for the account; `-` is
/// a figure that there is not.
pub fn figures(scenario: &Scenario) -> Option<String> {
    let (report, _) = compute_any_width(scenario).ok()?;
    let lines = report.positions.iter().map(line).collect::<Result<Vec<_>, _>>().ok()?;
    Some(format!("{}\n{}\n", lines.join("\n"), account(&report).ok()?))
}

fn line(position: &PositionReport) -> Result<String, Overflow> {
    let [below, above] = prices(&position.liquidation)?;
    let [call_below, call_above] = prices(&position.margin_call)?;
    let bankruptcy = position.bankruptcy_price.map(|found| on_tick(&found.price)).transpose()?;
    Ok([
        below,
        above,
        call_below,
        call_above,
        bankruptcy.unwrap_or_else(none),
        position.notional.round(PLACES, Rounding::HalfEven)?.to_string(),
        position.maintenance_margin.round(PLACES, Rounding::HalfEven)?.to_string(),
        position.unrealized_pnl.round(PLACES, Rounding::HalfEven)?.to_string(),
        ratio(position.return_on_margin.as_ref())?,
        ratio(position.effective_leverage.as_ref())?,
        position.tier.number.to_string(),
    ]
    .join(" "))
}

fn account(report: &Report) -> Result<String, Overflow> {
    let account = &report.account;
    let of_margin = match &account.margin_ratio {
        Some(MarginRatio::Of(value)) => Some(value),
        _ => None,
    };
    let (down, up) = match &account.shock_to_liquidation {
        Shock::To { down, up } => (down.as_ref(), up.as_ref()),
        _ => (None, None),
    };
    let initial = account.initial_margin.ok_or(Overflow)?;
    Ok([
        account.margin_balance.round(PLACES, Rounding::HalfEven)?.to_string(),
        initial.round(PLACES, Rounding::HalfEven)?.to_string(),
        account.maintenance_margin.round(PLACES, Rounding::HalfEven)?.to_string(),
        ratio(of_margin)?,
        ratio(down)?,
        ratio(up)?,
    ]
    .join(" "))
}

fn prices(threshold: &Threshold) -> Result<[String; 2], Overflow> {
    let (below, above) = match threshold {
        Threshold::AtPrice { below, above } => (below.as_ref(), above.as_ref()),
        Threshold::Never | Threshold::TableEnds | Threshold::Now { .. } => (None, None),
    };
    let price = |found: Option<&Crossing>| found.map(|found| on_tick(&found.price)).transpose();
    Ok([price(below)?.unwrap_or_else(none), price(above)?.unwrap_or_else(none)])
}

fn on_tick(price: &Price) -> Result<String, Overflow> {
    Ok(price.round(2, Rounding::HalfEven)?.to_string())
}

fn ratio(value: Option<&Ratio>) -> Result<String, Overflow> {
    let text = value.map(|value| value.round(PLACES, Rounding::HalfEven)).transpose()?;
    Ok(text.map_or_else(none, |value| value.to_string()))
}

fn none() -> String {
    "-".to_owned()
}
