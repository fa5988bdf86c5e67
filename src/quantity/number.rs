//! What the calculation asks of a number, so that it is written once for both widths.
//!
//! [`Exact`] holds 256 bits and answers nearly everything; [`Wide`](super::Wide) has no bound and is
//! several times slower. Whoever needs an answer for every input asks with the first and, on
//! [`Overflow`], again with the second.

use core::cmp::Ordering;

use ethnum::I256;

use super::error::Overflow;
use super::exact::{Exact, Rounding};

/// An exact fraction of some width.
pub trait Number: Clone + core::fmt::Debug {
    /// The same value.
    fn of(value: &Exact) -> Self;
    /// `self + other`.
    fn plus(&self, other: &Self) -> Result<Self, Overflow>;
    /// `self x other`.
    fn times(&self, other: &Self) -> Result<Self, Overflow>;
    /// `self / other`; dividing by zero counts as overflow.
    fn over(&self, other: &Self) -> Result<Self, Overflow>;
    /// The same amount with the other sign.
    fn negated(&self) -> Self;
    /// Which of the two is larger.
    fn compare(&self, other: &Self) -> Result<Ordering, Overflow>;
    /// Whether this is above zero.
    fn is_positive(&self) -> bool;
    /// Whether this is below zero.
    fn is_negative(&self) -> bool;
    /// A multiple of a step above zero, rounded once.
    fn to_step(&self, step: &Exact, rounding: Rounding) -> Result<Exact, Overflow>;
    /// The figure a report carries: the value itself, or rounded once, half-even at
    /// [`FIGURE_PLACES`], where it is wider than a report's numbers.
    fn figure(&self) -> Result<Exact, Overflow>;

    /// Two short numbers around a long one above zero, about 16 digits long and one apart in the
    /// last; absent when this one is short already. Comparing with them nearly always settles what
    /// comparing with the long one would.
    fn bracket(&self) -> Option<(Self, Self)>;

    /// The value in millionths of a millionth, rounded down, or the nearest that fits: never higher
    /// for a lower value, so that only equal ranks are worth comparing exactly.
    fn rank(&self) -> Result<i128, Overflow>;

    /// Nothing.
    fn zero() -> Self {
        Self::of(&Exact::ZERO)
    }
    /// One.
    fn one() -> Self {
        Self::of(&Exact::ONE)
    }
    /// `self - other`.
    fn minus(&self, other: &Self) -> Result<Self, Overflow> {
        self.plus(&other.negated())
    }
    /// Whether this is zero.
    fn is_zero(&self) -> bool {
        !self.is_positive() && !self.is_negative()
    }
    /// Whether `self < other`.
    fn is_below(&self, other: &Self) -> Result<bool, Overflow> {
        Ok(self.compare(other)? == Ordering::Less)
    }
    /// Whether `self <= other`.
    fn is_at_most(&self, other: &Self) -> Result<bool, Overflow> {
        Ok(self.compare(other)? != Ordering::Greater)
    }
    /// The sum of many. Neighbours are added first, so that denominators grow evenly and the whole
    /// costs little more than the last addition.
    fn sum(mut values: Vec<Self>) -> Result<Self, Overflow> {
        while 1 < values.len() {
            values = values
                .chunks(2)
                .map(|pair| match pair {
                    [a, b] => a.plus(b),
                    [a] => Ok(a.clone()),
                    _ => Ok(Self::zero()),
                })
                .collect::<Result<_, _>>()?;
        }
        Ok(values.pop().unwrap_or_else(Self::zero))
    }
}

/// How many decimals leave about 16 digits of a number, from how long its integers are.
pub(super) fn places_in_bracket(numerator: u64, denominator: u64, exponent: i32) -> Option<u32> {
    let bits = i64::try_from(numerator).ok()?.checked_sub(i64::try_from(denominator).ok()?)?;
    // A binary digit is 0.30103 decimal ones.
    let digits = bits.checked_mul(30_103)?.checked_div(100_000)?.checked_add(exponent.into())?;
    u32::try_from(16_i64.checked_sub(digits)?).ok()
}

/// Decimals of [`Number::rank`].
pub(super) const RANK_PLACES: u32 = 12;

/// The whole number, or the last one on its side of zero that 128 bits hold.
pub(super) fn nearest_rank(whole: I256) -> i128 {
    let most = if whole.is_negative() { i128::MIN } else { i128::MAX };
    i128::try_from(whole).unwrap_or(most)
}

/// Decimals to which a figure that does not fit 256 bits is rounded in a report.
pub const FIGURE_PLACES: u32 = 18;

// Always inlined: each is one call or one copy, and the page is built without any other inlining.
impl Number for Exact {
    fn of(value: &Exact) -> Self {
        *value
    }
    fn plus(&self, other: &Self) -> Result<Self, Overflow> {
        Self::plus(self, other)
    }
    fn times(&self, other: &Self) -> Result<Self, Overflow> {
        Self::times(self, other)
    }
    fn over(&self, other: &Self) -> Result<Self, Overflow> {
        Self::over(self, other)
    }
    fn negated(&self) -> Self {
        Self::negated(self)
    }
    fn compare(&self, other: &Self) -> Result<Ordering, Overflow> {
        Self::compare(self, other)
    }
    fn is_positive(&self) -> bool {
        Self::is_positive(self)
    }
    fn is_negative(&self) -> bool {
        Self::is_negative(self)
    }
    fn to_step(&self, step: &Exact, rounding: Rounding) -> Result<Exact, Overflow> {
        Self::to_step(self, step, rounding)
    }
    #[inline(always)]
    fn figure(&self) -> Result<Exact, Overflow> {
        Ok(*self)
    }
    fn bracket(&self) -> Option<(Self, Self)> {
        Self::bracket(self)
    }
    fn rank(&self) -> Result<i128, Overflow> {
        Self::rank(self)
    }
    fn zero() -> Self {
        Self::ZERO
    }
    fn one() -> Self {
        Self::ONE
    }
    fn is_zero(&self) -> bool {
        Self::is_zero(self)
    }
    fn sum(values: Vec<Self>) -> Result<Self, Overflow> {
        Self::sum(&values)
    }
}
