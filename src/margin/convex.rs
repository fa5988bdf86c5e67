//! The quick way where no requirement jumps.
//!
//! Then each tier only steepens the requirement, so the surplus bends downward everywhere and every
//! straight piece of it, prolonged, lies on or above it. The root of a prolonged piece therefore
//! never lies short of the first crossing, seen from the far side; taking the piece that holds at
//! that root, and its root in turn, closes in from there and ends on the crossing itself after a few
//! pieces, without sorting the edges of all positions. No tolerance: it ends when the piece that was
//! solved is the piece that holds.

use crate::quantity::{Number, Overflow};

use super::leg::Leg;
use super::line::Line;
use super::stand::{Looking, Place, Question, Way};

/// The first place on the way where the surplus, above zero here, is no longer so.
pub(super) fn find<N: Number>(
    question: &Question<'_, '_, N>,
    here: &[usize],
    surplus: &Line<N>,
    way: Way,
) -> Result<Option<Place<N>>, Overflow> {
    let falls = |line: &Line<N>| match way {
        Way::Higher => line.slope.is_negative(),
        Way::Lower => line.slope.is_positive() && line.at_zero.is_negative(),
    };
    let mut indices = here.to_vec();
    let mut line = surplus.clone();
    if !falls(&line) {
        // The piece at the far end decides whether there is a crossing at all.
        indices = question
            .stand
            .legs
            .iter()
            .map(|leg| match way {
                Way::Higher => leg.tiers().len().saturating_sub(1),
                Way::Lower => 0,
            })
            .collect();
        if indices != here {
            line = question.surplus(&question.required(&indices)?, Looking::ForShortfall)?;
        }
        if !falls(&line) {
            return Ok(None);
        }
    }
    loop {
        let Some(root) = line.root()? else {
            return Ok(None);
        };
        let mut moved = false;
        for (number, (leg, index)) in question.stand.legs.iter().zip(&mut indices).enumerate() {
            let holds = holding(leg, *index, &root)?;
            if holds != *index {
                line = line.minus(&question.change(number, *index, holds)?)?;
                *index = holds;
                moved = true;
            }
        }
        if !moved {
            return Ok(Some(Place { at: root, is_past_edge: false }));
        }
    }
}

/// The tier that holds at a place, looked for from one nearby.
fn holding<N: Number>(leg: &Leg<'_, N>, near: usize, place: &N) -> Result<usize, Overflow> {
    let tiers = leg.tiers();
    if tiers.len() < 2 {
        return Ok(near);
    }
    let value = leg.value.times(place)?;
    let is_above_cap = |index: usize| match tiers.get(index).and_then(|tier| tier.cap.as_ref()) {
        Some(cap) => N::of(cap).is_below(&value),
        None => Ok(false),
    };
    let last = tiers.len().saturating_sub(1);
    let mut index = near;
    while index < last && is_above_cap(index)? {
        index = index.saturating_add(1);
    }
    while 0 < index && !is_above_cap(index.saturating_sub(1))? {
        index = index.saturating_sub(1);
    }
    Ok(index)
}
