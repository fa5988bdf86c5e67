//! Paths that a reader draws or pastes.

use margin_calculator::quantity::Exact;
use margin_calculator::text::{NumberStyle, parse};

use super::desk::Desk;

#[test]
fn a_pasted_path_is_played_and_reported() {
    let mut desk = Desk::open("preset=alt");
    desk.take("after-csv", "time,price\n0,520\n10,470\n11,460\n200,100\n");
    assert_eq!(desk.text("after-csv-say"), "", "nothing is read before the button is pressed");
    desk.take("after-csv-use", "");
    // The line lies at 474; the rules wait a second.
    let said = desk.text("after-csv-say");
    assert!(
        said.starts_with("4 moments read, to 3:20. Rows lie more than a minute apart once"),
        "{said}"
    );
    assert_eq!(desk.aspect("after-at", "max"), Some("3"));
    assert_eq!(desk.text("after-clock"), "3:20");
    assert!(
        desk.text("after-outcome").starts_with("Closed at 0:11: 0.00 of"),
        "{}",
        desk.text("after-outcome")
    );
    assert_eq!(desk.aspect("after-path-recovery", "aria-pressed"), Some("false"));
}

#[test]
fn a_bad_path_says_the_line_and_leaves_the_one_before() {
    for (text, says) in [
        ("", "The file has no row."),
        ("<html>", "This is a web page, not a table."),
        ("0,520\n0,510", "Line 2: time must be later than in the row before."),
        ("0,520\n1,-3", "Line 2: price must be above 0."),
        ("0,520\n1,<b>", "Line 2: price is \"<b>\", which is not a number."),
    ] {
        let mut desk = Desk::open("preset=alt");
        let before = desk.text("after-log").to_owned();
        desk.paste(text);
        let said = desk.text("after-csv-say");
        assert!(said.starts_with(says), "{said}");
        assert!(said.ends_with("The path before is still used."));
        assert_eq!(desk.aspect("after-csv", "aria-invalid"), Some("true"));
        assert_eq!(desk.aspect("after-csv-say", ".problem"), Some(""));
        assert_eq!(desk.text("after-log"), before);
        assert_eq!(desk.value("after-csv"), text, "what was pasted stays");
    }
}

#[test]
fn a_long_path_is_played_and_scrubbed_but_not_compared() {
    let mut desk = Desk::open("preset=alt");
    let rows: Vec<String> =
        (0..20_000).map(|second| format!("{second},{}", 600 - second / 100)).collect();
    desk.paste(&rows.join("\n"));
    assert_eq!(desk.aspect("after-at", "max"), Some("19999"));
    assert!(desk.text("after-compared").contains("more than 10000 moments or 500 events"));
    assert!(desk.text("after-outcome").starts_with("Closed at "));
    desk.take("after-at", "9999");
    assert_eq!(desk.text("after-clock"), "166:39");
    assert!(desk.text("after-standing").starts_with("Mark 501"), "{}", desk.text("after-standing"));
}

#[test]
fn a_path_of_one_s_own_begins_as_the_one_before_and_is_drawn_on() {
    let mut desk = Desk::open("preset=alt");
    let before = desk.text("after-outcome").to_owned();
    assert_eq!(desk.aspect("after-draw", "data-draw"), None);
    desk.take("after-draw", "500,500");
    assert_eq!(desk.text("after-outcome"), before, "a preset is not drawn on");
    desk.take("after-path-own", "");
    assert_eq!(desk.aspect("after-draw", "data-draw"), Some(""));
    assert!(desk.text("after-outcome").starts_with("Closed at "));
    // Along the upper edge: nothing is closed.
    for x in 0..=100 {
        desk.take("after-draw", &format!("{},150", x * 10));
    }
    assert!(
        desk.text("after-outcome").starts_with("It stays open"),
        "{}",
        desk.text("after-outcome")
    );
    // Points that a fast pointer leaves out are filled in.
    desk.take("after-draw", "300,150");
    desk.take("after-draw", "400,900");
    let [upper, between, lower] = ["12", "14", "16"].map(|point| price(&mut desk, point));
    assert_eq!(lower.is_below(&between), Ok(true));
    assert_eq!(between.is_below(&upper), Ok(true));
}

fn price(desk: &mut Desk, point: &str) -> Exact {
    desk.take("after-point", point);
    let parsed = parse(desk.value("after-price"), NumberStyle::Space).unwrap();
    Exact::from_decimal(parsed.value)
}

#[test]
fn keys_move_a_point_too() {
    let mut desk = Desk::open("preset=alt");
    desk.take("after-path-wick", "");
    desk.take("after-path-own", "");
    assert!(desk.text("after-outcome").starts_with("It stays open"));
    desk.take("after-point", "20");
    assert_eq!(desk.text("after-point-says"), "At 5:00");
    assert_eq!(desk.value("after-price"), "521.48");
    desk.take("after-price-step", "ArrowDown");
    assert_eq!(desk.value("after-price"), "521.43");
    desk.take("after-price", "300");
    assert!(
        desk.text("after-outcome").starts_with("Closed at 4:"),
        "{}",
        desk.text("after-outcome")
    );
    desk.take("after-price", "0");
    assert!(desk.text("after-price-say").starts_with("The price must be more than 0"));
    assert!(desk.text("after-outcome").starts_with("Closed at 4:"));
    desk.take("after-point", "21");
    assert_eq!(desk.value("after-price"), "521.48", "only the one point has moved");
}

#[test]
fn a_path_by_the_clock_is_told_that_times_are_seconds() {
    for text in ["0:00,97\n0:01,96", "2024-01-02T03:04:05Z,97"] {
        let mut desk = Desk::open("preset=alt");
        desk.paste(text);
        let said = desk.text("after-csv-say");
        assert!(said.contains("Times are counted in seconds"), "{said}");
    }
    let mut desk = Desk::open("preset=alt");
    desk.take("after-csv", "0,97");
    assert_eq!(desk.text("after-pasted"), "");
    desk.take("after-csv-use", "");
    assert!(desk.text("after-csv-say").starts_with("1 moment read, to 0:00."));
    assert_eq!(desk.text("after-pasted"), "A path that was pasted.", "for print");
}

#[test]
fn what_the_holder_does_stays_with_another_path_if_it_fits() {
    let mut desk = Desk::open("preset=alt");
    desk.take("after-at", "100");
    desk.take("after-do-add", "");
    desk.take("after-at", "500");
    desk.take("after-do-cancel", "");
    desk.take("after-path-flash", "");
    assert_eq!(desk.text("after-did").matches("<li>").count(), 2);
    assert!(!desk.text("after-outcome").contains("came after the end"));
    desk.paste("0,521\n150,520\n300,519");
    assert_eq!(desk.text("after-did").matches("<li>").count(), 1);
    let told = desk.text("after-outcome");
    assert!(told.ends_with(" One action came after the end of this path, and is gone."), "{told}");
    desk.take("after-path-flash", "");
    assert!(!desk.text("after-outcome").contains("came after the end"));
}

#[test]
fn a_drawn_path_has_a_hint_and_starts_over() {
    let mut desk = Desk::open("preset=alt");
    assert!(desk.aspect("after-hint", "hidden").is_some());
    desk.take("after-path-own", "");
    assert!(desk.aspect("after-hint", "hidden").is_none());
    let before = desk.text("after-log").to_owned();
    desk.take("after-point", "3");
    let price = desk.value("after-price").to_owned();
    desk.take("after-price", "300");
    assert_ne!(desk.text("after-log"), before);
    desk.take("after-own-over", "");
    assert_eq!(desk.text("after-log"), before);
    assert_eq!(desk.value("after-price"), price);
}

#[test]
fn a_decimal_comma_between_commas_is_not_taken_for_a_third_column() {
    for (style, is_problem) in [("point", true), ("comma", false)] {
        let mut desk = Desk::open(&format!("preset=alt&num={style}"));
        desk.paste("0,521,5\n1,520,5");
        let said = desk.text("after-csv-say");
        assert_eq!(said.contains("a point begins the decimals: 0,521.5"), is_problem, "{said}");
    }
}
