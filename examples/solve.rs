//! Works backwards: one question a line from standard input, one solution a line to standard output.
//!
//! ```text
//! cargo run --release --no-default-features --example solve < questions.jsonl > solutions.jsonl
//! ```
//!
//! Lines, order and exit status are those of the example `evaluate`.

pub(crate) mod lines;

use std::process::ExitCode;

use margin_calculator::json::solve_bytes;

/// What went through.
#[derive(Default)]
pub(crate) struct Counts {
    pub(crate) lines: usize,
    pub(crate) with_problems: usize,
    pub(crate) found: usize,
}

fn main() -> ExitCode {
    lines::main(answer, |Counts { lines, with_problems, found }| {
        format!("{lines} lines, {with_problems} of them with problems, {found} with a value found")
    })
}

/// The solution of a line.
pub(crate) fn answer(line: &[u8], counts: &mut Counts) -> String {
    let solved = solve_bytes(line);
    counts.lines = counts.lines.saturating_add(1);
    let has_problems = 0 < solved.problems;
    counts.with_problems = counts.with_problems.saturating_add(usize::from(has_problems));
    counts.found = counts.found.saturating_add(usize::from(solved.is_found));
    solved.solution
}
