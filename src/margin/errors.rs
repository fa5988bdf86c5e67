//! The errors of the calculation as sentences, for callers that pass them on.

use core::error::Error;
use core::fmt;

use crate::quantity::Overflow;

use super::report::ComputeError;
use super::solve::SolveError;

impl fmt::Display for ComputeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Overflow => Overflow.fmt(f),
            Self::UnknownMarket(index) => write!(f, "position {index} is in no market"),
            Self::BeyondTable(index) => {
                write!(
                    f,
                    "position {index} is larger than the last tier, and no rate is known for it"
                )
            }
            Self::LeverageNeeded(index) => {
                write!(f, "position {index} needs leverage: a figure of it goes by it")
            }
            Self::Bent => f.write_str("the curve is not straight between its corners"),
        }
    }
}

impl Error for ComputeError {}

impl fmt::Display for SolveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Compute(error) => error.fmt(f),
            Self::NoSuchPosition(index) => write!(f, "there is no position {index}"),
            Self::PriceNotAboveZero => f.write_str("the wanted price or stop is not above zero"),
            Self::BufferOutOfRange => f.write_str("the buffer is not from 0 to below 1"),
            Self::LossNotAboveZero => f.write_str("the largest loss is not above zero"),
            Self::StepNotAboveZero => f.write_str("the step is not above zero"),
        }
    }
}

impl Error for SolveError {}
