//! Makes sure that the tools for building the page are there, in the right versions.
//!
//! What is missing is installed into the project (`.tools`, `node_modules`), never into the system;
//! only the wasm target belongs to the Rust toolchain itself.

use crate::project::Project;
use crate::{Fallible, process, versions};
use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The oldest Node whose features the scripts and packages use.
const NODE_AT_LEAST: u32 = 20;

/// Steers every Firefox since 128.
const GECKODRIVER: &str = "0.37.1";

/// What the page is compiled to.
pub const WASM: &str = "wasm32-unknown-unknown";

/// The tools, found or installed.
pub struct Tools {
    trunk: PathBuf,
    wasm_bindgen: PathBuf,
    path: OsString,
}

impl Tools {
    /// Trunk in the project's folder, with the other tools before all else on its `PATH`.
    pub fn trunk(&self, project: &Project) -> Command {
        let mut trunk = project.command(&self.trunk);
        trunk
            .env("PATH", &self.path)
            // Trunk takes the 1 of the usual `NO_COLOR=1` for a faulty argument.
            .env_remove("NO_COLOR")
            // A page that does not compile is no fault of Trunk's: its stack helps nobody.
            .env_remove("RUST_BACKTRACE")
            .env("TRUNK_SKIP_VERSION_CHECK", "true");
        trunk
    }

    /// wasm-bindgen, for what is not a page.
    pub fn wasm_bindgen(&self, project: &Project) -> Command {
        project.command(&self.wasm_bindgen)
    }
}

/// Finds or installs all that a build needs.
pub fn prepare(project: &Project) -> Fallible<Tools> {
    node_packages(project)?;
    wasm_target(project)?;
    let wasm_bindgen = wasm_bindgen(project)?;
    let trunk = trunk(project)?;

    let mut folders = vec![project.node_modules().join(".bin")];
    folders.extend(wasm_bindgen.parent().map(Path::to_owned));
    folders.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()));
    let path = env::join_paths(folders)
        .map_err(|error| format!("the project's folder cannot stand in PATH: {error}."))?;
    Ok(Tools { trunk, wasm_bindgen, path })
}

/// Installs a part of the Rust toolchain if `probe` shows that it is missing.
pub fn component(project: &Project, name: &str, probe: &str) -> Fallible<()> {
    if process::succeeds(project.cargo().args([probe, "--version"])) {
        return Ok(());
    }
    println!("Installing {name} into the Rust toolchain (seconds).");
    process::run(project.command("rustup").args(["component", "add", name]))
        .map_err(|error| format!("{error}\n{name} is needed: install it with your Rust toolchain."))
}

/// Brings `node_modules` to what package-lock.json says.
pub fn node_packages(project: &Project) -> Fallible<()> {
    let found = process::read(project.command("node").arg("--version")).map_err(|error| {
        format!("{error}\nNode {NODE_AT_LEAST} or newer is needed: https://nodejs.org")
    })?;
    let major = found.trim().trim_start_matches('v').split('.').next();
    if major.and_then(|digits| digits.parse::<u32>().ok()).is_none_or(|have| have < NODE_AT_LEAST) {
        let found = found.trim();
        return Err(format!("Node {found} is too old: {NODE_AT_LEAST} or newer is needed."));
    }

    // A copy of the lock file that was installed: the cheapest way to know that nothing changed.
    let installed = project.node_modules().join(".installed-lock.json");
    let lock = fs::read(project.root.join("package-lock.json"))
        .map_err(|error| format!("package-lock.json is not readable: {error}."))?;
    if fs::read(&installed).is_ok_and(|old| old == lock) {
        return Ok(());
    }
    println!("Installing build tools from the npm registry (140 MB, about ten seconds).");
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    // No package of ours needs its install script, and a script could do anything.
    let arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
    process::run(project.command(npm).args(arguments))?;
    fs::write(&installed, lock)
        .map_err(|error| format!("{} is not writable: {error}.", installed.display()))
}

/// Makes sure that Rust can compile to WebAssembly.
pub fn wasm_target(project: &Project) -> Fallible<()> {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let arguments = ["--print", "target-libdir", "--target", WASM];
    let folder = process::read(project.command(rustc).args(arguments))?;
    if Path::new(folder.trim()).is_dir() {
        return Ok(());
    }
    println!("Installing Rust's WebAssembly target (seconds).");
    process::run(project.command("rustup").args(["target", "add", WASM])).map_err(|error| {
        format!("{error}\nThe Rust target {WASM} is needed: install it with your Rust toolchain.")
    })
}

fn wasm_bindgen(project: &Project) -> Fallible<PathBuf> {
    let version = versions::wasm_bindgen(project)?;
    // Not `--locked`: its lock file names a TLS crate that some registry mirrors do not have yet,
    // and without TLS, which only its test runner wants, there is nothing left to hold still.
    let package = ["wasm-bindgen-cli", "--no-default-features"];
    ensure(project, "wasm-bindgen", &version, &package, "one minute")
}

fn trunk(project: &Project) -> Fallible<PathBuf> {
    let version = versions::trunk(project)?;
    // Without default features it also makes no network query at each start.
    let package = ["trunk", "--locked", "--no-default-features", "--features", "rustls"];
    ensure(project, "trunk", &version, &package, "three minutes")
}

/// The driver that steers Firefox, which Debian does not package.
pub fn geckodriver(project: &Project) -> Fallible<PathBuf> {
    ensure(project, "geckodriver", GECKODRIVER, &["geckodriver", "--locked"], "two minutes")
}

/// The program of just this version: from the project, else from `PATH`, else installed.
fn ensure(
    project: &Project,
    name: &str,
    version: &str,
    package: &[&str],
    takes: &str,
) -> Fallible<PathBuf> {
    let ours = project.tools().join("bin");
    let is_right = |program: &PathBuf| {
        let said = process::read(Command::new(program).arg("--version")).unwrap_or_default();
        said.split_whitespace().any(|word| word == version)
    };
    let places = [process::in_folder(&ours, name), process::on_path(name)];
    if let Some(program) = places.into_iter().flatten().find(is_right) {
        return Ok(program);
    }

    println!("Compiling {name} {version} into .tools, once (about {takes} on two cores).");
    let work = project.target.join("tools").join(name);
    let mut install = project.cargo();
    install
        .arg("install")
        .args(package)
        .args(["--version", version, "--bin", name, "--force", "--root"])
        .arg(project.tools())
        .env("CARGO_TARGET_DIR", &work)
        // Their own release profiles are made for distribution. Unoptimised they compile in half
        // the time, and pack a page no slower: that work is the compiler's and wasm-opt's.
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0");
    process::run(&mut install).map_err(|error| {
        format!("{error}\n{name} {version} on PATH would be used as it is: install it another way?")
    })?;
    // Half a gigabyte that the next installation could not use anyway; losing it is no failure.
    let _ = fs::remove_dir_all(&work);
    process::in_folder(&ours, name)
        .ok_or_else(|| format!("{name} was installed, but {} has none.", ours.display()))
}
