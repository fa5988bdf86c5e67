//! The careful way: from tier edge to tier edge of all positions, in order.
//!
//! Between two edges the surplus is straight and is solved in closed form; at an edge of a flat table
//! it jumps.

use core::cmp::Ordering;

use crate::quantity::{Number, Overflow};

use super::many::Tiers;
use super::stand::{Looking, Piece, Place, Stand, Way};

/// A place where one leg changes its tier.
struct Edge<N> {
    place: N,
    leg: usize,
    to: usize,
}

/// The first place on the way, the mark included, where the surplus is no longer above zero.
pub(super) fn walk<N: Number>(
    stand: &Stand<'_, N>,
    mut tiers: Tiers<N>,
    way: Way,
    looking: Looking,
) -> Result<Option<Place<N>>, Overflow> {
    let edges = edges(stand, &tiers.indices, way)?;
    let mut edges = edges.iter().peekable();
    let mut start = &stand.here.at;
    let mut is_first = true;
    loop {
        let line = match looking {
            Looking::ForShortfall => tiers.surplus.clone(),
            Looking::ForSurplus => tiers.surplus.negated(),
        };
        let end = edges.peek().map(|edge| &edge.place);
        let piece = Piece { line: &line, start, is_first, end };
        if let Some(place) = piece.first(way)? {
            return Ok(Some(place));
        }
        let Some(end) = end else {
            return Ok(None);
        };
        while let Some(edge) = edges.peek() {
            if edge.place.compare(end)? != Ordering::Equal {
                break;
            }
            tiers.change(stand, edge.leg, edge.to)?;
            edges.next();
        }
        start = end;
        is_first = false;
    }
}

/// The edges on the way, nearest first.
fn edges<N: Number>(
    stand: &Stand<'_, N>,
    indices: &[usize],
    way: Way,
) -> Result<Vec<Edge<N>>, Overflow> {
    let mut edges = Vec::new();
    for (number, (leg, index)) in stand.legs.iter().zip(indices).enumerate() {
        let crossed = match way {
            Way::Higher => *index..leg.tiers().len(),
            Way::Lower => 0..*index,
        };
        for tier in crossed {
            if let Some(place) = leg.end_of(tier)? {
                let to = if way == Way::Higher { tier.saturating_add(1) } else { tier };
                edges.push(Edge { place, leg: number, to });
            }
        }
    }
    let mut failed = None;
    edges.sort_by(|a, b| {
        let order = a.place.compare(&b.place).unwrap_or_else(|overflow| {
            failed = Some(overflow);
            Ordering::Equal
        });
        if way == Way::Higher { order } else { order.reverse() }
    });
    failed.map_or(Ok(edges), Err)
}
