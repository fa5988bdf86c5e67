//! The page.
use leptos::prelude::*;

/// Mounts the page into the document.
pub fn start() {
    mount_to_body(|| view! { <p>"Hello"</p> });
}
