//! Evaluates scenarios: one a line from standard input, one report a line to standard output.
//!
//! ```text
//! cargo run --release --no-default-features --example evaluate < scenarios.jsonl > reports.jsonl
//! ```
//!
//! Every line gives a report, in order; one that is no scenario gives a report with its problems, a
//! blank one too, so that reports and lines can be laid side by side. The exit status is 0 unless
//! reading or writing itself fails. Counts go to standard error.

use std::io::{self, BufRead, BufReader, ErrorKind, Write};
use std::process::ExitCode;

use margin_calculator::json::{MOST_BYTES, evaluate_bytes};
use margin_calculator::margin::Width;

/// What went through.
#[derive(Default)]
pub(crate) struct Counts {
    pub(crate) lines: usize,
    pub(crate) with_problems: usize,
    pub(crate) wide: usize,
}

fn main() -> ExitCode {
    let input = BufReader::with_capacity(1 << 16, io::stdin().lock());
    let mut counts = Counts::default();
    let ended = run(input, io::BufWriter::new(io::stdout().lock()), &mut counts);
    eprintln!(
        "{} lines, {} of them with problems, {} in numbers wider than 256 bits",
        counts.lines, counts.with_problems, counts.wide
    );
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever reads the reports has enough of them.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

pub(crate) fn run(
    mut input: BufReader<impl io::Read>,
    mut output: impl Write,
    counts: &mut Counts,
) -> io::Result<()> {
    let mut line = Vec::new();
    while next_line(&mut input, &mut line)? {
        let evaluated = evaluate_bytes(&line);
        counts.lines = counts.lines.saturating_add(1);
        let has_problems = 0 < evaluated.problems;
        counts.with_problems = counts.with_problems.saturating_add(usize::from(has_problems));
        let is_wide = evaluated.width == Some(Width::Wide);
        counts.wide = counts.wide.saturating_add(usize::from(is_wide));
        output.write_all(evaluated.report.as_bytes())?;
        output.write_all(b"\n")?;
        // Whoever sends one line and waits gets its report at once.
        if !input.buffer().contains(&b'\n') {
            output.flush()?;
        }
    }
    output.flush()
}

/// Reads the next line without its end; false after the last. Of a line that is too long no more is
/// kept than it takes to see that.
fn next_line(input: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<bool> {
    line.clear();
    let mut is_any = false;
    loop {
        let read = match input.fill_buf() {
            Ok(read) => read,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if read.is_empty() {
            return Ok(is_any);
        }
        is_any = true;
        let end = read.iter().position(|byte| *byte == b'\n');
        let part = read.iter().take(end.unwrap_or(read.len()));
        let room = MOST_BYTES.saturating_add(1).saturating_sub(line.len());
        line.extend(part.take(room));
        let used = end.map_or(read.len(), |end| end.saturating_add(1));
        input.consume(used);
        if end.is_some() {
            return Ok(true);
        }
    }
}
