//! What the reader asks.

mod control;
mod draft;
mod field;
mod frame;
mod history;
mod parse;
mod preset;
#[expect(clippy::module_inception, reason = "the folder is the question, the file its valid form")]
mod scenario;
mod share;

pub use control::{Amount, Direction, committed, highest_leverage, moved, placed};
pub use draft::{Draft, RuleChoice};
pub use field::{FieldId, Limits, Unit};
pub use frame::{Control, Controls, Frame};
pub use history::History;
pub use parse::{Fault, FieldValue, Problem, Reading, read};
pub use preset::Preset;
pub use scenario::{MarginMode, Market, Position, PositionMargin, Scenario};
pub use share::{Opened, open, open_onto, write};
