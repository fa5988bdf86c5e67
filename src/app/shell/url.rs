//! The address bar: read once at the start, kept in step afterwards without filling the history.

use std::cell::{Cell, RefCell};

use gloo::timers::callback::Timeout;
use leptos::prelude::window;

use crate::app::document::{find, once_settled};
use crate::app::state::State;
use crate::scenario::{Opened, Preset, open_onto, write};
use crate::venue::Catalog;

use super::is_embedded;

/// Browsers allow about a hundred address changes in half a minute; a drag makes more; in milliseconds.
const PAUSE: u32 = 250;

thread_local! {
    static PAUSING: RefCell<Option<Timeout>> = const { RefCell::new(None) };
    /// Whether there is something that the address and the storage do not have yet.
    static PENDING: Cell<bool> = const { Cell::new(false) };
}

/// What the address asks for. An embed begins with the example that most articles speak of.
pub(crate) fn open(catalog: &Catalog) -> Opened {
    let example = if is_embedded() { Preset::Bitcoin } else { Preset::SteepTiers };
    let search = window().location().search().unwrap_or_default();
    open_onto(Opened::from(example), &search, catalog)
}

/// Brings the address up to the draft, once it has settled; an embed keeps its own and points to a
/// page that has the same numbers.
pub(crate) fn refresh(state: State) {
    if is_embedded() {
        if let (Some(link), Some(query)) = (find("full-link"), write(&state.draft(), state.catalog))
        {
            let _ = link.set_attribute("href", &format!("?{query}"));
        }
        return;
    }
    PENDING.set(true);
    once_settled(&PAUSING, PAUSE, move || write_now(state));
}

/// The query of the address.
pub(crate) fn search() -> String {
    window().location().search().unwrap_or_default()
}

/// Writes what is still to be written, for a page about to be left. Where nothing is, another tab may
/// have kept newer numbers since.
pub(crate) fn flush(state: State) {
    if PENDING.get() {
        write_now(state);
    }
}

fn write_now(state: State) {
    PENDING.set(false);
    if !state.is_touched() || is_embedded() {
        return;
    }
    if let Some(query) = write(&state.draft(), state.catalog) {
        super::kept::keep(&query);
        replace(&query);
    }
}

/// Whether this page wrote the address it has, so that a reload brings the reader's own numbers.
pub(crate) fn is_own() -> bool {
    window().history().is_ok_and(|history| history.state().is_ok_and(|state| state.is_truthy()))
}

fn replace(query: &str) {
    let location = window().location();
    let hash = location.hash().unwrap_or_default();
    let theme = page_part(&location.search().unwrap_or_default());
    set_address(&format!("?{query}{theme}{hash}"), super::kept::is_mine());
}

fn set_address(address: &str, is_own: bool) {
    if let Ok(history) = window().history() {
        // A host may forbid it; the page works without.
        let _ = history.replace_state_with_url(&is_own.into(), "", Some(address));
    }
}

/// Drops a link's theme once the reader has chosen one, or a reload would bring it back.
pub(crate) fn forget_theme() {
    let search = window().location().search().unwrap_or_default();
    let rest: Vec<&str> = search
        .trim_start_matches('?')
        .split('&')
        .filter(|part| !part.starts_with("theme="))
        .collect();
    let hash = window().location().hash().unwrap_or_default();
    // Whose numbers they are does not change.
    set_address(&format!("?{}{hash}", rest.join("&")), is_own());
}

/// What is set in the chapters, as `web/story.mjs` writes it.
const STORY: &str = "story=";

/// The parts of the address that belong to the page, not to the numbers.
fn page_part(search: &str) -> String {
    let search = search.strip_prefix('?').unwrap_or(search);
    let kept = search
        .split('&')
        .filter(|part| ["theme=", "view=", "lang=", STORY].iter().any(|key| part.starts_with(key)));
    kept.map(|part| format!("&{part}")).collect()
}

/// The full address for the reader's numbers as they stand.
pub(crate) fn link(state: State) -> String {
    // Not its origin, which is nothing for a file on disk.
    let href = window().location().href().unwrap_or_default();
    let base = href.split(['?', '#']).next().unwrap_or_default();
    match write(&state.draft(), state.catalog) {
        Some(query) => {
            let search = search();
            let mut parts = search.split(['?', '&']);
            let story = parts.find(|part| part.starts_with(STORY));
            let story = story.map_or_else(String::new, |story| format!("&{story}"));
            format!("{base}?{query}{story}")
        }
        None => href,
    }
}
