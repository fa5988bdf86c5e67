//! Numbers as people type them, and as the page writes them.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use margin_calculator::quantity::{Exact, Rounding};
use margin_calculator::text::{
    NumberStyle, ParseError, Suffix, Ticks, fixed, grouped, parse, plain, shortest,
};
use proptest::prelude::*;
use rust_decimal::Decimal;

use NumberStyle::{Apostrophe, Comma, Indian, Point, Space};

/// Read without a doubt, or with one, which the page then shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum How {
    Plainly,
    Flagged,
}
use How::{Flagged, Plainly};

fn number(text: &str) -> Decimal {
    Decimal::from_str_exact(text).unwrap()
}

/// The digits a text is read as, trailing zeros included, with its unit sign and its doubt.
fn read(text: &str, style: NumberStyle) -> Result<(String, Suffix, How), ParseError> {
    let parsed = parse(text, style)?;
    let how = if parsed.ambiguous { Flagged } else { Plainly };
    Ok((parsed.value.to_string(), parsed.suffix, how))
}

/// The same text in every style.
fn reads_everywhere(rows: &[(&str, &str, How)]) {
    for (text, value, how) in rows {
        for style in NumberStyle::ALL {
            let expected = Ok(((*value).to_owned(), Suffix::None, *how));
            assert_eq!(read(text, style), expected, "{text:?} as {style:?}");
        }
    }
}

#[test]
fn every_way_of_writing_a_number_is_read() {
    reads_everywhere(&[
        ("26000", "26000", Plainly),
        ("26000.50", "26000.50", Plainly),
        ("26000,50", "26000.50", Plainly),
        ("26000\u{66b}50", "26000.50", Plainly),
        ("0.5", "0.5", Plainly),
        ("0,5", "0.5", Plainly),
        (".5", "0.5", Plainly),
        (",5", "0.5", Plainly),
        ("5.", "5", Plainly),
        ("007", "7", Plainly),
        ("0.125", "0.125", Plainly),
        ("0,125", "0.125", Plainly),
        ("1234.567", "1234.567", Plainly),
        ("26 000.5", "26000.5", Plainly),
        ("26 000,5", "26000.5", Plainly),
        ("26\u{a0}000", "26000", Plainly),
        ("26\u{202f}000", "26000", Plainly),
        ("26\u{2009}000", "26000", Plainly),
        ("1 234 567.89", "1234567.89", Plainly),
        ("26'000", "26000", Plainly),
        ("26\u{2019}000.25", "26000.25", Plainly),
        ("26'000,25", "26000.25", Plainly),
        ("1,234,567", "1234567", Plainly),
        ("1.234.567", "1234567", Plainly),
        ("1,234.5", "1234.5", Plainly),
        ("1.234,5", "1234.5", Plainly),
        ("1,234,567.89", "1234567.89", Plainly),
        ("1.234.567,89", "1234567.89", Plainly),
        ("2,60,000", "260000", Plainly),
        ("2,60,000.75", "260000.75", Plainly),
        ("12,34,56,789", "123456789", Plainly),
        ("  42 ", "42", Plainly),
        ("\t42\n", "42", Plainly),
        ("+42", "42", Plainly),
        ("-42", "-42", Plainly),
        ("\u{2212}42", "-42", Plainly),
        ("- 42", "-42", Plainly),
        ("999999999999.999999999999", "999999999999.999999999999", Plainly),
    ]);
}

#[test]
fn thousands_and_millions_are_read_and_shown() {
    reads_everywhere(&[
        ("60k", "60000", Flagged),
        ("60K", "60000", Flagged),
        ("60 k", "60000", Flagged),
        ("1.2m", "1200000", Flagged),
        ("1,2M", "1200000", Flagged),
        ("1.25k", "1250", Flagged),
        ("0.0005k", "0.5", Flagged),
        ("2b", "2000000000", Flagged),
        ("1.2345678m", "1234567.8", Flagged),
    ]);
}

#[test]
fn digits_of_other_scripts_are_digits() {
    reads_everywhere(&[
        ("\u{666}\u{660}\u{660}\u{660}\u{660}", "60000", Plainly),
        ("\u{666}\u{660}\u{66c}\u{660}\u{660}\u{660}\u{66b}\u{665}", "60000.5", Plainly),
        ("\u{6f6}\u{6f0}\u{6f0}\u{6f0}\u{6f0}", "60000", Plainly),
        ("\u{96c}\u{966}\u{966}\u{966}\u{966}", "60000", Plainly),
        ("\u{9ec}\u{9e6}", "60", Plainly),
        ("\u{bec}\u{be6}", "60", Plainly),
        ("\u{e56}\u{e50}", "60", Plainly),
        ("\u{ff16}\u{ff10}\u{ff10}.\u{ff15}", "600.5", Plainly),
        // What a right-to-left keyboard leaves around a number.
        ("\u{200f}\u{666}\u{660}\u{200f}", "60", Plainly),
        ("\u{200e}60\u{61c}", "60", Plainly),
        ("\u{feff}60", "60", Plainly),
    ]);
}

#[test]
fn unit_signs_are_taken_off_and_told() {
    for (text, value, suffix) in [
        ("0.5%", "0.5", Suffix::Percent),
        ("0.5 %", "0.5", Suffix::Percent),
        ("0,5\u{202f}%", "0.5", Suffix::Percent),
        ("\u{665}\u{66a}", "5", Suffix::Percent),
        ("10x", "10", Suffix::Times),
        ("10 X", "10", Suffix::Times),
        ("10\u{d7}", "10", Suffix::Times),
        ("12.5\u{d7}", "12.5", Suffix::Times),
    ] {
        for style in NumberStyle::ALL {
            let expected = Ok((value.to_owned(), suffix, Plainly));
            assert_eq!(read(text, style), expected, "{text:?} as {style:?}");
        }
    }
}

#[test]
fn what_can_be_read_two_ways_goes_by_the_style() {
    for (text, style, value, how) in [
        ("1,234", Space, "1234", Flagged),
        ("1,234", Comma, "1234", Flagged),
        ("1,234", Point, "1.234", Flagged),
        ("1,234", Apostrophe, "1234", Flagged),
        ("1,234", Indian, "1234", Flagged),
        ("123,456", Space, "123456", Flagged),
        ("123,456", Point, "123.456", Flagged),
        ("1.234", Space, "1.234", Plainly),
        ("1.234", Comma, "1.234", Plainly),
        ("1.234", Apostrophe, "1.234", Plainly),
        ("1.234", Indian, "1.234", Plainly),
        ("1.234", Point, "1234", Flagged),
        ("1.2345", Point, "1.2345", Plainly),
        ("1,2345", Space, "1.2345", Plainly),
        ("1,23", Comma, "1.23", Plainly),
        ("-1,234", Comma, "-1234", Flagged),
    ] {
        let expected = Ok((value.to_owned(), Suffix::None, how));
        assert_eq!(read(text, style), expected, "{text:?} as {style:?}");
    }
}

#[test]
fn what_is_no_number_is_an_error_with_its_reason() {
    let long = "9".repeat(200);
    let padded = format!("0.{}1", "0".repeat(40));
    for (text, error) in [
        ("", ParseError::Empty),
        ("   ", ParseError::Empty),
        ("\u{a0}\u{202f}\t", ParseError::Empty),
        ("\u{200f}\u{200e}", ParseError::Empty),
        ("abc", ParseError::NotANumber),
        ("12a", ParseError::NotANumber),
        ("NaN", ParseError::NotANumber),
        ("inf", ParseError::NotANumber),
        ("--5", ParseError::NotANumber),
        ("+-5", ParseError::NotANumber),
        ("5-", ParseError::NotANumber),
        ("1e400", ParseError::NotANumber),
        ("1e5", ParseError::NotANumber),
        ("0x10", ParseError::NotANumber),
        ("x", ParseError::NotANumber),
        ("%", ParseError::NotANumber),
        ("k", ParseError::NotANumber),
        ("-", ParseError::NotANumber),
        (".", ParseError::NotANumber),
        (",.,", ParseError::NotANumber),
        ("5%%", ParseError::NotANumber),
        ("5x%", ParseError::NotANumber),
        ("1kk", ParseError::NotANumber),
        ("1km", ParseError::NotANumber),
        ("1mk", ParseError::NotANumber),
        ("1bmk", ParseError::NotANumber),
        ("<script>alert(1)</script>", ParseError::NotANumber),
        ("<b onclick=x>", ParseError::NotANumber),
        ("5\u{202e}6", ParseError::NotANumber),
        ("\u{1f680}", ParseError::NotANumber),
        ("5\u{1f680}", ParseError::NotANumber),
        ("\u{bd}", ParseError::NotANumber),
        ("5\0", ParseError::NotANumber),
        ("1.2.3", ParseError::Separators),
        ("1,2,3", ParseError::Separators),
        ("1,23.456,7", ParseError::Separators),
        ("1.5,5,5", ParseError::Separators),
        ("1 2", ParseError::Separators),
        ("12 34", ParseError::Separators),
        ("1234 567", ParseError::Separators),
        ("1'23", ParseError::Separators),
        ("1'234 567", ParseError::Separators),
        ("1 234,567.5", ParseError::Separators),
        ("1..5", ParseError::Separators),
        ("1\u{66b}5\u{66b}5", ParseError::Separators),
        (long.as_str(), ParseError::TooManyDigits),
        (padded.as_str(), ParseError::TooManyDigits),
        ("12345678901234567890123456789", ParseError::TooManyDigits),
    ] {
        for style in NumberStyle::ALL {
            assert_eq!(parse(text, style), Err(error), "{text:?} as {style:?}");
        }
    }
    let letters = "a".repeat(100_000);
    assert_eq!(parse(&letters, Space), Err(ParseError::NotANumber));
}

#[test]
fn numbers_are_written_in_every_style() {
    for (style, expected) in [
        (Space, "\u{2212}2\u{202f}600\u{202f}000.50"),
        (Comma, "\u{2212}2,600,000.50"),
        (Point, "\u{2212}2.600.000,50"),
        (Apostrophe, "\u{2212}2\u{2019}600\u{2019}000.50"),
        (Indian, "\u{2212}26,00,000.50"),
    ] {
        assert_eq!(grouped(number("-2600000.50"), style), expected, "{style:?}");
    }
    for (digits, western, indian) in [
        ("0", "0", "0"),
        ("0.50", "0.50", "0.50"),
        ("999", "999", "999"),
        ("1234", "1,234", "1,234"),
        ("12345.6", "12,345.6", "12,345.6"),
        ("260000.00", "260,000.00", "2,60,000.00"),
        ("123456789", "123,456,789", "12,34,56,789"),
        ("0.0001", "0.0001", "0.0001"),
        ("1234.56789", "1,234.56789", "1,234.56789"),
        ("999999999999.9", "999,999,999,999.9", "9,99,99,99,99,999.9"),
    ] {
        for style in NumberStyle::ALL {
            let expected = if style == Indian { indian } else { western };
            let sign = |c| match c {
                ',' => style.group(),
                '.' => style.decimal(),
                _ => c,
            };
            let expected: String = expected.chars().map(sign).collect();
            assert_eq!(grouped(number(digits), style), expected, "{digits} as {style:?}");
        }
    }
}

#[test]
fn nothing_is_ever_written_as_minus_nothing() {
    let mut negative = Decimal::ZERO;
    negative.set_sign_negative(true);
    let small = Exact::from_decimal(number("-0.004"));
    for style in NumberStyle::ALL {
        assert_eq!(grouped(negative, style), "0", "{style:?}");
        let cents = fixed(&small, 2, Rounding::HalfEven, style).unwrap();
        assert_eq!(cents, format!("0{}00", style.decimal()), "{style:?}");
        let parsed = parse("-0", style).unwrap().value;
        assert_eq!(grouped(parsed, style), "0", "{style:?}");
    }
    assert_eq!(plain(number("-0.00")), "0");
}

#[test]
fn figures_are_rounded_once_and_as_asked() {
    let third = Exact::ONE.over(&Exact::from_integer(3)).unwrap();
    let fixed = |value: &Exact, places, rounding| fixed(value, places, rounding, Comma).unwrap();
    assert_eq!(fixed(&third, 4, Rounding::Floor), "0.3333");
    assert_eq!(fixed(&third, 4, Rounding::Ceiling), "0.3334");
    assert_eq!(fixed(&third.negated(), 4, Rounding::Floor), "\u{2212}0.3334");
    assert_eq!(fixed(&Exact::from_decimal(number("2.5")), 0, Rounding::HalfEven), "2");
    assert_eq!(fixed(&Exact::from_decimal(number("3.5")), 0, Rounding::HalfEven), "4");
    assert_eq!(fixed(&Exact::from_integer(1000), 2, Rounding::Floor), "1,000.00");
    assert_eq!(shortest(&third, 12, Comma).unwrap(), None);
    let short = |text: &str| shortest(&Exact::from_decimal(number(text)), 12, Comma).unwrap();
    assert_eq!(short("1234.5000").as_deref(), Some("1,234.5"));
    assert_eq!(short("1234.000").as_deref(), Some("1,234"));
}

#[test]
fn every_style_has_a_name_of_its_own() {
    for style in NumberStyle::ALL {
        assert_eq!(NumberStyle::from_key(style.key()), Some(style));
    }
    assert_eq!(NumberStyle::from_key("roman"), None);
}

#[test]
fn axis_values_are_round_and_what_they_say() {
    for (low, high, most, expected) in [
        ("0", "10", 5, "0 2 4 6 8 10"),
        ("442.1", "571.3", 6, "450 500 550"),
        ("0.00012", "0.00058", 4, "0.0002 0.0004"),
        ("5", "5", 8, "5"),
    ] {
        let exact = |text| Exact::from_decimal(number(text));
        let ticks = Ticks::between(&exact(low), &exact(high), most).unwrap();
        let label = |value: &Exact| plain(value.round(8, Rounding::Floor).unwrap());
        let values: Vec<_> = ticks.values.iter().map(|tick| label(&tick.value)).collect();
        assert_eq!(values.join(" "), expected, "{low} to {high}");
    }
}

/// Up to twelve digits on both sides of the point, which is all a field accepts.
fn accepted() -> impl Strategy<Value = Decimal> {
    (-999_999_999_999_999_999_999_999_i128..=999_999_999_999_999_999_999_999, 0_u32..=12, 0_u32..24)
        .prop_map(|(digits, places, fewer)| {
            Decimal::from_i128_with_scale(digits / 10_i128.pow(fewer), places)
        })
}

fn style() -> impl Strategy<Value = NumberStyle> {
    proptest::sample::select(&NumberStyle::ALL[..])
}

/// Texts that are almost numbers.
fn near_numbers() -> impl Strategy<Value = String> {
    let parts = "0|1|9|12|234|567|000|.|,| |'|\u{2019}|\u{202f}|\u{66b}|\u{66c}|\u{663}|\u{ff15}|-|\
                 \u{2212}|+|k|m|b|%|x|\u{d7}|\u{200f}|e";
    let parts: Vec<&str> = parts.split('|').collect();
    proptest::collection::vec(proptest::sample::select(parts), 0..9)
        .prop_map(|parts| parts.concat())
}

fn reads_again(text: &str, style: NumberStyle) -> Result<(), TestCaseError> {
    let Ok(first) = parse(text, style) else {
        return Ok(());
    };
    let written = grouped(first.value, style);
    let second = parse(&written, style);
    prop_assert_eq!(second.map(|parsed| parsed.value), Ok(first.value), "{}", written);
    prop_assert_eq!(grouped(second.unwrap().value, style), written);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn a_written_number_is_read_as_itself(value in accepted(), style in style()) {
        let parsed = parse(&grouped(value, style), style).unwrap();
        prop_assert_eq!(parsed.value, value);
        prop_assert_eq!(parsed.value.scale(), value.scale());
        prop_assert_eq!(parsed.suffix, Suffix::None);
        prop_assert_eq!(number(&plain(value)), value);
    }

    #[test]
    fn what_is_read_once_is_written_and_read_the_same(text in near_numbers(), style in style()) {
        reads_again(&text, style)?;
    }

    #[test]
    fn no_text_at_all_stops_the_reader(text in any::<String>(), style in style()) {
        reads_again(&text, style)?;
    }

    #[test]
    fn axis_steps_are_one_two_or_five(
        low in 0_i64..=1_000_000_000, span in 1_i64..=1_000_000_000, places in 0_u32..=9,
        most in 2_u32..=16,
    ) {
        let (low, high) = (Decimal::new(low, places), Decimal::new(low + span, places));
        let ticks =
            Ticks::between(&Exact::from_decimal(low), &Exact::from_decimal(high), most).unwrap();
        let step = plain(ticks.step.round(20, Rounding::Floor).unwrap());
        let digits: String = step.chars().filter(|c| *c != '.').collect();
        prop_assert!(matches!(digits.trim_matches('0'), "1" | "2" | "5"), "step {step}");
        prop_assert!(ticks.values.len() <= most as usize + 1);
        let mut before = None;
        for tick in &ticks.values {
            let label = fixed(&tick.value, ticks.places(), Rounding::HalfEven, Comma).unwrap();
            let said = parse(&label, Comma).unwrap().value;
            prop_assert_eq!(Exact::from_decimal(said), tick.value, "label {}", label);
            prop_assert!(low <= said && said <= high);
            if let Some(before) = before {
                prop_assert_eq!(tick.value.minus(&before).unwrap(), ticks.step);
            }
            before = Some(tick.value);
        }
    }
}
