//! The calculator as a package of the npm shape: a folder that `npm pack` and `npm publish` take.

use crate::project::Project;
use crate::tools::{self, Tools};
use crate::{Fallible, headless, process};
use std::fs;
use std::path::{Path, PathBuf};

/// What wasm-bindgen names its two files after.
const NAME: &str = "margin_calculator";

/// What the compiler may have used; named one by one, because all of them together would let the
/// optimiser use what no browser has yet.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// Where it is built.
pub fn folder(project: &Project) -> PathBuf {
    project.target.join("package").join("npm")
}

/// Builds the package; the folder that holds it.
pub fn build(project: &Project, tools: &Tools) -> Fallible<PathBuf> {
    let mut cargo = headless::cargo(project, "build");
    cargo.args(["--locked", "--package", "margin-calculator-js", "--target", tools::WASM]);
    process::run(&mut cargo)?;
    let wasm = headless::folder(project, Some(tools::WASM)).join(format!("{NAME}_js.wasm"));

    let folder = folder(project);
    // What an earlier build left must not be packed.
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(|error| unwritable(&folder, &error))?;
    }
    let mut bindgen = tools.wasm_bindgen(project);
    // One script for every host: `node.js` and `web.js` hand it the program in their own way.
    bindgen.arg(&wasm).args([
        "--target",
        "web",
        "--no-typescript",
        "--out-name",
        NAME,
        "--out-dir",
    ]);
    process::run(bindgen.arg(&folder))?;

    let program = folder.join(format!("{NAME}_bg.wasm"));
    let mut optimise = project.command(project.node_modules().join(".bin").join("wasm-opt"));
    optimise.args(FEATURES).arg("-O3").arg(&program).arg("-o").arg(&program);
    process::run(&mut optimise)?;

    copy(&project.root.join("package").join("npm"), &folder, |_| true)?;
    copy(&project.root.join("schema"), &folder.join("schema"), |_| true)?;
    copy(&project.root, &folder, |name| name.starts_with("LICENSE-"))?;
    Ok(folder)
}

/// Prints what each file of it weighs.
pub fn report(project: &Project, folder: &Path) -> Fallible<()> {
    let mut files = list(folder)?;
    files.extend(list(&folder.join("schema"))?);
    files.sort();
    let sizes = process::read(project.script("brotli.mjs").args(&files))?;
    println!("{:>9} {:>9}  {}", "raw", "brotli", folder.display());
    let (mut raw, mut packed) = (0, 0);
    for (file, line) in files.iter().zip(sizes.lines()) {
        let mut numbers = line.split(' ').flat_map(str::parse::<u64>);
        let (Some(bytes), Some(brotli)) = (numbers.next(), numbers.next()) else {
            return Err(format!("brotli.mjs answered `{line}` instead of two numbers."));
        };
        println!("{bytes:>9} {brotli:>9}  {}", file.strip_prefix(folder).unwrap_or(file).display());
        raw += bytes;
        packed += brotli;
    }
    println!("{raw:>9} {packed:>9}  together");
    Ok(())
}

/// The files of a folder, without its folders.
fn list(folder: &Path) -> Fallible<Vec<PathBuf>> {
    let unreadable = |error| format!("{} is not readable: {error}.", folder.display());
    let entries = fs::read_dir(folder).map_err(unreadable)?;
    let paths: Vec<PathBuf> = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()
        .map_err(unreadable)?;
    Ok(paths.into_iter().filter(|path| path.is_file()).collect())
}

fn copy(from: &Path, to: &Path, is_wanted: impl Fn(&str) -> bool) -> Fallible<()> {
    fs::create_dir_all(to).map_err(|error| unwritable(to, &error))?;
    for file in list(from)? {
        let name = file.file_name().unwrap_or_default();
        if is_wanted(&name.to_string_lossy()) {
            let to = to.join(name);
            fs::copy(&file, &to).map_err(|error| unwritable(&to, &error))?;
        }
    }
    Ok(())
}

fn unwritable(path: &Path, error: &std::io::Error) -> String {
    format!("{} is not writable: {error}.", path.display())
}
