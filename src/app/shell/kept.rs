//! The reader's own numbers, kept by the browser as a link's query, and someone else's beside them.
//!
//! A link that is opened never takes their place: until the reader says so, nothing is kept. Embedded
//! pages keep nothing, and where storage is forbidden the address alone holds the numbers.

use std::cell::RefCell;

use crate::app::document::{find, on};
use crate::app::state::State;
use crate::scenario::{Opened, open, write};
use crate::venue::Catalog;

use super::theme::storage;
use super::{is_embedded, url};

const KEY: &str = "margin-calculator-numbers";

thread_local! {
    /// The reader's own numbers while someone else's are looked at.
    static ASIDE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// What the page opens with: the link's numbers, or else the reader's own.
pub(crate) fn opening(catalog: &Catalog) -> Opened {
    let linked = url::open(catalog);
    let kept = || storage()?.get_item(KEY).ok().flatten();
    let Some(own) = Some(()).filter(|()| !is_embedded()).and_then(|()| kept()) else {
        return linked;
    };
    if !linked.carries_numbers {
        let left_out = linked.left_out;
        return Opened { left_out, ..open(&own, catalog) };
    }
    // An address that this page wrote is the reader's own; so is the same link come back.
    if !url::is_own() && write(&linked.draft, catalog).as_ref() != Some(&own) {
        ASIDE.set(Some(own));
        show_bar(true);
    }
    linked
}

/// Listens to the two buttons of the bar.
pub(crate) fn listen(state: State) {
    on("keep-these", "click", move |_| {
        ASIDE.take();
        show_bar(false);
        state.put(state.draft());
    });
    on("back-to-mine", "click", move |_| {
        if let Some(own) = ASIDE.take() {
            show_bar(false);
            state.change(open(&own, state.catalog).draft);
        }
    });
}

/// Whether the numbers on the page are the reader's own.
pub(crate) fn is_mine() -> bool {
    ASIDE.with_borrow(Option::is_none)
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
    // The buttons that had the focus are gone.
    if let Some(page) = find("calculator").filter(|_| !shown) {
        let _ = page.focus();
    }
}
