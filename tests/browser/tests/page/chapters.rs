//! The chapters on the mark price and on rules that change: drawn from the page's numbers, worked by
//! fields, sliders and keys.

use browser_tests::axe;
use browser_tests::page::Page;
use fantoccini::key::Key;
use serde_json::json;

async fn opened(chapter: &str, query: &str) -> Page {
    let page = Page::open(query).await;
    open(&page, chapter).await;
    page
}

async fn open(page: &Page, chapter: &str) {
    page.browser.ask(&format!("document.getElementById('story-{chapter}').open = true")).await;
    let drawn = format!(
        "return !!document.querySelector('#{chapter}-chart svg polyline, #{chapter}-chart svg path')"
    );
    page.browser.wait_until("the chapter is drawn", &drawn).await;
}

/// The markup of a chart, to see whether it was drawn anew.
async fn chart(page: &Page, chapter: &str) -> String {
    page.browser
        .ask_text(&format!("return document.getElementById('{chapter}-chart').innerHTML"))
        .await
}

#[tokio::test]
async fn a_wild_trade_closes_nothing_and_a_slow_fall_does() {
    let page = opened("mark", "").await;
    let says = page.text("#mark-says").await;
    assert!(says.contains("474.08") && says.contains("nothing is closed"), "{says}");
    assert!(page.text("#mark-peek").await.contains("closes nothing"));
    let wild = chart(&page, "mark").await;
    page.browser.click("#mark-slow").await;
    let told =
        "return !document.getElementById('mark-says').textContent.includes('nothing is closed')";
    page.browser.wait_until("the slow fall is told", told).await;
    assert_ne!(chart(&page, "mark").await, wild);
    page.assert_quiet_console().await;
}

#[tokio::test]
async fn what_cannot_be_read_gets_a_sentence_and_the_last_minute_stays() {
    let page = opened("mark", "").await;
    let before = chart(&page, "mark").await;
    page.type_into("mark-index", "abc").await;
    let said =
        "return document.getElementById('mark-index-say').textContent.includes('not a number')";
    page.browser.wait_until("the field says why", said).await;
    assert!(page.has_class("#mark-chart", "stale").await);
    assert_eq!(chart(&page, "mark").await, before);
    // Hostile text stays text.
    page.type_into("mark-index", "<img src=x onerror=alert(1)>").await;
    let images = "return document.querySelectorAll('#story img').length";
    assert_eq!(page.browser.ask(images).await, json!(0));
    page.type_into("mark-index", "500").await;
    let fresh = "return !document.getElementById('mark-chart').classList.contains('stale')";
    page.browser.wait_until("it goes on", fresh).await;
    assert_ne!(chart(&page, "mark").await, before);
}

#[tokio::test]
async fn unrest_moves_the_line_and_the_moment_can_be_walked() {
    let page = opened("changing", "").await;
    assert_eq!(page.text("#changing-peek").await, "at 2.84 times the rate: 483.06");
    page.type_into("changing-volatility", "1").await;
    let calmer =
        "return document.getElementById('changing-peek').textContent.startsWith('at 1.32 times')";
    page.browser.wait_until("the multiple follows", calmer).await;
    page.browser.focus("#changing-at").await;
    page.browser.press(&[], Key::Home).await;
    let start =
        "return document.getElementById('changing-moment').textContent.startsWith('After 0')";
    page.browser.wait_until("the first moment is told", start).await;
    page.browser.press(&[], Key::Right).await;
    let next =
        "return document.getElementById('changing-moment').textContent.startsWith('After 30')";
    page.browser.wait_until("the next moment is told", next).await;
    page.browser.click("#changing-play").await;
    let goes_on = "return document.getElementById('changing-at').value > 1";
    page.browser.wait_until("it plays when asked", goes_on).await;
    page.assert_quiet_console().await;
}

#[tokio::test]
async fn a_table_is_replaced_under_an_open_position() {
    let page = opened("changing", "?preset=btc&lev=100").await;
    page.type_into("changing-times", "3").await;
    let past = "return document.getElementById('changing-verdict').textContent.includes('at once')";
    page.browser.wait_until("three times 0.4 % is more than the 1 % put down", past).await;
    page.type_into("changing-times", "1.5").await;
    let open =
        "return document.getElementById('changing-verdict').textContent.includes('stays open')";
    page.browser.wait_until("half more is not", open).await;
    page.choose("changing-table", "article").await;
    let gone = "return document.getElementById('changing-times-row').hidden";
    page.browser.wait_until("another table needs no multiple", gone).await;
}

#[tokio::test]
async fn the_chapters_follow_the_page_its_number_style_and_its_width() {
    let page = opened("changing", "").await;
    open(&page, "mark").await;
    page.browser.ask("document.getElementById('settings').open = true").await;
    page.choose("numbers", "point").await;
    let comma = "return document.getElementById('changing-volatility').value === '1,95'
        && document.getElementById('changing-peek').textContent.includes('483,06')
        && document.getElementById('mark-says').textContent.includes('474,08')";
    page.browser.wait_until("decimals have a comma", comma).await;
    let before = chart(&page, "changing").await;
    page.type_into("leverage", "20").await;
    page.browser.two_frames().await;
    assert_ne!(chart(&page, "changing").await, before, "the chart stands still");
    for width in [360, 768, 1280] {
        page.browser.set_size(width, 900).await;
        page.browser.two_frames().await;
        assert_eq!(page.sideways_scroll().await, None, "{width} px wide");
    }
    assert_eq!(axe::violations(&page.browser).await, [""; 0]);
}
