//! What every file looks like.

use crate::files::{File, all_rust, between, files, has_word, none, sources};

const MOST_LINES: usize = 400;

#[test]
fn every_file_opens_with_a_sentence() {
    let opens = |file: &File| {
        let lines = file.text.lines().map_while(|line| line.strip_prefix("//! "));
        let sentence: Vec<_> = lines.collect();
        sentence.last().is_some_and(|line| line.ends_with(['.', ':']))
    };
    let rust = all_rust();
    let found = rust.iter().filter(|file| !opens(file)).map(|file| file.path.clone());
    none(
        &found.collect::<Vec<_>>(),
        "Open the file with a `//!` sentence that says what it is for.",
    );
}

#[test]
fn every_file_fits() {
    let all = files(&["src", "tests", "xtask", "style"], &["rs", "css", "mjs"]);
    let lines = all.iter().map(|file| (file, file.text.lines().count()));
    let long = lines.filter(|(_, count)| *count > MOST_LINES);
    let found: Vec<_> = long.map(|(file, count)| format!("{}: {count} lines", file.path)).collect();
    none(&found, "Split the file by what its parts do; 400 lines is the most.");
}

#[test]
fn no_banners() {
    let runs: Vec<_> = ["-", "=", "*", "#", "~", "\u{2500}"].map(|c| c.repeat(5)).into();
    let mut found = Vec::new();
    for file in files(&["src", "tests", "xtask", "style"], &["rs", "css", "mjs"]) {
        for (index, line) in file.text.lines().enumerate() {
            let is_comment = ["//", "/*"].iter().any(|start| line.trim_start().starts_with(start));
            if is_comment && runs.iter().any(|run| line.contains(run.as_str())) {
                found.push(format!("{}:{}", file.path, index + 1));
            }
        }
    }
    none(&found, "Take the banner out; if the file needs it, the file needs splitting.");
}

#[test]
fn nothing_is_left_for_later() {
    // In two halves, so that this list is not found.
    let words = [
        concat!("to", "do!"),
        concat!("unimple", "mented!"),
        concat!("db", "g!"),
        concat!("#[ign", "ore"),
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("HA", "CK"),
    ];
    let mut found = Vec::new();
    for file in files(&["src", "tests", "xtask", "style"], &["rs", "css", "mjs"]) {
        for (index, line) in file.text.lines().enumerate() {
            if words.iter().any(|word| has_word(line, word)) {
                found.push(format!("{}:{}", file.path, index + 1));
            }
        }
    }
    none(&found, "Do it now, or take it out and say in README.md what is not modelled.");
}

#[test]
fn every_lint_exception_has_a_reason() {
    let mut found = Vec::new();
    for file in all_rust() {
        for start in ["#[", "#!["] {
            for attribute in between(&file.text, start, ")]") {
                let is_exception = ["allow(", "expect("].iter().any(|it| attribute.starts_with(it));
                if is_exception && !attribute.contains("reason = \"") {
                    found.push(format!("{}: {attribute}", file.path));
                }
            }
        }
    }
    none(&found, "Add `reason = \"…\"`: an exception without one is a rule nobody believes in.");
}

#[test]
fn every_file_is_part_of_the_program() {
    let sources = sources();
    let mut found = Vec::new();
    for file in &sources {
        let path = file.path.trim_end_matches(".rs").trim_end_matches("/mod");
        let Some((folder, name)) = path.rsplit_once('/') else {
            continue;
        };
        if ["src/lib", "src/main"].contains(&path) {
            continue;
        }
        let parent = if folder == "src" { "src/lib.rs".into() } else { format!("{folder}/mod.rs") };
        let declares = format!("mod {name};");
        let is_declared = |it: &File| it.path == parent && !it.places(&[&declares]).is_empty();
        if !sources.iter().any(is_declared) {
            found.push(file.path.clone());
        }
    }
    none(&found, "No module declares this file: declare it or delete it.");
}
