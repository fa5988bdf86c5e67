//! Digits to text: the only place where a figure becomes something to read.

use rust_decimal::Decimal;

use crate::quantity::{Exact, Overflow, Rounding};

use super::style::NumberStyle;

/// A figure rounded once to this many decimals, grouped in the reader's style.
pub fn fixed(
    value: &Exact,
    places: u32,
    rounding: Rounding,
    style: NumberStyle,
) -> Result<String, Overflow> {
    Ok(grouped(value.round(places, rounding)?, style))
}

/// A figure with all its decimals and no trailing zeros, if at most `limit` decimals write it.
pub fn shortest(value: &Exact, limit: u32, style: NumberStyle) -> Result<Option<String>, Overflow> {
    value.decimals(limit).map(|places| fixed(value, places, Rounding::HalfEven, style)).transpose()
}

/// A decimal grouped in the reader's style, with a true minus, and every digit it has.
pub fn grouped(value: Decimal, style: NumberStyle) -> String {
    let text = value.to_string();
    let (sign, digits) = match text.strip_prefix('-') {
        // A rounded small loss is nothing, not "minus nothing".
        Some(digits) if value.is_zero() => ("", digits),
        Some(digits) => ("\u{2212}", digits),
        None => ("", text.as_str()),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut written = String::with_capacity(text.len().saturating_add(8));
    written.push_str(sign);
    let length = whole.len();
    for (index, digit) in whole.chars().enumerate() {
        let left = length.saturating_sub(index);
        if index > 0 && begins_group(left, style) {
            written.push(style.group());
        }
        written.push(digit);
    }
    if !fraction.is_empty() {
        written.push(style.decimal());
        written.push_str(fraction);
    }
    written
}

/// A decimal as links and files write it: ASCII, a point, no groups, no trailing zeros.
pub fn plain(value: Decimal) -> String {
    value.normalize().to_string()
}

/// The same words with a capital first letter.
pub fn capital(words: &str) -> String {
    let mut words = words.to_owned();
    // Our own words begin with ASCII letters; Unicode's case tables would cost the reader 6 KB.
    if let Some(first) = words.get_mut(0..1) {
        first.make_ascii_uppercase();
    }
    words
}

fn begins_group(digits_left: usize, style: NumberStyle) -> bool {
    match style {
        NumberStyle::Indian => {
            digits_left == 3 || (digits_left > 3 && digits_left.checked_rem(2) == Some(1))
        }
        _ => digits_left.checked_rem(3) == Some(0),
    }
}
