//! The values at which an answer can turn, each in closed form.
//!
//! Whether a wish is met changes only where one of these is zero, and every one of them is a
//! polynomial in the unknown as long as no tier changes:
//!
//! - the value at some place less a tier's cap: the tier changes;
//! - the margin balance less the maintenance margin at the wanted place, at the mark, and on both
//!   sides of every tier edge where the table jumps;
//! - position margin less the maintenance margin at entry: the venue's own condition.
//!
//! The unknown is taken in the form in which it is straight: 1/leverage, added margin, the place of
//! the entry price (its reciprocal for an inverse contract). In the quantity the terms can hold its
//! square (a slope table), and its reciprocal where a place moves with it, so those are multiplied
//! by the quantity once. A polynomial is then known from as many of its values as it has
//! coefficients, which are taken from the lines that every report uses; nothing is approximated.

use core::cmp::Ordering;

use crate::quantity::{Exact, Number, Overflow};
use crate::venue::{ContractKind, RiskTier};

use super::super::leg::Leg;
use super::super::near::Near;
use super::super::report::ComputeError;
use super::super::stand::Way;
use super::super::steps::in_order;
use super::Unknown;
use super::polynomial::{Polynomial, Root, halfway, step_between};
use super::question::{Goal, Question};
use super::setting::Setting;

/// The values to be judged.
pub(super) struct Points<N> {
    /// Rising: both ends, every turn, and one value between each two.
    pub(super) values: Vec<N>,
    /// Where the wish is met exactly between two neighbours, at a value that is no fraction.
    pub(super) cells: Vec<(N, N)>,
}

/// A place that a condition looks at.
#[derive(Clone, Debug)]
enum Spot<N> {
    /// The mark.
    Here,
    Place(N),
    /// The goal, which moves where the wish is about a loss.
    Goal,
    /// The end of one of the position's own tiers.
    Edge(Exact),
    Entry,
}

struct Pieces<'q, 'a, N> {
    question: &'q Question<'a, N>,
    step: &'q Exact,
    low: &'q N,
    high: &'q N,
    /// The unknown, in the form in which it is straight, and the position with it.
    nodes: Vec<(N, Setting<'a, N>)>,
}

/// All values between `low` and `high` at which the judgment of the question can change.
pub(super) fn points<N: Number>(
    question: &Question<'_, N>,
    step: &Exact,
    low: &N,
    high: &N,
) -> Result<Points<N>, ComputeError> {
    let count = if question.unknown == Unknown::Quantity { 4 } else { 2 };
    let mut nodes = Vec::new();
    for node in 1..=count {
        let node = N::of(&Exact::from_integer(node));
        let setting = question.setting(&value_of(question, &node)?)?;
        nodes.push((node, setting));
    }
    let pieces = Pieces { question, step, low, high, nodes };
    let turns = pieces.tier_changes()?;
    let mut found = Points { values: turns.clone(), cells: Vec::new() };
    for (from, to) in turns.iter().zip(turns.iter().skip(1)) {
        pieces.turns_between(from, to, &mut found)?;
    }
    let turns = sorted(&found.values)?;
    let mut values = Vec::with_capacity(turns.len().saturating_mul(2));
    for (from, to) in turns.iter().zip(turns.iter().skip(1)) {
        values.extend([from.clone(), pieces.between(from, to)?]);
    }
    values.extend(turns.last().cloned());
    Ok(Points { values, cells: found.cells })
}

/// The unknown from the form in which it is straight, and back: the two are each other's reciprocal
/// or the same.
fn value_of<N: Number>(question: &Question<'_, N>, node: &N) -> Result<N, Overflow> {
    let is_inverse = question.market.rules.contract == ContractKind::Inverse;
    match question.unknown {
        Unknown::Leverage => N::one().over(node),
        Unknown::EntryPrice if is_inverse => N::one().over(node),
        Unknown::EntryPrice | Unknown::Quantity | Unknown::AddedMargin => Ok(node.clone()),
    }
}

impl<'a, N: Number> Pieces<'_, 'a, N> {
    /// Where a condition is zero, as values of the unknown from `low` to `high`.
    fn zeros(
        &self,
        condition: impl Fn(&Setting<'a, N>) -> Result<N, Overflow>,
        low: &N,
        high: &N,
    ) -> Result<Vec<Root<N>>, Overflow> {
        let is_quantity = self.question.unknown == Unknown::Quantity;
        let mut values = Vec::with_capacity(self.nodes.len());
        for (node, setting) in &self.nodes {
            let value = condition(setting)?;
            values.push(if is_quantity { value.times(node)? } else { value });
        }
        let polynomial = Polynomial::through(values)?;
        if is_quantity {
            return polynomial.without_zero_roots().roots(self.step, low, high);
        }
        // The unknown may be a reciprocal, which turns the ends around.
        let (a, b) = (value_of(self.question, low)?, value_of(self.question, high)?);
        let (least, most) = if a.is_below(&b)? { (a, b) } else { (b, a) };
        let mut values = Vec::new();
        for root in polynomial.roots(self.step, &least, &most)? {
            // A straight line has no root that is no fraction.
            if let Root::At(node) = root {
                values.push(Root::At(value_of(self.question, &node)?));
            }
        }
        Ok(values)
    }

    /// Where a place lies for a setting.
    fn place(&self, spot: &Spot<N>, setting: &Setting<'a, N>) -> Result<N, Overflow> {
        match spot {
            Spot::Here => Ok(self.question.here.at.clone()),
            Spot::Place(place) => Ok(place.clone()),
            Spot::Goal => self.question.goal_place(setting),
            Spot::Edge(cap) => N::of(cap).over(&setting.leg.value),
            Spot::Entry => Ok(setting.entry.clone()),
        }
    }

    /// Both ends, and every value at which some tier changes at a place that a condition looks at.
    fn tier_changes(&self) -> Result<Vec<N>, Overflow> {
        let mut turns = Vec::new();
        let mut add = |condition: &dyn Fn(&Setting<'a, N>) -> Result<N, Overflow>| {
            for root in self.zeros(condition, self.low, self.high)? {
                match root {
                    Root::At(value) => turns.push(value),
                    Root::Between(before, after) => turns.extend([before, after]),
                }
            }
            Ok::<_, Overflow>(())
        };
        let own = self.question.market.rules.tiers.tiers();
        let caps: Vec<&Exact> = own.iter().filter_map(|tier| tier.cap.as_ref()).collect();
        let spots = [Spot::Here, Spot::Goal, Spot::Entry];
        for cap in &caps {
            for spot in &spots {
                add(&|setting| {
                    let value = match setting.leg.measure() {
                        Some(measure) => measure.clone(),
                        None => setting.leg.value.times(&self.place(spot, setting)?)?,
                    };
                    value.minus(&N::of(cap))
                })?;
            }
        }
        if matches!(self.question.goal, Goal::Loss(_)) {
            let goal = |setting: &Setting<'a, N>| self.question.goal_place(setting);
            add(&goal)?;
            add(&|setting| goal(setting)?.minus(&self.question.here.at))?;
        }
        for edge in self.other_edges(false)? {
            add(&|setting| self.question.goal_place(setting)?.minus(&edge))?;
            for cap in &caps {
                add(&|setting| self.place(&Spot::Edge(**cap), setting)?.minus(&edge))?;
            }
        }
        if self.question.unknown == Unknown::AddedMargin {
            // Below zero it is no longer added.
            turns.push(N::zero());
        }
        turns.extend([self.low.clone(), self.high.clone()]);
        sorted(&turns)
    }

    /// The tier edges of the other positions in the market, or those at which something jumps.
    fn other_edges(&self, only_jumps: bool) -> Result<Vec<N>, Overflow> {
        let mut edges = Vec::new();
        for leg in self.question.others() {
            if !only_jumps || leg.ends_with_table() {
                edges.extend(leg.last_cap()?);
            }
            if only_jumps && leg.is_continuous() {
                continue;
            }
            for index in 0..leg.tiers().len() {
                edges.extend(leg.end_of(index)?);
            }
        }
        Ok(edges)
    }

    /// The places at which the walk can end or begin to differ.
    fn spots(&self) -> Result<Vec<Spot<N>>, Overflow> {
        let mut spots = vec![Spot::Goal, Spot::Here];
        if self.question.way == Way::Lower {
            // Beyond it no price closes the position.
            spots.push(Spot::Place(N::zero()));
        }
        spots.extend(self.other_edges(true)?.into_iter().map(Spot::Place));
        if let Some((_, setting)) = self.nodes.first() {
            let leg = &setting.leg;
            let from = if leg.is_continuous() { leg.tiers().len().saturating_sub(1) } else { 0 };
            if leg.measure().is_none() {
                let caps = leg.tiers().iter().skip(from).filter_map(|tier| tier.cap);
                spots.extend(caps.map(Spot::Edge));
            }
        }
        Ok(spots)
    }

    /// The turns between two values within which no tier changes.
    fn turns_between(&self, from: &N, to: &N, found: &mut Points<N>) -> Result<(), ComputeError> {
        let inside = self.question.setting(&self.between(from, to)?)?;
        for spot in self.spots()? {
            let place = self.place(&spot, &inside)?;
            let place = Near::plain(place);
            let at = self.tiers(&inside, |leg| leg.index_from(0, &place))?;
            let past = self.tiers(&inside, |leg| leg.index_past(0, &place))?;
            let is_goal = matches!(spot, Spot::Goal);
            let roots = self.zeros(|setting| self.surplus(&spot, setting, &at), from, to)?;
            keep(roots, is_goal, found);
            if at != past {
                let roots = self.zeros(|setting| self.surplus(&spot, setting, &past), from, to)?;
                keep(roots, false, found);
            }
        }
        let entry_tier = inside.leg.kept_at(&Near::plain(inside.entry.clone()))?.1;
        if inside.margin.is_some() {
            let free = |setting: &Setting<'a, N>| {
                let kept = setting.leg.requirement(entry_tier)?.at(&setting.entry)?;
                setting.margin.as_ref().unwrap_or(&N::zero()).minus(&kept)
            };
            keep(self.zeros(free, from, to)?, false, found);
        }
        if let (Unknown::Leverage, Some(most)) = (self.question.unknown, entry_tier.max_leverage) {
            let most = N::of(most.exact());
            if from.is_below(&most)? && most.is_below(to)? {
                found.values.push(most);
            }
        }
        Ok(())
    }

    /// A tier of each position of the market, the position itself last.
    fn tiers(
        &self,
        setting: &Setting<'a, N>,
        index: impl Fn(&Leg<'a, N>) -> Result<usize, Overflow>,
    ) -> Result<Vec<&'a RiskTier>, Overflow> {
        let mut tiers = Vec::new();
        for leg in self.question.others().iter().chain([&setting.leg]) {
            tiers.push(&**leg.tier(index(leg)?)?);
        }
        Ok(tiers)
    }

    /// Margin balance less maintenance margin at a place, while these tiers hold.
    fn surplus(
        &self,
        spot: &Spot<N>,
        setting: &Setting<'a, N>,
        tiers: &[&RiskTier],
    ) -> Result<N, Overflow> {
        let place = self.place(spot, setting)?;
        let mut surplus = setting.balance.at(&place)?;
        if let Some(rest) = &self.question.rest {
            surplus = surplus.minus(&rest.kept)?;
        }
        let others = self.question.others();
        for (leg, tier) in others.iter().chain([&setting.leg]).zip(tiers) {
            surplus = surplus.minus(&leg.requirement(tier)?.at(&place)?)?;
        }
        Ok(surplus)
    }

    /// A value strictly between two, on the step if one is there: short numbers are quicker.
    fn between(&self, from: &N, to: &N) -> Result<N, Overflow> {
        match step_between(self.step, from, to)? {
            Some(step) => Ok(step),
            None => halfway(from, to),
        }
    }
}

/// Notes the roots of a condition.
fn keep<N: Number>(roots: Vec<Root<N>>, is_wish: bool, found: &mut Points<N>) {
    for root in roots {
        match root {
            Root::At(value) => found.values.push(value),
            Root::Between(before, after) => {
                found.values.extend([before.clone(), after.clone()]);
                if is_wish {
                    found.cells.push((before, after));
                }
            }
        }
    }
}

/// Rising, each value once.
fn sorted<N: Number>(values: &[N]) -> Result<Vec<N>, Overflow> {
    let order = in_order(values.len(), &|a, b| match (values.get(a), values.get(b)) {
        (Some(a), Some(b)) => a.compare(b),
        _ => Ok(Ordering::Equal),
    })?;
    let mut rising: Vec<N> = order.iter().filter_map(|at| values.get(*at).cloned()).collect();
    rising.dedup_by(|a, b| a.compare(b) == Ok(Ordering::Equal));
    Ok(rising)
}
