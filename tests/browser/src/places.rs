//! Where the built page and the tools are; each place can be named by an environment variable.

use std::env;
use std::path::{Path, PathBuf};

/// The built site: `DIST_DIR`, else `dist` at the top of the repository.
#[must_use]
pub fn dist() -> PathBuf {
    let dist = named_or_in_repository("DIST_DIR", "dist");
    assert!(
        dist.join("index.html").is_file(),
        "no index.html in {}: build the page first, or name its folder in DIST_DIR",
        dist.display()
    );
    dist
}

/// The source page that the build starts from, which holds the still picture.
#[must_use]
pub fn source_page() -> PathBuf {
    repository().join("index.html")
}

/// The accessibility checker's one file: `AXE_JS`, else the one that npm installed.
#[must_use]
pub fn axe() -> PathBuf {
    named_or_in_repository("AXE_JS", "node_modules/axe-core/axe.min.js")
}

fn named_or_in_repository(variable: &str, path: &str) -> PathBuf {
    env::var_os(variable).map_or_else(|| repository().join(path), PathBuf::from)
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The program that `variable` names, else the first of `names` on PATH or in `/usr/bin`.
#[must_use]
pub fn program(variable: &str, names: &[&str]) -> Option<PathBuf> {
    if let Some(named) = env::var_os(variable) {
        return Some(PathBuf::from(named));
    }
    let on_path = env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> =
        env::split_paths(&on_path).chain([PathBuf::from("/usr/bin")]).collect();
    names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .map(|path| path.with_extension(env::consts::EXE_EXTENSION))
        .find(|path| path.is_file())
}
