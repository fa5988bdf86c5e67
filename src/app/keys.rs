//! One table of keys for every slider, handle and field.

use crate::scenario::{Amount, Direction};

/// What a key asks of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ask {
    /// One step.
    Step(Amount, Direction),
    /// To the lower end.
    Start,
    /// To the upper end.
    End,
    /// Back to the example's value.
    Restore,
}

/// What a key pressed on a slider asks; absent for keys that are not its business.
pub(super) fn on_slider(event: &web_sys::KeyboardEvent) -> Option<Ask> {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return None;
    }
    let amount = if event.shift_key() { Amount::Fine } else { Amount::Step };
    Some(match event.key().as_str() {
        "ArrowRight" | "ArrowUp" => Ask::Step(amount, Direction::Up),
        "ArrowLeft" | "ArrowDown" => Ask::Step(amount, Direction::Down),
        "PageUp" => Ask::Step(Amount::Page, Direction::Up),
        "PageDown" => Ask::Step(Amount::Page, Direction::Down),
        "Home" => Ask::Start,
        "End" => Ask::End,
        "Backspace" => Ask::Restore,
        _ => return None,
    })
}

/// What a key pressed in a text field asks: up and down only, the rest edits the text.
pub(super) fn in_text(event: &web_sys::KeyboardEvent) -> Option<Ask> {
    match event.key().as_str() {
        "ArrowUp" | "ArrowDown" | "PageUp" | "PageDown" => on_slider(event),
        _ => None,
    }
}
