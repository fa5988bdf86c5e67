//! The path that prices take: one of the presets, one drawn by hand, or one that was pasted.

use std::rc::Rc;

use crate::margin::Threshold;
use crate::mark::median;
use crate::process::{
    Around, MOST_MOMENTS, Moment, PRESET_END_MS, PRESET_STEP_MS, Points, Preset, Tick,
};
use crate::quantity::{Exact, Overflow, Price, Rounding};
use crate::words::Answer;

/// Points of a path drawn by hand: one every 15 seconds of its ten minutes.
pub(super) const POINTS: usize = 41;
/// From one point to the next, in milliseconds.
pub(super) const POINT_MS: u64 = 15_000;
/// A pointer that moves fast leaves points out, which are filled in if there are no more than these.
const FILLED: usize = 6;

/// Where prices come from.
#[derive(Clone, Debug)]
pub(super) enum Course {
    /// Made from the position's own prices.
    Preset(Preset),
    /// The reader's own, a price for each point.
    Own(Vec<Price>),
    /// Read from what was pasted.
    Pasted(Rc<[Moment]>),
}

/// Why there is no path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NoPath;

impl From<Overflow> for NoPath {
    fn from(_: Overflow) -> Self {
        Self
    }
}

/// The position's own prices, from which presets are made.
///
/// Where no price closes it, a price a tenth away stands for the one that does; where it is past its
/// closing price already, the mark.
pub(super) fn around(answer: &Answer) -> Result<Around, Overflow> {
    let (report, side) = (&answer.report, answer.position.side);
    let start = answer.market.mark_price;
    let liquidation = match (&report.liquidation, report.liquidation.crossing()) {
        (Threshold::Now { .. }, _) => start,
        (_, Some(crossing)) => crossing.exact,
        (_, None) => {
            let tenth = start.exact().over(&Exact::from_integer(10))?.times(&side.sign())?;
            Price::from_exact(start.exact().minus(&tenth)?)
        }
    };
    Ok(Around {
        side,
        start,
        liquidation,
        bankruptcy: report.bankruptcy_price.as_ref().map(|it| it.exact),
        tick: Some(answer.listing.tick_size),
    })
}

impl Course {
    /// The moments of the path.
    pub(super) fn moments(&self, answer: &Answer) -> Result<Rc<[Moment]>, NoPath> {
        let tick = answer.listing.tick_size;
        Ok(match self {
            Self::Preset(preset) => preset.moments(&around(answer)?).map_err(|_| NoPath)?.into(),
            Self::Own(prices) => {
                let times = (0_u64..).map(|index| index.saturating_mul(POINT_MS));
                let points = times.zip(prices.iter().copied()).collect();
                let points = Points::new(points).map_err(|_| NoPath)?;
                points.moments(PRESET_STEP_MS, Some(&tick)).map_err(|_| NoPath)?.into()
            }
            Self::Pasted(moments) => moments.clone(),
        })
    }

    /// The preset, if it is one.
    pub(super) const fn preset(&self) -> Option<Preset> {
        match self {
            Self::Preset(preset) => Some(*preset),
            Self::Own(_) | Self::Pasted(_) => None,
        }
    }

    /// The points that this path goes through at their times, from which a reader draws on.
    pub(super) fn as_points(&self, answer: &Answer) -> Result<Vec<Price>, NoPath> {
        let moments = self.moments(answer)?;
        let at = |index: usize| {
            let time = u64::try_from(index).unwrap_or(u64::MAX).saturating_mul(POINT_MS);
            let later = moments.partition_point(|moment| moment.at <= time);
            moments.get(later.saturating_sub(1)).map(|moment| moment.index).ok_or(NoPath)
        };
        (0..POINTS).map(at).collect()
    }
}

/// Marks: the median of index, last trade and the middle of the book at each moment.
///
/// Venues average the middle of the book over time; over a path that says nothing of it, that is the
/// index itself, and the median is what all of them end in.
pub(super) fn ticks(moments: &[Moment]) -> Result<Vec<Tick>, NoPath> {
    let mut ticks = Vec::with_capacity(moments.len().min(MOST_MOMENTS));
    for moment in moments {
        let same = moment.index == moment.last && moment.index == moment.mid;
        let mark = if same {
            moment.index
        } else {
            median(&[moment.index, moment.last, moment.mid]).map_err(|_| NoPath)?
        };
        ticks.push(moment.with_mark(mark));
    }
    Ok(ticks)
}

/// Puts the point under a place of the chart at a price; from the point before to it, the points that a
/// fast pointer left out. The answer is which point it was.
pub(super) fn draw(
    prices: &mut [Price],
    before: Option<usize>,
    (seconds, price): (Exact, Exact),
    limits: &(Price, Price),
    tick: &Price,
) -> Result<usize, Overflow> {
    let each = Exact::from_integer(i64::try_from(POINT_MS).unwrap_or(i64::MAX))
        .over(&Exact::from_integer(1000))?;
    let nearest = seconds.over(&each)?.round(0, Rounding::HalfEven)?;
    let last = prices.len().saturating_sub(1);
    let index = usize::try_from(nearest.mantissa()).unwrap_or(0).min(last);
    let inside = price.larger(*limits.0.exact())?.smaller(*limits.1.exact())?;
    let on_tick = inside.to_step(tick.exact(), Rounding::HalfEven)?;
    let price = if on_tick.is_positive() { on_tick } else { inside };
    let from = before.filter(|before| (2..=FILLED).contains(&index.abs_diff(*before)));
    let from = from.and_then(|before| Some((before, *prices.get(before)?.exact())));
    if let Some((from, start)) = from {
        let whole = |count: usize| Exact::from_integer(i64::try_from(count).unwrap_or(0));
        let steps = index.abs_diff(from);
        for step in 1..steps {
            let between =
                if from < index { from.saturating_add(step) } else { from.saturating_sub(step) };
            let way = price.minus(&start)?.times(&whole(step))?.over(&whole(steps))?;
            if let Some(point) = prices.get_mut(between) {
                *point = Price::from_exact(start.plus(&way)?);
            }
        }
    }
    if let Some(point) = prices.get_mut(index) {
        *point = Price::from_exact(price);
    }
    Ok(index)
}

/// Between which prices can be drawn: three times as far as the closing price lies, both ways; more can
/// be typed.
pub(super) fn drawable(answer: &Answer) -> Result<(Price, Price), Overflow> {
    let around = around(answer)?;
    let start = around.start.exact();
    let far = start.minus(around.liquidation.exact())?.magnitude();
    let least = start.over(&Exact::from_integer(20))?;
    let reach = far.larger(least)?.times(&Exact::from_integer(3))?;
    let low = start.minus(&reach)?.larger(start.over(&Exact::from_integer(100))?)?;
    Ok((Price::from_exact(low), Price::from_exact(start.plus(&reach)?)))
}

/// The last moment of a path drawn by hand, in milliseconds, is that of the presets.
const _: () = assert!(PRESET_END_MS == 600_000 && POINT_MS == 15_000 && POINTS == 41);
