//! Mark prices: worked by hand, against a naive oracle of unbounded fractions, and what is refused.
#![expect(
    clippy::arithmetic_side_effects,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

#[path = "mark/averages.rs"]
mod averages;
#[path = "mark/files.rs"]
mod files;
#[expect(dead_code, reason = "other tests use the rest of it")]
#[path = "oracle/number.rs"]
mod number;

use std::time::{Duration, Instant};

use margin_calculator::mark::{
    Demo, Funding, MarkError, MarkSeries, Sample, Start, What, funding_price, median, play,
    samples, weighted_median,
};
use margin_calculator::quantity::{Exact, Price, Rate, Rounding, Side};
use margin_calculator::venue::{MarkPart, MarkRule, mark_rules};
use number::Random;
use rust_decimal::Decimal;

fn exact(text: &str) -> Exact {
    Exact::from_decimal(Decimal::from_str_exact(text).unwrap())
}

fn price(text: &str) -> Price {
    Price::from_exact(exact(text))
}

fn whole_number(value: i64) -> Exact {
    Exact::from_integer(value)
}

fn funding(rate: &str, to_next: i64, interval: i64) -> Funding {
    Funding {
        rate: Rate::from_exact(exact(rate)),
        to_next: whole_number(to_next),
        interval: whole_number(interval),
    }
}

fn rule(id: &str) -> MarkRule {
    mark_rules().into_iter().find(|rule| rule.id == id).unwrap()
}

/// A quiet moment: everything stands at one price.
fn quiet(at: u64, at_price: &str) -> Sample {
    let all = price(at_price);
    Sample { at, index: all, bid: all, ask: all, last: all, others: Some(all) }
}

#[test]
fn price_1_is_the_index_with_the_funding_that_is_left() {
    // 96.98 x (1 + 0.0003 x 6/8) = 96.98 x 1.000225 = 97.0018205
    let found = funding_price(&price("96.98"), &funding("0.0003", 6 * 3600, 8 * 3600)).unwrap();
    assert_eq!(found, price("97.0018205"));
    // At the stamp nothing of it is left, whatever the rate.
    let found = funding_price(&price("96.98"), &funding("-0.01", 0, 8 * 3600)).unwrap();
    assert_eq!(found, price("96.98"));
    // Just after it all of it is, and a negative rate pulls the price down: 100 x (1 - 0.001).
    let found = funding_price(&price("100"), &funding("-0.001", 3600, 3600)).unwrap();
    assert_eq!(found, price("99.9"));
}

#[test]
fn funding_begins_anew_after_its_stamp() {
    let before = funding("0.0003", 10, 3600);
    let at = |seconds| before.after(&whole_number(seconds)).unwrap().to_next;
    assert_eq!(at(0), whole_number(10));
    assert_eq!(at(10), Exact::ZERO);
    assert_eq!(at(11), whole_number(3599));
    assert_eq!(at(10 + 2 * 3600), Exact::ZERO);
}

#[test]
fn medians() {
    assert_eq!(median(&[price("3"), price("1"), price("2")]).unwrap(), price("2"));
    assert_eq!(median(&[price("3"), price("1")]).unwrap(), price("2"));
    assert_eq!(median(&[]), Err(MarkError::Nothing));
    // Weights 3, 2, 2, 1, 1 are 9; sorted 97:1 98:2 99:3, and 1 + 2 < 4.5 <= 1 + 2 + 3.
    let others = [("99", 3), ("98", 2), ("101", 2), ("97", 1), ("102", 1)];
    let weighted = others.map(|(text, weight)| (whole_number(weight), price(text)));
    assert_eq!(weighted_median(&weighted).unwrap(), price("99"));
    assert_eq!(weighted_median(&[]), Err(MarkError::Nothing));
}

#[test]
fn the_median_of_three_lies_between_the_others() {
    let mut random = Random::new(7);
    for _ in 0..20_000 {
        let three = [0; 3].map(|_| Price::from_decimal(random.decimal(6, 6)));
        let middle = *median(&three).unwrap().exact();
        let low = three.iter().filter(|it| it.exact().is_at_most(&middle).unwrap()).count();
        let high = three.iter().filter(|it| middle.is_at_most(it.exact()).unwrap()).count();
        assert!(low >= 2 && high >= 2, "{three:?}");
        assert!(three.iter().any(|it| it.exact() == &middle), "{three:?}");
    }
}

/// The mark of a median of three, made from all that was seen before, with nothing kept.
fn naive_mark(seen: &[Sample], funding: &Funding) -> Price {
    let now = seen.last().unwrap();
    let left = &funding.to_next.minus(&whole_number(now.at.try_into().unwrap())).unwrap();
    let share = left.over(&funding.interval).unwrap();
    let rise = Exact::ONE.plus(&funding.rate.exact().times(&share).unwrap()).unwrap();
    let first = now.index.exact().times(&rise).unwrap();
    let held = seen.get(seen.len().saturating_sub(30)..).unwrap();
    let gaps: Vec<_> = held.iter().map(|it| *it.basis().unwrap().exact()).collect();
    let count = whole_number(i64::try_from(gaps.len()).unwrap());
    let second = now.index.exact().plus(&Exact::sum(&gaps).unwrap().over(&count).unwrap()).unwrap();
    let mut three = [first, second, *now.last.exact()];
    three.sort_by(|a, b| a.compare(b).unwrap());
    Price::from_exact(three[1])
}

#[test]
fn a_series_is_what_each_of_its_marks_would_be_alone() {
    let mut random = Random::new(17);
    let terms = funding("0.0004", 3600, 8 * 3600);
    let mut series = MarkSeries::new(&rule("binance"), None, terms).unwrap();
    let mut seen = Vec::new();
    for at in 0..300 {
        let mut near = |places| {
            let away = Exact::from_decimal(random.decimal(1, places));
            Price::from_exact(whole_number(1000).plus(&away).unwrap())
        };
        let (index, one, other, last) = (near(4), near(3), near(3), near(2));
        let crossed = other.exact().is_below(one.exact()).unwrap();
        let (bid, ask) = if crossed { (other, one) } else { (one, other) };
        seen.push(Sample { at, index, bid, ask, last, others: None });
        let quote = series.next(seen.last().unwrap()).unwrap();
        assert_eq!(quote.mark, naive_mark(&seen, &terms), "second {at}");
        assert_eq!(quote.part(MarkPart::Last), Some(&last));
    }
}

#[test]
fn a_tick_costs_the_same_however_many_went_before() {
    let time = |rule: &MarkRule, ticks: u64| {
        let mut series = MarkSeries::new(rule, None, funding("0.0001", 0, 28_800)).unwrap();
        let start = Instant::now();
        for at in 0..ticks {
            let cents = i64::try_from(10_000_000 + at % 97).unwrap();
            let near = Price::from_decimal(Decimal::new(cents, 2));
            let sample =
                Sample { at, index: near, bid: near, ask: near, last: near, others: Some(near) };
            series.next(&sample).unwrap();
        }
        start.elapsed()
    };
    for rule in mark_rules() {
        let short = time(&rule, 2_000).max(Duration::from_millis(1));
        let long = time(&rule, 40_000);
        // Twenty times as many; three times that leaves room for a busy machine.
        assert!(long < short * 60, "{}: {short:?} and {long:?}", rule.id);
    }
}

#[test]
fn what_is_no_price_is_refused_with_a_sentence() {
    let good = funding("0.0001", 100, 28_800);
    let of = |sample: &Sample, id: &str| {
        MarkSeries::new(&rule(id), None, good).unwrap().next(sample).map(|quote| quote.mark)
    };
    let base = quiet(0, "100");
    let zero = price("0");
    for (sample, expected) in [
        (Sample { index: zero, ..base }, MarkError::NotAbove(What::Index)),
        (Sample { index: price("-1"), ..base }, MarkError::NotAbove(What::Index)),
        (Sample { bid: zero, ..base }, MarkError::NotAbove(What::Bid)),
        (Sample { ask: price("-5"), ..base }, MarkError::NotAbove(What::Ask)),
        (Sample { last: zero, ..base }, MarkError::NotAbove(What::Last)),
        (Sample { others: Some(zero), ..base }, MarkError::NotAbove(What::Others)),
        (Sample { bid: price("101"), ..base }, MarkError::Crossed),
    ] {
        assert_eq!(of(&sample, "binance"), Err(expected));
        let said = expected.to_string();
        assert!(said.starts_with("The ") && said.ends_with('.'), "{said}");
    }
    assert_eq!(of(&Sample { others: None, ..base }, "hyperliquid"), Err(MarkError::NoOthers));
    // A book that stands at a tenth of the index would make a mark of 10, one at nothing none at all.
    let low = Sample { bid: price("0.01"), ask: price("0.01"), ..quiet(0, "100") };
    assert_eq!(of(&low, "okx"), Ok(price("0.01")));
    // With a mean basis of (-99.99 - 9.99) / 2 an index of 10 is no price.
    let mut falling = MarkSeries::new(&rule("okx"), None, good).unwrap();
    falling.next(&low).unwrap();
    let after = Sample { at: 1, index: price("10"), ..low };
    assert_eq!(falling.next(&after), Err(MarkError::NoPrice));
    for (terms, expected) in [
        (funding("0", 0, 0), MarkError::NoInterval),
        (funding("0", 0, -1), MarkError::NoInterval),
        (funding("0", -1, 10), MarkError::OutsideInterval),
        (funding("0", 11, 10), MarkError::OutsideInterval),
        (funding("1", 1, 10), MarkError::Rate),
        (funding("-1", 1, 10), MarkError::Rate),
    ] {
        assert_eq!(funding_price(&price("1"), &terms), Err(expected));
        assert_eq!(MarkSeries::new(&rule("okx"), None, terms).err(), Some(expected));
    }
    let mut series = MarkSeries::new(&rule("binance"), None, good).unwrap();
    series.next(&quiet(5, "100")).unwrap();
    assert_eq!(series.next(&quiet(5, "100")), Err(MarkError::Backward));
}

/// A long of 97.00 with a threshold below, or its mirror image.
fn start(side: Side, closing: &str) -> Start {
    let now = price("97");
    Start {
        index: now,
        mid: now,
        last: now,
        tick: price("0.01"),
        side,
        closing: Some(price(closing)),
    }
}

#[test]
fn a_wild_trade_closes_nobody_and_a_slow_fall_does() {
    for rule in mark_rules() {
        for (side, closing) in [
            (Side::Long, "92.11"),
            (Side::Short, "102.4"),
            (Side::Long, "96.9"),
            (Side::Long, "0.02"),
        ] {
            let begin = start(side, closing);
            let threshold = price(closing);
            let played = |demo| {
                let minute = samples(demo, &begin).unwrap();
                assert_eq!(minute, samples(demo, &begin).unwrap(), "nothing is left to chance");
                assert_eq!(minute.len(), 61);
                let terms = funding("0.0001", 6 * 3600, 8 * 3600);
                play(&rule, None, terms, &minute, (side, Some(&threshold))).unwrap()
            };
            let is_beyond = |price: &Price| match side {
                Side::Long => price.exact().is_at_most(threshold.exact()).unwrap(),
                Side::Short => threshold.exact().is_at_most(price.exact()).unwrap(),
            };
            let wild = played(Demo::WildTrade);
            let beyond = wild.steps.iter().filter(|(sample, _)| is_beyond(&sample.last)).count();
            assert_eq!(beyond, 1, "{}: one second of {closing}", rule.id);
            assert!(
                is_beyond(&wild.worst_trade.1) && !is_beyond(&wild.worst_mark.1),
                "{}",
                rule.id
            );
            assert_eq!(wild.closed_at, None, "{}", rule.id);
            let fall = played(Demo::SlowFall);
            let closed = fall.closed_at.unwrap();
            let (_, quote) = &fall.steps[usize::try_from(closed).unwrap()];
            assert!(is_beyond(&quote.mark) && closed > 5, "{}", rule.id);
            let before = &fall.steps[..usize::try_from(closed).unwrap()];
            assert!(before.iter().all(|(_, quote)| !is_beyond(&quote.mark)), "{}", rule.id);
        }
    }
}

#[test]
fn the_last_trade_alone_would_have_closed() {
    // What makes the difference: the same minute, with the last trade as the whole formula.
    let mut alone = rule("binance");
    (alone.parts, alone.basis) = (vec![MarkPart::Last], None);
    let minute = samples(Demo::WildTrade, &start(Side::Long, "92.11")).unwrap();
    let terms = funding("0", 0, 8 * 3600);
    let closing = price("92.11");
    let played = play(&alone, None, terms, &minute, (Side::Long, Some(&closing))).unwrap();
    assert_eq!(played.closed_at, Some(30));
    assert_eq!(played.worst_mark, played.worst_trade);
    assert_eq!(played.worst_trade.1.round(2, Rounding::HalfEven).unwrap().to_string(), "91.50");
}
