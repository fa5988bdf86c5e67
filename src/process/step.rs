//! One tick: what the holder asked for, then the mark.

use crate::margin::compute_position;
use crate::quantity::{Exact, Money, Size};
use crate::takeover::Remainder;

use super::event::{Event, EventKind, Party, Refusal};
use super::gates::Gates;
use super::rules::Unfilled;
use super::setup::{Action, Setup, StartError, StepError, Tick};
use super::standing::Zone;
use super::state::{Balances, Stage, State};
use super::turn::{Turn, first_margin};

impl Setup {
    /// The state before the first tick. A position that the venue would refuse has none.
    pub fn start(&self) -> Result<State, StartError> {
        let fee = self.rules.takeover().liquidation_fee_rate;
        let amounts = [
            ("the wallet", self.wallet.exact()),
            ("the insurance fund", self.fund.exact()),
            ("the margin of open orders", self.orders.of_position.exact()),
            ("the margin of other open orders", self.orders.elsewhere.exact()),
            ("the liquidation fee", fee.exact()),
        ];
        for (name, amount) in amounts {
            if amount.is_negative() {
                return Err(StartError::Negative(name));
            }
        }
        if !self.actions.is_sorted_by_key(|(at, _)| *at) {
            return Err(StartError::ActionOrder);
        }
        let report = compute_position(&self.position, &self.market)?;
        if !report.rejections.is_empty() {
            return Err(StartError::Refused(report.rejections));
        }
        let zero = Money::from_exact(Exact::ZERO);
        Ok(State {
            stage: Stage::Healthy,
            size: self.position.quantity,
            balances: Balances {
                wallet: self.wallet,
                margin: first_margin(&report.position_margin.unwrap_or(zero))?,
                orders: self.orders,
                venue: zero,
                fund: self.fund,
                counterparties: zero,
            },
            forgone: zero,
            unpaid: zero,
            ticks: 0,
            at: 0,
            liquidation_price: report.liquidation.crossing().map(|crossing| crossing.exact),
            bankruptcy_price: report.bankruptcy_price.map(|bankruptcy| bankruptcy.exact),
            next_action: 0,
            next_check: 0,
            gates: Gates::SHUT,
            candidates: self.candidates.clone(),
            last: None,
            in_hand: false,
            owes_rest: false,
            is_stuck: false,
            is_over: false,
        })
    }
}

/// Takes one tick: changes the state and adds what happened to the log.
///
/// The same setup, state and tick give the same state and the same events. Where it fails, state and
/// log are as they were before the tick.
pub fn step(
    setup: &Setup,
    state: &mut State,
    tick: &Tick,
    log: &mut Vec<Event>,
) -> Result<(), StepError> {
    if tick.at < state.at {
        return Err(StepError::TimeFalls);
    }
    if !tick.mark.exact().is_positive() || !tick.mid.exact().is_positive() {
        return Err(StepError::NotAPrice);
    }
    let acts = setup.actions.get(state.next_action).is_some_and(|(at, _)| *at <= tick.at);
    let looks = state.next_check <= tick.at;
    // Most ticks end here: nothing was asked for, nothing waited for is over, and the mark is where
    // nothing changes.
    if !acts && (!looks || (state.is_idle(setup, tick.at) && state.gates.hold(&tick.mark)?)) {
        state.pass(setup, tick, looks);
        return Ok(());
    }
    let (mut next, before) = (state.clone(), log.len());
    match take(setup, &mut next, tick, log) {
        Ok(looked) => {
            next.pass(setup, tick, looked);
            *state = next;
            Ok(())
        }
        Err(error) => {
            log.truncate(before);
            Err(error)
        }
    }
}

impl State {
    /// When what is waited for is over and looked at, if that is before a time.
    fn due_before(&self, setup: &Setup, at: u64) -> Option<u64> {
        self.due(setup).map(|due| due.max(self.next_check)).filter(|due| *due < at)
    }

    /// When what is waited for is over.
    fn due(&self, setup: &Setup) -> Option<u64> {
        match self.stage {
            Stage::Below { since } if !self.in_hand => {
                Some(since.saturating_add(setup.rules.dwell_ms()))
            }
            Stage::Pausing { until } => Some(until),
            _ => None,
        }
    }

    /// Whether only the mark can change something at this time.
    fn is_idle(&self, setup: &Setup, at: u64) -> bool {
        match self.stage {
            Stage::Below { .. } => self.due(setup).is_some_and(|due| at <= due),
            Stage::Pausing { until } => at < until,
            Stage::Healthy | Stage::MarginCall | Stage::Closed { .. } => true,
        }
    }

    /// The tick is over.
    fn pass(&mut self, setup: &Setup, tick: &Tick, looked: bool) {
        if looked {
            self.next_check = tick.at.saturating_add(setup.rules.check_ms());
        }
        self.at = tick.at;
        self.last = Some(*tick);
        self.ticks = self.ticks.saturating_add(1);
    }
}

/// Takes a tick at which something can happen; whether the venue looked at it.
fn take(
    setup: &Setup,
    state: &mut State,
    tick: &Tick,
    log: &mut Vec<Event>,
) -> Result<bool, StepError> {
    // The holder acts in the market of the tick before, which is what the holder sees.
    let seen = state.last.unwrap_or(*tick);
    let mut turn = Turn::new(setup, state, &seen, log);
    while let Some((at, action)) = setup.actions.get(turn.state.next_action) {
        if tick.at < *at {
            break;
        }
        turn.state.next_action = turn.state.next_action.saturating_add(1);
        turn.act(action)?;
    }
    // What was waited for ends between two ticks: the last price holds until the next. A wait may
    // follow a wait, as a pause does the time for which the threshold is to be broken.
    while let Some(due) = state.due_before(setup, tick.at) {
        let at_last = Tick { at: due, ..seen };
        state.in_hand = true;
        state.next_check = due.saturating_add(setup.rules.check_ms());
        Turn::new(setup, state, &at_last, log).look()?;
    }
    let looks = state.next_check <= tick.at;
    if looks {
        Turn::new(setup, state, tick, log).look()?;
    }
    Ok(looks)
}

impl Turn<'_> {
    /// Does what the holder asks for, while the venue has not taken the position in hand.
    fn act(&mut self, action: &Action) -> Result<(), StepError> {
        let refused = match self.state.stage {
            Stage::Closed { .. } => Some(Refusal::Closed),
            Stage::Below { .. } | Stage::Pausing { .. } => Some(Refusal::TooLate),
            Stage::Healthy | Stage::MarginCall => self.refusal(action)?,
        };
        if let Some(refusal) = refused {
            return self.tell(EventKind::Refused(*action, refusal), Vec::new());
        }
        let mut flows = Vec::new();
        match action {
            Action::AddMargin(amount) => {
                self.pay(&mut flows, Party::Wallet, Party::Margin, amount)?;
            }
            Action::CancelOrders => {
                let held = self.state.balances.of(Party::Orders)?;
                self.pay(&mut flows, Party::Orders, Party::Wallet, &held)?;
            }
            Action::Reduce(_) => {}
        }
        self.tell(EventKind::Done(*action), flows)?;
        if let Action::Reduce(size) = action {
            let wanted = size.exact().smaller(*self.state.size.exact())?;
            let limit = self.standing()?.bankruptcy_price;
            self.sweep(&Size::from_exact(wanted), limit.as_ref())?;
            self.state.is_stuck = false;
            if !self.is_open() {
                return self.finish(Remainder::ToHolder, true);
            }
        }
        // Also where the venue does not look at this tick.
        self.note_lines()
    }

    /// Why an action cannot be done although the holder may act.
    fn refusal(&self, action: &Action) -> Result<Option<Refusal>, StepError> {
        let (amount, most) = match action {
            Action::AddMargin(amount) => (*amount.exact(), Some(self.state.balances.wallet)),
            Action::Reduce(size) => (*size.exact(), None),
            Action::CancelOrders => (*self.state.balances.of(Party::Orders)?.exact(), None),
        };
        Ok(match most {
            _ if !amount.is_positive() => Some(Refusal::Nothing),
            Some(most) if most.exact().is_below(&amount)? => Some(Refusal::NotEnough),
            _ => None,
        })
    }

    /// Looks at the mark in full.
    fn look(&mut self) -> Result<(), StepError> {
        if let Stage::Closed { .. } = self.state.stage {
            return self.look_back();
        }
        let zone = self.standing()?.zone;
        let at = self.tick.at;
        match (self.state.stage, zone) {
            (Stage::Healthy | Stage::MarginCall, Zone::Below) => {
                self.state.liquidation_price =
                    self.standing()?.liquidation_price.or(self.state.liquidation_price);
                self.state.stage = Stage::Below { since: at };
                let dwell_ms = self.setup.rules.dwell_ms();
                self.tell(EventKind::ThresholdBroken { dwell_ms }, Vec::new())?;
                if dwell_ms == 0 { self.liquidate(false) } else { self.wait() }
            }
            (Stage::Healthy | Stage::MarginCall, Zone::Safe | Zone::Call) => self.rest(),
            (Stage::Below { since }, Zone::Below) => {
                // Longer than the dwell time, not as long as.
                let over = since.saturating_add(self.setup.rules.dwell_ms()) < at;
                if self.state.in_hand || over { self.liquidate(false) } else { self.wait() }
            }
            (Stage::Below { .. } | Stage::Pausing { .. }, Zone::Safe | Zone::Call) => {
                self.tell(EventKind::ThresholdRegained, Vec::new())?;
                self.rest()
            }
            (Stage::Pausing { until }, Zone::Below) => {
                if until <= at {
                    return self.liquidate(true);
                }
                if self.is_for_backstop()? { self.back_stop() } else { self.wait() }
            }
            (Stage::Closed { .. }, _) => Ok(()),
        }
    }

    /// Remembers where what stands now is closed and where nothing of it is left.
    fn note_lines(&mut self) -> Result<(), StepError> {
        let standing = self.standing()?;
        let lines = (standing.liquidation_price, standing.bankruptcy_price);
        (self.state.liquidation_price, self.state.bankruptcy_price) = lines;
        Ok(())
    }

    /// Waits on. A backstop has a line of its own, at which nothing else changes, so that every mark is
    /// looked at where there is one.
    fn wait(&mut self) -> Result<(), StepError> {
        let has_backstop = matches!(self.setup.rules.unfilled(), Unfilled::Backstop { .. });
        if !has_backstop || matches!(self.state.stage, Stage::Below { .. }) {
            self.state.gates = self.standing()?.gates;
        }
        Ok(())
    }

    /// Stays open, in the stage that the margin ratio says.
    pub(super) fn rest(&mut self) -> Result<(), StepError> {
        let (zone, gates) = {
            let standing = self.standing()?;
            (standing.zone, standing.gates)
        };
        self.state.gates = gates;
        self.note_lines()?;
        self.state.is_stuck = false;
        self.state.in_hand = false;
        self.state.owes_rest = false;
        let before = self.state.stage;
        match zone {
            Zone::Safe => {
                self.state.stage = Stage::Healthy;
                if before == Stage::MarginCall {
                    self.tell(EventKind::Healthy, Vec::new())?;
                }
            }
            Zone::Call => {
                self.state.stage = Stage::MarginCall;
                if before != Stage::MarginCall {
                    self.tell(EventKind::MarginCall, Vec::new())?;
                }
            }
            Zone::Below => {}
        }
        Ok(())
    }

    /// After the close: says once that the mark has recovered.
    fn look_back(&mut self) -> Result<(), StepError> {
        let Some(line) = self.state.liquidation_price.filter(|_| !self.state.is_over) else {
            return Ok(());
        };
        let past = self.tick.mark.exact().minus(line.exact())?;
        if past.times(&self.setup.position.side.sign())?.is_positive() {
            self.state.gates = Gates::OPEN;
            self.state.is_over = true;
            self.tell(EventKind::MarkRecovered, Vec::new())?;
        }
        Ok(())
    }
}
