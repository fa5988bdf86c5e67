//! Straight lines over the mark price, which is all that a linear contract is made of.

use crate::quantity::{Exact, Overflow};

/// `at_zero + slope x price`, an amount of money.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Line {
    pub(super) at_zero: Exact,
    pub(super) slope: Exact,
}

impl Line {
    pub(super) fn at(&self, price: &Exact) -> Result<Exact, Overflow> {
        self.at_zero.plus(&self.slope.times(price)?)
    }

    pub(super) fn minus(&self, other: &Self) -> Result<Self, Overflow> {
        Ok(Self {
            at_zero: self.at_zero.minus(&other.at_zero)?,
            slope: self.slope.minus(&other.slope)?,
        })
    }

    pub(super) fn times(&self, factor: &Exact) -> Result<Self, Overflow> {
        Ok(Self { at_zero: self.at_zero.times(factor)?, slope: self.slope.times(factor)? })
    }

    pub(super) fn negated(&self) -> Self {
        Self { at_zero: self.at_zero.negated(), slope: self.slope.negated() }
    }

    /// The price at which the line is zero; absent for a level line.
    pub(super) fn root(&self) -> Result<Option<Exact>, Overflow> {
        if self.slope.is_zero() {
            return Ok(None);
        }
        Ok(Some(self.at_zero.negated().over(&self.slope)?))
    }
}
