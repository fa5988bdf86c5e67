//! What holds for every account, whatever its figures.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

#[path = "oracle/mod.rs"]
#[expect(dead_code, reason = "only its questions are used here")]
mod oracle;
#[path = "accounts/recast.rs"]
mod recast;
#[path = "accounts/rounded.rs"]
mod rounded;
#[path = "accounts/shapes.rs"]
mod shapes;

use margin_calculator::margin::{
    Crossing, MarginRatio, Report, Shock, Threshold, compute, compute_wide,
};
use margin_calculator::quantity::{Exact, Number, Price, Wide};
use margin_calculator::scenario::MarginMode;
use margin_calculator::venue::ContractKind;
use oracle::question::{Case, Kind, PositionCase};
use oracle::scenario::scenario;
use proptest::prelude::{any, prop_assert, prop_assert_eq, prop_assume, proptest};
use proptest::sample::Index;
use recast::{in_the_coin, same, scaled, ten, turned};
use rounded::Change;
use rust_decimal::Decimal;
use shapes::{account, config, contract, isolated, market};

/// The answer; absent where a position lies beyond its table.
fn report(case: &Case) -> Option<Report> {
    compute(&scenario(case).unwrap()).ok()
}

fn at_most(a: &Exact, b: &Exact) -> bool {
    a.is_at_most(b).unwrap()
}

/// The exact prices below and above; absent where there is none.
fn sides(threshold: &Threshold) -> [Option<Exact>; 2] {
    let exact = |side: &Option<Crossing>| side.as_ref().map(|found| *found.exact.exact());
    match threshold {
        Threshold::AtPrice { below, above } => [exact(below), exact(above)],
        _ => [None, None],
    }
}

fn is_now(threshold: &Threshold) -> bool {
    matches!(threshold, Threshold::Now { .. })
}

fn mark(case: &Case, position: &PositionCase) -> Exact {
    Exact::from_decimal(case.market_of(position).mark)
}

/// The answer with a market's mark at another price.
fn with_mark(case: &Case, number: usize, mark: Exact) -> Option<Report> {
    let mut scenario = scenario(case).unwrap();
    scenario.markets.get_mut(number).unwrap().mark_price = Price::from_exact(mark);
    compute(&scenario).ok()
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn more_wallet_never_brings_liquidation_closer(case in account(), more in 1_u32..100_000) {
        let before = report(&case);
        prop_assume!(before.is_some());
        let mut richer = case.clone();
        richer.wallet = case.wallet.map(|wallet| wallet + Decimal::new(more.into(), 2));
        let after = report(&richer).unwrap();
        for (before, after) in before.unwrap().positions.iter().zip(&after.positions) {
            for (before, after) in [
                (&before.liquidation, &after.liquidation),
                (&before.margin_call, &after.margin_call),
            ] {
                prop_assert!(is_now(before) || !is_now(after));
                let ([below, above], [lower, higher]) = (sides(before), sides(after));
                if !is_now(before) {
                    prop_assert!(lower.is_none_or(|lower| at_most(&lower, &below.unwrap())));
                    prop_assert!(higher.is_none_or(|higher| at_most(&above.unwrap(), &higher)));
                }
            }
        }
    }

    #[test]
    fn a_hedge_that_must_keep_nothing_changes_no_threshold(
        case in account(),
        own in any::<bool>(),
        mut other in market(contract()),
        quantity in 1_u32..1000,
        entry in 1_u32..1000,
    ) {
        let mut case = case;
        for tier in &mut other.tiers {
            tier.rate = Decimal::ZERO;
        }
        other.last_tier_goes_on = true;
        other.kind = Kind::Marginal;
        other.maintenance_fee = oracle::question::Fee::None;
        if own {
            // In the market of the first position, whose table asks for nothing.
            let place = case.positions.first().unwrap().market;
            let market = case.markets.get_mut(place).unwrap();
            *market = oracle::question::MarketCase { contract: market.contract, mark: market.mark, ..other };
        } else {
            case.markets.push(other);
        }
        let before = report(&case);
        prop_assume!(before.is_some());
        let market = if own { case.positions.first().unwrap().market } else { case.markets.len() - 1 };
        let leg = |long| PositionCase {
            market,
            long,
            quantity: quantity.into(),
            entry: entry.into(),
            leverage: None,
            assigned: false,
            margin: Decimal::ZERO,
        };
        let mut hedged = case.clone();
        hedged.positions.extend([leg(true), leg(false)]);
        let (before, after) = (before.unwrap(), report(&hedged).unwrap());
        for (before, after) in before.positions.iter().zip(&after.positions) {
            prop_assert_eq!(&before.liquidation, &after.liquidation);
            prop_assert_eq!(&before.margin_call, &after.margin_call);
            prop_assert_eq!(&before.bankruptcy_price, &after.bankruptcy_price);
        }
        if before.account.shock_to_liquidation != after.account.shock_to_liquidation {
            prop_assert_eq!(after.account.shock_to_liquidation, Shock::Mixed);
        }
    }

    #[test]
    fn the_order_of_positions_and_markets_changes_nothing(
        case in account(),
        by in any::<Index>(),
        cross in any::<bool>(),
    ) {
        let mut case = case;
        case.cross = cross;
        let before = report(&case);
        prop_assume!(before.is_some());
        let mut turned = case.clone();
        turned.positions.reverse();
        let by = by.index(case.markets.len());
        turned.markets.rotate_left(by);
        for position in &mut turned.positions {
            position.market = (position.market + case.markets.len() - by) % case.markets.len();
        }
        let mut after = report(&turned).unwrap();
        after.positions.reverse();
        prop_assert_eq!(before.unwrap(), after);
    }

    #[test]
    fn units_of_money_and_of_price_change_no_answer(
        case in account(),
        cross in any::<bool>(),
        money in -3_i32..4,
        price in -3_i32..4,
    ) {
        let mut case = case;
        case.cross = cross;
        let before = report(&case);
        prop_assume!(before.is_some());
        let by = |power| move |value: &Exact| value.times(&Exact::from_decimal(ten(power))).unwrap();
        let change = Change { money: &by(money), price: &by(price), on_tick: &by(price), ratio: &same };
        prop_assert_eq!(change.report(before.unwrap()), report(&scaled(&case, money, price)).unwrap());
    }

    #[test]
    fn an_account_of_one_position_is_the_isolated_position(case in isolated()) {
        let mut case = case;
        case.positions.truncate(1);
        case.wallet = None;
        let alone = report(&case);
        prop_assume!(alone.is_some());
        let mut alone = alone.unwrap();
        let found = alone.positions.first_mut().unwrap();
        let mut scenario = scenario(&case).unwrap();
        scenario.margin_mode = MarginMode::Cross { wallet_balance: found.position_margin.unwrap() };
        let cross = compute(&scenario).unwrap();
        found.position_margin = None;
        found.rejections.retain(|why| !matches!(
            why, margin_calculator::margin::Rejection::MarginBelowMaintenance { .. }
        ));
        prop_assert_eq!(&alone.positions, &cross.positions);
        prop_assert_eq!(alone.account.margin_balance, cross.account.margin_balance);
        prop_assert_eq!(alone.account.maintenance_margin, cross.account.maintenance_margin);
        prop_assert_eq!(Some(cross.positions.first().unwrap().margin_ratio), cross.account.margin_ratio);
    }

    #[test]
    fn a_linear_account_is_an_inverse_one_seen_from_the_coin(case in account()) {
        let mut case = case;
        for market in &mut case.markets {
            market.contract = ContractKind::Linear;
            market.tick = None;
        }
        let linear = report(&case);
        prop_assume!(linear.is_some());
        let mut inverse = compute(&in_the_coin(&case)).unwrap();
        for position in &mut inverse.positions {
            for threshold in [&mut position.liquidation, &mut position.margin_call] {
                if let Threshold::Now { boundary } = threshold {
                    *boundary = None;
                }
            }
        }
        prop_assert_eq!(turned(linear.unwrap()), inverse);
    }

    #[test]
    fn the_other_sides_have_the_opposite_profit_and_the_same_requirement(case in account()) {
        let before = report(&case);
        prop_assume!(before.is_some());
        let mut other = case.clone();
        for position in &mut other.positions {
            position.long = !position.long;
        }
        let (before, other) = (before.unwrap(), report(&other).unwrap());
        for (before, other) in before.positions.iter().zip(&other.positions) {
            prop_assert_eq!(before.unrealized_pnl.exact().negated(), *other.unrealized_pnl.exact());
            prop_assert_eq!(before.maintenance_margin, other.maintenance_margin);
            prop_assert_eq!(before.initial_margin, other.initial_margin);
        }
        let both = before.account.margin_balance.plus(&other.account.margin_balance).unwrap();
        let wallet = Exact::from_decimal(case.wallet.unwrap());
        prop_assert_eq!(*both.exact(), wallet.plus(&wallet).unwrap());
    }

    /// The walk starts elsewhere and must end at the same prices.
    #[test]
    fn a_mark_between_the_thresholds_leaves_them_where_they_are(
        case in account(),
        part in 1_u32..100,
    ) {
        let before = report(&case);
        prop_assume!(before.is_some());
        let before = before.unwrap();
        let asked = case.positions.iter().zip(&before.positions);
        let mut moved = 0;
        for (index, (position, found)) in asked.enumerate() {
            let [below, above] = sides(&found.liquidation);
            if is_now(&found.liquidation) {
                continue;
            }
            let mark = mark(&case, position);
            let low = below.unwrap_or(Exact::ZERO);
            let high = above.unwrap_or(mark.plus(&mark).unwrap());
            let part = Exact::from_decimal(Decimal::new(part.into(), 2));
            let mark = high.minus(&low).unwrap().times(&part).unwrap().plus(&low).unwrap();
            let Some(after) = with_mark(&case, position.market, mark) else {
                continue;
            };
            let after = after.positions.get(index).unwrap();
            prop_assert_eq!(&found.liquidation, &after.liquidation);
            let exact = |report: &margin_calculator::margin::PositionReport| {
                report.bankruptcy_price.map(|price| price.exact)
            };
            prop_assert_eq!(exact(found), exact(after));
            moved += 1;
        }
        prop_assume!(0 < moved);
    }

    /// Without a jump, the account has just what it must keep at each price of a threshold.
    #[test]
    fn a_threshold_as_the_mark_is_a_ratio_of_one(case in account()) {
        let mut case = case;
        for market in &mut case.markets {
            market.kind = Kind::Marginal;
        }
        let before = report(&case);
        prop_assume!(before.is_some());
        let before = before.unwrap();
        let mut found = 0;
        for (index, position) in case.positions.iter().enumerate() {
            let held = before.positions.get(index).unwrap();
            for price in sides(&held.liquidation).into_iter().flatten() {
                let after = with_mark(&case, position.market, price).unwrap();
                prop_assert_eq!(after.account.margin_balance, after.account.maintenance_margin);
                let there = after.positions.get(index).unwrap();
                let Threshold::Now { boundary: Some(back) } = &there.liquidation else {
                    return Err(proptest::test_runner::TestCaseError::fail("not now"));
                };
                prop_assert_eq!(*back.exact.exact(), price);
                found += 1;
            }
            if let Some(bankruptcy) = held.bankruptcy_price
                && let Some(after) = with_mark(&case, position.market, *bankruptcy.exact.exact())
            {
                prop_assert!(after.account.margin_balance.exact().is_zero());
                prop_assert_eq!(after.account.margin_ratio, Some(MarginRatio::NothingLeft));
                found += 1;
            }
        }
        if let Shock::To { down, up } = before.account.shock_to_liquidation {
            for fraction in [down, up].into_iter().flatten() {
                let mut scenario = scenario(&case).unwrap();
                let factor = fraction.exact().plus(&Exact::ONE).unwrap();
                for market in &mut scenario.markets {
                    let moved = market.mark_price.exact().times(&factor).unwrap();
                    market.mark_price = Price::from_exact(moved);
                }
                let after = compute(&scenario).unwrap().account;
                prop_assert_eq!(after.margin_balance, after.maintenance_margin);
                prop_assert_eq!(after.shock_to_liquidation, Shock::Now);
                found += 1;
            }
        }
        prop_assume!(0 < found);
    }

    #[test]
    fn bankruptcy_lies_at_or_beyond_liquidation(case in account()) {
        let found = report(&case);
        prop_assume!(found.is_some());
        let mut compared = 0;
        for (position, found) in case.positions.iter().zip(&found.unwrap().positions) {
            let (Some(bankruptcy), false) = (found.bankruptcy_price, is_now(&found.liquidation))
            else {
                continue;
            };
            let exact = bankruptcy.exact.exact();
            let is_below = exact.is_below(&mark(&case, position)).unwrap();
            match (sides(&found.liquidation), is_below) {
                ([Some(below), _], true) => prop_assert!(at_most(exact, &below)),
                ([_, Some(above)], false) => prop_assert!(at_most(&above, exact)),
                // What is beyond the end of a table is not known.
                _ => prop_assert!(!case.market_of(position).last_tier_goes_on),
            }
            compared += 1;
        }
        prop_assume!(0 < compared);
    }

    /// The same requirement as a table that bends and as one that could jump but does not, so that
    /// the quick walk and the one from edge to edge answer the same question.
    #[test]
    fn both_walks_agree(case in account(), rates in proptest::collection::vec(0_u32..5000, 3)) {
        let mut bending = case.clone();
        for (market, rate) in bending.markets.iter_mut().zip(rates) {
            market.kind = Kind::Marginal;
            for tier in &mut market.tiers {
                tier.rate = Decimal::new(rate.into(), 4);
            }
        }
        let mut stepping = bending.clone();
        for market in &mut stepping.markets {
            market.kind = Kind::Flat;
        }
        let (bending, stepping) = (report(&bending), report(&stepping));
        prop_assume!(bending.is_some());
        prop_assert_eq!(bending, stepping);
    }

    #[test]
    fn the_wide_way_gives_the_narrow_figures_rounded(case in account(), cross in any::<bool>()) {
        let mut case = case;
        case.cross = cross;
        let narrow = report(&case);
        prop_assume!(narrow.is_some());
        let round = |value: &Exact| Wide::of(value).figure().unwrap();
        let change = Change { money: &round, price: &round, on_tick: &same, ratio: &round };
        let wide = compute_wide(&scenario(&case).unwrap()).unwrap();
        prop_assert_eq!(change.report(narrow.unwrap()), wide);
    }
}
