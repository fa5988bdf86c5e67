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

use margin_calculator::margin::{ComputeError, Threshold, compute, compute_any_width};
use margin_calculator::venue::ContractKind::{self, Inverse, Linear};
use oracle::compare::same_report;
use oracle::figures::figures;
use oracle::question::{Case, MarketCase, PositionCase};
use oracle::tally::{Tally, answered, asked, has_too_large};
use oracle::{generate, scenario};
use rust_decimal::Decimal;

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
            ComputeError::Overflow | ComputeError::Bent | ComputeError::UnknownMarket(_) => {
                Err(format!("{found:?}"))
            }
        },
        (Err(ComputeError::Overflow), _) if is_too_large(case) => {
            Ok(vec!["a figure too large for a report"])
        }
        (Err(found), expected) => Err(format!("{found:?}, expected {:?}", expected.err())),
        (Ok(_), Err(expected)) => Err(format!("a report, expected {expected:?}")),
    }
}

/// Whether a figure is too large for a report, also where another position has no answer at all.
fn is_too_large(case: &Case) -> bool {
    let mut case = case.clone();
    case.markets.iter_mut().for_each(|market| market.last_tier_goes_on = true);
    for position in &mut case.positions {
        position.leverage = position.leverage.or(Some(Decimal::TEN));
    }
    figures(&case).is_ok_and(|figures| has_too_large(&figures))
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

/// Accounts of a fund: sums of many fractions, and tier edges by the hundred.
#[test]
fn large_accounts_agree_with_the_oracle() {
    let mut tally = Tally::default();
    for number in 0..300 {
        let case = generate::large(number, 20 + u32::try_from(number).unwrap() % 40);
        let labels =
            ask(&case).unwrap_or_else(|difference| panic!("account {number}: {difference}"));
        tally.add(&labels);
    }
    println!("300 accounts of 20 to 59 positions agree with the oracle");
    assert!(["256 bits", "wider", "below", "above"].iter().all(|label| 0 < tally.count(label)));
}

/// A cross account in one market with a flat table of these floors and rates.
fn account(
    wallet: &str,
    contract: ContractKind,
    mark: &str,
    rows: &[(&str, &str)],
    positions: &[(bool, &str, &str)],
) -> Case {
    let position =
        |(long, quantity, entry): &(bool, &str, &str)| PositionCase::plain(*long, quantity, entry);
    Case {
        cross: true,
        wallet: Some(Decimal::from_str_exact(wallet).unwrap()),
        markets: vec![MarketCase::flat(contract, mark, rows)],
        positions: positions.iter().map(position).collect(),
    }
}

/// The threshold of the first position, checked by the oracle, as printed prices on the tick.
fn threshold(case: &Case) -> String {
    ask(case).unwrap();
    let report = compute(&scenario::scenario(case).unwrap()).unwrap();
    let price = |price: &margin_calculator::margin::Crossing| {
        price.price.round(2, margin_calculator::quantity::Rounding::HalfEven).unwrap().to_string()
    };
    match &report.positions.first().unwrap().liquidation {
        Threshold::AtPrice { below, above } => {
            let [below, above] = [below, above].map(|side| side.as_ref().map(price));
            format!("below {below:?}, above {above:?}").replace("Some(", "").replace([')', '"'], "")
        }
        Threshold::Never => "never".to_owned(),
        Threshold::Now { boundary } => {
            format!("now, back at {}", boundary.as_ref().map(price).unwrap())
        }
        Threshold::TableEnds => "the table ends".to_owned(),
    }
}

const LONG: bool = true;
const SHORT: bool = false;

/// A flat table's jump to a requirement that the balance meets exactly at the edge, which still
/// belongs to the tier below, and outgrows from there on: no price reaches it.
#[test]
fn a_jump_that_is_only_just_covered_is_not_a_threshold() {
    let rows = [("0", "0.01"), ("100", "0.02")];
    let at = |wallet| threshold(&account(wallet, Linear, "100", &rows, &[(LONG, "1", "100")]));
    assert_eq!(at("2"), "below 98.99, above None");
    assert_eq!(at("1.9"), "below 99.09, above 100.00");
}

/// 100 long and 99 short gain 1 for each 1 the price rises, and must keep 1.99 more.
#[test]
fn a_hedged_account_that_is_short_is_whole_again_where_less_must_be_kept() {
    let hedge = [(LONG, "100", "100"), (SHORT, "99", "100")];
    let case = account("198", Linear, "100", &[("0", "0.01")], &hedge);
    assert_eq!(threshold(&case), "now, back at 98.99");
}

/// Of two ways back the nearer one: a price lower by 1 leaves the upper tier, a rise of 9 pays for
/// it.
#[test]
fn the_nearer_way_back_is_the_one_given() {
    let rows = [("0", "0.01"), ("100", "0.1")];
    let at = |mark| threshold(&account("2", Linear, mark, &rows, &[(LONG, "1", "100")]));
    assert_eq!(at("101"), "now, back at 100.00");
    assert_eq!(at("108"), "now, back at 108.89");
}

/// Nothing is known beyond 200, and the requirement of this hedge rises toward it.
#[test]
fn a_hedged_account_is_not_called_safe_where_its_table_ends() {
    let hedge = [(LONG, "1", "100"), (SHORT, "1", "100")];
    let mut case = account("5", Linear, "100", &[("0", "0.01")], &hedge);
    assert_eq!(threshold(&case), "below None, above 250.00");
    case.markets.first_mut().unwrap().tiers.first_mut().unwrap().cap = Some(Decimal::from(200));
    assert_eq!(threshold(&case), "the table ends");
}

/// At 100 the smaller leg jumps to 50 %, and the larger one leaves the table: what is kept past that
/// price is not known.
#[test]
fn a_jump_where_the_table_of_another_leg_ends_is_not_a_price() {
    let legs = [(LONG, "1", "90"), (SHORT, "2", "90")];
    let mut case = account("130", Linear, "90", &[("0", "0.01"), ("100", "0.5")], &legs);
    case.markets.first_mut().unwrap().tiers.last_mut().unwrap().cap = Some(Decimal::from(200));
    assert_eq!(threshold(&case), "the table ends");
}

/// 6400 in quote units are 100 coins at 64, the edge of the table; just below it they are more.
#[test]
fn a_jump_just_below_the_mark_is_rounded_up_to_the_tick() {
    let rows = [("0", "0.01"), ("100", "0.5")];
    let mut case = account("20", Inverse, "64", &rows, &[(LONG, "6400", "64")]);
    case.markets.first_mut().unwrap().tick = Some(Decimal::from(25));
    assert_eq!(threshold(&case), "below 75.00, above None");
}
