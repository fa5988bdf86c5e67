//! What the book is not asked for: handed over at the bankruptcy price, worked out by hand.

use core::num::NonZeroUsize;

use margin_calculator::process::{HandedOver, Partial, Setup, Stage};
use margin_calculator::quantity::Price;
use margin_calculator::scenario::PositionMargin;
use margin_calculator::takeover::{Candidate, Remainder, StepDown};
use margin_calculator::venue::{ContractKind, TierBasis, TierKind};

use crate::world::{
    level, line, market, money, moved, run, seconds, size, table, tick, told, world,
};

fn tier(number: usize) -> NonZeroUsize {
    NonZeroUsize::new(number).unwrap()
}

/// A long bankrupt at 90 on flat tiers by quantity that end at 4 and 10, with bids for all at the mark.
fn setup(quantity: &str, margin: &str, step: usize, handed: HandedOver) -> Setup {
    let mut setup = world();
    let rows = [("0", "4", "0.005"), ("4", "10", "0.01"), ("10", "", "0.03")];
    setup.market = market(ContractKind::Linear, table(TierKind::Flat, TierBasis::Quantity, &rows));
    setup.position.quantity = size(quantity);
    setup.position.margin = PositionMargin::Assigned(money(margin));
    setup.book.bids = vec![level("0", "1000")];
    setup.rules.fee_rate = None;
    setup.rules.remainder = Some(Remainder::ToFund);
    setup.rules.partial = Some(Partial::Tiers(StepDown::By(tier(step))));
    setup.rules.handed_over = Some(handed);
    setup
}

fn lowest(number: usize, or_below_first: bool) -> HandedOver {
    HandedOver::Lowest { tier: tier(number), or_below_first }
}

#[test]
fn at_the_cap_of_the_second_tier_all_is_handed_over_though_there_are_bids() {
    let run = run(&setup("10", "100", 2, lowest(2, false)), seconds(&["90.9"]));
    let expected = [
        "0 90.9 threshold broken, waits 0 ms",
        "0 90.9 taken over by fund: 10 at 90, not offered",
        "0 90.9 returned 0 to fund",
        "0 90.9 closed",
    ];
    assert_eq!(told(&run), expected);
    assert_eq!(moved(&run), ["margin > counterparties 100", "counterparties > fund 9"]);
    assert_eq!(run.end().balances.wallet, money("50"));
}

#[test]
fn above_that_cap_it_is_reduced_by_two_tiers() {
    // Bankrupt at 90 as well. Down to the cap of the first tier: 105 - 6.5 x 8 = 53 back 4.
    let setup = setup("10.5", "105", 2, lowest(2, false));
    let run = run(&setup, seconds(&["92", "92"]));
    let expected = [
        "0 92 threshold broken, waits 0 ms",
        "0 92 swept 6.5 of 6.5, limit 90, 6.5 at 92, realized -52",
        "0 92 survived",
    ];
    assert_eq!(told(&run), expected);
    assert_eq!(run.end().size, size("4"));
    // The smallest part above the cap is enough to be in the third tier.
    let mut barely = setup;
    barely.position.quantity = size("10.000000000001");
    let run = crate::world::run(&barely, seconds(&["92"]));
    assert!(
        told(&run).iter().any(|line| line.contains("swept 6.000000000001 ")),
        "{:?}",
        told(&run)
    );
}

#[test]
fn what_a_step_leaves_in_the_lowest_tiers_is_handed_over_if_it_is_not_enough() {
    // 105 - 0.5 x 9.5 = 100.25 backs 10: bankrupt at 89.975, and 5.25 is less than 9.05.
    let run = run(&setup("10.5", "105", 1, lowest(2, false)), seconds(&["90.5"]));
    let expected = [
        "0 90.5 threshold broken, waits 0 ms",
        "0 90.5 swept 0.5 of 0.5, limit 90, 0.5 at 90.5, realized -4.75",
        "0 90.5 taken over by fund: 10 at 89.975, not offered",
        "0 90.5 returned 0 to fund",
        "0 90.5 closed",
    ];
    assert_eq!(told(&run), expected);
}

#[test]
fn no_more_than_the_first_tier_asks_for_is_handed_over_from_any_tier() {
    // 10.5 x (P - 90) is 10.5 x P x 0.005 at 900 / 9.95.
    let (at, above) = line();
    let first = |or_below_first, mark: Price| {
        let mut ticks = vec![tick(0, "1")];
        for tick in &mut ticks {
            (tick.mark, tick.mid) = (mark, mark);
        }
        let run = run(&setup("10.5", "105", 2, lowest(2, or_below_first)), ticks);
        told(&run).get(1).unwrap().split(' ').nth(2).unwrap().to_owned()
    };
    assert_eq!(first(true, at), "taken");
    assert_eq!(first(true, above), "swept");
    assert_eq!(first(false, at), "swept");
}

#[test]
fn a_gap_past_bankruptcy_is_the_loss_of_the_fund_then_of_winners() {
    let mut setup = setup("10", "100", 2, lowest(2, false));
    setup.fund = money("4");
    setup.candidates = vec![Candidate {
        id: 1,
        unrealized_pnl: money("500"),
        notional: money("1000"),
        entry_notional: money("1000"),
        margin_balance: money("100"),
    }];
    let run = run(&setup, seconds(&["89"]));
    assert_eq!(moved(&run), ["margin > counterparties 100", "fund > counterparties 4"]);
    assert!(told(&run).contains(&String::from("0 89 deleveraged 1: forgoes 6, unpaid 0")));
    let whole = setup.start().unwrap().balances.total().unwrap();
    assert_eq!(run.end().balances.total().unwrap(), whole);
}

#[test]
fn what_exceeds_a_lower_tier_goes_at_bankruptcy_and_the_rest_to_the_book() {
    // 0.5 go at 90: 100 are left for 10, 20 at the mark, and 9.2 are kept.
    let kept = run(&setup("10.5", "105", 1, HandedOver::Excess), seconds(&["92"]));
    let expected = [
        "0 92 threshold broken, waits 0 ms",
        "0 92 taken over by fund: 0.5 at 90, not offered",
        "0 92 survived",
    ];
    assert_eq!(told(&kept), expected);
    assert_eq!(moved(&kept), ["margin > counterparties 5", "counterparties > fund 1"]);
    assert_eq!(kept.end().stage, Stage::Healthy);
    // 1.6 are left for 4, and 1.808 are asked for: the first tier has none below it.
    let closed = run(&setup("10.5", "105", 1, HandedOver::Excess), seconds(&["90.4"]));
    let expected = [
        "0 90.4 threshold broken, waits 0 ms",
        "0 90.4 taken over by fund: 0.5 at 90, not offered",
        "0 90.4 taken over by fund: 6 at 90, not offered",
        "0 90.4 swept 4 of 4, limit 90, 4 at 90.4, realized -38.4",
        "0 90.4 returned 1.6 to fund",
        "0 90.4 closed",
    ];
    assert_eq!(told(&closed), expected);
}
