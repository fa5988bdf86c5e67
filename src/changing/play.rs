//! Ten minutes in which the requirement is read anew every half minute, against a nearly still mark.

use crate::margin::Threshold;
use crate::quantity::{Exact, Overflow, Price, Ratio, Rounding, Side};
use crate::scenario::{Market, Position};

use super::scaled::{Unscalable, closing_under, scaled};
use super::teaching::TeachingRule;

/// Seconds from one reading of the market to the next; between them the requirement is held.
pub const INTERVAL_S: u32 = 30;
/// How long it lasts, in seconds.
pub const LENGTH_S: u32 = 600;
/// When unrest begins to grow and when it is whole, in seconds.
const GROWS: (u32, u32) = (120, 480);

/// How far the mark is from where it began, against the holder, in ten-thousandths of it, at each
/// reading: drawn by hand, to be nearly still. Where that is more than a quarter of the way to the usual
/// closing price it is drawn smaller, so that it is the rule that closes and not the drift.
const DRIFT: [i64; 21] =
    [0, -12, -10, 4, 22, 40, 48, 36, 24, 30, 50, 74, 82, 70, 56, 62, 70, 80, 100, 120, 122];

/// The furthest of it.
const FURTHEST: i64 = 122;

/// One reading of the market.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// Seconds since the beginning.
    pub at: u32,
    /// Volatility, as a multiple of its usual level.
    pub volatility: Ratio,
    /// Open interest, likewise.
    pub open_interest: Ratio,
    /// How many times the usual rate is asked until the next reading.
    pub multiple: Ratio,
    /// Where the position is closed until then.
    pub closing: Threshold,
    /// The mark at this moment.
    pub mark: Price,
}

/// When and where the position was closed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stop {
    /// Whole seconds since the beginning.
    pub at: u32,
    /// The mark then.
    pub mark: Price,
}

/// The ten minutes.
#[derive(Clone, Debug, PartialEq)]
pub struct Played {
    /// The readings, from the first moment to the last.
    pub readings: Vec<Reading>,
    /// When it was closed; absent when it was not.
    pub stop: Option<Stop>,
}

/// Plays it. Volatility and open interest stand at their usual level at first and then rise evenly to
/// these multiples of it, or fall to them; the rule looks every [`INTERVAL_S`] seconds and holds.
pub fn play(
    position: &Position,
    market: &Market,
    rule: &TeachingRule,
    volatility: &Ratio,
    open_interest: &Ratio,
) -> Result<Played, Unscalable> {
    let percent = drawn_at(position, market)?;
    let mut played = Played { readings: Vec::with_capacity(DRIFT.len()), stop: None };
    for (drift, at) in DRIFT.iter().zip((0..=LENGTH_S).step_by(30)) {
        let share = grown(at)?;
        let level = |peak: &Ratio| {
            let rise = peak.exact().minus(&Exact::ONE)?.times(&share)?;
            Exact::ONE.plus(&rise).map(Ratio::from_exact)
        };
        let (volatility, open_interest) = (level(volatility)?, level(open_interest)?);
        let multiple = rule.multiple(&volatility, &open_interest)?;
        let tiers = scaled(&market.rules.tiers, &multiple)?;
        let closing = closing_under(position, market, tiers)?;
        let mark = drifted(&market.mark_price, position.side, &percent, *drift)?;
        played.readings.push(Reading { at, volatility, open_interest, multiple, closing, mark });
    }
    played.stop = stop(position.side, &played.readings)?;
    Ok(played)
}

/// How much of the rise has happened, from 0 to 1.
fn grown(at: u32) -> Result<Exact, Overflow> {
    let (from, to) = GROWS;
    let whole = Exact::from_integer(i64::from(to.saturating_sub(from)));
    Exact::from_integer(i64::from(at.saturating_sub(from))).over(&whole)?.smaller(Exact::ONE)
}

/// How large the drift is drawn, in whole percent, up to 100.
fn drawn_at(position: &Position, market: &Market) -> Result<Exact, Unscalable> {
    let usual = closing_under(position, market, market.rules.tiers.clone())?;
    let whole = Exact::from_integer(100);
    let Some(closing) = usual.crossing() else {
        return Ok(whole);
    };
    let mark = market.mark_price.exact();
    let away = mark.minus(closing.exact.exact())?.magnitude();
    // A quarter of it, over the furthest drift in ten-thousandths, in percent.
    let quarter = away.times(&Exact::from_integer(250_000))?;
    let most = quarter.over(&mark.times(&Exact::from_integer(FURTHEST))?)?;
    let most = most.round(0, Rounding::Floor)?;
    Ok(Exact::from_decimal(most).smaller(whole)?)
}

fn drifted(mark: &Price, side: Side, percent: &Exact, against: i64) -> Result<Price, Overflow> {
    let share = Exact::from_integer(against).over(&Exact::from_integer(1_000_000))?;
    let share = share.times(percent)?;
    let factor = Exact::ONE.minus(&share.times(&side.sign())?)?;
    mark.exact().times(&factor).map(Price::from_exact)
}

/// The first second in which the mark stands at the closing price then in force, or beyond it. Between
/// two readings the mark goes straight.
fn stop(side: Side, readings: &[Reading]) -> Result<Option<Stop>, Overflow> {
    let interval = Exact::from_integer(i64::from(INTERVAL_S));
    for (index, reading) in readings.iter().enumerate() {
        let Some(closing) = reading.closing.crossing() else {
            continue;
        };
        let next = readings.get(index.saturating_add(1));
        let seconds = if next.is_some() { INTERVAL_S } else { 1 };
        let way = match next {
            Some(next) => next.mark.exact().minus(reading.mark.exact())?,
            None => Exact::ZERO,
        };
        for second in 0..seconds {
            let share = Exact::from_integer(i64::from(second)).over(&interval)?;
            let mark = reading.mark.exact().plus(&way.times(&share)?)?;
            let is_closed = match side {
                Side::Long => mark.is_at_most(closing.exact.exact())?,
                Side::Short => closing.exact.exact().is_at_most(&mark)?,
            };
            if is_closed {
                let at = reading.at.saturating_add(second);
                return Ok(Some(Stop { at, mark: Price::from_exact(mark) }));
            }
        }
    }
    Ok(None)
}
