//! Writes to the document: only what differs from the last time, in the listed order.

use std::cell::RefCell;

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, HtmlSelectElement};

use crate::page::{Aspect, Write, writes};

use super::state::State;

/// What was written last, each with its element.
type Written = Vec<(Write, Option<Element>)>;

thread_local! {
    static WRITTEN: RefCell<Written> = const { RefCell::new(Vec::new()) };
}

/// Brings the document up to the state.
pub(super) fn refresh(state: State) {
    let list = writes(&state.outcome(), &state.view());
    WRITTEN.with_borrow_mut(|last| bring_up_to(last, list));
}

/// Writes what differs. Where a chapter that opened or closed shifts the list, what moved is written anew.
fn bring_up_to(last: &mut Written, list: Vec<Write>) {
    last.truncate(list.len());
    for (index, write) in list.into_iter().enumerate() {
        match last.get_mut(index) {
            Some((before, element)) if before.id == write.id => {
                if *before != write || is_typed(&write) {
                    if let Some(element) = element {
                        apply(element, &write);
                    }
                    *before = write;
                }
            }
            place => {
                let element = document().get_element_by_id(write.id);
                if let Some(element) = &element {
                    apply(element, &write);
                }
                match place {
                    Some(place) => *place = (write, element),
                    None => last.push((write, element)),
                }
            }
        }
    }
}

/// What the reader can change in the document is compared with the document, not with our memory.
fn is_typed(write: &Write) -> bool {
    matches!(write.aspect, Aspect::Value | Aspect::Checked)
}

fn apply(element: &Element, write: &Write) {
    let value = write.value.as_deref();
    match write.aspect {
        Aspect::Text => element.set_text_content(value),
        Aspect::Markup => element.set_inner_html(value.unwrap_or_default()),
        Aspect::Attribute(name) => {
            let _ = match value {
                Some(value) => element.set_attribute(name, value),
                None => element.remove_attribute(name),
            };
        }
        Aspect::Class(name) => {
            let _ = element.class_list().toggle_with_force(name, value.is_some());
        }
        Aspect::Value => set_value(element, value.unwrap_or_default()),
        Aspect::Checked => {
            if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
                input.set_checked(value.is_some());
            }
        }
    }
}

/// Sets only what differs, so that the caret stays where the reader put it.
fn set_value(element: &Element, value: &str) {
    if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
        if input.value() != value {
            input.set_value(value);
        }
    } else if let Some(select) = element.dyn_ref::<HtmlSelectElement>()
        && select.value() != value
    {
        select.set_value(value);
    }
}
