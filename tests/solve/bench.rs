//! One position under rules that an example can change, and what is asked of it.

use std::cmp::Ordering;

use margin_calculator::margin::{Solution, Unknown, Wish, solve};
use margin_calculator::quantity::{Exact, Leverage, Money, Price, Rate, Rounding, Side, Size};
use margin_calculator::scenario::{MarginMode, Market, Position, PositionMargin, Scenario};
use margin_calculator::venue::{
    ContractKind, Source, TierBasis, TierKind, TierRow, TierTable, VenueRules,
};
use rust_decimal::Decimal;

pub(crate) fn number(text: &str) -> Exact {
    Exact::from_decimal(Decimal::from_str_exact(text).unwrap())
}

pub(crate) fn price(text: &str) -> Price {
    Price::from_exact(number(text))
}

pub(crate) fn size(text: &str) -> Size {
    Size::from_exact(number(text))
}

pub(crate) fn money(text: &str) -> Money {
    Money::from_exact(number(text))
}

pub(crate) fn rate(text: &str) -> Rate {
    Rate::from_exact(number(text))
}

pub(crate) fn leverage(text: &str) -> Leverage {
    Leverage::from_exact(number(text))
}

pub(crate) fn added(text: &str) -> PositionMargin {
    PositionMargin::InitialPlus(money(text))
}

pub(crate) fn assigned(text: &str) -> PositionMargin {
    PositionMargin::Assigned(money(text))
}

pub(crate) fn at(text: &str) -> Wish {
    Wish::LiquidationAt(price(text))
}

pub(crate) fn stop(stop: &str, buffer: &str) -> Wish {
    Wish::StopWithBuffer { stop: price(stop), buffer: rate(buffer) }
}

pub(crate) fn loss(text: &str) -> Wish {
    Wish::LargestLoss(money(text))
}

/// Rows of a table: upper edge, rate, highest leverage; empty where there is none.
pub(crate) fn table(kind: TierKind, basis: TierBasis, rows: &[(&str, &str, &str)]) -> TierTable {
    let stated = |text: &str| (!text.is_empty()).then(|| number(text));
    let mut floor = Exact::ZERO;
    let rows: Vec<TierRow> = rows
        .iter()
        .map(|(cap, rate, most)| {
            let row = TierRow {
                floor,
                cap: stated(cap),
                maintenance_margin_rate: self::rate(rate),
                maintenance_amount: None,
                max_leverage: stated(most).map(Leverage::from_exact),
            };
            floor = row.cap.unwrap_or(floor);
            row
        })
        .collect();
    TierTable::try_new(kind, basis, &rows).unwrap()
}

/// An isolated position at a mark equal to its entry.
pub(crate) fn isolated(
    contract: ContractKind,
    tiers: TierTable,
    side: Side,
    quantity: &str,
    entry: &str,
) -> Scenario {
    let source = Source { origin: "worked by hand".to_owned(), as_of: "2026-04".to_owned() };
    Scenario {
        margin_mode: MarginMode::Isolated { wallet_balance: None },
        markets: vec![Market {
            name: "TEST".to_owned(),
            rules: VenueRules::plain(contract, tiers, source),
            mark_price: price(entry),
        }],
        positions: vec![Position {
            market: 0,
            side,
            quantity: size(quantity),
            entry_price: price(entry),
            leverage: Some(leverage("10")),
            margin: added("0"),
        }],
    }
}

pub(crate) fn rules(scenario: &mut Scenario) -> &mut VenueRules {
    &mut scenario.markets.first_mut().unwrap().rules
}

pub(crate) fn first(scenario: &mut Scenario) -> &mut Position {
    scenario.positions.first_mut().unwrap()
}

pub(crate) fn ask(scenario: &Scenario, wish: &Wish, unknown: Unknown, step: &str) -> Solution {
    solve(scenario, 0, wish, unknown, &number(step)).unwrap()
}

/// Checks what is found: `over` / `under` exactly, and `value` on the step.
#[track_caller]
pub(crate) fn found(
    scenario: &Scenario,
    wish: &Wish,
    unknown: Unknown,
    step: &str,
    (over, under, value): (&str, &str, &str),
) {
    let expected = number(over).over(&number(under)).unwrap();
    match ask(scenario, wish, unknown, step) {
        Solution::Found { exact, rounded, rounding } => {
            assert_eq!(exact, Some(expected), "exactly");
            assert_eq!(rounded.value, number(value), "rounded");
            let lies = rounded.value.compare(&expected).unwrap();
            let direction = match lies {
                Ordering::Less => Some(Rounding::Floor),
                Ordering::Equal => None,
                Ordering::Greater => Some(Rounding::Ceiling),
            };
            assert_eq!(rounding, direction, "the direction");
        }
        other => panic!("{other:?}"),
    }
}
