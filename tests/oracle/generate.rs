//! Random questions: mostly what a trader types, some at every edge of the accepted input.

use margin_calculator::quantity::{Leverage, Money, Price, Rate, Ratio, Rounding, Side, Size};
use margin_calculator::scenario::{MarginMode, Market, Position, PositionMargin, Scenario};
use margin_calculator::venue::{
    ContractKind, MaintenanceFee, Source, TierBasis, TierError, TierKind, TierRow, TierTable,
    VenueRules, catalog,
};
use num_bigint::BigInt;
use num_traits::ToPrimitive;
use rust_decimal::Decimal;

use super::number::{Fraction, Random, floor, minus, of_decimal, over, ten_to, times};
use super::{Case, Oracle, Tier};

/// How far a question strays from what is usual.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// Prices, sizes and tables as markets have them.
    Ordinary,
    /// Any number of digits that an input accepts.
    Wide,
    /// The smallest and largest numbers that an input accepts, and their neighbours.
    Extreme,
}

/// Digits before and after the point that prices and sizes accept.
const PRICE: (u32, u32) = (12, 12);
const MONEY: (u32, u32) = (15, 8);
const RATE_PLACES: u32 = 12;

pub(crate) fn case(random: &mut Random) -> (Reach, Case) {
    let reach = match random.below(100) {
        0..70 => Reach::Ordinary,
        70..90 => Reach::Wide,
        _ => Reach::Extreme,
    };
    let mut case = match reach {
        Reach::Ordinary => ordinary(random),
        Reach::Wide | Reach::Extreme => anything(random, reach),
    };
    if reach == Reach::Ordinary {
        settle_on_an_edge(random, &mut case);
    }
    (reach, case)
}

fn ordinary(random: &mut Random) -> Case {
    let (tiers, flat, by_quantity, entry, tick) = if random.chance(50) {
        listed(random)
    } else {
        let entry = usual(random, 6);
        let flat = random.chance(40);
        let by_quantity = flat && random.chance(50);
        let tick = random.chance(80).then(|| Decimal::new(1, random.below(6)));
        (some_tiers(random), flat, by_quantity, entry, tick)
    };
    let leverage = match random.below(4) {
        0 => random.pick(&[1, 2, 3, 5, 10, 20, 25, 50, 75, 100, 125, 150]).into(),
        1 => random.decimal(2, 1),
        2 => random.decimal(3, 2),
        _ => Decimal::from(1 + random.below(150)),
    };
    // A mark so far away that the margin is often gone, or near enough that it often is not.
    let far = if random.chance(30) { Decimal::new(2, 1) } else { Decimal::new(5, 1) / leverage };
    let moved = entry * far * Decimal::new(i64::from(random.below(2000)) - 1000, 3);
    let mark = (entry + moved).round_dp(8).max(Decimal::new(1, 8));
    let quantity = usual(random, 3);
    let contract_size = Decimal::from(random.pick(&[1, 1, 1, 1, 10, 100]))
        * Decimal::new(1, random.pick(&[0, 0, 0, 0, 2, 3, 6]));
    let initial = (quantity * contract_size * entry / leverage).round_dp(8);
    let part = initial * Decimal::new(random.below(300).into(), 2);
    let assigned = random.chance(20);
    let margin = match random.below(10) {
        0..5 if !assigned => Decimal::ZERO,
        5..7 if !assigned => (-part / Decimal::from(4)).round_dp(8),
        _ => part.round_dp(8),
    };
    Case {
        long: random.chance(50),
        quanto: random.chance(10),
        quantity,
        contract_size,
        entry,
        mark: if random.chance(30) { entry } else { mark },
        leverage,
        assigned,
        margin,
        flat,
        by_quantity,
        tiers,
        close_fee: random.chance(40).then(|| Decimal::new(random.below(200).into(), 5)),
        warning: random.pick(&[Decimal::new(8, 1), Decimal::new(5, 1), Decimal::new(95, 2)]),
        tick,
    }
}

/// One to six digits, from a millionth to a million.
fn usual(random: &mut Random, digits: u32) -> Decimal {
    let mantissa = 1 + random.below(10_u32.pow(digits) - 1);
    Decimal::new(mantissa.into(), random.below(7))
}

/// A market and table of the catalog.
fn listed(random: &mut Random) -> (Vec<Tier>, bool, bool, Decimal, Option<Decimal>) {
    let catalog = catalog().unwrap();
    let listings: Vec<_> = catalog.listings().iter().collect();
    let listing = random.pick(&listings);
    let id = if listing.coin == "BTC" && random.chance(50) { "article" } else { "binance-usdm" };
    let table = catalog.table(id, listing.coin).unwrap();
    let plain = |value: &margin_calculator::quantity::Exact| {
        value.round(12, Rounding::HalfEven).unwrap().normalize()
    };
    let tiers = table
        .tiers()
        .iter()
        .map(|tier| Tier {
            floor: plain(&tier.floor),
            cap: tier.cap.as_ref().map(plain),
            rate: plain(tier.maintenance_margin_rate.exact()),
            max_leverage: tier.max_leverage.map(|most| plain(most.exact())),
        })
        .collect();
    (
        tiers,
        table.kind() == TierKind::Flat,
        table.basis() == TierBasis::Quantity,
        plain(listing.snapshot_price.exact()),
        Some(plain(listing.tick_size.exact())),
    )
}

/// A table with rising edges and rates that do not fall.
fn some_tiers(random: &mut Random) -> Vec<Tier> {
    let count = random.pick(&[1, 1, 2, 3, 5, 8]);
    let mut floor = Decimal::ZERO;
    let mut rate = Decimal::new(random.below(40).into(), 4);
    let mut tiers = Vec::new();
    for number in 1..=count {
        let cap = floor + usual(random, 5);
        let bounded = number < count || random.chance(40);
        tiers.push(Tier { floor, cap: bounded.then_some(cap), rate, max_leverage: None });
        floor = cap;
        rate = (rate + Decimal::new(random.below(900).into(), 4)).min(Decimal::new(999, 3));
    }
    tiers
}

fn anything(random: &mut Random, reach: Reach) -> Case {
    let number = |random: &mut Random, (digits, places): (u32, u32)| {
        if reach == Reach::Extreme {
            random.extreme(digits, places)
        } else {
            let places = random.below(places + 1).max(u32::from(digits == 0));
            let digits = random.below(digits + 1);
            random.decimal(digits, places)
        }
    };
    let flat = random.chance(40);
    let bounded = random.chance(50);
    let count = random.pick(&[1, 2, 3, 5]);
    let mut floors = vec![Decimal::ZERO];
    floors.extend((0..count).map(|_| number(random, MONEY)));
    floors.sort();
    floors.dedup();
    let mut rates: Vec<Decimal> = floors.iter().map(|_| number(random, (0, RATE_PLACES))).collect();
    rates.sort();
    let last = floors.len() - 1;
    let tiers = floors
        .iter()
        .zip(&rates)
        .enumerate()
        .map(|(index, (floor, rate))| Tier {
            floor: *floor,
            cap: floors.get(index + 1).copied(),
            rate: *rate,
            max_leverage: None,
        })
        .take(if bounded && last > 0 { last } else { last + 1 })
        .collect();
    let entry = number(random, PRICE);
    Case {
        long: random.chance(50),
        quanto: random.chance(10),
        quantity: number(random, PRICE),
        contract_size: random.pick(&[Decimal::ONE, Decimal::new(1, 2), Decimal::new(1, 6)]),
        entry,
        mark: if random.chance(50) { entry } else { number(random, PRICE) },
        leverage: if random.chance(10) { 1000.into() } else { number(random, (3, 6)) },
        assigned: random.chance(30),
        margin: if random.chance(50) { number(random, MONEY) } else { -number(random, MONEY) },
        flat,
        by_quantity: flat && random.chance(50),
        tiers,
        close_fee: random.chance(50).then(|| number(random, (0, RATE_PLACES))),
        warning: random.pick(&[Decimal::new(8, 1), Decimal::ONE, Decimal::new(333_333, 6)]),
        tick: random.chance(80).then(|| number(random, (2, 12))),
    }
}

/// Puts the question where comparisons turn: a tier edge at the mark or the entry, or a margin that
/// is exactly what must be kept.
fn settle_on_an_edge(random: &mut Random, case: &mut Case) {
    let mut next_rate = None;
    if random.chance(15) {
        let price = if random.chance(50) { case.mark } else { case.entry };
        let value = if case.by_quantity {
            case.quantity
        } else {
            case.quantity * case.contract_size * price
        };
        let inside = |tier: &Tier| tier.cap.is_none_or(|cap| value < cap) && tier.floor < value;
        if let Some(at) = case.tiers.iter().position(inside) {
            let upper = case.tiers.get(at).unwrap().clone();
            let rise = random.pick(&[1, 50, 300]);
            let rate = (upper.rate + Decimal::new(rise, 3)).min(Decimal::new(9999, 4));
            let above = case.tiers.get(at + 1).map_or(rate, |next| next.rate);
            next_rate = (price == case.mark && !case.by_quantity).then_some(rate.min(above));
            case.tiers.get_mut(at).unwrap().cap = Some(value);
            case.tiers.insert(at + 1, Tier { floor: value, rate: rate.min(above), ..upper });
        }
    }
    if random.chance(15) {
        let oracle = Oracle::new(case);
        if let Some(figures) = oracle.figures() {
            let gain = minus(&figures.balance, &figures.position_margin);
            let kept = match (random.below(3), next_rate) {
                (0, _) => super::number::whole(0),
                // What is kept from just above the edge on.
                (1, Some(rate)) => {
                    let rate = rate + case.close_fee.unwrap_or_default();
                    let factor = random.pick(&[Decimal::ONE, case.warning]);
                    let kept = times(&figures.notional, &of_decimal(rate));
                    over(&kept, &of_decimal(factor))
                }
                _ => figures.maintenance.clone(),
            };
            if let Some(margin) = in_decimals(&minus(&kept, &gain)) {
                case.assigned = true;
                case.margin = margin;
            }
        }
    }
}

/// The decimal of a fraction that has one of at most 12 places.
fn in_decimals(value: &Fraction) -> Option<Decimal> {
    let (mantissa, exact) = floor(&times(value, &Fraction::from_integer(ten_to(12))));
    if !exact || mantissa.bits() > 90 {
        return None;
    }
    let mantissa: BigInt = mantissa;
    Decimal::try_from_i128_with_scale(mantissa.to_i128()?, 12).ok()
}

/// The same question for the calculator; absent where its table is refused.
pub(crate) fn scenario(case: &Case) -> Result<Scenario, TierError> {
    let rows: Vec<TierRow> = case
        .tiers
        .iter()
        .map(|tier| TierRow {
            floor: margin_calculator::quantity::Exact::from_decimal(tier.floor),
            cap: tier.cap.map(margin_calculator::quantity::Exact::from_decimal),
            maintenance_margin_rate: Rate::from_decimal(tier.rate),
            maintenance_amount: None,
            max_leverage: tier.max_leverage.map(Leverage::from_decimal),
        })
        .collect();
    let kind = if case.flat { TierKind::Flat } else { TierKind::Marginal };
    let basis = if case.by_quantity { TierBasis::Quantity } else { TierBasis::Notional };
    let margin = Money::from_decimal(case.margin);
    Ok(Scenario {
        margin_mode: MarginMode::Isolated { wallet_balance: None },
        markets: vec![Market {
            name: "TEST".to_owned(),
            rules: VenueRules {
                contract_size: Size::from_decimal(case.contract_size),
                tick_size: case.tick.map(Price::from_decimal),
                maintenance_fee: case.close_fee.map_or(MaintenanceFee::None, |fee| {
                    MaintenanceFee::CloseAtMark(Rate::from_decimal(fee))
                }),
                warning_ratio: Ratio::from_decimal(case.warning),
                ..VenueRules::plain(
                    if case.quanto { ContractKind::Quanto } else { ContractKind::Linear },
                    TierTable::try_new(kind, basis, &rows)?,
                    Source { origin: "generated".to_owned(), as_of: "now".to_owned() },
                )
            },
            mark_price: Price::from_decimal(case.mark),
        }],
        positions: vec![Position {
            market: 0,
            side: if case.long { Side::Long } else { Side::Short },
            quantity: Size::from_decimal(case.quantity),
            entry_price: Price::from_decimal(case.entry),
            leverage: Some(Leverage::from_decimal(case.leverage)),
            margin: if case.assigned {
                PositionMargin::Assigned(margin)
            } else {
                PositionMargin::InitialPlus(margin)
            },
        }],
    })
}
