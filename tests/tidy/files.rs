//! Files as text, and where a word stands in them.

use std::fs;
use std::path::{Path, PathBuf};

/// A file by its path from the root, with `/` on every system.
pub(crate) struct File {
    pub(crate) path: String,
    pub(crate) text: String,
}

impl File {
    /// The lines that are not wholly comment, numbered from 1.
    pub(crate) fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.text.lines().enumerate();
        lines
            .map(|(index, line)| (index + 1, line))
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
    }

    /// Where its code has any of these words.
    pub(crate) fn places(&self, words: &[&str]) -> Vec<String> {
        let found = self.code().flat_map(|(number, line)| {
            let words = words.iter().filter(move |word| has_word(line, word));
            words.map(move |word| format!("{}:{number}: {word}", self.path))
        });
        found.collect()
    }
}

pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

pub(crate) fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap()
}

/// Every file with one of these endings under these folders, by path.
pub(crate) fn files(folders: &[&str], endings: &[&str]) -> Vec<File> {
    let mut found = Vec::new();
    for folder in folders {
        collect(&root().join(folder), endings, &mut found);
    }
    assert!(!found.is_empty());
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn collect(folder: &Path, endings: &[&str], found: &mut Vec<File>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        if path.is_dir() {
            collect(&path, endings, found);
        } else if endings.contains(&ending) {
            let parts = path.strip_prefix(root()).unwrap().iter();
            let parts: Vec<_> = parts.map(|part| part.to_str().unwrap()).collect();
            let text = fs::read_to_string(&path).unwrap();
            found.push(File { path: parts.join("/"), text });
        }
    }
}

/// The library and the page.
pub(crate) fn sources() -> Vec<File> {
    files(&["src"], &["rs"])
}

/// Everything written in Rust.
pub(crate) fn all_rust() -> Vec<File> {
    files(&["src", "tests", "xtask"], &["rs"])
}

pub(crate) fn is_part_of_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Whether the word stands there on its own, at whichever of its ends is a letter.
pub(crate) fn has_word(line: &str, word: &str) -> bool {
    let opens = word.starts_with(is_part_of_name);
    let closes = word.ends_with(is_part_of_name);
    line.match_indices(word).any(|(at, _)| {
        let before = line.get(..at).unwrap().chars().next_back();
        let after = line.get(at + word.len()..).unwrap().chars().next();
        let continues = (opens && before.is_some_and(is_part_of_name))
            || (closes && after.is_some_and(is_part_of_name));
        !continues
    })
}

/// What stands between each `open` and the next `close`.
pub(crate) fn between<'a>(
    text: &'a str,
    open: &'a str,
    close: &'a str,
) -> impl Iterator<Item = &'a str> {
    let parts = text.split(open).skip(1);
    parts.filter_map(move |part| part.split_once(close).map(|(inside, _)| inside))
}

pub(crate) fn none(found: &[String], what_to_do: &str) {
    assert!(found.is_empty(), "{what_to_do}\n{}", found.join("\n"));
}
