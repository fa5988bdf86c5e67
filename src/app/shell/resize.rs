//! The picture's width in pixels, as the container changes.

use leptos::prelude::*;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::JsCast;

/// Before anything is measured: the widest picture.
const USUAL: u32 = 1184;

/// The width of the static picture, which the live one takes over.
pub(crate) fn plot_width(root: &web_sys::HtmlElement) -> u32 {
    let plot = root.query_selector(".plot").ok().flatten();
    plot.map_or(USUAL, |plot| width_of(&plot))
}

fn width_of(element: &web_sys::Element) -> u32 {
    u32::try_from(element.client_width()).ok().filter(|width| *width > 0).unwrap_or(USUAL)
}

/// Keeps a signal at the width of an element for as long as the page lives.
pub(crate) fn watch(element: &web_sys::HtmlElement, width: RwSignal<u32>) {
    let seen = element.clone();
    let measure = move || {
        let now = width_of(&seen);
        if width.get_untracked() != now {
            width.set(now);
        }
    };
    measure();
    let on_resize = Closure::<dyn FnMut()>::new(measure);
    if let Ok(observer) = web_sys::ResizeObserver::new(on_resize.as_ref().unchecked_ref()) {
        observer.observe(element);
        // The page lives as long as the document.
        on_resize.forget();
    }
}

/// A position in whole pixels.
#[expect(clippy::cast_possible_truncation, reason = "a position on a screen")]
pub(crate) fn whole(position: f64) -> i32 {
    position as i32
}
