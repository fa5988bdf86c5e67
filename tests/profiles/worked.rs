//! One or two positions of each venue, computed with its profile and compared with what it printed.
//!
//! A row of `worked.csv` names a market of the profile, or a rate (`=0.005`) where no table is known.
//! `margin` is empty for the initial margin, `assigned` for all that is assigned, `cross` for a
//! wallet. A figure is within what stands after `~` of the printed one, or equal to it.

use std::collections::BTreeSet;

use margin_calculator::margin::{MarginRatio, PositionReport, compute_any_width};
use margin_calculator::quantity::{Exact, Leverage, Money, Price, Rate, Side, Size};
use margin_calculator::scenario::{MarginMode, Market, Position, PositionMargin, Scenario};
use margin_calculator::venue::{
    Profile, TableKind, TierKind, TierRow, TierTable, VenueRules, profile, profiles,
};
use rust_decimal::Decimal;

const ROWS: &str = include_str!("worked.csv");

/// No worked figure of these was found.
const WITHOUT: [&str; 1] = ["bitmex-quanto"];

fn literal(text: &str) -> Exact {
    Exact::from_decimal(Decimal::from_str_exact(text).unwrap())
}

/// Products and quotients first, then sums: `5 - 0.5 x 4 / 3`.
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

/// One rate for every size, in the kind of the venue's tables.
fn single_rate(profile: &Profile, rate: &str) -> VenueRules {
    let row = TierRow {
        floor: Exact::ZERO,
        cap: None,
        maintenance_margin_rate: Rate::from_exact(literal(rate)),
        maintenance_amount: None,
        max_leverage: None,
    };
    let kind = match profile.table_kind {
        TableKind::Marginal => TierKind::Marginal,
        TableKind::Flat => TierKind::Flat,
        TableKind::FactorOverLeverage => TierKind::FactorOverLeverage,
        TableKind::Slope | TableKind::Fixed => panic!("{}: not a rate alone", profile.id),
    };
    profile.template(TierTable::try_new(kind, profile.table_basis, &[row]).unwrap())
}

fn optional(cell: &str) -> Option<Exact> {
    (!cell.is_empty()).then(|| evaluate(cell))
}

fn answer(cells: &[&str]) -> PositionReport {
    let [id, table, size, tick, side, quantity, entry, mark, leverage, margin, funding, ..] = cells
    else {
        panic!("{cells:?}")
    };
    let profile = profile(id).unwrap();
    let mut rules = match table.strip_prefix('=') {
        Some(rate) => single_rate(profile, rate),
        None => profile.market(table).unwrap().rules.clone(),
    };
    if let Some(size) = optional(size) {
        rules.contract_size = Size::from_exact(size);
    }
    if let Some(tick) = optional(tick) {
        rules.tick_size = Some(Price::from_exact(tick));
    }
    if let Some(rate) = optional(funding) {
        assert!(profile.funding_in_maintenance, "{id}: funding is no part of it");
        rules.maintenance_funding = Rate::from_exact(rate);
    }
    let money = |text: &str| Money::from_exact(evaluate(text));
    let none = Money::from_exact(Exact::ZERO);
    let (margin_mode, margin) = match margin.split_once(' ') {
        None => (MarginMode::Isolated { wallet_balance: None }, PositionMargin::InitialPlus(none)),
        Some(("assigned", amount)) => {
            let mode = MarginMode::Isolated { wallet_balance: None };
            (mode, PositionMargin::Assigned(money(amount)))
        }
        Some(("cross", amount)) => {
            let wallet_balance = money(amount);
            (MarginMode::Cross { wallet_balance }, PositionMargin::InitialPlus(none))
        }
        Some(other) => panic!("{other:?}"),
    };
    let entry_price = Price::from_exact(literal(entry));
    let mark_price = optional(mark).map_or(entry_price, Price::from_exact);
    let position = Position {
        market: 0,
        side: if *side == "long" { Side::Long } else { Side::Short },
        quantity: Size::from_exact(literal(quantity)),
        entry_price,
        leverage: optional(leverage).map(Leverage::from_exact),
        margin,
    };
    let markets = vec![Market { name: (*table).to_owned(), rules, mark_price }];
    let scenario = Scenario { margin_mode, markets, positions: vec![position] };
    let (report, _) = compute_any_width(&scenario).unwrap();
    report.positions.into_iter().next().unwrap()
}

fn figure(report: &PositionReport, name: &str) -> Exact {
    let crossing = || report.liquidation.crossing().unwrap();
    let bankruptcy = || report.bankruptcy_price.unwrap();
    match name {
        "liquidation_exact" => *crossing().exact.exact(),
        "liquidation_price" => *crossing().price.exact(),
        "bankruptcy_exact" => *bankruptcy().exact.exact(),
        "bankruptcy_price" => *bankruptcy().price.exact(),
        "initial_margin" => *report.initial_margin.unwrap().exact(),
        "position_margin" => *report.position_margin.unwrap().exact(),
        "maintenance_margin" => *report.maintenance_margin.exact(),
        "maintenance_margin_rate" => *report.maintenance_margin_rate.exact(),
        "margin_balance" => *report.margin_balance.exact(),
        "entry_notional" => *report.entry_notional.exact(),
        "margin_ratio" => match &report.margin_ratio {
            MarginRatio::Of(ratio) => *ratio.exact(),
            MarginRatio::NothingLeft => panic!("nothing left"),
        },
        other => panic!("no figure {other}"),
    }
}

#[test]
fn every_profile_gives_a_figure_that_its_venue_printed() {
    let mut seen = BTreeSet::new();
    let (mut figures, mut wrong) = (0, Vec::new());
    for row in ROWS.lines().skip(1) {
        let cells: Vec<&str> = row.split(',').collect();
        let (Some(id), Some(expected), 14) = (cells.first(), cells.get(11), cells.len()) else {
            panic!("{row}")
        };
        assert!(cells.get(12).is_some_and(|source| !source.is_empty()), "{row}");
        seen.insert(*id);
        let report = answer(&cells);
        for item in expected.split(';') {
            let (name, printed) = item.split_once('=').unwrap();
            let (printed, within) = printed.split_once(" ~ ").unwrap_or((printed, "0"));
            let ours = figure(&report, name);
            let off = ours.minus(&evaluate(printed)).unwrap().magnitude();
            if literal(within).is_below(&off).unwrap() {
                let ours = ours.round(18, margin_calculator::quantity::Rounding::HalfEven);
                wrong.push(format!("{id}: {name} is {ours:?}, printed {printed}"));
            }
            figures += 1;
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let ids = profiles().unwrap().iter().map(|profile| profile.id);
    let without: Vec<_> = ids.filter(|id| !seen.contains(id)).collect();
    assert_eq!(without, WITHOUT, "a profile without a worked figure, or no longer without one");
    println!("{figures} printed figures from {} profiles", seen.len());
}
