//! What a tick works with: the state, the money that moves in it, and what it tells.

use crate::costs::Holding;
use crate::quantity::{Decimal, Exact, Money, Overflow, Price, Rounding, Side, Size};
use crate::takeover::{FeeTaker, Remainder, TakeoverRule, absorb, deleverage, settle};
use crate::venue::ContractKind;

use super::book::Offers;
use super::event::{Event, EventKind, Flow, Party, Sweep};
use super::gates::Gates;
use super::setup::{Setup, StepError, Tick};
use super::standing::{Asks, Standing, standing};
use super::state::{Stage, State};

/// Decimals of an amount that needs rounding at all, far below any coin's smallest unit.
const PLACES: u32 = 18;
/// Fractions with a larger denominator, in bits, are rounded, so that figures stay short however
/// often something is sold.
const DENOMINATOR_BITS: u32 = 32;
/// The same for the margin that a run begins with, which is booked once.
const FIRST_BITS: u32 = 64;

/// One tick under way.
pub(super) struct Turn<'a> {
    pub(super) setup: &'a Setup,
    pub(super) state: &'a mut State,
    pub(super) tick: &'a Tick,
    log: &'a mut Vec<Event>,
    /// What is left of the book in this tick.
    offers: Option<Offers>,
    /// The look at the position as it stands.
    standing: Option<Standing>,
}

/// What an order brought.
pub(super) struct Sold {
    /// How much of what was wanted found nobody.
    pub(super) left: Size,
    /// What was sold is worth, at the prices it fetched.
    value: Money,
}

impl<'a> Turn<'a> {
    pub(super) fn new(
        setup: &'a Setup,
        state: &'a mut State,
        tick: &'a Tick,
        log: &'a mut Vec<Event>,
    ) -> Self {
        Self { setup, state, tick, log, offers: None, standing: None }
    }

    pub(super) fn is_open(&self) -> bool {
        self.state.size.exact().is_positive()
    }

    /// The position as it stands at this mark.
    pub(super) fn standing(&mut self) -> Result<&Standing, StepError> {
        let now = match self.standing.take() {
            Some(known) => known,
            None => {
                let (size, margin) = (&self.state.size, &self.state.balances.margin);
                standing(self.setup, size, margin, &self.tick.mark, Asks::ItsTier)?
            }
        };
        Ok(self.standing.insert(now))
    }

    /// Forgets the last look, since margin or size changed.
    pub(super) fn changed(&mut self) {
        self.standing = None;
        self.state.gates = Gates::SHUT;
    }

    /// Moves an amount, if it is above zero.
    pub(super) fn pay(
        &mut self,
        flows: &mut Vec<Flow>,
        from: Party,
        to: Party,
        amount: &Money,
    ) -> Result<(), StepError> {
        if !amount.exact().is_positive() {
            return Ok(());
        }
        let flow = Flow { from, to, amount: *amount };
        self.state.balances.apply(&flow)?;
        flows.push(flow);
        if from == Party::Margin || to == Party::Margin {
            self.changed();
        }
        Ok(())
    }

    /// Adds an event with how the position stands after it.
    pub(super) fn tell(&mut self, kind: EventKind, flows: Vec<Flow>) -> Result<(), StepError> {
        let (margin_balance, maintenance_margin, margin_ratio) = if self.is_open() {
            let now = self.standing()?;
            (now.margin_balance, now.maintenance_margin, Some(now.margin_ratio))
        } else {
            (self.state.balances.margin, zero(), None)
        };
        self.log.push(Event {
            tick: self.state.ticks,
            at: self.tick.at,
            mark: self.tick.mark,
            kind,
            flows,
            size: self.state.size,
            margin_balance,
            maintenance_margin,
            margin_ratio,
        });
        Ok(())
    }

    /// A part of the position, in the unit of prices.
    fn part(&self, size: &Size) -> Result<Holding, Overflow> {
        let rules = &self.setup.market.rules;
        Ok(Holding {
            contract: rules.contract,
            side: self.setup.position.side,
            size: Size::from_exact(size.exact().times(rules.contract_size.exact())?),
            entry_price: self.setup.position.entry_price,
        })
    }

    /// What a part has gained at a price.
    pub(super) fn profit(&self, size: &Size, price: &Price) -> Result<Money, Overflow> {
        amount(&self.part(size)?.profit_at(price)?)
    }

    /// Realises a profit, or a loss as far as the margin goes; what goes beyond it is the answer.
    pub(super) fn realize(
        &mut self,
        flows: &mut Vec<Flow>,
        profit: &Money,
    ) -> Result<Money, StepError> {
        self.pay(flows, Party::Counterparties, Party::Margin, profit)?;
        let loss = profit.exact().negated().larger(Exact::ZERO)?;
        let paid = loss.smaller(*self.state.balances.margin.exact())?;
        self.pay(flows, Party::Margin, Party::Counterparties, &Money::from_exact(paid))?;
        Ok(Money::from_exact(loss.minus(&paid)?))
    }

    /// Offers a part to the book and tells what came of it.
    pub(super) fn sweep(
        &mut self,
        wanted: &Size,
        limit: Option<&Price>,
    ) -> Result<Sold, StepError> {
        let side = self.setup.position.side;
        let offers = match &mut self.offers {
            Some(offers) => offers,
            none => none.insert(Offers::of(&self.setup.book, side, &self.tick.mid)?),
        };
        let fills = offers.take(wanted, limit)?;
        let (mut filled, mut value, mut profit) = (Exact::ZERO, zero(), zero());
        for fill in &fills {
            let part = self.part(&fill.size)?;
            filled = filled.plus(fill.size.exact())?;
            value = amount(&value.plus(&amount(&part.value_at(&fill.price)?)?)?)?;
            profit = amount(&profit.plus(&amount(&part.profit_at(&fill.price)?)?)?)?;
        }
        let filled = Size::from_exact(filled);
        let left = Size::from_exact(wanted.exact().minus(filled.exact())?);
        let was_stuck = self.state.is_stuck;
        self.state.is_stuck = fills.is_empty();
        if fills.is_empty() && was_stuck {
            return Ok(Sold { left, value });
        }
        let mut flows = Vec::new();
        self.state.size = Size::from_exact(self.state.size.exact().minus(filled.exact())?);
        self.changed();
        let deficit = self.realize(&mut flows, &profit)?;
        let sweep = Sweep {
            wanted: *wanted,
            filled,
            average_price: self.average(&filled, &value)?,
            limit: limit.copied(),
            fills,
            realized_pnl: profit,
            by_holder: matches!(self.state.stage, Stage::Healthy | Stage::MarginCall),
        };
        self.tell(EventKind::Swept(Box::new(sweep)), flows)?;
        self.cover(&deficit)?;
        Ok(Sold { left, value })
    }

    fn average(&self, size: &Size, value: &Money) -> Result<Option<Price>, Overflow> {
        let exposure = *self.part(size)?.size.exact();
        if !exposure.is_positive() {
            return Ok(None);
        }
        let value = value.exact();
        Ok(Some(Price::from_exact(match self.setup.market.rules.contract {
            ContractKind::Linear | ContractKind::Quanto => value.over(&exposure)?,
            ContractKind::Inverse => exposure.over(value)?,
        })))
    }

    /// Takes the fee on what was sold, out of what is left above the bankruptcy of the rest.
    pub(super) fn charge(
        &mut self,
        sold: &Sold,
        bankruptcy: Option<&Price>,
    ) -> Result<(), StepError> {
        let rule = TakeoverRule { remainder: Remainder::ToHolder, ..self.setup.rules.takeover() };
        let due = amount(&sold.value.times(&rule.liquidation_fee_rate)?)?;
        if !due.exact().is_positive() {
            return Ok(());
        }
        let margin = self.state.balances.margin;
        let left = match bankruptcy {
            Some(price) if self.is_open() => margin.plus(&self.profit(&self.state.size, price)?)?,
            _ => margin,
        };
        let cash = match self.part(&self.state.size)?.gains_with_value() {
            true => sold.value,
            false => Money::from_exact(sold.value.exact().negated()),
        };
        let split = settle(&cash, &cash.minus(&left)?, &rule)?;
        let charged = match rule.fee_taker {
            FeeTaker::Venue => split.fee,
            FeeTaker::Fund => Money::from_exact(split.fund.exact().larger(Exact::ZERO)?),
        };
        let charged = Money::from_exact(amount(&charged)?.exact().smaller(*margin.exact())?);
        let (mut flows, taker) = (Vec::new(), rule.fee_taker);
        let to = match taker {
            FeeTaker::Venue => Party::Venue,
            FeeTaker::Fund => Party::Fund,
        };
        self.pay(&mut flows, Party::Margin, to, &charged)?;
        self.tell(EventKind::Fee { due, charged, taker }, flows)
    }

    /// Finds who pays what the margin could not: the fund, then those who gained.
    pub(super) fn cover(&mut self, deficit: &Money) -> Result<(), StepError> {
        if !deficit.exact().is_positive() {
            return Ok(());
        }
        let mut flows = Vec::new();
        let absorbed = absorb(&self.state.balances.fund, deficit)?;
        self.pay(&mut flows, Party::Fund, Party::Counterparties, &absorbed.by_fund)?;
        let asked = EventKind::FundAsked { deficit: *deficit, paid: absorbed.by_fund };
        self.tell(asked, flows)?;
        if !absorbed.unpaid.exact().is_positive() {
            return Ok(());
        }
        let ranking = self.setup.rules.ranking();
        let closed = deleverage(&self.state.candidates, ranking, &absorbed.unpaid)?;
        self.state.candidates.retain(|one| closed.closeouts.iter().all(|out| out.id != one.id));
        for closeout in &closed.closeouts {
            self.state.forgone = self.state.forgone.plus(&closeout.forgone)?;
        }
        self.state.unpaid = self.state.unpaid.plus(&closed.unpaid)?;
        let (closeouts, unpaid) = (closed.closeouts, closed.unpaid);
        self.tell(EventKind::Deleveraged { closeouts, unpaid }, Vec::new())
    }

    /// Gives what is left of the margin to its owner and closes.
    pub(super) fn finish(&mut self, to: Remainder, by_holder: bool) -> Result<(), StepError> {
        let left = self.state.balances.margin;
        let mut flows = Vec::new();
        let party = match to {
            Remainder::ToHolder => Party::Wallet,
            Remainder::ToFund => Party::Fund,
        };
        self.pay(&mut flows, Party::Margin, party, &left)?;
        self.tell(EventKind::Returned { amount: left, to }, flows)?;
        self.state.stage = Stage::Closed { at: self.tick.at, by_holder };
        self.state.is_over = by_holder;
        let line = self.state.liquidation_price;
        self.state.gates = match (by_holder, self.setup.position.side) {
            (true, _) => Gates::OPEN,
            (false, Side::Long) => Gates::between(None, line),
            (false, Side::Short) => Gates::between(line, None),
        };
        self.tell(EventKind::Closed { by_holder }, Vec::new())
    }
}

fn zero() -> Money {
    Money::from_exact(Exact::ZERO)
}

/// An amount as it is booked: exact, unless it is a long fraction, and then rounded half-even to 18
/// decimals. What is booked is what moves, so that nothing is lost by it.
fn amount(exact: &Money) -> Result<Money, Overflow> {
    booked(exact, DENOMINATOR_BITS)
}

/// The margin that a run begins with.
pub(super) fn first_margin(exact: &Money) -> Result<Money, Overflow> {
    booked(exact, FIRST_BITS)
}

fn booked(exact: &Money, most_bits: u32) -> Result<Money, Overflow> {
    let unit = Exact::from_decimal(Decimal::new(1, PLACES));
    let (_, denominator, _) = exact.exact().parts();
    let bits = 256_u32.saturating_sub(denominator.leading_zeros());
    if exact.exact().decimals(PLACES).is_some() || bits > most_bits {
        return exact.exact().to_step(&unit, Rounding::HalfEven).map(Money::from_exact);
    }
    Ok(*exact)
}
