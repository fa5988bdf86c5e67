//! Why there is no mark price, as a sentence.

use core::fmt;

use crate::quantity::Overflow;

/// An input of a mark price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// The price of the spot markets together.
    Index,
    /// The highest price that is bid.
    Bid,
    /// The lowest price that is asked.
    Ask,
    /// The last trade.
    Last,
    /// The median of other venues.
    Others,
}

impl What {
    /// Its name in a sentence.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Index => "index",
            Self::Bid => "best bid",
            Self::Ask => "best ask",
            Self::Last => "last trade",
            Self::Others => "median of other exchanges",
        }
    }
}

/// Why there is no mark price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkError {
    /// A price that is zero or below.
    NotAbove(What),
    /// The best bid is above the best ask.
    Crossed,
    /// A funding interval of zero or below.
    NoInterval,
    /// A time to funding below zero or longer than the interval.
    OutsideInterval,
    /// A funding rate of 100 % or more, either way.
    Rate,
    /// An average that is given no time: a half-life or a step of zero or below.
    NoTime,
    /// The formula takes a median of other venues, and the sample holds none.
    NoOthers,
    /// There is nothing to take a median of.
    Nothing,
    /// The samples do not go forward in time.
    Backward,
    /// The formula gives no price above zero.
    NoPrice,
    /// A figure needs more digits than are carried.
    Overflow,
}

impl From<Overflow> for MarkError {
    fn from(_: Overflow) -> Self {
        Self::Overflow
    }
}

impl fmt::Display for MarkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAbove(what) => write!(f, "The {} must be above 0.", what.name()),
            Self::Crossed => f.write_str("The best bid must not be above the best ask."),
            Self::NoInterval => f.write_str("The funding interval must be above 0."),
            Self::OutsideInterval => {
                f.write_str("The time to funding must be from 0 to the funding interval.")
            }
            Self::Rate => f.write_str("The funding rate must be between \u{2212}100 % and 100 %."),
            Self::NoTime => f.write_str("The half-life must be above 0."),
            Self::NoOthers => {
                f.write_str("This formula needs a median of other exchanges, and there is none.")
            }
            Self::Nothing => f.write_str("There is no price to take the median of."),
            Self::Backward => f.write_str("Each sample must come after the one before it."),
            Self::NoPrice => f.write_str("These numbers give a mark price of 0 or below."),
            Self::Overflow => Overflow.fmt(f),
        }
    }
}

impl core::error::Error for MarkError {}
