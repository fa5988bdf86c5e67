//! The venues that a scenario can name: the one place that asks the catalog.

use crate::venue::{Catalog, ContractKind, TableInfo, TierTable, VenueRules, catalog};

/// A venue of the catalog.
#[derive(Clone, Copy, Debug)]
pub(super) struct Venue {
    catalog: &'static Catalog,
    info: &'static TableInfo,
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
    let catalog = catalog().ok()?;
    let info = catalog.table_info(id)?;
    Some(Venue { catalog, info })
}

/// The ids of all venues.
pub(super) fn ids() -> Vec<&'static str> {
    let tables = catalog().map(Catalog::tables).unwrap_or_default();
    tables.iter().map(|info| info.id).collect()
}

impl Venue {
    pub(super) fn id(&self) -> &'static str {
        self.info.id
    }

    pub(super) fn name(&self) -> &'static str {
        self.info.name
    }

    /// What a reader must know that the answer does not take into account.
    pub(super) fn not_modelled(&self) -> Vec<&'static str> {
        let note = Some(self.info.note).filter(|note| !note.is_empty());
        note.into_iter().collect()
    }

    /// The names of the markets it lists.
    pub(super) fn markets(&self) -> Vec<&'static str> {
        let listings = self.catalog.listings().iter();
        let has_table = |coin: &str| self.catalog.table(self.info.id, coin).is_some();
        listings.filter(|it| has_table(it.coin)).map(|it| it.symbol).collect()
    }

    /// The rules of a market, by its symbol or its coin.
    pub(super) fn market(&self, name: &str) -> Option<Listed> {
        let listings = self.catalog.listings();
        let listing = listings.iter().find(|it| it.symbol == name || it.coin == name)?;
        let table = self.catalog.table(self.info.id, listing.coin)?;
        let mut rules = self.template(table.clone());
        rules.tick_size = Some(listing.tick_size);
        Some(Listed { rules, settle: "USDT" })
    }

    /// The rules of a market that is not listed, with a table of its own.
    pub(super) fn template(&self, tiers: TierTable) -> VenueRules {
        VenueRules::plain(ContractKind::Linear, tiers, self.info.source.clone())
    }

    /// Rules of any of its markets, for what they have in common.
    pub(super) fn usual(&self) -> Option<VenueRules> {
        let first = self.markets().into_iter().next()?;
        self.market(first).map(|listed| listed.rules)
    }
}
