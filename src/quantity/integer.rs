//! 256-bit integers, checked, with the short ways that nearly every number fits.

use core::cmp::Ordering;

use ethnum::I256;

use super::error::Overflow;
use super::exact::Rounding;

type Checked<T = I256> = Result<T, Overflow>;

/// The largest power of ten below 2^255.
const MAX_TEN: u32 = 76;

pub(super) fn ten_to(power: u32) -> Checked {
    if power <= 18 {
        return Ok(I256::from(10_i64.wrapping_pow(power)));
    }
    if power > MAX_TEN {
        return Err(Overflow);
    }
    times(I256::from(10_i64.wrapping_pow(18)), ten_to(power.saturating_sub(18))?)
}

/// The value in 64 bits, if it fits: then one machine multiplication does, and nearly always it
/// fits, while a 256-bit product costs a browser some hundred instructions.
pub(super) fn small(value: I256) -> Option<i64> {
    let (high, low) = value.into_words();
    let narrow = low as i64;
    (high == low >> 127 && i128::from(narrow) == low).then_some(narrow)
}

/// The value in 128 bits, if it fits.
fn medium(value: I256) -> Option<i128> {
    let (high, low) = value.into_words();
    (high == low >> 127).then_some(low)
}

/// Whether two integers are equal, word by word: the derived comparison calls out to memory.
pub(super) fn same(a: I256, b: I256) -> bool {
    a.into_words() == b.into_words()
}

pub(super) fn times(a: I256, b: I256) -> Checked {
    if same(b, I256::ONE) {
        return Ok(a);
    }
    if let (Some(a), Some(b)) = (small(a), small(b)) {
        // Two 64-bit factors cannot leave 128 bits.
        return Ok(I256::new(i128::from(a).wrapping_mul(i128::from(b))));
    }
    times_long(a, b)
}

/// Limb by limb, leaving out those that are zero: most factors fill one or two of four.
///
/// Apart, so that the usual case needs no room on the stack.
#[inline(never)]
fn times_long(a: I256, b: I256) -> Checked {
    let (x, y) = (limbs(a), limbs(b));
    let mut product = [0_u64; 8];
    for (place, factor) in x.iter().enumerate().filter(|(_, factor)| **factor != 0) {
        let mut carry = 0_u64;
        let mut slots = product.iter_mut().skip(place);
        for (other, slot) in y.iter().zip(&mut slots) {
            // Two limbs, a slot and a carry never leave 128 bits.
            let sum = u128::from(*factor)
                .wrapping_mul(u128::from(*other))
                .wrapping_add(u128::from(*slot))
                .wrapping_add(u128::from(carry));
            *slot = sum as u64;
            carry = (sum >> 64) as u64;
        }
        if let Some(slot) = slots.next() {
            *slot = carry;
        }
    }
    let [first, second, third, fourth, rest @ ..] = product;
    if rest != [0; 4] || fourth >> 63 != 0 {
        return Err(Overflow);
    }
    let word = |low: u64, high: u64| (u128::from(high) << 64 | u128::from(low)) as i128;
    let magnitude = I256::from_words(word(third, fourth), word(first, second));
    let is_negative = a.is_negative() != b.is_negative();
    Ok(if is_negative { magnitude.wrapping_neg() } else { magnitude })
}

/// The magnitude, least limb first.
fn limbs(value: I256) -> [u64; 4] {
    let (high, low) = value.wrapping_abs().into_words();
    [low as u64, (low >> 64) as u64, high as u64, (high >> 64) as u64]
}

/// The quotient rounded down, and what is left.
fn floor_and_rest(numerator: I256, denominator: I256) -> Checked<(I256, I256)> {
    if let (Some(n), Some(d)) = (small(numerator), small(denominator)) {
        let floor = n.checked_div_euclid(d).ok_or(Overflow)?;
        let rest = n.checked_rem_euclid(d).ok_or(Overflow)?;
        return Ok((I256::from(floor), I256::from(rest)));
    }
    let (down, rest) = divided(numerator.wrapping_abs(), denominator);
    Ok(match (numerator.is_negative(), rest == I256::ZERO) {
        (false, _) => (down, rest),
        (true, true) => (down.wrapping_neg(), rest),
        (true, false) => {
            (down.wrapping_neg().wrapping_sub(I256::ONE), denominator.wrapping_sub(rest))
        }
    })
}

/// Quotient and rest of two magnitudes, the second above zero. Beyond 128 bits, which is rare, bit by
/// bit from the highest of the quotient.
fn divided(numerator: I256, denominator: I256) -> (I256, I256) {
    if let (Some(n), Some(d)) = (medium(numerator), medium(denominator))
        && let (Some(quotient), Some(rest)) = (n.checked_div(d), n.checked_rem(d))
    {
        return (I256::new(quotient), I256::new(rest));
    }
    let (mut quotient, mut rest) = (I256::ZERO, numerator);
    let longer = denominator.leading_zeros().checked_sub(numerator.leading_zeros());
    let Some(longer) = longer else {
        return (quotient, rest);
    };
    let mut part = denominator.wrapping_shl(longer);
    for _ in 0..=longer {
        quotient = quotient.wrapping_shl(1);
        if part <= rest {
            rest = rest.wrapping_sub(part);
            quotient = quotient.wrapping_add(I256::ONE);
        }
        part = part.wrapping_shr(1);
    }
    (quotient, rest)
}

pub(super) fn divide(numerator: I256, denominator: I256, rounding: Rounding) -> Checked {
    let (floor, rest) = floor_and_rest(numerator, denominator)?;
    if rest == I256::ZERO {
        return Ok(floor);
    }
    let up = match rounding {
        Rounding::Floor => false,
        Rounding::Ceiling => true,
        Rounding::HalfEven => {
            // rest and its complement are both below the denominator, so neither can overflow.
            let complement = denominator.wrapping_sub(rest);
            match rest.cmp(&complement) {
                Ordering::Less => false,
                Ordering::Greater => true,
                Ordering::Equal => floor.into_words().1 & 1 == 1,
            }
        }
    };
    if up { floor.checked_add(I256::ONE).ok_or(Overflow) } else { Ok(floor) }
}

/// Division by a divisor known to be above zero and to divide evenly.
pub(super) fn quotient(value: I256, divisor: I256) -> I256 {
    let (magnitude, _) = divided(value.wrapping_abs(), divisor);
    if value.is_negative() { magnitude.wrapping_neg() } else { magnitude }
}

/// What is left of a magnitude after dividing by another above zero.
pub(super) fn rest_of(value: I256, divisor: I256) -> I256 {
    divided(value, divisor).1
}

/// The greatest common divisor of two magnitudes.
pub(super) fn gcd(mut a: I256, mut b: I256) -> I256 {
    // Rare: only where the plain operation did not fit.
    while b != I256::ZERO {
        (a, b) = (b, rest_of(a, b));
    }
    a
}
