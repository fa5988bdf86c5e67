//! Evaluates scenarios: one a line from standard input, one report a line to standard output.
//!
//! ```text
//! cargo run --release --no-default-features --example evaluate < scenarios.jsonl > reports.jsonl
//! ```
//!
//! Every line gives a report, in order; one that is no scenario gives a report with its problems, a
//! blank one too, so that reports and lines can be laid side by side. The exit status is 0 unless
//! reading or writing itself fails. Counts go to standard error.

pub(crate) mod lines;

use std::process::ExitCode;

use margin_calculator::json::evaluate_bytes;
use margin_calculator::margin::Width;

/// What went through.
#[derive(Default)]
pub(crate) struct Counts {
    pub(crate) lines: usize,
    pub(crate) with_problems: usize,
    pub(crate) wide: usize,
}

fn main() -> ExitCode {
    lines::main(answer, |Counts { lines, with_problems, wide }| {
        format!(
            "{lines} lines, {with_problems} of them with problems, {wide} in numbers wider than \
             256 bits"
        )
    })
}

/// The report of a line.
pub(crate) fn answer(line: &[u8], counts: &mut Counts) -> String {
    let evaluated = evaluate_bytes(line);
    counts.lines = counts.lines.saturating_add(1);
    let has_problems = 0 < evaluated.problems;
    counts.with_problems = counts.with_problems.saturating_add(usize::from(has_problems));
    let is_wide = evaluated.width == Some(Width::Wide);
    counts.wide = counts.wide.saturating_add(usize::from(is_wide));
    evaluated.report
}
