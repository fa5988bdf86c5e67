//! What stands behind some positions, and how the margin over their requirement runs along the walk.
//!
//! An isolated position is a stand of one leg. In a cross account all positions of one market are
//! the legs, and everything elsewhere is a fixed amount; for the account's shock all positions are.

use crate::quantity::{Number, Overflow};

use super::leg::Leg;
use super::line::Line;
use super::{convex, steps};

/// Some positions that share one margin balance and one place on the walk.
#[derive(Clone, Debug)]
pub(super) struct Stand<'a, N> {
    /// The margin balance over the place.
    pub(super) balance: Line<N>,
    /// What must be kept for positions that do not move.
    pub(super) kept_elsewhere: N,
    pub(super) legs: Vec<Leg<'a, N>>,
    /// Where the mark stands.
    pub(super) here: N,
}

/// A way along the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Lower,
    Higher,
}

/// Which sign of the surplus a walk looks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Looking {
    /// The first place where margin is no longer more than what must be kept.
    ForShortfall,
    /// The way back: the first place where it is no longer less.
    ForSurplus,
}

/// A place that a walk found.
#[derive(Clone, Debug)]
pub(super) struct Place<N> {
    pub(super) at: N,
    /// Whether the place is a tier edge and the tier past it is what reached it: a jump.
    pub(super) is_past_edge: bool,
}

/// What a walk found.
#[derive(Clone, Debug)]
pub(super) enum Reached<N> {
    Nowhere,
    At(Place<N>),
    /// Only where the table of a position knows no rate any more.
    BeyondTable,
}

/// Where `factor x balance - requirement` stops being above zero; factor 1 asks for liquidation, the
/// warning ratio for the margin call.
#[derive(Clone, Debug)]
pub(super) enum Met<N> {
    From { lower: Reached<N>, higher: Reached<N> },
    Already { back: Reached<N> },
}

impl<N: Number> Stand<'_, N> {
    /// The answer in both directions.
    pub(super) fn ask(&self, factor: &N) -> Result<Met<N>, Overflow> {
        let question = Question { stand: self, factor };
        let indices = question.indices_at(&self.here)?;
        let required = question.required(&indices)?;
        let surplus = question.surplus(&required, Looking::ForShortfall)?;
        if !surplus.at(&self.here)?.is_positive() {
            let way = if self.balance.slope.is_positive() { Way::Higher } else { Way::Lower };
            let back = steps::walk(&question, indices, required, way, Looking::ForSurplus)?;
            return Ok(Met::Already { back: self.within_table(back, way)? });
        }
        let find = |way| -> Result<Reached<N>, Overflow> {
            let found = if self.legs.iter().all(Leg::is_continuous) {
                convex::find(&question, &indices, &surplus, way)?
            } else {
                let (indices, required) = (indices.clone(), required.clone());
                steps::walk(&question, indices, required, way, Looking::ForShortfall)?
            };
            self.within_table(found, way)
        };
        Ok(Met::From { lower: find(Way::Lower)?, higher: find(Way::Higher)? })
    }

    /// The place where the margin balance is `share` of the value of all legs; zero of it is
    /// bankruptcy.
    pub(super) fn exhausted(&self, share: &N) -> Result<Option<N>, Overflow> {
        let mut balance = self.balance.clone();
        if !share.is_zero() {
            for leg in &self.legs {
                balance.slope = balance.slope.minus(&leg.value.times(share)?)?;
            }
        }
        Ok(balance.root()?.filter(Number::is_positive))
    }

    fn within_table(&self, found: Option<Place<N>>, way: Way) -> Result<Reached<N>, Overflow> {
        let Some(place) = found else {
            return Ok(Reached::Nowhere);
        };
        for leg in self.legs.iter().filter(|leg| leg.ends_with_table()) {
            if leg.is_beyond(&place.at)? {
                // An account that gains toward the end of a table is not threatened from there.
                let loses = way == Way::Higher && self.balance.slope.is_negative();
                return Ok(if loses { Reached::BeyondTable } else { Reached::Nowhere });
            }
        }
        Ok(Reached::At(place))
    }
}

/// A stand with the share of its balance that counts.
pub(super) struct Question<'s, 'a, N> {
    pub(super) stand: &'s Stand<'a, N>,
    factor: &'s N,
}

impl<N: Number> Question<'_, '_, N> {
    fn indices_at(&self, place: &N) -> Result<Vec<usize>, Overflow> {
        self.stand.legs.iter().map(|leg| leg.index_at(place)).collect()
    }

    /// What all legs together need while these tiers hold.
    pub(super) fn required(&self, indices: &[usize]) -> Result<Line<N>, Overflow> {
        let lines = self.stand.legs.iter().zip(indices).filter_map(|(leg, index)| {
            let tier = leg.tiers().get(*index)?;
            Some(leg.requirement(tier))
        });
        Line::sum(lines.collect::<Result<_, _>>()?)
    }

    /// How a leg's requirement changes from one tier to another.
    pub(super) fn change(&self, leg: usize, from: usize, to: usize) -> Result<Line<N>, Overflow> {
        let leg = self.stand.legs.get(leg).ok_or(Overflow)?;
        let tier = |index: usize| leg.tiers().get(index).ok_or(Overflow);
        leg.requirement(tier(to)?)?.minus(&leg.requirement(tier(from)?)?)
    }

    /// The balance that counts over what is required; with the other sign on the way back.
    pub(super) fn surplus(
        &self,
        required: &Line<N>,
        looking: Looking,
    ) -> Result<Line<N>, Overflow> {
        let mut line = self.stand.balance.times(self.factor)?.minus(required)?;
        line.at_zero = line.at_zero.minus(&self.stand.kept_elsewhere)?;
        Ok(match looking {
            Looking::ForShortfall => line,
            Looking::ForSurplus => line.negated(),
        })
    }
}
