//! A wish put to one position: what each value of the unknown makes of it.
//!
//! The walk from the mark is the one that every report takes, so a value is judged by the same rules
//! that will later close the position.

use crate::quantity::{Money, Number, Overflow};
use crate::scenario::{MarginMode, Market, Position, Scenario};
use crate::venue::ContractKind;

use super::super::evaluate::money;
use super::super::leg::{Coordinate, Leg, gains_with_place, place_of};
use super::super::line::Line;
use super::super::many::Required;
use super::super::near::Near;
use super::super::report::{ComputeError, Rejection};
use super::super::single;
use super::super::stand::{Met, Reached, Stand, Way};
use super::setting::Setting;
use super::{SolveError, Unknown, Wish};

/// What the wish asks of the walk.
#[derive(Clone, Debug)]
pub(super) enum Goal<N> {
    /// Closed at this place, or beyond it.
    Place(N),
    /// Closed before the position has lost more than this.
    Loss(N),
}

/// What else stands on the same balance; nothing for an isolated position.
#[derive(Clone, Debug)]
pub(super) struct Rest<'a, N> {
    /// Wallet, profit at the marks elsewhere, and profit in the same market.
    pub(super) balance: Line<N>,
    /// What must be kept in other markets.
    pub(super) kept: N,
    /// The other positions of the same market.
    pub(super) legs: Vec<Leg<'a, N>>,
}

/// A wish, with everything that does not depend on the unknown worked out.
pub(super) struct Question<'a, N> {
    pub(super) index: usize,
    pub(super) position: &'a Position,
    pub(super) market: &'a Market,
    pub(super) unknown: Unknown,
    pub(super) goal: Goal<N>,
    /// The way from the mark on which the position is to be closed.
    pub(super) way: Way,
    /// The mark.
    pub(super) here: Near<N>,
    /// Whether the wish lies on the side on which the position gains; the goal is then the mark.
    pub(super) is_gain: bool,
    pub(super) rest: Option<Rest<'a, N>>,
}

/// How far a value meets the wish.
#[derive(Clone, Debug)]
pub(super) enum Verdict<N> {
    /// Closed on the way; zero is exactly as wished, above zero is better than wished.
    By(N),
    /// Better than any number says: no price closes it.
    Free,
    /// Worse than any number says.
    Lost,
    /// The tier table ends first.
    TableEnds,
}

/// Why a value cannot be taken at all.
#[derive(Clone, Debug)]
pub(super) enum Bar {
    /// The venue would not open the position.
    Refused(Rejection),
    /// Margin would have to be taken out, not added.
    Withdrawal,
    /// The margin is used up at the mark already.
    AtOnce,
}

/// What a value makes of the wish.
#[derive(Clone, Debug)]
pub(super) struct Judged<N> {
    pub(super) verdict: Verdict<N>,
    pub(super) bar: Option<Bar>,
}

impl<N: Number> Judged<N> {
    pub(super) fn meets(&self) -> bool {
        match &self.verdict {
            Verdict::By(slack) => !slack.is_negative(),
            Verdict::Free => true,
            Verdict::Lost | Verdict::TableEnds => false,
        }
    }

    pub(super) fn is_exact(&self) -> bool {
        matches!(&self.verdict, Verdict::By(slack) if slack.is_zero())
    }
}

impl<'a, N: Number> Question<'a, N> {
    pub(super) fn new(
        scenario: &'a Scenario,
        index: usize,
        wish: &Wish,
        unknown: Unknown,
    ) -> Result<Self, SolveError> {
        let position = scenario.positions.get(index).ok_or(SolveError::NoSuchPosition(index))?;
        let market = market_of(scenario, index, position)?;
        let kind = market.rules.contract;
        let here: N = place_of(kind, &market.mark_price).map_err(ComputeError::from)?;
        let here = Near::plain(here);
        let rest = match &scenario.margin_mode {
            MarginMode::Isolated { .. } => None,
            MarginMode::Cross { wallet_balance } => {
                Some(Rest::of(scenario, index, wallet_balance)?)
            }
        };
        let losing = losing_way(kind, position);
        let mut question = Self {
            index,
            position,
            market,
            unknown,
            goal: Goal::Place(here.at.clone()),
            way: losing,
            here,
            is_gain: false,
            rest,
        };
        match question.aim(wish) {
            Ok(()) => Ok(question),
            Err(overflow) => Err(ComputeError::from(overflow).into()),
        }
    }

    fn aim(&mut self, wish: &Wish) -> Result<(), Overflow> {
        let (nearest, wanted) = match wish {
            Wish::LargestLoss(loss) => {
                self.goal = Goal::Loss(N::of(loss.exact()));
                return Ok(());
            }
            Wish::LiquidationAt(price) => (N::of(price.exact()), N::of(price.exact())),
            Wish::StopWithBuffer { stop, buffer } => {
                let stop = N::of(stop.exact());
                let gap = stop.times(&N::of(buffer.exact()))?;
                let signed = self.position.side.sign();
                let wanted = stop.minus(&gap.times(&N::of(&signed))?)?;
                (stop, wanted)
            }
        };
        let (nearest, wanted) = (self.place(&nearest)?, self.place(&wanted)?);
        let is_ahead = |way: Way| match way {
            Way::Lower => nearest.is_below(&self.here.at),
            Way::Higher => self.here.at.is_below(&nearest),
        };
        let is_hedged = !self.others().is_empty();
        let opposite = if self.way == Way::Lower { Way::Higher } else { Way::Lower };
        if is_ahead(self.way)? {
            self.goal = Goal::Place(wanted);
        } else if is_hedged && matches!(wish, Wish::LiquidationAt(_)) && is_ahead(opposite)? {
            // With other positions in the market the account can lose on either side.
            self.way = opposite;
            self.goal = Goal::Place(wanted);
        } else {
            self.is_gain = true;
        }
        Ok(())
    }

    /// The place of a price, and the price of a place.
    pub(super) fn place(&self, price: &N) -> Result<N, Overflow> {
        match self.market.rules.contract {
            ContractKind::Linear | ContractKind::Quanto => Ok(price.clone()),
            ContractKind::Inverse => N::one().over(price),
        }
    }

    /// The other positions that share its market and its balance.
    pub(super) fn others(&self) -> &[Leg<'a, N>] {
        self.rest.as_ref().map_or(&[], |rest| &rest.legs)
    }

    /// The place the wish is about.
    pub(super) fn goal_place(&self, setting: &Setting<'a, N>) -> Result<N, Overflow> {
        match &self.goal {
            Goal::Place(place) => Ok(place.clone()),
            // Where profit is minus the loss.
            Goal::Loss(loss) => {
                let profit = &setting.leg.profit;
                loss.plus(&profit.at_zero)?.negated().over(&profit.slope)
            }
        }
    }

    /// What a value makes of the wish.
    pub(super) fn judge(&self, value: &N) -> Result<Judged<N>, ComputeError> {
        let setting = self.setting(value)?;
        let bar = self.bar(value, &setting)?;
        let mut legs = self.others().to_vec();
        legs.push(setting.leg.clone());
        let mut tiers = Vec::with_capacity(legs.len());
        for leg in &legs {
            tiers.push(leg.index_from(0, &self.here)?);
        }
        let kept_elsewhere = self.rest.as_ref().map_or_else(N::zero, |rest| rest.kept.clone());
        let stand = Stand {
            balance: setting.balance.clone(),
            kept_elsewhere,
            legs,
            tiers,
            near: Near::plain,
            here: self.here.clone(),
        };
        let met = match &self.rest {
            Some(_) => Required::of(&stand)?.ask(&N::one())?,
            None => single::ask(&stand, &N::one())?,
        };
        let (lower, higher) = match met {
            Met::From { lower, higher } => (lower, higher),
            Met::Already { .. } => {
                return Ok(Judged { verdict: Verdict::Lost, bar: bar.or(Some(Bar::AtOnce)) });
            }
        };
        let reached = if self.way == Way::Lower { lower } else { higher };
        let verdict = match (&self.goal, reached) {
            (Goal::Place(goal), Reached::At { near: found, .. }) => Verdict::By(match self.way {
                Way::Lower => goal.minus(&found.at)?,
                Way::Higher => found.at.minus(goal)?,
            }),
            (Goal::Loss(loss), Reached::At { near: found, .. }) => {
                Verdict::By(loss.plus(&setting.leg.profit.at(&found.at)?)?)
            }
            (Goal::Place(goal), Reached::Nowhere | Reached::BeyondTable) => {
                let goal = Near::plain(goal.clone());
                let mut is_beyond = false;
                for leg in stand.legs.iter().filter(|leg| leg.ends_with_table()) {
                    is_beyond |= leg.is_beyond(&goal)?;
                }
                if is_beyond { Verdict::TableEnds } else { Verdict::Free }
            }
            (Goal::Loss(_), Reached::BeyondTable) => Verdict::TableEnds,
            (Goal::Loss(loss), Reached::Nowhere) => {
                // Toward zero a position can lose its whole value, toward infinity any amount.
                let is_bounded = self.way == Way::Lower;
                if is_bounded && setting.leg.entry_notional.is_at_most(loss)? {
                    Verdict::Free
                } else {
                    Verdict::Lost
                }
            }
        };
        Ok(Judged { verdict, bar })
    }

    /// Why a venue would not open it so, by the rules of every report.
    fn bar(&self, value: &N, setting: &Setting<'a, N>) -> Result<Option<Bar>, ComputeError> {
        if self.unknown == Unknown::AddedMargin && value.is_negative() {
            return Ok(Some(Bar::Withdrawal));
        }
        let refused = |rejection| Ok(Some(Bar::Refused(rejection)));
        let leg = &setting.leg;
        let entry = Near::plain(setting.entry.clone());
        if let Some(cap) = self.market.rules.tiers.end()
            && (leg.is_beyond(&self.here)? || leg.is_beyond(&entry)?)
        {
            return refused(Rejection::SizeAboveTable { cap: *cap });
        }
        let (kept, tier) = leg.kept_at(&entry)?;
        if let (Some(most), Some(leverage)) = (&tier.max_leverage, &setting.leverage)
            && N::of(most.exact()).is_below(leverage)?
        {
            return refused(Rejection::LeverageAboveTier { max_leverage: *most });
        }
        if let Some(margin) = &setting.margin
            && margin.is_at_most(&kept)?
        {
            let maintenance_margin = money(&kept)?;
            return refused(Rejection::MarginBelowMaintenance { maintenance_margin });
        }
        Ok(None)
    }
}

impl<'a, N: Number> Rest<'a, N> {
    /// Everything on the wallet but one position.
    fn of(scenario: &'a Scenario, without: usize, wallet: &Money) -> Result<Self, ComputeError> {
        let of = scenario.positions.get(without).map(|position| position.market);
        let mut lines = vec![Line { at_zero: N::of(wallet.exact()), slope: N::zero() }];
        let (mut kept, mut legs) = (Vec::new(), Vec::new());
        for (index, position) in scenario.positions.iter().enumerate() {
            if index == without {
                continue;
            }
            let market = market_of(scenario, index, position)?;
            let leg: Leg<'_, N> = Leg::new(index, position, market, Coordinate::Mark)?;
            if Some(position.market) == of {
                lines.push(leg.profit.clone());
                legs.push(leg);
                continue;
            }
            let here = Near::plain(place_of(market.rules.contract, &market.mark_price)?);
            lines.push(Line { at_zero: leg.profit.at(&here.at)?, slope: N::zero() });
            kept.push(leg.kept_at(&here)?.0);
        }
        Ok(Self { balance: Line::sum(lines)?, kept: N::sum(kept)?, legs })
    }
}

/// The way on which a position loses.
fn losing_way(kind: ContractKind, position: &Position) -> Way {
    if gains_with_place(kind, position.side) { Way::Lower } else { Way::Higher }
}

fn market_of<'a>(
    scenario: &'a Scenario,
    index: usize,
    position: &Position,
) -> Result<&'a Market, ComputeError> {
    scenario.markets.get(position.market).ok_or(ComputeError::UnknownMarket(index))
}
