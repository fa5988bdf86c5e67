//! The figures of one position, on its own margin or on an account's.

use crate::quantity::{Money, Number, Overflow, Price, Ratio};
use crate::scenario::{Market, Position};

use super::answers::{Answer, Answers, Spot};
use super::leg::{Coordinate, Leg, exceeded, place_of, position_margin};
use super::line::Line;
use super::near::Near;
use super::report::{ComputeError, Crossing, MarginRatio, PositionReport, Rejection, Threshold};
use super::single;
use super::stand::Stand;

/// An amount as a report carries it.
pub(super) fn money<N: Number>(amount: &N) -> Result<Money, Overflow> {
    Ok(Money::from_exact(amount.figure()?))
}

fn ratio<N: Number>(part: &N, whole: &N) -> Result<Ratio, Overflow> {
    Ok(Ratio::from_exact(part.over(whole)?.figure()?))
}

/// What stands behind a position: its own margin, or the account's.
pub(super) struct Backing<N> {
    pub(super) position_margin: Option<N>,
    pub(super) margin_balance: N,
    pub(super) margin_ratio: MarginRatio,
}

impl<N: Number> Backing<N> {
    /// The balance, and its ratio to all that must be kept out of it.
    pub(super) fn new(
        position_margin: Option<N>,
        margin_balance: N,
        required: &N,
    ) -> Result<Self, Overflow> {
        let margin_ratio = if margin_balance.is_positive() {
            MarginRatio::Of(ratio(required, &margin_balance)?)
        } else {
            MarginRatio::NothingLeft
        };
        Ok(Self { position_margin, margin_balance, margin_ratio })
    }
}

/// A position with its market, its leg and the amounts known so far.
pub(super) struct Subject<'s, 'a, N> {
    pub(super) index: usize,
    pub(super) position: &'s Position,
    pub(super) market: &'a Market,
    pub(super) leg: &'s Leg<'a, N>,
    pub(super) initial_margin: Option<N>,
    /// Maintenance margin at mark.
    pub(super) maintenance_margin: N,
    /// The index of the tier there.
    pub(super) held: usize,
}

impl<N: Number> Subject<'_, '_, N> {
    pub(super) fn report(
        &self,
        here: &Near<N>,
        backing: &Backing<N>,
        answers: &Answers<N>,
    ) -> Result<PositionReport, ComputeError> {
        let (leg, rules) = (self.leg, &self.market.rules);
        let tier = leg.tier(self.held)?;
        let entry = Near::plain(place_of(rules.contract, &self.position.entry_price)?);
        let is_beyond = leg.is_beyond(here)? || leg.is_beyond(&entry)?;
        if is_beyond && leg.ends_with_table() {
            return Err(ComputeError::BeyondTable(self.index));
        }
        let entry_tier = leg.tier(leg.index_from(self.held, &entry)?)?;
        let mut rejections = Vec::new();
        if let Some(most) = exceeded(entry_tier, self.position.leverage.as_ref())? {
            rejections.push(Rejection::LeverageAboveTier { max_leverage: *most });
        }
        if let Some(cap) = rules.tiers.end()
            && is_beyond
        {
            rejections.push(Rejection::SizeAboveTable { cap: *cap });
        }
        if let Some(margin) = &backing.position_margin {
            let kept_at_entry = leg.requirement(entry_tier)?.at(&entry.at)?;
            if margin.is_at_most(&kept_at_entry)? {
                let maintenance_margin = money(&kept_at_entry)?;
                rejections.push(Rejection::MarginBelowMaintenance { maintenance_margin });
            }
        }
        let notional = leg.value.times(&here.at)?;
        let pnl = leg.profit.at(&here.at)?;
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
            maintenance_margin: money(&self.maintenance_margin)?,
            maintenance_margin_rate: Ratio::from_exact(leg.rate_of(tier)?.figure()?),
            margin_ratio: backing.margin_ratio,
            effective_leverage: match backing.margin_ratio {
                MarginRatio::Of(_) => Some(ratio(&notional, &backing.margin_balance)?),
                MarginRatio::NothingLeft => None,
            },
            tier: tier.clone(),
            entry_tier: entry_tier.clone(),
            liquidation: self.threshold(&answers.liquidation)?,
            margin_call: self.threshold(&answers.margin_call)?,
            bankruptcy_price: answers.bankruptcy,
            rejections,
        })
    }

    /// The answer with this position's tiers.
    fn threshold(&self, answer: &Answer<N>) -> Result<Threshold, Overflow> {
        let crossing = |spot: &Option<Spot<N>>| match spot {
            Some(spot) => self.crossing(spot).map(Some),
            None => Ok(None),
        };
        Ok(match answer {
            Answer::Already(back) => Threshold::Now { boundary: crossing(back)? },
            Answer::Ahead { below: None, above: None, table_ends: true } => Threshold::TableEnds,
            Answer::Ahead { below: None, above: None, .. } => Threshold::Never,
            Answer::Ahead { below, above, .. } => {
                Threshold::AtPrice { below: crossing(below)?, above: crossing(above)? }
            }
        })
    }

    fn crossing(&self, spot: &Spot<N>) -> Result<Crossing, Overflow> {
        let at = &spot.near;
        let index = if spot.is_past_edge {
            self.leg.index_past(self.held, at)?
        } else {
            self.leg.index_from(self.held, at)?
        };
        let tier = self.leg.tier(index)?;
        let is_beyond_table = self.leg.is_beyond(at)?;
        Ok(Crossing { exact: spot.exact, price: spot.price, tier: tier.clone(), is_beyond_table })
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
    let here = Near::plain(place_of(market.rules.contract, mark)?);
    let stand = Stand {
        balance: Line {
            at_zero: margin.plus(&leg.profit.at_zero)?,
            slope: leg.profit.slope.clone(),
        },
        kept_elsewhere: N::zero(),
        tiers: vec![leg.index_from(0, &here)?],
        legs: vec![leg],
        near: Near::plain,
        here,
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
    let answers = Answers::of(&stand, |factor| single::ask(&stand, factor), market)?;
    let leg = stand.legs.first().ok_or(ComputeError::UnknownMarket(index))?;
    let margin_balance = stand.balance.at(&stand.here.at)?;
    let held = stand.tiers.first().copied().unwrap_or_default();
    let maintenance_margin = leg.requirement(leg.tier(held)?)?.at(&stand.here.at)?;
    let amounts = Amounts {
        margin_balance: margin_balance.clone(),
        maintenance_margin: maintenance_margin.clone(),
        position_margin: margin.clone(),
        initial_margin: initial_margin.clone(),
    };
    let backing = Backing::new(Some(margin), margin_balance, &maintenance_margin)?;
    let subject =
        Subject { index, position, market, leg, initial_margin, maintenance_margin, held };
    Ok((subject.report(&stand.here, &backing, &answers)?, amounts))
}

/// What an account adds up.
pub(super) struct Amounts<N> {
    pub(super) margin_balance: N,
    pub(super) maintenance_margin: N,
    pub(super) position_margin: N,
    pub(super) initial_margin: Option<N>,
}
