//! Figures as decimal strings: exact, or rounded half-even to 18 decimals where they do not end
//! before.

use rust_decimal::Decimal;

use crate::quantity::{Exact, FIGURE_PLACES, Number, Overflow, Rounding, Wide};

/// The figure rounded as it will be written.
pub(super) fn rounded(value: &Exact) -> Result<Exact, Overflow> {
    let step = Exact::from_decimal(Decimal::new(1, FIGURE_PLACES));
    let narrow = value.to_step(&step, Rounding::HalfEven);
    narrow.or_else(|_| Wide::of(value).to_step(&step, Rounding::HalfEven))
}

/// The figure as digits, with a point and without zeros at the end; `0` for nothing.
pub(super) fn written(value: &Exact) -> Result<String, Overflow> {
    // A multiple of the step is a whole number of steps.
    let (steps, _, exponent) = rounded(value)?.parts();
    let digits = steps.to_string();
    let (sign, digits) = match digits.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", digits.as_str()),
    };
    let places = usize::try_from(exponent.unsigned_abs()).map_err(|_| Overflow)?;
    if 0 <= exponent {
        return Ok(format!("{sign}{digits}{}", "0".repeat(places)));
    }
    let padded = format!("{digits:0>width$}", width = places.saturating_add(1));
    let (whole, decimals) =
        padded.split_at_checked(padded.len().saturating_sub(places)).ok_or(Overflow)?;
    let decimals = decimals.trim_end_matches('0');
    let point = if decimals.is_empty() { "" } else { "." };
    Ok(format!("{sign}{whole}{point}{decimals}"))
}
