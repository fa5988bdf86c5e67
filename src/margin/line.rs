//! Straight lines, which is all that positions are made of.
//!
//! They run over the mark price for linear and quanto contracts and over its reciprocal for inverse
//! ones, whose profit 1/entry - 1/mark is straight in it.

use crate::quantity::{Number, Overflow};

/// `at_zero + slope x place`, an amount of money.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line<N> {
    pub(super) at_zero: N,
    pub(super) slope: N,
}

impl<N: Number> Line<N> {
    pub(super) fn at(&self, place: &N) -> Result<N, Overflow> {
        self.at_zero.plus(&self.slope.times(place)?)
    }

    pub(super) fn minus(&self, other: &Self) -> Result<Self, Overflow> {
        Ok(Self {
            at_zero: self.at_zero.minus(&other.at_zero)?,
            slope: self.slope.minus(&other.slope)?,
        })
    }

    pub(super) fn times(&self, factor: &N) -> Result<Self, Overflow> {
        Ok(Self { at_zero: self.at_zero.times(factor)?, slope: self.slope.times(factor)? })
    }

    pub(super) fn negated(&self) -> Self {
        Self { at_zero: self.at_zero.negated(), slope: self.slope.negated() }
    }

    /// The place at which the line is zero; absent for a level line.
    pub(super) fn root(&self) -> Result<Option<N>, Overflow> {
        if self.slope.is_zero() {
            return Ok(None);
        }
        Ok(Some(self.at_zero.negated().over(&self.slope)?))
    }

    /// The sum of many lines.
    pub(super) fn sum(lines: Vec<Self>) -> Result<Self, Overflow> {
        let (at_zero, slope) = lines.into_iter().map(|line| (line.at_zero, line.slope)).unzip();
        Ok(Self { at_zero: N::sum(at_zero)?, slope: N::sum(slope)? })
    }
}
