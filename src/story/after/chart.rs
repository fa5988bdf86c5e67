//! The path drawn: mark and last trade, where the position is closed and bankrupt, and what happened.

use crate::picture::{Line, LineChart, Marker, Point, Reference, Shape, Stroke, TimeUnit, Tone};
use crate::process::{Event, EventKind, Moment, State, Tick};
use crate::quantity::{Exact, Overflow, Price, Rounding, Side};
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
    let mut references = Vec::new();
    if let Some(crossing) = answer.report.liquidation.crossing() {
        let value = *crossing.price.exact();
        let moves = moves(outcome, answer, &value, |state| state.liquidation_price)?;
        references.push(Reference { name: "closed at", value, moves });
    }
    if let Some(bankruptcy) = &answer.report.bankruptcy_price {
        let value = *bankruptcy.price.exact();
        let moves = moves(outcome, answer, &value, |state| state.bankruptcy_price)?;
        references.push(Reference { name: "bankrupt at", value, moves });
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

/// When a line of the position moves and where to: with each change of what backs it or of how much is
/// open. On the tick, toward the mark, as the page has it.
fn moves(
    outcome: &Outcome,
    answer: &Answer,
    first: &Exact,
    line: impl Fn(&State) -> Option<Price>,
) -> Result<Vec<Point>, Overflow> {
    let toward = match answer.position.side {
        Side::Long => Rounding::Ceiling,
        Side::Short => Rounding::Floor,
    };
    let mut moves: Vec<Point> = Vec::new();
    for event in outcome.run.log().iter().filter(|event| !event.flows.is_empty()) {
        let state = outcome.run.at(event.tick).ok();
        let Some(price) = state.as_ref().and_then(&line) else {
            continue;
        };
        let value = price.exact().to_step(answer.listing.tick_size.exact(), toward)?;
        if moves.last().map_or(first, |moved| &moved.value) != &value {
            moves.push(Point { at: seconds(event.at)?, value });
        }
    }
    Ok(moves)
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
