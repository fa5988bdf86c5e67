//! Wishes that cannot be met, each for its reason and with what comes nearest; and prices on both
//! sides of what a table skips.

#![expect(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "solve/bench.rs"]
mod bench;

use bench::{
    ask, assigned, at, first, found, isolated, leverage, loss, money, number, price, rate, rules,
    size, stop, table,
};
use margin_calculator::margin::Unknown::{AddedMargin, EntryPrice, Leverage, Quantity};
use margin_calculator::margin::{
    Outcome, Reason, Rejection, Solution, SolveError, Threshold, Unknown, Wish, solve,
};
use margin_calculator::quantity::Exact;
use margin_calculator::quantity::Side::{Long, Short};
use margin_calculator::scenario::{MarginMode, Scenario};
use margin_calculator::venue::{
    BeyondTable, ContractKind, MaintenanceFee, TierBasis, TierKind, TierTable,
};

/// 10 at 100, long, 1 % whatever the size.
fn plain() -> Scenario {
    let tiers = table(TierKind::Marginal, TierBasis::Notional, &[("", "0.01", "50")]);
    isolated(ContractKind::Linear, tiers, Long, "10", "100")
}

/// The price below that closes the position, exactly; above for a short.
fn closes(outcome: &Outcome) -> Exact {
    match &outcome.report.liquidation {
        Threshold::AtPrice { below, above } => {
            *below.as_ref().or(above.as_ref()).unwrap().exact.exact()
        }
        other => panic!("{other:?}"),
    }
}

/// Checks the reason and the value that comes nearest, and gives the position with it.
#[track_caller]
fn nearest(
    scenario: &Scenario,
    wish: &Wish,
    unknown: Unknown,
    step: &str,
    (expected, value): (Reason, &str),
) -> Outcome {
    match ask(scenario, wish, unknown, step) {
        Solution::Unreachable { reason, nearest: Some(nearest) } => {
            assert_eq!(reason, expected);
            assert_eq!(nearest.value, number(value));
            *nearest
        }
        other => panic!("{other:?}"),
    }
}

/// Checks the reason where nothing comes near.
#[track_caller]
fn nothing(scenario: &Scenario, wish: &Wish, unknown: Unknown, expected: Reason) {
    match ask(scenario, wish, unknown, "0.01") {
        Solution::Unreachable { reason, nearest: None } => assert_eq!(reason, expected),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_price_on_the_gaining_side_or_at_the_mark() {
    for wish in [at("101"), at("100"), stop("100", "0.05")] {
        // What is closed nearest to the mark: 50 x leaves 20, and (1000 - 20) / 9.9 = 98.98...
        let outcome = nearest(&plain(), &wish, Leverage, "1", (Reason::GainingSide, "50"));
        assert_eq!(closes(&outcome), number("980").over(&number("9.9")).unwrap());
    }
    let mut short = plain();
    first(&mut short).side = Short;
    nearest(&short, &at("99"), AddedMargin, "1", (Reason::GainingSide, "0"));
}

#[test]
fn even_the_lowest_leverage_is_closed_nearer() {
    // A short at 1 x has 1000: (1000 + 1000) / 10.1 = 198.01...
    let mut short = plain();
    first(&mut short).side = Short;
    let outcome = nearest(&short, &at("199"), Leverage, "0.01", (Reason::AlwaysWorse, "1"));
    assert_eq!(closes(&outcome), number("2000").over(&number("10.1")).unwrap());
    // A long at 1 x is never closed, and one at 1000 / (990 + 0.1) at 1.
    found(&plain(), &at("1"), Leverage, "0.001", ("1000", "990.1", "1.009"));
}

#[test]
fn a_leverage_above_what_the_tier_allows() {
    // 1000 / (10 + 9.9) = 50.25...
    let reason = Reason::Refused(Rejection::LeverageAboveTier { max_leverage: leverage("50") });
    let outcome = nearest(&plain(), &at("99"), Leverage, "0.01", (reason, "50"));
    assert_eq!(closes(&outcome), number("980").over(&number("9.9")).unwrap());
    // Nothing can be said of a position whose leverage is refused in any case.
    let mut scenario = plain();
    first(&mut scenario).leverage = Some(leverage("60"));
    nothing(&scenario, &at("90"), AddedMargin, reason);
}

#[test]
fn a_margin_that_would_not_exceed_maintenance_at_entry() {
    let mut scenario = plain();
    let tiers = table(TierKind::Marginal, TierBasis::Notional, &[("", "0.01", "")]);
    rules(&mut scenario).tiers = tiers;
    scenario.markets.first_mut().unwrap().mark_price = price("105");
    // At 104 the gain of 40 is more than the 10.4 to be kept. 100 x would leave no more than the 10
    // that must be kept at entry, so 99 x is the last.
    let outcome = nearest(&scenario, &at("104"), Leverage, "1", (Reason::AlwaysBetter, "99"));
    assert!(outcome.report.rejections.is_empty());
    first(&mut scenario).margin = assigned("8");
    // At 99.95: lost 0.5, kept 9.995, and 8 are there.
    found(&scenario, &at("99.95"), AddedMargin, "0.001", ("2.495", "1", "2.495"));
    // At 100.005: kept 10.0005 less a gain of 0.05, which makes 9.9505, not more than 10. With 2 more
    // it is 10, and with 3 it is more.
    let maintenance_margin = money("10");
    let reason = Reason::Refused(Rejection::MarginBelowMaintenance { maintenance_margin });
    nearest(&scenario, &at("100.005"), AddedMargin, "1", (reason, "3"));
}

#[test]
fn no_margin_is_needed() {
    // 100 stand behind it, and 10 + 9.9 = 19.9 would do.
    let outcome = nearest(
        &plain(),
        &at("99"),
        AddedMargin,
        "0.01",
        (Reason::MarginToSpare(money("80.1")), "0"),
    );
    assert_eq!(closes(&outcome), number("900").over(&number("9.9")).unwrap());
    // More than 20 are to be lost only with less: 100 - 20 - 9.8 are too much.
    let reason = Reason::MarginToSpare(money("70.2"));
    nearest(&plain(), &loss("20"), AddedMargin, "0.01", (reason, "0"));
}

#[test]
fn a_loss_that_has_been_made() {
    let mut scenario = plain();
    scenario.markets.first_mut().unwrap().mark_price = price("95");
    nearest(&scenario, &loss("50"), AddedMargin, "1", (Reason::AlreadyLost, "0"));
    nearest(&scenario, &loss("40"), Leverage, "1", (Reason::AlreadyLost, "16"));
}

#[test]
fn what_has_no_effect() {
    let mut scenario = plain();
    nearest(&scenario, &at("95"), Quantity, "1", (Reason::NoEffect, "10"));
    first(&mut scenario).margin = assigned("100");
    nearest(&scenario, &at("95"), Leverage, "1", (Reason::NoEffect, "10"));
    scenario.margin_mode = MarginMode::Cross { wallet_balance: money("100") };
    nearest(&scenario, &at("95"), Leverage, "1", (Reason::NoEffect, "10"));
    first(&mut scenario).leverage = None;
    nothing(&scenario, &at("95"), Leverage, Reason::NoEffect);
    // A fee that goes by leverage gives it one: 50 lost, 9.5 and 1 + 1 / L kept. All of it is less
    // than 100, and most at 1 x.
    rules(&mut scenario).maintenance_fee = MaintenanceFee::EntryRoundTrip(rate("0.001"));
    nearest(&scenario, &at("95"), Leverage, "1", (Reason::AlwaysBetter, "1"));
}

#[test]
fn a_mark_that_closes_every_choice() {
    let mut scenario = jumping(Long);
    scenario.markets.first_mut().unwrap().mark_price = price("80");
    // 10 for each 1 are there and 20 are lost.
    nothing(&scenario, &at("75"), Quantity, Reason::ClosedAtOnce);
}

/// 10 at 100 with a table that jumps from 1 % to 3 % at a value of 900.
fn jumping(side: margin_calculator::quantity::Side) -> Scenario {
    let tiers =
        table(TierKind::Flat, TierBasis::Notional, &[("900", "0.01", ""), ("", "0.03", "")]);
    isolated(ContractKind::Linear, tiers, side, "10", if side == Long { "100" } else { "80" })
}

#[test]
fn a_long_skips_what_lies_below_an_edge() {
    let scenario = jumping(Long);
    // Just above 90, worth 900: lost 100, kept 27, together 127. The same 127 last down to
    // 1000 - 127 = 9.9 P, P = 88.18...
    let foot = number("873").over(&number("9.9")).unwrap();
    for wanted in ["90", "89", "88.19"] {
        let outcome =
            nearest(&scenario, &at(wanted), AddedMargin, "0.1", (Reason::InsideJump, "27"));
        assert_eq!(closes(&outcome), foot);
        // 1000 / 127 = 7.874...
        nearest(&scenario, &at(wanted), Leverage, "0.01", (Reason::InsideJump, "7.87"));
    }
    // On both sides of it there is an answer. At 90.01: lost 99.9, kept 27.003.
    found(&scenario, &at("90.01"), AddedMargin, "0.1", ("26.903", "1", "27"));
    // At 88.18: lost 118.2, kept 8.818.
    found(&scenario, &at("88.18"), AddedMargin, "0.1", ("27.018", "1", "27.1"));
}

#[test]
fn a_short_is_closed_on_the_edge_by_a_range_of_margins() {
    let scenario = jumping(Short);
    // Margin 80. At 90, worth 900: lost 100, kept 9 up to the edge and 27 past it.
    found(&scenario, &at("90"), AddedMargin, "0.1", ("29", "1", "29"));
    // Any margin up to 127 is closed there, more is closed beyond. At 90.01: lost 100.1, kept 27.003.
    found(&scenario, &at("90.01"), AddedMargin, "0.1", ("47.103", "1", "47.2"));
    // At 89.99: lost 99.9, kept 8.999.
    found(&scenario, &at("89.99"), AddedMargin, "0.1", ("28.899", "1", "28.9"));
}

#[test]
fn quantities_on_both_sides_of_an_edge() {
    let scenario = jumping(Long);
    // For each 1 at 95: margin 10, lost 5, kept 0.95 up to a value of 900 and 2.85 above: both are
    // less than what is left.
    nearest(&scenario, &at("95"), Quantity, "1", (Reason::AlwaysBetter, "999999999999"));
    // At 92: margin 10, lost 8, kept 0.92 below the edge and 2.76 above. On the way there the value
    // passes the edge at 900 / q, where 10 q must not be less than 100 q - 900 + 900 x 0.03: q
    // is at most 9.7.
    nearest(&scenario, &at("92"), Quantity, "0.1", (Reason::InsideJump, "9.7"));
}

#[test]
fn the_table_ends_before_the_price() {
    let rows = [("900", "0.01", ""), ("1100", "0.02", "")];
    let tiers: TierTable = table(TierKind::Marginal, TierBasis::Notional, &rows);
    let mut short = isolated(ContractKind::Linear, tiers, Short, "10", "100");
    // Worth 1110 at 111, and the table ends at 1100.
    let outcome = nearest(&short, &at("111"), Leverage, "1", (Reason::TableEnds, "9"));
    assert!(matches!(outcome.report.liquidation, Threshold::AtPrice { .. }));
    // At 110 it is worth just 1100: kept 1100 x 0.02 - 9 = 13, lost 100.
    found(&short, &at("110"), Leverage, "0.01", ("1000", "113", "8.84"));
    rules(&mut short).beyond_table = BeyondTable::LastTier;
    // Kept 1110 x 0.02 - 9 = 13.2, lost 110.
    found(&short, &at("111"), Leverage, "0.01", ("1000", "123.2", "8.11"));
    // A quantity is refused where the table ends at the mark or at entry.
    first(&mut short).leverage = Some(leverage("9"));
    let reason = Reason::Refused(Rejection::SizeAboveTable { cap: number("1100") });
    first(&mut short).quantity = size("12");
    nothing(&short, &at("111"), Leverage, reason);
}

#[test]
fn a_step_that_is_too_coarse() {
    // 19.9 are needed and 100 are there with 10 x: at 95 it is 1000 / 59.5 = 16.8.
    let coarse = ask(&plain(), &at("95"), Leverage, "100");
    assert!(matches!(
        coarse,
        Solution::Unreachable { reason: Reason::StepTooCoarse, nearest: None }
    ));
    nearest(&plain(), &at("95"), Leverage, "17", (Reason::StepTooCoarse, "17"));
    found(&plain(), &at("95"), Leverage, "16", ("1000", "59.5", "16"));
}

#[test]
fn a_quantity_that_is_no_fraction_and_refused() {
    let tiers = table(TierKind::Slope(number("0.001")), TierBasis::Quantity, &[("", "0.01", "")]);
    let mut scenario = isolated(ContractKind::Linear, tiers, Long, "10", "100");
    scenario.markets.first_mut().unwrap().mark_price = price("120");
    first(&mut scenario).margin = assigned("60");
    // At 101: 60 + q = 101 q x (0.01 + 0.001 q), q = 24.3...; at entry 100 q x (0.01 + 0.001 q) is
    // 60 for q = 20 already.
    match ask(&scenario, &at("101"), Quantity, "1") {
        Solution::Unreachable {
            reason: Reason::Refused(Rejection::MarginBelowMaintenance { .. }),
            nearest: Some(nearest),
        } => assert_eq!(nearest.value, number("19")),
        other => panic!("{other:?}"),
    }
}

#[test]
fn questions_that_are_none() {
    let scenario = plain();
    let asked = |wish: Wish, step: &str| solve(&scenario, 0, &wish, EntryPrice, &number(step));
    assert_eq!(asked(at("0"), "1"), Err(SolveError::PriceNotAboveZero));
    assert_eq!(asked(stop("-1", "0"), "1"), Err(SolveError::PriceNotAboveZero));
    assert_eq!(asked(stop("90", "1"), "1"), Err(SolveError::BufferOutOfRange));
    assert_eq!(asked(stop("90", "-0.01"), "1"), Err(SolveError::BufferOutOfRange));
    assert_eq!(asked(loss("0"), "1"), Err(SolveError::LossNotAboveZero));
    assert_eq!(asked(at("90"), "0"), Err(SolveError::StepNotAboveZero));
    let none = solve(&scenario, 1, &at("90"), EntryPrice, &number("1"));
    assert_eq!(none, Err(SolveError::NoSuchPosition(1)));
}
