//! JSON as an ordered tree in which nothing is lost: every key in its place, those that stand twice,
//! and numbers as they were written.

use std::collections::BTreeSet;

use core::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// How many lists and objects may lie in each other. A scenario needs five.
const MOST_LEVELS: usize = 8;

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node<'t> {
    Null,
    Flag(bool),
    /// A number, as it was written.
    Number(&'t str),
    Text(String),
    List(Vec<Self>),
    Object(Object<'t>),
    /// A list or object below the last level, unread.
    TooDeep,
    /// A string, or an object with a key, that has half of a pair of `\u` escapes.
    NotText,
}

impl Node<'_> {
    /// What this is, for a sentence.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Flag(_) => "true or false",
            Self::Number(_) => "a number",
            Self::Text(_) | Self::NotText => "a string",
            Self::List(_) => "a list",
            Self::Object(_) => "an object",
            Self::TooDeep => "a list or object",
        }
    }
}

/// Keys with their values, in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Object<'t> {
    pub(super) entries: Vec<(String, Node<'t>)>,
    /// Keys that stand more than once, in alphabetical order.
    pub(super) repeated: BTreeSet<String>,
}

impl<'t> Object<'t> {
    fn of(entries: Vec<(String, Node<'t>)>) -> Self {
        let mut seen = BTreeSet::new();
        let mut repeated = BTreeSet::new();
        for (key, _) in &entries {
            if !seen.insert(key.as_str()) {
                repeated.insert(key.clone());
            }
        }
        Self { entries, repeated }
    }

    /// The first value of a key; null counts as left out.
    pub(super) fn get(&self, key: &str) -> Option<&Node<'t>> {
        let (_, node) = self.entries.iter().find(|(name, _)| name == key)?;
        (!matches!(node, Node::Null)).then_some(node)
    }
}

/// Reads a text; its error is one of the grammar of JSON.
pub(super) fn read(text: &str) -> Result<Node<'_>, serde_json::Error> {
    // One pass without recursion settles the grammar, whatever the depth. What can still fail below
    // is a string that is no Unicode text.
    let raw: &RawValue = serde_json::from_str(text)?;
    Ok(node(raw, MOST_LEVELS))
}

/// The tree below a raw value. Each level is scanned again by the one above it: the number of levels
/// is what bounds the work.
fn node(raw: &RawValue, levels: usize) -> Node<'_> {
    let text = raw.get();
    match text.as_bytes().first() {
        Some(b'{' | b'[') => match levels.checked_sub(1) {
            Some(below) => container(text, below).unwrap_or(Node::NotText),
            None => Node::TooDeep,
        },
        Some(b'"') => serde_json::from_str(text).map_or(Node::NotText, Node::Text),
        Some(b't') => Node::Flag(true),
        Some(b'f') => Node::Flag(false),
        Some(b'n') | None => Node::Null,
        Some(_) => Node::Number(text),
    }
}

fn container(text: &str, below: usize) -> Result<Node<'_>, serde_json::Error> {
    if text.starts_with('[') {
        let rows: Vec<&RawValue> = serde_json::from_str(text)?;
        return Ok(Node::List(rows.into_iter().map(|raw| node(raw, below)).collect()));
    }
    let Entries(entries) = serde_json::from_str(text)?;
    let read = |(key, raw)| (key, node(raw, below));
    Ok(Node::Object(Object::of(entries.into_iter().map(read).collect())))
}

/// Every key of an object with its value unread, those that stand twice included.
struct Entries<'t>(Vec<(String, &'t RawValue)>);

impl<'de> Deserialize<'de> for Entries<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(EveryEntry)
    }
}

struct EveryEntry;

impl<'de> Visitor<'de> for EveryEntry {
    type Value = Entries<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry::<String, &RawValue>()? {
            entries.push(entry);
        }
        Ok(Entries(entries))
    }
}
