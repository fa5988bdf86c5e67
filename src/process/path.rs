//! Prices over time: drawn by hand, or made from a position's own figures.

use core::fmt;

use crate::quantity::{Exact, Overflow, Price, Rounding, Side};

use super::setup::Tick;

/// The most moments a path may have.
pub const MOST_MOMENTS: usize = 100_000;

/// One moment of a market. The mark is made from these elsewhere, by the venue's formula.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moment {
    /// Milliseconds since the path began.
    pub at: u64,
    /// The index of spot prices, above zero.
    pub index: Price,
    /// The last trade, above zero.
    pub last: Price,
    /// The middle of the book, above zero.
    pub mid: Price,
}

impl Moment {
    /// The moment with the mark that a formula gave for it.
    pub fn with_mark(&self, mark: Price) -> Tick {
        Tick { at: self.at, mark, mid: self.mid }
    }
}

/// A path as somebody drew it: prices at some times, straight between them.
#[derive(Clone, Debug, PartialEq)]
pub struct Points(Vec<(u64, Price)>);

/// Why points are no path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PointsError {
    /// There are fewer than two.
    TooFew,
    /// The time of this point, from 1, is not above that of the one before.
    TimeNotRising(usize),
    /// The price of this point, from 1, is not above zero.
    NotAboveZero(usize),
    /// The path would have more than [`MOST_MOMENTS`] moments, or a step of no length.
    TooLong,
    /// A price has too many digits.
    Overflow,
}

impl From<Overflow> for PointsError {
    fn from(_: Overflow) -> Self {
        Self::Overflow
    }
}

impl fmt::Display for PointsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooFew => f.write_str("A path needs at least two points."),
            Self::TimeNotRising(point) => {
                write!(f, "Point {point} must come later than the point before it.")
            }
            Self::NotAboveZero(point) => write!(f, "Point {point} needs a price above 0."),
            Self::TooLong => write!(f, "A path may have at most {MOST_MOMENTS} moments."),
            Self::Overflow => f.write_str("A price has too many digits."),
        }
    }
}

impl core::error::Error for PointsError {}

impl Points {
    /// Checks points: times in milliseconds that rise, prices above zero.
    pub fn new(points: Vec<(u64, Price)>) -> Result<Self, PointsError> {
        if points.len() < 2 {
            return Err(PointsError::TooFew);
        }
        let mut before = None;
        for (index, (at, price)) in points.iter().enumerate() {
            let number = index.saturating_add(1);
            if before.is_some_and(|before| *at <= before) {
                return Err(PointsError::TimeNotRising(number));
            }
            if !price.exact().is_positive() {
                return Err(PointsError::NotAboveZero(number));
            }
            before = Some(*at);
        }
        Ok(Self(points))
    }

    /// The price at a time, straight between the points on both sides; before the first and after
    /// the last it is theirs.
    pub fn at(&self, time: u64) -> Result<Price, Overflow> {
        let later = self.0.partition_point(|(at, _)| *at <= time);
        let before = later.checked_sub(1).and_then(|index| self.0.get(index));
        match (before, self.0.get(later)) {
            (Some((from, low)), Some((to, high))) if *from != time => {
                let way =
                    whole(time.saturating_sub(*from)).over(&whole(to.saturating_sub(*from)))?;
                let rise = high.exact().minus(low.exact())?.times(&way)?;
                Ok(Price::from_exact(low.exact().plus(&rise)?))
            }
            (Some((_, price)), _) | (None, Some((_, price))) => Ok(*price),
            (None, None) => Err(Overflow),
        }
    }

    /// The moments from time 0 to the last point, a step apart, with index, last trade and mid all
    /// at the price drawn. Prices are exact, or rounded half-even to a price step.
    pub fn moments(&self, step: u64, tick: Option<&Price>) -> Result<Vec<Moment>, PointsError> {
        let end = self.0.last().map_or(0, |(at, _)| *at);
        let count = end.checked_div(step).and_then(|count| usize::try_from(count).ok());
        if count.is_none_or(|count| MOST_MOMENTS <= count) {
            return Err(PointsError::TooLong);
        }
        let (mut moments, mut at) = (Vec::new(), 0_u64);
        while at <= end {
            let price = on_step(&self.at(at)?, tick)?;
            moments.push(Moment { at, index: price, last: price, mid: price });
            at = at.saturating_add(step);
        }
        Ok(moments)
    }
}

/// The price on the step; the exact one where rounding would leave nothing.
pub(super) fn on_step(price: &Price, step: Option<&Price>) -> Result<Price, Overflow> {
    let Some(step) = step else {
        return Ok(*price);
    };
    let rounded = price.exact().to_step(step.exact(), Rounding::HalfEven)?;
    Ok(if rounded.is_positive() { Price::from_exact(rounded) } else { *price })
}

fn whole(value: u64) -> Exact {
    i64::try_from(value).map_or(Exact::from_integer(i64::MAX), Exact::from_integer)
}

/// What a preset is made from: a position's own prices, all above zero.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Around {
    /// Which way the position gains.
    pub side: Side,
    /// Where the path begins: the mark now.
    pub start: Price,
    /// Where the position is closed.
    pub liquidation: Price,
    /// Where nothing is left; absent where that is at no price.
    pub bankruptcy: Option<Price>,
    /// The price step.
    pub tick: Option<Price>,
}

/// Ten minutes, a moment each second, that tell one story each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    /// The market sinks slowly past the liquidation price and stays there.
    SlowBleed,
    /// Within eight seconds it falls past the bankruptcy price, and comes back.
    FlashCrash,
    /// The last trade alone touches a price past liquidation for one second.
    Wick,
    /// From one second to the next it stands past the bankruptcy price, and stays there.
    Gap,
    /// It falls just past the liquidation price, and then comes all the way back.
    RecoveryAfterClose,
}

/// A step of the presets, in milliseconds.
pub const PRESET_STEP_MS: u64 = 1_000;

/// The time of the last moment of a preset, in milliseconds.
pub const PRESET_END_MS: u64 = 600_000;

impl Preset {
    /// Every preset, in the order a reader is offered them.
    pub const ALL: [Self; 5] =
        [Self::SlowBleed, Self::FlashCrash, Self::Wick, Self::Gap, Self::RecoveryAfterClose];

    /// The name in ids and links.
    pub const fn key(self) -> &'static str {
        match self {
            Self::SlowBleed => "bleed",
            Self::FlashCrash => "flash",
            Self::Wick => "wick",
            Self::Gap => "gap",
            Self::RecoveryAfterClose => "recovery",
        }
    }

    /// The preset of that name.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|preset| preset.key() == key)
    }

    /// The path for a position.
    pub fn moments(self, around: &Around) -> Result<Vec<Moment>, PointsError> {
        let (past, deep) = (around.past()?, around.deep()?);
        let start = around.start;
        let second = |seconds: u64| seconds.saturating_mul(PRESET_STEP_MS);
        let points = match self {
            Self::SlowBleed => vec![(0, start), (second(480), past), (PRESET_END_MS, past)],
            Self::FlashCrash => vec![
                (0, start),
                (second(240), start),
                (second(248), deep),
                (second(268), deep),
                (second(420), start),
                (PRESET_END_MS, start),
            ],
            Self::Wick => vec![(0, start), (PRESET_END_MS, start)],
            Self::Gap => {
                vec![(0, start), (second(299), start), (second(300), deep), (PRESET_END_MS, deep)]
            }
            Self::RecoveryAfterClose => vec![
                (0, start),
                (second(240), past),
                (second(250), past),
                (second(400), start),
                (PRESET_END_MS, start),
            ],
        };
        let tick = around.tick.as_ref();
        let mut moments = Points::new(points)?.moments(PRESET_STEP_MS, tick)?;
        if self == Self::Wick {
            for moment in moments.iter_mut().filter(|moment| moment.at == second(300)) {
                moment.last = on_step(&deep, tick)?;
            }
        }
        Ok(moments)
    }
}

impl Around {
    /// Half-way from liquidation to bankruptcy, so that the margin is short and not gone.
    fn past(&self) -> Result<Price, Overflow> {
        let beyond = self.beyond()?;
        self.further(&self.liquidation, &beyond.over(&Exact::from_integer(2))?)
    }

    /// Past bankruptcy by as much as bankruptcy is past liquidation.
    fn deep(&self) -> Result<Price, Overflow> {
        let beyond = self.beyond()?;
        self.further(&self.liquidation, &beyond.plus(&beyond)?)
    }

    /// From liquidation to bankruptcy; a hundredth of the price where that is no way on.
    fn beyond(&self) -> Result<Exact, Overflow> {
        let least = self.liquidation.exact().over(&Exact::from_integer(100))?;
        let Some(bankruptcy) = &self.bankruptcy else {
            return Ok(least);
        };
        let loss = self.liquidation.exact().minus(bankruptcy.exact())?;
        let way = loss.times(&self.side.sign())?;
        Ok(if way.is_positive() { way } else { least })
    }

    /// A price further on the losing side; never more than half-way to zero.
    fn further(&self, from: &Price, by: &Exact) -> Result<Price, Overflow> {
        let most = from.exact().over(&Exact::from_integer(2))?;
        let by = by.smaller(most)?.times(&self.side.sign())?;
        Ok(Price::from_exact(from.exact().minus(&by)?))
    }
}
