//! Reading reports, and holding them against the schema.

use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use jsonschema::{Registry, Validator};
use margin_calculator::json::evaluate_counted;
use serde_json::Value;

/// A file by its path from the root.
pub(crate) fn file(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)).unwrap()
}

fn schema(name: &str) -> Value {
    serde_json::from_str(&file(&format!("schema/{name}.schema.json"))).unwrap()
}

/// A validator that knows the other schemas by their names, and fetches nothing.
fn validator(name: &str) -> Validator {
    let schema_of = schema(name);
    assert!(jsonschema::draft202012::meta::is_valid(&schema_of), "{name} is no schema");
    let others = [schema("scenario"), schema("report")];
    let mut registry = Registry::new();
    for other in &others {
        let id = other["$id"].as_str().unwrap().to_owned();
        registry = registry.add(id, other).unwrap();
    }
    let registry = registry.prepare().unwrap();
    jsonschema::options().with_registry(&registry).build(&schema_of).unwrap()
}

pub(crate) fn scenario_schema() -> &'static Validator {
    static SCHEMA: OnceLock<Validator> = OnceLock::new();
    SCHEMA.get_or_init(|| validator("scenario"))
}

pub(crate) fn report_schema() -> &'static Validator {
    static SCHEMA: OnceLock<Validator> = OnceLock::new();
    SCHEMA.get_or_init(|| validator("report"))
}

pub(crate) fn question_schema() -> &'static Validator {
    static SCHEMA: OnceLock<Validator> = OnceLock::new();
    SCHEMA.get_or_init(|| validator("question"))
}

pub(crate) fn solution_schema() -> &'static Validator {
    static SCHEMA: OnceLock<Validator> = OnceLock::new();
    SCHEMA.get_or_init(|| validator("solution"))
}

/// The report as it is written: one line that the schema allows, whatever the scenario.
#[track_caller]
pub(crate) fn line(scenario: &str) -> String {
    let evaluated = evaluate_counted(scenario);
    let report: Value = serde_json::from_str(&evaluated.report).unwrap();
    for sign in ['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}'] {
        assert!(!evaluated.report.contains(sign));
    }
    if let Some(error) = report_schema().iter_errors(&report).next() {
        panic!("{error} at {}\n{}", error.instance_path(), evaluated.report);
    }
    assert_eq!(evaluated.problems, report["problems"].as_array().unwrap().len());
    assert_eq!(evaluated.width.is_some(), report.get("positions").is_some());
    evaluated.report
}

#[track_caller]
pub(crate) fn report(scenario: &str) -> Value {
    serde_json::from_str(&line(scenario)).unwrap()
}

/// The problems as `field: code`.
#[track_caller]
pub(crate) fn problems(scenario: &str) -> Vec<String> {
    let report = report(scenario);
    let rows = report["problems"].as_array().unwrap().iter();
    rows.map(|row| format!("{}: {}", row["field"].as_str().unwrap(), row["code"].as_str().unwrap()))
        .collect()
}

/// The message of the only problem.
#[track_caller]
pub(crate) fn message(scenario: &str) -> String {
    let report = report(scenario);
    let rows = report["problems"].as_array().unwrap();
    assert_eq!(rows.len(), 1, "{report}");
    rows[0]["message"].as_str().unwrap().to_owned()
}

/// The report of a scenario without a problem, and one that the schema of scenarios allows.
#[track_caller]
pub(crate) fn answer(scenario: &str) -> Value {
    if let Some(error) =
        scenario_schema().iter_errors(&serde_json::from_str(scenario).unwrap()).next()
    {
        panic!("{error} at {}", error.instance_path());
    }
    let report = report(scenario);
    assert_eq!(report["problems"], Value::Array(Vec::new()));
    report
}

/// Figures of a value by their paths, such as `positions.0.liquidation.below.price`.
#[track_caller]
pub(crate) fn has(report: &Value, figures: &[(&str, &str)]) {
    for (path, expected) in figures {
        let found = path.split('.').fold(report, |value, key| match key.parse::<usize>() {
            Ok(row) => &value[row],
            Err(_) => &value[key],
        });
        let found = found.as_str().map_or_else(|| found.to_string(), str::to_owned);
        assert_eq!(found, *expected, "{path} in {report}");
    }
}

/// An isolated scenario of one market with these rules and one position.
pub(crate) fn isolated(market: &str, position: &str) -> String {
    format!(
        r#"{{"version":1,"margin_mode":"isolated","markets":{{"M":{{{market}}}}},"positions":[{{"market":"M",{position}}}]}}"#
    )
}

/// One rate for every size.
pub(crate) const ONE_RATE: &str = r#""tiers":[{"maintenance_margin_rate":"0.01"}]"#;
