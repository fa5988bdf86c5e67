//! The edges to the browser: one file for each.

pub(super) mod clipboard;
pub(super) mod kept;
mod print;
mod share;
pub(super) mod size;
pub(super) mod story;
pub(super) mod theme;
pub(super) mod url;

use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use web_sys::HtmlDetailsElement;

use super::document::{find, listen};
use super::state::State;

/// Starts what runs beside the page for as long as it lives.
pub(super) fn start(state: State) {
    listen(&window(), "pagehide", Box::new(move |_| url::flush(state)));
    size::keep(state);
    kept::listen(state);
    share::listen(state);
    story::listen(state);
    print::keep(state);
    theme::label();
    if is_embedded() {
        url::refresh(state);
        // Open in the file, so that the page reads complete without its program.
        if let Some(working) = find("why") {
            let _ = working.remove_attribute("open");
        }
    }
    open_chapter();
    listen(&window(), "hashchange", Box::new(|_| open_chapter()));
}

/// Opens the chapter that the address or a link on the page points to.
fn open_chapter() {
    let hash = window().location().hash().unwrap_or_default();
    let chapter = hash
        .strip_prefix('#')
        .and_then(find)
        .and_then(|element| element.dyn_into::<HtmlDetailsElement>().ok());
    if let Some(chapter) = chapter {
        chapter.set_open(true);
        chapter.scroll_into_view();
    }
}

/// Whether the page is a part of another one.
pub(super) fn is_embedded() -> bool {
    let html = document().document_element();
    html.is_some_and(|html| html.get_attribute("data-view").as_deref() == Some("embed"))
}
