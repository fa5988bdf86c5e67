//! Every key of the format and every word that a key takes, once: the reader, the schema and the
//! documents are held against these tables.

use crate::margin::Unknown;
use crate::quantity::Side;
use crate::venue::{ContractKind, MarginBasis, TierBasis};

/// The keys of a scenario.
pub const SCENARIO_KEYS: [&str; 6] =
    ["version", "id", "margin_mode", "wallet_balance", "markets", "positions"];

/// The keys of a market.
pub const MARKET_KEYS: [&str; 18] = [
    "venue",
    "contract",
    "settle",
    "contract_size",
    "tick_size",
    "initial_margin_basis",
    "initial_fee",
    "maintenance_basis",
    "tier_kind",
    "tier_basis",
    "maintenance_fee",
    "bankruptcy_fee",
    "fee_rate",
    "funding_rate",
    "funding_in_maintenance",
    "liquidation_fee_rate",
    "warning_ratio",
    "tiers",
];

/// The keys of a row of a tier table.
pub const TIER_KEYS: [&str; 6] =
    ["floor", "cap", "maintenance_margin_rate", "maintenance_amount", "max_leverage", "slope"];

/// The keys of a position.
pub const POSITION_KEYS: [&str; 8] = [
    "market",
    "side",
    "quantity",
    "entry_price",
    "mark_price",
    "leverage",
    "added_margin",
    "isolated_margin",
];

/// The keys of a question.
pub const QUESTION_KEYS: [&str; 6] = ["version", "id", "scenario", "unknown", "wish", "step"];

/// The keys of a wish.
pub const WISH_KEYS: [&str; 4] = ["liquidation_price", "stop_price", "stop_buffer", "largest_loss"];

/// The keys of a position that can be asked for.
pub(super) const UNKNOWNS: [(&str, Unknown); 4] = [
    ("leverage", Unknown::Leverage),
    ("quantity", Unknown::Quantity),
    ("added_margin", Unknown::AddedMargin),
    ("entry_price", Unknown::EntryPrice),
];

/// How margin stands behind positions, before the wallet is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    Isolated,
    Cross,
}

/// How a tier's rate applies, before the slope is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Marginal,
    Flat,
    Slope,
    Fixed,
    FactorOverLeverage,
}

/// What closing adds to a margin, before the rate is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fee {
    None,
    CloseAtMark,
    CloseAtBankruptcy,
    EntryRoundTrip,
    LiquidationAtMark,
}

pub(super) const MARGIN_MODES: [(&str, Mode); 2] =
    [("isolated", Mode::Isolated), ("cross", Mode::Cross)];

pub(super) const SIDES: [(&str, Side); 2] =
    [(Side::Long.name(), Side::Long), (Side::Short.name(), Side::Short)];

pub(super) const CONTRACTS: [(&str, ContractKind); 3] = [
    ("linear", ContractKind::Linear),
    ("inverse", ContractKind::Inverse),
    ("quanto", ContractKind::Quanto),
];

pub(super) const BASES: [(&str, MarginBasis); 2] =
    [("entry", MarginBasis::Entry), ("mark", MarginBasis::Mark)];

pub(super) const TIER_KINDS: [(&str, Kind); 5] = [
    ("marginal", Kind::Marginal),
    ("flat", Kind::Flat),
    ("slope", Kind::Slope),
    ("fixed", Kind::Fixed),
    ("factor_over_leverage", Kind::FactorOverLeverage),
];

pub(super) const TIER_BASES: [(&str, TierBasis); 3] = [
    ("notional", TierBasis::Notional),
    ("notional_at_entry", TierBasis::EntryNotional),
    ("quantity", TierBasis::Quantity),
];

pub(super) const INITIAL_FEES: [(&str, Fee); 3] = [
    ("none", Fee::None),
    ("close_at_bankruptcy", Fee::CloseAtBankruptcy),
    ("entry_round_trip", Fee::EntryRoundTrip),
];

pub(super) const MAINTENANCE_FEES: [(&str, Fee); 5] = [
    ("none", Fee::None),
    ("close_at_mark", Fee::CloseAtMark),
    ("entry_round_trip", Fee::EntryRoundTrip),
    ("close_at_bankruptcy", Fee::CloseAtBankruptcy),
    ("liquidation_at_mark", Fee::LiquidationAtMark),
];

/// What bankruptcy leaves, before the rate is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Left {
    None,
    Close,
    SetAside,
}

pub(super) const BANKRUPTCY_FEES: [(&str, Left); 3] =
    [("none", Left::None), ("close", Left::Close), ("set_aside", Left::SetAside)];

/// The words that a key takes, for the keys that take words.
pub fn words_of(key: &str) -> Vec<&'static str> {
    fn names<T>(words: &[(&'static str, T)]) -> Vec<&'static str> {
        words.iter().map(|(name, _)| *name).collect()
    }
    match key {
        "margin_mode" => names(&MARGIN_MODES),
        "side" => names(&SIDES),
        "contract" => names(&CONTRACTS),
        "initial_margin_basis" | "maintenance_basis" => names(&BASES),
        "tier_kind" => names(&TIER_KINDS),
        "tier_basis" => names(&TIER_BASES),
        "initial_fee" => names(&INITIAL_FEES),
        "maintenance_fee" => names(&MAINTENANCE_FEES),
        "bankruptcy_fee" => names(&BANKRUPTCY_FEES),
        "unknown" => names(&UNKNOWNS),
        _ => Vec::new(),
    }
}

/// The word of a value.
pub(super) fn word_for<T: PartialEq>(words: &[(&'static str, T)], value: &T) -> &'static str {
    words.iter().find(|(_, known)| known == value).map_or("", |(name, _)| name)
}
