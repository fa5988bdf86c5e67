//! Costs, payments and what follows the trigger: published rows, digit for digit, and properties.
//!
//! A row names a rule, states the inputs as its source does (sums and quotients written out) and the
//! figures as printed. Ours must round to the printed text: half-even, unless the `rounding` cell
//! states the direction the source rounds in (`floor`, `ceiling`, `floor tick`, `tick`) or how many decimals
//! are meaningful. `standing` says what a row proves: `must match`; `convention`, which is true only
//! under the model of the project that states it; `must differ`, a known slip of the source.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::arithmetic_side_effects,
    reason = "a test fails by panicking"
)]

#[path = "aside/after.rs"]
mod after;
#[path = "aside/edges.rs"]
mod edges;
#[path = "aside/properties.rs"]
mod properties;
#[path = "aside/ratios.rs"]
mod ratios;
#[path = "aside/rows.rs"]
mod rows;
#[path = "aside/standing.rs"]
mod standing;

use std::collections::{BTreeMap, BTreeSet};

use rows::{Figure, Row, matches, rows};

/// The figures a rule gives for a row.
fn figures(row: &Row) -> BTreeMap<String, Figure> {
    let found =
        standing::figures(row).or_else(|| after::figures(row)).or_else(|| ratios::figures(row));
    let found = found.unwrap_or_else(|| panic!("{}: no rule is called {}", row.id(), row.rule()));
    found.into_iter().collect()
}

#[test]
fn every_row_prints_what_its_source_prints() {
    let rows = rows();
    let mut failures = Vec::new();
    let mut counts: BTreeMap<String, [u32; 2]> = BTreeMap::new();
    for row in &rows {
        let figures = figures(row);
        let must_differ = row.standing() == "must differ";
        let mut checked = 0;
        for (name, printed) in row.list("expected") {
            let Some(figure) = figures.get(name) else {
                failures.push(format!("{}: {} gives no {name}", row.id(), row.rule()));
                continue;
            };
            let (same, ours) = matches(row, name, figure, printed);
            checked += 1;
            if must_differ {
                let note = row.text("note").unwrap();
                println!("NEGATIVE {}: {name} {ours}, printed {printed}. {note}", row.id());
            }
            if same == must_differ {
                failures.push(format!("{}: {name} {ours}, printed {printed}", row.id()));
            }
        }
        for unread in row.unread() {
            failures.push(format!("{}: the rule reads no {unread}", row.id()));
        }
        let group = format!("{}, {}", row.text("kind").unwrap(), row.standing());
        let count = counts.entry(group).or_default();
        count[0] += 1;
        count[1] += checked;
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    let sources: BTreeSet<_> = rows.iter().map(|row| row.text("source").unwrap()).collect();
    let rules: BTreeSet<_> = rows.iter().map(Row::rule).collect();
    println!("{} rows of {} rules from {} sources", rows.len(), rules.len(), sources.len());
    for (group, [rows, figures]) in counts {
        println!("{group}: {rows} rows, {figures} figures");
    }
}

#[test]
fn every_row_is_told_apart_and_sourced() {
    let rows = rows();
    let ids: BTreeSet<_> = rows.iter().map(Row::id).collect();
    assert_eq!(ids.len(), rows.len());
    for row in &rows {
        for column in ["source", "date", "inputs", "expected"] {
            assert!(row.text(column).is_some(), "{}: no {column}", row.id());
        }
        let kinds = ["real account", "venue document", "project test"];
        assert!(kinds.contains(&row.text("kind").unwrap()), "{}", row.id());
        let standings = ["must match", "convention", "must differ"];
        assert!(standings.contains(&row.standing()), "{}", row.id());
        let explained = row.standing() != "must differ" || row.text("note").is_some();
        assert!(explained, "{}: say why it must differ", row.id());
        let stated: BTreeSet<_> = row.list("expected").map(|(name, _)| name).collect();
        for (name, how) in row.list("rounding") {
            assert!(stated.contains(name), "{}: {name} is not stated", row.id());
            let direction = ["floor", "ceiling", "floor tick", "tick"].contains(&how);
            assert!(direction || how.parse::<u32>().is_ok(), "{}: {how}", row.id());
        }
    }
}
