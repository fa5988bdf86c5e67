//! A type for each unit, over one exact fraction.

use rust_decimal::Decimal;

use super::error::Overflow;
use super::exact::{Exact, Rounding};

macro_rules! unit {
    ($(#[$meaning:meta])* $name:ident) => {
        $(#[$meaning])*
        #[derive(Clone, Copy, Debug, PartialEq)]
        pub struct $name(Exact);

        impl $name {
            /// The figure from its exact value.
            pub const fn from_exact(value: Exact) -> Self {
                Self(value)
            }

            /// The figure a decimal writes, digit for digit.
            pub fn from_decimal(value: Decimal) -> Self {
                Self(Exact::from_decimal(value))
            }

            /// The exact value.
            pub const fn exact(&self) -> &Exact {
                &self.0
            }

            /// The figure rounded once to this many decimals.
            pub fn round(&self, places: u32, rounding: Rounding) -> Result<Decimal, Overflow> {
                self.0.round(places, rounding)
            }
        }
    };
}

unit! {
    /// Quote units for one unit of the underlying, such as USDT per BTC. A market's price is above
    /// zero; a computed price that is not is reported as absent.
    Price
}
unit! {
    /// The signed difference of two prices, in the same unit as a price.
    PriceGap
}
unit! {
    /// How much is held, in contracts or base units. Never negative: direction belongs to [`Side`].
    Size
}
unit! {
    /// A signed amount in the margin currency.
    Money
}
unit! {
    /// A fixed fraction that a venue applies to an amount: 0.004 is 0.4 %.
    Rate
}
unit! {
    /// A quotient of two amounts, or a relative change: -0.0789 is 7.89 % lower.
    Ratio
}
unit! {
    /// The leverage setting: position value at entry over initial margin.
    Leverage
}

/// Which way a position gains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Gains when the price rises.
    Long,
    /// Gains when the price falls.
    Short,
}

impl Side {
    /// The word for it, in sentences, links and files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Long => "long",
            Self::Short => "short",
        }
    }

    /// +1 for a long, -1 for a short: the sign of profit for a rising price.
    pub const fn sign(self) -> Exact {
        match self {
            Self::Long => Exact::from_integer(1),
            Self::Short => Exact::from_integer(-1),
        }
    }

    /// How a price at which this side is closed is rounded: toward where the mark comes from, so that the
    /// warning comes early, never late.
    pub const fn toward_mark(self) -> Rounding {
        match self {
            Self::Long => Rounding::Ceiling,
            Self::Short => Rounding::Floor,
        }
    }

    /// The other side.
    pub const fn opposite(self) -> Self {
        match self {
            Self::Long => Self::Short,
            Self::Short => Self::Long,
        }
    }
}

impl Price {
    /// How far this price lies above `other`; negative below it.
    pub fn gap_from(&self, other: &Self) -> Result<PriceGap, Overflow> {
        Ok(PriceGap(self.0.minus(&other.0)?))
    }

    /// The relative change from `other` to this price.
    pub fn change_from(&self, other: &Self) -> Result<Ratio, Overflow> {
        Ok(Ratio(self.0.minus(&other.0)?.over(&other.0)?))
    }
}

impl Size {
    /// What this size is worth at a price, in the quote currency.
    pub fn value_at(&self, price: &Price) -> Result<Money, Overflow> {
        Ok(Money(self.0.times(&price.0)?))
    }
}

impl Money {
    /// The sum.
    pub fn plus(&self, other: &Self) -> Result<Self, Overflow> {
        Ok(Self(self.0.plus(&other.0)?))
    }

    /// The difference.
    pub fn minus(&self, other: &Self) -> Result<Self, Overflow> {
        Ok(Self(self.0.minus(&other.0)?))
    }

    /// The part of this amount that a rate takes.
    pub fn times(&self, rate: &Rate) -> Result<Self, Overflow> {
        Ok(Self(self.0.times(&rate.0)?))
    }

    /// The margin that carries this amount at a leverage.
    pub fn over_leverage(&self, leverage: &Leverage) -> Result<Self, Overflow> {
        Ok(Self(self.0.over(&leverage.0)?))
    }

    /// This amount as a multiple of another that is not zero.
    pub fn ratio_to(&self, other: &Self) -> Result<Ratio, Overflow> {
        Ok(Ratio(self.0.over(&other.0)?))
    }
}
