//! Numbers with units.
//!
//! | operation | gives |
//! |---|---|
//! | [`Size::value_at`] a [`Price`] | [`Money`] |
//! | [`Money::plus`], [`Money::minus`] [`Money`] | [`Money`] |
//! | [`Money::times`] a [`Rate`] | [`Money`] |
//! | [`Money::over_leverage`] a [`Leverage`] | [`Money`] |
//! | [`Money::ratio_to`] [`Money`] | [`Ratio`] |
//! | [`Price::gap_from`] a [`Price`] | [`PriceGap`] |
//! | [`Price::change_from`] a [`Price`] | [`Ratio`] |
//!
//! Two things that must not be added do not share a type. Each operation is exact and fails only
//! with [`Overflow`].

mod digits;
mod error;
mod exact;
mod integer;
mod number;
mod units;
mod wide;

pub use digits::read_digits;
pub use error::Overflow;
pub use exact::{Exact, Rounding};
pub use number::{FIGURE_PLACES, Number};
pub use units::{Leverage, Money, Price, PriceGap, Rate, Ratio, Side, Size};
pub use wide::Wide;

/// What text is read to and figures are rounded to.
pub use rust_decimal::Decimal;
