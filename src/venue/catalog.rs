//! The tables that come with the calculator, read once when first asked for.

use std::sync::OnceLock;

use crate::quantity::{Price, Size};

use super::rules::Source;
use super::table::{Sheet, TableError, TableFile, TableProblem, fault, number};
use super::tier::TierTable;

/// The table that applies until another is chosen.
pub const USUAL_TABLE: &str = "binance-usdm";
/// The table that the article gives.
pub const ARTICLE_TABLE: &str = "article";

/// The tier tables, by identifier.
const TABLES: [(&str, &str); 2] = [
    (USUAL_TABLE, include_str!("tables/binance-usdm.csv")),
    (ARTICLE_TABLE, include_str!("tables/article.csv")),
];

/// The coins, with their steps and snapshot prices.
const MARKETS: &str = include_str!("tables/markets.csv");

const MARKET_KEYS: [&str; 4] = ["source", "as_of", "filters", "note"];

const MARKET_COLUMNS: [&str; 7] =
    ["coin", "name", "symbol", "tick_size", "quantity_step", "page_price", "snapshot_price"];

/// A coin that can be chosen, with its perpetual contract.
#[derive(Clone, Debug, PartialEq)]
pub struct Listing {
    /// The coin's short name, such as `BTC`.
    pub coin: &'static str,
    /// Its full name.
    pub name: &'static str,
    /// The venue's symbol, such as `BTCUSDT`.
    pub symbol: &'static str,
    /// The price step.
    pub tick_size: Price,
    /// How many decimals the price step has.
    pub tick_places: u32,
    /// The step of the quantity.
    pub quantity_step: Size,
    /// How many decimals the quantity step has.
    pub quantity_places: u32,
    /// The price on the day of [`Catalog::snapshot_source`], to the tick.
    pub snapshot_price: Price,
    /// The same as digits, such as `521.48`.
    pub snapshot_text: &'static str,
}

/// What there is to know about a table before its rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableInfo {
    /// The identifier, as scenarios and links write it.
    pub id: &'static str,
    /// What a reader calls it.
    pub name: &'static str,
    /// Where the rows come from.
    pub source: Source,
    /// What a reader should know before relying on it.
    pub note: &'static str,
}

/// Coins and tier tables.
#[derive(Clone, Debug, PartialEq)]
pub struct Catalog {
    listings: Vec<Listing>,
    tables: Vec<TableInfo>,
    tiers: Vec<TableFile<'static>>,
    snapshot_source: Source,
}

impl Catalog {
    /// The coins, in the order to offer them.
    pub fn listings(&self) -> &[Listing] {
        &self.listings
    }

    /// One coin, by its short name.
    pub fn listing(&self, coin: &str) -> Option<&Listing> {
        self.listings.iter().find(|listing| listing.coin == coin)
    }

    /// The tables, the usual one first.
    pub fn tables(&self) -> &[TableInfo] {
        &self.tables
    }

    /// One table, by its identifier.
    pub fn table_info(&self, id: &str) -> Option<&TableInfo> {
        self.tables.iter().find(|info| info.id == id)
    }

    /// The tiers that a table gives for a coin; absent when it has none for it.
    pub fn table(&self, id: &str, coin: &str) -> Option<&TierTable> {
        let symbol = self.listing(coin)?.symbol;
        let (_, file) = self.tables.iter().zip(&self.tiers).find(|(info, _)| info.id == id)?;
        file.table(symbol)
    }

    /// Where the snapshot prices come from.
    pub fn snapshot_source(&self) -> &Source {
        &self.snapshot_source
    }
}

/// The catalog. Its error would be a mistake in a shipped file; a test reads them all.
pub fn catalog() -> Result<&'static Catalog, &'static TableError> {
    static CATALOG: OnceLock<Result<Catalog, TableError>> = OnceLock::new();
    CATALOG.get_or_init(load).as_ref()
}

fn load() -> Result<Catalog, TableError> {
    let mut tables = Vec::with_capacity(TABLES.len());
    let mut tiers = Vec::with_capacity(TABLES.len());
    for (id, text) in TABLES {
        let file = TableFile::parse(text)?;
        tables.push(TableInfo {
            id,
            name: file.name,
            source: file.source.clone(),
            note: file.note,
        });
        tiers.push(file);
    }
    let sheet = Sheet::read::<false>(MARKETS, &MARKET_KEYS, &MARKET_COLUMNS)?;
    let listings =
        sheet.rows.iter().map(|(line, cells)| listing(*line, cells)).collect::<Result<_, _>>()?;
    Ok(Catalog { listings, tables, tiers, snapshot_source: sheet.source()? })
}

fn listing(line: usize, cells: &[&'static str]) -> Result<Listing, TableError> {
    let [coin, name, symbol, tick, step, page, snapshot] = cells else {
        let (found, expected) = (cells.len(), MARKET_COLUMNS.len());
        return Err(fault(line, TableProblem::Cells { found, expected }));
    };
    for (column, cell) in [("coin", coin), ("name", name), ("symbol", symbol)] {
        if cell.is_empty() {
            return Err(fault(line, TableProblem::EmptyCell(column)));
        }
    }
    let above_zero = |column: &'static str, cell: &str| {
        let value = number(line, column, cell)?;
        if value.is_zero() {
            return Err(fault(line, TableProblem::NotAboveZero(column)));
        }
        Ok(value)
    };
    above_zero("page_price", page)?;
    let tick_size = above_zero("tick_size", tick)?;
    let quantity_step = above_zero("quantity_step", step)?;
    Ok(Listing {
        coin,
        name,
        symbol,
        tick_size: Price::from_decimal(tick_size),
        tick_places: tick_size.scale(),
        quantity_step: Size::from_decimal(quantity_step),
        quantity_places: quantity_step.scale(),
        snapshot_price: Price::from_decimal(above_zero("snapshot_price", snapshot)?),
        snapshot_text: snapshot,
    })
}
