//! Which version of each tool the project wants, read from the files that already say it.

use crate::Fallible;
use crate::project::Project;
use std::fs;

/// The version of the wasm-bindgen crate; its command line tool must be the same to the digit.
pub fn wasm_bindgen(project: &Project) -> Fallible<String> {
    let text = read(project, "Cargo.lock")?;
    locked_crate(&text, "wasm-bindgen").ok_or_else(|| {
        "Cargo.lock names no wasm-bindgen: run `cargo generate-lockfile`.".to_owned()
    })
}

/// The version of Trunk that Trunk.toml asks for.
pub fn trunk(project: &Project) -> Fallible<String> {
    let text = read(project, "Trunk.toml")?;
    required_trunk(&text)
        .ok_or_else(|| "Trunk.toml has no line `trunk-version = \"=X.Y.Z\"`.".to_owned())
}

fn read(project: &Project, name: &str) -> Fallible<String> {
    let file = project.root.join(name);
    fs::read_to_string(&file)
        .map_err(|error| format!("{} is not readable: {error}.", file.display()))
}

fn locked_crate(lock: &str, name: &str) -> Option<String> {
    let wanted = format!("name = \"{name}\"");
    let mut lines = lock.lines();
    lines.find(|line| *line == wanted)?;
    quoted(lines.next()?.strip_prefix("version = ")?)
}

fn required_trunk(config: &str) -> Option<String> {
    let line = config.lines().find_map(|line| line.strip_prefix("trunk-version = "))?;
    Some(quoted(line)?.trim_start_matches('=').to_owned())
}

fn quoted(text: &str) -> Option<String> {
    Some(text.trim().strip_prefix('"')?.strip_suffix('"')?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{locked_crate, required_trunk};

    #[test]
    fn a_crate_is_found_by_its_whole_name() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"0.1.0\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(locked_crate(lock, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(locked_crate(lock, "leptos"), None);
    }

    #[test]
    fn trunk_is_pinned_to_one_version() {
        let config = "# note\ntrunk-version = \"=0.21.14\"\n";
        assert_eq!(required_trunk(config).as_deref(), Some("0.21.14"));
    }
}
