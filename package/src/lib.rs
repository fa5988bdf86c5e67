//! The calculator for JavaScript: the same text in, the same text out as the headless commands.
//!
//! Nothing is calculated here. An object is written as JSON, [`json`] answers it, and the answer is
//! read again, so that a report in JavaScript is a report of the command, key for key. The types are
//! in `npm/index.d.ts`, and `tests/` holds them to the schemas.

use js_sys::{JSON, JsString};
use margin_calculator::json;
use wasm_bindgen::prelude::*;

/// Evaluates a scenario. It never throws: what is wrong stands in the report's `problems`.
#[wasm_bindgen]
pub fn evaluate(scenario: &JsValue) -> JsValue {
    of_value(scenario, json::evaluate)
}

/// Evaluates one line of JSON Lines: the text of a scenario in, the text of its report out. It never
/// throws, whatever it is given.
#[wasm_bindgen(js_name = evaluateText)]
pub fn evaluate_text(line: &JsValue) -> String {
    of_line(line, json::evaluate)
}

/// Works backwards: a question in, its solution out. It never throws.
#[wasm_bindgen]
pub fn solve(question: &JsValue) -> JsValue {
    of_value(question, json::solve)
}

/// Works one line of JSON Lines backwards. It never throws.
#[wasm_bindgen(js_name = solveText)]
pub fn solve_text(line: &JsValue) -> String {
    of_line(line, json::solve)
}

/// What answers a text.
type Answer = fn(&str) -> String;

fn of_value(value: &JsValue, answer: Answer) -> JsValue {
    let written = match JSON::stringify(value) {
        // A function or `undefined` is written as nothing.
        Ok(text) => text.dyn_into::<JsString>().ok(),
        // A cycle, a BigInt, or a getter that throws.
        Err(_) => None,
    };
    let answer = match written {
        Some(text) => of_text(&text, answer),
        None => json::unwritable(),
    };
    JSON::parse(&answer).unwrap_or(JsValue::NULL)
}

fn of_line(line: &JsValue, answer: Answer) -> String {
    match line.dyn_ref::<JsString>() {
        Some(text) => of_text(text, answer),
        None => json::unreadable(),
    }
}

fn of_text(text: &JsString, answer: Answer) -> String {
    // The first byte of U+FFFD.
    const MAYBE_REPLACED: u8 = 0xef;
    // A longer one is refused by its first bytes, and need not be brought here: no memory is asked
    // for that there may not be. A unit of JavaScript's text is at least one byte of ours.
    let most = u32::try_from(json::MOST_BYTES).unwrap_or(u32::MAX);
    if most < text.length() {
        return answer(&String::from(text.slice(0, most.saturating_add(1))));
    }
    let line = String::from(text);
    // Half a character becomes U+FFFD on the way, and the scenario would be another. Asking the text
    // itself takes a call for each of its letters.
    if line.as_bytes().contains(&MAYBE_REPLACED) && !text.is_valid_utf16() {
        return json::unreadable();
    }
    answer(&line)
}
