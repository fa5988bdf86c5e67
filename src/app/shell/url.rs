//! The address bar: read once at the start, kept in step afterwards without filling the history.

use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::JsValue;

use crate::app::document::whenever;
use crate::app::state::State;
use crate::scenario::{Opened, open as read_link, write};
use crate::venue::Catalog;

/// Browsers allow about a hundred address changes in half a minute; a drag makes more.
const PAUSE: Duration = Duration::from_millis(250);

/// What the address asks for.
pub(crate) fn open(catalog: &Catalog) -> Opened {
    read_link(&window().location().search().unwrap_or_default(), catalog)
}

/// Keeps the address in step with the draft, from the first change on.
pub(crate) fn keep(state: State) {
    let opening = state.draft();
    let touched = StoredValue::new(false);
    let write_soon = debounce(PAUSE, move |()| {
        let query = write(&state.draft(), state.catalog);
        if let Some(query) = query {
            replace(&query);
        }
    });
    let write_soon = StoredValue::new_local(write_soon);
    whenever(move || {
        let changed = state.follow_draft() != opening;
        if changed || touched.get_value() {
            touched.set_value(true);
            write_soon.update_value(|write_soon| write_soon(()));
        }
    });
}

fn replace(query: &str) {
    let location = window().location();
    let hash = location.hash().unwrap_or_default();
    let theme = page_part(&location.search().unwrap_or_default());
    let address = format!("?{query}{theme}{hash}");
    if let Ok(history) = window().history() {
        // A host may forbid it; the page works without.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address));
    }
}

/// The parts of the address that belong to the page, not to the numbers.
fn page_part(search: &str) -> String {
    let search = search.strip_prefix('?').unwrap_or(search);
    let kept = search.split('&').filter(|part| {
        part.starts_with("theme=") || part.starts_with("view=") || part.starts_with("lang=")
    });
    kept.map(|part| format!("&{part}")).collect()
}

/// The full address for the reader's numbers as they stand.
pub(crate) fn link(state: State) -> String {
    let location = window().location();
    let base = format!(
        "{}{}",
        location.origin().unwrap_or_default(),
        location.pathname().unwrap_or_default()
    );
    match write(&state.draft(), state.catalog) {
        Some(query) => format!("{base}?{query}"),
        None => location.href().unwrap_or(base),
    }
}
