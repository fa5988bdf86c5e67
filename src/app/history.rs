//! Undo and redo by keys and buttons.

use std::cell::RefCell;

use gloo::timers::callback::Timeout;
use leptos::prelude::window;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use crate::scenario::{Draft, FieldId, History};

use super::document::{find, listen as attach, on, once_settled};
use super::state::State;

/// How long a field rests before its next change is a step of its own, in milliseconds.
const RESTS: u32 = 1_000;

thread_local! {
    static HISTORY: RefCell<History> = const { RefCell::new(History::new()) };
    static RESTING: RefCell<Option<Timeout>> = const { RefCell::new(None) };
}

pub(super) fn listen(state: State) {
    on("undo", "click", move |_| undo(state));
    on("redo", "click", move |_| redo(state));
    attach(
        &window(),
        "keydown",
        Box::new(move |event| {
            let Some(key) = event.dyn_ref::<KeyboardEvent>() else {
                return;
            };
            let in_prose = || {
                let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
                target.is_some_and(|it| it.tag_name() == "TEXTAREA")
            };
            if !(key.ctrl_key() || key.meta_key()) || key.alt_key() || in_prose() {
                return;
            }
            let back = match key.key().as_str() {
                "z" | "Z" => !key.shift_key(),
                "y" => false,
                _ => return,
            };
            event.prevent_default();
            if back { undo(state) } else { redo(state) }
        }),
    );
}

/// A draft has given way to another, by one field or by a choice.
pub(super) fn changed(state: State, before: Draft, field: Option<FieldId>) {
    HISTORY.with_borrow_mut(|history| history.changed(before, field));
    once_settled(&RESTING, RESTS, move || {
        // A drag that pauses is not over.
        if !state.is_held() {
            close();
        }
    });
    show();
}

/// Whatever changes next is a step of its own.
pub(super) fn close() {
    HISTORY.with_borrow_mut(History::close);
}

/// Nothing that was before can be come back to.
pub(super) fn forget() {
    HISTORY.set(History::new());
    show();
}

fn undo(state: State) {
    go(state, History::undo);
}

fn redo(state: State) {
    go(state, History::redo);
}

#[inline(never)]
fn go(state: State, step: fn(&mut History, Draft) -> Option<Draft>) {
    let draft = HISTORY.with_borrow_mut(|history| step(history, state.draft()));
    if let Some(draft) = draft {
        state.put(draft);
        show();
    }
}

/// Says on the buttons whether there is anything to take back or again.
fn show() {
    let (undo, redo) = HISTORY.with_borrow(|history| (history.can_undo(), history.can_redo()));
    for (id, can) in [("undo", undo), ("redo", redo)] {
        if let Some(button) = find(id) {
            // Not `disabled`: the button that was just pressed keeps the focus.
            let _ = button.set_attribute("aria-disabled", if can { "false" } else { "true" });
        }
    }
}
