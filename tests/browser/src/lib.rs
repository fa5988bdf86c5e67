//! Drives the built page in a real browser over WebDriver, as a reader would use it.
//!
//! A step that cannot be done ends the test at once with a sentence saying which step it was, so
//! the functions here panic where a library would return an error.

mod answer;
pub mod axe;
pub mod browser;
pub mod devtools;
mod display;
pub mod driver;
pub mod engine;
pub mod exceptions;
mod frame;
pub mod listen;
pub mod media;
pub mod page;
pub mod places;
pub mod plan;
pub mod site;
pub mod still;
mod trap;
pub mod window;
