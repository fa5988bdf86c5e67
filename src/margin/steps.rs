//! The careful way: from tier edge to tier edge of all positions, in order.
//!
//! Between two edges the surplus is straight and is solved in closed form; at an edge of a flat table
//! it jumps, and where the jump is the trigger the place is the edge itself. An edge belongs to the
//! tier below it.

use core::cmp::Ordering;

use crate::quantity::{Number, Overflow};

use super::line::Line;
use super::stand::{Looking, Place, Question, Way};

/// A place where one leg changes its tier.
struct Edge<N> {
    place: N,
    leg: usize,
    to: usize,
}

/// The first place on the way, the mark included, where the surplus is no longer above zero.
pub(super) fn walk<N: Number>(
    question: &Question<'_, '_, N>,
    mut indices: Vec<usize>,
    mut required: Line<N>,
    way: Way,
    looking: Looking,
) -> Result<Option<Place<N>>, Overflow> {
    let edges = edges(question, &indices, way)?;
    let mut edges = edges.iter().peekable();
    let mut start = question.stand.here.clone();
    let mut is_first = true;
    loop {
        let line = question.surplus(&required, looking)?;
        let at_start = line.at(&start)?;
        // Upward, zero on an edge and above zero from there on is not met at any place, since the
        // edge itself belongs to the tier before.
        let only_at_edge =
            way == Way::Higher && !is_first && at_start.is_zero() && line.slope.is_positive();
        if !at_start.is_positive() && !only_at_edge {
            let is_past_edge = way == Way::Higher && !is_first;
            return Ok(Some(Place { at: start, is_past_edge }));
        }
        let end = edges.peek().map(|edge| edge.place.clone());
        let crosses = match (way, &end) {
            (Way::Higher, None) => line.slope.is_negative(),
            (Way::Higher, Some(end)) => line.slope.is_negative() && !line.at(end)?.is_positive(),
            (Way::Lower, None) => line.slope.is_positive() && line.at_zero.is_negative(),
            // Strictly above the edge, which belongs to the tier below.
            (Way::Lower, Some(end)) => line.slope.is_positive() && line.at(end)?.is_negative(),
        };
        if crosses {
            return Ok(line.root()?.map(|at| Place { at, is_past_edge: false }));
        }
        let Some(end) = end else {
            return Ok(None);
        };
        while let Some(edge) = edges.next_if(|edge| edge.place.compare(&end) == Ok(Ordering::Equal))
        {
            if let Some(index) = indices.get_mut(edge.leg) {
                required = required.plus(&question.change(edge.leg, *index, edge.to)?)?;
                *index = edge.to;
            }
        }
        start = end;
        is_first = false;
    }
}

/// The edges on the way, nearest first.
fn edges<N: Number>(
    question: &Question<'_, '_, N>,
    indices: &[usize],
    way: Way,
) -> Result<Vec<Edge<N>>, Overflow> {
    let mut edges = Vec::new();
    for (leg, (stand, index)) in question.stand.legs.iter().zip(indices).enumerate() {
        match way {
            Way::Higher => {
                for tier in *index..stand.tiers().len() {
                    if let Some(place) = stand.end_of(tier)? {
                        edges.push(Edge { place, leg, to: tier.saturating_add(1) });
                    }
                }
            }
            Way::Lower => {
                for tier in (0..*index).rev() {
                    if let Some(place) = stand.end_of(tier)? {
                        edges.push(Edge { place, leg, to: tier });
                    }
                }
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
