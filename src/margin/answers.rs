//! Where the marks of a market meet what its holder is asked: worked out once for all its positions.

use crate::quantity::{Exact, Number, Overflow, Price, Rounding};
use crate::scenario::Market;
use crate::venue::ContractKind;

use super::near::Near;
use super::report::BankruptcyPrice;
use super::stand::{Met, Reached, Stand};

/// A place found, as a price.
pub(super) struct Spot<N> {
    pub(super) near: Near<N>,
    pub(super) is_past_edge: bool,
    pub(super) exact: Price,
    pub(super) price: Price,
}

/// The answer to one question, in prices.
pub(super) enum Answer<N> {
    /// What is met below and above the mark; whether a table ended before anything was.
    Ahead { below: Option<Spot<N>>, above: Option<Spot<N>>, table_ends: bool },
    /// The mark is past it; the nearest way back.
    Already(Option<Spot<N>>),
}

/// The three questions about a market.
pub(super) struct Answers<N> {
    pub(super) liquidation: Answer<N>,
    pub(super) margin_call: Answer<N>,
    pub(super) bankruptcy: Option<BankruptcyPrice>,
}

impl<N: Number> Answers<N> {
    pub(super) fn of(
        stand: &Stand<'_, N>,
        ask: impl Fn(&N) -> Result<Met<N>, Overflow>,
        market: &Market,
    ) -> Result<Self, Overflow> {
        let answer = |factor: &N| in_prices(ask(factor)?, market);
        Ok(Self {
            liquidation: answer(&N::one())?,
            margin_call: answer(&N::of(market.rules.warning_ratio.exact()))?,
            bankruptcy: match stand.exhausted(&market.rules.bankruptcy_fee)? {
                Some(place) => {
                    let exact = price_of(&place, market)?;
                    let (exact, price) = on_tick(&exact, None, market)?;
                    Some(BankruptcyPrice { exact, price })
                }
                None => None,
            },
        })
    }
}

fn in_prices<N: Number>(met: Met<N>, market: &Market) -> Result<Answer<N>, Overflow> {
    let (is_short, lower, higher) = match met {
        Met::From { lower, higher } => (false, lower, higher),
        Met::Already { lower, higher } => (true, lower, higher),
    };
    let (below, above) = match market.rules.contract {
        ContractKind::Linear | ContractKind::Quanto => (lower, higher),
        // A higher place is a lower price.
        ContractKind::Inverse => (higher, lower),
    };
    let is_end = |reached: &Reached<N>| matches!(reached, Reached::BeyondTable);
    let table_ends = is_end(&below) || is_end(&above);
    let spot = |reached: Reached<N>, toward| match reached {
        Reached::At { near, is_past_edge } => {
            let exact = price_of(&near.at, market)?;
            let (exact, price) = on_tick(&exact, toward, market)?;
            Ok(Some(Spot { near, is_past_edge, exact, price }))
        }
        Reached::Nowhere | Reached::BeyondTable => Ok(None),
    };
    if is_short {
        let back = nearest(below, above, market)?;
        return spot(back, None).map(Answer::Already);
    }
    Ok(Answer::Ahead {
        below: spot(below, Some(Rounding::Ceiling))?,
        above: spot(above, Some(Rounding::Floor))?,
        table_ends,
    })
}

/// The nearer of two ways back; of two equally near, the lower price.
fn nearest<N: Number>(
    below: Reached<N>,
    above: Reached<N>,
    market: &Market,
) -> Result<Reached<N>, Overflow> {
    let (Reached::At { near: down, .. }, Reached::At { near: up, .. }) = (&below, &above) else {
        return Ok(if matches!(below, Reached::At { .. }) { below } else { above });
    };
    let mark = N::of(market.mark_price.exact());
    let fall = mark.minus(&price_of(&down.at, market)?)?;
    let rise = price_of(&up.at, market)?.minus(&mark)?;
    Ok(if rise.is_below(&fall)? { above } else { below })
}

fn price_of<N: Number>(place: &N, market: &Market) -> Result<N, Overflow> {
    match market.rules.contract {
        ContractKind::Linear | ContractKind::Quanto => Ok(place.clone()),
        ContractKind::Inverse => N::one().over(place),
    }
}

/// A price as a report carries it, and on the tick: rounded toward the mark, so that the warning
/// comes early, never late. A price met at a jump can be the mark itself, which only its side tells
/// how to round.
fn on_tick<N: Number>(
    price: &N,
    toward: Option<Rounding>,
    market: &Market,
) -> Result<(Price, Price), Overflow> {
    let exact: Exact = price.figure()?;
    let on_tick = match (&market.rules.tick_size, toward) {
        (None, _) => exact,
        (Some(tick), Some(toward)) => price.to_step(tick.exact(), toward)?,
        (Some(tick), None) => {
            let is_below = price.is_below(&N::of(market.mark_price.exact()))?;
            let toward = if is_below { Rounding::Ceiling } else { Rounding::Floor };
            price.to_step(tick.exact(), toward)?
        }
    };
    Ok((Price::from_exact(exact), Price::from_exact(on_tick)))
}
