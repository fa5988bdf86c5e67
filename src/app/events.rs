//! Fields, switches, choices and buttons: each event becomes one change of the draft.

use leptos::prelude::window;
use wasm_bindgen::JsCast;
use web_sys::{HtmlDetailsElement, KeyboardEvent};

use crate::page::inputs;
use crate::quantity::Side;
use crate::scenario::{Amount, Direction, FieldId, Preset, RuleChoice};
use crate::text::NumberStyle;

use super::document::{find, focus, on, value_of};
use super::keys::{Ask, in_text};
use super::shell::{clipboard, theme};
use super::state::State;

pub(super) fn listen(state: State) {
    for (id, field) in inputs() {
        text_input(state, id, field);
    }
    for (id, field, direction) in [
        ("size-down", FieldId::Quantity, Direction::Down),
        ("size-up", FieldId::Quantity, Direction::Up),
        ("entry-down", FieldId::EntryPrice, Direction::Down),
        ("entry-up", FieldId::EntryPrice, Direction::Up),
        ("mark-down", FieldId::MarkPrice, Direction::Down),
        ("mark-up", FieldId::MarkPrice, Direction::Up),
        ("leverage-down", FieldId::Leverage, Direction::Down),
        ("leverage-up", FieldId::Leverage, Direction::Up),
    ] {
        on(id, "click", move |_| state.step(field, Amount::Step, direction));
    }
    choices(state);
    chapters(state);
    buttons(state);
}

fn text_input(state: State, id: &'static str, field: FieldId) {
    on(id, "input", move |event| state.set(field, value_of(&event)));
    on(id, "blur", move |_| state.commit(field));
    on(id, "keydown", move |event| {
        let Some(key) = event.dyn_ref::<KeyboardEvent>() else {
            return;
        };
        if key.key() == "Enter" {
            state.commit(field);
        } else if let Some(Ask::Step(amount, direction)) = in_text(key) {
            event.prevent_default();
            state.step(field, amount, direction);
        }
    });
}

fn choices(state: State) {
    for id in ["side-word", "side-long", "side-short"] {
        on(id, "change", move |event| {
            let side = if value_of(&event) == "short" { Side::Short } else { Side::Long };
            let mut draft = state.draft();
            draft.side = side;
            state.change(draft);
        });
    }
    on("coin", "change", move |event| {
        if let Some(listing) = state.catalog.listing(&value_of(&event)) {
            let mut draft = state.draft();
            draft.choose_coin(listing, state.catalog);
            state.change(draft);
        }
    });
    on("rules", "change", move |event| {
        let table = state.catalog.table_info(&value_of(&event));
        let rules = table.map_or(RuleChoice::SingleRate, |table| RuleChoice::Table(table.id));
        let mut draft = state.draft();
        draft.rules = rules;
        state.change(draft);
    });
    on("numbers", "change", move |event| {
        if let Some(style) = NumberStyle::from_key(&value_of(&event)) {
            let mut draft = state.draft();
            draft.restyle(style);
            state.change(draft);
        }
    });
    for preset in Preset::ALL {
        let id = format!("preset-{}", preset.key());
        on(&id, "click", move |_| state.choose_example(preset));
    }
}

/// A chapter tells when it opens, so that a closed one costs nothing while a slider moves.
fn chapters(state: State) {
    for id in ["why", "tiers"] {
        on(id, "toggle", move |event| {
            let target = event.target().and_then(|it| it.dyn_into::<HtmlDetailsElement>().ok());
            let open = target.is_some_and(|details| details.open());
            let mut stance = state.stance();
            if id == "why" {
                stance.working_open = open;
            } else {
                stance.tiers_open = open;
            }
            state.stand(stance);
        });
    }
    on("show-table", "click", move |_| {
        let mut stance = state.stance();
        stance.table_shown = !stance.table_shown;
        state.stand(stance);
    });
}

fn buttons(state: State) {
    on("copy-link", "click", move |_| clipboard::copy_link(state));
    on("print", "click", |_| {
        let _ = window().print();
    });
    on("theme", "click", |_| theme::switch());
    on("way-out", "click", move |_| {
        if let Some(text) = find("way-out").and_then(|it| it.get_attribute("data-leverage")) {
            state.set(FieldId::Leverage, text);
        }
    });
    on("term", "click", |_| show_term(None));
    on("link-note-fine", "click", |_| {
        hide_link_note(true);
        focus("calculator");
    });
}

/// Names the parts of the link that were left out; the reader's text stays text.
pub(super) fn name_left_out(parts: &[String]) {
    if let Some(named) = find("link-note-parts").filter(|_| !parts.is_empty()) {
        let shown: Vec<&str> = parts.iter().take(4).map(String::as_str).collect();
        let more = if parts.len() > shown.len() { " and more" } else { "" };
        named.set_text_content(Some(&format!("{}{more}", shown.join(", "))));
        hide_link_note(false);
    }
}

fn hide_link_note(hidden: bool) {
    if let Some(note) = find("link-note") {
        note.set_hidden(hidden);
    }
}

/// Shows or hides what "mark price" means; without a wish, the other of the two.
pub(super) fn show_term(wish: Option<bool>) {
    if let (Some(note), Some(term)) = (find("term-note"), find("term")) {
        let shown = wish.unwrap_or(note.hidden());
        note.set_hidden(!shown);
        let _ = term.set_attribute("aria-expanded", if shown { "true" } else { "false" });
    }
}
