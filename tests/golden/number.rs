//! Arithmetic as rows write it: `9.9995625 - 0.0613`, `1 / ( 0.02 + 0.00005 x 25 )`.
//!
//! Signs and brackets stand between spaces. `x` and `/` go before `+` and `-`, from the left.

use std::iter::Peekable;
use std::str::SplitWhitespace;

use margin_calculator::quantity::Exact;
use rust_decimal::Decimal;

/// A number of any length, digit for digit; absent if the text is none.
pub(crate) fn literal(text: &str) -> Option<Exact> {
    let (negative, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let mut value = None;
    for digit in text.chars().filter(|c| *c != '.') {
        let digit = Exact::from_integer(digit.to_digit(10)?.into());
        let so_far = value.unwrap_or(Exact::ZERO);
        value = Some(so_far.times(&Exact::from_integer(10)).unwrap().plus(&digit).unwrap());
    }
    let places = text.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let mut value = value?;
    for _ in 0..places {
        value = value.times(&Exact::from_decimal(Decimal::new(1, 1))).unwrap();
    }
    Some(if negative { value.negated() } else { value })
}

/// What numbers alone come to.
pub(crate) fn evaluate(text: &str) -> Exact {
    evaluate_with(text, &|_| None).unwrap()
}

/// What a text comes to where words are figures; absent if a figure is.
pub(crate) fn evaluate_with(text: &str, figure: &dyn Fn(&str) -> Option<Exact>) -> Option<Exact> {
    let mut tokens = text.split_whitespace().peekable();
    let value = sum(&mut tokens, figure)?;
    assert_eq!(tokens.next(), None, "{text} does not end there");
    Some(value)
}

type Tokens<'a> = Peekable<SplitWhitespace<'a>>;
type Figure<'a> = &'a dyn Fn(&str) -> Option<Exact>;

fn sum(tokens: &mut Tokens<'_>, figure: Figure<'_>) -> Option<Exact> {
    let mut value = product(tokens, figure)?;
    while let Some(sign) = tokens.next_if(|token| matches!(*token, "+" | "-")) {
        let next = product(tokens, figure)?;
        value = if sign == "+" { value.plus(&next) } else { value.minus(&next) }.unwrap();
    }
    Some(value)
}

fn product(tokens: &mut Tokens<'_>, figure: Figure<'_>) -> Option<Exact> {
    let mut value = one(tokens, figure)?;
    while let Some(sign) = tokens.next_if(|token| matches!(*token, "x" | "/")) {
        let next = one(tokens, figure)?;
        value = if sign == "x" { value.times(&next) } else { value.over(&next) }.unwrap();
    }
    Some(value)
}

fn one(tokens: &mut Tokens<'_>, figure: Figure<'_>) -> Option<Exact> {
    match tokens.next().unwrap() {
        "(" => {
            let value = sum(tokens, figure);
            assert_eq!(tokens.next(), Some(")"));
            value
        }
        text if text.starts_with(|c: char| c.is_ascii_alphabetic()) => figure(text),
        text => Some(literal(text).unwrap_or_else(|| panic!("{text} is no number"))),
    }
}
