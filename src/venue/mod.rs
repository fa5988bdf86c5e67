//! The rules of a venue, as data.

mod catalog;
mod mark_files;
mod mark_rule;
mod profile;
mod profile_files;
mod profile_markets;
mod profile_read;
mod rules;
mod table;
mod tier;

pub use catalog::{ARTICLE_TABLE, Catalog, Listing, TableInfo, USUAL_TABLE, catalog};
pub use mark_rule::{Averaging, BasisRule, MarkPart, MarkRule, mark_rules};
pub use profile::{
    LeftOver, LiquidationFee, PartialLiquidation, Profile, ProfileMarket, RatioConvention,
    TableKind, profile, profiles,
};
pub use rules::{
    BankruptcyFee, BeyondTable, ContractKind, InitialFee, MaintenanceFee, MarginBasis, Source,
    VenueRules,
};
pub use table::{TableError, TableFile, TableProblem};
pub use tier::{RiskTier, TierBasis, TierError, TierKind, TierRow, TierTable};
