//! The controls follow the pointer.
//!
//! Engines put the same pixel at neighbouring values, so nothing here asks for an exact number.

use browser_tests::browser::Pointer;
use browser_tests::page::{Page, number};

/// Drags a slider's thumb sideways by a part of the slider's width.
async fn drag_thumb(page: &Page, pointer: Pointer, id: &str, part: f64) {
    let from = page.thumb(id).await;
    let [_, _, width, _] = page.place(&format!("#{id}"), false).await;
    page.browser.drag(pointer, from, (part.mul_add(width, from.0), from.1), 12).await;
    page.browser.two_frames().await;
}

async fn value(page: &Page, id: &str) -> f64 {
    let text = page.value(id).await;
    number(&text).unwrap_or_else(|| panic!("{id} says {text:?}"))
}

#[tokio::test]
async fn dragging_leverage_up_raises_the_closing_price_of_a_long() {
    let page = Page::open("").await;
    for pointer in [Pointer::Mouse, Pointer::Touch] {
        page.visit("?lev=5").await;
        let before = number(&page.answer().await).expect("a price");
        drag_thumb(&page, pointer, "leverage-slider", 0.1).await;
        let after = number(&page.answer().await).expect("a price");
        assert!(value(&page, "leverage").await > 5.0, "leverage follows the {pointer:?}");
        assert!(after > before, "with {pointer:?}: {before} then {after}");
        assert_eq!(value(&page, "leverage").await, value(&page, "leverage-word").await);
        page.assert_quiet_console().await;
    }
}

#[tokio::test]
async fn dragging_the_mark_changes_the_figures_but_not_the_closing_price() {
    let page = Page::open("").await;
    for pointer in [Pointer::Mouse, Pointer::Touch] {
        page.visit("?lev=5").await;
        let (answer, mark) = (page.answer().await, value(&page, "mark").await);
        let (ratio, profit) = (page.text("#fig-ratio").await, page.text("#fig-pnl").await);
        drag_thumb(&page, pointer, "mark-handle", -0.1).await;
        assert!(value(&page, "mark").await < mark, "the mark follows the {pointer:?}");
        assert_eq!(page.answer().await, answer);
        assert_ne!(page.text("#fig-ratio").await, ratio);
        assert_ne!(page.text("#fig-pnl").await, profit);
    }
}

#[tokio::test]
async fn dragging_the_entry_changes_the_entry_in_the_sentence() {
    // Where mark and entry stand together, the mark is meant.
    let page = Page::open("?lev=5&mark=500").await;
    let (answer, entry) = (page.answer().await, value(&page, "entry").await);
    drag_thumb(&page, Pointer::Mouse, "entry-handle", -0.1).await;
    assert!(value(&page, "entry").await < entry);
    assert_ne!(page.answer().await, answer);
}

#[tokio::test]
async fn dragging_the_closing_price_solves_for_leverage() {
    let page = Page::open("?lev=5").await;
    let price = number(&page.answer().await).expect("a price");
    drag_thumb(&page, Pointer::Mouse, "liq-handle", -0.1).await;
    let lower = number(&page.answer().await).expect("a price");
    assert!(lower < price, "{price} then {lower}");
    assert!(value(&page, "leverage").await < 5.0, "a lower price takes less leverage");
}

#[tokio::test]
async fn the_steppers_move_one_step_and_back() {
    let page = Page::open("?lev=10").await;
    for (field, up, down) in
        [("leverage", "#leverage-up", "#leverage-down"), ("mark", "#mark-up", "#mark-down")]
    {
        let start = value(&page, field).await;
        page.browser.click(up).await;
        let more = value(&page, field).await;
        assert!(more > start, "{up}: {start} then {more}");
        page.browser.click(down).await;
        assert_eq!(value(&page, field).await, start, "{down} undoes {up}");
    }
}

#[tokio::test]
async fn an_example_replaces_all_numbers_and_any_change_unpresses_it() {
    let page = Page::open("").await;
    let pressed = "return [...document.querySelectorAll('.chip[aria-pressed=true]')]
        .map(chip => chip.dataset.preset).join()";
    let mut sentences = Vec::new();
    for preset in ["btc", "alt", "large-short", "article"] {
        page.browser.click(&format!(".chip[data-preset={preset}]")).await;
        page.browser.two_frames().await;
        assert_eq!(page.browser.ask_text(pressed).await, preset);
        assert!(!page.is_stale().await);
        sentences.push(page.sentence().await);
    }
    let count = sentences.len();
    sentences.sort();
    sentences.dedup();
    assert_eq!(sentences.len(), count, "two examples read the same: {sentences:#?}");
    page.type_into("size", "7").await;
    page.leave_field().await;
    assert_eq!(page.browser.ask_text(pressed).await, "");
}

#[tokio::test]
async fn the_switch_turns_a_long_into_a_short() {
    let page = Page::open("?lev=10").await;
    assert!(page.sentence().await.contains("falls to"), "{}", page.sentence().await);
    page.browser.ask("document.querySelector('input[name=side][value=short]').click()").await;
    page.browser.two_frames().await;
    let sentence = page.sentence().await;
    assert!(sentence.contains("short") && sentence.contains("rises to"), "{sentence}");
    let answer = number(&page.answer().await).expect("a price");
    assert!(answer > value(&page, "entry").await, "a short is closed above its entry");
}
