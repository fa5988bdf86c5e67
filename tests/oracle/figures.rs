//! Every figure of a report, by definition.

use margin_calculator::margin::ComputeError;
use num_bigint::BigInt;

use super::grain::Grain;
use super::holding::{Holding, Moves, entry_value, rate_of, still_fee, value_at};
use super::number::{Fraction, compare, is_positive, minus, of_decimal, over, plus, whole};
use super::point::Point;
use super::question::{Case, MarketCase, PositionCase};
use super::walk::{Hit, Met, Outcome, Walk};

/// A price of a threshold as one position sees it; its tier counts from 1.
#[derive(Clone, Debug)]
pub(crate) struct Price {
    pub(crate) exact: Fraction,
    pub(crate) tier: usize,
    pub(crate) is_beyond: bool,
    /// Whether it is a tier edge past which the requirement jumps.
    pub(crate) is_jump: bool,
}

#[derive(Clone, Debug)]
pub(crate) enum Answer {
    Prices { below: Option<Price>, above: Option<Price> },
    Never,
    Now(Option<Price>),
    TableEnds,
}

pub(crate) struct PositionFigures {
    pub(crate) entry_notional: Fraction,
    pub(crate) notional: Fraction,
    pub(crate) initial_margin: Option<Fraction>,
    pub(crate) position_margin: Option<Fraction>,
    pub(crate) pnl: Fraction,
    pub(crate) balance: Fraction,
    pub(crate) maintenance: Fraction,
    /// What must be kept out of the balance: for the position, or for the account.
    pub(crate) required: Fraction,
    pub(crate) rate: Fraction,
    pub(crate) tier: usize,
    pub(crate) entry_tier: usize,
    pub(crate) liquidation: Answer,
    pub(crate) margin_call: Answer,
    pub(crate) bankruptcy: Option<Fraction>,
    pub(crate) leverage_too_high: bool,
    pub(crate) too_large: bool,
    /// What must be kept at entry, where the margin is no more than that.
    pub(crate) margin_too_low: Option<Fraction>,
}

#[derive(Clone, Debug)]
pub(crate) enum Shock {
    To { down: Option<Fraction>, up: Option<Fraction> },
    Now,
    Isolated,
    Mixed,
    Nothing,
}

pub(crate) struct Figures {
    pub(crate) balance: Fraction,
    pub(crate) maintenance: Fraction,
    pub(crate) initial: Option<Fraction>,
    pub(crate) available: Option<Fraction>,
    pub(crate) shock: Shock,
    pub(crate) positions: Vec<PositionFigures>,
}

/// Everything that makes the question one without an answer.
pub(crate) fn problems(case: &Case) -> Vec<ComputeError> {
    let problem = |index: usize| needs_leverage(case, index).or_else(|| is_beyond(case, index));
    (0..case.positions.len()).filter_map(problem).collect()
}

/// Every figure, or why there is none.
pub(crate) fn figures(case: &Case) -> Result<Figures, Vec<ComputeError>> {
    let problems = problems(case);
    if !problems.is_empty() {
        return Err(problems);
    }
    let numbers: Vec<usize> = (0..case.positions.len()).collect();
    Ok(if case.cross { cross(case, &numbers) } else { isolated(case, &numbers) })
}

fn needs_leverage(case: &Case, index: usize) -> Option<ComputeError> {
    let position = case.positions.get(index).unwrap();
    let for_margin = !case.cross && !position.assigned;
    let is_needed = for_margin || case.market_of(position).goes_by_leverage();
    (position.leverage.is_none() && is_needed).then_some(ComputeError::LeverageNeeded(index))
}

fn is_beyond(case: &Case, index: usize) -> Option<ComputeError> {
    let holding = Holding::new(case, index, &Grain::new(case, &[index]), Moves::OneMark);
    let market = case.market_of(case.positions.get(index).unwrap());
    let is_known = holding.is_known(&mark(market)) && holding.is_known(&holding.entry);
    (!is_known).then_some(ComputeError::BeyondTable(index))
}

fn mark(market: &MarketCase) -> Point {
    Point::of(&of_decimal(market.mark))
}

/// What is set aside to open a position.
pub(crate) fn initial_margin(market: &MarketCase, position: &PositionCase) -> Option<Fraction> {
    let value = if market.initial_on_mark {
        value_at(market, position, &of_decimal(market.mark))
    } else {
        entry_value(market, position)
    };
    let plain = over(&value, &of_decimal(position.leverage?));
    Some(plus(&plain, &still_fee(market.initial_fee, market, position)))
}

/// An isolated position with what is assigned to it.
pub(crate) fn alone<'a>(case: &Case, index: usize, grain: &'a Grain) -> (Walk<'a>, Fraction) {
    let position = case.positions.get(index).unwrap();
    let market = case.market_of(position);
    let given = of_decimal(position.margin);
    let margin = if position.assigned {
        given
    } else {
        plus(&initial_margin(market, position).unwrap(), &given)
    };
    let walk = Walk {
        holdings: vec![Holding::new(case, index, grain, Moves::OneMark)],
        still: grain.amount_of(&margin),
        kept_elsewhere: BigInt::from(0),
        mark: mark(market),
        grain,
    };
    (walk, margin)
}

fn isolated(case: &Case, numbers: &[usize]) -> Figures {
    let mut positions = Vec::new();
    for index in numbers {
        let grain = Grain::new(case, &[*index]);
        let (walk, margin) = alone(case, *index, &grain);
        let holding = walk.holdings.first().unwrap();
        let pnl = grain.money(holding.profit_now(&walk.mark));
        let required = grain.asked(holding.kept_now(&walk.mark));
        let backing = Backing {
            balance: plus(&margin, &pnl),
            required,
            margin: Some(margin),
            answers: answers(&walk, case.market_of(case.positions.get(*index).unwrap())),
        };
        positions.push(position_figures(case, *index, holding, &grain, &backing));
    }
    let sum = |amount: fn(&PositionFigures) -> &Fraction| total(positions.iter().map(amount));
    let assigned = total(positions.iter().filter_map(|found| found.position_margin.as_ref()));
    let available = case.wallet.map(|wallet| minus(&of_decimal(wallet), &assigned));
    Figures {
        balance: match case.wallet {
            Some(wallet) => plus(&of_decimal(wallet), &sum(|found| &found.pnl)),
            None => sum(|found| &found.balance),
        },
        maintenance: sum(|found| &found.maintenance),
        initial: initial(&positions),
        available,
        shock: Shock::Isolated,
        positions,
    }
}

/// The walk of one market in a cross account, all others standing still.
pub(crate) fn in_market<'a>(
    case: &Case,
    market: usize,
    grain: &'a Grain,
    all: &[Holding],
) -> Walk<'a> {
    let mut walk = Walk {
        holdings: Vec::new(),
        still: grain.amount_of(&of_decimal(case.wallet.unwrap())),
        kept_elsewhere: BigInt::from(0),
        mark: mark(case.markets.get(market).unwrap()),
        grain,
    };
    for (position, holding) in case.positions.iter().zip(all) {
        if position.market == market {
            walk.holdings.push(holding.clone());
        } else {
            let here = mark(case.market_of(position));
            walk.still += holding.profit_now(&here);
            walk.kept_elsewhere += holding.kept_now(&here);
        }
    }
    walk
}

/// The walk of all marks by one factor.
pub(crate) fn together<'a>(case: &Case, grain: &'a Grain) -> Walk<'a> {
    let holdings = (0..case.positions.len())
        .map(|index| Holding::new(case, index, grain, Moves::AllMarks))
        .collect();
    Walk {
        holdings,
        still: grain.amount_of(&of_decimal(case.wallet.unwrap())),
        kept_elsewhere: BigInt::from(0),
        mark: Point::one(),
        grain,
    }
}

fn cross(case: &Case, numbers: &[usize]) -> Figures {
    let grain = Grain::new(case, numbers);
    let all: Vec<Holding> =
        numbers.iter().map(|index| Holding::new(case, *index, &grain, Moves::OneMark)).collect();
    let here = |index: usize| mark(case.market_of(case.positions.get(index).unwrap()));
    let both = |(index, holding): (usize, &Holding)| {
        (holding.profit_now(&here(index)), holding.kept_now(&here(index)))
    };
    let (profits, kept): (Vec<BigInt>, Vec<BigInt>) = all.iter().enumerate().map(both).unzip();
    let wallet = of_decimal(case.wallet.unwrap());
    let balance = plus(&wallet, &grain.money(profits.iter().sum()));
    let maintenance = grain.asked(kept.iter().sum());
    let mut positions: Vec<Option<PositionFigures>> = numbers.iter().map(|_| None).collect();
    for (number, market) in case.markets.iter().enumerate() {
        let members = case.members(number);
        if members.is_empty() {
            continue;
        }
        let walk = in_market(case, number, &grain, &all);
        let backing = Backing {
            balance: balance.clone(),
            required: maintenance.clone(),
            margin: None,
            answers: answers(&walk, market),
        };
        for index in members {
            let holding = all.get(index).unwrap();
            let found = position_figures(case, index, holding, &grain, &backing);
            *positions.get_mut(index).unwrap() = Some(found);
        }
    }
    let positions: Vec<PositionFigures> = positions.into_iter().flatten().collect();
    let initial = initial(&positions);
    Figures {
        available: initial.as_ref().map(|initial| minus(&balance, initial)),
        balance,
        maintenance,
        initial,
        shock: shock(case, &grain),
        positions,
    }
}

fn shock(case: &Case, grain: &Grain) -> Shock {
    let mut kinds = case.positions.iter().map(|held| case.market_of(held).is_inverse());
    let Some(first) = kinds.next() else {
        return Shock::Nothing;
    };
    if kinds.any(|kind| kind != first) {
        return Shock::Mixed;
    }
    let fraction = |met: &Met| match met {
        Met::At(hit) => Some(minus(&hit.at.price(), &whole(1))),
        Met::Nowhere | Met::BeyondTable => None,
    };
    match together(case, grain).outcome(&whole(1)) {
        Outcome::Now(_) => Shock::Now,
        Outcome::From { down, up } => Shock::To { down: fraction(&down), up: fraction(&up) },
    }
}

fn total<'f>(amounts: impl Iterator<Item = &'f Fraction>) -> Fraction {
    amounts.fold(whole(0), |sum, amount| plus(&sum, amount))
}

fn initial(positions: &[PositionFigures]) -> Option<Fraction> {
    let all: Option<Vec<&Fraction>> =
        positions.iter().map(|found| found.initial_margin.as_ref()).collect();
    Some(total(all?.into_iter()))
}

struct Answers {
    liquidation: Outcome,
    margin_call: Outcome,
    bankruptcy: Option<Point>,
}

fn answers(walk: &Walk, market: &MarketCase) -> Answers {
    Answers {
        liquidation: walk.outcome(&whole(1)),
        margin_call: walk.outcome(&of_decimal(market.warning)),
        bankruptcy: walk.bankruptcy(market.bankruptcy),
    }
}

struct Backing {
    balance: Fraction,
    required: Fraction,
    margin: Option<Fraction>,
    answers: Answers,
}

fn position_figures(
    case: &Case,
    index: usize,
    holding: &Holding,
    grain: &Grain,
    backing: &Backing,
) -> PositionFigures {
    let position = case.positions.get(index).unwrap();
    let market = case.market_of(position);
    let here = mark(market);
    let (tier, entry_tier) = (holding.tier(&here), holding.tier(&holding.entry));
    let at_entry = holding.kept(&holding.entry, &holding.entry);
    let at_entry = over(
        &grain.asked(at_entry),
        &Fraction::from_integer(holding.divisor(&holding.entry).clone()),
    );
    let most = market.tiers.get(entry_tier).unwrap().max_leverage;
    let is_low = |margin: &Fraction| compare(margin, &at_entry).is_le();
    PositionFigures {
        entry_notional: entry_value(market, position),
        notional: value_at(market, position, &of_decimal(market.mark)),
        initial_margin: initial_margin(market, position),
        position_margin: backing.margin.clone(),
        pnl: grain.money(holding.profit_now(&here)),
        balance: backing.balance.clone(),
        maintenance: grain.asked(holding.kept_now(&here)),
        required: backing.required.clone(),
        rate: rate_of(market, position, tier),
        tier: tier + 1,
        entry_tier: entry_tier + 1,
        liquidation: answer(holding, &backing.answers.liquidation),
        margin_call: answer(holding, &backing.answers.margin_call),
        bankruptcy: backing.answers.bankruptcy.as_ref().map(Point::price),
        leverage_too_high: matches!(
            (position.leverage, most), (Some(leverage), Some(most)) if most < leverage
        ),
        too_large: holding.is_beyond(&here) || holding.is_beyond(&holding.entry),
        margin_too_low: backing.margin.as_ref().is_some_and(is_low).then_some(at_entry),
    }
}

fn answer(holding: &Holding, outcome: &Outcome) -> Answer {
    let price = |hit: &Hit| Price {
        exact: hit.at.price(),
        tier: holding.tier(&hit.inside) + 1,
        is_beyond: holding.is_beyond(&hit.at),
        is_jump: hit.at.compare(&hit.inside).is_ne(),
    };
    match outcome {
        Outcome::Now(hit) => Answer::Now(hit.as_ref().map(price)),
        Outcome::From { down, up } => match (down, up) {
            (Met::At(down), Met::At(up)) => {
                Answer::Prices { below: Some(price(down)), above: Some(price(up)) }
            }
            (Met::At(down), _) => Answer::Prices { below: Some(price(down)), above: None },
            (_, Met::At(up)) => Answer::Prices { below: None, above: Some(price(up)) },
            (Met::Nowhere, Met::Nowhere) => Answer::Never,
            _ => Answer::TableEnds,
        },
    }
}

impl Answer {
    pub(crate) fn prices(&self) -> impl Iterator<Item = &Price> {
        let (one, other) = match self {
            Self::Prices { below, above } => (below.as_ref(), above.as_ref()),
            Self::Now(price) => (price.as_ref(), None),
            Self::Never | Self::TableEnds => (None, None),
        };
        one.into_iter().chain(other)
    }
}

/// A ratio that only means something over an amount above zero.
pub(crate) fn ratio(part: &Fraction, amount: &Fraction) -> Option<Fraction> {
    is_positive(amount).then(|| over(part, amount))
}
