//! The chapters that are fetched when one of them is first opened: nothing here is part of the first load.
//!
//! Each is markup, written once, and from then on a list of writes, as the page itself is. What goes in
//! is the page's numbers as a link's query and what the reader does in the chapter, both as text.

pub mod after;
pub mod changing;
pub mod claims;
mod mark;
mod settings;
mod typed;

use crate::page::{Aspect, Write, Writes};
use crate::process::StartError;
use crate::scenario::open;
use crate::venue::catalog;
use crate::words::{Answer, answer};

use settings::Settings;

/// What is said where a figure has no value.
const LONG: &str = "A figure needs more digits than this calculator carries.";

/// A chapter that is fetched when it is opened.
pub trait Chapter {
    /// What stands in its body, written once when it is first opened; each control has an id that
    /// begins with the chapter's.
    fn body(&self) -> String;

    /// The reader has changed a control or pressed a button: its id and its value as text.
    ///
    /// A press holds the button's `value`, which may be empty; a press or a drag in an element with
    /// `data-draw` holds the place in it, `x,y` in thousandths of its box from its upper left corner;
    /// `<chapter>-elapsed` holds the milliseconds that have gone by since the last time, while
    /// something plays. A text field that the reader has left is `<id>-done`; arrow and page keys in
    /// one with `data-steps` are `<id>-step` with the key's name, after `Shift+` where that is held.
    /// `<chapter>-closed` says that the chapter is closed, with which whatever plays in it ends.
    /// `<chapter>-still` is `true` where the reader wants nothing to move, and `false` where that has
    /// ended. What is no control of this chapter changes nothing.
    fn take(&mut self, id: &str, value: &str);

    /// What each element becomes, for the numbers on the page and the chapter's own; among them
    /// `<chapter>-peek`, the answer that stands beside the title.
    ///
    /// `width` is the width of the body in the picture's measure: sixteenths of the root font size.
    /// Below 560 everything stands in one column. Nothing may be written into what is written as markup,
    /// which replaces what was in it.
    fn write(&self, list: &mut Writes, answer: &Answer, width: u32);

    /// Whether it plays, so that it is to be told how much time goes by.
    fn plays(&self) -> bool {
        false
    }

    /// What brings the chapter from how it opens first to how it stands: controls and what each is told,
    /// in this order. Only what the reader has set, and only what can be used.
    fn settings(&self, _list: &mut Settings) {}
}

/// What makes a chapter as it is first opened; absent if the files that it is made from cannot be read,
/// which a test would have found.
pub type Make = fn() -> Option<Box<dyn Chapter>>;

/// The chapters by the name that addresses have for them, in the order of the page.
pub const CHAPTERS: &[(&str, Make)] = &[
    ("mark", mark::chapter),
    ("after", after::chapter),
    ("changing", changing::chapter),
    ("claims", claims::chapter),
];

/// What a chapter says in place of all that it would play, where the position could not be opened.
fn refused(answer: &Answer) -> Option<String> {
    let is_refused = !answer.report.rejections.is_empty();
    is_refused.then(|| format!("Nothing can be played: {}.", StartError::Refused(Vec::new())))
}

/// The chapters of a page, as they stand.
pub struct Story {
    known: &'static [(&'static str, Make)],
    met: Vec<Met>,
    /// The last numbers of the page that could be answered, with their answer.
    answered: Option<(String, Answer)>,
}

/// A chapter that has been opened at least once.
struct Met {
    name: &'static str,
    chapter: Box<dyn Chapter>,
    is_open: bool,
    /// Whether it was closed since the reader last did something in it: then nothing plays.
    is_left: bool,
    /// What was written last.
    written: Vec<Write>,
}

impl Story {
    /// No chapter is open yet; `known` are those that can be.
    pub fn new(known: &'static [(&'static str, Make)]) -> Self {
        Self { known, met: Vec::new(), answered: None }
    }

    /// Opens a chapter: what its body holds, if it is opened for the first time. Absent if it was open
    /// before, and if there is none of that name.
    pub fn open(&mut self, name: &str) -> Option<String> {
        if let Some(met) = self.met.iter_mut().find(|met| met.name == name) {
            met.is_open = true;
            return None;
        }
        let (name, make) = self.known.iter().find(|(known, _)| *known == name)?;
        let chapter = make()?;
        let body = chapter.body();
        self.met.push(Met { name, chapter, is_open: true, is_left: false, written: Vec::new() });
        Some(body)
    }

    /// Closes a chapter, which costs nothing from then on. What was typed in it stays; all of it is
    /// written anew when it is opened again.
    pub fn close(&mut self, name: &str) {
        if let Some(met) = self.met.iter_mut().find(|met| met.name == name) {
            met.is_open = false;
            met.is_left = true;
            met.written.clear();
            met.chapter.take(&format!("{name}-closed"), "");
        }
    }

    /// Tells the chapter, whose name the id begins with, what the reader did.
    pub fn take(&mut self, id: &str, value: &str) {
        let name = id.split('-').next().unwrap_or_default();
        if let Some(met) = self.met.iter_mut().find(|met| met.name == name) {
            met.is_left = false;
            met.chapter.take(id, value);
        }
    }

    /// What the reader has set in all chapters, as an address holds it; empty where nothing is set.
    pub fn settings(&self) -> String {
        let mut all = Settings::default();
        for met in &self.met {
            let mut own = Settings::default();
            met.chapter.settings(&mut own);
            all.join(&own);
        }
        all.words()
    }

    /// Tells a chapter that was just opened what an address holds of it. What it does not know changes
    /// nothing, and nothing plays.
    pub fn restore(&mut self, name: &str, words: &str) {
        if let Some(met) = self.met.iter_mut().find(|met| met.name == name) {
            let known = settings::of_chapter(words, name).filter(|(id, _)| !id.ends_with("-play"));
            for (id, value) in known {
                met.chapter.take(id, value);
            }
        }
    }

    /// Whether a chapter plays.
    pub fn plays(&self, name: &str) -> bool {
        self.met
            .iter()
            .any(|met| met.name == name && met.is_open && !met.is_left && met.chapter.plays())
    }

    /// What differs in the open chapters since the last time, for a link's query. While the page's
    /// numbers cannot be read or answered, those before hold.
    pub fn write(&mut self, query: &str, width: u32) -> Vec<Write> {
        self.answer(query);
        let Some((_, answer)) = &self.answered else {
            return Vec::new();
        };
        let mut news = Vec::new();
        for met in self.met.iter_mut().filter(|met| met.is_open) {
            let mut list = Writes::default();
            met.chapter.write(&mut list, answer, width);
            let list = list.finish();
            let before = std::mem::take(&mut met.written);
            let differs = |(index, write): &(usize, &Write)| {
                is_typed(write) || (before.get(*index) != Some(write) && !before.contains(write))
            };
            news.extend(list.iter().enumerate().filter(differs).map(|(_, write)| write.clone()));
            met.written = list;
        }
        news
    }

    fn answer(&mut self, query: &str) {
        if query.is_empty() || self.answered.as_ref().is_some_and(|(known, _)| known == query) {
            return;
        }
        let answered =
            catalog().ok().and_then(|catalog| answer(&open(query, catalog).draft, catalog).1.ok());
        if let Some(answer) = answered {
            self.answered = Some((query.to_owned(), answer));
        }
    }
}

/// What the reader can change in the document is compared with the document, not with our memory.
fn is_typed(write: &Write) -> bool {
    matches!(write.aspect, Aspect::Value | Aspect::Checked)
}
