//! Every sentence and label made from figures, without a browser.
//!
//! The page and the static HTML it replaces are written by the same functions, so they cannot
//! disagree.

mod answer;
mod backwards;
mod figures;
pub(crate) mod math;
mod messages;
mod pen;
mod sentence;
mod taken;
mod working;
mod working_end;

pub use answer::{Answer, Trouble, answer};
pub use backwards::{closing_moved, leverage_for};
pub use figures::{Figure, Figures, TierLine, figures, tier_lines, tier_peek, tier_unit};
pub use messages::{Message, field_name, message, stale_note};
pub use pen::Pen;
pub use sentence::{Sentence, WayOut, assumptions, cushion, month, sentence, spoken};
pub use taken::{Row, rows, whole_sentence};
pub use working::{Step, Working, working};
