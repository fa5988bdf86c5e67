//! The schema and the document say what the reader does.

use std::collections::BTreeSet;

use margin_calculator::json::{
    Code, MARKET_KEYS, MOST_BYTES, MOST_EDGES, MOST_MARKETS, MOST_NAME, MOST_POSITIONS, MOST_TIERS,
    MOST_TURNS, MOST_TURNS_OF_QUANTITY, MOST_WORK, POSITION_KEYS, QUESTION_KEYS, REASONS,
    SCENARIO_KEYS, TIER_KEYS, WISH_KEYS, words_of,
};
use serde_json::Value;

use crate::asked;
use crate::support::{answer, file, line, question_schema};

fn schema(path: &str) -> Value {
    serde_json::from_str(&file(path)).unwrap()
}

/// The keys of an object of the schema, in order of the alphabet.
fn keys(properties: &Value) -> BTreeSet<&str> {
    properties.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn the_schema_has_just_the_keys_that_are_read() {
    let schema = schema("schema/scenario.schema.json");
    let definition = |name: &str| &schema["$defs"][name]["properties"];
    let read = |keys: &[&'static str]| keys.iter().copied().collect::<BTreeSet<_>>();
    assert_eq!(keys(&schema["properties"]), read(&SCENARIO_KEYS));
    assert_eq!(keys(definition("market")), read(&MARKET_KEYS));
    assert_eq!(keys(definition("tier")), read(&TIER_KEYS));
    assert_eq!(keys(definition("position")), read(&POSITION_KEYS));
}

#[test]
fn the_schema_has_just_the_words_and_limits_that_are_read() {
    let schema = schema("schema/scenario.schema.json");
    let market = &schema["$defs"]["market"]["properties"];
    let position = &schema["$defs"]["position"]["properties"];
    let mut with_words = 0;
    for (owner, keys) in [
        (&schema["properties"], SCENARIO_KEYS.as_slice()),
        (market, MARKET_KEYS.as_slice()),
        (position, POSITION_KEYS.as_slice()),
    ] {
        for key in keys {
            let listed: Vec<&str> = match owner[key]["enum"].as_array() {
                Some(words) => words.iter().filter_map(Value::as_str).collect(),
                None => Vec::new(),
            };
            assert_eq!(listed, words_of(key), "{key}");
            with_words += usize::from(!listed.is_empty());
        }
    }
    assert_eq!(with_words, 10);
    assert_eq!(schema["properties"]["positions"]["maxItems"], MOST_POSITIONS);
    assert_eq!(schema["properties"]["markets"]["maxProperties"], MOST_MARKETS);
    assert_eq!(market["tiers"]["maxItems"], MOST_TIERS);
    assert_eq!(schema["$defs"]["name"]["maxLength"], MOST_NAME);
}

#[test]
fn the_report_schema_has_just_the_codes_there_are() {
    let schema = schema("schema/report.schema.json");
    let listed = schema["$defs"]["problem"]["properties"]["code"]["enum"].as_array().unwrap();
    let codes: Vec<&str> = Code::ALL.iter().map(|code| code.key()).collect();
    assert_eq!(listed.iter().filter_map(Value::as_str).collect::<Vec<_>>(), codes);
    let beside = schema["then"]["properties"]["problems"]["items"]["properties"]["code"]["enum"]
        .as_array()
        .unwrap();
    let answered = Code::ALL.iter().filter(|code| !code.stops()).map(|code| code.key());
    assert_eq!(
        beside.iter().filter_map(Value::as_str).collect::<Vec<_>>(),
        answered.collect::<Vec<_>>()
    );
}

/// The scenario and the report that the document prints.
#[test]
fn the_example_of_the_document_runs() {
    let document = file("docs/scenario-format.md");
    let (_, rest) = document.split_once("echo '").unwrap();
    let (scenario, rest) = rest.split_once('\'').unwrap();
    let (_, rest) = rest.split_once("```json\n").unwrap();
    let (report, _) = rest.split_once("\n```").unwrap();
    answer(scenario);
    assert_eq!(line(scenario), report);
}

/// The question and the solution that the document prints.
#[test]
fn the_question_of_the_document_runs() {
    let document = file("docs/scenario-format.md");
    let (_, rest) = document.split_once("\n## Working backwards\n").unwrap();
    let (_, rest) = rest.split_once("echo '").unwrap();
    let (question, rest) = rest.split_once('\'').unwrap();
    let (_, rest) = rest.split_once("```json\n").unwrap();
    let (solution, _) = rest.split_once("\n```").unwrap();
    let value = serde_json::from_str(question).unwrap();
    assert!(question_schema().is_valid(&value));
    assert_eq!(asked::line(question), solution);
}

#[test]
fn the_schemas_of_questions_and_solutions_say_what_is_read_and_written() {
    let question = schema("schema/question.schema.json");
    let read = |keys: &[&'static str]| keys.iter().copied().collect::<BTreeSet<_>>();
    assert_eq!(keys(&question["properties"]), read(&QUESTION_KEYS));
    assert_eq!(keys(&question["$defs"]["wish"]["properties"]), read(&WISH_KEYS));
    let pattern = question["properties"]["unknown"]["pattern"].as_str().unwrap();
    assert!(pattern.ends_with(&format!("({})$", words_of("unknown").join("|"))));
    let solution = schema("schema/solution.schema.json");
    let codes = solution["$defs"]["reason"]["properties"]["code"]["enum"].as_array().unwrap();
    assert_eq!(codes.iter().filter_map(Value::as_str).collect::<Vec<_>>(), REASONS);

    let document = file("docs/scenario-format.md");
    let (_, rest) = document.split_once("\n## Working backwards\n").unwrap();
    let (section, _) = rest.split_once("\n## ").unwrap();
    let section = format!("\n{section}");
    assert_eq!(listed(&section, "### Question"), read(&QUESTION_KEYS));
    assert_eq!(listed(&section, "### Wish"), read(&WISH_KEYS));
    assert_eq!(listed(&section, "### Solution"), keys(&solution["properties"]));
    assert_eq!(listed(&section, "### Reasons"), read(&REASONS));
    for word in words_of("unknown") {
        assert!(section.contains(&format!("`{word}`")), "{word}");
    }
    let edges = format!("{MOST_TURNS} tier edges");
    assert!(
        section.contains(&edges) && section.contains(&format!("{MOST_TURNS_OF_QUANTITY} where"))
    );
}

/// What stands in backquotes in the first cells of the tables of a section.
fn listed<'d>(document: &'d str, heading: &str) -> BTreeSet<&'d str> {
    let (_, rest) = document.split_once(&format!("\n{heading}\n")).unwrap();
    let section = rest.split("\n## ").next().unwrap().split("\n### ").next().unwrap();
    let cells = section.lines().filter_map(|line| line.strip_prefix('|')?.split('|').next());
    cells.flat_map(|cell| cell.split('`').skip(1).step_by(2)).collect()
}

#[test]
fn the_document_lists_just_the_keys_and_codes() {
    let document = file("docs/scenario-format.md");
    let read = |keys: &[&'static str]| keys.iter().copied().collect::<BTreeSet<_>>();
    assert_eq!(listed(&document, "### Scenario"), read(&SCENARIO_KEYS));
    assert_eq!(listed(&document, "### Market"), read(&MARKET_KEYS));
    assert_eq!(listed(&document, "### Row of tiers"), read(&TIER_KEYS));
    let (scenario, report) = document.split_once("## Reading a report").unwrap();
    assert_eq!(listed(scenario, "### Position"), read(&POSITION_KEYS));
    let codes: Vec<&str> = Code::ALL.iter().map(|code| code.key()).collect();
    assert_eq!(listed(report, "## Problems"), read(&codes));

    let schema = schema("schema/report.schema.json");
    let definition = |name: &str| keys(&schema["$defs"][name]["properties"]);
    let report = format!("\n## Reading a report\n{report}");
    assert_eq!(listed(&report, "## Reading a report"), keys(&schema["properties"]));
    assert_eq!(listed(&report, "### Account"), definition("account"));
    assert_eq!(listed(&report, "### Position"), definition("position"));
    assert_eq!(listed(&report, "### Liquidation"), definition("crossing"));

    for key in MARKET_KEYS.iter().chain(&SCENARIO_KEYS).chain(&POSITION_KEYS) {
        for word in words_of(key) {
            assert!(scenario.contains(&format!("`{word}`")), "{key}: {word}");
        }
    }
    for number in [MOST_BYTES, MOST_EDGES, MOST_WORK, MOST_POSITIONS, MOST_TIERS, MOST_NAME] {
        let digits = number.to_string();
        let grouped: Vec<&str> = [
            digits.len().saturating_sub(6)..digits.len().saturating_sub(3),
            digits.len().saturating_sub(3)..digits.len(),
        ]
        .map(|range| &digits[range])
        .into();
        let millions = &digits[..digits.len().saturating_sub(6)];
        let grouped = format!("{millions} {}", grouped.join(" "));
        assert!(
            scenario.contains(grouped.trim()) || scenario.contains(&digits),
            "the limits of the document do not name {number}"
        );
    }
}
