//! The walk of several positions that share a margin balance and a mark.

use core::cell::OnceCell;

use crate::quantity::{Number, Overflow};

use super::leg::Leg;
use super::line::Line;
use super::stand::{Looking, Met, Place, Stand, Way};
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

/// What all legs need, at the mark and at both ends of their tables, and where they change their
/// tiers: worked out once for every question.
pub(super) struct Required<'s, 'a, N> {
    stand: &'s Stand<'a, N>,
    here: Line<N>,
    lower: OneWay<N>,
    higher: OneWay<N>,
}

/// What lies on the way from the mark, as far as it was asked for.
struct OneWay<N> {
    /// What is needed where the way ends.
    end: OnceCell<Line<N>>,
    edges: OnceCell<Vec<steps::Edge>>,
}

impl<N> OneWay<N> {
    const fn new() -> Self {
        Self { end: OnceCell::new(), edges: OnceCell::new() }
    }
}

impl<'s, 'a, N: Number> Required<'s, 'a, N> {
    pub(super) fn of(stand: &'s Stand<'a, N>) -> Result<Self, Overflow> {
        let here = sum(stand, stand.tiers.iter().copied())?;
        Ok(Self { stand, here, lower: OneWay::new(), higher: OneWay::new() })
    }

    fn one_way(&self, way: Way) -> &OneWay<N> {
        if way == Way::Higher { &self.higher } else { &self.lower }
    }

    fn walk(
        &self,
        tiers: Tiers<N>,
        way: Way,
        looking: Looking,
    ) -> Result<Option<Place<N>>, Overflow> {
        let edges = made_once(&self.one_way(way).edges, || steps::edges(self.stand, way))?;
        steps::walk(self.stand, tiers, edges, way, looking)
    }

    /// The answer in both directions.
    pub(super) fn ask(&self, factor: &N) -> Result<Met<N>, Overflow> {
        let stand = self.stand;
        let surplus = stand.surplus(factor, &self.here, Looking::ForShortfall)?;
        let here = Tiers { indices: stand.tiers.clone(), surplus };
        if !here.surplus.at(&stand.here.at)?.is_positive() {
            let back =
                |way| stand.within_table(self.walk(here.clone(), way, Looking::ForSurplus)?);
            return Ok(Met::Already { lower: back(Way::Lower)?, higher: back(Way::Higher)? });
        }
        let bends_one_way = stand.legs.iter().all(Leg::is_continuous);
        let find = |way| {
            let found = if bends_one_way {
                convex::find(stand, here.clone(), || self.at_end(factor, way), way)?
            } else {
                self.walk(here.clone(), way, Looking::ForShortfall)?
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
        let add_up = || sum(self.stand, indices.iter().copied());
        let required = made_once(&self.one_way(way).end, add_up)?;
        let surplus = self.stand.surplus(factor, required, Looking::ForShortfall)?;
        Ok(Tiers { indices, surplus })
    }
}

/// What the cell holds, made when it is first asked for.
fn made_once<T>(
    cell: &OnceCell<T>,
    make: impl FnOnce() -> Result<T, Overflow>,
) -> Result<&T, Overflow> {
    match cell.get() {
        Some(made) => Ok(made),
        None => {
            let made = make()?;
            Ok(cell.get_or_init(|| made))
        }
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
