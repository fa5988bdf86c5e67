//! What a reader downloads before the page can be used, and how much that may be.

use crate::project::Project;
use crate::{Fallible, process};
use std::collections::VecDeque;
use std::fs;
use std::path::{Path, PathBuf};

/// The most that the first load may weigh, compressed: two seconds on a slow phone line.
const LIMIT: u64 = 110 * 1024;

/// Endings of files that the page loads when it opens, if it names them.
const LOADED: [&str; 11] =
    ["css", "js", "mjs", "wasm", "json", "webmanifest", "svg", "png", "ico", "woff2", "csv"];

/// Prints the size of each file of the first load, and fails above the limit.
pub fn report(project: &Project) -> Fallible<()> {
    let dist = project.dist();
    let files = first_load(&dist)?;
    let sizes = process::read(project.script("brotli.mjs").args(&files))?;
    println!("{:>9} {:>9}  first load", "raw", "brotli");
    let (mut raw, mut packed) = (0, 0);
    for (file, line) in files.iter().zip(sizes.lines()) {
        let mut numbers = line.split(' ').flat_map(str::parse::<u64>);
        let (Some(bytes), Some(brotli)) = (numbers.next(), numbers.next()) else {
            return Err(format!("brotli.mjs answered `{line}` instead of two numbers."));
        };
        println!("{bytes:>9} {brotli:>9}  {}", file.strip_prefix(&dist).unwrap_or(file).display());
        raw += bytes;
        packed += brotli;
    }
    println!("{raw:>9} {packed:>9}  of {LIMIT} allowed");
    match packed <= LIMIT {
        true => Ok(()),
        false => Err(format!("the first load is {} bytes too heavy.", packed - LIMIT)),
    }
}

/// The page and every file it names, directly or through a script or style sheet.
fn first_load(dist: &Path) -> Fallible<Vec<PathBuf>> {
    let page = dist.join("index.html");
    let mut others = Vec::new();
    list(dist, &mut others)
        .map_err(|error| format!("{} is not readable: {error}. Build first.", dist.display()))?;
    others.retain(|file| {
        let ending = file.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        LOADED.contains(&ending)
    });
    others.sort();

    let mut found = Vec::new();
    let mut open = VecDeque::from([page]);
    while let Some(file) = open.pop_front() {
        let bytes = fs::read(&file)
            .map_err(|error| format!("{} is not readable: {error}.", file.display()))?;
        let text = match file.extension().is_some_and(|ending| ending == "wasm") {
            // Names inside it are fetched later, if at all.
            true => String::new(),
            false => String::from_utf8_lossy(&bytes).into_owned(),
        };
        let (named, rest) = others.into_iter().partition(|other| {
            let name = other.file_name().unwrap_or_default().to_string_lossy();
            text.contains(&*name)
        });
        others = rest;
        open.extend::<Vec<_>>(named);
        found.push(file);
    }
    Ok(found)
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        match path.is_dir() {
            true => list(&path, files)?,
            false => files.push(path),
        }
    }
    Ok(())
}
