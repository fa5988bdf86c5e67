//! The path drawn: mark and last trade, where the position is closed and bankrupt, and what happened.

use crate::picture::{Line, LineChart, Marker, Point, Reference, Shape, Stroke, TimeUnit, Tone};
use crate::process::{Event, EventKind, Moment, State, Tick};
use crate::quantity::{Exact, Overflow, Price};
use crate::words::{Answer, Pen};

use super::played::Outcome;

/// Height of the plot.
const HEIGHT: u32 = 260;

/// Seconds from milliseconds.
pub(super) fn seconds(milliseconds: u64) -> Result<Exact, Overflow> {
    let whole = i64::try_from(milliseconds).map_err(|_| Overflow)?;
    Exact::from_integer(whole).over(&Exact::from_integer(1000))
}

/// The chart of a path that was played.
pub(super) fn chart(
    outcome: &Outcome,
    moments: &[Moment],
    answer: &Answer,
) -> Result<LineChart, Overflow> {
    let ticks = outcome.run.ticks();
    let mut marks = Vec::with_capacity(ticks.len());
    for tick in ticks {
        marks.push(Point { at: seconds(tick.at)?, value: *tick.mark.exact() });
    }
    let mut lines = vec![line("mark price", Tone::Mark, Stroke::Strong, marks)];
    let differs = |(moment, tick): (&Moment, &Tick)| moment.last != tick.mark;
    if moments.iter().zip(ticks).any(differs) {
        let mut trades = Vec::with_capacity(moments.len());
        for moment in moments {
            trades.push(Point { at: seconds(moment.at)?, value: *moment.last.exact() });
        }
        lines.push(line("last trade", Tone::Other, Stroke::Thin, trades));
    }
    let mut stands = Vec::new();
    for event in outcome.run.log().iter().filter(|event| is_moving(&event.kind)) {
        if let Ok(state) = outcome.run.at(event.tick) {
            stands.push((seconds(event.at)?, state));
        }
    }
    let mut references = Vec::new();
    if let Some(crossing) = answer.report.liquidation.crossing() {
        let first = *crossing.price.exact();
        let line = |state: &State| state.liquidation_price;
        references.push(reference("closed at", first, &stands, answer, line)?);
    }
    if let Some(bankruptcy) = &answer.report.bankruptcy_price {
        let first = *bankruptcy.price.exact();
        let line = |state: &State| state.bankruptcy_price;
        references.push(reference("bankrupt at", first, &stands, answer, line)?);
    }
    let mut markers = Vec::new();
    for event in outcome.run.log() {
        if let Some((shape, note)) = marked(event) {
            markers.push(Marker {
                at: seconds(event.at)?,
                value: *event.mark.exact(),
                shape,
                note: vec![note.to_owned()],
                is_upright: shape == Shape::Diamond,
            });
        }
    }
    // A path with one moment still needs a width.
    let to = seconds(outcome.time_of(outcome.last()))?.larger(Exact::ONE)?;
    Ok(LineChart {
        what: "The path of the mark price, and what the rules make of it.".into(),
        from: Exact::ZERO,
        to,
        unit: TimeUnit::suiting(&to),
        lines,
        references,
        markers,
        height: HEIGHT,
        pen: Pen::new(answer),
        places: answer.listing.tick_places,
    })
}

/// A line of the position, which moves with what backs it and with how much stays open: how it stood at
/// those times, in seconds. On the tick, toward the mark, as the page has it.
fn reference(
    name: &'static str,
    value: Exact,
    stands: &[(Exact, State)],
    answer: &Answer,
    line: impl Fn(&State) -> Option<Price>,
) -> Result<Reference, Overflow> {
    let toward = answer.position.side.toward_mark();
    let mut reference = Reference { name, value, moves: Vec::new(), ends: None };
    for (at, state) in stands {
        let Some(price) = line(state) else {
            reference.ends = Some(*at);
            continue;
        };
        let value = price.exact().to_step(answer.listing.tick_size.exact(), toward)?;
        reference.ends = None;
        if *reference.last() != value {
            reference.moves.push(Point { at: *at, value });
        }
    }
    Ok(reference)
}

/// Whether lines can stand elsewhere after it: only what stays open has lines that move.
const fn is_moving(kind: &EventKind) -> bool {
    matches!(kind, EventKind::Done(_) | EventKind::Survived | EventKind::ThresholdRegained)
}

fn line(name: &str, tone: Tone, stroke: Stroke, points: Vec<Point>) -> Line {
    Line { name: name.to_owned(), tone, stroke, is_stepped: false, points }
}

/// Events that have a place in the chart.
const fn marked(event: &Event) -> Option<(Shape, &'static str)> {
    Some(match &event.kind {
        EventKind::MarginCall => (Shape::Ring, "warning"),
        EventKind::ThresholdBroken { .. } => (Shape::Dot, "threshold"),
        EventKind::Survived => (Shape::Ring, "it survives"),
        EventKind::Closed { by_holder: false } => (Shape::Diamond, "closed"),
        EventKind::Closed { by_holder: true } => (Shape::Ring, "you close it"),
        EventKind::MarkRecovered => (Shape::Ring, "the mark is back"),
        _ => return None,
    })
}
