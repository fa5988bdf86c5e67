//! Two invented minutes: a trade far below everybody else that closes nobody, and a slow fall that does.

use crate::quantity::{Exact, Price, Rounding, Side};
use crate::venue::MarkRule;

use super::average::Average;
use super::error::MarkError;
use super::parts::Funding;
use super::series::{MarkSeries, Quote, Sample};

/// Which minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Demo {
    /// One trade beyond the liquidation price, for a second; the index and the book stay.
    WildTrade,
    /// The index goes beyond the liquidation price within the minute, and everything with it.
    SlowFall,
}

/// Where a minute begins, and which position it is about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Start {
    /// The index, above zero.
    pub index: Price,
    /// The middle of the book, above zero.
    pub mid: Price,
    /// The last trade, above zero.
    pub last: Price,
    /// The market's price step, above zero; all prices but these three stand on it.
    pub tick: Price,
    /// Which way the position gains.
    pub side: Side,
    /// The mark at which it is closed; absent where no price closes it, and the minute then goes a tenth
    /// against it.
    pub closing: Option<Price>,
}

/// Seconds of a minute.
const SECONDS: u64 = 60;
/// When the wild trade is.
const WILD: u64 = 30;
/// When the fall begins and ends.
const FALL: (u64, u64) = (5, 50);

/// How trades scatter: a fixed pattern without a meaning, in quarters of the unit of [`scatter`].
const PATTERN: [i64; 17] = [0, 2, -1, 3, 1, -3, -2, 0, 4, 1, -4, -1, 2, 3, -2, 1, -3];

/// An invented minute, a sample a second with both ends. It depends on nothing but its arguments.
pub fn samples(demo: Demo, start: &Start) -> Result<Vec<Sample>, MarkError> {
    let from = *start.index.exact();
    // For a long against it is down.
    let against = start.side.sign().negated();
    let end = match &start.closing {
        Some(closing) => *closing.exact(),
        None => from.plus(&from.times(&against)?.over(&Exact::from_integer(10))?)?,
    };
    let distance = from.minus(&end)?.magnitude();
    let beyond = |share: i64| {
        let price = end.plus(&distance.over(&Exact::from_integer(share))?.times(&against)?)?;
        // No price is zero or below, however near to zero the threshold lies.
        if price.is_positive() { Ok(price) } else { end.over(&Exact::from_integer(2)) }
    };
    let unit = scatter(&from, &distance)?;
    let tick = start.tick.exact();
    let half_tick = tick.over(&Exact::from_integer(2))?;
    let basis = start.mid.exact().minus(&from)?;
    let ahead = start.last.exact().minus(&from)?;
    let mut samples = Vec::new();
    for at in 0..=SECONDS {
        let way = match demo {
            Demo::WildTrade => Exact::ZERO,
            Demo::SlowFall => gone(at)?,
        };
        let index = from.plus(&beyond(4)?.minus(&from)?.times(&way)?)?;
        let noise = pattern(at, &unit)?;
        let mid = index.plus(&basis)?;
        let is_wild = demo == Demo::WildTrade && at == WILD;
        let last = if is_wild { beyond(8)? } else { index.plus(&ahead)?.plus(&noise)? };
        let stepped = |value: &Exact| value.to_step(tick, Rounding::HalfEven)?.larger(*tick);
        // At second 0 everything stands as it was given.
        let (index, last) =
            if at == 0 { (from, *start.last.exact()) } else { (stepped(&index)?, stepped(&last)?) };
        let bid = mid.minus(&half_tick)?.larger(half_tick)?;
        samples.push(Sample {
            at,
            index: Price::from_exact(index),
            bid: Price::from_exact(bid),
            ask: Price::from_exact(bid.plus(tick)?),
            last: Price::from_exact(last),
            others: Some(Price::from_exact(mid.larger(half_tick)?)),
        });
    }
    Ok(samples)
}

/// How far trades scatter around their price: a fiftieth of a percent of it, and little of the way that
/// the position can bear.
fn scatter(price: &Exact, distance: &Exact) -> Result<Exact, MarkError> {
    let usual = price.over(&Exact::from_integer(5000))?;
    Ok(usual.smaller(distance.over(&Exact::from_integer(60))?)?)
}

fn pattern(at: u64, unit: &Exact) -> Result<Exact, MarkError> {
    let place = at.checked_rem(PATTERN.len() as u64).and_then(|place| usize::try_from(place).ok());
    let quarters = place.and_then(|place| PATTERN.get(place)).copied().unwrap_or(0);
    Ok(unit.times(&Exact::from_integer(quarters))?.over(&Exact::from_integer(4))?)
}

/// How much of the fall is done, from 0 to 1.
fn gone(at: u64) -> Result<Exact, MarkError> {
    let seconds = |count: u64| i64::try_from(count).map(Exact::from_integer);
    let (Ok(done), Ok(all)) = (
        seconds(at.clamp(FALL.0, FALL.1).saturating_sub(FALL.0)),
        seconds(FALL.1.saturating_sub(FALL.0)),
    ) else {
        return Err(MarkError::Overflow);
    };
    Ok(done.over(&all)?)
}

/// A minute with its marks.
#[derive(Clone, Debug)]
pub struct Played {
    /// What was seen, and the mark that was made of it.
    pub steps: Vec<(Sample, Quote)>,
    /// The second at which the mark first stood at the liquidation price or beyond; absent if it never did.
    pub closed_at: Option<u64>,
    /// The second and price of the last trade that went furthest against the position.
    pub worst_trade: (u64, Price),
    /// The second and price of the mark that went furthest against it.
    pub worst_mark: (u64, Price),
}

/// Puts samples through a formula, as if the first had stood for a long time before.
///
/// `average` stands in for the rule's own, `closing` is the mark at which a position of that side is
/// closed. Fails with the first sample that has no mark, and with [`MarkError::Nothing`] for no samples.
pub fn play(
    rule: &MarkRule,
    average: Option<Average>,
    funding: Funding,
    samples: &[Sample],
    (side, closing): (Side, Option<&Price>),
) -> Result<Played, MarkError> {
    let mut series = MarkSeries::new(rule, average, funding)?;
    let first = samples.first().ok_or(MarkError::Nothing)?;
    series.settle(&first.basis()?)?;
    let against = |one: &Price, other: &Price| match side {
        Side::Long => one.exact().is_below(other.exact()),
        Side::Short => other.exact().is_below(one.exact()),
    };
    let mut played = Played {
        steps: Vec::with_capacity(samples.len()),
        closed_at: None,
        worst_trade: (first.at, first.last),
        worst_mark: (first.at, first.last),
    };
    for sample in samples {
        let quote = series.next(sample)?;
        if against(&sample.last, &played.worst_trade.1)? {
            played.worst_trade = (sample.at, sample.last);
        }
        if played.steps.is_empty() || against(&quote.mark, &played.worst_mark.1)? {
            played.worst_mark = (sample.at, quote.mark);
        }
        let is_beyond = match closing {
            // Neither short of it: the threshold itself closes.
            Some(closing) => !against(closing, &quote.mark)?,
            None => false,
        };
        if is_beyond && played.closed_at.is_none() {
            played.closed_at = Some(sample.at);
        }
        played.steps.push((*sample, quote));
    }
    Ok(played)
}
