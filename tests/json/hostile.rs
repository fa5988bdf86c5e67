//! Texts that mean harm: each gives one report with a path, and none is much work.

use margin_calculator::json::{
    MOST_BYTES, MOST_EDGES, MOST_PROBLEMS, evaluate, evaluate_bytes, evaluate_counted,
};

use crate::support::{ONE_RATE, isolated, message, problems, report};

const POSITION: &str = r#""side":"long","quantity":"1","entry_price":"100","leverage":"10""#;

#[test]
fn what_is_no_scenario_at_all() {
    for text in [
        "",
        " \t\r",
        "garbage",
        "<!DOCTYPE html><html><script>alert(1)</script></html>",
        "{",
        "[1,2",
        r#"{"version":1"#,
        r#"{"version":1}}"#,
        "{'version':1}",
        r#"{"id":"a"#,
        "NaN",
        "\u{0}",
        "{\"id\":\"a\u{0}b\"}",
        "\u{feff}\u{feff}{}",
    ] {
        assert_eq!(problems(text), [": not_json"], "{text}");
        assert_eq!(report(text)["id"], serde_json::Value::Null);
    }
    for text in ["null", "true", "\"text\"", "12", "[]"] {
        assert_eq!(problems(text), [": wrong_type"], "{text}");
    }
    let bytes = evaluate_bytes(b"{\"id\":\"\xff\"}");
    assert_eq!(
        bytes.report,
        r#"{"id":null,"problems":[{"field":"","code":"not_text","message":"this is not UTF-8 text, from byte 8 on"}]}"#
    );
    assert_eq!((bytes.problems, bytes.width), (1, None));
}

/// The mark that some editors write first, spaces and ends of lines change nothing.
#[test]
fn what_surrounds_a_scenario() {
    let plain = isolated(ONE_RATE, POSITION);
    let expected = evaluate(&plain);
    for text in [format!("\u{feff}{plain}"), format!(" {plain}\r"), plain.replace(',', " ,\n\t")] {
        assert_eq!(evaluate(&text), expected);
    }
    assert_eq!(evaluate_bytes(plain.as_bytes()).report, expected);
}

/// Refused by its length: nothing of it is read, so it takes no longer than a short one.
#[test]
fn a_line_of_ten_megabytes() {
    let long = format!(r#"{{"id":"{}"}}"#, "a".repeat(10_000_000));
    assert_eq!(problems(&long), [": too_long"]);
    assert_eq!(evaluate_bytes(long.as_bytes()).report, evaluate(&long));
    // The longest that is read, and one byte more.
    let id = "a".repeat(MOST_BYTES - r#"{"id":""}"#.len());
    let full = format!(r#"{{"id":"{id}"}}"#);
    assert_eq!(report(&full)["id"], id);
    assert_eq!(problems(&format!("{full} ")), [": too_long"]);
}

#[test]
fn lists_and_objects_without_end() {
    let deep = "[".repeat(MOST_BYTES);
    assert_eq!(problems(&deep), [": not_json"]);
    let half = MOST_BYTES / 2 - 200;
    let closed = format!("{}{}", "[".repeat(half), "]".repeat(half));
    assert_eq!(problems(&closed), [": wrong_type"]);
    let good = isolated(ONE_RATE, POSITION);
    let inside = good.replace(r#""quantity":"1""#, &format!(r#""quantity":{closed}"#));
    assert_eq!(problems(&inside), ["positions[0].quantity: wrong_type"]);
    let nested = "{\"a\":".repeat(6) + "1" + &"}".repeat(6);
    let inside = good.replace(r#""tiers":["#, &format!(r#""tiers":[{nested},"#));
    assert_eq!(
        problems(&inside),
        [
            "markets.M.tiers[0].a: unknown_key",
            "markets.M.tiers[0].cap: missing",
            "markets.M.tiers[1].floor: missing",
        ]
    );
    // Deeper than any scenario, where a scenario would have a row.
    let levels = "[".repeat(6) + &"]".repeat(6);
    let object = format!(r#"{{"positions":{levels}}}"#);
    assert!(problems(&object).contains(&"positions[0]: wrong_type".to_owned()));
}

#[test]
fn numbers_of_two_hundred_digits() {
    let good = isolated(ONE_RATE, POSITION);
    let digits = "9".repeat(200);
    for (written, code) in [
        (format!("\"{digits}\""), "out_of_range"),
        (format!("\"0.{digits}\""), "out_of_range"),
        (digits.clone(), "wrong_type"),
        (format!("1e{digits}"), "wrong_type"),
    ] {
        let scenario = good.replace(r#""quantity":"1""#, &format!(r#""quantity":{written}"#));
        assert_eq!(problems(&scenario), [format!("positions[0].quantity: {code}")]);
        assert!(message(&scenario).len() < 200);
    }
    // Zeros that say nothing are no digits.
    let padded = format!("\"{}1.{}\"", "0".repeat(200), "0".repeat(200));
    let scenario = good.replace(r#""quantity":"1""#, &format!(r#""quantity":{padded}"#));
    assert_eq!(evaluate(&scenario), evaluate(&good));
}

#[test]
fn text_that_is_no_text() {
    let good = isolated(ONE_RATE, POSITION);
    let lone = r"\ud83d";
    let id = good.replace(r#""version""#, &format!(r#""id":"{lone}","version""#));
    assert_eq!(problems(&id), ["id: not_text"]);
    assert_eq!(report(&id)["id"], serde_json::Value::Null);
    let side = good.replace(r#""long""#, &format!("\"{lone}\""));
    assert_eq!(problems(&side), ["positions[0].side: not_text"]);
    let key = good.replace(r#""side""#, &format!("\"{lone}\""));
    assert_eq!(problems(&key), ["positions[0]: not_text"]);
    // Both halves are a sign like any other, and so is the end of a C string.
    let id = good.replace(r#""version""#, r#""id":"\ud83d\ude00\u0000\u2028","version""#);
    assert_eq!(report(&id)["id"], "\u{1f600}\u{0}\u{2028}");
}

#[test]
fn names_are_shown_and_never_obeyed() {
    let script = r#"</script><script>alert(1)</script>"#;
    let scenario = isolated(ONE_RATE, POSITION).replace(r#""M""#, &format!("\"{script}\""));
    assert_eq!(report(&scenario)["positions"][0]["market"], script);
    let broken = scenario.replace("0.01", "2");
    assert_eq!(
        problems(&broken),
        ["markets[\"</script><script>alert(1)</script>\"].tiers[0].maintenance_margin_rate: \
             out_of_range"]
    );
    let key = isolated(ONE_RATE, POSITION).replace(r#""side""#, r#""a\nb\"c""#);
    assert!(problems(&key).contains(&r#"positions[0]["a\nb\"c"]: unknown_key"#.to_owned()));
    let long = isolated(ONE_RATE, POSITION).replace(r#""M""#, &format!("\"{}\"", "é".repeat(65)));
    assert_eq!(problems(&long), [format!("markets[\"{}\u{2026}\"]: out_of_range", "é".repeat(40))]);
    answer_with_name(&"é".repeat(64));
}

#[track_caller]
fn answer_with_name(name: &str) {
    let scenario = isolated(ONE_RATE, POSITION).replace(r#""M""#, &format!("\"{name}\""));
    assert_eq!(crate::support::answer(&scenario)["positions"][0]["market"], name);
}

/// However much is wrong, the report stays short.
#[test]
fn problems_without_end() {
    let keys: Vec<String> = (0..60_000).map(|key| format!("\"k{key}\":0")).collect();
    let scenario = format!("{{{}}}", keys.join(","));
    let found = report(&scenario);
    let rows = found["problems"].as_array().unwrap();
    assert_eq!(rows.len(), MOST_PROBLEMS + 1);
    let last = rows.last().unwrap();
    assert_eq!(last["code"], "more_problems");
    // 60 000 keys, and the four that are needed, less the 100 that are listed.
    assert_eq!(last["message"], "there are 59904 more problems; they are not listed");
    let name = "n".repeat(200_000);
    let scenario =
        format!(r#"{{"version":1,"markets":{{"{name}":{{{}}}}}}}"#, keys[..9000].join(","));
    assert!(evaluate(&scenario).len() < 60_000);
}

#[test]
fn lists_without_end() {
    let row = r#"{"market":"M","side":"long","quantity":"1","entry_price":"100"}"#;
    let good = isolated(ONE_RATE, POSITION);
    let rows = |count: usize| {
        let rows = format!("{row},").repeat(count);
        good.replace(r#""positions":["#, &format!(r#""positions":[{rows}"#))
            .replace(r#""isolated""#, r#""cross","wallet_balance":"999999""#)
    };
    assert_eq!(problems(&rows(9_999)), [] as [&str; 0]);
    assert_eq!(problems(&rows(10_000)), ["positions: too_many"]);
    let tiers = r#"{"maintenance_margin_rate":"0.01"},"#.repeat(200);
    let table = good.replace(r#""tiers":["#, &format!(r#""tiers":[{tiers}"#));
    assert_eq!(problems(&table), ["markets.M.tiers: too_many"]);
    let markets: String = (0..10_000).map(|market| format!("\"K{market}\":{{}},")).collect();
    let many = good.replace(r#""markets":{"#, &format!(r#""markets":{{{markets}"#));
    assert_eq!(problems(&many), ["markets: too_many"]);
}

/// The exact walk of an account is bounded by what has to be walked along.
#[test]
fn accounts_that_would_take_long() {
    let table = |rows: usize| {
        let rows: Vec<String> = (0..rows)
            .map(|row| {
                let cap =
                    if row + 1 == rows { "null".to_owned() } else { format!("\"{}\"", row + 1) };
                format!(r#"{{"floor":"{row}","cap":{cap},"maintenance_margin_rate":"0.01"}}"#)
            })
            .collect();
        format!("\"tier_kind\":\"flat\",\"tiers\":[{}]", rows.join(","))
    };
    let account = |contract: &str, rows: usize, positions: usize| {
        let position = r#"{"market":"M","side":"long","quantity":"1","entry_price":"100"}"#;
        format!(
            r#"{{"version":1,"margin_mode":"cross","wallet_balance":"9999","markets":{{"M":{{"contract":"{contract}",{}}}}},"positions":[{}]}}"#,
            table(rows),
            vec![position; positions].join(",")
        )
    };
    assert_eq!(MOST_EDGES, 200 * 500);
    assert_eq!(problems(&account("linear", 200, 500)), [] as [&str; 0]);
    assert_eq!(problems(&account("linear", 200, 501)), ["positions: too_many"]);
    // 100 x 100 tiers times 100 divisors are a million; 180 x 100 times 180 are 3.24.
    assert_eq!(problems(&account("inverse", 100, 100)), [] as [&str; 0]);
    assert_eq!(problems(&account("inverse", 100, 180)), ["positions: too_many"]);
    assert!(evaluate_counted(&account("inverse", 100, 180)).width.is_none());
}
