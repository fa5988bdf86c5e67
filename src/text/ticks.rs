//! Round axis values: a label equals its position by construction.

use crate::quantity::{Exact, Overflow, Rounding};

/// One axis value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tick {
    /// Where it stands, and what its label says.
    pub value: Exact,
}

/// Equally spaced round values over a range.
#[derive(Clone, Debug, PartialEq)]
pub struct Ticks {
    /// The distance between two values: 1, 2 or 5 times a power of ten.
    pub step: Exact,
    /// The values inside the range, rising.
    pub values: Vec<Tick>,
}

impl Ticks {
    /// The round values from `low` to `high`, in at most `most` parts (at least 2).
    pub fn between(low: &Exact, high: &Exact, most: u32) -> Result<Self, Overflow> {
        let step = step_for(&high.minus(low)?, most)?;
        let mut values = Vec::new();
        let mut value = low.to_step(&step, Rounding::Ceiling)?;
        while value.is_at_most(high)? && values.len() < 64 {
            values.push(Tick { value });
            value = value.plus(&step)?;
        }
        Ok(Self { step, values })
    }

    /// How many decimals the labels need.
    pub fn places(&self) -> u32 {
        self.step.decimals(28).unwrap_or(0)
    }
}

/// The smallest round step that divides `span` into fewer than `most` parts.
fn step_for(span: &Exact, most: u32) -> Result<Exact, Overflow> {
    let most = Exact::from_integer(i64::from(most.max(2)));
    let ten = Exact::from_integer(10);
    let tenth = Exact::ONE.over(&ten)?;
    let target = span.over(&most)?;
    if !target.is_positive() {
        return Ok(Exact::ONE);
    }
    let mut power = Exact::ONE;
    while power.is_below(&target)? {
        power = power.times(&ten)?;
    }
    while target.is_below(&power)? {
        power = power.times(&tenth)?;
    }
    for factor in [1, 2, 5] {
        let step = power.times(&Exact::from_integer(factor))?;
        if target.is_at_most(&step)? {
            return Ok(step);
        }
    }
    power.times(&ten)
}
