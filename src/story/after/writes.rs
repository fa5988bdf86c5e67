//! What each element of the chapter becomes.

use crate::page::Writes;
use crate::picture::WIDE_FROM;
use crate::process::{Flow, Stage, State, log_text};
use crate::quantity::{Money, Side};
use crate::story::refused;
use crate::words::{Answer, Pen};

use super::body::{PRESETS, SPEEDS};
use super::chart::{chart, seconds};
use super::course::{Course, POINT_MS};
use super::lines::{Teller, clock};
use super::rules::{FREED, PORTIONS, RANKINGS, key_of};
use super::{After, Kept, compare, flows, told};

/// Bytes of a pasted path that are written back to its field.
const MOST_SHOWN: usize = 100_000;
/// Between the log and what stands beside it.
const GAP: u32 = 56;

impl After {
    pub(super) fn written(&self, list: &mut Writes, answer: &Answer, width: u32) {
        let trouble = self.play(list, answer).err();
        self.write_choices(list, answer);
        list.text("after-failed", trouble.as_deref().unwrap_or_default());
        for id in ["after-draw", "after-outcome", "after-log", "after-compared"] {
            list.class(id, "stale", trouble.is_some());
        }
        let mut kept = self.kept.borrow_mut();
        // Of a position that no exchange would open, nothing before it is told either.
        let is_refused = refused(answer).is_some();
        let kept = kept.as_mut().filter(|_| !is_refused);
        for id in ["after-stage", "after-unfold"] {
            list.flag(id, "hidden", kept.is_none());
        }
        let Some(kept) = kept else {
            if is_refused {
                list.text("after-peek", "");
            }
            return;
        };
        self.draw(list, kept, width);
        list.markup("after-compared", kept.compared.clone());
        self.write_moment(list, kept, width);
    }

    fn write_choices(&self, list: &mut Writes, answer: &Answer) {
        let course = self.course.borrow();
        for (id, preset, _) in PRESETS {
            list.attribute(id, "aria-pressed", &(course.preset() == Some(preset)).to_string());
        }
        let is_own = matches!(*course, Course::Own(_));
        list.attribute("after-path-own", "aria-pressed", &is_own.to_string());
        let is_pasted = matches!(*course, Course::Pasted(_));
        list.text("after-pasted", if is_pasted { "A path that was pasted." } else { "" });
        list.flag("after-own", "hidden", !is_own);
        list.flag("after-hint", "hidden", !is_own);
        list.flag("after-draw", "data-draw", is_own);
        list.value("after-point", &self.point.to_string());
        let time = u64::try_from(self.point).unwrap_or(0).saturating_mul(POINT_MS);
        list.text("after-point-says", &format!("At {}", clock(time)));
        list.attribute("after-point", "aria-valuetext", &clock(time));
        if let Some(rules) = self.venue_rules() {
            list.value("after-venue", &rules.id);
        }
        list.value("after-portion", key_of(&PORTIONS, self.portion));
        list.value("after-ranking", key_of(&RANKINGS, self.ranking));
        list.value("after-freed", key_of(&FREED, self.freed));
        // What is longer was not put there by us, and comparing it would be felt at every step.
        if self.pasted.len() <= MOST_SHOWN {
            list.value("after-csv", &self.pasted);
        }
        list.class("after-csv-say", "problem", self.report.is_problem);
        list.text("after-csv-say", &self.report.text);
        list.attribute("after-csv", "aria-invalid", &self.report.is_problem.to_string());
        list.text(
            "after-book-head",
            &match answer.position.side {
                Side::Long => format!("{} wanted at each bid", answer.draft.coin),
                Side::Short => format!("{} offered at each ask", answer.draft.coin),
            },
        );
        let is_changed = self.rules_typed.is_own()
            || self.world_typed.is_own()
            || self.portion.is_some()
            || self.freed.is_some()
            || self.ranking.is_some();
        list.flag("after-reset", "hidden", !is_changed);
        let speed = SPEEDS.iter().find(|(_, speed)| *speed == self.clock.speed);
        list.value("after-speed", speed.map_or("1", |(key, _)| key));
        list.text("after-play", if self.clock.plays { "Pause" } else { "Play" });
    }

    /// The chart, which is drawn anew for another run or another width only.
    fn draw(&self, list: &mut Writes, kept: &mut Kept, width: u32) {
        if kept.width != width {
            let drawn = chart(&kept.outcome, &kept.moments, &kept.answer).and_then(|chart| {
                let frame = chart.frame(width)?;
                Ok((chart.draw(&frame)?, frame))
            });
            kept.width = width;
            (kept.chart, kept.frame) = match drawn {
                Ok((drawn, frame)) => (drawn, Some(frame)),
                Err(_) => (String::new(), None),
            };
        }
        list.markup("after-chart", kept.chart.clone());
    }

    fn write_moment(&self, list: &mut Writes, kept: &Kept, width: u32) {
        let Kept { answer, rules, outcome, .. } = kept;
        let (pen, coin) = (Pen::new(answer), answer.draft.coin);
        let teller = Teller { pen, rules, coin, side: answer.position.side };
        let last = outcome.last();
        let at = self.clock.at.get().min(last);
        list.text("after-peek", &peek(kept, &pen));
        list.attribute("after-at", "max", &last.to_string());
        list.value("after-at", &at.to_string());
        let time = outcome.time_of(at);
        list.text("after-clock", &clock(time));
        let (Some(tick), Ok(state)) = (outcome.run.ticks().get(at), outcome.run.at(at)) else {
            return;
        };
        let standing = told::standing(&state, tick, &teller);
        list.attribute("after-at", "aria-valuetext", &format!("{}. {standing}", clock(time)));
        list.text("after-standing", &standing);
        let cursor = kept.frame.as_ref().zip(seconds(time).ok());
        let cursor = cursor.map(|(frame, time)| frame.cursor(&time, &[*tick.mark.exact()]));
        list.markup("after-cursor", cursor.unwrap_or_default());
        let lost = match self.lost {
            0 => String::new(),
            1 => " One action came after the end of this path, and is gone.".to_owned(),
            lost => format!(" {lost} actions came after the end of this path, and are gone."),
        };
        list.text("after-outcome", &(self.outcome_told(kept, at, &teller) + &lost));
        let recovery = outcome.recovery().filter(|_| outcome.closed_until(at).is_some());
        list.flag("after-final", "hidden", recovery.is_none());
        let stands = recovery.map(|event| {
            format!(
                "From here it cannot be undone. If the mark recovers a moment later, the liquidation \
                 stands. At {} the mark is back at {}, and nothing comes back.",
                clock(event.at),
                pen.near_price(&event.mark)
            )
        });
        list.text("after-final", &stands.unwrap_or_default());
        list.markup("after-log", told::log(outcome.run.log_until(at), &teller));
        list.attribute("after-plain-toggle", "aria-expanded", &self.is_plain.to_string());
        list.flag("after-plain", "hidden", !self.is_plain);
        list.flag("after-plain-says", "hidden", !self.is_plain);
        if self.is_plain {
            list.text("after-plain", kept.plain.get_or_init(|| log_text(outcome.run.log())));
        }
        list.markup("after-did", self.actions_told(kept, &pen));
        list.markup("after-terms", compare::in_force(rules, &pen));
        list.text("after-source", &compare::source(rules));
        write_money(list, kept, at, &state, &pen, width);
    }

    /// What has happened by now; once nothing more can, what the path came to.
    fn outcome_told(&self, kept: &Kept, at: usize, teller: &Teller<'_>) -> String {
        let outcome = &kept.outcome;
        let is_over = outcome.last() <= at || outcome.closed_until(at).is_some();
        if !is_over {
            let latest = outcome.run.log_until(at).last();
            return latest.map_or_else(
                || "Nothing has happened yet.".to_owned(),
                |event| format!("{}: {}.", clock(event.at), teller.line(event).title),
            );
        }
        let (pen, end) = (&teller.pen, &outcome.end);
        let back = format!(
            "{} of {} comes back",
            pen.money(&end.returned),
            pen.brief(&kept.answer.position_margin)
        );
        let acted = outcome.has_acted();
        let mut text = match end.closed {
            Some((at, true)) => format!("You have closed it yourself at {}: {back}.", clock(at)),
            Some((at, false)) if acted => {
                format!("It is closed anyway, at {}: {back}.", clock(at))
            }
            Some((at, false)) => format!("Closed at {}: {back}.", clock(at)),
            None => open_told(kept, acted, teller),
        };
        if end.fund_paid.exact().is_positive() {
            text.push_str(&format!(" The insurance fund pays {}.", pen.money(&end.fund_paid)));
        }
        if end.forgone.exact().is_positive() {
            text.push_str(&format!(
                " Winners on the other side give up {}.",
                pen.money(&end.forgone)
            ));
        }
        text
    }
}

/// A path that closes nothing.
fn open_told(kept: &Kept, acted: bool, teller: &Teller<'_>) -> String {
    let size = teller.pen.short(kept.outcome.run.end().size.exact(), 8);
    let open = format!("{size} {} is open at the end of the path", teller.coin);
    match kept.outcome.run.end().stage {
        Stage::Below { .. } => {
            let why = if kept.outcome.run.end().is_in_hand() {
                "the exchange goes on at its next look".to_owned()
            } else {
                let dwell = clock(kept.rules.dwell_ms());
                format!("the path ends before it has been so for {dwell}")
            };
            return format!("{open}. The threshold is broken, and {why}.");
        }
        Stage::Pausing { until } => {
            return format!("{open}. The exchange closes the rest at {}.", clock(until));
        }
        _ => {}
    }
    if kept.outcome.end.forced.exact().is_positive() {
        return format!("{} {open}.", forced_told(kept, teller));
    }
    let start = if acted { "It survives" } else { "It stays open" };
    let trade = kept.lone_trade.as_ref().map_or_else(String::new, |trade| {
        let trade = teller.pen.near_price(trade);
        format!(
            " One trade at {trade} lies past the closing price; the mark never did, and trades close \
             nothing."
        )
    });
    format!("{start}: {open}.{trade}")
}

/// What the exchange has closed of a position that stays open, and what that took.
fn forced_told(kept: &Kept, teller: &Teller<'_>) -> String {
    let (end, pen) = (&kept.outcome.end, &teller.pen);
    let result = if end.lost.exact().is_negative() { "a gain" } else { "a loss" };
    let fees = if end.fees.exact().is_positive() {
        format!(" and {} in fees", pen.money(&end.fees))
    } else {
        String::new()
    };
    format!(
        "The exchange closes {} of {} {}, at {result} of {}{fees}.",
        pen.short(end.forced.exact(), 8),
        pen.short(kept.answer.position.quantity.exact(), 8),
        teller.coin,
        pen.money(&Money::from_exact(end.lost.exact().magnitude())),
    )
}

/// `246.15 of 2 600 comes back`.
fn peek(kept: &Kept, pen: &Pen) -> String {
    let end = &kept.outcome.end;
    match end.closed {
        Some(_) => format!(
            "{} of {} comes back",
            pen.money(&end.returned),
            pen.brief(&kept.answer.position_margin)
        ),
        None => {
            format!("{} at the end of this path", compare::still_open(end, &kept.answer, pen))
        }
    }
}

/// What moved last, who holds what, and the sum of it.
fn write_money(list: &mut Writes, kept: &Kept, at: usize, state: &State, pen: &Pen, width: u32) {
    let log = kept.outcome.run.log_until(at);
    let latest = log.iter().rev().find(|event| !event.flows.is_empty());
    let moved: Vec<Flow> = log
        .iter()
        .filter(|event| latest.is_some_and(|latest| latest.tick == event.tick))
        .flat_map(|event| event.flows.iter().copied())
        .collect();
    let said = latest.map_or_else(
        || "Nothing has moved yet.".to_owned(),
        |event| format!("Moved at {}, in this order:", clock(event.at)),
    );
    list.text("after-moved", &said);
    let column = if width < WIDE_FROM {
        width
    } else {
        width.saturating_sub(GAP).saturating_mul(5).checked_div(12).unwrap_or(width)
    };
    list.markup("after-flows", flows::picture(&moved, pen, column));
    let start = kept.outcome.run.setup().start();
    let Ok(start) = start else {
        return;
    };
    list.markup("after-balances", flows::rows(&start.balances, &state.balances, pen));
    let same = start.balances.total() == state.balances.total();
    let unpaid = match state.stage {
        Stage::Closed { .. } if state.unpaid.exact().is_positive() => {
            format!(" {} that the other side was owed is paid by nobody.", pen.money(&state.unpaid))
        }
        _ => String::new(),
    };
    let sum = if same { "The sum is the same to the last digit." } else { "The sum differs." };
    list.text("after-sum", &format!("{sum}{unpaid}"));
}
