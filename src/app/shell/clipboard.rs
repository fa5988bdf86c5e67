//! Copying the link.

use gloo::timers::callback::Timeout;
use leptos::prelude::window;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use crate::app::document::find;
use crate::app::state::State;

const COPIED: &str = "Copied. The link holds these numbers and nothing about you.";
const REFUSED: &str = "This browser does not let a page copy. The address bar holds the same link.";

/// Copies the link to the reader's numbers, and says so.
pub(crate) fn copy_link(state: State) {
    let link = super::url::link(state);
    // Absent where the page is not served securely.
    let clipboard = js_sys::Reflect::get(&window().navigator(), &"clipboard".into())
        .ok()
        .and_then(|value| value.dyn_into::<web_sys::Clipboard>().ok());
    let Some(clipboard) = clipboard else {
        say(REFUSED);
        return;
    };
    let copied = Closure::once_into_js(|| say(COPIED));
    let refused = Closure::once_into_js(|| say(REFUSED));
    let written = clipboard.write_text(&link);
    let then = js_sys::Reflect::get(&written, &"then".into());
    if let Ok(then) = then.and_then(|then| then.dyn_into::<js_sys::Function>()) {
        let _ = then.call2(&written, &copied, &refused);
    }
}

fn say(words: &'static str) {
    if let Some(notice) = find("notice") {
        notice.set_text_content(Some(words));
        Timeout::new(6_000, move || notice.set_text_content(None)).forget();
    }
}
