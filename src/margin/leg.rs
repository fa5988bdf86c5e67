//! One position as lines: its profit, and what must be kept for it, tier by tier.
//!
//! With side s = +1 or -1, exposure e (quantity times contract size) and entry E:
//!
//! | contract | place x | value | profit |
//! |---|---|---|---|
//! | linear, quanto | the mark P | e x | s e (x - E) |
//! | inverse | 1 / P | e x | -s e (x - 1/E) |
//!
//! Sources: Binance, "How to Calculate Liquidation Price of USDS-M Futures Contracts" and the page
//! of the same name for COIN-M, read 2026-04; BitMEX contract guides for quanto, read 2026-04.

use crate::quantity::{Exact, Leverage, Number, Overflow, Price, Rate, Side};
use crate::scenario::{Market, Position, PositionMargin};
use crate::venue::{
    BeyondTable, ContractKind, InitialFee, MaintenanceFee, MarginBasis, RiskTier, TierBasis,
    TierKind, VenueRules,
};

use super::line::Line;
use super::report::ComputeError;

/// What the walk moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Coordinate {
    /// The mark price of one market, or its reciprocal: see [`place_of`].
    Mark,
    /// All marks together: 1 is today's, or its reciprocal.
    AllMarks,
}

/// The place on the line that stands for a price.
pub(super) fn place_of<N: Number>(kind: ContractKind, price: &Price) -> Result<N, Overflow> {
    let price = N::of(price.exact());
    match kind {
        ContractKind::Linear | ContractKind::Quanto => Ok(price),
        ContractKind::Inverse => N::one().over(&price),
    }
}

/// What decides the tier of a leg.
#[derive(Clone, Debug)]
enum Chosen<'a> {
    /// The value where the walk stands: a cap is reached at cap / value.
    ByValue(&'a [RiskTier]),
    /// Size or entry: one tier, wherever the walk stands.
    Fixed(&'a [RiskTier]),
}

/// A position with everything that does not depend on the walk worked out.
#[derive(Clone, Debug)]
pub(super) struct Leg<'a, N> {
    /// Value for each 1 of the place.
    pub(super) value: N,
    /// Value at entry, in the coin of the margin.
    pub(super) entry_notional: N,
    /// Profit over the place.
    pub(super) profit: Line<N>,
    rules: &'a VenueRules,
    /// Base units, or contracts where the table counts them.
    size: N,
    quantity: N,
    leverage: Option<N>,
    /// What is added to the rate on the value at mark.
    fee: N,
    /// What is kept besides, wherever the mark stands.
    besides: N,
    tiers: Chosen<'a>,
}

impl<'a, N: Number> Leg<'a, N> {
    pub(super) fn new(
        index: usize,
        position: &Position,
        market: &'a Market,
        coordinate: Coordinate,
    ) -> Result<Self, ComputeError> {
        let rules = &market.rules;
        let quantity = N::of(position.quantity.exact());
        let size = quantity.times(&N::of(rules.contract_size.exact()))?;
        let entry: N = place_of(rules.contract, &position.entry_price)?;
        let entry_notional = size.times(&entry)?;
        let value = match coordinate {
            Coordinate::Mark => size.clone(),
            Coordinate::AllMarks => size.times(&place_of(rules.contract, &market.mark_price)?)?,
        };
        let leverage = position.leverage.map(|leverage| N::of(leverage.exact()));
        let rises = gains_with_place(rules.contract, position.side);
        let signed = |amount: &N| if rises { amount.clone() } else { amount.negated() };
        let profit = Line { at_zero: signed(&entry_notional).negated(), slope: signed(&value) };
        let rate = |rate: &Rate| N::of(rate.exact());
        let unknown = || ComputeError::LeverageNeeded(index);
        let (fee, closing) = match &rules.maintenance_fee {
            MaintenanceFee::None => (N::zero(), N::zero()),
            MaintenanceFee::CloseAtMark(fee) => (rate(fee), N::zero()),
            MaintenanceFee::CloseAtBankruptcy(fee) => (
                N::zero(),
                at_bankruptcy(&entry_notional, leverage.as_ref().ok_or_else(unknown)?, rises)?
                    .times(&rate(fee))?,
            ),
            MaintenanceFee::EntryRoundTrip(fee) => (
                N::zero(),
                round_trip(&entry_notional, leverage.as_ref().ok_or_else(unknown)?)?
                    .times(&rate(fee))?,
            ),
        };
        let besides = if rules.maintenance_funding.exact().is_zero() {
            closing
        } else {
            closing.plus(&entry_notional.times(&rate(&rules.maintenance_funding))?)?
        };
        if rules.tiers.kind() == TierKind::FactorOverLeverage && leverage.is_none() {
            return Err(unknown());
        }
        let all = rules.tiers.tiers();
        let one = |index: usize| Chosen::Fixed(all.get(index..=index).unwrap_or_default());
        let tiers = match (rules.tiers.basis(), rules.maintenance_basis) {
            (TierBasis::Notional, MarginBasis::Mark) if 1 < all.len() => Chosen::ByValue(all),
            (TierBasis::Notional, MarginBasis::Mark) => Chosen::Fixed(all),
            (TierBasis::Quantity, _) => one(rules.tiers.index_of(&quantity)?),
            (TierBasis::EntryNotional, _) | (TierBasis::Notional, MarginBasis::Entry) => {
                one(rules.tiers.index_of(&entry_notional)?)
            }
        };
        Ok(Self {
            value,
            entry_notional,
            profit,
            rules,
            size,
            quantity,
            leverage,
            fee,
            besides,
            tiers,
        })
    }

    /// What is set aside to open: value over leverage, plus what the venue adds; unknown without a
    /// leverage.
    pub(super) fn initial_margin(
        &self,
        position: &Position,
        market: &Market,
    ) -> Result<Option<N>, Overflow> {
        let Some(leverage) = &self.leverage else {
            return Ok(None);
        };
        let value = match self.rules.initial_margin_basis {
            MarginBasis::Entry => self.entry_notional.clone(),
            MarginBasis::Mark => {
                self.size.times(&place_of(self.rules.contract, &market.mark_price)?)?
            }
        };
        let plain = value.over(leverage)?;
        let rises = gains_with_place(self.rules.contract, position.side);
        let (fee, share) = match &self.rules.initial_fee {
            InitialFee::None => return Ok(Some(plain)),
            InitialFee::CloseAtBankruptcy(fee) => {
                (fee, at_bankruptcy(&self.entry_notional, leverage, rises)?)
            }
            InitialFee::EntryRoundTrip(fee) => (fee, round_trip(&self.entry_notional, leverage)?),
        };
        plain.plus(&share.times(&N::of(fee.exact()))?).map(Some)
    }

    /// The tiers that can hold, from the lowest; one where the tier does not follow the walk.
    pub(super) fn tiers(&self) -> &'a [RiskTier] {
        match self.tiers {
            Chosen::ByValue(tiers) | Chosen::Fixed(tiers) => tiers,
        }
    }

    /// Whether what must be kept has no jumps, only kinks that steepen it as the place rises.
    pub(super) fn is_continuous(&self) -> bool {
        matches!(self.tiers, Chosen::Fixed(_)) || self.rules.tiers.kind() == TierKind::Marginal
    }

    /// The index in [`Self::tiers`] of the tier that holds at a place.
    pub(super) fn index_at(&self, place: &N) -> Result<usize, Overflow> {
        match self.tiers {
            Chosen::Fixed(_) => Ok(0),
            Chosen::ByValue(_) => self.rules.tiers.index_of(&self.value.times(place)?),
        }
    }

    /// The index of the tier that holds just past a place.
    pub(super) fn index_past(&self, place: &N) -> Result<usize, Overflow> {
        let index = self.index_at(place)?;
        let next = index.saturating_add(1);
        match (&self.tiers, self.tiers().get(index).and_then(|tier| tier.cap.as_ref())) {
            (Chosen::ByValue(tiers), Some(cap))
                if next < tiers.len() && N::of(cap).is_at_most(&self.value.times(place)?)? =>
            {
                Ok(next)
            }
            _ => Ok(index),
        }
    }

    /// The place up to which a tier holds, inclusive; absent for the last.
    pub(super) fn end_of(&self, index: usize) -> Result<Option<N>, Overflow> {
        match self.tiers {
            Chosen::ByValue(tiers) if index.saturating_add(1) < tiers.len() => {
                let cap = tiers.get(index).and_then(|tier| tier.cap.as_ref());
                cap.map(|cap| N::of(cap).over(&self.value)).transpose()
            }
            _ => Ok(None),
        }
    }

    /// The place at which the table ends for this position, if it does on the walk.
    pub(super) fn last_cap(&self) -> Result<Option<N>, Overflow> {
        match (self.rules.tiers.end(), self.rules.tiers.basis(), self.rules.maintenance_basis) {
            (Some(cap), TierBasis::Notional, MarginBasis::Mark) => {
                N::of(cap).over(&self.value).map(Some)
            }
            _ => Ok(None),
        }
    }

    /// Whether the table knows no rate for this position at a place.
    pub(super) fn is_beyond(&self, place: &N) -> Result<bool, Overflow> {
        let table = &self.rules.tiers;
        if table.end().is_none() {
            return Ok(false);
        }
        match (table.basis(), self.rules.maintenance_basis) {
            (TierBasis::Notional, MarginBasis::Mark) => {
                table.ends_before(&self.value.times(place)?)
            }
            (TierBasis::Quantity, _) => table.ends_before(&self.quantity),
            (TierBasis::EntryNotional, _) | (TierBasis::Notional, MarginBasis::Entry) => {
                table.ends_before(&self.entry_notional)
            }
        }
    }

    /// Whether the last tier's rate must not be used beyond its cap.
    pub(super) fn ends_with_table(&self) -> bool {
        self.rules.beyond_table == BeyondTable::Unknown
    }

    /// The share of the value that a tier asks for.
    pub(super) fn rate_of(&self, tier: &RiskTier) -> Result<N, Overflow> {
        let rate = N::of(tier.maintenance_margin_rate.exact());
        match (self.rules.tiers.kind(), &self.leverage) {
            (TierKind::Slope(per_unit), _) => rate.plus(&N::of(&per_unit).times(&self.size)?),
            (TierKind::FactorOverLeverage, Some(leverage)) => rate.over(leverage),
            _ => Ok(rate),
        }
    }

    /// What must be kept while a tier holds.
    pub(super) fn requirement(&self, tier: &RiskTier) -> Result<Line<N>, Overflow> {
        let amount = N::of(tier.maintenance_amount.exact());
        if self.rules.tiers.kind() == TierKind::Fixed {
            let slope = self.value.times(&self.fee)?;
            return Ok(Line { at_zero: self.besides.plus(&self.quantity.times(&amount)?)?, slope });
        }
        let rate = self.rate_of(tier)?;
        let besides = self.besides.minus(&amount)?;
        Ok(match self.rules.maintenance_basis {
            MarginBasis::Mark => {
                Line { at_zero: besides, slope: self.value.times(&rate.plus(&self.fee)?)? }
            }
            MarginBasis::Entry => Line {
                at_zero: besides.plus(&self.entry_notional.times(&rate)?)?,
                slope: self.value.times(&self.fee)?,
            },
        })
    }

    /// What must be kept at a place.
    pub(super) fn kept_at(&self, place: &N) -> Result<(N, &'a RiskTier), ComputeError> {
        let index = self.index_at(place)?;
        let tier = self.tiers().get(index).ok_or(ComputeError::Overflow)?;
        Ok((self.requirement(tier)?.at(place)?, tier))
    }
}

/// Whether a rising place is a gain: the place falls as an inverse contract's price rises.
fn gains_with_place(kind: ContractKind, side: Side) -> bool {
    (kind == ContractKind::Inverse) == (side == Side::Short)
}

/// The value where the plain initial margin is used up.
fn at_bankruptcy<N: Number>(notional: &N, leverage: &N, rises: bool) -> Result<N, Overflow> {
    let margin = notional.over(leverage)?;
    if rises { notional.minus(&margin) } else { notional.plus(&margin) }
}

/// The value to open plus the initial margin: what BitMEX takes its commission from.
fn round_trip<N: Number>(notional: &N, leverage: &N) -> Result<N, Overflow> {
    notional.plus(&notional.over(leverage)?)
}

/// What stands behind an isolated position; unknown without a leverage.
pub(super) fn position_margin<N: Number>(
    index: usize,
    position: &Position,
    initial_margin: Option<&N>,
) -> Result<N, ComputeError> {
    match &position.margin {
        PositionMargin::Assigned(margin) => Ok(N::of(margin.exact())),
        PositionMargin::InitialPlus(added) => {
            let initial = initial_margin.ok_or(ComputeError::LeverageNeeded(index))?;
            Ok(initial.plus(&N::of(added.exact()))?)
        }
    }
}

/// A highest leverage that is below the one set, if the tier has one.
pub(super) fn exceeded<'t>(
    tier: &'t RiskTier,
    leverage: Option<&Leverage>,
) -> Result<Option<&'t Leverage>, Overflow> {
    match (&tier.max_leverage, leverage) {
        (Some(most), Some(leverage)) if Exact::is_below(most.exact(), leverage.exact())? => {
            Ok(Some(most))
        }
        _ => Ok(None),
    }
}
