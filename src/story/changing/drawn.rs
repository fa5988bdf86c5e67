//! The ten minutes drawn, told and worked out.

use crate::changing::{INTERVAL_S, LENGTH_S, Played, Stop};
use crate::page::Writes;
use crate::picture::{
    Line, LineChart, Marker, Point, Shape, Stroke, TimeUnit, Tone, WIDE_FROM, moment,
};
use crate::quantity::{Exact, Overflow};
use crate::words::{Answer, Pen};

use super::{Levels, closing};

/// Height of the plot.
const HEIGHT: u32 = 240;

pub(super) fn write(
    list: &mut Writes,
    levels: &Levels<'_>,
    played: &Played,
    answer: &Answer,
    at: usize,
    width: u32,
) {
    let pen = Pen::new(answer);
    list.markup("changing-working", working(levels, played, &pen));
    list.text("changing-rule", &rule(levels, played, answer, &pen));
    list.text("changing-moment", &told(played, at, &pen));
    list.attribute("changing-at", "aria-valuetext", &told(played, at, &pen));
    // The chart stands beside the working where there is room for both.
    let width = if width < WIDE_FROM { width } else { (width / 12).saturating_mul(7) };
    let chart = chart(played, answer);
    let Ok(frame) = chart.frame(width) else {
        return;
    };
    list.markup("changing-chart", chart.draw(&frame).unwrap_or_default());
    let table = chart.table().map(|table| table.markup("Mark and closing price over ten minutes"));
    list.markup("changing-table-of", table.unwrap_or_default());
    let cursor = played.readings.get(at).map(|reading| {
        let mut values = vec![*reading.mark.exact()];
        values.extend(reading.closing.crossing().map(|it| *it.exact.exact()));
        frame.cursor(&seconds(reading.at), &values)
    });
    list.markup("changing-cursor", cursor.unwrap_or_default());
}

/// The chart of mark and closing price.
pub fn chart(played: &Played, answer: &Answer) -> LineChart {
    let pen = Pen::new(answer);
    let point = |at: u32, value: &Exact| Point { at: seconds(at), value: *value };
    let mark = played.readings.iter().map(|it| point(it.at, it.mark.exact())).collect();
    let mut line: Vec<Point> = Vec::new();
    for reading in &played.readings {
        line.extend(reading.closing.crossing().map(|it| point(reading.at, it.exact.exact())));
    }
    LineChart {
        what: "The mark price stands nearly still while the closing price moves.".into(),
        from: Exact::ZERO,
        to: seconds(LENGTH_S),
        unit: TimeUnit::Minutes,
        lines: vec![
            Line {
                name: "mark price".into(),
                tone: Tone::Mark,
                stroke: Stroke::Strong,
                is_stepped: false,
                points: mark,
            },
            Line {
                name: "closing price".into(),
                tone: Tone::Need,
                stroke: Stroke::Strong,
                is_stepped: true,
                points: line,
            },
        ],
        references: Vec::new(),
        markers: played.stop.iter().map(|stop| marker(stop, &pen)).collect(),
        height: HEIGHT,
        pen,
        places: answer.listing.tick_places,
    }
}

fn marker(stop: &Stop, pen: &Pen) -> Marker {
    Marker {
        at: seconds(stop.at),
        value: *stop.mark.exact(),
        shape: Shape::Diamond,
        note: vec![
            format!("closed after {}", moment(pen, &seconds(stop.at))),
            format!("mark {}", pen.near_price(&stop.mark)),
        ],
        is_upright: true,
    }
}

fn seconds(count: u32) -> Exact {
    Exact::from_integer(i64::from(count))
}

/// `multiple = 1 + 1.6 × 0.95 + 0.8 × 0.4 = 2.84`.
fn working(levels: &Levels<'_>, played: &Played, pen: &Pen) -> String {
    let number = |value: &Exact| format!("<mn>{}</mn>", pen.short(value, 6));
    let sign = |sign: &str| format!("<mo>{sign}</mo>");
    let over = |level: &Exact| -> Result<Exact, Overflow> {
        level.minus(&Exact::ONE)?.larger(Exact::ZERO)
    };
    let rule = levels.rule;
    let parts = || -> Result<(String, bool), Overflow> {
        let mut text = format!("<mtext>multiple</mtext>{}{}", sign("="), number(&Exact::ONE));
        let mut sum = Exact::ONE;
        for (weight, level) in
            [(&rule.volatility_weight, levels.volatility), (&rule.interest_weight, levels.interest)]
        {
            let over = over(level)?;
            sum = sum.plus(&weight.times(&over)?)?;
            text.push_str(&[sign("+"), number(weight), sign("\u{d7}"), number(&over)].concat());
        }
        text.push_str(&format!("{}{}", sign("="), number(&sum)));
        Ok((text, rule.cap.is_below(&sum)?))
    };
    let Ok((text, is_capped)) = parts() else {
        return String::new();
    };
    let answer =
        played.readings.last().map(|last| number(last.multiple.exact())).unwrap_or_default();
    let capped = if is_capped {
        format!(
            "<math>{}{answer}</math><span class=\"verdict\">at most {}</span>",
            sign("\u{2192}"),
            pen.short(&rule.cap, 6)
        )
    } else {
        String::new()
    };
    format!("<math>{text}</math>{capped}")
}

/// What the rule is, and what it does to this position.
fn rule(levels: &Levels<'_>, played: &Played, answer: &Answer, pen: &Pen) -> String {
    let cap = pen.short(&levels.rule.cap, 6);
    let about = format!(
        "A teaching rule with round weights, at most {cap}. Real rules are unpublished or change \
         without notice."
    );
    let Some(last) = played.readings.last() else {
        return about;
    };
    let times = pen.short(last.multiple.exact(), 4);
    let (now, usual) = (closing(&last.closing, pen), closing(&answer.report.liquidation, pen));
    format!("{about} At {times} times the rate the closing price is {now} instead of {usual}.")
}

/// What stands there at a reading.
fn told(played: &Played, at: usize, pen: &Pen) -> String {
    let Some(reading) = played.readings.get(at) else {
        return String::new();
    };
    let ended = played.stop.filter(|stop| stop.at < reading.at.saturating_add(INTERVAL_S));
    let ended = ended.map_or_else(String::new, |stop| {
        format!(
            " Closed after {}, at a mark of {}.",
            moment(pen, &seconds(stop.at)),
            pen.near_price(&stop.mark)
        )
    });
    format!(
        "After {}: volatility {}\u{d7}, open interest {}\u{d7}, so {} times the rate. Mark {}, closing \
         price {}.{ended}",
        moment(pen, &seconds(reading.at)),
        pen.short(reading.volatility.exact(), 2),
        pen.short(reading.open_interest.exact(), 2),
        pen.short(reading.multiple.exact(), 2),
        pen.near_price(&reading.mark),
        closing(&reading.closing, pen),
    )
}
