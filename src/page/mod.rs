//! What the page shows, as a list of writes to elements named by id: no browser needed.
//!
//! `index.html` holds the whole page with the opening example already written into it, so it reads
//! complete before, and without, WebAssembly. The app applies the same writes to the same elements
//! whenever something changes; a test applies them to the file and finds nothing to change.

mod chapters;
mod controls;
mod figures;
mod gauge;
mod hero;
mod instrument;
mod view;
mod write;

pub use controls::{field_of_input, inputs};
pub use instrument::{Slider, slider};
pub use view::{Outcome, View};
pub use write::{Aspect, Write, Writes};

/// Every write for an outcome as it is viewed, always the same elements in the same order.
pub fn writes(outcome: &Outcome, view: &View) -> Vec<Write> {
    let mut list = Writes::default();
    controls::write(&mut list, outcome, view);
    hero::write(&mut list, outcome, view);
    instrument::write(&mut list, outcome, view);
    figures::write(&mut list, outcome);
    chapters::write(&mut list, outcome, view);
    list.finish()
}
