//! The accounts that are timed beside decimal.js, and what JavaScript can call of them.
//!
//! The exported functions speak plain numbers, so that no glue code is timed with them.

use std::hint::black_box;
use std::sync::OnceLock;

use margin_calculator::margin::{Threshold, compute_any_width};
use margin_calculator::scenario::Scenario;
use margin_calculator::venue::{ContractKind, TierKind};

use crate::accounts::{Shape, account};
use crate::written;

const fn shape(markets: usize, each: usize, kind: TierKind, contract: ContractKind) -> Shape {
    Shape { markets, each, kind, contract, number: 0 }
}

/// A thousand positions each, in few markets and in as many as positions.
pub const CASES: [Shape; 6] = [
    shape(20, 50, TierKind::Marginal, ContractKind::Linear),
    shape(1_000, 1, TierKind::Marginal, ContractKind::Linear),
    shape(20, 50, TierKind::Flat, ContractKind::Linear),
    shape(1_000, 1, TierKind::Flat, ContractKind::Linear),
    shape(20, 50, TierKind::Marginal, ContractKind::Inverse),
    shape(20, 50, TierKind::Flat, ContractKind::Inverse),
];

struct Case {
    scenario: Scenario,
    /// A name, the account and its figures, a line each but for the last.
    text: String,
}

fn case(number: u32) -> Option<&'static Case> {
    static MADE: [OnceLock<Option<Case>>; CASES.len()] = [const { OnceLock::new() }; CASES.len()];
    let number = usize::try_from(number).ok()?;
    let shape = *CASES.get(number)?;
    let make = || {
        let scenario = account(shape)?;
        let Shape { markets, each, kind, contract, .. } = shape;
        let name = format!("{markets} x {each}, {kind:?} tables, {contract:?}").to_lowercase();
        let account = written::scenario(&scenario).ok()?;
        let text = format!("{name}\n{account}\n{}", written::figures(&scenario)?);
        Some(Case { scenario, text })
    };
    MADE.get(number)?.get_or_init(make).as_ref()
}

/// How many cases there are.
#[unsafe(no_mangle)]
pub extern "C" fn cases() -> usize {
    CASES.len()
}

/// Where the text of a case begins in memory: its name, the account in the scenario format, and
/// its figures as [`written::figures`] has them.
#[unsafe(no_mangle)]
pub extern "C" fn case_start(number: u32) -> *const u8 {
    case(number).map_or("", |case| &case.text).as_ptr()
}

/// How many bytes that text has; 0 when it could not be made.
#[unsafe(no_mangle)]
pub extern "C" fn case_length(number: u32) -> usize {
    case(number).map_or(0, |case| case.text.len())
}

/// Computes all reports of a case that often, and returns how many prices they held.
#[unsafe(no_mangle)]
pub extern "C" fn case_reports(number: u32, times: u32) -> u32 {
    let Some(case) = case(number) else { return 0 };
    let mut priced = 0;
    for _ in 0..times {
        if let Ok(report) = compute_any_width(black_box(&case.scenario)) {
            let positions = &black_box(&report).0.positions;
            let at_price = |found: &&_| matches!(found, Threshold::AtPrice { .. });
            let found = positions.iter().map(|one| &one.liquidation).filter(at_price).count();
            priced += u32::try_from(found).unwrap_or_default();
        }
    }
    priced
}

#[cfg(test)]
mod tests {
    use super::{case, cases};
    use margin_calculator::json::evaluate;

    /// What is timed as an account and what is timed as text are the same account.
    #[test]
    fn the_text_of_an_account_is_the_account() {
        for number in 0..2 {
            let text = &case(number).expect("it is made").text;
            let mut lines = text.lines().skip(1);
            let report = evaluate(lines.next().expect("the account"));
            let account = lines.last().expect("the figures of the account");
            let balance = account.split(' ').next().unwrap().trim_end_matches('0');
            assert!(report.contains(&format!("\"margin_balance\":\"{balance}\"")), "{balance}");
            assert!(report.contains("\"problems\":[]"), "{}", &report[..300]);
        }
        assert_eq!(cases(), 6);
    }
}
