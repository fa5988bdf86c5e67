//! A cross account: one wallet behind positions in any number of markets.
//!
//! margin balance = wallet balance + the unrealized profit of all positions, and the account is
//! closed when that is no longer more than the maintenance margin of all of them.
//! Source: Binance, support FAQ 360033525271 and b3c689c1f50a44cabb3a84e663b81d93, read 2026-04.

use crate::quantity::{Money, Number, Overflow, Ratio};
use crate::scenario::{Market, Scenario};
use crate::venue::ContractKind;

use super::answers::Answers;
use super::evaluate::{Backing, Subject, money};
use super::leg::{Coordinate, Leg, place_of};
use super::line::Line;
use super::many::Required;
use super::near::Near;
use super::report::{AccountReport, ComputeError, PositionReport, Report, Shock};
use super::stand::{Met, Reached, Stand};

/// The positions of one market, and where they stand at its mark.
struct Group<'a, N> {
    market: &'a Market,
    here: Near<N>,
    /// Which positions of the scenario, their legs, tiers and what is kept for them, side by side.
    members: Vec<usize>,
    legs: Vec<Leg<'a, N>>,
    tiers: Vec<usize>,
    kept: Vec<N>,
    all_profit: N,
    all_kept: N,
}

/// All positions on one wallet.
pub(super) fn cross<N: Number>(
    scenario: &Scenario,
    wallet: &Money,
) -> Result<Report, ComputeError> {
    let groups = groups::<N>(scenario)?;
    let wallet = N::of(wallet.exact());
    let profit = N::sum(groups.iter().map(|group| group.all_profit.clone()).collect())?;
    let kept = N::sum(groups.iter().map(|group| group.all_kept.clone()).collect())?;
    let balance = wallet.plus(&profit)?;
    let backing = Backing::new(None, balance.clone(), &kept)?;
    let shock = shock(scenario, &groups, &wallet)?;

    let mut reports: Vec<Option<PositionReport>> = Vec::new();
    reports.resize_with(scenario.positions.len(), || None);
    let mut initial = Vec::with_capacity(scenario.positions.len());
    for group in groups {
        let mut line = Line::sum(group.legs.iter().map(|leg| leg.profit.clone()).collect())?;
        line.at_zero = line.at_zero.plus(&balance.minus(&group.all_profit)?)?;
        let stand = Stand {
            balance: line,
            kept_elsewhere: kept.minus(&group.all_kept)?,
            legs: group.legs,
            tiers: group.tiers,
            near: Near::bracketed,
            here: group.here,
        };
        let required = Required::of(&stand)?;
        let answers = Answers::of(&stand, |factor| required.ask(factor), group.market)?;
        let held = stand.tiers.iter().copied().zip(group.kept);
        for ((index, leg), (held, maintenance_margin)) in
            group.members.iter().zip(&stand.legs).zip(held)
        {
            let Some(position) = scenario.positions.get(*index) else {
                continue;
            };
            let initial_margin = leg.initial_margin(group.market)?;
            initial.push(initial_margin.clone());
            let market = group.market;
            let subject = Subject {
                index: *index,
                position,
                market,
                leg,
                initial_margin,
                maintenance_margin,
                held,
            };
            let report = subject.report(&stand.here, &backing, &answers)?;
            if let Some(slot) = reports.get_mut(*index) {
                *slot = Some(report);
            }
        }
    }
    let initial: Option<Vec<N>> = initial.into_iter().collect();
    let initial = initial.map(N::sum).transpose()?;
    Ok(Report {
        account: AccountReport {
            margin_balance: money(&balance)?,
            maintenance_margin: money(&kept)?,
            margin_ratio: Some(backing.margin_ratio),
            available_balance: match &initial {
                Some(initial) => Some(money(&balance.minus(initial)?)?),
                None => None,
            },
            initial_margin: initial.as_ref().map(money).transpose()?,
            shock_to_liquidation: shock,
        },
        positions: reports.into_iter().collect::<Option<_>>().ok_or(Overflow)?,
    })
}

/// The positions by market, in the order of the markets.
fn groups<N: Number>(scenario: &Scenario) -> Result<Vec<Group<'_, N>>, ComputeError> {
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); scenario.markets.len()];
    for (index, position) in scenario.positions.iter().enumerate() {
        let slot = members.get_mut(position.market).ok_or(ComputeError::UnknownMarket(index))?;
        slot.push(index);
    }
    let mut groups = Vec::new();
    for (market, members) in scenario.markets.iter().zip(members) {
        if members.is_empty() {
            continue;
        }
        let here = Near::plain(place_of(market.rules.contract, &market.mark_price)?);
        let mut legs = Vec::with_capacity(members.len());
        let mut tiers = Vec::with_capacity(members.len());
        let mut kept = Vec::with_capacity(members.len());
        for index in &members {
            let Some(position) = scenario.positions.get(*index) else {
                continue;
            };
            let leg = Leg::new(*index, position, market, Coordinate::Mark)?;
            let held = leg.index_from(0, &here)?;
            kept.push(leg.requirement(leg.tier(held)?)?.at(&here.at)?);
            tiers.push(held);
            legs.push(leg);
        }
        let profits = legs.iter().map(|leg| leg.profit.at(&here.at)).collect::<Result<_, _>>()?;
        let all_profit = N::sum(profits)?;
        let all_kept = N::sum(kept.clone())?;
        groups.push(Group { market, here, members, legs, tiers, kept, all_profit, all_kept });
    }
    Ok(groups)
}

/// All marks times one factor, or over one for inverse contracts, whose lines are straight in the
/// reciprocal.
fn shock<N: Number>(
    scenario: &Scenario,
    groups: &[Group<'_, N>],
    wallet: &N,
) -> Result<Shock, ComputeError> {
    let is_inverse = |group: &Group<'_, N>| group.market.rules.contract == ContractKind::Inverse;
    let Some(first) = groups.first() else {
        return Ok(Shock::Nothing);
    };
    let inverse = is_inverse(first);
    if groups.iter().any(|group| is_inverse(group) != inverse) {
        return Ok(Shock::Mixed);
    }
    let mut legs: Vec<Leg<'_, N>> = Vec::with_capacity(scenario.positions.len());
    let mut tiers = Vec::with_capacity(scenario.positions.len());
    for group in groups {
        tiers.extend_from_slice(&group.tiers);
        for index in &group.members {
            if let Some(position) = scenario.positions.get(*index) {
                legs.push(Leg::new(*index, position, group.market, Coordinate::AllMarks)?);
            }
        }
    }
    let mut balance = Line::sum(legs.iter().map(|leg| leg.profit.clone()).collect())?;
    balance.at_zero = balance.at_zero.plus(wallet)?;
    let stand = Stand {
        balance,
        kept_elsewhere: N::zero(),
        legs,
        tiers,
        near: Near::bracketed,
        here: Near::plain(N::one()),
    };
    let Met::From { lower, higher } = Required::of(&stand)?.ask(&N::one())? else {
        return Ok(Shock::Now);
    };
    let fraction = |reached: Reached<N>| -> Result<Option<Ratio>, Overflow> {
        let Reached::At { near, .. } = reached else {
            return Ok(None);
        };
        let factor = if inverse { N::one().over(&near.at)? } else { near.at };
        Ok(Some(Ratio::from_exact(factor.minus(&N::one())?.figure()?)))
    };
    let (lower, higher) = (fraction(lower)?, fraction(higher)?);
    let (down, up) = if inverse { (higher, lower) } else { (lower, higher) };
    Ok(Shock::To { down, up })
}
