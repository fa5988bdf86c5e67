//! What a reader takes along, for the page to fetch when it is asked for: nothing here is part of the
//! first load.
//!
//! A link's query is what goes in and what comes out, so that the page and this module share no state.

use margin_calculator::json::{self, NotOpened};
use margin_calculator::scenario::{Draft, open};
use margin_calculator::venue::{Catalog, catalog};
use margin_calculator::words::{Answer, answer, rows, whole_sentence};
use wasm_bindgen::prelude::*;

/// A third of the size of the default allocator.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// What became of a file that was to be opened.
#[wasm_bindgen(getter_with_clone)]
#[derive(Clone, Debug, Default)]
pub struct Opened {
    /// The link that opens it; absent where the page cannot show it.
    pub query: Option<String>,
    /// Why it is not opened, a sentence each.
    pub sentences: Vec<String>,
}

/// Opens a scenario file; `numbers` is the page's number style by its key.
#[wasm_bindgen]
pub fn open_file(text: &str, numbers: &str) -> Opened {
    let Ok(catalog) = catalog() else {
        return Opened::default();
    };
    match json::read_draft(text, numbers, catalog) {
        Ok(query) => Opened { query: Some(query), ..Opened::default() },
        Err(NotOpened::Problems(sentences)) => Opened { sentences, ..Opened::default() },
        Err(NotOpened::NotShown(why)) => Opened { sentences: vec![why], ..Opened::default() },
    }
}

/// The numbers of a link as a scenario file.
#[wasm_bindgen]
pub fn scenario_file(query: &str) -> Option<String> {
    let catalog = catalog().ok()?;
    json::write_draft(&draft(query, catalog), catalog)
}

/// The answer to a link's numbers as prose.
#[wasm_bindgen]
pub fn sentence(query: &str) -> Option<String> {
    answered(query).map(|answer| whole_sentence(&answer))
}

/// The figures for a link's numbers as comma-separated values, by RFC 4180.
#[wasm_bindgen]
pub fn figures(query: &str) -> Option<String> {
    let mut text = String::from("figure,value,unit,how it comes about\r\n");
    for row in rows(&answered(query)?) {
        let cells = row.map(|cell| quoted(&cell));
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    }
    Some(text)
}

/// What is said of how something went, by its name.
#[wasm_bindgen]
pub fn words(name: &str) -> String {
    match name {
        "copied" => "Copied.",
        "not-copied" => "This browser does not let a page copy.",
        "saved" => "Saved: look in your downloads.",
        "opened" => "Opened. Undo brings your numbers back.",
        "not-opened" => "Not opened; your numbers are as they were.",
        "more" => "There are {n} more problems.",
        "large" => "A scenario has at most 4 MiB, and this file is larger.",
        "unreadable" => {
            "A field cannot be read, so there is nothing exact to hand over. Mend it first."
        }
        _ => "This did not work in this browser. Your numbers are as they were.",
    }
    .to_owned()
}

fn draft(query: &str, catalog: &Catalog) -> Draft {
    open(query, catalog).draft
}

fn answered(query: &str) -> Option<Answer> {
    let catalog = catalog().ok()?;
    answer(&draft(query, catalog), catalog).1.ok()
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}
