//! How much of a weight is left after a time, as a rational number: no floating point, a stated error.
//!
//! 2^(-t/h) and exp(-t/c) are rational for few times only, so they are taken to [`DECAY_PLACES`] decimals,
//! half-even: what is returned differs from the true value by at most 0.6 x 10^-18. The weight of a sample
//! that is n steps old is that to the power of n, and so relatively wrong by at most n x 10^-18 / decay.

use crate::quantity::{Decimal, Exact, Overflow, Rounding};

use super::error::MarkError;

/// Decimals of a decay.
pub const DECAY_PLACES: u32 = 18;

/// Decimals while it is worked out: the some thirty terms of the series are each wrong by at most half of
/// the last, together by less than 2 x 10^-23.
const WORK: (u32, i128) = (24, 1);

/// The natural logarithm of 2, cut after 28 decimals.
const LN_2: (i128, u32) = (6_931_471_805_599_453_094_172_321_214, 28);

fn step((places, units): (u32, i128)) -> Exact {
    Exact::from_decimal(Decimal::from_i128_with_scale(units, places))
}

/// What is left after `time` of a weight that halves every `half_life`, both in one unit and above zero:
/// 2^(-time / half-life), above 0 and below 1 except where it is too small for its decimals, where it is 0.
pub fn halving(time: &Exact, half_life: &Exact) -> Result<Exact, MarkError> {
    let halvings = ratio(time, half_life)?;
    let whole = halvings.to_step(&Exact::ONE, Rounding::Floor)?;
    let rest = halvings.minus(&whole)?.times(&ln_2())?;
    halved(&whole, &rest)
}

/// What is left after `time` of a weight that falls to 1/e every `constant`: exp(-time / constant).
pub fn exponential(time: &Exact, constant: &Exact) -> Result<Exact, MarkError> {
    let exponent = ratio(time, constant)?;
    let whole = exponent.to_step(&ln_2(), Rounding::Floor)?.over(&ln_2())?;
    let rest = exponent.minus(&whole.times(&ln_2())?)?;
    halved(&whole, &rest)
}

fn ln_2() -> Exact {
    Exact::from_decimal(Decimal::from_i128_with_scale(LN_2.0, LN_2.1))
}

fn ratio(time: &Exact, length: &Exact) -> Result<Exact, MarkError> {
    if !time.is_positive() || !length.is_positive() {
        return Err(MarkError::NoTime);
    }
    Ok(time.over(length)?)
}

/// exp(-rest), halved a whole number of times; rest from 0 to ln 2, where the series below loses nothing.
fn halved(times: &Exact, rest: &Exact) -> Result<Exact, MarkError> {
    // 2^-64 is below half of the last decimal.
    if Exact::from_integer(64).is_at_most(times)? {
        return Ok(Exact::ZERO);
    }
    let mut left = series(&rest.to_step(&step(WORK), Rounding::HalfEven)?)?;
    let mut done = Exact::ZERO;
    while done.is_below(times)? {
        left = left.over(&Exact::from_integer(2))?;
        done = done.plus(&Exact::ONE)?;
    }
    Ok(left.to_step(&step((DECAY_PLACES, 1)), Rounding::HalfEven)?)
}

/// 1 - y + y^2/2 - y^3/6 ..., until a term is nothing at the decimals of the work.
fn series(y: &Exact) -> Result<Exact, Overflow> {
    let (mut sum, mut term, mut count) = (Exact::ONE, Exact::ONE, Exact::ZERO);
    while !term.is_zero() {
        count = count.plus(&Exact::ONE)?;
        term = term.times(y)?.over(&count)?.negated();
        term = term.to_step(&step(WORK), Rounding::HalfEven)?;
        sum = sum.plus(&term)?;
    }
    Ok(sum)
}
