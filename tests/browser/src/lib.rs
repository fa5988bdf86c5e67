//! Drives the built page in a real browser over WebDriver, as a reader would use it.
//!
//! A step that cannot be done ends the test at once with a sentence saying which step it was, so
//! the functions here panic where a library would return an error.

pub mod axe;
pub mod browser;
pub mod devtools;
pub mod driver;
pub mod engine;
pub mod page;
pub mod places;
pub mod site;
pub mod still;
