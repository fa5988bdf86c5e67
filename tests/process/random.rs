//! Random worlds and paths, small and sharp enough that every rule is met.

use core::num::NonZeroUsize;

use margin_calculator::process::{
    Action, Book, Cancels, Freed, HandedOver, Level, OrderMargin, Partial, ProcessRules, Setup,
    SweepLimit, Tick, Unfilled,
};
use margin_calculator::quantity::{
    Decimal, Exact, Leverage, Money, Price, Rate, Ratio, Side, Size,
};
use margin_calculator::scenario::{Market, Position, PositionMargin};
use margin_calculator::takeover::{Candidate, FeeTaker, Ranking, Remainder, StepDown};
use margin_calculator::venue::{ContractKind, TierBasis, TierKind, TierTable};
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;

use crate::world::{market, plain_rules, rate, table};

fn units(most: i64, places: u32) -> impl Strategy<Value = Exact> {
    (0..=most).prop_map(move |units| Exact::from_decimal(Decimal::new(units, places)))
}

fn money(most: i64) -> impl Strategy<Value = Money> {
    units(most, 2).prop_map(Money::from_exact)
}

fn side() -> impl Strategy<Value = Side> {
    select(vec![Side::Long, Side::Short])
}

/// Tables whose edges lie where the positions are, so that tiers change on the way.
fn tiers(contract: ContractKind) -> impl Strategy<Value = TierTable> {
    let rows: &[(&str, &str, &str)] = if contract == ContractKind::Inverse {
        &[("0", "0.5", "0.004"), ("0.5", "2", "0.01"), ("2", "6", "0.02"), ("6", "", "0.03")]
    } else {
        &[
            ("0", "900", "0.004"),
            ("900", "3000", "0.01"),
            ("3000", "9000", "0.02"),
            ("9000", "", "0.03"),
        ]
    };
    let by_quantity = [("0", "10", "0.004"), ("10", "40", "0.01"), ("40", "", "0.02")];
    select(vec![
        TierTable::single_rate(rate("0.005")).unwrap(),
        table(TierKind::Marginal, TierBasis::Notional, rows),
        table(TierKind::Flat, TierBasis::Notional, rows),
        table(TierKind::Flat, TierBasis::EntryNotional, rows),
        table(TierKind::Flat, TierBasis::Quantity, &by_quantity),
    ])
}

fn partial() -> impl Strategy<Value = Partial> {
    let count = |count| NonZeroUsize::new(count).unwrap();
    prop_oneof![
        Just(Partial::All),
        select(vec![
            Partial::Tiers(StepDown::By(count(1))),
            Partial::Tiers(StepDown::By(count(2))),
            Partial::Tiers(StepDown::ToFirstFrom(count(2))),
        ]),
        (1..=100_i64, 0..40_000_u64).prop_map(|(percent, pause_ms)| Partial::Share {
            share: Rate::from_decimal(Decimal::new(percent, 2)),
            above: Money::from_decimal(Decimal::new(1, 0)),
            pause_ms,
        }),
        of(1..=100_i64).prop_map(|percent| Partial::SmallSteps {
            share: percent.map(|percent| Rate::from_decimal(Decimal::new(percent, 2))),
        }),
    ]
}

fn rules() -> impl Strategy<Value = ProcessRules> {
    let times = (
        of(select(vec![0_u64, 0, 1000, 2500])),
        of(select(vec![0_u64, 0, 3000])),
        of((50..100_i64).prop_map(|percent| Ratio::from_decimal(Decimal::new(percent, 2)))),
    );
    let orders = (
        of(select(vec![Cancels::Nothing, Cancels::OfPosition, Cancels::OfAccount])),
        of(select(vec![Freed::ToWallet, Freed::ToPosition])),
    );
    let sales = (
        of(partial()),
        of(select(vec![SweepLimit::Bankruptcy, SweepLimit::Market])),
        of(select(vec![
            HandedOver::Excess,
            HandedOver::Lowest { tier: NonZeroUsize::MIN, or_below_first: false },
            HandedOver::Lowest { tier: NonZeroUsize::MIN.saturating_add(1), or_below_first: true },
        ])),
        of(prop_oneof![
            Just(Unfilled::Fund),
            (1..100_i64).prop_map(|percent| Unfilled::Backstop {
                below: Ratio::from_decimal(Decimal::new(percent, 2))
            }),
        ]),
    );
    let money = (
        of((0..200_i64).prop_map(|units| Rate::from_decimal(Decimal::new(units, 4)))),
        of(select(vec![FeeTaker::Venue, FeeTaker::Fund])),
        of(select(vec![Remainder::ToHolder, Remainder::ToFund])),
        of(select(vec![
            Ranking::ProfitOverBalance,
            Ranking::ProfitTimesLeverage,
            Ranking::ProfitShareTimesLeverage,
        ])),
    );
    (times, orders, sales, money).prop_map(|(times, orders, sales, money)| ProcessRules {
        dwell_ms: times.0,
        check_ms: times.1,
        warning_ratio: times.2,
        cancels: orders.0,
        freed: orders.1,
        partial: sales.0,
        limit: sales.1,
        handed_over: sales.2,
        unfilled: sales.3,
        fee_rate: money.0,
        fee_taker: money.1,
        remainder: money.2,
        ranking: money.3,
        ..plain_rules()
    })
}

fn levels() -> impl Strategy<Value = Vec<Level>> {
    let level = (units(300, 4), units(3000, 2)).prop_map(|(distance, size)| Level {
        distance: Rate::from_exact(distance),
        size: Size::from_exact(size),
    });
    proptest::collection::vec(level, 0..4)
}

fn candidates() -> impl Strategy<Value = Vec<Candidate>> {
    let one = (-500..3000_i64, 1..5000_i64, 0..500_i64);
    proptest::collection::vec(one, 0..4).prop_map(|parts| {
        let money = |units| Money::from_decimal(Decimal::new(units, 1));
        let numbered = parts.into_iter().zip(1..);
        numbered
            .map(|((profit, value, balance), id)| Candidate {
                id,
                unrealized_pnl: money(profit),
                notional: money(value),
                entry_notional: money(value),
                margin_balance: money(balance),
            })
            .collect()
    })
}

fn actions() -> impl Strategy<Value = Vec<(u64, Action)>> {
    let action = prop_oneof![
        (-100..3000_i64)
            .prop_map(|units| Action::AddMargin(Money::from_decimal(Decimal::new(units, 2)))),
        (0..2000_i64).prop_map(|units| Action::Reduce(Size::from_decimal(Decimal::new(units, 2)))),
        Just(Action::CancelOrders),
    ];
    proptest::collection::vec((0..60_000_u64, action), 0..4).prop_map(|mut actions| {
        actions.sort_by_key(|(at, _)| *at);
        actions
    })
}

fn contract() -> impl Strategy<Value = ContractKind> {
    select(vec![ContractKind::Linear, ContractKind::Inverse, ContractKind::Quanto])
}

fn placed() -> impl Strategy<Value = (Market, Position)> {
    let kind = contract().prop_flat_map(|contract| (Just(contract), tiers(contract)));
    (kind, side(), 1..6000_i64, 5..40_i64, 0..2_i64, -20..20_i64).prop_map(
        |((contract, tiers), side, quantity, leverage, added, off)| {
            let position = Position {
                market: 0,
                side,
                quantity: Size::from_decimal(Decimal::new(quantity, 2)),
                entry_price: Price::from_decimal(Decimal::new(10_000 + off, 2)),
                leverage: Some(Leverage::from_decimal(Decimal::new(leverage, 0))),
                margin: PositionMargin::InitialPlus(Money::from_decimal(Decimal::new(added, 2))),
            };
            (market(contract, tiers), position)
        },
    )
}

/// A world that may begin or may be refused.
pub(crate) fn setup() -> impl Strategy<Value = Setup> {
    let around = (levels(), levels(), candidates(), actions());
    let amounts = (money(10_000), money(2000), money(2000), money(20_000));
    (placed(), rules(), around, amounts).prop_map(|(placed, rules, around, amounts)| Setup {
        market: placed.0,
        position: placed.1,
        wallet: amounts.0,
        orders: OrderMargin { of_position: amounts.1, elsewhere: amounts.2 },
        book: Book { bids: around.0, asks: around.1 },
        rules,
        fund: amounts.3,
        candidates: around.2,
        actions: around.3,
    })
}

/// A walk around 100 that mostly drifts one way, a tick each 250 to 1500 ms and now and then a
/// long gap, in which waits end; the mid is near the mark.
pub(crate) fn path(most: usize) -> impl Strategy<Value = Vec<Tick>> {
    let gap = prop_oneof![12 => 1..=6_u64, 1 => 7..=240_u64];
    let step = (-90..=90_i64, -30..=30_i64, gap);
    (proptest::collection::vec(step, 1..most), -30..=30_i64).prop_map(|(steps, drift)| {
        let (mut at, mut mark) = (0, 10_000_i64);
        let ticks = steps.into_iter().map(|(by, off, time)| {
            at += 250 * time;
            mark = (mark + by + drift).clamp(100, 40_000);
            let price = |units| Price::from_decimal(Decimal::new(units, 2));
            Tick { at, mark: price(mark), mid: price((mark + off).max(1)) }
        });
        ticks.collect()
    })
}
