//! Sizes: the picture's width as the container changes, and pointers in its measure.

use leptos::prelude::{document, request_animation_frame, window};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use crate::app::document::find;
use crate::app::state::{Stance, State};

/// Before anything is measured: the widest picture.
const USUAL: u32 = 1184;
/// Sixteenths of the root font size in one of it.
const UNITS: i32 = 16;

/// The root font size in pixels: a reader who enlarges text enlarges the picture with it.
fn root_size() -> i32 {
    let size = document()
        .document_element()
        .and_then(|html| window().get_computed_style(&html).ok().flatten())
        .and_then(|style| style.get_property_value("font-size").ok())
        .and_then(|size| size.split(['.', 'p']).next()?.parse().ok());
    size.filter(|size| *size > 0).unwrap_or(UNITS)
}

/// Pixels as sixteenths of the root font size.
fn in_units(pixels: i32) -> i32 {
    pixels.saturating_mul(UNITS).checked_div(root_size()).unwrap_or(pixels)
}

/// The picture's width.
pub(crate) fn picture_width() -> u32 {
    let width = find("plot").map(|plot| in_units(plot.client_width()));
    width.and_then(|width| u32::try_from(width).ok()).filter(|width| *width > 0).unwrap_or(USUAL)
}

/// Keeps the picture at the width of its container.
pub(crate) fn keep(state: State) {
    let Some(plot) = find("plot") else {
        return;
    };
    // A frame later: another picture may be of another height, which is no news to this observer.
    let on_resize = Closure::<dyn FnMut()>::new(move || {
        request_animation_frame(move || {
            let width = picture_width();
            state.stand(Stance { width, ..state.stance() });
        });
    });
    if let Ok(observer) = web_sys::ResizeObserver::new(on_resize.as_ref().unchecked_ref()) {
        observer.observe(&plot);
        on_resize.forget();
    }
}

/// How far into the picture a pointer is, in its own measure.
pub(crate) fn in_picture(client_x: i32) -> i32 {
    in_units(client_x.saturating_sub(corner("plot").0))
}

/// Where a pointer is inside the instrument, in pixels.
pub(crate) fn in_instrument(client_x: i32, client_y: i32) -> (i32, i32) {
    let (left, top) = corner("plot");
    (client_x.saturating_sub(left), client_y.saturating_sub(top))
}

#[expect(clippy::cast_possible_truncation, reason = "a position on a screen, in whole pixels")]
fn corner(id: &str) -> (i32, i32) {
    find(id).map_or((0, 0), |element| {
        let rect = element.get_bounding_client_rect();
        (rect.left() as i32, rect.top() as i32)
    })
}
