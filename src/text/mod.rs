//! Strings to numbers and numbers to strings; no domain words.

mod format;
mod parse;
mod style;
mod ticks;

pub use format::{capital, fixed, grouped, plain, shortest};
pub use parse::{ParseError, Parsed, Suffix, parse, read_plain};
pub use style::NumberStyle;
pub use ticks::{Tick, Ticks};
