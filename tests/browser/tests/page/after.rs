//! The chapter of what happens next, in a real page: it is opened, played, scrubbed, acted in and drawn on.

use browser_tests::axe;
use browser_tests::browser::Pointer;
use browser_tests::page::{Page, plain};
use fantoccini::key::Key;
use serde_json::json;

const IS_THERE: &str = "return document.querySelectorAll('#after-log > li').length > 3";

async fn opened(query: &str) -> Page {
    let page = Page::open(query).await;
    page.browser.ask("document.getElementById('story-after').open = true").await;
    page.browser.wait_until("the log is there", IS_THERE).await;
    page
}

async fn clock(page: &Page) -> String {
    page.text("#after-clock").await
}

#[tokio::test]
async fn it_says_what_comes_back_and_nothing_plays_by_itself() {
    let page = Page::open("?preset=alt").await;
    assert_eq!(page.text("#after-peek").await, "step by step, where your money goes");
    page.browser.click("#story-after summary").await;
    page.browser.wait_until("the log is there", IS_THERE).await;
    let peek = page.text("#after-peek").await;
    assert!(peek.ends_with(" of 2 085.92 comes back"), "{peek}");
    let before = clock(&page).await;
    assert_eq!(before, "10:00");
    page.browser.two_frames().await;
    assert_eq!(clock(&page).await, before);
    assert_eq!(page.text("#after-sum").await, "The sum is the same to the last digit.");
    page.assert_quiet_console().await;
}

#[tokio::test]
async fn it_plays_when_it_is_told_and_ends_when_it_is_closed() {
    let page = opened("?preset=alt").await;
    page.browser.click("#after-play").await;
    let moves =
        "return /^0:[0-9]+|^[1-9]:/.test(document.getElementById('after-clock').textContent)
        && document.getElementById('after-clock').textContent !== '0:00'";
    page.browser.wait_until("the clock moves", moves).await;
    assert_eq!(page.text("#after-play").await, "Pause");
    page.browser.click("#after-play").await;
    let stood = clock(&page).await;
    page.browser.two_frames().await;
    assert_eq!(clock(&page).await, stood, "a pause is a pause");
    page.browser.click("#after-play").await;
    page.browser.ask("document.getElementById('story-after').open = false").await;
    page.browser.two_frames().await;
    page.browser.ask("document.getElementById('story-after').open = true").await;
    page.browser.wait_until("it is there again", IS_THERE_AGAIN).await;
    assert_eq!(page.text("#after-play").await, "Play");
    page.assert_quiet_console().await;
}

const IS_THERE_AGAIN: &str = "return document.getElementById('after-play').checkVisibility()";

#[tokio::test]
async fn the_moment_goes_by_keys() {
    let page = opened("?preset=alt").await;
    page.browser.focus("#after-at").await;
    page.browser.press(&[], Key::Home).await;
    page.browser.two_frames().await;
    assert_eq!(clock(&page).await, "0:00");
    assert_eq!(page.text("#after-outcome").await, "Nothing has happened yet.");
    page.browser.press(&[], Key::Right).await;
    page.browser.two_frames().await;
    assert_eq!(clock(&page).await, "0:01");
    let spoken = "return document.getElementById('after-at').ariaValueText";
    let spoken = page.browser.ask_text(spoken).await;
    assert!(spoken.starts_with("0:01. Mark "), "{spoken}");
    page.browser.focus("#after-forward").await;
    page.browser.press(&[], Key::Enter).await;
    page.browser.two_frames().await;
    assert!(page.text("#after-outcome").await.ends_with(": Warning."));
    assert_eq!(
        page.browser.ask("return document.activeElement.id").await,
        json!("after-forward"),
        "the focus stays"
    );
}

#[tokio::test]
async fn margin_added_after_the_warning_saves_the_position() {
    let page = opened("?preset=alt").await;
    page.browser.focus("#after-at").await;
    page.browser.press(&[], Key::Home).await;
    page.browser.click("#after-forward").await;
    page.type_into("after-add", "1000").await;
    page.browser.click("#after-do-add").await;
    page.browser.focus("#after-at").await;
    page.browser.press(&[], Key::End).await;
    page.browser.two_frames().await;
    let outcome = page.text("#after-outcome").await;
    assert!(outcome.starts_with("It survives: 40 "), "{outcome}");
    page.browser.click("#after-drop-0").await;
    page.browser.two_frames().await;
    let outcome = page.text("#after-outcome").await;
    assert!(outcome.starts_with("Closed at "), "{outcome}");
    page.assert_quiet_console().await;
}

#[tokio::test]
async fn a_bad_path_is_told_and_a_bad_field_too() {
    let page = opened("?preset=alt").await;
    let before = page.text("#after-log").await;
    page.browser.ask("document.getElementById('after-csv').closest('details').open = true").await;
    page.paste_into("after-csv", "0,520\n1,-3").await;
    page.browser.click("#after-csv-use").await;
    page.browser.two_frames().await;
    let said = page.text("#after-csv-say").await;
    assert!(said.starts_with("Line 2: price must be above 0."), "{said}");
    assert_eq!(page.text("#after-log").await, before);
    page.browser.ask("document.getElementById('after-world').open = true").await;
    page.type_into("after-fee", "x").await;
    page.browser.two_frames().await;
    assert!(page.has_class("#after-log", "stale").await);
    let said = page.text("#after-fee-say").await;
    assert!(said.starts_with("The liquidation fee is not a number."), "{said}");
    assert_eq!(page.text("#after-log").await, before);
    page.type_into("after-fee", "0").await;
    page.browser.two_frames().await;
    assert!(!page.has_class("#after-log", "stale").await);
    assert_ne!(page.text("#after-log").await, before);
    page.assert_quiet_console().await;
}

#[tokio::test]
async fn a_path_is_drawn_with_a_pointer() {
    let page = opened("?preset=alt").await;
    page.browser.click("#after-path-own").await;
    page.browser.two_frames().await;
    let before = page.text("#after-outcome").await;
    assert!(before.starts_with("Closed at "), "{before}");
    let [left, top, width, height] = page.place("#after-draw", true).await;
    let (start, end) = (0.1_f64.mul_add(width, left), 0.8_f64.mul_add(width, left));
    let high = 0.15_f64.mul_add(height, top);
    page.browser.drag(Pointer::Mouse, (start, high), (end, high), 60).await;
    page.browser.two_frames().await;
    let after = page.text("#after-outcome").await;
    assert!(after.starts_with("It stays open"), "{after}");
    page.assert_quiet_console().await;
}

#[tokio::test]
async fn it_fits_a_narrow_page_and_those_who_hear_it() {
    let page = Page::open("?preset=alt").await;
    for width in [768, 1280, 360] {
        page.browser.set_size(width, 900).await;
        page.visit("?preset=alt").await;
        page.browser.ask("document.getElementById('story-after').open = true").await;
        page.browser.wait_until("the log is there", IS_THERE).await;
        page.browser
            .ask(
                "for (const it of document.querySelectorAll('#after-body details')) it.open = true",
            )
            .await;
        page.browser.click("#after-path-own").await;
        page.browser.two_frames().await;
        assert_eq!(page.sideways_scroll().await, None, "at {width}");
    }
    let small = "return [...document.querySelectorAll('#after-body :is(button, select, summary, input)')]
        .filter(it => { const { width, height } = it.getBoundingClientRect();
        return it.checkVisibility() && (width < 24 || height < 24) }).map(it => it.id || it.textContent)";
    assert_eq!(page.browser.ask(small).await, json!([]), "targets below 24 pixels");
    let levels = "return [...document.querySelectorAll('#story-after :is(h2, h3, h4)')].map(it => +it.tagName[1])";
    let levels: Vec<u8> = serde_json::from_value(page.browser.ask(levels).await).expect("numbers");
    assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{levels:?}");
    let broken = axe::violations(&page.browser).await;
    assert!(broken.is_empty(), "{broken:#?}");
    let row = "return document.querySelector('.venues tbody td').getBoundingClientRect().width";
    let wide = page.browser.ask_number(row).await;
    assert!(wide > 250.0, "cards, not columns: {wide}");
    let words = plain(&page.text("#after-compared").await);
    assert!(words.contains("not documented"), "{words}");
}
