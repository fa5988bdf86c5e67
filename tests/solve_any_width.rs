//! Working backwards with any number of digits: an answer for every accepted input, exact before
//! rounding and safe after.
//!
//! `LONG_TESTS=1` asks twenty times as many.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

#[expect(dead_code, reason = "tests/solve.rs uses the rest")]
#[path = "solve/judge.rs"]
mod judge;
#[expect(dead_code, reason = "tests/properties.rs uses the rest")]
#[path = "oracle/mod.rs"]
mod oracle;

use std::collections::BTreeMap;

use judge::{Asked, standing, wanted_price};
use margin_calculator::margin::{
    ComputeError, Solution, Unknown, Wish, compute, solve, with_unknown,
};
use margin_calculator::quantity::{Exact, Money, Price, Rate, Side};
use margin_calculator::scenario::{MarginMode, PositionMargin};
use margin_calculator::venue::{ContractKind, MaintenanceFee, TierBasis, TierKind};
use num_traits::Zero;
use oracle::generate::{Reach, case};
use oracle::number;
use oracle::number::{
    Fraction, Random, compare, is_positive, minus, of_exact, over, plus, times, whole,
};
use oracle::question::{Case, Fee, Kind};
use oracle::scenario::scenario;
use rust_decimal::Decimal;

/// A generated question cut down to one isolated position under the rules that [`surplus`] knows.
fn plain_case(random: &mut Random) -> (Reach, Case) {
    loop {
        let (reach, mut case) = case(random.next());
        case.positions.truncate(1);
        let (Some(position), false) = (case.positions.first_mut(), case.cross) else {
            continue;
        };
        let Some(market) = case.markets.get_mut(position.market) else {
            continue;
        };
        let is_plain = matches!(market.kind, Kind::Marginal | Kind::Flat)
            && matches!(market.basis, TierBasis::Notional | TierBasis::Quantity)
            && position.leverage.is_some();
        if !is_plain {
            continue;
        }
        market.initial_on_mark = false;
        market.initial_fee = Fee::None;
        market.maintenance_on_entry = false;
        market.funding = Decimal::ZERO;
        market.last_tier_goes_on = false;
        if !matches!(market.maintenance_fee, Fee::CloseAtMark(_)) {
            market.maintenance_fee = Fee::None;
        }
        if reach == Reach::Ordinary && random.chance(70) {
            // As it is when a position is opened.
            market.mark = position.entry;
        }
        case.markets = vec![market.clone()];
        position.market = 0;
        return (reach, case);
    }
}

fn asked(random: &mut Random) -> Option<(Reach, Asked)> {
    let (reach, case) = plain_case(random);
    let market = case.markets.first().unwrap();
    let (mark, long) = (market.mark, case.positions.first().unwrap().long);
    let mut scenario = scenario(&case).ok()?;
    let unknown = random.pick(&[
        Unknown::Leverage,
        Unknown::Quantity,
        Unknown::AddedMargin,
        Unknown::EntryPrice,
    ]);
    let position = scenario.positions.first_mut().unwrap();
    if unknown == Unknown::Leverage {
        position.margin = PositionMargin::InitialPlus(Money::from_exact(Exact::ZERO));
    }
    if random.chance(20) {
        let wallet = Money::from_decimal(random.decimal(6, 3));
        scenario.margin_mode = MarginMode::Cross { wallet_balance: wallet };
    }
    let places = random.pick(&[0, 1, 2, 3, 8]);
    let away =
        Decimal::ONE + random.decimal(0, 3) * if long { -Decimal::ONE } else { Decimal::ONE };
    let near = mark.checked_mul(away).unwrap_or(mark).round_dp(12);
    let far = random.extreme(12, 12);
    let price = if reach == Reach::Extreme && random.chance(50) { far } else { near };
    let price = Price::from_decimal(price.max(Decimal::new(1, 12)));
    let loss = random.decimal(4, 4);
    let loss = if reach == Reach::Extreme { random.extreme(15, 8) } else { loss };
    let wish = match random.below(4) {
        0..2 => Wish::LiquidationAt(price),
        2 => Wish::StopWithBuffer { stop: price, buffer: Rate::from_decimal(random.decimal(0, 2)) },
        _ => Wish::LargestLoss(Money::from_decimal(loss)),
    };
    let step = Exact::from_decimal(Decimal::new(1, places));
    Some((reach, Asked { scenario, wish, unknown, step }))
}

/// Margin balance less maintenance margin where the wish says, from their definitions: zero is as
/// wished. Absent where the loss is more than the position is worth.
fn surplus(asked: &Asked, value: &Exact) -> Option<Fraction> {
    let market = asked.scenario.markets.first().unwrap();
    let position = asked.scenario.positions.first().unwrap();
    let rules = &market.rules;
    let is_inverse = rules.contract == ContractKind::Inverse;
    let place = |price: Fraction| if is_inverse { over(&whole(1), &price) } else { price };
    let given = |unknown: Unknown, otherwise: &Exact| {
        of_exact(if asked.unknown == unknown { value } else { otherwise })
    };
    let quantity = given(Unknown::Quantity, position.quantity.exact());
    let size = times(&quantity, &of_exact(rules.contract_size.exact()));
    let entry = place(given(Unknown::EntryPrice, position.entry_price.exact()));
    let leverage = given(Unknown::Leverage, position.leverage.as_ref().unwrap().exact());
    let added = given(Unknown::AddedMargin, &Exact::ZERO);
    let margin = match (&asked.scenario.margin_mode, &position.margin) {
        (MarginMode::Cross { wallet_balance }, _) => of_exact(wallet_balance.exact()),
        (_, PositionMargin::Assigned(margin)) => of_exact(margin.exact()),
        (_, PositionMargin::InitialPlus(more)) => {
            plus(&over(&times(&size, &entry), &leverage), &of_exact(more.exact()))
        }
    };
    let gains = whole(if (position.side == Side::Long) == is_inverse { -1 } else { 1 });
    let there = match &asked.wish {
        Wish::LargestLoss(loss) => {
            minus(&entry, &times(&gains, &over(&of_exact(loss.exact()), &size)))
        }
        _ => place(of_exact(wanted_price(asked).unwrap().exact())),
    };
    if !is_positive(&there) {
        return None;
    }
    let profit = times(&times(&gains, &size), &minus(&there, &entry));
    let notional = times(&size, &there);
    let tiers = rules.tiers.tiers();
    let measure = if rules.tiers.basis() == TierBasis::Quantity { &quantity } else { &notional };
    let tier = tiers
        .iter()
        .find(|tier| tier.cap.is_none_or(|cap| compare(measure, &of_exact(&cap)).is_le()))?;
    let fee = match &rules.maintenance_fee {
        MaintenanceFee::CloseAtMark(fee) => of_exact(fee.exact()),
        _ => whole(0),
    };
    let rate = plus(&of_exact(tier.maintenance_margin_rate.exact()), &fee);
    let kept = minus(&times(&notional, &rate), &of_exact(tier.maintenance_amount.exact()));
    Some(minus(&plus(&plus(&margin, &added), &profit), &kept))
}

/// What is wrong with what was found, if anything is.
fn fault(asked: &Asked, exact: Option<&Exact>, value: &Exact) -> Option<String> {
    let is_loss = matches!(asked.wish, Wish::LargestLoss(_));
    // A surplus where it should be closed means that it is closed later.
    let is_worse = |surplus: &Fraction| {
        if is_loss { is_positive(surplus) } else { is_positive(&minus(&whole(0), surplus)) }
    };
    let is_flat = asked.scenario.markets.first().unwrap().rules.tiers.kind() == TierKind::Flat;
    if let Some(exact) = exact {
        let surplus = surplus(asked, exact);
        if !is_flat && !surplus.as_ref().is_some_and(Zero::is_zero) {
            return Some(format!("{exact:?} leaves {surplus:?}"));
        }
    }
    if !is_flat && surplus(asked, value).is_some_and(|surplus| is_worse(&surplus)) {
        return Some(format!("{value:?} leaves {:?}", surplus(asked, value)));
    }
    let is_narrow = |value: &Exact| {
        let scenario = with_unknown(&asked.scenario, 0, asked.unknown, value).unwrap();
        compute(&scenario) != Err(ComputeError::Overflow)
    };
    if is_narrow(value) && !standing(asked, value).meets() {
        return Some(format!("{value:?} is {:?}", standing(asked, value)));
    }
    let exact = exact?;
    if is_narrow(exact) && !standing(asked, exact).is_exact() {
        return Some(format!("{exact:?} is {:?}", standing(asked, exact)));
    }
    if asked.unknown == Unknown::Quantity && is_loss {
        // A small quantity never loses that much, and a large one is closed before it does.
        return None;
    }
    let beyond = if exact.is_below(value).unwrap() {
        value.minus(&asked.step).unwrap()
    } else if value.is_below(exact).unwrap() {
        value.plus(&asked.step).unwrap()
    } else {
        return None;
    };
    let is_value = beyond.is_positive() || asked.unknown == Unknown::AddedMargin;
    let is_met = is_value && is_narrow(&beyond) && standing(asked, &beyond).meets();
    is_met.then(|| format!("{beyond:?} would do as well"))
}

#[test]
fn every_accepted_input_has_an_answer() {
    let count = if std::env::var_os("LONG_TESTS").is_some() { 40_000 } else { 2_000 };
    let mut random = Random::new(2027);
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for number in 0..count {
        let Some((reach, asked)) = asked(&mut random) else {
            continue;
        };
        let answer = solve(&asked.scenario, 0, &asked.wish, asked.unknown, &asked.step);
        let name = match answer {
            Ok(Solution::Found { exact, rounded, .. }) => {
                if let Some(fault) = fault(&asked, exact.as_ref(), &rounded.value) {
                    panic!("{number}: {fault}\n{exact:?} {rounded:?}\n{asked:?}");
                }
                "found".to_owned()
            }
            Ok(Solution::Unreachable { reason, .. }) => format!("{reason:?}"),
            Err(error) => panic!("{number}: {error:?}\n{asked:?}"),
        };
        let name = name.split('(').next().unwrap().to_owned();
        *seen.entry(format!("{reach:?} {name}")).or_default() += 1;
    }
    println!("{count} questions of any width: {seen:#?}");
    for reach in ["Ordinary", "Wide", "Extreme"] {
        assert!(seen.contains_key(&format!("{reach} found")), "none of {reach} is found");
    }
}
