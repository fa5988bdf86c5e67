//! Every way in which a question is refused, and questions that mean harm.

use margin_calculator::json::{
    MOST_BYTES, MOST_TURNS, MOST_TURNS_OF_QUANTITY, solve, solve_bytes, unreadable, unwritable,
};

use crate::asked::{about, problems, solution};
use crate::support::{ONE_RATE, isolated, question_schema, solution_schema};

const LONG: &str =
    r#""side":"long","quantity":"10","entry_price":"100","mark_price":"100","leverage":"10""#;

/// A question without a fault, to put one in.
fn good() -> String {
    let question =
        about(&isolated(ONE_RATE, LONG), "leverage", r#""liquidation_price":"95""#, "0.1");
    question.replacen(r#""version":1,"#, r#""version":1,"id":"x","#, 1)
}

/// The problems after a change, and whether the schema refuses it too.
#[track_caller]
fn refused(from: &str, to: &str, expected: &[&str], by_schema: bool) {
    assert!(good().contains(from), "{from}");
    let question = good().replacen(from, to, 1);
    let solution = solution(&question);
    assert_eq!(solution.get("state"), None);
    if !to.contains(r#""id""#) {
        assert_eq!(solution["id"], "x");
    }
    assert_eq!(problems(&question), expected);
    let value = serde_json::from_str(&question).unwrap();
    assert_eq!(!question_schema().is_valid(&value), by_schema, "{question}");
}

#[track_caller]
fn by_both(from: &str, to: &str, expected: &[&str]) {
    refused(from, to, expected, true);
}

#[track_caller]
fn by_reader(from: &str, to: &str, expected: &[&str]) {
    refused(from, to, expected, false);
}

/// The message of the only problem.
#[track_caller]
fn message(from: &str, to: &str) -> String {
    let solution = solution(&good().replacen(from, to, 1));
    let rows = solution["problems"].as_array().unwrap();
    assert_eq!(rows.len(), 1, "{solution}");
    rows[0]["message"].as_str().unwrap().to_owned()
}

const UNKNOWN: &str = r#""unknown":"positions[0].leverage""#;
const WISH: &str = r#"{"liquidation_price":"95"}"#;

#[test]
fn keys_of_a_question() {
    assert_eq!(problems(&good()), [] as [&str; 0]);
    by_both(r#"{"version":1,"id""#, r#"{"id""#, &["version: missing"]);
    by_both(r#""version":1,"id":"x""#, r#""version":"1","id":"x""#, &["version: unknown_version"]);
    by_both(r#""version":1,"id":"x""#, r#""version":2,"id":"x""#, &["version: unknown_version"]);
    by_both(r#""id":"x""#, r#""id":7"#, &["id: wrong_type"]);
    by_both(r#""step":"0.1""#, r#""step":"0.1","question":"0.1""#, &["question: unknown_key"]);
    by_both(r#","step":"0.1""#, "", &["step: missing"]);
    by_both(&format!("{UNKNOWN},"), "", &["unknown: missing"]);
    by_both(&format!(r#""wish":{WISH},"#), "", &["wish: missing"]);
    by_reader(r#""step":"0.1""#, r#""step":"0.1","step":"1""#, &["step: repeated_key"]);
    let scenario = isolated(ONE_RATE, LONG);
    by_both(&format!(r#""scenario":{scenario},"#), "", &["scenario: missing"]);
    by_both(&scenario, "[]", &["scenario: wrong_type"]);
}

#[test]
fn what_is_wrong_in_the_scenario() {
    by_both(r#""margin_mode":"isolated","#, "", &["scenario.margin_mode: missing"]);
    let two = r#""scenario":{"version":2"#;
    by_both(r#""scenario":{"version":1"#, two, &["scenario.version: unknown_version"]);
    by_both(
        r#""quantity":"10""#,
        r#""quantity":10"#,
        &["scenario.positions[0].quantity: wrong_type"],
    );
    let odd = r#""a b":1,"margin_mode""#;
    by_both(r#""margin_mode""#, odd, &[r#"scenario["a b"]: unknown_key"#]);
    // Several at once, in one order.
    let question =
        good().replace("0.01", "x").replace(r#""95""#, r#""-1""#).replace(r#""0.1""#, "1");
    assert_eq!(
        problems(&question),
        [
            "scenario.markets.M.tiers[0].maintenance_margin_rate: not_a_number",
            "wish.liquidation_price: out_of_range",
            "step: wrong_type",
        ]
    );
    let rows = vec!["[]"; 300].join(",");
    let question = good().replace(r#""positions":["#, &format!(r#""positions":[{rows},"#));
    let found = problems(&question.replace(r#""95""#, r#""-1""#));
    assert_eq!(found.len(), 101);
    assert_eq!(found.last().unwrap(), ": more_problems");
    // A rule that is told beside an answer stands beside the solution too.
    let stated = good().replace(
        ONE_RATE,
        r#""tiers":[{"maintenance_margin_rate":"0.01","maintenance_amount":"3"}]"#,
    );
    assert_eq!(
        problems(&stated),
        ["scenario.markets.M.tiers[0].maintenance_amount: amount_differs"]
    );
    let solution = solution(&stated);
    assert_eq!(solution["state"], "found");
    assert_eq!(solution["report"]["problems"][0]["code"], "amount_differs");
}

#[test]
fn what_is_to_be_found() {
    for path in [
        "leverage",
        "positions.leverage",
        "positions[0]",
        "positions[0].side",
        "positions[00].leverage",
        "positions[+0].leverage",
        "positions[-1].leverage",
        "positions[99999999999999999999].leverage",
        "positions[0].Leverage",
        "scenario.positions[0].leverage",
        "__proto__",
        "",
    ] {
        by_both(UNKNOWN, &format!(r#""unknown":"{path}""#), &["unknown: unknown_word"]);
    }
    by_both(UNKNOWN, r#""unknown":["positions[0].leverage"]"#, &["unknown: wrong_type"]);
    by_reader(UNKNOWN, r#""unknown":"positions[1].leverage""#, &["unknown: out_of_range"]);
    by_reader(
        r#""mark_price":"100","leverage":"10"}]},"unknown":"positions[0].leverage""#,
        r#""leverage":"10"}]},"unknown":"positions[0].entry_price""#,
        &["scenario.positions[0].mark_price: missing"],
    );
    assert_eq!(
        message(UNKNOWN, r#""unknown":"lev""#),
        "\"lev\" is not known here; write the path of a position's leverage, quantity, added_margin \
         or entry_price, such as \"positions[0].leverage\""
    );
    assert_eq!(
        message(UNKNOWN, r#""unknown":"positions[7].quantity""#),
        "there is no positions[7].quantity; the scenario's positions are 1, from 0"
    );
}

#[test]
fn wishes_that_are_none() {
    let wish = |wish: &str, expected: &[&str]| by_both(WISH, wish, expected);
    wish("{}", &["wish: missing"]);
    wish("null", &["wish: missing"]);
    wish("\"95\"", &["wish: wrong_type"]);
    wish(r#"{"liquidation_price":null}"#, &["wish: missing"]);
    wish(r#"{"margin_ratio":"0.5"}"#, &["wish.margin_ratio: unknown_key", "wish: missing"]);
    wish(r#"{"liquidation_price":"95","largest_loss":"5"}"#, &["wish.largest_loss: conflict"]);
    wish(r#"{"stop_price":"95","largest_loss":"5"}"#, &["wish.largest_loss: conflict"]);
    wish(r#"{"liquidation_price":"95","stop_price":"5"}"#, &["wish.stop_price: conflict"]);
    wish(
        r#"{"liquidation_price":"95","stop_buffer":"0.1"}"#,
        &["wish.stop_buffer: not_applicable"],
    );
    for (key, bad) in [
        ("liquidation_price", "0"),
        ("liquidation_price", "1000000000000"),
        ("stop_price", "-3"),
        ("largest_loss", "0"),
        ("largest_loss", "0.000000001"),
    ] {
        wish(&format!(r#"{{"{key}":"{bad}"}}"#), &[&format!("wish.{key}: out_of_range")]);
    }
    wish(r#"{"stop_price":"95","stop_buffer":"1"}"#, &["wish.stop_buffer: out_of_range"]);
    wish(r#"{"liquidation_price":95}"#, &["wish.liquidation_price: wrong_type"]);
    wish(r#"{"liquidation_price":"9e1"}"#, &["wish.liquidation_price: not_a_number"]);
    assert_eq!(
        message(WISH, "{}"),
        "a wish needs one of liquidation_price, stop_price or largest_loss"
    );
}

#[test]
fn steps_that_are_none() {
    let step = |step: &str, expected: &[&str]| by_both(r#""step":"0.1""#, step, expected);
    step(r#""step":"0""#, &["step: out_of_range"]);
    step(r#""step":"-0.1""#, &["step: out_of_range"]);
    step(r#""step":"1001""#, &["step: out_of_range"]);
    step(r#""step":0.1"#, &["step: wrong_type"]);
    step(r#""step":"a""#, &["step: not_a_number"]);
    let money = good().replace("positions[0].leverage", "positions[0].added_margin");
    let fine = money.replace(r#""step":"0.1""#, r#""step":"0.000000001""#);
    assert_eq!(problems(&fine), ["step: out_of_range"]);
    assert!(!question_schema().is_valid(&serde_json::from_str(&fine).unwrap()));
    assert_eq!(problems(&fine.replace("added_margin", "quantity")), [] as [&str; 0]);
}

/// A value that is right and that no scenario could state.
#[test]
fn what_would_not_fit_a_scenario() {
    let position = r#""side":"short","quantity":"1000000000","entry_price":"1000000","mark_price":"1000000","leverage":"1","added_margin":"999999999999999""#;
    // At 3 000 000, 3.03e15 are needed: 1e15 of initial margin, and the rest added.
    let wish = r#""liquidation_price":"3000000""#;
    let question = about(&isolated(ONE_RATE, position), "added_margin", wish, "1");
    assert_eq!(problems(&question), ["scenario: out_of_range"]);
    assert_eq!(
        solution(&question)["problems"][0]["message"],
        "positions[0].added_margin would become 1030000000000000; accepted is money, with at most \
         15 digits before the point and 8 after it"
    );
}

#[test]
fn what_is_no_question_at_all() {
    for text in
        ["", " \n", "garbage", "<!DOCTYPE html><script>alert(1)</script>", "{", "NaN", "[1,"]
    {
        assert_eq!(problems(text), [": not_json"], "{text}");
    }
    for text in ["null", "true", "\"text\"", "12", "[]"] {
        assert_eq!(problems(text), [": wrong_type"], "{text}");
    }
    // A scenario is no question, and is told so by its keys.
    let found = problems(&isolated(ONE_RATE, LONG));
    assert!(found.contains(&"margin_mode: unknown_key".to_owned()), "{found:?}");
    let long = format!(r#"{{"id":"{}"}}"#, "a".repeat(50_000_000));
    assert_eq!(problems(&long), [": too_long"]);
    assert_eq!(solve_bytes(long.as_bytes()).solution, solve(&long));
    assert_eq!(problems(&"[".repeat(MOST_BYTES)), [": not_json"]);
    let solved = solve_bytes(b"\xff");
    assert_eq!(
        solved.solution,
        r#"{"id":null,"problems":[{"field":"","code":"not_text","message":"this is not UTF-8 text, from byte 1 on"}]}"#
    );
    assert_eq!(solve_bytes(good().as_bytes()).solution, solve(&good()));
    for text in [unreadable(), unwritable()] {
        let value = serde_json::from_str(&text).unwrap();
        assert!(solution_schema().is_valid(&value), "{text}");
    }
}

#[test]
fn accounts_that_would_take_long() {
    let account = |rows: usize, positions: usize, unknown: &str| {
        let rows: Vec<String> = (0..rows)
            .map(|row| {
                let cap =
                    if row + 1 == rows { "null".to_owned() } else { format!("\"{}\"", row + 1) };
                format!(r#"{{"floor":"{row}","cap":{cap},"maintenance_margin_rate":"0.01"}}"#)
            })
            .collect();
        let market = format!(r#""tier_kind":"flat","tiers":[{}]"#, rows.join(","));
        let scenario =
            isolated(&market, LONG).replace(r#""isolated""#, r#""cross","wallet_balance":"900""#);
        let row = format!(r#"{{"market":"M",{LONG}}}"#);
        let scenario = scenario.replace(&row, &vec![row.as_str(); positions].join(","));
        about(&scenario, unknown, r#""liquidation_price":"90""#, "0.1")
    };
    assert_eq!((MOST_TURNS, MOST_TURNS_OF_QUANTITY), (300, 80));
    let large = ["scenario.positions: too_many"];
    assert_eq!(problems(&account(31, 10, "added_margin")), [] as [&str; 0]);
    assert_eq!(problems(&account(32, 10, "added_margin")), large);
    assert_eq!(problems(&account(9, 10, "quantity")), [] as [&str; 0]);
    assert_eq!(problems(&account(10, 10, "quantity")), large);
    // Alone in its market, or with one tier, there is no such end.
    assert_eq!(problems(&account(200, 1, "quantity")), [] as [&str; 0]);
    assert_eq!(problems(&account(1, 900, "quantity")), [] as [&str; 0]);
}
