//! Markets that take their rules from a venue.

use margin_calculator::venue::profiles;
use serde_json::Value;

use crate::support::{answer, has, isolated, message, problems, report};

const POSITION: &str =
    r#""side":"long","quantity":"0.5","entry_price":"60000","mark_price":"59000","leverage":"20""#;

fn bitcoin(rules: &str) -> String {
    isolated(rules, POSITION).replace(r#""M""#, r#""BTCUSDT""#)
}

#[test]
fn a_venue_says_where_its_rules_come_from() {
    let found = answer(&bitcoin(r#""venue":"binance-usdm""#));
    has(
        &found["positions"][0],
        &[
            // 0.4 % up to 300 000: see the account worked by hand.
            ("liquidation.below.exact", "57228.915662650602409639"),
            ("liquidation.below.price", "57229"),
            ("venue.id", "binance-usdm"),
            ("venue.as_of", "2026-04"),
            ("venue.replaced", "[]"),
        ],
    );
    let venue = &found["positions"][0]["venue"];
    assert!(!venue["name"].as_str().unwrap().is_empty());
    assert!(!venue["source"].as_str().unwrap().is_empty());
    assert!(!venue["not_modelled"].as_array().unwrap().is_empty());
}

#[test]
fn a_market_replaces_what_it_states() {
    let found = answer(&bitcoin(
        r#""venue":"binance-usdm","tick_size":"1","maintenance_fee":"close_at_mark","fee_rate":"0.001","warning_ratio":"1""#,
    ));
    has(
        &found["positions"][0],
        &[
            // 0.5 P - 28 500 = 0.0025 P: P = 28 500 / 0.4975 = 57 286.43..., up to a whole one.
            ("liquidation.below.price", "57287"),
            ("margin_call.below", "57287"),
            ("venue.replaced", r#"["tick_size","maintenance_fee","fee_rate","warning_ratio"]"#),
        ],
    );
    // The whole position at the rate of its tier: 8 x 60 000 is in the second, of 0.5 %.
    let large = |rules: &str| {
        let position = r#""side":"long","quantity":"8","entry_price":"60000","leverage":"20""#;
        answer(&isolated(rules, position).replace(r#""M""#, r#""BTCUSDT""#))
    };
    let marginal = large(r#""venue":"binance-usdm""#);
    has(&marginal, &[("positions.0.maintenance_margin", "2100")]);
    let flat = large(r#""venue":"binance-usdm","tier_kind":"flat""#);
    has(&flat, &[("positions.0.maintenance_margin", "2400")]);
}

#[test]
fn a_market_that_is_not_listed_needs_tiers() {
    let scenario = isolated(r#""venue":"binance-usdm""#, POSITION);
    assert_eq!(problems(&scenario), ["markets.M.venue: not_listed"]);
    assert!(message(&scenario).contains("BTCUSDT"), "{}", message(&scenario));
    let own = isolated(
        r#""venue":"binance-usdm","tiers":[{"maintenance_margin_rate":"0.01"}]"#,
        POSITION,
    );
    let found = answer(&own);
    has(
        &found["positions"][0],
        &[("maintenance_margin", "295"), ("venue.replaced", r#"["tiers"]"#)],
    );
}

#[test]
fn an_unknown_venue_is_told_the_known_ones() {
    let scenario = bitcoin(r#""venue":"binance""#);
    assert_eq!(problems(&scenario), ["markets.BTCUSDT.venue: unknown_venue"]);
    let message = message(&scenario);
    for profile in profiles().unwrap() {
        assert!(message.contains(profile.id), "{message}");
    }
}

#[test]
fn two_coins_behind_one_wallet() {
    let scenario = |settle: &str| {
        format!(
            r#"{{"version":1,"margin_mode":"cross","wallet_balance":"100","markets":{{"BTCUSDT":{{"venue":"binance-usdm"}},"B":{{"settle":"{settle}","tiers":[{{"maintenance_margin_rate":"0.01"}}]}}}},"positions":[{{"market":"BTCUSDT","side":"long","quantity":"0.001","entry_price":"100"}},{{"market":"B","side":"long","quantity":"1","entry_price":"100"}}]}}"#
        )
    };
    answer(&scenario("USDT"));
    assert_eq!(problems(&scenario("USDC")), ["markets.B.settle: conflict"]);
    assert_eq!(
        message(&scenario("USDC")),
        "in cross mode one wallet stands behind all, and the margin of \"BTCUSDT\" is in \"USDT\" \
         while this market's is in \"USDC\""
    );
    // A market without a position has no margin.
    let unused = scenario("USDC").replace(r#"{"market":"B""#, r#"{"market":"BTCUSDT""#);
    has(&report(&unused), &[("account.margin_balance", "100")]);
}

/// Every market of every venue can be asked about by its name.
#[test]
fn every_listed_market_is_answered() {
    let position = r#""side":"short","quantity":"1","entry_price":"10","leverage":"2""#;
    let mut asked = 0;
    for profile in profiles().unwrap() {
        let rules = format!(r#""venue":"{}""#, profile.id);
        for market in profile.markets() {
            let scenario =
                isolated(&rules, position).replace(r#""M""#, &format!("\"{}\"", market.name));
            let found = answer(&scenario);
            let venue = &found["positions"][0]["venue"];
            assert_eq!(venue["id"], profile.id);
            assert_eq!(venue["not_modelled"], Value::from(profile.not_modelled.clone()));
            asked += 1;
        }
    }
    assert!(30 < asked, "{asked}");
}

#[test]
fn what_a_venue_adds_takes_the_rates_of_the_scenario() {
    // 100 contracts of 0.001 at 20 000 and 10x: 2000 x (0.4 % + 0.06 % x 1.1), and the funding.
    let kept = |rules: &str| {
        let rules = format!(r#""venue":"kucoin-2023"{rules}"#);
        let position = r#""side":"long","quantity":"100","entry_price":"20000","leverage":"10""#;
        let found = answer(&isolated(&rules, position).replace(r#""M""#, r#""XBTUSDTM""#));
        found["positions"][0]["maintenance_margin"].as_str().unwrap().to_owned()
    };
    assert_eq!(kept(""), "9.32");
    assert_eq!(kept(r#","funding_rate":"0.0001""#), "9.52");
    assert_eq!(kept(r#","funding_rate":"0.0001","funding_in_maintenance":false"#), "9.32");
    assert_eq!(kept(r#","fee_rate":"0.001""#), "10.2");
    // Another word with the venue's own rate: 2000 x (0.4 % + 0.06 %).
    assert_eq!(kept(r#","maintenance_fee":"close_at_mark""#), "9.2");
    assert_eq!(kept(r#","maintenance_fee":"none""#), "8");
}

/// The kind and the basis of a venue's tables are those of a table for another of its markets.
#[test]
fn a_table_of_its_own_is_read_as_the_venue_reads_tables() {
    let tiers = r#""tiers":[{"cap":"50","maintenance_margin_rate":"0.01"},{"floor":"50","maintenance_margin_rate":"0.02"}]"#;
    let rules = format!(r#""venue":"okx-swap",{tiers}"#);
    let position = r#""side":"long","quantity":"60","entry_price":"1","leverage":"10""#;
    // 60 contracts are in the second tier: 60 x (2 % + the fee of 0.05 %), the whole at one rate.
    let found = answer(&isolated(&rules, position));
    has(&found["positions"][0], &[("tier", "2"), ("maintenance_margin", "1.23")]);
}
