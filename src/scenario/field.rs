//! Every input that is typed, once: its name in links, its unit and its limits.

use rust_decimal::Decimal;

use crate::text::Suffix;

/// A typed input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldId {
    /// How much is held, in base units.
    Quantity,
    /// Average opening price.
    EntryPrice,
    /// The leverage setting.
    Leverage,
    /// The price that values the position.
    MarkPrice,
    /// Maintenance rate of the single-rate rule, in percent.
    FlatRate,
    /// Taker fee counted into maintenance margin, in percent.
    CloseFee,
    /// Margin ratio at which the venue warns, in percent.
    WarningRatio,
}

/// What kind of number a field takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Quote units for one coin.
    Price,
    /// Coins.
    Coins,
    /// A multiple.
    Times,
    /// Hundredths.
    Percent,
}

/// What a field accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The value must be above this, or at least this if `least_included`.
    pub least: Decimal,
    /// Whether `least` itself is accepted.
    pub least_included: bool,
    /// The largest accepted value.
    pub most: Decimal,
    /// How many digits may follow the decimal sign.
    pub decimals: u32,
}

impl FieldId {
    /// Every field.
    pub const ALL: [Self; 7] = [
        Self::Quantity,
        Self::EntryPrice,
        Self::Leverage,
        Self::MarkPrice,
        Self::FlatRate,
        Self::CloseFee,
        Self::WarningRatio,
    ];

    /// The name in links.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Quantity => "size",
            Self::EntryPrice => "entry",
            Self::Leverage => "lev",
            Self::MarkPrice => "mark",
            Self::FlatRate => "flat",
            Self::CloseFee => "fee",
            Self::WarningRatio => "call",
        }
    }

    /// What the number counts.
    pub const fn unit(self) -> Unit {
        match self {
            Self::Quantity => Unit::Coins,
            Self::EntryPrice | Self::MarkPrice => Unit::Price,
            Self::Leverage => Unit::Times,
            Self::FlatRate | Self::CloseFee | Self::WarningRatio => Unit::Percent,
        }
    }

    /// What is accepted: 12 digits before and after the point for prices and sizes, leverage to
    /// 1000, rates below 100 %.
    pub fn limits(self) -> Limits {
        // 10^12 - 10^-12: twelve nines on both sides of the point.
        let twelve_nines = Decimal::from_i128_with_scale(999_999_999_999_999_999_999_999, 12);
        let (least_included, most, decimals) = match self.unit() {
            Unit::Price | Unit::Coins => (false, twelve_nines, 12),
            Unit::Times => (false, Decimal::from(1000), 6),
            Unit::Percent => match self {
                Self::CloseFee => (true, Decimal::from(10), 10),
                Self::WarningRatio => (false, Decimal::from(100), 10),
                _ => (true, Decimal::new(9999, 2), 10),
            },
        };
        Limits { least: Decimal::ZERO, least_included, most, decimals }
    }

    /// Whether a number with this unit sign makes sense here.
    pub(super) fn takes(self, suffix: Suffix) -> bool {
        match suffix {
            Suffix::None => true,
            Suffix::Percent => self.unit() == Unit::Percent,
            Suffix::Times => self.unit() == Unit::Times,
        }
    }

    pub(super) const fn index(self) -> usize {
        self as usize
    }
}
