//! The border to the second program: a link's query goes out, a link's query comes in.

use crate::app::document::{find, on};
use crate::app::history;
use crate::app::state::{Stance, State};
use crate::scenario::{Opened, Preset, open, open_onto, write};

pub(crate) fn listen(state: State) {
    // Heard before the script that fetches the second program, which listens at the document.
    for id in ["share", "embed-this"] {
        on(id, "click", move |_| {
            if let Some(chapter) = find("share") {
                let query = write(&state.draft(), state.catalog).unwrap_or_default();
                let _ = chapter.set_attribute("data-query", &query);
            }
        });
    }
    on("share", "margin-open", move |_| {
        let Some(chapter) = find("share") else {
            return;
        };
        let query = chapter.get_attribute("data-open").unwrap_or_default();
        let stance = state.stance();
        // A file holds everything; what a host asks of an embed changes what stands there.
        match stance.frame {
            None => state.change(open(&query, state.catalog).draft),
            Some(frame) => {
                let before = Opened {
                    draft: state.draft(),
                    frame,
                    example: stance.example,
                    ..Opened::from(Preset::Bitcoin)
                };
                let opened = open_onto(before, &query, state.catalog);
                let frame = Some(opened.frame);
                state.stand(Stance { frame, example: opened.example, ..stance });
                let _ = chapter.set_attribute("data-left-out", &opened.left_out.join(", "));
                // No step of the reader's leads back behind what the host has asked.
                state.put(opened.draft);
                history::forget();
            }
        }
    });
}
