//! Reading the keys of one object: each of the type it must have, or a problem.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::node::{Node, Object};
use super::number::{self, Range};
use super::path::{Path, either, quoted};
use super::problem::{Code, Problems};

/// How many characters the name of a market or coin may have.
pub const MOST_NAME: usize = 64;

/// What a key was read as.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Given<T> {
    /// It is not there, or null.
    Absent,
    /// It has a problem, which is already told.
    Bad,
    /// It says this.
    Value(T),
}

impl<T> Given<T> {
    /// The value, or what holds where the key is left out; nothing for one with a problem.
    pub(super) fn or(self, usual: T) -> Option<T> {
        match self {
            Self::Absent => Some(usual),
            Self::Bad => None,
            Self::Value(value) => Some(value),
        }
    }

    /// The value, if there is one.
    pub(super) fn value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Bad => None,
        }
    }

    /// The value or its absence; nothing for one with a problem.
    pub(super) fn stated(self) -> Option<Option<T>> {
        self.map(Some).or(None)
    }

    pub(super) fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    pub(super) fn map<U>(self, change: impl FnOnce(T) -> U) -> Given<U> {
        match self {
            Self::Absent => Given::Absent,
            Self::Bad => Given::Bad,
            Self::Value(value) => Given::Value(change(value)),
        }
    }
}

/// An object with the place where it stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fields<'n, 'p> {
    object: &'n Object<'n>,
    pub(super) path: &'p Path<'p>,
    /// What this is, with its article.
    what: &'static str,
}

impl<'n, 'p> Fields<'n, 'p> {
    /// The fields of an object that has no keys but these.
    pub(super) fn of(
        node: &'n Node<'n>,
        path: &'p Path<'p>,
        what: &'static str,
        keys: &[&str],
        problems: &mut Problems,
    ) -> Option<Self> {
        let object = object(node, path, what, problems)?;
        let mut unknown: BTreeSet<&str> = BTreeSet::new();
        unknown.extend(object.entries.iter().map(|(key, _)| key.as_str()));
        for key in unknown.into_iter().filter(|key| !keys.contains(key)) {
            problems.add(
                &path.key(key),
                Code::UnknownKey,
                format_args!("{what} has no key {}; its keys are {}", quoted(key), keys.join(", ")),
            );
        }
        Some(Self { object, path, what })
    }

    /// The value of a key as it stands; absent also where it is null.
    pub(super) fn node(&self, key: &str) -> Option<&'n Node<'n>> {
        self.object.get(key)
    }

    /// Says that a key is needed and not there.
    pub(super) fn miss(&self, key: &str, why: &str, problems: &mut Problems) {
        let (path, what) = (self.path.key(key), self.what);
        problems.add(&path, Code::Missing, format_args!("{what} needs {key}{why}"));
    }

    /// The value of a key without which there is nothing.
    pub(super) fn needed<T>(
        &self,
        key: &str,
        given: Given<T>,
        problems: &mut Problems,
    ) -> Option<T> {
        if given.is_absent() {
            self.miss(key, "", problems);
        }
        given.value()
    }

    /// A string.
    pub(super) fn text(
        &self,
        key: &str,
        expected: &str,
        problems: &mut Problems,
    ) -> Given<&'n str> {
        match self.node(key) {
            None => Given::Absent,
            Some(Node::Text(text)) => Given::Value(text),
            Some(other) => {
                wrong_type(&self.path.key(key), other, expected, problems);
                Given::Bad
            }
        }
    }

    /// A string that names something: not empty, and of no more than [`MOST_NAME`] characters.
    pub(super) fn name(
        &self,
        key: &str,
        expected: &str,
        problems: &mut Problems,
    ) -> Given<&'n str> {
        match self.text(key, expected, problems) {
            Given::Value(name) if !is_name(name) => {
                bad_name(&self.path.key(key), name, problems);
                Given::Bad
            }
            given => given,
        }
    }

    /// One of some words.
    pub(super) fn word<T: Copy>(
        &self,
        key: &str,
        words: &[(&str, T)],
        problems: &mut Problems,
    ) -> Given<T> {
        let names: Vec<&str> = words.iter().map(|(name, _)| *name).collect();
        let text = match self.text(key, &format!("one of {}", either(&names)), problems) {
            Given::Absent => return Given::Absent,
            Given::Bad => return Given::Bad,
            Given::Value(text) => text,
        };
        if let Some((_, value)) = words.iter().find(|(name, _)| *name == text) {
            return Given::Value(*value);
        }
        problems.add(
            &self.path.key(key),
            Code::UnknownWord,
            format_args!("{} is not known here; write {}", quoted(text), either(&names)),
        );
        Given::Bad
    }

    /// True or false.
    pub(super) fn flag(&self, key: &str, problems: &mut Problems) -> Given<bool> {
        match self.node(key) {
            None => Given::Absent,
            Some(Node::Flag(value)) => Given::Value(*value),
            Some(other) => {
                wrong_type(&self.path.key(key), other, "true or false", problems);
                Given::Bad
            }
        }
    }

    /// A decimal string.
    pub(super) fn number(
        &self,
        key: &str,
        range: &Range,
        problems: &mut Problems,
    ) -> Given<Decimal> {
        let path = self.path.key(key);
        let text = match self.node(key) {
            Some(Node::Number(digits)) => {
                // What is no plain decimal in a string either, such as 1e5, is not proposed.
                let is_plain = number::read(digits, range) != Err(Code::NotANumber);
                let how = if is_plain {
                    format!(": {}", quoted(digits))
                } else {
                    " of digits with at most one point, such as \"0.5\"".to_owned()
                };
                problems.add(
                    &path,
                    Code::WrongType,
                    format_args!("{key} is a number; write it as a string{how}"),
                );
                return Given::Bad;
            }
            _ => match self.text(key, "a decimal number in a string, such as \"0.5\"", problems) {
                Given::Absent => return Given::Absent,
                Given::Bad => return Given::Bad,
                Given::Value(text) => text,
            },
        };
        match number::read(text, range) {
            Ok(value) => Given::Value(value),
            Err(code) => {
                let (shown, sentence) = (quoted(text), range.sentence);
                match code {
                    Code::NotANumber => problems.add(
                        &path,
                        code,
                        format_args!(
                            "{shown} is not a plain number; write digits with at most one point, \
                             such as \"0.5\": {sentence}"
                        ),
                    ),
                    _ => problems.add(
                        &path,
                        code,
                        format_args!("{shown} is out of range; accepted is {sentence}"),
                    ),
                }
                Given::Bad
            }
        }
    }

    /// The rows of a list, no more than so many.
    pub(super) fn list(
        &self,
        key: &str,
        most: usize,
        problems: &mut Problems,
    ) -> Given<&'n [Node<'n>]> {
        let path = self.path.key(key);
        let rows = match self.node(key) {
            None => return Given::Absent,
            Some(Node::List(rows)) => rows,
            Some(other) => {
                wrong_type(&path, other, "a list", problems);
                return Given::Bad;
            }
        };
        if most < rows.len() {
            too_many(&path, rows.len(), most, problems);
            return Given::Bad;
        }
        Given::Value(rows)
    }
}

/// Whether a text can name a market or a coin.
pub(super) fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().count() <= MOST_NAME
}

/// Says that a text cannot name anything.
pub(super) fn bad_name(path: &Path<'_>, text: &str, problems: &mut Problems) {
    problems.add(
        path,
        Code::OutOfRange,
        format_args!("{} is no name; a name has 1 to {MOST_NAME} characters", quoted(text)),
    );
}

/// Says that there are more rows or keys than are read.
pub(super) fn too_many(path: &Path<'_>, found: usize, most: usize, problems: &mut Problems) {
    let message = format_args!("{found} are more than are read at once; accepted are {most}");
    problems.add(path, Code::TooMany, message);
}

/// An object, whatever its keys; those that stand twice are problems.
pub(super) fn object<'n>(
    node: &'n Node<'n>,
    path: &Path<'_>,
    what: &str,
    problems: &mut Problems,
) -> Option<&'n Object<'n>> {
    let Node::Object(object) = node else {
        wrong_type(path, node, &format!("an object: {what}"), problems);
        return None;
    };
    for key in &object.repeated {
        let message = format_args!("{what} has the key {} twice; write it once", quoted(key));
        problems.add(&path.key(key), Code::RepeatedKey, message);
    }
    Some(object)
}

fn wrong_type(path: &Path<'_>, found: &Node<'_>, expected: &str, problems: &mut Problems) {
    match found {
        Node::TooDeep => problems.add(
            path,
            Code::TooDeep,
            format_args!("a list or object lies too deep here; expected is {expected}"),
        ),
        Node::NotText => problems.add(
            path,
            Code::NotText,
            format_args!("a string here has half of a pair of \\u escapes, which is no text"),
        ),
        _ => problems.add(
            path,
            Code::WrongType,
            format_args!("expected is {expected}, not {}", found.kind()),
        ),
    }
}
