//! Questions put and their solutions looked at: each is held against the schema, and each value that
//! is offered is put into the scenario and evaluated again.

use margin_calculator::json::{evaluate, solve_counted};
use serde_json::Value;

use crate::support::solution_schema;

/// The solution as it is written, whatever the question.
#[track_caller]
pub(crate) fn line(question: &str) -> String {
    let solved = solve_counted(question);
    let solution: Value = serde_json::from_str(&solved.solution).unwrap();
    if let Some(error) = solution_schema().iter_errors(&solution).next() {
        panic!("{error} at {}\n{}", error.instance_path(), solved.solution);
    }
    assert!(!solved.solution.contains(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']));
    assert_eq!(solved.problems, solution["problems"].as_array().unwrap().len());
    assert_eq!(solved.is_found, solution["state"] == "found");
    for (offered, ends) in [(&solution, "}"), (&solution["nearest"], "}}")] {
        if let Some(change) = offered.get("change") {
            let (_, report) = solved.solution.split_once(r#","report":"#).unwrap();
            let report = report.strip_suffix(ends).unwrap();
            assert_eq!(evaluate(&changed(question, change)), report, "forwards again");
        }
    }
    solved.solution
}

/// The scenario of a question after a change, as somebody would make it by hand.
fn changed(question: &str, change: &Value) -> String {
    let question: Value = serde_json::from_str(question).unwrap();
    let mut scenario = question["scenario"].clone();
    let field = change["field"].as_str().unwrap();
    let owner = match field.strip_prefix("positions[") {
        None => &mut scenario,
        Some(rest) => {
            let (row, _) = rest.split_once(']').unwrap();
            &mut scenario["positions"][row.parse::<usize>().unwrap()]
        }
    };
    owner[field.rsplit('.').next().unwrap()] = change["value"].clone();
    scenario.to_string()
}

#[track_caller]
pub(crate) fn solution(question: &str) -> Value {
    serde_json::from_str(&line(question)).unwrap()
}

/// The problems as `field: code`.
#[track_caller]
pub(crate) fn problems(question: &str) -> Vec<String> {
    let solution = solution(question);
    let rows = solution["problems"].as_array().unwrap().iter();
    rows.map(|row| format!("{}: {}", row["field"].as_str().unwrap(), row["code"].as_str().unwrap()))
        .collect()
}

/// A question about the first position of a scenario.
pub(crate) fn about(scenario: &str, unknown: &str, wish: &str, step: &str) -> String {
    format!(
        r#"{{"version":1,"scenario":{scenario},"unknown":"positions[0].{unknown}","wish":{{{wish}}},"step":"{step}"}}"#
    )
}
