//! Every figure of a hundred thousand random questions equals the oracle's, to the last digit.
//!
//! `LONG_TESTS=1` asks a million.

#[path = "oracle/mod.rs"]
mod oracle;

use margin_calculator::margin::{
    ComputeError, Crossing, MarginRatio, PositionReport, Rejection, Threshold, compute,
};
use margin_calculator::quantity::{Exact, Price, Ratio};
use margin_calculator::venue::TierError;
use oracle::generate::{Reach, case, scenario};
use oracle::number::{
    Fraction, Random, compare, floor, is_positive, of_decimal, of_exact, over, plus, times,
};
use oracle::{Case, Figures, Hit, Oracle, Outcome};
use rust_decimal::Decimal;
use std::cmp::Ordering;

type Checked = Result<(), String>;

fn same(name: &str, found: &Exact, expected: &Fraction) -> Checked {
    if compare(&of_exact(found), expected) == Ordering::Equal {
        return Ok(());
    }
    let reduced = expected.reduced();
    Err(format!("{name}: {found:?}, expected {reduced}"))
}

fn same_tick(name: &str, found: &Exact, exact: &Fraction, case: &Case) -> Checked {
    let Some(tick) = case.tick.map(|tick| of_decimal(tick)) else {
        return same(name, found, exact);
    };
    let (mut steps, whole) = floor(&over(exact, &tick));
    if !whole && compare(exact, &of_decimal(case.mark)) == Ordering::Less {
        steps += 1;
    }
    let expected = Fraction::new_raw(steps * tick.numer(), tick.denom().clone());
    same(&format!("{name} on the tick"), found, &expected)
}

fn same_hit(name: &str, found: Option<&Crossing>, hit: Option<&Hit>, case: &Case) -> Checked {
    match (found, hit) {
        (None, None) => Ok(()),
        (Some(found), Some(hit)) => {
            same(name, found.exact.exact(), &hit.price)?;
            same_tick(name, found.price.exact(), &hit.price, case)?;
            if found.tier.number == hit.tier {
                Ok(())
            } else {
                Err(format!("{name}: tier {}, expected {}", found.tier.number, hit.tier))
            }
        }
        _ => Err(format!("{name}: {found:?}, expected {hit:?}")),
    }
}

fn same_threshold(name: &str, found: &Threshold, expected: &Outcome, case: &Case) -> Checked {
    match (found, expected) {
        (Threshold::Never, Outcome::Never) | (Threshold::TableEnds, Outcome::TableEnds) => Ok(()),
        (Threshold::Now { boundary }, Outcome::Now(hit)) => {
            same_hit(&format!("{name} boundary"), boundary.as_ref(), hit.as_ref(), case)
        }
        (Threshold::AtPrice { below, above }, Outcome::Prices { below: low, above: high }) => {
            same_hit(&format!("{name} below"), below.as_ref(), low.as_ref(), case)?;
            same_hit(&format!("{name} above"), above.as_ref(), high.as_ref(), case)
        }
        _ => Err(format!("{name}: {found:?}, expected {expected:?}")),
    }
}

fn same_report(report: &PositionReport, figures: &Figures, case: &Case) -> Checked {
    same("value at entry", report.entry_notional.exact(), &figures.entry_notional)?;
    same("notional", report.notional.exact(), &figures.notional)?;
    same("initial margin", report.initial_margin.exact(), &figures.initial_margin)?;
    same("position margin", report.position_margin.exact(), &figures.position_margin)?;
    same("pnl", report.unrealized_pnl.exact(), &figures.pnl)?;
    let on_margin = over(&figures.pnl, &figures.initial_margin);
    same("return on margin", report.return_on_margin.exact(), &on_margin)?;
    same("margin balance", report.margin_balance.exact(), &figures.balance)?;
    same("maintenance margin", report.maintenance_margin.exact(), &figures.maintenance)?;
    if is_positive(&figures.balance) {
        let expected = over(&figures.maintenance, &figures.balance);
        let MarginRatio::Of(ratio) = report.margin_ratio else {
            return Err("margin ratio: absent".to_owned());
        };
        same("margin ratio", ratio.exact(), &expected)?;
        let expected = over(&figures.notional, &figures.balance);
        let leverage = report.effective_leverage.ok_or("effective leverage: absent")?;
        same("effective leverage", leverage.exact(), &expected)?;
    } else if report.margin_ratio != MarginRatio::NothingLeft || report.effective_leverage.is_some()
    {
        return Err("a ratio to nothing".to_owned());
    }
    if (report.tier.number, report.entry_tier.number) != (figures.tier, figures.entry_tier) {
        return Err(format!("tiers: expected {} and {}", figures.tier, figures.entry_tier));
    }
    same_threshold("liquidation", &report.liquidation, &figures.liquidation, case)?;
    same_threshold("margin call", &report.margin_call, &figures.margin_call, case)?;
    match (&report.bankruptcy_price, &figures.bankruptcy) {
        (None, None) => {}
        (Some(found), Some(expected)) => {
            same("bankruptcy", found.exact.exact(), expected)?;
            same_tick("bankruptcy", found.price.exact(), expected, case)?;
        }
        (found, expected) => return Err(format!("bankruptcy: {found:?}, expected {expected:?}")),
    }
    let mut refused = (false, false);
    for rejection in &report.rejections {
        match rejection {
            Rejection::LeverageAboveTier { .. } => refused.0 = true,
            Rejection::MarginBelowMaintenance { .. } => refused.1 = true,
        }
    }
    if refused == (figures.leverage_too_high, figures.margin_too_low) {
        Ok(())
    } else {
        Err(format!("rejections: {:?}", report.rejections))
    }
}

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

/// The report on a question; absent where its mark or entry lies beyond the table.
fn report(case: &Case) -> Option<PositionReport> {
    let report = compute(&scenario(case).unwrap());
    report.ok()?.positions.first().cloned()
}

/// Twenty thousand random questions, each with its report.
fn questions(seed: u64) -> impl Iterator<Item = (Case, PositionReport)> {
    let mut random = Random::new(seed);
    (0..20_000).filter_map(move |_| {
        let (_, case) = case(&mut random);
        let report = report(&case)?;
        Some((case, report))
    })
}

fn at_most(a: &Exact, b: &Exact) -> bool {
    compare(&of_exact(a), &of_exact(b)) != Ordering::Greater
}

fn prices(threshold: &Threshold) -> (Option<Exact>, Option<Exact>) {
    let exact = |crossing: &Option<Crossing>| crossing.map(|crossing| *crossing.exact.exact());
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
        let moved = if case.long { case.mark * factor } else { case.mark * (Decimal::TWO - factor) };
        worse.mark = moved;
        let Some(worse) = self::report(&worse) else { continue };
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
        let borrowed = report.position_margin.exact().is_below(report.entry_notional.exact());
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
        let Some(bankruptcy) = report.bankruptcy_price else { continue };
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
        let Some(tick) = case.tick.map(Exact::from_decimal) else { continue };
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
        let exposure = of_decimal(case.quantity * case.contract_size);
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
            assert!(below.rate <= above.rate && is_positive(&exposure));
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
