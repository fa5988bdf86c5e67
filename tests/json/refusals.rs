//! Every way to be refused, with the path and the code; the schema refuses those that it can see.

use crate::support::{message, problems, report, scenario_schema};

/// A scenario without a fault, to put one in.
const GOOD: &str = r#"{"version":1,"id":"x","margin_mode":"isolated","wallet_balance":"500","markets":{"M":{"contract":"linear","fee_rate":"0.0005","tiers":[{"floor":"0","cap":"100","maintenance_margin_rate":"0.01","max_leverage":"50"},{"floor":"100","cap":null,"maintenance_margin_rate":"0.02","max_leverage":"20"}]},"N":{"tiers":[{"maintenance_margin_rate":"0.01"}]}},"positions":[{"market":"M","side":"long","quantity":"1","entry_price":"100","mark_price":"100","leverage":"10"},{"market":"N","side":"short","quantity":"1","entry_price":"100","leverage":"10","added_margin":"1"}]}"#;

/// The scenario with the first `from` turned into `to`.
#[track_caller]
fn with(from: &str, to: &str) -> String {
    assert!(GOOD.contains(from), "{from}");
    GOOD.replacen(from, to, 1)
}

/// The problems after that change, and whether the schema refuses it too.
#[track_caller]
fn refused(from: &str, to: &str, expected: &[&str], by_schema: bool) {
    let scenario = with(from, to);
    let report = report(&scenario);
    assert_eq!(report.get("positions"), None);
    if !to.contains("\"id\"") {
        assert_eq!(report["id"], "x");
    }
    assert_eq!(problems(&scenario), expected);
    let value = serde_json::from_str(&scenario).unwrap();
    assert_eq!(!scenario_schema().is_valid(&value), by_schema, "{scenario}");
}

/// Refused by the reader and by the schema.
#[track_caller]
fn by_both(from: &str, to: &str, expected: &[&str]) {
    refused(from, to, expected, true);
}

/// Refused by the reader, where no schema could see it.
#[track_caller]
fn by_reader(from: &str, to: &str, expected: &[&str]) {
    refused(from, to, expected, false);
}

#[test]
fn the_scenario_without_a_fault() {
    crate::support::answer(GOOD);
}

#[test]
fn keys_of_the_scenario() {
    by_both(r#""version":1,"#, "", &["version: missing"]);
    by_both(r#""version":1,"#, r#""version":"1","#, &["version: unknown_version"]);
    by_both(r#""version":1,"#, r#""version":2,"#, &["version: unknown_version"]);
    by_both(r#""id":"x","#, r#""id":7,"#, &["id: wrong_type"]);
    by_both(r#""margin_mode":"isolated","#, "", &["margin_mode: missing"]);
    by_both(r#""isolated""#, r#""Isolated""#, &["margin_mode: unknown_word"]);
    by_both(r#""isolated""#, "null", &["margin_mode: missing"]);
    by_both(
        r#""wallet_balance":"500""#,
        r#""wallet_balance":500"#,
        &["wallet_balance: wrong_type"],
    );
    by_both(r#""version""#, r#""mode":"x","version""#, &["mode: unknown_key"]);
    by_reader(r#""id":"x""#, r#""id":"x","id":"y""#, &["id: repeated_key"]);
    by_both(
        r#","positions":["#,
        r#","position":["#,
        &["position: unknown_key", "positions: missing"],
    );
    by_both(r#""markets":"#, r#""market":"#, &["market: unknown_key", "markets: missing"]);
    by_both(r#""positions":["#, r#""positions":[[],"#, &["positions[0]: wrong_type"]);
}

#[test]
fn keys_of_a_market() {
    by_both(r#""linear""#, r#""Linear""#, &["markets.M.contract: unknown_word"]);
    by_both(r#""contract":"linear""#, r#""contract":1"#, &["markets.M.contract: wrong_type"]);
    by_both(r#""contract""#, r#""Contract""#, &["markets.M.Contract: unknown_key"]);
    by_both(r#""linear""#, r#""linear","settle":"""#, &["markets.M.settle: out_of_range"]);
    by_both(r#""N":{"#, r#""":{"tiers":[]},"N":{"#, &["markets[\"\"]: out_of_range"]);
    let again = r#""N":{"tiers":[{"maintenance_margin_rate":"0.01"}]},"N":{"#;
    by_reader(r#""N":{"#, again, &["markets.N: repeated_key"]);
    by_both(
        r#""fee_rate":"0.0005""#,
        r#""funding_in_maintenance":"true","funding_rate":"0""#,
        &["markets.M.funding_in_maintenance: wrong_type"],
    );
    // A word whose rate nobody states.
    let words = [
        (r#""maintenance_fee":"close_at_mark""#, "markets.M.fee_rate: missing"),
        (r#""initial_fee":"entry_round_trip""#, "markets.M.fee_rate: missing"),
        (r#""bankruptcy_fee":"close""#, "markets.M.fee_rate: missing"),
        (r#""maintenance_fee":"liquidation_at_mark""#, "markets.M.liquidation_fee_rate: missing"),
        (r#""funding_in_maintenance":true"#, "markets.M.funding_rate: missing"),
    ];
    for (word, problem) in words {
        by_reader(r#""fee_rate":"0.0005""#, word, &[problem]);
    }
    by_reader(
        r#""contract":"linear""#,
        r#""venue":"nowhere""#,
        &["markets.M.venue: unknown_venue"],
    );
}

#[test]
fn numbers() {
    let at = "positions[0].quantity";
    for (written, code) in [
        (r#""1.""#, "not_a_number"),
        (r#"".5""#, "not_a_number"),
        (r#""""#, "not_a_number"),
        (r#"" 1""#, "not_a_number"),
        (r#""1e5""#, "not_a_number"),
        (r#""1,5""#, "not_a_number"),
        (r#""+1""#, "not_a_number"),
        (r#""--1""#, "not_a_number"),
        (r#""0x1""#, "not_a_number"),
        (r#""NaN""#, "not_a_number"),
        (r#""١""#, "not_a_number"),
        (r#""\uff11""#, "not_a_number"),
        (r#""1\u0000""#, "not_a_number"),
        (r#""-1""#, "out_of_range"),
        (r#""0""#, "out_of_range"),
        (r#""-0.0""#, "out_of_range"),
        (r#""1000000000000""#, "out_of_range"),
        (r#""0.0000000000001""#, "out_of_range"),
        ("1", "wrong_type"),
        ("1e4", "wrong_type"),
        ("true", "wrong_type"),
        (r#"["1"]"#, "wrong_type"),
    ] {
        let to = format!(r#""quantity":{written}"#);
        by_both(r#""quantity":"1""#, &to, &[&format!("{at}: {code}")]);
    }
    by_both(r#""quantity":"1","#, "", &["positions[0].quantity: missing"]);
    by_both(r#""quantity":"1""#, r#""quantity":null"#, &["positions[0].quantity: missing"]);
    by_both(
        r#""leverage":"10""#,
        r#""leverage":"1000.1""#,
        &["positions[0].leverage: out_of_range"],
    );
    by_both(r#""fee_rate":"0.0005""#, r#""fee_rate":"1""#, &["markets.M.fee_rate: out_of_range"]);
    by_both(
        r#""fee_rate":"0.0005""#,
        r#""funding_rate":"-1""#,
        &["markets.M.funding_rate: out_of_range"],
    );
    by_both(
        r#""fee_rate":"0.0005""#,
        r#""warning_ratio":"1.01""#,
        &["markets.M.warning_ratio: out_of_range"],
    );
    by_both(r#""500""#, r#""0.000000001""#, &["wallet_balance: out_of_range"]);
    by_both(r#""500""#, r#""1000000000000000""#, &["wallet_balance: out_of_range"]);
}

#[test]
fn sentences_say_what_to_write() {
    let say = |from, to| message(&with(from, to));
    assert_eq!(
        say(r#""quantity":"1""#, r#""quantity":60000.10"#),
        "quantity is a number; write it as a string: \"60000.10\""
    );
    assert_eq!(
        say(r#""quantity":"1""#, r#""quantity":1e5"#),
        "quantity is a number; write it as a string of digits with at most one point, such as \"0.5\""
    );
    assert_eq!(
        say(r#""quantity":"1""#, r#""quantity":"1 000""#),
        "\"1 000\" is not a plain number; write digits with at most one point, such as \"0.5\": above \
         0, with at most 12 digits before the point and 12 after it"
    );
    assert_eq!(
        say(r#""leverage":"10""#, r#""leverage":"1001""#),
        "\"1001\" is out of range; accepted is above 0 and at most 1000, with at most 12 digits after \
         the point"
    );
    assert_eq!(
        say(r#""side":"long""#, r#""side":"buy""#),
        "\"buy\" is not known here; write long or short"
    );
    assert_eq!(
        say(r#""side":"long""#, r#""side":"long","size":"1""#),
        "a position has no key \"size\"; its keys are market, side, quantity, entry_price, \
         mark_price, leverage, added_margin, isolated_margin"
    );
    assert_eq!(
        say(r#""leverage":"10","#, ""),
        "a position needs leverage: the margin of an isolated position follows from it"
    );
    assert_eq!(say(r#""version":1"#, r#""version":3"#), "version \"3\" is not known; write 1");
}

#[test]
fn tables_that_are_no_tables() {
    let second = r#""floor":"100","cap":null"#;
    let cases = [
        (second, r#""floor":"150","cap":null"#, "tiers[1].floor"),
        (second, r#""floor":"50","cap":null"#, "tiers[1].floor"),
        (second, r#""floor":"100","cap":"90""#, "tiers[1].cap"),
        (r#""floor":"0""#, r#""floor":"1""#, "tiers[0].floor"),
        (
            r#""maintenance_margin_rate":"0.02""#,
            r#""maintenance_margin_rate":"0.001""#,
            "tiers[1].maintenance_margin_rate",
        ),
        (r#""max_leverage":"20""#, r#""max_leverage":"60""#, "tiers[1].max_leverage"),
        (r#""fee_rate":"0.0005""#, r#""tier_basis":"quantity""#, "tier_basis"),
    ];
    for (from, to, path) in cases {
        by_reader(from, to, &[&format!("markets.M.{path}: invalid_tiers")]);
    }
    by_reader(r#""cap":"100""#, r#""cap":null"#, &["markets.M.tiers[0].cap: missing"]);
    by_reader(r#""floor":"100","#, "", &["markets.M.tiers[1].floor: missing"]);
    by_both(
        r#","maintenance_margin_rate":"0.02""#,
        "",
        &["markets.M.tiers[1].maintenance_margin_rate: missing"],
    );
    let one = r#"{"tiers":[{"maintenance_margin_rate":"0.01"}]}"#;
    by_both(one, r#"{"tiers":[]}"#, &["markets.N.tiers: invalid_tiers"]);
    by_both(one, "{}", &["markets.N.tiers: missing"]);
    by_both(one, r#"{"tiers":{}}"#, &["markets.N.tiers: wrong_type"]);
    by_both(
        one,
        r#"{"tiers":[{"maintenance_margin_rate":"0.01","rate":"0"}]}"#,
        &["markets.N.tiers[0].rate: unknown_key"],
    );
    by_both(
        one,
        r#"{"tiers":[{"maintenance_margin_rate":"0.01","slope":"0.1"}]}"#,
        &["markets.N.tiers[0].slope: not_applicable"],
    );
    by_both(
        one,
        r#"{"tier_kind":"slope","tiers":[{"maintenance_margin_rate":"0.01"}]}"#,
        &["markets.N.tiers[0].slope: missing"],
    );
    by_both(
        one,
        r#"{"tier_kind":"fixed","tiers":[{"maintenance_margin_rate":"0"}]}"#,
        &["markets.N.tiers[0].maintenance_amount: missing"],
    );
    by_both(
        one,
        r#"{"tier_kind":"fixed","tiers":[{"maintenance_margin_rate":"0.1","maintenance_amount":"1"}]}"#,
        &["markets.N.tiers[0].maintenance_margin_rate: not_applicable"],
    );
    by_reader(
        one,
        r#"{"tier_kind":"fixed","tiers":[{"maintenance_amount":"1","cap":"5"},{"floor":"5","maintenance_amount":"2"}]}"#,
        &["markets.N.tiers: invalid_tiers"],
    );
    by_reader(
        one,
        r#"{"contract":"inverse","tier_kind":"slope","tiers":[{"maintenance_margin_rate":"0.01","slope":"0.1"}]}"#,
        &["markets.N.tier_kind: not_applicable"],
    );
}

#[test]
fn positions_beside_each_other() {
    by_reader(r#""market":"N""#, r#""market":"O""#, &["positions[1].market: unknown_market"]);
    // The same market with another mark price, which here is the entry price for want of one.
    let other = r#""market":"N","side":"short","quantity":"1","entry_price":"100""#;
    let mark = |to: &str| with(other, to);
    let scenario = mark(r#""market":"M","side":"short","quantity":"1","entry_price":"101""#);
    assert_eq!(problems(&scenario), ["positions[1].mark_price: conflict"]);
    assert_eq!(
        message(&scenario),
        "a market has one mark price; positions[0] has 100 and this position 101 (its entry price, \
         for want of one): write the same mark_price in both"
    );
    let scenario = mark(
        r#""market":"M","side":"short","quantity":"1","entry_price":"101","mark_price":"100.0""#,
    );
    assert_eq!(problems(&scenario), [] as [&str; 0]);
    by_reader(
        r#""added_margin":"1""#,
        r#""added_margin":"1","isolated_margin":"5""#,
        &["positions[1].added_margin: conflict"],
    );
}

#[test]
fn what_each_mode_needs() {
    let cross = GOOD.replace("isolated", "cross");
    assert_eq!(problems(&cross), ["positions[1].added_margin: not_applicable"]);
    assert!(!scenario_schema().is_valid(&serde_json::from_str(&cross).unwrap()));
    let cross = cross.replace(r#","added_margin":"1""#, r#","added_margin":"0.0""#);
    crate::support::answer(&cross);
    crate::support::answer(&cross.replace(r#","leverage":"10""#, ""));
    let poor = cross.replace(r#""wallet_balance":"500","#, "");
    assert_eq!(problems(&poor), ["wallet_balance: missing"]);
    assert!(!scenario_schema().is_valid(&serde_json::from_str(&poor).unwrap()));
    by_both(r#""leverage":"10","#, "", &["positions[1].leverage: missing"]);
    // What goes by leverage needs it in cross mode too.
    let unset = cross.replace(r#","leverage":"10""#, "");
    for rule in [r#""maintenance_fee":"entry_round_trip""#, r#""tier_kind":"factor_over_leverage""#]
    {
        let scenario = unset.replace(r#""contract":"linear""#, rule);
        assert_eq!(problems(&scenario), ["positions[0].leverage: missing"]);
    }
}

#[test]
fn all_problems_come_at_once_and_in_one_order() {
    let scenario = r#"{"positions":[{"leverage":5,"market":"Z","sid":"long"}],"markets":{"M":{"tiers":[{"cap":"1"},{"maintenance_margin_rate":"x"}]}},"version":1,"zzz":0,"aaa":0}"#;
    let expected = [
        "aaa: unknown_key",
        "zzz: unknown_key",
        "margin_mode: missing",
        "markets.M.tiers[0].maintenance_margin_rate: missing",
        "markets.M.tiers[1].floor: missing",
        "markets.M.tiers[1].maintenance_margin_rate: not_a_number",
        "positions[0].sid: unknown_key",
        "positions[0].market: unknown_market",
        "positions[0].side: missing",
        "positions[0].quantity: missing",
        "positions[0].entry_price: missing",
        "positions[0].leverage: wrong_type",
    ];
    assert_eq!(problems(scenario), expected);
}
