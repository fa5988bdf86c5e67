//! The two pictures of the chapter: the minute, and the basis that shrinks until the next funding.

use crate::mark::Demo;
use crate::picture::{
    Line, LineChart, Marker, Point, Reference, Shape, Stroke, TimeUnit, Tone, moment,
};
use crate::quantity::{Exact, Overflow, Price, Rounding};
use crate::venue::MarkPart;

use super::Minute;
use super::says::touched;

fn seconds(at: u64) -> Exact {
    i64::try_from(at).map_or(Exact::ZERO, Exact::from_integer)
}

/// What a part is called behind its line.
pub(super) const fn part_name(part: MarkPart) -> &'static str {
    match part {
        MarkPart::Funding => "price 1",
        MarkPart::Basis => "price 2",
        MarkPart::Last => "last trade",
        MarkPart::BookAndLast => "bid, ask and last",
        MarkPart::Others => "other exchanges",
    }
}

/// The mark of the minute with what it is made of.
pub(super) fn prices(minute: &Minute<'_>) -> LineChart {
    let steps = &minute.played.steps;
    let line = |name: &str, tone, stroke, points: Vec<(u64, Price)>| Line {
        name: name.to_owned(),
        tone,
        stroke,
        is_stepped: false,
        points: points
            .into_iter()
            .map(|(at, price)| Point { at: seconds(at), value: *price.exact() })
            .collect(),
    };
    let marks = steps.iter().map(|(sample, quote)| (sample.at, quote.mark)).collect();
    let trades = steps.iter().map(|(sample, _)| (sample.at, sample.last)).collect();
    let mut lines = vec![
        line("mark price", Tone::Mark, Stroke::Strong, marks),
        line("last trade", Tone::Other, Stroke::Thin, trades),
    ];
    // A single part is the mark itself.
    let parts = if minute.rule.parts.len() > 1 { minute.rule.parts.as_slice() } else { &[] };
    for part in parts.iter().filter(|part| **part != MarkPart::Last) {
        let points =
            steps.iter().filter_map(|(sample, quote)| Some((sample.at, *quote.part(*part)?)));
        let stroke = match part {
            MarkPart::Funding | MarkPart::BookAndLast => Stroke::Dashed,
            MarkPart::Basis | MarkPart::Last => Stroke::Dotted,
            MarkPart::Others => Stroke::Thin,
        };
        let tone = if *part == MarkPart::Others { Tone::Have } else { Tone::Other };
        lines.push(line(part_name(*part), tone, stroke, points.collect()));
    }
    LineChart {
        what: "An invented minute: the mark price and what it is made of, in USDT.".to_owned(),
        from: Exact::ZERO,
        to: Exact::from_integer(60),
        unit: TimeUnit::Seconds,
        lines,
        references: minute
            .start
            .closing
            .iter()
            .map(|closing| Reference {
                name: "closed at",
                value: *closing.exact(),
                moves: Vec::new(),
                ends: None,
            })
            .collect(),
        markers: markers(minute),
        height: 260,
        pen: minute.pen,
        places: minute.answer.listing.tick_places,
    }
}

fn markers(minute: &Minute<'_>) -> Vec<Marker> {
    let played = &minute.played;
    let mut markers = Vec::new();
    if minute.demo == Demo::WildTrade {
        let (at, price) = played.worst_trade;
        markers.push(Marker {
            at: seconds(at),
            value: *price.exact(),
            shape: Shape::Ring,
            note: touched(minute),
            is_upright: false,
        });
    }
    let closed = played.closed_at.and_then(|at| {
        let step = played.steps.iter().find(|(sample, _)| sample.at == at);
        step.map(|(_, quote)| (at, quote.mark))
    });
    if let Some((at, mark)) = closed {
        let when = moment(&minute.pen, &seconds(at));
        let marker = Marker {
            at: seconds(at),
            value: *mark.exact(),
            shape: Shape::Diamond,
            note: vec![format!("closed after {when}, mark {}", minute.pen.near_price(&mark))],
            is_upright: true,
        };
        let place =
            usize::from(markers.first().is_some_and(|it| it.at.is_below(&marker.at) == Ok(true)));
        markers.insert(place, marker);
    }
    markers
}

/// What funding adds to the index, from one stamp to the next, in percent; absent where the formula does
/// not take it.
pub(super) fn basis(minute: &Minute<'_>) -> Result<Option<LineChart>, Overflow> {
    if !minute.rule.parts.contains(&MarkPart::Funding) {
        return Ok(None);
    }
    let (funding, pen) = (&minute.funding, minute.pen);
    let percent = funding.rate.exact().times(&Exact::from_integer(100))?;
    let left = funding.to_next.over(&funding.interval)?;
    let now = percent.times(&left)?;
    let amount = minute.start.index.exact().times(&funding.rate.exact().times(&left)?)?;
    let money = pen.places(&amount, minute.answer.listing.tick_places.max(2), Rounding::HalfEven);
    let corner = |at, value| Point { at, value };
    Ok(Some(LineChart {
        what: "What funding adds to the index, in percent of it, from one funding to the next."
            .to_owned(),
        from: Exact::ZERO,
        to: funding.interval,
        unit: TimeUnit::suiting(&funding.interval),
        lines: vec![Line {
            name: "basis, % of the index".to_owned(),
            tone: Tone::Mark,
            stroke: Stroke::Strong,
            is_stepped: false,
            points: vec![corner(Exact::ZERO, percent), corner(funding.interval, Exact::ZERO)],
        }],
        references: Vec::new(),
        markers: vec![Marker {
            at: funding.interval.minus(&funding.to_next)?,
            value: now,
            shape: Shape::Dot,
            note: vec![format!("now {}\u{202f}%, {money} USDT", pen.short(&now, 4))],
            is_upright: false,
        }],
        height: 130,
        pen,
        places: 4,
    }))
}
