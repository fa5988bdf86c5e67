//! A place with short numbers around it.
//!
//! The place where an account of many positions meets its line has long integers, and it is compared
//! with the tier edges of every position. Two short numbers around it settle nearly all of that; the
//! exact place decides the rest.

use crate::quantity::{Exact, Number, Overflow};

/// A place on the walk.
#[derive(Clone, Debug)]
pub(super) struct Near<N> {
    pub(super) at: N,
    around: Option<(N, N)>,
}

impl<N: Number> Near<N> {
    /// A place that is compared with few edges: not worth a bracket.
    pub(super) fn plain(at: N) -> Self {
        Self { at, around: None }
    }

    /// A place that is compared with the edges of many positions.
    pub(super) fn bracketed(at: N) -> Self {
        let around = at.bracket();
        Self { at, around }
    }

    /// What a position of this value is worth at the place.
    pub(super) fn worth<'n>(&'n self, value: &'n N) -> Result<Worth<'n, N>, Overflow> {
        Ok(match &self.around {
            Some((low, high)) => Worth::Between {
                low: value.times(low)?,
                high: value.times(high)?,
                value,
                place: &self.at,
            },
            None => Worth::Exactly(value.times(&self.at)?),
        })
    }
}

/// A position's value at a place, as precisely as the question needs.
pub(super) enum Worth<'n, N> {
    Exactly(N),
    Between { low: N, high: N, value: &'n N, place: &'n N },
}

impl<N: Number> Worth<'_, N> {
    /// Whether it is above a cap.
    pub(super) fn is_past(&self, cap: &Exact) -> Result<bool, Overflow> {
        let cap = N::of(cap);
        match self {
            Self::Exactly(worth) => cap.is_below(worth),
            Self::Between { low, .. } if cap.is_below(low)? => Ok(true),
            Self::Between { high, .. } if high.is_at_most(&cap)? => Ok(false),
            Self::Between { value, place, .. } => cap.is_below(&value.times(place)?),
        }
    }
}
