//! What `cargo xtask bench` times: reports of one position at 64 mark prices.
//!
//! The exported functions speak plain numbers, so that no glue code is timed with them.

pub mod accounts;
pub mod cases;
pub mod logs;
pub mod ticks;
pub mod written;

use margin_calculator::margin::{MarginRatio, PositionReport, compute};
use margin_calculator::quantity::{Overflow, Price, Rounding};
use margin_calculator::scenario::{FieldId, Preset, Scenario, read};
use margin_calculator::venue::catalog;
use std::fmt::Write;
use std::hint::black_box;
use std::sync::OnceLock;

/// How many mark prices take turns, so that no single answer can be remembered.
pub const MARKS: u32 = 64;

/// Computes that many reports and returns how many of them have a liquidation price.
#[unsafe(no_mangle)]
pub extern "C" fn reports(times: u32) -> u32 {
    let scenarios = scenarios();
    let mut turn = scenarios.iter().cycle();
    let mut priced = 0;
    for _ in 0..times {
        let Some(scenario) = turn.next() else { break };
        if let Ok(report) = compute(black_box(scenario)) {
            let first = black_box(&report).positions.first();
            priced += u32::from(first.is_some_and(|one| one.liquidation.crossing().is_some()));
        }
    }
    priced
}

/// Where the text of [`figures`] begins in memory.
#[unsafe(no_mangle)]
pub extern "C" fn figures_start() -> *const u8 {
    figures().as_ptr()
}

/// How many bytes the text of [`figures`] has.
#[unsafe(no_mangle)]
pub extern "C" fn figures_length() -> usize {
    figures().len()
}

/// One line for each mark price: liquidation, margin call and bankruptcy price and margin ratio.
///
/// The benchmark compares them with what the other library gets: only equal sums are timed.
pub fn figures() -> &'static str {
    static FIGURES: OnceLock<String> = OnceLock::new();
    FIGURES.get_or_init(|| {
        let mut text = String::new();
        for scenario in scenarios() {
            let report = compute(scenario).ok();
            let line = report.and_then(|report| line(report.positions.first()?));
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{}", line.unwrap_or_default());
        }
        text
    })
}

fn line(report: &PositionReport) -> Option<String> {
    let text = |price: &Price| in_digits(price.round(2, Rounding::HalfEven));
    let MarginRatio::Of(ratio) = report.margin_ratio else {
        return None;
    };
    Some(format!(
        "{} {} {} {}",
        text(&report.liquidation.crossing()?.price)?,
        text(&report.margin_call.crossing()?.price)?,
        text(&report.bankruptcy_price?.price)?,
        in_digits(ratio.round(12, Rounding::HalfEven))?,
    ))
}

fn in_digits(rounded: Result<impl ToString, Overflow>) -> Option<String> {
    rounded.ok().map(|value| value.to_string())
}

/// A ZEC position, whose ten tiers are steep, with its mark from 500 to 531.5.
fn scenarios() -> &'static [Scenario] {
    static SCENARIOS: OnceLock<Vec<Scenario>> = OnceLock::new();
    SCENARIOS.get_or_init(|| {
        let Ok(catalog) = catalog() else {
            return Vec::new();
        };
        let at_mark = |step: u32| {
            let mut draft = Preset::SteepTiers.draft();
            let fraction = if step.is_multiple_of(2) { "0" } else { "5" };
            draft.set(FieldId::MarkPrice, format!("{}.{fraction}", 500 + step / 2));
            read(&draft, catalog).scenario
        };
        (0..MARKS).filter_map(at_mark).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::{MARKS, figures, reports};

    #[test]
    fn every_mark_has_its_figures() {
        assert_eq!(reports(2 * MARKS), 2 * MARKS);
        assert_eq!(figures().lines().filter(|line| line.split(' ').count() == 4).count(), 64);
    }
}
