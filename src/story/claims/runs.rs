//! Claims of the mark price and of the process: what their chapters show, worked out by the same
//! calculation.

use crate::process::{Action, Event, EventKind, Freed, Run, Setup};
use crate::quantity::{Exact, Money};
use crate::story::Chapter;
use crate::story::after::After;
use crate::story::after::lines::clock;
use crate::story::after::played::end;
use crate::story::mark::Mark;
use crate::venue::MarkPart;

use super::counts::{fees, parts, remainders};
use super::figures::{Case, Figure};
use super::file::Claim;

impl Case {
    /// The path that the claim sets, by the rules that it sets or by others, with a change of what it
    /// begins with.
    fn run(&self, claim: &Claim, rules: Option<&str>, change: &dyn Fn(&mut Setup)) -> Option<Run> {
        let mut chapter = After::new()?;
        set(&mut chapter, claim);
        if let Some(rules) = rules {
            chapter.take("after-venue", rules);
        }
        let (mut setup, ticks) = chapter.begin(&self.answer)?;
        change(&mut setup);
        let run = Run::new(setup, ticks).ok()?;
        run.stopped().is_none().then_some(run)
    }

    /// The chapter of the mark price, as the claim sets it.
    fn minute(claim: &Claim) -> Option<Mark> {
        let mut chapter = Mark::new()?;
        set(&mut chapter, claim);
        Some(chapter)
    }

    pub(super) fn odd_trade(&self, claim: &Claim) -> Option<String> {
        let chapter = Self::minute(claim)?;
        let played = chapter.shown(&self.answer)?.played;
        let spare = self.missing()?.exact().negated();
        Some(format!(
            "For one second a trade stands at {}, beyond the closing price of {}. The mark never goes \
             below {}, where {} are to spare.",
            self.pen.near_price(&played.worst_trade.1),
            self.pen.price(&self.closing()?),
            self.pen.near_price(&played.worst_mark.1),
            self.pen.available(&Money::from_exact(spare))
        ))
    }

    pub(super) fn median(&self, claim: &Claim) -> Option<String> {
        let chapter = Self::minute(claim)?;
        let shown = chapter.shown(&self.answer)?;
        let (_, quote) = shown.played.steps.first()?;
        let part = |part| Some(self.pen.near_price(quote.part(part)?));
        Some(format!(
            "With the index at {}, funding of {} and the book at {}: price 1 is {}, price 2 is {}, the \
             last trade {}. The mark is the one between, {}.",
            self.pen.price(&shown.start.index),
            self.pen.rate(shown.funding.rate.exact()),
            self.pen.price(&shown.start.mid),
            part(MarkPart::Funding)?,
            part(MarkPart::Basis)?,
            part(MarkPart::Last)?,
            self.pen.near_price(&quote.mark)
        ))
    }

    pub(super) fn in_time(&self, claim: &Claim) -> Option<String> {
        let hundred = Exact::from_integer(100);
        let left = self.run(claim, None, &|_| ())?;
        let warned = event(&left, |kind| *kind == EventKind::MarginCall)?;
        // Just after the warning is known.
        let add = (warned.at.saturating_add(1), Action::AddMargin(Money::from_exact(hundred)));
        let added = self.run(claim, None, &|setup| setup.actions = vec![add])?;
        Some(format!(
            "The price falls within seconds: a warning at {}, and {}. 100 added between the two move \
             the closing price from {} to {}, and {}.",
            clock(warned.at),
            fate(&left),
            self.pen.price(&self.closing()?),
            self.pen.price(&self.with_added(&hundred)?),
            fate(&added)
        ))
    }

    pub(super) fn dip(&self, claim: &Claim) -> Option<String> {
        let (waits, acts) =
            (self.run(claim, None, &|_| ())?, self.run(claim, claim.beside, &|_| ())?);
        let broken = event(&waits, |kind| matches!(kind, EventKind::ThresholdBroken { .. }))?;
        let regained = event(&waits, |kind| *kind == EventKind::ThresholdRegained)?;
        Some(format!(
            "From {} to {} the mark is at {}, past the line at {}. With the article\u{2019}s wait {}; \
             by the rules of {} {}.",
            clock(broken.at),
            clock(regained.at),
            self.pen.near_price(&broken.mark),
            self.pen.price(&self.closing()?),
            fate(&waits),
            acts.setup().rules.name,
            fate(&acts)
        ))
    }

    pub(super) fn freed(&self, claim: &Claim) -> Option<String> {
        let to = |freed| self.run(claim, None, &|setup| setup.rules.freed = Some(freed));
        let (backed, free) = (to(Freed::ToPosition)?, to(Freed::ToWallet)?);
        let cancelled = |kind: &EventKind| matches!(kind, EventKind::OrdersCancelled { .. });
        let event = event(&backed, cancelled)?;
        let EventKind::OrdersCancelled { freed, .. } = &event.kind else {
            return None;
        };
        Some(format!(
            "Orders that held {} are cancelled at {}. Where that backs the position its closing price \
             becomes {}, and {}. Where it goes to the wallet, {}.",
            self.pen.money(freed),
            clock(event.at),
            self.pen.price(&self.with_added(freed.exact())?),
            fate(&backed),
            fate(&free)
        ))
    }

    pub(super) fn in_part(&self, claim: &Claim) -> Option<String> {
        let run = self.run(claim, None, &|_| ())?;
        Some(format!(
            "{} Here {} of {} {} stay open by the rules of {}.",
            parts(),
            self.pen.short(run.end().size.exact(), 8),
            self.pen.short(self.answer.position.quantity.exact(), 8),
            self.answer.draft.coin,
            run.setup().rules.name
        ))
    }

    pub(super) fn left_over(&self, claim: &Claim) -> Option<String> {
        let (one, other) =
            (self.run(claim, None, &|_| ())?, self.run(claim, claim.beside, &|_| ())?);
        Some(format!(
            "{} On the same path {} of {} comes back by the rules of {}, and {} by those of {}.",
            remainders(),
            self.pen.money(&end(&one).returned),
            self.pen.money(&self.answer.position_margin),
            one.setup().rules.name,
            self.pen.money(&end(&other).returned),
            other.setup().rules.name
        ))
    }

    pub(super) fn fee(&self, claim: &Claim) -> Option<Figure> {
        let run = self.run(claim, None, &|_| ())?;
        let fee = event(&run, |kind| matches!(kind, EventKind::Fee { .. }))?;
        let EventKind::Fee { due, charged, .. } = &fee.kind else {
            return None;
        };
        let mut figure = fees(&self.pen)?;
        figure.sentence = format!(
            "Of a fee of {} on 0.1 BTC, {} is left and taken. {}",
            self.pen.money(due),
            self.pen.money(charged),
            figure.sentence
        );
        Some(figure)
    }

    pub(super) fn recovered(&self, claim: &Claim) -> Option<String> {
        let run = self.run(claim, None, &|_| ())?;
        let back = event(&run, |kind| *kind == EventKind::MarkRecovered)?;
        let end = end(&run);
        Some(format!(
            "Closed at {}. At {} the mark is back at {}, above the line at {}: {} of {} comes back.",
            clock(end.closed?.0),
            clock(back.at),
            self.pen.near_price(&back.mark),
            self.pen.price(&self.closing()?),
            self.pen.money(&end.returned),
            self.pen.money(&self.answer.position_margin)
        ))
    }
}

fn set(chapter: &mut impl Chapter, claim: &Claim) {
    for (id, value) in claim.settings() {
        chapter.take(id, value);
    }
}

/// The first event of a kind.
fn event(run: &Run, is_it: impl Fn(&EventKind) -> bool) -> Option<&Event> {
    run.log().iter().find(|event| is_it(&event.kind))
}

/// How a path ends for the position.
fn fate(run: &Run) -> String {
    match end(run).closed {
        Some((at, _)) => format!("it is closed at {}", clock(at)),
        None => "it stays open".to_owned(),
    }
}
