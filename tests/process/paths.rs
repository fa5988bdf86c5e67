//! Preset paths and paths drawn by hand.

use margin_calculator::process::{
    Around, Book, Level, MOST_MOMENTS, Moment, Points, PointsError, Preset, Run, Setup, Stage, Tick,
};
use margin_calculator::quantity::{Exact, Price, Rate, Side};

use crate::world::{exact, price, size, world};

/// The world's figures, or their mirror for a short.
fn around(side: Side) -> Around {
    let (liquidation, bankruptcy) = match side {
        Side::Long => (exact("900/9.95"), exact("90")),
        Side::Short => (exact("1100/10.05"), exact("110")),
    };
    Around {
        side,
        start: price("97"),
        liquidation: Price::from_exact(liquidation),
        bankruptcy: Some(Price::from_exact(bankruptcy)),
        tick: Some(price("0.01")),
    }
}

/// The run on a path whose mark is the index.
fn run_on(side: Side, moments: &[Moment]) -> Run {
    let mut setup = Setup { ..world() };
    setup.position.side = side;
    let deep = vec![Level { distance: Rate::from_exact(Exact::ZERO), size: size("1000") }];
    setup.book = Book { bids: deep.clone(), asks: deep };
    let ticks: Vec<Tick> = moments.iter().map(|moment| moment.with_mark(moment.index)).collect();
    let run = Run::new(setup, ticks).unwrap();
    assert_eq!(run.stopped(), None);
    run
}

#[test]
fn each_preset_tells_its_story_on_both_sides() {
    for side in [Side::Long, Side::Short] {
        for preset in Preset::ALL {
            let moments = preset.moments(&around(side)).unwrap();
            assert_eq!(moments.len(), 601, "{preset:?}");
            assert_eq!(moments, preset.moments(&around(side)).unwrap());
            assert_eq!(moments[0].index, price("97"));
            assert!(moments.iter().all(|moment| moment.index.exact().is_positive()));
            assert!(moments.iter().zip(0..).all(|(moment, second)| moment.at == second * 1000));
            let run = run_on(side, &moments);
            let closed = match run.end().stage {
                Stage::Closed { at, .. } => Some(at),
                _ => None,
            };
            let paid = run.end().balances.fund != run.setup().fund;
            let recovered = run
                .log()
                .iter()
                .any(|event| event.kind == margin_calculator::process::EventKind::MarkRecovered);
            let (is_closed, is_paid, is_recovered) = match preset {
                Preset::SlowBleed => (true, false, false),
                Preset::FlashCrash => (true, false, true),
                Preset::Wick => (false, false, false),
                Preset::Gap => (true, true, false),
                Preset::RecoveryAfterClose => (true, false, true),
            };
            assert_eq!(closed.is_some(), is_closed, "{preset:?}");
            assert_eq!(recovered, is_recovered, "{preset:?} {side:?}");
            if preset == Preset::Gap {
                assert_eq!(closed, Some(300_000));
            }
            if preset != Preset::FlashCrash {
                assert_eq!(paid, is_paid, "{preset:?}");
            }
        }
    }
}

#[test]
fn the_wick_goes_through_the_line_in_the_last_trade_alone() {
    let moments = Preset::Wick.moments(&around(Side::Long)).unwrap();
    let line = exact("900/9.95");
    let touching: Vec<_> =
        moments.iter().filter(|moment| moment.last.exact().is_at_most(&line).unwrap()).collect();
    assert_eq!(touching.len(), 1);
    assert!(moments.iter().all(|moment| line.is_below(moment.index.exact()).unwrap()));
    assert!(moments.iter().all(|moment| moment.index == moment.mid));
}

#[test]
fn presets_stay_above_zero_where_bankruptcy_is_far_or_nowhere() {
    for bankruptcy in [None, Some(price("0.01")), Some(price("200"))] {
        for preset in Preset::ALL {
            let far = Around {
                bankruptcy,
                liquidation: price("1"),
                tick: Some(price("5")),
                ..around(Side::Long)
            };
            let moments = preset.moments(&far).unwrap();
            let prices = moments.iter().flat_map(|moment| [moment.index, moment.last, moment.mid]);
            assert!(prices.into_iter().all(|price| price.exact().is_positive()), "{preset:?}");
        }
    }
}

#[test]
fn presets_are_told_apart_by_their_keys() {
    for preset in Preset::ALL {
        assert_eq!(Preset::from_key(preset.key()), Some(preset));
    }
    assert_eq!(Preset::from_key("storm"), None);
}

#[test]
fn drawn_paths_are_straight_between_their_points() {
    let drawn = vec![(1000, price("100")), (4000, price("97")), (10_000, price("98"))];
    let points = Points::new(drawn).unwrap();
    let at = |time| *points.at(time).unwrap().exact();
    assert_eq!(at(0), exact("100"));
    assert_eq!(at(1000), exact("100"));
    assert_eq!(at(2000), exact("99"));
    assert_eq!(at(4000), exact("97"));
    assert_eq!(at(6000), exact("97").plus(&exact("1/3")).unwrap());
    assert_eq!(at(10_000), exact("98"));
    assert_eq!(at(u64::MAX), exact("98"));
    let moments = points.moments(1000, None).unwrap();
    assert_eq!(moments.len(), 11);
    assert_eq!(*moments[6].mid.exact(), at(6000));
    let stepped = points.moments(1000, Some(&price("0.5"))).unwrap();
    assert_eq!(stepped[6].index, price("97.5"));
}

#[test]
fn points_that_are_no_path_are_refused() {
    let of = |points: &[(u64, &str)]| {
        Points::new(points.iter().map(|(at, text)| (*at, price(text))).collect())
    };
    assert_eq!(of(&[]), Err(PointsError::TooFew));
    assert_eq!(of(&[(0, "1")]), Err(PointsError::TooFew));
    assert_eq!(of(&[(0, "1"), (0, "2")]), Err(PointsError::TimeNotRising(2)));
    assert_eq!(of(&[(5, "1"), (4, "2")]), Err(PointsError::TimeNotRising(2)));
    assert_eq!(of(&[(0, "1"), (1, "0")]), Err(PointsError::NotAboveZero(2)));
    assert_eq!(of(&[(0, "-1"), (1, "1")]), Err(PointsError::NotAboveZero(1)));
    let long = of(&[(0, "1"), (MOST_MOMENTS as u64, "2")]).unwrap();
    assert_eq!(long.moments(1, None), Err(PointsError::TooLong));
    assert_eq!(long.moments(0, None), Err(PointsError::TooLong));
    assert_eq!(long.moments(2, None).unwrap().len(), MOST_MOMENTS / 2 + 1);
    assert_eq!(PointsError::TooFew.to_string(), "A path needs at least two points.");
}
