//! Every rule that a market can state, with the figure it moves worked by hand.

use crate::support::{ONE_RATE, answer, has, isolated, message, problems, report};

/// One long of 1 at 100, 10x, mark 100, unless said otherwise.
const LONG: &str = r#""side":"long","quantity":"1","entry_price":"100","leverage":"10""#;
const SHORT: &str = r#""side":"short","quantity":"1","entry_price":"100","leverage":"10""#;

#[track_caller]
fn gives(market: &str, position: &str, figures: &[(&str, &str)]) {
    let found = answer(&isolated(market, position));
    has(&found["positions"][0], figures);
}

fn with_rate(rules: &str) -> String {
    format!("{rules},{ONE_RATE}")
}

#[test]
fn fees_in_initial_margin() {
    let rules = with_rate(r#""initial_fee":"close_at_bankruptcy","fee_rate":"0.001""#);
    // 10, and 0.1 % of the 90 at which they are used up; of 110 for a short.
    gives(&rules, LONG, &[("initial_margin", "10.09")]);
    gives(&rules, SHORT, &[("initial_margin", "10.11")]);
    // 0.1 % of 100 x 1.1.
    let rules = with_rate(r#""initial_fee":"entry_round_trip","fee_rate":"0.001""#);
    gives(&rules, LONG, &[("initial_margin", "10.11")]);
    gives(
        &with_rate(r#""initial_fee":"none","fee_rate":"0.001""#),
        LONG,
        &[("initial_margin", "10")],
    );
}

#[test]
fn fees_in_maintenance_margin() {
    let rules = |fee: &str| {
        let fee = format!(r#""maintenance_fee":"{fee}","fee_rate":"0.001""#);
        with_rate(&format!(r#"{fee},"liquidation_fee_rate":"0.0125""#))
    };
    gives(&rules("none"), LONG, &[("maintenance_margin", "1")]);
    gives(&rules("close_at_mark"), LONG, &[("maintenance_margin", "1.1")]);
    gives(&rules("entry_round_trip"), LONG, &[("maintenance_margin", "1.11")]);
    gives(&rules("close_at_bankruptcy"), LONG, &[("maintenance_margin", "1.09")]);
    gives(&rules("liquidation_at_mark"), LONG, &[("maintenance_margin", "2.25")]);
}

#[test]
fn funding_in_maintenance_margin() {
    let rules = |rate: &str, flag: &str| {
        with_rate(&format!(r#""funding_rate":"{rate}","funding_in_maintenance":{flag}"#))
    };
    gives(&rules("0.0001", "true"), LONG, &[("maintenance_margin", "1.01")]);
    gives(&rules("-0.0001", "true"), LONG, &[("maintenance_margin", "0.99")]);
    gives(&rules("0.0001", "false"), LONG, &[("maintenance_margin", "1")]);
}

#[test]
fn the_fee_left_at_bankruptcy() {
    // 10 + (P - 100) = 0.001 P: P = 90 / 0.999.
    let rules = with_rate(r#""bankruptcy_fee":"close","fee_rate":"0.001""#);
    gives(&rules, LONG, &[("bankruptcy_price", "90.09009009009009009")]);
    gives(&with_rate(r#""bankruptcy_fee":"none""#), LONG, &[("bankruptcy_price", "90")]);
    // The 0.11 that were added to the margin of 10 are still there at 90.
    let rules =
        r#""bankruptcy_fee":"set_aside","initial_fee":"entry_round_trip","fee_rate":"0.001""#;
    gives(&with_rate(rules), LONG, &[("margin_balance", "10.11"), ("bankruptcy_price", "90")]);
}

#[test]
fn where_value_is_taken() {
    let moved =
        r#""side":"long","quantity":"1","entry_price":"100","mark_price":"110","leverage":"10""#;
    gives(&with_rate(r#""maintenance_basis":"mark""#), moved, &[("maintenance_margin", "1.1")]);
    gives(&with_rate(r#""maintenance_basis":"entry""#), moved, &[("maintenance_margin", "1")]);
    gives(&with_rate(r#""initial_margin_basis":"entry""#), moved, &[("initial_margin", "10")]);
    gives(&with_rate(r#""initial_margin_basis":"mark""#), moved, &[("initial_margin", "11")]);
}

#[test]
fn kinds_of_tables() {
    let two = r#""tiers":[{"cap":"60","maintenance_margin_rate":"0.01"},{"floor":"60","cap":null,"maintenance_margin_rate":"0.02"}]"#;
    // 100 x 2 % - 60 x 1 %, and 100 x 2 %.
    gives(
        two,
        LONG,
        &[("maintenance_margin", "1.4"), ("maintenance_amount", "0.6"), ("tier", "2")],
    );
    gives(
        &format!(r#""tier_kind":"flat",{two}"#),
        LONG,
        &[("maintenance_margin", "2"), ("maintenance_amount", "0"), ("tier", "2")],
    );
    // 1 % + 0.05 % for each of 2 base units, of 200.
    let slope = r#""tier_kind":"slope","contract_size":"2","tiers":[{"maintenance_margin_rate":"0.01","slope":"0.0005"}]"#;
    gives(slope, LONG, &[("maintenance_margin_rate", "0.011"), ("maintenance_margin", "2.2")]);
    // 7 for each of 3 contracts, whatever the price.
    let fixed = r#""tier_kind":"fixed","tiers":[{"maintenance_amount":"7"}]"#;
    let three = r#""side":"long","quantity":"3","entry_price":"100","leverage":"10""#;
    gives(fixed, three, &[("maintenance_margin", "21")]);
    // 20 % over 10x.
    let factor =
        r#""tier_kind":"factor_over_leverage","tiers":[{"maintenance_margin_rate":"0.2"}]"#;
    gives(factor, LONG, &[("maintenance_margin_rate", "0.02"), ("maintenance_margin", "2")]);
}

#[test]
fn what_chooses_the_tier() {
    let two = r#""tier_kind":"flat","tiers":[{"cap":"150","maintenance_margin_rate":"0.01"},{"floor":"150","maintenance_margin_rate":"0.02"}]"#;
    let doubled =
        r#""side":"long","quantity":"1","entry_price":"100","mark_price":"200","leverage":"10""#;
    gives(two, doubled, &[("tier", "2"), ("maintenance_margin", "4")]);
    let at_entry = format!(r#""tier_basis":"notional_at_entry",{two}"#);
    gives(&at_entry, doubled, &[("tier", "1"), ("maintenance_margin", "2")]);
    let by_quantity = format!(r#""tier_basis":"quantity",{two}"#);
    gives(&by_quantity, doubled, &[("tier", "1"), ("maintenance_margin", "2")]);
    let many = r#""side":"long","quantity":"200","entry_price":"1","leverage":"10""#;
    gives(&by_quantity, many, &[("tier", "2"), ("maintenance_margin", "4")]);
}

#[test]
fn the_size_of_a_contract_and_the_step_of_a_price() {
    // Worth 10, margin 1: 1 + 0.1 (P - 100) = 0.001 P: P = 9 / 0.099 = 90.909..., up to the step.
    let rules = with_rate(r#""contract_size":"0.1","tick_size":"0.25""#);
    let found = answer(&isolated(&rules, LONG));
    has(
        &found["positions"][0],
        &[
            ("notional", "10"),
            ("liquidation.below.price", "91"),
            ("liquidation.below.exact", "90.909090909090909091"),
            ("liquidation.below.distance", "9"),
            ("liquidation.below.distance_rate", "0.09"),
            // 0.8 (1 + 0.1 (P - 100)) = 0.001 P: P = 7.2 / 0.079 = 91.139..., up to the step.
            ("margin_call.below", "91.25"),
            ("bankruptcy_price", "90"),
        ],
    );
    // A short's prices go down to the step: 11 / 0.101 = 108.910...
    let found = answer(&isolated(&rules, SHORT));
    has(&found["positions"][0], &[("liquidation.above.price", "108.75")]);
}

#[test]
fn the_warning_ratio() {
    // 0.5 (10 + P - 100) = 0.01 P: P = 45 / 0.49.
    let figures = [("margin_call.below", "91.83673469387755102"), ("margin_call.above", "null")];
    gives(&with_rate(r#""warning_ratio":"0.5""#), LONG, &figures);
}

#[test]
fn margin_of_an_isolated_position() {
    let position = |margin: &str| format!("{LONG},{margin}");
    gives(ONE_RATE, &position(r#""added_margin":"5""#), &[("margin_balance", "15")]);
    gives(ONE_RATE, &position(r#""added_margin":"-5.5""#), &[("margin_balance", "4.5")]);
    gives(ONE_RATE, &position(r#""isolated_margin":"30""#), &[("margin_balance", "30")]);
    let both = position(r#""isolated_margin":"30","added_margin":"0.00""#);
    gives(ONE_RATE, &both, &[("margin_balance", "30"), ("initial_margin", "10")]);
}

#[test]
fn what_a_venue_would_reject_is_answered_all_the_same() {
    let table = r#""tiers":[{"cap":"150","maintenance_margin_rate":"0.01","max_leverage":"20"}]"#;
    let position = |quantity: &str, rest: &str| {
        format!(r#""side":"long","quantity":"{quantity}","entry_price":"100",{rest}"#)
    };
    let high = isolated(table, &position("1", r#""leverage":"25""#));
    assert_eq!(problems(&high), ["positions[0].leverage: would_be_rejected"]);
    assert_eq!(message(&high), "the venue would not open it: tier 1 at entry allows at most 20x");
    has(&report(&high), &[("positions.0.initial_margin", "4")]);

    // 2 x 100 is beyond 150: the last rate goes on, 20 + 2 (P - 100) = 0.02 P: P = 180 / 1.98.
    let large = isolated(table, &position("2", r#""leverage":"10""#));
    assert_eq!(problems(&large), ["positions[0].quantity: would_be_rejected"]);
    has(
        &report(&large),
        &[
            ("positions.0.liquidation.below.exact", "90.909090909090909091"),
            ("positions.0.liquidation.below.beyond_table", "true"),
            ("positions.0.tier", "1"),
        ],
    );

    let thin = position("1", r#""leverage":"10","isolated_margin":"1""#);
    assert_eq!(
        problems(&isolated(table, &thin)),
        ["positions[0].isolated_margin: would_be_rejected"]
    );
    let withdrawn = position("1", r#""leverage":"10","added_margin":"-9.5""#);
    assert_eq!(
        message(&isolated(table, &withdrawn)),
        "the venue would not open it: the margin of 0.5 is no more than the maintenance margin at \
         entry, 1"
    );
}

#[test]
fn an_amount_that_differs_from_the_edges_is_told() {
    let table = |kind: &str, amount: &str| {
        format!(
            r#""tier_kind":"{kind}","tiers":[{{"cap":"60","maintenance_margin_rate":"0.01"}},{{"floor":"60","maintenance_margin_rate":"0.02","maintenance_amount":"{amount}"}}]"#
        )
    };
    let differs = isolated(&table("marginal", "0.7"), LONG);
    assert_eq!(problems(&differs), ["markets.M.tiers[1].maintenance_amount: amount_differs"]);
    assert_eq!(
        message(&differs),
        "the table states 0.7; the edges and rates of the table give 0.6, and the answer is made \
         with that"
    );
    has(&report(&differs), &[("positions.0.maintenance_margin", "1.4")]);
    answer(&isolated(&table("marginal", "0.60"), LONG));
    answer(&isolated(&table("flat", "0"), LONG));
    assert_eq!(
        problems(&isolated(&table("flat", "0.6"), LONG)),
        ["markets.M.tiers[1].maintenance_amount: amount_differs"]
    );
}

#[test]
fn a_marginal_table_by_quantity_uses_the_amounts_it_states() {
    let table = |amount: &str| {
        format!(
            r#""tier_basis":"quantity","tiers":[{{"cap":"1","maintenance_margin_rate":"0.004"}},{{"floor":"1","maintenance_margin_rate":"0.005"{amount}}}]"#
        )
    };
    let long = r#""side":"long","quantity":"1.5","entry_price":"60000","leverage":"20""#;
    let found = answer(&isolated(&table(r#","maintenance_amount":"60""#), long));
    // (90000 - 4500 - 60) / (1.5 x 0.995).
    let price = &found["positions"][0]["liquidation"]["below"]["exact"];
    assert_eq!(price, "57246.231155778894472362");
    let missing = problems(&isolated(&table(""), long));
    assert_eq!(missing, ["markets.M.tier_basis: invalid_tiers"]);
}

#[test]
fn a_distance_is_taken_from_the_price_before_it_is_written() {
    let long = r#""side":"long","quantity":"1","entry_price":"0.3","leverage":"7""#;
    let found = answer(&isolated(ONE_RATE, long));
    // 1 - (1 - 1/7) / 0.99 = 31/231.
    let rate = &found["positions"][0]["liquidation"]["below"]["distance_rate"];
    assert_eq!(rate, "0.134199134199134199");
}
