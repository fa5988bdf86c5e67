//! Whether every package may be used: its licence against the list in `deny.toml`.
//!
//! Reads what `cargo tree` says, so that nothing has to be installed. `cargo deny check` reads the same
//! list and looks at more.

use std::collections::BTreeSet;

/// The licences of the list `allow = [...]`.
pub fn allowed(deny: &str) -> Vec<&str> {
    let list = deny.split_once("allow = [").and_then(|(_, rest)| rest.split_once(']'));
    let list = list.map_or("", |(list, _)| list);
    list.split('"').skip(1).step_by(2).collect()
}

/// The lines of `package|licence` whose licence leaves no way to use the package.
pub fn refused<'a>(tree: &'a str, allowed: &[&str]) -> BTreeSet<&'a str> {
    tree.lines()
        .filter(|line| !line.trim().is_empty())
        .filter(|line| {
            let licence = line.split_once('|').map_or("", |(_, licence)| licence);
            !may_be_used(licence.trim_end_matches(" (*)"), allowed)
        })
        .collect()
}

/// An expression offers alternatives with OR (or `/`); each may ask for several licences with AND.
fn may_be_used(expression: &str, allowed: &[&str]) -> bool {
    let plain = expression.replace('/', " OR ").replace(['(', ')'], "");
    plain.split(" OR ").any(|choice| {
        choice.split(" AND ").all(|licence| {
            // An exception only grants more.
            let licence = licence.split(" WITH ").next().unwrap_or_default().trim();
            allowed.contains(&licence)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::{allowed, refused};

    #[test]
    fn a_choice_is_enough_and_a_demand_is_not_forgotten() {
        let list = allowed("allow = [\n  \"MIT\",\n  \"Zlib\",\n]\n");
        assert_eq!(list, ["MIT", "Zlib"]);
        let tree = "a v1|MIT\nb v1|GPL-3.0 OR MIT\nc v1|MIT AND Zlib\nd v1|MIT/Apache-2.0 (*)\n";
        assert!(refused(tree, &list).is_empty());
        let tree = "a v1|GPL-3.0\nb v1|MIT AND GPL-3.0\nc v1|\n";
        assert_eq!(refused(tree, &list).len(), 3);
    }
}
