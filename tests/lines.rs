//! Charts over time: what is drawn, that no two labels touch, and the same in words and as a table.
#![expect(
    clippy::arithmetic_side_effects,
    clippy::float_arithmetic,
    clippy::unwrap_used,
    reason = "a test fails by panicking, and a label stands somewhere on a screen"
)]

#[path = "lines/labels.rs"]
mod labels;

use labels::{attribute, texts, touching};
use margin_calculator::picture::{
    Line, LineChart, Marker, Point, Reference, Shape, Stroke, TimeUnit, Tone, moment,
};
use margin_calculator::quantity::{Decimal, Exact, Rounding};
use margin_calculator::scenario::Preset;
use margin_calculator::venue::catalog;
use margin_calculator::words::{Pen, answer};

/// As wide as a phone leaves, a tablet, a desk.
const WIDTHS: [u32; 3] = [328, 704, 1184];

fn exact(text: &str) -> Exact {
    Exact::from_decimal(Decimal::from_str_exact(text).unwrap())
}

fn pen() -> Pen {
    Pen::new(&answer(&Preset::SteepTiers.draft(), catalog().unwrap()).1.unwrap())
}

fn line(name: &str, is_stepped: bool, points: &[(&str, &str)]) -> Line {
    let points = points.iter().map(|(at, value)| Point { at: exact(at), value: exact(value) });
    Line {
        name: name.into(),
        tone: Tone::Other,
        stroke: Stroke::Thin,
        is_stepped,
        points: points.collect(),
    }
}

/// A mark, a trade that dips, and a stepping line, all ending near each other.
fn chart() -> LineChart {
    LineChart {
        what: "A test.".into(),
        from: Exact::ZERO,
        to: exact("600"),
        unit: TimeUnit::Minutes,
        lines: vec![
            Line {
                stroke: Stroke::Strong,
                tone: Tone::Mark,
                ..line("mark price", false, &[("0", "97"), ("600", "96.7")])
            },
            line(
                "last trade",
                false,
                &[("0", "97"), ("300", "91.38"), ("310", "97"), ("600", "96.71")],
            ),
            line(
                "closing price",
                true,
                &[("0", "92.11"), ("150", "94"), ("450", "96.3"), ("600", "96.3")],
            ),
        ],
        references: vec![Reference {
            name: "closed at",
            value: exact("92.11"),
            moves: Vec::new(),
            ends: None,
        }],
        markers: vec![
            Marker {
                at: exact("300"),
                value: exact("91.38"),
                shape: Shape::Ring,
                note: vec!["last trade touched 91.38.".into(), "Nothing is closed.".into()],
                is_upright: false,
            },
            Marker {
                at: exact("510"),
                value: exact("96.3"),
                shape: Shape::Diamond,
                note: vec!["closed after 8 min 30 s".into()],
                is_upright: true,
            },
        ],
        height: 240,
        pen: pen(),
        places: 2,
    }
}

fn drawn(chart: &LineChart, width: u32) -> String {
    chart.draw(&chart.frame(width).unwrap()).unwrap()
}

#[test]
fn no_two_labels_touch_and_none_is_cut_off() {
    for height in [100, 240, 400] {
        let chart = LineChart { height, ..chart() };
        for width in WIDTHS {
            let svg = drawn(&chart, width);
            assert_eq!(touching(&svg), Vec::<String>::new(), "{width} x {height}");
            let texts = texts(&svg);
            for said in
                ["mark price", "last trade", "closing price", "closed at 92.11", "10\u{202f}min"]
            {
                assert_eq!(texts.iter().filter(|it| it.text == said).count(), 1, "{width}: {said}");
            }
        }
    }
}

/// A fall to the price of the closing, with a note that much before it.
fn fall(before: &str) -> LineChart {
    let closed = Marker {
        at: exact("300"),
        value: exact("92"),
        shape: Shape::Diamond,
        note: vec!["closed".into()],
        is_upright: true,
    };
    let warned = Marker {
        at: exact("300").minus(&exact(before)).unwrap(),
        value: exact("92.1"),
        shape: Shape::Ring,
        note: vec!["warning".into()],
        is_upright: false,
    };
    LineChart {
        lines: vec![line("mark price", false, &[("0", "97"), ("300", "92"), ("600", "92")])],
        markers: vec![warned, closed],
        ..chart()
    }
}

#[test]
fn a_note_stands_on_its_own_side_of_an_upright_line_and_none_under_a_diamond() {
    for width in WIDTHS {
        let upright = |svg: &str| -> f64 {
            let from = svg.split("<line class=\"strong\"").nth(1).unwrap();
            attribute(from, "x1").parse().unwrap()
        };
        let svg = drawn(&fall("60"), width);
        let texts = texts(&svg);
        let note = texts.iter().find(|it| it.text == "warning").unwrap();
        assert!(note.right <= upright(&svg), "{width}: it ends at {}", note.right);
        assert!(!drawn(&fall("1"), width).contains(">warning<"), "{width}");
    }
}

#[test]
fn names_that_end_at_one_height_stand_one_below_the_other() {
    let same = |name: &str| line(name, false, &[("0", "100"), ("600", "100")]);
    let names = ["price 1", "price 2", "other exchanges", "last trade", "mark price"];
    let chart = LineChart {
        lines: names.map(same).into(),
        references: vec![Reference {
            name: "closed at",
            value: exact("99.99"),
            moves: Vec::new(),
            ends: None,
        }],
        markers: Vec::new(),
        ..chart()
    };
    for width in WIDTHS {
        let svg = drawn(&chart, width);
        assert_eq!(touching(&svg), Vec::<String>::new(), "{width}");
        for name in names {
            assert!(texts(&svg).iter().any(|it| it.text == name), "{width}: {name}");
        }
    }
}

/// The corners of the first polyline of a class.
fn corners(svg: &str, class: &str) -> Vec<(f64, f64)> {
    let line = svg.split("<polyline class=\"").find(|it| it.starts_with(class)).unwrap();
    let pairs = attribute(line, "points").split(' ').map(|pair| pair.split_once(',').unwrap());
    pairs.map(|(x, y)| (x.parse().unwrap(), y.parse().unwrap())).collect()
}

fn goes_along_and_then_up(corners: &[(f64, f64)]) {
    for (from, to) in corners.iter().zip(corners.iter().skip(1)) {
        let (across, up) = (from.0 != to.0, from.1 != to.1);
        assert!(across != up, "{from:?} {to:?}");
    }
}

#[test]
fn a_step_goes_along_and_then_up() {
    // The most important line is drawn last; the stepping one first.
    let corners = corners(&drawn(&chart(), 1184), "ln");
    assert_eq!(corners.len(), 6);
    goes_along_and_then_up(&corners);
}

#[test]
fn a_reference_that_moves_goes_in_steps_and_is_labelled_with_what_it_ends_in() {
    let mut chart = chart();
    chart.references[0].moves = vec![
        Point { at: exact("100"), value: exact("91.5") },
        Point { at: exact("200"), value: exact("90.25") },
    ];
    for width in WIDTHS {
        let svg = drawn(&chart, width);
        let corners = corners(&svg, "reference");
        assert_eq!(corners.len(), 6);
        goes_along_and_then_up(&corners);
        assert!(corners[0].1 < corners[5].1, "down is lower: {corners:?}");
        assert!(svg.contains(">closed at 90.25<"), "{width}: {svg}");
        assert!(svg.contains("Dotted line: closed at 90.25 in the end, 92.11 at first."));
    }
}

#[test]
fn a_reference_that_ends_is_drawn_and_labelled_until_then() {
    let mut chart = chart();
    chart.references[0].ends = Some(exact("200"));
    let whole = {
        let mut whole = chart.clone();
        whole.references[0].ends = None;
        whole
    };
    for width in WIDTHS {
        let svg = drawn(&chart, width);
        let (ended, full) =
            (corners(&svg, "reference"), corners(&drawn(&whole, width), "reference"));
        assert!(ended[1].0 < full[1].0, "{width}: {ended:?} {full:?}");
        assert!(
            svg.contains("Dotted line: closed at 92.11 until 3\u{202f}min 20\u{202f}s."),
            "{svg}"
        );
        assert_eq!(touching(&svg), Vec::<String>::new(), "{width}");
    }
}

#[test]
fn ten_thousand_points_are_drawn_as_what_can_be_seen_of_them() {
    let points = (0..10_000_i64).map(|index| Point {
        at: Exact::from_integer(index),
        // One of them far below the others.
        value: Exact::from_integer(if index == 7_777 { 50 } else { 100 + index % 3 }),
    });
    let long = Line { points: points.collect(), ..line("price", false, &[]) };
    let chart = LineChart {
        to: exact("9999"),
        unit: TimeUnit::suiting(&exact("9999")),
        lines: vec![long],
        references: Vec::new(),
        markers: Vec::new(),
        ..chart()
    };
    assert_eq!(chart.unit, TimeUnit::Minutes);
    let svg = drawn(&chart, 704);
    let corners = attribute(&svg, "points").split(' ').count();
    assert!((700..=4 * 704).contains(&corners), "{corners}");
    let lowest = |svg: &str| {
        let heights = attribute(svg, "points").split(' ').map(|it| it.split_once(',').unwrap().1);
        heights.map(|it| it.parse::<f64>().unwrap()).fold(0.0, f64::max)
    };
    let frame = chart.frame(704).unwrap();
    let (_, height) = frame.size();
    // A twelfth of the plot is free below the lowest value, and the axis numbers stand under it.
    assert!(lowest(&svg) > f64::from(height) / 10.0 * 0.75, "{}", lowest(&svg));
}

#[test]
fn values_between_points() {
    let straight = line("a", false, &[("0", "10"), ("10", "20")]);
    let stepped = line("a", true, &[("2", "10"), ("10", "20")]);
    let at = |line: &Line, at: &str| line.value_at(&exact(at)).unwrap();
    assert_eq!(at(&straight, "2.5"), Some(exact("12.5")));
    assert_eq!(at(&straight, "10"), Some(exact("20")));
    assert_eq!(at(&straight, "10.1"), None);
    assert_eq!(at(&stepped, "9.9"), Some(exact("10")));
    assert_eq!(at(&stepped, "1.9"), None);
}

#[test]
fn the_description_says_what_is_seen() {
    let said = chart().description().unwrap();
    assert_eq!(
        said,
        "A test. Mark price: from 97.00 to 96.70, lowest 96.70 at 10\u{202f}min, highest 97.00 at \
         0\u{202f}s. Last trade: from 97.00 to 96.71, lowest 91.38 at 5\u{202f}min, highest 97.00 at \
         0\u{202f}s. Closing price: from 92.11 to 96.30, lowest 92.11 at 0\u{202f}s, highest 96.30 at \
         7\u{202f}min 30\u{202f}s. Dotted line: closed at 92.11. At 5\u{202f}min: last trade touched \
         91.38. Nothing is closed. At 8\u{202f}min 30\u{202f}s: closed after 8 min 30 s."
    );
    let still = LineChart {
        lines: vec![line("still", false, &[("0", "5"), ("600", "5")])],
        references: Vec::new(),
        markers: Vec::new(),
        ..chart()
    };
    assert_eq!(still.description().unwrap(), "A test. Still: 5.00 all the time.");
    assert!(drawn(&still, 328).contains("polyline"));
}

#[test]
fn the_table_has_the_axis_and_the_moments() {
    let table = chart().table().unwrap();
    assert_eq!(table.heads, ["Time", "Mark price", "Last trade", "Closing price"]);
    let times: Vec<&str> = table.rows.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(times.len(), 12, "{times:?}");
    assert!(times.contains(&"8\u{202f}min 30\u{202f}s"), "{times:?}");
    let five = table.rows.iter().find(|row| row[0] == "5\u{202f}min").unwrap();
    assert_eq!(five[1..], ["96.85", "91.38", "94.00"]);
    let markup = table.markup("Caption");
    assert_eq!(markup.matches("<tr>").count(), 13);
    assert_eq!(markup.matches("scope=\"row\"").count(), 12);
}

#[test]
fn lengths_of_time_as_they_are_said() {
    for (seconds, said) in [
        ("0", "0\u{202f}s"),
        ("0.25", "0.25\u{202f}s"),
        ("59", "59\u{202f}s"),
        ("60", "1\u{202f}min"),
        ("510", "8\u{202f}min 30\u{202f}s"),
        ("7200", "2\u{202f}h"),
        ("7500", "2\u{202f}h 5\u{202f}min"),
    ] {
        assert_eq!(moment(&pen(), &exact(seconds)), said);
    }
}

#[test]
fn a_place_leads_back_to_a_moment_and_a_value() {
    let chart = chart();
    for width in WIDTHS {
        let frame = chart.frame(width).unwrap();
        let (from, high) = frame.place(0, 0).unwrap();
        let (to, low) = frame.place(1000, 1000).unwrap();
        assert_eq!((from, to), (chart.from, chart.to), "{width}: the ends of the plot");
        assert!(low.is_below(&exact("91.38")).unwrap() && exact("97").is_below(&high).unwrap());
        // A cursor at a moment stands where that moment is read back from.
        let cursor = frame.cursor(&exact("300"), &[exact("95")]);
        let (x, y) = (attribute(&cursor, "cx"), attribute(&cursor, "cy"));
        let share = |place: &str, whole: i32| {
            (place.parse::<f64>().unwrap() * 10_000.0 / f64::from(whole)).round() as u32
        };
        let (w, h) = frame.size();
        let (at, value) = frame.place(share(x, w), share(y, h)).unwrap();
        let near = |one: &Exact, other: &str, off: &str| {
            one.minus(&exact(other)).unwrap().magnitude().is_at_most(&exact(off)).unwrap()
        };
        assert!(near(&at, "300", "3"), "{width}: {:?}", at.round(3, Rounding::HalfEven));
        assert!(near(&value, "95", "0.05"), "{width}: {:?}", value.round(3, Rounding::HalfEven));
    }
}
