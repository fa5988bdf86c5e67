//! The border to the second program: a link's query goes out, a link's query comes in.

use crate::app::document::{find, on};
use crate::app::state::State;
use crate::scenario::{open, write};

pub(crate) fn listen(state: State) {
    // Heard before the script that fetches the second program, which listens at the document.
    on("share", "click", move |_| {
        if let Some(chapter) = find("share") {
            let query = write(&state.draft(), state.catalog).unwrap_or_default();
            let _ = chapter.set_attribute("data-query", &query);
        }
    });
    on("share", "margin-open", move |_| {
        if let Some(query) = find("share").and_then(|it| it.get_attribute("data-open")) {
            state.change(open(&query, state.catalog).draft);
        }
    });
}
