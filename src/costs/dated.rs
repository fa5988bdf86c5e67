//! The mark price of a future with an expiry: the index and a basis that runs off.

use crate::quantity::{Exact, Overflow, Price, Rate};

/// Days of the year that an annualised basis counts.
const DAYS_OF_A_YEAR: i64 = 365;

/// The yearly basis a market shows: (impact mid / index - 1) / (days to expiry / 365).
///
/// The impact mid is the mean of the prices at which a stated amount can be bought and sold at
/// once. Positive when the future is dearer than the index. Both prices and `days` are above zero.
/// Sources: BitMEX, "Fair Price Marking" (bitmex.com/app/fairPriceMarking), mirrored in
/// github.com/bradkyle/Qex, and Gate, "Delivery futures mark price" (gate.com/help/futures/delivery
/// /17601), read 2026-11.
pub fn fair_basis_rate(impact_mid: &Price, index: &Price, days: &Exact) -> Result<Rate, Overflow> {
    let basis = impact_mid.change_from(index)?;
    let year = Exact::from_integer(DAYS_OF_A_YEAR);
    Ok(Rate::from_exact(basis.exact().times(&year)?.over(days)?))
}

/// The mark: index x (1 + yearly basis x days to expiry / 365). At expiry it is the index.
///
/// Sources: as for [`fair_basis_rate`].
pub fn dated_mark(index: &Price, basis_rate: &Rate, days: &Exact) -> Result<Price, Overflow> {
    let year = Exact::from_integer(DAYS_OF_A_YEAR);
    let basis = basis_rate.exact().times(days)?.over(&year)?;
    Ok(Price::from_exact(index.exact().times(&Exact::ONE.plus(&basis)?)?))
}
