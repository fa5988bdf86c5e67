//! Puts a question where comparisons turn: a tier edge at the mark or at the entry, a margin that is
//! exactly what must be kept at the mark, or just below or just above a tier edge, or nothing.

use num_traits::ToPrimitive;
use rust_decimal::Decimal;

use super::super::figures::{alone, in_market, problems};
use super::super::grain::Grain;
use super::super::holding::{Holding, Moves, value_at};
use super::super::number::{
    Fraction, Random, floor, minus, of_decimal, plus, ten_to, times, whole,
};
use super::super::point::Point;
use super::super::question::{Case, MarketCase, PositionCase, Tier};
use super::super::walk::Walk;

pub(super) fn settle(random: &mut Random, case: &mut Case) {
    if random.chance(20) {
        put_edge(random, case);
    }
    if random.chance(30) && problems(case).is_empty() {
        put_margin(random, case);
    }
}

/// Puts a little more behind a cross account than it must keep.
pub(super) fn back(random: &mut Random, case: &mut Case) {
    let numbers: Vec<usize> = (0..case.positions.len()).collect();
    if !problems(case).is_empty() {
        return;
    }
    let grain = Grain::new(case, &numbers);
    let new = |index: &usize| Holding::new(case, *index, &grain, Moves::OneMark);
    let all: Vec<Holding> = numbers.iter().map(new).collect();
    let wallet = case.wallet.map(of_decimal);
    let walk = in_market(case, 0, &grain, &all);
    let more = wallet.map(|wallet| plus(&wallet, &just_enough(random, &walk)));
    case.wallet = more.and_then(|more| rounded(&more)).or(case.wallet);
}

/// A tier ends exactly at the size or the value of a position.
fn put_edge(random: &mut Random, case: &mut Case) {
    let Some(position) = any(random, &case.positions).cloned() else {
        return;
    };
    let Some(market) = case.markets.get_mut(position.market) else {
        return;
    };
    let price = match random.below(5) {
        0 => position.entry,
        1 | 2 => market.mark,
        // Where a walk comes by soon.
        _ => market.mark * Decimal::new(random.pick(&[80, 95, 98, 99, 101, 102, 105, 125]), 2),
    };
    let Some(value) = measure(market, &position, price) else {
        return;
    };
    let inside = |tier: &Tier| tier.cap.is_none_or(|cap| value < cap) && tier.floor < value;
    let has_rows = !market.tiers.iter().any(|tier| tier.cap.is_none() && market.tiers.len() == 1);
    if let (true, Some(at)) = (has_rows, market.tiers.iter().position(inside)) {
        let upper = market.tiers.get(at).unwrap().clone();
        let rise = Decimal::new(random.pick(&[0, 1, 50, 300]), 3);
        let rate = (upper.rate + rise).min(Decimal::new(9999, 4));
        let rate = market.tiers.get(at + 1).map_or(rate, |next| next.rate.min(rate));
        market.tiers.get_mut(at).unwrap().cap = Some(value);
        market.tiers.insert(at + 1, Tier { floor: value, rate, ..upper });
    }
}

/// What the table of a market looks at, if it is a decimal.
fn measure(market: &MarketCase, position: &PositionCase, price: Decimal) -> Option<Decimal> {
    use margin_calculator::venue::TierBasis::Quantity;
    if market.basis == Quantity {
        return Some(position.quantity);
    }
    in_decimals(&value_at(market, position, &of_decimal(price)))
}

/// A margin at which nothing is left over at some price that matters.
fn put_margin(random: &mut Random, case: &mut Case) {
    let Some(index) = any(random, &(0..case.positions.len()).collect::<Vec<_>>()).copied() else {
        return;
    };
    let position = case.positions.get(index).unwrap().clone();
    let numbers: Vec<usize> = (0..case.positions.len()).collect();
    let grain = Grain::new(case, if case.cross { &numbers } else { std::slice::from_ref(&index) });
    let all: Vec<Holding>;
    let (walk, margin) = if case.cross {
        let new = |index: &usize| Holding::new(case, *index, &grain, Moves::OneMark);
        all = numbers.iter().map(new).collect();
        let wallet = of_decimal(case.wallet.unwrap());
        (in_market(case, position.market, &grain, &all), wallet)
    } else {
        alone(case, index, &grain)
    };
    let market = case.market_of(&position);
    let margin = if random.chance(50) {
        rounded(&plus(&margin, &just_enough(random, &walk)))
    } else {
        missing(random, market, &walk).and_then(|missing| in_decimals(&plus(&margin, &missing)))
    };
    let Some(margin) = margin else {
        return;
    };
    if case.cross {
        case.wallet = Some(margin);
    } else {
        let position = case.positions.get_mut(index).unwrap();
        position.assigned = true;
        position.margin = margin;
    }
}

fn missing(random: &mut Random, market: &MarketCase, walk: &Walk) -> Option<Fraction> {
    let factor = random.pick(&[Decimal::ONE, Decimal::ONE, market.warning]);
    let factor = of_decimal(factor);
    let edges = walk.edges();
    match (random.below(6), any(random, &edges)) {
        // A balance of nothing, as near as a factor of a million brings it.
        (0, _) => Some(walk.missing(&whole(1_000_000), &walk.mark, &walk.mark)),
        (1, _) | (_, None) => Some(walk.missing(&factor, &walk.mark, &walk.mark)),
        // What is kept at the edge, or what is kept from just past it on.
        (2 | 3, Some(edge)) => Some(walk.missing(&factor, edge, edge)),
        (_, Some(edge)) => {
            let mut ends: Vec<Point> = vec![Point::zero()];
            ends.extend(edges.iter().cloned());
            ends.push(Point::infinity());
            let at = ends.iter().position(|end| end.compare(edge).is_eq())?;
            let past = if walk.holdings.first()?.inverse { at - 1 } else { at + 1 };
            Some(walk.missing(&factor, edge, &edge.between(ends.get(past)?)))
        }
    }
}

/// What is missing to what must be kept at the mark, and a little more.
fn just_enough(random: &mut Random, walk: &Walk) -> Fraction {
    let at_mark = |factor: i64| walk.missing(&whole(factor), &walk.mark, &walk.mark);
    // Of a balance that counts a million times nothing needs to be kept.
    let kept = minus(&at_mark(1), &at_mark(1_000_000));
    let more = Decimal::new(random.pick(&[1, 10, 50, 200]), 3);
    plus(&at_mark(1), &times(&kept, &of_decimal(more)))
}

fn any<'v, T>(random: &mut Random, values: &'v [T]) -> Option<&'v T> {
    let count = u32::try_from(values.len()).unwrap();
    if count == 0 { None } else { values.get(random.below(count) as usize) }
}

/// The decimal at or below a fraction with 6 places.
fn rounded(value: &Fraction) -> Option<Decimal> {
    let (mantissa, _) = floor(&times(value, &Fraction::from_integer(ten_to(6))));
    Some(Decimal::try_from_i128_with_scale(mantissa.to_i128()?, 6).ok()?.normalize())
}

/// The decimal of a fraction that has one of at most 12 places.
fn in_decimals(value: &Fraction) -> Option<Decimal> {
    let (mantissa, exact) = floor(&times(value, &Fraction::from_integer(ten_to(12))));
    if !exact || 90 < mantissa.bits() {
        return None;
    }
    Some(Decimal::try_from_i128_with_scale(mantissa.to_i128()?, 12).ok()?.normalize())
}
