//! Working backwards: what is found really closes the position where it was wanted, nothing comes
//! nearer, and what cannot be reached really cannot.
//!
//! `LONG_TESTS=1` asks twenty times as many random questions.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

#[path = "solve/generate.rs"]
mod generate;
#[path = "solve/judge.rs"]
mod judge;
#[expect(dead_code, reason = "the oracle uses the rest")]
#[path = "oracle/number.rs"]
mod number;

use std::cmp::Ordering;
use std::collections::BTreeMap;

use generate::asked;
use judge::{Asked, Standing, at_the_mark, is_nearer, of_report, standing};
use margin_calculator::margin::{ComputeError, Reason, Solution, SolveError, Unknown, Wish, solve};
use margin_calculator::quantity::{Exact, Rounding};
use number::{Random, compare};

/// The values that are tried one by one, rising, with what they make of the wish.
fn tried(asked: &Asked) -> Vec<(Exact, Standing)> {
    let (first, count) = match asked.unknown {
        Unknown::Leverage => (Exact::ONE, 60),
        Unknown::Quantity => (asked.step, 50),
        Unknown::AddedMargin => (Exact::ZERO, 200),
        Unknown::EntryPrice => (asked.step, 250),
    };
    let first = first.to_step(&asked.step, Rounding::Ceiling).unwrap();
    let values = (0..count)
        .map(|steps| first.plus(&asked.step.times(&Exact::from_integer(steps)).unwrap()).unwrap());
    values
        .map(|value| (value, standing(asked, &value)))
        .filter(|(_, standing)| *standing != Standing::Barred)
        .collect()
}

/// Whether the tried values run one way from the first to the last, so that the nearest lies at an
/// end or beside the wish.
fn runs_one_way(tried: &[(Exact, Standing)]) -> bool {
    let slacks: Vec<_> = tried
        .iter()
        .filter_map(|(_, standing)| match standing {
            Standing::By(slack) => Some(slack),
            _ => None,
        })
        .collect();
    let turns = |order: Ordering| {
        slacks.iter().zip(slacks.iter().skip(1)).any(|(a, b)| compare(a, b) == order)
    };
    !(turns(Ordering::Less) && turns(Ordering::Greater))
}

/// What is wrong with an answer, if anything is.
fn fault(asked: &Asked, solution: &Solution) -> Option<String> {
    let all = tried(asked);
    // The loss, or how far a hedge reaches, can be largest at a quantity in the middle, which is no
    // turn of any tier.
    let is_bent = asked.unknown == Unknown::Quantity
        && (matches!(asked.wish, Wish::LargestLoss(_)) || 1 < asked.scenario.positions.len());
    let (outcome, name) = match solution {
        Solution::Found { rounded, .. } => (Some(rounded), "found".to_owned()),
        Solution::Unreachable { reason, nearest } => (nearest.as_ref(), format!("{reason:?}")),
    };
    let is_gain = name == "GainingSide";
    let toward = if is_gain { at_the_mark(asked) } else { asked.clone() };
    let best = outcome.map(|outcome| standing(&toward, &outcome.value));
    if let (Some(outcome), Some(best)) = (outcome, &best) {
        let printed = of_report(&toward, &outcome.report, &outcome.value);
        if printed == Standing::Barred && name != "NoEffect" {
            return Some("what is offered would not be taken".to_owned());
        }
        if printed != *best && *best != Standing::Lost {
            return Some("the report is not the one of its value".to_owned());
        }
    }
    if let Solution::Found { exact, rounded, rounding } = solution {
        let lies = match exact {
            Some(exact) => match rounded.value.compare(exact).unwrap() {
                Ordering::Less => Some(Rounding::Floor),
                Ordering::Equal => None,
                Ordering::Greater => Some(Rounding::Ceiling),
            },
            None => *rounding,
        };
        if lies != *rounding || (exact.is_none() && rounding.is_none()) {
            return Some(format!("said to be rounded {rounding:?}"));
        }
        if let Some(exact) = exact
            && !standing(asked, exact).is_exact()
        {
            return Some(format!("not exactly: {:?}", standing(asked, exact)));
        }
        if !best.as_ref().is_some_and(Standing::meets) {
            return Some("rounded to the wrong side".to_owned());
        }
        // The step on the other side of the exact value; one on the same side can only come nearer
        // past a jump.
        let step = &asked.step;
        let other = match exact {
            Some(exact) if exact.is_below(&rounded.value).unwrap() => rounded.value.minus(step),
            Some(exact) if rounded.value.is_below(exact).unwrap() => rounded.value.plus(step),
            _ => Ok(Exact::ZERO),
        };
        let other = other.unwrap();
        if !is_bent && other.is_positive() && standing(asked, &other).meets() {
            return Some("a step on the other side meets it as well".to_owned());
        }
    }
    if let Solution::Unreachable { reason, .. } = solution {
        let none = |wrong: fn(&Standing) -> bool| {
            let found = all.iter().find(|(_, standing)| wrong(standing));
            found.map(|(value, standing)| format!("{value:?} is {standing:?}"))
        };
        let fault = match reason {
            Reason::AlwaysBetter => none(|it| !it.meets() || it.is_exact()),
            Reason::AlwaysWorse | Reason::AlreadyLost => none(Standing::meets),
            Reason::ClosedAtOnce => none(|_| true),
            Reason::InsideJump
            | Reason::TableEnds
            | Reason::Refused(_)
            | Reason::MarginToSpare(_)
            | Reason::StepTooCoarse => none(Standing::is_exact),
            Reason::NoEffect => {
                let first = all.first().map(|(_, standing)| standing.clone());
                let other = all.iter().find(|(_, standing)| {
                    first.as_ref().is_some_and(|first| is_nearer(standing, first))
                });
                other.map(|(value, _)| format!("{value:?} has an effect"))
            }
            Reason::GainingSide => None,
        };
        if fault.is_some() {
            return fault;
        }
    }
    let all = if is_gain { tried(&toward) } else { all };
    let is_found = matches!(solution, Solution::Found { .. });
    if name == "NoEffect" || (is_bent && !is_found) || !runs_one_way(&all) {
        return None;
    }
    let nearer = all.iter().find(|(_, standing)| match &best {
        Some(best) => is_nearer(standing, best),
        None => true,
    });
    nearer.map(|(value, standing)| format!("{value:?} {standing:?} is nearer than {best:?}"))
}

#[test]
fn no_value_of_a_small_question_comes_nearer() {
    let count = if std::env::var_os("LONG_TESTS").is_some() { 40_000 } else { 2_000 };
    let mut random = Random::new(41);
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for number in 0..count {
        let asked = asked(&mut random);
        let name = match solve(&asked.scenario, 0, &asked.wish, asked.unknown, &asked.step) {
            Ok(solution) => {
                if let Some(fault) = fault(&asked, &solution) {
                    panic!("{number}: {fault}\n{solution:?}\n{asked:?}");
                }
                match &solution {
                    Solution::Found { exact: Some(_), .. } => "found".to_owned(),
                    Solution::Found { exact: None, .. } => "found, no fraction".to_owned(),
                    Solution::Unreachable { reason, .. } => format!("{reason:?}"),
                }
            }
            Err(SolveError::Compute(ComputeError::BeyondTable(_))) => "another position".to_owned(),
            Err(error) => panic!("{number}: {error:?}\n{asked:?}"),
        };
        let name = name.split('(').next().unwrap().to_owned();
        *seen.entry(name).or_default() += 1;
    }
    println!("{count} small questions, every value of the unknown tried: {seen:#?}");
    for reason in [
        "found",
        "found, no fraction",
        "GainingSide",
        "AlreadyLost",
        "MarginToSpare",
        "NoEffect",
        "AlwaysWorse",
        "AlwaysBetter",
        "Refused",
        "ClosedAtOnce",
        "InsideJump",
        "TableEnds",
        "StepTooCoarse",
    ] {
        assert!(seen.contains_key(reason), "no question shows {reason}");
    }
}
