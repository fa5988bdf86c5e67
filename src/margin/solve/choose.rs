//! From judged values to the answer: the value that meets the wish exactly, the step beside it on
//! the safe side, or why there is none and what comes nearest.

use core::cmp::Ordering;

use crate::quantity::{Exact, Money, Number, Overflow, Rounding, Side};

use super::super::report::ComputeError;
use super::pieces::{Points, points};
use super::question::{Bar, Goal, Judged, Question, Verdict};
use super::{Reason, Unknown};

/// The answer before its report is made.
pub(super) enum Choice {
    Found {
        /// The value that meets the wish exactly, where it is a fraction that a report holds.
        exact: Option<Exact>,
        value: Exact,
        rounding: Option<Rounding>,
    },
    Unreachable {
        reason: Reason,
        nearest: Option<Exact>,
    },
}

/// A value and what it makes of the wish.
struct Sample<N> {
    value: N,
    judged: Judged<N>,
}

impl<N: Number> Sample<N> {
    fn is_taken(&self) -> bool {
        self.judged.bar.is_none()
    }
}

struct Chooser<'q, 'a, N> {
    question: &'q Question<'a, N>,
    step: &'q Exact,
    low: N,
    high: N,
    /// Rising.
    samples: Vec<Sample<N>>,
}

/// Answers a question.
pub(super) fn choose<N: Number>(
    question: &Question<'_, N>,
    step: &Exact,
) -> Result<Choice, ComputeError> {
    let (low, high) = limits(question.unknown)?;
    let (low, high) = (N::of(&low), N::of(&high));
    let Points { values, cells } = points(question, step, &low, &high)?;
    let mut samples = Vec::with_capacity(values.len());
    for value in values {
        let judged = question.judge(&value)?;
        samples.push(Sample { value, judged });
    }
    let chooser = Chooser { question, step, low, high, samples };
    if question.is_gain {
        let nearest = chooser.nearest()?;
        return Ok(Choice::Unreachable { reason: Reason::GainingSide, nearest });
    }
    let meetings = chooser.meetings(&cells)?;
    for meeting in &meetings {
        let Some((value, rounding)) = chooser.on_step(meeting)? else {
            continue;
        };
        let is_on_step = match meeting.exact {
            Some(exact) => N::of(&value).compare(exact)? == Ordering::Equal,
            None => false,
        };
        let rounding = (!is_on_step).then_some(rounding);
        let exact = match meeting.exact {
            Some(exact) => {
                let figure = exact.figure()?;
                let is_whole = N::of(&figure).compare(exact)? == Ordering::Equal;
                is_whole.then_some(figure)
            }
            None => None,
        };
        return Ok(Choice::Found { exact, value, rounding });
    }
    let reason = if meetings.is_empty() { chooser.reason(&cells)? } else { Reason::StepTooCoarse };
    Ok(Choice::Unreachable { reason, nearest: chooser.nearest()? })
}

/// The lowest and highest value that an input accepts; a venue offers no leverage below 1.
fn limits(unknown: Unknown) -> Result<(Exact, Exact), Overflow> {
    let ten = |power: u32| Exact::from_integer(10_i64.wrapping_pow(power));
    let least = |power: u32| Exact::ONE.over(&ten(power));
    Ok(match unknown {
        Unknown::Leverage => (Exact::ONE, ten(3)),
        Unknown::Quantity | Unknown::EntryPrice => (least(12)?, ten(12).minus(&least(12)?)?),
        Unknown::AddedMargin => {
            let most = ten(15).minus(&least(8)?)?;
            (most.negated(), most)
        }
    })
}

/// A step of the grid, and what it makes of the wish.
struct OnStep<N> {
    value: Exact,
    judged: Judged<N>,
}

/// A value that meets the wish exactly, or two neighbours of one that is no fraction.
struct Meeting<'s, N> {
    before: &'s N,
    after: &'s N,
    exact: Option<&'s N>,
    /// Whether the wish stays met on the side that is safer in the plain case.
    is_plain: bool,
}

impl<N: Number> Chooser<'_, '_, N> {
    /// Whether a higher value of the unknown is the riskier one in the plain case.
    fn is_riskier_higher(&self) -> bool {
        match self.question.unknown {
            Unknown::Leverage | Unknown::Quantity => true,
            Unknown::AddedMargin => false,
            Unknown::EntryPrice => self.question.position.side == Side::Long,
        }
    }

    fn riskiest_first(&self) -> impl Iterator<Item = &Sample<N>> {
        let count = self.samples.len();
        let is_reversed = self.is_riskier_higher();
        (0..count).filter_map(move |index| {
            let turned = count.saturating_sub(1).saturating_sub(index);
            self.samples.get(if is_reversed { turned } else { index })
        })
    }

    /// Where the wish is met exactly by a value that a venue takes: first those from which it stays
    /// met toward safety, and among them the riskiest.
    fn meetings<'s>(&'s self, cells: &'s [(N, N)]) -> Result<Vec<Meeting<'s, N>>, ComputeError> {
        let is_met = |sample: &Sample<N>| sample.is_taken() && sample.judged.meets();
        let is_riskier_higher = self.is_riskier_higher();
        let mut meetings = Vec::new();
        for (index, sample) in self.samples.iter().enumerate() {
            if sample.is_taken() && sample.judged.is_exact() {
                let before = index.checked_sub(1).and_then(|index| self.samples.get(index));
                let after = self.samples.get(index.saturating_add(1));
                let safer = if is_riskier_higher { before } else { after };
                let value = &sample.value;
                meetings.push(Meeting {
                    before: value,
                    after: value,
                    exact: Some(value),
                    is_plain: safer.is_some_and(is_met),
                });
            }
        }
        for (before, after) in cells {
            let (at_before, at_after) = (self.question.judge(before)?, self.question.judge(after)?);
            let is_taken = at_before.bar.is_none() && at_after.bar.is_none();
            if is_taken && at_before.meets() != at_after.meets() {
                let is_plain = if is_riskier_higher { &at_before } else { &at_after }.meets();
                meetings.push(Meeting { before, after, exact: None, is_plain });
            }
        }
        if is_riskier_higher {
            meetings.reverse();
        }
        let (mut meetings, others): (Vec<_>, Vec<_>) =
            meetings.into_iter().partition(|meeting| meeting.is_plain);
        meetings.extend(others);
        Ok(meetings)
    }

    /// The step beside a value that meets the wish: on the side on which it stays met if there is
    /// one, else on the other.
    fn on_step(&self, meeting: &Meeting<'_, N>) -> Result<Option<(Exact, Rounding)>, ComputeError> {
        let is_safe_lower = self.is_riskier_higher() == meeting.is_plain;
        let lower = (meeting.before, Rounding::Floor);
        let higher = (meeting.after, Rounding::Ceiling);
        let sides = if is_safe_lower { [lower, higher] } else { [higher, lower] };
        for (value, rounding) in sides {
            let mut found = None;
            self.consider(value.to_step(self.step, rounding)?, &mut found)?;
            if let Some(found) = found.filter(|found| found.judged.meets()) {
                return Ok(Some((found.value, rounding)));
            }
        }
        Ok(None)
    }

    /// Keeps a step if an input and the venue take it and it is better than the best so far.
    fn consider(&self, value: Exact, best: &mut Option<OnStep<N>>) -> Result<(), ComputeError> {
        let wide = N::of(&value);
        let is_inside = self.low.is_at_most(&wide)? && wide.is_at_most(&self.high)?;
        if !is_inside || best.as_ref().is_some_and(|best| best.value == value) {
            return Ok(());
        }
        let judged = self.question.judge(&wide)?;
        if judged.bar.is_some() {
            return Ok(());
        }
        let found = OnStep { value, judged };
        let is_better = match best {
            Some(best) => self.is_better(&found, best)?,
            None => true,
        };
        if is_better {
            *best = Some(found);
        }
        Ok(())
    }

    fn is_better(&self, one: &OnStep<N>, other: &OnStep<N>) -> Result<bool, Overflow> {
        if one.judged.meets() != other.judged.meets() {
            return Ok(one.judged.meets());
        }
        let order = match (&one.judged.verdict, &other.judged.verdict) {
            (Verdict::By(one), Verdict::By(other)) => magnitude(one).compare(&magnitude(other))?,
            (Verdict::By(_), _) => Ordering::Less,
            (_, Verdict::By(_)) => Ordering::Greater,
            _ => Ordering::Equal,
        };
        Ok(match order {
            Ordering::Less => true,
            Ordering::Greater => false,
            Ordering::Equal => {
                let is_higher = other.value.is_below(&one.value)?;
                is_higher == self.is_riskier_higher()
            }
        })
    }

    /// The step that comes nearest to the wish, beside any of the turns; one step further for an end
    /// that is not included.
    fn nearest(&self) -> Result<Option<Exact>, ComputeError> {
        let mut best = None;
        for sample in &self.samples {
            let down = sample.value.to_step(self.step, Rounding::Floor)?;
            let up = sample.value.to_step(self.step, Rounding::Ceiling)?;
            for value in [down.minus(self.step)?, down, up, up.plus(self.step)?] {
                self.consider(value, &mut best)?;
            }
        }
        Ok(best.map(|best| best.value))
    }

    /// Why no value that a venue takes meets the wish exactly.
    fn reason(&self, cells: &[(N, N)]) -> Result<Reason, ComputeError> {
        let taken = || self.samples.iter().filter(|sample| sample.is_taken());
        if let Some(reason) = self.reason_elsewhere(cells)? {
            return Ok(reason);
        }
        let neighbours = self.samples.iter().zip(self.samples.iter().skip(1));
        let mut turns = neighbours
            .filter(|(a, b)| a.is_taken() && b.is_taken() && a.judged.meets() != b.judged.meets());
        if let Some((a, b)) = turns.next() {
            let ends = [a, b].iter().any(|it| matches!(it.judged.verdict, Verdict::TableEnds));
            return Ok(if ends { Reason::TableEnds } else { Reason::InsideJump });
        }
        let Some(first) = taken().next() else {
            return Ok(self.barred());
        };
        if first.judged.meets() {
            return Ok(Reason::AlwaysBetter);
        }
        if taken().any(|sample| matches!(sample.judged.verdict, Verdict::TableEnds)) {
            return Ok(Reason::TableEnds);
        }
        if self.is_lost_already()? {
            return Ok(Reason::AlreadyLost);
        }
        Ok(Reason::AlwaysWorse)
    }

    /// A value that meets the wish exactly, and that a venue does not take.
    fn reason_elsewhere(&self, cells: &[(N, N)]) -> Result<Option<Reason>, ComputeError> {
        for sample in self.riskiest_first().filter(|sample| sample.judged.is_exact()) {
            match &sample.judged.bar {
                Some(Bar::Refused(rejection)) => return Ok(Some(Reason::Refused(*rejection))),
                Some(Bar::Withdrawal) => {
                    let spare = Money::from_exact(sample.value.negated().figure()?);
                    return Ok(Some(Reason::MarginToSpare(spare)));
                }
                Some(Bar::AtOnce) | None => {}
            }
        }
        for (before, after) in cells {
            let (before, after) = (self.question.judge(before)?, self.question.judge(after)?);
            if before.meets() != after.meets()
                && let Some(Bar::Refused(rejection)) = before.bar.or(after.bar)
            {
                return Ok(Some(Reason::Refused(rejection)));
            }
        }
        Ok(None)
    }

    /// Why nothing is taken at all: the reason at the safest value.
    fn barred(&self) -> Reason {
        let mut reason = Reason::ClosedAtOnce;
        for sample in self.riskiest_first() {
            match &sample.judged.bar {
                Some(Bar::Refused(rejection)) => reason = Reason::Refused(*rejection),
                Some(Bar::AtOnce) => reason = Reason::ClosedAtOnce,
                Some(Bar::Withdrawal) | None => {}
            }
        }
        reason
    }

    /// Whether the mark has already cost more than the largest loss, whatever the unknown.
    fn is_lost_already(&self) -> Result<bool, ComputeError> {
        let is_margin = matches!(self.question.unknown, Unknown::Leverage | Unknown::AddedMargin);
        let (Goal::Loss(loss), true) = (&self.question.goal, is_margin) else {
            return Ok(false);
        };
        let setting = self.question.setting(&N::one())?;
        let profit = setting.leg.profit.at(&self.question.here.at)?;
        Ok(!loss.plus(&profit)?.is_positive())
    }
}

fn magnitude<N: Number>(value: &N) -> N {
    if value.is_negative() { value.negated() } else { value.clone() }
}
