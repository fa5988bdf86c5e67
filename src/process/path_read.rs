//! A path as a file: `time,price` or `time,index,last,mid`, one moment a line.
//!
//! Cells are separated by tabs, semicolons or commas, whichever the first line has, in this order.
//! Where commas separate, a point begins the decimals; elsewhere numbers are read in the reader's
//! style. Times are seconds, with decimals down to a millisecond, or milliseconds in a column
//! `time_ms`; they may begin anywhere, since the first row is time 0. A first line of names is
//! optional, and lets the columns stand in any order. Without a last trade or a mid, the index stands
//! for both. Between two rows the last price holds: only what is waited for ends there.

use core::fmt;

use crate::quantity::{Decimal, Exact, Price, Rounding};
use crate::text::{NumberStyle, Suffix, parse};

use super::path::{MOST_MOMENTS, Moment};

/// Rows further apart than this, in milliseconds, are told.
pub const LONG_GAP_MS: u64 = 60_000;
/// Rows further apart than this, in milliseconds, are refused: seven days.
pub const LONGEST_GAP_MS: u64 = 604_800_000;
/// The most digits before the point of a price, and after it.
const DIGITS: u32 = 12;

/// A file that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct PathFile {
    /// The moments; there is at least one.
    pub moments: Vec<Moment>,
    /// What a reader should know.
    pub notes: Vec<PathNote>,
}

/// Something in a file that is accepted and told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathNote {
    /// Rows lie more than [`LONG_GAP_MS`] apart; the price before holds until the row after.
    Gaps {
        /// How many times.
        count: usize,
        /// The line after the first of them, from 1.
        first_line: usize,
        /// The longest of them, in milliseconds.
        longest_ms: u64,
    },
    /// The file has no last trade; the index stands for it.
    NoLast,
    /// The file has no mid; the index stands for it.
    NoMid,
}

impl fmt::Display for PathNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Gaps { count, first_line, longest_ms } => {
                let seconds = longest_ms.checked_div(1000).unwrap_or_default();
                let times = if *count == 1 { "once" } else { "several times" };
                write!(
                    f,
                    "Rows lie more than a minute apart {times}, first before line {first_line}, at \
                     most {seconds} seconds: the last price holds until the next row."
                )
            }
            Self::NoLast => f.write_str("No last trade in the file: the index stands for it."),
            Self::NoMid => f.write_str("No mid in the file: the book stands around the index."),
        }
    }
}

/// Why a file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathFileError {
    /// The line at fault, from 1.
    pub line: usize,
    /// What is wrong there.
    pub problem: PathProblem,
}

/// What is wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathProblem {
    /// There is no row.
    Empty,
    /// It is a web page.
    Html,
    /// There are more rows than [`MOST_MOMENTS`]; those after it were not read.
    TooManyRows,
    /// A column name that no path has.
    UnknownColumn(String),
    /// A name stands there twice, or time or index is missing.
    Columns,
    /// A row has too many or too few cells.
    Cells {
        /// How many it has.
        found: usize,
        /// How many it needs, or for the first row the most it may have.
        expected: usize,
    },
    /// Three cells without names where commas both separate and begin the reader's decimals.
    TwoCommas,
    /// A cell is no number.
    NotANumber {
        /// The name of the column.
        column: &'static str,
        /// What stands there, cut off after 20 characters.
        found: String,
    },
    /// A price is zero or below.
    NotAboveZero(&'static str),
    /// A price has more digits than the calculator carries.
    TooManyDigits(&'static str),
    /// A time is negative, finer than a millisecond, or too large.
    Time,
    /// A time is not above the one before it.
    TimeNotRising,
    /// The row lies more than seven days after the one before it.
    GapTooLong,
}

impl fmt::Display for PathFileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.problem {
            PathProblem::Empty => {
                return f.write_str(
                    "The file has no row. Expected lines of time and price, or of time, index, \
                     last and mid.",
                );
            }
            PathProblem::Html => {
                return f.write_str(
                    "This is a web page, not a table. Save the prices as CSV and open that file.",
                );
            }
            PathProblem::TooManyRows => {
                return write!(
                    f,
                    "The file has more than {MOST_MOMENTS} rows. Nothing of it is used; leave out \
                     rows, or cut the file."
                );
            }
            _ => write!(f, "Line {}: ", self.line)?,
        }
        match &self.problem {
            PathProblem::UnknownColumn(name) => write!(
                f,
                "\"{name}\" is not a column of a path. Known are time, time_ms, price, index, last \
                 and mid."
            ),
            PathProblem::Columns => f.write_str(
                "the columns need time or time_ms, and price or index, each at most once.",
            ),
            PathProblem::Cells { found, expected } => {
                write!(f, "{found} cells where {expected} are expected.")
            }
            PathProblem::TwoCommas => f.write_str(
                "commas separate here, so a point begins the decimals: 0,521.5. Or separate by semicolons.",
            ),
            PathProblem::NotANumber { column, found } => {
                write!(f, "{column} is \"{found}\", which is not a number.")?;
                if column.starts_with("time") && found.contains([':', '-', 'T']) {
                    f.write_str(" Times are counted in seconds, as 0, 1.5 or 90.")?;
                }
                Ok(())
            }
            PathProblem::NotAboveZero(column) => write!(f, "{column} must be above 0."),
            PathProblem::TooManyDigits(column) => {
                write!(f, "{column} has more than {DIGITS} digits before the point or after it.")
            }
            PathProblem::Time => f.write_str(
                "time must be 0 or more, in seconds with at most three decimals or in whole \
                 milliseconds.",
            ),
            PathProblem::TimeNotRising => f.write_str("time must be later than in the row before."),
            PathProblem::GapTooLong => {
                f.write_str("more than seven days after the row before; that is not one path.")
            }
            PathProblem::Empty | PathProblem::Html | PathProblem::TooManyRows => Ok(()),
        }
    }
}

impl core::error::Error for PathFileError {}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    Seconds,
    Milliseconds,
    Index,
    Last,
    Mid,
}

impl Column {
    fn of(name: &str) -> Option<Self> {
        Some(match name.trim().to_ascii_lowercase().as_str() {
            "time" => Self::Seconds,
            "time_ms" => Self::Milliseconds,
            "price" | "index" => Self::Index,
            "last" => Self::Last,
            "mid" => Self::Mid,
            _ => return None,
        })
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Seconds => "time",
            Self::Milliseconds => "time_ms",
            Self::Index => "price",
            Self::Last => "last",
            Self::Mid => "mid",
        }
    }
}

/// Reads a file. Nothing after the first fault is read, and nothing of a file with one is used.
pub fn read_path(text: &str, style: NumberStyle) -> Result<PathFile, PathFileError> {
    let text = text.trim_start_matches('\u{feff}');
    if text.trim_start().starts_with('<') {
        return Err(fault(1, PathProblem::Html));
    }
    let numbered = text.lines().enumerate().map(|(index, line)| (index.saturating_add(1), line));
    let mut lines = numbered.filter(|(_, line)| !line.trim().is_empty()).peekable();
    let Some((number, first)) = lines.peek().copied() else {
        return Err(fault(1, PathProblem::Empty));
    };
    let separator = ['\t', ';'].into_iter().find(|sign| first.contains(*sign)).unwrap_or(',');
    let is_comma = separator == ',' && style.decimal() == ',';
    let style = if separator == ',' { NumberStyle::Space } else { style };
    let columns = match names(number, first, separator)? {
        Some(columns) => {
            lines.next();
            columns
        }
        None if is_comma && first.split(separator).count() == 3 => {
            return Err(fault(number, PathProblem::TwoCommas));
        }
        None => unnamed(number, first.split(separator).count())?,
    };
    let mut reader = Reader { style, columns, begin: None, moments: Vec::new(), gaps: None };
    for (number, line) in lines {
        if reader.moments.len() == MOST_MOMENTS {
            return Err(fault(number, PathProblem::TooManyRows));
        }
        reader.row(number, line, separator)?;
    }
    if reader.moments.is_empty() {
        return Err(fault(number, PathProblem::Empty));
    }
    let mut notes: Vec<PathNote> = reader.gaps.into_iter().collect();
    let has = |column| reader.columns.contains(&column);
    // A file of plain prices has one for everything.
    if has(Column::Last) != has(Column::Mid) {
        notes.push(if has(Column::Last) { PathNote::NoMid } else { PathNote::NoLast });
    }
    Ok(PathFile { moments: reader.moments, notes })
}

/// The columns that a first line names; absent where it holds numbers.
fn names(number: usize, line: &str, separator: char) -> Result<Option<Vec<Column>>, PathFileError> {
    let first = line.split(separator).next().map_or("", bare);
    if !first.starts_with(|letter: char| letter.is_ascii_alphabetic()) {
        return Ok(None);
    }
    let mut columns = Vec::new();
    for name in line.split(separator) {
        let name = bare(name);
        let column = Column::of(name)
            .ok_or_else(|| fault(number, PathProblem::UnknownColumn(short(name))))?;
        columns.push(column);
    }
    let count = |column| columns.iter().filter(|one| **one == column).count();
    let times = count(Column::Seconds).saturating_add(count(Column::Milliseconds));
    if times != 1 || count(Column::Index) != 1 || count(Column::Last) > 1 || count(Column::Mid) > 1
    {
        return Err(fault(number, PathProblem::Columns));
    }
    Ok(Some(columns))
}

/// What the columns of a file without names are.
fn unnamed(number: usize, cells: usize) -> Result<Vec<Column>, PathFileError> {
    let all = [Column::Seconds, Column::Index, Column::Last, Column::Mid];
    match all.get(..cells) {
        Some(columns) if cells >= 2 => Ok(columns.to_vec()),
        _ => {
            let expected = if cells < 2 { 2 } else { all.len() };
            Err(fault(number, PathProblem::Cells { found: cells, expected }))
        }
    }
}

struct Reader {
    style: NumberStyle,
    columns: Vec<Column>,
    /// The time of the first row, in milliseconds.
    begin: Option<u64>,
    moments: Vec<Moment>,
    gaps: Option<PathNote>,
}

impl Reader {
    fn row(&mut self, line: usize, row: &str, separator: char) -> Result<(), PathFileError> {
        let found = row.split(separator).count();
        let expected = self.columns.len();
        if found != expected {
            return Err(fault(line, PathProblem::Cells { found, expected }));
        }
        let (mut time, mut index, mut last, mut mid) = (0, None, None, None);
        for (column, cell) in self.columns.iter().zip(row.split(separator)) {
            let value = self.number(line, *column, bare(cell))?;
            match column {
                Column::Seconds => time = milliseconds(line, value, 1000)?,
                Column::Milliseconds => time = milliseconds(line, value, 1)?,
                Column::Index => index = Some(price(line, *column, value)?),
                Column::Last => last = Some(price(line, *column, value)?),
                Column::Mid => mid = Some(price(line, *column, value)?),
            }
        }
        let index = index.ok_or_else(|| fault(line, PathProblem::Columns))?;
        let begin = *self.begin.get_or_insert(time);
        let at = time.checked_sub(begin).ok_or_else(|| fault(line, PathProblem::TimeNotRising))?;
        if let Some(before) = self.moments.last() {
            if at <= before.at {
                return Err(fault(line, PathProblem::TimeNotRising));
            }
            self.step(line, at.saturating_sub(before.at))?;
        }
        let (last, mid) = (last.unwrap_or(index), mid.unwrap_or(index));
        self.moments.push(Moment { at, index, last, mid });
        Ok(())
    }

    /// Looks at how far a row lies from the one before.
    fn step(&mut self, line: usize, gap: u64) -> Result<(), PathFileError> {
        if gap > LONGEST_GAP_MS {
            return Err(fault(line, PathProblem::GapTooLong));
        }
        if gap > LONG_GAP_MS {
            let (count, first_line, longest_ms) = match self.gaps {
                Some(PathNote::Gaps { count, first_line, longest_ms }) => {
                    (count.saturating_add(1), first_line, longest_ms.max(gap))
                }
                _ => (1, line, gap),
            };
            self.gaps = Some(PathNote::Gaps { count, first_line, longest_ms });
        }
        Ok(())
    }

    fn number(&self, line: usize, column: Column, cell: &str) -> Result<Decimal, PathFileError> {
        match parse(cell, self.style) {
            Ok(parsed) if parsed.suffix == Suffix::None => Ok(parsed.value),
            _ => {
                let (column, found) = (column.name(), short(cell));
                Err(fault(line, PathProblem::NotANumber { column, found }))
            }
        }
    }
}

fn price(line: usize, column: Column, value: Decimal) -> Result<Price, PathFileError> {
    let exact = Exact::from_decimal(value);
    if !exact.is_positive() {
        return Err(fault(line, PathProblem::NotAboveZero(column.name())));
    }
    let most = Decimal::new(1_000_000_000_000, 0);
    if most <= value || exact.decimals(DIGITS).is_none() {
        return Err(fault(line, PathProblem::TooManyDigits(column.name())));
    }
    Ok(Price::from_exact(exact))
}

/// A time in whole milliseconds.
fn milliseconds(line: usize, value: Decimal, each: i64) -> Result<u64, PathFileError> {
    let wrong = || fault(line, PathProblem::Time);
    let exact =
        Exact::from_decimal(value).times(&Exact::from_integer(each)).map_err(|_| wrong())?;
    if exact.is_negative() || exact.decimals(0).is_none() {
        return Err(wrong());
    }
    let whole = exact.round(0, Rounding::HalfEven).map_err(|_| wrong())?;
    u64::try_from(whole.mantissa()).map_err(|_| wrong())
}

/// A cell without spaces and quotes around it.
fn bare(cell: &str) -> &str {
    cell.trim().trim_matches('"').trim()
}

fn short(text: &str) -> String {
    text.chars().take(20).collect()
}

fn fault(line: usize, problem: PathProblem) -> PathFileError {
    PathFileError { line, problem }
}
