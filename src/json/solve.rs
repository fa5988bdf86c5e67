//! Working backwards as text: one question in, one solution out.

use crate::margin::{Outcome, Solution, SolveError, Unknown, solve as find, with_unknown};
use crate::quantity::{Exact, Money, Overflow, Rounding};
use crate::scenario::{MarginMode, PositionMargin, Scenario};

use super::figure::written;
use super::path::Path;
use super::problem::{Code, Problems};
use super::question::{self, Asked};
use super::request::{self, Request};
use super::text::{self, Fault};
use super::tree::Tree;
use super::{report, unreachable};

/// A solution, and what became of the question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Solved {
    /// One line of JSON, without the end of the line.
    pub solution: String,
    /// How many problems it lists, those beside an answer included.
    pub problems: usize,
    /// Whether there is a value that meets the wish.
    pub is_found: bool,
}

/// What a value of the unknown is in a scenario, with the report of it.
struct Put {
    value: String,
    field: String,
    becomes: String,
    report: Tree,
}

impl Put {
    /// Its keys, with those between the value and the change.
    fn keys(self, between: Vec<(&'static str, Tree)>) -> Vec<(&'static str, Tree)> {
        let change = vec![("field", Tree::Text(self.field)), ("value", Tree::Text(self.becomes))];
        let mut entries = vec![("value", Tree::Text(self.value))];
        entries.extend(between);
        entries.push(("change", Tree::Object(change)));
        entries.push(("report", self.report));
        entries
    }
}

/// The solution of a question. It never fails: what is wrong stands in the solution.
pub fn solve(line: &str) -> String {
    solve_counted(line).solution
}

/// The solution of a question that may not even be text.
pub fn solve_bytes(line: &[u8]) -> Solved {
    match text::of_bytes(line, "question") {
        Ok(line) => solve_counted(line),
        Err(fault) => alone(fault),
    }
}

/// The solution of a question, with what became of it.
pub fn solve_counted(line: &str) -> Solved {
    let node = match text::tree(line, "question") {
        Ok(node) => node,
        Err(fault) => return alone(fault),
    };
    let id = request::id(&node);
    let mut problems = Problems::default();
    let asked = question::read(&node, &mut problems);
    let answer = match asked {
        Some(asked) if !problems.stop() => answer(&asked, &mut problems),
        _ => None,
    };
    let problems = problems.finish();
    let count = problems.len();
    let is_found = answer.as_ref().is_some_and(|(is_found, _)| *is_found);
    let mut entries = vec![("id", Tree::maybe(id)), ("problems", report::listed(problems))];
    entries.extend(answer.into_iter().flat_map(|(_, entries)| entries));
    Solved { solution: Tree::Object(entries).line(), problems: count, is_found }
}

/// What follows the problems of a solution; nothing where there is one that stops it.
fn answer(asked: &Asked, problems: &mut Problems) -> Option<(bool, Vec<(&'static str, Tree)>)> {
    let place = asked.place;
    let scenario = &asked.request.scenario;
    let solution = find(scenario, place.position, &asked.wish, place.unknown, &asked.step);
    let entries = match solution {
        Ok(Solution::Found { exact, rounding, rounded }) => {
            let put = put(asked, &rounded, problems)?;
            found(put, exact, rounding).map(|entries| (true, entries))
        }
        Ok(Solution::Unreachable { reason, nearest }) => {
            // What comes nearest is left out where the scenario could not state it.
            let nearest =
                nearest.and_then(|nearest| put(asked, &nearest, &mut Problems::default()));
            unreachable::sentence(asked, &reason).map(|sentence| {
                let reason = vec![
                    ("code", Tree::text(unreachable::code(&reason))),
                    ("message", Tree::Text(sentence)),
                ];
                let nearest = nearest.map(|put| Tree::Object(put.keys(Vec::new())));
                let entries = vec![
                    ("state", Tree::text("unreachable")),
                    ("reason", Tree::Object(reason)),
                    ("nearest", nearest.unwrap_or(Tree::Null)),
                ];
                (false, entries)
            })
        }
        Err(error) => {
            refuse(error, problems);
            return None;
        }
    };
    match entries {
        Ok(entries) => Some(entries),
        Err(overflow) => {
            refuse(SolveError::Compute(overflow.into()), problems);
            None
        }
    }
}

fn found(
    put: Put,
    exact: Option<Exact>,
    rounding: Option<Rounding>,
) -> Result<Vec<(&'static str, Tree)>, Overflow> {
    let exact = exact.map(|exact| written(&exact)).transpose()?;
    let rounding = match rounding {
        None | Some(Rounding::HalfEven) => "none",
        Some(Rounding::Floor) => "down",
        Some(Rounding::Ceiling) => "up",
    };
    let between = vec![("exact", Tree::maybe(exact)), ("rounding", Tree::text(rounding))];
    let mut entries = vec![("state", Tree::text("found"))];
    entries.extend(put.keys(between));
    Ok(entries)
}

/// The scenario with a value put in, and its report: the one that [`evaluate`](super::evaluate) gives
/// of a scenario that says so.
fn put(asked: &Asked, outcome: &Outcome, problems: &mut Problems) -> Option<Put> {
    let place = asked.place;
    let (field, range) = place.changed(&asked.request);
    let changed =
        with_unknown(&asked.request.scenario, place.position, place.unknown, &outcome.value);
    let text = |value: Result<Exact, Overflow>| value.and_then(|value| written(&value)).ok();
    let (Ok(scenario), Some(value)) = (changed, text(Ok(outcome.value))) else {
        refuse(SolveError::Compute(Overflow.into()), problems);
        return None;
    };
    let becomes = text(now(&scenario, asked).ok_or(Overflow))?;
    if !question::takes(&range, &becomes) {
        problems.add(
            &Path::Scenario.key("scenario"),
            Code::OutOfRange,
            format_args!("{field} would become {becomes}; accepted is {}", range.sentence),
        );
        return None;
    }
    let request = Request {
        scenario,
        venues: asked.request.venues.clone(),
        coins: asked.request.coins.clone(),
    };
    let mut told = asked.told.clone();
    let answer = super::answer(&request, &mut told);
    if answer.is_none() {
        problems.absorb(&told, "scenario");
        return None;
    }
    let (report, ..) = super::written(asked.id.clone(), told, answer);
    Some(Put { value, field, becomes, report })
}

/// What stands in the changed field.
fn now(scenario: &Scenario, asked: &Asked) -> Option<Exact> {
    let position = scenario.positions.get(asked.place.position)?;
    let money = |money: &Money| *money.exact();
    Some(match (asked.place.unknown, &scenario.margin_mode, &position.margin) {
        (Unknown::Leverage, ..) => *position.leverage.as_ref()?.exact(),
        (Unknown::Quantity, ..) => *position.quantity.exact(),
        (Unknown::EntryPrice, ..) => *position.entry_price.exact(),
        (Unknown::AddedMargin, MarginMode::Cross { wallet_balance }, _) => money(wallet_balance),
        (Unknown::AddedMargin, _, PositionMargin::Assigned(margin)) => money(margin),
        (Unknown::AddedMargin, _, PositionMargin::InitialPlus(added)) => money(added),
    })
}

/// What the calculation cannot answer, as a problem with the field to change.
fn refuse(error: SolveError, problems: &mut Problems) {
    let root = Path::Scenario;
    let mut told = Problems::default();
    match error {
        SolveError::Compute(error) => {
            super::refuse(error, &mut told);
            problems.absorb(&told, "scenario");
        }
        // The reader lets none of these pass.
        SolveError::NoSuchPosition(position) => problems.add(
            &root.key("unknown"),
            Code::OutOfRange,
            format_args!("there is no positions[{position}]"),
        ),
        SolveError::PriceNotAboveZero
        | SolveError::BufferOutOfRange
        | SolveError::LossNotAboveZero => problems.add(
            &root.key("wish"),
            Code::OutOfRange,
            format_args!("a price or a loss is above 0, and a buffer from 0 to below 1"),
        ),
        SolveError::StepNotAboveZero => {
            problems.add(&root.key("step"), Code::OutOfRange, format_args!("a step is above 0"))
        }
    }
}

/// The solution of a text with one problem that nothing else can be said of.
fn alone(fault: Fault) -> Solved {
    Solved { solution: fault.line(), problems: 1, is_found: false }
}
