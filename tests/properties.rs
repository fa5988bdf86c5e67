//! Every figure of a hundred thousand random questions equals the oracle's, to the last digit.
//!
//! `LONG_TESTS=1` asks a million.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

#[path = "oracle/mod.rs"]
mod oracle;

use std::collections::BTreeMap;

use margin_calculator::margin::{ComputeError, Width, compute_any_width};
use margin_calculator::venue::TierError;
use oracle::compare::same_report;
use oracle::figures::figures;
use oracle::generate::case;
use oracle::question::Case;

fn ask(case: &Case) -> Result<Vec<String>, String> {
    let scenario = match oracle::scenario::scenario(case) {
        Ok(scenario) => scenario,
        Err(TierError::Overflow(_)) => return Ok(vec!["overflow".to_owned()]),
        Err(error) => return Err(format!("table: {error}")),
    };
    match (compute_any_width(&scenario), figures(case)) {
        (Ok((report, width)), Ok(figures)) => {
            same_report(case, &scenario, (&report, width), &figures)?;
            Ok(vec![format!("{width:?}")])
        }
        (Err(found), Err(expected)) if expected.contains(&found) => Ok(vec![format!("{:?}", match found {
            ComputeError::BeyondTable(_) => ComputeError::BeyondTable(0),
            _ => ComputeError::LeverageNeeded(0)})]),
        (Err(found), expected) => Err(format!("{found:?}, expected {:?}", expected.err())),
        (Ok(_), Err(expected)) => Err(format!("a report, expected {expected:?}")),
    }
}

#[test]
fn random_scenarios_agree_with_the_oracle() {
    let count: u64 = std::env::var("COUNT").ok().and_then(|v| v.parse().ok()).unwrap_or(10_000);
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    let mut fails = 0;
    for index in 0..count {
        let (_, case) = case(index);
        match ask(&case) {
            Ok(labels) => {
                for label in labels {
                    *seen.entry(label).or_default() += 1;
                }
            }
            Err(difference) => {
                let _ = &difference;
                fails += 1;
                println!("scenario {index}: {difference}");
            }
        }
    }
    println!("{seen:?}");
    assert_eq!(fails, 0);
    let _ = Width::Narrow;
}

#[test]
fn show() {
    let n: u64 = std::env::var("N").unwrap().parse().unwrap();
    let (reach, case) = case(n);
    println!("{reach:?} {case:#?}");
    let scenario = oracle::scenario::scenario(&case).unwrap();
    println!("{:#?}", compute_any_width(&scenario));
}
