//! What a value of the unknown makes of a wish, told from the report alone.

use margin_calculator::margin::{
    ComputeError, PositionReport, Threshold, Unknown, Wish, compute_any_width, with_unknown,
};
use margin_calculator::quantity::{Exact, Price, Side};
use margin_calculator::scenario::Scenario;
use margin_calculator::venue::ContractKind;

use crate::number::{Fraction, compare, is_positive, minus, of_exact, over, times, whole};

/// A question about the first position of an account.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) scenario: Scenario,
    pub(crate) wish: Wish,
    pub(crate) unknown: Unknown,
    pub(crate) step: Exact,
}

/// How a value does.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Standing {
    /// A venue would not take it.
    Barred,
    /// Closed; zero is as wished, above zero better. By the place on the line.
    By(Fraction),
    /// Better than any number.
    Free,
    /// Worse than any number.
    Lost,
}

impl Standing {
    pub(crate) fn meets(&self) -> bool {
        match self {
            Self::By(slack) => !is_positive(&minus(&whole(0), slack)),
            Self::Free => true,
            Self::Lost | Self::Barred => false,
        }
    }

    pub(crate) fn is_exact(&self) -> bool {
        matches!(self, Self::By(_)) && self.distance().is_some_and(|it| !is_positive(&it))
    }

    pub(crate) fn distance(&self) -> Option<Fraction> {
        match self {
            Self::By(slack) if is_positive(slack) => Some(slack.clone()),
            Self::By(slack) => Some(minus(&whole(0), slack)),
            _ => None,
        }
    }
}

/// The wanted price, or the stop's buffer worked out; absent for a loss.
pub(crate) fn wanted_price(asked: &Asked) -> Option<Price> {
    let side = asked.scenario.positions.first().unwrap().side;
    match &asked.wish {
        Wish::LiquidationAt(price) => Some(*price),
        Wish::StopWithBuffer { stop, buffer } => {
            let share = buffer.exact().times(&side.sign()).unwrap();
            let factor = Exact::ONE.minus(&share).unwrap();
            Some(Price::from_exact(stop.exact().times(&factor).unwrap()))
        }
        Wish::LargestLoss(_) => None,
    }
}

fn wanted(asked: &Asked) -> Option<Fraction> {
    wanted_price(asked).map(|price| of_exact(price.exact()))
}

/// Whether the wish lies below the mark.
pub(crate) fn is_below_mark(asked: &Asked) -> bool {
    let mark = of_exact(asked.scenario.markets.first().unwrap().mark_price.exact());
    let loses_below = asked.scenario.positions.first().unwrap().side == Side::Long;
    match wanted(asked) {
        Some(price) if compare(&price, &mark).is_eq() => loses_below,
        Some(price) => is_positive(&minus(&mark, &price)),
        None => loses_below,
    }
}

/// The standing of a value, by computing the account with it.
pub(crate) fn standing(asked: &Asked, value: &Exact) -> Standing {
    if asked.unknown == Unknown::AddedMargin && value.is_negative() {
        return Standing::Barred;
    }
    let mut scenario = with_unknown(&asked.scenario, 0, asked.unknown, value).unwrap();
    match compute_any_width(&scenario) {
        Ok((report, _)) => {
            let found = of_report(asked, report.positions.first().unwrap(), value);
            if let Some(price) = wanted_price(asked) {
                scenario.markets.first_mut().unwrap().mark_price = price;
                let there = compute_any_width(&scenario);
                if found == Standing::Free && matches!(there, Err(ComputeError::BeyondTable(_))) {
                    return Standing::Lost;
                }
            }
            found
        }
        Err(ComputeError::BeyondTable(_)) => Standing::Barred,
        Err(error) => panic!("{error:?}"),
    }
}

/// The standing of a value, by its report.
pub(crate) fn of_report(asked: &Asked, report: &PositionReport, value: &Exact) -> Standing {
    if !report.rejections.is_empty() {
        return Standing::Barred;
    }
    let market = asked.scenario.markets.first().unwrap();
    let is_inverse = market.rules.contract == ContractKind::Inverse;
    let below = is_below_mark(asked);
    let crossing = match &report.liquidation {
        Threshold::Now { .. } => return Standing::Barred,
        Threshold::AtPrice { below: lower, above: higher } => {
            if below {
                lower.as_ref()
            } else {
                higher.as_ref()
            }
        }
        Threshold::Never | Threshold::TableEnds => None,
    };
    let position = asked.scenario.positions.first().unwrap();
    let price = crossing.map(|crossing| of_exact(crossing.exact.exact()));
    let place = |price: &Fraction| if is_inverse { over(&whole(1), price) } else { price.clone() };
    let toward_zero = below != is_inverse;
    match (&asked.wish, price) {
        (Wish::LargestLoss(loss), price) => {
            let loss = of_exact(loss.exact());
            let entry = match asked.unknown {
                Unknown::EntryPrice => of_exact(value),
                _ => of_exact(position.entry_price.exact()),
            };
            let quantity = match asked.unknown {
                Unknown::Quantity => of_exact(value),
                _ => of_exact(position.quantity.exact()),
            };
            let size = times(&quantity, &of_exact(market.rules.contract_size.exact()));
            match price {
                Some(price) => {
                    let moved = minus(&place(&price), &place(&entry));
                    let change = times(&size, &moved);
                    let lost = if toward_zero { minus(&whole(0), &change) } else { change };
                    Standing::By(minus(&loss, &lost))
                }
                None => {
                    let all = times(&size, &place(&entry));
                    let is_bounded = toward_zero && !is_positive(&minus(&all, &loss));
                    if is_bounded { Standing::Free } else { Standing::Lost }
                }
            }
        }
        (_, Some(price)) => {
            let goal = place(&wanted(asked).unwrap());
            let found = place(&price);
            Standing::By(if toward_zero { minus(&goal, &found) } else { minus(&found, &goal) })
        }
        (_, None) => Standing::Free,
    }
}

/// The same question with the mark for a wanted price.
pub(crate) fn at_the_mark(asked: &Asked) -> Asked {
    let mark = asked.scenario.markets.first().unwrap().mark_price;
    Asked { wish: Wish::LiquidationAt(mark), ..asked.clone() }
}

/// Whether one standing comes nearer to the wish than another: meeting it first, then closeness.
pub(crate) fn is_nearer(one: &Standing, other: &Standing) -> bool {
    if one.meets() != other.meets() {
        return one.meets();
    }
    match (one.distance(), other.distance()) {
        (Some(one), Some(other)) => compare(&one, &other).is_lt(),
        (Some(_), None) => *other != Standing::Barred || one.meets(),
        _ => false,
    }
}
