//! What the holder does, and when it is too late.

use margin_calculator::process::{Action, EventKind, Refusal, Run, Setup, Stage};

use crate::world::{kinds, money, run, seconds, size, told, world};

fn acting(actions: &[(u64, Action)], marks: &[&str]) -> Run {
    let setup = Setup { actions: actions.to_vec(), ..world() };
    run(&setup, seconds(marks))
}

#[test]
fn margin_added_in_time_keeps_the_position() {
    let add = [(1500, Action::AddMargin(money("20")))];
    let kept = acting(&add, &["95", "90.5", "90.4", "89", "95"]);
    // On 120 it is closed at 880 / 9.95, which is above 88.
    assert!(!matches!(kept.end().stage, Stage::Closed { .. }));
    assert_eq!(kept.end().balances.wallet, money("30"));
    assert_eq!(kept.end().balances.margin, money("120"));
    let expected = ["1000 90.5 margin call", "1000 90.5 done: add margin 20", "2000 90.4 healthy"];
    assert_eq!(told(&kept).get(..3).unwrap(), expected);
}

#[test]
fn an_action_comes_just_before_the_mark_of_its_time() {
    let at_the_break = [(1000, Action::AddMargin(money("20")))];
    assert_eq!(acting(&at_the_break, &["95", "90.4"]).end().stage, Stage::Healthy);
    let after_it = [(1001, Action::AddMargin(money("20")))];
    let late = acting(&after_it, &["95", "90.4", "90.4"]);
    let refused = EventKind::Refused(Action::AddMargin(money("20")), Refusal::Closed);
    assert!(kinds(&late).contains(&&refused));
    assert_eq!(late.end().balances.wallet, money("51.4704272"));
}

#[test]
fn while_the_venue_waits_it_is_too_late() {
    let mut setup = world();
    setup.rules.dwell_ms = Some(5000);
    setup.actions = vec![
        (1001, Action::AddMargin(money("20"))),
        (1002, Action::Reduce(size("1"))),
        (1003, Action::CancelOrders),
    ];
    let run = run(&setup, seconds(&["95", "90.4", "90.4"]));
    let refused = told(&run).into_iter().filter(|line| line.ends_with("too late")).count();
    assert_eq!(refused, 3);
    assert_eq!(run.end().balances.margin, money("100"));
}

#[test]
fn what_cannot_be_done_is_refused_with_its_reason() {
    let actions = [
        (0, Action::AddMargin(money("50.01"))),
        (0, Action::AddMargin(money("0"))),
        (0, Action::AddMargin(money("-1"))),
        (0, Action::Reduce(size("0"))),
        (0, Action::CancelOrders),
        (0, Action::AddMargin(money("50"))),
    ];
    let expected = [
        "0 95 refused: add margin 50.01, not enough in the wallet",
        "0 95 refused: add margin 0, nothing to do",
        "0 95 refused: add margin -1, nothing to do",
        "0 95 refused: reduce 0, nothing to do",
        "0 95 refused: cancel orders, nothing to do",
        "0 95 done: add margin 50",
    ];
    assert_eq!(told(&acting(&actions, &["95"])), expected);
}

#[test]
fn reducing_in_time_keeps_the_rest() {
    // 5 sold at 90.5 x 0.999 and 1 x 0.998: what must be kept falls by half.
    let run = acting(&[(1500, Action::Reduce(size("5")))], &["95", "90.5", "90.5", "90.3"]);
    assert_eq!(run.end().size, size("5"));
    assert!(!matches!(run.end().stage, Stage::Closed { .. }));
    let lines = told(&run);
    assert_eq!(lines.get(1).unwrap(), "1000 90.5 done: reduce 5");
    assert_eq!(
        lines.get(2).unwrap(),
        "1000 90.5 swept 5 of 5, limit 90, 4 at 90.4095, 1 at 90.319, realized -48.043"
    );
}

#[test]
fn an_action_meets_the_market_that_the_holder_sees_and_not_the_gap_after_it() {
    let run = acting(&[(1500, Action::Reduce(size("5")))], &["95", "94", "60", "100"]);
    let lines = told(&run);
    assert_eq!(lines.first().unwrap(), "1000 94 done: reduce 5");
    assert_eq!(
        lines.get(1).unwrap(),
        "1000 94 swept 5 of 5, limit 90, 4 at 93.906, 1 at 93.812, realized -30.564"
    );
    assert!(lines.get(2).unwrap().starts_with("2000 60 threshold broken"));
}

#[test]
fn two_actions_between_the_same_ticks_share_a_book() {
    let part = (1500, Action::Reduce(size("4")));
    let lines = told(&acting(&[part, part], &["95", "95", "95"]));
    let best = "1000 95 swept 4 of 4, limit 90, 4 at 94.905, realized -20.38";
    assert_eq!(lines.get(1).unwrap(), best);
    assert!(lines.get(3).unwrap().contains("4 at 94.81,"), "{lines:?}");
    // A tick later it is full again.
    let apart = [(500, part.1), (1500, part.1)];
    let lines = told(&acting(&apart, &["95", "95", "95"]));
    assert!(lines.iter().filter(|line| line.contains("4 at 94.905,")).count() == 2, "{lines:?}");
}

#[test]
fn reducing_to_nothing_closes_and_everything_left_is_returned() {
    let run = acting(&[(500, Action::Reduce(size("11")))], &["95", "95", "80", "100"]);
    assert_eq!(run.end().stage, Stage::Closed { at: 0, by_holder: true });
    // 10 sold at 94.829 on average: 51.71 is lost.
    assert_eq!(run.end().balances.wallet, money("98.29"));
    assert_eq!(told(&run).last().unwrap(), "0 95 closed by the holder");
}

#[test]
fn a_reduction_without_bids_changes_nothing() {
    let mut setup = world();
    setup.book = margin_calculator::process::Book::default();
    setup.actions = vec![(0, Action::Reduce(size("5")))];
    let run = run(&setup, seconds(&["95", "90.4"]));
    assert_eq!(told(&run).get(1).unwrap(), "0 95 swept 0 of 5, limit 90, realized 0");
    assert!(told(&run).contains(&String::from("1000 90.4 swept 0 of 10, limit 90, realized 0")));
}

#[test]
fn orders_cancelled_by_the_holder_go_to_the_wallet() {
    let mut setup = world();
    setup.orders.of_position = money("3");
    setup.orders.elsewhere = money("4");
    setup.actions = vec![(0, Action::CancelOrders), (0, Action::AddMargin(money("57")))];
    let run = run(&setup, seconds(&["95"]));
    assert_eq!(run.end().balances.wallet, money("0"));
    assert_eq!(run.end().balances.margin, money("157"));
    assert_eq!(run.end().balances.orders.of_position, money("0"));
    assert_eq!(run.end().balances.orders.elsewhere, money("0"));
}
