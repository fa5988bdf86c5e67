//! The walk of one position: from tier to tier, away from the mark.

use crate::quantity::{Number, Overflow};

use super::leg::Leg;
use super::line::Line;
use super::stand::{Looking, Met, Piece, Place, Stand, Way};

/// The answer in both directions for a stand of one leg.
pub(super) fn ask<N: Number>(stand: &Stand<'_, N>, factor: &N) -> Result<Met<N>, Overflow> {
    let leg = stand.legs.first().ok_or(Overflow)?;
    let start = stand.tiers.first().copied().ok_or(Overflow)?;
    let walk = Walk { stand, leg, factor, start };
    if !walk.line(start, Looking::ForShortfall)?.at(&stand.here.at)?.is_positive() {
        let back = |way| stand.within_table(walk.first(way, Looking::ForSurplus)?);
        return Ok(Met::Already { lower: back(Way::Lower)?, higher: back(Way::Higher)? });
    }
    let find = |way| stand.within_table(walk.first(way, Looking::ForShortfall)?);
    Ok(Met::From { lower: find(Way::Lower)?, higher: find(Way::Higher)? })
}

struct Walk<'w, 'a, N> {
    stand: &'w Stand<'a, N>,
    leg: &'w Leg<'a, N>,
    factor: &'w N,
    /// The tier at the mark.
    start: usize,
}

impl<N: Number> Walk<'_, '_, N> {
    fn line(&self, index: usize, looking: Looking) -> Result<Line<N>, Overflow> {
        let required = self.leg.requirement(self.leg.tier(index)?)?;
        self.stand.surplus(self.factor, &required, looking)
    }

    /// Whether a way without jumps never leads to a shortfall: the surplus bends downward, so its
    /// last piece decides.
    fn is_safe(&self, way: Way) -> Result<bool, Overflow> {
        if !self.leg.is_continuous() {
            return Ok(false);
        }
        Ok(match way {
            Way::Lower => !self.line(0, Looking::ForShortfall)?.at_zero.is_negative(),
            Way::Higher => {
                let last = self.leg.tiers().len().saturating_sub(1);
                !self.line(last, Looking::ForShortfall)?.slope.is_negative()
            }
        })
    }

    fn first(&self, way: Way, looking: Looking) -> Result<Option<Place<N>>, Overflow> {
        if looking == Looking::ForShortfall && self.is_safe(way)? {
            return Ok(None);
        }
        let mut index = self.start;
        let mut from = None;
        loop {
            let line = self.line(index, looking)?;
            let end = match way {
                Way::Higher => self.leg.end_of(index)?,
                Way::Lower if index == 0 => None,
                Way::Lower => self.leg.end_of(index.saturating_sub(1))?,
            };
            let start = from.as_ref().unwrap_or(&self.stand.here.at);
            let is_first = from.is_none();
            let piece = Piece { line: &line, start, is_first, end: end.as_ref() };
            if let Some(place) = piece.first(way)? {
                return Ok(Some(place));
            }
            if end.is_none() {
                return Ok(None);
            }
            from = end;
            index = match way {
                Way::Higher => index.saturating_add(1),
                Way::Lower => index.saturating_sub(1),
            };
        }
    }
}
