//! The process of a position that stays open: a path of a million ticks, taken one at a time, safe or below
//! the threshold while the venue waits; and going to any moment of a path.

use std::hint::black_box;
use std::sync::OnceLock;

use margin_calculator::process::{
    Book, Event, OrderMargin, ProcessRules, Run, Setup, State, Tick, step,
};
use margin_calculator::quantity::{Decimal, Exact, Leverage, Money, Price, Side, Size};
use margin_calculator::scenario::{Market, Position, PositionMargin};
use margin_calculator::venue::profile;

/// How many ticks one path has.
pub const TICKS: u32 = 1_000_000;

/// How many ticks the path has that is gone back and forth in.
pub const SCRUBBED: u32 = 10_000;

/// How many marks take turns.
const MARKS: u32 = 4096;
/// A notice is told this often, so that looks in full are timed as well.
const NOTICE_EVERY: u32 = 1024;

struct Case {
    setup: Setup,
    start: State,
    marks: Vec<Price>,
}

/// Half a coin at 60 000 and 20x, under a real table; nothing around it, and no rule documented.
pub(crate) fn setup() -> Option<Setup> {
    let venue = profile("binance-usdm")?;
    let market = venue.market("BTCUSDT")?;
    let price = Price::from_decimal(Decimal::new(60_000, 0));
    let none = Money::from_exact(Exact::ZERO);
    let name = String::from("bench");
    Some(Setup {
        position: Position {
            market: 0,
            side: Side::Long,
            quantity: Size::from_decimal(Decimal::new(5, 1)),
            entry_price: price,
            leverage: Some(Leverage::from_decimal(Decimal::new(20, 0))),
            margin: PositionMargin::InitialPlus(none),
        },
        market: Market {
            name: market.name.to_owned(),
            rules: market.rules.clone(),
            mark_price: price,
        },
        wallet: none,
        orders: OrderMargin { of_position: none, elsewhere: none },
        book: Book::default(),
        rules: ProcessRules::unknown(name.clone(), name, venue.source.clone()),
        fund: none,
        candidates: Vec::new(),
        actions: Vec::new(),
    })
}

/// Where nearly every mark of the path is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Zone {
    /// Above the closing price, with a notice now and then.
    Safe,
    /// Below it, under rules that wait for longer than the path is.
    Waiting,
}

impl Zone {
    fn case(self) -> Option<&'static Case> {
        static CASES: [OnceLock<Option<Case>>; 2] = [OnceLock::new(), OnceLock::new()];
        let [safe, waiting] = &CASES;
        let made = match self {
            Self::Safe => safe,
            Self::Waiting => waiting,
        };
        made.get_or_init(|| self.make()).as_ref()
    }

    fn make(self) -> Option<Case> {
        let mut setup = setup()?;
        let price = |tenths: u32| Price::from_decimal(Decimal::new(i64::from(tenths), 1));
        // It is closed at 57 228.9 and warned of at 57 286.
        let mark = |turn| match (self, turn % NOTICE_EVERY) {
            (Self::Safe, 0) => price(572_500 + turn % 7),
            (Self::Safe, rest) => price(580_000 + rest * 37 % 30_011),
            (Self::Waiting, rest) => price(571_000 + rest * 37 % 1_001),
        };
        if self == Self::Waiting {
            setup.rules.dwell_ms = Some(u64::MAX);
        }
        Some(Case { start: setup.start().ok()?, setup, marks: (1..=MARKS).map(mark).collect() })
    }
}

impl Case {
    /// The ticks of a path of this length, a second apart.
    fn ticks(&self, length: u32) -> impl Iterator<Item = Tick> {
        let marks = self.marks.iter().cycle();
        let times = (0..u64::from(length)).map(|second| second * 1000);
        marks.zip(times).map(|(mark, at)| Tick { at, mark: *mark, mid: *mark })
    }

    /// Takes a whole path and returns how many events it told.
    fn path(&self) -> Option<u32> {
        let mut state = self.start.clone();
        let (mut log, mut told) = (Vec::<Event>::new(), 0_u32);
        for tick in self.ticks(TICKS) {
            step(&self.setup, &mut state, black_box(&tick), &mut log).ok()?;
            told += u32::try_from(log.len()).ok()?;
            log.clear();
        }
        (state.size == self.setup.position.quantity).then_some(told)
    }
}

/// Takes that many paths of [`TICKS`] ticks, a second apart, and returns how many events the last
/// one told; 0 if one could not be taken to its end.
#[unsafe(no_mangle)]
pub extern "C" fn paths(times: u32) -> u32 {
    of_zone(Zone::Safe, times)
}

/// The same below the threshold.
#[unsafe(no_mangle)]
pub extern "C" fn waiting_paths(times: u32) -> u32 {
    of_zone(Zone::Waiting, times)
}

fn of_zone(zone: Zone, times: u32) -> u32 {
    (0..times).try_fold(0, |_, _| zone.case().and_then(Case::path)).unwrap_or_default()
}

/// Goes to that many moments of a path of [`SCRUBBED`] ticks, far from each other, and returns how many
/// of them there are; 0 if one has no state.
#[unsafe(no_mangle)]
pub extern "C" fn scrubs(times: u32) -> u32 {
    static RUN: OnceLock<Option<Run>> = OnceLock::new();
    let make = || {
        let case = Zone::Safe.case()?;
        Run::new(case.setup.clone(), case.ticks(SCRUBBED).collect()).ok()
    };
    let Some(run) = RUN.get_or_init(make) else {
        return 0;
    };
    let moment = |turn: u32| turn.wrapping_mul(7_919) % SCRUBBED;
    let went = (0..times).filter(|turn| {
        let Ok(at) = usize::try_from(moment(*turn)) else { return false };
        run.at(black_box(at)).is_ok_and(|state| state.ticks == at + 1)
    });
    let went = u32::try_from(went.count()).unwrap_or_default();
    if went == times { went } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::{NOTICE_EVERY, SCRUBBED, TICKS, paths, scrubs, waiting_paths};

    #[test]
    fn the_path_is_taken_to_its_end_and_tells_of_each_notice() {
        // A warning and its end, each time.
        let notices = TICKS / NOTICE_EVERY;
        assert_eq!(paths(1), 2 * notices);
    }

    #[test]
    fn a_path_below_the_threshold_is_told_of_once() {
        assert_eq!(waiting_paths(1), 1);
    }

    #[test]
    fn every_moment_of_a_path_can_be_gone_to() {
        assert_eq!(scrubs(SCRUBBED), SCRUBBED);
    }
}
