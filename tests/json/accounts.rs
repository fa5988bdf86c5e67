//! Accounts worked by hand: cross, hedged, inverse, quanto, and every state that has no price.

use num_rational::BigRational;

use crate::support::{ONE_RATE, answer, has, isolated, line, problems, report};

/// A cross account of these markets and positions.
fn cross(wallet: &str, markets: &str, positions: &str) -> String {
    format!(
        r#"{{"version":1,"margin_mode":"cross","wallet_balance":"{wallet}","markets":{{{markets}}},"positions":[{positions}]}}"#
    )
}

/// 0.5 at 60 000 and 20x, mark 59 000, in a table that begins at 0.4 %.
/// Initial margin 30 000 / 20 = 1500; profit 0.5 x -1000 = -500; balance 1000; to keep 29 500 x 0.4 %
/// = 118. Closed where 1500 + 0.5 (P - 60 000) = 0.002 P: P = 28 500 / 0.498 = 57 228.9156..., on the
/// tick of 0.1 toward the mark 57 229.0, which is 1771 away. Called where the margin to keep is 0.8 of
/// the balance: 0.8 (0.5 P - 28 500) = 0.002 P: P = 22 800 / 0.398 = 57 286.4321..., so 57 286.5.
/// Nothing is left at 60 000 - 3000.
const POSITION: &str = r#""notional":"29500","initial_margin":"1500","maintenance_margin":"118","maintenance_margin_rate":"0.004","maintenance_amount":"0","tier":1,"unrealized_pnl":"-500","return_on_margin":"-0.333333333333333333","margin_balance":"1000","margin_ratio":"0.118","effective_leverage":"29.5","liquidation":{"state":"at_price","below":{"price":"57229","exact":"57228.915662650602409639","tier":1,"distance":"1771","distance_rate":"0.030016949152542373"},"above":null},"bankruptcy_price":"57000","margin_call":{"below":"57286.5","above":null}"#;

#[test]
fn a_scenario_with_every_key_byte_for_byte() {
    let scenario = r#"{
      "version": 1, "id": "any text, \"echoed\"", "margin_mode": "isolated", "wallet_balance": "5000",
      "markets": { "MY-PERP": {
        "contract": "linear", "settle": "USDT", "contract_size": "1", "tick_size": "0.1",
        "initial_margin_basis": "entry", "initial_fee": "none", "maintenance_basis": "mark",
        "tier_kind": "marginal", "tier_basis": "notional", "maintenance_fee": "none",
        "bankruptcy_fee": "none", "fee_rate": "0.0005", "funding_rate": "0",
        "funding_in_maintenance": false, "liquidation_fee_rate": "0.0125", "warning_ratio": "0.8",
        "tiers": [
          { "floor": "0", "cap": "50000", "maintenance_margin_rate": "0.004",
            "maintenance_amount": "0", "max_leverage": "125" },
          { "floor": "50000", "cap": null, "maintenance_margin_rate": "0.005",
            "maintenance_amount": "50", "max_leverage": "100" }
        ] } },
      "positions": [ { "market": "MY-PERP", "side": "long", "quantity": "0.5", "entry_price": "60000",
        "mark_price": "59000", "leverage": "20", "added_margin": "0" } ]
    }"#;
    answer(scenario);
    // 5000 - 500 of profit, and 5000 less the 1500 assigned.
    let account = r#"{"margin_balance":"4500","initial_margin":"1500","maintenance_margin":"118","margin_ratio":null,"available_balance":"3500","shock_to_liquidation":null,"shock_reason":"isolated positions stand alone: no move closes an account"}"#;
    assert_eq!(
        line(scenario),
        format!(
            r#"{{"id":"any text, \"echoed\"","problems":[],"account":{account},"positions":[{{"market":"MY-PERP",{POSITION}}}]}}"#
        )
    );
}

#[test]
fn a_cross_account_of_two_markets() {
    let scenario = cross(
        "100",
        &format!(r#""A":{{{ONE_RATE}}},"B":{{{ONE_RATE}}}"#),
        r#"{"market":"A","side":"long","quantity":"1","entry_price":"100","mark_price":"90","leverage":"10"},
           {"market":"B","side":"short","quantity":"2","entry_price":"50","mark_price":"60","leverage":"5"}"#,
    );
    has(
        &answer(&scenario),
        &[
            // 100 - 10 - 20; 10 + 20; 0.9 + 1.2; 2.1 / 70; 70 - 30.
            ("account.margin_balance", "70"),
            ("account.initial_margin", "30"),
            ("account.maintenance_margin", "2.1"),
            ("account.margin_ratio", "0.03"),
            ("account.available_balance", "40"),
            // 70 + 90 t - 120 t = 2.1 (1 + t): t = 67.9 / 32.1. Down to nothing it is never met.
            ("account.shock_to_liquidation.up", "2.115264797507788162"),
            ("account.shock_to_liquidation.down", "null"),
            // Only A moves: 70 + (P - 90) = 0.01 P + 1.2: P = 21.2 / 0.99.
            ("positions.0.liquidation.below.price", "21.414141414141414141"),
            ("positions.0.liquidation.below.distance", "68.585858585858585859"),
            ("positions.0.liquidation.below.distance_rate", "0.762065095398428732"),
            ("positions.0.liquidation.above", "null"),
            ("positions.0.margin_balance", "70"),
            ("positions.0.maintenance_margin", "0.9"),
            ("positions.0.margin_ratio", "0.03"),
            // Only B moves: 70 - 2 (P - 60) = 0.02 P + 0.9: P = 189.1 / 2.02.
            ("positions.1.liquidation.above.exact", "93.613861386138613861"),
            ("positions.1.liquidation.below", "null"),
        ],
    );
}

/// What is held against each other shares one price, and can have two.
#[test]
fn hedged_legs_with_two_prices() {
    let tiers = r#""tiers":[{"cap":"700","maintenance_margin_rate":"0.01"},{"floor":"700","maintenance_margin_rate":"0.5"}]"#;
    let legs = r#"{"market":"A","side":"long","quantity":"6","entry_price":"100"},
                  {"market":"A","side":"short","quantity":"5","entry_price":"100"}"#;
    let found = answer(&cross("90", &format!(r#""A":{{{tiers}}}"#), legs));
    for index in [0, 1] {
        let path = |rest: &str| format!("positions.{index}.liquidation.{rest}");
        has(
            &found,
            &[
                // Down: 90 + (P - 100) = 0.11 P: P = 10 / 0.89.
                (&path("below.exact"), "11.235955056179775281"),
                (&path("below.tier"), "1"),
                // Up, both legs in the second tier, which takes off 700 x 0.49 = 343 each:
                // P - 10 = 5.5 P - 686: P = 676 / 4.5.
                (&path("above.exact"), "150.222222222222222222"),
                (&path("above.tier"), "2"),
            ],
        );
    }
    // Leverage is not stated: what was set aside to open is not known.
    has(&found, &[("positions.0.initial_margin", "null"), ("account.available_balance", "null")]);
}

#[test]
fn hedged_legs_with_one_price_and_with_none() {
    let legs = r#"{"market":"A","side":"long","quantity":"1","entry_price":"100","mark_price":"105"},
                  {"market":"A","side":"short","quantity":"1","entry_price":"110","mark_price":"105"}"#;
    // The profit is 10 at every price; what must be kept is 0.02 P: 110 / 0.02.
    let found = answer(&cross("100", &format!(r#""A":{{{ONE_RATE}}}"#), legs));
    has(
        &found,
        &[
            ("positions.0.liquidation.above.exact", "5500"),
            ("positions.0.liquidation.below", "null"),
        ],
    );
    // Kept at entry, it is 2.1 at every price.
    let market = format!(r#""A":{{"maintenance_basis":"entry",{ONE_RATE}}}"#);
    let found = answer(&cross("100", &market, legs));
    has(
        &found,
        &[
            ("positions.1.liquidation.state", "never"),
            (
                "positions.1.liquidation.reason",
                "long and short of this market are equally large, so its price changes no profit, \
                 and the account's margin covers what must be kept at every price",
            ),
            ("account.shock_to_liquidation.down", "null"),
            ("account.shock_to_liquidation.up", "null"),
        ],
    );
}

#[test]
fn inverse_contracts() {
    // 100 contracts of 100 at 50 000 and 10x: worth 0.2 coins, margin 0.02.
    let market = r#""contract":"inverse","contract_size":"100","tiers":[{"maintenance_margin_rate":"0.005"}]"#;
    let position = |side: &str, leverage: &str| {
        format!(r#""side":"{side}","quantity":"100","entry_price":"50000","leverage":"{leverage}""#)
    };
    has(
        &answer(&isolated(market, &position("long", "10"))),
        &[
            ("positions.0.notional", "0.2"),
            ("positions.0.initial_margin", "0.02"),
            ("positions.0.maintenance_margin", "0.001"),
            // 10 000 x 1.005 / (0.2 + 0.02), and nothing left at 10 000 / 0.22.
            ("positions.0.liquidation.below.exact", "45681.818181818181818182"),
            ("positions.0.bankruptcy_price", "45454.545454545454545455"),
        ],
    );
    has(
        &answer(&isolated(market, &position("short", "10"))),
        &[
            // 10 000 x 0.995 / (0.2 - 0.02).
            ("positions.0.liquidation.above.exact", "55277.777777777777777778"),
            ("positions.0.liquidation.below", "null"),
        ],
    );
    has(
        &answer(&isolated(market, &position("short", "1"))),
        &[
            ("positions.0.liquidation.state", "never"),
            (
                "positions.0.liquidation.reason",
                "a fall is a gain, and a short of inverse contracts loses no more than its value \
                 at entry, which the position's margin covers",
            ),
            ("positions.0.bankruptcy_price", "null"),
            ("positions.0.margin_call.state", "never"),
        ],
    );
}

#[test]
fn quanto_contracts() {
    // 1000 contracts of a millionth at 3000: worth 3 coins, margin 0.3.
    // 0.3 + 0.001 (P - 3000) = 0.00001 P: P = 2.7 / 0.00099.
    let market = format!(r#""contract":"quanto","contract_size":"0.000001",{ONE_RATE}"#);
    let position = r#""side":"long","quantity":"1000","entry_price":"3000","leverage":"10""#;
    has(
        &answer(&isolated(&market, position)),
        &[
            ("positions.0.notional", "3"),
            ("positions.0.maintenance_margin", "0.03"),
            ("positions.0.liquidation.below.exact", "2727.272727272727272727"),
        ],
    );
}

#[test]
fn a_position_that_is_closed_already() {
    // 10 - 9.5 left; 90.5 x 1 % to keep; whole again where 10 + (P - 100) = 0.01 P: P = 90 / 0.99.
    let position = |mark: &str| {
        format!(
            r#""side":"long","quantity":"1","entry_price":"100","mark_price":"{mark}","leverage":"10""#
        )
    };
    has(
        &answer(&isolated(ONE_RATE, &position("90.5"))),
        &[
            ("positions.0.liquidation.state", "now"),
            (
                "positions.0.liquidation.reason",
                "the margin balance of 0.5 is no more than the maintenance margin of 0.905",
            ),
            ("positions.0.liquidation.boundary", "90.909090909090909091"),
            ("positions.0.margin_ratio", "1.81"),
            ("positions.0.margin_call.state", "now"),
        ],
    );
    has(
        &answer(&isolated(ONE_RATE, &position("80"))),
        &[
            ("positions.0.margin_balance", "-10"),
            ("positions.0.margin_ratio", "null"),
            ("positions.0.effective_leverage", "null"),
        ],
    );
    let account = cross(
        "-1.5",
        &format!(r#""A":{{{ONE_RATE}}}"#),
        r#"{"market":"A","side":"long","quantity":"1","entry_price":"100","leverage":"10"}"#,
    );
    assert_eq!(problems(&account), ["wallet_balance: would_be_rejected"]);
    has(
        &report(&account),
        &[
            ("account.available_balance", "-11.5"),
            ("account.margin_ratio", "null"),
            ("account.shock_to_liquidation", "null"),
            ("account.shock_reason", "the account is already at or below its maintenance margin"),
            (
                "positions.0.liquidation.reason",
                "the account's margin balance of -1.5 is no more than the maintenance margin of 1",
            ),
        ],
    );
}

#[test]
fn a_long_that_no_price_closes() {
    let position = r#""side":"long","quantity":"1","entry_price":"100","leverage":"1""#;
    has(
        &answer(&isolated(ONE_RATE, position)),
        &[
            ("positions.0.liquidation.state", "never"),
            (
                "positions.0.liquidation.reason",
                "a rise is a gain, and the position's margin covers every fall: a price at or below \
                 0 would be needed",
            ),
            ("positions.0.liquidation.below", "null"),
            ("positions.0.liquidation.above", "null"),
        ],
    );
}

#[test]
fn an_account_without_positions() {
    has(
        &answer(&cross("100", "", "")),
        &[
            ("account.margin_balance", "100"),
            ("account.margin_ratio", "0"),
            ("account.shock_reason", "there is no position"),
            ("positions", "[]"),
        ],
    );
}

#[test]
fn linear_and_inverse_together() {
    let markets = format!(r#""A":{{{ONE_RATE}}},"B":{{"contract":"inverse",{ONE_RATE}}}"#);
    let positions = r#"{"market":"A","side":"long","quantity":"1","entry_price":"100"},
                       {"market":"B","side":"short","quantity":"100","entry_price":"100"}"#;
    let found = answer(&cross("100", &markets, positions));
    has(&found, &[("account.shock_to_liquidation", "null")]);
    assert!(found["account"]["shock_reason"].as_str().unwrap().starts_with("linear and inverse"));
}

#[test]
fn amounts_of_different_coins_are_not_added() {
    let markets = format!(
        r#""A":{{"settle":"USDT",{ONE_RATE}}},"B":{{"settle":"BTC","contract":"inverse",{ONE_RATE}}}"#
    );
    let positions = r#"{"market":"A","side":"long","quantity":"1","entry_price":"100","leverage":"10"},
                       {"market":"B","side":"long","quantity":"100","entry_price":"100","leverage":"10"}"#;
    let scenario = cross("100", &markets, positions).replace("cross", "isolated");
    has(
        &answer(&scenario),
        &[
            ("account.margin_balance", "null"),
            ("account.available_balance", "null"),
            ("account.reason", "amounts in USDT and BTC do not add up"),
            ("positions.0.margin_balance", "10"),
            ("positions.1.margin_balance", "0.1"),
        ],
    );
}

/// More digits than 256 bits hold, and the answer is still exact.
#[test]
fn numbers_of_any_width() {
    // Ten entry prices 0.500000000003, 0.550000000003, ...: ten divisors of 40 bits.
    let prices: Vec<u64> = (0..10).map(|step| 500_000_000_003 + 50_000_000_000 * step).collect();
    let long = |price: &u64| {
        format!(
            r#"{{"market":"A","side":"long","quantity":"0.000001","entry_price":"0.{price}","mark_price":"1"}}"#
        )
    };
    let legs: Vec<String> = prices.iter().map(long).collect();
    let market = format!(r#""A":{{"contract":"inverse",{ONE_RATE}}}"#);
    let scenario = cross("1000", &market, &legs.join(","));
    let evaluated = margin_calculator::json::evaluate_counted(&scenario);
    assert_eq!(evaluated.width, Some(margin_calculator::margin::Width::Wide));
    // 1000, and 10^-6 (1/E - 1) of each.
    let fraction = |above: u64, below: u64| BigRational::new(above.into(), below.into());
    let expected = prices
        .iter()
        .map(|price| fraction(1_000_000, *price) - fraction(1, 1_000_000))
        .fold(fraction(1000, 1), |sum, profit| sum + profit);
    let scaled = (expected * fraction(10_u64.pow(18), 1)).round();
    let digits = scaled.to_integer().to_string();
    let (whole, decimals) = digits.split_at(digits.len() - 18);
    let expected = format!("{whole}.{}", decimals.trim_end_matches('0'));
    has(&report(&scenario), &[("account.margin_balance", &expected)]);
}
