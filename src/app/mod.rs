//! The page in a browser: events change the draft, and what follows is written to the document.

mod apply;
mod document;
mod drag;
mod events;
mod float;
mod history;
mod keys;
mod shell;
mod state;
mod voice;

use leptos::prelude::Owner;

use crate::venue::catalog;
use state::State;

/// Takes over the static page. If the shipped catalog or the document is not as built, the static
/// page stays as it is: it is complete in itself.
pub fn start() {
    let Ok(catalog) = catalog() else {
        return;
    };
    let owner = Owner::new();
    owner.with(|| {
        let opened = shell::kept::opening(catalog);
        if let Some(state) = State::new(catalog, &opened) {
            events::name_left_out(&opened.left_out);
            apply::refresh(state);
            voice::begin(state);
            events::listen(state);
            float::listen(state);
            history::listen(state);
            drag::listen(state);
            shell::start(state);
            document::set_attribute_of_root("data-ready", "true");
        }
    });
    // What it owns lives as long as the document.
    core::mem::forget(owner);
}

/// What follows from a change, in the event itself: the reader waits for no other turn.
#[inline(never)]
fn refresh(state: State) {
    apply::refresh(state);
    float::refresh(state);
    voice::refresh(state);
    shell::url::refresh(state);
    shell::story::refresh(state);
}
