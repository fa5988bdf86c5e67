//! What the documents say of the code.

use std::collections::BTreeSet;

use margin_calculator::scenario::{FieldId, Preset};
use margin_calculator::text::NumberStyle;
use margin_calculator::venue::catalog;

use crate::LAYERS;
use crate::files::{between, none, read, root, sources};

/// The text from `start` to the next `end`.
fn section<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let (_, rest) = text.split_once(start).unwrap();
    rest.split_once(end).map_or(rest, |(inside, _)| inside)
}

/// The cells of a column of the Markdown tables in a text, without heads and rules.
fn column(text: &str, index: usize) -> impl Iterator<Item = &str> {
    let lines = text.lines();
    let rows = lines.skip_while(|line| !line.starts_with("|---")).skip(1);
    rows.filter_map(move |line| line.strip_prefix('|')?.split('|').nth(index))
}

/// What stands in backquotes.
fn quoted(text: &str) -> BTreeSet<String> {
    text.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn every_name_in_the_glossary_exists() {
    let sources = sources();
    let glossary = read("GLOSSARY.md");
    let names: BTreeSet<_> = column(&glossary, 1).flat_map(quoted).collect();
    assert!(names.len() > 20);
    let exists = |name: &str| sources.iter().any(|file| !file.places(&[name]).is_empty());
    let missing = names.into_iter().filter(|name| !exists(name));
    none(&missing.collect::<Vec<_>>(), "Name the thing by GLOSSARY.md, or correct the glossary.");
}

#[test]
fn the_readme_lists_just_the_keys_and_values_of_links() {
    let readme = read("README.md");
    let links = section(&readme, "### Links", "\n#");
    let listed = column(links, 0).flat_map(quoted).collect::<BTreeSet<_>>();

    let share = read("src/scenario/share.rs");
    let arms = section(section(&share, "fn apply(", "\nfn "), "match key {", "\n        _ =>");
    // Arms of the match itself stand two levels deep.
    let mut keys: BTreeSet<String> = arms
        .lines()
        .filter_map(|line| line.strip_prefix("        \"")?.split_once("\" =>"))
        .map(|(key, _)| key.to_owned())
        .collect();
    keys.extend(between(section(&share, "PAGE_KEYS: ", ";\n"), " \"", "\"").map(str::to_owned));
    keys.extend(between(section(&share, "PAGE_KEYS: ", ";\n"), "[\"", "\"").map(str::to_owned));
    let fields = FieldId::ALL.into_iter().filter(|field| *field != FieldId::FlatRate);
    keys.extend(fields.map(|field| field.key().to_owned()));
    assert_eq!(listed, keys, "Bring the table of keys in README.md in step with the code.");

    let catalog = catalog().unwrap();
    let mut values: Vec<&str> = Preset::ALL.map(Preset::key).into();
    values.extend(NumberStyle::ALL.map(NumberStyle::key));
    values.extend(catalog.listings().iter().map(|listing| listing.coin));
    values.extend(catalog.tables().iter().map(|table| table.id));
    let written = quoted(links);
    let missing = values.into_iter().filter(|value| !written.contains(*value)).map(str::to_owned);
    none(&missing.collect::<Vec<_>>(), "Name these values in the table of keys in README.md.");
}

#[test]
fn the_documents_lead_somewhere() {
    let mut found = Vec::new();
    for name in ["README.md", "ARCHITECTURE.md", "GLOSSARY.md", "MODEL.md", "CHANGELOG.md"] {
        let text = read(name);
        let links = between(&text, "](", ")");
        for link in
            links.chain(between(&text, "src=\"", "\"")).chain(between(&text, "srcset=\"", "\""))
        {
            if !link.starts_with("http") && !root().join(link).exists() {
                found.push(format!("{name}: {link}"));
            }
        }
    }
    let map = read("ARCHITECTURE.md");
    let folders = LAYERS.iter().map(|layer| format!("`src/{layer}/`"));
    found.extend(folders.filter(|folder| !map.contains(folder.as_str())));
    none(&found, "Correct the link, or add the file or folder it speaks of.");
}
