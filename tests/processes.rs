//! The documented processes of venues: every file is read, sourced and dated, and a faulty one is refused
//! with its line.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use margin_calculator::venue::{Rest, VenueProcess, processes};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/venue/processes");

fn read(text: &str) -> Result<VenueProcess, String> {
    // What is read lives as long as the program; a test may leave a little behind.
    VenueProcess::parse(String::leak(text.to_owned())).map_err(|error| error.to_string())
}

fn file(name: &str) -> String {
    fs::read_to_string(Path::new(FOLDER).join(name)).unwrap()
}

#[test]
fn every_file_is_listed_read_sourced_and_dated() {
    let mut ids = BTreeSet::new();
    for entry in fs::read_dir(FOLDER).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let process = read(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert_eq!(path.file_stem().unwrap().to_str(), Some(process.id), "named by its id");
        assert!(process.steps.len() > 1, "{} has no order of steps", process.id);
        assert!(process.source.as_of.starts_with("20"), "{}", process.id);
        assert!(ids.insert(process.id.to_owned()));
    }
    let listed: BTreeSet<String> = processes().iter().map(|it| it.id.to_owned()).collect();
    assert_eq!(listed, ids);
}

#[test]
fn no_venue_waits() {
    let waiting = processes().into_iter().filter(|it| it.dwell_seconds > 0).map(|it| it.id);
    // A waiting time is the article's alone: every venue document read triggers at once.
    assert_eq!(waiting.collect::<Vec<_>>(), ["article"]);
}

#[test]
fn a_faulty_file_is_refused_with_its_line() {
    let good = file("hyperliquid.csv");
    for (from, to, said) in [
        ("backstop 2/3", "backstop 3/2", "line 12: rest must be one of"),
        ("backstop 2/3", "backstop 0/3", "line 12: rest must be one of"),
        ("backstop 2/3", "somebody", "line 12: rest must be one of"),
        ("dwell_seconds: 0", "dwell_seconds: -1", "line 6: dwell_seconds must be one of"),
        ("# orders: not_known\n", "", "does not state its orders"),
        ("above 100000", "above many", "line 8: partial_liquidation is \"many\""),
        ("left_over: holder", "left_over: nobody", "line 11: left_over must be one of"),
    ] {
        let error = read(&good.replace(from, to)).expect_err(to);
        assert!(error.contains(said), "{error}");
    }
    assert!(matches!(read(&good).unwrap().rest, Rest::Backstop(_)));
}
