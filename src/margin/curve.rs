//! The two lines over a range of prices: what the holder has, and what must be kept.

use crate::quantity::{Exact, Money, Overflow, Price};
use crate::scenario::{Market, Position};
use crate::text::Ticks;
use crate::venue::RiskTier;

use super::position::Valued;
use super::report::{ComputeError, PositionReport};

/// A range of mark prices with round ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PriceRange {
    /// The lower end, zero or above.
    pub low: Price,
    /// The upper end.
    pub high: Price,
}

/// A corner of a line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CurvePoint {
    /// Mark price.
    pub price: Price,
    /// Amount there.
    pub amount: Money,
}

/// A stretch of the requirement on which one tier holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stretch {
    /// Its lower end within the range.
    pub from: CurvePoint,
    /// Its upper end within the range.
    pub to: CurvePoint,
    /// The tier.
    pub tier: RiskTier,
}

/// Both lines within a range.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// The range they were cut to.
    pub range: PriceRange,
    /// Margin balance at both ends of the range.
    pub balance: [CurvePoint; 2],
    /// Maintenance margin from the lowest price; ends early where the table does.
    pub requirement: Vec<Stretch>,
}

impl PriceRange {
    /// The range that shows a position whole: from bankruptcy, liquidation, mark and entry, an
    /// eighth more on both sides, out to round prices.
    pub fn around(
        position: &Position,
        market: &Market,
        report: &PositionReport,
    ) -> Result<Self, Overflow> {
        let entry = *position.entry_price.exact();
        let mut low = entry.smaller(*market.mark_price.exact())?;
        let mut high = entry.larger(*market.mark_price.exact())?;
        let closing = report.liquidation.crossing().map(|crossing| crossing.exact);
        let bankruptcy = report.bankruptcy_price.map(|bankruptcy| bankruptcy.exact);
        for price in [closing, bankruptcy].into_iter().flatten() {
            low = low.smaller(*price.exact())?;
            high = high.larger(*price.exact())?;
        }
        if closing.is_none() && bankruptcy.is_none() {
            low = Exact::ZERO;
        }
        let least = entry.over(&Exact::from_integer(100))?;
        let margin = high.minus(&low)?.over(&Exact::from_integer(8))?.larger(least)?;
        let low = low.minus(&margin)?.larger(Exact::ZERO)?;
        let high = high.plus(&margin)?;
        let step = Ticks::between(&low, &high, 16)?.step;
        let round = |value: Exact, rounding| value.to_step(&step, rounding).map(Price::from_exact);
        Ok(Self {
            low: round(low, crate::quantity::Rounding::Floor)?,
            high: round(high, crate::quantity::Rounding::Ceiling)?,
        })
    }

    /// The smallest range that holds both.
    pub fn union(&self, other: &Self) -> Result<Self, Overflow> {
        Ok(Self {
            low: Price::from_exact(self.low.exact().smaller(*other.low.exact())?),
            high: Price::from_exact(self.high.exact().larger(*other.high.exact())?),
        })
    }
}

/// Both lines of a position within a range.
pub fn curve(
    position: &Position,
    market: &Market,
    range: &PriceRange,
) -> Result<Curve, ComputeError> {
    let valued = Valued::new(position, &market.rules)?;
    let (low, high) = (range.low.exact(), range.high.exact());
    let balance = |price: &Exact| -> Result<CurvePoint, Overflow> {
        Ok(CurvePoint {
            price: Price::from_exact(*price),
            amount: Money::from_exact(valued.balance.at(price)?),
        })
    };
    let mut requirement = Vec::new();
    for tier in valued.tiers()? {
        let segment = valued.segment(tier)?;
        let from = valued.starts(tier)?.larger(*low)?;
        let to = match valued.ends(tier)? {
            Some(to) => to.smaller(*high)?,
            None => *high,
        };
        if !from.is_below(&to)? {
            continue;
        }
        let point = |price: Exact| -> Result<CurvePoint, Overflow> {
            Ok(CurvePoint {
                price: Price::from_exact(price),
                amount: Money::from_exact(segment.requirement.at(&price)?),
            })
        };
        requirement.push(Stretch { from: point(from)?, to: point(to)?, tier: *tier });
    }
    Ok(Curve { range: *range, balance: [balance(low)?, balance(high)?], requirement })
}

/// Margin balance and maintenance margin at a price; the latter is absent beyond the table.
pub fn amounts_at(
    position: &Position,
    market: &Market,
    price: &Price,
) -> Result<(Money, Option<Money>), ComputeError> {
    let valued = Valued::new(position, &market.rules)?;
    let balance = valued.balance.at(price.exact())?;
    let required = match valued.segment_at(price)? {
        Some(segment) => Some(Money::from_exact(segment.requirement.at(price.exact())?)),
        None => None,
    };
    Ok((Money::from_exact(balance), required))
}
