//! Decimal strings: the one way in which a scenario writes a number.
//!
//! Digits, with at most one point among them, and a minus where a number may be below zero. Zeros
//! before the first digit and after the last decimal change nothing. The ranges are the limits of
//! every input of this calculator.

use rust_decimal::Decimal;

use super::problem::Code;

/// Which signs a number may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    AboveZero,
    ZeroOrAbove,
    Any,
}

/// What a key takes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Range {
    /// What is counted, and which numbers are accepted.
    pub(super) sentence: &'static str,
    sign: Sign,
    whole: usize,
    decimals: usize,
    /// The largest magnitude, where digits alone do not say it, and whether it is accepted itself.
    most: Option<(i64, bool)>,
}

/// Prices and sizes.
pub(super) const PRICE_OR_SIZE: Range = Range {
    sentence: "above 0, with at most 12 digits before the point and 12 after it",
    sign: Sign::AboveZero,
    whole: 12,
    decimals: 12,
    most: None,
};

/// Leverage settings.
pub(super) const LEVERAGE: Range = Range {
    sentence: "above 0 and at most 1000, with at most 12 digits after the point",
    sign: Sign::AboveZero,
    whole: 4,
    decimals: 12,
    most: Some((1000, true)),
};

/// Shares of an amount.
pub(super) const RATE: Range = Range {
    sentence: "a fraction from 0 to below 1, with at most 12 digits after the point",
    sign: Sign::ZeroOrAbove,
    whole: 1,
    decimals: 12,
    most: Some((1, false)),
};

/// Shares that can be received as well as paid.
pub(super) const SIGNED_RATE: Range = Range {
    sentence: "a fraction above -1 and below 1, with at most 12 digits after the point",
    sign: Sign::Any,
    ..RATE
};

/// Margin ratios at which a venue warns.
pub(super) const WARNING: Range = Range {
    sentence: "a fraction above 0 and at most 1, with at most 12 digits after the point",
    sign: Sign::AboveZero,
    most: Some((1, true)),
    ..RATE
};

/// Balances and margins.
pub(super) const MONEY: Range = Range {
    sentence: "money, with at most 15 digits before the point and 8 after it",
    sign: Sign::Any,
    whole: 15,
    decimals: 8,
    most: None,
};

/// Money that is lost at most, or the step of money.
pub(super) const MONEY_ABOVE_ZERO: Range = Range {
    sentence: "money above 0, with at most 15 digits before the point and 8 after it",
    sign: Sign::AboveZero,
    ..MONEY
};

/// Edges of tiers and what a tier takes off, in money or contracts.
pub(super) const TIER_AMOUNT: Range = Range {
    sentence: "0 or above, with at most 15 digits before the point and 12 after it",
    sign: Sign::ZeroOrAbove,
    whole: 15,
    decimals: 12,
    most: None,
};

/// Reads a string as the number of a key, or says which kind of problem it is.
pub(super) fn read(text: &str, range: &Range) -> Result<Decimal, Code> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text),
    };
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, "0"));
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if !is_digits(whole) || !is_digits(decimals) {
        return Err(Code::NotANumber);
    }
    let (whole, decimals) = (whole.trim_start_matches('0'), decimals.trim_end_matches('0'));
    let is_zero = whole.is_empty() && decimals.is_empty();
    let wrong_sign = match range.sign {
        Sign::AboveZero => negative || is_zero,
        Sign::ZeroOrAbove => negative,
        Sign::Any => false,
    };
    if wrong_sign || range.whole < whole.len() || range.decimals < decimals.len() {
        return Err(Code::OutOfRange);
    }
    let sign = if negative && !is_zero { "-" } else { "" };
    let point = if decimals.is_empty() { "" } else { "." };
    let plain = format!("{sign}0{whole}{point}{decimals}");
    let value = Decimal::from_str_exact(&plain).map_err(|_| Code::OutOfRange)?;
    let is_within = range.most.is_none_or(|(most, included)| {
        let (most, size) = (Decimal::from(most), value.abs());
        if included { size <= most } else { size < most }
    });
    if is_within { Ok(value.normalize()) } else { Err(Code::OutOfRange) }
}
