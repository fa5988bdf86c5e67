//! Working backwards one tick either side of every tier edge of every shipped table.
//!
//! The margin that is found must be what is lost up to the wanted price plus what each slice of the
//! position asks for there, added up slice by slice; at the edge itself the lower tier counts.

#![expect(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "solve/bench.rs"]
#[expect(dead_code, reason = "the examples use the rest")]
mod bench;

use std::collections::BTreeMap;

use bench::{assigned, first, isolated, leverage, number, rules};
use margin_calculator::margin::{
    Reason, Solution, Threshold, Unknown, Wish, compute_any_width, solve, with_unknown,
};
use margin_calculator::quantity::{Exact, Price, Rounding, Side, Size};
use margin_calculator::scenario::Scenario;
use margin_calculator::venue::{ContractKind, TierBasis, TierKind, TierRow, TierTable, catalog};

/// What must be kept for a value, slice by slice, or at one rate where the table is flat.
fn kept(tiers: &TierTable, value: &Exact) -> Exact {
    let mut sum = Exact::ZERO;
    for tier in tiers.tiers() {
        let rate = tier.maintenance_margin_rate;
        let top = tier.cap.map_or(*value, |cap| cap.smaller(*value).unwrap());
        if tiers.kind() == TierKind::Flat {
            sum = value.times(rate.exact()).unwrap();
        } else {
            let slice = top.minus(&tier.floor).unwrap();
            sum = sum.plus(&slice.times(rate.exact()).unwrap()).unwrap();
        }
        if top == *value {
            break;
        }
    }
    sum
}

/// The same edges and rates with the tier's rate on the whole position.
fn flat(tiers: &TierTable) -> TierTable {
    let rows = tiers.tiers().iter().map(|tier| TierRow {
        floor: tier.floor,
        cap: tier.cap,
        maintenance_margin_rate: tier.maintenance_margin_rate,
        maintenance_amount: None,
        max_leverage: tier.max_leverage,
    });
    let rows: Vec<TierRow> = rows.collect();
    TierTable::try_new(TierKind::Flat, TierBasis::Notional, &rows).unwrap()
}

/// The liquidation price on the losing side, and its tier; absent where the table ends first.
fn closing(scenario: &Scenario, side: Side) -> Option<(Exact, usize)> {
    let (report, _) = compute_any_width(scenario).unwrap();
    match &report.positions.first().unwrap().liquidation {
        Threshold::AtPrice { below, above } => {
            let crossing = if side == Side::Long { below } else { above }.as_ref().unwrap();
            Some((*crossing.exact.exact(), crossing.tier.number))
        }
        Threshold::TableEnds => None,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_margin_for_every_tick_around_every_edge() {
    let catalog = catalog().unwrap();
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for listing in catalog.listings() {
        let shipped = catalog.table("binance-usdm", listing.coin).unwrap();
        for tiers in [shipped.clone(), flat(shipped)] {
            let tiers = &tiers;
            for tier in tiers.tiers() {
                for side in [Side::Long, Side::Short] {
                    let entry = *listing.snapshot_price.exact();
                    let tick = *listing.tick_size.exact();
                    let share = number(if side == Side::Long { "0.93" } else { "1.07" });
                    let edge =
                        entry.times(&share).unwrap().to_step(&tick, Rounding::HalfEven).unwrap();
                    let Some(cap) = &tier.cap else {
                        continue;
                    };
                    let quantity = cap.over(&edge).unwrap();
                    let mut scenario =
                        isolated(ContractKind::Linear, tiers.clone(), side, "1", "1");
                    rules(&mut scenario).tick_size = Some(listing.tick_size);
                    scenario.markets.first_mut().unwrap().mark_price = Price::from_exact(entry);
                    let position = first(&mut scenario);
                    position.entry_price = Price::from_exact(entry);
                    position.quantity = Size::from_exact(quantity);
                    position.leverage = Some(leverage("1"));
                    position.margin = assigned("0");
                    for wanted in [edge.minus(&tick).unwrap(), edge, edge.plus(&tick).unwrap()] {
                        let name = around(&scenario, tiers, side, &wanted);
                        let count = seen.entry(name).or_default();
                        *count = count.saturating_add(1);
                    }
                }
            }
        }
    }
    println!("prices around tier edges: {seen:?}");
    for (name, least) in [("reached", 1000), ("in a jump", 100), ("beyond the table", 50)] {
        assert!(seen.get(name).is_some_and(|count| least < *count), "{name}");
    }
}

/// Checks one wanted price; what becomes of it.
fn around(scenario: &Scenario, tiers: &TierTable, side: Side, wanted: &Exact) -> &'static str {
    let position = scenario.positions.first().unwrap();
    let value = position.quantity.exact().times(wanted).unwrap();
    let gap = position.entry_price.exact().minus(wanted).unwrap();
    let gap = gap.times(&side.sign()).unwrap();
    let lost = position.quantity.exact().times(&gap).unwrap();
    let needed = lost.plus(&kept(tiers, &value)).unwrap();
    let wish = Wish::LiquidationAt(Price::from_exact(*wanted));
    let step = number("0.00000001");
    match solve(scenario, 0, &wish, Unknown::AddedMargin, &step).unwrap() {
        Solution::Found { exact: Some(exact), rounded, .. } => {
            assert_eq!(exact, needed, "the sum of the slices");
            let there = with_unknown(scenario, 0, Unknown::AddedMargin, &exact).unwrap();
            let (price, tier) = closing(&there, side).unwrap();
            assert_eq!(price, *wanted);
            assert_eq!(tier, tiers.tier_of(&value).unwrap().unwrap().number);
            let there = with_unknown(scenario, 0, Unknown::AddedMargin, &rounded.value).unwrap();
            let Some((price, _)) = closing(&there, side) else {
                // A little more than exactly, and the last edge is where the table ends.
                assert!(tiers.end().is_some_and(|end| *end == value));
                return "reached";
            };
            let past = if side == Side::Long { wanted.minus(&price) } else { price.minus(wanted) };
            let past = past.unwrap();
            assert!(!past.is_negative(), "at the wanted price or beyond");
            assert!(past.is_below(rules_tick(scenario)).unwrap(), "within a tick");
            "reached"
        }
        Solution::Unreachable { reason: Reason::TableEnds | Reason::Refused(_), .. } => {
            assert!(
                tiers.end().is_some_and(|end| end.is_below(&value).unwrap()) || side == Side::Long
            );
            "beyond the table"
        }
        Solution::Unreachable { reason: Reason::InsideJump, nearest } => {
            assert_eq!((tiers.kind(), side), (TierKind::Flat, Side::Long));
            let outcome = nearest.unwrap();
            assert!(needed.is_below(&outcome.value).unwrap());
            "in a jump"
        }
        other => panic!("{other:?}"),
    }
}

fn rules_tick(scenario: &Scenario) -> &Exact {
    scenario.markets.first().unwrap().rules.tick_size.as_ref().unwrap().exact()
}
