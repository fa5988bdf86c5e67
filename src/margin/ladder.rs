//! Leverage against distance: how far from entry each leverage would close the same position.

use crate::quantity::{Exact, Leverage, Ratio};
use crate::scenario::{Market, Position};

use super::position::Valued;
use super::report::{ComputeError, Threshold};
use super::walk::Question;

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
    let position = Position { leverage, ..*position };
    let valued = Valued::new(&position, &market.rules)?;
    let Some(at_entry) = valued.segment_at(&position.entry_price)? else {
        return Ok(Rung::TableEnds);
    };
    if !super::rejections(&position, &valued, &at_entry)?.is_empty() {
        return Ok(Rung::Refused);
    }
    let threshold =
        Question { valued: &valued, factor: Exact::ONE, mark: position.entry_price, tick: None }
            .answer()?;
    Ok(match threshold {
        Threshold::Never => Rung::Never,
        Threshold::TableEnds => Rung::TableEnds,
        Threshold::AtPrice { .. } | Threshold::Now { .. } => match threshold.crossing() {
            Some(crossing) => Rung::ClosedAt(crossing.exact.change_from(&position.entry_price)?),
            None => Rung::Never,
        },
    })
}

/// The leverage at which a position is closed at a wanted price, if one is; exact.
///
/// The margin needed is maintenance there less the profit there; leverage is value at entry over
/// that margin. Rounding it down keeps the closing price at or beyond the wanted one.
pub fn leverage_closing_at(
    position: &Position,
    market: &Market,
    wanted: &crate::quantity::Price,
) -> Result<Option<Leverage>, ComputeError> {
    let valued = Valued::new(position, &market.rules)?;
    let Some(segment) = valued.segment_at(wanted)? else {
        return Ok(None);
    };
    let required = segment.requirement.at(wanted.exact())?;
    let pnl = valued.balance.at(wanted.exact())?.minus(valued.position_margin.exact())?;
    let margin = required.minus(&pnl)?;
    if !margin.is_positive() {
        return Ok(None);
    }
    let leverage = valued.entry_notional.exact().over(&margin)?;
    Ok(Some(Leverage::from_exact(leverage)))
}
