//! Leverage against distance: how far from entry each leverage would close the same position.

use crate::quantity::{Exact, Leverage, Price, Ratio};
use crate::scenario::{Market, Position};
use crate::venue::ContractKind;

use super::evaluate::alone;
use super::leg::{Coordinate, Leg, exceeded, place_of};
use super::near::Near;
use super::report::ComputeError;
use super::single;
use super::stand::{Met, Reached};

/// What a leverage means for a position.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Rung {
    /// Closed this far from entry, as a fraction of entry: negative below it.
    ClosedAt(Ratio),
    /// Price alone cannot close it.
    Never,
    /// The venue would not open it.
    Refused,
    /// The tier table ends before a price is met.
    TableEnds,
}

/// The outcome of each leverage, for a position opened at entry with nothing else changed.
pub fn leverage_ladder(
    position: &Position,
    market: &Market,
    leverages: &[Leverage],
) -> Result<Vec<Rung>, ComputeError> {
    leverages.iter().map(|leverage| rung(position, market, *leverage)).collect()
}

fn rung(position: &Position, market: &Market, leverage: Leverage) -> Result<Rung, ComputeError> {
    let position = Position { leverage: Some(leverage), ..*position };
    let entry = &position.entry_price;
    let (stand, _, margin) = alone::<Exact>(0, &position, market, entry)?;
    let Some(leg) = stand.legs.first() else {
        return Ok(Rung::Never);
    };
    if leg.ends_with_table() && leg.is_beyond(&stand.here)? {
        return Ok(Rung::TableEnds);
    }
    let (required, tier) = leg.kept_at(&stand.here)?;
    if exceeded(tier, Some(&leverage))?.is_some() || margin.is_at_most(&required)? {
        return Ok(Rung::Refused);
    }
    let inverse = market.rules.contract == ContractKind::Inverse;
    let closed = |place: &Exact| -> Result<Rung, ComputeError> {
        let price = if inverse { Exact::ONE.over(place)? } else { *place };
        Ok(Rung::ClosedAt(Price::from_exact(price).change_from(entry)?))
    };
    match single::ask(&stand, &Exact::ONE)? {
        Met::From { lower: Reached::At { near, .. }, .. }
        | Met::From { higher: Reached::At { near, .. }, .. } => closed(&near.at),
        Met::From { lower: Reached::BeyondTable, .. }
        | Met::From { higher: Reached::BeyondTable, .. } => Ok(Rung::TableEnds),
        // A margin above what must be kept at entry is not short there.
        Met::From { .. } | Met::Already { .. } => Ok(Rung::Never),
    }
}

/// The leverage at which a position is closed at a wanted price, if one is; exact.
///
/// The margin needed is maintenance there less the profit there; leverage is value at entry over
/// that margin. Rounding it down keeps the closing price at or beyond the wanted one.
pub fn leverage_closing_at(
    position: &Position,
    market: &Market,
    wanted: &Price,
) -> Result<Option<Leverage>, ComputeError> {
    let leg: Leg<'_, Exact> = Leg::new(0, position, market, Coordinate::Mark)?;
    let place = Near::plain(place_of(market.rules.contract, wanted)?);
    if leg.ends_with_table() && leg.is_beyond(&place)? {
        return Ok(None);
    }
    let margin = leg.kept_at(&place)?.0.minus(&leg.profit.at(&place.at)?)?;
    if !margin.is_positive() {
        return Ok(None);
    }
    Ok(Some(Leverage::from_exact(leg.entry_notional.over(&margin)?)))
}
