//! What is told of venues beside each other: who is asked first, and what no document states.

use margin_calculator::process::rule_sets;

use super::desk::Desk;

/// The log of a path under a venue's rules.
fn log(query: &str, venue: &str) -> String {
    let mut desk = Desk::open(query);
    desk.take("after-path-recovery", "");
    desk.take("after-venue", venue);
    desk.text("after-log").to_owned()
}

/// What stands in a column of the row of a venue.
fn cell(desk: &Desk, name: &str, head: &str) -> String {
    let start = format!("<th scope=\"row\">{name}<");
    let rows = desk.text("after-compared");
    let row = rows.split("<tr>").find(|row| row.starts_with(&start));
    let row = row.unwrap_or_else(|| panic!("{name} has no row"));
    let (_, rest) = row.split_once(&format!("<td data-head=\"{head}\"")).unwrap();
    let (text, _) = rest.split_once("</td>").unwrap();
    text.split_once('>').unwrap().1.to_owned()
}

#[test]
fn in_a_low_tier_the_book_is_not_asked_and_in_a_high_one_it_is() {
    // 0.1 BTC is in the first tier of the page's table, 780 BTC far above the second.
    let tiers = [
        ("okx-swap", "in tiers 1 to 2, or with no more left than tier 1 asks, "),
        ("bybit-linear", "in tier 1 "),
        ("bitmex-linear", "in tier 1 "),
    ];
    for (venue, which) in tiers {
        let low = log("preset=btc", venue);
        assert!(
            low.contains("0.1 BTC, not offered to the book, goes to the insurance fund at "),
            "{low}"
        );
        let rule = format!("Rule: {which}handed over whole at bankruptcy<");
        assert!(low.contains(&rule), "{low}");
        assert!(!low.contains("Sold into") && !low.contains("Nobody in the order book"), "{low}");
        let high = log("preset=large-short", venue);
        assert!(high.contains("<h4>Bought back from the order book</h4>"), "{high}");
    }
    let low = log("preset=btc", "binance-usdm");
    assert!(
        low.contains("<h4>Sold into the order book</h4>"),
        "no document says that of it: {low}"
    );
}

#[test]
fn what_exceeds_a_tier_is_told_by_its_own_rule() {
    let high = log("preset=large-short", "mexc");
    assert!(
        high.contains(" BTC, not offered to the book, goes to the insurance fund at "),
        "{high}"
    );
    assert!(high.contains("Rule: what exceeds it goes at bankruptcy, not to the book<"), "{high}");
    let low = log("preset=btc", "mexc");
    assert!(low.contains("<h4>Sold into the order book</h4>"), "{low}");
}

#[test]
fn auto_deleveraging_and_its_order_are_told_apart() {
    let desk = Desk::open("preset=btc");
    let half = "yes; order not documented, here by profit times leverage";
    for rules in rule_sets().unwrap() {
        let expected = match rules.id.as_str() {
            "binance-usdm" | "bybit-linear" => "by profit times leverage",
            "bitmex-linear" | "mexc" => "by share of profit times leverage",
            "okx-swap" | "hyperliquid" | "dydx" | "kraken-linear" => half,
            _ => "not documented",
        };
        assert_eq!(cell(&desk, &rules.name, "Auto-deleveraging"), expected, "{}", rules.id);
    }
    let mut desk = Desk::open("preset=btc");
    desk.take("after-path-flash", "");
    desk.take("after-fund", "0");
    desk.take("after-venue", "okx-swap");
    assert!(
        desk.text("after-log").contains(&format!("Rule: {half}<")),
        "{}",
        desk.text("after-log")
    );
    desk.take("after-venue", "gate");
    let unknown = "Rule: not documented: by profit times leverage<";
    assert!(desk.text("after-log").contains(unknown), "{}", desk.text("after-log"));
}

#[test]
fn that_a_fund_pays_is_stated_only_where_a_document_names_one() {
    let told = "what goes beyond the margin is the fund\u{2019}s to pay<";
    for (venue, rule) in
        [("okx-swap", "Rule: "), ("dydx", "Rule: "), ("gate", "Rule: not documented: ")]
    {
        let mut desk = Desk::open("preset=btc");
        desk.take("after-path-flash", "");
        desk.take("after-venue", venue);
        assert!(desk.text("after-log").contains(&format!("{rule}{told}")), "{venue}");
    }
    let desk = Desk::open("preset=btc");
    assert_eq!(cell(&desk, "dYdX v4", "What the book does not take"), "not documented");
}

#[test]
fn the_table_says_what_is_the_same_in_every_row() {
    let desk = Desk::open("preset=btc");
    let (_, table) =
        desk.body.split_once("The same path under every documented process</h3>").unwrap();
    assert!(
        table.contains("Only what is done from the threshold on is the venue\u{2019}s"),
        "{table}"
    );
    for rules in rule_sets().unwrap() {
        assert!(desk.text("after-compared").contains(&rules.source.origin), "{}", rules.id);
        assert!(!rules.note.is_empty(), "{}", rules.id);
    }
}
