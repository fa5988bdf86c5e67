//! Prices as fractions of whole numbers, from zero to infinity.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_traits::{One, Signed, Zero};

use super::number::Fraction;

/// A price, or a factor on all prices: `top / bottom`, neither below zero, not both zero.
#[derive(Clone, Debug)]
pub(crate) struct Point {
    pub(crate) top: BigInt,
    pub(crate) bottom: BigInt,
}

impl Point {
    pub(crate) fn of(price: &Fraction) -> Self {
        Self { top: price.numer().clone(), bottom: price.denom().clone() }
    }

    pub(crate) fn zero() -> Self {
        Self { top: BigInt::zero(), bottom: BigInt::one() }
    }

    pub(crate) fn one() -> Self {
        Self { top: BigInt::one(), bottom: BigInt::one() }
    }

    pub(crate) fn infinity() -> Self {
        Self { top: BigInt::one(), bottom: BigInt::zero() }
    }

    pub(crate) fn price(&self) -> Fraction {
        Fraction::new_raw(self.top.clone(), self.bottom.clone())
    }

    pub(crate) fn compare(&self, other: &Self) -> Ordering {
        (&self.top * &other.bottom).cmp(&(&other.top * &self.bottom))
    }

    pub(crate) fn is_below(&self, other: &Self) -> bool {
        self.compare(other) == Ordering::Less
    }

    pub(crate) fn is_price(&self) -> bool {
        self.top.is_positive() && self.bottom.is_positive()
    }

    /// Some price between two that differ, infinity included: tops and bottoms added.
    pub(crate) fn between(&self, other: &Self) -> Self {
        Self { top: &self.top + &other.top, bottom: &self.bottom + &other.bottom }
    }

    /// One over the price.
    pub(crate) fn turned(self) -> Self {
        Self { top: self.bottom, bottom: self.top }
    }
}
