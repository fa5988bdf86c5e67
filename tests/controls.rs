//! Arrow keys, steppers and handles: what a field holds after each.

#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test fails by panicking")]

use margin_calculator::quantity::{Exact, Side};
use margin_calculator::scenario::{
    Amount, Direction, Draft, FieldId, Preset, RuleChoice, committed, highest_leverage, moved,
    placed,
};
use margin_calculator::text::{NumberStyle, parse};
use margin_calculator::venue::{Catalog, catalog};
use margin_calculator::words::{answer, closing_moved, leverage_for};
use rust_decimal::Decimal;

use Amount::{Fine, Page, Step};
use Direction::{Down, Up};
use FieldId::{CloseFee, EntryPrice, FlatRate, Leverage, MarkPrice, Quantity, WarningRatio};

const STEPS: [(Amount, Direction); 6] =
    [(Step, Up), (Step, Down), (Fine, Up), (Fine, Down), (Page, Up), (Page, Down)];

fn shipped() -> &'static Catalog {
    catalog().expect("the shipped tables are valid")
}

/// 40 ZEC at 521.48, tick 0.01, step 0.001, at most 75x; with some fields changed.
fn with(texts: &[(FieldId, &str)]) -> Draft {
    let mut draft = Preset::SteepTiers.draft();
    for (field, text) in texts {
        draft.set(*field, (*text).to_owned());
    }
    draft
}

fn exact(text: &str) -> Exact {
    Exact::from_decimal(Decimal::from_str_exact(text).unwrap())
}

/// What each of [`STEPS`] makes of a text; `-` where it makes nothing.
fn rows(field: FieldId, rows: &[(&str, [&str; 6])]) {
    for (text, expected) in rows {
        let draft = with(&[(field, text)]);
        let found = STEPS.map(|(amount, direction)| {
            moved(&draft, shipped(), field, amount, direction).unwrap_or_else(|| "-".into())
        });
        assert_eq!(found, *expected, "{field:?} at {text}");
    }
}

#[test]
fn a_price_moves_by_shares_of_entry_on_the_tick() {
    // 0.5 % of 521.48 is 2.6074, 2 % is 10.4296.
    rows(
        MarkPrice,
        &[
            ("521.48", ["524.09", "518.87", "521.49", "521.47", "531.91", "511.05"]),
            ("500", ["502.61", "497.39", "500.01", "499.99", "510.43", "489.57"]),
            // The digits that were typed stay.
            ("500.1234", ["502.7334", "497.5134", "500.1334", "500.1134", "510.5534", "489.6934"]),
            // The lowest price is one tick.
            ("2", ["4.61", "0.01", "2.01", "1.99", "12.43", "0.01"]),
            ("0.01", ["2.62", "0.01", "0.02", "0.01", "10.44", "0.01"]),
            (
                "999999999999.99",
                [
                    "-",
                    "999\u{202f}999\u{202f}999\u{202f}997.38",
                    "-",
                    "999\u{202f}999\u{202f}999\u{202f}999.98",
                    "-",
                    "999\u{202f}999\u{202f}999\u{202f}989.56",
                ],
            ),
        ],
    );
    // Of the entry price, its own text is the measure.
    rows(
        EntryPrice,
        &[(
            "1000",
            ["1\u{202f}005.00", "995.00", "1\u{202f}000.01", "999.99", "1\u{202f}020.00", "980.00"],
        )],
    );
    // A step is one tick at least.
    let draft = with(&[(EntryPrice, "0.5"), (MarkPrice, "0.5")]);
    assert_eq!(moved(&draft, shipped(), MarkPrice, Step, Up).as_deref(), Some("0.51"));
    // Without an entry price the mark is its own measure.
    let draft = with(&[(EntryPrice, "abc"), (MarkPrice, "100")]);
    assert_eq!(moved(&draft, shipped(), MarkPrice, Step, Up).as_deref(), Some("100.50"));
}

#[test]
fn leverage_moves_by_ones_tenths_and_fives() {
    rows(
        Leverage,
        &[
            ("10", ["11", "9", "10.1", "9.9", "15", "5"]),
            ("10.5", ["11.5", "9.5", "10.6", "10.4", "15.5", "5.5"]),
            ("12.34", ["13.34", "11.34", "12.44", "12.24", "17.34", "7.34"]),
            ("3", ["4", "2", "3.1", "2.9", "8", "1"]),
            ("1", ["2", "1", "1.1", "1.0", "6", "1"]),
            ("74", ["75", "73", "74.1", "73.9", "75", "69"]),
            ("75", ["75", "74", "75.0", "74.9", "75", "70"]),
            // Outside the slider's ends a value moves freely, up to what the field accepts.
            ("100", ["101", "99", "100.1", "99.9", "105", "95"]),
            ("1000", ["-", "999", "-", "999.9", "-", "995"]),
            ("0.5", ["1.5", "-", "0.6", "0.4", "5.5", "-"]),
        ],
    );
    let mut draft = with(&[(Leverage, "124")]);
    draft.rules = RuleChoice::SingleRate;
    assert_eq!(highest_leverage(&draft, shipped()), Exact::from_integer(125));
    assert_eq!(moved(&draft, shipped(), Leverage, Page, Up).as_deref(), Some("125"));
}

#[test]
fn a_size_moves_by_shares_of_itself_on_the_contract_step() {
    rows(
        Quantity,
        &[
            ("40", ["42", "38", "40.001", "39.999", "50", "30"]),
            ("0.1", ["0.105", "0.095", "0.101", "0.099", "0.125", "0.075"]),
            ("7.77", ["8.158", "7.382", "7.771", "7.769", "9.712", "5.828"]),
            // A step is one contract step at least, and so is the smallest size.
            ("0.002", ["0.003", "0.001", "0.003", "0.001", "0.003", "0.001"]),
            ("0.001", ["0.002", "0.001", "0.002", "0.001", "0.002", "0.001"]),
        ],
    );
}

#[test]
fn percentages_move_by_ones_tenths_and_tens() {
    rows(
        WarningRatio,
        &[
            ("80", ["81", "79", "80.1", "79.9", "90", "70"]),
            ("99.5", ["100.0", "98.5", "99.6", "99.4", "100.0", "89.5"]),
            ("100", ["100", "99", "100.0", "99.9", "100", "90"]),
            ("0.5", ["1.5", "0.1", "0.6", "0.4", "10.5", "0.1"]),
            // The lowest is a tenth, whatever digits the text had.
            ("1", ["2", "0.1", "1.1", "0.9", "11", "0.1"]),
            ("10", ["11", "9", "10.1", "9.9", "20", "0.1"]),
        ],
    );
    rows(
        CloseFee,
        &[
            ("0", ["1", "0", "0.1", "0.0", "10", "0"]),
            ("0.05", ["1.05", "0.00", "0.15", "0.00", "10.00", "0.00"]),
            ("10", ["10", "9", "10.0", "9.9", "10", "0"]),
        ],
    );
    rows(
        FlatRate,
        &[
            ("0.5", ["1.5", "0.0", "0.6", "0.4", "10.5", "0.0"]),
            ("99", ["99.99", "98", "99.1", "98.9", "99.99", "89"]),
        ],
    );
}

#[test]
fn what_cannot_be_read_stays_as_it_was_typed() {
    for field in FieldId::ALL {
        for text in ["", " ", "abc", "1.2.3", "--5", "<b>", "5%x"] {
            let draft = with(&[(field, text)]);
            for (amount, direction) in STEPS {
                assert_eq!(moved(&draft, shipped(), field, amount, direction), None, "{text:?}");
            }
            assert_eq!(committed(&draft, shipped(), field), None, "{field:?} {text:?}");
        }
    }
    // A sign that the field does not take is a problem to be seen, not to be dropped in silence.
    for (field, text) in [
        (Quantity, "5%"),
        (Quantity, "5x"),
        (EntryPrice, "500%"),
        (MarkPrice, "500x"),
        (Leverage, "10%"),
        (FlatRate, "1x"),
        (CloseFee, "1x"),
        (WarningRatio, "80x"),
    ] {
        let mut draft = with(&[(field, text)]);
        for (amount, direction) in STEPS {
            assert_eq!(
                moved(&draft, shipped(), field, amount, direction),
                None,
                "{field:?} {text}"
            );
        }
        assert_eq!(committed(&draft, shipped(), field), None, "{field:?} {text}");
        draft.restyle(NumberStyle::Point);
        assert_eq!(draft.text(field), text, "{field:?}");
    }
}

#[test]
fn a_field_that_is_left_is_written_in_the_readers_style() {
    for (field, text, style, expected) in [
        (Quantity, "60k", NumberStyle::Comma, "60,000"),
        (Quantity, "1.50", NumberStyle::Space, "1.50"),
        (Quantity, "260000", NumberStyle::Indian, "2,60,000"),
        (EntryPrice, "521", NumberStyle::Space, "521.00"),
        (EntryPrice, "521.4", NumberStyle::Point, "521,40"),
        (EntryPrice, "521.12345", NumberStyle::Space, "521.12345"),
        (MarkPrice, "1.2m", NumberStyle::Apostrophe, "1\u{2019}200\u{2019}000.00"),
        (MarkPrice, "\u{665}\u{660}\u{660}", NumberStyle::Space, "500.00"),
        (Leverage, "10x", NumberStyle::Space, "10"),
        (Leverage, "2,5\u{d7}", NumberStyle::Space, "2.5"),
        (WarningRatio, "80 %", NumberStyle::Space, "80"),
        (CloseFee, "0.050%", NumberStyle::Point, "0,050"),
        // Outside the limits it is still a number.
        (Quantity, "-5", NumberStyle::Space, "\u{2212}5"),
        (Leverage, "2000", NumberStyle::Comma, "2,000"),
    ] {
        let mut draft = with(&[(field, text)]);
        draft.numbers = style;
        let found = committed(&draft, shipped(), field).unwrap();
        assert_eq!(found, expected, "{text}");
        draft.set(field, found.clone());
        assert_eq!(committed(&draft, shipped(), field), Some(found), "{text} twice");
    }
}

#[test]
fn a_handle_puts_its_field_on_the_venues_step() {
    let draft = with(&[]);
    let at = |field, value| placed(&draft, shipped(), field, &exact(value)).unwrap();
    assert_eq!(at(MarkPrice, "500.1249"), "500.12");
    assert_eq!(at(MarkPrice, "500.125"), "500.12");
    assert_eq!(at(MarkPrice, "500.135"), "500.14");
    assert_eq!(at(EntryPrice, "500"), "500.00");
    assert_eq!(at(MarkPrice, "0"), "0.01");
    assert_eq!(at(MarkPrice, "-5"), "0.01");
    assert_eq!(at(Quantity, "12.3456"), "12.346");
    assert_eq!(at(Quantity, "12"), "12");
    assert_eq!(at(Quantity, "0"), "0.001");
    assert_eq!(at(Leverage, "12.34"), "12.3");
    assert_eq!(at(Leverage, "12.04"), "12");
    assert_eq!(at(WarningRatio, "66.66"), "66.7");
    let third = Exact::from_integer(1000).over(&Exact::from_integer(3)).unwrap();
    assert_eq!(placed(&draft, shipped(), MarkPrice, &third).as_deref(), Some("333.33"));
    let mut draft = draft;
    draft.numbers = NumberStyle::Point;
    let placed = placed(&draft, shipped(), MarkPrice, &exact("1234.5")).unwrap();
    assert_eq!(placed, "1.234,50");
}

fn size_of_step(
    draft: &Draft,
    field: FieldId,
    amount: Amount,
    direction: Direction,
) -> Option<Decimal> {
    let value = |text: &str| parse(text, draft.numbers).unwrap().value;
    let after = moved(draft, shipped(), field, amount, direction)?;
    let change = value(&after).checked_sub(value(draft.text(field))).unwrap();
    assert_eq!(change.is_sign_positive(), direction == Up || change.is_zero());
    Some(change.abs())
}

#[test]
fn page_goes_further_than_an_arrow_and_an_arrow_further_than_with_shift() {
    for listing in shipped().listings() {
        for style in NumberStyle::ALL {
            let mut draft = Preset::SteepTiers.draft();
            draft.restyle(style);
            draft.choose_coin(listing, shipped());
            let steps = Exact::from_integer(1000);
            let size = listing.quantity_step.exact().times(&steps).unwrap();
            let size = placed(&draft, shipped(), Quantity, &size).unwrap();
            draft.set(Quantity, size);
            for field in [Quantity, EntryPrice, MarkPrice, Leverage, WarningRatio] {
                for direction in [Up, Down] {
                    let [fine, step, page] = [Fine, Step, Page]
                        .map(|amount| size_of_step(&draft, field, amount, direction));
                    let name = (listing.coin, field, direction);
                    assert!(
                        fine.is_some() && fine < step && step < page,
                        "{name:?} {fine:?} {step:?} {page:?}"
                    );
                }
            }
            let fine = size_of_step(&draft, MarkPrice, Fine, Up).map(Exact::from_decimal);
            assert_eq!(fine.as_ref(), Some(listing.tick_size.exact()), "{}", listing.coin);
            let fine = size_of_step(&draft, Quantity, Fine, Up).map(Exact::from_decimal);
            assert_eq!(fine.as_ref(), Some(listing.quantity_step.exact()), "{}", listing.coin);
        }
    }
}

#[test]
fn the_liquidation_handle_moves_leverage_never_nearer_than_asked() {
    for (side, nearer, farther) in [(Side::Long, Up, Down), (Side::Short, Down, Up)] {
        let mut draft = with(&[]);
        draft.side = side;
        let (_, found) = answer(&draft, shipped());
        let found = found.unwrap();
        for amount in [Fine, Step, Page] {
            let more = closing_moved(&found, amount, nearer).unwrap();
            let less = closing_moved(&found, amount, farther).unwrap();
            let leverage = |text: &str| parse(text, draft.numbers).unwrap().value;
            assert!(leverage(&more) >= Decimal::TEN && leverage(&less) < Decimal::TEN);
        }
        for percent in [80, 85, 90, 95, 98, 102, 105, 110, 115] {
            let wanted = Exact::from_integer(percent).times(&exact("5.2148")).unwrap();
            let Some(text) = leverage_for(&found, &wanted, Step) else {
                continue;
            };
            let mut next = draft.clone();
            next.set(Leverage, text);
            let (_, next) = answer(&next, shipped());
            let Some(crossing) = next.unwrap().report.liquidation.crossing().cloned() else {
                continue;
            };
            let safe = match side {
                Side::Long => crossing.exact.exact().is_at_most(&wanted),
                Side::Short => wanted.is_at_most(crossing.exact.exact()),
            };
            assert!(safe.unwrap(), "{side:?} {percent}");
        }
    }
}
