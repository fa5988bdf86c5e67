//! The calculation.

mod account;
mod answers;
mod convex;
mod curve;
mod errors;
mod evaluate;
mod isolated;
mod ladder;
mod leg;
mod line;
mod many;
mod near;
mod report;
mod single;
mod solve;
mod stand;
mod steps;

pub use curve::{Curve, CurvePoint, PriceRange, Stretch, amounts_at, curve};
pub use ladder::{Rung, leverage_closing_at, leverage_ladder};
pub use report::{
    AccountReport, BankruptcyPrice, ComputeError, Crossing, MarginRatio, PositionReport, Rejection,
    Report, Shock, Threshold,
};
pub use solve::{Outcome, Reason, Solution, SolveError, Unknown, Wish, solve, with_unknown};

use crate::quantity::{Exact, Number, Wide};
use crate::scenario::{MarginMode, Market, Position, Scenario};

/// Which numbers an answer took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    /// 256 bits, which is nearly always enough.
    Narrow,
    /// Numbers without a bound. Figures that a report could not hold are rounded half-even to 18
    /// decimals; prices on a tick are rounded once, from the exact value.
    Wide,
}

/// Evaluates a scenario: every figure exact, every threshold the first one met from the mark.
///
/// Fails with a [`ComputeError`] when a figure has no value: a position beyond the tier table where
/// nothing is known there, a leverage that is needed and not stated, or more digits than 256 bits
/// hold. [`compute_any_width`] has no such bound.
pub fn compute(scenario: &Scenario) -> Result<Report, ComputeError> {
    of_width::<Exact>(scenario)
}

/// Evaluates one isolated position, for a page that has no other.
pub fn compute_position(
    position: &Position,
    market: &Market,
) -> Result<PositionReport, ComputeError> {
    Ok(evaluate::one::<Exact>(0, position, market)?.0)
}

/// Evaluates a scenario whatever the number of digits, and says which numbers it took.
///
/// An [`Overflow`](ComputeError::Overflow) is left only for a figure whose whole part does not fit
/// a report, above 10^58: a slope table reaches it that asks for 10^20 times the value of the
/// largest position.
pub fn compute_any_width(scenario: &Scenario) -> Result<(Report, Width), ComputeError> {
    match compute(scenario) {
        Err(ComputeError::Overflow) => Ok((compute_wide(scenario)?, Width::Wide)),
        report => Ok((report?, Width::Narrow)),
    }
}

/// Evaluates a scenario with numbers without a bound, also where 256 bits would do: a second opinion
/// on [`compute`], its figures rounded as [`Width::Wide`] says.
pub fn compute_wide(scenario: &Scenario) -> Result<Report, ComputeError> {
    of_width::<Wide>(scenario)
}

fn of_width<N: Number>(scenario: &Scenario) -> Result<Report, ComputeError> {
    match &scenario.margin_mode {
        MarginMode::Isolated { wallet_balance } => {
            isolated::isolated::<N>(scenario, wallet_balance.as_ref())
        }
        MarginMode::Cross { wallet_balance } => account::cross::<N>(scenario, wallet_balance),
    }
}
