//! How a close goes by each rule, worked out by hand, and the ends that are easily got wrong.

use core::num::NonZeroUsize;

use margin_calculator::process::{
    Book, Cancels, EventKind, Freed, Partial, Run, Setup, Stage, SweepLimit, Unfilled,
};
use margin_calculator::quantity::{Price, Ratio, Side};
use margin_calculator::scenario::PositionMargin;
use margin_calculator::takeover::{Candidate, FeeTaker, Remainder, StepDown};
use margin_calculator::venue::{ContractKind, TierBasis, TierKind};

use crate::world::{
    exact, kinds, level, market, money, moved, price, rate, run, seconds, size, table, tick, told,
    world,
};

fn is_closed(run: &Run) -> bool {
    matches!(run.end().stage, Stage::Closed { by_holder: false, .. })
}

#[test]
fn a_short_buys_back_from_the_asks() {
    let mut setup = world();
    setup.position.side = Side::Short;
    // Bankrupt at 110; asks at 109.6 x 1.001 and so on. 10 at 109.85048 on average.
    let run = run(&setup, seconds(&["109.6"]));
    let sold = told(&run).into_iter().find(|line| line.contains("swept")).unwrap();
    assert_eq!(
        sold,
        "0 109.6 swept 10 of 10, limit 110, 4 at 109.7096, 4 at 109.8192, 2 at 109.9288, realized \
         -97.9728"
    );
    assert!(is_closed(&run));
}

#[test]
fn an_inverse_long_is_counted_in_the_coin() {
    let mut setup = world();
    let tiers = table(TierKind::Marginal, TierBasis::Notional, &[("0", "", "0.005")]);
    setup.market = market(ContractKind::Inverse, tiers);
    setup.position.quantity = size("1000");
    // 10 coins at 100; a margin of 1 is used up where 1000 / P = 11.
    setup.position.margin = PositionMargin::Assigned(money("1"));
    setup.book.bids = vec![level("0", "1000")];
    let run = run(&setup, seconds(&["91"]));
    assert!(is_closed(&run));
    // 10 - 1000 / 91, and what is left of the margin less a fee of 0.1 % of 1000 / 91.
    let realized = exact("10").minus(&exact("1000/91")).unwrap();
    let fee = exact("1/91");
    let left = exact("51").plus(&realized).unwrap().minus(&fee).unwrap();
    assert_eq!(*run.end().balances.wallet.exact(), left);
}

#[test]
fn a_fee_above_what_is_left_takes_what_is_left() {
    let mut setup = world();
    setup.rules.fee_rate = Some(rate("0.01"));
    let run = run(&setup, seconds(&["90.4"]));
    assert!(told(&run).contains(&String::from("0 90.4 fee 2.3728 of 9.023728 to venue")));
    assert!(told(&run).contains(&String::from("0 90.4 returned 0 to holder")));
    assert_eq!(run.end().balances.wallet, money("50"));
    assert_eq!(run.end().balances.venue, money("2.3728"));
    setup.rules.fee_taker = Some(FeeTaker::Fund);
    let to_fund = Run::new(setup, seconds(&["90.4"])).unwrap();
    assert_eq!(to_fund.end().balances.fund, money("1002.3728"));
}

#[test]
fn what_is_left_goes_where_the_rule_says() {
    let mut setup = world();
    setup.rules.remainder = Some(Remainder::ToFund);
    let run = run(&setup, seconds(&["90.4"]));
    assert_eq!(run.end().balances.fund, money("1001.4704272"));
    assert_eq!(run.end().balances.wallet, money("50"));
}

#[test]
fn without_bids_the_fund_takes_all_at_the_bankruptcy_price() {
    let setup = Setup { book: Book::default(), ..world() };
    let run = run(&setup, seconds(&["90.4"]));
    let expected = [
        "0 90.4 threshold broken, waits 0 ms",
        "0 90.4 swept 0 of 10, limit 90, realized 0",
        "0 90.4 taken over by fund: 10 at 90",
        "0 90.4 returned 0 to holder",
        "0 90.4 closed",
    ];
    assert_eq!(told(&run), expected);
    // The mark is 0.4 better than the price of the fund.
    assert_eq!(moved(&run), ["margin > counterparties 100", "counterparties > fund 4"]);
}

#[test]
fn a_gap_past_bankruptcy_is_paid_by_the_fund() {
    // Every bid stands below 90, so that none is taken: 10 x (90 - 80) is missing.
    let run = run(&world(), seconds(&["95", "80"]));
    assert_eq!(moved(&run), ["margin > counterparties 100", "fund > counterparties 100"]);
    assert_eq!(run.end().balances.fund, money("900"));
    assert_eq!(run.end().balances.wallet, money("50"));
}

/// A winner by id, with its profit on a margin of 100.
fn winner(id: u64, profit: &str) -> Candidate {
    Candidate {
        id,
        unrealized_pnl: money(profit),
        notional: money("1000"),
        entry_notional: money("1000"),
        margin_balance: money("100"),
    }
}

#[test]
fn an_empty_fund_is_followed_by_deleveraging() {
    let mut setup = world();
    setup.fund = money("0");
    setup.candidates = vec![winner(1, "30"), winner(2, "60"), winner(3, "-5")];
    let run = run(&setup, seconds(&["80"]));
    let lines = told(&run);
    assert!(lines.contains(&String::from("0 80 fund pays 0 of 100")));
    assert!(
        lines.contains(&String::from("0 80 deleveraged 2: forgoes 60, 1: forgoes 30, unpaid 10"))
    );
    assert_eq!(run.end().forgone, money("90"));
    assert_eq!(run.end().unpaid, money("10"));
    // Owed 200: the margin paid 100, 90 were forgone, 10 nobody paid.
    assert_eq!(run.end().balances.counterparties, money("100"));
}

#[test]
fn a_fund_that_reaches_part_of_the_way_pays_that_part() {
    let mut setup = world();
    setup.fund = money("40");
    setup.candidates = vec![winner(7, "500")];
    let run = run(&setup, seconds(&["80"]));
    assert!(told(&run).contains(&String::from("0 80 deleveraged 7: forgoes 60, unpaid 0")));
    assert_eq!(run.end().balances.fund, money("0"));
}

#[test]
fn a_market_order_may_sell_below_bankruptcy() {
    let mut setup = world();
    setup.rules.limit = Some(SweepLimit::Market);
    // All 10 at 79.856 on average: 201.44 lost, 100 of it the margin's.
    let run = run(&setup, seconds(&["80"]));
    assert_eq!(moved(&run), ["margin > counterparties 100", "fund > counterparties 101.44"]);
    assert!(told(&run).contains(&String::from("0 80 fee 0 of 0.79856 to venue")));
}

#[test]
fn cancelled_orders_can_keep_the_position() {
    let mut setup = world();
    setup.orders.of_position = money("10");
    setup.orders.elsewhere = money("7");
    setup.rules.freed = Some(Freed::ToPosition);
    let kept = run(&setup, seconds(&["90.4", "90.4"]));
    let expected = [
        "0 90.4 threshold broken, waits 0 ms",
        "0 90.4 orders cancelled of the position, freed 10",
        "0 90.4 survived",
    ];
    assert_eq!(told(&kept), expected);
    assert_eq!(kept.end().stage, Stage::Healthy);
    assert_eq!(kept.end().balances.orders.elsewhere, money("7"));
    setup.rules.freed = Some(Freed::ToWallet);
    let lost = run(&setup, seconds(&["90.4"]));
    assert!(is_closed(&lost));
    assert_eq!(lost.end().balances.wallet, money("61.4704272"));
    setup.rules.cancels = Some(Cancels::OfAccount);
    assert_eq!(run(&setup, seconds(&["90.4"])).end().balances.wallet, money("68.4704272"));
    setup.rules.cancels = Some(Cancels::Nothing);
    assert_eq!(run(&setup, seconds(&["90.4"])).end().balances.wallet, money("51.4704272"));
}

/// A flat table by value, in which a lower tier asks for much less.
fn tiered() -> Setup {
    let mut setup = world();
    let rows = [
        ("0", "300", "0.005"),
        ("300", "600", "0.01"),
        ("600", "800", "0.015"),
        ("800", "", "0.05"),
    ];
    setup.market = market(ContractKind::Linear, table(TierKind::Flat, TierBasis::Notional, &rows));
    setup.book.bids = vec![level("0", "1000")];
    setup.rules.fee_rate = None;
    setup.rules.partial = Some(Partial::Tiers(StepDown::By(NonZeroUsize::MIN)));
    setup
}

#[test]
fn a_step_down_stops_where_the_margin_is_enough() {
    // 94 x 10 x 0.05 = 47 is more than 40; down to 800, and 40 is more than 800 x 0.015 = 12.
    let run = run(&tiered(), seconds(&["94", "94"]));
    let expected = [
        "0 94 threshold broken, waits 0 ms",
        "0 94 swept 1.489361702128 of 1.489361702128, limit 90, 1.489361702128 at 94, realized \
         -8.936170212768",
        "0 94 survived",
    ];
    assert_eq!(told(&run), expected);
    assert_eq!(run.end().size, size("8.510638297872"));
    assert!(
        run.end().size.value_at(&price("94")).unwrap().exact().is_at_most(&exact("800")).unwrap()
    );
    assert_eq!(run.end().stage, Stage::Healthy);
}

#[test]
fn a_step_down_goes_on_tier_by_tier_in_the_same_moment() {
    // At 90.3, 3 are left of 100: less than any tier asks for until the last, of 300 x 0.005.
    let run = run(&tiered(), seconds(&["90.3"]));
    let sweeps = kinds(&run).iter().filter(|kind| matches!(kind, EventKind::Swept(_))).count();
    assert_eq!(sweeps, 3);
    assert_eq!(told(&run).last().unwrap(), "0 90.3 survived");
    let value = run.end().size.value_at(&price("90.3")).unwrap();
    assert!(value.exact().is_at_most(&exact("300")).unwrap());
}

#[test]
fn a_step_that_the_book_does_not_fill_is_followed_by_the_takeover() {
    let mut setup = tiered();
    setup.book.bids = vec![level("0", "1")];
    let run = run(&setup, seconds(&["94"]));
    assert!(told(&run).contains(&String::from("0 94 taken over by fund: 9 at 90")));
    // 1 was sold 4 above bankruptcy: that is the holder's. The fund gains 9 x 4.
    assert_eq!(run.end().balances.wallet, money("54"));
    assert_eq!(run.end().balances.fund, money("1036"));
}

fn shared() -> Setup {
    let mut setup = world();
    setup.book.bids = vec![level("0", "1000")];
    setup.rules.fee_rate = None;
    setup.rules.partial =
        Some(Partial::Share { share: rate("0.2"), above: money("500"), pause_ms: 2000 });
    setup
}

#[test]
fn a_share_is_sold_then_a_pause_then_the_rest() {
    // What the share brought above bankruptcy stays in the margin: 800 - 80.6 for the other 8.
    let closed = run(&shared(), seconds(&["90.3", "90.3", "90.3", "90.3"]));
    let expected = [
        "0 90.3 threshold broken, waits 0 ms",
        "0 90.3 swept 2 of 2, limit 90, 2 at 90.3, realized -19.4",
        "0 90.3 pausing until 2000",
        "2000 90.3 swept 8 of 8, limit 89.925, 8 at 90.3, realized -77.6",
        "2000 90.3 returned 3 to holder",
        "2000 90.3 closed",
    ];
    assert_eq!(told(&closed), expected);
    let regained = run(&shared(), seconds(&["90.3", "95", "90.3"]));
    assert_eq!(told(&regained).get(3).unwrap(), "1000 95 threshold regained");
    // A new break begins with a share again, and that is enough: 3 are left, and 6.4 x 0.4515 kept.
    let again = [
        "2000 90.3 threshold broken, waits 0 ms",
        "2000 90.3 swept 1.6 of 1.6, limit 89.925, 1.6 at 90.3, realized -15.52",
        "2000 90.3 survived",
        "2000 90.3 margin call",
    ];
    assert_eq!(told(&regained).get(4..).unwrap(), again);
    let mut small = shared();
    small.rules.partial =
        Some(Partial::Share { share: rate("0.2"), above: money("5000"), pause_ms: 2000 });
    assert!(is_closed(&run(&small, seconds(&["90.3"]))));
}

#[test]
fn after_the_pause_all_of_the_rest_is_offered_until_it_is_sold() {
    let mut setup = shared();
    setup.book.bids = vec![level("0", "1.5")];
    setup.rules.unfilled = Some(Unfilled::Backstop { below: Ratio::from_exact(exact("1/100")) });
    let run = run(&setup, seconds(&["90.3"; 6]));
    let swept = |event: &&EventKind| match event {
        EventKind::Swept(sweep) => Some((sweep.wanted, sweep.filled)),
        _ => None,
    };
    let swept: Vec<_> = kinds(&run).iter().filter_map(swept).collect();
    // 3 are left whatever is sold at 90.3, and 0.4515 is kept for each: 7 are too many, 5.5 are not.
    let expected = [("2", "1.5"), ("8.5", "1.5"), ("7", "1.5")];
    assert_eq!(swept, expected.map(|(wanted, filled)| (size(wanted), size(filled))));
    let pauses = kinds(&run).iter().filter(|it| matches!(it, EventKind::Pausing { .. })).count();
    assert_eq!(pauses, 1);
    assert!(kinds(&run).contains(&&EventKind::Survived));
}

#[test]
fn small_steps_are_taken_one_at_each_look_until_it_is_enough() {
    let mut setup = shared();
    setup.rules.partial = Some(Partial::SmallSteps { share: None });
    // 4 are left of 100, and 90.4 x 0.05 = 4.52 must be kept: 8 x 0.452 = 3.616 after two steps of
    // a half would do; after two of 0.5 it is 9 x 0.452 = 4.068, after three 3.842.
    let run = run(&setup, seconds(&["90.4", "90.4", "90.4", "90.4", "90.4"]));
    let sweeps = kinds(&run).iter().filter(|kind| matches!(kind, EventKind::Swept(_))).count();
    assert_eq!(sweeps, 3);
    assert_eq!(run.end().size, size("8.5"));
    assert_eq!(told(&run).last().unwrap(), "2000 90.4 margin call");
}

#[test]
fn a_backstop_waits_until_a_fraction_of_the_requirement_is_left() {
    let mut setup = world();
    setup.book = Book::default();
    let below = Ratio::from_exact(exact("2/3"));
    setup.rules.unfilled = Some(Unfilled::Backstop { below });
    setup.rules.limit = Some(SweepLimit::Market);
    // What is left is below two thirds of 0.05 P where 10 P - 900 < 0.1 P / 3.
    let line = Price::from_exact(exact("2700/29.9"));
    assert!(line.exact().is_below(&exact("90.302")).unwrap());
    let run = run(&setup, seconds(&["90.4", "90.35", "90.302", "90.3"]));
    let expected = [
        "0 90.4 threshold broken, waits 0 ms",
        "0 90.4 swept 0 of 10, realized 0",
        "3000 90.3 taken over by backstop: 10 at 90.3",
        "3000 90.3 returned 3 to fund",
        "3000 90.3 closed",
    ];
    assert_eq!(told(&run), expected);
}

#[test]
fn a_backstop_also_takes_over_during_a_pause() {
    let mut setup = shared();
    setup.rules.unfilled = Some(Unfilled::Backstop { below: Ratio::from_exact(exact("2/3")) });
    let run = run(&setup, seconds(&["90.4", "90.1"]));
    assert!(told(&run).contains(&String::from("1000 90.1 taken over by backstop: 8 at 90.1")));
}

#[test]
fn after_the_close_no_mark_brings_anything_back() {
    let closed = run(&world(), seconds(&["90.4"]));
    let later = run(&world(), seconds(&["90.4", "90.4", "91", "200", "1", "200"]));
    assert_eq!(later.end().balances, closed.end().balances);
    let said = later.log().iter().filter(|event| event.kind == EventKind::MarkRecovered).count();
    assert_eq!(said, 1);
    assert_eq!(told(&later).last().unwrap(), "2000 91 mark recovered, nothing comes back");
}

#[test]
fn equal_prices_are_taken_in_the_order_of_the_book() {
    let mut setup = world();
    setup.book.bids =
        vec![level("0.001", "1"), level("0", "2"), level("0.001", "3"), level("0", "0")];
    let run = run(&setup, vec![tick(0, "90.4")]);
    let Some(EventKind::Swept(sweep)) =
        kinds(&run).into_iter().find(|kind| matches!(kind, EventKind::Swept(_)))
    else {
        panic!("nothing was swept");
    };
    let levels: Vec<_> = sweep.fills.iter().map(|fill| fill.level).collect();
    assert_eq!(levels, [1, 0, 2]);
    assert_eq!(sweep.filled, size("6"));
}
