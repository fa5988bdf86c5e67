//! The two prices that venues make from the index.

use crate::quantity::{Exact, Price, PriceGap, Rate, Rounding};

use super::error::{MarkError, What};

/// What is paid between longs and shorts, and when.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Funding {
    /// Share of the value paid at the next stamp, above -1 and below 1: longs pay when it is positive.
    pub rate: Rate,
    /// Seconds to the next stamp, from 0 to the interval.
    pub to_next: Exact,
    /// Seconds from one stamp to the next, above 0.
    pub interval: Exact,
}

impl Funding {
    /// Whether the numbers fit together; which do not is the error.
    pub fn check(&self) -> Result<(), MarkError> {
        if !self.interval.is_positive() {
            return Err(MarkError::NoInterval);
        }
        if self.to_next.is_negative() || self.interval.is_below(&self.to_next)? {
            return Err(MarkError::OutsideInterval);
        }
        if Exact::ONE.is_at_most(&self.rate.exact().magnitude())? {
            return Err(MarkError::Rate);
        }
        Ok(())
    }

    /// The same, so many seconds later: past a stamp the next one is an interval away, at the same rate.
    pub fn after(&self, seconds: &Exact) -> Result<Self, MarkError> {
        let mut to_next = self.to_next.minus(seconds)?;
        if to_next.is_negative() {
            let whole = to_next.to_step(&self.interval, Rounding::Floor)?;
            to_next = to_next.minus(&whole)?;
        }
        Ok(Self { to_next, ..*self })
    }
}

fn above_zero(price: &Price, what: What) -> Result<(), MarkError> {
    if price.exact().is_positive() { Ok(()) } else { Err(MarkError::NotAbove(what)) }
}

/// Price 1: index x (1 + funding rate x time to funding / interval). At the stamp itself it is the index.
///
/// Source: Binance, mark price of perpetual contracts; BitMEX, fair price marking.
pub fn funding_price(index: &Price, funding: &Funding) -> Result<Price, MarkError> {
    above_zero(index, What::Index)?;
    funding.check()?;
    let share = funding.to_next.over(&funding.interval)?;
    let basis = Exact::ONE.plus(&funding.rate.exact().times(&share)?)?;
    Ok(Price::from_exact(index.exact().times(&basis)?))
}

/// Price 2: index + average basis. It may be no price above zero where the basis is large.
///
/// Source: Binance, mark price of perpetual contracts.
pub fn basis_price(index: &Price, basis: &PriceGap) -> Result<Price, MarkError> {
    above_zero(index, What::Index)?;
    Ok(Price::from_exact(index.exact().plus(basis.exact())?))
}
