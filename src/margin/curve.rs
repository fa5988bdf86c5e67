//! The two lines over a range of prices: what the holder has, and what must be kept.

use std::sync::Arc;

use crate::quantity::{Exact, Money, Overflow, Price};
use crate::scenario::{Market, Position};
use crate::text::Ticks;
use crate::venue::{ContractKind, RiskTier};

use super::leg::{Coordinate, Leg, place_of, position_margin};
use super::line::Line;
use super::near::Near;
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
#[derive(Clone, Debug, PartialEq)]
pub struct Stretch {
    /// Its lower end within the range.
    pub from: CurvePoint,
    /// Its upper end within the range.
    pub to: CurvePoint,
    /// The tier.
    pub tier: Arc<RiskTier>,
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

/// Both lines of an isolated position within a range.
///
/// Fails with [`ComputeError::Bent`] for an inverse contract, whose lines have no corners to draw
/// between: ask [`amounts_at`] for as many prices as are needed.
pub fn curve(
    position: &Position,
    market: &Market,
    range: &PriceRange,
) -> Result<Curve, ComputeError> {
    if market.rules.contract == ContractKind::Inverse {
        return Err(ComputeError::Bent);
    }
    let (leg, balance) = lines(position, market)?;
    let (low, high) = (range.low.exact(), range.high.exact());
    let point = |line: &Line<Exact>, price: &Exact| -> Result<CurvePoint, Overflow> {
        Ok(CurvePoint {
            price: Price::from_exact(*price),
            amount: Money::from_exact(line.at(price)?),
        })
    };
    let mut requirement = Vec::new();
    let mut from = *low;
    let last_cap = leg.last_cap()?;
    for (index, tier) in leg.tiers().iter().enumerate() {
        let end = leg.end_of(index)?.or(last_cap);
        let to = end.map_or(Ok(*high), |end| end.smaller(*high))?;
        if !from.is_below(&to)? {
            continue;
        }
        let line = leg.requirement(tier)?;
        requirement.push(Stretch {
            from: point(&line, &from)?,
            to: point(&line, &to)?,
            tier: tier.clone(),
        });
        from = to;
    }
    let balance = [point(&balance, low)?, point(&balance, high)?];
    Ok(Curve { range: *range, balance, requirement })
}

/// Margin balance and maintenance margin at a price; the latter is absent beyond the table.
pub fn amounts_at(
    position: &Position,
    market: &Market,
    price: &Price,
) -> Result<(Money, Option<Money>), ComputeError> {
    let (leg, balance) = lines(position, market)?;
    let place = Near::plain(place_of(market.rules.contract, price)?);
    let required =
        if leg.is_beyond(&place)? { None } else { Some(Money::from_exact(leg.kept_at(&place)?.0)) };
    Ok((Money::from_exact(balance.at(&place.at)?), required))
}

fn lines<'a>(
    position: &Position,
    market: &'a Market,
) -> Result<(Leg<'a, Exact>, Line<Exact>), ComputeError> {
    let leg: Leg<'_, Exact> = Leg::new(0, position, market, Coordinate::Mark)?;
    let initial_margin = leg.initial_margin(market)?;
    let mut balance = leg.profit.clone();
    balance.at_zero =
        balance.at_zero.plus(&position_margin(0, position, initial_margin.as_ref())?)?;
    Ok((leg, balance))
}
