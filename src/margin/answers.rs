//! Where the marks of a market meet what its holder is asked: worked out once for all its positions.

use crate::quantity::{Exact, Number, Overflow, Price, Rounding};
use crate::scenario::Market;
use crate::venue::ContractKind;

use super::report::BankruptcyPrice;
use super::stand::{Met, Place, Reached, Stand};

/// A place found, as a price.
pub(super) struct Spot<N> {
    pub(super) place: Place<N>,
    pub(super) exact: Price,
    pub(super) price: Price,
}

/// The answer to one question, in prices.
pub(super) enum Answer<N> {
    /// What is met below and above the mark; whether a table ended before anything was.
    Ahead { below: Option<Spot<N>>, above: Option<Spot<N>>, table_ends: bool },
    /// The mark is past it; the way back.
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
            bankruptcy: match stand.exhausted(&N::of(market.rules.bankruptcy_fee.exact()))? {
                Some(place) => {
                    let (exact, price) = priced(&place, market)?;
                    Some(BankruptcyPrice { exact, price })
                }
                None => None,
            },
        })
    }
}

fn in_prices<N: Number>(met: Met<N>, market: &Market) -> Result<Answer<N>, Overflow> {
    let spot = |reached: Reached<N>| match reached {
        Reached::At(place) => {
            let (exact, price) = priced(&place.near.at, market)?;
            Ok(Some(Spot { place, exact, price }))
        }
        Reached::Nowhere | Reached::BeyondTable => Ok(None),
    };
    let (lower, higher) = match met {
        Met::Already { back } => return spot(back).map(Answer::Already),
        Met::From { lower, higher } => (lower, higher),
    };
    let ends = |reached: &Reached<N>| matches!(reached, Reached::BeyondTable);
    let table_ends = ends(&lower) || ends(&higher);
    let (lower, higher) = (spot(lower)?, spot(higher)?);
    Ok(match market.rules.contract {
        // A higher place is a lower price.
        ContractKind::Inverse => Answer::Ahead { below: higher, above: lower, table_ends },
        ContractKind::Linear | ContractKind::Quanto => {
            Answer::Ahead { below: lower, above: higher, table_ends }
        }
    })
}

/// The price at a place, and the same on the tick, toward the mark: the warning comes early, never
/// late.
fn priced<N: Number>(place: &N, market: &Market) -> Result<(Price, Price), Overflow> {
    let inverted;
    let price = match market.rules.contract {
        ContractKind::Linear | ContractKind::Quanto => place,
        ContractKind::Inverse => {
            inverted = N::one().over(place)?;
            &inverted
        }
    };
    let exact: Exact = price.figure()?;
    let on_tick = match &market.rules.tick_size {
        None => exact,
        Some(tick) => {
            let is_below = price.is_below(&N::of(market.mark_price.exact()))?;
            let toward = if is_below { Rounding::Ceiling } else { Rounding::Floor };
            price.to_step(tick.exact(), toward)?
        }
    };
    Ok((Price::from_exact(exact), Price::from_exact(on_tick)))
}
