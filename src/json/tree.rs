//! A report before it is text: keys in their order, written as one line.

use serde::ser::{Serialize, SerializeMap, Serializer};

/// A value of a report.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Tree {
    Null,
    Flag(bool),
    Count(usize),
    Text(String),
    List(Vec<Self>),
    Object(Vec<(&'static str, Self)>),
}

impl Tree {
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// The text, or null.
    pub(super) fn maybe(text: Option<String>) -> Self {
        text.map_or(Self::Null, Self::Text)
    }

    /// One line of JSON. Signs that some readers take for the end of a line are escaped too.
    pub(super) fn line(&self) -> String {
        let text = serde_json::to_string(self).unwrap_or_default();
        const ENDS: [(char, &str); 3] =
            [('\u{85}', "\\u0085"), ('\u{2028}', "\\u2028"), ('\u{2029}', "\\u2029")];
        ENDS.iter().fold(text, |text, (sign, escape)| {
            if text.contains(*sign) { text.replace(*sign, escape) } else { text }
        })
    }
}

impl Serialize for Tree {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Flag(value) => serializer.serialize_bool(*value),
            Self::Count(value) => value.serialize(serializer),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(rows) => serializer.collect_seq(rows),
            Self::Object(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                for (key, value) in entries {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
        }
    }
}
