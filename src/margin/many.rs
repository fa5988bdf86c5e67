//! The walk of several positions that share a margin balance and a mark.

use core::cell::OnceCell;

use crate::quantity::{Number, Overflow};

use super::leg::Leg;
use super::line::Line;
use super::stand::{Looking, Met, Stand, Way};
use super::{convex, steps};

/// Which tier each leg is in, and the surplus while they hold.
#[derive(Clone)]
pub(super) struct Tiers<N> {
    pub(super) indices: Vec<usize>,
    pub(super) surplus: Line<N>,
}

impl<N: Number> Tiers<N> {
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
        self.surplus = self.surplus.minus(&held.change(*index, to)?)?;
        *index = to;
        Ok(())
    }
}

/// What all legs need, at the mark and at both ends of their tables: one sum for every question.
pub(super) struct Required<'s, 'a, N> {
    stand: &'s Stand<'a, N>,
    here: Line<N>,
    ends: [OnceCell<Line<N>>; 2],
}

impl<'s, 'a, N: Number> Required<'s, 'a, N> {
    pub(super) fn of(stand: &'s Stand<'a, N>) -> Result<Self, Overflow> {
        let here = sum(stand, stand.tiers.iter().copied())?;
        Ok(Self { stand, here, ends: [OnceCell::new(), OnceCell::new()] })
    }

    /// The answer in both directions.
    pub(super) fn ask(&self, factor: &N) -> Result<Met<N>, Overflow> {
        let stand = self.stand;
        let surplus = stand.surplus(factor, &self.here, Looking::ForShortfall)?;
        let here = Tiers { indices: stand.tiers.clone(), surplus };
        if !here.surplus.at(&stand.here.at)?.is_positive() {
            let back = |way| {
                stand.within_table(steps::walk(stand, here.clone(), way, Looking::ForSurplus)?)
            };
            return Ok(Met::Already { lower: back(Way::Lower)?, higher: back(Way::Higher)? });
        }
        let bends_one_way = stand.legs.iter().all(Leg::is_continuous);
        let find = |way| {
            let found = if bends_one_way {
                convex::find(stand, here.clone(), || self.at_end(factor, way), way)?
            } else {
                steps::walk(stand, here.clone(), way, Looking::ForShortfall)?
            };
            stand.within_table(found)
        };
        Ok(Met::From { lower: find(Way::Lower)?, higher: find(Way::Higher)? })
    }

    /// All legs in the first or the last of their tiers.
    fn at_end(&self, factor: &N, way: Way) -> Result<Tiers<N>, Overflow> {
        let far = |leg: &Leg<'_, N>| match way {
            Way::Higher => leg.tiers().len().saturating_sub(1),
            Way::Lower => 0,
        };
        let indices: Vec<usize> = self.stand.legs.iter().map(far).collect();
        let [lowest, highest] = &self.ends;
        let cell = if way == Way::Higher { highest } else { lowest };
        let required = match cell.get() {
            Some(required) => required,
            None => {
                let required = sum(self.stand, indices.iter().copied())?;
                cell.get_or_init(|| required)
            }
        };
        let surplus = self.stand.surplus(factor, required, Looking::ForShortfall)?;
        Ok(Tiers { indices, surplus })
    }
}

fn sum<N: Number>(
    stand: &Stand<'_, N>,
    indices: impl Iterator<Item = usize>,
) -> Result<Line<N>, Overflow> {
    let mut lines = Vec::with_capacity(stand.legs.len());
    for (leg, index) in stand.legs.iter().zip(indices) {
        lines.push(leg.requirement(leg.tier(index)?)?);
    }
    Line::sum(lines)
}
