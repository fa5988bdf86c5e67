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

use std::sync::Arc;

use crate::quantity::{Exact, Leverage, Number, Overflow, Price, Side};
use crate::scenario::{Market, Position, PositionMargin};
use crate::venue::{
    BeyondTable, ContractKind, InitialFee, MaintenanceFee, MarginBasis, RiskTier, TierBasis,
    TierKind, VenueRules,
};

use super::line::Line;
use super::near::Near;
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
    /// The tiers that can hold: see [`Self::tiers`].
    tiers: &'a [Arc<RiskTier>],
    /// Base units, or contracts where the table counts them.
    size: N,
    quantity: N,
    leverage: Option<N>,
    /// What is added to the rate on the value at mark.
    fee: N,
    /// What is kept besides, wherever the mark stands.
    besides: N,
    /// What the table looks at where the tier does not follow the walk.
    held: Option<N>,
}

/// What a leg is made of, in the numbers of the calculation: a position, or what one would be.
pub(super) trait Stated<N> {
    fn side(&self) -> Side;
    fn quantity(&self) -> N;
    /// The place of the entry price.
    fn entry(&self, kind: ContractKind) -> Result<N, Overflow>;
    fn leverage(&self) -> Option<N>;
}

// Always inlined: the page makes its legs in one place, and is built without any other inlining.
impl<N: Number> Stated<N> for Position {
    #[inline(always)]
    fn side(&self) -> Side {
        self.side
    }
    #[inline(always)]
    fn quantity(&self) -> N {
        N::of(self.quantity.exact())
    }
    #[inline(always)]
    fn entry(&self, kind: ContractKind) -> Result<N, Overflow> {
        place_of(kind, &self.entry_price)
    }
    #[inline(always)]
    fn leverage(&self) -> Option<N> {
        self.leverage.map(|leverage| N::of(leverage.exact()))
    }
}

impl<'a, N: Number> Leg<'a, N> {
    pub(super) fn new(
        index: usize,
        position: &impl Stated<N>,
        market: &'a Market,
        coordinate: Coordinate,
    ) -> Result<Self, ComputeError> {
        let rules = &market.rules;
        let quantity = position.quantity();
        let size = quantity.times(&N::of(rules.contract_size.exact()))?;
        let entry: N = position.entry(rules.contract)?;
        let entry_notional = size.times(&entry)?;
        let value = match coordinate {
            Coordinate::Mark => size.clone(),
            Coordinate::AllMarks => size.times(&place_of(rules.contract, &market.mark_price)?)?,
        };
        let leverage = position.leverage();
        let rises = gains_with_place(rules.contract, position.side());
        let signed = |amount: &N| if rises { amount.clone() } else { amount.negated() };
        let profit = Line { at_zero: signed(&entry_notional).negated(), slope: signed(&value) };
        let (fee, closing) = match rules.maintenance_fee {
            MaintenanceFee::None => (N::zero(), InitialFee::None),
            MaintenanceFee::CloseAtMark(fee) => (N::of(fee.exact()), InitialFee::None),
            MaintenanceFee::CloseAtBankruptcy(fee) => {
                (N::zero(), InitialFee::CloseAtBankruptcy(fee))
            }
            MaintenanceFee::EntryRoundTrip(fee) => (N::zero(), InitialFee::EntryRoundTrip(fee)),
        };
        let by_leverage =
            closing != InitialFee::None || rules.tiers.kind() == TierKind::FactorOverLeverage;
        if by_leverage && leverage.is_none() {
            return Err(ComputeError::LeverageNeeded(index));
        }
        let held = match (rules.tiers.basis(), rules.maintenance_basis) {
            (TierBasis::Notional, MarginBasis::Mark) => None,
            (TierBasis::Quantity, _) => Some(quantity.clone()),
            (TierBasis::EntryNotional, _) | (TierBasis::Notional, MarginBasis::Entry) => {
                Some(entry_notional.clone())
            }
        };
        let mut tiers = rules.tiers.tiers();
        if let Some(measure) = &held {
            let index = rules.tiers.index_of(measure)?;
            tiers = tiers.get(index..=index).unwrap_or_default();
        }
        let funding = entry_notional.times(&N::of(rules.maintenance_funding.exact()))?;
        let mut leg = Self {
            value,
            entry_notional,
            profit,
            rules,
            tiers,
            size,
            quantity,
            leverage,
            fee,
            besides: funding,
            held,
        };
        leg.besides = leg.besides.plus(&leg.entry_fee(&closing)?)?;
        Ok(leg)
    }

    /// A fee that goes by the value at entry and the leverage, so that it does not move.
    fn entry_fee(&self, fee: &InitialFee) -> Result<N, Overflow> {
        let Some(leverage) = &self.leverage else {
            return Ok(N::zero());
        };
        let margin = self.entry_notional.over(leverage)?;
        let (fee, margin) = match fee {
            InitialFee::None => return Ok(N::zero()),
            // The value where the plain initial margin is used up.
            InitialFee::CloseAtBankruptcy(fee) if self.profit.slope.is_positive() => {
                (fee, margin.negated())
            }
            InitialFee::CloseAtBankruptcy(fee) | InitialFee::EntryRoundTrip(fee) => (fee, margin),
        };
        self.entry_notional.plus(&margin)?.times(&N::of(fee.exact()))
    }

    /// What initial margin holds for fees.
    pub(super) fn fee_set_aside(&self) -> Result<N, Overflow> {
        self.entry_fee(&self.rules.initial_fee)
    }

    /// What is set aside to open: value over leverage, plus what the venue adds; unknown without a
    /// leverage.
    pub(super) fn initial_margin(&self, market: &Market) -> Result<Option<N>, Overflow> {
        let Some(leverage) = &self.leverage else {
            return Ok(None);
        };
        let value = match self.rules.initial_margin_basis {
            MarginBasis::Entry => self.entry_notional.clone(),
            MarginBasis::Mark => {
                self.size.times(&place_of(self.rules.contract, &market.mark_price)?)?
            }
        };
        value.over(leverage)?.plus(&self.fee_set_aside()?).map(Some)
    }

    /// The tiers that can hold, from the lowest; one where the tier does not follow the walk.
    pub(super) fn tiers(&self) -> &'a [Arc<RiskTier>] {
        self.tiers
    }

    /// What the table looks at where the tier does not follow the walk; absent where the value does.
    pub(super) fn measure(&self) -> Option<&N> {
        self.held.as_ref()
    }

    /// Whether what must be kept has no jumps, only kinks that steepen it as the place rises.
    pub(super) fn is_continuous(&self) -> bool {
        self.tiers().len() < 2 || self.rules.tiers.kind() == TierKind::Marginal
    }

    /// The index in [`Self::tiers`] of the tier that holds at a place, looked for from one nearby.
    pub(super) fn index_from(&self, near: usize, place: &Near<N>) -> Result<usize, Overflow> {
        let tiers = self.tiers();
        let last = tiers.len().saturating_sub(1);
        if last == 0 {
            return Ok(0);
        }
        let worth = place.worth(&self.value)?;
        let is_past = |index: usize| match tiers.get(index).and_then(|tier| tier.cap.as_ref()) {
            Some(cap) => worth.is_past(cap),
            None => Ok(false),
        };
        let mut index = near;
        while index < last && is_past(index)? {
            index = index.saturating_add(1);
        }
        // Having gone up from there, the tier below is passed.
        while 0 < index && index <= near && !is_past(index.saturating_sub(1))? {
            index = index.saturating_sub(1);
        }
        Ok(index)
    }

    /// The index of the tier that holds just past a place.
    pub(super) fn index_past(&self, near: usize, place: &Near<N>) -> Result<usize, Overflow> {
        let index = self.index_from(near, place)?;
        let ends_here = match self.end_of(index)? {
            Some(end) => end.is_at_most(&place.at)?,
            None => false,
        };
        Ok(if ends_here { index.saturating_add(1) } else { index })
    }

    /// The place up to which a tier holds, inclusive; absent for the last.
    pub(super) fn end_of(&self, index: usize) -> Result<Option<N>, Overflow> {
        let tiers = self.tiers();
        match tiers.get(index).and_then(|tier| tier.cap.as_ref()) {
            Some(cap) if index.saturating_add(1) < tiers.len() => {
                N::of(cap).over(&self.value).map(Some)
            }
            _ => Ok(None),
        }
    }

    /// The place at which the table ends for this position, if it does on the walk.
    pub(super) fn last_cap(&self) -> Result<Option<N>, Overflow> {
        match (self.rules.tiers.end(), &self.held) {
            (Some(cap), None) => N::of(cap).over(&self.value).map(Some),
            _ => Ok(None),
        }
    }

    /// Whether the table knows no rate for this position at a place.
    pub(super) fn is_beyond(&self, place: &Near<N>) -> Result<bool, Overflow> {
        let table = &self.rules.tiers;
        match (&self.held, table.end()) {
            (_, None) => Ok(false),
            (Some(measure), _) => table.ends_before(measure),
            (None, Some(end)) => place.worth(&self.value)?.is_past(end),
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
        let rate = self.rate_of(tier)?;
        let (besides, rate) = match (self.rules.tiers.kind(), self.rules.maintenance_basis) {
            (TierKind::Fixed, _) => {
                (self.besides.plus(&self.quantity.times(&amount)?)?, self.fee.clone())
            }
            (_, MarginBasis::Mark) => (self.besides.minus(&amount)?, rate.plus(&self.fee)?),
            (_, MarginBasis::Entry) => {
                let kept = self.entry_notional.times(&rate)?.minus(&amount)?;
                (self.besides.plus(&kept)?, self.fee.clone())
            }
        };
        Ok(Line { at_zero: besides, slope: self.value.times(&rate)? })
    }

    /// How what must be kept changes from one tier to another, where the tier follows the walk.
    pub(super) fn change(&self, from: usize, to: usize) -> Result<Line<N>, Overflow> {
        let (Some(from), Some(to)) = (self.tiers().get(from), self.tiers().get(to)) else {
            return Err(Overflow);
        };
        let amount = |tier: &RiskTier| N::of(tier.maintenance_amount.exact());
        Ok(Line {
            at_zero: amount(from).minus(&amount(to))?,
            slope: self.value.times(&self.rate_of(to)?.minus(&self.rate_of(from)?)?)?,
        })
    }

    /// What must be kept at a place, and the tier that holds there.
    pub(super) fn kept_at(&self, place: &Near<N>) -> Result<(N, &'a Arc<RiskTier>), Overflow> {
        let tier = self.tier(self.index_from(0, place)?)?;
        Ok((self.requirement(tier)?.at(&place.at)?, tier))
    }

    /// The tier of an index.
    pub(super) fn tier(&self, index: usize) -> Result<&'a Arc<RiskTier>, Overflow> {
        self.tiers().get(index).ok_or(Overflow)
    }
}

/// Whether a rising place is a gain: the place falls as an inverse contract's price rises.
#[inline(always)]
pub(super) fn gains_with_place(kind: ContractKind, side: Side) -> bool {
    (kind == ContractKind::Inverse) == (side == Side::Short)
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
