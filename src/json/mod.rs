//! The scenario format: one scenario as JSON text in, one report as JSON text out; and the same
//! backwards, one question in, one solution out.
//!
//! Files, the command `evaluate` and callers in other languages all speak it; `docs/scenario-format.md`
//! describes every key. Numbers are decimal strings on both sides, so that no digit is lost on the
//! way. Reading never fails: what cannot be read becomes a list of problems, each with the path of
//! its field, a code and a sentence, and the same scenario with its keys in another order gives the
//! same report.

mod draft;
mod fees;
mod fields;
mod figure;
mod keys;
mod market;
mod node;
mod number;
mod path;
mod position;
mod problem;
mod question;
mod reasons;
mod rejections;
mod report;
mod request;
mod solve;
mod text;
mod tiers;
mod tree;
mod unreachable;
mod venues;
mod version;

pub use draft::{NotOpened, read_draft, write_draft};
pub use fields::MOST_NAME;
pub use keys::{
    MARKET_KEYS, POSITION_KEYS, QUESTION_KEYS, SCENARIO_KEYS, TIER_KEYS, WISH_KEYS, words_of,
};
pub use problem::{Code, MOST_PROBLEMS};
pub use question::{MOST_TURNS, MOST_TURNS_OF_QUANTITY};
pub use request::{MOST_EDGES, MOST_MARKETS, MOST_POSITIONS, MOST_WORK};
pub use solve::{Solved, solve, solve_bytes, solve_counted};
pub use tiers::MOST_TIERS;
pub use unreachable::REASONS;

use crate::margin::{ComputeError, Width, compute_any_width};
use crate::quantity::Overflow;

use path::Path;
use problem::Problems;
use request::Request;
use text::Fault;
use tree::Tree;

/// How many bytes a scenario or a question may have; a longer one is refused unread.
pub const MOST_BYTES: usize = 1 << 22;

/// A report, and what it took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evaluated {
    /// One line of JSON, without the end of the line.
    pub report: String,
    /// How many problems it lists, those beside an answer included.
    pub problems: usize,
    /// Which numbers the answer took; absent where there is none.
    pub width: Option<Width>,
}

/// The report of a scenario. It never fails: what is wrong stands in the report.
pub fn evaluate(line: &str) -> String {
    evaluate_counted(line).report
}

/// The answer to a value of another language that cannot be written as JSON: one that holds itself,
/// or nothing that JSON has a word for.
pub fn unwritable() -> String {
    let message = format_args!("this cannot be written as JSON: give a plain object");
    Fault::new(Code::NotJson, message).line()
}

/// The answer to what is no text, or text with broken characters, from where text has them.
pub fn unreadable() -> String {
    let message = format_args!("this is no Unicode text: give a string of whole characters");
    Fault::new(Code::NotText, message).line()
}

/// The report of a scenario that may not even be text.
pub fn evaluate_bytes(line: &[u8]) -> Evaluated {
    match text::of_bytes(line, "scenario") {
        Ok(line) => evaluate_counted(line),
        Err(fault) => alone(fault),
    }
}

/// The report of a scenario, with what it took.
pub fn evaluate_counted(line: &str) -> Evaluated {
    let node = match text::tree(line, "scenario") {
        Ok(node) => node,
        Err(fault) => return alone(fault),
    };
    let id = request::id(&node);
    let mut problems = Problems::default();
    let request = request::read(&node, &mut problems);
    let answer = match request {
        Some(request) if !problems.stop() => answer(&request, &mut problems),
        _ => None,
    };
    let (tree, problems, width) = written(id, problems, answer);
    Evaluated { report: tree.line(), problems, width }
}

/// A report as a tree, how many problems it lists, and what it took.
fn written(
    id: Option<String>,
    problems: Problems,
    answer: Option<(Tree, Tree, Width)>,
) -> (Tree, usize, Option<Width>) {
    let problems = problems.finish();
    let count = problems.len();
    match answer {
        Some((account, positions, width)) => {
            (report::answered(id, problems, account, positions), count, Some(width))
        }
        None => (report::refused(id, problems), count, None),
    }
}

/// The account and the positions of a report.
fn answer(request: &Request, problems: &mut Problems) -> Option<(Tree, Tree, Width)> {
    let computed = compute_any_width(&request.scenario).and_then(|(figures, width)| {
        let account = report::account(request, &figures)?;
        let positions = report::positions(request, &figures)?;
        rejections::tell(request, &figures, problems)?;
        Ok((account, positions, width))
    });
    match computed {
        Ok(answer) => Some(answer),
        Err(error) => {
            refuse(error, problems);
            None
        }
    }
}

/// What the calculation cannot answer, as a problem with the field to change.
fn refuse(error: ComputeError, problems: &mut Problems) {
    let positions = Path::Scenario.key("positions");
    match error {
        ComputeError::Overflow | ComputeError::Bent => problems.add(
            &Path::Scenario,
            Code::TooManyDigits,
            format_args!("{Overflow}; the sizes, contract sizes or slopes are beyond any market's"),
        ),
        ComputeError::BeyondTable(index) => problems.add(
            &positions.row(index).key("quantity"),
            Code::InvalidTiers,
            format_args!("the position is larger than the last tier, and no rate is known for it"),
        ),
        ComputeError::UnknownMarket(index) => problems.add(
            &positions.row(index).key("market"),
            Code::UnknownMarket,
            format_args!("this market is not in markets"),
        ),
        ComputeError::LeverageNeeded(index) => problems.add(
            &positions.row(index).key("leverage"),
            Code::Missing,
            format_args!("a position needs leverage: a figure of this one goes by it"),
        ),
    }
}

/// The report of a text with one problem that nothing else can be said of.
fn alone(fault: Fault) -> Evaluated {
    Evaluated { report: fault.line(), problems: 1, width: None }
}
