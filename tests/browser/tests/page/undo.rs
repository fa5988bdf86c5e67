//! Steps can be taken back, by keys and by buttons, across fields, sliders, switches and examples.

use browser_tests::browser::Pointer;
use browser_tests::page::Page;
use fantoccini::key::Key;

async fn undo(page: &Page) {
    page.browser.press_char(&[Key::Control], 'z').await;
}

async fn redo(page: &Page) {
    page.browser.press_char(&[Key::Control, Key::Shift], 'z').await;
}

async fn is_offered(page: &Page, button: &str) -> bool {
    let script = format!("return document.getElementById('{button}').ariaDisabled === 'false'");
    page.browser.ask(&script).await == serde_json::Value::Bool(true)
}

#[tokio::test]
async fn every_kind_of_change_is_a_step() {
    let page = Page::open("").await;
    assert!(!is_offered(&page, "undo").await && !is_offered(&page, "redo").await);
    let opening = page.sentence().await;
    page.type_into("leverage", "25").await;
    page.leave_field().await;
    page.browser.ask("document.getElementById('side-short').click()").await;
    page.browser.ask("document.getElementById('preset-btc').click()").await;
    let last = page.sentence().await;
    assert!(is_offered(&page, "undo").await);
    undo(&page).await;
    assert_eq!(page.value("coin").await, "ZEC");
    undo(&page).await;
    assert_eq!(page.value("side-word").await, "long");
    assert_eq!(page.value("leverage").await, "25");
    undo(&page).await;
    assert_eq!(page.sentence().await, opening);
    assert!(!is_offered(&page, "undo").await && is_offered(&page, "redo").await);
    // One too many is no harm.
    undo(&page).await;
    assert_eq!(page.sentence().await, opening);
    for _ in 0..3 {
        page.browser.click("#redo").await;
    }
    assert_eq!(page.sentence().await, last);
    page.browser.click("#undo").await;
    redo(&page).await;
    assert_eq!(page.sentence().await, last);
    page.assert_quiet_console().await;
}

#[tokio::test]
async fn one_drag_is_one_step() {
    let page = Page::open("").await;
    let opening = page.sentence().await;
    let from = page.thumb("leverage-slider").await;
    page.browser.drag(Pointer::Mouse, from, (from.0 + 120.0, from.1), 12).await;
    assert_ne!(page.sentence().await, opening);
    undo(&page).await;
    assert_eq!(page.sentence().await, opening);
    assert!(!is_offered(&page, "undo").await);
}

#[tokio::test]
async fn rubbish_can_be_taken_back() {
    let page = Page::open("").await;
    let opening = page.sentence().await;
    page.type_into("size", "<b>lots</b>").await;
    assert!(page.is_stale().await);
    undo(&page).await;
    assert!(!page.is_stale().await);
    assert_eq!(page.sentence().await, opening);
}
