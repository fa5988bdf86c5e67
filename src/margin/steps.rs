//! The careful way: from tier edge to tier edge of all positions, in order.
//!
//! Between two edges the surplus is straight and is solved in closed form; at an edge of a flat table
//! it jumps.

use core::cmp::Ordering;

use crate::quantity::{Number, Overflow};

use super::many::Tiers;
use super::stand::{Looking, Piece, Place, Stand, Way};

/// A place where one leg changes its tier.
#[derive(Clone, Copy)]
pub(super) struct Edge {
    /// The [rank](Number::rank) of the place, which nearly always tells two edges apart.
    rank: i128,
    leg: usize,
    /// The lower of the two tiers, which the edge belongs to.
    below: usize,
}

impl Edge {
    fn place<N: Number>(&self, stand: &Stand<'_, N>) -> Result<N, Overflow> {
        stand.legs.get(self.leg).ok_or(Overflow)?.end_of(self.below)?.ok_or(Overflow)
    }

    /// The tier past the edge.
    fn to(&self, way: Way) -> usize {
        if way == Way::Higher { self.below.saturating_add(1) } else { self.below }
    }
}

/// The first place on the way, the mark included, where the surplus is no longer above zero.
///
/// `edges` are those that [`edges`] finds from these tiers.
pub(super) fn walk<N: Number>(
    stand: &Stand<'_, N>,
    mut tiers: Tiers<N>,
    edges: &[Edge],
    way: Way,
    looking: Looking,
) -> Result<Option<Place<N>>, Overflow> {
    let mut edges = edges.iter().peekable();
    let mut start = stand.here.at.clone();
    let mut is_first = true;
    loop {
        let line = match looking {
            Looking::ForShortfall => tiers.surplus.clone(),
            Looking::ForSurplus => tiers.surplus.negated(),
        };
        let next = edges.next();
        let end = next.map(|edge| edge.place(stand)).transpose()?;
        let piece = Piece { line: &line, start: &start, is_first, end: end.as_ref() };
        if let Some(place) = piece.first(way)? {
            return Ok(Some(place));
        }
        let (Some(edge), Some(end)) = (next, end) else {
            return Ok(None);
        };
        tiers.change(stand, edge.leg, edge.to(way))?;
        while let Some(other) = edges.peek().filter(|other| other.rank == edge.rank) {
            if other.place(stand)?.compare(&end)? != Ordering::Equal {
                break;
            }
            tiers.change(stand, other.leg, other.to(way))?;
            edges.next();
        }
        start = end;
        is_first = false;
    }
}

/// The edges on the way from the mark, nearest first.
pub(super) fn edges<N: Number>(stand: &Stand<'_, N>, way: Way) -> Result<Vec<Edge>, Overflow> {
    let mut edges = Vec::new();
    for (number, (leg, index)) in stand.legs.iter().zip(&stand.tiers).enumerate() {
        let crossed = match way {
            Way::Higher => *index..leg.tiers().len(),
            Way::Lower => 0..*index,
        };
        for below in crossed {
            if let Some(place) = leg.end_of(below)? {
                edges.push(Edge { rank: place.rank()?, leg: number, below });
            }
        }
    }
    let mut failed = None;
    let exactly = |a: &Edge, b: &Edge| a.place(stand)?.compare(&b.place(stand)?);
    edges.sort_by(|a, b| {
        let order = a.rank.cmp(&b.rank);
        let order = match order {
            Ordering::Equal => exactly(a, b).unwrap_or_else(|overflow| {
                failed = Some(overflow);
                Ordering::Equal
            }),
            _ => order,
        };
        if way == Way::Higher { order } else { order.reverse() }
    });
    failed.map_or(Ok(edges), Err)
}
