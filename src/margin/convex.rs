//! The quick way where no requirement jumps.
//!
//! Then each tier only steepens the requirement, so the surplus bends downward everywhere and every
//! straight piece of it, prolonged, lies on or above it. The root of a prolonged piece therefore
//! never lies short of the first crossing, seen from the far side; taking the piece that holds at
//! that root, and its root in turn, closes in from there and ends on the crossing itself after a few
//! pieces, without sorting the edges of all positions. No tolerance: it ends when the piece that was
//! solved is the piece that holds.

use crate::quantity::{Number, Overflow};

use super::line::Line;
use super::many::Tiers;
use super::near::Near;
use super::stand::{Place, Stand, Way};

/// The first place on the way where the surplus, above zero here, is no longer so.
///
/// `at_end` puts all legs where the way ends: only the piece there tells that nothing is ever met.
pub(super) fn find<N: Number>(
    stand: &Stand<'_, N>,
    mut tiers: Tiers<N>,
    at_end: impl Fn() -> Result<Tiers<N>, Overflow>,
    way: Way,
) -> Result<Option<Place<N>>, Overflow> {
    let falls = |line: &Line<N>| match way {
        Way::Higher => line.slope.is_negative(),
        Way::Lower => line.slope.is_positive() && line.at_zero.is_negative(),
    };
    if !falls(&tiers.surplus) {
        tiers = at_end()?;
        if !falls(&tiers.surplus) {
            return Ok(None);
        }
    }
    loop {
        let Some(root) = tiers.surplus.root()? else {
            return Ok(None);
        };
        let near = Near::bracketed(root);
        let mut moved = false;
        for (number, leg) in stand.legs.iter().enumerate() {
            let index = tiers.indices.get(number).copied().unwrap_or_default();
            let holds = leg.index_from(index, &near)?;
            if holds != index {
                tiers.change(stand, number, holds)?;
                moved = true;
            }
        }
        if !moved {
            return Ok(Some(Place { at: near.at, is_past_edge: false }));
        }
    }
}
