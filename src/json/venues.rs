//! The venues that a scenario can name: the one place that asks the catalog.

use crate::quantity::Rate;
use crate::venue::{
    Profile, RatioConvention, TableKind, TierBasis, TierTable, VenueRules, profile, profiles,
};

use super::keys::Kind;

/// A venue of the catalog.
#[derive(Clone, Copy, Debug)]
pub(super) struct Venue {
    profile: &'static Profile,
}

/// A market that a venue lists.
#[derive(Clone, Debug)]
pub(super) struct Listed {
    pub(super) rules: VenueRules,
    /// The coin of the margin.
    pub(super) settle: &'static str,
}

/// The venue of that id.
pub(super) fn find(id: &str) -> Option<Venue> {
    profile(id).map(|profile| Venue { profile })
}

/// The ids of all venues.
pub(super) fn ids() -> Vec<&'static str> {
    profiles().unwrap_or_default().iter().map(|profile| profile.id).collect()
}

impl Venue {
    pub(super) fn id(&self) -> &'static str {
        self.profile.id
    }

    pub(super) fn name(&self) -> &'static str {
        self.profile.name
    }

    /// What the venue does and the answer does not take into account.
    pub(super) fn not_modelled(&self) -> &'static [&'static str] {
        &self.profile.not_modelled
    }

    /// What else a reader should know of the rules; empty when there is nothing.
    pub(super) fn note(&self) -> &'static str {
        self.profile.note
    }

    /// What the venue itself calls its margin ratio.
    pub(super) fn ratio_convention(&self) -> &'static str {
        match self.profile.ratio_convention {
            RatioConvention::MaintenanceOverBalance => "maintenance_over_balance",
            RatioConvention::BalanceOverMaintenance => "balance_over_maintenance",
            RatioConvention::BalanceOverNotional => "balance_over_notional",
            RatioConvention::BalanceOverUsedLessFactor => "balance_over_used_less_factor",
            RatioConvention::NotKnown => "not_known",
        }
    }

    /// The names of the markets it lists.
    pub(super) fn markets(&self) -> Vec<&'static str> {
        self.profile.markets().iter().map(|market| market.name).collect()
    }

    /// A market, by the venue's symbol.
    pub(super) fn market(&self, name: &str) -> Option<Listed> {
        let market = self.profile.market(name)?;
        Some(Listed { rules: market.rules.clone(), settle: market.settle })
    }

    /// The rules of a market that is not listed, with a table of its own.
    pub(super) fn template(&self, tiers: TierTable) -> VenueRules {
        self.profile.template(tiers)
    }

    /// How its tables apply their rates.
    pub(super) fn tier_kind(&self) -> Kind {
        match self.profile.table_kind {
            TableKind::Marginal => Kind::Marginal,
            TableKind::Flat => Kind::Flat,
            TableKind::Slope => Kind::Slope,
            TableKind::Fixed => Kind::Fixed,
            TableKind::FactorOverLeverage => Kind::FactorOverLeverage,
        }
    }

    /// What decides the tier.
    pub(super) fn tier_basis(&self) -> TierBasis {
        self.profile.table_basis
    }

    /// The taker fee, where it is known.
    pub(super) fn fee_rate(&self) -> Option<Rate> {
        self.profile.fee_rate
    }

    /// Whether the next funding payment counts into maintenance margin.
    pub(super) fn funding_in_maintenance(&self) -> bool {
        self.profile.funding_in_maintenance
    }
}
