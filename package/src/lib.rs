//! The calculator for JavaScript: the same text in, the same text out as the headless command.
//!
//! Nothing is calculated here. An object is written as JSON, [`json::evaluate`] answers it, and the
//! answer is read again, so that a report in JavaScript is a report of the command, key for key.

use js_sys::JSON;
use margin_calculator::json;
use wasm_bindgen::prelude::*;

/// The types of both objects, as docs/scenario-format.md describes them.
#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("types.d.ts");

#[wasm_bindgen]
extern "C" {
    /// A scenario as an object: see `Scenario` in the types.
    #[wasm_bindgen(typescript_type = "Scenario")]
    pub type Scenario;
    /// A report as an object: see `Report` in the types.
    #[wasm_bindgen(typescript_type = "Report")]
    pub type Report;
}

/// Evaluates a scenario. It never throws: what is wrong stands in the report's `problems`.
#[wasm_bindgen(js_name = evaluate)]
pub fn evaluate(scenario: &Scenario) -> Report {
    let value: &JsValue = scenario.as_ref();
    let written = match JSON::stringify(value) {
        // A function or `undefined` is written as nothing.
        Ok(text) => text.as_string(),
        // A cycle, a BigInt, or a getter that throws.
        Err(_) => None,
    };
    let report = match written {
        Some(text) => json::evaluate(&text),
        None => json::unwritable(),
    };
    JSON::parse(&report).unwrap_or(JsValue::NULL).unchecked_into()
}

/// Evaluates one line of JSON Lines: the text of a scenario in, the text of its report out. It never
/// throws.
#[wasm_bindgen(js_name = evaluateText)]
pub fn evaluate_text(line: &str) -> String {
    json::evaluate(line)
}
