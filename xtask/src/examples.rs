//! The examples for users of the crate: each is run, and prints what its own head says.

use crate::project::Project;
use crate::tally::Tally;
use crate::{Fallible, process};
use std::fs;

/// Those that need no input.
const NAMES: [&str; 2] = ["backwards", "position"];

/// Runs those whose name has `filter` in it.
pub fn run(project: &Project, filter: Option<&str>) -> Fallible<Tally> {
    let mut tally = Tally::default();
    for name in NAMES.into_iter().filter(|name| filter.is_none_or(|part| name.contains(part))) {
        let path = project.root.join("examples").join(format!("{name}.rs"));
        let source = fs::read_to_string(&path)
            .map_err(|error| format!("{} is not readable: {error}.", path.display()))?;
        let expected = printed(&source)
            .ok_or_else(|| format!("{} does not say what it prints.", path.display()))?;
        let mut cargo = project.cargo();
        cargo.args(["run", "--quiet", "--no-default-features", "--example", name]);
        let found = process::read(&mut cargo)?;
        let is_right = found.replace('\r', "") == expected;
        println!("test example {name} ... {}", if is_right { "ok" } else { "FAILED" });
        if !is_right {
            println!("It prints\n{found}and its head says\n{expected}");
        }
        tally = tally.plus(Tally::one(is_right));
    }
    Ok(tally)
}

/// What the head of an example says that it prints.
fn printed(source: &str) -> Option<String> {
    let head = source.lines().map_while(|line| line.strip_prefix("//!"));
    let head: Vec<&str> = head.map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
    let head = head.join("\n");
    let (_, rest) = head.split_once("\nprints\n\n```text\n")?;
    let (inside, _) = rest.split_once("\n```")?;
    Some(format!("{inside}\n"))
}

#[cfg(test)]
mod tests {
    use super::printed;

    #[test]
    fn the_head_says_what_is_printed() {
        let source =
            "//! A.\n//!\n//! prints\n//!\n//! ```text\n//! 1\n//!\n//! 2\n//! ```\n\nfn main() {}";
        assert_eq!(printed(source).as_deref(), Some("1\n\n2\n"));
        assert_eq!(printed("//! A.\nfn main() {}"), None);
    }
}
