//! The reader's own numbers, kept by the browser as a link's query, and someone else's beside them.
//!
//! A link that is opened never takes their place: until the reader says so, nothing is kept. Embedded
//! pages keep nothing, and where storage is forbidden the address alone holds the numbers.

use std::cell::Cell;

use crate::app::document::{find, focus, on};
use crate::app::history;
use crate::app::state::State;
use crate::scenario::{Opened, open, open_onto, write};
use crate::venue::Catalog;

use super::theme::storage;
use super::{is_embedded, url};

const KEY: &str = "margin-calculator-numbers";

thread_local! {
    /// Whether someone else's numbers are looked at, while the reader's own stay as they are kept.
    static ASIDE: Cell<bool> = const { Cell::new(false) };
}

/// What the page opens with: the link's numbers, or else the reader's own.
pub(crate) fn opening(catalog: &Catalog) -> Opened {
    let linked = url::open(catalog);
    let Some(own) = kept().filter(|_| !is_embedded()) else {
        return linked;
    };
    if !linked.carries_numbers {
        // What the address says besides numbers holds on top of them.
        let mut opened = open(&own, catalog);
        let left_out = std::mem::take(&mut opened.left_out);
        let mut opened = open_onto(opened, &url::search(), catalog);
        opened.left_out.extend(left_out);
        return opened;
    }
    // An address that this page wrote is the reader's own; so is the same link come back.
    if !url::is_own() && write(&linked.draft, catalog).as_ref() != Some(&own) {
        ASIDE.set(true);
        show_bar(true);
    }
    linked
}

/// The reader's own numbers, as they were kept last, in this tab or another.
fn kept() -> Option<String> {
    storage()?.get_item(KEY).ok().flatten()
}

/// Listens to the two buttons of the bar.
pub(crate) fn listen(state: State) {
    on("keep-these", "click", move |_| {
        ASIDE.set(false);
        show_bar(false);
        state.put(state.draft());
    });
    on("back-to-mine", "click", move |_| {
        ASIDE.set(false);
        show_bar(false);
        if let Some(own) = kept() {
            state.put(open(&own, state.catalog).draft);
        }
        // Undo would bring someone else's numbers back as if they were the reader's own.
        history::forget();
    });
}

/// Whether the numbers on the page are the reader's own.
pub(crate) fn is_mine() -> bool {
    !ASIDE.get()
}

/// Keeps the numbers of a link, if they are the reader's own.
pub(crate) fn keep(query: &str) {
    if let Some(storage) = storage().filter(|_| is_mine() && !is_embedded()) {
        let _ = storage.set_item(KEY, query);
    }
}

fn show_bar(shown: bool) {
    if let Some(bar) = find("shared-bar") {
        bar.set_hidden(!shown);
    }
    if !shown {
        focus("calculator");
    }
}
