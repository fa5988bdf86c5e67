//! What venues and other projects print, digit for digit: one row a position or an account.
//!
//! A row in `tests/vectors/margin` states the inputs as its source does (sums and quotients written
//! out) and the figures as printed. Ours must round to the printed text: half-even, unless the row
//! states the direction the source rounds in (`floor`, `ceiling`, `tick`, `nearest tick`) or how many
//! decimals are meaningful (`to 4`, and then within a millionth). A figure behind `!` must not match; the note says why.
//!
//! `tests/vectors/register.csv` lists every case that was looked at and what became of it.

#![expect(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "golden/figures.rs"]
mod figures;
#[path = "golden/number.rs"]
mod number;
#[path = "golden/register.rs"]
mod register;
#[path = "golden/rows.rs"]
mod rows;
#[path = "golden/scenario.rs"]
mod scenario;

use std::collections::{BTreeMap, BTreeSet};

use figures::{answer, matches};
use register::{Case, Status, counts, known, register};
use rows::{Row, rows};

#[test]
fn every_row_prints_what_its_source_prints() {
    let rows = rows();
    let mut failures = Vec::new();
    let mut checked = 0_u32;
    let mut differing = 0_u32;
    let mut shortened = 0_u32;
    for row in &rows {
        let id = row.id();
        let answer = match answer(row) {
            Ok(answer) => answer,
            Err(error) => {
                failures.push(format!("{id}: {error:?}"));
                continue;
            }
        };
        for (index, printed) in row.printed() {
            let (same, ours) = matches(row, &answer, index, &printed);
            let name = printed.figure;
            let theirs = printed.text;
            checked = checked.saturating_add(1);
            shortened = shortened.saturating_add(printed.rounding.starts_with("to ").into());
            if printed.differs {
                differing = differing.saturating_add(1);
                println!("DIFFERENCE {id}: {name} {ours}, printed {theirs}. {}", row.must("note"));
            }
            if same == printed.differs {
                failures.push(format!("{id}: {name} {ours}, printed {theirs}"));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    let sources: BTreeSet<_> = rows.iter().map(|row| row.must("source")).collect();
    println!("{} rows from {} sources", rows.len(), sources.len());
    println!("{checked} figures: {differing} known differences, {shortened} to fewer decimals");
}

#[test]
fn every_row_is_told_apart_and_sourced() {
    let rows = rows();
    let ids: BTreeSet<_> = rows.iter().map(Row::id).collect();
    assert_eq!(ids.len(), rows.len());
    for row in &rows {
        let id = row.id();
        row.must("date");
        let kinds = ["real account", "venue document", "project test", "worked"];
        assert!(kinds.contains(&row.must("kind")), "{id}");
        assert!(row.printed().next().is_some(), "{id}");
        assert!(row.is_reproduced() || row.text("note").is_some(), "{id}");
    }
}

#[test]
fn every_case_has_its_row_and_every_row_its_case() {
    let (register, known) = (register(), known());
    let statuses: BTreeMap<&str, Status> =
        register.iter().map(|case| (case.id(), case.status())).collect();
    assert_eq!(statuses.len(), register.len(), "a case stands there twice");
    let mut faults: Vec<String> = register
        .iter()
        .filter_map(|case| Some(format!("{} {}", case.id(), case.fault(&known, &statuses)?)))
        .collect();
    let listed: BTreeSet<&str> = register.iter().flat_map(Case::places).collect();
    let unlisted = known.keys().filter(|row| !listed.contains(row.as_str()));
    faults.extend(unlisted.map(|row| format!("{row} is in no case of the register")));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_readme_tells_what_became_of_the_cases() {
    let counts = counts(&register(), &known());
    println!("{counts:?}");
    let readme =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let sentences = [
        format!("{} cases from {} sources", counts.cases, counts.sources),
        format!(
            "{} are reproduced, {} of them positions and accounts as an exchange showed them",
            counts.reproduced, counts.real
        ),
        format!("{} deviate", counts.deviations),
        format!("{} hold only under a convention", counts.convention_only),
        format!("{} are wrong", counts.negative),
    ];
    let missing: Vec<_> = sentences.iter().filter(|text| !readme.contains(*text)).collect();
    assert!(missing.is_empty(), "README.md should say: {missing:?}");
}
