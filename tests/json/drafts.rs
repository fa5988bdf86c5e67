//! A page's draft as a scenario file, and back: the same position, or a sentence.

use margin_calculator::json::{MOST_BYTES, NotOpened, read_draft, write_draft};
use margin_calculator::scenario::{Draft, FieldId, Preset, RuleChoice, open};
use margin_calculator::text::NumberStyle;
use margin_calculator::venue::{Catalog, catalog};
use margin_calculator::words::answer;
use serde_json::{Value, json};

use crate::support::{report, scenario_schema};

fn shipped() -> &'static Catalog {
    catalog().unwrap()
}

fn text_of(draft: &Draft) -> String {
    write_draft(draft, shipped()).unwrap()
}

/// The draft that the page has after opening a file.
#[track_caller]
fn opened(text: &str, numbers: &str) -> Draft {
    let query = read_draft(text, numbers, shipped()).unwrap();
    let opened = open(&query, shipped());
    assert!(opened.left_out.is_empty(), "{:?}", opened.left_out);
    opened.draft
}

#[track_caller]
fn refusal(scenario: &Value) -> String {
    match read_draft(&scenario.to_string(), "space", shipped()) {
        Err(NotOpened::NotShown(why)) => why,
        other => panic!("{other:?}"),
    }
}

fn drafts() -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Preset::ALL.into_iter().map(Preset::draft).collect();
    let mut rich = Preset::LargeShort.draft();
    rich.rules = RuleChoice::SingleRate;
    rich.set(FieldId::FlatRate, "0.65".into());
    rich.set(FieldId::CloseFee, "0.055 %".into());
    rich.set(FieldId::WarningRatio, "72.5".into());
    rich.set(FieldId::MarkPrice, "91 000.123456789012".into());
    rich.set(FieldId::Leverage, "12.5\u{d7}".into());
    drafts.push(rich);
    let mut comma = Preset::Bitcoin.draft();
    comma.restyle(NumberStyle::from_key("point").unwrap());
    comma.set(FieldId::Quantity, "0,000001".into());
    drafts.push(comma);
    drafts
}

#[test]
fn a_saved_draft_opens_as_it_was() {
    for draft in drafts() {
        let text = text_of(&draft);
        let again = opened(&text, draft.numbers.key());
        assert_eq!(text_of(&again), text);
        assert_eq!((again.coin, again.side, again.rules), (draft.coin, draft.side, draft.rules));
        let (before, after) = (answer(&draft, shipped()).1, answer(&again, shipped()).1);
        assert_eq!(before.unwrap().report, after.unwrap().report);
        assert_eq!(again.numbers, draft.numbers);
    }
}

#[test]
fn a_saved_draft_is_a_scenario_with_the_pages_answer() {
    for draft in drafts() {
        let text = text_of(&draft);
        let value: Value = serde_json::from_str(&text).unwrap();
        assert!(scenario_schema().is_valid(&value), "{text}");
        let page = answer(&draft, shipped()).1.unwrap();
        let crossing = page.report.liquidation.crossing().unwrap();
        let expected = crossing.price.exact().decimals(12).and_then(|places| {
            crossing.price.round(places, margin_calculator::quantity::Rounding::HalfEven).ok()
        });
        let report = report(&text);
        let liquidation = &report["positions"][0]["liquidation"];
        let found = [&liquidation["below"]["price"], &liquidation["above"]["price"]];
        let found = found.into_iter().find_map(Value::as_str).unwrap();
        assert_eq!(found, expected.unwrap().normalize().to_string(), "{text}");
    }
}

#[test]
fn a_draft_that_cannot_be_read_is_no_file() {
    let mut draft = Preset::Bitcoin.draft();
    draft.set(FieldId::Leverage, "ten".into());
    assert_eq!(write_draft(&draft, shipped()), None);
}

/// 0.5 BTC by a venue's own table, as the scenario format's document has it.
fn by_venue() -> Value {
    json!({
        "version": 1,
        "margin_mode": "isolated",
        "markets": { "BTCUSDT": { "venue": "binance-usdm" } },
        "positions": [{
            "market": "BTCUSDT", "side": "long", "quantity": "0.5", "entry_price": "60000",
            "mark_price": "59000", "leverage": "20",
        }],
    })
}

#[test]
fn a_scenario_by_venue_opens_on_the_pages_table() {
    let draft = opened(&by_venue().to_string(), "comma");
    assert_eq!((draft.coin, draft.rules), ("BTC", RuleChoice::Table("binance-usdm")));
    assert_eq!(draft.text(FieldId::EntryPrice), "60,000");
    assert_eq!(draft.text(FieldId::MarkPrice), "59,000");
}

#[test]
fn what_the_page_cannot_show_is_said() {
    let with = |path: &str, value: Value| {
        let mut scenario = by_venue();
        let (parent, key) = path.rsplit_once('/').unwrap();
        scenario.pointer_mut(parent).unwrap()[key] = value;
        scenario
    };
    let second = json!({ "market": "BTCUSDT", "side": "short", "quantity": "1",
        "entry_price": "60000", "mark_price": "59000", "leverage": "5" });
    let mut two = by_venue();
    two["positions"].as_array_mut().unwrap().push(second);
    assert_eq!(refusal(&two), "It holds 2 positions, and this page shows one.");
    assert_eq!(refusal(&with("/positions", json!([]))), "It holds no position.");
    let mut cross = with("/margin_mode", json!("cross"));
    cross["wallet_balance"] = json!("5000");
    assert_eq!(refusal(&cross), "Its margin is cross, and this page shows isolated margin.");
    let rows = [
        ("/markets/BTCUSDT/contract", json!("inverse"), "Its contract is not linear"),
        ("/markets/BTCUSDT/contract_size", json!("0.001"), "Its contract size is not 1"),
        ("/markets/BTCUSDT/maintenance_basis", json!("entry"), "at other prices than this page"),
        ("/markets/BTCUSDT/tick_size", json!("0.5"), "Its price step is not"),
        ("/positions/0/added_margin", json!("1"), "margin changed by hand"),
        ("/positions/0/leverage", json!("12.3456789"), "cannot hold lev=12.3456789"),
    ];
    for (path, value, expected) in rows {
        let found = refusal(&with(path, value));
        assert!(found.contains(expected), "{path}: {found}");
    }
    let mut fees = with("/markets/BTCUSDT/initial_fee", json!("close_at_bankruptcy"));
    fees["markets"]["BTCUSDT"]["fee_rate"] = json!("0.0005");
    assert!(refusal(&fees).starts_with("It counts fees"));
    let tiers = json!([
        { "floor": "0", "cap": "1000", "maintenance_margin_rate": "0.01" },
        { "floor": "1000", "cap": null, "maintenance_margin_rate": "0.02" },
    ]);
    assert!(refusal(&with("/markets/BTCUSDT/tiers", tiers)).starts_with("Its tiers are none"));
    let mut other = by_venue();
    other["markets"] = json!({ "DOGE-PERP": { "tick_size": "0.1",
        "tiers": [{ "floor": "0", "cap": null, "maintenance_margin_rate": "0.01" }] } });
    other["positions"][0]["market"] = json!("DOGE-PERP");
    assert!(refusal(&other).starts_with("This page knows the markets BTCUSDT"));
}

#[test]
fn what_is_no_scenario_is_said_with_its_field() {
    let problems = |text: &str| match read_draft(text, "space", shipped()) {
        Err(NotOpened::Problems(sentences)) => sentences,
        other => panic!("{other:?}"),
    };
    for text in ["", "<!doctype html><html><script>alert(1)</script>", "[1, 2", "null"] {
        let sentences = problems(text);
        assert_eq!(sentences.len(), 1, "{text}: {sentences:?}");
        assert!(sentences[0].ends_with('.'), "{sentences:?}");
    }
    let long = " ".repeat(MOST_BYTES + 1);
    let too_long = format!("A scenario has at most {MOST_BYTES} bytes; ");
    assert!(problems(&long)[0].starts_with(&too_long));
    let mut wrong = by_venue();
    wrong["positions"][0]["leverage"] = json!(20);
    wrong["surprise"] = json!(true);
    let sentences = problems(&wrong.to_string());
    assert_eq!(sentences.len(), 2, "{sentences:?}");
    assert!(sentences.iter().any(|it| it.starts_with("positions[0].leverage: ")), "{sentences:?}");
    assert!(sentences.iter().any(|it| it.contains("surprise")), "{sentences:?}");
}
