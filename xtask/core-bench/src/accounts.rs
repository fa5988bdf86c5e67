//! Cross accounts of any size, with prices, sizes and tables as markets have them.

use margin_calculator::quantity::{Exact, Leverage, Money, Price, Rate, Side, Size};
use margin_calculator::scenario::{MarginMode, Market, Position, PositionMargin, Scenario};
use margin_calculator::venue::{
    BeyondTable, ContractKind, Source, TierBasis, TierKind, TierRow, TierTable, VenueRules,
};
use rust_decimal::Decimal;

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
    /// Which of all accounts of that make.
    pub number: u64,
}

/// How many positions the growing accounts have.
pub const SIZES: [usize; 6] = [1, 10, 100, 1_000, 10_000, 100_000];

/// How the positions of a growing account lie in markets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// All in one.
    OneMarket,
    /// Each in one of its own.
    OwnMarkets,
}

impl Layout {
    /// Both.
    pub const ALL: [Self; 2] = [Self::OneMarket, Self::OwnMarkets];

    /// Its name in what is printed.
    pub const fn name(self) -> &'static str {
        match self {
            Self::OneMarket => "one-market",
            Self::OwnMarkets => "own-markets",
        }
    }
}

/// A linear account of that size.
pub const fn sized(size: usize, layout: Layout, kind: TierKind) -> Shape {
    let (markets, each) = match layout {
        Layout::OneMarket => (1, size),
        Layout::OwnMarkets => (size, 1),
    };
    Shape { markets, each, kind, contract: ContractKind::Linear, number: 0 }
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

/// As the readers of input make it: a decimal, not a fraction.
fn decimal(digits: i64, places: u32) -> Exact {
    Exact::from_decimal(Decimal::new(digits, places))
}

fn table(kind: TierKind) -> Option<TierTable> {
    let mut rows = Vec::new();
    let mut floor = Exact::ZERO;
    for (cap, rate) in ROWS {
        let cap = decimal(cap * 1_000, 0);
        rows.push(TierRow {
            floor,
            cap: Some(cap),
            maintenance_margin_rate: Rate::from_exact(decimal(rate, 4)),
            maintenance_amount: None,
            max_leverage: None,
        });
        floor = cap;
    }
    TierTable::try_new(kind, TierBasis::Notional, &rows).ok()
}

/// The rules of every market: a price step of a hundredth, and the last rate beyond the table.
fn rules(shape: Shape) -> Option<VenueRules> {
    let source = Source { origin: "made for the benchmark".into(), as_of: "2026-11".into() };
    let mut rules = VenueRules::plain(shape.contract, table(shape.kind)?, source);
    rules.tick_size = Some(Price::from_exact(decimal(1, 2)));
    rules.beyond_table = BeyondTable::LastTier;
    Some(rules)
}

/// The account, with a wallet that leaves it some way from liquidation.
pub fn account(shape: Shape) -> Option<Scenario> {
    let rules = rules(shape)?;
    // A plain generator: the same account on every machine.
    let mut state = 0x2545_f491_4f6c_dd1d_u64.wrapping_add(shape.number);
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
        markets.push(Market {
            name: format!("M{market}"),
            rules: rules.clone(),
            mark_price: Price::from_exact(decimal(mark, 2)),
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
                quantity: Size::from_exact(decimal(quantity, 3)),
                entry_price: Price::from_exact(decimal(entry.max(1), 2)),
                leverage: Some(Leverage::from_exact(decimal(1 + next(50), 0))),
                margin: PositionMargin::InitialPlus(Money::from_exact(Exact::ZERO)),
            });
        }
    }
    let count = i64::try_from(shape.markets * shape.each).ok()?;
    let wallet = decimal(if inverse { count * 10 } else { count * 20_000 }, 0);
    Some(Scenario {
        margin_mode: MarginMode::Cross { wallet_balance: Money::from_exact(wallet) },
        markets,
        positions,
    })
}
