//! Starts the page.

/// A third of the size of the default allocator, which the reader would download.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

fn main() {
    margin_calculator::app::start();
}
