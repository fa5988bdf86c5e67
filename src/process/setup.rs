//! What a run begins with: a position, what stands behind it, and the world around it.

use core::fmt;

use crate::margin::{ComputeError, Rejection};
use crate::quantity::{Money, Price, Size};
use crate::scenario::{Market, Position};
use crate::takeover::Candidate;

use super::book::Book;
use super::rules::ProcessRules;

/// One moment of a path, with the mark as the venue calculates it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tick {
    /// Milliseconds since the path began; never lower than the tick before.
    pub at: u64,
    /// The mark price, above zero.
    pub mark: Price,
    /// Around which the book stands, above zero.
    pub mid: Price,
}

/// Margin that open orders hold. It backs no position.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OrderMargin {
    /// By orders in the position's market, zero or above.
    pub of_position: Money,
    /// By all other orders of the account, zero or above.
    pub elsewhere: Money,
}

/// Something the holder does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Action {
    /// Moves this much, above zero, from the wallet to the position.
    AddMargin(Money),
    /// Closes this much, above zero, against the book at no price worse than bankruptcy; more than
    /// is open closes all. What it makes or loses stays in the margin.
    Reduce(Size),
    /// Cancels all open orders; their margin goes to the wallet.
    CancelOrders,
}

/// Everything that decides a run, but for the path.
#[derive(Clone, Debug, PartialEq)]
pub struct Setup {
    /// The position. It stands alone on its margin; for a cross account that holds no other, that is
    /// the whole wallet. Which market it refers to is not read.
    pub position: Position,
    /// Its market. `mark_price` is the mark when the run begins.
    pub market: Market,
    /// What is free in the wallet, the position's margin not included; zero or above.
    pub wallet: Money,
    /// What open orders hold.
    pub orders: OrderMargin,
    /// The order book.
    pub book: Book,
    /// How the venue closes.
    pub rules: ProcessRules,
    /// What the insurance fund holds, zero or above.
    pub fund: Money,
    /// Positions on the other side, which may be closed when the fund is empty. Their profits stand
    /// as given, whatever the mark does.
    pub candidates: Vec<Candidate>,
    /// What the holder does, each with its time in milliseconds, in rising order. It is done just
    /// before the first tick of that time or later, in the market of the tick before that one, which
    /// is the one that the holder sees.
    pub actions: Vec<(u64, Action)>,
}

/// Why a run cannot begin.
#[derive(Clone, Debug, PartialEq)]
pub enum StartError {
    /// The figures of the position have no value.
    Compute(ComputeError),
    /// The venue would not open the position.
    Refused(Vec<Rejection>),
    /// An amount that must be zero or above is not.
    Negative(&'static str),
    /// The actions are not in the order of their times.
    ActionOrder,
}

/// Why a run cannot go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepError {
    /// The figures of the position have no value at this mark.
    Compute(ComputeError),
    /// The tick lies before the one before it.
    TimeFalls,
    /// A mark or a mid is not above zero.
    NotAPrice,
}

impl From<ComputeError> for StartError {
    fn from(error: ComputeError) -> Self {
        Self::Compute(error)
    }
}

impl From<crate::quantity::Overflow> for StartError {
    fn from(_: crate::quantity::Overflow) -> Self {
        Self::Compute(ComputeError::Overflow)
    }
}

impl From<ComputeError> for StepError {
    fn from(error: ComputeError) -> Self {
        Self::Compute(error)
    }
}

impl From<crate::quantity::Overflow> for StepError {
    fn from(_: crate::quantity::Overflow) -> Self {
        Self::Compute(ComputeError::Overflow)
    }
}

/// A sentence for a figure that has no value.
fn sentence(error: ComputeError) -> &'static str {
    match error {
        ComputeError::BeyondTable(_) => {
            "the position is larger than the last tier, and no rate is known for it"
        }
        ComputeError::LeverageNeeded(_) => "the margin depends on a leverage, and none is stated",
        ComputeError::Overflow | ComputeError::UnknownMarket(_) | ComputeError::Bent => {
            "a figure needs more digits than this calculator carries"
        }
    }
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Compute(error) => f.write_str(sentence(*error)),
            Self::Refused(_) => f.write_str("the position would be refused at opening"),
            Self::Negative(what) => write!(f, "{what} must be 0 or more"),
            Self::ActionOrder => f.write_str("the actions must stand in the order of their times"),
        }
    }
}

impl fmt::Display for StepError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Compute(error) => sentence(*error),
            Self::TimeFalls => "the times of the path must not fall",
            Self::NotAPrice => "a price of the path must be above 0",
        })
    }
}

impl core::error::Error for StartError {}
impl core::error::Error for StepError {}
