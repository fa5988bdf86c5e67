//! Exact fractions against unbounded ones, and the facts about decimals that the code relies on.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

#[path = "oracle/number.rs"]
mod number;

use std::cmp::Ordering;
use std::str::FromStr;

use margin_calculator::quantity::{Exact, Number, Overflow, Rounding, Wide};
use num_bigint::BigInt;
use number::{
    Fraction, Random, compare, floor, half_even, is_positive, minus, of_decimal, of_exact, over,
    plus, ten_to, times, whole,
};
use rust_decimal::Decimal;

const ROUNDINGS: [Rounding; 3] = [Rounding::Floor, Rounding::Ceiling, Rounding::HalfEven];

fn exact(text: &str) -> Exact {
    Exact::from_decimal(Decimal::from_str_exact(text).unwrap())
}

fn same(found: &Exact, expected: &Fraction) -> bool {
    compare(&of_exact(found), expected) == Ordering::Equal
}

/// A number of the kind that inputs and figures are: decimals of any length, quotients of them.
fn operand(random: &mut Random) -> Exact {
    let digits = random.below(13);
    let places = random.below(13);
    let decimal =
        if random.chance(10) { random.extreme(12, 12) } else { random.decimal(digits, places) };
    let value = match random.below(10) {
        0 => Exact::ZERO,
        1..4 => {
            let divisor = Exact::from_decimal(random.decimal(3, 6));
            Exact::from_decimal(decimal).over(&divisor).unwrap()
        }
        _ => Exact::from_decimal(decimal),
    };
    if random.chance(50) { value.negated() } else { value }
}

fn rounded(value: &Fraction, places: u32, rounding: Rounding) -> BigInt {
    let scaled = times(value, &Fraction::from_integer(ten_to(places)));
    match rounding {
        Rounding::Floor => floor(&scaled).0,
        Rounding::Ceiling => -floor(&minus(&whole(0), &scaled)).0,
        Rounding::HalfEven => half_even(&scaled),
    }
}

#[test]
fn every_operation_gives_the_unbounded_result() {
    let mut random = Random::new(42);
    for _ in 0..50_000 {
        let (a, b) = (operand(&mut random), operand(&mut random));
        let (x, y) = (of_exact(&a), of_exact(&b));
        assert!(same(&a.plus(&b).unwrap(), &plus(&x, &y)), "{a:?} + {b:?}");
        assert!(same(&a.minus(&b).unwrap(), &minus(&x, &y)), "{a:?} - {b:?}");
        assert!(same(&a.times(&b).unwrap(), &times(&x, &y)), "{a:?} x {b:?}");
        if b.is_zero() {
            assert_eq!(a.over(&b), Err(Overflow));
        } else {
            assert!(same(&a.over(&b).unwrap(), &over(&x, &y)), "{a:?} / {b:?}");
        }
        let order = compare(&x, &y);
        assert_eq!(a.compare(&b), Ok(order), "{a:?} against {b:?}");
        assert_eq!(a.is_below(&b), Ok(order == Ordering::Less));
        assert_eq!(a.is_at_most(&b), Ok(order != Ordering::Greater));
        assert_eq!(a == b, order == Ordering::Equal);
        let (low, high) = if order == Ordering::Greater { (y, x) } else { (x, y) };
        assert!(same(&a.smaller(b).unwrap(), &low) && same(&a.larger(b).unwrap(), &high));
    }
}

#[test]
fn signs_are_read_and_turned() {
    let mut random = Random::new(43);
    for _ in 0..20_000 {
        let value = operand(&mut random);
        let fraction = of_exact(&value);
        let opposite = minus(&whole(0), &fraction);
        assert_eq!(value.is_positive(), is_positive(&fraction));
        assert_eq!(value.is_negative(), is_positive(&opposite));
        assert_eq!(value.is_zero(), !value.is_positive() && !value.is_negative());
        assert!(same(&value.negated(), &opposite));
        assert!(!value.magnitude().is_negative());
        assert!(value.magnitude() == value || value.magnitude() == value.negated());
    }
}

#[test]
fn rounding_goes_the_way_it_is_told() {
    let mut random = Random::new(44);
    for _ in 0..50_000 {
        let value = operand(&mut random);
        let places = random.below(10);
        let step = Exact::from_decimal(random.decimal(2, 4));
        for rounding in ROUNDINGS {
            let expected = rounded(&of_exact(&value), places, rounding);
            let found = value.round(places, rounding).unwrap();
            assert_eq!(BigInt::from(found.mantissa()), expected, "{value:?} {places} {rounding:?}");
            assert_eq!(found.scale(), places);
            let steps = rounded(&over(&of_exact(&value), &of_exact(&step)), 0, rounding);
            let expected = times(&Fraction::from_integer(steps), &of_exact(&step));
            let found = value.to_step(&step, rounding).unwrap();
            assert!(same(&found, &expected), "{value:?} to {step:?} {rounding:?}");
        }
    }
}

/// A rank never falls as the value rises, in both widths alike, and tells values apart that differ in
/// the first seventeen digits.
#[test]
fn ranks_are_in_the_order_of_values() {
    let mut random = Random::new(47);
    let far = exact("1000000000000000000000000000");
    let mut equal = 0;
    for _ in 0..20_000 {
        let (a, mut b) = (operand(&mut random), operand(&mut random));
        match random.below(4) {
            0 => b = b.times(&far).unwrap(),
            1 => b = a.times(&exact("1.00000000000000001")).unwrap(),
            2 => b = a.times(&exact("1.0000000000000000001")).unwrap(),
            _ => {}
        }
        let ranks = [a, b].map(|value| Number::rank(&value).unwrap());
        assert_eq!(ranks, [a, b].map(|value| Wide::of(&value).rank().unwrap()));
        let [first, second] = ranks;
        match a.compare(&b).unwrap() {
            Ordering::Less => assert!(first <= second, "{a:?} {b:?}"),
            Ordering::Equal => assert_eq!(first, second, "{a:?} {b:?}"),
            Ordering::Greater => assert!(second <= first, "{a:?} {b:?}"),
        }
        equal += usize::from(first == second && a != b);
    }
    assert!(0 < equal, "what the exact comparison is for was never asked");
    let thirds = ["1", "1.0000000000000001"].map(|text| exact(text).over(&exact("3")).unwrap());
    assert!(Number::rank(&thirds[0]).unwrap() < Number::rank(&thirds[1]).unwrap());
}

#[test]
fn ties_go_to_the_even_digit_and_signs_are_kept() {
    for (text, places, floor, ceiling, even) in [
        ("0.5", 0, "0", "1", "0"),
        ("1.5", 0, "1", "2", "2"),
        ("2.5", 0, "2", "3", "2"),
        ("-0.5", 0, "-1", "0", "0"),
        ("-1.5", 0, "-2", "-1", "-2"),
        ("-2.5", 0, "-3", "-2", "-2"),
        ("0.0049", 2, "0.00", "0.01", "0.00"),
        ("-0.0049", 2, "-0.01", "0.00", "0.00"),
        ("7", 3, "7.000", "7.000", "7.000"),
    ] {
        let value = if let Some(rest) = text.strip_prefix('-') {
            exact(rest).negated()
        } else {
            exact(text)
        };
        let printed = ROUNDINGS.map(|rounding| value.round(places, rounding).unwrap().to_string());
        assert_eq!(printed, [floor, ceiling, even], "{text}");
    }
}

#[test]
fn the_decimals_of_a_number_are_counted() {
    for (numerator, denominator, limit, expected) in [
        ("1", "8", 18, Some(3)),
        ("1", "3", 18, None),
        ("10", "4", 18, Some(1)),
        ("1", "1024", 18, Some(10)),
        ("1", "1024", 9, None),
        ("1200", "1", 18, Some(0)),
        ("0", "7", 0, Some(0)),
        ("21", "7", 0, Some(0)),
        ("0.000000000001", "0.7", 28, None),
        ("0.000000000007", "0.7", 11, Some(11)),
    ] {
        let value = exact(numerator).over(&exact(denominator)).unwrap();
        assert_eq!(value.decimals(limit), expected, "{numerator} / {denominator}");
    }
}

#[test]
fn what_does_not_fit_is_an_overflow_and_never_a_wrong_digit() {
    let mut random = Random::new(45);
    let (mut fit, mut overflow) = (0, 0);
    for _ in 0..20_000 {
        let mut value = Exact::ONE;
        let mut expected = whole(1);
        for _ in 0..random.below(16) {
            let factor = operand(&mut random);
            let turned = random.chance(50) && !factor.is_zero();
            let next = if turned { value.over(&factor) } else { value.times(&factor) };
            let Ok(next) = next else {
                overflow += 1;
                break;
            };
            value = next;
            let factor = of_exact(&factor);
            expected = if turned { over(&expected, &factor) } else { times(&expected, &factor) };
            assert!(same(&value, &expected));
            fit += 1;
        }
    }
    println!("{fit} products and quotients exact, {overflow} refused");
    assert!(fit > 20_000 && overflow > 100);
    let huge = exact("79228162514264337593543950335");
    let square = huge.times(&huge).unwrap();
    assert_eq!(square.times(&huge), Err(Overflow));
    assert_eq!(square.round(0, Rounding::Floor), Err(Overflow));
    assert_eq!(huge.round(1, Rounding::Floor), Err(Overflow));
    assert_eq!(huge.over(&Exact::ZERO), Err(Overflow));
    assert_eq!(Exact::ZERO.over(&Exact::ZERO), Err(Overflow));
    // In lowest terms it fits again.
    assert_eq!(square.over(&square), Ok(Exact::ONE));
    assert_eq!(square.over(&huge).unwrap().times(&huge), Ok(square));
}

#[test]
fn a_decimal_is_taken_over_digit_for_digit() {
    let mut random = Random::new(46);
    for _ in 0..20_000 {
        let places = random.pick(&[0, 1, 12, 16]);
        let decimal = random.decimal(12, places);
        assert_eq!(
            compare(&of_exact(&Exact::from_decimal(decimal)), &of_decimal(decimal)),
            Ordering::Equal
        );
        assert_eq!(Exact::from_decimal(decimal).round(places, Rounding::Floor), Ok(decimal));
    }
    assert_eq!(Exact::from_decimal(Decimal::MAX).round(0, Rounding::Floor), Ok(Decimal::MAX));
    assert_eq!(Exact::from_decimal(Decimal::MIN).round(0, Rounding::Floor), Ok(Decimal::MIN));
    assert!(random.next() != random.next());
}

/// Why no figure is computed with decimals; rust_decimal 1.43, `src/ops` and `src/str.rs`.
#[test]
fn checked_decimal_arithmetic_loses_digits_in_silence() {
    let smallest = Decimal::from_str_exact("0.0000000000000000000000000001").unwrap();
    assert_eq!(smallest.checked_mul(smallest), Some(Decimal::ZERO));
    let third = Decimal::ONE.checked_div(Decimal::from(3)).unwrap();
    assert_eq!(
        third.checked_mul(Decimal::from(3)).unwrap().to_string(),
        "0.9999999999999999999999999999"
    );
    let long = Decimal::from_str_exact("1.0000000000000000000000000001").unwrap();
    let square = long.checked_mul(long).unwrap();
    assert_eq!(square.to_string(), "1.0000000000000000000000000002");
    let exact = Exact::from_decimal(long);
    assert_ne!(exact.times(&exact).unwrap(), Exact::from_decimal(square));
}

#[test]
fn only_the_exact_reader_refuses_digits_it_cannot_keep() {
    let long = "0.00000000000000000000000000015";
    assert!(Decimal::from_str_exact(long).is_err());
    assert!(Decimal::from_str(long).is_ok(), "the other reader rounds");
    assert!(Decimal::from_str_exact("79228162514264337593543950336").is_err());
    // Forms that the exact reader takes and our tables do not.
    for odd in ["1_000", "+1", ".5", "5."] {
        assert!(Decimal::from_str_exact(odd).is_ok(), "{odd}");
    }
}

#[test]
fn printing_a_decimal_with_a_precision_cuts_it() {
    let value = Decimal::from_str_exact("0.019").unwrap();
    assert_eq!(format!("{value:.2}"), "0.01");
    assert_eq!(Decimal::from_str_exact("1.0").unwrap(), Decimal::from_str_exact("1.00").unwrap());
    assert_eq!(Decimal::from_str_exact("1.00").unwrap().to_string(), "1.00");
}

/// Sums that meet the same denominators again and again, in every order, against unbounded fractions.
#[test]
fn wide_sums_are_those_of_fractions() {
    let mut random = Random::new(7);
    for _ in 0..50 {
        let divisors: Vec<Exact> =
            (0..6).map(|_| Exact::from_decimal(random.decimal(3, 6))).collect();
        let mut sum = Wide::zero();
        let mut expected = whole(0);
        for _ in 0..200 {
            let index = random.below(6) as usize;
            let term = operand(&mut random).over(divisors.get(index).unwrap());
            let Ok(term) = term else {
                continue;
            };
            sum = sum.plus(&Wide::of(&term)).unwrap();
            expected = plus(&expected, &of_exact(&term));
        }
        let found = Number::figure(&sum).unwrap();
        let digits = rounded(&expected, 18, Rounding::HalfEven);
        let expected = over(&Fraction::from_integer(digits), &Fraction::from_integer(ten_to(18)));
        assert!(same(&found, &expected));
    }
}
