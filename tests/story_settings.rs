//! What is set in the chapters: an address holds it, and a chapter opened with it stands as it stood.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;

use margin_calculator::page::{Aspect, Write};
use margin_calculator::story::{CHAPTERS, Story};

/// What each element of a chapter is.
type Shown = BTreeMap<(&'static str, String), Option<String>>;

struct Desk {
    story: Story,
    name: &'static str,
    query: String,
    shown: Shown,
}

impl Desk {
    fn open(name: &'static str, query: &str) -> Self {
        let mut story = Story::new(CHAPTERS);
        story.open(name).unwrap();
        let mut desk = Self { story, name, query: query.to_owned(), shown: Shown::new() };
        desk.write();
        desk
    }

    fn restored(name: &'static str, query: &str, words: &str) -> Self {
        let mut story = Story::new(CHAPTERS);
        story.open(name).unwrap();
        story.restore(name, words);
        let mut desk = Self { story, name, query: query.to_owned(), shown: Shown::new() };
        desk.write();
        desk
    }

    fn write(&mut self) {
        for Write { id, aspect, value } in self.story.write(&self.query, 1184) {
            let name = match aspect {
                Aspect::Attribute(name) | Aspect::Class(name) => name.to_owned(),
                other => format!("{other:?}"),
            };
            self.shown.insert((id, name), value);
        }
    }

    fn take(&mut self, id: &str, value: &str) {
        self.story.take(id, value);
        self.write();
    }

    /// The words of the chapter, and that they bring another one to the same.
    fn comes_back(&mut self) -> String {
        let words = self.story.settings();
        for query in [self.query.clone(), format!("{}&num=point", self.query)] {
            self.query = query;
            self.write();
            let other = Self::restored(self.name, &self.query, &words);
            for (what, value) in &other.shown {
                assert_eq!(self.shown.get(what), Some(value), "{what:?} after {words}");
            }
            assert_eq!(other.story.settings(), words);
        }
        words
    }
}

const ALT: &str = "preset=alt";

#[test]
fn a_chapter_as_it_opens_needs_no_words() {
    for (name, _) in CHAPTERS {
        let desk = Desk::open(name, ALT);
        assert_eq!(desk.story.settings(), "", "{name}");
    }
}

#[test]
fn the_mark_price_comes_back_as_it_was_set() {
    let mut desk = Desk::open("mark", ALT);
    desk.take("mark-slow", "");
    desk.take("mark-average", "half");
    desk.take("mark-rate", "\u{2212}0.125");
    desk.take("mark-index", "1234.5");
    desk.take("mark-index-done", "");
    let words = desk.comes_back();
    let all = "mark-average:half~mark-slow:~mark-index-plain:1234.5~mark-rate-plain:-0.125";
    assert_eq!(words, all);
}

#[test]
fn changing_rules_come_back_as_they_were_set() {
    let mut desk = Desk::open("changing", ALT);
    desk.take("changing-table", "article");
    desk.take("changing-oi-slider", "12.5");
    desk.take("changing-interest", "2.25x");
    desk.take("changing-interest-done", "");
    let words = desk.comes_back();
    assert!(words.starts_with("changing-table:"), "{words}");
}

#[test]
fn a_run_comes_back_as_it_was_set() {
    for path in ["after-path-gap", "after-path-recovery", "after-path-own"] {
        let mut desk = Desk::open("after", ALT);
        desk.take("after-venue", "hyperliquid");
        desk.take("after-freed", "position");
        desk.take("after-ranking", "share");
        desk.take("after-portion", "tiers");
        desk.take("after-dwell", "2.5");
        desk.take("after-bid3", "12");
        desk.take("after-add", "100.25");
        desk.take(path, "");
        if path == "after-path-own" {
            desk.take("after-draw", "300,700");
            desk.take("after-draw", "500,900");
            desk.take("after-point", "0");
        }
        desk.take("after-at", "20");
        desk.take("after-do-add", "");
        desk.take("after-do-cancel", "");
        desk.take("after-at", "30");
        desk.take("after-do-reduce", "");
        desk.take("after-at", "100000");
        let words = desk.comes_back();
        assert_eq!(words.matches("after-act:").count(), 3, "{words}");
        let stands = |c: char| c.is_ascii_alphanumeric() || "-_.:~".contains(c);
        assert!(words.chars().all(stands), "a query holds it as it stands: {words}");
    }
}

#[test]
fn a_drawing_that_came_back_starts_over() {
    let mut desk = Desk::open("after", ALT);
    desk.take("after-path-own", "");
    let begun = desk.shown.get(&("after-log", "Markup".to_owned())).cloned();
    desk.take("after-point", "3");
    desk.take("after-price", "300");
    let words = desk.story.settings();
    let mut other = Desk::restored("after", ALT, &words);
    let drawn = other.shown.get(&("after-log", "Markup".to_owned())).cloned();
    assert_ne!(drawn, begun);
    other.take("after-own-over", "");
    assert_eq!(other.shown.get(&("after-log", "Markup".to_owned())), begun.as_ref());
}

#[test]
fn several_chapters_share_an_address() {
    let mut story = Story::new(CHAPTERS);
    for name in ["mark", "after"] {
        story.open(name).unwrap();
    }
    story.write(ALT, 1184);
    story.take("mark-slow", "");
    story.take("after-venue", "dydx");
    assert_eq!(story.settings(), "mark-slow:~after-venue:dydx");
    let after = Desk::restored("after", ALT, &story.settings());
    assert_eq!(after.story.settings(), "after-venue:dydx");
}

#[test]
fn what_cannot_be_used_is_left_out_and_a_pasted_path_stays_here() {
    let mut desk = Desk::open("after", ALT);
    desk.take("after-fee", "many");
    assert_eq!(desk.story.settings(), "");
    desk.take("after-fee", "1");
    desk.take("after-csv", "time_ms,index\n0,500\n1000,400\n");
    desk.take("after-csv-use", "");
    desk.take("after-at", "0");
    desk.take("after-do-add", "");
    assert_eq!(desk.story.settings(), "after-fee-plain:1");
}

#[test]
fn words_longer_than_an_address_has_are_those_of_nobody() {
    // An action costs a run of its own: a link with thousands of them would stop the page.
    let word = "after-fee-plain:1";
    let most = vec![word; 2000 / (word.len() + 1)].join("~");
    let fitting = Desk::restored("after", ALT, &most);
    assert_eq!(fitting.story.settings(), word);
    let too_long = Desk::restored("after", ALT, &format!("{most}~{word}"));
    assert_eq!(too_long.story.settings(), "");
}

#[test]
fn a_chapter_that_an_address_has_no_room_for_is_left_out_whole() {
    let mut desk = Desk::open("after", ALT);
    desk.take("after-venue", "dydx");
    for _ in 0..200 {
        desk.take("after-do-cancel", "");
    }
    assert_eq!(desk.story.settings(), "");
    desk.story.open("mark").unwrap();
    desk.take("mark-slow", "");
    assert_eq!(desk.story.settings(), "mark-slow:");
}

#[test]
fn words_of_nobody_change_nothing_and_start_nothing() {
    let hostile = [
        "after-venue:<b>~after-act:1~after-act:_add_~after-act:9_add_-5~after-act:9_add_1e9",
        "after-act:99999999999999999999_cancel_0~after-drawn:1_2_3~after-drawn:~after-fee-plain:x",
        "after-fee-plain:1e5~after-dwell-plain:--1~:~after-~after-speed:9~~after-play:~after-elapsed:60",
        "after-fee-plain:50.5~after-fund-plain:-5~after-others-plain:1.5~after-dwell-plain:1e9",
        "changing-play:~changing-table-plain:1~changing-times-plain:0",
        "changing-table:<img>~changing-oi-plain:~changing-play:~changing-elapsed:99999",
        "mark-rule:x~mark-average:y~mark-rate-plain:99999999999999999999999999999999999999999",
    ];
    for (name, _) in CHAPTERS {
        let untouched = Desk::open(name, ALT);
        for words in hostile {
            let mut desk = Desk::restored(name, ALT, words);
            // Nor with the first thing that the reader does.
            desk.take(&format!("{name}-still"), "false");
            assert!(!desk.story.plays(name), "{name} plays by {words}");
            for (what, value) in &untouched.shown {
                assert_eq!(desk.shown.get(what), Some(value), "{what:?} after {words}");
            }
        }
    }
}
