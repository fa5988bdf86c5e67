//! Where in a scenario something stands, written as `positions[0].leverage`.

use core::fmt;

/// Names are shown up to this many characters, so that a hostile one cannot swell a report.
const SHOWN: usize = 40;

/// A place in a scenario, as a chain that ends at the scenario itself.
#[derive(Clone, Copy, Debug)]
pub(super) enum Path<'a> {
    /// The scenario as a whole, written as nothing.
    Scenario,
    /// A key of an object.
    Key(&'a Path<'a>, &'a str),
    /// A row of a list, from 0.
    Row(&'a Path<'a>, usize),
}

impl<'a> Path<'a> {
    pub(super) fn key(&'a self, key: &'a str) -> Self {
        Self::Key(self, key)
    }

    pub(super) fn row(&'a self, row: usize) -> Self {
        Self::Row(self, row)
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Scenario => Ok(()),
            Self::Key(owner, key) => {
                owner.fmt(f)?;
                if !is_plain(key) {
                    return write!(f, "[{}]", quoted(key));
                }
                let dot = if matches!(owner, Self::Scenario) { "" } else { "." };
                write!(f, "{dot}{key}")
            }
            Self::Row(owner, row) => write!(f, "{owner}[{row}]"),
        }
    }
}

/// Whether a name can stand in a path as it is.
fn is_plain(name: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    !name.is_empty() && name.len() <= SHOWN && name.chars().all(is_part)
}

/// Text from a scenario as a JSON string, shortened.
pub(super) fn quoted(text: &str) -> String {
    let mut shown: String = text.chars().take(SHOWN).collect();
    if shown.len() < text.len() {
        shown.push('\u{2026}');
    }
    serde_json::to_string(&shown).unwrap_or_default()
}

/// Words in a row: `a, b or c`.
pub(super) fn either(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}
