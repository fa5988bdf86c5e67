//! Starts the page.

fn main() {
    margin_calculator::app::start();
}
