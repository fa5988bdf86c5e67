//! The chapters that are fetched later: what is told to them, and what of their writes reaches the page.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use margin_calculator::page::{Aspect, Write, Writes};
use margin_calculator::story::{CHAPTERS, Chapter, Make, Story};
use margin_calculator::words::{Answer, whole_sentence};

const BITCOIN: &str = "preset=btc";

/// Says the page's sentence, what was typed, and the width.
#[derive(Default)]
struct Plain {
    typed: String,
    plays: bool,
}

impl Chapter for Plain {
    fn body(&self) -> String {
        "<p id=\"plain-says\"></p><input id=\"plain-word\">".to_owned()
    }

    fn take(&mut self, id: &str, value: &str) {
        match id {
            "plain-word" => value.clone_into(&mut self.typed),
            "plain-play" => self.plays = true,
            _ => {}
        }
    }

    fn write(&self, list: &mut Writes, answer: &Answer, width: u32) {
        list.text("plain-says", &whole_sentence(answer));
        list.attribute("plain-says", "data-width", &width.to_string());
        list.class("plain-says", "empty", self.typed.is_empty());
        list.value("plain-word", &self.typed);
    }

    fn plays(&self) -> bool {
        self.plays
    }
}

const KNOWN: &[(&str, Make)] = &[
    ("plain", || Some(Box::new(Plain::default()))),
    ("other", || Some(Box::new(Plain::default()))),
    ("broken", || None),
];

fn aspects(news: &[Write]) -> Vec<Aspect> {
    news.iter().map(|write| write.aspect).collect()
}

#[test]
fn a_body_is_handed_over_once_and_only_of_a_chapter_that_there_is() {
    let mut story = Story::new(KNOWN);
    assert!(story.open("plain").unwrap().contains("plain-says"));
    assert_eq!(story.open("plain"), None);
    assert_eq!(story.open("nothing"), None);
    assert_eq!(story.open("broken"), None);
}

#[test]
fn only_what_differs_is_written_and_what_can_be_typed_always() {
    let mut story = Story::new(KNOWN);
    assert!(story.write(BITCOIN, 1184).is_empty(), "nothing is open");
    story.open("plain").unwrap();
    let first = story.write(BITCOIN, 1184);
    assert_eq!(first.len(), 4);
    assert!(first[0].value.as_deref().unwrap().starts_with("A long position of 0.1 BTC"));
    assert_eq!(aspects(&story.write(BITCOIN, 1184)), [Aspect::Value]);
    assert_eq!(
        aspects(&story.write(BITCOIN, 360)),
        [Aspect::Attribute("data-width"), Aspect::Value]
    );
    story.take("plain-word", "x");
    assert_eq!(aspects(&story.write(BITCOIN, 360)), [Aspect::Class("empty"), Aspect::Value]);
}

#[test]
fn what_is_done_reaches_the_chapter_that_it_is_done_in() {
    let mut story = Story::new(KNOWN);
    story.open("plain").unwrap();
    story.open("other").unwrap();
    story.take("plain-word", "x");
    story.take("plain-play", "");
    story.take("elsewhere-word", "y");
    let typed: Vec<_> =
        story.write(BITCOIN, 360).into_iter().filter(|it| it.id == "plain-word").collect();
    let typed: Vec<_> = typed.iter().map(|it| it.value.as_deref().unwrap()).collect();
    assert_eq!(typed, ["x", ""]);
    assert!(story.plays("plain"));
    assert!(!story.plays("other"));
    story.close("plain");
    assert!(!story.plays("plain"), "a closed chapter does not go on");
    story.open("plain");
    assert!(!story.plays("plain"), "nor when it is opened again");
    story.take("plain-play", "");
    assert!(story.plays("plain"), "only when the reader says so");
}

#[test]
fn a_closed_chapter_costs_nothing_and_comes_back_whole() {
    let mut story = Story::new(KNOWN);
    story.open("plain").unwrap();
    story.take("plain-word", "x");
    story.write(BITCOIN, 360);
    story.close("plain");
    assert!(story.write("preset=alt", 360).is_empty());
    assert_eq!(story.open("plain"), None);
    let all = story.write("preset=alt", 360);
    assert_eq!(all.len(), 4);
    assert_eq!(all[3].value.as_deref(), Some("x"));
}

#[test]
fn numbers_that_cannot_be_answered_leave_those_before() {
    let mut story = Story::new(KNOWN);
    story.open("plain").unwrap();
    assert!(story.write("", 360).is_empty(), "there is nothing to say yet");
    let before = story.write(BITCOIN, 360)[0].clone();
    // Larger than the last tier.
    assert_eq!(aspects(&story.write("preset=btc&size=999999999", 360)), [Aspect::Value]);
    assert_eq!(aspects(&story.write("", 360)), [Aspect::Value]);
    assert_ne!(story.write("preset=alt", 360)[0], before);
}

fn ids(markup: &str) -> Vec<&str> {
    markup.split(" id=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect()
}

#[test]
fn every_chapter_has_its_place_in_the_page_and_writes_only_to_what_is_there() {
    let page = include_str!("../index.html");
    let mut taken: Vec<String> = ids(page).into_iter().map(str::to_owned).collect();
    assert_eq!(page.matches(" id=\"story-").count(), CHAPTERS.len());
    for (name, _) in CHAPTERS {
        for part in [format!("story-{name}"), format!("{name}-body"), format!("{name}-peek")] {
            assert_eq!(ids(page).iter().filter(|id| **id == part).count(), 1, "{part}");
        }
        let mut story = Story::new(CHAPTERS);
        let body = story.open(name).unwrap();
        for id in ids(&body) {
            assert!(!taken.iter().any(|it| it == id), "{name}: {id} is taken");
            taken.push(id.to_owned());
        }
        for width in [1184, 704, 328] {
            story.close(name);
            story.open(name);
            let news = story.write(BITCOIN, width);
            let written = news.iter().filter(|write| write.aspect == Aspect::Markup);
            let markup: String = written.flat_map(|write| write.value.clone()).collect();
            for write in &news {
                let is_there = [&body, &markup].iter().any(|it| ids(it).contains(&write.id));
                assert!(is_there || write.id == format!("{name}-peek"), "{name}: {}", write.id);
            }
        }
    }
}

#[test]
fn a_chapter_carries_nothing_inline_and_nothing_foreign() {
    for (name, _) in CHAPTERS {
        let mut story = Story::new(CHAPTERS);
        let mut markup = story.open(name).unwrap();
        let news = story.write(BITCOIN, 1184);
        let written = news.into_iter().filter(|write| write.aspect == Aspect::Markup);
        markup.extend(written.flat_map(|write| write.value));
        for part in [" style=", "http:", "https:", " src=", "<script", "<style", "javascript:"] {
            assert!(!markup.contains(part), "{name}: {part}");
        }
        for rest in markup.split(" on").skip(1) {
            let attribute = rest.split_once('=').map_or("", |(attribute, _)| attribute);
            let is_handler =
                !attribute.is_empty() && attribute.chars().all(|it| it.is_ascii_alphabetic());
            assert!(!is_handler, "{name}: on{attribute}");
        }
    }
}
