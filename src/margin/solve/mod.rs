//! Working backwards: from where a position is to be closed to the leverage, quantity, margin or
//! entry price that puts it there.
//!
//! With side s, exposure e (quantity times contract size), entry E, the wanted price W, and the tier
//! that holds *at W* with its rate r, its fee f and its maintenance amount c, margin balance equals
//! maintenance margin at W when
//!
//! ```text
//! margin needed = e W (r + f) - c + s e (E - W)
//! added margin  = margin needed - what stands behind the position now
//! leverage      = e E / (margin needed - what was added)
//! quantity      = (what was added + c) / (contract size x (W (r + f) + s (E - W) - E / leverage))
//! entry         = (what was added + c + e W (s - r - f)) / (e (s - 1 / leverage))
//! ```
//!
//! with W and E replaced by their reciprocals and s by its opposite for an inverse contract. For a
//! largest loss X, W is where the profit is -X, and e W is e E - s X. A fee that goes by the value
//! at entry, maintenance at entry and a rate that leverage divides only add terms that are straight
//! in 1/leverage and in the value at entry. `pieces` finds each of these roots tier by tier,
//! `question` asks the walk of every report whether the position is then really closed there, and
//! `choose` rounds.
//!
//! Source of the trigger: Binance, support FAQ 360033525271, and the formulas of
//! [`leg`](super::leg), read 2026-04; solved here for the other letters.

mod choose;
mod pieces;
mod polynomial;
mod question;
mod setting;

use crate::quantity::{Exact, Leverage, Money, Number, Price, Rate, Rounding, Wide};
use crate::scenario::{MarginMode, PositionMargin, Scenario};
use crate::venue::{MaintenanceFee, TierKind};

use super::compute_any_width;
use super::report::{ComputeError, PositionReport, Rejection};
use choose::{Choice, choose};
use question::Question;

pub use setting::with_unknown;

/// What a holder wants of the liquidation price.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Wish {
    /// Closed by the exchange at this price, above zero, and not nearer to the mark.
    LiquidationAt(Price),
    /// A stop order that works before the exchange does: liquidation beyond the stop by at least
    /// this fraction of it.
    StopWithBuffer {
        /// The price of the stop, above zero.
        stop: Price,
        /// From 0 to below 1; 0.01 is one percent of the stop.
        buffer: Rate,
    },
    /// Closed by the exchange before the position has lost more than this, from its entry, in the
    /// coin of the margin; above zero. Fees and funding are not in it.
    LargestLoss(Money),
}

/// What is to be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unknown {
    /// The leverage setting, from 1 to 1000.
    Leverage,
    /// The quantity, with leverage, added margin and entry as they are; the initial margin follows.
    Quantity,
    /// What to add to the margin that stands behind the position now; in cross mode, to the wallet.
    AddedMargin,
    /// The entry price, with the mark where it is.
    EntryPrice,
}

/// A value of the unknown on its step, and the position with it.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// A multiple of the step: a leverage, a quantity, money to add, or a price.
    pub value: Exact,
    /// All figures of the position with that value put in.
    pub report: PositionReport,
}

/// Why a wish cannot be met exactly.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reason {
    /// The wanted price, or the stop, is at the mark or on the side on which the position gains.
    /// What comes nearest is closed nearest to the mark.
    GainingSide,
    /// At the mark the position has already lost that much.
    AlreadyLost,
    /// It would take margin out, this much, and not add any: the position is already closed further
    /// away than wanted, or, for a largest loss, more margin stands behind it than may be lost.
    MarginToSpare(Money),
    /// The unknown does not move the liquidation price: in cross mode, or with a margin that is
    /// assigned in all, leverage does not, unless a fee or rate of the venue goes by it; nor does
    /// the quantity as long as margin and requirement both grow in proportion to it.
    NoEffect,
    /// Every value falls short: the position is closed nearer than wanted, or loses more.
    AlwaysWorse,
    /// Every value does more than wanted: even the riskiest is closed further away, or loses less.
    AlwaysBetter,
    /// The venue would not open the position with the value that meets the wish; or, where no value
    /// would be taken, with the safest one.
    Refused(Rejection),
    /// Whatever the value, the margin is used up at the mark already.
    ClosedAtOnce,
    /// The requirement jumps at a tier edge, and the wanted price lies inside what it skips.
    InsideJump,
    /// The tier table ends before: no rate is known for the position at the wanted price.
    TableEnds,
    /// A value between two steps would meet the wish, and no step is on the safe side of it.
    StepTooCoarse,
}

/// The answer to a wish.
#[derive(Clone, Debug, PartialEq)]
pub enum Solution {
    /// A value meets it.
    Found {
        /// The value that meets it exactly; absent where that is no fraction (the quantity under a
        /// rate that grows with the quantity) or one with more digits than a report holds.
        exact: Option<Exact>,
        /// Down or up to the step; absent where the value that meets it exactly stands on one.
        rounding: Option<Rounding>,
        /// Rounded to the step so that the wish is still met, and one step more would not meet it:
        /// leverage and quantity down, added margin up for a wanted price, and whichever way is
        /// safe otherwise.
        rounded: Box<Outcome>,
    },
    /// No value that a venue takes meets it exactly.
    Unreachable {
        /// Why not.
        reason: Reason,
        /// The value on the step that comes nearest: one that does more than wanted if there is
        /// any, else the one that falls least short. It is looked for beside all tier changes and
        /// bounds, which leaves out a quantity in the middle that hedges best. Where the unknown has
        /// no effect, what it is now. Absent where no value is taken, or none is stated.
        nearest: Option<Box<Outcome>>,
    },
}

/// Why a question has no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SolveError {
    /// A figure of the account has no value.
    Compute(ComputeError),
    /// There is no position of that number, from 0.
    NoSuchPosition(usize),
    /// The wanted price or the stop must be above zero.
    PriceNotAboveZero,
    /// The buffer must be from 0 to below 1.
    BufferOutOfRange,
    /// The largest loss must be above zero.
    LossNotAboveZero,
    /// The step must be above zero.
    StepNotAboveZero,
}

impl From<ComputeError> for SolveError {
    fn from(error: ComputeError) -> Self {
        Self::Compute(error)
    }
}

/// Finds the value of the unknown that meets a wish for one position of a scenario, rounded to a
/// step toward safety, such as 0.01 for leverage or the venue's quantity step.
///
/// The wish is about the price at which the walk from the mark first closes the position, with all
/// other marks standing still. Where several values meet it, those come first from which it stays
/// met toward safety, and among them the riskiest. Numbers grow as wide as they must.
pub fn solve(
    scenario: &Scenario,
    position: usize,
    wish: &Wish,
    unknown: Unknown,
    step: &Exact,
) -> Result<Solution, SolveError> {
    check(wish, step)?;
    let held = scenario.positions.get(position).ok_or(SolveError::NoSuchPosition(position))?;
    if !counts(scenario, position, unknown, wish)? {
        let present = match unknown {
            Unknown::Quantity => Some(held.quantity.exact()),
            _ => held.leverage.as_ref().map(Leverage::exact),
        };
        let nearest = match present.map(|value| outcome(scenario, position, unknown, value)) {
            Some(Err(SolveError::Compute(ComputeError::BeyondTable(_)))) | None => None,
            Some(present) => Some(present?),
        };
        return Ok(Solution::Unreachable { reason: Reason::NoEffect, nearest });
    }
    let choice = match chosen::<Exact>(scenario, position, wish, unknown, step) {
        Err(SolveError::Compute(ComputeError::Overflow)) => {
            chosen::<Wide>(scenario, position, wish, unknown, step)?
        }
        choice => choice?,
    };
    let outcome = |value: &Exact| outcome(scenario, position, unknown, value);
    Ok(match choice {
        Choice::Found { exact, value, rounding } => {
            Solution::Found { exact, rounding, rounded: outcome(&value)? }
        }
        Choice::Unreachable { reason, nearest } => {
            Solution::Unreachable { reason, nearest: nearest.as_ref().map(outcome).transpose()? }
        }
    })
}

fn chosen<N: Number>(
    scenario: &Scenario,
    position: usize,
    wish: &Wish,
    unknown: Unknown,
    step: &Exact,
) -> Result<Choice, SolveError> {
    let question = Question::<N>::new(scenario, position, wish, unknown)?;
    Ok(choose(&question, step)?)
}

fn outcome(
    scenario: &Scenario,
    position: usize,
    unknown: Unknown,
    value: &Exact,
) -> Result<Box<Outcome>, SolveError> {
    let changed = with_unknown(scenario, position, unknown, value)?;
    let (report, _) = compute_any_width(&changed)?;
    let report =
        report.positions.get(position).ok_or(SolveError::NoSuchPosition(position))?.clone();
    Ok(Box::new(Outcome { value: *value, report }))
}

fn check(wish: &Wish, step: &Exact) -> Result<(), SolveError> {
    let one = |buffer: &Exact| buffer.is_below(&Exact::ONE).map_err(ComputeError::from);
    match wish {
        Wish::LiquidationAt(price) | Wish::StopWithBuffer { stop: price, .. }
            if !price.exact().is_positive() =>
        {
            return Err(SolveError::PriceNotAboveZero);
        }
        Wish::StopWithBuffer { buffer, .. }
            if buffer.exact().is_negative() || !one(buffer.exact())? =>
        {
            return Err(SolveError::BufferOutOfRange);
        }
        Wish::LargestLoss(loss) if !loss.exact().is_positive() => {
            return Err(SolveError::LossNotAboveZero);
        }
        Wish::LiquidationAt(_) | Wish::StopWithBuffer { .. } | Wish::LargestLoss(_) => {}
    }
    if step.is_positive() { Ok(()) } else { Err(SolveError::StepNotAboveZero) }
}

/// Whether the wish depends on the unknown at all.
fn counts(
    scenario: &Scenario,
    index: usize,
    unknown: Unknown,
    wish: &Wish,
) -> Result<bool, SolveError> {
    let position = scenario.positions.get(index).ok_or(SolveError::NoSuchPosition(index))?;
    let market = scenario.markets.get(position.market).ok_or(ComputeError::UnknownMarket(index))?;
    let is_own = matches!(scenario.margin_mode, MarginMode::Isolated { .. });
    let added = match &position.margin {
        PositionMargin::InitialPlus(added) if is_own => Some(added),
        PositionMargin::InitialPlus(_) | PositionMargin::Assigned(_) => None,
    };
    let tiers = &market.rules.tiers;
    Ok(match unknown {
        Unknown::Leverage => {
            let sets_fee = match &market.rules.maintenance_fee {
                MaintenanceFee::None | MaintenanceFee::CloseAtMark(_) => false,
                MaintenanceFee::CloseAtBankruptcy(_) | MaintenanceFee::EntryRoundTrip(_) => true,
            };
            added.is_some() || sets_fee || tiers.kind() == TierKind::FactorOverLeverage
        }
        // Where margin and requirement both grow in proportion, a loss still does.
        Unknown::Quantity => {
            let is_steady = match tiers.kind() {
                TierKind::Slope(per_unit) => per_unit.is_zero(),
                _ => tiers.tiers().len() < 2,
            };
            let is_plain = added.is_some_and(|added| added.exact().is_zero());
            !(is_steady && is_plain) || matches!(wish, Wish::LargestLoss(_))
        }
        Unknown::AddedMargin | Unknown::EntryPrice => true,
    })
}
