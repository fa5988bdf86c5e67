//! The walk of several positions that share a margin balance and a mark.

use crate::quantity::{Number, Overflow};

use super::leg::Leg;
use super::line::Line;
use super::stand::{Looking, Met, Stand, Way};
use super::{convex, steps};

/// Which tier each leg is in, and what all of them need there.
#[derive(Clone)]
pub(super) struct Tiers<N> {
    pub(super) indices: Vec<usize>,
    pub(super) required: Line<N>,
}

impl<N: Number> Tiers<N> {
    pub(super) fn at(stand: &Stand<'_, N>, indices: Vec<usize>) -> Result<Self, Overflow> {
        let mut lines = Vec::with_capacity(indices.len());
        for (leg, index) in stand.legs.iter().zip(&indices) {
            lines.push(leg.requirement(leg.tiers().get(*index).ok_or(Overflow)?)?);
        }
        Ok(Self { indices, required: Line::sum(lines)? })
    }

    /// Puts a leg into another tier.
    pub(super) fn change(
        &mut self,
        stand: &Stand<'_, N>,
        leg: usize,
        to: usize,
    ) -> Result<(), Overflow> {
        let (Some(held), Some(index)) = (stand.legs.get(leg), self.indices.get_mut(leg)) else {
            return Err(Overflow);
        };
        let line = |index: usize| held.requirement(held.tiers().get(index).ok_or(Overflow)?);
        self.required = self.required.plus(&line(to)?.minus(&line(*index)?)?)?;
        *index = to;
        Ok(())
    }
}

/// The answer in both directions.
pub(super) fn ask<N: Number>(stand: &Stand<'_, N>, factor: &N) -> Result<Met<N>, Overflow> {
    let indices =
        stand.legs.iter().map(|leg| leg.index_at(&stand.here)).collect::<Result<_, _>>()?;
    let here = Tiers::at(stand, indices)?;
    let surplus = stand.surplus(factor, &here.required, Looking::ForShortfall)?;
    if !surplus.at(&stand.here)?.is_positive() {
        let way = stand.way_back();
        let back = steps::walk(stand, factor, here, way, Looking::ForSurplus)?;
        return Ok(Met::Already { back: stand.within_table(back, way)? });
    }
    let bends_one_way = stand.legs.iter().all(Leg::is_continuous);
    let find = |way| {
        let found = if bends_one_way {
            convex::find(stand, factor, &here, way)?
        } else {
            steps::walk(stand, factor, here.clone(), way, Looking::ForShortfall)?
        };
        stand.within_table(found, way)
    };
    Ok(Met::From { lower: find(Way::Lower)?, higher: find(Way::Higher)? })
}
