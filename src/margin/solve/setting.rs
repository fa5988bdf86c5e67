//! A value put in for the unknown.

use crate::quantity::{Exact, Leverage, Money, Number, Overflow, Price, Side, Size};
use crate::scenario::{MarginMode, PositionMargin, Scenario};
use crate::venue::ContractKind;

use super::super::leg::{Coordinate, Leg, Stated, position_margin};
use super::super::line::Line;
use super::super::report::ComputeError;
use super::question::Question;
use super::{SolveError, Unknown};

/// What the position would state with a value put in for the unknown.
struct Terms<N> {
    side: Side,
    quantity: N,
    /// The place of the entry price.
    entry: N,
    leverage: Option<N>,
}

impl<N: Number> Stated<N> for Terms<N> {
    fn side(&self) -> Side {
        self.side
    }
    fn quantity(&self) -> N {
        self.quantity.clone()
    }
    fn entry(&self, _: ContractKind) -> Result<N, Overflow> {
        Ok(self.entry.clone())
    }
    fn leverage(&self) -> Option<N> {
        self.leverage.clone()
    }
}

/// The position with a value put in for the unknown.
#[derive(Clone, Debug)]
pub(super) struct Setting<'a, N> {
    pub(super) leg: Leg<'a, N>,
    /// The place of the entry price.
    pub(super) entry: N,
    pub(super) leverage: Option<N>,
    /// What is assigned to it; absent in cross mode.
    pub(super) margin: Option<N>,
    /// The margin balance over the place.
    pub(super) balance: Line<N>,
}

impl<'a, N: Number> Question<'a, N> {
    /// The position and its balance with a value put in.
    pub(super) fn setting(&self, value: &N) -> Result<Setting<'a, N>, ComputeError> {
        let kind = self.market.rules.contract;
        let mut terms = Terms {
            side: self.position.side,
            quantity: self.position.quantity(),
            entry: self.position.entry(kind)?,
            leverage: self.position.leverage(),
        };
        let mut added = N::zero();
        match self.unknown {
            Unknown::Leverage => terms.leverage = Some(value.clone()),
            Unknown::Quantity => terms.quantity = value.clone(),
            Unknown::AddedMargin => added = value.clone(),
            Unknown::EntryPrice => terms.entry = self.place(value)?,
        }
        let (entry, leverage) = (terms.entry.clone(), terms.leverage.clone());
        let leg = Leg::new(self.index, &terms, self.market, Coordinate::Mark)?;
        let (margin, mut balance) = match &self.rest {
            Some(rest) => (None, Line::sum(vec![rest.balance.clone(), leg.profit.clone()])?),
            None => {
                let initial = leg.initial_margin(self.market)?;
                let margin: N = position_margin(self.index, self.position, initial.as_ref())?;
                let margin = margin.plus(&added)?;
                let mut balance = leg.profit.clone();
                balance.at_zero = balance.at_zero.plus(&margin)?;
                (Some(margin), balance)
            }
        };
        if margin.is_none() {
            balance.at_zero = balance.at_zero.plus(&added)?;
        }
        Ok(Setting { leg, entry, leverage, margin, balance })
    }
}

/// The same account with a value put in for the unknown of one position, as [`solve`](super::solve)
/// means it: added margin comes on top of what is there, everything else takes the place of it.
pub fn with_unknown(
    scenario: &Scenario,
    position: usize,
    unknown: Unknown,
    value: &Exact,
) -> Result<Scenario, SolveError> {
    let mut changed = scenario.clone();
    let position =
        changed.positions.get_mut(position).ok_or(SolveError::NoSuchPosition(position))?;
    let more = |money: &Money| money.plus(&Money::from_exact(*value)).map_err(ComputeError::from);
    match (unknown, &mut changed.margin_mode) {
        (Unknown::Leverage, _) => position.leverage = Some(Leverage::from_exact(*value)),
        (Unknown::Quantity, _) => position.quantity = Size::from_exact(*value),
        (Unknown::EntryPrice, _) => position.entry_price = Price::from_exact(*value),
        (Unknown::AddedMargin, MarginMode::Cross { wallet_balance }) => {
            *wallet_balance = more(wallet_balance)?;
        }
        (Unknown::AddedMargin, MarginMode::Isolated { .. }) => {
            position.margin = match &position.margin {
                PositionMargin::InitialPlus(added) => PositionMargin::InitialPlus(more(added)?),
                PositionMargin::Assigned(margin) => PositionMargin::Assigned(more(margin)?),
            };
        }
    }
    Ok(changed)
}
