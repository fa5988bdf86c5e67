//! From a text to its tree, or the one problem of a text that is none.

use core::fmt;

use super::MOST_BYTES;
use super::node::{self, Node};
use super::path::Path;
use super::problem::{Code, Problems};
use super::report;

/// Why a text has no tree.
#[derive(Clone, Debug)]
pub(super) struct Fault {
    code: Code,
    message: String,
}

impl Fault {
    pub(super) fn new(code: Code, message: fmt::Arguments<'_>) -> Self {
        Self { code, message: message.to_string() }
    }

    /// What is wrong, as a clause.
    pub(super) fn message(&self) -> &str {
        &self.message
    }

    /// The answer that says so and nothing else.
    pub(super) fn line(self) -> String {
        let mut problems = Problems::default();
        problems.add(&Path::Scenario, self.code, format_args!("{}", self.message));
        report::refused(None, problems.finish()).line()
    }
}

/// Bytes that may not even be text.
pub(super) fn of_bytes<'t>(bytes: &'t [u8], what: &str) -> Result<&'t str, Fault> {
    if MOST_BYTES < bytes.len() {
        return Err(too_long(what));
    }
    core::str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to().saturating_add(1);
        Fault::new(Code::NotText, format_args!("this is not UTF-8 text, from byte {at} on"))
    })
}

/// The tree of a text; `what` is what should stand there.
pub(super) fn tree<'t>(text: &'t str, what: &str) -> Result<Node<'t>, Fault> {
    if MOST_BYTES < text.len() {
        return Err(too_long(what));
    }
    // Some editors begin a file with a byte order mark, which is no part of the text.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() {
        return Err(Fault::new(
            Code::NotJson,
            format_args!("there is no {what}: the text is empty"),
        ));
    }
    node::read(text)
        .map_err(|error| Fault::new(Code::NotJson, format_args!("this is not JSON: {error}")))
}

fn too_long(what: &str) -> Fault {
    Fault::new(
        Code::TooLong,
        format_args!(
            "a {what} has at most {MOST_BYTES} bytes; split the account, or leave out spaces"
        ),
    )
}
