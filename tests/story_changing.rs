//! The chapter on changing rules: what it says of the reader's own numbers, of none, and of bad ones.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;

use margin_calculator::page::Aspect;
use margin_calculator::story::{CHAPTERS, Story};

/// The chapter with all that was written to it, as the page keeps it.
struct Chapter {
    story: Story,
    query: &'static str,
    written: BTreeMap<(String, String), Option<String>>,
}

impl Chapter {
    fn open(query: &'static str) -> Self {
        let mut story = Story::new(CHAPTERS);
        story.open("changing").unwrap();
        let mut chapter = Self { story, query, written: BTreeMap::new() };
        chapter.write();
        chapter
    }

    fn write(&mut self) {
        for write in self.story.write(self.query, 1184) {
            self.written.insert((write.id.into(), format!("{:?}", write.aspect)), write.value);
        }
    }

    fn take(&mut self, id: &str, value: &str) -> &mut Self {
        self.story.take(id, value);
        self.write();
        self
    }

    fn found(&self, id: &str, aspect: Aspect) -> String {
        let found = self.written.get(&(id.to_owned(), format!("{aspect:?}"))).cloned();
        found.flatten().unwrap_or_default()
    }

    fn text(&self, id: &str) -> String {
        self.found(id, Aspect::Text)
    }

    fn is_stale(&self, id: &str) -> bool {
        self.written
            .get(&(id.to_owned(), format!("{:?}", Aspect::Class("stale"))))
            .is_some_and(Option::is_some)
    }
}

#[test]
fn the_opening_numbers_are_worked_out() {
    let chapter = Chapter::open("preset=alt");
    assert_eq!(chapter.text("changing-peek"), "at 2.84 times the rate: 483.06");
    let working = chapter.found("changing-working", Aspect::Markup);
    for number in ["1.6", "0.95", "0.8", "0.4", "2.84"] {
        assert!(working.contains(&format!("<mn>{number}</mn>")), "{working}");
    }
    assert!(chapter.text("changing-rule").contains("483.06 instead of 474.08"));
    assert!(chapter.found("changing-chart", Aspect::Markup).starts_with("<svg"));
}

#[test]
fn what_is_above_the_cap_says_so() {
    let mut chapter = Chapter::open("preset=alt");
    chapter.take("changing-volatility", "3");
    assert!(chapter.text("changing-peek").starts_with("at 3 times"));
    let working = chapter.found("changing-working", Aspect::Markup);
    assert!(working.contains("4.52") && working.contains("at most 3"), "{working}");
}

#[test]
fn a_position_without_a_price_has_words_in_its_place() {
    // At 1x nothing closes it by price alone.
    let never = Chapter::open("preset=btc&lev=1");
    assert!(
        never.text("changing-peek").ends_with("never by price alone"),
        "{}",
        never.text("changing-peek")
    );
    assert!(never.found("changing-pairs", Aspect::Markup).contains("never by price alone"));
    // A mark beyond the closing price.
    let past = Chapter::open("preset=btc&lev=20&mark=80000");
    assert_eq!(past.text("changing-verdict"), "The position is past its closing price already.");
    assert!(
        past.text("changing-moment").contains("Closed after 0"),
        "{}",
        past.text("changing-moment")
    );
}

#[test]
fn what_would_be_refused_is_not_played() {
    for query in ["preset=btc&lev=300", "coin=BTC&size=1000&lev=50"] {
        let mut chapter = Chapter::open(query);
        let hidden = |chapter: &Chapter, id: &str| {
            let held = chapter.written.get(&(id.to_owned(), "Attribute(\"hidden\")".to_owned()));
            held.is_some_and(Option::is_some)
        };
        assert_eq!(
            chapter.text("changing-failed"),
            "Nothing can be played: the position would be refused at opening."
        );
        chapter.take("changing-table-toggle", "");
        for id in ["changing-drawn", "changing-replaced", "changing-table-of"] {
            assert!(hidden(&chapter, id), "{id}");
        }
        chapter.query = "preset=btc";
        chapter.write();
        assert_eq!(chapter.text("changing-failed"), "");
        for id in ["changing-drawn", "changing-replaced", "changing-table-of"] {
            assert!(!hidden(&chapter, id), "{id}");
        }
    }
}

#[test]
fn a_line_that_stays_is_not_said_to_have_moved() {
    let mut chapter = Chapter::open("preset=btc");
    assert!(chapter.text("changing-verdict").ends_with("its line has moved."));
    chapter.take("changing-times", "1");
    assert!(chapter.text("changing-verdict").ends_with("its line stays where it is."));
}

#[test]
fn a_rate_that_reaches_the_whole_value_has_a_sentence() {
    let mut chapter = Chapter::open("preset=btc&tiers=flat:40&lev=2");
    assert_eq!(
        chapter.text("changing-failed"),
        "Not updated: at this multiple the first tier would ask for the whole value or more."
    );
    assert!(chapter.is_stale("changing-drawn"));
    chapter.take("changing-times", "3");
    assert!(chapter.text("changing-verdict").starts_with("This table cannot be put in place"));
    chapter.take("changing-volatility", "1").take("changing-interest", "1");
    assert_eq!(chapter.text("changing-failed"), "");
}

#[test]
fn bad_text_stays_with_a_sentence_and_the_last_answer_stays_in_view() {
    let mut chapter = Chapter::open("preset=alt");
    let (chart, peek) =
        (chapter.found("changing-chart", Aspect::Markup), chapter.text("changing-peek"));
    for text in ["", "abc", "-1", "1e9", "101", "<img src=x onerror=alert(1)>", "1.2.3", "0"] {
        chapter.take("changing-volatility", text);
        assert_eq!(chapter.found("changing-volatility", Aspect::Value), text);
        assert!(!chapter.text("changing-volatility-say").is_empty(), "{text}");
        assert!(chapter.is_stale("changing-drawn"), "{text}");
        assert_eq!(chapter.found("changing-chart", Aspect::Markup), chart);
        assert_eq!(chapter.text("changing-peek"), peek);
    }
    chapter.take("changing-volatility", "1,5\u{d7}");
    assert!(!chapter.is_stale("changing-drawn"));
    assert!(
        chapter.text("changing-peek").starts_with("at 2.12 times"),
        "{}",
        chapter.text("changing-peek")
    );
    // One field's trouble is its own.
    chapter.take("changing-oi", "many");
    assert!(chapter.is_stale("changing-oi-says") && !chapter.is_stale("changing-drawn"));
}

#[test]
fn numbers_are_written_in_the_readers_style() {
    let chapter = Chapter::open("preset=alt&num=point");
    assert_eq!(chapter.found("changing-volatility", Aspect::Value), "1,95");
    assert_eq!(chapter.text("changing-peek"), "at 2,84 times the rate: 483,06");
    assert!(chapter.text("changing-oi-says").contains("51\u{202f}%"));
}

#[test]
fn it_plays_from_the_start_when_asked_and_stops_at_the_end() {
    let mut chapter = Chapter::open("preset=btc&lev=100");
    assert!(!chapter.story.plays("changing"));
    chapter.take("changing-play", "");
    assert!(chapter.story.plays("changing"));
    assert_eq!(chapter.found("changing-at", Aspect::Value), "0");
    chapter.take("changing-elapsed", "900");
    assert_eq!(chapter.found("changing-at", Aspect::Value), "1");
    chapter.take("changing-elapsed", "100000");
    assert_eq!(chapter.found("changing-at", Aspect::Value), "20");
    assert!(!chapter.story.plays("changing"));
    chapter.take("changing-at", "4");
    assert!(chapter.text("changing-moment").starts_with("After 2"));
}

#[test]
fn where_it_was_closed_stands_in_the_picture_and_in_words() {
    let mut chapter = Chapter::open("preset=btc&lev=100");
    let chart = chapter.found("changing-chart", Aspect::Markup);
    assert!(chart.contains("closed after"), "{chart}");
    assert!(chapter.text("changing-moment").contains(" Closed after "));
    chapter.take("changing-at", "0");
    assert!(!chapter.text("changing-moment").contains("Closed"));
}
