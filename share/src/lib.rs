//! What a reader takes along, for the page to fetch when it is asked for: nothing here is part of the
//! first load.
//!
//! A link's query is what goes in and what comes out, so that the page and this module share no state.

use margin_calculator::json;
use wasm_bindgen::prelude::*;

/// The report of a scenario file, as text.
#[wasm_bindgen]
pub fn report(file: &str) -> String {
    json::evaluate(file)
}
