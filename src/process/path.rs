//! Prices over time: drawn by hand, or made from a position's own figures.

use crate::quantity::Price;

use super::setup::Tick;

/// One moment of a market. The mark is made from these elsewhere, by the venue's formula.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moment {
    /// Milliseconds since the path began.
    pub at: u64,
    /// The index of spot prices, above zero.
    pub index: Price,
    /// The last trade, above zero.
    pub last: Price,
    /// The middle of the book, above zero.
    pub mid: Price,
}

impl Moment {
    /// The moment with the mark that a formula gave for it.
    pub fn with_mark(&self, mark: Price) -> Tick {
        Tick { at: self.at, mark, mid: self.mid }
    }
}
