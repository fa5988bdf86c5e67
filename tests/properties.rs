//! Every figure of a hundred thousand random questions equals the oracle's, to the last digit.
//!
//! `LONG_TESTS=1` asks a million.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

#[path = "oracle/mod.rs"]
mod oracle;

use margin_calculator::margin::{ComputeError, compute_any_width};
use oracle::compare::same_report;
use oracle::figures::figures;
use oracle::question::Case;
use oracle::tally::{Tally, answered, asked, has_too_large};
use oracle::{generate, scenario};

/// The answer to a question, in words for the tally; or what is wrong with it.
fn ask(case: &Case) -> Result<Vec<&'static str>, String> {
    let scenario = scenario::scenario(case).map_err(|error| format!("table: {error}"))?;
    match (compute_any_width(&scenario), figures(case)) {
        (Ok((report, width)), Ok(figures)) => {
            same_report(case, &scenario, (&report, width), &figures)?;
            Ok(answered(case, &figures, width))
        }
        (Err(found), Err(expected)) if expected.contains(&found) => match found {
            ComputeError::BeyondTable(_) => Ok(vec!["beyond the table, no answer"]),
            ComputeError::LeverageNeeded(_) => Ok(vec!["leverage needed, no answer"]),
            ComputeError::Overflow | ComputeError::UnknownMarket(_) => Err(format!("{found:?}")),
        },
        (Err(ComputeError::Overflow), Ok(figures)) if has_too_large(&figures) => {
            Ok(vec!["a figure too large for a report"])
        }
        (Err(found), expected) => Err(format!("{found:?}, expected {:?}", expected.err())),
        (Ok(_), Err(expected)) => Err(format!("a report, expected {expected:?}")),
    }
}

/// Every question whose number leaves this rest.
fn ask_every(count: u64, step: u64, rest: u64) -> Tally {
    let mut tally = Tally::default();
    for number in (rest..count).step_by(usize::try_from(step).unwrap()) {
        let (reach, case) = generate::case(number);
        match ask(&case) {
            Ok(labels) => {
                tally.add(&asked(reach, &case));
                tally.add(&labels);
            }
            Err(difference) => panic!("question {number}: {difference}\n{case:#?}"),
        }
    }
    tally
}

#[test]
fn random_scenarios_agree_with_the_oracle() {
    let long = std::env::var_os("LONG_TESTS").is_some();
    let count = if long { 1_000_000 } else { 100_000 };
    let mut tally = Tally::default();
    std::thread::scope(|scope| {
        let halves = [0, 1].map(|rest| scope.spawn(move || ask_every(count, 2, rest)));
        for half in halves {
            tally.merge(half.join().unwrap());
        }
    });
    println!("{count} random scenarios agree with the oracle, of which");
    tally.print();
    assert_eq!(tally.missing(), Vec::<&str>::new(), "nothing was asked about these");
}
