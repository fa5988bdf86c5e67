//! The document: elements by id, and listening to them.

use std::cell::RefCell;
use std::thread::LocalKey;

use gloo::timers::callback::Timeout;
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, HtmlElement, HtmlInputElement, HtmlSelectElement};

/// The element of an id in `index.html`.
pub(super) fn find(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// Moves the focus to an element, where the one that had it is gone.
pub(super) fn focus(id: &str) {
    if let Some(element) = find(id) {
        let _ = element.focus();
    }
}

/// The input of an id.
pub(super) fn input(id: &str) -> Option<HtmlInputElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// Listens for as long as the page lives, which is as long as the document.
pub(super) fn on(id: &str, event: &str, handler: impl FnMut(Event) + 'static) {
    attach(id, event, Box::new(handler));
}

/// One copy for every handler's type.
#[inline(never)]
fn attach(id: &str, event: &str, handler: Box<dyn FnMut(Event)>) {
    if let Some(element) = document().get_element_by_id(id) {
        listen(&element, event, handler);
    }
}

/// The same for an element or window at hand.
pub(super) fn listen(target: &web_sys::EventTarget, event: &str, handler: Box<dyn FnMut(Event)>) {
    let closure = Closure::wrap(handler);
    let _ = target.add_event_listener_with_callback(event, closure.as_ref().unchecked_ref());
    closure.forget();
}

/// What the input or select that an event came from holds.
pub(super) fn value_of(event: &Event) -> String {
    let Some(target) = event.target() else {
        return String::new();
    };
    match target.dyn_into::<HtmlInputElement>() {
        Ok(input) => input.value(),
        Err(target) => target
            .dyn_into::<HtmlSelectElement>()
            .map_or_else(|_| String::new(), |select| select.value()),
    }
}

/// An attribute of the root element.
pub(super) fn set_attribute_of_root(name: &str, value: &str) {
    if let Some(html) = document().document_element() {
        let _ = html.set_attribute(name, value);
    }
}

/// A wait that begins anew whenever it is asked for again.
pub(super) type Wait = LocalKey<RefCell<Option<Timeout>>>;

/// Runs once nothing has asked for the same wait during that many milliseconds.
pub(super) fn once_settled(wait: &'static Wait, pause: u32, run: impl FnOnce() + 'static) {
    // Dropping the timer that was there cancels it.
    wait.replace(Some(Timeout::new(pause, run)));
}
