//! The third program of the page: nothing but what its library exports.

use margin_calculator_story as _;

/// A third of the size of the default allocator. Not in the library, which the single file's program
/// links beside another that has one.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

fn main() {}
