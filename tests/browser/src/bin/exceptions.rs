//! Prints what an engine cannot do for the tests, and what they do in its place.

fn main() {
    for exception in browser_tests::exceptions::EXCEPTIONS {
        println!("{exception}");
    }
}
