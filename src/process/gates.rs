//! Between which marks nothing changes: a comparison for each tick, and no division.

use crate::quantity::{Exact, Overflow, Price, Rounding};

/// Marks strictly between two prices, either of which may be absent; the prices themselves are
/// looked at in full.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Gates {
    low: Option<Price>,
    high: Option<Price>,
    /// The same as whole multiples of a power of ten, which is how marks are written.
    whole: Option<Whole>,
}

/// A mark of `n x 10^exponent` is inside if n is above `low` and below `high`.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Whole {
    exponent: i32,
    low: i128,
    high: i128,
}

impl Gates {
    /// Every mark is looked at in full.
    pub(super) const SHUT: Self = Self {
        low: Some(Price::from_exact(Exact::ONE)),
        high: Some(Price::from_exact(Exact::ZERO)),
        whole: None,
    };

    /// No mark changes anything.
    pub(super) const OPEN: Self = Self { low: None, high: None, whole: None };

    pub(super) const fn between(low: Option<Price>, high: Option<Price>) -> Self {
        Self { low, high, whole: None }
    }

    /// Whether the mark is strictly inside. Remembers the finest power of ten that marks come in.
    pub(super) fn hold(&mut self, mark: &Price) -> Result<bool, Overflow> {
        let (numerator, denominator, exponent) = mark.exact().parts();
        let number = i128::try_from(numerator).ok().filter(|_| denominator == 1);
        if let Some(number) = number {
            if self.whole.is_none_or(|whole| exponent < whole.exponent) {
                self.whole = self.in_whole(exponent);
            }
            if let Some(Whole { exponent: finest, low, high }) = self.whole
                && let Some(number) = lifted(number, exponent, finest)
            {
                return Ok(low < number && number < high);
            }
        }
        let is_above = match &self.low {
            Some(low) => low.exact().is_below(mark.exact())?,
            None => true,
        };
        Ok(is_above
            && match &self.high {
                Some(high) => mark.exact().is_below(high.exact())?,
                None => true,
            })
    }

    /// The gates at a power of ten, if they are short enough there.
    fn in_whole(&self, exponent: i32) -> Option<Whole> {
        let places = u32::try_from(exponent.checked_neg()?).ok()?;
        let whole = |price: &Price, rounding| {
            let rounded = price.round(places, rounding).ok()?;
            (rounded.scale() == places).then(|| rounded.mantissa())
        };
        Some(Whole {
            exponent,
            // n is above a price just when it is above the price cut down, and below one when it is
            // below the price rounded up.
            low: self.low.as_ref().map_or(Some(i128::MIN), |low| whole(low, Rounding::Floor))?,
            high: self
                .high
                .as_ref()
                .map_or(Some(i128::MAX), |high| whole(high, Rounding::Ceiling))?,
        })
    }
}

/// The same number in multiples of a finer power of ten.
fn lifted(number: i128, exponent: i32, finest: i32) -> Option<i128> {
    if exponent == finest {
        return Some(number);
    }
    let up = u32::try_from(exponent.checked_sub(finest)?).ok()?;
    10_i128.checked_pow(up)?.checked_mul(number)
}
