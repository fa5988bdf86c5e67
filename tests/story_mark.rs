//! The chapter on the mark price: what it says of the reader's own numbers, and what it does with bad ones.
#![expect(
    clippy::arithmetic_side_effects,
    clippy::float_arithmetic,
    clippy::unwrap_used,
    reason = "a test fails by panicking, and a label stands somewhere on a screen"
)]

#[path = "lines/labels.rs"]
mod labels;

use std::collections::BTreeMap;

use margin_calculator::page::Aspect;
use margin_calculator::story::{CHAPTERS, Story};
use margin_calculator::text::NumberStyle;
use margin_calculator::venue::mark_rules;

const WIDTHS: [u32; 3] = [328, 704, 1184];
/// 40 ZEC at 521.48, closed at 474.08.
const LONG: &str = "preset=alt";
const SHORT: &str = "preset=large-short";

/// The chapter with all that was written to it, as the page keeps it.
struct Chapter {
    story: Story,
    query: String,
    width: u32,
    written: BTreeMap<(String, String), Option<String>>,
    news: usize,
}

impl Chapter {
    fn open(query: &str) -> Self {
        let mut story = Story::new(CHAPTERS);
        story.open("mark").unwrap();
        let mut chapter =
            Self { story, query: query.into(), width: 1184, written: BTreeMap::new(), news: 0 };
        chapter.write();
        chapter
    }

    fn write(&mut self) {
        let news = self.story.write(&self.query, self.width);
        self.news = news.iter().filter(|it| it.aspect == Aspect::Markup).count();
        for write in news {
            self.written.insert((write.id.into(), format!("{:?}", write.aspect)), write.value);
        }
    }

    fn take(&mut self, id: &str, value: &str) -> &mut Self {
        self.story.take(id, value);
        self.write();
        self
    }

    fn show(&mut self, query: &str, width: u32) -> &mut Self {
        (self.query, self.width) = (query.into(), width);
        self.write();
        self
    }

    fn found(&self, id: &str, aspect: Aspect) -> Option<&str> {
        self.written.get(&(id.to_owned(), format!("{aspect:?}"))).and_then(Option::as_deref)
    }

    fn text(&self, id: &str) -> &str {
        self.found(id, Aspect::Text).unwrap_or_default()
    }

    fn markup(&self, id: &str) -> &str {
        self.found(id, Aspect::Markup).unwrap_or_default()
    }

    fn value(&self, id: &str) -> &str {
        self.found(id, Aspect::Value).unwrap_or_default()
    }

    fn is(&self, id: &str, class: &'static str) -> bool {
        self.found(id, Aspect::Class(class)).is_some()
    }
}

#[test]
fn a_wild_trade_closes_nothing_and_a_slow_fall_does() {
    let mut chapter = Chapter::open(LONG);
    // An eighth of the way from 521.48 to 474.08 beyond it: 474.08 - 47.40 / 8 = 468.155.
    assert_eq!(
        chapter.text("mark-says"),
        "For one second the last trade touches 468.16, below your liquidation price 474.08. The mark \
         never goes below 521.48, so nothing is closed."
    );
    assert_eq!(chapter.text("mark-peek"), "a trade at 468.16 closes nothing");
    chapter.take("mark-slow", "");
    let said = chapter.text("mark-says").to_owned();
    assert!(
        said.starts_with("The index falls, and the book and the mark with it. After "),
        "{said}"
    );
    assert!(
        said.ends_with("or below your liquidation price 474.08: the position is closed."),
        "{said}"
    );
    assert!(
        chapter.text("mark-peek").starts_with("closed after "),
        "{}",
        chapter.text("mark-peek")
    );
    // A short is closed from the other side.
    chapter.show(SHORT, 1184);
    let said = chapter.text("mark-says").to_owned();
    assert!(said.starts_with("The index rises") && said.contains("at or above"), "{said}");
    chapter.take("mark-wild", "");
    assert!(
        chapter.text("mark-says").contains("never goes above"),
        "{}",
        chapter.text("mark-says")
    );
}

#[test]
fn a_position_that_no_price_closes_and_one_that_is_closed_already() {
    let mut chapter = Chapter::open("preset=btc&lev=1");
    assert!(chapter.text("mark-says").contains("No price closes this position"));
    assert!(!chapter.markup("mark-chart").contains("closed at"));
    chapter.take("mark-slow", "");
    assert!(chapter.text("mark-says").ends_with("No price closes this position."));
    chapter.show("preset=alt&mark=470", 1184);
    assert!(chapter.text("mark-says").contains("from the first moment, at or below"));
}

#[test]
fn the_formula_has_the_readers_numbers() {
    let mut chapter = Chapter::open(LONG);
    chapter.take("mark-index", "521").take("mark-rate", "0,05 %").take("mark-left", "4");
    // 521 x (1 + 0.0005 x 4/8) = 521.13025; price 2 is the middle of the book, 521.48.
    let formulas = chapter.markup("mark-formula").to_owned();
    for part in ["<mn>521.13</mn>", "<mn>521.48</mn>", "<mn>0.05\u{202f}%</mn>", "<mn>0.48</mn>"] {
        assert!(formulas.contains(part), "{part} in {formulas}");
    }
    assert_eq!(formulas.matches("<math>").count(), formulas.matches("</math>").count());
    // 521 x 0.00025 = 0.13
    assert!(chapter.markup("mark-basis").contains("now 0.025\u{202f}%, 0.13 USDT"));
    chapter.take("mark-rule", "okx");
    assert!(chapter.markup("mark-basis").is_empty(), "no funding in this formula");
    assert!(!chapter.markup("mark-formula").contains("median"));
}

#[test]
fn every_formula_is_shown_with_its_source_and_date() {
    let mut chapter = Chapter::open(LONG);
    for rule in mark_rules() {
        for button in ["mark-wild", "mark-slow"] {
            chapter.take("mark-rule", rule.id).take(button, "");
            assert_eq!(chapter.text("mark-trouble"), "", "{}", rule.id);
            let source = chapter.text("mark-source");
            assert!(source.contains(&rule.source.origin), "{source}");
            let year = rule.source.as_of.get(..4).unwrap();
            assert!(source.contains(year) && source.contains(rule.name), "{source}");
            let closed = chapter.text("mark-says").ends_with("the position is closed.");
            assert_eq!(closed, button == "mark-slow", "{}", rule.id);
        }
    }
    // A formula that nobody has changes nothing.
    chapter.take("mark-rule", "nobody");
    assert_eq!(chapter.value("mark-rule"), mark_rules().last().unwrap().id);
}

#[test]
fn a_field_that_cannot_be_used_says_so_and_the_last_picture_stays() {
    let mut chapter = Chapter::open(LONG);
    let (chart, says) =
        (chapter.markup("mark-chart").to_owned(), chapter.text("mark-says").to_owned());
    for (id, typed, said) in [
        ("mark-index", "", "The index price is empty. It takes more than 0"),
        ("mark-index", "0", "The index price must be more than 0 USDT"),
        ("mark-index", "-5", "The index price must be more than 0 USDT"),
        ("mark-last", "twelve", "The last trade is not a number. It takes more than 0"),
        ("mark-mid", "1.2.3", "points and commas do not fit together"),
        ("mark-mid", "5 %", "The middle of the book takes a plain number."),
        ("mark-rate", "11", "The funding rate must be \u{2212}10 to 10 %."),
        ("mark-rate", "0.12345678901", "at most 10 digits after the decimal sign"),
        ("mark-interval", "0", "The funding interval must be more than 0, at most 24 h."),
        ("mark-left", "-1", "The time to funding must be 0 to 24 h."),
    ] {
        chapter.take(id, typed);
        let say = format!("{id}-say");
        assert!(chapter.text(&say).contains(said), "{}", chapter.text(&say));
        assert!(chapter.is(&say, "problem") && chapter.is("mark-chart", "stale"), "{id}");
        assert_eq!(chapter.found(id, Aspect::Attribute("aria-invalid")), Some("true"));
        assert_eq!(chapter.value(id), typed, "what was typed stays");
        assert!(chapter.text("mark-trouble").starts_with("Not updated: "));
        assert_eq!((chapter.markup("mark-chart"), chapter.text("mark-says")), (&*chart, &*says));
        chapter.take("mark-reset", "");
        assert!(!chapter.is("mark-chart", "stale") && chapter.text("mark-trouble").is_empty());
    }
    // Each for itself is fine; together they are not.
    chapter.take("mark-left", "9");
    let said = "Not updated: a field cannot be used as it stands.";
    assert_eq!(chapter.text("mark-trouble"), said);
    chapter.take("mark-interval", "10");
    assert_eq!(chapter.text("mark-trouble"), "");
    // What the formula does not ask for holds nothing up.
    chapter.take("mark-half", "nothing");
    assert_eq!(chapter.text("mark-trouble"), "");
    chapter.take("mark-average", "half");
    assert!(chapter.text("mark-trouble").starts_with("Not updated"));
}

#[test]
fn all_number_styles_are_read_and_written() {
    let mut chapter = Chapter::open("preset=btc");
    chapter.take("mark-index", "88000.5").take("mark-rate", "0.04");
    let expected: Vec<String> =
        ["mark-index", "mark-rate"].map(|id| chapter.value(id).into()).into();
    assert_eq!(expected, ["88000.5", "0.04"]);
    for style in NumberStyle::ALL {
        let query = format!("preset=btc&num={}", style.key());
        chapter.show(&query, 1184);
        assert_eq!(chapter.text("mark-trouble"), "", "{}", style.key());
        let decimal = style.decimal();
        assert!(chapter.value("mark-rate").contains(decimal), "{}", chapter.value("mark-rate"));
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        assert_eq!(digits(chapter.value("mark-index")), "880005");
        // Typed in that style, with a comma or a point before the decimals.
        chapter.take("mark-last", &format!("87900{decimal}25")).take("mark-last-done", "");
        assert!(chapter.value("mark-last").contains(style.group()), "{}", style.key());
        assert_eq!(digits(chapter.value("mark-last")), "8790025");
        assert!(chapter.markup("mark-chart").contains(decimal));
    }
}

#[test]
fn fields_follow_the_page_until_they_are_touched() {
    let mut chapter = Chapter::open(LONG);
    assert_eq!(chapter.value("mark-index"), "521.48");
    chapter.take("mark-index", "520");
    chapter.show("preset=alt&mark=515", 1184);
    assert_eq!((chapter.value("mark-index"), chapter.value("mark-last")), ("520", "515"));
    chapter.take("mark-reset", "");
    assert_eq!(chapter.value("mark-index"), "515");
    // The next funding of an hourly formula is within the hour.
    chapter.take("mark-rule", "hyperliquid");
    assert_eq!((chapter.value("mark-left"), chapter.value("mark-interval")), ("0.75", "1"));
}

#[test]
fn sliders_and_keys_move_fields() {
    let mut chapter = Chapter::open(LONG);
    chapter.take("mark-rate-slider", "-0.105");
    assert_eq!(chapter.value("mark-rate"), "\u{2212}0.105");
    assert_eq!(chapter.value("mark-rate-slider"), "-0.105");
    chapter.take("mark-rate-step", "ArrowUp").take("mark-rate-step", "Shift+ArrowDown");
    assert_eq!(chapter.value("mark-rate"), "\u{2212}0.096");
    chapter.take("mark-index-step", "Shift+ArrowUp");
    assert_eq!(chapter.value("mark-index"), "521.49");
    chapter.take("mark-index-step", "PageDown");
    assert_eq!(chapter.value("mark-index"), "521.29");
    chapter.take("mark-left-step", "PageUp").take("mark-left-step", "ArrowUp");
    assert_eq!(chapter.value("mark-left"), "7.25");
    // A step out of what is accepted is not taken.
    chapter.take("mark-left", "0.1").take("mark-left-step", "PageDown");
    assert_eq!(chapter.value("mark-left"), "0.1");
    chapter.take("mark-half-slider", "90").take("mark-average", "half");
    assert_eq!((chapter.value("mark-half"), chapter.text("mark-trouble")), ("90", ""));
    chapter.take("mark-nothing", "1").take("mark-rate-slider", "x");
    assert_eq!(chapter.text("mark-trouble"), "");
}

#[test]
fn the_table_is_there_when_asked_for() {
    let mut chapter = Chapter::open(LONG);
    assert!(chapter.markup("mark-table").is_empty());
    chapter.take("mark-table-toggle", "");
    let table = chapter.markup("mark-table");
    assert!(table.contains("<caption>") && table.matches("<tr>").count() > 10, "{table}");
    assert!(table.contains("<td>468.16</td>"), "the moment of the wild trade");
    chapter.take("mark-table-toggle", "");
    assert!(chapter.markup("mark-table").is_empty());
}

#[test]
fn no_two_labels_touch() {
    for query in [LONG, SHORT, "preset=btc&lev=1", "preset=btc&lev=120", "preset=article"] {
        let mut chapter = Chapter::open(query);
        for rule in mark_rules() {
            for button in ["mark-wild", "mark-slow"] {
                chapter.take("mark-rule", rule.id).take(button, "");
                for width in WIDTHS {
                    chapter.show(query, width);
                    for id in ["mark-chart", "mark-basis"] {
                        let svg = chapter.markup(id);
                        let found = if svg.is_empty() { Vec::new() } else { labels::touching(svg) };
                        assert!(
                            found.is_empty(),
                            "{query} {} {button} {width}: {found:?}",
                            rule.id
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn what_does_not_change_is_not_drawn_again() {
    let mut chapter = Chapter::open(LONG);
    chapter.write();
    assert_eq!(chapter.news, 0);
    chapter.take("mark-nothing", "");
    assert_eq!(chapter.news, 0);
    chapter.take("mark-last", "521.5");
    assert!(chapter.news > 0);
}

#[test]
fn more_time_to_funding_than_its_interval_is_marked_in_its_field() {
    let mut chapter = Chapter::open(LONG);
    let invalid = |chapter: &Chapter| {
        let key = ("mark-left".to_owned(), format!("{:?}", Aspect::Attribute("aria-invalid")));
        chapter.written.get(&key).cloned().flatten()
    };
    chapter.take("mark-left", "9");
    assert_eq!(invalid(&chapter).as_deref(), Some("true"));
    let said = chapter.written[&("mark-left-say".to_owned(), "Text".to_owned())].clone();
    assert_eq!(said.as_deref(), Some("The time to funding must be at most 8 h."));
    chapter.take("mark-interval", "12");
    assert_eq!(invalid(&chapter).as_deref(), Some("false"));
}

#[test]
fn what_would_be_refused_is_not_played() {
    let mut chapter = Chapter::open("coin=BTC&size=1000&lev=50");
    let held = |chapter: &Chapter, id: &str, aspect: Aspect| {
        chapter.written.get(&(id.to_owned(), format!("{aspect:?}"))).cloned().flatten()
    };
    assert_eq!(
        held(&chapter, "mark-says", Aspect::Text).as_deref(),
        Some("Nothing can be played: the position would be refused at opening.")
    );
    assert!(held(&chapter, "mark-chart", Aspect::Attribute("hidden")).is_some());
    chapter.show(LONG, 1184);
    assert!(held(&chapter, "mark-chart", Aspect::Attribute("hidden")).is_none());
}
