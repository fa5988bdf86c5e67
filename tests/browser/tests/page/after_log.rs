//! The log of the chapter of what happens next: the same bytes in the browser as natively.

use browser_tests::page::Page;
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

#[tokio::test]
async fn the_log_is_the_same_bytes_in_the_browser_and_natively() {
    for numbers in ["?preset=alt", "?preset=large-short"] {
        let page = Page::open(numbers).await;
        page.browser.ask("document.getElementById('story-after').open = true").await;
        let is_there = "return document.querySelectorAll('#after-log > li').length > 3";
        page.browser.wait_until("the log is there", is_there).await;
        page.browser.click("#after-plain-toggle").await;
        let query =
            page.browser.ask_text("return document.getElementById('story').dataset.query").await;
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
