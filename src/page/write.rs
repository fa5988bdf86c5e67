//! One change to one element.

/// Which aspect of an element is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aspect {
    /// Its text.
    Text,
    /// Its content as markup, made of our own words and printed numbers only.
    Markup,
    /// An attribute; absent when the value is absent.
    Attribute(&'static str),
    /// A class; on when the value is present.
    Class(&'static str),
    /// What an input or select holds.
    Value,
    /// Whether a radio button is chosen; it is when the value is present.
    Checked,
}

/// One change to one element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Write {
    /// The element's id in `index.html`.
    pub id: &'static str,
    /// What of it is written.
    pub aspect: Aspect,
    /// What it becomes.
    pub value: Option<String>,
}

/// A list being written; always the same elements in the same order, as far as that can be.
#[derive(Debug, Default)]
pub struct Writes(Vec<Write>);

impl Writes {
    /// The list as it stands.
    pub fn finish(self) -> Vec<Write> {
        self.0
    }

    /// Never inlined: a page is some hundred writes, and this is most of each.
    #[inline(never)]
    fn push(&mut self, id: &'static str, aspect: Aspect, value: Option<String>) {
        self.0.push(Write { id, aspect, value });
    }

    /// An element’s text; nothing in it is read as markup.
    #[inline(never)]
    pub fn text(&mut self, id: &'static str, text: &str) {
        self.push(id, Aspect::Text, Some(text.to_owned()));
    }

    /// An element’s content, made of our own words and printed numbers only: what a reader typed never is.
    pub fn markup(&mut self, id: &'static str, markup: String) {
        self.push(id, Aspect::Markup, Some(markup));
    }

    /// An attribute.
    #[inline(never)]
    pub fn attribute(&mut self, id: &'static str, name: &'static str, value: &str) {
        self.push(id, Aspect::Attribute(name), Some(value.to_owned()));
    }

    /// An attribute that is there or not.
    #[inline(never)]
    pub fn flag(&mut self, id: &'static str, name: &'static str, is_on: bool) {
        self.push(id, Aspect::Attribute(name), is_on.then(String::new));
    }

    /// A class that is there or not.
    #[inline(never)]
    pub fn class(&mut self, id: &'static str, name: &'static str, is_on: bool) {
        self.push(id, Aspect::Class(name), is_on.then(String::new));
    }

    /// What an input or select holds.
    #[inline(never)]
    pub fn value(&mut self, id: &'static str, value: &str) {
        self.push(id, Aspect::Value, Some(value.to_owned()));
    }

    /// Whether a radio button or a box is chosen.
    pub fn checked(&mut self, id: &'static str, is_on: bool) {
        self.push(id, Aspect::Checked, is_on.then(String::new));
    }
}
