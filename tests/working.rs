//! The working is right as printed: its mathematics, read back from the page, gives the headline.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

#[path = "working/mathml.rs"]
mod mathml;
#[path = "oracle/number.rs"]
#[expect(dead_code, reason = "only its fractions and its source of numbers are used here")]
mod number;

use margin_calculator::margin::Threshold;
use margin_calculator::quantity::Side;
use margin_calculator::scenario::{Draft, FieldId, Preset, RuleChoice};
use margin_calculator::text::{NumberStyle, grouped};
use margin_calculator::venue::{ARTICLE_TABLE, Catalog, USUAL_TABLE, catalog};
use margin_calculator::words::{Answer, Pen, Step, answer, sentence, working};
use mathml::{Node, Reader, nodes, parts};
use num_traits::{Signed, Zero};
use number::{Fraction, Random, of_exact, ten_to, whole};
use rust_decimal::Decimal;

fn half_unit(places: u32) -> Fraction {
    Fraction::new(1.into(), ten_to(places) * 2)
}

/// Checks every relation of a line that ends in printed results; gives its first value and its last
/// printed number.
fn chain(reader: &Reader, step: &Step) -> Result<(Fraction, String), String> {
    let list = nodes(&mut step.formulas.as_str());
    let parts = parts(&list);
    let mut before = reader.value(&parts.first().ok_or("empty")?.1);
    let first = before.clone();
    let mut last = String::new();
    for (relation, part) in parts.iter().skip(1) {
        let value = reader.value(part);
        if let [Node::Number(text)] = part.as_slice() {
            last.clone_from(text);
        }
        let holds = match (relation.as_str(), part.as_slice()) {
            ("=", _) => value == before,
            ("\u{2248}", [Node::Number(text)]) => {
                let error = (&value - &before).abs();
                !error.is_zero() && error <= half_unit(reader.number(text).1)
            }
            // The headline: on the price step, so checked against the report instead.
            ("\u{2192}", [Node::Number(_)]) => true,
            _ => false,
        };
        if !holds {
            return Err(format!("{before} {relation} {value} does not hold: {}", step.formulas));
        }
        before = value;
    }
    Ok((first, last))
}

/// Both sides at the answer: printed in cents, so each is at most half a cent off.
fn check_sides(reader: &Reader, step: &Step) -> Result<(), String> {
    let list = nodes(&mut step.formulas.as_str());
    let parts = parts(&list);
    let [have, need, kept] = parts.as_slice() else {
        return Err(format!("{} sides: {}", parts.len(), step.formulas));
    };
    let values = [have, need, kept].map(|(_, part)| reader.value(part));
    let cent = half_unit(2);
    // Two rounded numbers on the left, one in the middle, one times a rate below 1 on the right.
    for (index, (relation, allowed)) in
        [(&need.0, &cent * whole(3)), (&kept.0, &cent * whole(2))].into_iter().enumerate()
    {
        let error = values
            .get(index)
            .zip(values.get(index + 1))
            .map(|(left, right)| (left - right).abs())
            .ok_or("sides")?;
        let holds = match relation.as_str() {
            "=" => error.is_zero(),
            "\u{2248}" => error <= allowed,
            _ => false,
        };
        if !holds {
            return Err(format!("relation {} is off by {error}: {}", index + 1, step.formulas));
        }
    }
    Ok(())
}

fn check(answer: &Answer) -> Result<(), String> {
    let crossing = answer.report.liquidation.crossing();
    let fee = match answer.market.rules.maintenance_fee {
        margin_calculator::venue::MaintenanceFee::CloseAtMark(fee) => of_exact(fee.exact()),
        _ => whole(0),
    };
    let exact = crossing.map(|crossing| of_exact(crossing.exact.exact()).reduced());
    let reader = Reader {
        style: answer.draft.numbers,
        price: exact.clone(),
        rate: crossing.map(|it| of_exact(it.tier.maintenance_margin_rate.exact()) + &fee),
        deduction: crossing.map(|it| of_exact(it.tier.maintenance_amount.exact()).reduced()),
    };
    let working = working(answer);
    let [margin, balance, tries @ .., last] = working.steps.as_slice() else {
        return Err(format!("{} steps", working.steps.len()));
    };
    let (value, _) = chain(&reader, margin)?;
    if value != of_exact(answer.position_margin.exact()).reduced() {
        return Err(format!("the margin is {value}: {}", margin.formulas));
    }
    let Some((exact, crossing)) = exact.zip(crossing) else {
        let states_a_price = !last.formulas.is_empty();
        let never = answer.report.liquidation == Threshold::Never;
        if states_a_price != never || !tries.is_empty() {
            return Err(format!("{:?} is explained by {last:?}", answer.report.liquidation));
        }
        if never && chain(&reader, last)?.0.is_positive() {
            return Err(format!("a price above zero closes it after all: {}", last.formulas));
        }
        return Ok(());
    };
    // The two sides meet at the exact price, as the second step says in letters.
    chain(&reader, balance)?;
    for (index, step) in tries.iter().enumerate() {
        let (value, printed) = chain(&reader, step)?;
        let is_last = index + 1 == tries.len();
        if is_last {
            if value != exact {
                return Err(format!("the last try gives {value}, the report {exact}"));
            }
            let said = sentence(answer);
            let shown = Pen::new(answer).price(&crossing.price);
            if said.is_price && said.answer != shown {
                return Err(format!("{} is the headline, {shown} the report", said.answer));
            }
            let same_text = printed == shown || !step.formulas.contains('\u{2192}');
            if !same_text || reader.number(&printed).0 != reader.number(&shown).0 {
                return Err(format!("{printed} is printed, {shown} is the headline"));
            }
        }
        if is_last != step.verdict.ends_with("Consistent.") {
            return Err(format!("try {index} of {}: {}", tries.len(), step.verdict));
        }
    }
    check_sides(&reader, last)?;
    peek(&reader, &working.peek, &exact)
}

/// The line of the closed chapter: a division and the headline, to the tick.
fn peek(reader: &Reader, peek: &str, exact: &Fraction) -> Result<(), String> {
    let Some((above, rest)) = peek.split_once(" \u{f7} ") else {
        return peek.starts_with("closed at ").then_some(()).ok_or_else(|| peek.to_owned());
    };
    let relation = if rest.contains(" = ") { " = " } else { " \u{2248} " };
    let (below, shown) = rest.split_once(relation).ok_or(peek)?;
    let quotient = reader.number(above).0 / reader.number(below).0;
    let headline = reader.number(shown).0;
    if quotient != *exact || (relation == " = ") != (headline == *exact) {
        return Err(format!("{peek} does not hold"));
    }
    Ok(())
}

/// A question somebody could ask.
fn realistic(random: &mut Random, catalog: &Catalog) -> Draft {
    let mut draft = random.pick(&Preset::ALL).draft();
    let listings: Vec<_> = catalog.listings().iter().collect();
    let listing = random.pick(&listings);
    draft.choose_coin(listing, catalog);
    draft.restyle(random.pick(&NumberStyle::ALL));
    draft.side = random.pick(&[Side::Long, Side::Short]);
    draft.rules = match random.below(5) {
        0 => RuleChoice::SingleRate,
        1 if draft.coin == "BTC" => RuleChoice::Table(ARTICLE_TABLE),
        _ => RuleChoice::Table(USUAL_TABLE),
    };
    let snapshot = Decimal::from_str_exact(listing.snapshot_text).unwrap();
    let near = |price: Decimal, percent: u32| {
        let moved = price.checked_mul(Decimal::new(i64::from(percent), 2)).unwrap();
        moved.round_dp(listing.tick_places).max(Decimal::new(1, listing.tick_places))
    };
    let entry = near(snapshot, 50 + random.below(100));
    let mark = near(entry, 85 + random.below(30));
    let worth = Decimal::from(10_u64.pow(1 + random.below(8)) * u64::from(1 + random.below(99)));
    let size = worth.checked_div(entry).unwrap().round_dp(listing.quantity_places);
    let leverage = Decimal::from_str_exact(random.pick(&[
        "1", "2", "3", "5", "7", "10", "12.5", "20", "33", "50", "75", "0.5", "1.3", "1.1", "100",
    ]));
    // Now and then more digits than any venue takes.
    let size = if random.chance(10) { random.decimal(3, 9) } else { size };
    let percent = |text: &str| Decimal::from_str_exact(text).unwrap();
    for (field, value) in [
        (FieldId::EntryPrice, entry),
        (FieldId::MarkPrice, mark),
        (FieldId::Quantity, size.max(Decimal::new(1, listing.quantity_places))),
        (FieldId::Leverage, leverage.unwrap()),
        (FieldId::FlatRate, percent(random.pick(&["0.5", "1", "0.35", "2.5", "0"]))),
        (FieldId::CloseFee, percent(random.pick(&["0", "0", "0.05", "0.0555", "0.02"]))),
        (FieldId::WarningRatio, percent(random.pick(&["80", "66.7", "90"]))),
    ] {
        draft.set(field, grouped(value, draft.numbers));
    }
    draft
}

#[test]
fn every_line_of_the_working_holds_and_ends_at_the_headline() {
    let catalog = catalog().expect("the shipped tables are valid");
    let mut random = Random::new(71);
    let (mut checked, mut prices, mut steps) = (0, 0, 0);
    while checked < 2_000 {
        let draft = realistic(&mut random, catalog);
        let Ok(found) = answer(&draft, catalog).1 else {
            continue;
        };
        if let Err(problem) = check(&found) {
            panic!("answer {checked}: {problem}\n{draft:#?}");
        }
        checked += 1;
        steps += working(&found).steps.len();
        prices += usize::from(sentence(&found).is_price);
    }
    println!("{checked} workings of {steps} steps hold; {prices} end at a headline price");
    assert!(prices > 800 && steps > 4 * prices);
}

#[test]
fn the_examples_are_explained_down_to_the_headline() {
    let catalog = catalog().expect("the shipped tables are valid");
    for preset in Preset::ALL {
        for style in NumberStyle::ALL {
            let mut draft = preset.draft();
            draft.restyle(style);
            check(&answer(&draft, catalog).1.unwrap()).unwrap();
        }
    }
}
