//! Whatever the text: one line of JSON that the schema allows, and no panic.

use margin_calculator::json::{evaluate, evaluate_bytes};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::Value;

use crate::support::{report, report_schema, scenario_schema};

/// A scenario with every key in it.
const FULL: &str = r#"{"version":1,"id":"x","margin_mode":"cross","wallet_balance":"-12.5","markets":{"A":{"contract":"linear","settle":"USDT","contract_size":"0.1","tick_size":"0.05","initial_margin_basis":"mark","initial_fee":"close_at_bankruptcy","maintenance_basis":"mark","tier_kind":"flat","tier_basis":"notional","maintenance_fee":"close_at_mark","bankruptcy_fee":"close","fee_rate":"0.0005","funding_rate":"-0.0001","funding_in_maintenance":true,"liquidation_fee_rate":"0.01","warning_ratio":"0.7","tiers":[{"floor":"0","cap":"5000","maintenance_margin_rate":"0.005","maintenance_amount":"0","max_leverage":"100"},{"floor":"5000","cap":"90000","maintenance_margin_rate":"0.02","max_leverage":"20"}]},"B":{"contract":"linear","tier_kind":"slope","tiers":[{"maintenance_margin_rate":"0.01","slope":"0.0001"}]},"BTCUSDT":{"venue":"binance-usdm"}},"positions":[{"market":"A","side":"long","quantity":"12.5","entry_price":"2000.5","mark_price":"1999","leverage":"10","added_margin":"0"},{"market":"A","side":"short","quantity":"3","entry_price":"1000","mark_price":"1999","leverage":"5"},{"market":"B","side":"short","quantity":"7","entry_price":"10","leverage":"3"},{"market":"BTCUSDT","side":"long","quantity":"0.25","entry_price":"90000"}]}"#;

/// A scenario with a number of each range.
const SMALL: &str = r#"{"version":1,"margin_mode":"isolated","wallet_balance":"1","markets":{"N":{"tier_kind":"slope","contract_size":"1","fee_rate":"0","funding_rate":"0","warning_ratio":"1","tiers":[{"cap":null,"maintenance_margin_rate":"0.01","slope":"0"}]}},"positions":[{"market":"N","side":"long","quantity":"1","entry_price":"1","mark_price":"1","leverage":"1"}]}"#;

const NUMBERS: [(&str, &str); 9] = [
    ("wallet_balance", "wallet_balance"),
    ("markets.N.contract_size", "contract_size"),
    ("markets.N.fee_rate", "fee_rate"),
    ("markets.N.funding_rate", "funding_rate"),
    ("markets.N.warning_ratio", "warning_ratio"),
    ("markets.N.tiers[0].cap", "cap"),
    ("markets.N.tiers[0].slope", "slope"),
    ("positions[0].leverage", "leverage"),
    ("positions[0].mark_price", "mark_price"),
];

/// Values to put in the place of others.
const STRANGE: [&str; 24] = [
    "null",
    "true",
    "0",
    "1",
    "-1",
    "1e999",
    "\"\"",
    "\"0\"",
    "\"-0\"",
    "\"1\"",
    "\"-1\"",
    "\"0.999999999999\"",
    "\"1000\"",
    "\"999999999999.999999999999\"",
    "\"0.000000000001\"",
    "\"abc\"",
    "\"inverse\"",
    "\"quanto\"",
    "\"isolated\"",
    "\"entry\"",
    "[]",
    "{}",
    "\"\\ud800\"",
    "\"factor_over_leverage\"",
];

/// How many values stand in a tree.
fn count(value: &Value) -> usize {
    match value {
        Value::Array(rows) => 1 + rows.iter().map(count).sum::<usize>(),
        Value::Object(entries) => 1 + entries.values().map(count).sum::<usize>(),
        _ => 1,
    }
}

/// The tree as text with the value of that number replaced, and the keys of objects in another order.
fn write(value: &Value, left: &mut usize, strange: &str, turn: usize) -> String {
    if *left == 0 {
        *left = usize::MAX;
        return strange.to_owned();
    }
    *left -= 1;
    match value {
        Value::Array(rows) => {
            let rows: Vec<_> = rows.iter().map(|row| write(row, left, strange, turn)).collect();
            format!("[{}]", rows.join(","))
        }
        Value::Object(entries) => {
            let mut rows: Vec<_> = entries
                .iter()
                .map(|(key, value)| {
                    format!("{}:{}", Value::from(key.as_str()), write(value, left, strange, turn))
                })
                .collect();
            let by = turn % rows.len().max(1);
            rows.rotate_left(by);
            format!("{{{}}}", rows.join(","))
        }
        other => other.to_string(),
    }
}

fn full() -> Value {
    serde_json::from_str(FULL).unwrap()
}

#[test]
fn the_full_scenario_is_answered() {
    let found = report(FULL);
    assert!(scenario_schema().is_valid(&full()));
    assert_eq!(found["positions"].as_array().unwrap().len(), 4, "{found}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn bytes_of_any_kind(bytes in vec(any::<u8>(), 0..200)) {
        let found = evaluate_bytes(&bytes);
        let value: Value = serde_json::from_str(&found.report).unwrap();
        prop_assert!(report_schema().is_valid(&value));
        prop_assert!(!found.report.contains('\n'));
    }

    #[test]
    fn a_scenario_with_bytes_changed(
        changes in vec((any::<Index>(), any::<u8>(), 0..3_u8), 1..6)
    ) {
        let mut bytes = FULL.as_bytes().to_vec();
        for (at, byte, how) in changes {
            let at = at.index(bytes.len());
            match how {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                _ => bytes.truncate(at + 1),
            }
        }
        let found = evaluate_bytes(&bytes);
        let value: Value = serde_json::from_str(&found.report).unwrap();
        prop_assert!(report_schema().is_valid(&value), "{}", found.report);
    }

    /// What the schema of scenarios refuses is refused; and the order of keys changes nothing.
    #[test]
    fn a_scenario_with_a_value_changed(
        at in any::<Index>(),
        strange in select(STRANGE.as_slice()),
        turn in 1..7_usize,
    ) {
        let at = at.index(count(&full()));
        let text = write(&full(), &mut at.clone(), strange, 0);
        let found = report(&text);
        let turned = write(&full(), &mut at.clone(), strange, turn);
        prop_assert_eq!(evaluate(&turned), evaluate(&text));
        if let Ok(value) = serde_json::from_str(&text) && !scenario_schema().is_valid(&value) {
            prop_assert!(found.get("positions").is_none(), "{} gave {}", text, found);
        }
    }

    /// The reader and the schema draw the same line around every number.
    #[test]
    fn numbers_of_any_kind(
        text in "-?[0-9]{0,18}(\\.[0-9]{0,15})?|[-+.,0-9e ]{0,6}",
        (path, key) in select(NUMBERS.as_slice()),
    ) {
        let before = SMALL.split(&format!("\"{key}\":")).next().unwrap().len() + key.len() + 3;
        let (head, tail) = SMALL.split_at(before);
        let (_, tail) = tail.split_at(tail.find([',', '}']).unwrap());
        let scenario = format!("{head}{}{tail}", Value::from(text.as_str()));
        let found = report(&scenario);
        let named = found["problems"].as_array().unwrap().iter().any(|row| {
            row["field"] == path && (row["code"] == "out_of_range" || row["code"] == "not_a_number")
        });
        let value: Value = serde_json::from_str(&scenario).unwrap();
        prop_assert_eq!(named, !scenario_schema().is_valid(&value), "{} gave {}", scenario, found);
    }
}
