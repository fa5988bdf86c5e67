//! A question with its answer: what every word and shape on the page is made from.

use crate::margin::{ComputeError, PositionReport, PriceRange, compute_position};
use crate::quantity::{Leverage, Money, Ratio};
use crate::scenario::{Draft, Market, Position, Problem, Reading, RuleChoice, Scenario, read};
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
    /// The leverage set.
    pub leverage: Leverage,
    /// What is put down to open.
    pub initial_margin: Money,
    /// What is assigned: initial margin plus added margin.
    pub position_margin: Money,
    /// Profit over initial margin.
    pub return_on_margin: Ratio,
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
        Some(scenario) => assemble(draft, catalog, scenario),
    };
    (reading, answer)
}

/// The one position of a page, with the figures that every isolated position has.
fn assemble(draft: &Draft, catalog: &Catalog, scenario: Scenario) -> Result<Answer, Trouble> {
    let nothing = || Trouble::Fields(Vec::new());
    let listing = catalog.listing(draft.coin).ok_or_else(nothing)?.clone();
    let position = scenario.positions.into_iter().next().ok_or_else(nothing)?;
    let market = scenario.markets.into_iter().next().ok_or_else(nothing)?;
    let report = compute_position(&position, &market).map_err(|error| match error {
        ComputeError::BeyondTable(_) => Trouble::BeyondTable,
        error => Trouble::Compute(error),
    })?;
    let range = PriceRange::around(&position, &market, &report)
        .map_err(|overflow| Trouble::Compute(overflow.into()))?;
    Ok(Answer {
        draft: draft.clone(),
        listing,
        table: match draft.rules {
            RuleChoice::Table(id) => catalog.table_info(id).cloned(),
            RuleChoice::SingleRate => None,
        },
        leverage: position.leverage.ok_or_else(nothing)?,
        initial_margin: report.initial_margin.ok_or_else(nothing)?,
        position_margin: report.position_margin.ok_or_else(nothing)?,
        return_on_margin: report.return_on_margin.ok_or_else(nothing)?,
        position,
        market,
        report,
        range,
    })
}
