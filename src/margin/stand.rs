//! What stands behind some positions, and how the margin over their requirement runs along the walk.
//!
//! An isolated position is a stand of one leg ([`single`](super::single)). In a cross account all
//! positions of one market are the legs, and everything elsewhere is a fixed amount; for the
//! account's shock all positions are ([`many`](super::many)).

use crate::quantity::{Number, Overflow};
use crate::venue::BankruptcyFee;

use super::leg::Leg;
use super::line::Line;
use super::near::Near;

/// Some positions that share one margin balance and one place on the walk.
#[derive(Clone, Debug)]
pub(super) struct Stand<'a, N> {
    /// The margin balance over the place.
    pub(super) balance: Line<N>,
    /// What must be kept for positions that do not move.
    pub(super) kept_elsewhere: N,
    pub(super) legs: Vec<Leg<'a, N>>,
    /// The tier of each leg at the mark.
    pub(super) tiers: Vec<usize>,
    /// How a place found is prepared for comparing: [`Near::plain`] or [`Near::bracketed`].
    pub(super) near: fn(N) -> Near<N>,
    /// Where the mark stands.
    pub(super) here: Near<N>,
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
    /// Whether it is just past that place, across the edge of a tier: see [`Place`].
    At {
        near: Near<N>,
        is_past_edge: bool,
    },
    /// Only where the table of a position knows no rate any more.
    BeyondTable,
}

/// Where `factor x balance - requirement` stops being above zero; factor 1 asks for liquidation, the
/// warning ratio for the margin call.
#[derive(Clone, Debug)]
pub(super) enum Met<N> {
    From {
        lower: Reached<N>,
        higher: Reached<N>,
    },
    /// It is not above zero here; where it would be whole again on each side.
    Already {
        lower: Reached<N>,
        higher: Reached<N>,
    },
}

impl<N: Number> Stand<'_, N> {
    /// The balance that counts over what is required; with the other sign on the way back.
    pub(super) fn surplus(
        &self,
        factor: &N,
        required: &Line<N>,
        looking: Looking,
    ) -> Result<Line<N>, Overflow> {
        let mut line = self.balance.times(factor)?.minus(required)?;
        line.at_zero = line.at_zero.minus(&self.kept_elsewhere)?;
        Ok(match looking {
            Looking::ForShortfall => line,
            Looking::ForSurplus => line.negated(),
        })
    }

    /// The place where no more of the margin balance is left than closing costs: bankruptcy.
    pub(super) fn exhausted(&self, fee: &BankruptcyFee) -> Result<Option<N>, Overflow> {
        let mut balance = self.balance.clone();
        for leg in &self.legs {
            match fee {
                BankruptcyFee::None => break,
                BankruptcyFee::CloseThere(rate) => {
                    let cost = leg.value.times(&N::of(rate.exact()))?;
                    balance.slope = balance.slope.minus(&cost)?;
                }
                BankruptcyFee::SetAside => {
                    balance.at_zero = balance.at_zero.minus(&leg.fee_set_aside()?)?;
                }
            }
        }
        Ok(balance.root()?.filter(Number::is_positive))
    }

    /// A place found, unless a table that must not be prolonged has ended before it.
    pub(super) fn within_table(&self, found: Option<Place<N>>) -> Result<Reached<N>, Overflow> {
        let Some(Place { at, is_past_edge }) = found else {
            return Ok(Reached::Nowhere);
        };
        let near = (self.near)(at);
        for leg in self.legs.iter().filter(|leg| leg.ends_with_table()) {
            // A jump is just past its edge, where another leg's table may have ended.
            let ends_here = is_past_edge
                && match leg.last_cap()? {
                    Some(end) => end.is_at_most(&near.at)?,
                    None => false,
                };
            if ends_here || leg.is_beyond(&near)? {
                return Ok(Reached::BeyondTable);
            }
        }
        Ok(Reached::At { near, is_past_edge })
    }
}

/// A straight piece of the surplus, from where the walk has come to the next tier edge.
pub(super) struct Piece<'p, N> {
    pub(super) line: &'p Line<N>,
    pub(super) start: &'p N,
    /// Whether it starts at the mark and not at an edge.
    pub(super) is_first: bool,
    /// The next edge; absent on the last piece.
    pub(super) end: Option<&'p N>,
}

impl<N: Number> Piece<'_, N> {
    /// The first place on the piece where the surplus is no longer above zero. An edge belongs to
    /// the tier below it; where the jump across it is the trigger, the place is the edge itself.
    pub(super) fn first(&self, way: Way) -> Result<Option<Place<N>>, Overflow> {
        let line = self.line;
        let at_start = line.at(self.start)?;
        let from_below = way == Way::Higher && !self.is_first;
        // Upward, zero on an edge and above zero from there on is not met at any place.
        let only_at_edge = from_below && at_start.is_zero() && line.slope.is_positive();
        if !at_start.is_positive() && !only_at_edge {
            return Ok(Some(Place { at: self.start.clone(), is_past_edge: from_below }));
        }
        let crosses = match (way, self.end) {
            (Way::Higher, None) => line.slope.is_negative(),
            (Way::Higher, Some(end)) => line.slope.is_negative() && !line.at(end)?.is_positive(),
            (Way::Lower, None) => line.slope.is_positive() && line.at_zero.is_negative(),
            // Strictly above the edge, which belongs to the tier below.
            (Way::Lower, Some(end)) => line.slope.is_positive() && line.at(end)?.is_negative(),
        };
        if !crosses {
            return Ok(None);
        }
        Ok(line.root()?.map(|at| Place { at, is_past_edge: false }))
    }
}
