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

use std::cmp::Ordering;

use margin_calculator::margin::{
    ComputeError, Crossing, MarginRatio, PositionReport, Threshold, compute,
};
use margin_calculator::quantity::{Exact, Price, Ratio};
use margin_calculator::venue::TierError;
use oracle::compare::same_report;
use oracle::generate::{Reach, case, scenario};
use oracle::number::{Random, compare, of_decimal, of_exact, plus, times};
use oracle::{Case, Oracle, Outcome, Tier};
use rust_decimal::Decimal;

/// What one question showed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Seen {
    Below,
    Above,
    BothSides,
    Never,
    Now,
    TableEnds,
    BeyondTable,
    TooManyDigits,
}

fn ask(case: &Case) -> Result<Seen, String> {
    let scenario = match scenario(case) {
        Ok(scenario) => scenario,
        Err(TierError::Overflow(_)) => return Ok(Seen::TooManyDigits),
        Err(error) => return Err(format!("table: {error}")),
    };
    match (compute(&scenario), Oracle::new(case).figures()) {
        (Ok(report), Some(figures)) => {
            let report = report.positions.first().ok_or("no position")?;
            same_report(report, &figures, case)?;
            Ok(match figures.liquidation {
                Outcome::Prices { below: Some(_), above: Some(_) } => Seen::BothSides,
                Outcome::Prices { below: Some(_), .. } => Seen::Below,
                Outcome::Prices { .. } => Seen::Above,
                Outcome::Never => Seen::Never,
                Outcome::Now(_) => Seen::Now,
                Outcome::TableEnds => Seen::TableEnds,
            })
        }
        (Err(ComputeError::BeyondTable(0)), None) => Ok(Seen::BeyondTable),
        (Err(ComputeError::Overflow), _) => Ok(Seen::TooManyDigits),
        (found, _) => Err(format!("{found:?}")),
    }
}

#[test]
fn random_scenarios_agree_with_the_oracle() {
    let long = std::env::var_os("LONG_TESTS").is_some();
    let count = if long { 1_000_000 } else { 100_000 };
    let mut random = Random::new(2026);
    let mut seen = Vec::new();
    for index in 0..count {
        let (reach, case) = case(&mut random);
        match ask(&case) {
            Ok(outcome) => seen.push((reach, outcome)),
            Err(difference) => panic!("scenario {index}: {difference}\n{case:#?}"),
        }
    }
    println!("{count} random scenarios agree with the oracle");
    for outcome in [
        Seen::Below,
        Seen::Above,
        Seen::BothSides,
        Seen::Never,
        Seen::Now,
        Seen::TableEnds,
        Seen::BeyondTable,
    ] {
        let found = seen.iter().filter(|(_, seen)| *seen == outcome).count();
        println!("  {outcome:?}: {found}");
        assert!(found > 0, "no scenario shows {outcome:?}");
    }
    for reach in [Reach::Ordinary, Reach::Wide, Reach::Extreme] {
        let asked = seen.iter().filter(|(of, _)| *of == reach).count();
        let digits = seen.iter().filter(|seen| **seen == (reach, Seen::TooManyDigits)).count();
        println!("  {reach:?}: {asked} asked, {digits} with more digits than are carried");
        assert_eq!(digits, 0, "every accepted input has an answer");
    }
}

/// A flat table's jump to a requirement that the balance meets exactly at the edge, which still
/// belongs to the tier below, and outgrows from there on: no price reaches it.
#[test]
fn a_jump_that_is_only_just_covered_is_not_a_threshold() {
    let number = |text: &str| Decimal::from_str_exact(text).unwrap();
    let tier = |floor, cap: Option<&str>, rate| Tier {
        floor: number(floor),
        cap: cap.map(number),
        rate: number(rate),
        max_leverage: None,
    };
    let mut case = Case {
        long: true,
        quanto: false,
        quantity: number("1"),
        contract_size: number("1"),
        entry: number("100"),
        mark: number("100"),
        leverage: number("10"),
        assigned: true,
        margin: number("2"),
        flat: true,
        by_quantity: false,
        tiers: vec![tier("0", Some("100"), "0.01"), tier("100", None, "0.02")],
        close_fee: None,
        warning: number("0.8"),
        tick: Some(number("0.1")),
    };
    assert_eq!(ask(&case), Ok(Seen::Below));
    case.margin = number("1.9");
    assert_eq!(ask(&case), Ok(Seen::BothSides));
}

/// The report on a question; absent where its mark or entry lies beyond the table.
fn report(case: &Case) -> Option<PositionReport> {
    let report = compute(&scenario(case).unwrap());
    report.ok()?.positions.first().cloned()
}

/// Ten thousand random questions, each with its report.
fn questions(seed: u64) -> impl Iterator<Item = (Case, PositionReport)> {
    let mut random = Random::new(seed);
    (0..10_000).filter_map(move |_| {
        let (_, case) = case(&mut random);
        let report = report(&case)?;
        Some((case, report))
    })
}

fn at_most(a: &Exact, b: &Exact) -> bool {
    compare(&of_exact(a), &of_exact(b)) != Ordering::Greater
}

fn prices(threshold: &Threshold) -> (Option<Exact>, Option<Exact>) {
    let exact =
        |crossing: &Option<Crossing>| crossing.as_ref().map(|crossing| *crossing.exact.exact());
    match threshold {
        Threshold::AtPrice { below, above } => (exact(below), exact(above)),
        _ => (None, None),
    }
}

#[test]
fn the_other_side_has_the_opposite_profit_and_the_same_requirement() {
    for (case, report) in questions(1) {
        let mut other = case.clone();
        other.long = !case.long;
        let other = self::report(&other).unwrap();
        let gain = report.unrealized_pnl.exact();
        assert_eq!(*gain, other.unrealized_pnl.exact().negated(), "{case:#?}");
        assert_eq!(report.maintenance_margin, other.maintenance_margin, "{case:#?}");
        assert_eq!(report.position_margin, other.position_margin, "{case:#?}");
        let mirrored = report.margin_balance.minus(&other.margin_balance).unwrap();
        assert_eq!(*mirrored.exact(), gain.plus(gain).unwrap(), "{case:#?}");
    }
}

#[test]
fn a_mark_that_moves_against_a_marginal_position_never_helps_it() {
    let ratio = |report: &PositionReport| match report.margin_ratio {
        MarginRatio::Of(ratio) => Some(*ratio.exact()),
        MarginRatio::NothingLeft => None,
    };
    let mut random = Random::new(7);
    for (case, report) in questions(2).filter(|(case, _)| !case.flat) {
        let mut worse = case.clone();
        let factor = Decimal::new(random.pick(&[1, 500, 900, 999]), 3);
        let moved =
            if case.long { case.mark * factor } else { case.mark * (Decimal::TWO - factor) };
        worse.mark = moved;
        let Some(worse) = self::report(&worse) else {
            continue;
        };
        // A requirement above the whole notional would fall faster than the balance of a long.
        let fee = case.close_fee.unwrap_or_default();
        let steepest = case.tiers.iter().map(|tier| tier.rate).max().unwrap_or_default() + fee;
        if case.long && steepest >= Decimal::ONE {
            continue;
        }
        let surplus = |report: &PositionReport| {
            *report.margin_balance.minus(&report.maintenance_margin).unwrap().exact()
        };
        assert!(at_most(&surplus(&worse), &surplus(&report)), "{case:#?}");
        // A long whose margin is near its value is kept by a rate that grows with the price.
        let borrowed =
            report.position_margin.unwrap().exact().is_below(report.entry_notional.exact());
        let plain = report.tier.number == 1 && borrowed.unwrap();
        if !case.long || plain {
            match (ratio(&report), ratio(&worse)) {
                (Some(before), Some(after)) => assert!(at_most(&before, &after), "{case:#?}"),
                (None, after) => assert_eq!(after, None, "{case:#?}"),
                (Some(_), None) => {}
            }
        }
    }
}

#[test]
fn more_margin_never_brings_liquidation_closer() {
    let mut random = Random::new(11);
    for (case, report) in questions(3) {
        let mut safer = case.clone();
        safer.margin += random.decimal(3, 2);
        let safer = self::report(&safer).unwrap();
        let (below, above) = prices(&report.liquidation);
        let (lower, higher) = prices(&safer.liquidation);
        if matches!(report.liquidation, Threshold::Now { .. }) {
            continue;
        }
        assert!(!matches!(safer.liquidation, Threshold::Now { .. }), "{case:#?}");
        if let Some(lower) = lower {
            assert!(at_most(&lower, &below.unwrap()), "{case:#?}");
        }
        if let Some(higher) = higher {
            assert!(at_most(&above.unwrap(), &higher), "{case:#?}");
        }
    }
}

#[test]
fn bankruptcy_lies_at_or_beyond_liquidation() {
    for (case, report) in questions(4) {
        let Some(bankruptcy) = report.bankruptcy_price else {
            continue;
        };
        let (below, above) = prices(&report.liquidation);
        match (case.long, below, above) {
            (true, Some(below), _) => assert!(at_most(bankruptcy.exact.exact(), &below)),
            (false, _, Some(above)) => assert!(at_most(&above, bankruptcy.exact.exact())),
            _ => {}
        }
    }
}

#[test]
fn the_tick_is_on_the_safe_side_and_less_than_one_away() {
    for (case, report) in questions(5) {
        let Some(tick) = case.tick.map(Exact::from_decimal) else {
            continue;
        };
        if let Threshold::AtPrice { below, above } = &report.liquidation {
            for (crossing, above) in [(below, false), (above, true)] {
                let Some(crossing) = crossing else { continue };
                let gap = crossing.price.gap_from(&crossing.exact).unwrap();
                let toward = if above { gap.exact().negated() } else { *gap.exact() };
                assert!(!toward.is_negative() && toward.is_below(&tick).unwrap(), "{case:#?}");
            }
        }
    }
}

#[test]
fn a_marginal_requirement_has_no_jump_at_an_edge() {
    for (case, _) in questions(6).filter(|(case, _)| !case.flat) {
        let mut scenario = scenario(&case).unwrap();
        for (below, above) in case.tiers.iter().zip(case.tiers.iter().skip(1)) {
            let mut at = |notional: Exact| {
                let market = scenario.markets.first_mut().unwrap();
                let exposure = Exact::from_decimal(case.quantity * case.contract_size);
                market.mark_price = Price::from_exact(notional.over(&exposure).unwrap());
                let report = compute(&scenario).unwrap();
                let first = report.positions.first().unwrap();
                (of_exact(first.maintenance_margin.exact()), first.tier.number)
            };
            let step = Exact::from_decimal(Decimal::new(1, 8));
            let edge = Exact::from_decimal(above.floor);
            let (kept, tier) = at(edge);
            let (more, next) = at(edge.plus(&step).unwrap());
            assert_eq!(next, tier + 1, "the edge belongs to the lower tier: {case:#?}");
            let rate = above.rate + case.close_fee.unwrap_or_default();
            let grown = times(&of_decimal(rate), &of_exact(&step));
            assert_eq!(compare(&plus(&kept, &grown), &more), Ordering::Equal, "{case:#?}");
            assert!(below.rate <= above.rate);
        }
    }
}

#[test]
fn a_liquidation_price_fed_back_as_the_mark_is_a_ratio_of_one() {
    let mut found = 0;
    for (case, report) in questions(8).filter(|(case, _)| !case.flat) {
        let (below, above) = prices(&report.liquidation);
        for price in [below, above].into_iter().flatten() {
            let mut scenario = scenario(&case).unwrap();
            scenario.markets.first_mut().unwrap().mark_price = Price::from_exact(price);
            let there = compute(&scenario).unwrap();
            let there = there.positions.first().unwrap();
            assert_eq!(there.margin_balance, there.maintenance_margin, "{case:#?}");
            let Threshold::Now { boundary: Some(boundary) } = &there.liquidation else {
                panic!("{:?}\n{case:#?}", there.liquidation);
            };
            assert_eq!(*boundary.exact.exact(), price, "{case:#?}");
            if !there.maintenance_margin.exact().is_zero() {
                assert_eq!(there.margin_ratio, MarginRatio::Of(Ratio::from_exact(Exact::ONE)));
                found += 1;
            }
        }
    }
    assert!(found > 1000, "only {found}");
}
