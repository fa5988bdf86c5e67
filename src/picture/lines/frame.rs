//! Where the parts of a chart over time stand.

use crate::picture::layout::{NARROW_BELOW, text_width};
use crate::picture::projection::{Scale, Tenths};
use crate::picture::svg::px;
use crate::quantity::{Exact, Overflow, Rounding};
use crate::text::Ticks;

use super::tell::moment;
use super::{LineChart, Reference, Stroke};

/// Size of the text: the smallest of the page.
pub(super) const TEXT: Tenths = 130;
/// From one row of names to the next.
pub(super) const ROW: Tenths = 190;
/// Length of the sample of a line before its name, and the room behind it.
pub(super) const SAMPLE: (Tenths, Tenths) = (200, 70);
/// Half of the diamond at the end of a reference.
pub(super) const DIAMOND: Tenths = 65;

/// A chart's measures in a container of a given width.
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    pub(super) width: Tenths,
    pub(super) height: Tenths,
    pub(super) left: Tenths,
    pub(super) right: Tenths,
    pub(super) top: Tenths,
    pub(super) bottom: Tenths,
    /// Whether names stand in a column behind the lines.
    pub(super) is_wide: bool,
    pub(super) x: Scale,
    pub(super) y: Scale,
    /// In the unit of the time axis.
    pub(super) x_ticks: Ticks,
    pub(super) y_ticks: Ticks,
    times: (Exact, Exact),
    values: (Exact, Exact),
}

/// About how wide a name is; strong ones are wider.
pub(super) fn name_width(text: &str, is_strong: bool) -> Tenths {
    let width = text_width(text, TEXT);
    if is_strong { width * 112 / 100 } else { width }
}

/// A reference as it is labelled.
pub(super) fn label(chart: &LineChart, reference: &Reference) -> String {
    let value = chart.pen.places(reference.last(), chart.places, Rounding::HalfEven);
    let until = reference
        .ends
        .as_ref()
        .map_or_else(String::new, |at| format!(" until {}", moment(&chart.pen, at)));
    format!("{} {value}{until}", reference.name)
}

/// The rows of names above the plot: for each line its place from the left and its row.
pub(super) fn rows(chart: &LineChart, width: Tenths) -> Vec<(Tenths, Tenths)> {
    let (mut x, mut row) = (0, 0);
    let mut places = Vec::with_capacity(chart.lines.len());
    for line in &chart.lines {
        let name = name_width(&line.name, line.stroke == Stroke::Strong);
        let needs = SAMPLE.0 + SAMPLE.1 + name;
        if 0 < x && width < x + needs {
            (x, row) = (0, row + 1);
        }
        places.push((x, row));
        x += needs + 180;
    }
    places
}

/// The values in view, a twelfth more on both sides.
fn span(chart: &LineChart) -> Result<(Exact, Exact), Overflow> {
    let points = chart.lines.iter().flat_map(|line| &line.points).map(|point| point.value);
    let fixed = chart.references.iter().flat_map(|reference| {
        reference.moves.iter().map(|moved| moved.value).chain([reference.value])
    });
    let mut ends: Option<(Exact, Exact)> = None;
    for value in points.chain(fixed).chain(chart.markers.iter().map(|marker| marker.value)) {
        ends = Some(match ends {
            None => (value, value),
            Some((low, high)) => (low.smaller(value)?, high.larger(value)?),
        });
    }
    let (low, high) = ends.unwrap_or((Exact::ZERO, Exact::ONE));
    let height = high.minus(&low)?;
    let more = if height.is_positive() {
        height.over(&Exact::from_integer(12))?
    } else {
        // A line that does not move stands in the middle.
        high.magnitude().over(&Exact::from_integer(100))?.larger(Exact::ONE)?
    };
    Ok((low.minus(&more)?, high.plus(&more)?))
}

impl Frame {
    pub(super) fn new(chart: &LineChart, width: u32) -> Result<Self, Overflow> {
        let pixels = Tenths::try_from(width.clamp(240, 4000)).unwrap_or(1184) * 10;
        let is_wide = NARROW_BELOW <= width;
        let values = span(chart)?;
        let height = Tenths::try_from(chart.height.clamp(80, 1000)).unwrap_or(240) * 10;
        let parts = |length: Tenths, each: Tenths| u32::try_from(length / each).unwrap_or(2);
        let y_ticks = Ticks::between(&values.0, &values.1, parts(height, 420).clamp(2, 12))?;
        let numbers = y_ticks.values.iter().map(|tick| {
            let text = chart.pen.places(&tick.value, y_ticks.places(), Rounding::HalfEven);
            text_width(&text, TEXT)
        });
        let left = numbers.max().unwrap_or(0) + 100;
        let names = chart.lines.iter().map(|line| {
            SAMPLE.0 + SAMPLE.1 + name_width(&line.name, line.stroke == Stroke::Strong)
        });
        let labels = chart.references.iter().map(|it| name_width(&label(chart, it), true) + 60);
        let widest = names.chain(labels).max().unwrap_or(0);
        let right =
            if is_wide { pixels - widest - 2 * DIAMOND - 40 } else { pixels - DIAMOND - 10 };
        let right = right.max(left + 800);
        let above = if is_wide {
            0
        } else {
            rows(chart, pixels).last().map_or(0, |(_, row)| (row + 1) * ROW)
        };
        let (top, bottom) = (above + 120, above + 120 + height);
        let unit = chart.unit.seconds();
        let (from, to) = (chart.from.over(&unit)?, chart.to.over(&unit)?);
        Ok(Self {
            width: pixels,
            height: bottom + 300,
            left,
            right,
            top,
            bottom,
            is_wide,
            x: Scale::new(&chart.from, &chart.to, left, right),
            y: Scale::new(&values.0, &values.1, bottom, top),
            x_ticks: Ticks::between(&from, &to, parts(right - left, 750).clamp(2, 14))?,
            y_ticks,
            times: (chart.from, chart.to),
            values,
        })
    }

    /// The width and height of the drawing, in tenths of a pixel.
    pub fn size(&self) -> (Tenths, Tenths) {
        (self.width, self.height)
    }

    /// The moment and the value under a place in the drawing, which is given in thousandths of its width
    /// and height from the upper left corner; beyond the plot, the nearest in it.
    pub fn place(&self, across: u32, down: u32) -> Result<(Exact, Exact), Overflow> {
        let part = |length: Tenths, thousandths: u32| {
            length / 10 * Tenths::try_from(thousandths.min(1000)).unwrap_or(0) / 100
        };
        let share = |place: Tenths, start: Tenths, end: Tenths| {
            let inside = i64::from(place.clamp(start, end) - start);
            Exact::from_integer(inside).over(&Exact::from_integer(i64::from((end - start).max(1))))
        };
        let along = share(part(self.width, across), self.left, self.right)?;
        let below = share(part(self.height, down), self.top, self.bottom)?;
        let (from, to) = &self.times;
        let (low, high) = &self.values;
        Ok((
            from.plus(&to.minus(from)?.times(&along)?)?,
            high.minus(&high.minus(low)?.times(&below)?)?,
        ))
    }

    /// An upright line at a moment, with a dot at each of these values, as an SVG of the drawing's size to
    /// be laid over it. It says nothing: what stands there is told elsewhere.
    pub fn cursor(&self, at: &Exact, values: &[Exact]) -> String {
        let x = self.x.at(at).clamp(self.left, self.right);
        let (x, w, h) = (px(x), px(self.width), px(self.height));
        let (top, bottom) = (px(self.top), px(self.bottom));
        let mut svg = format!(
            "<svg class=\"chart time over\" viewBox=\"0 0 {w} {h}\" aria-hidden=\"true\">\
             <line class=\"strong\" x1=\"{x}\" y1=\"{top}\" x2=\"{x}\" y2=\"{bottom}\"/>"
        );
        for value in values {
            let y = px(self.y.at(value));
            svg.push_str(&format!("<circle class=\"m-ink\" cx=\"{x}\" cy=\"{y}\" r=\"5\"/>"));
        }
        svg.push_str("</svg>");
        svg
    }
}
