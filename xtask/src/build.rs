//! The page, packed by Trunk.

use crate::project::Project;
use crate::tools::Tools;
use crate::{Fallible, process};

/// How the page is compiled.
#[derive(Clone, Copy)]
pub enum Profile {
    /// What readers get.
    Release,
    /// Compiled in seconds, with debug checks.
    Debug,
}

impl Profile {
    /// Trunk's words for it.
    pub fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::Release => &["--release"],
            Self::Debug => &[],
        }
    }
}

/// Builds the page for readers into `dist`, for any address.
pub fn release(project: &Project, tools: &Tools) -> Fallible<()> {
    release_for(project, tools, None)
}

/// Builds the page for readers into `dist`; the address, if known, goes into the page's card.
pub fn release_for(project: &Project, tools: &Tools, site_url: Option<&str>) -> Fallible<()> {
    let mut faults = Vec::new();
    let mut trunk = tools.trunk(project);
    // Read by pack.mjs; what a shell happens to have set is not asked.
    match site_url {
        Some(address) => trunk.env("SITE_URL", address),
        None => trunk.env_remove("SITE_URL"),
    };
    trunk.arg("build").args(Profile::Release.arguments()).arg("--dist").arg(project.dist());
    process::watch(&mut trunk, |line| {
        if is_style_fault(line) {
            faults.push(line.to_owned());
        }
        !is_expected(line)
    })?;
    match faults.is_empty() {
        true => Ok(()),
        // Trunk only warns, and ships the file as it is: with the fault, and at twice the size.
        false => Err(format!("Trunk could not minify a style sheet:\n{}", faults.join("\n"))),
    }
}

fn is_style_fault(line: &str) -> bool {
    line.contains("CSS") && line.contains("failed, skipping")
}

/// Trunk's minifier does not know the syntax of wasm-bindgen's script; `pack.mjs` does.
fn is_expected(line: &str) -> bool {
    line.contains("Failed to minify JS")
}

#[cfg(test)]
mod tests {
    use super::{is_expected, is_style_fault};
    use crate::process;
    use crate::project::Project;
    use crate::tools;

    #[test]
    fn the_steps_of_packing_do_what_they_say() {
        let project = Project::locate();
        // The single file is packed by one of them, and this may be the first step on a bare machine.
        assert_eq!(tools::node_packages(&project), Ok(()));
        let mut tests = project.command("node");
        tests.arg("--test").arg(project.root.join("xtask/node/tests/packing.mjs"));
        assert_eq!(process::run(&mut tests), Ok(()));
    }

    #[test]
    fn the_two_warnings_are_told_apart() {
        let style = "WARN CSS parsing failed, skipping: Unexpected end of input";
        let script = "WARN Failed to minify JS: RequiredTokenNotFound(Identifier)";
        assert!(is_style_fault(style) && !is_expected(style));
        assert!(is_expected(script) && !is_style_fault(script));
    }
}
