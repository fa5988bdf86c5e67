//! Which stage follows which, and exactly when.

use margin_calculator::margin::{Threshold, compute_position};
use margin_calculator::process::{EventKind, Partial, Run, Setup, Stage, Tick};
use margin_calculator::quantity::{Price, Side};
use margin_calculator::venue::{ContractKind, TierBasis, TierKind};

use crate::world::{
    exact, kinds, line, market, money, plain_rules, price, run, seconds, table, tick, told, world,
};

#[test]
fn a_run_tells_each_stage_once_and_stays_closed() {
    let marks = ["95", "90.5", "95", "90.5", "90.4", "95", "90.4", "95", "120"];
    let run = run(&world(), seconds(&marks));
    let expected = [
        "1000 90.5 margin call",
        "2000 95 healthy",
        "3000 90.5 margin call",
        "4000 90.4 threshold broken, waits 0 ms",
        "4000 90.4 swept 10 of 10, limit 90, 4 at 90.3096, 4 at 90.2192, 2 at 90.1288, realized \
         -97.6272",
        "4000 90.4 fee 0.9023728 of 0.9023728 to venue",
        "4000 90.4 returned 1.4704272 to holder",
        "4000 90.4 closed",
        "5000 95 mark recovered, nothing comes back",
    ];
    assert_eq!(told(&run), expected);
    assert_eq!(run.end().stage, Stage::Closed { at: 4000, by_holder: false });
    assert_eq!(run.end().balances.wallet, money("51.4704272"));
    assert_eq!(run.end().balances.counterparties, money("97.6272"));
    let event = run.log().iter().find(|event| event.kind == EventKind::MarginCall).unwrap();
    assert_eq!(event.margin_balance, money("5"));
    assert_eq!(event.maintenance_margin, money("4.525"));
}

/// What the log says first when the mark stands there from the start.
fn first(setup: &Setup, mark: Price) -> Option<EventKind> {
    let run = run(setup, vec![Tick { at: 0, mark, mid: mark }]);
    run.log().first().map(|event| event.kind.clone())
}

fn beside(price: &Price, by: &str) -> Price {
    Price::from_exact(price.exact().plus(&exact(by)).unwrap())
}

#[test]
fn every_threshold_turns_exactly_at_its_price() {
    let marginal = [("0", "800", "0.005"), ("800", "950", "0.01"), ("950", "", "0.02")];
    let inverse = [("0", "9", "0.005"), ("9", "11", "0.01"), ("11", "", "0.02")];
    let worlds = [
        (ContractKind::Linear, marginal),
        (ContractKind::Quanto, marginal),
        (ContractKind::Inverse, inverse),
    ];
    let mut checked = 0;
    for (contract, rows) in worlds {
        for side in [Side::Long, Side::Short] {
            for kind in [TierKind::Marginal, TierKind::Flat] {
                let mut setup = world();
                setup.market = market(contract, table(kind, TierBasis::Notional, &rows));
                setup.position.side = side;
                if contract == ContractKind::Inverse {
                    setup.position.quantity = crate::world::size("1000");
                    setup.position.margin =
                        margin_calculator::scenario::PositionMargin::Assigned(money("1"));
                }
                let report = compute_position(&setup.position, &setup.market).unwrap();
                let lines = [
                    (report.margin_call, EventKind::MarginCall),
                    (report.liquidation, EventKind::ThresholdBroken { dwell_ms: 0 }),
                ];
                for (threshold, kind_told) in lines {
                    let Threshold::AtPrice { below, above } = threshold else { continue };
                    for (crossing, away) in [(below, "-"), (above, "")] {
                        let Some(crossing) = crossing else { continue };
                        let past = beside(&crossing.exact, &format!("{away}0.000000000001"));
                        let back = if away.is_empty() { "-" } else { "" };
                        let before = beside(&crossing.exact, &format!("{back}0.000000000001"));
                        assert_eq!(first(&setup, past), Some(kind_told.clone()), "{past:?}");
                        assert_ne!(first(&setup, before), Some(kind_told.clone()), "{before:?}");
                        checked += 1;
                    }
                }
            }
        }
    }
    // Two thresholds of 12 worlds.
    assert_eq!(checked, 24);
}

#[test]
fn at_the_line_itself_the_margin_is_not_enough() {
    let (at, above) = line();
    assert_eq!(first(&world(), at), Some(EventKind::ThresholdBroken { dwell_ms: 0 }));
    assert_eq!(first(&world(), above), Some(EventKind::MarginCall));
    // The warning: 0.8 x (10 P - 900) = 0.05 P.
    let call = Price::from_exact(exact("720/7.95"));
    assert_eq!(first(&world(), call), Some(EventKind::MarginCall));
    assert_eq!(first(&world(), beside(&call, "0.000000000001")), None);
}

/// A path that is below the line from 1000 ms on, with a tick at each of these times.
fn below_at(times: &[u64]) -> Vec<Tick> {
    let below = times.iter().map(|at| tick(*at, "90.4"));
    [tick(0, "95")].into_iter().chain(below).collect()
}

#[test]
fn the_dwell_time_is_waited_to_the_millisecond() {
    let mut setup = world();
    setup.rules.dwell_ms = Some(1000);
    // Longer than a second: a second is not enough.
    let waiting = run(&setup, below_at(&[1000, 1500, 2000]));
    assert_eq!(waiting.end().stage, Stage::Below { since: 1000 });
    assert_eq!(told(&waiting), ["1000 90.4 threshold broken, waits 1000 ms"]);
    let closed = run(&setup, below_at(&[1000, 1500, 2001]));
    assert_eq!(closed.end().stage, Stage::Closed { at: 2000, by_holder: false });
    // A mark above the line in between begins it anew.
    let mut ticks = below_at(&[1000, 1500]);
    ticks.push(tick(1600, "90.5"));
    ticks.push(tick(1700, "90.4"));
    ticks.push(tick(2700, "90.4"));
    let regained = run(&setup, ticks.clone());
    assert_eq!(regained.end().stage, Stage::Below { since: 1700 });
    assert!(kinds(&regained).contains(&&EventKind::ThresholdRegained));
    ticks.push(tick(2701, "90.4"));
    assert_eq!(run(&setup, ticks).end().stage, Stage::Closed { at: 2700, by_holder: false });
}

#[test]
fn a_dwell_time_longer_than_the_path_closes_nothing() {
    let mut setup = world();
    setup.rules.dwell_ms = Some(700_000);
    let run = run(&setup, seconds(&["95", "90.4", "90.2", "90.1"]));
    assert_eq!(told(&run), ["1000 90.4 threshold broken, waits 700000 ms"]);
    assert_eq!(run.end().stage, Stage::Below { since: 1000 });
    assert_eq!(run.end().size, run.setup().position.quantity);
}

#[test]
fn marks_between_two_looks_are_not_seen() {
    let mut setup = world();
    setup.rules.check_ms = Some(3000);
    let unseen = ["95", "80", "80", "95", "80", "80"];
    assert!(run(&setup, seconds(&unseen)).log().is_empty());
    let seen = run(&setup, seconds(&["95", "80", "80", "90.4"]));
    assert_eq!(seen.end().stage, Stage::Closed { at: 3000, by_holder: false });
    // A late tick is looked at, and the wait begins from it.
    let late = vec![tick(0, "95"), tick(3500, "95"), tick(6000, "80"), tick(6500, "90.4")];
    let late = run(&setup, late);
    assert_eq!(late.end().stage, Stage::Closed { at: 6500, by_holder: false });
}

#[test]
fn a_wait_that_ends_between_two_ticks_is_looked_at_when_the_venue_looks_next() {
    let mut setup = world();
    setup.rules.dwell_ms = Some(1000);
    setup.rules.check_ms = Some(3000);
    // Over at 4000, and looked at at 6000, though nothing is heard of the market until long after.
    let path = |end| vec![tick(0, "95"), tick(3000, "90.4"), tick(60_000, end)];
    for end in ["50", "95"] {
        let run = run(&setup, path(end));
        assert_eq!(run.end().stage, Stage::Closed { at: 6000, by_holder: false });
    }
    // A tick before that look is none, and the next look is three seconds after it.
    let mut ticks = path("95");
    ticks.insert(2, tick(5999, "95"));
    assert_eq!(run(&setup, ticks).end().stage, Stage::Healthy);
}

#[test]
fn a_pause_that_follows_a_wait_ends_between_the_same_two_ticks() {
    let mut setup = world();
    setup.rules.dwell_ms = Some(1000);
    setup.rules.partial = Some(Partial::Share {
        share: crate::world::rate("0.2"),
        above: money("1"),
        pause_ms: 30_000,
    });
    let ticks = |end| vec![tick(0, "95"), tick(1000, "90.2"), tick(end, "95")];
    let over = run(&setup, ticks(32_001));
    assert_eq!(over.end().stage, Stage::Closed { at: 32_000, by_holder: false });
    let times: Vec<u64> = over.log().iter().map(|event| event.at).collect();
    assert!(times.is_sorted() && times.contains(&2000), "{times:?}");
    let not_over = run(&setup, ticks(32_000));
    assert_eq!(not_over.end().stage, Stage::Healthy);
    assert_eq!(not_over.end().size, crate::world::size("8"));
}

#[test]
fn a_warning_ratio_of_the_rules_goes_before_that_of_the_market() {
    let mut setup = world();
    // Half: 0.5 x (10 P - 900) = 0.05 P gives 450 / 4.95.
    setup.rules.warning_ratio = Some(margin_calculator::quantity::Ratio::from_exact(exact("0.5")));
    let call = Price::from_exact(exact("450/4.95"));
    assert_eq!(first(&setup, call), Some(EventKind::MarginCall));
    assert_eq!(first(&setup, beside(&call, "0.000000000001")), None);
}

#[test]
fn a_mark_past_the_end_of_the_table_stops_the_run_there() {
    let mut setup = world();
    let rows = [("0", "1100", "0.005")];
    setup.market =
        market(ContractKind::Linear, table(TierKind::Marginal, TierBasis::Notional, &rows));
    let ticks = seconds(&["100", "110", "110.01", "100"]);
    let run = Run::new(setup, ticks).unwrap();
    assert_eq!(run.end().ticks, 2);
    let said = run.stopped().unwrap().to_string();
    assert_eq!(said, "the position is larger than the last tier, and no rate is known for it");
}

#[test]
fn a_path_is_refused_where_its_times_fall_or_a_price_is_none() {
    let run = Run::new(world(), vec![tick(5, "95"), tick(4, "95")]).unwrap();
    assert_eq!(run.stopped().unwrap().to_string(), "the times of the path must not fall");
    assert_eq!(run.end().ticks, 1);
    for (mark, mid) in [("0", "95"), ("95", "0"), ("-1", "95")] {
        let bad = Tick { at: 0, mark: price(mark), mid: price(mid) };
        let run = Run::new(world(), vec![bad]).unwrap();
        assert_eq!(run.stopped().unwrap().to_string(), "a price of the path must be above 0");
    }
}

#[test]
fn what_cannot_begin_is_refused_with_a_sentence() {
    let refused = |change: fn(&mut Setup)| {
        let mut setup = world();
        change(&mut setup);
        setup.start().unwrap_err().to_string()
    };
    let opening = refused(|setup| {
        setup.position.margin = margin_calculator::scenario::PositionMargin::Assigned(money("5"));
    });
    assert_eq!(opening, "the position would be refused at opening");
    assert_eq!(refused(|setup| setup.wallet = money("-1")), "the wallet must be 0 or more");
    assert_eq!(refused(|setup| setup.fund = money("-1")), "the insurance fund must be 0 or more");
    assert_eq!(
        refused(|setup| setup.orders.elsewhere = money("-1")),
        "the margin of other open orders must be 0 or more"
    );
    let order = refused(|setup| {
        let cancel = margin_calculator::process::Action::CancelOrders;
        setup.actions = vec![(2, cancel), (1, cancel)];
    });
    assert_eq!(order, "the actions must stand in the order of their times");
    let unknown = refused(|setup| {
        setup.position.margin = margin_calculator::scenario::PositionMargin::InitialPlus(money("0"))
    });
    assert_eq!(unknown, "the margin depends on a leverage, and none is stated");
}

#[test]
fn nothing_is_closed_where_no_price_closes_it() {
    let mut setup = world();
    // Fully backed: 1000 + 10 (P - 100) = 10 P is more than 0.05 P at any price.
    setup.position.margin = margin_calculator::scenario::PositionMargin::Assigned(money("1000"));
    assert!(run(&setup, seconds(&["100", "1", "0.01", "1000000"])).log().is_empty());
    assert_eq!(run(&setup, seconds(&["1"])).end().liquidation_price, None);
}

#[test]
fn undocumented_rules_have_stated_stand_ins() {
    let rules = margin_calculator::process::ProcessRules {
        fee_rate: None,
        fee_taker: None,
        remainder: None,
        ..plain_rules()
    };
    let setup = Setup { rules, ..world() };
    let run = run(&setup, seconds(&["90.4"]));
    // No fee is invented, and what is left goes to the fund.
    assert_eq!(run.end().balances.fund, money("1002.3728"));
    assert_eq!(run.end().balances.wallet, money("50"));
}

#[test]
fn numbers_at_the_limits_of_the_fields_do_not_stop_a_run() {
    let most = "999999999999.999999999999";
    for contract in [ContractKind::Linear, ContractKind::Inverse] {
        for side in [Side::Long, Side::Short] {
            for leverage in ["7", "999.999999999999"] {
                let mut setup = world();
                let rows = [("0", "5", "0.000000000001"), ("5", "", "0.000999999999")];
                setup.market =
                    market(contract, table(TierKind::Marginal, TierBasis::Notional, &rows));
                setup.market.mark_price = price(most);
                setup.position.side = side;
                setup.position.quantity = crate::world::size(most);
                setup.position.entry_price = price(most);
                setup.position.leverage =
                    Some(margin_calculator::quantity::Leverage::from_exact(exact(leverage)));
                setup.position.margin =
                    margin_calculator::scenario::PositionMargin::InitialPlus(money("0"));
                setup.rules.fee_rate = Some(crate::world::rate("0.000000000001"));
                let each = crate::world::size("123456789.123456789123");
                for distance in ["0.000000000001", "0.000123456789", "0.123456789123"] {
                    let distance = crate::world::rate(distance);
                    let level = margin_calculator::process::Level { distance, size: each };
                    setup.book.bids.push(level);
                    setup.book.asks.push(level);
                }
                setup.rules.limit = Some(margin_calculator::process::SweepLimit::Market);
                setup.rules.dwell_ms = Some(1);
                let marks = match side {
                    Side::Long => ["888888888888.888888888887", "444444444444.123456789123"],
                    Side::Short => ["1111111111111.111111111113", "1888888888888.123456789123"],
                };
                let mark = |index: usize| price(marks.get(index).unwrap());
                let ticks = (0..8).map(|at| {
                    let mark = mark(usize::from(at > 3));
                    Tick { at, mark, mid: mark }
                });
                let run = run(&setup, ticks.collect());
                assert!(
                    matches!(run.end().stage, Stage::Closed { .. }),
                    "{contract:?} {side:?} {leverage}: {:?}",
                    told(&run)
                );
            }
        }
    }
}
