//! A small world to run in: a long of 10 at 100 on a margin of 100, closed at 900 / 9.95 and
//! bankrupt at 90, with three bids.

use margin_calculator::process::{
    Book, EventKind, Level, OrderMargin, ProcessRules, Run, Setup, Tick, log_text,
};
use margin_calculator::quantity::{Decimal, Exact, Money, Price, Rate, Side, Size};
use margin_calculator::scenario::{Market, Position, PositionMargin};
use margin_calculator::takeover::{FeeTaker, Remainder};
use margin_calculator::venue::{
    ContractKind, Source, TierBasis, TierKind, TierRow, TierTable, VenueRules,
};

pub(crate) fn exact(text: &str) -> Exact {
    match text.split_once('/') {
        Some((part, whole)) => exact(part).over(&exact(whole)).unwrap(),
        None => Exact::from_decimal(Decimal::from_str_exact(text).unwrap()),
    }
}

pub(crate) fn money(text: &str) -> Money {
    Money::from_exact(exact(text))
}

pub(crate) fn price(text: &str) -> Price {
    Price::from_exact(exact(text))
}

pub(crate) fn size(text: &str) -> Size {
    Size::from_exact(exact(text))
}

pub(crate) fn rate(text: &str) -> Rate {
    Rate::from_exact(exact(text))
}

pub(crate) fn level(distance: &str, amount: &str) -> Level {
    Level { distance: rate(distance), size: size(amount) }
}

fn source() -> Source {
    Source { origin: String::from("a test"), as_of: String::from("2026") }
}

/// Tiers given as floor, cap (empty for none) and rate.
pub(crate) fn table(kind: TierKind, basis: TierBasis, rows: &[(&str, &str, &str)]) -> TierTable {
    let row = |(floor, cap, rate_text): &(&str, &str, &str)| TierRow {
        floor: exact(floor),
        cap: (!cap.is_empty()).then(|| exact(cap)),
        maintenance_margin_rate: rate(rate_text),
        maintenance_amount: None,
        max_leverage: None,
    };
    TierTable::try_new(kind, basis, &rows.iter().map(row).collect::<Vec<_>>()).unwrap()
}

pub(crate) fn plain_rules() -> ProcessRules {
    ProcessRules {
        fee_rate: Some(rate("0.001")),
        fee_taker: Some(FeeTaker::Venue),
        remainder: Some(Remainder::ToHolder),
        ..ProcessRules::unknown(String::from("test"), String::from("Test"), source())
    }
}

pub(crate) fn market(contract: ContractKind, tiers: TierTable) -> Market {
    Market {
        name: String::from("TEST"),
        rules: VenueRules::plain(contract, tiers, source()),
        mark_price: price("100"),
    }
}

pub(crate) fn world() -> Setup {
    Setup {
        position: Position {
            market: 0,
            side: Side::Long,
            quantity: size("10"),
            entry_price: price("100"),
            leverage: None,
            margin: PositionMargin::Assigned(money("100")),
        },
        market: market(ContractKind::Linear, TierTable::single_rate(rate("0.005")).unwrap()),
        wallet: money("50"),
        orders: OrderMargin { of_position: money("0"), elsewhere: money("0") },
        book: Book {
            bids: vec![level("0.001", "4"), level("0.003", "10"), level("0.002", "4")],
            asks: vec![level("0.001", "4"), level("0.003", "10"), level("0.002", "4")],
        },
        rules: plain_rules(),
        fund: money("1000"),
        candidates: Vec::new(),
        actions: Vec::new(),
    }
}

pub(crate) fn tick(at: u64, mark: &str) -> Tick {
    Tick { at, mark: price(mark), mid: price(mark) }
}

/// A tick each second.
pub(crate) fn seconds(marks: &[&str]) -> Vec<Tick> {
    marks.iter().zip(0..).map(|(mark, second)| tick(second * 1000, mark)).collect()
}

pub(crate) fn run(setup: &Setup, ticks: Vec<Tick>) -> Run {
    let run = Run::new(setup.clone(), ticks).unwrap();
    assert_eq!(run.stopped(), None);
    run
}

/// What happened, in the words of the log, without figures of how the position stands.
pub(crate) fn told(run: &Run) -> Vec<String> {
    let text = log_text(run.log());
    let lines = text.lines();
    lines.map(|line| line.split(" | ").next().unwrap().to_owned()).collect()
}

/// What moved, in the words of the log.
pub(crate) fn moved(run: &Run) -> Vec<String> {
    let text = log_text(run.log());
    let flows = text.lines().flat_map(|line| line.split(" | ").skip(2));
    flows.map(str::to_owned).collect()
}

pub(crate) fn kinds(run: &Run) -> Vec<&EventKind> {
    run.log().iter().map(|event| &event.kind).collect()
}

/// The first price at which the world's long is closed, and one just above it.
pub(crate) fn line() -> (Price, Price) {
    let line = exact("900/9.95");
    (Price::from_exact(line), Price::from_exact(line.plus(&exact("0.000000000001")).unwrap()))
}
