//! How venues make their mark price: one file each, with source and date.

use core::num::NonZeroU16;

use super::mark_files::FILES;
use super::profile_read::Words;
use super::rules::Source;
use super::table::{Sheet, TableError, TableProblem, fault};

/// One of the prices whose median is the mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkPart {
    /// Index x (1 + funding rate x time to funding / interval): "price 1".
    Funding,
    /// Index + average of (middle of the book - index): "price 2".
    Basis,
    /// The last trade.
    Last,
    /// The median of best bid, best ask and last trade.
    BookAndLast,
    /// A weighted median of perpetuals at other venues.
    Others,
}

/// How the basis, middle of the book less index, is averaged over time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Averaging {
    /// The plain mean of the last so many samples.
    Mean(NonZeroU16),
    /// An exponential average in which a new sample weighs 2 / (n + 1).
    Span(NonZeroU16),
    /// A sample of age t weighs exp(-t / so many seconds).
    Constant(NonZeroU16),
    /// A sample of age t weighs 2^(-t / so many seconds).
    HalfLife(NonZeroU16),
}

/// An average and how often it takes a sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BasisRule {
    /// How samples are weighed.
    pub averaging: Averaging,
    /// Seconds from one sample to the next.
    pub every: NonZeroU16,
}

/// How a venue makes its mark price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkRule {
    /// What links call it, in kebab case.
    pub id: &'static str,
    /// What a reader calls it.
    pub name: &'static str,
    /// Where the formula comes from, and the date it holds for.
    pub source: Source,
    /// The prices whose median is the mark: an odd number, so that the median is one of them.
    pub parts: Vec<MarkPart>,
    /// How the basis is averaged; absent where no part needs it.
    pub basis: Option<BasisRule>,
    /// Hours from one funding payment to the next.
    pub funding_interval_hours: NonZeroU16,
    /// What differs from the venue here, and what is assumed where nothing is documented; a sentence
    /// each.
    pub not_modelled: Vec<&'static str>,
}

const KEYS: [&str; 7] =
    ["id", "name", "source", "as_of", "basis", "funding_interval_hours", "not_modelled"];

const PARTS: [(&str, MarkPart); 5] = [
    ("funding", MarkPart::Funding),
    ("basis", MarkPart::Basis),
    ("last", MarkPart::Last),
    ("book_and_last", MarkPart::BookAndLast),
    ("others", MarkPart::Others),
];

impl MarkRule {
    /// Reads a file; refuses what it does not understand, with the line.
    pub fn parse(text: &'static str) -> Result<Self, TableError> {
        let sheet = Sheet::read::<true>(text, &KEYS, &["part"])?;
        for key in KEYS.iter().filter(|key| **key != "not_modelled") {
            if let Some((line, _)) = sheet.headers(key).nth(1) {
                return Err(fault(line, TableProblem::RepeatedHeader((*key).to_owned())));
            }
        }
        let word = Words { sheet: &sheet };
        let mut parts = Vec::with_capacity(sheet.rows.len());
        for (line, row) in &sheet.rows {
            let found = row.first().copied().unwrap_or_default();
            let part = PARTS.iter().find(|(name, _)| *name == found).map(|(_, part)| *part);
            match part {
                Some(part) if !parts.contains(&part) => parts.push(part),
                _ => {
                    let expected = "funding, basis, last, book_and_last, others, each at most once";
                    return Err(fault(*line, TableProblem::HeaderValue { key: "part", expected }));
                }
            }
        }
        // Of an even number the median would be no price that any part names.
        if parts.len().checked_rem(2) != Some(1) {
            return Err(sheet.bad_header("part", "an odd number of parts"));
        }
        let basis = basis(&word)?;
        if parts.contains(&MarkPart::Basis) != basis.is_some() {
            return Err(sheet.bad_header("basis", "none, just where no part is the basis"));
        }
        let hours = word.text("funding_interval_hours")?.parse();
        Ok(Self {
            id: word.text("id")?,
            name: word.text("name")?,
            source: sheet.source()?,
            parts,
            basis,
            funding_interval_hours: hours
                .map_err(|_| sheet.bad_header("funding_interval_hours", "whole hours above 0"))?,
            not_modelled: sheet.headers("not_modelled").map(|(_, sentence)| sentence).collect(),
        })
    }
}

fn basis(word: &Words<'_>) -> Result<Option<BasisRule>, TableError> {
    let text = word.text("basis")?;
    if text == "none" {
        return Ok(None);
    }
    let read = || {
        let (average, every) = text.split_once(" every ")?;
        let (kind, count) = average.split_once(' ')?;
        let count = count.parse().ok()?;
        let averaging = match kind {
            "mean" => Averaging::Mean(count),
            "ema" => Averaging::Span(count),
            "constant" => Averaging::Constant(count),
            "half_life" => Averaging::HalfLife(count),
            _ => return None,
        };
        Some(BasisRule { averaging, every: every.parse().ok()? })
    };
    read().map(Some).ok_or_else(|| {
        let expected = "none, mean 30 every 1, ema 30 every 1, constant 150 every 3, \
                        half_life 20 every 1 (with its own numbers)";
        word.sheet.bad_header("basis", expected)
    })
}

/// Every formula that is documented, in the order to list them; empty of those whose file is faulty, which
/// a test finds.
pub fn mark_rules() -> Vec<MarkRule> {
    FILES.iter().filter_map(|text| MarkRule::parse(text).ok()).collect()
}
