//! The second voice: once a change has settled, its consequence is spoken, once.

use std::time::Duration;

use leptos::prelude::*;

use crate::words::spoken;

use super::document::{find, whenever};
use super::state::State;

/// How long after the last change the consequence is spoken.
const SETTLES: Duration = Duration::from_millis(500);

pub(super) fn keep(state: State) {
    let last = StoredValue::new(spoken(&state.outcome().answer));
    let settled = debounce(SETTLES, move |()| {
        let stale = state.outcome().is_stale();
        // A drag that pauses is not over, and an old answer is not spoken again.
        if stale || state.is_held() {
            return;
        }
        let text = spoken(&state.outcome().answer);
        if last.with_value(|last| *last != text) {
            if let Some(live) = find("live") {
                live.set_text_content(Some(&text));
            }
            last.set_value(text);
        }
    });
    let settled = StoredValue::new_local(settled);
    whenever(move || {
        state.follow_outcome();
        state.follow_view();
        settled.update_value(|settled| settled(()));
    });
}
