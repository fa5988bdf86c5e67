//! Limit tables that a venue states as a base and a step.

use core::fmt;

use crate::quantity::{Exact, Leverage, Overflow, Rate};
use crate::venue::TierRow;

/// The most steps a table may have.
pub const MOST_STEPS: usize = 1000;

/// A limit that grows by steps, each raising both rates by the same amount.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BaseStep {
    /// Where the first tier ends, inclusive, above zero; in the unit of the table.
    pub base_limit: Exact,
    /// How much each further tier spans, above zero.
    pub step: Exact,
    /// Where the last tier must reach: at least the first limit.
    pub last_limit: Exact,
    /// Maintenance rate of the first tier.
    pub base_maintenance_rate: Rate,
    /// Initial rate of the first tier, above zero.
    pub base_initial_rate: Rate,
    /// What each step adds to both rates; zero or above. Often the base maintenance rate itself.
    pub rate_step: Rate,
}

/// Why a base and a step make no table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BaseStepError {
    /// The base limit is not above zero.
    BaseLimit,
    /// The step is not above zero.
    Step,
    /// The last limit is below the base limit.
    LastLimit,
    /// The base initial rate is not above zero.
    InitialRate,
    /// Each step would lower the rates.
    RateStep,
    /// More than [`MOST_STEPS`] steps are needed.
    TooMany,
    /// An amount needs more digits than are carried.
    Overflow,
}

impl fmt::Display for BaseStepError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BaseLimit => f.write_str("the base limit must be above 0"),
            Self::Step => f.write_str("the step must be above 0"),
            Self::LastLimit => f.write_str("the last limit must be at least the base limit"),
            Self::InitialRate => f.write_str("the base initial rate must be above 0"),
            Self::RateStep => f.write_str("the rate step must be 0 or more"),
            Self::TooMany => {
                write!(f, "the last limit is more than {MOST_STEPS} steps away: use a larger step")
            }
            Self::Overflow => fmt::Display::fmt(&Overflow, f),
        }
    }
}

impl core::error::Error for BaseStepError {}

impl From<Overflow> for BaseStepError {
    fn from(_: Overflow) -> Self {
        Self::Overflow
    }
}

/// The tiers from the first to the one that holds the last limit.
///
/// After n steps: maintenance = base maintenance + n x rate step, initial = base initial + n x rate
/// step, and the highest leverage is 1 / initial. The tier's rate is for the whole position, so the
/// rows belong into a [flat](crate::venue::TierKind::Flat) table, which also checks that no rate
/// reaches 1.
/// Source: BitMEX, "Risk Limits" and "Risk Limits Examples" (bitmex.com/app/riskLimits and
/// /riskLimitsExamples), mirrored in github.com/bradkyle/Qex, read 2026-11.
pub fn base_step_rows(rule: &BaseStep) -> Result<Vec<TierRow>, BaseStepError> {
    if !rule.base_limit.is_positive() {
        return Err(BaseStepError::BaseLimit);
    }
    if !rule.step.is_positive() {
        return Err(BaseStepError::Step);
    }
    if rule.last_limit.is_below(&rule.base_limit)? {
        return Err(BaseStepError::LastLimit);
    }
    if !rule.base_initial_rate.exact().is_positive() {
        return Err(BaseStepError::InitialRate);
    }
    if rule.rate_step.exact().is_negative() {
        return Err(BaseStepError::RateStep);
    }
    let mut rows: Vec<TierRow> = Vec::new();
    let (mut floor, mut cap) = (Exact::ZERO, rule.base_limit);
    let mut maintenance = *rule.base_maintenance_rate.exact();
    let mut initial = *rule.base_initial_rate.exact();
    loop {
        rows.push(TierRow {
            floor,
            cap: Some(cap),
            maintenance_margin_rate: Rate::from_exact(maintenance),
            maintenance_amount: None,
            max_leverage: Some(Leverage::from_exact(Exact::ONE.over(&initial)?)),
        });
        if rule.last_limit.is_at_most(&cap)? {
            return Ok(rows);
        }
        if MOST_STEPS < rows.len() {
            return Err(BaseStepError::TooMany);
        }
        floor = cap;
        cap = cap.plus(&rule.step)?;
        maintenance = maintenance.plus(rule.rate_step.exact())?;
        initial = initial.plus(rule.rate_step.exact())?;
    }
}
