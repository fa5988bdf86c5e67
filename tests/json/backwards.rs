//! Solutions worked by hand: every wish, every unknown, every reason why there is none.

use crate::asked::{about, line, solution};
use crate::support::{ONE_RATE, has, isolated, question_schema};
use serde_json::Value;

/// 10 at 100, long, 1 % whatever the size, 10x.
const LONG: &str =
    r#""side":"long","quantity":"10","entry_price":"100","mark_price":"100","leverage":"10""#;

/// A solution of a question that the schema of questions allows too.
#[track_caller]
fn asked(scenario: &str, unknown: &str, wish: &str, step: &str) -> Value {
    let question = about(scenario, unknown, wish, step);
    let value = serde_json::from_str(&question).unwrap();
    if let Some(error) = question_schema().iter_errors(&value).next() {
        panic!("{error} at {}", error.instance_path());
    }
    solution(&question)
}

/// `value`, `exact`, `rounding`, and the field and value of the change.
#[track_caller]
fn found(scenario: &str, unknown: &str, wish: &str, step: &str, expected: [&str; 5]) -> Value {
    let solution = asked(scenario, unknown, wish, step);
    let [value, exact, rounding, field, becomes] = expected;
    has(
        &solution,
        &[
            ("state", "found"),
            ("value", value),
            ("exact", exact),
            ("rounding", rounding),
            ("change.field", field),
            ("change.value", becomes),
        ],
    );
    solution
}

/// The code, the sentence and the value that comes nearest.
#[track_caller]
fn unreachable(scenario: &str, unknown: &str, wish: &str, step: &str, expected: [&str; 3]) {
    let solution = asked(scenario, unknown, wish, step);
    let [code, message, nearest] = expected;
    has(&solution, &[("state", "unreachable"), ("reason.code", code), ("reason.message", message)]);
    let offered = &solution["nearest"]["value"];
    assert_eq!(offered.as_str().unwrap_or("none"), nearest, "{solution}");
}

#[test]
fn every_unknown_for_a_liquidation_price() {
    let long = isolated(ONE_RATE, LONG);
    // At 95: kept 9.5, lost 50, together 59.5; 1000 / 59.5 = 16.8067...
    let wish = r#""liquidation_price":"95""#;
    let change = ["16.8", "16.806722689075630252", "down", "positions[0].leverage", "16.8"];
    let solution = found(&long, "leverage", wish, "0.1", change);
    // 1000 / 16.8 = 59.5238...; (1000 - 59.5238...) / 9.9 = 94.9975..., further away, never nearer.
    has(&solution, &[("report.positions.0.liquidation.below.exact", "94.997594997594997595")]);
    // At 89: kept 8.9, lost 110, and 100 is there.
    let wish = r#""liquidation_price":"89""#;
    let margin = ["19", "18.9", "up", "positions[0].added_margin", "19"];
    found(&long, "added_margin", wish, "1", margin);
    let margin = ["18.9", "18.9", "none", "positions[0].added_margin", "18.9"];
    let solution = found(&long, "added_margin", wish, "0.1", margin);
    has(&solution, &[("report.positions.0.liquidation.below.exact", "89")]);
    // With 15 added: 10 q + 15 = 11 q + 0.89 q.
    let more = isolated(ONE_RATE, &format!(r#"{LONG},"added_margin":"15""#));
    let size = ["7.9", "7.936507936507936508", "down", "positions[0].quantity", "7.9"];
    found(&more, "quantity", wish, "0.1", size);
    // Added once more, it comes on top: 3.9 more.
    let margin = ["3.9", "3.9", "none", "positions[0].added_margin", "18.9"];
    found(&more, "added_margin", wish, "0.1", margin);
    let whole = isolated(ONE_RATE, &format!(r#"{LONG},"isolated_margin":"100""#));
    let margin = ["18.9", "18.9", "none", "positions[0].isolated_margin", "118.9"];
    found(&whole, "added_margin", wish, "0.1", margin);
    // Margin E, profit 890 - 10 E, kept 8.9: E = 881.1 / 9.
    let entry = ["97.9", "97.9", "none", "positions[0].entry_price", "97.9"];
    found(&long, "entry_price", wish, "0.1", entry);
}

#[test]
fn a_stop_and_a_largest_loss() {
    let long = isolated(ONE_RATE, LONG);
    // 100 less 5 % of it is 95.
    let stop = r#""stop_price":"97","stop_buffer":"0.02""#;
    // At 95.06: kept 9.506, lost 49.4; 1000 / 58.906 = 16.976...
    let change = ["16.97", "16.976199368485383492", "down", "positions[0].leverage", "16.97"];
    found(&long, "leverage", stop, "0.01", change);
    // Without a buffer it is the price itself.
    let plain = ["16.8", "16.806722689075630252", "down", "positions[0].leverage", "16.8"];
    found(&long, "leverage", r#""stop_price":"95""#, "0.1", plain);
    found(
        &long,
        "leverage",
        r#""stop_price":"95","stop_buffer":"0","largest_loss":null"#,
        "0.1",
        plain,
    );
    // 50 are lost at 95; less margin closes it sooner, so leverage is rounded up.
    let plain = ["16.9", "16.806722689075630252", "up", "positions[0].leverage", "16.9"];
    found(&long, "leverage", r#""largest_loss":"50""#, "0.1", plain);
}

#[test]
fn cross_accounts_and_other_contracts() {
    let long = isolated(ONE_RATE, LONG);
    let cross = long.replace(r#""isolated""#, r#""cross","wallet_balance":"50""#);
    let wish = r#""liquidation_price":"95""#;
    // The wallet stands behind it: 59.5 are needed.
    let change = ["9.5", "9.5", "none", "wallet_balance", "59.5"];
    found(&cross, "added_margin", wish, "0.1", change);
    // What the venue would refuse is in the report: the wallet is below the initial margin of 100.
    let solution = asked(&cross, "added_margin", wish, "0.1");
    has(&solution, &[("problems", "[]"), ("report.problems.0.code", "would_be_rejected")]);
    // 10 contracts of 100 USD at 100, short: 10 coins, closed at 125, worth 8: kept 0.08, lost 2.
    let inverse = isolated(
        &format!(r#""contract":"inverse","contract_size":"100",{ONE_RATE}"#),
        &LONG.replace("long", "short").replace(r#""leverage":"10""#, r#""leverage":"3""#),
    );
    let change = ["4.8", "4.807692307692307692", "down", "positions[0].leverage", "4.8"];
    found(&inverse, "leverage", r#""liquidation_price":"125""#, "0.01", {
        let mut fine = change;
        (fine[0], fine[4]) = ("4.8", "4.8");
        fine
    });
}

/// Where a rate grows with the quantity, the quantity is the root of a square.
#[test]
fn a_value_that_is_no_fraction() {
    let slope =
        r#""tier_kind":"slope","tiers":[{"maintenance_margin_rate":"0.01","slope":"0.001"}]"#;
    let long = isolated(slope, &format!(r#"{LONG},"isolated_margin":"60""#));
    // 60 = 5 q + 0.95 q + 0.095 q^2: q = (-5.95 + sqrt(58.2025)) / 0.19 = 8.83...
    let wish = r#""liquidation_price":"95""#;
    let change = ["8.83", "null", "down", "positions[0].quantity", "8.83"];
    found(&long, "quantity", wish, "0.01", change);
}

#[test]
fn every_reason_has_its_sentence() {
    let top = r#""tiers":[{"maintenance_margin_rate":"0.01","max_leverage":"50"}]"#;
    let long = isolated(top, LONG);
    let price = |price: &str| format!(r#""liquidation_price":"{price}""#);
    unreachable(
        &long,
        "leverage",
        &price("101"),
        "1",
        [
            "gaining_side",
            "no leverage gives a liquidation price of 101: that is at the mark price, or on the side of it on which the position gains",
            "50",
        ],
    );
    let lost = long.replace(r#""mark_price":"100""#, r#""mark_price":"95""#);
    unreachable(
        &lost,
        "added_margin",
        r#""largest_loss":"50""#,
        "1",
        [
            "already_lost",
            "no added margin gives a loss of 50 at liquidation: the position has lost that much at the mark price already",
            "0",
        ],
    );
    // 100 stand behind it, and 10 + 9.9 would do.
    unreachable(
        &long,
        "added_margin",
        &price("99"),
        "1",
        [
            "margin_to_spare",
            "no added margin gives a liquidation price of 99: margin of 80.1 would have to be taken out, and none added",
            "0",
        ],
    );
    unreachable(
        &long,
        "quantity",
        &price("95"),
        "1",
        [
            "no_effect",
            "no quantity gives a liquidation price of 95: quantity does not move it here",
            "10",
        ],
    );
    let short = long.replace(r#""long""#, r#""short""#);
    unreachable(
        &short,
        "leverage",
        &price("199"),
        "1",
        [
            "always_worse",
            "no leverage gives a liquidation price of 199: the position is closed nearer to the mark price, whatever its leverage",
            "1",
        ],
    );
    // Nothing to be kept, and 1 behind it at the highest leverage there is: that is lost, and no less.
    let free = isolated(r#""tiers":[{"maintenance_margin_rate":"0"}]"#, LONG);
    unreachable(
        &free,
        "leverage",
        r#""largest_loss":"0.5""#,
        "1",
        [
            "always_worse",
            "no leverage gives a loss of 0.5 at liquidation: the position loses more before it is closed, whatever its leverage",
            "1000",
        ],
    );
    unreachable(
        &long,
        "leverage",
        r#""largest_loss":"2000""#,
        "1",
        [
            "always_better",
            "no leverage gives a loss of 2000 at liquidation: the position is closed with less lost, whatever its leverage",
            "2",
        ],
    );
    // With a gain of 50 at the mark, even the highest leverage that a venue opens is closed lower.
    let gained =
        isolated(ONE_RATE, &LONG.replace(r#""mark_price":"100""#, r#""mark_price":"105""#));
    unreachable(
        &gained,
        "leverage",
        &price("104"),
        "1",
        [
            "always_better",
            "no leverage gives a liquidation price of 104: the position is closed further from the mark price or never, whatever its leverage",
            "99",
        ],
    );
    // 100 x leaves no more than the 10 that must be kept at entry.
    let assigned = gained.replace(r#""leverage":"10""#, r#""leverage":"10","isolated_margin":"8""#);
    unreachable(
        &assigned,
        "added_margin",
        &price("100.005"),
        "1",
        [
            "would_be_rejected",
            "no added margin gives a liquidation price of 100.005: the venue would not open the position so: its margin is no more than the maintenance margin at entry, 10",
            "3",
        ],
    );
    let capped = isolated(r#""tiers":[{"cap":"900","maintenance_margin_rate":"0.01"}]"#, LONG);
    unreachable(
        &capped,
        "leverage",
        &price("95"),
        "0.1",
        [
            "would_be_rejected",
            "no leverage gives a liquidation price of 95: the venue would not open the position so: the tier table ends at 900",
            "none",
        ],
    );
    unreachable(
        &long,
        "leverage",
        &price("99"),
        "0.01",
        [
            "would_be_rejected",
            "no leverage gives a liquidation price of 99: the venue would not open the position so: its tier at entry allows at most 50x",
            "50",
        ],
    );
    let jump = r#""tier_kind":"flat","tiers":[{"cap":"900","maintenance_margin_rate":"0.01"},{"floor":"900","maintenance_margin_rate":"0.03"}]"#;
    let jumping = isolated(jump, LONG);
    unreachable(
        &jumping,
        "added_margin",
        &price("89"),
        "0.1",
        [
            "inside_jump",
            "no added margin gives a liquidation price of 89: what must be kept jumps at the edge of a tier, and the jump skips it",
            "27",
        ],
    );
    let closed = jumping.replace(r#""mark_price":"100""#, r#""mark_price":"80""#);
    unreachable(
        &closed,
        "quantity",
        &price("75"),
        "0.01",
        [
            "closed_at_once",
            "no quantity gives a liquidation price of 75: the margin is used up at the mark price already, whatever the quantity",
            "none",
        ],
    );
}

#[test]
fn the_wish_is_met_by_the_second_position() {
    let long = isolated(ONE_RATE, LONG);
    let second = r#"},{"market":"M","side":"short","quantity":"1","entry_price":"100","mark_price":"100","leverage":"5"}]}"#;
    let two = format!("{}{second}", long.strip_suffix("}]}").unwrap());
    let question = about(&two, "leverage", r#""liquidation_price":"110""#, "0.1")
        .replace("positions[0]", "positions[1]");
    let solution = solution(&question);
    // At 110: kept 1.1, lost 10; 100 / 11.1 = 9.009...
    has(&solution, &[("value", "9"), ("change.field", "positions[1].leverage")]);
    // Keys in another order, and spaces, change nothing.
    let moved = question.replacen(r#"{"version":1,"#, "{ ", 1);
    let moved = format!(r#"{} , "version" : 1.0 }}"#, moved.strip_suffix('}').unwrap());
    assert_eq!(line(&moved), line(&question));
}
