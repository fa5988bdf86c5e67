//! The figures of one position, on its own margin or on an account's.

use crate::quantity::{Money, Number, Overflow, Price, Ratio, Rounding};
use crate::scenario::{Market, Position};
use crate::venue::ContractKind;

use super::leg::{Coordinate, Leg, exceeded, place_of, position_margin};
use super::line::Line;
use super::report::{
    BankruptcyPrice, ComputeError, Crossing, MarginRatio, PositionReport, Rejection, Threshold,
};
use super::single;
use super::stand::{Ask, Met, Place, Reached, Stand};

/// An amount as a report carries it.
pub(super) fn money<N: Number>(amount: &N) -> Result<Money, Overflow> {
    Ok(Money::from_exact(amount.figure()?))
}

fn ratio<N: Number>(part: &N, whole: &N) -> Result<Ratio, Overflow> {
    Ok(Ratio::from_exact(part.over(whole)?.figure()?))
}

/// Maintenance margin over margin balance.
pub(super) fn margin_ratio<N: Number>(required: &N, balance: &N) -> Result<MarginRatio, Overflow> {
    if !balance.is_positive() {
        return Ok(MarginRatio::NothingLeft);
    }
    Ok(MarginRatio::Of(ratio(required, balance)?))
}

/// Where the marks of a market meet what its holder is asked, shared by all legs there.
pub(super) struct Answers<N> {
    liquidation: Met<N>,
    margin_call: Met<N>,
    bankruptcy: Option<N>,
}

impl<N: Number> Answers<N> {
    pub(super) fn of(stand: &Stand<'_, N>, ask: Ask<N>, market: &Market) -> Result<Self, Overflow> {
        Ok(Self {
            liquidation: ask(stand, &N::one())?,
            margin_call: ask(stand, &N::of(market.rules.warning_ratio.exact()))?,
            bankruptcy: stand.exhausted(&N::of(market.rules.bankruptcy_fee.exact()))?,
        })
    }
}

/// What stands behind a position: its own margin, or the account's.
pub(super) struct Backing<N> {
    pub(super) position_margin: Option<N>,
    pub(super) margin_balance: N,
    /// What must be kept, in all, out of that balance.
    pub(super) required: N,
}

/// A position with its market, its leg and the amounts known so far.
pub(super) struct Subject<'s, 'a, N> {
    pub(super) index: usize,
    pub(super) position: &'s Position,
    pub(super) market: &'a Market,
    pub(super) leg: &'s Leg<'a, N>,
    pub(super) initial_margin: Option<N>,
}

impl<N: Number> Subject<'_, '_, N> {
    pub(super) fn report(
        &self,
        here: &N,
        backing: &Backing<N>,
        answers: &Answers<N>,
    ) -> Result<PositionReport, ComputeError> {
        let (leg, rules) = (self.leg, &self.market.rules);
        let entry = place_of(rules.contract, &self.position.entry_price)?;
        let is_beyond = leg.is_beyond(here)? || leg.is_beyond(&entry)?;
        if is_beyond && leg.ends_with_table() {
            return Err(ComputeError::BeyondTable(self.index));
        }
        let notional = leg.value.times(here)?;
        let (maintenance_margin, tier) = leg.kept_at(here)?;
        let (kept_at_entry, entry_tier) = leg.kept_at(&entry)?;
        let pnl = leg.profit.at(here)?;
        let solvent = backing.margin_balance.is_positive();
        let bankruptcy_price = match &answers.bankruptcy {
            Some(place) => {
                let exact = self.price_at(place)?;
                let price = self.on_tick(&exact)?;
                Some(BankruptcyPrice { exact: Price::from_exact(exact.figure()?), price })
            }
            None => None,
        };
        let mut rejections = Vec::new();
        if let Some(most) = exceeded(entry_tier, self.position.leverage.as_ref())? {
            rejections.push(Rejection::LeverageAboveTier { max_leverage: *most });
        }
        if let Some(cap) = rules.tiers.end()
            && is_beyond
        {
            rejections.push(Rejection::SizeAboveTable { cap: *cap });
        }
        if let Some(margin) = &backing.position_margin
            && margin.is_at_most(&kept_at_entry)?
        {
            let maintenance_margin = money(&kept_at_entry)?;
            rejections.push(Rejection::MarginBelowMaintenance { maintenance_margin });
        }
        Ok(PositionReport {
            entry_notional: money(&leg.entry_notional)?,
            notional: money(&notional)?,
            initial_margin: self.initial_margin.as_ref().map(money).transpose()?,
            position_margin: backing.position_margin.as_ref().map(money).transpose()?,
            unrealized_pnl: money(&pnl)?,
            return_on_margin: match &self.initial_margin {
                Some(margin) => Some(ratio(&pnl, margin)?),
                None => None,
            },
            margin_balance: money(&backing.margin_balance)?,
            maintenance_margin: money(&maintenance_margin)?,
            maintenance_margin_rate: Ratio::from_exact(leg.rate_of(tier)?.figure()?),
            margin_ratio: margin_ratio(&backing.required, &backing.margin_balance)?,
            effective_leverage: if solvent {
                Some(ratio(&notional, &backing.margin_balance)?)
            } else {
                None
            },
            tier: *tier,
            entry_tier: *entry_tier,
            liquidation: self.threshold(&answers.liquidation)?,
            margin_call: self.threshold(&answers.margin_call)?,
            bankruptcy_price,
            rejections,
        })
    }

    /// The answer as this position's prices and tiers.
    fn threshold(&self, met: &Met<N>) -> Result<Threshold, Overflow> {
        let (lower, higher) = match met {
            Met::Already { back: Reached::At(place) } => {
                return Ok(Threshold::Now { boundary: Some(self.crossing(place)?) });
            }
            Met::Already { .. } => return Ok(Threshold::Now { boundary: None }),
            Met::From { lower, higher } => (lower, higher),
        };
        let found = |reached: &Reached<N>| match reached {
            Reached::At(place) => self.crossing(place).map(Some),
            Reached::Nowhere | Reached::BeyondTable => Ok(None),
        };
        let (lower_price, higher_price) = (found(lower)?, found(higher)?);
        if lower_price.is_none() && higher_price.is_none() {
            let ends = [lower, higher].iter().any(|end| matches!(end, Reached::BeyondTable));
            return Ok(if ends { Threshold::TableEnds } else { Threshold::Never });
        }
        Ok(match self.market.rules.contract {
            // A higher place is a lower price.
            ContractKind::Inverse => Threshold::AtPrice { below: higher_price, above: lower_price },
            ContractKind::Linear | ContractKind::Quanto => {
                Threshold::AtPrice { below: lower_price, above: higher_price }
            }
        })
    }

    fn crossing(&self, place: &Place<N>) -> Result<Crossing, Overflow> {
        let exact = self.price_at(&place.at)?;
        let index = if place.is_past_edge {
            self.leg.index_past(&place.at)?
        } else {
            self.leg.index_at(&place.at)?
        };
        let tier = self.leg.tiers().get(index).ok_or(Overflow)?;
        Ok(Crossing {
            exact: Price::from_exact(exact.figure()?),
            price: self.on_tick(&exact)?,
            tier: *tier,
            is_beyond_table: self.leg.is_beyond(&place.at)?,
        })
    }

    fn price_at(&self, place: &N) -> Result<N, Overflow> {
        match self.market.rules.contract {
            ContractKind::Linear | ContractKind::Quanto => Ok(place.clone()),
            ContractKind::Inverse => N::one().over(place),
        }
    }

    /// The price on the tick, toward the mark: the warning comes early, never late.
    fn on_tick(&self, price: &N) -> Result<Price, Overflow> {
        let exact = match &self.market.rules.tick_size {
            None => price.figure()?,
            Some(tick) => {
                let is_below = price.is_below(&N::of(self.market.mark_price.exact()))?;
                let toward = if is_below { Rounding::Ceiling } else { Rounding::Floor };
                price.to_step(tick.exact(), toward)?
            }
        };
        Ok(Price::from_exact(exact))
    }
}

/// An isolated position as a stand of its own at a mark, with initial margin and all that is
/// assigned to it.
pub(super) fn alone<'a, N: Number>(
    index: usize,
    position: &Position,
    market: &'a Market,
    mark: &Price,
) -> Result<(Stand<'a, N>, Option<N>, N), ComputeError> {
    let leg: Leg<'_, N> = Leg::new(index, position, market, Coordinate::Mark)?;
    let initial_margin = leg.initial_margin(market)?;
    let margin: N = position_margin(index, position, initial_margin.as_ref())?;
    let stand = Stand {
        balance: Line {
            at_zero: margin.plus(&leg.profit.at_zero)?,
            slope: leg.profit.slope.clone(),
        },
        kept_elsewhere: N::zero(),
        legs: vec![leg],
        here: place_of(market.rules.contract, mark)?,
    };
    Ok((stand, initial_margin, margin))
}

/// One position on its own margin.
pub(super) fn one<N: Number>(
    index: usize,
    position: &Position,
    market: &Market,
) -> Result<(PositionReport, Amounts<N>), ComputeError> {
    let (stand, initial_margin, margin) = alone::<N>(index, position, market, &market.mark_price)?;
    let answers = Answers::of(&stand, single::ask, market)?;
    let leg = stand.legs.first().ok_or(ComputeError::UnknownMarket(index))?;
    let margin_balance = stand.balance.at(&stand.here)?;
    let (required, _) = leg.kept_at(&stand.here)?;
    let amounts = Amounts {
        margin_balance: margin_balance.clone(),
        maintenance_margin: required.clone(),
        position_margin: margin.clone(),
        initial_margin: initial_margin.clone(),
    };
    let backing = Backing { position_margin: Some(margin), margin_balance, required };
    let subject = Subject { index, position, market, leg, initial_margin };
    Ok((subject.report(&stand.here, &backing, &answers)?, amounts))
}

/// What an account adds up.
pub(super) struct Amounts<N> {
    pub(super) margin_balance: N,
    pub(super) maintenance_margin: N,
    pub(super) position_margin: N,
    pub(super) initial_margin: Option<N>,
}
