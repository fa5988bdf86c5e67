//! One position as lines over the mark price: what the holder has, and what must be kept.
//!
//! Linear and quanto contracts, maintenance on mark. With side s = +1 or -1, quantity q, contract
//! size k and entry E:
//! margin balance(P) = margin + s k q (P - E),
//! maintenance margin(P) = (rate + close fee) k q P - maintenance amount of the tier of k q P.
//! Source: Binance, "How to Calculate Liquidation Price of USDS-M Futures Contracts", read 2026-04.

use crate::quantity::{Exact, Money, Overflow, Price, Size};
use crate::scenario::{Position, PositionMargin};
use crate::venue::{MaintenanceFee, RiskTier, TierBasis, VenueRules};

use super::line::Line;
use super::report::ComputeError;

/// Part of the price axis on which one tier holds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Segment {
    /// Where it begins, exclusive.
    pub(super) from: Exact,
    /// Where it ends, inclusive; absent when it has no end.
    pub(super) to: Option<Exact>,
    pub(super) requirement: Line,
    pub(super) tier: RiskTier,
}

/// A position with everything that does not depend on the mark worked out.
pub(super) struct Valued {
    /// Quantity times contract size: money gained for each unit the price rises, unsigned.
    pub(super) exposure: Size,
    pub(super) entry_notional: Money,
    pub(super) initial_margin: Money,
    pub(super) position_margin: Money,
    pub(super) balance: Line,
    pub(super) segments: Vec<Segment>,
}

impl Valued {
    pub(super) fn new(position: &Position, rules: &VenueRules) -> Result<Self, ComputeError> {
        let exposure = Size::from_exact(
            position
                .quantity
                .exact()
                .times(rules.contract_size.exact())?,
        );
        let entry_notional = exposure.value_at(&position.entry_price)?;
        let initial_margin = entry_notional.over_leverage(&position.leverage)?;
        let position_margin = match position.margin {
            PositionMargin::InitialPlus(added) => initial_margin.plus(&added)?,
            PositionMargin::Assigned(margin) => margin,
        };
        let slope = position.side.sign().times(exposure.exact())?;
        let balance = Line {
            at_zero: position_margin
                .exact()
                .minus(&slope.times(position.entry_price.exact())?)?,
            slope,
        };
        let segments = segments(&exposure, position, rules)?;
        Ok(Self {
            exposure,
            entry_notional,
            initial_margin,
            position_margin,
            balance,
            segments,
        })
    }

    /// The segment that holds at a price; absent beyond the table.
    pub(super) fn segment_at(&self, price: &Price) -> Result<Option<&Segment>, Overflow> {
        for segment in &self.segments {
            match &segment.to {
                Some(to) if to.is_below(price.exact())? => {}
                _ => return Ok(Some(segment)),
            }
        }
        Ok(None)
    }
}

fn segments(
    exposure: &Size,
    position: &Position,
    rules: &VenueRules,
) -> Result<Vec<Segment>, ComputeError> {
    let fee = match rules.maintenance_fee {
        MaintenanceFee::None => Exact::ZERO,
        MaintenanceFee::CloseAtMark(rate) => *rate.exact(),
    };
    let requirement = |tier: &RiskTier| -> Result<Line, Overflow> {
        let rate = tier.maintenance_margin_rate.exact().plus(&fee)?;
        Ok(Line {
            at_zero: tier.maintenance_amount.exact().negated(),
            slope: exposure.exact().times(&rate)?,
        })
    };
    match rules.tiers.basis() {
        TierBasis::Quantity => {
            let Some(tier) = rules.tiers.tier_of(position.quantity.exact())? else {
                return Ok(Vec::new());
            };
            Ok(vec![Segment {
                from: Exact::ZERO,
                to: None,
                requirement: requirement(tier)?,
                tier: *tier,
            }])
        }
        TierBasis::Notional => {
            let price_of = |notional: &Exact| notional.over(exposure.exact());
            rules
                .tiers
                .tiers()
                .iter()
                .map(|tier| {
                    Ok(Segment {
                        from: price_of(&tier.floor)?,
                        to: tier.cap.as_ref().map(price_of).transpose()?,
                        requirement: requirement(tier)?,
                        tier: *tier,
                    })
                })
                .collect()
        }
    }
}
