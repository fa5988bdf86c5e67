//! The process of a position that stays open: a path of a million ticks, taken one at a time.

use std::hint::black_box;
use std::sync::OnceLock;

use margin_calculator::process::{
    Book, Event, OrderMargin, ProcessRules, Setup, State, Tick, step,
};
use margin_calculator::quantity::{Decimal, Exact, Leverage, Money, Price, Side, Size};
use margin_calculator::scenario::{Market, Position, PositionMargin};
use margin_calculator::venue::profile;

/// How many ticks one path has.
pub const TICKS: u32 = 1_000_000;

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

fn case() -> Option<&'static Case> {
    static CASE: OnceLock<Option<Case>> = OnceLock::new();
    let make = || {
        let setup = setup()?;
        let price = |tenths: u32| Price::from_decimal(Decimal::new(i64::from(tenths), 1));
        // It is closed at 57 228.9 and warned of at 57 286: nearly always above both.
        let mark = |turn| match turn % NOTICE_EVERY {
            0 => price(572_500 + turn % 7),
            rest => price(580_000 + rest * 37 % 30_011),
        };
        let start = setup.start().ok()?;
        Some(Case { start, setup, marks: (1..=MARKS).map(mark).collect() })
    };
    CASE.get_or_init(make).as_ref()
}

/// Takes that many paths of [`TICKS`] ticks, a second apart, and returns how many events the last
/// one told; 0 if one could not be taken to its end.
#[unsafe(no_mangle)]
pub extern "C" fn paths(times: u32) -> u32 {
    let mut told = 0;
    for _ in 0..times {
        told = one_path().unwrap_or_default();
    }
    told
}

fn one_path() -> Option<u32> {
    let case = case()?;
    let mut state = case.start.clone();
    let (mut log, mut told) = (Vec::<Event>::new(), 0_u32);
    let marks = case.marks.iter().cycle();
    for (mark, second) in marks.zip(0..u64::from(TICKS)) {
        let tick = Tick { at: second * 1000, mark: *mark, mid: *mark };
        step(&case.setup, &mut state, black_box(&tick), &mut log).ok()?;
        told += u32::try_from(log.len()).ok()?;
        log.clear();
    }
    (state.size == case.setup.position.quantity).then_some(told)
}

#[cfg(test)]
mod tests {
    use super::{NOTICE_EVERY, TICKS, paths};

    #[test]
    fn the_path_is_taken_to_its_end_and_tells_of_each_notice() {
        // A warning and its end, each time.
        let notices = TICKS / NOTICE_EVERY;
        assert_eq!(paths(1), 2 * notices);
    }
}
