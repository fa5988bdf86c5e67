//! What `index.html` holds, and what the code expects to find there.

use std::collections::BTreeSet;

use crate::files::{File, between, files, is_part_of_name, none, read};

/// The ids that stand directly in calls and in the loops over ids.
fn ids_in(file: &File) -> BTreeSet<String> {
    const CALLS: [&str; 14] = [
        "find(",
        "on(",
        "input(",
        "corner(",
        "get_element_by_id(",
        "range_input(state,",
        "list.text(",
        "list.markup(",
        "list.attribute(",
        "list.flag(",
        "list.class(",
        "list.value(",
        "list.checked(",
        "write_slider(list,",
    ];
    let code: Vec<_> = file.code().map(|(_, line)| line.trim()).collect();
    let code = code.join(" ").replace("( ", "(");
    let literal = |text: &str| {
        let (name, _) = text.trim_start().strip_prefix('"')?.split_once('"')?;
        Some(name.to_owned())
    };
    let mut ids = BTreeSet::new();
    for call in CALLS {
        let starts = code.match_indices(call).filter(|(at, _)| {
            let before = code.get(..*at).unwrap().chars().next_back();
            !before.is_some_and(is_part_of_name)
        });
        ids.extend(starts.filter_map(|(at, _)| literal(code.get(at + call.len()..)?)));
    }
    // `for id in ["a", "b"]` and `for (id, other) in [("a", …), ("b", …)]`.
    for names in between(&code, "for id in [", "]") {
        ids.extend(names.split(',').filter_map(literal));
    }
    for rows in between(&code, "for (id, ", "] {") {
        ids.extend(rows.split('(').filter_map(literal));
    }
    ids
}

#[test]
fn every_id_stands_once_in_the_page() {
    let html = read("index.html");
    let mut found = Vec::new();
    let mut used = 0_usize;
    for file in files(&["src/app", "src/page"], &["rs"]) {
        for id in ids_in(&file) {
            used += 1;
            let count = html.matches(&format!(" id=\"{id}\"")).count();
            if count != 1 {
                found.push(format!("{}: {id} stands {count} times", file.path));
            }
        }
    }
    assert!(used > 80, "only {used} ids were found: teach `ids_in` the new way of naming them");
    for id in between(&html, " id=\"", "\"") {
        if html.matches(&format!(" id=\"{id}\"")).count() != 1 {
            found.push(format!("index.html: {id} stands more than once"));
        }
    }
    none(&found, "Give the element its id in index.html, once, or correct the name in the code.");
}

#[test]
fn the_page_carries_nothing_inline_and_nothing_foreign() {
    let html = read("index.html").replace("http://www.w3.org/2000/svg", "");
    let mut found: Vec<_> =
        [" style=", "http:", "https:", "src=\"//", "href=\"//", "<script", "<style"]
            .into_iter()
            .filter(|part| html.contains(part))
            .map(str::to_owned)
            .collect();
    for rest in html.split(" on").skip(1) {
        let name: String = rest.chars().take_while(char::is_ascii_alphabetic).collect();
        if !name.is_empty() && rest.get(name.len()..).is_some_and(|rest| rest.starts_with('=')) {
            found.push(format!("on{name}="));
        }
    }
    none(
        &found,
        "Styles belong in style/, handlers in src/app, and nothing is loaded from elsewhere.",
    );
}
