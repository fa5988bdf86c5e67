//! The answer in forms that a reader takes along: one sentence, and rows of figures.

use crate::text::NumberStyle;

use super::answer::Answer;
use super::figures::{Figure, figures, tier_peek};
use super::pen::{Pen, THIN};
use super::sentence::{assumptions, sentence};

/// The whole answer as prose, in the reader's number style.
pub fn whole_sentence(answer: &Answer) -> String {
    let pen = Pen::new(answer);
    let said = sentence(answer);
    let side = answer.position.side.name();
    let mark = if said.names_mark_price { "mark price" } else { "" };
    let reason = if said.reason.is_empty() { String::new() } else { format!(" {}", said.reason) };
    format!(
        "A {side} position of {} {} opened at {} with {}\u{d7} leverage{}{mark}{}{}{}{reason} {}",
        pen.short(answer.position.quantity.exact(), 12),
        answer.draft.coin,
        pen.price(&answer.position.entry_price),
        pen.leverage(&answer.leverage),
        said.before,
        said.between,
        said.answer,
        said.after,
        assumptions(answer),
    )
}

/// A figure for a spreadsheet: its name, its number, its unit, and how it comes about.
pub type Row = [String; 4];

/// Every input and key figure: numbers as plain ASCII with a point, whatever the reader's style.
pub fn rows(answer: &Answer) -> Vec<Row> {
    let mut plain = answer.clone();
    plain.draft.restyle(NumberStyle::default());
    let answer = &plain;
    let pen = Pen::new(answer);
    let row = |name: &str, value: String, unit: &str, note: &str| {
        [name.to_owned(), ascii(&value), unit.to_owned(), ascii(note)]
    };
    let shown = |name, figure: &Figure| match figure.value.strip_suffix('%') {
        Some(percent) => row(name, percent.trim_end_matches(THIN).to_owned(), "%", &figure.note),
        None => row(name, figure.value.clone(), figure.unit, &figure.note),
    };
    let figures = figures(answer);
    let closing = match answer.report.liquidation.crossing() {
        Some(crossing) => row("Liquidation price", pen.price(&crossing.price), "USDT", ""),
        None => row("Liquidation price", sentence(answer).answer, "", ""),
    };
    let table = assumptions(answer);
    vec![
        row("Market", answer.listing.symbol.to_owned(), "", &table),
        row("Direction", answer.position.side.name().to_owned(), "", ""),
        row("Size", pen.short(answer.position.quantity.exact(), 12), answer.draft.coin, ""),
        row("Entry price", pen.price(&answer.position.entry_price), "USDT", ""),
        row("Leverage", pen.leverage(&answer.leverage), "times", ""),
        row("Mark price", pen.price(&answer.market.mark_price), "USDT", ""),
        closing,
        shown("Distance to liquidation", &figures.distance),
        shown("Initial margin", &figures.initial_margin),
        shown("Maintenance margin now", &figures.maintenance_margin),
        shown("Margin ratio", &figures.margin_ratio),
        shown("Margin call at", &figures.margin_call),
        shown("Bankruptcy price", &figures.bankruptcy),
        shown("Profit or loss at the mark", &figures.profit),
        row("Tier", tier_peek(answer), "", ""),
    ]
}

/// Without the signs of fine typesetting, which a spreadsheet takes for text.
fn ascii(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(sign) = rest.next() {
        match sign {
            // Between the digits of a number it groups; before a percent sign it is a space.
            THIN if rest.peek().is_some_and(char::is_ascii_digit) => {}
            THIN => plain.push(' '),
            '\u{2212}' => plain.push('-'),
            '\u{f7}' => plain.push('/'),
            '\u{d7}' => plain.push('x'),
            '\u{2013}' => plain.push('-'),
            '\u{2019}' => plain.push('\''),
            other => plain.push(other),
        }
    }
    plain
}
