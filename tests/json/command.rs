//! The command: a line in, a line out, whatever the line.

use std::io::{self, BufReader, Read, Write};

use margin_calculator::json::{MOST_BYTES, evaluate, solve};
use serde_json::Value;

use crate::support::{ONE_RATE, isolated};

#[expect(dead_code, reason = "the example is a program of its own")]
#[path = "../../examples/evaluate.rs"]
mod program;

#[expect(dead_code, reason = "the example is a program of its own")]
#[path = "../../examples/solve.rs"]
mod backwards;

const POSITION: &str = r#""side":"long","quantity":"1","entry_price":"100","leverage":"10""#;

fn scenario(id: &str) -> String {
    isolated(ONE_RATE, POSITION).replacen('{', &format!("{{\"id\":\"{id}\","), 1)
}

fn run(input: &[u8]) -> (Vec<String>, [usize; 3]) {
    let mut output = Vec::new();
    let mut counts = program::Counts::default();
    let input = BufReader::with_capacity(7, input);
    program::lines::run(input, &mut output, &mut counts, program::answer).unwrap();
    let text = String::from_utf8(output).unwrap();
    assert!(text.is_empty() || text.ends_with('\n'));
    let lines = text.lines().map(str::to_owned).collect();
    (lines, [counts.lines, counts.with_problems, counts.wide])
}

fn ids(lines: &[String]) -> Vec<Value> {
    lines.iter().map(|line| serde_json::from_str::<Value>(line).unwrap()["id"].take()).collect()
}

#[test]
fn garbage_between_two_scenarios() {
    let input = format!("{}\n}}garbage{{\n{}\n", scenario("first"), scenario("last"));
    let (lines, counts) = run(input.as_bytes());
    assert_eq!(ids(&lines), [Value::from("first"), Value::Null, Value::from("last")]);
    assert_eq!(lines, input.lines().map(evaluate).collect::<Vec<_>>());
    assert_eq!(counts, [3, 1, 0]);
}

#[test]
fn every_line_has_its_report() {
    let mut input = format!("\n{}\r\n \n", scenario("a")).into_bytes();
    input.extend(b"\xff\xfe\n");
    input.extend(vec![b'['; 3 * MOST_BYTES]);
    input.push(b'\n');
    // The last line without an end.
    input.extend(scenario("b").as_bytes());
    let (lines, counts) = run(&input);
    let null = Value::Null;
    let expected = [null.clone(), "a".into(), null.clone(), null.clone(), null, "b".into()];
    assert_eq!(ids(&lines), expected);
    assert_eq!(counts, [6, 4, 0]);
    let codes: Vec<Value> = lines
        .iter()
        .map(|line| {
            serde_json::from_str::<Value>(line).unwrap()["problems"]
                .get(0)
                .map_or(Value::Null, |row| row["code"].clone())
        })
        .collect();
    let none = Value::Null;
    let expected = [
        "not_json".into(),
        none.clone(),
        "not_json".into(),
        "not_text".into(),
        "too_long".into(),
        none,
    ];
    assert_eq!(codes, expected);
    assert_eq!(run(b"").1, [0, 0, 0]);
    assert_eq!(run(b"\n").1, [1, 1, 0]);
}

/// Gives one line and then waits until it sees a report.
struct Patient<'a> {
    line: Option<Vec<u8>>,
    seen: &'a std::cell::Cell<usize>,
}

impl Read for Patient<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.line.take() {
            Some(line) => {
                buffer[..line.len()].copy_from_slice(&line);
                Ok(line.len())
            }
            None => {
                assert!(0 < self.seen.get(), "nothing was flushed before more was asked for");
                Ok(0)
            }
        }
    }
}

struct Watched<'a>(&'a std::cell::Cell<usize>);

impl Write for Watched<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.set(self.0.get() + 1);
        Ok(())
    }
}

#[test]
fn a_report_does_not_wait_for_the_next_scenario() {
    let seen = std::cell::Cell::new(0);
    let line = Some(format!("{}\n", scenario("a")).into_bytes());
    let input = BufReader::new(Patient { line, seen: &seen });
    let mut counts = program::Counts::default();
    program::lines::run(input, Watched(&seen), &mut counts, program::answer).unwrap();
}

#[test]
fn questions_go_through_in_the_same_way() {
    let wish = r#""liquidation_price":"95""#;
    let question = crate::asked::about(&scenario("a"), "leverage", wish, "0.1");
    let beyond = question.replace(r#""95""#, r#""195""#);
    let input = format!("{question}\ngarbage\n\n{beyond}");
    let mut output = Vec::new();
    let mut counts = backwards::Counts::default();
    backwards::lines::run(
        BufReader::new(input.as_bytes()),
        &mut output,
        &mut counts,
        backwards::answer,
    )
    .unwrap();
    let lines: Vec<String> =
        String::from_utf8(output).unwrap().lines().map(str::to_owned).collect();
    assert_eq!(lines, input.split('\n').map(solve).collect::<Vec<_>>());
    assert_eq!((counts.lines, counts.with_problems, counts.found), (4, 2, 1));
}
