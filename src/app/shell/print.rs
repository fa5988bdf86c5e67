//! Paper: the picture at its width, and where the numbers can be found again.

use leptos::prelude::window;

use crate::app::document::{find, listen};
use crate::app::state::{Stance, State};
use crate::scenario::FieldId;

use super::{size, url};

/// The picture's width on A4 within the margins of `style/print.css`: 182 mm, of 96 to the inch.
const PAPER: u32 = 688;

pub(crate) fn keep(state: State) {
    let before = move |_| {
        for (id, text) in [
            ("print-link", url::link(state)),
            ("print-mark", state.outcome().answer.draft.text(FieldId::MarkPrice).to_owned()),
        ] {
            if let Some(element) = find(id) {
                element.set_text_content(Some(&text));
            }
        }
        state.stand(Stance { width: PAPER, ..state.stance() });
    };
    let after = move |_| {
        state.stand(Stance { width: size::picture_width(), ..state.stance() });
    };
    listen(&window(), "beforeprint", Box::new(before));
    listen(&window(), "afterprint", Box::new(after));
}
