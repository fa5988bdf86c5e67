//! What holds in every world: money stays, nothing comes back, and the same is the same.

use std::collections::BTreeMap;

use margin_calculator::costs::Holding;
use margin_calculator::process::{
    Action, Balances, Event, EventKind, KEPT_EVERY, Party, Refusal, Run, Setup, Stage, Tick,
    log_text, step,
};
use margin_calculator::quantity::{Exact, Money, Price, Rounding, Size};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{RngSeed, TestRunner};

use crate::random::{path, setup};

fn config(cases: u32) -> ProptestConfig {
    let long = std::env::var_os("LONG_TESTS").is_some();
    ProptestConfig {
        cases: if long { cases * 20 } else { cases },
        rng_seed: RngSeed::Fixed(7),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

fn total(balances: &Balances) -> Exact {
    *balances.total().unwrap().exact()
}

/// What the other side gains or loses when a size is closed at a price.
fn gained(setup: &Setup, size: &Size, price: &Price) -> Exact {
    let rules = &setup.market.rules;
    let holding = Holding {
        contract: rules.contract,
        side: setup.position.side,
        size: Size::from_exact(size.exact().times(rules.contract_size.exact()).unwrap()),
        entry_price: setup.position.entry_price,
    };
    // Cut far below what is compared, since a sum of such fractions would not fit.
    let gained = holding.profit_at(price).unwrap().exact().negated();
    gained.to_step(&crate::world::exact("0.000000000000000000000001"), Rounding::Floor).unwrap()
}

fn parties(balances: &Balances) -> BTreeMap<&'static str, Exact> {
    Party::ALL.iter().map(|party| (party.key(), *balances.of(*party).unwrap().exact())).collect()
}

proptest! {
    #![proptest_config(config(2000))]

    /// The sum of all parties never changes, no party but the other side is ever negative, and every
    /// balance is the first one with every flow.
    #[test]
    fn money_is_conserved_to_the_last_digit(setup in setup(), ticks in path(60)) {
        let Ok(mut state) = setup.start() else { return Ok(()) };
        let whole = total(&state.balances);
        let mut expected = parties(&state.balances);
        let mut log = Vec::new();
        for tick in &ticks {
            let before = log.len();
            step(&setup, &mut state, tick, &mut log).unwrap();
            for flow in log.iter().skip(before).flat_map(|event| &event.flows) {
                prop_assert!(flow.amount.exact().is_positive());
                let from = expected.get_mut(flow.from.key()).unwrap();
                *from = from.minus(flow.amount.exact()).unwrap();
                let to = expected.get_mut(flow.to.key()).unwrap();
                *to = to.plus(flow.amount.exact()).unwrap();
            }
            prop_assert_eq!(&parties(&state.balances), &expected);
            prop_assert_eq!(total(&state.balances), whole);
            for (party, balance) in &expected {
                prop_assert!(*party == "counterparties" || !balance.is_negative(), "{}", party);
            }
            prop_assert!(!state.balances.orders.of_position.exact().is_negative());
        }
    }

    /// Once closed, the other side has been paid what it gained, or forwent it, or is told that
    /// nobody was left to pay.
    #[test]
    fn what_the_other_side_gained_is_paid_forgone_or_unpaid(setup in setup(), ticks in path(60)) {
        let Ok(run) = Run::new(setup.clone(), ticks) else { return Ok(()) };
        let mut owed = Exact::ZERO;
        for event in run.log() {
            owed = match &event.kind {
                EventKind::Swept(sweep) => sweep.fills.iter().fold(owed, |owed, fill| {
                    owed.plus(&gained(&setup, &fill.size, &fill.price)).unwrap()
                }),
                EventKind::TakenOver { size, .. } => {
                    owed.plus(&gained(&setup, size, &event.mark)).unwrap()
                }
                _ => owed,
            };
        }
        let end = run.end();
        let settled = end.balances.counterparties.plus(&end.forgone).unwrap();
        let settled = settled.plus(&end.unpaid).unwrap();
        let apart = settled.exact().minus(&owed).unwrap().magnitude();
        // A long fraction is booked at 18 decimals.
        prop_assert!(apart.is_at_most(&crate::world::exact("0.0000000000000001")).unwrap());
        prop_assert!(!end.forgone.exact().is_negative() && !end.unpaid.exact().is_negative());
    }

    /// The size never grows, nothing leads back from the close, and after it no money moves.
    #[test]
    fn nothing_comes_back_after_the_close(setup in setup(), ticks in path(80)) {
        let Ok(run) = Run::new(setup, ticks) else { return Ok(()) };
        prop_assert_eq!(run.stopped(), None);
        let mut size = *run.setup().position.quantity.exact();
        let (mut closed, mut recovered) = (false, 0);
        for event in run.log() {
            prop_assert!(event.size.exact().is_at_most(&size).unwrap());
            size = *event.size.exact();
            if closed {
                prop_assert!(event.flows.is_empty());
                match &event.kind {
                    EventKind::MarkRecovered => recovered += 1,
                    EventKind::Refused(_, Refusal::Closed) => {}
                    other => prop_assert!(false, "{:?}", other),
                }
            }
            closed |= matches!(event.kind, EventKind::Closed { .. });
        }
        prop_assert!(recovered <= 1);
        prop_assert_eq!(closed, matches!(run.end().stage, Stage::Closed { .. }));
        prop_assert_eq!(closed, !run.end().size.exact().is_positive());
        if closed {
            prop_assert!(run.end().balances.margin.exact().is_zero());
        }
    }

    /// The same inputs give the same log, byte for byte, and any moment of a run is what a run to
    /// that moment gives.
    #[test]
    fn runs_repeat_and_can_be_gone_back_to(
        setup in setup(), ticks in path(700), at in any::<prop::sample::Index>(),
    ) {
        let Ok(run) = Run::new(setup.clone(), ticks.clone()) else { return Ok(()) };
        let again = Run::new(setup.clone(), ticks.clone()).unwrap();
        prop_assert_eq!(log_text(run.log()), log_text(again.log()));
        let at = at.index(ticks.len());
        let short = Run::new(setup, ticks[..=at].to_vec()).unwrap();
        prop_assert_eq!(&run.at(at).unwrap(), short.end());
        prop_assert_eq!(run.log_until(at), short.log());
    }

    /// The prices that spare a full look never hide anything: a run in which every tick is looked at
    /// in full, because the holder asks for what is refused, tells the same.
    #[test]
    fn no_tick_is_passed_over_wrongly(setup in setup(), ticks in path(60)) {
        let asks = ticks.iter().map(|tick| (tick.at, Action::AddMargin(Money::from_exact(Exact::ZERO))));
        let plain = Setup { actions: Vec::new(), ..setup };
        let asking = Setup { actions: asks.collect(), ..plain.clone() };
        let Ok(plain) = Run::new(plain, ticks.clone()) else { return Ok(()) };
        let asking = Run::new(asking, ticks).unwrap();
        let told = |run: &Run| {
            let events = run.log().iter();
            events.filter(|event| !matches!(event.kind, EventKind::Refused(..))).cloned().collect::<Vec<_>>()
        };
        prop_assert_eq!(log_text(&told(&plain)), log_text(&told(&asking)));
    }
}

/// The name of what happened, with what decides its way.
fn name(event: &Event) -> String {
    let kind = &event.kind;
    let text = format!("{kind:?}");
    let end = text.find([' ', '(', '{']).unwrap_or(text.len());
    match kind {
        EventKind::TakenOver { is_offered: false, size, .. } => {
            let rest = if event.size.exact().is_zero() { "whole" } else { "in part" };
            assert!(size.exact().is_positive());
            format!("TakenOver {rest}, not offered")
        }
        EventKind::TakenOver { taker, .. } => format!("TakenOver by {taker:?}"),
        EventKind::Refused(_, why) => format!("Refused {why:?}"),
        EventKind::Closed { by_holder } => format!("Closed, by holder: {by_holder}"),
        EventKind::Returned { to, .. } => format!("Returned {to:?}"),
        EventKind::Deleveraged { unpaid, .. } if unpaid.exact().is_positive() => {
            String::from("Deleveraged, and not enough")
        }
        _ => text[..end].to_owned(),
    }
}

#[test]
fn the_random_worlds_meet_everything_that_can_happen() {
    let mut runner = TestRunner::new(config(1));
    let worlds = (setup(), path(60));
    let mut met: BTreeMap<String, u32> = BTreeMap::new();
    let mut begun = 0;
    for _ in 0..2000 {
        let (setup, ticks) = worlds.new_tree(&mut runner).unwrap().current();
        let Ok(run) = Run::new(setup, ticks) else { continue };
        begun += 1;
        for event in run.log() {
            *met.entry(name(event)).or_default() += 1;
        }
    }
    println!("{begun} of 2000 worlds begin: {met:#?}");
    let all = [
        "MarginCall",
        "Healthy",
        "ThresholdBroken",
        "ThresholdRegained",
        "Done",
        "Refused TooLate",
        "Refused Closed",
        "Refused NotEnough",
        "Refused Nothing",
        "OrdersCancelled",
        "Swept",
        "Fee",
        "Survived",
        "Pausing",
        "TakenOver whole, not offered",
        "TakenOver in part, not offered",
        "TakenOver by Fund",
        "TakenOver by Backstop",
        "FundAsked",
        "Deleveraged",
        "Deleveraged, and not enough",
        "Returned ToHolder",
        "Returned ToFund",
        "Closed, by holder: true",
        "Closed, by holder: false",
        "MarkRecovered",
    ];
    for kind in all {
        assert!(met.contains_key(kind), "no world meets {kind}");
    }
    assert!(begun > 1000);
}

#[test]
fn a_moment_is_at_most_a_few_hundred_ticks_away() {
    let mut runner = TestRunner::new(config(1));
    let (setup, _) = (setup(), path(2)).new_tree(&mut runner).unwrap().current();
    let price = |units| Price::from_decimal(margin_calculator::quantity::Decimal::new(units, 2));
    let ticks = (0..10_000_i64).map(|second| {
        let mark = price(10_000 - (second % 700));
        Tick { at: second.unsigned_abs() * 1000, mark, mid: mark }
    });
    let run = Run::new(setup, ticks.collect()).unwrap();
    const { assert!(KEPT_EVERY <= 300) };
    for at in [0, 1, 255, 256, 257, 5000, 9998, 9999, 20_000] {
        assert_eq!(run.at(at).unwrap().ticks, at.min(9999) + 1);
    }
}
