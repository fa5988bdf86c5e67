//! The markets of a profile: what its market lines say, and the tables of its rows.
//!
//! A market line is a name and then, each after a comma, what holds for it alone: `XBTUSD, settle
//! XBT, contract_size 1, tick_size 0.5`. A market needs such a line only if it has something to say.
//! A rate or leverage that no decimal writes is a quotient, such as `1/30`.

use crate::quantity::{Exact, Leverage, Price, Rate, Size};

use super::catalog::catalog;
use super::profile::{Profile, ProfileMarket, TableKind};
use super::profile_read::{Read, line_of};
use super::table::{Market, Sheet, TableError, TableProblem, fault, number, tier_row};
use super::tier::{TierError, TierKind, TierRow, TierTable};

/// What a market line says of its market.
#[derive(Default)]
struct Facts {
    line: usize,
    name: &'static str,
    settle: Option<&'static str>,
    contract_size: Option<Exact>,
    tick_size: Option<Exact>,
    slope: Option<Exact>,
}

impl Facts {
    fn read(line: usize, text: &'static str) -> Read<Self> {
        let mut parts = text.split(", ");
        let name = parts.next().unwrap_or_default();
        let mut facts = Self { line, name, ..Self::default() };
        for part in parts {
            let amount = |column: &'static str, cell: &str| {
                let value = Exact::from_decimal(number(line, column, cell)?);
                if value.is_zero() {
                    return Err(fault(line, TableProblem::NotAboveZero(column)));
                }
                Ok(value)
            };
            let is_first = match part.split_once(' ') {
                Some(("settle", coin)) => facts.settle.replace(coin).is_none(),
                Some(("contract_size", cell)) => {
                    facts.contract_size.replace(amount("contract_size", cell)?).is_none()
                }
                Some(("tick_size", cell)) => {
                    facts.tick_size.replace(amount("tick_size", cell)?).is_none()
                }
                Some(("slope", cell)) => facts.slope.replace(amount("slope", cell)?).is_none(),
                _ => {
                    let expected = "NAME, settle COIN, contract_size 1, tick_size 0.5, slope 0.1";
                    return Err(fault(line, TableProblem::HeaderValue { key: "market", expected }));
                }
            };
            if !is_first {
                return Err(fault(line, TableProblem::RepeatedHeader(part.to_owned())));
            }
        }
        Ok(facts)
    }
}

/// The markets of another table, then those of the rows.
pub(super) fn markets(profile: &Profile, sheet: &Sheet<'static>) -> Read<Vec<ProfileMarket>> {
    let mut lines: Vec<Facts> = Vec::new();
    for (line, text) in sheet.headers("market") {
        let facts = Facts::read(line, text)?;
        if lines.iter().any(|known| known.name == facts.name) {
            let name = facts.name.to_owned();
            return Err(fault(line, TableProblem::RepeatedHeader(name)));
        }
        lines.push(facts);
    }
    let own = tables(profile, sheet, &lines)?;
    if let Some(facts) = lines.iter().find(|facts| own.iter().all(|(name, _)| *name != facts.name))
    {
        let (market, error) = (facts.name.to_owned(), TierError::Empty);
        return Err(fault(facts.line, TableProblem::Tiers { market, error }));
    }
    let mut found = Vec::new();
    let mut add = |name: &'static str, tiers: TierTable, tick: Option<Exact>| {
        let facts = lines.iter().find(|facts| facts.name == name);
        let settle = facts.and_then(|facts| facts.settle).or_else(|| sheet.header("settle"));
        let mut rules = profile.template(tiers);
        if let Some(size) = facts.and_then(|facts| facts.contract_size) {
            rules.contract_size = Size::from_exact(size);
        }
        let tick = facts.and_then(|facts| facts.tick_size).or(tick);
        rules.tick_size = tick.map(Price::from_exact);
        let settle = settle.ok_or_else(|| sheet.missing("settle"))?;
        found.push(ProfileMarket { name, settle, rules });
        Ok::<(), TableError>(())
    };
    if let Some(id) = sheet.header("tiers_from") {
        let catalog = catalog().map_err(Clone::clone)?;
        for listing in catalog.listings() {
            let table = catalog.table(id, listing.coin);
            let table = table.ok_or_else(|| sheet.bad_header("tiers_from", "the page's tables"))?;
            if own.iter().any(|(name, _)| *name == listing.symbol) {
                let line = line_of(sheet, "tiers_from");
                return Err(fault(line, TableProblem::Scattered(listing.symbol.to_owned())));
            }
            add(listing.symbol, table.clone(), Some(*listing.tick_size.exact()))?;
        }
    }
    for (name, tiers) in own {
        add(name, tiers, None)?;
    }
    Ok(found)
}

/// The checked tiers of each market of the rows, in their order.
fn tables(
    profile: &Profile,
    sheet: &Sheet<'static>,
    lines: &[Facts],
) -> Read<Vec<(&'static str, TierTable)>> {
    let mut markets: Vec<Market<'static>> = Vec::new();
    for (line, cells) in &sheet.rows {
        let (name, tier) = row(*line, cells)?;
        let is_new = markets.last().is_none_or(|market| market.name != name);
        if is_new && markets.iter().any(|market| market.name == name) {
            return Err(fault(*line, TableProblem::Scattered(name.to_owned())));
        }
        if is_new {
            markets.push(Market { name, rows: Vec::new() });
        }
        if let Some(market) = markets.last_mut() {
            market.rows.push((*line, tier));
        }
    }
    let tables = markets.into_iter().map(|market| {
        let kind = match profile.table_kind {
            TableKind::Marginal => TierKind::Marginal,
            TableKind::Flat => TierKind::Flat,
            TableKind::Fixed => TierKind::Fixed,
            TableKind::FactorOverLeverage => TierKind::FactorOverLeverage,
            TableKind::Slope => {
                let facts = lines.iter().find(|facts| facts.name == market.name);
                TierKind::Slope(facts.and_then(|facts| facts.slope).ok_or_else(|| {
                    let expected = "NAME, slope 0.1 (a slope table needs one)";
                    sheet.bad_header("market", expected)
                })?)
            }
        };
        market.close(kind, profile.table_basis)
    });
    tables.collect()
}

/// A row of a table, in which a rate or a leverage may be a quotient.
fn row(line: usize, cells: &[&'static str]) -> Read<(&'static str, TierRow)> {
    let mut plain = cells.to_vec();
    let mut quotient = |index: usize, column: &'static str| {
        let Some(cell) = plain.get_mut(index) else {
            return Ok(None);
        };
        let Some((part, whole)) = cell.split_once('/') else {
            return Ok(None);
        };
        let part = Exact::from_decimal(number(line, column, part)?);
        let whole = Exact::from_decimal(number(line, column, whole)?);
        if part.is_zero() || whole.is_zero() {
            return Err(fault(line, TableProblem::NotAboveZero(column)));
        }
        // Any number above zero holds the place in which the quotient is put.
        *cell = "1";
        let found = cell.to_string();
        let not_a_number = |_| fault(line, TableProblem::NotANumber { column, found });
        part.over(&whole).map(Some).map_err(not_a_number)
    };
    let rate = quotient(3, "maintenance_margin_rate")?;
    let leverage = quotient(5, "max_leverage")?;
    let (market, mut row) = tier_row(line, &plain)?;
    if let Some(rate) = rate {
        row.maintenance_margin_rate = Rate::from_exact(rate);
    }
    if let Some(leverage) = leverage {
        row.max_leverage = Some(Leverage::from_exact(leverage));
    }
    Ok((market, row))
}
