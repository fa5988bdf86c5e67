//! What a position costs and pays: entry, fees, funding, and where it breaks even.
//!
//! Small exact formulas, each with its source beside it; nothing here reads rules or decides what a
//! venue does. Venues differ in where they round, so every function gives the exact amount and
//! [`rounded_up`] is what a venue that rounds adds to it.
//!
//! | question | function |
//! |---|---|
//! | what did I pay on average | [`average_entry`], [`trade`] |
//! | what does it take to open | [`cost_to_open`], [`cost_to_open_share`] |
//! | what do I pay each interval | [`funding_payment`], [`funding_sum`] |
//! | what is left when I close | [`close`], [`margin_released`], [`returned`] |
//! | from which price on do I gain | [`break_even`] |
//! | how does a limit table grow | [`base_step_rows`] |
//! | what marks a dated future | [`fair_basis_rate`], [`dated_mark`] |

mod base_step;
mod break_even;
mod close;
mod dated;
mod entry;
mod fees;
mod funding;
mod holding;
mod whole_units;

pub use base_step::{BaseStep, BaseStepError, MOST_STEPS, base_step_rows};
pub use break_even::{BreakEven, break_even};
pub use close::{Closed, close, margin_released, returned};
pub use dated::{dated_mark, fair_basis_rate};
pub use entry::{Fill, Traded, average_entry, average_entry_any_width, trade};
pub use fees::{
    CostToOpen, cost_to_open, cost_to_open_share, fee_round_trip, fee_to_close, trading_fee,
};
pub use funding::{FundingStamp, funding_on_value, funding_payment, funding_sum, is_charged};
pub use holding::{Holding, initial_margin, value_at_bankruptcy};
pub use whole_units::{price_in_whole_units, rounded_up, value_in_whole_units};
