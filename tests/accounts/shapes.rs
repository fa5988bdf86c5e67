//! Small accounts that shrink well: few digits, round tables, any contract.

use margin_calculator::venue::{ContractKind, TierBasis};
use proptest::prelude::{Just, ProptestConfig, Strategy, any, prop_oneof};
use proptest::sample::select;
use proptest::test_runner::RngSeed;
use rust_decimal::Decimal;

use crate::oracle::question::{Case, Fee, Kind, Left, MarketCase, PositionCase, Tier};

/// The same cases in every run, twenty times as many in a long one.
pub(crate) fn config() -> ProptestConfig {
    let long = std::env::var_os("LONG_TESTS").is_some();
    let cases = if long { 40_000 } else { 2000 };
    ProptestConfig {
        cases,
        // Questions that say nothing about a property are asked again, not counted.
        max_global_rejects: 50 * cases,
        rng_seed: RngSeed::Fixed(2026),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

fn decimal(most: u32, places: u32) -> impl Strategy<Value = Decimal> {
    (1..=most, 0..=places).prop_map(|(digits, places)| Decimal::new(digits.into(), places))
}

pub(crate) fn contract() -> impl Strategy<Value = ContractKind> {
    prop_oneof![Just(ContractKind::Linear), Just(ContractKind::Inverse), Just(ContractKind::Quanto)]
}

fn tiers() -> impl Strategy<Value = Vec<Tier>> {
    let rows = proptest::collection::vec((1_u32..3000, 0_u32..1500), 1..5);
    (rows, any::<bool>()).prop_map(|(rows, is_open)| {
        let mut tiers = Vec::new();
        let (mut floor, mut rate) = (Decimal::ZERO, Decimal::ZERO);
        for (width, rise) in rows {
            let cap = floor + Decimal::from(width * 10);
            rate = (rate + Decimal::new(rise.into(), 4)).min(Decimal::new(99, 2));
            tiers.push(Tier { floor, cap: Some(cap), rate, stated: None, max_leverage: None });
            floor = cap;
        }
        if is_open {
            tiers.last_mut().unwrap().cap = None;
        }
        tiers
    })
}

fn fee() -> impl Strategy<Value = Fee> {
    let rate = (0_u32..100).prop_map(|digits| Decimal::new(digits.into(), 5));
    prop_oneof![
        2 => Just(Fee::None),
        1 => rate.prop_map(Fee::CloseAtMark),
    ]
}

pub(crate) fn market(
    contract: impl Strategy<Value = ContractKind>,
) -> impl Strategy<Value = MarketCase> {
    let kind = prop_oneof![Just(Kind::Marginal), Just(Kind::Flat)];
    let tick = prop_oneof![
        Just(None),
        select(vec![1, 5, 25]).prop_map(|digits| Some(Decimal::new(digits, 1)))
    ];
    let rules = (kind, tiers(), fee(), tick, any::<bool>());
    (contract, decimal(2000, 1), rules, select(vec![5, 8, 10])).prop_map(
        |(contract, mark, (kind, tiers, maintenance_fee, tick, last_tier_goes_on), warning)| {
            let inverse = contract == ContractKind::Inverse;
            MarketCase {
                contract,
                contract_size: Decimal::from(if inverse { 1000 } else { 1 }),
                tick,
                mark,
                initial_on_mark: false,
                initial_fee: Fee::None,
                maintenance_on_entry: false,
                maintenance_fee,
                funding: Decimal::ZERO,
                bankruptcy: Left::Nothing,
                warning: Decimal::new(warning, 1),
                kind,
                basis: TierBasis::Notional,
                last_tier_goes_on,
                tiers,
            }
        },
    )
}

/// Markets, positions in them, and a wallet that is a share of all values, mostly above zero.
fn accounts(
    contract: impl Strategy<Value = ContractKind>,
    cross: bool,
) -> impl Strategy<Value = Case> {
    let markets = proptest::collection::vec(market(contract), 1..4);
    let position =
        (0_usize..3, any::<bool>(), decimal(40, 1), 50_u32..200, 1_u32..125, -10_i64..200);
    let positions = proptest::collection::vec(position, 1..6);
    (markets, positions, -5_i64..60).prop_map(move |(markets, drawn, share)| {
        let mut all = Decimal::ZERO;
        let mut positions = Vec::new();
        for (market, long, quantity, percent, leverage, more) in drawn {
            let number = market % markets.len();
            let market = markets.get(number).unwrap();
            let entry = (market.mark * Decimal::new(percent.into(), 2)).round_dp(1);
            let size = quantity * market.contract_size;
            let value = if market.is_inverse() { size / market.mark } else { size * market.mark };
            all += value;
            let initial = value / Decimal::from(leverage);
            positions.push(PositionCase {
                market: number,
                long,
                quantity,
                entry: entry.max(Decimal::new(1, 1)),
                leverage: Some(leverage.into()),
                assigned: false,
                margin: (initial * Decimal::new(more, 2)).round_dp(4),
            });
        }
        let wallet = (all * Decimal::new(share, 2)).round_dp(4);
        Case { cross, wallet: Some(wallet), markets, positions }
    })
}

/// A cross account.
pub(crate) fn account() -> impl Strategy<Value = Case> {
    prop_oneof![
        accounts(contract(), true),
        accounts(Just(ContractKind::Linear), true),
        accounts(Just(ContractKind::Inverse), true)
    ]
}

/// Isolated positions.
pub(crate) fn isolated() -> impl Strategy<Value = Case> {
    accounts(contract(), false)
}
