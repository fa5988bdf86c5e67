//! Small random accounts under every rule, whose unknown has few enough values to try them all.

use margin_calculator::margin::{Unknown, Wish};
use margin_calculator::quantity::{Exact, Leverage, Money, Price, Rate, Side, Size};
use margin_calculator::scenario::{MarginMode, Market, Position, PositionMargin, Scenario};
use margin_calculator::venue::{
    BeyondTable, ContractKind, InitialFee, MaintenanceFee, MarginBasis, Source, TierBasis,
    TierKind, TierRow, TierTable, VenueRules,
};
use rust_decimal::Decimal;

use crate::judge::Asked;
use crate::number::Random;

fn exact(value: Decimal) -> Exact {
    Exact::from_decimal(value)
}

fn hundredths(value: u32) -> Decimal {
    Decimal::new(value.into(), 2)
}

pub(crate) fn asked(random: &mut Random) -> Asked {
    let is_cross = random.chance(35);
    let markets = if is_cross { 1 + random.below(2) as usize } else { 1 };
    let mut scenario = Scenario {
        margin_mode: MarginMode::Isolated { wallet_balance: None },
        markets: (0..markets).map(|_| market(random)).collect(),
        positions: Vec::new(),
    };
    let count = if is_cross { 1 + random.below(3) as usize } else { 1 };
    for index in 0..count {
        let market = if index == 0 { 0 } else { random.below(2) as usize % markets };
        let position = position(random, market, scenario.markets.get(market).unwrap());
        scenario.positions.push(position);
    }
    if is_cross {
        let wallet = value(&scenario) * hundredths(random.below(150));
        scenario.margin_mode = MarginMode::Cross { wallet_balance: Money::from_decimal(wallet) };
    }
    let unknown = random.pick(&[
        Unknown::Leverage,
        Unknown::Quantity,
        Unknown::AddedMargin,
        Unknown::EntryPrice,
    ]);
    let step = match unknown {
        Unknown::Leverage => random.pick(&["1", "0.5", "0.3"]),
        Unknown::Quantity => random.pick(&["1", "0.25"]),
        Unknown::AddedMargin => random.pick(&["1", "0.1"]),
        Unknown::EntryPrice => random.pick(&["1", "0.5"]),
    };
    let step = exact(Decimal::from_str_exact(step).unwrap());
    let wish = wish(random, &scenario);
    Asked { scenario, wish, unknown, step }
}

/// The value of the first position at its entry, which is about the size of everything.
fn value(scenario: &Scenario) -> Decimal {
    let position = scenario.positions.first().unwrap();
    let rules = &scenario.markets.first().unwrap().rules;
    let plain = |value: &Exact| {
        value.round(8, margin_calculator::quantity::Rounding::HalfEven).unwrap().normalize()
    };
    let size = plain(position.quantity.exact()) * plain(rules.contract_size.exact());
    let entry = plain(position.entry_price.exact());
    (if rules.contract == ContractKind::Inverse { size / entry } else { size * entry }).round_dp(4)
}

fn position(random: &mut Random, market: usize, of: &Market) -> Position {
    let mark = of.mark_price.round(8, margin_calculator::quantity::Rounding::HalfEven).unwrap();
    let entry = if random.chance(40) {
        mark
    } else {
        mark * hundredths(70 + random.below(60)).max(Decimal::ONE / mark)
    };
    let quantity = Decimal::from(1 + random.below(20));
    let margin = match random.below(10) {
        0..6 => PositionMargin::InitialPlus(Money::from_decimal(Decimal::ZERO)),
        6..8 => PositionMargin::InitialPlus(Money::from_decimal(
            Decimal::from(random.below(60)) - Decimal::from(15),
        )),
        _ => PositionMargin::Assigned(Money::from_decimal(Decimal::from(random.below(300)))),
    };
    Position {
        market,
        side: random.pick(&[Side::Long, Side::Short]),
        quantity: Size::from_decimal(quantity),
        entry_price: Price::from_decimal(entry.round_dp(2)),
        leverage: Some(Leverage::from_decimal(Decimal::from(1 + random.below(20)))),
        margin,
    }
}

fn market(random: &mut Random) -> Market {
    let contract =
        random.pick(&[ContractKind::Linear, ContractKind::Inverse, ContractKind::Quanto]);
    let kind = random.pick(&[
        TierKind::Marginal,
        TierKind::Marginal,
        TierKind::Flat,
        TierKind::Flat,
        TierKind::Slope(exact(hundredths(1))),
        TierKind::Fixed,
        TierKind::FactorOverLeverage,
    ]);
    let mut basis =
        random.pick(&[TierBasis::Notional, TierBasis::EntryNotional, TierBasis::Quantity]);
    if kind == TierKind::Marginal && basis == TierBasis::Quantity {
        basis = TierBasis::Notional;
    }
    let contract_size =
        if contract == ContractKind::Inverse { Decimal::from(100) } else { Decimal::ONE };
    let mark = Decimal::from(20 + random.below(150));
    // What a cap is counted in for one unit of quantity.
    let unit = match (basis, contract) {
        (TierBasis::Quantity, _) => Decimal::ONE,
        (_, ContractKind::Inverse) => Decimal::from(100) / mark,
        _ => mark,
    };
    let fee = Rate::from_decimal(Decimal::new(random.below(20).into(), 3));
    let tiers = TierTable::try_new(kind, basis, &rows(random, kind, unit)).unwrap();
    let source = Source { origin: "generated".to_owned(), as_of: "now".to_owned() };
    let plain = VenueRules::plain(contract, tiers, source);
    Market {
        name: "TEST".to_owned(),
        rules: VenueRules {
            contract_size: Size::from_decimal(contract_size),
            initial_margin_basis: random.pick(&[
                MarginBasis::Entry,
                MarginBasis::Entry,
                MarginBasis::Mark,
            ]),
            initial_fee: random.pick(&[
                InitialFee::None,
                InitialFee::None,
                InitialFee::CloseAtBankruptcy(fee),
                InitialFee::EntryRoundTrip(fee),
            ]),
            maintenance_basis: random.pick(&[
                MarginBasis::Mark,
                MarginBasis::Mark,
                MarginBasis::Entry,
            ]),
            maintenance_fee: random.pick(&[
                MaintenanceFee::None,
                MaintenanceFee::None,
                MaintenanceFee::CloseAtMark(fee),
                MaintenanceFee::CloseAtBankruptcy(fee),
                MaintenanceFee::EntryRoundTrip(fee),
            ]),
            maintenance_funding: Rate::from_decimal(random.pick(&[
                Decimal::ZERO,
                Decimal::new(2, 3),
                Decimal::new(-1, 3),
            ])),
            beyond_table: random.pick(&[BeyondTable::Unknown, BeyondTable::LastTier]),
            ..plain
        },
        mark_price: Price::from_decimal(mark),
    }
}

fn rows(random: &mut Random, kind: TierKind, unit: Decimal) -> Vec<TierRow> {
    let is_single = matches!(kind, TierKind::Slope(_) | TierKind::Fixed);
    let count = if is_single { 1 } else { 1 + random.below(4) };
    let mut floor = Decimal::ZERO;
    let mut rate = Decimal::new(random.below(30).into(), 3);
    let mut most = Decimal::from(5 + random.below(40));
    let states_leverage = random.chance(50);
    (1..=count)
        .map(|number| {
            let cap = floor + (unit * hundredths(50 + random.below(1200))).round_dp(2);
            let is_bounded = !is_single && (number < count || random.chance(40));
            let row = TierRow {
                floor: exact(floor),
                cap: is_bounded.then(|| exact(cap)),
                maintenance_margin_rate: Rate::from_decimal(rate),
                maintenance_amount: (kind == TierKind::Fixed)
                    .then(|| Money::from_decimal(unit * hundredths(random.below(20)))),
                max_leverage: states_leverage.then(|| Leverage::from_decimal(most)),
            };
            floor = cap;
            most = (most * hundredths(30 + random.below(70))).round_dp(0).max(Decimal::ONE);
            rate += Decimal::new(random.below(120).into(), 3);
            row
        })
        .collect()
}

fn wish(random: &mut Random, scenario: &Scenario) -> Wish {
    let market = scenario.markets.first().unwrap();
    let mark = market.mark_price.round(2, margin_calculator::quantity::Rounding::Floor).unwrap();
    let side = scenario.positions.first().unwrap().side;
    // Mostly on the losing side, at any distance.
    let most = random.pick(&[15, 70]);
    let away = hundredths(random.below(most));
    let loses_below = (side == Side::Long) != random.chance(8);
    let factor = if loses_below { Decimal::ONE - away } else { Decimal::ONE + away };
    let price = mark * factor;
    match random.below(10) {
        0..5 => Wish::LiquidationAt(Price::from_decimal(price)),
        5 => Wish::LiquidationAt(edge(random, scenario, price)),
        6 => Wish::StopWithBuffer {
            stop: Price::from_decimal(price),
            buffer: Rate::from_decimal(hundredths(random.below(10))),
        },
        _ => {
            let share = hundredths(1 + random.below(120));
            Wish::LargestLoss(Money::from_decimal((value(scenario) * share).round_dp(3)))
        }
    }
}

/// The price at which the value of the first position is at a tier edge, where there is one.
fn edge(random: &mut Random, scenario: &Scenario, otherwise: Decimal) -> Price {
    let rules = &scenario.markets.first().unwrap().rules;
    let position = scenario.positions.first().unwrap();
    let caps: Vec<Exact> = rules.tiers.tiers().iter().filter_map(|tier| tier.cap).collect();
    if caps.is_empty() {
        return Price::from_decimal(otherwise);
    }
    let size = position.quantity.exact().times(rules.contract_size.exact()).unwrap();
    let place = random.pick(&caps).over(&size).unwrap();
    let is_inverse = rules.contract == ContractKind::Inverse;
    Price::from_exact(if is_inverse { Exact::ONE.over(&place).unwrap() } else { place })
}
