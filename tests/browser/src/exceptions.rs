//! What an engine cannot do for a test, why, and what is done in its place.
//!
//! No test is passed over in any engine. `cargo xtask test` prints this list, and the README has it.

use std::fmt;

use crate::engine::Engine;

/// Something that Chromium does for a test and another engine does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exception {
    /// Which engine.
    pub engine: Engine,
    /// What it cannot do.
    pub cannot: &'static str,
    /// The reason.
    pub why: &'static str,
    /// What the tests do there.
    pub instead: &'static str,
}

impl fmt::Display for Exception {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { engine, cannot, why, instead } = self;
        write!(f, "{engine} cannot {cannot}: {why}; instead, {instead}")
    }
}

/// All of them.
pub const EXCEPTIONS: [Exception; 13] = [
    Exception {
        engine: Engine::Firefox,
        cannot: "take a window narrower than 500 pixels",
        why: "its window has that minimum, and its driver changes no viewport",
        instead: "the page is opened in a frame of the wanted width",
    },
    Exception {
        engine: Engine::Webkit,
        cannot: "take a window narrower than 447 pixels",
        why: "its window has that minimum, and its driver changes no viewport",
        instead: "the page is opened in a frame of the wanted width",
    },
    Exception {
        engine: Engine::Firefox,
        cannot: "hand out its console",
        why: CONSOLE,
        instead: LISTENER,
    },
    Exception {
        engine: Engine::Webkit,
        cannot: "hand out its console",
        why: CONSOLE,
        instead: LISTENER,
    },
    Exception {
        engine: Engine::Firefox,
        cannot: "list its network requests",
        why: NETWORK,
        instead: TRAP,
    },
    Exception {
        engine: Engine::Webkit,
        cannot: "list its network requests",
        why: NETWORK,
        instead: TRAP,
    },
    Exception {
        engine: Engine::Firefox,
        cannot: "count layout shifts",
        why: SHIFTS,
        instead: HEIGHTS,
    },
    Exception {
        engine: Engine::Webkit,
        cannot: "count layout shifts",
        why: SHIFTS,
        instead: HEIGHTS,
    },
    Exception {
        engine: Engine::Firefox,
        cannot: "switch the page's scripts off",
        why: SCRIPTS,
        instead: SANDBOX,
    },
    Exception {
        engine: Engine::Webkit,
        cannot: "switch the page's scripts off",
        why: SCRIPTS,
        instead: SANDBOX,
    },
    Exception {
        engine: Engine::Webkit,
        cannot: "pretend to print or to force colours",
        why: "neither WebDriver nor GTK has a setting for it",
        instead: "a script makes the page's own rules for these apply on the screen",
    },
    Exception {
        engine: Engine::Firefox,
        cannot: "say how many pages it prints",
        why: "the document it makes is packed, its list of pages included",
        instead: PAGES,
    },
    Exception {
        engine: Engine::Webkit,
        cannot: "say how many pages it prints",
        why: "its driver has no command to print",
        instead: PAGES,
    },
];

const PAGES: &str = "what the page does before and after printing is looked at, as in Chromium";

const CONSOLE: &str = "WebDriver has no command for it";
const LISTENER: &str = "a script that runs before the page's own writes down errors, refused \
    promises, failed loads, breaches of the policy and every console call";
const NETWORK: &str = "WebDriver has no command for it";
const TRAP: &str = "the test's server, the page's resource timing and a proxy that catches all \
    other hosts are asked, as they are in Chromium";
const SHIFTS: &str = "the engine does not implement the layout-shift entries";
const HEIGHTS: &str = "the page's main parts are measured at every frame";
const SCRIPTS: &str = "a driver without scripts cannot look at the page either";
const SANDBOX: &str = "the page is opened in a frame whose sandbox allows none";

#[cfg(test)]
mod tests {
    use super::EXCEPTIONS;

    #[test]
    fn the_readme_lists_every_exception() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../README.md");
        let readme = std::fs::read_to_string(path).expect("README.md is readable");
        for exception in EXCEPTIONS {
            let engine = exception.engine.to_string();
            let row = readme.lines().any(|line| {
                line.starts_with('|') && line.contains(exception.cannot) && line.contains(&engine)
            });
            assert!(row, "README.md has no row for: {exception}");
        }
    }
}
