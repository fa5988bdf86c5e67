//! Rows of another project's tests, taken through the whole machine.
//!
//! Source: github.com/FLOX-Foundation/flox@d2dc5ecf tests/test_liquidation_engine.cpp, 2026-08-16, as
//! they stand in `tests/vectors/aside/`. It closes whole positions against a fund, at the mark.

use std::collections::BTreeMap;

use margin_calculator::process::{Book, EventKind, Run, Setup, Stage};
use margin_calculator::scenario::PositionMargin;
use margin_calculator::takeover::{Candidate, Ranking};
use margin_calculator::venue::{ContractKind, TierTable};

use crate::world::{kinds, market, money, rate, run, size, tick, world};

/// Inputs and expected figures of a row, by name.
fn row(id: &str) -> BTreeMap<String, String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors/aside/");
    for file in ["deleveraging.csv", "fund.csv"] {
        let text = std::fs::read_to_string(format!("{folder}{file}")).unwrap();
        let names: Vec<&str> = text.lines().next().unwrap().split(',').collect();
        let Some(line) = text.lines().find(|line| line.starts_with(&format!("{id},"))) else {
            continue;
        };
        let cells = names.iter().zip(line.split(','));
        let lists = cells.filter(|(name, _)| ["inputs", "expected"].contains(*name));
        return lists
            .flat_map(|(_, cell)| cell.split(';'))
            .map(|pair| pair.split_once('=').unwrap())
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
    }
    panic!("no row is called {id}");
}

/// A long on its margin, with no bids, so that everything is closed at the mark.
fn long(quantity: &str, entry: &str, margin: &str, maintenance: &str) -> Setup {
    let mut setup = world();
    setup.market = market(ContractKind::Linear, TierTable::single_rate(rate(maintenance)).unwrap());
    setup.position.quantity = size(quantity);
    setup.position.entry_price = crate::world::price(entry);
    setup.position.margin = PositionMargin::Assigned(money(margin));
    setup.book = Book::default();
    setup
}

fn deficit(run: &Run) -> String {
    let asked = kinds(run).into_iter().find_map(|kind| match kind {
        EventKind::FundAsked { deficit, .. } => Some(*deficit),
        _ => None,
    });
    let exact = asked.map_or(margin_calculator::quantity::Exact::ZERO, |deficit| *deficit.exact());
    exact.round(0, margin_calculator::quantity::Rounding::HalfEven).unwrap().to_string()
}

#[test]
fn positions_are_closed_with_the_deficit_of_the_row() {
    for id in ["fx-liq-4", "fx-liq-6", "fx-liq-7"] {
        let row = row(id);
        let leg: Vec<&str> = row["legs"].split('@').collect();
        let setup = long(leg[0], leg[1], &row["wallet"], &row["maintenance_rate"]);
        let run = run(&setup, vec![tick(0, leg[2])]);
        let closed = matches!(run.end().stage, Stage::Closed { .. });
        assert_eq!(if closed { "yes" } else { "no" }, row["liquidated"], "{id}");
        assert_eq!(deficit(&run), row["deficit"], "{id}");
    }
}

#[test]
fn the_fund_pays_the_deficit_of_the_row() {
    let row = row("fx-insurance");
    // 10 at 100 on 50, at 40: 50 - 600.
    let mut setup = long("10", "100", "50", "0.005");
    setup.fund = money(&row["fund"]);
    let run = run(&setup, vec![tick(0, "40")]);
    assert_eq!(deficit(&run), row["deficit"]);
    assert_eq!(run.end().balances.fund, money(&row["fund_after"]));
}

#[test]
fn winners_are_closed_in_the_order_of_the_row() {
    let cases = [
        ("fx-adl-binance-rank", "5", Ranking::ProfitTimesLeverage),
        ("fx-adl-pnl-ratio", "10", Ranking::ProfitOverBalance),
        ("flox-adl-tie", "10", Ranking::ProfitOverBalance),
        ("flox-adl-ratio-two", "5", Ranking::ProfitOverBalance),
        ("flox-adl-keeps-the-rest", "10", Ranking::ProfitOverBalance),
    ];
    for (id, quantity, ranking) in cases {
        let row = row(id);
        // On 50 at 40: 50 - 300 and 50 - 600, as the rows' deficits of 250 and 550.
        let mut setup = long(quantity, "100", "50", "0.005");
        setup.fund = money("0");
        setup.rules.ranking = Some(ranking);
        let candidate = |text: &str| {
            let parts: Vec<&str> = text.split('@').collect();
            Candidate {
                id: parts[0].parse().unwrap(),
                unrealized_pnl: money(parts[1]),
                notional: money(parts[2]),
                entry_notional: money(parts[2]),
                margin_balance: money(parts[3]),
            }
        };
        setup.candidates = row["candidates"].split('|').map(candidate).collect();
        let run = run(&setup, vec![tick(0, "40")]);
        assert_eq!(deficit(&run), row["deficit"], "{id}");
        let closeouts = kinds(&run).into_iter().find_map(|kind| match kind {
            EventKind::Deleveraged { closeouts, .. } => Some(closeouts.clone()),
            _ => None,
        });
        let closeouts = closeouts.unwrap();
        assert_eq!(closeouts[0].id.to_string(), row["first"], "{id}");
        if let Some(count) = row.get("closeouts") {
            assert_eq!(closeouts.len().to_string(), *count, "{id}");
        }
        if let Some(kept) = row.get("kept_by_first") {
            assert_eq!(closeouts[0].kept, money(kept), "{id}");
        }
    }
}

#[test]
fn a_fill_beside_bankruptcy_is_the_funds_gain_or_loss_of_the_row() {
    // A long of 1 that is bankrupt at 64000, closed at the mark of the row.
    for (id, mark) in [("bybit-fund-64980", "64980"), ("bybit-fund-63950", "63950")] {
        let row = row(id);
        let mut setup = long("1", "66000", "2000", "0.0154");
        setup.fund = money("100");
        let run = run(&setup, vec![tick(0, mark)]);
        let change = run.end().balances.fund.minus(&money("100")).unwrap();
        assert_eq!(change, money(&row["fund"]), "{id}");
    }
}
