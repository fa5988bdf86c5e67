//! The chapters: why this number, the tiers, settings and limits.

use crate::picture::table;
use crate::text::{NumberStyle, grouped};
use crate::words::{month, tier_lines, tier_peek, tier_unit, working};

use super::view::{Outcome, View};
use super::write::Writes;

pub(super) fn write(list: &mut Writes, outcome: &Outcome, view: &View) {
    let answer = &outcome.answer;
    let working = working(answer);
    list.text("why-peek", &working.peek);
    list.class("steps", "stale", outcome.is_stale());
    if view.working_open {
        let mut steps = String::new();
        for step in &working.steps {
            steps.push_str(&format!(
                "<li><p>{}</p><div class=\"m\">{}<span class=\"verdict\">{}</span></div></li>",
                step.words, step.formulas, step.verdict
            ));
        }
        list.markup("steps", steps);
    }
    list.flag("picture-table", "hidden", !view.table_shown);
    list.attribute("show-table", "aria-expanded", &view.table_shown.to_string());
    let words = if view.table_shown { "Hide the table" } else { "Show the picture as a table" };
    list.text("show-table", words);
    if view.table_shown {
        list.markup("picture-rows", picture_rows(outcome, view));
    }
    list.text("tiers-peek", &tier_peek(answer));
    if view.tiers_open {
        list.text("tiers-unit", &tier_unit(answer));
        list.markup("tier-rows", tier_rows(outcome));
        list.text("tiers-source", &tiers_source(outcome));
    }
    list.text("settings-peek", &format!("numbers as {}", sample(outcome.draft.numbers)));
}

fn picture_rows(outcome: &Outcome, view: &View) -> String {
    let mut rows = String::new();
    for row in table(&outcome.answer, &view.range).unwrap_or_default() {
        let class = if row.what.is_empty() { "" } else { " class=\"on\"" };
        rows.push_str(&format!(
            "<tr{class}><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td>{}</td><td class=\"l\">{}</td></tr>",
            row.price, row.have, row.need, row.ratio, row.what
        ));
    }
    rows
}

fn tier_rows(outcome: &Outcome) -> String {
    let mut rows = String::new();
    for line in tier_lines(&outcome.answer) {
        let place = match (line.is_now, line.is_closing) {
            (true, true) => "now and when closed",
            (true, false) => "now",
            (false, true) => "when closed",
            (false, false) => "",
        };
        let class = if place.is_empty() { "" } else { " class=\"on\"" };
        rows.push_str(&format!(
            "<tr{class}><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td class=\"l\">{place}</td></tr>",
            line.number, line.range, line.rate, line.amount, line.max_leverage
        ));
    }
    rows
}

/// Where the tiers come from and when they held.
fn tiers_source(outcome: &Outcome) -> String {
    let answer = &outcome.answer;
    match &answer.table {
        None => "One rate typed by you; it belongs to no venue.".into(),
        Some(table) => format!(
            "{}, {} tiers of {}. Source: {}. {}",
            answer.listing.symbol,
            table.name,
            month(&table.source.as_of),
            table.source.origin,
            table.note
        )
        .trim_end()
        .to_owned(),
    }
}

/// A number in a style, to choose by.
fn sample(style: NumberStyle) -> String {
    grouped(rust_decimal::Decimal::new(260_000_000, 2), style)
}
