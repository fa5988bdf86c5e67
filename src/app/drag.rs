//! Handles and sliders: native range inputs for keys and screen readers, pointers anywhere near.

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement, KeyboardEvent, PointerEvent};

use crate::picture::{
    Handle, handle_at, leverage_at, price_at, rail, snapped_leverage, snapped_price,
};
use crate::quantity::Exact;
use crate::scenario::{Amount, FieldId};
use crate::text::read_plain;
use crate::words::{closing_moved, leverage_for};

use super::document::{find, input, on, value_of};
use super::keys::{Ask, on_slider};
use super::shell::size;
use super::state::State;

/// Whether a pointer holds a slider, and whether it may be attracted.
#[derive(Clone, Copy, Default)]
struct Grip {
    holds: bool,
    shift: bool,
}

pub(super) fn listen(state: State) {
    for (id, handle) in [
        ("mark-handle", Handle::Mark),
        ("entry-handle", Handle::Entry),
        ("liq-handle", Handle::Liquidation),
    ] {
        range_input(
            state,
            id,
            false,
            move |ask| ask_price(state, handle, ask),
            move |text, snaps| {
                if let Some(price) = read_plain(&text) {
                    drag_to(state, handle, &Exact::from_decimal(price), snaps);
                }
            },
        );
    }
    range_input(
        state,
        "leverage-slider",
        true,
        move |ask| match ask {
            Ask::Step(amount, direction) => state.step(FieldId::Leverage, amount, direction),
            Ask::Start => state.place(FieldId::Leverage, &Exact::ONE),
            Ask::End => state.place(FieldId::Leverage, &state.view().most_leverage),
            Ask::Restore => state.restore(FieldId::Leverage),
        },
        move |text, snaps| {
            if let Some(at) = whole(&text) {
                let at = if snaps { attracted(state, at) } else { at };
                state.place(FieldId::Leverage, &leverage_at(at, &state.view().most_leverage));
            }
        },
    );
    plot(state);
}

/// The whole part of a slider's value.
pub(super) fn whole(text: &str) -> Option<u32> {
    text.split('.').next()?.parse().ok()
}

/// A range input: `on_ask` hears keys, `on_value` the browser's value and whether it may be
/// attracted to marks on the scale.
pub(super) fn range_input(
    state: State,
    id: &'static str,
    may_grow: bool,
    on_ask: impl Fn(Ask) + 'static,
    on_value: impl Fn(String, bool) + 'static,
) {
    let grip = Rc::new(Cell::new(Grip::default()));
    let ask = Rc::new(on_ask);
    let held = grip.clone();
    on(id, "input", move |event| {
        let grip = held.get();
        on_value(value_of(&event), grip.holds && !grip.shift);
    });
    let by_key = ask.clone();
    on(id, "keydown", move |event| {
        if let Some(asked) = event.dyn_ref::<KeyboardEvent>().and_then(on_slider) {
            event.prevent_default();
            by_key(asked);
        }
    });
    on(id, "dblclick", move |_| ask(Ask::Restore));
    for name in ["pointerdown", "pointermove", "pointerup", "pointercancel", "lostpointercapture"] {
        let grip = grip.clone();
        on(id, name, move |event| {
            let was = grip.get();
            let holds = match event.type_().as_str() {
                "pointerdown" => true,
                "pointermove" => was.holds,
                _ => false,
            };
            let shift = event.dyn_ref::<PointerEvent>().is_some_and(|it| it.shift_key());
            grip.set(Grip { holds, shift });
            if holds && !was.holds {
                state.hold(may_grow);
            } else if was.holds && !holds {
                state.release();
                // The thumb's drawn place and the number agree again.
                state.put(state.draft());
            }
        });
    }
}

fn ask_price(state: State, handle: Handle, ask: Ask) {
    let field = match handle {
        Handle::Mark => FieldId::MarkPrice,
        Handle::Entry => FieldId::EntryPrice,
        Handle::Liquidation => FieldId::Leverage,
    };
    let range = state.view().range;
    match ask {
        Ask::Step(amount, direction) if handle == Handle::Liquidation => {
            let text = closing_moved(&state.outcome().answer, amount, direction);
            if let Some(text) = text {
                state.set(field, text);
            }
        }
        Ask::Step(amount, direction) => state.step(field, amount, direction),
        Ask::Start => drag_to(state, handle, range.low.exact(), false),
        Ask::End => drag_to(state, handle, range.high.exact(), false),
        Ask::Restore => state.restore(field),
    }
}

/// Moves a handle to a price; `snaps` lets tier edges, entry and the margin call attract it.
fn drag_to(state: State, handle: Handle, price: &Exact, snaps: bool) {
    match handle {
        Handle::Mark => {
            let price = if snaps {
                let view = state.view();
                snapped_price(&state.outcome().answer, &view.range, view.width, price)
            } else {
                *price
            };
            state.place(FieldId::MarkPrice, &price);
        }
        Handle::Entry => state.place(FieldId::EntryPrice, price),
        Handle::Liquidation => {
            let text = leverage_for(&state.outcome().answer, price, Amount::Step);
            if let Some(text) = text {
                state.set(FieldId::Leverage, text);
            }
        }
    }
}

fn attracted(state: State, at: u32) -> u32 {
    let track = find("rail-track").and_then(|track| u32::try_from(track.client_width()).ok());
    let rail = rail(&state.outcome().answer, &state.view().most_leverage).unwrap_or_default();
    snapped_leverage(&rail, at, track.unwrap_or(1000))
}

/// The whole plot takes a pointer: the handle nearest to it, if one is in reach.
fn plot(state: State) {
    let dragged = Rc::new(Cell::new(None::<Handle>));
    let started = dragged.clone();
    on("plot", "pointerdown", move |event| {
        let on_thumb = event.target().is_some_and(|it| it.has_type::<HtmlInputElement>());
        let Some(pointer) = event.dyn_ref::<PointerEvent>().filter(|it| it.button() == 0) else {
            return;
        };
        if on_thumb {
            return;
        }
        let x = size::in_picture(pointer.client_x());
        let view = state.view();
        let near = handle_at(&state.outcome().answer, &view.range, view.width, x);
        if let (Some(handle), Some(plot)) = (near, find("plot")) {
            event.prevent_default();
            let _ = plot.set_pointer_capture(pointer.pointer_id());
            started.set(Some(handle));
            state.hold(false);
            let id = match handle {
                Handle::Mark => "mark-handle",
                Handle::Entry => "entry-handle",
                Handle::Liquidation => "liq-handle",
            };
            if let Some(input) = input(id) {
                let _ = input.focus();
            }
        }
    });
    let moving = dragged.clone();
    on("plot", "pointermove", move |event| {
        let (Some(handle), Some(pointer)) = (moving.get(), event.dyn_ref::<PointerEvent>()) else {
            return;
        };
        let x = size::in_picture(pointer.client_x());
        let view = state.view();
        let price = price_at(&view.range, view.width, x);
        if let Ok(price) = price {
            drag_to(state, handle, &price, !pointer.shift_key());
        }
    });
    for name in ["pointerup", "pointercancel", "lostpointercapture"] {
        let dragged = dragged.clone();
        on("plot", name, move |_: Event| {
            if dragged.take().is_some() {
                state.release();
            }
        });
    }
    bubble(state);
}

/// While a finger covers the handle it drags, the value stands above it.
fn bubble(state: State) {
    for name in ["pointermove", "pointerup", "pointercancel"] {
        on("instrument", name, move |event: Event| {
            let (Some(bubble), Some(pointer)) = (find("bubble"), event.dyn_ref::<PointerEvent>())
            else {
                return;
            };
            let shown =
                name == "pointermove" && pointer.pointer_type() == "touch" && state.is_held();
            bubble.set_hidden(!shown);
            if !shown {
                return;
            }
            let spoken = event
                .target()
                .and_then(|it| it.dyn_into::<HtmlInputElement>().ok())
                .or_else(|| {
                    let active = document().active_element()?;
                    active.dyn_into::<HtmlInputElement>().ok()
                })
                .and_then(|input| input.get_attribute("aria-valuetext"));
            bubble.set_text_content(spoken.as_deref());
            let style = bubble.style();
            let place = size::in_instrument(pointer.client_x(), pointer.client_y());
            let _ = style.set_property("--x", &format!("{}px", place.0));
            let _ = style.set_property("--y", &format!("{}px", place.1));
        });
    }
}
