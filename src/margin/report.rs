//! The answer: plain figures, each exact, each absent only for a stated reason.

use crate::quantity::{Leverage, Money, Overflow, Price, Ratio};
use crate::venue::RiskTier;

/// Why a scenario has no report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ComputeError {
    /// A figure needs more digits than are carried.
    Overflow,
    /// A position, from 0, is larger than the last tier: no rate is known for it.
    BeyondTable(usize),
    /// A position, from 0, refers to a market that is not there.
    UnknownMarket(usize),
    /// Cross margin, which this version does not compute.
    CrossMargin,
    /// A contract kind of a position's market, from 0, which this version does not compute.
    ContractKind(usize),
}

impl From<Overflow> for ComputeError {
    fn from(_: Overflow) -> Self {
        Self::Overflow
    }
}

/// Maintenance margin over margin balance; liquidation at 1, higher is worse.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum MarginRatio {
    /// The quotient.
    Of(Ratio),
    /// The margin balance is zero or below, so that no multiple of it is enough.
    NothingLeft,
}

/// A price at which something happens.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Crossing {
    /// The exact price.
    pub exact: Price,
    /// Rounded to the tick toward the mark, so that the warning comes early, never late.
    pub price: Price,
    /// The tier that holds there.
    pub tier: RiskTier,
}

/// When a margin balance meets what must be kept, walking from the mark in both directions.
#[expect(clippy::large_enum_variant, reason = "a report holds two, and none is kept in bulk")]
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Threshold {
    /// Reached at a price below, above, or both.
    AtPrice {
        /// The first price met going down.
        below: Option<Crossing>,
        /// The first price met going up.
        above: Option<Crossing>,
    },
    /// No price above zero reaches it.
    Never,
    /// The mark is already at or past it; where the line runs, if a price would lead back.
    Now {
        /// The nearest price at which the account would be whole again.
        boundary: Option<Crossing>,
    },
    /// The tier table ends before a price is met; beyond it no rate is known.
    TableEnds,
}

impl Threshold {
    /// The price to show: the first crossing, or the line already passed.
    pub fn crossing(&self) -> Option<&Crossing> {
        match self {
            Self::AtPrice { below, above } => below.as_ref().or(above.as_ref()),
            Self::Now { boundary } => boundary.as_ref(),
            Self::Never | Self::TableEnds => None,
        }
    }
}

/// Why a venue would refuse to open a position.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Rejection {
    /// The leverage is above what the tier allows.
    LeverageAboveTier {
        /// The highest the tier allows.
        max_leverage: Leverage,
    },
    /// The margin put down is no more than what must be kept from the first second.
    MarginBelowMaintenance {
        /// Maintenance margin at entry.
        maintenance_margin: Money,
    },
}

/// The figures of one position.
#[derive(Clone, Debug, PartialEq)]
pub struct PositionReport {
    /// Value at entry.
    pub entry_notional: Money,
    /// Value at mark.
    pub notional: Money,
    /// Set aside to open: value at entry over leverage.
    pub initial_margin: Money,
    /// What is assigned: initial margin plus added margin.
    pub position_margin: Money,
    /// Profit at mark; negative for a loss.
    pub unrealized_pnl: Money,
    /// Profit over initial margin.
    pub return_on_margin: Ratio,
    /// What the holder has: position margin plus unrealized profit.
    pub margin_balance: Money,
    /// What must be kept at mark.
    pub maintenance_margin: Money,
    /// Maintenance margin over margin balance.
    pub margin_ratio: MarginRatio,
    /// Value at mark over margin balance; absent when nothing is left.
    pub effective_leverage: Option<Ratio>,
    /// The tier at mark.
    pub tier: RiskTier,
    /// The tier at entry.
    pub entry_tier: RiskTier,
    /// Where the position is closed.
    pub liquidation: Threshold,
    /// Where the venue warns.
    pub margin_call: Threshold,
    /// Where the margin balance is zero; absent if that price is not above zero. Rounded to the
    /// tick toward the mark.
    pub bankruptcy_price: Option<BankruptcyPrice>,
    /// Why it could not be opened; empty when it could.
    pub rejections: Vec<Rejection>,
}

/// The price at which nothing is left.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BankruptcyPrice {
    /// The exact price.
    pub exact: Price,
    /// Rounded to the tick toward the mark.
    pub price: Price,
}

/// The figures of an account.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// One for each position, in order.
    pub positions: Vec<PositionReport>,
}
