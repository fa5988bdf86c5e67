//! A number that a reader types in a chapter: kept as typed, read by the page's number style, and what is
//! wrong with it in a sentence.

use crate::quantity::{Exact, Rounding};
use crate::text::{NumberStyle, ParseError, Suffix, parse, shortest};

/// Decimals with which a number is written anew; more than any of these fields needs.
const PLACES: u32 = 12;

/// A number as it stands in its field, with the last one that could be used.
#[derive(Clone, Debug)]
pub struct NumberField {
    text: String,
    /// How numbers were written when it was typed.
    style: NumberStyle,
    good: Exact,
    least: Exact,
    most: Exact,
}

impl NumberField {
    /// A field that holds a number, which is at least `least` and at most `most`.
    pub fn new(value: Exact, least: i64, most: i64) -> Self {
        let mut field = Self {
            text: String::new(),
            style: NumberStyle::default(),
            good: value,
            least: Exact::from_integer(least),
            most: Exact::from_integer(most),
        };
        field.text = field.written(&value, field.style);
        field
    }

    /// The reader has typed.
    pub fn type_in(&mut self, text: &str, style: NumberStyle) {
        text.clone_into(&mut self.text);
        self.style = style;
        if let Ok(value) = self.read() {
            self.good = value;
        }
    }

    /// A slider has been moved: the number is this, unless it is out of range.
    pub fn put(&mut self, value: Exact, style: NumberStyle) {
        let text = self.written(&value, style);
        self.type_in(&text, style);
    }

    /// The field has been left: what can be read is written in the reader's style.
    pub fn leave(&mut self) {
        if self.read().is_ok() {
            self.text = self.written(&self.good, self.style);
        }
    }

    /// The last number that could be used.
    pub const fn value(&self) -> &Exact {
        &self.good
    }

    /// The same in whole hundredths, for a slider.
    pub fn hundredths(&self) -> String {
        let hundredths = self.good.times(&Exact::from_integer(100));
        hundredths
            .and_then(|it| it.round(0, Rounding::HalfEven))
            .map_or_else(|_| String::new(), |it| it.to_string())
    }

    /// What stands in the field.
    pub fn text(&self, style: NumberStyle) -> String {
        if style == self.style || self.read().is_err() {
            return self.text.clone();
        }
        self.written(&self.good, style)
    }

    /// What is wrong with it, what is accepted and what is used meanwhile; absent if nothing is.
    pub fn problem(&self, style: NumberStyle) -> Option<String> {
        let still = format!("Still using {}.", self.written(&self.good, style));
        let text = match self.read().err()? {
            Fault::Unreadable => format!("Not a number. {still}"),
            Fault::Low => format!("At least {}. {still}", self.written(&self.least, style)),
            Fault::High => format!("At most {}. {still}", self.written(&self.most, style)),
        };
        Some(text)
    }

    fn read(&self) -> Result<Exact, Fault> {
        let parsed = parse(&self.text, self.style).map_err(|_: ParseError| Fault::Unreadable)?;
        if parsed.suffix == Suffix::Percent {
            return Err(Fault::Unreadable);
        }
        let value = Exact::from_decimal(parsed.value);
        match (self.least.is_at_most(&value), value.is_at_most(&self.most)) {
            (Ok(true), Ok(true)) => Ok(value),
            (Ok(false), _) => Err(Fault::Low),
            _ => Err(Fault::High),
        }
    }

    fn written(&self, value: &Exact, style: NumberStyle) -> String {
        shortest(value, PLACES, style).ok().flatten().unwrap_or_default()
    }
}

enum Fault {
    Unreadable,
    Low,
    High,
}
