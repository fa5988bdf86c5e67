//! One tick either side of every threshold and of every tier edge, in every shipped table.
//!
//! One tick safer the position stands, one tick worse it does not; a value equal to an edge belongs
//! to the lower tier.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::Arc;

use margin_calculator::margin::{
    ComputeError, Crossing, PositionReport, PriceRange, Threshold, amounts_at, compute, curve,
};
use margin_calculator::quantity::{Exact, Leverage, Money, Price, Rounding, Side, Size};
use margin_calculator::scenario::{MarginMode, Market, Position, PositionMargin, Scenario};
use margin_calculator::venue::{ContractKind, Listing, RiskTier, TierTable, VenueRules, catalog};
use rust_decimal::Decimal;

const TABLE: &str = "binance-usdm";
const SIDES: [Side; 2] = [Side::Long, Side::Short];

fn number(text: &str) -> Exact {
    Exact::from_decimal(Decimal::from_str_exact(text).unwrap())
}

/// A position in a shipped market, evaluated at any mark.
struct Bench<'a> {
    listing: &'a Listing,
    tiers: &'a TierTable,
    side: Side,
    quantity: Exact,
    entry: Exact,
    leverage: Exact,
    margin: Option<Exact>,
}

impl Bench<'_> {
    fn at(&self, mark: Exact) -> PositionReport {
        let info = catalog().unwrap().table_info(TABLE).unwrap();
        let scenario = Scenario {
            margin_mode: MarginMode::Isolated { wallet_balance: None },
            markets: vec![Market {
                name: self.listing.symbol.to_owned(),
                rules: VenueRules {
                    tick_size: Some(self.listing.tick_size),
                    ..VenueRules::plain(
                        ContractKind::Linear,
                        self.tiers.clone(),
                        info.source.clone(),
                    )
                },
                mark_price: Price::from_exact(mark),
            }],
            positions: vec![Position {
                market: 0,
                side: self.side,
                quantity: Size::from_exact(self.quantity),
                entry_price: Price::from_exact(self.entry),
                leverage: Some(Leverage::from_exact(self.leverage)),
                margin: self.margin.map_or(
                    PositionMargin::InitialPlus(Money::from_exact(Exact::ZERO)),
                    |margin| PositionMargin::Assigned(Money::from_exact(margin)),
                ),
            }],
        };
        compute(&scenario).unwrap().positions.first().unwrap().clone()
    }

    /// A price one tick nearer to safety.
    fn safer(&self, price: &Exact) -> Exact {
        let tick = self.listing.tick_size;
        price.plus(&self.side.sign().times(tick.exact()).unwrap()).unwrap()
    }

    fn worse(&self, price: &Exact) -> Exact {
        let tick = self.listing.tick_size;
        price.minus(&self.side.sign().times(tick.exact()).unwrap()).unwrap()
    }

    fn name(&self) -> String {
        format!("{} {:?} {:?}", self.listing.symbol, self.side, self.quantity)
    }

    /// The crossing on the side where this position loses.
    fn crossing(&self, threshold: &Threshold) -> Option<Crossing> {
        match (self.side, threshold) {
            (Side::Long, Threshold::AtPrice { below, above: None }) => below.clone(),
            (Side::Short, Threshold::AtPrice { below: None, above }) => above.clone(),
            _ => None,
        }
    }
}

/// Balance times `factor` minus maintenance.
fn surplus(report: &PositionReport, factor: &Exact) -> Exact {
    let balance = report.margin_balance.exact().times(factor).unwrap();
    balance.minus(report.maintenance_margin.exact()).unwrap()
}

fn each_market() -> impl Iterator<Item = (&'static Listing, &'static TierTable)> {
    let catalog = catalog().unwrap();
    catalog.listings().iter().map(|listing| (listing, catalog.table(TABLE, listing.coin).unwrap()))
}

/// A quantity on the step whose value at the snapshot price lies in the middle of the tier.
fn quantity_inside(listing: &Listing, tier: &RiskTier) -> Exact {
    let cap = tier.cap.unwrap();
    let middle = tier.floor.plus(&cap).unwrap().over(&Exact::from_integer(2)).unwrap();
    let quantity = middle.over(listing.snapshot_price.exact()).unwrap();
    quantity.to_step(listing.quantity_step.exact(), Rounding::HalfEven).unwrap()
}

/// Every tier of every table, both sides, at the tier's highest leverage and at half of it.
fn benches() -> Vec<Bench<'static>> {
    let mut benches = Vec::new();
    for (listing, tiers) in each_market() {
        for tier in tiers.tiers() {
            for side in SIDES {
                let most = *tier.max_leverage.unwrap().exact();
                for leverage in [most, most.over(&Exact::from_integer(2)).unwrap()] {
                    benches.push(Bench {
                        listing,
                        tiers,
                        side,
                        quantity: quantity_inside(listing, tier),
                        entry: *listing.snapshot_price.exact(),
                        leverage,
                        margin: None,
                    });
                }
            }
        }
    }
    benches
}

#[test]
fn one_tick_decides_at_every_threshold() {
    let mut seen = 0_u32;
    for bench in benches() {
        let report = bench.at(bench.entry);
        let name = bench.name();
        let questions = [(&report.liquidation, Exact::ONE), (&report.margin_call, number("0.8"))];
        for (threshold, factor) in questions {
            let Some(crossing) = bench.crossing(threshold) else {
                // A long with margin for its whole value, a short beyond the end of its table, or a
                // warning level that the venue's highest leverage starts beyond.
                let plain = matches!(threshold, Threshold::Never | Threshold::TableEnds);
                let warned = matches!(threshold, Threshold::Now { .. }) && factor != Exact::ONE;
                assert!(plain || warned, "{name}: {threshold:?}");
                continue;
            };
            seen = seen.saturating_add(1);
            let exact = crossing.exact.exact();
            let price = *crossing.price.exact();
            let at = |mark: Exact| surplus(&bench.at(mark), &factor);
            assert!(at(*exact).is_zero(), "{name}: the exact price is where they meet");
            assert!(at(bench.safer(&price)).is_positive(), "{name}: one tick safer");
            assert!(!at(price).is_negative(), "{name}: on the tick");
            assert!(!at(bench.worse(&price)).is_positive(), "{name}: one tick worse");
        }
    }
    println!("{seen} thresholds decided by one tick");
    assert!(seen > 400, "only {seen}");
}

#[test]
fn the_state_changes_within_one_tick_of_the_liquidation_price() {
    for bench in benches() {
        let report = bench.at(bench.entry);
        let Some(crossing) = bench.crossing(&report.liquidation) else {
            continue;
        };
        let price = *crossing.price.exact();
        let name = bench.name();
        let closed = |mark| matches!(bench.at(mark).liquidation, Threshold::Now { .. });
        assert!(!closed(bench.safer(&price)), "{name}: one tick safer");
        assert_eq!(closed(price), crossing.price == crossing.exact, "{name}: on the tick");
        assert!(closed(bench.worse(&price)), "{name}: one tick worse");
        // Wherever the mark stands, the same price answers.
        let seen = bench.at(bench.safer(&price)).liquidation;
        assert_eq!(bench.crossing(&seen).unwrap().exact, crossing.exact, "{name}");
    }
}

#[test]
fn one_tick_decides_at_every_bankruptcy_price() {
    let mut seen = 0_u32;
    for bench in benches() {
        let name = bench.name();
        let Some(bankruptcy) = bench.at(bench.entry).bankruptcy_price else {
            continue;
        };
        let inside = |price: &Exact| {
            let value = price.times(&bench.quantity).unwrap();
            price.is_positive() && bench.tiers.tier_of(&value).unwrap().is_some()
        };
        let price = *bankruptcy.price.exact();
        if !inside(&bench.worse(&price)) {
            continue;
        }
        seen = seen.saturating_add(1);
        let balance = |mark| *bench.at(mark).margin_balance.exact();
        assert!(balance(*bankruptcy.exact.exact()).is_zero(), "{name}");
        assert!(balance(bench.safer(&price)).is_positive(), "{name}: one tick safer");
        assert!(!balance(price).is_negative(), "{name}: on the tick");
        assert!(!balance(bench.worse(&price)).is_positive(), "{name}: one tick worse");
    }
    assert!(seen > 200, "only {seen}");
}

/// The power of ten below the snapshot price: it divides every edge into a whole number of ticks.
fn round_price(listing: &Listing) -> Exact {
    let mut price = number("100000");
    while !price.is_at_most(listing.snapshot_price.exact()).unwrap() {
        price = price.over(&Exact::from_integer(10)).unwrap();
    }
    price
}

/// Every edge between two tiers, with a position worth exactly that at a price on the tick.
fn edges() -> impl Iterator<Item = (Bench<'static>, Arc<RiskTier>, Arc<RiskTier>)> {
    each_market().flat_map(|(listing, tiers)| {
        let pairs = tiers.tiers().iter().zip(tiers.tiers().iter().skip(1));
        pairs.flat_map(move |(lower, upper)| {
            let price = round_price(listing);
            SIDES.map(|side| {
                let bench = Bench {
                    listing,
                    tiers,
                    side,
                    quantity: upper.floor.over(&price).unwrap(),
                    entry: price,
                    leverage: Exact::ONE,
                    margin: None,
                };
                (bench, lower.clone(), upper.clone())
            })
        })
    })
}

#[test]
fn an_edge_belongs_to_the_lower_tier_and_both_tiers_agree_on_it() {
    for (bench, lower, upper) in edges() {
        let name = bench.name();
        let price = bench.entry;
        let tick = bench.listing.tick_size;
        let (before, on, after) = (
            bench.at(price.minus(tick.exact()).unwrap()),
            bench.at(price),
            bench.at(price.plus(tick.exact()).unwrap()),
        );
        assert_eq!(*on.notional.exact(), upper.floor, "{name}");
        let numbers = [before.tier.number, on.tier.number, after.tier.number];
        assert_eq!(numbers, [lower.number, lower.number, upper.number], "{name}");
        let step = bench.quantity.times(tick.exact()).unwrap();
        let rise = |from: &PositionReport, to: &PositionReport| {
            *to.maintenance_margin.minus(&from.maintenance_margin).unwrap().exact()
        };
        let grows = |tier: &RiskTier| tier.maintenance_margin_rate.exact().times(&step).unwrap();
        assert_eq!(rise(&before, &on), grows(&lower), "{name}: up to the edge");
        assert_eq!(rise(&on, &after), grows(&upper), "{name}: beyond the edge");
    }
}

#[test]
fn a_liquidation_price_on_an_edge_is_found_there() {
    let mut seen = 0_u32;
    for (mut bench, lower, _) in edges() {
        let name = bench.name();
        let edge = bench.entry;
        let kept = *bench.at(edge).maintenance_margin.exact();
        // Entry a tenth of the price away on the profitable side; margin that leaves exactly `kept`.
        let away = bench.side.sign().times(&edge).unwrap().times(&number("0.1")).unwrap();
        bench.entry = edge.plus(&away).unwrap();
        let loss = away.magnitude().times(&bench.quantity).unwrap();
        bench.margin = Some(loss.plus(&kept).unwrap());
        let start = bench.safer(&bench.safer(&edge));
        let report = bench.at(start);
        let crossing = bench.crossing(&report.liquidation).unwrap();
        assert_eq!(*crossing.exact.exact(), edge, "{name}");
        assert_eq!(*crossing.price.exact(), edge, "{name}");
        assert_eq!(crossing.tier.number, lower.number, "{name}");
        let closed = |mark| matches!(bench.at(mark).liquidation, Threshold::Now { .. });
        assert!(!closed(bench.safer(&edge)), "{name}");
        assert!(closed(edge), "{name}");
        assert!(closed(bench.worse(&edge)), "{name}");
        seen = seen.saturating_add(1);
    }
    println!("{seen} liquidation prices exactly on a tier edge");
}

#[test]
fn a_quantity_on_an_edge_belongs_to_the_lower_tier() {
    let catalog = catalog().unwrap();
    let listing = catalog.listing("BTC").unwrap();
    let tiers = catalog.table("article", "BTC").unwrap();
    for (quantity, tier, rate) in [
        ("49.999", 1, "0.005"),
        ("50", 1, "0.005"),
        ("50.001", 2, "0.01"),
        ("250", 2, "0.01"),
        ("250.001", 3, "0.015"),
    ] {
        let bench = Bench {
            listing,
            tiers,
            side: Side::Long,
            quantity: number(quantity),
            entry: *listing.snapshot_price.exact(),
            leverage: Exact::from_integer(10),
            margin: None,
        };
        let report = bench.at(bench.entry);
        assert_eq!(report.tier.number, tier, "{quantity}");
        let whole = report.notional.exact().times(&number(rate)).unwrap();
        assert_eq!(*report.maintenance_margin.exact(), whole, "{quantity}: the rate on all of it");
        // The quantity does not follow the price, so no price changes the tier.
        let crossing = bench.crossing(&report.liquidation).unwrap();
        assert_eq!(crossing.tier.number, tier, "{quantity}");
    }
}

#[test]
fn an_inverse_position_meets_its_line_in_its_own_coin() {
    let rate = margin_calculator::quantity::Rate::from_exact(number("0.01"));
    let source = margin_calculator::venue::Source { origin: String::new(), as_of: String::new() };
    let tiers = TierTable::single_rate(rate).unwrap();
    let market = Market {
        name: "XBTUSD".to_owned(),
        rules: VenueRules::plain(ContractKind::Inverse, tiers, source),
        mark_price: Price::from_exact(number("10000")),
    };
    let position = Position {
        market: 0,
        side: Side::Long,
        quantity: Size::from_exact(number("10000")),
        entry_price: Price::from_exact(number("10000")),
        leverage: Some(Leverage::from_exact(number("10"))),
        margin: PositionMargin::InitialPlus(Money::from_exact(Exact::ZERO)),
    };
    // Q (1 + rate) / (Q/E + margin) = 10100 / 1.1.
    let price = number("10100").over(&number("1.1")).unwrap();
    let report = margin_calculator::margin::compute_position(&position, &market).unwrap();
    assert_eq!(*report.liquidation.crossing().unwrap().exact.exact(), price);
    let at = |price: Exact| amounts_at(&position, &market, &Price::from_exact(price)).unwrap();
    let (have, need) = at(price);
    assert_eq!(have, need.unwrap());
    let range = PriceRange { low: Price::from_exact(price), high: market.mark_price };
    assert_eq!(curve(&position, &market, &range), Err(ComputeError::Bent));
}
