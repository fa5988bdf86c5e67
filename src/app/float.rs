//! The floating slider of a number in the sentence: it covers the picture and moves nothing.

use wasm_bindgen::JsCast;
use web_sys::{Element, FocusEvent, KeyboardEvent};

use crate::page::field_of_input;
use crate::picture::{
    LEVERAGE_STEPS, field_span, leverage_at, leverage_position, log_position, log_value,
};
use crate::scenario::FieldId;
use crate::text::capital;
use crate::words::field_name;

use super::document::{find, input, on};
use super::drag::{range_input, whole};
use super::events::show_term;
use super::keys::Ask;
use super::state::{Stance, State};

pub(super) fn listen(state: State) {
    let open = move |open_field| state.stand(Stance { open_field, ..state.stance() });
    for id in ["size", "entry", "leverage-word"] {
        on(id, "focus", move |_| open(Some(id)));
    }
    on("hero", "focusout", move |event| {
        let to = event.dyn_ref::<FocusEvent>().and_then(FocusEvent::related_target);
        let to = to.and_then(|to| to.dyn_into::<Element>().ok());
        let stays = to.is_some_and(|to| {
            field_of_input(&to.id()).is_some() || to.closest("#float").ok().flatten().is_some()
        });
        if !stays {
            open(None);
        }
    });
    on("hero", "keydown", move |event| {
        if event.dyn_ref::<KeyboardEvent>().is_some_and(|key| key.key() == "Escape") {
            open(None);
            show_term(Some(false));
        }
    });
    let field = move || field_of_input(state.stance().open_field?);
    range_input(
        state,
        "float-slider",
        true,
        move |ask| {
            let Some(field) = field() else {
                return;
            };
            match ask {
                Ask::Step(amount, direction) => state.step(field, amount, direction),
                Ask::Start => put(state, field, 0),
                Ask::End => put(state, field, LEVERAGE_STEPS),
                Ask::Restore => state.restore(field),
            }
        },
        move |text, _| {
            if let (Some(field), Some(at)) = (field(), whole(&text)) {
                put(state, field, at);
            }
        },
    );
}

/// Opens under a field, or closes.
pub(super) fn refresh(state: State) {
    let open = state.stance().open_field;
    let Some(float) = find("float") else {
        return;
    };
    let Some((id, field)) = open.and_then(|id| Some((id, field_of_input(id)?))) else {
        float.set_hidden(true);
        return;
    };
    if let Some(anchor) = find(id).filter(|_| float.hidden()) {
        let style = float.style();
        let below = anchor.offset_top().saturating_add(anchor.offset_height());
        let _ = style.set_property("--x", &format!("{}px", anchor.offset_left()));
        let _ = style.set_property("--y", &format!("{below}px"));
    }
    float.set_hidden(false);
    let text = state.draft().text(field).to_owned();
    if let Some(name) = find("float-name") {
        name.set_text_content(Some(&capital(field_name(field))));
    }
    if let Some(value) = find("float-value") {
        value.set_text_content(Some(&text));
    }
    if let (Some(note), Some(said)) = (find("float-note"), find("sentence-say")) {
        note.set_text_content(said.text_content().as_deref());
    }
    if let Some(slider) = input("float-slider") {
        slider.set_value(&position(state, field).to_string());
        let _ = slider.set_attribute("aria-valuetext", &text);
    }
}

fn position(state: State, field: FieldId) -> u32 {
    let outcome = state.outcome();
    let position = &outcome.answer.position;
    let value = match field {
        FieldId::Leverage => {
            let leverage = outcome.answer.leverage;
            return leverage_position(leverage.exact(), &state.view().most_leverage);
        }
        FieldId::Quantity => position.quantity.exact(),
        _ => position.entry_price.exact(),
    };
    field_span(&outcome.answer, field).map_or(0, |(least, most)| log_position(value, &least, &most))
}

fn put(state: State, field: FieldId, at: u32) {
    if field == FieldId::Leverage {
        state.place(field, &leverage_at(at, &state.view().most_leverage));
    } else if let Some((least, most)) = field_span(&state.outcome().answer, field) {
        state.place(field, &log_value(at, &least, &most));
    }
}
