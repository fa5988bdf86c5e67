//! The rules of ARCHITECTURE.md, checked by reading the files as text.
//!
//! Each test is one rule; what it says when it fails is what to do.
#![expect(
    clippy::unwrap_used,
    clippy::arithmetic_side_effects,
    reason = "a test fails by panicking"
)]

#[path = "tidy/documents.rs"]
mod documents;
#[path = "tidy/files.rs"]
mod files;
#[path = "tidy/page.rs"]
mod page;
#[path = "tidy/style.rs"]
mod style;

use files::{File, files, has_word, is_part_of_name, none, sources};

/// Modules from the bottom up; a module may use those before it.
const LAYERS: [&str; 16] = [
    "quantity", "text", "venue", "mark", "costs", "takeover", "scenario", "margin", "process",
    "changing", "json", "words", "picture", "page", "app", "story",
];
const VENUES: [&str; 15] = [
    "binance",
    "bybit",
    "okx",
    "kucoin",
    "bitget",
    "gate.io",
    "hyperliquid",
    "mexc",
    "deribit",
    "kraken",
    "bitmex",
    "phemex",
    "htx",
    "dydx",
    "coinbase",
];

fn is_core(file: &File) -> bool {
    !file.path.starts_with("src/app/") && file.path != "src/main.rs" && file.path != "src/lib.rs"
}

#[test]
fn arrows_point_one_way() {
    let mut found = Vec::new();
    for file in sources() {
        let Some((module, _)) = file.path.trim_start_matches("src/").split_once('/') else {
            continue;
        };
        let layer = LAYERS.iter().position(|name| *name == module);
        for (number, line) in file.code() {
            for rest in line.split("crate::").skip(1) {
                let used: String = rest.chars().take_while(|c| is_part_of_name(*c)).collect();
                let below = LAYERS.iter().position(|name| *name == used);
                let allowed = used == module || (below.is_some() && below < layer);
                if !allowed {
                    found.push(format!("{}:{number}: {module} uses crate::{used}", file.path));
                }
            }
        }
    }
    none(
        &found,
        "A module may use only modules below it: move the code down, or pass the value in.",
    );
}

#[test]
fn the_core_knows_no_browser_no_clock_and_no_float() {
    const WORDS: [&str; 13] = [
        "leptos",
        "web_sys",
        "js_sys",
        "wasm_bindgen",
        "gloo",
        "std::time",
        "core::time",
        "rand",
        "std::env",
        "std::fs",
        "std::net",
        "std::thread",
        "serde",
    ];
    let mut found = Vec::new();
    for file in sources().iter().filter(|file| is_core(file)) {
        // The scenario format is the one border at which the core meets a serialisation library.
        let is_border = file.path.starts_with("src/json/");
        let words = WORDS.iter().filter(|word| !(is_border && **word == "serde"));
        found.extend(file.places(&words.copied().collect::<Vec<_>>()));
        if file.path != "src/picture/projection.rs" {
            found.extend(file.places(&["f32", "f64"]));
        }
    }
    none(
        &found,
        "Do this in src/app, or in src/picture/projection.rs if it places a value on screen.",
    );
}

#[test]
fn the_app_does_no_arithmetic() {
    const WORDS: [&str; 18] = [
        "Decimal",
        "rust_decimal",
        "Rounding",
        ".plus(",
        ".minus(",
        ".times(",
        ".over(",
        ".over_leverage(",
        ".ratio_to(",
        ".value_at(",
        ".gap_from(",
        ".change_from(",
        ".to_step(",
        ".negated(",
        ".magnitude(",
        ".larger(",
        ".smaller(",
        "from_integer(",
    ];
    let app = files(&["src/app"], &["rs"]);
    let found: Vec<_> = app.iter().flat_map(|file| file.places(&WORDS)).collect();
    none(&found, "The app asks for figures and does not make them: move this into the core.");
}

#[test]
fn signals_are_made_in_one_file() {
    let app = files(&["src/app"], &["rs"]);
    let others = app.iter().filter(|file| file.path != "src/app/state.rs");
    let words = ["RwSignal", "Memo", "signal(", "ArcRwSignal"];
    let found: Vec<_> = others.flat_map(|file| file.places(&words)).collect();
    none(&found, "State lives in src/app/state.rs: keep it there and offer a function.");
}

#[test]
fn venues_are_data() {
    let mut found = Vec::new();
    let lists = [
        "src/venue/catalog.rs",
        "src/venue/mark_files.rs",
        "src/venue/process_files.rs",
        "src/venue/profile_files.rs",
    ];
    for file in sources().iter().filter(|file| !lists.contains(&file.path.as_str())) {
        for (number, line) in file.code() {
            let line = line.to_lowercase();
            let named = VENUES.iter().filter(|venue| has_word(&line, venue));
            found.extend(named.map(|venue| format!("{}:{number}: {venue}", file.path)));
        }
    }
    none(&found, "A difference between venues is a field of VenueRules or a row of a table.");
}

#[test]
fn the_page_does_not_carry_the_profiles() {
    let folders = ["src/scenario", "src/words", "src/picture", "src/page", "src/app"];
    let words = ["Profile", "ProfileMarket", "profile", "profiles"];
    let found: Vec<_> =
        files(&folders, &["rs"]).iter().flat_map(|file| file.places(&words)).collect();
    none(&found, "The page's program has no room for them: it takes its tables from the catalog.");
}

#[test]
fn the_page_does_not_carry_the_scenario_format() {
    let folders = ["src/words", "src/picture", "src/page", "src/app"];
    let found: Vec<_> =
        files(&folders, &["rs"]).iter().flat_map(|file| file.places(&["crate::json"])).collect();
    none(&found, "The page's program has no room for a reader of JSON: it takes links.");
}

#[test]
fn every_table_states_its_source_and_date() {
    let is_date = |text: &str| {
        let parts: Vec<_> = text.split('-').map(|part| (part.len(), part.parse::<u16>())).collect();
        let lengths: Vec<_> = parts.iter().map(|(length, _)| *length).collect();
        parts.iter().all(|(_, number)| number.is_ok())
            && (lengths == [4] || lengths == [4, 2] || lengths == [4, 2, 2])
    };
    let mut found = Vec::new();
    for file in files(&["src/venue/tables", "src/venue/profiles", "src/venue/marks"], &["csv"]) {
        let header = |key: &str| {
            let mut lines = file.text.lines();
            lines.find_map(|line| line.strip_prefix(key).map(str::trim)).unwrap_or_default()
        };
        if header("# source:").is_empty() || !is_date(header("# as_of:")) {
            found.push(file.path.clone());
        }
    }
    none(&found, "State where the table comes from: `# source: …` and `# as_of: 2026-04`.");
}
