//! The version of the format, which every scenario and every question states.

use super::fields::Fields;
use super::node::Node;
use super::path::{Path, quoted};
use super::problem::{Code, Problems};

/// Whether it is of another version, which is then told. That one may have other keys: nothing else
/// can be said of it.
pub(super) fn is_another(node: &Node<'_>, problems: &mut Problems) -> bool {
    let Node::Object(object) = node else {
        return false;
    };
    let Some(Node::Number(version)) = object.get("version") else {
        return false;
    };
    if is_one(version) {
        return false;
    }
    problems.add(
        &Path::Scenario.key("version"),
        Code::UnknownVersion,
        format_args!("version {} is not known; write 1", quoted(version)),
    );
    true
}

/// Tells of a version that is not there, or no number.
pub(super) fn check(fields: &Fields<'_, '_>, problems: &mut Problems) {
    match fields.node("version") {
        Some(Node::Number(_)) => {}
        None => fields.miss("version", "; write \"version\": 1", problems),
        Some(other) => problems.add(
            &fields.path.key("version"),
            Code::UnknownVersion,
            format_args!("version is {}; write the number 1", other.kind()),
        ),
    }
}

/// Whether a JSON number is 1, as JSON compares numbers that are written with a point.
fn is_one(digits: &str) -> bool {
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    whole == "1" && decimals.bytes().all(|b| b == b'0')
}
