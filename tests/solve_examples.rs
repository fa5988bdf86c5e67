//! Working backwards by hand: every wish for every unknown in every kind of contract, and every rule
//! that the algebra has a term for.

#![expect(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "solve/bench.rs"]
mod bench;

use bench::{
    added, assigned, at, first, found, isolated, leverage, loss, money, number, price, rate, rules,
    size, stop, table,
};
use margin_calculator::margin::Unknown::{AddedMargin, EntryPrice, Leverage, Quantity};
use margin_calculator::margin::{Solution, solve};
use margin_calculator::quantity::Side::{Long, Short};
use margin_calculator::scenario::{MarginMode, Scenario};
use margin_calculator::venue::{
    ContractKind, InitialFee, MaintenanceFee, MarginBasis, TierBasis, TierKind, TierRow, TierTable,
};

/// 10 at 100, long. Two slices: 1 % up to 800, 2 % above, so the deduction there is 800 x 1 % = 8.
fn linear() -> Scenario {
    let tiers =
        table(TierKind::Marginal, TierBasis::Notional, &[("800", "0.01", ""), ("", "0.02", "")]);
    isolated(ContractKind::Linear, tiers, Long, "10", "100")
}

#[test]
fn a_linear_long_is_closed_at_a_price() {
    let mut scenario = linear();
    let wish = at("95");
    // Worth 950 there, so 2 %: kept 950 x 0.02 - 8 = 11, lost 10 x 5 = 50, together 61.
    found(&scenario, &wish, Leverage, "0.01", ("1000", "61", "16.39"));
    first(&mut scenario).leverage = Some(leverage("20"));
    // 1000 / 20 = 50 stands behind it, 61 is needed.
    found(&scenario, &wish, AddedMargin, "0.01", ("11", "1", "11"));
    first(&mut scenario).leverage = Some(leverage("16"));
    // For each 1: margin 6.25, lost 5, kept 95 x 0.02 = 1.9; the deduction of 8 makes up for it:
    // q x (6.25 - 5 - 1.9) + 8 = 0. At 1 %, which holds up to 800 / 95, every quantity is safer.
    found(&scenario, &wish, Quantity, "0.1", ("8", "0.65", "12.3"));
    // Margin 10 E / 16, profit 950 - 10 E, kept 11: 0.625 E + 950 - 10 E = 11.
    found(&scenario, &wish, EntryPrice, "0.1", ("939", "9.375", "100.1"));
}

#[test]
fn a_linear_long_is_closed_beyond_its_stop() {
    let mut scenario = linear();
    let wish = stop("97", "0.02");
    // Wanted at 97 x 0.98 = 95.06. Kept 950.6 x 0.02 - 8 = 11.012, lost 49.4, together 60.412.
    found(&scenario, &wish, Leverage, "0.01", ("1000", "60.412", "16.55"));
    first(&mut scenario).leverage = Some(leverage("20"));
    found(&scenario, &wish, AddedMargin, "0.01", ("10.412", "1", "10.42"));
    first(&mut scenario).leverage = Some(leverage("16"));
    // q x (6.25 - 4.94 - 1.9012) + 8 = 0.
    found(&scenario, &wish, Quantity, "0.1", ("8", "0.5912", "13.5"));
    // 0.625 E + 950.6 - 10 E = 11.012.
    found(&scenario, &wish, EntryPrice, "0.1", ("939.588", "9.375", "100.2"));
}

#[test]
fn a_linear_long_loses_no_more_than_a_sum() {
    let mut scenario = linear();
    let wish = loss("50");
    // 50 are lost at 95. Less margin closes it sooner, so leverage is rounded up.
    found(&scenario, &wish, Leverage, "0.01", ("1000", "61", "16.4"));
    first(&mut scenario).leverage = Some(leverage("20"));
    found(&scenario, &wish, AddedMargin, "0.01", ("11", "1", "11"));
    first(&mut scenario).leverage = Some(leverage("16"));
    // Worth 100 q - 50 when 50 are lost: 6.25 q - 50 = (100 q - 50) x 0.02 - 8, so 4.25 q = 41.
    found(&scenario, &wish, Quantity, "0.1", ("41", "4.25", "9.6"));
    // Worth 10 E - 50: 0.625 E - 50 = (10 E - 50) x 0.02 - 8, so 0.425 E = 41.
    found(&scenario, &wish, EntryPrice, "0.1", ("41", "0.425", "96.4"));
}

/// 10 contracts of 100 USD at 100, short: 10 coins. 1 % up to 8 coins, 2 % above with 0.08 off.
fn inverse() -> Scenario {
    let tiers =
        table(TierKind::Marginal, TierBasis::Notional, &[("8", "0.01", ""), ("", "0.02", "")]);
    let mut scenario = isolated(ContractKind::Inverse, tiers, Short, "10", "100");
    rules(&mut scenario).contract_size = size("100");
    scenario
}

#[test]
fn an_inverse_short_is_closed_at_a_price() {
    let mut scenario = inverse();
    let wish = at("125");
    // Worth 1000 / 125 = 8 coins, an edge, which is the lower tier's: kept 0.08, lost 10 - 8 = 2.
    found(&scenario, &wish, Leverage, "0.01", ("10", "2.08", "4.8"));
    first(&mut scenario).leverage = Some(leverage("5"));
    // 10 / 5 = 2 coins stand behind it.
    found(&scenario, &wish, AddedMargin, "0.01", ("0.08", "1", "0.08"));
    // Margin 200 y for y = 1 / E, profit 8 - 1000 y, kept 0.08: 800 y = 7.92. A short is safer with
    // a higher entry.
    found(&scenario, &wish, EntryPrice, "0.1", ("800", "7.92", "101.1"));
    first(&mut scenario).margin = assigned("2.5");
    // Each contract: worth 0.8 there, lost 0.2, kept 0.016; 2.5 + 0.08 = q x 0.216.
    found(&scenario, &wish, Quantity, "1", ("2.58", "0.216", "11"));
}

#[test]
fn an_inverse_short_is_closed_beyond_its_stop() {
    let mut scenario = inverse();
    let wish = stop("120", "0.04");
    // Wanted at 120 x 1.04 = 124.8, worth v = 1000 / 124.8 > 8. Needed: 10 - v + 0.02 v - 0.08 =
    // 9.92 - 980 / 124.8 = 258.016 / 124.8.
    found(&scenario, &wish, Leverage, "0.01", ("1248", "258.016", "4.83"));
    first(&mut scenario).leverage = Some(leverage("5"));
    // Less the 2 coins that are there.
    found(&scenario, &wish, AddedMargin, "0.01", ("8.416", "124.8", "0.07"));
    // 200 y + v - 1000 y = 0.02 v - 0.08, so 800 y = (980 + 9.984) / 124.8.
    found(&scenario, &wish, EntryPrice, "0.1", ("99840", "989.984", "100.9"));
    first(&mut scenario).margin = assigned("2.5");
    // 2.5 + 0.08 = q x (1 - 98 / 124.8).
    found(&scenario, &wish, Quantity, "1", ("321.984", "26.8", "12"));
}

#[test]
fn an_inverse_short_loses_no_more_than_a_sum() {
    let mut scenario = inverse();
    // 2 coins are lost at 125.
    found(&scenario, &loss("2"), Leverage, "0.01", ("10", "2.08", "4.81"));
    first(&mut scenario).leverage = Some(leverage("5"));
    found(&scenario, &loss("2"), AddedMargin, "0.01", ("0.08", "1", "0.08"));
    // Worth 1000 y - 2: 200 y - 2 = (1000 y - 2) x 0.02 - 0.08, so 180 y = 1.88.
    found(&scenario, &loss("2"), EntryPrice, "0.1", ("180", "1.88", "95.8"));
    first(&mut scenario).margin = assigned("2.5");
    // Worth q - 2.1: 2.5 - 2.1 = (q - 2.1) x 0.02 - 0.08, so q = 24 + 2.1. The margin is what it is;
    // a larger position keeps more of it and is closed with less lost.
    found(&scenario, &loss("2.1"), Quantity, "1", ("26.1", "1", "27"));
}

/// 1000 contracts of 0.001 at 100, long: worth 100. By contracts: 1 % up to 1200, 3 % up to 2000, on
/// the whole position, and a fee of 0.1 % to close.
fn quanto() -> Scenario {
    let rows = [("1200", "0.01", ""), ("2000", "0.03", "")];
    let tiers = table(TierKind::Flat, TierBasis::Quantity, &rows);
    let mut scenario = isolated(ContractKind::Quanto, tiers, Long, "1000", "100");
    rules(&mut scenario).contract_size = size("0.001");
    rules(&mut scenario).maintenance_fee = MaintenanceFee::CloseAtMark(rate("0.001"));
    scenario
}

#[test]
fn a_quanto_long_is_closed_at_a_price() {
    let mut scenario = quanto();
    let wish = at("90");
    // Worth 90: kept 90 x 0.011 = 0.99, lost 10, together 10.99.
    found(&scenario, &wish, Leverage, "0.01", ("100", "10.99", "9.09"));
    found(&scenario, &wish, AddedMargin, "0.01", ("0.99", "1", "0.99"));
    // E / 10 + 90 - E = 0.99.
    found(&scenario, &wish, EntryPrice, "1", ("89.01", "0.9", "98"));
    first(&mut scenario).margin = assigned("12");
    // Each contract: lost 0.01, kept 0.00099.
    found(&scenario, &wish, Quantity, "1", ("12", "0.01099", "1091"));
}

#[test]
fn a_quanto_long_is_closed_beyond_its_stop() {
    let mut scenario = quanto();
    let wish = stop("90", "0.05");
    // Wanted at 85.5: kept 85.5 x 0.011 = 0.9405, lost 14.5.
    found(&scenario, &wish, Leverage, "0.01", ("100", "15.4405", "6.47"));
    found(&scenario, &wish, AddedMargin, "0.01", ("5.4405", "1", "5.45"));
    // E / 10 + 85.5 - E = 0.9405.
    found(&scenario, &wish, EntryPrice, "1", ("84.5595", "0.9", "93"));
    first(&mut scenario).margin = assigned("12");
    found(&scenario, &wish, Quantity, "1", ("12", "0.0154405", "777"));
}

#[test]
fn a_quanto_long_loses_no_more_than_a_sum() {
    let mut scenario = quanto();
    found(&scenario, &loss("10"), Leverage, "0.01", ("100", "10.99", "9.1"));
    found(&scenario, &loss("10"), AddedMargin, "0.01", ("0.99", "1", "0.99"));
    // E / 10 - 5 = (E - 5) x 0.011, so 0.089 E = 4.945.
    found(&scenario, &loss("5"), EntryPrice, "1", ("4.945", "0.089", "55"));
    first(&mut scenario).margin = assigned("12");
    // 12 - 11 = (0.1 q - 11) x 0.011, so 0.0011 q = 1.121.
    found(&scenario, &loss("11"), Quantity, "1", ("1.121", "0.0011", "1020"));
}

/// 10 at 100, long, 1 % whatever the size.
fn plain() -> Scenario {
    let tiers = table(TierKind::Flat, TierBasis::Notional, &[("", "0.01", "")]);
    isolated(ContractKind::Linear, tiers, Long, "10", "100")
}

#[test]
fn maintenance_on_the_value_at_entry() {
    let mut scenario = plain();
    rules(&mut scenario).maintenance_basis = MarginBasis::Entry;
    // Kept 1000 x 0.01 = 10, lost 50.
    found(&scenario, &at("95"), Leverage, "0.01", ("1000", "60", "16.66"));
    // Margin E, profit 950 - 10 E, kept 0.1 E.
    found(&scenario, &at("95"), EntryPrice, "0.1", ("950", "9.1", "104.3"));
    first(&mut scenario).margin = added("6");
    // For each 1: margin 10, lost 11, kept 1: 6 = 2 q.
    found(&scenario, &at("89"), Quantity, "0.1", ("3", "1", "3"));
}

#[test]
fn initial_margin_on_the_value_at_mark() {
    let mut scenario = plain();
    rules(&mut scenario).initial_margin_basis = MarginBasis::Mark;
    scenario.markets.first_mut().unwrap().mark_price = price("120");
    // Margin 1200 / L, needed at 95: kept 9.5, lost 50.
    found(&scenario, &at("95"), Leverage, "0.01", ("1200", "59.5", "20.16"));
    // Margin 120 whatever the entry: 120 + 950 - 10 E = 9.5.
    found(&scenario, &at("95"), EntryPrice, "0.1", ("1060.5", "10", "106"));
}

#[test]
fn the_fee_to_close_at_bankruptcy_in_both_margins() {
    let mut scenario = plain();
    rules(&mut scenario).maintenance_fee = MaintenanceFee::CloseAtBankruptcy(rate("0.001"));
    // Kept 9.5 + 0.001 x (1000 - 1000 / L), lost 50: 1000 / L x 1.001 = 60.5.
    found(&scenario, &at("95"), Leverage, "0.01", ("1001", "60.5", "16.54"));
    // In both it cancels: 1000 / L = 59.5.
    rules(&mut scenario).initial_fee = InitialFee::CloseAtBankruptcy(rate("0.001"));
    found(&scenario, &at("95"), Leverage, "0.01", ("1000", "59.5", "16.8"));
}

#[test]
fn the_fee_for_a_round_trip_and_funding_in_maintenance() {
    let mut scenario = plain();
    rules(&mut scenario).maintenance_basis = MarginBasis::Entry;
    rules(&mut scenario).maintenance_fee = MaintenanceFee::EntryRoundTrip(rate("0.001"));
    rules(&mut scenario).maintenance_funding = rate("0.002");
    // Kept 1000 x (0.01 + 0.001 + 0.001 / L + 0.002) = 13 + 1 / L, lost 50: 999 / L = 63.
    found(&scenario, &at("95"), Leverage, "0.01", ("999", "63", "15.85"));
    // 10 x: kept 13.1, lost 50, and 100 is there; at 80: lost 200.
    found(&scenario, &at("80"), AddedMargin, "0.01", ("113.1", "1", "113.1"));
}

#[test]
fn a_rate_that_leverage_divides() {
    let tiers = table(TierKind::FactorOverLeverage, TierBasis::Notional, &[("", "0.2", "")]);
    let mut scenario = isolated(ContractKind::Linear, tiers, Long, "10", "100");
    // Margin 1000 / L, kept 950 x 0.2 / L = 190 / L, lost 50: 810 / L = 50.
    found(&scenario, &at("95"), Leverage, "0.1", ("810", "50", "16.2"));
    first(&mut scenario).margin = assigned("60");
    // 60 are there whatever the leverage: 190 / L = 10, and more leverage asks for less.
    found(&scenario, &at("95"), Leverage, "2", ("19", "1", "20"));
}

#[test]
fn a_fixed_amount_for_each_contract() {
    let row = TierRow {
        floor: number("0"),
        cap: None,
        maintenance_margin_rate: rate("0"),
        maintenance_amount: Some(money("1.5")),
        max_leverage: None,
    };
    let tiers = TierTable::try_new(TierKind::Fixed, TierBasis::Quantity, &[row]).unwrap();
    let mut scenario = isolated(ContractKind::Linear, tiers, Short, "10", "100");
    // Kept 15, lost 50.
    found(&scenario, &at("105"), Leverage, "0.01", ("1000", "65", "15.38"));
    first(&mut scenario).margin = assigned("60");
    // Each: kept 1.5, lost 5.
    found(&scenario, &at("105"), Quantity, "0.1", ("60", "6.5", "9.2"));
}

#[test]
fn a_rate_that_grows_with_the_quantity() {
    let tiers = table(TierKind::Slope(number("0.001")), TierBasis::Quantity, &[("", "0.01", "")]);
    let mut scenario = isolated(ContractKind::Linear, tiers, Long, "10", "100");
    // Kept 950 x (0.01 + 0.001 x 10) = 19, lost 50.
    found(&scenario, &at("95"), Leverage, "0.01", ("1000", "69", "14.49"));
    first(&mut scenario).leverage = Some(leverage("16"));
    // q x (6.25 - 5) = 95 q x (0.01 + 0.001 q), so 1.25 = 0.95 + 0.095 q.
    found(&scenario, &at("95"), Quantity, "0.1", ("0.3", "0.095", "3.1"));
    first(&mut scenario).margin = assigned("60");
    // 60 = 5 q + 0.95 q + 0.095 q^2: q = (-5.95 + sqrt(5.95^2 + 4 x 0.095 x 60)) / 0.19
    //    = (-5.95 + sqrt(58.2025)) / 0.19 = 8.83..., and sqrt(58.2025) is no fraction.
    match solve(&scenario, 0, &at("95"), Quantity, &number("0.01")).unwrap() {
        Solution::Found { exact: None, rounded, .. } => assert_eq!(rounded.value, number("8.83")),
        other => panic!("{other:?}"),
    }
}

#[test]
fn cross_margin() {
    let mut scenario = linear();
    scenario.margin_mode = MarginMode::Cross { wallet_balance: money("50") };
    // The wallet stands behind it: needed 61 at 95.
    found(&scenario, &at("95"), AddedMargin, "0.01", ("11", "1", "11"));
    // 50 + 950 - 10 E = 11.
    found(&scenario, &at("95"), EntryPrice, "0.1", ("98.9", "1", "98.9"));
    // Above 800 / 95 = 8.421... it would be 50 = q x (5 + 1.9) - 8, or 8.405..., which is not above.
    // Below: 50 = q x (5 + 0.95).
    found(&scenario, &at("95"), Quantity, "0.1", ("50", "5.95", "8.4"));
}

#[test]
fn a_hedge_in_the_same_market_counts() {
    let mut scenario = linear();
    scenario.margin_mode = MarginMode::Cross { wallet_balance: money("50") };
    let mut hedge = *scenario.positions.first().unwrap();
    hedge.side = Short;
    hedge.quantity = size("4");
    scenario.positions.push(hedge);
    // At 90 the long loses 100 and keeps 900 x 0.02 - 8 = 10, the short of 4 gains 40 and
    // keeps 360 x 0.01 = 3.6: 100 + 10 - 40 + 3.6 - 50 = 23.6.
    found(&scenario, &at("90"), AddedMargin, "0.1", ("23.6", "1", "23.6"));
}
