//! The chosen formula with the reader's numbers, as MathML, at the first moment of the minute.

use crate::quantity::{Exact, Overflow, Price};
use crate::venue::MarkPart;
use crate::words::math::{equals, formula, fraction, number, row, sign};

use super::Minute;
use super::chart::part_name;

/// Words in a formula.
fn words(text: &str) -> String {
    format!("<mtext>{text}</mtext>")
}

struct Writer<'m, 'a> {
    minute: &'m Minute<'a>,
}

impl Writer<'_, '_> {
    fn plain(&self, value: &Exact) -> String {
        number(&self.minute.pen.short(value, 10))
    }

    /// `= 97.00`, or `≈` where more digits would follow.
    fn result(&self, price: &Price) -> String {
        let places = self.minute.answer.listing.tick_places;
        let is_exact = price.exact().decimals(places).is_some();
        let text = self.minute.pen.near_price(price);
        [equals(is_exact), number(&text)].concat()
    }

    fn funding(&self, price: &Price) -> Result<String, Overflow> {
        let funding = &self.minute.funding;
        let hour = Exact::from_integer(3600);
        let index = &self.minute.start.index;
        let rate = self.minute.pen.rate(funding.rate.exact());
        Ok([
            formula(&[
                words(part_name(MarkPart::Funding)),
                equals(true),
                words("index"),
                sign("\u{d7}"),
                sign("("),
                number("1"),
                sign("+"),
                words("funding rate"),
                sign("\u{d7}"),
                fraction(&words("time left"), &words("interval")),
                sign(")"),
            ]),
            formula(&[
                equals(true),
                number(&self.minute.pen.price(index)),
                sign("\u{d7}"),
                sign("("),
                number("1"),
                sign("+"),
                number(&rate),
                sign("\u{d7}"),
                fraction(
                    &row(&[self.plain(&funding.to_next.over(&hour)?), words("\u{202f}h")]),
                    &row(&[self.plain(&funding.interval.over(&hour)?), words("\u{202f}h")]),
                ),
                sign(")"),
                self.result(price),
            ]),
        ]
        .concat())
    }

    fn basis(&self, price: &Price) -> Result<String, Overflow> {
        let start = &self.minute.start;
        let gap = start.mid.exact().minus(start.index.exact())?;
        let operator = if gap.is_negative() { "\u{2212}" } else { "+" };
        Ok([
            formula(&[
                words(part_name(MarkPart::Basis)),
                equals(true),
                words("index"),
                sign("+"),
                words("average of (book \u{2212} index)"),
            ]),
            formula(&[
                equals(true),
                number(&self.minute.pen.price(&start.index)),
                sign(operator),
                self.plain(&gap.magnitude()),
                self.result(price),
            ]),
        ]
        .concat())
    }
}

/// Every part that needs working out, then the median.
pub(super) fn formulas(minute: &Minute<'_>) -> Result<String, Overflow> {
    let Some((_, quote)) = minute.played.steps.first() else {
        return Ok(String::new());
    };
    let writer = Writer { minute };
    let mut lines = Vec::new();
    for (part, price) in &quote.parts {
        match part {
            MarkPart::Funding => lines.push(writer.funding(price)?),
            MarkPart::Basis => lines.push(writer.basis(price)?),
            MarkPart::Last | MarkPart::BookAndLast | MarkPart::Others => {}
        }
    }
    let listed = |item: &dyn Fn(&(MarkPart, Price)) -> String| {
        let items: Vec<String> = quote.parts.iter().map(item).collect();
        [sign("("), items.join(&sign(",")), sign(")")].concat()
    };
    let names = listed(&|(part, _)| words(part_name(*part)));
    if quote.parts.len() > 1 {
        let numbers = listed(&|(_, price)| number(&minute.pen.near_price(price)));
        lines.push(
            [
                formula(&[words("mark"), equals(true), words("median of\u{a0}"), names]),
                formula(&[
                    equals(true),
                    words("median of\u{a0}"),
                    numbers,
                    writer.result(&quote.mark),
                ]),
            ]
            .concat(),
        );
    } else {
        let only = quote.parts.first().map_or("", |(part, _)| part_name(*part));
        lines.push(formula(&[
            words("mark"),
            equals(true),
            words(only),
            writer.result(&quote.mark),
        ]));
    }
    let lines: Vec<String> =
        lines.iter().map(|line| format!("<div class=\"m\">{line}</div>")).collect();
    Ok(lines.concat())
}
