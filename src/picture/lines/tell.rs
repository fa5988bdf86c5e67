//! A chart over time in words and as a table, for whoever does not see it.

use crate::quantity::{Exact, Overflow, Rounding};
use crate::text::Ticks;
use crate::words::Pen;

use super::frame::label;
use super::{Line, LineChart, Point};

/// The figures of a chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The heads: time, then the names of the lines.
    pub heads: Vec<String>,
    /// A row for each moment: the moment, then the value of each line; a dash where it has none.
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// The table as markup, of our own words and printed numbers only.
    pub fn markup(&self, caption: &str) -> String {
        let mut markup = format!("<table><caption>{caption}</caption><thead><tr>");
        for head in &self.heads {
            markup.push_str(&format!("<th scope=\"col\">{head}</th>"));
        }
        markup.push_str("</tr></thead><tbody>");
        for row in &self.rows {
            let mut cells = row.iter();
            let first = cells.next().map_or("", String::as_str);
            markup.push_str(&format!("<tr><th scope=\"row\">{first}</th>"));
            cells.for_each(|cell| markup.push_str(&format!("<td>{cell}</td>")));
            markup.push_str("</tr>");
        }
        markup.push_str("</tbody></table>");
        markup
    }
}

/// A length of time as it is said: `45 s`, `8 min 30 s`, `2 h 5 min`. Zero or above, in seconds.
pub fn moment(pen: &Pen, seconds: &Exact) -> String {
    let said = |value: &Exact, sign: &str| format!("{}\u{202f}{sign}", pen.short(value, 3));
    for (size, sign, less) in [(3600, "h", (60, "min")), (60, "min", (1, "s"))] {
        let unit = Exact::from_integer(size);
        let (Ok(true), Ok(whole)) =
            (unit.is_at_most(seconds), seconds.to_step(&unit, Rounding::Floor))
        else {
            continue;
        };
        let rest = seconds.minus(&whole).and_then(|rest| rest.over(&Exact::from_integer(less.0)));
        let (Ok(count), Ok(rest)) = (whole.over(&unit), rest) else {
            continue;
        };
        if rest.is_zero() {
            return said(&count, sign);
        }
        return format!("{} {}", said(&count, sign), said(&rest, less.1));
    }
    said(seconds, "s")
}

fn value(chart: &LineChart, value: &Exact) -> String {
    chart.pen.places(value, chart.places, Rounding::HalfEven)
}

/// The points with the lowest and the highest value, the first of them if there are several.
fn extremes(line: &Line) -> Result<Option<(Point, Point)>, Overflow> {
    let mut found: Option<(Point, Point)> = None;
    for point in &line.points {
        found = Some(match found {
            None => (*point, *point),
            Some((low, high)) => (
                if point.value.is_below(&low.value)? { *point } else { low },
                if high.value.is_below(&point.value)? { *point } else { high },
            ),
        });
    }
    Ok(found)
}

pub(super) fn description(chart: &LineChart) -> Result<String, Overflow> {
    let mut text = chart.what.clone();
    for line in &chart.lines {
        let (Some(first), Some(last)) = (line.points.first(), line.points.last()) else {
            continue;
        };
        let Some((low, high)) = extremes(line)? else {
            continue;
        };
        let name = crate::text::capital(&line.name);
        if low.value == high.value {
            text.push_str(&format!(" {name}: {} all the time.", value(chart, &low.value)));
            continue;
        }
        text.push_str(&format!(
            " {name}: from {} to {}, lowest {} at {}, highest {} at {}.",
            value(chart, &first.value),
            value(chart, &last.value),
            value(chart, &low.value),
            moment(&chart.pen, &low.at),
            value(chart, &high.value),
            moment(&chart.pen, &high.at),
        ));
    }
    for reference in &chart.references {
        text.push_str(&format!(" Dotted line: {}", label(chart, reference)));
        if !reference.moves.is_empty() {
            let first = value(chart, &reference.value);
            text.push_str(&format!(" in the end, {first} at first"));
        }
        text.push('.');
    }
    for marker in chart.markers.iter().filter(|marker| !marker.note.is_empty()) {
        let note = marker.note.join(" ");
        let end = if note.ends_with('.') { "" } else { "." };
        text.push_str(&format!(" At {}: {note}{end}", moment(&chart.pen, &marker.at)));
    }
    Ok(text)
}

pub(super) fn table(chart: &LineChart) -> Result<Table, Overflow> {
    let unit = chart.unit.seconds();
    let ticks = Ticks::between(&chart.from.over(&unit)?, &chart.to.over(&unit)?, 12)?;
    let mut moments: Vec<Exact> = Vec::new();
    let axis = ticks.values.iter().map(|tick| tick.value.times(&unit));
    for at in axis.chain(chart.markers.iter().map(|marker| Ok(marker.at))) {
        let at = at?;
        let mut place = moments.len();
        while let Some(before) = place.checked_sub(1).and_then(|index| moments.get(index)) {
            if before.is_at_most(&at)? {
                break;
            }
            place -= 1;
        }
        let is_new = place.checked_sub(1).and_then(|index| moments.get(index)) != Some(&at);
        if is_new {
            moments.insert(place, at);
        }
    }
    let mut heads = vec!["Time".to_owned()];
    heads.extend(chart.lines.iter().map(|line| crate::text::capital(&line.name)));
    let mut rows = Vec::with_capacity(moments.len());
    for at in &moments {
        let mut row = vec![moment(&chart.pen, at)];
        for line in &chart.lines {
            let at = line.value_at(at)?;
            row.push(at.map_or_else(|| "\u{2013}".to_owned(), |it| value(chart, &it)));
        }
        rows.push(row);
    }
    Ok(Table { heads, rows })
}
