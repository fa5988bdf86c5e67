//! The second voice: once a change has settled, its consequence is spoken, once.

use std::cell::RefCell;

use gloo::timers::callback::Timeout;

use crate::words::spoken;

use super::document::{find, once_settled};
use super::state::State;

/// How long after the last change the consequence is spoken, in milliseconds.
const SETTLES: u32 = 500;

thread_local! {
    static SETTLING: RefCell<Option<Timeout>> = const { RefCell::new(None) };
    static SPOKEN: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Begins with what the page says when it opens, which is not news.
pub(super) fn begin(state: State) {
    SPOKEN.set(spoken(&state.outcome().answer));
}

/// Speaks once the change has settled.
pub(super) fn refresh(state: State) {
    once_settled(&SETTLING, SETTLES, move || speak(state));
}

fn speak(state: State) {
    let outcome = state.outcome();
    // A drag that pauses is not over, and an old answer is not spoken again.
    if outcome.is_stale() || state.is_held() {
        return;
    }
    let text = spoken(&outcome.answer);
    let is_new = SPOKEN.with_borrow(|last| *last != text);
    if let Some(live) = find("live").filter(|_| is_new) {
        live.set_text_content(Some(&text));
        SPOKEN.set(text);
    }
}
