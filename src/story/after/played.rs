//! A run with everything it was made from, kept until any of that changes; and the same path under every
//! documented process.

use std::rc::Rc;

use crate::process::{
    Action, Book, Event, EventKind, Flow, Level, Moment, OrderMargin, Party, ProcessRules, Run,
    Setup, Stage, StartError, Tick, rule_sets,
};
use crate::quantity::{Exact, Money, Overflow, Price, Rate, Rounding, Size};
use crate::scenario::Draft;
use crate::story::LONG;
use crate::takeover::{Candidate, Remainder};
use crate::words::Answer;

use super::course::ticks;
use super::fields::BIDS;

/// A longer path is not compared, which would be noticed at every letter that is typed.
pub(super) const MOST_COMPARED: usize = 10_000;
/// Nor is one on which more happens: an event costs as much as a hundred moments without one.
pub(super) const MOST_EVENTS: usize = 500;

/// What a run was made from: the page's numbers, the chapter's, and how often a choice was changed.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Key {
    pub(super) draft: Draft,
    pub(super) rules: Vec<Exact>,
    pub(super) world: Vec<Exact>,
    pub(super) choices: u64,
}

/// A run, and what came of it.
pub(super) struct Outcome {
    pub(super) key: Key,
    pub(super) run: Run,
    pub(super) end: End,
    /// The same path under every documented process, without the holder's actions; absent for a path that
    /// is too long or on which too much happens.
    pub(super) compared: Option<Vec<Compared>>,
}

/// What a path came to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::story) struct End {
    /// When it was closed, and whether by the holder; absent when it is open at the end.
    pub(in crate::story) closed: Option<(u64, bool)>,
    /// What is open at the end of the path.
    pub(super) open: Size,
    /// What the exchange closed, on the book or by handing it over.
    pub(super) forced: Size,
    /// What closing that lost, less what it gained.
    pub(super) lost: Money,
    /// Liquidation fees.
    pub(super) fees: Money,
    /// What was left at the end and went to the holder.
    pub(in crate::story) returned: Money,
    /// What the fund paid.
    pub(super) fund_paid: Money,
    /// What winners on the other side gave up.
    pub(super) forgone: Money,
}

/// One documented process and what the path came to under it.
pub(super) struct Compared {
    pub(super) rules: &'static ProcessRules,
    /// Absent where a figure has no value.
    pub(super) end: Option<End>,
}

/// The chapter's numbers in the order of their fields.
pub(super) struct World<'a> {
    pub(super) answer: &'a Answer,
    pub(super) values: &'a [Exact],
}

impl World<'_> {
    fn value(&self, index: usize) -> Exact {
        self.values.get(index).copied().unwrap_or(Exact::ZERO)
    }

    fn money(&self, index: usize) -> Money {
        Money::from_exact(self.value(index))
    }

    /// The book: the same on both sides.
    fn book(&self) -> Result<Book, Overflow> {
        let gap = self.value(BIDS).over(&Exact::from_integer(100))?;
        let mut levels = Vec::with_capacity(BIDS);
        for (index, number) in (0..BIDS).zip(1_i64..) {
            let distance = Rate::from_exact(gap.times(&Exact::from_integer(number))?);
            levels.push(Level { distance, size: Size::from_exact(self.value(index)) });
        }
        Ok(Book { bids: levels.clone(), asks: levels })
    }

    /// The winners: number n is n times as large as the position, at 100/n x, with n(n+1)/2 times the
    /// profit of the first, so that it matters by what they are ranked.
    fn candidates(&self) -> Result<Vec<Candidate>, Overflow> {
        let count = self.value(BIDS.saturating_add(2)).round(0, Rounding::Floor)?.mantissa();
        let profit = self.money(BIDS.saturating_add(3));
        let notional = self.answer.report.notional;
        let mut candidates = Vec::new();
        for number in 1..=u64::try_from(count).unwrap_or(0) {
            let size = Exact::from_integer(i64::try_from(number).unwrap_or(i64::MAX));
            let triangle = size.times(&size.plus(&Exact::ONE)?)?.over(&Exact::from_integer(2))?;
            let share = size.over(&Exact::from_integer(100))?;
            let notional = notional.times(&Rate::from_exact(size))?;
            candidates.push(Candidate {
                id: number,
                unrealized_pnl: Money::from_exact(profit.exact().times(&triangle)?),
                notional,
                entry_notional: self.answer.report.entry_notional.times(&Rate::from_exact(size))?,
                margin_balance: Money::from_exact(notional.exact().times(&share)?),
            });
        }
        Ok(candidates)
    }

    /// What a run begins with.
    pub(super) fn setup(
        &self,
        rules: ProcessRules,
        actions: &[(u64, Action)],
    ) -> Result<Setup, Overflow> {
        Ok(Setup {
            position: self.answer.position,
            market: self.answer.market.clone(),
            wallet: self.money(BIDS.saturating_add(5)),
            orders: OrderMargin {
                of_position: self.money(BIDS.saturating_add(4)),
                elsewhere: Money::from_exact(Exact::ZERO),
            },
            book: self.book()?,
            rules,
            fund: self.money(BIDS.saturating_add(1)),
            candidates: self.candidates()?,
            actions: actions.to_vec(),
        })
    }
}

/// Takes the path, and compares it if it is not too long. What is wrong comes as a sentence.
pub(super) fn outcome(
    key: Key,
    answer: &Answer,
    rules: ProcessRules,
    moments: &Rc<[Moment]>,
    actions: &[(u64, Action)],
) -> Result<Outcome, String> {
    let long = |_| LONG.to_owned();
    let path = ticks(moments)
        .map_err(|_| "The prices of the path need more digits than are carried.".to_owned())?;
    let world = World { answer, values: &key.world };
    let setup = world.setup(rules, actions).map_err(long)?;
    let refused = |error: StartError| format!("Nothing can be played: {error}.");
    let run = Run::new(setup, path.clone()).map_err(refused)?;
    if let Some(error) = run.stopped() {
        return Err(format!("The path cannot be played to its end: {error}."));
    }
    let end = end(&run);
    let compared = if path.len() <= MOST_COMPARED && run.log().len() <= MOST_EVENTS {
        Some(compared(&world, &path).map_err(long)?)
    } else {
        None
    };
    Ok(Outcome { key, run, end, compared })
}

fn compared(world: &World<'_>, path: &[Tick]) -> Result<Vec<Compared>, Overflow> {
    let mut list = Vec::new();
    for rules in rule_sets().unwrap_or_default() {
        let setup = world.setup(rules.clone(), &[])?;
        let run = Run::new(setup, path.to_vec()).ok().filter(|run| run.stopped().is_none());
        list.push(Compared { rules, end: run.as_ref().map(end) });
    }
    Ok(list)
}

impl End {
    /// A part was closed by force: what it lost went to the other side.
    fn force(&mut self, size: &Size, flows: &[Flow]) {
        let forced = self.forced.exact().plus(size.exact());
        self.forced = forced.map_or(self.forced, Size::from_exact);
        for Flow { from, to, amount } in flows {
            let lost = match (from, to) {
                (Party::Margin, Party::Counterparties) => self.lost.plus(amount),
                (Party::Counterparties, Party::Margin) => self.lost.minus(amount),
                _ => continue,
            };
            self.lost = lost.unwrap_or(self.lost);
        }
    }
}

/// What the log of a run comes to.
pub(in crate::story) fn end(run: &Run) -> End {
    let zero = Money::from_exact(Exact::ZERO);
    let mut end = End {
        closed: None,
        open: run.end().size,
        forced: Size::from_exact(Exact::ZERO),
        lost: zero,
        fees: zero,
        returned: zero,
        fund_paid: zero,
        forgone: run.end().forgone,
    };
    if let Stage::Closed { at, by_holder } = run.end().stage {
        end.closed = Some((at, by_holder));
    }
    let sum = |before: Money, more: &Money| before.plus(more).unwrap_or(before);
    for event in run.log() {
        match &event.kind {
            EventKind::Swept(sweep) if !sweep.by_holder => end.force(&sweep.filled, &event.flows),
            EventKind::TakenOver { size, .. } => end.force(size, &event.flows),
            EventKind::Fee { charged, .. } => end.fees = sum(end.fees, charged),
            EventKind::Returned { amount, to: Remainder::ToHolder } => end.returned = *amount,
            EventKind::FundAsked { paid, .. } => {
                end.fund_paid = sum(end.fund_paid, paid);
            }
            _ => {}
        }
    }
    end
}

impl Outcome {
    /// The first trade past the closing price, where the mark never was there.
    pub(super) fn lone_trade(&self, answer: &Answer, moments: &[Moment]) -> Option<Price> {
        let line = answer.report.liquidation.crossing()?.exact;
        let side = answer.position.side.sign();
        let past = |price: &Price| {
            let away = price.exact().minus(line.exact()).and_then(|gap| gap.times(&side));
            away.is_ok_and(|away| away.is_negative())
        };
        if self.run.ticks().iter().any(|tick| past(&tick.mark)) {
            return None;
        }
        moments.iter().map(|moment| moment.last).find(past)
    }

    /// The last moment, from 0.
    pub(super) fn last(&self) -> usize {
        self.run.ticks().len().saturating_sub(1)
    }

    /// The moment of this time, or the last one before it.
    pub(super) fn moment_at(&self, time: u64) -> usize {
        self.run.ticks().partition_point(|tick| tick.at <= time).saturating_sub(1)
    }

    /// The time of a moment.
    pub(super) fn time_of(&self, moment: usize) -> u64 {
        self.run.ticks().get(moment).map_or(0, |tick| tick.at)
    }

    /// The next moment at which something happens; the last one after that.
    pub(super) fn next_event(&self, moment: usize) -> usize {
        let later = self.run.log().iter().find(|event| moment < event.tick);
        later.map_or(self.last(), |event| event.tick)
    }

    /// The moment before at which something happened; the first one before that.
    pub(super) fn event_before(&self, moment: usize) -> usize {
        let earlier = self.run.log().iter().rev().find(|event| event.tick < moment);
        earlier.map_or(0, |event| event.tick)
    }

    /// Whether the holder did something, or was too late for it.
    pub(super) fn has_acted(&self) -> bool {
        let is_act =
            |event: &Event| matches!(event.kind, EventKind::Done(_) | EventKind::Refused(..));
        self.run.log().iter().any(is_act)
    }

    /// The close by the venue, if it has come by this moment.
    pub(super) fn closed_until(&self, moment: usize) -> Option<&Event> {
        let is_close = |event: &&Event| event.kind == EventKind::Closed { by_holder: false };
        self.run.log_until(moment).iter().find(is_close)
    }

    /// Where the mark is back above the line after the close; absent where it never is.
    pub(super) fn recovery(&self) -> Option<&Event> {
        self.run.log().iter().find(|event| event.kind == EventKind::MarkRecovered)
    }
}
