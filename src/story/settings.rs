//! What the reader has set in the chapters, as words that an address can hold.
//!
//! A word is the id of a control and what it is told, `after-venue:okx-swap`; `~` stands between words. Both
//! stand in a query as they are. Pieces of a value have `_` between them.

/// Longer words are left out of an address, all of their chapter: half of them would be another run.
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
        if chapter.0.is_empty() || MOST < chapter.0.len() {
            return;
        }
        if !self.0.is_empty() {
            self.0.push('~');
        }
        self.0.push_str(&chapter.0);
    }

    /// The words.
    pub(super) fn words(self) -> String {
        self.0
    }
}

/// The controls of a chapter in an address's words, each with what it is told.
pub(super) fn of_chapter<'a>(
    words: &'a str,
    chapter: &'a str,
) -> impl Iterator<Item = (&'a str, &'a str)> {
    let pairs = words.split('~').filter_map(|word| word.split_once(':'));
    pairs.filter(move |(id, _)| id.split('-').next() == Some(chapter))
}
