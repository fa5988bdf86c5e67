//! The careful way: from tier edge to tier edge of all positions, in order.
//!
//! Between two edges the surplus is straight and is solved in closed form; at an edge of a flat table
//! it jumps.

use core::cmp::Ordering;

use crate::quantity::{Number, Overflow};

use super::many::Tiers;
use super::stand::{Looking, Piece, Place, Stand, Way};

/// A place where one leg changes its tier.
///
/// Small, since a large account sorts a million of them.
#[derive(Clone, Copy)]
pub(super) struct Edge {
    /// The [rank](Number::rank) of the place, which nearly always tells two edges apart.
    rank: u64,
    leg: u32,
    /// The lower of the two tiers, which the edge belongs to.
    below: u32,
}

impl Edge {
    fn place<N: Number>(&self, stand: &Stand<'_, N>) -> Result<N, Overflow> {
        stand.legs.get(self.leg()).ok_or(Overflow)?.end_of(self.below())?.ok_or(Overflow)
    }

    fn leg(&self) -> usize {
        index(self.leg)
    }

    fn below(&self) -> usize {
        index(self.below)
    }

    /// The tier past the edge.
    fn to(&self, way: Way) -> usize {
        if way == Way::Higher { self.below().saturating_add(1) } else { self.below() }
    }
}

/// No list is longer than memory, so on every machine this is the same number.
fn index(short: u32) -> usize {
    usize::try_from(short).unwrap_or(usize::MAX)
}

fn short(index: usize) -> Result<u32, Overflow> {
    u32::try_from(index).map_err(|_| Overflow)
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
        tiers.change(stand, edge.leg(), edge.to(way))?;
        while let Some(other) = edges.peek().filter(|other| other.rank == edge.rank) {
            if other.place(stand)?.compare(&end)? != Ordering::Equal {
                break;
            }
            tiers.change(stand, other.leg(), other.to(way))?;
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
                edges.push(Edge { rank: place.rank()?, leg: short(number)?, below: short(below)? });
            }
        }
    }
    edges.sort_by_key(|edge| edge.rank);
    for alike in edges.chunk_by_mut(|a, b| a.rank == b.rank).filter(|alike| 1 < alike.len()) {
        arrange(stand, alike)?;
    }
    if way == Way::Lower {
        edges.reverse();
    }
    Ok(edges)
}

/// Puts edges in order by their exact places.
fn arrange<N: Number>(stand: &Stand<'_, N>, edges: &mut [Edge]) -> Result<(), Overflow> {
    let placed = edges.iter().map(|edge| Ok((edge.place(stand)?, *edge)));
    let placed = placed.collect::<Result<Vec<_>, Overflow>>()?;
    let order = in_order(placed.len(), &|a, b| match (placed.get(a), placed.get(b)) {
        (Some((a, _)), Some((b, _))) => a.compare(b),
        _ => Ok(Ordering::Equal),
    })?;
    for (slot, at) in edges.iter_mut().zip(order) {
        if let Some((_, edge)) = placed.get(at) {
            *slot = *edge;
        }
    }
    Ok(())
}

/// The indices of so many things, in the order of the things; alike ones as they were.
///
/// Not generic: a sort is large, and numbers have several widths.
pub(super) fn in_order(
    count: usize,
    compare: &dyn Fn(usize, usize) -> Result<Ordering, Overflow>,
) -> Result<Vec<usize>, Overflow> {
    let mut order: Vec<usize> = (0..count).collect();
    let mut failed = None;
    order.sort_by(|a, b| {
        compare(*a, *b).unwrap_or_else(|overflow| {
            failed = Some(overflow);
            Ordering::Equal
        })
    });
    failed.map_or(Ok(order), Err)
}
