//! The calculation.

mod curve;
mod ladder;
mod line;
mod position;
mod report;
mod walk;

pub use curve::{Curve, CurvePoint, PriceRange, Stretch, amounts_at, curve};
pub use ladder::{Rung, leverage_closing_at, leverage_ladder};
pub use report::{
    BankruptcyPrice, ComputeError, Crossing, MarginRatio, PositionReport, Rejection, Report,
    Threshold,
};

use crate::quantity::{Exact, Money, Price};
use crate::scenario::{MarginMode, Market, Position, Scenario};
use crate::venue::ContractKind;

use position::Valued;
use walk::{Question, to_tick};

/// Evaluates a scenario: every figure exact, every threshold the first one met from the mark.
///
/// Fails with a [`ComputeError`] when a figure has no value: a position beyond the tier table, a
/// rule this version does not cover, or more digits than are carried.
pub fn compute(scenario: &Scenario) -> Result<Report, ComputeError> {
    if matches!(scenario.margin_mode, MarginMode::Cross { .. }) {
        return Err(ComputeError::CrossMargin);
    }
    let positions = scenario
        .positions
        .iter()
        .enumerate()
        .map(|(index, position)| {
            let market =
                scenario.markets.get(position.market).ok_or(ComputeError::UnknownMarket(index))?;
            isolated(index, position, market)
        })
        .collect::<Result<_, _>>()?;
    Ok(Report { positions })
}

fn isolated(
    index: usize,
    position: &Position,
    market: &Market,
) -> Result<PositionReport, ComputeError> {
    let rules = &market.rules;
    if rules.contract == ContractKind::Inverse {
        return Err(ComputeError::ContractKind(index));
    }
    let mark = market.mark_price;
    let valued = Valued::new(position, rules)?;
    let beyond = || ComputeError::BeyondTable(index);
    let here = valued.segment_at(&mark)?.ok_or_else(beyond)?;
    let at_entry = valued.segment_at(&position.entry_price)?.ok_or_else(beyond)?;

    let notional = valued.exposure.value_at(&mark)?;
    let margin_balance = Money::from_exact(valued.balance.at(mark.exact())?);
    let maintenance_margin = Money::from_exact(here.requirement.at(mark.exact())?);
    let unrealized_pnl = margin_balance.minus(&valued.position_margin)?;
    let ask =
        |factor: Exact| Question { valued: &valued, factor, mark, tick: rules.tick_size }.answer();
    let solvent = margin_balance.exact().is_positive();
    Ok(PositionReport {
        entry_notional: valued.entry_notional,
        notional,
        initial_margin: valued.initial_margin,
        position_margin: valued.position_margin,
        unrealized_pnl,
        return_on_margin: unrealized_pnl.ratio_to(&valued.initial_margin)?,
        margin_balance,
        maintenance_margin,
        margin_ratio: if solvent {
            MarginRatio::Of(maintenance_margin.ratio_to(&margin_balance)?)
        } else {
            MarginRatio::NothingLeft
        },
        effective_leverage: solvent.then(|| notional.ratio_to(&margin_balance)).transpose()?,
        tier: *here.tier,
        entry_tier: *at_entry.tier,
        liquidation: ask(Exact::ONE)?,
        margin_call: ask(*rules.warning_ratio.exact())?,
        bankruptcy_price: bankruptcy(&valued, market)?,
        rejections: rejections(position, &valued, &at_entry)?,
    })
}

fn bankruptcy(
    valued: &Valued<'_>,
    market: &Market,
) -> Result<Option<BankruptcyPrice>, ComputeError> {
    let Some(root) = valued.balance.root()?.filter(Exact::is_positive) else {
        return Ok(None);
    };
    let exact = Price::from_exact(root);
    let price = to_tick(&exact, &market.mark_price, market.rules.tick_size.as_ref())?;
    Ok(Some(BankruptcyPrice { exact, price }))
}

/// What a venue checks before it opens a position: the tier's highest leverage, and that the margin
/// put down is more than maintenance at entry.
fn rejections(
    position: &Position,
    valued: &Valued<'_>,
    at_entry: &position::Segment<'_>,
) -> Result<Vec<Rejection>, ComputeError> {
    let mut found = Vec::new();
    if let Some(max_leverage) = at_entry.tier.max_leverage
        && max_leverage.exact().is_below(position.leverage.exact())?
    {
        found.push(Rejection::LeverageAboveTier { max_leverage });
    }
    let maintenance = at_entry.requirement.at(position.entry_price.exact())?;
    if valued.position_margin.exact().is_at_most(&maintenance)? {
        found.push(Rejection::MarginBelowMaintenance {
            maintenance_margin: Money::from_exact(maintenance),
        });
    }
    Ok(found)
}
