//! After the trigger: how venues document what is closed, at what price, and who pays.
//!
//! Each function is one documented rule with its source. Which venue uses which rule is data, and a
//! rule here is named by what it does. Money that is split adds up to the last digit.
//!
//! | question | function |
//! |---|---|
//! | how much is closed first | [`size_to_close`], [`share_to_close`], [`smallest_size`] |
//! | at which price | [`bankruptcy_amount`], [`fillable_price`] |
//! | who gets the rest, who pays | [`settle`], [`absorb`] |
//! | who is closed against it | [`queue`], [`deleverage`], [`assign`] |
//! | how the requirement itself moves | [`scaled_initial_rate`], [`funding_cap`] |
//! | what a venue prints about it | [`margin_level`], [`risk_rate`], [`pro_rata_price`] |

mod deleverage;
mod display;
mod dynamic;
mod ratios;
mod restore;
mod settle;
mod share;
mod step_down;

pub use deleverage::{
    Assigned, Candidate, Closeout, Deleveraged, Ranking, assign, deleverage, queue, score,
};
pub use display::{account_margin_rate, pro_rata_price};
pub use dynamic::{
    OpenInterestCaps, clamped_funding, funding_cap, maintenance_rate, scaled_initial_rate,
};
pub use ratios::{
    PerpWeights, RiskRateParts, available_balance, balance_to_value, margin_level, margin_ratio,
    perp_health, risk_rate, used_margin_rate,
};
pub use restore::{LiabilityTransfer, PartialRule, smallest_liability, smallest_size};
pub use settle::{
    Absorbed, FeeTaker, Remainder, Settlement, TakeoverRule, absorb, deficit, settle,
};
pub use share::{AccountTotals, FillableRule, Part, bankruptcy_amount, fillable_price};
pub use step_down::{StepDown, ToClose, share_to_close, size_to_close};
