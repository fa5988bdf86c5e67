//! What is typed: good, bad, in every number style.

use margin_calculator::text::NumberStyle;

use super::desk::Desk;

const FIELDS: [&str; 14] = [
    "after-dwell",
    "after-interval",
    "after-fee",
    "after-bid1",
    "after-bid2",
    "after-bid3",
    "after-bid4",
    "after-bid5",
    "after-gap",
    "after-fund",
    "after-others",
    "after-profit",
    "after-orders",
    "after-wallet",
];

#[test]
fn what_cannot_be_used_has_a_sentence_and_leaves_the_run_before() {
    for field in FIELDS {
        for bad in ["", "x", "-1", "1.2.3", "99999999999999999999", "<i>7"] {
            let mut desk = Desk::open("preset=alt");
            let before = desk.text("after-log").to_owned();
            desk.take(field, bad);
            assert_eq!(desk.aspect(field, "aria-invalid"), Some("true"), "{field} {bad}");
            let said = desk.text(&format!("{field}-say")).to_owned();
            assert!(said.starts_with("The ") && said.ends_with('.'), "{field} {bad}: {said}");
            assert_eq!(desk.value(field), bad);
            assert!(desk.is_stale(), "{field} {bad}");
            assert_ne!(desk.text("after-failed"), "");
            assert_eq!(desk.text("after-log"), before);
            assert!(!desk.markups().any(|(_, markup)| markup.contains("<i>7")), "{field}");
            let good = if field == "after-others" { "2" } else { "1" };
            desk.take(field, good);
            assert!(!desk.is_stale(), "{field}: {}", desk.text("after-failed"));
            assert_eq!(desk.text(&format!("{field}-say")), "");
        }
    }
}

#[test]
fn a_page_that_cannot_be_answered_leaves_the_run_before() {
    let mut desk = Desk::open("preset=alt");
    let before = desk.text("after-log").to_owned();
    desk.query = "preset=alt&lev=x".to_owned();
    desk.write();
    assert_eq!(desk.text("after-log"), before);
}

#[test]
fn every_number_style_is_read_and_written() {
    for style in NumberStyle::ALL {
        let mut desk = Desk::open(&format!("preset=alt&num={}", style.key()));
        let decimal = style.decimal();
        let plain = Desk::open("preset=alt");
        let to_plain = |text: &str| text.replace(style.group(), "").replace(decimal, ".");
        for field in FIELDS {
            let plain = plain.value(field).replace('\u{202f}', "");
            assert_eq!(to_plain(desk.value(field)), plain, "{field}");
        }
        desk.take("after-fee", &format!("0{decimal}75"));
        assert!(desk.text("after-terms").contains(&format!("0{decimal}75\u{202f}%, to the venue")));
        desk.take("after-fund", "12345");
        desk.take("after-fund-done", "12345");
        assert_eq!(to_plain(desk.value("after-fund")), "12345");
        assert!(desk.value("after-fund").contains(style.group()));
        // What was typed follows when the style changes.
        desk.query = "preset=alt&num=point".to_owned();
        desk.write();
        assert_eq!(desk.value("after-fee"), "0,75");
        assert!(!desk.is_stale());
    }
}

#[test]
fn a_field_that_was_not_touched_follows_the_page_and_one_that_was_does_not() {
    let mut desk = Desk::open("preset=alt");
    let before = desk.value("after-bid1").to_owned();
    desk.take("after-bid2", "7");
    desk.query = "preset=alt&size=80".to_owned();
    desk.write();
    assert_ne!(desk.value("after-bid1"), before);
    assert_eq!(desk.value("after-bid2"), "7");
    assert_eq!(desk.aspect("after-reset", "hidden"), None);
    desk.take("after-reset", "");
    assert_ne!(desk.value("after-bid2"), "7");
    assert_eq!(desk.aspect("after-reset", "hidden"), Some(""));
}

#[test]
fn rules_can_be_changed_and_come_back_with_another_venue() {
    let mut desk = Desk::open("preset=alt");
    assert_eq!((desk.value("after-dwell"), desk.value("after-fee")), ("1", "1"));
    let at_once = desk.text("after-outcome").to_owned();
    desk.take("after-dwell", "5");
    assert_ne!(desk.text("after-outcome"), at_once, "it is closed four seconds later");
    desk.take("after-fee", "0");
    assert!(!desk.text("after-peek").starts_with("0.00 "), "without a fee something comes back");
    desk.take("after-venue", "hyperliquid");
    assert_eq!((desk.value("after-dwell"), desk.value("after-fee")), ("0", "0"));
    assert!(desk.text("after-terms").contains("not documented; here the position\u{2019}s orders"));
    assert!(desk.text("after-source").contains("as of"));
}

#[test]
fn the_margin_of_cancelled_orders_can_save_the_position() {
    let mut desk = Desk::open("preset=alt");
    desk.take("after-orders", "5000");
    assert!(desk.text("after-outcome").starts_with("Closed"));
    desk.take("after-freed", "position");
    assert!(desk.text("after-log").contains("<h4>It survives</h4>"));
    assert!(desk.text("after-outcome").starts_with("It stays open"));
    assert!(
        !desk.text("after-outcome").contains("the mark never did"),
        "here the mark was past it"
    );
    desk.take("after-freed", "venue");
    assert!(desk.text("after-outcome").starts_with("Closed"));
}

#[test]
fn sliders_and_keys_are_fields_in_another_way() {
    let mut desk = Desk::open("preset=alt");
    desk.take("after-fee-slider", "0.5");
    assert_eq!(desk.value("after-fee"), "0.5");
    desk.take("after-fee-step", "ArrowUp");
    assert_eq!(desk.value("after-fee"), "0.6");
    desk.take("after-fee-step", "Shift+ArrowDown");
    assert_eq!(desk.value("after-fee"), "0.59");
    assert_eq!(desk.value("after-fee-slider"), "0.59");
}

#[test]
fn what_cannot_be_opened_says_so_and_shows_nothing_to_play() {
    let mut desk = Desk::open("coin=BTC&size=1000&lev=50");
    let failed = desk.text("after-failed").to_owned();
    assert!(failed.starts_with("Nothing can be played: "), "{failed}");
    for id in ["after-stage", "after-unfold"] {
        assert!(desk.aspect(id, "hidden").is_some(), "{id}");
    }
    desk.query = "coin=BTC&size=1&lev=50".to_owned();
    desk.write();
    assert_eq!(desk.text("after-failed"), "");
    assert!(desk.aspect("after-stage", "hidden").is_none());
    assert_ne!(desk.text("after-peek"), "");
    // Nor does what was told of the numbers before stay.
    desk.query = "coin=BTC&size=1000&lev=50".to_owned();
    desk.write();
    assert_eq!(desk.text("after-failed"), failed);
    assert_eq!(desk.text("after-peek"), "");
    assert!(desk.aspect("after-stage", "hidden").is_some());
}

#[test]
fn what_the_world_lacks_has_a_sentence() {
    let told = |id: &str, values: &[(&str, &str)], path: &str| {
        let mut desk = Desk::open("preset=alt");
        for (field, value) in values {
            desk.take(field, value);
        }
        desk.take(path, "");
        desk.text(id).replace(['\u{202f}', '\u{a0}'], " ")
    };
    let nobody: Vec<(String, &str)> = (1..=5).map(|bid| (format!("after-bid{bid}"), "0")).collect();
    let nobody: Vec<(&str, &str)> = nobody.iter().map(|(id, zero)| (id.as_str(), *zero)).collect();
    for (id, values, path, said) in [
        (
            "after-log",
            nobody.as_slice(),
            "after-path-recovery",
            "<p>Nobody bids: nothing of 40 ZEC is sold.</p>",
        ),
        (
            "after-log",
            &[("after-fund", "0"), ("after-others", "0")],
            "after-path-gap",
            "The insurance fund pays 0.00",
        ),
        (
            "after-log",
            &[("after-fund", "0"), ("after-others", "0")],
            "after-path-gap",
            "Nobody is left to pay",
        ),
        (
            "after-log",
            &[("after-fee", "10")],
            "after-path-recovery",
            "but no more was left above bankruptcy.",
        ),
        (
            "after-outcome",
            &[("after-dwell", "600")],
            "after-path-bleed",
            "40 ZEC is open at the end of the path. The threshold is broken, and the path ends before it has been so for 10:00.",
        ),
        (
            "after-outcome",
            &[("after-interval", "600")],
            "after-path-wick",
            "It stays open: 40 ZEC is open at the end of the path.",
        ),
    ] {
        let text = told(id, values, path);
        assert!(text.contains(said), "{said}: {text}");
    }
}

#[test]
fn a_rule_says_which_half_of_it_no_document_states() {
    let mut desk = Desk::open("preset=alt");
    desk.take("after-path-recovery", "");
    desk.take("after-venue", "binance-usdm");
    let log = desk.text("after-log").replace(['\u{202f}', '\u{a0}'], " ");
    for rule in [
        "Rule: cancels all orders of the account; not documented: their margin goes to the wallet<",
        "Rule: down a tier at a time; not documented: no worse than bankruptcy<",
        "Rule: 1.25 %; not documented: to the insurance fund<",
    ] {
        assert!(log.contains(rule), "{rule}: {log}");
    }
    // What the holder closes is closed by no rule of the venue.
    desk.take("after-venue", "bybit-linear");
    desk.take("after-at", "10");
    desk.take("after-reduce", "40");
    desk.take("after-do-reduce", "");
    let log = desk.text("after-log");
    assert!(log.contains("comes back to you"), "{log}");
    assert!(!log.contains("the fund\u{2019}s") && !log.contains("tier"), "{log}");
}

#[test]
fn who_of_the_winners_is_closed_first_is_the_reader_s_to_choose() {
    let mut desk = Desk::open("preset=alt");
    desk.take("after-fund", "0");
    desk.take("after-path-gap", "");
    // Number n has n(n+1)/2 of the profit at 100/n times: by leverage (n+1)/2, by margin (1 + 1/n)/2.
    for (key, first) in [("leverage", "3"), ("balance", "1"), ("share", "1")] {
        desk.take("after-ranking", key);
        let log = desk.text("after-log");
        let begins = [format!("Winner {first} on the other"), format!("Winners {first}, ")];
        assert!(begins.iter().any(|begin| log.contains(begin.as_str())), "{key}: {log}");
        assert_eq!(desk.value("after-ranking"), key);
    }
    desk.take("after-reset", "");
    assert_eq!(desk.value("after-ranking"), "venue");
}

#[test]
fn a_count_is_a_whole_number_and_signs_that_do_not_fit_have_an_example() {
    let mut desk = Desk::open("preset=alt&num=point");
    desk.take("after-others", "1.5");
    let said = desk.text("after-others-say");
    assert_eq!(said, "The number of positions must be a whole number.");
    desk.take("after-fund", "0,521,5");
    let said = desk.text("after-fund-say");
    assert!(said.contains("Write it like 1.234,5."), "{said}");
}

#[test]
fn more_than_is_held_is_said_to_be_all() {
    let mut desk = Desk::open("preset=alt");
    desk.take("after-at", "0");
    desk.take("after-reduce", "100");
    desk.take("after-do-reduce", "");
    let did = desk.text("after-did");
    assert!(did.contains("close 100 ZEC, more than you hold: all that is open"), "{did}");
    desk.take("after-drop-0", "");
    desk.take("after-reduce", "10");
    desk.take("after-do-reduce", "");
    assert!(!desk.text("after-did").contains("more than you hold"));
}
