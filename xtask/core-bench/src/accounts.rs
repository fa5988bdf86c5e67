//! Cross accounts of any size, with prices, sizes and tables as markets have them.

use margin_calculator::quantity::{Exact, Leverage, Money, Price, Rate, Side, Size};
use margin_calculator::scenario::{MarginMode, Market, Position, PositionMargin, Scenario};
use margin_calculator::venue::{
    ContractKind, Source, TierBasis, TierKind, TierRow, TierTable, VenueRules,
};

/// How an account is made up.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// How many markets it has.
    pub markets: usize,
    /// How many positions each of them has, long and short in turn.
    pub each: usize,
    /// How the ten rows of its tables apply.
    pub kind: TierKind,
    /// Linear or inverse.
    pub contract: ContractKind,
}

/// Ten rows as a large coin has them: (cap in thousands, rate in hundredths of a percent).
const ROWS: [(i64, i64); 10] = [
    (50, 40),
    (250, 50),
    (1_000, 100),
    (5_000, 250),
    (20_000, 500),
    (50_000, 1_000),
    (100_000, 1_250),
    (200_000, 1_500),
    (300_000, 2_500),
    (500_000, 5_000),
];

fn decimal(whole: i64, over: i64) -> Option<Exact> {
    Exact::from_integer(whole).over(&Exact::from_integer(over)).ok()
}

fn table(kind: TierKind) -> Option<TierTable> {
    let mut rows = Vec::new();
    let mut floor = Exact::ZERO;
    for (cap, rate) in ROWS {
        let cap = Exact::from_integer(cap * 1_000);
        rows.push(TierRow {
            floor,
            cap: Some(cap),
            maintenance_margin_rate: Rate::from_exact(decimal(rate, 10_000)?),
            maintenance_amount: None,
            max_leverage: None,
        });
        floor = cap;
    }
    TierTable::try_new(kind, TierBasis::Notional, &rows).ok()
}

/// The account, with a wallet that leaves it some way from liquidation.
pub fn account(shape: Shape) -> Option<Scenario> {
    let source = Source { origin: "made for the benchmark".into(), as_of: "2026-11".into() };
    let rules = VenueRules::plain(shape.contract, table(shape.kind)?, source);
    // A plain generator: the same account on every machine.
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = |below: u64| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((state >> 33) % below) as i64
    };
    let inverse = shape.contract == ContractKind::Inverse;
    let mut markets = Vec::new();
    let mut positions = Vec::new();
    for market in 0..shape.markets {
        // Prices from 1 to 70,000 with two decimals.
        let mark = 100 + next(7_000_000);
        let mut rules = rules.clone();
        rules.tick_size = Some(Price::from_exact(decimal(1, 100)?));
        rules.beyond_table = margin_calculator::venue::BeyondTable::LastTier;
        markets.push(Market {
            name: format!("M{market}"),
            rules,
            mark_price: Price::from_exact(decimal(mark, 100)?),
        });
        for number in 0..shape.each {
            let entry = mark + mark * (next(200) - 100) / 2_000;
            // Values from 1,000 to 200,000, to three decimals of a coin; in an inverse contract the
            // quantity is the value itself.
            let value = 1_000 + next(200_000);
            let quantity = if inverse { value * 1_000 } else { (value * 100_000 / mark).max(1) };
            positions.push(Position {
                market,
                side: if (market + number) % 3 == 0 { Side::Short } else { Side::Long },
                quantity: Size::from_exact(decimal(quantity, 1_000)?),
                entry_price: Price::from_exact(decimal(entry.max(1), 100)?),
                leverage: Some(Leverage::from_exact(Exact::from_integer(1 + next(50)))),
                margin: PositionMargin::InitialPlus(Money::from_exact(Exact::ZERO)),
            });
        }
    }
    let count = i64::try_from(shape.markets * shape.each).ok()?;
    let wallet =
        if inverse { decimal(count * 10, 1)? } else { Exact::from_integer(count * 20_000) };
    Some(Scenario {
        margin_mode: MarginMode::Cross { wallet_balance: Money::from_exact(wallet) },
        markets,
        positions,
    })
}
