//! The page's program and those that it fetches later, in one: the single file cannot fetch, and each
//! program would hold the calculation again.

// Linked for what it exports.
#[cfg(target_arch = "wasm32")]
use margin_calculator_share as _;
#[cfg(target_arch = "wasm32")]
use margin_calculator_story as _;

fn main() {
    #[cfg(target_arch = "wasm32")]
    margin_calculator::app::start();
}
