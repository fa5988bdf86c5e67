//! Light or dark: the system's, a link's, or the reader's own choice, which stays.
//!
//! What holds at the start is settled by `web/head.js`, before the first paint.

use gloo::storage::{LocalStorage, Storage};
use leptos::prelude::{document, window};

use crate::app::document::{find, set_attribute_of_root};

const KEY: &str = "margin-calculator-theme";

fn is_dark() -> bool {
    match document().document_element().and_then(|html| html.get_attribute("data-theme")) {
        Some(theme) => theme == "dark",
        None => window()
            .match_media("(prefers-color-scheme: dark)")
            .ok()
            .flatten()
            .is_some_and(|query| query.matches()),
    }
}

/// Names the button after what it switches to.
pub(super) fn label() {
    if let Some(button) = find("theme") {
        button.set_text_content(Some(if is_dark() { "Light" } else { "Dark" }));
    }
}

/// The browser's storage; reading it throws where a host forbids it.
pub(super) fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten().map(|_| LocalStorage::raw())
}

/// Switches to the other theme and remembers it; where storage is forbidden the choice lasts as
/// long as the page.
pub(crate) fn switch() {
    let theme = if is_dark() { "light" } else { "dark" };
    set_attribute_of_root("data-theme", theme);
    if let Some(storage) = storage() {
        let _ = storage.set_item(KEY, theme);
    }
    super::url::forget_theme();
    label();
}
