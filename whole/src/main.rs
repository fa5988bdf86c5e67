//! The page's program and the one that it fetches later, in one: the single file cannot fetch, and two
//! programs would hold the calculation twice.

// Linked for what it exports.
#[cfg(target_arch = "wasm32")]
use margin_calculator_share as _;

fn main() {
    #[cfg(target_arch = "wasm32")]
    margin_calculator::app::start();
}
