//! The middle of several prices.

use crate::quantity::{Exact, Price};

use super::error::MarkError;

/// From the lowest, those of one price in their order.
fn rising<T: Copy>(items: &[T], price: fn(&T) -> &Price) -> Result<Vec<T>, MarkError> {
    let mut sorted: Vec<T> = Vec::with_capacity(items.len());
    for item in items {
        let mut place = sorted.len();
        while let Some(index) = place.checked_sub(1)
            && let Some(before) = sorted.get(index)
            && price(item).exact().is_below(price(before).exact())?
        {
            place = index;
        }
        sorted.insert(place, *item);
    }
    Ok(sorted)
}

/// The middle price of an odd number of them; of an even number the mean of the two in the middle.
pub fn median(prices: &[Price]) -> Result<Price, MarkError> {
    let sorted = rising(prices, |price| price)?;
    let below = sorted.len().saturating_sub(1).checked_div(2).unwrap_or(0);
    let above = sorted.len().checked_div(2).unwrap_or(0);
    let (Some(one), Some(other)) = (sorted.get(below), sorted.get(above)) else {
        return Err(MarkError::Nothing);
    };
    if below == above {
        return Ok(*one);
    }
    let sum = one.exact().plus(other.exact())?;
    Ok(Price::from_exact(sum.over(&Exact::from_integer(2))?))
}

/// The lowest price at or below which at least half of the weight stands; weights are above zero.
pub fn weighted_median(prices: &[(Exact, Price)]) -> Result<Price, MarkError> {
    let sorted = rising(prices, |(_, price)| price)?;
    let weights: Vec<Exact> = prices.iter().map(|(weight, _)| *weight).collect();
    let half = Exact::sum(&weights)?.over(&Exact::from_integer(2))?;
    let mut below = Exact::ZERO;
    for (weight, price) in &sorted {
        below = below.plus(weight)?;
        if half.is_at_most(&below)? {
            return Ok(*price);
        }
    }
    Err(MarkError::Nothing)
}
