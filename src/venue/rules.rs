//! What differs between venues: one value per rule, never a branch on a name.

use crate::quantity::{Price, Rate, Ratio, Size};

use super::tier::TierTable;

/// How a contract turns a price into money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContractKind {
    /// Worth size x price; profit and margin are in the quote currency.
    Linear,
    /// Worth quote value / price; profit and margin are in the base coin.
    Inverse,
    /// Worth size x price x a fixed multiplier in a third coin.
    Quanto,
}

/// What a venue adds to maintenance margin for the cost of closing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum MaintenanceFee {
    /// Nothing.
    None,
    /// The taker fee on the position's value at mark.
    CloseAtMark(Rate),
}

/// Where a table comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Who publishes or recorded it.
    pub origin: String,
    /// The date or month it describes, as `2026-04`.
    pub as_of: String,
}

/// The margin rules of one market.
#[derive(Clone, Debug, PartialEq)]
pub struct VenueRules {
    /// Linear, inverse or quanto.
    pub contract: ContractKind,
    /// Underlying for 1 of a position's quantity.
    pub contract_size: Size,
    /// The price step; absent when prices are not rounded.
    pub tick_size: Option<Price>,
    /// What the cost of closing adds to maintenance margin.
    pub maintenance_fee: MaintenanceFee,
    /// Margin ratio at which the venue warns; 0.8 is 80 %.
    pub warning_ratio: Ratio,
    /// Maintenance rates by size of position.
    pub tiers: TierTable,
    /// Where the tiers come from.
    pub source: Source,
}
