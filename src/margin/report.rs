//! The answer: plain figures, each exact, each absent only for a stated reason.

use std::sync::Arc;

use crate::quantity::{Exact, Leverage, Money, Overflow, Price, Ratio};
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
    /// A curve was asked for that is not straight between its corners.
    Bent,
    /// A position, from 0, states no leverage, and a figure depends on it: the margin of an isolated
    /// position, a fee that goes by leverage, or a rate that leverage divides.
    LeverageNeeded(usize),
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
#[derive(Clone, Debug, PartialEq)]
pub struct Crossing {
    /// The exact price.
    pub exact: Price,
    /// Rounded to the tick toward the mark, so that the warning comes early, never late.
    pub price: Price,
    /// The tier that holds there.
    pub tier: Arc<RiskTier>,
    /// Whether the position would be larger there than the last tier, whose rate then goes on.
    pub is_beyond_table: bool,
}

/// When a margin balance meets what must be kept, walking from the mark in both directions.
#[derive(Clone, Debug, PartialEq)]
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
    /// The position is larger than the last tier.
    SizeAboveTable {
        /// The most the table covers, in the unit of its tiers.
        cap: Exact,
    },
    /// The margin put down is no more than what must be kept from the first second.
    MarginBelowMaintenance {
        /// Maintenance margin at entry.
        maintenance_margin: Money,
    },
}

/// The figures of one position. Money is in the coin of the margin: quote units for a linear
/// contract, the base coin for an inverse one, the settle coin for a quanto one.
#[derive(Clone, Debug, PartialEq)]
pub struct PositionReport {
    /// Value at entry.
    pub entry_notional: Money,
    /// Value at mark.
    pub notional: Money,
    /// Set aside to open: value over leverage, plus what the venue adds; absent where no leverage is
    /// stated.
    pub initial_margin: Option<Money>,
    /// What is assigned to an isolated position: initial margin plus added margin. Absent in cross
    /// mode, where nothing is.
    pub position_margin: Option<Money>,
    /// Profit at mark; negative for a loss.
    pub unrealized_pnl: Money,
    /// Profit over initial margin.
    pub return_on_margin: Option<Ratio>,
    /// What the holder has: position margin plus unrealized profit; in cross mode the account's.
    pub margin_balance: Money,
    /// What must be kept for this position at mark.
    pub maintenance_margin: Money,
    /// The share of its value that the tier at mark asks for, before any amount or fee; a slope or a
    /// division by leverage is in it.
    pub maintenance_margin_rate: Ratio,
    /// Maintenance margin over margin balance; in cross mode the account's.
    pub margin_ratio: MarginRatio,
    /// Value at mark over margin balance; absent when nothing is left.
    pub effective_leverage: Option<Ratio>,
    /// The tier at mark.
    pub tier: Arc<RiskTier>,
    /// The tier at entry.
    pub entry_tier: Arc<RiskTier>,
    /// Where the position is closed; in cross mode with all other markets standing still.
    pub liquidation: Threshold,
    /// Where the venue warns.
    pub margin_call: Threshold,
    /// Where nothing of the margin balance is left, or only what the venue's rule keeps for closing
    /// the positions of this market; absent if that price is not above zero. Rounded to the tick
    /// toward the mark.
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

/// How far all marks can move together before the account is liquidated.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Shock {
    /// The first fraction met on each side: -0.1 is all marks a tenth lower. Absent on a side where
    /// no move reaches it.
    To {
        /// Downward, from -1 exclusive to 0.
        down: Option<Ratio>,
        /// Upward, above 0.
        up: Option<Ratio>,
    },
    /// The account is already at or below maintenance.
    Now,
    /// Each position stands alone.
    Isolated,
    /// Linear and inverse positions together: a joint move is straight for neither, so the first
    /// fraction is no fraction of whole numbers.
    Mixed,
    /// There is no position.
    Nothing,
}

/// The figures of an account.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AccountReport {
    /// Wallet balance plus all unrealized profit; in isolated mode without a wallet, the margin
    /// balances of all positions.
    pub margin_balance: Money,
    /// Initial margin of all positions; absent when one is unknown.
    pub initial_margin: Option<Money>,
    /// Maintenance margin of all positions.
    pub maintenance_margin: Money,
    /// Maintenance margin over margin balance; absent in isolated mode, where no such ratio closes
    /// anything.
    pub margin_ratio: Option<MarginRatio>,
    /// What is free: margin balance less initial margin, and in isolated mode the wallet less what is
    /// assigned. Negative when more is needed than there is. Absent when one of both is unknown.
    pub available_balance: Option<Money>,
    /// All marks together.
    pub shock_to_liquidation: Shock,
}

/// The figures of an account and of its positions.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// The account.
    pub account: AccountReport,
    /// One for each position, in order.
    pub positions: Vec<PositionReport>,
}
