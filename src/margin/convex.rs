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
use super::many::Tiers;
use super::stand::{Looking, Place, Stand, Way};

/// The first place on the way where the surplus, above zero here, is no longer so.
pub(super) fn find<N: Number>(
    stand: &Stand<'_, N>,
    factor: &N,
    here: &Tiers<N>,
    way: Way,
) -> Result<Option<Place<N>>, Overflow> {
    let falls = |line: &Line<N>| match way {
        Way::Higher => line.slope.is_negative(),
        Way::Lower => line.slope.is_positive() && line.at_zero.is_negative(),
    };
    let surplus = |tiers: &Tiers<N>| stand.surplus(factor, &tiers.required, Looking::ForShortfall);
    let mut tiers = here.clone();
    let mut line = surplus(&tiers)?;
    if !falls(&line) {
        // The piece at the far end decides whether there is a crossing at all.
        let far = stand.legs.iter().map(|leg| match way {
            Way::Higher => leg.tiers().len().saturating_sub(1),
            Way::Lower => 0,
        });
        tiers = Tiers::at(stand, far.collect())?;
        line = surplus(&tiers)?;
        if !falls(&line) {
            return Ok(None);
        }
    }
    loop {
        let Some(root) = line.root()? else {
            return Ok(None);
        };
        let mut moved = false;
        for (number, leg) in stand.legs.iter().enumerate() {
            let index = tiers.indices.get(number).copied().unwrap_or_default();
            let holds = holding(leg, index, &root)?;
            if holds != index {
                tiers.change(stand, number, holds)?;
                moved = true;
            }
        }
        if !moved {
            return Ok(Some(Place { at: root, is_past_edge: false }));
        }
        line = surplus(&tiers)?;
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
