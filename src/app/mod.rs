//! The page in a browser: events change the draft, and what follows is written to the document.

mod apply;
mod document;
mod drag;
mod events;
mod float;
mod keys;
mod shell;
mod state;
mod voice;

use leptos::mount::mount_to;

use crate::venue::catalog;
use state::State;

/// Takes over the static page. If the shipped catalog or the document is not as built, the static
/// page stays as it is: it is complete in itself.
pub fn start() {
    let (Ok(catalog), Some(root)) = (catalog(), document::find("page")) else {
        return;
    };
    shell::theme::restore();
    let mounted = mount_to(root, move || {
        if let Some(state) = State::new(catalog) {
            apply::keep(state);
            events::listen(state);
            float::listen(state);
            drag::listen(state);
            voice::keep(state);
            shell::start(state);
            document::set_attribute_of_root("data-ready", "true");
        }
    });
    mounted.forget();
}
