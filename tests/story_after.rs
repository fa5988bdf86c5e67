//! The chapter of what happens next, by itself.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use margin_calculator::page::{Aspect, Write};
use margin_calculator::story::{CHAPTERS, Story};

#[test]
fn dump() {
    let query = std::env::var("Q").unwrap_or("preset=alt".into());
    let mut story = Story::new(CHAPTERS);
    story.open("after").unwrap();
    for step in std::env::var("T").unwrap_or_default().split(';').filter(|it| !it.is_empty()) {
        let (id, value) = step.split_once('=').unwrap();
        story.write(&query, 1184);
        story.take(id, value);
    }
    for Write { id, aspect, value } in story.write(&query, 1184) {
        if matches!(aspect, Aspect::Text | Aspect::Markup | Aspect::Value) {
            let v = value.unwrap();
            let cut: String = v.chars().take(2500).collect();
            println!("{id}: {cut}");
        }
    }
}
