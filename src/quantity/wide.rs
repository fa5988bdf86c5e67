//! Fractions without a bound, for the few questions that 256 bits cannot hold.
//!
//! They arise where many different denominators meet: an inverse position brings one over its entry
//! price, a leverage brings another, and an account adds hundreds of them. Nothing is reduced while
//! calculating, since finding the common divisor of long numbers costs more than carrying them.

use core::cmp::Ordering;

use ethnum::I256;
use num_bigint::{BigInt, Sign};

use super::error::Overflow;
use super::exact::{Exact, Rounding};
use super::number::{FIGURE_PLACES, Number, RANK_PLACES, places_in_bracket, rank_of};

/// An exact fraction of any width: `numerator / denominator x 10^exponent`.
#[derive(Clone, Debug)]
pub struct Wide {
    numerator: BigInt,
    /// Always above zero.
    denominator: BigInt,
    exponent: i32,
}

fn big(value: I256) -> BigInt {
    BigInt::from_signed_bytes_le(&value.to_le_bytes())
}

fn fits(value: &BigInt) -> Option<I256> {
    let bytes = value.to_signed_bytes_le();
    let fill = if value.sign() == Sign::Minus { u8::MAX } else { 0 };
    let mut full = [fill; 32];
    full.get_mut(..bytes.len())?.copy_from_slice(&bytes);
    // The minimum of the type has no opposite.
    Some(I256::from_le_bytes(full)).filter(|whole| *whole != I256::MIN)
}

fn ten_to(power: u32) -> BigInt {
    BigInt::from(10).pow(power)
}

/// How often a divisor goes into a number above zero, if it does so evenly.
fn quotient(value: &BigInt, divisor: &BigInt) -> Option<BigInt> {
    if value < divisor {
        return None;
    }
    let whole = value.checked_div(divisor)?;
    (free::product(&whole, divisor) == *value).then_some(whole)
}

/// The bare operators.
#[expect(clippy::arithmetic_side_effects, reason = "big integers grow instead of overflowing")]
mod free {
    use num_bigint::BigInt;

    pub(super) fn product(a: &BigInt, b: &BigInt) -> BigInt {
        a * b
    }

    pub(super) fn sum(a: BigInt, b: BigInt) -> BigInt {
        a + b
    }

    pub(super) fn negation(a: BigInt) -> BigInt {
        -a
    }
}

impl Wide {
    /// Both numerators at the lower of the two powers of ten.
    fn aligned(&self, other: &Self) -> Result<(BigInt, BigInt, i32), Overflow> {
        let exponent = self.exponent.min(other.exponent);
        let lift = |value: &Self| {
            let up = value.exponent.checked_sub(exponent).ok_or(Overflow)?;
            Ok(if up == 0 {
                value.numerator.clone()
            } else {
                free::product(&value.numerator, &ten_to(up.unsigned_abs()))
            })
        };
        Ok((lift(self)?, lift(other)?, exponent))
    }

    /// `self x 10^places / step`, rounded to a whole number.
    fn whole(&self, places: u32, rounding: Rounding) -> Result<BigInt, Overflow> {
        let shift = self.exponent.checked_add_unsigned(places).ok_or(Overflow)?;
        let ten = ten_to(shift.unsigned_abs());
        let (numerator, denominator) = if shift < 0 {
            (self.numerator.clone(), free::product(&self.denominator, &ten))
        } else {
            (free::product(&self.numerator, &ten), self.denominator.clone())
        };
        let down = numerator.checked_div(&denominator).ok_or(Overflow)?;
        let rest = free::sum(numerator, free::negation(free::product(&down, &denominator)));
        if rest.sign() == Sign::NoSign {
            return Ok(down);
        }
        // The quotient is cut toward zero; make it the floor with a rest above zero.
        let one = BigInt::from(1);
        let (floor, rest) = if rest.sign() == Sign::Minus {
            (free::sum(down, BigInt::from(-1)), free::sum(rest, denominator.clone()))
        } else {
            (down, rest)
        };
        let up = match rounding {
            Rounding::Floor => false,
            Rounding::Ceiling => true,
            Rounding::HalfEven => match free::product(&rest, &BigInt::from(2)).cmp(&denominator) {
                Ordering::Less => false,
                Ordering::Greater => true,
                Ordering::Equal => floor.bit(0),
            },
        };
        Ok(if up { free::sum(floor, one) } else { floor })
    }
}

impl Number for Wide {
    fn of(value: &Exact) -> Self {
        let (numerator, denominator, exponent) = value.parts();
        Self { numerator: big(numerator), denominator: big(denominator), exponent }
    }

    fn plus(&self, other: &Self) -> Result<Self, Overflow> {
        if self.is_zero() {
            return Ok(other.clone());
        }
        if other.is_zero() {
            return Ok(self.clone());
        }
        let (left, right, exponent) = self.aligned(other)?;
        let sum = |left, right, denominator| {
            Ok(Self { numerator: free::sum(left, right), denominator, exponent })
        };
        let (ours, theirs) = (&self.denominator, &other.denominator);
        if ours == theirs {
            return sum(left, right, ours.clone());
        }
        // A sum that meets a denominator it has met before must not grow: a walk adds at every tier
        // edge.
        if let Some(missing) = quotient(ours, theirs) {
            return sum(left, free::product(&right, &missing), ours.clone());
        }
        if let Some(missing) = quotient(theirs, ours) {
            return sum(free::product(&left, &missing), right, theirs.clone());
        }
        let common = free::product(ours, theirs);
        sum(free::product(&left, theirs), free::product(&right, ours), common)
    }

    fn times(&self, other: &Self) -> Result<Self, Overflow> {
        Ok(Self {
            numerator: free::product(&self.numerator, &other.numerator),
            denominator: free::product(&self.denominator, &other.denominator),
            exponent: self.exponent.checked_add(other.exponent).ok_or(Overflow)?,
        })
    }

    fn over(&self, other: &Self) -> Result<Self, Overflow> {
        if other.is_zero() {
            return Err(Overflow);
        }
        let sign = if other.is_negative() { -1 } else { 1 };
        let inverted = Self {
            numerator: free::product(&other.denominator, &BigInt::from(sign)),
            denominator: free::product(&other.numerator, &BigInt::from(sign)),
            exponent: other.exponent.checked_neg().ok_or(Overflow)?,
        };
        self.times(&inverted)
    }

    fn negated(&self) -> Self {
        Self { numerator: free::negation(self.numerator.clone()), ..self.clone() }
    }

    fn compare(&self, other: &Self) -> Result<Ordering, Overflow> {
        let (left, right, _) = self.aligned(other)?;
        if self.denominator == other.denominator {
            return Ok(left.cmp(&right));
        }
        let (left, right) =
            (free::product(&left, &other.denominator), free::product(&right, &self.denominator));
        Ok(left.cmp(&right))
    }

    fn is_positive(&self) -> bool {
        self.numerator.sign() == Sign::Plus
    }

    fn is_negative(&self) -> bool {
        self.numerator.sign() == Sign::Minus
    }

    fn to_step(&self, step: &Exact, rounding: Rounding) -> Result<Exact, Overflow> {
        let multiple = self.over(&Self::of(step))?.whole(0, rounding)?;
        Exact::from_parts(fits(&multiple).ok_or(Overflow)?, 0).times(step)
    }

    fn bracket(&self) -> Option<(Self, Self)> {
        let (numerator, denominator) = (self.numerator.bits(), self.denominator.bits());
        if numerator <= 64 && denominator <= 64 {
            return None;
        }
        let places = places_in_bracket(numerator, denominator, self.exponent)?;
        let low = fits(&self.whole(places, Rounding::Floor).ok()?)?;
        let exponent = 0_i32.checked_sub_unsigned(places)?;
        let high = low.checked_add(I256::ONE)?;
        let short = |whole| Self::of(&Exact::from_parts(whole, exponent));
        low.is_positive().then(|| (short(low), short(high)))
    }

    fn rank(&self) -> Result<u64, Overflow> {
        let whole = self.whole(RANK_PLACES, Rounding::Floor)?;
        // A longer one is beyond every price.
        let most = if self.is_negative() { I256::MIN } else { I256::MAX };
        Ok(rank_of(fits(&whole).unwrap_or(most)))
    }

    fn figure(&self) -> Result<Exact, Overflow> {
        let rounded = self.whole(FIGURE_PLACES, Rounding::HalfEven)?;
        let exponent = 0_i32.saturating_sub_unsigned(FIGURE_PLACES);
        Ok(Exact::from_parts(fits(&rounded).ok_or(Overflow)?, exponent))
    }
}
