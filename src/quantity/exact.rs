//! Exact fractions: the arithmetic under every figure, and with integer.rs the only place that rounds.
//!
//! A value is `numerator / denominator x 10^exponent` in 256-bit integers.
//! Keeping the power of ten apart lets decimals meet without growing: price times size divided by
//! leverage at the input limits needs 190 bits, so the one division at the end has room.
//! Nothing here rounds until [`Exact::round`] or [`Exact::to_step`] is asked to, in a direction the
//! caller names; a number that would not fit is an [`Overflow`], never a wrong digit.

use core::cmp::Ordering;

use ethnum::I256;
use rust_decimal::Decimal;

use super::error::Overflow;
use super::integer::{divide, gcd, quotient, rest_of, same, small, ten_to, times};
use super::number::{RANK_PLACES, places_in_bracket, rank_of};

/// Which neighbour a figure that falls between two printable values becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    /// Toward minus infinity.
    Floor,
    /// Toward plus infinity.
    Ceiling,
    /// To the nearest, ties to the even digit.
    HalfEven,
}

/// An exact rational number.
#[derive(Clone, Copy, Debug)]
pub struct Exact {
    numerator: I256,
    /// Always above zero.
    denominator: I256,
    exponent: i32,
}

type Checked<T = Exact> = Result<T, Overflow>;

impl Exact {
    /// Nothing.
    pub const ZERO: Self = Self::from_integer(0);
    /// One.
    pub const ONE: Self = Self::from_integer(1);

    /// A whole number.
    pub const fn from_integer(value: i64) -> Self {
        Self { numerator: I256::new(value as i128), denominator: I256::ONE, exponent: 0 }
    }

    /// The number a decimal writes, every digit of it.
    pub fn from_decimal(value: Decimal) -> Self {
        Self {
            numerator: I256::new(value.mantissa()),
            denominator: I256::ONE,
            // A scale is at most 28.
            exponent: 0_i32.saturating_sub_unsigned(value.scale()),
        }
    }

    /// A whole number times a power of ten.
    pub(super) const fn from_parts(whole: I256, exponent: i32) -> Self {
        Self { numerator: whole, denominator: I256::ONE, exponent }
    }

    /// Numerator, denominator and power of ten, for whoever carries them in another form.
    pub fn parts(&self) -> (I256, I256, i32) {
        (self.numerator, self.denominator, self.exponent)
    }

    /// Whether this is above zero.
    pub fn is_positive(&self) -> bool {
        self.numerator.is_positive()
    }

    /// Whether this is below zero.
    pub fn is_negative(&self) -> bool {
        self.numerator.is_negative()
    }

    /// Whether this is zero.
    pub fn is_zero(&self) -> bool {
        same(self.numerator, I256::ZERO)
    }

    /// Whether this is written as one, which spares a multiplication; never true of another value.
    pub fn is_one(&self) -> bool {
        self.exponent == 0 && same(self.numerator, I256::ONE) && same(self.denominator, I256::ONE)
    }

    /// The same amount with the other sign.
    pub fn negated(&self) -> Self {
        // The minimum of the type is never stored: neither products nor sums give it.
        Self { numerator: self.numerator.wrapping_neg(), ..*self }
    }

    /// The amount without its sign.
    pub fn magnitude(&self) -> Self {
        if self.is_negative() { self.negated() } else { *self }
    }

    /// `self + other`.
    pub fn plus(&self, other: &Self) -> Checked {
        if self.is_zero() {
            return Ok(*other);
        }
        if other.is_zero() {
            return Ok(*self);
        }
        // Looking for a common divisor costs more than it saves while the numbers are small.
        sum(self, other, false).or_else(|_| sum(&self.reduced(), &other.reduced(), true))
    }

    /// The sum of many. Those over one denominator are added first, so that a few hundred positions
    /// with a few dozen leverages need as many common denominators as there are leverages.
    pub fn sum(values: &[Self]) -> Checked {
        let mut partial: Vec<Self> = Vec::new();
        for value in values {
            let over_same = |sum: &Self| same(sum.denominator, value.denominator);
            let kin = partial.iter().position(over_same);
            // Past so many denominators finding one's kin costs more than it saves.
            let kin = kin.or(partial.len().checked_sub(64));
            match kin.and_then(|at| partial.get_mut(at)) {
                Some(sum) => *sum = sum.plus(value)?,
                None => partial.push(*value),
            }
        }
        partial.iter().try_fold(Self::ZERO, |sum, value| sum.plus(value))
    }

    /// `self - other`.
    pub fn minus(&self, other: &Self) -> Checked {
        self.plus(&other.negated())
    }

    /// `self x other`.
    pub fn times(&self, other: &Self) -> Checked {
        let product = |a: &Self, b: &Self| {
            Ok(Self {
                numerator: times(a.numerator, b.numerator)?,
                denominator: times(a.denominator, b.denominator)?,
                exponent: a.exponent.checked_add(b.exponent).ok_or(Overflow)?,
            })
        };
        product(self, other).or_else(|_| {
            let (mut a, mut b) = (self.reduced(), other.reduced());
            let across = gcd(a.numerator.wrapping_abs(), b.denominator);
            let back = gcd(b.numerator.wrapping_abs(), a.denominator);
            a.numerator = quotient(a.numerator, across);
            b.denominator = quotient(b.denominator, across);
            b.numerator = quotient(b.numerator, back);
            a.denominator = quotient(a.denominator, back);
            product(&a, &b)
        })
    }

    /// `self / other`; dividing by zero has no value and counts as overflow.
    pub fn over(&self, other: &Self) -> Checked {
        if other.is_zero() {
            return Err(Overflow);
        }
        let sign = I256::new(if other.is_negative() { -1 } else { 1 });
        let inverted = Self {
            numerator: times(other.denominator, sign)?,
            denominator: other.numerator.wrapping_abs(),
            exponent: other.exponent.checked_neg().ok_or(Overflow)?,
        };
        self.times(&inverted)
    }

    /// Which of the two is larger.
    pub fn compare(&self, other: &Self) -> Checked<Ordering> {
        let signs = self.numerator.signum().cmp(&other.numerator.signum());
        if signs != Ordering::Equal {
            return Ok(signs);
        }
        order(self, other, false).or_else(|_| order(&self.reduced(), &other.reduced(), true))
    }

    /// Whether `self < other`.
    pub fn is_below(&self, other: &Self) -> Checked<bool> {
        Ok(self.compare(other)? == Ordering::Less)
    }

    /// Whether `self <= other`.
    pub fn is_at_most(&self, other: &Self) -> Checked<bool> {
        Ok(self.compare(other)? != Ordering::Greater)
    }

    /// The smaller of the two.
    pub fn smaller(self, other: Self) -> Checked {
        Ok(if self.is_at_most(&other)? { self } else { other })
    }

    /// The larger of the two.
    pub fn larger(self, other: Self) -> Checked {
        Ok(if self.is_at_most(&other)? { other } else { self })
    }

    /// The figure rounded once to this many decimals.
    pub fn round(&self, places: u32, rounding: Rounding) -> Checked<Decimal> {
        let whole = self.scaled(places, rounding)?;
        let mantissa = i128::try_from(whole).map_err(|_| Overflow)?;
        Decimal::try_from_i128_with_scale(mantissa, places).map_err(|_| Overflow)
    }

    /// The figure rounded once to a multiple of a step above zero, such as a price tick.
    pub fn to_step(&self, step: &Self, rounding: Rounding) -> Checked {
        let multiple = self.over(step)?.scaled(0, rounding)?;
        Self { numerator: multiple, denominator: I256::ONE, exponent: 0 }.times(step)
    }

    /// Two numbers of 64 bits around this one, if it is longer and above zero.
    pub(super) fn bracket(&self) -> Option<(Self, Self)> {
        if small(self.numerator).is_some() && small(self.denominator).is_some() {
            return None;
        }
        let bits = |value: I256| u64::from(256_u32.saturating_sub(value.leading_zeros()));
        let places =
            places_in_bracket(bits(self.numerator), bits(self.denominator), self.exponent)?;
        let low = self.scaled(places, Rounding::Floor).ok()?;
        let exponent = 0_i32.checked_sub_unsigned(places)?;
        let high = low.checked_add(I256::ONE)?;
        let fits = low.is_positive() && small(high).is_some();
        fits.then(|| (Self::from_parts(low, exponent), Self::from_parts(high, exponent)))
    }

    /// See [`Number::rank`](super::Number::rank).
    pub(super) fn rank(&self) -> Checked<u64> {
        self.scaled(RANK_PLACES, Rounding::Floor).map(rank_of)
    }

    /// How many decimals write this number completely, if at most `limit` do.
    pub fn decimals(&self, limit: u32) -> Option<u32> {
        let reduced = self.reduced();
        let mut rest = reduced.denominator;
        let (mut twos, mut fives) = (0_u32, 0_u32);
        for (prime, count) in [(I256::new(2), &mut twos), (I256::new(5), &mut fives)] {
            while rest_of(rest, prime) == I256::ZERO {
                rest = quotient(rest, prime);
                *count = count.checked_add(1)?;
            }
        }
        if rest != I256::ONE {
            return None;
        }
        let places = i64::from(twos.max(fives)).checked_sub(i64::from(reduced.exponent))?;
        let places = u32::try_from(places.max(0)).ok()?;
        (places <= limit).then_some(places)
    }

    /// `self x 10^places`, rounded to a whole number.
    fn scaled(&self, places: u32, rounding: Rounding) -> Checked<I256> {
        let attempt = |value: &Self| {
            let shift = value.exponent.checked_add_unsigned(places).ok_or(Overflow)?;
            let ten = ten_to(shift.unsigned_abs())?;
            let (numerator, denominator) = if shift < 0 {
                (value.numerator, times(value.denominator, ten)?)
            } else {
                (times(value.numerator, ten)?, value.denominator)
            };
            divide(numerator, denominator, rounding)
        };
        attempt(self).or_else(|_| attempt(&self.reduced()))
    }

    /// The same value in the smallest integers.
    fn reduced(&self) -> Self {
        if self.is_zero() {
            return Self::ZERO;
        }
        let common = gcd(self.numerator.wrapping_abs(), self.denominator);
        let mut numerator = quotient(self.numerator, common);
        let mut denominator = quotient(self.denominator, common);
        let mut exponent = self.exponent;
        let ten = I256::new(10);
        while rest_of(numerator.wrapping_abs(), ten) == I256::ZERO {
            numerator = quotient(numerator, ten);
            exponent = exponent.saturating_add(1);
        }
        while rest_of(denominator, ten) == I256::ZERO {
            denominator = quotient(denominator, ten);
            exponent = exponent.saturating_sub(1);
        }
        Self { numerator, denominator, exponent }
    }
}

/// Equal values are equal however they are written.
impl PartialEq for Exact {
    fn eq(&self, other: &Self) -> bool {
        let same_digits = self.numerator == other.numerator
            && self.denominator == other.denominator
            && self.exponent == other.exponent;
        same_digits || self.compare(other) == Ok(Ordering::Equal)
    }
}

/// The factors that bring two denominators together: over what they share, or over nothing.
fn lifts(a: &Exact, b: &Exact, look_for_shared: bool) -> (I256, I256) {
    if same(a.denominator, b.denominator) {
        (I256::ONE, I256::ONE)
    } else if look_for_shared {
        let shared = gcd(a.denominator, b.denominator);
        (quotient(b.denominator, shared), quotient(a.denominator, shared))
    } else {
        (b.denominator, a.denominator)
    }
}

fn sum(a: &Exact, b: &Exact, look_for_shared: bool) -> Checked {
    let (left, right, exponent) = align(a, b)?;
    let (lift_left, lift_right) = lifts(a, b, look_for_shared);
    let numerator = times(left, lift_left)?.checked_add(times(right, lift_right)?);
    Ok(Exact {
        // The minimum of the type has no opposite.
        numerator: numerator.filter(|sum| !same(*sum, I256::MIN)).ok_or(Overflow)?,
        denominator: times(a.denominator, lift_left)?,
        exponent,
    })
}

fn order(a: &Exact, b: &Exact, look_for_shared: bool) -> Checked<Ordering> {
    let (left, right, _) = align(a, b)?;
    let (lift_left, lift_right) = lifts(a, b, look_for_shared);
    Ok(times(left, lift_left)?.cmp(&times(right, lift_right)?))
}

/// Both numerators at the lower of the two powers of ten.
fn align(a: &Exact, b: &Exact) -> Checked<(I256, I256, i32)> {
    let exponent = a.exponent.min(b.exponent);
    let lift = |value: &Exact| {
        let up = value.exponent.checked_sub(exponent).ok_or(Overflow)?;
        if up == 0 {
            return Ok(value.numerator);
        }
        times(value.numerator, ten_to(up.unsigned_abs())?)
    };
    Ok((lift(a)?, lift(b)?, exponent))
}
