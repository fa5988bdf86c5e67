//! Tier tables as text: a strict reader that refuses what it does not understand.
//!
//! A file is header lines (`# key: value`), one line of column names and one line a tier. Cells are
//! separated by commas and never quoted; numbers are digits with at most one point. An empty `cap`
//! has no end, an empty `maintenance_amount` is derived, an empty `max_leverage` is not stated.
//! The rows of a market stand together, from the smallest tier.

use core::fmt;

use rust_decimal::Decimal;

use crate::quantity::{Exact, Leverage, Money, Rate, read_digits};

use super::rules::Source;
use super::tier::{TierBasis, TierError, TierKind, TierRow, TierTable};

/// The columns of a tier table, in order.
pub(super) const COLUMNS: [&str; 6] =
    ["market", "floor", "cap", "maintenance_margin_rate", "maintenance_amount", "max_leverage"];

/// What a tier table may say about itself.
const KEYS: [&str; 6] = ["name", "source", "as_of", "kind", "basis", "note"];

/// Why a table file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableError {
    /// The line at fault, from 1; the last line where something is missing.
    pub line: usize,
    /// What is wrong there.
    pub problem: TableProblem,
}

/// What is wrong with a line of a table file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TableProblem {
    /// A header line that every table needs is absent.
    MissingHeader(&'static str),
    /// A header line is not `# key: value`, or its key is not known.
    UnknownHeader,
    /// A header key stands there twice.
    RepeatedHeader(String),
    /// A header value is none of those known.
    HeaderValue {
        /// The key.
        key: &'static str,
        /// The values that are known.
        expected: &'static str,
    },
    /// The line of column names is absent or differs.
    Columns {
        /// The names in order.
        expected: String,
    },
    /// A row has too many or too few cells.
    Cells {
        /// How many it has.
        found: usize,
        /// How many it needs.
        expected: usize,
    },
    /// A cell that must not be empty is.
    EmptyCell(&'static str),
    /// A cell is not a plain number of at most 28 digits.
    NotANumber {
        /// The column.
        column: &'static str,
        /// What stands there.
        found: String,
    },
    /// A number that must be above zero is zero.
    NotAboveZero(&'static str),
    /// There are no rows.
    NoRows,
    /// A market appears again after another one.
    Scattered(String),
    /// The tiers of a market do not fit together.
    Tiers {
        /// The market.
        market: String,
        /// What is wrong; its row counts from the market's first.
        error: TierError,
    },
}

impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: ", self.line)?;
        match &self.problem {
            TableProblem::MissingHeader(key) => {
                write!(f, "the table does not state its {key}; add a line \"# {key}: …\"")
            }
            TableProblem::UnknownHeader => {
                f.write_str("this is not a header the table can have; expected \"# key: value\"")
            }
            TableProblem::RepeatedHeader(key) => write!(f, "{key} is stated twice"),
            TableProblem::HeaderValue { key, expected } => {
                write!(f, "{key} must be one of {expected}")
            }
            TableProblem::Columns { expected } => {
                write!(f, "the columns must be named {expected}")
            }
            TableProblem::Cells { found, expected } => {
                write!(f, "the row has {found} cells where {expected} are needed")
            }
            TableProblem::EmptyCell(column) => write!(f, "{column} is empty"),
            TableProblem::NotANumber { column, found } => {
                write!(f, "{column} is \"{found}\"; only digits with one point are read")
            }
            TableProblem::NotAboveZero(column) => write!(f, "{column} must be above 0"),
            TableProblem::NoRows => f.write_str("the table has no rows"),
            TableProblem::Scattered(market) => {
                write!(f, "the rows of {market} do not stand together")
            }
            TableProblem::Tiers { market, error } => write!(f, "{market}: {error}"),
        }
    }
}

impl core::error::Error for TableError {}

/// A table file, read and checked.
#[derive(Clone, Debug, PartialEq)]
pub struct TableFile<'a> {
    /// What a reader calls it.
    pub name: &'a str,
    /// Where the rows come from.
    pub source: Source,
    /// What a reader should know before relying on it; empty when there is nothing.
    pub note: &'a str,
    /// The checked tiers of each market, in the order of the file.
    pub markets: Vec<(&'a str, TierTable)>,
}

impl<'a> TableFile<'a> {
    /// Reads a file.
    pub fn parse(text: &'a str) -> Result<Self, TableError> {
        let sheet = Sheet::read::<false>(text, &KEYS, &COLUMNS)?;
        let kind = match sheet.header("kind") {
            None | Some("marginal") => TierKind::Marginal,
            Some("flat") => TierKind::Flat,
            Some(_) => return Err(sheet.bad_header("kind", "marginal, flat")),
        };
        let basis = match sheet.header("basis") {
            None | Some("notional") => TierBasis::Notional,
            Some("quantity") if kind == TierKind::Flat => TierBasis::Quantity,
            // A maintenance amount is money, and a slice of a quantity has no price of its own.
            Some("quantity") => {
                let expected = "notional (quantity needs kind: flat)";
                return Err(sheet.bad_header("basis", expected));
            }
            Some(_) => return Err(sheet.bad_header("basis", "notional, quantity")),
        };
        let mut markets: Vec<(&'a str, TierTable)> = Vec::new();
        let mut open: Option<Market<'a>> = None;
        for (line, row) in &sheet.rows {
            let (name, tier) = tier_row(*line, row)?;
            match &mut open {
                Some(market) if market.name == name => market.rows.push((*line, tier)),
                _ => {
                    if let Some(done) = open.take() {
                        markets.push(done.close(kind, basis)?);
                    }
                    if markets.iter().any(|(known, _)| *known == name) {
                        return Err(fault(*line, TableProblem::Scattered(name.to_owned())));
                    }
                    open = Some(Market { name, rows: vec![(*line, tier)] });
                }
            }
        }
        if let Some(last) = open {
            markets.push(last.close(kind, basis)?);
        }
        Ok(Self {
            name: sheet.header("name").unwrap_or_default(),
            source: sheet.source()?,
            note: sheet.header("note").unwrap_or_default(),
            markets,
        })
    }

    /// The tiers of a market, by the name the file gives it.
    pub fn table(&self, market: &str) -> Option<&TierTable> {
        self.markets.iter().find(|(name, _)| *name == market).map(|(_, table)| table)
    }
}

/// The rows of one market while they are collected.
pub(super) struct Market<'a> {
    pub(super) name: &'a str,
    pub(super) rows: Vec<(usize, TierRow)>,
}

impl<'a> Market<'a> {
    pub(super) fn close(
        self,
        kind: TierKind,
        basis: TierBasis,
    ) -> Result<(&'a str, TierTable), TableError> {
        let rows: Vec<TierRow> = self.rows.iter().map(|(_, row)| *row).collect();
        let table = TierTable::try_new(kind, basis, &rows).map_err(|error| {
            let index = row_of(error).saturating_sub(1);
            let line = self.rows.get(index).map_or(0, |(line, _)| *line);
            let market = self.name.to_owned();
            fault(line, TableProblem::Tiers { market, error })
        })?;
        Ok((self.name, table))
    }
}

fn row_of(error: TierError) -> usize {
    match error {
        TierError::Empty
        | TierError::FirstFloor
        | TierError::MarginalByQuantity
        | TierError::OneRow
        | TierError::NoAmount
        | TierError::SlopeFalls => 1,
        TierError::NotContiguous(row)
        | TierError::CapNotAboveFloor(row)
        | TierError::OpenBeforeLast(row)
        | TierError::RateFalls(row)
        | TierError::RateOutOfRange(row)
        | TierError::LeverageRises(row)
        | TierError::Overflow(row) => row,
    }
}

pub(super) fn tier_row<'a>(
    line: usize,
    cells: &[&'a str],
) -> Result<(&'a str, TierRow), TableError> {
    let [market, floor, cap, rate, amount, leverage] = cells else {
        return Err(fault(
            line,
            TableProblem::Cells { found: cells.len(), expected: COLUMNS.len() },
        ));
    };
    if market.is_empty() {
        return Err(fault(line, TableProblem::EmptyCell("market")));
    }
    let max_leverage = optional(line, "max_leverage", leverage)?;
    if max_leverage.is_some_and(|most| most.is_zero()) {
        return Err(fault(line, TableProblem::NotAboveZero("max_leverage")));
    }
    let row = TierRow {
        floor: Exact::from_decimal(number(line, "floor", floor)?),
        cap: optional(line, "cap", cap)?.map(Exact::from_decimal),
        maintenance_margin_rate: Rate::from_decimal(number(line, "maintenance_margin_rate", rate)?),
        maintenance_amount: optional(line, "maintenance_amount", amount)?.map(Money::from_decimal),
        max_leverage: max_leverage.map(Leverage::from_decimal),
    };
    Ok((market, row))
}

/// A number, or nothing where the cell is empty.
fn optional(line: usize, column: &'static str, cell: &str) -> Result<Option<Decimal>, TableError> {
    if cell.is_empty() {
        return Ok(None);
    }
    number(line, column, cell).map(Some)
}

/// A plain number, digit for digit.
pub(super) fn number(line: usize, column: &'static str, cell: &str) -> Result<Decimal, TableError> {
    if cell.is_empty() {
        return Err(fault(line, TableProblem::EmptyCell(column)));
    }
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let plain = match cell.split_once('.') {
        None => digits(cell),
        Some((whole, fraction)) => digits(whole) && digits(fraction),
    };
    let not_a_number = || {
        let found = cell.to_owned();
        fault(line, TableProblem::NotANumber { column, found })
    };
    if !plain {
        return Err(not_a_number());
    }
    read_digits(cell).ok_or_else(not_a_number)
}

pub(super) fn fault(line: usize, problem: TableProblem) -> TableError {
    TableError { line, problem }
}

/// Header lines and rows, before anyone asks what they mean.
pub(super) struct Sheet<'a> {
    headers: Vec<(usize, &'a str, &'a str)>,
    pub(super) rows: Vec<(usize, Vec<&'a str>)>,
    last_line: usize,
}

impl<'a> Sheet<'a> {
    /// Reads a sheet. Unless it is `LOOSE`, each key stands there once at most and there is a row;
    /// a constant, so that the strict reader carries nothing of the other.
    pub(super) fn read<const LOOSE: bool>(
        text: &'a str,
        keys: &[&str],
        columns: &[&str],
    ) -> Result<Self, TableError> {
        let mut sheet = Self { headers: Vec::new(), rows: Vec::new(), last_line: 1 };
        let mut named = false;
        let expected = || columns.join(",");
        for (index, line) in text.lines().enumerate() {
            let number = index.saturating_add(1);
            sheet.last_line = number;
            if named {
                let cells: Vec<&str> = line.split(',').collect();
                if cells.len() != columns.len() {
                    let (found, expected) = (cells.len(), columns.len());
                    return Err(fault(number, TableProblem::Cells { found, expected }));
                }
                sheet.rows.push((number, cells));
            } else if let Some(header) = line.strip_prefix("# ") {
                let (key, value) = header
                    .split_once(':')
                    .map(|(key, value)| (key, value.trim()))
                    .filter(|(key, value)| keys.contains(key) && !value.is_empty())
                    .ok_or_else(|| fault(number, TableProblem::UnknownHeader))?;
                if !LOOSE && sheet.header(key).is_some() {
                    return Err(fault(number, TableProblem::RepeatedHeader(key.to_owned())));
                }
                sheet.headers.push((number, key, value));
            } else if line == expected() {
                named = true;
            } else {
                return Err(fault(number, TableProblem::Columns { expected: expected() }));
            }
        }
        sheet.source()?;
        if !named {
            return Err(fault(sheet.last_line, TableProblem::Columns { expected: expected() }));
        }
        if !LOOSE && sheet.rows.is_empty() {
            return Err(fault(sheet.last_line, TableProblem::NoRows));
        }
        Ok(sheet)
    }

    pub(super) fn header(&self, key: &str) -> Option<&'a str> {
        self.headers.iter().find(|(_, known, _)| *known == key).map(|(_, _, value)| *value)
    }

    /// Every value of a key, with its line.
    pub(super) fn headers(&self, key: &str) -> impl Iterator<Item = (usize, &'a str)> {
        let found = self.headers.iter().filter(move |(_, known, _)| *known == key);
        found.map(|(line, _, value)| (*line, *value))
    }

    /// That a key is absent.
    pub(super) fn missing(&self, key: &'static str) -> TableError {
        fault(self.last_line, TableProblem::MissingHeader(key))
    }

    pub(super) fn source(&self) -> Result<Source, TableError> {
        let stated = |key: &'static str| {
            self.header(key)
                .map(str::to_owned)
                .ok_or_else(|| fault(self.last_line, TableProblem::MissingHeader(key)))
        };
        Ok(Source { origin: stated("source")?, as_of: stated("as_of")? })
    }

    pub(super) fn bad_header(&self, key: &'static str, expected: &'static str) -> TableError {
        let line = self.headers.iter().find(|(_, known, _)| *known == key);
        fault(
            line.map_or(self.last_line, |(line, _, _)| *line),
            TableProblem::HeaderValue { key, expected },
        )
    }
}
