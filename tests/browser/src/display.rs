//! A screen that nobody sees, for the one engine that needs a screen.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use crate::places;

/// A virtual screen; it ends when this is dropped, and by itself when the browser on it has ended.
#[derive(Debug)]
pub(crate) struct Display {
    server: Child,
    /// Its name, for `DISPLAY`.
    pub(crate) name: String,
}

impl Display {
    /// Starts Xvfb if this machine has it. Without it, the screen that `DISPLAY` names must do.
    pub(crate) fn start() -> Option<Self> {
        let Some(program) = places::program("XVFB", &["Xvfb"]) else {
            assert!(
                std::env::var_os("DISPLAY").is_some(),
                "WebKit needs a screen: install Xvfb, or set DISPLAY"
            );
            return None;
        };
        let mut server = Command::new(&program)
            // It picks a free number itself and writes it to its standard output.
            // It waits a while before it ends by itself: browsers connect more than once to begin.
            .args(["-displayfd", "1", "-terminate", "30", "-nolisten", "tcp"])
            .args(["-screen", "0", "2000x1400x24"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("cannot start {}: {error}", program.display()));
        let mut number = String::new();
        let output = server.stdout.take().expect("its output is piped");
        BufReader::new(output).read_line(&mut number).expect("Xvfb says which screen it is");
        assert!(!number.trim().is_empty(), "Xvfb ended at once");
        Some(Self { server, name: format!(":{}", number.trim()) })
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        // Both fail only if it has already ended.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
