//! What a reader takes along: the answer as prose, and its figures as rows for a spreadsheet.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use margin_calculator::scenario::{Draft, FieldId, Preset};
use margin_calculator::text::NumberStyle;
use margin_calculator::venue::catalog;
use margin_calculator::words::{Answer, answer, rows, whole_sentence};

fn answered(draft: &Draft) -> Answer {
    answer(draft, catalog().unwrap()).1.unwrap()
}

#[test]
fn the_sentence_is_the_pages_with_its_numbers_in_it() {
    let said = whole_sentence(&answered(&Preset::SteepTiers.draft()));
    let expected = "A long position of 40 ZEC opened at 521.48 with 10\u{d7} leverage is closed by the \
                    exchange when the mark price falls to 474.08, 9.09\u{202f}% below entry. Isolated \
                    margin, one position, fees and funding left out. ZECUSDT by Binance USDS-M tiers of \
                    April 2026.";
    assert_eq!(said, expected);
}

#[test]
fn the_sentence_has_words_where_there_is_no_price() {
    let mut draft = Preset::Bitcoin.draft();
    draft.set(FieldId::Leverage, "1".into());
    let said = whole_sentence(&answered(&draft));
    assert!(said.contains("cannot be closed by price alone. You paid the full price"), "{said}");
    draft.set(FieldId::Leverage, "500".into());
    let said = whole_sentence(&answered(&draft));
    assert!(said.contains("with 500\u{d7} leverage would be refused. "), "{said}");
}

#[test]
fn a_spreadsheet_reads_every_number_whatever_the_style() {
    let mut draft = Preset::LargeShort.draft();
    draft.set(FieldId::MarkPrice, "91234.5".into());
    let plain = rows(&answered(&draft));
    for key in ["space", "comma", "point", "apos", "indian"] {
        let Some(style) = NumberStyle::from_key(key) else {
            continue;
        };
        draft.restyle(style);
        assert_eq!(rows(&answered(&draft)), plain, "{key}");
    }
    let figure = |name: &str| plain.iter().find(|row| row[0] == name).unwrap().clone();
    for name in ["Size", "Entry price", "Mark price", "Liquidation price", "Margin ratio"] {
        let [_, value, unit, _] = figure(name);
        assert!(value.parse::<rust_decimal::Decimal>().is_ok(), "{name}: {value}");
        assert!(!unit.is_empty(), "{name} has no unit");
    }
    let [_, loss, ..] = figure("Profit or loss at the mark");
    assert!(loss.starts_with('-') && loss.parse::<rust_decimal::Decimal>().is_ok(), "{loss}");
    for row in &plain {
        assert!(row.iter().all(|cell| cell.is_ascii()), "{row:?}");
    }
}
