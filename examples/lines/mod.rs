//! The line protocol of the headless commands: a line in, a line out, whatever the line.

use std::io::{self, BufRead, BufReader, ErrorKind, Write};
use std::process::ExitCode;

use margin_calculator::json::MOST_BYTES;

/// Answers standard input on standard output, and says on standard error what `counts` has to say.
pub(crate) fn main<C: Default>(
    answer: impl FnMut(&[u8], &mut C) -> String,
    say: impl FnOnce(&C) -> String,
) -> ExitCode {
    let input = BufReader::with_capacity(1 << 16, io::stdin().lock());
    let mut counts = C::default();
    let ended = run(input, io::BufWriter::new(io::stdout().lock()), &mut counts, answer);
    eprintln!("{}", say(&counts));
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever reads the answers has enough of them.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Writes the answer to each line, a line each.
pub(crate) fn run<C>(
    mut input: BufReader<impl io::Read>,
    mut output: impl Write,
    counts: &mut C,
    mut answer: impl FnMut(&[u8], &mut C) -> String,
) -> io::Result<()> {
    let mut line = Vec::new();
    while next_line(&mut input, &mut line)? {
        output.write_all(answer(&line, counts).as_bytes())?;
        output.write_all(b"\n")?;
        // Whoever sends one line and waits gets its answer at once.
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
