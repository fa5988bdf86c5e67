//! What venues and other projects print, digit for digit: one row a position.
//!
//! A row states the inputs as its source does (sums and quotients written out) and the figures as
//! printed. Ours must round to the printed text: half-even, unless the `rounding` cell states the
//! direction the venue rounds in (`floor`, `ceiling`, `tick`, `floor tick`) or how many decimals are
//! meaningful. A figure named under `difference` must not match; the note says why.

#![expect(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use margin_calculator::margin::{MarginRatio, PositionReport, Threshold, compute};
use margin_calculator::quantity::{Exact, Leverage, Money, Price, Rate, Rounding, Side, Size};
use margin_calculator::scenario::{MarginMode, Market, Position, PositionMargin, Scenario};
use margin_calculator::venue::{
    ContractKind, MaintenanceFee, Source, TableFile, TierBasis, TierKind, TierRow, TierTable,
    VenueRules,
};
use rust_decimal::Decimal;

const TABLE_2021: &str = include_str!("vectors/tables/btc-2021-03.csv");

/// A row by column name.
struct Row(BTreeMap<String, String>);

impl Row {
    fn text(&self, column: &str) -> Option<&str> {
        self.0.get(column).map(String::as_str).filter(|text| !text.is_empty())
    }

    fn number(&self, column: &str) -> Option<Exact> {
        self.text(column).map(evaluate)
    }

    /// The `figure=instruction` pairs and names of a cell.
    fn list(&self, column: &str) -> impl Iterator<Item = (&str, &str)> {
        let items = self.text(column).unwrap_or_default().split(';');
        items.filter(|item| !item.is_empty()).map(|item| item.split_once('=').unwrap_or((item, "")))
    }
}

/// A number of any length, digit for digit.
fn literal(text: &str) -> Exact {
    let (negative, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let mut value = Exact::ZERO;
    for digit in text.chars().filter(|c| *c != '.') {
        let digit = Exact::from_integer(digit.to_digit(10).unwrap().into());
        value = value.times(&Exact::from_integer(10)).unwrap().plus(&digit).unwrap();
    }
    let places = text.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    for _ in 0..places {
        value = value.times(&Exact::from_decimal(Decimal::new(1, 1))).unwrap();
    }
    if negative { value.negated() } else { value }
}

/// Products and quotients first, then sums: `1 / 100`, `5 - 0.5 x 4`.
fn evaluate(text: &str) -> Exact {
    let (mut sum, mut term, mut operation) = (Exact::ZERO, Exact::ZERO, "+");
    for token in text.split(' ') {
        if matches!(token, "+" | "-" | "x" | "/") {
            operation = token;
            continue;
        }
        let number = literal(token);
        (sum, term) = match operation {
            "x" => (sum, term.times(&number).unwrap()),
            "/" => (sum, term.over(&number).unwrap()),
            "-" => (sum.plus(&term).unwrap(), number.negated()),
            _ => (sum.plus(&term).unwrap(), number),
        };
    }
    sum.plus(&term).unwrap()
}

/// A table by name, one rate, or `floor@rate;floor@rate`, flat or by quantity if it says so.
fn tiers(text: &str) -> TierTable {
    if text == "btc-2021-03" {
        let file = TableFile::parse(TABLE_2021).unwrap();
        return file.table("BTCUSDT").unwrap().clone();
    }
    let mut rest = text;
    let mut word = |word: &str| {
        let found = rest.strip_prefix(word);
        rest = found.unwrap_or(rest);
        found.is_some()
    };
    let kind = if word("flat ") { TierKind::Flat } else { TierKind::Marginal };
    let basis = if word("quantity ") { TierBasis::Quantity } else { TierBasis::Notional };
    let stated: Vec<(Exact, Exact)> = rest
        .split(';')
        .map(|tier| tier.split_once('@').unwrap_or(("0", tier)))
        .map(|(floor, rate)| (evaluate(floor), evaluate(rate)))
        .collect();
    let ends = stated.iter().skip(1).map(|(floor, _)| Some(*floor)).chain([None]);
    let rows: Vec<TierRow> = stated
        .iter()
        .zip(ends)
        .map(|((floor, rate), cap)| TierRow {
            floor: *floor,
            cap,
            maintenance_margin_rate: Rate::from_exact(*rate),
            maintenance_amount: None,
            max_leverage: None,
        })
        .collect();
    TierTable::try_new(kind, basis, &rows).unwrap()
}

fn scenario(row: &Row) -> Scenario {
    let entry = row.number("entry_price").unwrap();
    let margin = row.number("position_margin").map(Money::from_exact);
    Scenario {
        margin_mode: MarginMode::Isolated { wallet_balance: None },
        markets: vec![Market {
            name: "ROW".to_owned(),
            rules: VenueRules {
                contract_size: Size::from_exact(row.number("contract_size").unwrap_or(Exact::ONE)),
                tick_size: row.number("tick_size").map(Price::from_exact),
                maintenance_fee: row.number("close_fee_rate").map_or(MaintenanceFee::None, |fee| {
                    MaintenanceFee::CloseAtMark(Rate::from_exact(fee))
                }),
                ..VenueRules::plain(
                    match row.text("contract").unwrap() {
                        "quanto" => ContractKind::Quanto,
                        _ => ContractKind::Linear,
                    },
                    tiers(row.text("tiers").unwrap()),
                    Source {
                        origin: row.text("source").unwrap().to_owned(),
                        as_of: row.text("date").unwrap().to_owned(),
                    },
                )
            },
            mark_price: Price::from_exact(row.number("mark_price").unwrap_or(entry)),
        }],
        positions: vec![Position {
            market: 0,
            side: if row.text("side") == Some("short") { Side::Short } else { Side::Long },
            quantity: Size::from_exact(row.number("quantity").unwrap()),
            entry_price: Price::from_exact(entry),
            leverage: Some(Leverage::from_exact(row.number("leverage").unwrap_or(Exact::ONE))),
            margin: margin.map_or(
                PositionMargin::InitialPlus(Money::from_exact(Exact::ZERO)),
                PositionMargin::Assigned,
            ),
        }],
    }
}

/// A figure that rows can state; prices also as they stand on the tick.
fn figure(report: &PositionReport, name: &str) -> Option<(Exact, Option<Exact>)> {
    let ratio = match report.margin_ratio {
        MarginRatio::Of(ratio) => Some(*ratio.exact()),
        MarginRatio::NothingLeft => None,
    };
    let exact = match name {
        "liquidation_price" => {
            let crossing = report.liquidation.crossing()?;
            return Some((*crossing.exact.exact(), Some(*crossing.price.exact())));
        }
        "bankruptcy_price" => {
            let price = report.bankruptcy_price.as_ref()?;
            return Some((*price.exact.exact(), Some(*price.price.exact())));
        }
        "initial_margin" => *report.initial_margin.unwrap().exact(),
        "maintenance_margin" => *report.maintenance_margin.exact(),
        "maintenance_margin_rate" => *report.tier.maintenance_margin_rate.exact(),
        "maintenance_amount" => *report.tier.maintenance_amount.exact(),
        "margin_balance" => *report.margin_balance.exact(),
        "margin_ratio" => ratio?,
        "margin_level" => Exact::ONE.over(&ratio?).unwrap(),
        "unrealized_pnl" => *report.unrealized_pnl.exact(),
        "notional" => *report.notional.exact(),
        other => panic!("no figure is called {other}"),
    };
    Some((exact, None))
}

const FIGURES: [&str; 11] = [
    "liquidation_price",
    "bankruptcy_price",
    "initial_margin",
    "maintenance_margin",
    "maintenance_margin_rate",
    "maintenance_amount",
    "margin_balance",
    "margin_ratio",
    "margin_level",
    "unrealized_pnl",
    "notional",
];

/// Whether ours is what the row prints, and ours as text.
fn matches(row: &Row, report: &PositionReport, name: &str, printed: &str) -> (bool, String) {
    match (printed, &report.liquidation) {
        ("none", threshold) => return (*threshold == Threshold::Never, format!("{threshold:?}")),
        ("now", threshold) => {
            return (matches!(threshold, Threshold::Now { .. }), format!("{threshold:?}"));
        }
        _ => {}
    }
    let Some((exact, on_tick)) = figure(report, name) else {
        return (false, "absent".to_owned());
    };
    let instruction = row.list("rounding").find(|(figure, _)| *figure == name);
    let instruction = instruction.map_or("", |(_, how)| how);
    let places = printed.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let places = u32::try_from(places).unwrap();
    let text = |value: &Exact, places, rounding| value.round(places, rounding).unwrap().to_string();
    if let Ok(meaningful) = instruction.parse() {
        let ours = text(&exact, meaningful, Rounding::HalfEven);
        return (ours == text(&literal(printed), meaningful, Rounding::HalfEven), ours);
    }
    let direction = match instruction.split(' ').next() {
        Some("floor") => Rounding::Floor,
        Some("ceiling") => Rounding::Ceiling,
        _ => Rounding::HalfEven,
    };
    let value = match instruction {
        "tick" => on_tick.unwrap(),
        _ if instruction.ends_with("tick") => {
            exact.to_step(&row.number("tick_size").unwrap(), direction).unwrap()
        }
        _ => exact,
    };
    let ours = text(&value, places, direction);
    (ours == printed, ours)
}

fn rows() -> Vec<Row> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "csv"))
        .collect();
    files.sort();
    let mut rows = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let mut lines = text.lines();
        let names: Vec<&str> = lines.next().unwrap().split(',').collect();
        for line in lines {
            let cells: Vec<&str> = line.split(',').collect();
            assert_eq!(cells.len(), names.len(), "{}: {line}", file.display());
            let cells = names.iter().zip(cells);
            rows.push(Row(cells
                .map(|(name, cell)| ((*name).to_owned(), cell.to_owned()))
                .collect()));
        }
    }
    rows
}

#[test]
fn every_row_prints_what_its_source_prints() {
    let rows = rows();
    let mut failures = Vec::new();
    let mut checked = 0_u32;
    let mut differing = 0_u32;
    for row in &rows {
        let id = row.text("id").unwrap();
        let report = compute(&scenario(row)).unwrap();
        let report = report.positions.first().unwrap();
        let differs: BTreeSet<&str> = row.list("difference").map(|(name, _)| name).collect();
        for name in FIGURES {
            let Some(printed) = row.text(name) else {
                continue;
            };
            let (same, ours) = matches(row, report, name, printed);
            if differs.contains(name) {
                differing = differing.saturating_add(1);
                let reason = row.text("note").unwrap();
                println!("DIFFERENCE {id}: {name} {ours}, printed {printed}. {reason}");
            }
            checked = checked.saturating_add(1);
            if same == differs.contains(name) {
                failures.push(format!("{id}: {name} {ours}, printed {printed}"));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    let sources: BTreeSet<_> = rows.iter().map(|row| row.text("source").unwrap()).collect();
    let real = rows.iter().filter(|row| row.text("kind") == Some("real account")).count();
    println!("{} golden rows from {} sources ({real} of real accounts)", rows.len(), sources.len());
    println!("{checked} figures, of which {differing} are known differences");
}

#[test]
fn every_row_is_told_apart_and_sourced() {
    let rows = rows();
    let ids: BTreeSet<_> = rows.iter().map(|row| row.text("id").unwrap()).collect();
    assert_eq!(ids.len(), rows.len());
    for row in &rows {
        let id = row.text("id").unwrap();
        assert!(row.text("date").is_some(), "{id}");
        let kinds = ["real account", "venue document", "project test", "worked"];
        assert!(kinds.contains(&row.text("kind").unwrap()), "{id}");
        assert!(FIGURES.iter().any(|name| row.text(name).is_some()), "{id}");
        for (name, _) in row.list("rounding").chain(row.list("difference")) {
            assert!(row.text(name).is_some(), "{id}: {name} is not stated");
        }
    }
}
