//! Our grammar for typed numbers: exact, forgiving about separators, never guessing in silence.
//!
//! Accepted: decimal digits of any script, `.` `,` `٫` as the decimal sign, spaces, apostrophes,
//! `,` `.` `٬` between groups, a sign, `k` `m` `b` for thousands, millions and billions, and one of `%`, `x`, `×` at
//! the end. What could be read two ways (`1,234`) is read by the number style and flagged.

use rust_decimal::Decimal;

use crate::quantity::read_digits;

use super::style::NumberStyle;

/// Longer text is refused unread.
const MAX_LENGTH: usize = 80;

/// The unit sign a number ended with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Suffix {
    /// None.
    None,
    /// `%`
    Percent,
    /// `x` or `×`
    Times,
}

/// A number read from text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parsed {
    /// The value as written, before the suffix is applied: `0.5%` is 0.5.
    pub value: Decimal,
    /// The unit sign.
    pub suffix: Suffix,
    /// Whether another reader could have read another number, so that the reading must be shown.
    pub ambiguous: bool,
}

/// Why text is not a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParseError {
    /// Nothing but spaces.
    Empty,
    /// A sign or letter that no number has.
    NotANumber,
    /// Separators that fit no way of writing numbers, such as `1.2.3`.
    Separators,
    /// More digits than any input here may have.
    TooManyDigits,
}

/// Reads a number.
pub fn parse(text: &str, style: NumberStyle) -> Result<Parsed, ParseError> {
    let (body, suffix, multiplier, negative) = strip(text)?;
    if body.is_empty() {
        return Err(ParseError::NotANumber);
    }
    let digits = body.chars().filter(char::is_ascii_digit).count();
    if digits == 0 {
        return Err(ParseError::NotANumber);
    }
    let (whole, fraction, ambiguous) = split(&body, style)?;
    let (whole, fraction) = shift(&whole, &fraction, multiplier);
    let significant = whole.trim_start_matches('0');
    if significant.len().saturating_add(fraction.len()) > 28 {
        return Err(ParseError::TooManyDigits);
    }
    let sign = if negative { "-" } else { "" };
    let whole = if significant.is_empty() { "0" } else { significant };
    let point = if fraction.is_empty() { "" } else { "." };
    let plain = [sign, whole, point, &fraction].concat();
    let value = read_digits(&plain).ok_or(ParseError::TooManyDigits)?;
    Ok(Parsed { value, suffix, ambiguous: ambiguous || multiplier > 0 })
}

/// Reads a number as browsers, links and files write it: ASCII digits and a point.
pub fn read_plain(text: &str) -> Option<Decimal> {
    let is_plain = text.len() <= 40 && text.chars().all(|c| c.is_ascii_digit() || c == '.');
    is_plain.then(|| read_digits(text)).flatten()
}

/// ASCII digits and separators only, with sign, multiplier and unit taken off.
fn strip(text: &str) -> Result<(String, Suffix, usize, bool), ParseError> {
    let trimmed = text.trim_matches(is_blank);
    if trimmed.is_empty() {
        return Err(ParseError::Empty);
    }
    if trimmed.chars().count() > MAX_LENGTH {
        let numeric = |c: char| digit(c).is_some() || is_blank(c) || matches!(c, '.' | ',' | '\'');
        return Err(if trimmed.chars().all(numeric) {
            ParseError::TooManyDigits
        } else {
            ParseError::NotANumber
        });
    }
    let mut rest = trimmed;
    let mut negative = false;
    if let Some(after) = rest.strip_prefix(['-', '\u{2212}']) {
        (rest, negative) = (after, true);
    } else if let Some(after) = rest.strip_prefix('+') {
        rest = after;
    }
    let mut suffix = Suffix::None;
    if let Some(before) = rest.strip_suffix(['%', '\u{66a}']) {
        (rest, suffix) = (before, Suffix::Percent);
    } else if let Some(before) = rest.strip_suffix(['x', 'X', '\u{d7}']) {
        (rest, suffix) = (before, Suffix::Times);
    }
    rest = rest.trim_end_matches(is_blank);
    let mut multiplier = 0;
    for (letters, power) in [(['k', 'K'], 3), (['m', 'M'], 6), (['b', 'B'], 9)] {
        if let Some(before) = rest.strip_suffix(letters) {
            (rest, multiplier) = (before, power);
            break;
        }
    }
    let mut body = String::with_capacity(rest.len());
    for c in rest.trim_matches(is_blank).chars() {
        match c {
            _ if is_blank(c) => body.push(' '),
            '\'' | '\u{2019}' | '\u{2bc}' => body.push('\''),
            '.' | ',' => body.push(c),
            // The Arabic signs say themselves which of the two they are.
            '\u{66b}' | '\u{66c}' => body.push(c),
            _ => body.push(digit(c).ok_or(ParseError::NotANumber)?),
        }
    }
    Ok((body, suffix, multiplier, negative))
}

/// Spaces that people and spreadsheets put between digits, and invisible direction marks.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{2060}' | '\u{feff}')
}

/// The zeros of the decimal digits people type: ASCII, Arabic-Indic, Persian, Devanagari, Bengali,
/// Tamil, Thai, full width.
const ZEROS: [char; 8] =
    ['0', '\u{660}', '\u{6f0}', '\u{966}', '\u{9e6}', '\u{be6}', '\u{e50}', '\u{ff10}'];

fn digit(c: char) -> Option<char> {
    ZEROS.iter().find_map(|zero| {
        let offset = u32::from(c).checked_sub(u32::from(*zero))?;
        char::from_digit(offset, 10)
    })
}

/// The digits before and after the decimal sign, and whether another reading was possible.
fn split(body: &str, style: NumberStyle) -> Result<(String, String, bool), ParseError> {
    if let Some((whole, fraction)) = body.split_once('\u{66b}') {
        let group = whole.chars().find(|c| !c.is_ascii_digit());
        return Ok((ungroup(whole, group)?, only_digits(fraction)?, false));
    }
    let mut signs: Vec<char> = body.chars().filter(|c| matches!(c, '.' | ',')).collect();
    let count = signs.len();
    signs.dedup();
    let other = body.chars().find(|c| matches!(c, ' ' | '\'' | '\u{66c}'));
    match signs.as_slice() {
        [] => Ok((ungroup(body, other)?, String::new(), false)),
        // One kind of sign, several times: it groups.
        [sign] if count > 1 => match other {
            None => Ok((ungroup(body, Some(*sign))?, String::new(), false)),
            Some(_) => Err(ParseError::Separators),
        },
        [sign] => {
            let (whole, fraction) = body.split_once(*sign).ok_or(ParseError::Separators)?;
            let thousands = other.is_none()
                && fraction.len() == 3
                && (1..=3).contains(&whole.len())
                && !whole.starts_with('0');
            let groups = thousands && *sign != style.decimal();
            if groups {
                return Ok((format!("{whole}{}", only_digits(fraction)?), String::new(), true));
            }
            // A comma before three digits is read both ways somewhere, whatever the style.
            let ambiguous = thousands && (*sign == ',' || style.group() == *sign);
            Ok((ungroup(whole, other)?, only_digits(fraction)?, ambiguous))
        }
        // Two kinds: the last one begins the decimals, and stands once.
        [group, decimal] if body.matches(*decimal).count() == 1 && other.is_none() => {
            let (whole, fraction) = body.split_once(*decimal).ok_or(ParseError::Separators)?;
            Ok((ungroup(whole, Some(*group))?, only_digits(fraction)?, false))
        }
        _ => Err(ParseError::Separators),
    }
}

/// Digits without their group signs; groups must be of three, or of two before a last three.
fn ungroup(text: &str, group: Option<char>) -> Result<String, ParseError> {
    let Some(group) = group else {
        return only_digits(text);
    };
    let mut parts = text.split(group);
    let first = parts.next().unwrap_or_default();
    let rest: Vec<&str> = parts.collect();
    let Some((last, middle)) = rest.split_last() else {
        return only_digits(text);
    };
    let western = middle.iter().all(|part| part.len() == 3) && first.len() <= 3;
    let indian = middle.iter().all(|part| part.len() == 2) && first.len() <= 2;
    if first.is_empty() || last.len() != 3 || !(western || indian) {
        return Err(ParseError::Separators);
    }
    only_digits(&text.split(group).collect::<String>())
}

fn only_digits(text: &str) -> Result<String, ParseError> {
    if text.chars().all(|c| c.is_ascii_digit()) {
        Ok(text.to_owned())
    } else {
        Err(ParseError::Separators)
    }
}

/// Moves the decimal sign right by `places`.
fn shift(whole: &str, fraction: &str, places: usize) -> (String, String) {
    if places == 0 {
        return (whole.to_owned(), fraction.to_owned());
    }
    let moved: String = fraction.chars().chain(core::iter::repeat('0')).take(places).collect();
    let left: String = fraction.chars().skip(places).collect();
    (format!("{whole}{moved}"), left)
}
