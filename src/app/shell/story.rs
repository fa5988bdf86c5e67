//! The border to the third program: while one of its chapters is open it is told the page's numbers.

use crate::app::document::{find, on};
use crate::app::state::State;
use crate::scenario::write;

pub(super) fn listen(state: State) {
    on("story", "margin-ask", move |_| refresh(state));
    // A chapter may be open before the page's program runs.
    refresh(state);
}

/// Tells the numbers if somebody listens; nothing is told while a field cannot be read.
pub(crate) fn refresh(state: State) {
    if let Some(story) = find("story").filter(|story| story.has_attribute("data-told")) {
        let query = write(&state.draft(), state.catalog).unwrap_or_default();
        let _ = story.set_attribute("data-query", &query);
    }
}
