//! A page with the chapter open, as a map from elements to what they are.

use std::collections::BTreeMap;

use margin_calculator::page::{Aspect, Write};
use margin_calculator::story::{CHAPTERS, Story};

/// The width of the body of a wide page.
pub(crate) const WIDE: u32 = 1184;

pub(crate) struct Desk {
    story: Story,
    pub(crate) query: String,
    pub(crate) body: String,
    held: BTreeMap<(&'static str, String), Option<String>>,
    /// The ids written last.
    pub(crate) news: Vec<&'static str>,
}

impl Desk {
    pub(crate) fn open(query: &str) -> Self {
        let mut story = Story::new(CHAPTERS);
        let body = story.open("after").unwrap();
        let mut desk =
            Self { story, query: query.to_owned(), body, held: BTreeMap::new(), news: Vec::new() };
        desk.write();
        desk
    }

    pub(crate) fn write(&mut self) {
        let news = self.story.write(&self.query, WIDE);
        self.news = news.iter().map(|write| write.id).collect();
        for Write { id, aspect, value } in news {
            let name = match aspect {
                Aspect::Text | Aspect::Markup => String::new(),
                Aspect::Attribute(name) => name.to_owned(),
                Aspect::Class(name) => format!(".{name}"),
                Aspect::Value => "value".to_owned(),
                Aspect::Checked => "checked".to_owned(),
            };
            self.held.insert((id, name), value);
        }
    }

    pub(crate) fn take(&mut self, id: &str, value: &str) {
        self.story.take(id, value);
        self.write();
    }

    /// Pastes a path and uses it.
    pub(crate) fn paste(&mut self, path: &str) {
        self.take("after-csv", path);
        self.take("after-csv-use", "");
    }

    pub(crate) fn plays(&self) -> bool {
        self.story.plays("after")
    }

    /// The aspect of an element; absent where it is not there or was never written.
    pub(crate) fn aspect(&self, id: &str, name: &str) -> Option<&str> {
        let mut held = self.held.iter();
        let (_, value) = held.find(|((known, aspect), _)| *known == id && aspect == name)?;
        value.as_deref()
    }

    pub(crate) fn text(&self, id: &str) -> &str {
        self.aspect(id, "").unwrap_or_else(|| panic!("{id} was never written"))
    }

    pub(crate) fn value(&self, id: &str) -> &str {
        self.aspect(id, "value").unwrap_or_else(|| panic!("{id} holds nothing"))
    }

    pub(crate) fn is_stale(&self) -> bool {
        self.aspect("after-log", ".stale").is_some()
    }

    /// The ids that are written, each once.
    pub(crate) fn ids(&self) -> Vec<&'static str> {
        let mut ids: Vec<_> = self.held.keys().map(|(id, _)| *id).collect();
        ids.dedup();
        ids
    }

    /// Every markup that was written.
    pub(crate) fn markups(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let texts = self.held.iter().filter(|((_, name), _)| name.is_empty());
        texts.filter_map(|((id, _), value)| Some((*id, value.as_deref()?)))
    }
}

/// Whether every element that opens in a markup closes in it, in order.
pub(crate) fn is_well_formed(markup: &str) -> Result<(), String> {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = markup;
    while let Some(start) = rest.find('<') {
        let end = start + rest[start..].find('>').ok_or("an unfinished tag")?;
        let tag = &rest[start + 1..end];
        if tag.contains('<') {
            return Err(format!("a bare < before {tag}"));
        }
        rest = &rest[end + 1..];
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
        if tag.starts_with('/') {
            let last = open.pop();
            if last != Some(name) {
                return Err(format!("{name} closes {last:?}"));
            }
        } else if !tag.ends_with('/') && !["input", "br"].contains(&name) {
            open.push(name);
        }
    }
    if open.is_empty() { Ok(()) } else { Err(format!("{open:?} stay open")) }
}
