//! From the warning to the close, and after: a machine that takes ticks and tells what happens.
//!
//! [`step`] takes one [`Tick`], [`Run`] a whole path. It knows no clock and no chance: the same
//! [`Setup`] and the same ticks give the same events to the last digit.
//!
//! ```text
//! Healthy <-> MarginCall -> Below: dwell time -> orders cancelled -> swept -> taken over -> Closed
//!    ^            ^           |                        |                |
//!    |            |       regained                 survived          Pausing, then the rest
//! ```
//!
//! Every amount that moves is a [`Flow`] between two parties, so that what all hold together never
//! changes. Nothing leads back from [`Stage::Closed`].
//!
//! | question | where |
//! |---|---|
//! | what does the venue do | [`ProcessRules`], [`rule_sets`] |
//! | what does everything begin with | [`Setup`] |
//! | which prices | [`Preset`], [`Points`], [`read_path`], [`Moment`], [`Tick`] |
//! | what happened | [`Event`], [`EventKind`], [`Flow`] |
//! | how does it stand now | [`State`], [`Stage`], [`Balances`] |
//! | how did it stand then | [`Run::at`] |

mod book;
mod close;
mod event;
mod gates;
mod log;
mod path;
mod path_read;
mod rules;
mod rules_read;
mod run;
mod setup;
mod standing;
mod state;
mod step;
mod turn;

pub use book::{Book, Fill, Level};
pub use event::{Event, EventKind, Flow, Party, Refusal, Sweep, Taker};
pub use log::log_text;
pub use path::{
    Around, MOST_MOMENTS, Moment, PRESET_END_MS, PRESET_STEP_MS, Points, PointsError, Preset,
};
pub use path_read::{
    LONG_GAP_MS, LONGEST_GAP_MS, PathFile, PathFileError, PathNote, PathProblem, read_path,
};
pub use rules::{
    Cancels, Freed, HandedOver, Partial, ProcessRules, SMALL_STEP, SweepLimit, Unfilled,
};
pub use rules_read::{RulesError, read_rules, rule_set, rule_sets};
pub use run::{KEPT_EVERY, Run};
pub use setup::{Action, OrderMargin, Setup, StartError, StepError, Tick};
pub use state::{Balances, Stage, State};
pub use step::step;
