//! Both widths of number, operation by operation, against unbounded fractions.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

#[path = "oracle/number.rs"]
#[expect(dead_code, reason = "only its fractions are used here")]
mod number;

use std::cmp::Ordering;

use margin_calculator::quantity::{Exact, FIGURE_PLACES, Number, Overflow, Rounding, Wide};
use num_bigint::BigInt;
use number::{
    Fraction, compare, floor, half_even, minus, of_exact, over, plus, ten_to, times, whole,
};
use proptest::prelude::{ProptestConfig, Strategy, any, prop_assert, prop_assert_eq, proptest};
use proptest::test_runner::RngSeed;
use rust_decimal::Decimal;

const ROUNDINGS: [Rounding; 3] = [Rounding::Floor, Rounding::Ceiling, Rounding::HalfEven];

/// The same cases in every run, twenty times as many in a long one.
fn config() -> ProptestConfig {
    let long = std::env::var_os("LONG_TESTS").is_some();
    ProptestConfig {
        cases: if long { 40_000 } else { 2000 },
        rng_seed: RngSeed::Fixed(2026),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// Up to 95 digits of two, or a power of two or of ten, with any sign and decimal point.
fn decimal() -> impl Strategy<Value = Exact> {
    let digits = (0_u32..96, any::<u128>(), 0_u32..4).prop_map(|(bits, random, form)| match form {
        0 => 1_i128 << bits,
        1 => 10_i128.pow(bits % 29),
        _ => i128::try_from(random >> (128 - bits.max(1))).unwrap(),
    });
    (digits, 0_u32..29, any::<bool>()).prop_map(|(digits, places, negative)| {
        let digits = if negative { -digits } else { digits };
        Exact::from_decimal(Decimal::from_i128_with_scale(digits, places))
    })
}

/// Decimals, quotients, and products of them, as long as they fit.
fn operand() -> impl Strategy<Value = Exact> {
    (decimal(), decimal(), decimal(), 0_u32..4).prop_map(|(a, b, c, form)| {
        let value = match form {
            0 => Ok(a),
            1 => a.over(&b),
            2 => a.times(&b),
            _ => a.times(&b).and_then(|product| product.over(&c)),
        };
        value.unwrap_or(a)
    })
}

fn step() -> impl Strategy<Value = Exact> {
    (1_u32..1_000_000, 0_u32..13)
        .prop_map(|(digits, places)| Exact::from_decimal(Decimal::new(digits.into(), places)))
}

fn equal(a: &Fraction, b: &Fraction) -> bool {
    compare(a, b) == Ordering::Equal
}

fn stepped(value: &Fraction, step: &Fraction, rounding: Rounding) -> Fraction {
    let steps = over(value, step);
    let steps = match rounding {
        Rounding::Floor => floor(&steps).0,
        Rounding::Ceiling => -floor(&minus(&whole(0), &steps)).0,
        Rounding::HalfEven => half_even(&steps),
    };
    times(&Fraction::from_integer(steps), step)
}

/// Whether a wide number is this fraction: times its denominator it is its numerator.
fn is_wide(found: &Wide, expected: &Fraction) -> bool {
    let wide = |value: &BigInt| {
        // By 60 bits at a time, so that it is built from integers alone.
        let base = Wide::of(&Exact::from_integer(1 << 60));
        let (sign, digits) = (value.sign(), value.magnitude().to_radix_le(2));
        let part =
            |bits: &[u8]| bits.iter().rev().fold(0_i64, |sum, bit| 2 * sum + i64::from(*bit));
        let all = digits.chunks(60).rev().fold(Wide::zero(), |sum, bits| {
            let part = Wide::of(&Exact::from_integer(part(bits)));
            sum.times(&base).unwrap().plus(&part).unwrap()
        });
        if sign == num_bigint::Sign::Minus { all.negated() } else { all }
    };
    let scaled = found.times(&wide(expected.denom())).unwrap();
    scaled.compare(&wide(expected.numer())) == Ok(Ordering::Equal)
}

type Narrow = Result<Exact, Overflow>;
type Unbounded = Result<Wide, Overflow>;

/// A narrow result is right or refused, and a wide one is right.
fn right(narrow: &Narrow, wide: &Unbounded, expected: &Fraction) -> bool {
    let narrow_is = narrow.as_ref().is_ok_and(|found| {
        equal(&of_exact(found), expected)
            && Wide::of(found).compare(wide.as_ref().unwrap()) == Ok(Ordering::Equal)
    });
    (narrow_is || *narrow == Err(Overflow)) && is_wide(wide.as_ref().unwrap(), expected)
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn sums_products_and_quotients_are_right_in_both_widths(a in operand(), b in operand()) {
        let (x, y) = (of_exact(&a), of_exact(&b));
        let (v, w) = (Wide::of(&a), Wide::of(&b));
        prop_assert!(right(&Number::plus(&a, &b), &v.plus(&w), &plus(&x, &y)));
        prop_assert!(right(&Number::minus(&a, &b), &v.minus(&w), &minus(&x, &y)));
        prop_assert!(right(&Number::times(&a, &b), &v.times(&w), &times(&x, &y)));
        if b.is_zero() {
            prop_assert_eq!(Number::over(&a, &b), Err(Overflow));
            prop_assert!(v.over(&w).is_err());
        } else {
            prop_assert!(right(&Number::over(&a, &b), &v.over(&w), &over(&x, &y)));
        }
        prop_assert!(right(&Ok(Number::negated(&a)), &Ok(v.negated()), &minus(&whole(0), &x)));
    }

    #[test]
    fn order_and_sign_are_right_in_both_widths(a in operand(), b in operand(), same in any::<bool>()) {
        let b = if same { a } else { b };
        let (v, w) = (Wide::of(&a), Wide::of(&b));
        let order = compare(&of_exact(&a), &of_exact(&b));
        prop_assert_eq!(v.compare(&w), Ok(order));
        prop_assert_eq!(v.is_below(&w), Ok(order.is_lt()));
        prop_assert_eq!(v.is_at_most(&w), Ok(order.is_le()));
        if let Ok(found) = Number::compare(&a, &b) {
            prop_assert_eq!(found, order);
            prop_assert_eq!(Number::is_below(&a, &b), Ok(order.is_lt()));
            prop_assert_eq!(Number::is_at_most(&a, &b), Ok(order.is_le()));
        }
        let sign = compare(&of_exact(&a), &whole(0));
        let signs = [sign.is_gt(), sign.is_lt(), sign.is_eq()];
        prop_assert_eq!([v.is_positive(), v.is_negative(), v.is_zero()], signs);
        prop_assert_eq!([a.is_positive(), a.is_negative(), Number::is_zero(&a)], signs);
    }

    #[test]
    fn steps_are_rounded_as_told_in_both_widths(a in operand(), step in step(), tie in any::<bool>()) {
        // A tie lies half a step past a whole number of them.
        let halves = Exact::from_integer(2);
        let at_tie = || step.over(&halves)?.plus(&a.to_step(&step, Rounding::Floor)?);
        let a = if tie { at_tie().unwrap_or(a) } else { a };
        for rounding in ROUNDINGS {
            let expected = stepped(&of_exact(&a), &of_exact(&step), rounding);
            let results = [Number::to_step(&a, &step, rounding), Wide::of(&a).to_step(&step, rounding)];
            for found in results.into_iter().flatten() {
                prop_assert!(equal(&of_exact(&found), &expected), "{a:?} {step:?} {rounding:?}");
            }
            if floor(&over(&expected, &of_exact(&step))).0.bits() < 200 {
                prop_assert!(results[1].is_ok());
            }
        }
    }

    #[test]
    fn a_figure_is_the_number_or_rounded_once(a in operand(), tie in any::<bool>()) {
        let unit = Exact::from_decimal(Decimal::new(1, FIGURE_PLACES));
        let half = || unit.over(&Exact::from_integer(2))?.plus(&a.to_step(&unit, Rounding::Floor)?);
        let a = if tie { half().unwrap_or(a) } else { a };
        prop_assert_eq!(a.figure(), Ok(a));
        let expected = stepped(&of_exact(&a), &of_exact(&unit), Rounding::HalfEven);
        match Wide::of(&a).figure() {
            Ok(found) => prop_assert!(equal(&of_exact(&found), &expected)),
            Err(Overflow) => {
                let most = Fraction::new_raw(BigInt::from(1) << 255, ten_to(FIGURE_PLACES));
                prop_assert!(compare(&most, &expected).is_le()
                    || compare(&minus(&whole(0), &expected), &most).is_ge());
            }
        }
    }

    #[test]
    fn a_sum_of_many_is_right_in_both_widths(values in proptest::collection::vec(operand(), 0..90)) {
        let expected = values.iter().fold(whole(0), |sum, value| plus(&sum, &of_exact(value)));
        let wide = <Wide as Number>::sum(values.iter().map(Wide::of).collect());
        prop_assert!(right(&<Exact as Number>::sum(values), &wide, &expected));
    }

    #[test]
    fn a_bracket_holds_the_number(a in operand()) {
        let narrow = Number::bracket(&a);
        if let Some((low, high)) = narrow {
            prop_assert!(low.is_at_most(&a).unwrap() && a.is_below(&high).unwrap());
            prop_assert!(low.is_positive());
        }
        let wide = Wide::of(&a);
        if let Some((low, high)) = wide.bracket() {
            prop_assert!(low.is_at_most(&wide).unwrap() && wide.is_below(&high).unwrap());
            prop_assert!(low.is_positive());
        }
        if !a.is_positive() {
            prop_assert!(narrow.is_none() && wide.bracket().is_none());
        }
    }
}

/// The one integer that has no opposite among 256 bits is refused wherever it could arise.
#[test]
fn the_lowest_integer_never_arises() {
    let power = |bits: u32| Exact::from_decimal(Decimal::from_i128_with_scale(1 << bits, 0));
    let lowest_half = power(95).times(&power(95)).unwrap().times(&power(64)).unwrap().negated();
    let narrow = lowest_half.plus(&lowest_half);
    assert_eq!(narrow, Err(Overflow));
    assert_eq!(lowest_half.times(&power(1)), Err(Overflow));
    let unit = Exact::from_decimal(Decimal::new(1, FIGURE_PLACES));
    let wide = Wide::of(&lowest_half).plus(&Wide::of(&lowest_half)).unwrap();
    let figure = wide.times(&Wide::of(&unit)).unwrap().figure();
    assert_eq!(figure, Err(Overflow));
}
