//! Values to pixels: the only file where a figure becomes a floating-point number, and none comes
//! back as money.
#![expect(
    clippy::float_arithmetic,
    reason = "positions on a screen, clamped to a few thousand pixels; money never comes from here"
)]

use crate::quantity::Exact;

/// A tenth of a pixel, so that positions are printed without floating-point formatting.
pub type Tenths = i32;

/// Beyond this a shape is out of view anyway.
const FAR: f64 = 200_000.0;

fn to_f64(value: &Exact) -> f64 {
    let (numerator, denominator, exponent) = value.parts();
    numerator.as_f64() / denominator.as_f64() * 10_f64.powi(exponent)
}

/// A straight scale from values to positions.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    origin: f64,
    per_unit: f64,
    start: f64,
}

impl Scale {
    /// Maps `low` to `start` and `high` to `end`.
    pub fn new(low: &Exact, high: &Exact, start: Tenths, end: Tenths) -> Self {
        let (low, high) = (to_f64(low), to_f64(high));
        let span = if high > low { high - low } else { 1.0 };
        Self {
            origin: low,
            per_unit: (f64::from(end) - f64::from(start)) / span,
            start: f64::from(start),
        }
    }

    /// Where a value stands.
    pub fn at(&self, value: &Exact) -> Tenths {
        let position = self.start + (to_f64(value) - self.origin) * self.per_unit;
        position.clamp(-FAR, FAR).round() as Tenths
    }

    /// How many times as far apart this scale draws two values as another does, to the nearest
    /// whole number and at least 1.
    pub fn stretch_over(&self, other: &Self) -> i64 {
        (self.per_unit / other.per_unit).abs().round().clamp(1.0, 1e9) as i64
    }
}

/// The end of the leverage slider's scale, which begins at 0.
pub const LEVERAGE_STEPS: u32 = 1000;

/// Where a leverage stands on the logarithmic slider from 1 to `most`, from 0 to
/// [`LEVERAGE_STEPS`].
pub fn leverage_position(leverage: &Exact, most: &Exact) -> u32 {
    let share = to_f64(leverage).max(1.0).ln() / to_f64(most).max(1.5).ln();
    (share.clamp(0.0, 1.0) * f64::from(LEVERAGE_STEPS)).round() as u32
}

/// The leverage at a position of the slider: to a tenth below 20, to a whole number above, which is
/// what venues offer.
pub fn leverage_at(position: u32, most: &Exact) -> Exact {
    let share = f64::from(position.min(LEVERAGE_STEPS)) / f64::from(LEVERAGE_STEPS);
    let leverage = (to_f64(most).max(1.5).ln() * share).exp();
    let tenths = if leverage < 20.0 { (leverage * 10.0).round() } else { leverage.round() * 10.0 };
    let tenths = Exact::from_integer(tenths.clamp(10.0, 10_000.0) as i64);
    tenths.over(&Exact::from_integer(10)).unwrap_or(Exact::ONE)
}

/// Where a quantity stands on a logarithmic slider between two others, from 0 to
/// [`LEVERAGE_STEPS`].
pub fn log_position(value: &Exact, least: &Exact, most: &Exact) -> u32 {
    let (value, least, most) = (to_f64(value), to_f64(least), to_f64(most));
    let share = (value.max(least) / least).ln() / (most.max(least * 2.0) / least).ln();
    (share.clamp(0.0, 1.0) * f64::from(LEVERAGE_STEPS)).round() as u32
}

/// The power of ten of the first digit, by counting: a second logarithm would weigh more than this.
fn leading_power(mut value: f64) -> i32 {
    let mut power = 0;
    while 10.0 <= value && power < 40 {
        (value, power) = (value / 10.0, power + 1);
    }
    while value < 1.0 && -40 < power {
        (value, power) = (value * 10.0, power - 1);
    }
    power
}

/// The value at a position of such a slider, with three significant digits: a number to be put on
/// the venue's step by the core.
pub fn log_value(position: u32, least: &Exact, most: &Exact) -> Exact {
    let share = f64::from(position.min(LEVERAGE_STEPS)) / f64::from(LEVERAGE_STEPS);
    let (least, most) = (to_f64(least), to_f64(most));
    let value = least * ((most.max(least * 2.0) / least).ln() * share).exp();
    let power = leading_power(value) - 2;
    let digits = (value / 10_f64.powi(power)).round() as i64;
    let ten = Exact::from_integer(10);
    let mut exact = Exact::from_integer(digits);
    for _ in 0..power.unsigned_abs() {
        let next = if power < 0 { exact.over(&ten) } else { exact.times(&ten) };
        exact = next.unwrap_or(exact);
    }
    exact
}
