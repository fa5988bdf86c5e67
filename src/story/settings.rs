//! What the reader has set in the chapters, as words that an address can hold.
//!
//! A word is the id of a control and what it is told, `after-venue:okx-swap`; `~` stands between words. Both
//! stand in a query as they are. Pieces of a value have `_` between them.

/// As many characters as an address holds of all chapters. A chapter for which there is no room is left out
/// whole, since half of its words would be another run; longer words than these nobody's page has written.
const MOST: usize = 2000;

/// Words, in the order in which a chapter is to be told them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings(String);

impl Settings {
    /// A control with what it is told: our own keys and plain numbers only.
    pub(super) fn put(&mut self, id: &str, value: &str) {
        if !self.0.is_empty() {
            self.0.push('~');
        }
        for part in [id, ":", value] {
            self.0.push_str(part);
        }
    }

    /// What a chapter has set, after what others have.
    pub(super) fn join(&mut self, chapter: &Self) {
        let between = if self.0.is_empty() { "" } else { "~" };
        let all = [&self.0, between, &chapter.0].concat();
        if !chapter.0.is_empty() && all.len() <= MOST {
            self.0 = all;
        }
    }

    /// The words.
    pub(super) fn words(self) -> String {
        self.0
    }
}

/// The controls of a chapter in an address's words, each with what it is told; none of words too long.
pub(super) fn of_chapter<'a>(
    words: &'a str,
    chapter: &'a str,
) -> impl Iterator<Item = (&'a str, &'a str)> {
    let words = if words.len() <= MOST { words } else { "" };
    let pairs = words.split('~').filter_map(|word| word.split_once(':'));
    pairs.filter(move |(id, _)| id.split('-').next() == Some(chapter))
}
