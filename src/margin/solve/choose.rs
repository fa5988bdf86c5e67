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

    fn meets(&self) -> bool {
        self.is_taken() && self.judged.meets()
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
    let mut is_reached = false;
    for sample in chooser.riskiest_first() {
        if !(sample.is_taken() && sample.judged.is_exact()) {
            continue;
        }
        is_reached = true;
        if let Some(found) = chooser.on_step([&sample.value].into_iter())?
            && found.meets()
        {
            let figure = sample.value.figure()?;
            let is_whole = N::of(&figure).compare(&sample.value)? == Ordering::Equal;
            return Ok(Choice::Found { exact: is_whole.then_some(figure), value: found.value });
        }
    }
    for (before, after) in &cells {
        if !chooser.is_turn(before, after)? {
            continue;
        }
        is_reached = true;
        if let Some(found) = chooser.on_step([before, after].into_iter())?
            && found.meets()
        {
            return Ok(Choice::Found { exact: None, value: found.value });
        }
    }
    let reason = if is_reached { Reason::StepTooCoarse } else { chooser.reason()? };
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

impl<N: Number> OnStep<N> {
    fn meets(&self) -> bool {
        self.judged.meets()
    }
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

    /// Whether a wish that is met at one of two neighbours is not met at the other.
    fn is_turn(&self, before: &N, after: &N) -> Result<bool, ComputeError> {
        let (before, after) = (self.question.judge(before)?, self.question.judge(after)?);
        let is_taken = before.bar.is_none() && after.bar.is_none();
        Ok(is_taken && before.meets() != after.meets())
    }

    /// The best step beside some values, among those a venue takes: one that meets the wish rather
    /// than one that does not, and the closest to it.
    fn on_step<'v>(
        &self,
        values: impl Iterator<Item = &'v N>,
    ) -> Result<Option<OnStep<N>>, ComputeError>
    where
        N: 'v,
    {
        let mut best: Option<OnStep<N>> = None;
        for value in values {
            for rounding in [Rounding::Floor, Rounding::Ceiling] {
                let value = value.to_step(self.step, rounding)?;
                self.consider(value, &mut best)?;
            }
        }
        Ok(best)
    }

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
        if one.meets() != other.meets() {
            return Ok(one.meets());
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

    /// The step that comes nearest to the wish, over all turns: beside each of them, and one step
    /// further for an end that is not included.
    fn nearest(&self) -> Result<Option<Exact>, ComputeError> {
        let mut best = None;
        let ends = [self.samples.first(), self.samples.last()];
        let turns = self
            .samples
            .iter()
            .zip(self.samples.iter().skip(1))
            .filter(|(a, b)| (a.is_taken(), a.meets()) != (b.is_taken(), b.meets()));
        let beside = turns.flat_map(|(a, b)| [a, b]).chain(ends.into_iter().flatten());
        for sample in beside {
            let down = sample.value.to_step(self.step, Rounding::Floor)?;
            let up = sample.value.to_step(self.step, Rounding::Ceiling)?;
            for value in [down.minus(self.step)?, down, up, up.plus(self.step)?] {
                self.consider(value, &mut best)?;
            }
        }
        Ok(best.map(|best| best.value))
    }

    /// Why no value that a venue takes meets the wish exactly.
    fn reason(&self) -> Result<Reason, ComputeError> {
        let taken = || self.samples.iter().filter(|sample| sample.is_taken());
        if let Some(reason) = self.reason_elsewhere()? {
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
            return Ok(if self.is_unmoved()? { Reason::NoEffect } else { Reason::AlwaysBetter });
        }
        if taken().all(|sample| matches!(sample.judged.verdict, Verdict::TableEnds)) {
            return Ok(Reason::TableEnds);
        }
        if self.is_lost_already()? {
            return Ok(Reason::AlreadyLost);
        }
        Ok(if self.is_unmoved()? { Reason::NoEffect } else { Reason::AlwaysWorse })
    }

    /// A value that meets the wish exactly, and that a venue does not take.
    fn reason_elsewhere(&self) -> Result<Option<Reason>, ComputeError> {
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

    /// Whether every value closes the position at the same price.
    fn is_unmoved(&self) -> Result<bool, Overflow> {
        let mut first: Option<&N> = None;
        for sample in self.samples.iter().filter(|sample| sample.is_taken()) {
            match (&sample.judged.verdict, first) {
                (Verdict::By(slack), None) => first = Some(slack),
                (Verdict::By(slack), Some(first)) if slack.compare(first)? == Ordering::Equal => {}
                _ => return Ok(false),
            }
        }
        Ok(first.is_some())
    }

    /// Whether the mark has already cost more than the largest loss, whatever the unknown.
    fn is_lost_already(&self) -> Result<bool, ComputeError> {
        let is_margin = matches!(self.question.unknown, Unknown::Leverage | Unknown::AddedMargin);
        let (Goal::Loss(loss), true) = (&self.question.goal, is_margin) else {
            return Ok(false);
        };
        let setting = self.question.setting(&N::one())?;
        let profit = setting.leg.profit.at(&self.question.here)?;
        Ok(!loss.plus(&profit)?.is_positive())
    }
}

fn magnitude<N: Number>(value: &N) -> N {
    if value.is_negative() { value.negated() } else { value.clone() }
}
