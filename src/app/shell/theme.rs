//! Light or dark: the system's, a link's, or the reader's own choice, which stays.

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
fn label() {
    if let Some(button) = find("theme") {
        button.set_text_content(Some(if is_dark() { "Light" } else { "Dark" }));
    }
}

/// The browser's storage; reading it throws where a host forbids it.
pub(super) fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten().map(|_| LocalStorage::raw())
}

/// The theme a link asks for, else the reader's earlier choice.
pub(crate) fn restore() {
    let search = window().location().search().unwrap_or_default();
    let asked = search
        .trim_start_matches('?')
        .split('&')
        .find_map(|part| part.strip_prefix("theme="))
        .map(str::to_owned);
    let kept = || storage()?.get_item(KEY).ok().flatten();
    if let Some(theme) = asked.or_else(kept).filter(|theme| theme == "dark" || theme == "light") {
        set_attribute_of_root("data-theme", &theme);
    }
    label();
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
