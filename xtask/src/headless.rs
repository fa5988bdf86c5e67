//! The program without the page: compiled for speed, where the page is compiled for size.

use crate::project::Project;
use std::path::PathBuf;
use std::process::Command;

/// Its profile in Cargo.toml.
const PROFILE: &str = "headless";

/// Cargo with a subcommand, in that profile.
pub fn cargo(project: &Project, subcommand: &str) -> Command {
    let mut cargo = project.cargo();
    cargo
        .args([subcommand, "--profile", PROFILE])
        // The flags in .cargo/config.toml make the page small. Cargo adds further configuration to
        // them; only this variable, set to nothing, takes their place.
        .env("CARGO_ENCODED_RUSTFLAGS", "");
    cargo
}

/// Where Cargo puts what it makes for a target; for this machine without one.
pub fn folder(project: &Project, target: Option<&str>) -> PathBuf {
    let target = target.map_or_else(|| project.target.clone(), |name| project.target.join(name));
    target.join(PROFILE)
}
