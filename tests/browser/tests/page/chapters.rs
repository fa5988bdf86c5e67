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

/// What a run is: its rules, what became of it, and what was done.
const RUN: &str = "return ['after-outcome', 'after-peek', 'after-did', 'mark-says']
    .map(id => document.getElementById(id).textContent).concat(document.getElementById('after-venue').value).join('|')";

#[tokio::test]
async fn what_is_set_in_chapters_survives_loading_again_and_a_link() {
    let page = opened("mark", "").await;
    page.browser.click("#mark-slow").await;
    open(&page, "after").await;
    page.choose("after-venue", "kraken-linear").await;
    page.browser.click("#after-path-bleed").await;
    page.browser
        .ask(
            "const at = document.getElementById('after-at'); at.value = 30;
        at.dispatchEvent(new Event('input', { bubbles: true }))",
        )
        .await;
    page.type_into("after-add", "321.5").await;
    page.browser.click("#after-do-add").await;
    page.browser.focus("#after-at").await;
    page.browser.press(&[], Key::End).await;
    let is_kept =
        "return location.search.includes('after-act:') && location.search.includes('mark-slow')";
    page.browser.wait_until("the address has it", is_kept).await;
    let before = page.browser.ask_text(RUN).await;
    assert!(before.contains("add 321.5"), "{before}");

    let is_back = "return document.querySelectorAll('#after-did li').length === 1
        && !!document.querySelector('#mark-chart svg')";
    page.reload().await;
    page.browser.wait_until("it is back", is_back).await;
    assert_eq!(page.browser.ask_text(RUN).await, before);
    // Numbers that change leave it in the address, and the other way round.
    page.type_into("leverage", "5").await;
    let both =
        "return location.search.includes('lev=5&') && location.search.includes('after-act:')";
    page.browser.wait_until("the address has both", both).await;
    page.type_into("leverage", "10").await;
    page.browser.wait_until("the old numbers", "return location.search.includes('lev=10&')").await;

    let link = page.browser.ask_text("return location.search").await;
    assert!(link.is_ascii(), "{link}");
    let theirs = Page::open(&link).await;
    theirs.browser.wait_until("it is there", is_back).await;
    assert_eq!(theirs.browser.ask_text(RUN).await, before);
    theirs.assert_quiet_console().await;
    page.assert_quiet_console().await;
}

#[tokio::test]
async fn an_address_with_unusable_settings_opens_as_ever() {
    let page =
        Page::open("?story=after-venue:%3Cb%3E~after-play:~after-act:x~nothing-at:1~~:").await;
    let is_there = "return document.querySelectorAll('#after-log > li').length > 3";
    page.browser.wait_until("the chapter is open", is_there).await;
    assert_eq!(page.text("#after-play").await, "Play");
    assert_eq!(page.value("after-venue").await, "article");
    page.assert_quiet_console().await;
}
