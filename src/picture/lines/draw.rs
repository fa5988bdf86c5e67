//! A chart over time as SVG.

use crate::picture::layout::text_width;
use crate::picture::projection::Tenths;
use crate::picture::svg::{Anchor, Svg, px};
use crate::quantity::{Overflow, Rounding};

use super::frame::{DIAMOND, Frame, ROW, SAMPLE, TEXT, label, name_width, rows};
use super::labels::{Area, Room, stacked};
use super::{Line, LineChart, Marker, Reference, Shape, Stroke, Tone};

type Place = (Tenths, Tenths);

/// The circle around a diamond.
const HALO: Tenths = 120;

pub(super) fn draw(chart: &LineChart, frame: &Frame) -> Result<String, Overflow> {
    let mut svg = Svg::default();
    let (w, h) = (px(frame.width), px(frame.height));
    svg.raw(&format!(
        "<svg class=\"chart time\" viewBox=\"0 0 {w} {h}\" role=\"img\" aria-label=\"{}\">",
        chart.description()?
    ));
    axes(&mut svg, chart, frame);
    let paths: Vec<Vec<Place>> = chart.lines.iter().map(|line| path(line, frame)).collect();
    for reference in &chart.references {
        svg.polyline("reference", &steps(reference, frame));
    }
    for marker in chart.markers.iter().filter(|marker| marker.is_upright) {
        let x = frame.x.at(&marker.at);
        svg.line("strong", (x, frame.top), (x, frame.bottom));
    }
    // The most important last, so that it lies on top.
    for (line, path) in chart.lines.iter().zip(&paths).rev() {
        svg.polyline(class(line), path);
    }
    for marker in &chart.markers {
        shape(&mut svg, marker, (frame.x.at(&marker.at), frame.y.at(&marker.value)));
    }
    let ends: Vec<Tenths> =
        paths.iter().map(|path| path.last().map_or(frame.bottom, |(_, y)| *y)).collect();
    if frame.is_wide {
        names_behind(&mut svg, chart, frame, &ends);
    } else {
        names_above(&mut svg, chart, frame);
    }
    labels(&mut svg, chart, frame, paths);
    svg.raw("</svg>");
    Ok(svg.finish())
}

/// Grid, numbers and the time axis.
fn axes(svg: &mut Svg, chart: &LineChart, frame: &Frame) {
    for tick in &frame.y_ticks.values {
        let y = frame.y.at(&tick.value);
        svg.line("grid", (frame.left, y), (frame.right, y));
        let text = chart.pen.places(&tick.value, frame.y_ticks.places(), Rounding::HalfEven);
        svg.text("tick", (frame.left - 80, y + 45), Anchor::End, &text);
    }
    svg.line("axis1", (frame.left, frame.bottom), (frame.right, frame.bottom));
    let mut free_from = Tenths::MIN;
    for tick in &frame.x_ticks.values {
        let Ok(at) = tick.value.times(&chart.unit.seconds()) else {
            continue;
        };
        let x = frame.x.at(&at);
        svg.line("axis1", (x, frame.bottom), (x, frame.bottom + 60));
        let number = chart.pen.places(&tick.value, frame.x_ticks.places(), Rounding::HalfEven);
        let text = format!("{number}\u{202f}{}", chart.unit.sign());
        let width = text_width(&text, TEXT);
        // At the ends a number moves inward.
        let middle = x.clamp(width / 2, frame.width - width / 2);
        if free_from <= middle - width / 2 {
            svg.text("tick", (middle, frame.bottom + 230), Anchor::Middle, &text);
            free_from = middle + width / 2 + 80;
        }
    }
}

/// A line's corners; of those in one pixel's width only the first, the lowest, the highest and the last,
/// which is all that can be seen of them.
fn path(line: &Line, frame: &Frame) -> Vec<Place> {
    let mut corners: Vec<Place> = Vec::new();
    let mut column: Vec<Place> = Vec::new();
    let mut height = None;
    for point in &line.points {
        let (x, y) = (frame.x.at(&point.at), frame.y.at(&point.value));
        if x < frame.left || frame.right < x {
            continue;
        }
        let step = height.replace(y).filter(|before| line.is_stepped && *before != y);
        for place in step.map(|before| (x, before)).into_iter().chain([(x, y)]) {
            if column.first().is_some_and(|first| first.0 / 10 != place.0 / 10) {
                corners.append(&mut thinned(&column));
                column.clear();
            }
            column.push(place);
        }
    }
    corners.append(&mut thinned(&column));
    corners
}

fn thinned(column: &[Place]) -> Vec<Place> {
    if column.len() <= 4 {
        return column.to_vec();
    }
    let last = column.len() - 1;
    let by_height = |index: &usize| column.get(*index).map(|place| place.1);
    let lowest = (0..=last).min_by_key(by_height).unwrap_or(0);
    let highest = (0..=last).max_by_key(by_height).unwrap_or(0);
    let mut kept = vec![0, lowest.min(highest), lowest.max(highest), last];
    kept.dedup();
    kept.iter().filter_map(|index| column.get(*index).copied()).collect()
}

fn class(line: &Line) -> &'static str {
    match (line.tone, line.stroke) {
        (Tone::Mark, Stroke::Strong) => "ln ln-mark ln-strong",
        (Tone::Mark, Stroke::Thin) => "ln ln-mark",
        (Tone::Mark, Stroke::Dashed) => "ln ln-mark ln-dash",
        (Tone::Mark, Stroke::Dotted) => "ln ln-mark ln-dot",
        (Tone::Other, Stroke::Strong) => "ln ln-strong",
        (Tone::Other, Stroke::Thin) => "ln",
        (Tone::Other, Stroke::Dashed) => "ln ln-dash",
        (Tone::Other, Stroke::Dotted) => "ln ln-dot",
        (Tone::Have, Stroke::Strong) => "ln ln-have ln-strong",
        (Tone::Have, Stroke::Thin) => "ln ln-have",
        (Tone::Have, Stroke::Dashed) => "ln ln-have ln-dash",
        (Tone::Have, Stroke::Dotted) => "ln ln-have ln-dot",
        (Tone::Need, Stroke::Strong) => "ln ln-need ln-strong",
        (Tone::Need, Stroke::Thin) => "ln ln-need",
        (Tone::Need, Stroke::Dashed) => "ln ln-need ln-dash",
        (Tone::Need, Stroke::Dotted) => "ln ln-need ln-dot",
    }
}

fn shape(svg: &mut Svg, marker: &Marker, at: Place) {
    match marker.shape {
        Shape::Diamond => {
            svg.circle("halo", at, HALO);
            svg.diamond("m-liq", at, 70);
        }
        Shape::Dot => svg.circle("m-ink", at, 55),
        Shape::Ring => svg.circle("m-entry", at, 50),
        Shape::Cross => svg.cross("m-bk", at, 50),
    }
}

/// A sample of the line, then its name.
fn named(svg: &mut Svg, line: &Line, (x, y): Place) {
    svg.line(class(line), (x, y - 45), (x + SAMPLE.0, y - 45));
    let class = if line.stroke == Stroke::Strong { "lab lab-strong" } else { "lab" };
    svg.text(class, (x + SAMPLE.0 + SAMPLE.1, y), Anchor::Start, &line.name);
}

fn names_above(svg: &mut Svg, chart: &LineChart, frame: &Frame) {
    for (line, (x, row)) in chart.lines.iter().zip(rows(chart, frame.width)) {
        named(svg, line, (x, row * ROW + 130));
    }
}

/// Where a reference ends: at the right side, unless it holds no longer.
fn end(reference: &Reference, frame: &Frame) -> Tenths {
    reference.ends.as_ref().map_or(frame.right, |at| frame.x.at(at))
}

/// The corners of a reference, from the left side to its end.
fn steps(reference: &Reference, frame: &Frame) -> Vec<Place> {
    let mut y = frame.y.at(&reference.value);
    let mut corners = vec![(frame.left, y)];
    for moved in &reference.moves {
        let x = frame.x.at(&moved.at);
        corners.push((x, y));
        y = frame.y.at(&moved.value);
        corners.push((x, y));
    }
    corners.push((end(reference, frame), y));
    corners
}

/// Names and references in one column, each as near to its line as the others let it.
fn names_behind(svg: &mut Svg, chart: &LineChart, frame: &Frame, ends: &[Tenths]) {
    let fixed = chart.references.iter().map(|reference| frame.y.at(reference.last()));
    let wanted: Vec<Tenths> = ends.iter().copied().chain(fixed).map(|y| y + 45).collect();
    let heights = stacked(&wanted, ROW, (frame.top + 50, frame.bottom + 50));
    let x = frame.right + 2 * DIAMOND;
    let mut heights = heights.into_iter();
    for (line, y) in chart.lines.iter().zip(&mut heights) {
        named(svg, line, (x, y));
    }
    for (reference, y) in chart.references.iter().zip(heights) {
        svg.diamond("m-liq", (end(reference, frame), frame.y.at(reference.last())), DIAMOND);
        svg.text("lab lab-strong", (x, y), Anchor::Start, &label(chart, reference));
    }
}

/// What stands inside the plot: notes of markers, and on a narrow page the references.
fn labels(svg: &mut Svg, chart: &LineChart, frame: &Frame, paths: Vec<Vec<Place>>) {
    let bounds = Area::at(
        frame.left,
        frame.top - 100,
        frame.right - frame.left,
        frame.bottom - frame.top + 100,
    );
    let mut lines = paths;
    lines.extend(chart.references.iter().map(|reference| steps(reference, frame)));
    for marker in chart.markers.iter().filter(|marker| marker.is_upright) {
        let x = frame.x.at(&marker.at);
        lines.push(vec![(x, frame.top), (x, frame.bottom)]);
    }
    let mut room = Room::new(bounds, lines);
    for marker in &chart.markers {
        let (x, y) = (frame.x.at(&marker.at), frame.y.at(&marker.value));
        let half = if marker.shape == Shape::Diamond { HALO } else { 80 };
        room.take(Area::at(x - half, y - half, 2 * half, 2 * half));
    }
    if !frame.is_wide {
        for reference in &chart.references {
            let text = label(chart, reference);
            let (y, width) = (frame.y.at(reference.last()), name_width(&text, true));
            svg.diamond("m-liq", (end(reference, frame), y), DIAMOND);
            let span = frame.right - DIAMOND - 40 - width - frame.left;
            let along = (0..=8).map(|part| frame.left + span - span * part / 8);
            let places =
                along.flat_map(|left| [y - 190, y + 40].map(|top| Area::at(left, top, width, 140)));
            if let Some(area) = room.put(true, places) {
                svg.text("lab lab-strong", (area.left, area.bottom - 25), Anchor::Start, &text);
            }
        }
    }
    for marker in &chart.markers {
        note(svg, chart, frame, &mut room, marker);
    }
}

/// A marker's note, near its shape; none where a diamond lies over the shape.
fn note(svg: &mut Svg, chart: &LineChart, frame: &Frame, room: &mut Room, marker: &Marker) {
    let lines = Tenths::try_from(marker.note.len()).unwrap_or(1);
    let widest = marker.note.iter().map(|line| name_width(line, marker.is_upright)).max();
    let Some(width) = widest else {
        return;
    };
    let height = lines * 170 - 20;
    let (x, y) = (frame.x.at(&marker.at), frame.y.at(&marker.value));
    let others = chart.markers.iter().filter(|other| !marker.is_upright && *other != marker);
    let mut diamonds = others.clone().filter(|other| other.shape == Shape::Diamond);
    if diamonds
        .any(|it| (frame.x.at(&it.at) - x).abs() < HALO && (frame.y.at(&it.value) - y).abs() < HALO)
    {
        return;
    }
    // Nor does it stand on the other side of an upright line.
    let uprights =
        others.clone().filter(|other| other.is_upright).map(|other| frame.x.at(&other.at));
    let (mut low, mut high) = (frame.left, frame.right);
    for upright in uprights {
        if upright < x {
            low = low.max(upright);
        } else {
            high = high.min(upright);
        }
    }
    // What belongs to an upright line stands at its upper end; what belongs to a shape, beside it.
    let first = if marker.is_upright { frame.top - 90 } else { y - height / 2 };
    let heights = [first, y - height - 130, y + 130, y - height - 500, y + 500];
    let sides = [x + 130, x - 130 - width, x - width / 2, x + 400, x - 400 - width];
    // A short note farther away would be read as the name of what is there.
    let (tops, edges): (&[Tenths], &[Tenths]) = if marker.is_upright || 1 < lines {
        (&[frame.top - 90], &[frame.left + 40, frame.right - width - 40])
    } else {
        (&[], &[])
    };
    let places = heights.iter().chain(tops).flat_map(|top| {
        let lefts = sides.iter().chain(edges);
        lefts.map(move |left| Area::at(*left, *top, width, height))
    });
    let places = places.filter(|area| low <= area.left && area.right <= high);
    // Nor nearer to another shape than to its own, whose name it would seem to be.
    let places = places.filter(|area| {
        let own = area.gap_to((x, y));
        others.clone().all(|it| own < area.gap_to((frame.x.at(&it.at), frame.y.at(&it.value))))
    });
    // A long note over lines would be read nowhere; it stands in the description and beside the picture.
    let Some(area) = room.put(marker.is_upright, places) else {
        return;
    };
    let class = if marker.is_upright { "lab lab-strong" } else { "lab" };
    let (at, anchor) =
        if area.right <= x { (area.right, Anchor::End) } else { (area.left, Anchor::Start) };
    for (index, line) in marker.note.iter().enumerate() {
        let down = Tenths::try_from(index).unwrap_or(0) * 170 + 115;
        svg.text(class, (at, area.top + down), anchor, line);
    }
}
