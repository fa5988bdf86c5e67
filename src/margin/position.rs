//! One position as lines over the mark price: what the holder has, and what must be kept.
//!
//! Linear and quanto contracts, maintenance on mark. With side s = +1 or -1, quantity q, contract
//! size k and entry E:
//! margin balance(P) = margin + s k q (P - E),
//! maintenance margin(P) = (rate + close fee) k q P - maintenance amount of the tier of k q P.
//! Source: Binance, "How to Calculate Liquidation Price of USDS-M Futures Contracts", read 2026-04.

use crate::quantity::{Exact, Money, Overflow, Price, Size};
use crate::scenario::{Position, PositionMargin};
use crate::venue::{MaintenanceFee, RiskTier, TierBasis, TierKind, TierTable, VenueRules};

use super::line::Line;
use super::report::ComputeError;

/// What must be kept while one tier holds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Segment<'a> {
    pub(super) requirement: Line,
    pub(super) tier: &'a RiskTier,
}

/// A position with everything that does not depend on the mark worked out.
pub(super) struct Valued<'a> {
    /// Quantity times contract size: money gained for each unit the price rises, unsigned.
    pub(super) exposure: Size,
    pub(super) entry_notional: Money,
    pub(super) initial_margin: Money,
    pub(super) position_margin: Money,
    pub(super) balance: Line,
    quantity: Size,
    fee: Exact,
    table: &'a TierTable,
}

impl<'a> Valued<'a> {
    pub(super) fn new(position: &Position, rules: &'a VenueRules) -> Result<Self, ComputeError> {
        let exposure =
            Size::from_exact(position.quantity.exact().times(rules.contract_size.exact())?);
        let entry_notional = exposure.value_at(&position.entry_price)?;
        let initial_margin = entry_notional.over_leverage(&position.leverage)?;
        let position_margin = match position.margin {
            PositionMargin::InitialPlus(added) => initial_margin.plus(&added)?,
            PositionMargin::Assigned(margin) => margin,
        };
        let sign = position.side.sign();
        let balance = Line {
            at_zero: position_margin.exact().minus(&sign.times(entry_notional.exact())?)?,
            slope: sign.times(exposure.exact())?,
        };
        Ok(Self {
            exposure,
            entry_notional,
            initial_margin,
            position_margin,
            balance,
            quantity: position.quantity,
            fee: match rules.maintenance_fee {
                MaintenanceFee::None => Exact::ZERO,
                MaintenanceFee::CloseAtMark(rate) => *rate.exact(),
            },
            table: &rules.tiers,
        })
    }

    /// Whether the requirement has no jumps, only kinks that steepen it.
    pub(super) fn is_continuous(&self) -> bool {
        self.table.kind() == TierKind::Marginal || self.table.basis() == TierBasis::Quantity
    }

    /// Whether the tier goes by size and so holds at every price.
    pub(super) fn follows_quantity(&self) -> bool {
        self.table.basis() == TierBasis::Quantity
    }

    /// The tier that holds at a price; absent beyond the table.
    pub(super) fn tier_at(&self, price: &Price) -> Result<Option<&'a RiskTier>, Overflow> {
        match self.table.basis() {
            TierBasis::Notional => self.table.tier_of(self.exposure.value_at(price)?.exact()),
            TierBasis::Quantity => self.table.tier_of(self.quantity.exact()),
        }
    }

    /// The segment that holds at a price; absent beyond the table.
    pub(super) fn segment_at(&self, price: &Price) -> Result<Option<Segment<'a>>, Overflow> {
        self.tier_at(price)?.map(|tier| self.segment(tier)).transpose()
    }

    /// The segment of a tier.
    pub(super) fn segment(&self, tier: &'a RiskTier) -> Result<Segment<'a>, Overflow> {
        let rate = tier.maintenance_margin_rate.exact().plus(&self.fee)?;
        Ok(Segment {
            requirement: Line {
                at_zero: tier.maintenance_amount.exact().negated(),
                slope: self.exposure.exact().times(&rate)?,
            },
            tier,
        })
    }

    /// The price from which a tier holds, exclusive.
    pub(super) fn starts(&self, tier: &RiskTier) -> Result<Exact, Overflow> {
        if self.follows_quantity() || tier.floor.is_zero() {
            return Ok(Exact::ZERO);
        }
        tier.floor.over(self.exposure.exact())
    }

    /// The price up to which a tier holds, inclusive; absent when it has no end.
    pub(super) fn ends(&self, tier: &RiskTier) -> Result<Option<Exact>, Overflow> {
        match &tier.cap {
            Some(cap) if !self.follows_quantity() => Ok(Some(cap.over(self.exposure.exact())?)),
            _ => Ok(None),
        }
    }

    /// The tiers that can hold for this position as the price moves, from the lowest.
    pub(super) fn tiers(&self) -> Result<&'a [RiskTier], Overflow> {
        match self.table.basis() {
            TierBasis::Notional => Ok(self.table.tiers()),
            TierBasis::Quantity => {
                let holds = self.table.tier_of(self.quantity.exact())?;
                Ok(holds.map_or(&[], core::slice::from_ref))
            }
        }
    }
}
