//! A chart of prices over time, for any number of lines: drawn at its real width, so that text is never
//! scaled, and told in words and as a table.
//!
//! ```text
//!  98 ┤ ‥‥‥‥‥‥╲  ╱‥‥‥‥‥‥‥‥   ── mark price      what the lines are called stands behind their ends,
//!  96 ┤        ╲╱              ── last trade      on a narrow page in rows above the plot
//!  92 ┤ ·················◆ closed at 92.11        a reference: dotted, with its diamond
//!     └──┬────┬────┬──
//!       0 s  20 s  40 s
//! ```
//!
//! [`LineChart::frame`] is where everything stands; [`LineChart::draw`] draws into it. Whoever moves a
//! cursor keeps the frame and asks it for [`Frame::cursor`], which draws nothing else anew, and
//! [`Frame::place`] is the way back from a pointer.

mod draw;
mod frame;
mod labels;
mod tell;

pub use frame::Frame;
pub use tell::{Table, moment};

use crate::quantity::{Exact, Overflow};
use crate::words::Pen;

/// One value of a line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// When, in seconds from the chart's zero.
    pub at: Exact,
    /// The value then, in the unit of the vertical axis.
    pub value: Exact,
}

/// What a line is the line of, which decides its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// The mark price: ink.
    Mark,
    /// What is only compared with it: grey.
    Other,
    /// What you have: blue.
    Have,
    /// What you must keep, and what follows from it: orange.
    Need,
}

/// How a line is drawn, so that colour alone tells no two apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stroke {
    /// Thick.
    Strong,
    /// Thin.
    Thin,
    /// Thin, in dashes.
    Dashed,
    /// Thin, in dots.
    Dotted,
}

/// One line.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// What it is called; our own words.
    pub name: String,
    /// What it is the line of.
    pub tone: Tone,
    /// How it is drawn.
    pub stroke: Stroke,
    /// Whether a value holds until the next one, instead of going straight to it.
    pub is_stepped: bool,
    /// Its values, in the order of time. A line may begin late and end early.
    pub points: Vec<Point>,
}

/// A value that holds until something moves it, as the price at which a position is closed.
#[derive(Clone, Debug, PartialEq)]
pub struct Reference {
    /// What stands before the value, as in `closed at`.
    pub name: &'static str,
    /// The value at the first moment.
    pub value: Exact,
    /// What it becomes and when, in the order of time; empty where it always holds.
    pub moves: Vec<Point>,
    /// When it holds no longer, in seconds; absent where it holds to the end.
    pub ends: Option<Exact>,
}

/// The shape of a marker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A filled diamond: closed by the exchange.
    Diamond,
    /// A filled dot.
    Dot,
    /// An open ring.
    Ring,
    /// A cross: bankrupt.
    Cross,
}

/// Something that happens at a moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Marker {
    /// When, in seconds.
    pub at: Exact,
    /// At which value its shape stands.
    pub value: Exact,
    /// Its shape.
    pub shape: Shape,
    /// What is said of it, a line of the picture each; left out of the picture, not of the description,
    /// where it finds no room.
    pub note: Vec<String>,
    /// Whether an upright line runs through the whole plot there.
    pub is_upright: bool,
}

/// What the numbers under the horizontal axis count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeUnit {
    /// Seconds.
    Seconds,
    /// Minutes.
    Minutes,
    /// Hours.
    Hours,
}

impl TimeUnit {
    /// How many seconds it has.
    pub(super) const fn seconds(self) -> Exact {
        Exact::from_integer(match self {
            Self::Seconds => 1,
            Self::Minutes => 60,
            Self::Hours => 3600,
        })
    }

    /// What stands behind a number of it.
    pub(super) const fn sign(self) -> &'static str {
        match self {
            Self::Seconds => "s",
            Self::Minutes => "min",
            Self::Hours => "h",
        }
    }

    /// The unit in which so many seconds are a number of one or two digits.
    pub fn suiting(seconds: &Exact) -> Self {
        let within = |most| seconds.is_at_most(&Exact::from_integer(most)).unwrap_or(false);
        if within(120) {
            Self::Seconds
        } else if within(3 * 3600) {
            Self::Minutes
        } else {
            Self::Hours
        }
    }
}

/// A chart of lines over time.
#[derive(Clone, Debug)]
pub struct LineChart {
    /// A sentence that says what is shown; the description begins with it.
    pub what: String,
    /// The first moment shown, in seconds.
    pub from: Exact,
    /// The last moment shown, in seconds; after the first.
    pub to: Exact,
    /// What the time axis counts.
    pub unit: TimeUnit,
    /// The lines, the most important first.
    pub lines: Vec<Line>,
    /// What holds all the time, or until something moves it.
    pub references: Vec<Reference>,
    /// What happens, in the order of time.
    pub markers: Vec<Marker>,
    /// Height of the plot itself, in pixels; names and axis numbers come on top.
    pub height: u32,
    /// Writes the numbers.
    pub pen: Pen,
    /// Decimals of a value where it is told; axis numbers have as few as they need.
    pub places: u32,
}

impl LineChart {
    /// Where everything stands in a container this many pixels wide, in the picture's measure.
    ///
    /// Fails only with numbers that have too many digits, as all of the chart does.
    pub fn frame(&self, width: u32) -> Result<Frame, Overflow> {
        Frame::new(self, width)
    }

    /// The chart as SVG in its frame, with the description as its name.
    pub fn draw(&self, frame: &Frame) -> Result<String, Overflow> {
        draw::draw(self, frame)
    }

    /// What the chart shows, in sentences: each line from end to end with its lowest and highest value,
    /// the references, the markers.
    pub fn description(&self) -> Result<String, Overflow> {
        tell::description(self)
    }

    /// The values of all lines at the moments that the axis names and at those of the markers.
    pub fn table(&self) -> Result<Table, Overflow> {
        tell::table(self)
    }
}

impl Reference {
    /// The value at the last moment, which its label tells.
    pub fn last(&self) -> &Exact {
        self.moves.last().map_or(&self.value, |moved| &moved.value)
    }
}

impl Line {
    /// The value at a moment; absent before its first point and after its last.
    pub fn value_at(&self, at: &Exact) -> Result<Option<Exact>, Overflow> {
        // By halving: a path may have ten thousand points.
        let (mut low, mut high) = (0, self.points.len());
        while low < high {
            let middle = low.midpoint(high);
            match self.points.get(middle) {
                Some(point) if point.at.is_at_most(at)? => low = middle + 1,
                _ => high = middle,
            }
        }
        let Some(before) = low.checked_sub(1).and_then(|index| self.points.get(index)) else {
            return Ok(None);
        };
        let Some(after) = self.points.get(low) else {
            return Ok((before.at == *at).then_some(before.value));
        };
        if self.is_stepped || before.at == *at {
            return Ok(Some(before.value));
        }
        let share = at.minus(&before.at)?.over(&after.at.minus(&before.at)?)?;
        let way = after.value.minus(&before.value)?.times(&share)?;
        before.value.plus(&way).map(Some)
    }
}
