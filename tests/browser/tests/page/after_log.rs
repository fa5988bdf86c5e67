//! The log of the chapter of what happens next: the same bytes in the browser as natively.

use browser_tests::page::{Page, number};
use margin_calculator::page::{Aspect, Write};
use margin_calculator::process::{Preset, rule_sets};
use margin_calculator::story::{CHAPTERS, Story};
use serde_json::json;

/// The log that the chapter writes as text, made here of the same numbers.
struct Native {
    story: Story,
    query: String,
    log: String,
}

impl Native {
    fn new(query: &str) -> Self {
        let mut story = Story::new(CHAPTERS);
        story.open("after").expect("a chapter");
        story.take("after-plain-toggle", "");
        Self { story, query: query.to_owned(), log: String::new() }
    }

    fn take(&mut self, id: &str, value: &str) -> &str {
        self.story.take(id, value);
        for Write { id, aspect, value } in self.story.write(&self.query, 1184) {
            if id == "after-plain" && aspect == Aspect::Text {
                self.log = value.unwrap_or_default();
            }
        }
        &self.log
    }
}

/// A page with the log as text, and the query that the chapter is told.
async fn opened(numbers: &str) -> (Page, String) {
    let page = Page::open(numbers).await;
    page.browser.ask("document.getElementById('story-after').open = true").await;
    let is_there = "return document.querySelectorAll('#after-log > li').length > 3";
    page.browser.wait_until("the log is there", is_there).await;
    page.browser.click("#after-plain-toggle").await;
    let query =
        page.browser.ask_text("return document.getElementById('story').dataset.query").await;
    (page, query)
}

#[tokio::test]
async fn the_log_is_the_same_bytes_in_the_browser_and_natively() {
    for numbers in ["?preset=alt", "?preset=large-short"] {
        let (page, query) = opened(numbers).await;
        let mut native = Native::new(&query);
        let mut different = 0;
        for preset in Preset::ALL {
            for rules in rule_sets().expect("rules") {
                let path = format!("after-path-{}", preset.key());
                native.take(&path, "");
                let expected = native.take("after-venue", &rules.id).to_owned();
                let choose = format!(
                    "document.getElementById('{path}').click();
                    const venue = document.getElementById('after-venue');
                    venue.value = '{}';
                    venue.dispatchEvent(new Event('input', {{ bubbles: true }}));
                    return document.getElementById('after-plain').textContent",
                    rules.id
                );
                let log = page.browser.ask_text(&choose).await;
                assert_eq!(log, expected, "{numbers} {} {}", preset.key(), rules.id);
                different += usize::from(log.lines().count() > 1);
            }
        }
        assert!(different > 40, "{different} runs in which more than one thing happens");
        let shown = "return document.getElementById('after-plain').checkVisibility()";
        assert_eq!(page.browser.ask(shown).await, json!(true));
        page.assert_quiet_console().await;
    }
}

/// Random rules, books, paths and actions: each a control with what it is told, from a fixed seed.
struct Worlds {
    random: fastrand::Rng,
    start: f64,
    /// Which way hurts: -1 for a long.
    falls: f64,
}

impl Worlds {
    fn any<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.random.usize(..choices.len())]
    }

    fn csv(&mut self) -> String {
        let (mut at, mut price) = (0, self.start);
        let mut text = String::from("time_ms;index;last;mid\n");
        for _ in 0..self.random.usize(20..60) {
            let [index, last, mid] =
                [0.03, 0.01, 0.01].map(|most| most * (self.random.f64() - 0.4));
            price *= 1.0 + self.falls * index;
            let (last, mid) = (price * (1.0 + last), price * (1.0 - mid));
            text.push_str(&format!("{at};{price:.4};{last:.4};{mid:.4}\n"));
            at += self.random.u64(1..20_000);
        }
        text
    }

    fn steps(&mut self) -> Vec<(&'static str, String)> {
        let rules = rule_sets().expect("rules");
        // What was done on the path before goes first.
        let mut steps = vec![("after-drop-0", String::new()); 3];
        steps.extend([
            ("after-reset", String::new()),
            ("after-venue", rules[self.random.usize(..rules.len())].id.clone()),
            ("after-portion", self.any(&["venue", "all", "tier", "tiers", "steps"]).into()),
            ("after-freed", self.any(&["venue", "wallet", "position"]).into()),
            ("after-ranking", self.any(&["venue", "balance", "leverage", "share"]).into()),
        ]);
        let fields: [(&str, &[&str]); 9] = [
            ("after-dwell", &["0", "0.5", "3", "30"]),
            ("after-interval", &["0", "1", "2.5"]),
            ("after-fee", &["0", "0.5", "1.25", "5"]),
            ("after-bid1", &["0", "0.01", "7", "5000"]),
            ("after-bid5", &["0", "0.3", "20000"]),
            ("after-gap", &["0.05", "0.7", "3"]),
            ("after-fund", &["0", "12.34", "100000"]),
            ("after-others", &["0", "1", "50"]),
            ("after-profit", &["0", "3.21", "5000"]),
        ];
        for (id, values) in fields {
            if self.random.bool() {
                steps.push((id, self.any(values).into()));
            }
        }
        steps.push(("after-csv", self.csv()));
        steps.push(("after-csv-use", String::new()));
        for _ in 0..self.random.usize(..4) {
            steps.push(("after-at", self.random.usize(..20).to_string()));
            let act = self.any(&["after-do-add", "after-do-reduce", "after-do-cancel"]);
            steps.push((act, String::new()));
        }
        steps
    }
}

#[tokio::test]
async fn random_runs_are_the_same_bytes_in_the_browser_and_natively() {
    const WORLDS: usize = 40;
    let tell = "for (const [id, value] of arguments[0]) {
            const control = document.getElementById(id);
            if (control instanceof HTMLButtonElement) control.click();
            else if (control) {
                control.value = value;
                control.dispatchEvent(new Event('input', { bubbles: true }));
            }
        }
        return document.getElementById('after-plain').textContent";
    let mut met = String::new();
    for (numbers, falls, seed) in [("?preset=alt", -1.0, 5), ("?preset=large-short", 1.0, 6)] {
        let (page, query) = opened(numbers).await;
        let mark = page.browser.ask_text("return document.getElementById('mark').value").await;
        let start = number(&mark).expect("a price");
        let mut worlds = Worlds { random: fastrand::Rng::with_seed(seed), start, falls };
        let mut native = Native::new(&query);
        for world in 0..WORLDS {
            let steps = worlds.steps();
            for (id, value) in &steps {
                native.take(id, value);
            }
            let log = page.browser.ask_with(tell, vec![json!(steps)]).await;
            assert_eq!(log.as_str(), Some(native.log.as_str()), "{numbers} {world}: {steps:?}");
            met.push_str(&native.log);
        }
        page.assert_quiet_console().await;
    }
    // Among them is all that can happen often.
    let all =
        ["closed |", "survived", "taken over by", "deleveraged", "done: ", "refused: ", "fee "];
    let counts = all.map(|event| (event, met.matches(event).count()));
    assert!(counts.iter().all(|(_, count)| 2 < *count), "in {} runs: {counts:?}", 2 * WORLDS);
}
