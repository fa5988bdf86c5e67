//! The chapters of the page that are fetched when one is first opened: nothing here is part of the first
//! load.
//!
//! A link's query and what the reader does go in, writes come out, all as text.

use std::cell::RefCell;

use margin_calculator::page::{Aspect, Write};
use margin_calculator::story::{CHAPTERS, Story, claims};
use margin_calculator::text::NumberStyle;
use wasm_bindgen::prelude::*;

thread_local! {
    static STORY: RefCell<Story> = RefCell::new(Story::new(CHAPTERS));
}

/// Opens a chapter; what its body holds, if that is not there yet.
#[wasm_bindgen]
pub fn open_chapter(name: &str) -> Option<String> {
    STORY.with_borrow_mut(|story| story.open(name))
}

/// Closes a chapter.
#[wasm_bindgen]
pub fn close_chapter(name: &str) {
    STORY.with_borrow_mut(|story| story.close(name));
}

/// What the reader did: the id of a control and its value.
#[wasm_bindgen]
pub fn take(id: &str, value: &str) {
    STORY.with_borrow_mut(|story| story.take(id, value));
}

/// Tells a chapter that was just opened what the address holds of it.
#[wasm_bindgen]
pub fn restore(name: &str, words: &str) {
    STORY.with_borrow_mut(|story| story.restore(name, words));
}

/// What the reader has set in the chapters, as an address holds it.
#[wasm_bindgen]
pub fn settings() -> String {
    STORY.with_borrow(Story::settings)
}

/// Whether a chapter wants to be told how much time goes by.
#[wasm_bindgen]
pub fn plays(name: &str) -> bool {
    STORY.with_borrow(|story| story.plays(name))
}

/// What differs since the last time, four texts for each: id, what is done, a name where one is needed,
/// the value.
#[wasm_bindgen]
pub fn differences(query: &str, width: u32) -> Vec<String> {
    let news = STORY.with_borrow_mut(|story| story.write(query, width));
    news.into_iter().flat_map(flat).collect()
}

/// A claim's card as markup, for a frame that shows nothing else; `numbers` is the page's number style
/// by its key.
#[wasm_bindgen]
pub fn card(claim: &str, numbers: &str) -> Option<String> {
    claims::card(claim, NumberStyle::from_key(numbers).unwrap_or_default())
}

fn flat(Write { id, aspect, value }: Write) -> [String; 4] {
    let is_there = value.is_some();
    let (what, name) = match aspect {
        Aspect::Text => ("text", ""),
        Aspect::Markup => ("markup", ""),
        Aspect::Attribute(name) => (if is_there { "set" } else { "unset" }, name),
        Aspect::Class(name) => (if is_there { "class" } else { "unclass" }, name),
        Aspect::Value => ("value", ""),
        Aspect::Checked => (if is_there { "check" } else { "uncheck" }, ""),
    };
    [id.to_owned(), what.to_owned(), name.to_owned(), value.unwrap_or_default()]
}
