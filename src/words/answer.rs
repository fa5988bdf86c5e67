//! A question with its answer: what every word and shape on the page is made from.

use crate::margin::{ComputeError, PositionReport, PriceRange, compute};
use crate::scenario::{Draft, Market, Position, Problem, Reading, RuleChoice, read};
use crate::venue::{Catalog, Listing, TableInfo};

/// A draft that could be answered, with the answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// What was asked, as typed.
    pub draft: Draft,
    /// The position it describes.
    pub position: Position,
    /// Its market.
    pub market: Market,
    /// The coin's steps and names.
    pub listing: Listing,
    /// The tier table, unless one rate was typed.
    pub table: Option<TableInfo>,
    /// The figures.
    pub report: PositionReport,
    /// The prices a picture of it shows.
    pub range: PriceRange,
}

/// Why a draft has no answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Trouble {
    /// Fields that cannot be used, at least one.
    Fields(Vec<Problem>),
    /// The position is larger than the last tier.
    BeyondTable,
    /// A figure that cannot be computed from this input.
    Compute(ComputeError),
}

/// Reads and answers a draft.
pub fn answer(draft: &Draft, catalog: &Catalog) -> (Reading, Result<Answer, Trouble>) {
    let mut reading = read(draft, catalog);
    let answer = match reading.scenario.take() {
        None => Err(Trouble::Fields(reading.problems.clone())),
        Some(scenario) => match compute(&scenario) {
            Ok(report) => {
                let listing = catalog.listing(draft.coin);
                let table = match draft.rules {
                    RuleChoice::Table(id) => catalog.table_info(id).cloned(),
                    RuleChoice::SingleRate => None,
                };
                let mut positions = scenario.positions.into_iter();
                let mut markets = scenario.markets.into_iter();
                let mut reports = report.positions.into_iter();
                match (positions.next(), markets.next(), reports.next(), listing) {
                    (Some(position), Some(market), Some(report), Some(listing)) => {
                        PriceRange::around(&position, &market, &report)
                            .map(|range| Answer {
                                draft: draft.clone(),
                                position,
                                market,
                                listing: listing.clone(),
                                table,
                                report,
                                range,
                            })
                            .map_err(|overflow| Trouble::Compute(overflow.into()))
                    }
                    _ => Err(Trouble::Fields(Vec::new())),
                }
            }
            Err(ComputeError::BeyondTable(_)) => Err(Trouble::BeyondTable),
            Err(error) => Err(Trouble::Compute(error)),
        },
    };
    (reading, answer)
}
