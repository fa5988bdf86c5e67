//! Unbounded fractions for checking, and a seeded source of numbers.
//!
//! Fractions are never reduced while they are combined: a common divisor costs more than the digits
//! it saves.

use std::cmp::Ordering;

use margin_calculator::quantity::Exact;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, Zero};
use rust_decimal::Decimal;

pub(crate) type Fraction = BigRational;

pub(crate) fn ten_to(power: u32) -> BigInt {
    BigInt::from(10).pow(power)
}

pub(crate) fn whole(value: i64) -> Fraction {
    Fraction::from_integer(BigInt::from(value))
}

pub(crate) fn of_decimal(value: Decimal) -> Fraction {
    Fraction::new(BigInt::from(value.mantissa()), ten_to(value.scale()))
}

/// What the core's number says, read from its digits.
pub(crate) fn of_exact(value: &Exact) -> Fraction {
    let (numerator, denominator, exponent) = value.parts();
    let integer = |digits: [u8; 32]| BigInt::from_signed_bytes_be(&digits);
    let numerator = integer(numerator.to_be_bytes());
    let denominator = integer(denominator.to_be_bytes());
    let ten = ten_to(exponent.unsigned_abs());
    if exponent < 0 {
        Fraction::new_raw(numerator, denominator * ten)
    } else {
        Fraction::new_raw(numerator * ten, denominator)
    }
}

pub(crate) fn plus(a: &Fraction, b: &Fraction) -> Fraction {
    if a.denom() == b.denom() {
        return Fraction::new_raw(a.numer() + b.numer(), a.denom().clone());
    }
    Fraction::new_raw(a.numer() * b.denom() + b.numer() * a.denom(), a.denom() * b.denom())
}

pub(crate) fn minus(a: &Fraction, b: &Fraction) -> Fraction {
    plus(a, &Fraction::new_raw(-b.numer(), b.denom().clone()))
}

pub(crate) fn times(a: &Fraction, b: &Fraction) -> Fraction {
    Fraction::new_raw(a.numer() * b.numer(), a.denom() * b.denom())
}

/// `a / b`; `b` is not zero.
pub(crate) fn over(a: &Fraction, b: &Fraction) -> Fraction {
    let (numerator, denominator) = (a.numer() * b.denom(), a.denom() * b.numer());
    if denominator.is_negative() {
        Fraction::new_raw(-numerator, -denominator)
    } else {
        Fraction::new_raw(numerator, denominator)
    }
}

pub(crate) fn compare(a: &Fraction, b: &Fraction) -> Ordering {
    (a.numer() * b.denom()).cmp(&(b.numer() * a.denom()))
}

pub(crate) fn is_positive(value: &Fraction) -> bool {
    value.numer().is_positive()
}

/// The largest whole number at or below, and whether it is the value itself.
pub(crate) fn floor(value: &Fraction) -> (BigInt, bool) {
    let quotient = value.numer() / value.denom();
    let rest = value.numer() % value.denom();
    let down = if rest.is_negative() { quotient - 1 } else { quotient };
    (down, rest.is_zero())
}

/// The nearest whole number; of two equally near, the even one.
pub(crate) fn half_even(value: &Fraction) -> BigInt {
    let (down, is_whole) = floor(value);
    if is_whole {
        return down;
    }
    let rest = minus(value, &Fraction::from_integer(down.clone()));
    let up = match compare(&rest, &over(&whole(1), &whole(2))) {
        Ordering::Less => false,
        Ordering::Greater => true,
        Ordering::Equal => down.bit(0),
    };
    if up { down + 1 } else { down }
}

/// A seeded stream of numbers (splitmix64, Steele and others 2014, doi 10.1145/2660193.2660195).
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from 0 to below `end`.
    pub(crate) fn below(&mut self, end: u32) -> u32 {
        let spread = (u128::from(self.next()) * u128::from(end)) >> 64;
        u32::try_from(spread).unwrap_or_default()
    }

    pub(crate) fn chance(&mut self, percent: u32) -> bool {
        self.below(100) < percent
    }

    pub(crate) fn pick<T: Copy>(&mut self, values: &[T]) -> T {
        let index = self.below(u32::try_from(values.len()).unwrap()) as usize;
        *values.get(index).unwrap()
    }

    /// Above zero, with at most this many digits before and exactly this many after the point.
    pub(crate) fn decimal(&mut self, digits: u32, places: u32) -> Decimal {
        let mut mantissa: i128 = 0;
        for _ in 0..(digits + places) {
            mantissa = mantissa * 10 + i128::from(self.below(10));
        }
        Decimal::try_from_i128_with_scale(mantissa.max(1), places).unwrap()
    }

    /// Above zero, the largest number with these digits or the smallest, or one beside them.
    pub(crate) fn extreme(&mut self, digits: u32, places: u32) -> Decimal {
        let largest = 10_i128.pow(digits + places) - 1;
        let mantissa = self.pick(&[1, 2, 3, 7, largest, largest - 1, largest / 3, largest / 7]);
        Decimal::try_from_i128_with_scale(mantissa, places).unwrap()
    }
}
