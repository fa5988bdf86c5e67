//! The page before the program starts: `index.html` already says what the program will say.
//!
//! Applies every write for the opening example to the file and finds nothing to change.
//! `UPDATE_STILL=1 cargo test --no-default-features --test still` writes the file anew.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::arithmetic_side_effects,
    reason = "a test fails by panicking"
)]

use margin_calculator::page::{Aspect, Outcome, View, Write, writes};
use margin_calculator::scenario::{Preset, highest_leverage};
use margin_calculator::venue::catalog;

/// The widths the static picture is drawn at, with the class that shows each. Between the two the
/// narrow one stands, at its own size: a third would cost every reader half a kilobyte.
const PICTURES: [(u32, &str); 2] = [(1184, "only-wide"), (328, "only-narrow")];

fn opening(width: u32) -> Vec<Write> {
    let catalog = catalog().expect("the shipped tables are valid");
    let draft = Preset::SteepTiers.draft();
    let outcome = Outcome::of(&draft, catalog, None).expect("the opening example has an answer");
    let view = View {
        width,
        range: outcome.answer.range,
        most_leverage: highest_leverage(&draft, catalog),
        working_open: true,
        table_shown: false,
        tiers_open: true,
        frame: None,
    };
    writes(&outcome, &view)
}

/// Where the opening tag of an element begins and ends.
fn tag(html: &str, id: &str) -> (usize, usize) {
    let at = html
        .find(&format!(" id=\"{id}\""))
        .unwrap_or_else(|| panic_with(&format!("index.html has no element with the id {id}")));
    let start = html[..at].rfind('<').unwrap();
    let end = at + html[at..].find('>').unwrap() + 1;
    (start, end)
}

#[expect(clippy::panic, reason = "a test fails by panicking")]
fn panic_with(message: &str) -> ! {
    panic!("{message}")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

fn set_attribute(html: &mut String, id: &str, name: &str, value: Option<&str>) {
    let (start, end) = tag(html, id);
    let mut opening = html[start..end].to_owned();
    let existing = format!(" {name}=\"");
    if let Some(at) = opening.find(&existing) {
        let close = at + existing.len() + opening[at + existing.len()..].find('"').unwrap() + 1;
        opening.replace_range(at..close, "");
    }
    // A flag without a value.
    for flag in [format!(" {name}>"), format!(" {name} ")] {
        if let Some(at) = opening.find(&flag) {
            opening.replace_range(at..at + name.len() + 1, "");
        }
    }
    if let Some(value) = value {
        let end = opening.len() - 1;
        let written = if value.is_empty() {
            format!(" {name}")
        } else {
            format!(" {name}=\"{}\"", escaped(value).replace('"', "&quot;"))
        };
        opening.insert_str(end, &written);
    }
    html.replace_range(start..end, &opening);
}

fn set_content(html: &mut String, id: &str, content: &str) {
    let (start, end) = tag(html, id);
    let name: String = html[start + 1..].chars().take_while(char::is_ascii_alphanumeric).collect();
    let (mut depth, mut at) = (1, end);
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    while depth > 0 {
        let next_close = at + html[at..].find(&close).unwrap();
        match html[at..next_close].find(&open) {
            Some(offset) => {
                depth += 1;
                at += offset + open.len();
            }
            None => {
                depth -= 1;
                at = next_close + if depth > 0 { close.len() } else { 0 };
            }
        }
    }
    html.replace_range(end..at, content);
}

fn set_class(html: &mut String, id: &str, class: &str, is_on: bool) {
    let (start, end) = tag(html, id);
    let opening = html[start..end].to_owned();
    let held = opening
        .split_once(" class=\"")
        .and_then(|(_, rest)| rest.split_once('"'))
        .map_or("", |(classes, _)| classes);
    let mut classes: Vec<&str> =
        held.split(' ').filter(|it| !it.is_empty() && *it != class).collect();
    if is_on {
        classes.push(class);
    }
    if classes.join(" ") != held {
        set_attribute(html, id, "class", (!classes.is_empty()).then_some(&*classes.join(" ")));
    }
}

fn set_value(html: &mut String, id: &str, value: &str) {
    let (start, end) = tag(html, id);
    if html[start..end].starts_with("<select") {
        let close = end + html[end..].find("</select>").unwrap();
        let chosen = format!(" value=\"{value}\"");
        let options: String = html[end..close]
            .replace(" selected", "")
            .split_inclusive('>')
            .map(|part| match part.strip_suffix('>') {
                Some(opening) if opening.contains(&chosen) => format!("{opening} selected>"),
                _ => part.to_owned(),
            })
            .collect();
        html.replace_range(end..close, &options);
    } else {
        set_attribute(html, id, "value", Some(value));
    }
}

fn apply(html: &mut String, write: &Write) {
    let value = write.value.as_deref();
    match write.aspect {
        Aspect::Text => set_content(html, write.id, &escaped(value.unwrap_or_default())),
        Aspect::Markup if write.id == "drawing" => {}
        Aspect::Markup => set_content(html, write.id, value.unwrap_or_default()),
        Aspect::Attribute(name) => set_attribute(html, write.id, name, value),
        Aspect::Class(name) => set_class(html, write.id, name, value.is_some()),
        Aspect::Value => set_value(html, write.id, value.unwrap_or_default()),
        Aspect::Checked => set_attribute(html, write.id, "checked", value),
    }
}

fn pictures() -> String {
    PICTURES
        .into_iter()
        .map(|(width, class)| {
            let list = opening(width);
            let drawing = list.iter().find(|write| write.id == "drawing").unwrap();
            let svg = drawing.value.clone().unwrap_or_default();
            svg.replacen("class=\"chart sig\"", &format!("class=\"chart sig {class}\""), 1)
        })
        .collect()
}

#[test]
fn the_static_page_says_what_the_live_page_says() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/index.html");
    let file = std::fs::read_to_string(path).unwrap();
    let mut html = file.clone();
    for write in opening(PICTURES[0].0) {
        apply(&mut html, &write);
    }
    set_content(&mut html, "drawing", &pictures());
    if std::env::var_os("UPDATE_STILL").is_some() {
        std::fs::write(path, &html).unwrap();
    } else {
        assert!(
            html == file,
            "index.html is out of date: UPDATE_STILL=1 cargo test --no-default-features --test still"
        );
    }
}

#[test]
fn every_written_element_is_in_the_file_once() {
    let html = include_str!("../index.html");
    for write in opening(PICTURES[0].0) {
        let found = html.matches(&format!(" id=\"{}\"", write.id)).count();
        assert_eq!(found, 1, "id {}", write.id);
    }
}
