//! The key figures.

use crate::words::{Figure, figures};

use super::gauge::gauge;
use super::view::Outcome;
use super::write::Writes;

pub(super) fn write(list: &mut Writes, outcome: &Outcome) {
    let figures = figures(&outcome.answer);
    list.class("figures", "stale", outcome.is_stale());
    let rows: [([&'static str; 3], &Figure); 6] = [
        (["fig-initial", "fig-initial-unit", "fig-initial-note"], &figures.initial_margin),
        (
            ["fig-maintenance", "fig-maintenance-unit", "fig-maintenance-note"],
            &figures.maintenance_margin,
        ),
        (["fig-call", "fig-call-unit", "fig-call-note"], &figures.margin_call),
        (["fig-bankruptcy", "fig-bankruptcy-unit", "fig-bankruptcy-note"], &figures.bankruptcy),
        (["fig-distance", "fig-distance-unit", "fig-distance-note"], &figures.distance),
        (["fig-pnl", "fig-pnl-unit", "fig-pnl-note"], &figures.profit),
    ];
    for ([value, unit, note], figure) in rows {
        list.text(value, &figure.value);
        list.text(unit, figure.unit);
        list.text(note, &figure.note);
    }
    let ratio = &figures.margin_ratio;
    list.text("fig-ratio", &ratio.value);
    list.text("fig-ratio-note", &ratio.note);
    let percent = figures.gauge.checked_div(10).unwrap_or(0);
    list.attribute("gauge", "aria-valuenow", &percent.to_string());
    list.attribute("gauge", "aria-valuetext", &ratio.value);
    list.markup("gauge", gauge(figures.gauge, figures.warning, &figures.warning_text));
}
