//! What a screen reader hears: the value at once, the consequence once.

use std::time::{Duration, Instant};

use browser_tests::page::{Page, plain};
use fantoccini::key::Key;
use serde_json::Value;

/// Writes down every text of the live region, and when the last input event was.
///
/// Also adds up by how much the browser came late to its own clock: a busy machine is not the page.
const LISTEN: &str = "window.heard = []; window.lastInput = 0; window.late = 0;
    let tick = performance.now();
    setInterval(() => {
        const now = performance.now();
        window.late += Math.max(0, now - tick - 60);
        tick = now;
    }, 50);
    addEventListener('input', () => { window.lastInput = performance.now() }, true);
    const live = document.getElementById('live');
    let last = live.textContent;
    new MutationObserver(() => {
        if (live.textContent === last) return;
        last = live.textContent;
        if (last.trim()) window.heard.push([last, performance.now() - window.lastInput]);
    }).observe(live, { childList: true, characterData: true, subtree: true });";

async fn heard(page: &Page) -> Vec<(String, f64)> {
    let Value::Array(all) = page.browser.ask("return window.heard").await else {
        panic!("nobody listens")
    };
    all.iter()
        .map(|one| {
            let text = plain(one[0].as_str().unwrap_or_default());
            (text, one[1].as_f64().unwrap_or_default())
        })
        .collect()
}

/// Waits for the first words, then long enough for any second ones, and returns all.
async fn heard_in_all(page: &Page) -> Vec<(String, f64)> {
    page.browser.wait_until("something is spoken", "return window.heard.length > 0").await;
    let end = Instant::now() + Duration::from_millis(1500);
    while Instant::now() < end {
        if heard(page).await.len() > 1 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    heard(page).await
}

#[tokio::test]
async fn the_consequence_of_a_key_is_spoken_once_half_a_second_later() {
    let page = Page::open("").await;
    page.browser.ask(LISTEN).await;
    page.browser.focus("#leverage-slider").await;
    page.browser.press(&[], Key::Left).await;
    let spoken = heard_in_all(&page).await;
    assert_eq!(spoken.len(), 1, "{spoken:?}");
    let (words, after) = &spoken[0];
    assert!(words.starts_with("Closed at"), "{words:?}");
    let late = page.browser.ask_number("return window.late").await;
    assert!((400.0..1200.0 + late).contains(after), "spoken after {after} ms, {late} ms late");
}

#[tokio::test]
async fn ten_quick_keys_are_one_gesture_with_one_consequence() {
    let page = Page::open("").await;
    page.browser.ask(LISTEN).await;
    page.browser.focus("#leverage-slider").await;
    for _ in 0..10 {
        page.browser.press(&[Key::Shift], Key::Left).await;
    }
    let spoken = heard_in_all(&page).await;
    assert_eq!(spoken.len(), 1, "{spoken:?}");
}

#[tokio::test]
async fn a_change_of_state_is_spoken_first_word_first() {
    let page = Page::open("?coin=BTC&side=long&size=0.1&entry=60000&mark=60000&lev=10").await;
    page.browser.ask(LISTEN).await;
    page.type_into("mark", "50000").await;
    let spoken = heard_in_all(&page).await;
    let (words, _) = spoken.last().expect("something is spoken");
    assert!(words.starts_with("Already past"), "{spoken:?}");
}

#[tokio::test]
async fn an_unreadable_number_does_not_speak_the_old_answer_again() {
    let page = Page::open("").await;
    page.browser.ask(LISTEN).await;
    page.type_into("size", "abc").await;
    assert!(page.is_stale().await);
    let end = Instant::now() + Duration::from_millis(1200);
    while Instant::now() < end {
        let spoken = heard(&page).await;
        assert!(!spoken.iter().any(|(words, _)| words.starts_with("Closed at")), "{spoken:?}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test]
async fn every_slider_says_its_value_with_unit_and_relation() {
    let page = Page::open("?lev=10").await;
    for (id, unit) in [
        ("mark-handle", "USDT"),
        ("entry-handle", "USDT"),
        ("liq-handle", "USDT"),
        ("leverage-slider", "times"),
    ] {
        let script =
            format!("return document.getElementById('{id}').getAttribute('aria-valuetext') ?? ''");
        let before = plain(&page.browser.ask_text(&script).await);
        assert!(before.contains(unit), "{id} says {before:?}");
        page.browser.focus(&format!("#{id}")).await;
        page.browser.press(&[], Key::Left).await;
        page.browser.two_frames().await;
        let after = plain(&page.browser.ask_text(&script).await);
        assert_ne!(after, before, "{id} does not say its new value");
    }
}
