//! The formulas of venues as files: every one is read, sourced and dated, and a faulty one is refused with
//! its line.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use margin_calculator::venue::{Averaging, MarkPart, MarkRule, mark_rules};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/venue/marks");

fn read(text: &str) -> Result<MarkRule, String> {
    // What is read lives as long as the program; a test may leave a little behind.
    MarkRule::parse(String::leak(text.to_owned())).map_err(|error| error.to_string())
}

#[test]
fn every_file_is_listed_read_sourced_and_dated() {
    let mut ids = BTreeSet::new();
    for entry in fs::read_dir(FOLDER).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let rule = read(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert_eq!(path.file_stem().unwrap().to_str(), Some(rule.id), "named by its id");
        assert!(
            rule.source.origin.len() > 20 && rule.source.as_of.starts_with("20"),
            "{}",
            rule.id
        );
        assert!(!rule.not_modelled.is_empty(), "{} is not the venue itself", rule.id);
        assert!(rule.not_modelled.iter().all(|it| it.ends_with('.')), "{}", rule.id);
        assert!(ids.insert(rule.id.to_owned()));
    }
    let listed: BTreeSet<String> = mark_rules().iter().map(|it| it.id.to_owned()).collect();
    assert_eq!(listed, ids);
}

#[test]
fn the_documented_windows() {
    let window = |id: &str| {
        let rule = mark_rules().into_iter().find(|rule| rule.id == id).unwrap();
        let basis = rule.basis.unwrap();
        let (kind, count) = match basis.averaging {
            Averaging::Mean(count) => ("mean", count),
            Averaging::Span(count) => ("span", count),
            Averaging::Constant(count) => ("constant", count),
            Averaging::HalfLife(count) => ("half-life", count),
        };
        (kind, count.get(), basis.every.get())
    };
    // 30 points, one a second, since 18 September 2025; one every 5 seconds over 2.5 minutes before.
    assert_eq!(window("binance"), ("mean", 30, 1));
    assert_eq!(window("binance-coinm-2025"), ("mean", 30, 5));
    assert_eq!(window("deribit"), ("span", 30, 1));
    assert_eq!(window("hyperliquid"), ("constant", 150, 3));
}

#[test]
fn a_faulty_file_is_refused_with_its_line() {
    let good = fs::read_to_string(Path::new(FOLDER).join("bybit.csv")).unwrap();
    assert_eq!(read(&good).unwrap().parts, [MarkPart::Funding, MarkPart::Basis, MarkPart::Last]);
    for (from, to, said) in [
        ("mean 30 every 1", "mean 0 every 1", "line 5: basis must be one of"),
        ("mean 30 every 1", "mean 30", "line 5: basis must be one of"),
        ("mean 30 every 1", "middle 30 every 1", "line 5: basis must be one of"),
        ("mean 30 every 1", "none", "line 5: basis must be one of none, just where"),
        ("hours: 8", "hours: 0", "line 6: funding_interval_hours must be"),
        ("\nlast\n", "\nlatest\n", "line 11: part must be one of"),
        ("\nlast\n", "\nbasis\n", "line 11: part must be one of"),
        ("\nlast\n", "\n", "part must be one of an odd number"),
        ("# source: ", "# origin: ", "line 3"),
        ("# as_of: 2026-08\n", "", "does not state its as_of"),
        ("# basis:", "# id: again\n# basis:", "line 5: id is stated twice"),
    ] {
        let error = read(&good.replace(from, to)).expect_err(to);
        assert!(error.contains(said), "{error}");
    }
}
