//! The page starts, stays in its place, and talks to nobody.

use std::time::Duration;

use browser_tests::browser::{Browser, Pointer};
use browser_tests::page::{Page, number};
use browser_tests::places;
use browser_tests::plan::Plan;
use browser_tests::site::Site;

#[tokio::test]
async fn the_page_starts_with_an_answer_and_a_silent_console() {
    let page = Page::open("").await;
    let answer = page.answer().await;
    assert!(number(&answer).is_some_and(|price| price > 0.0), "the answer is {answer:?}");
    assert!(!page.is_stale().await, "the first answer is out of date");
    page.assert_quiet_console().await;
}

#[tokio::test]
async fn the_page_works_at_the_top_of_its_host_and_in_any_folder() {
    let page = Page::open("").await;
    let in_folder = page.sentence().await;
    page.browser.go(&page.site.top_address()).await;
    page.wait_until_ready().await;
    assert_eq!(page.sentence().await, in_folder);
    page.assert_quiet_console().await;
}

#[tokio::test]
async fn nothing_scrolls_sideways_at_any_width() {
    let page = Page::open("").await;
    let mut wide = Vec::new();
    let open = "document.querySelectorAll('details').forEach(d => { d.open = true })";
    for width in [320, 360, 560, 768, 900, 1280] {
        page.browser.set_size(width, 800).await;
        page.visit("").await;
        wide.extend(page.sideways_scroll().await.map(|what| format!("{width} px: {what}")));
        page.browser.ask(open).await;
        page.browser.two_frames().await;
        let what = page.sideways_scroll().await;
        wide.extend(what.map(|what| format!("{width} px, every chapter open: {what}")));
    }
    page.assert_quiet_console().await;
    assert!(wide.is_empty(), "{wide:#?}");
}

/// Sums what moved without the reader having done anything, and names what moved most.
const SHIFTS: &str = "const done = arguments[0]; const seen = [];
    new PerformanceObserver(list => seen.push(...list.getEntries()))
        .observe({ type: 'layout-shift', buffered: true });
    setTimeout(() => done([
        seen.reduce((sum, e) => sum + (e.hadRecentInput ? 0 : e.value), 0),
        seen.map(e => e.value.toFixed(4) + ' ' + e.sources.map(s => (s.node?.nodeName ?? '?') + '.' +
            (s.node?.className?.baseVal ?? s.node?.className) + ' ' +
            JSON.stringify(s.previousRect) + ' to ' + JSON.stringify(s.currentRect)).join(', ')).join('; '),
    ]), 200);";

#[tokio::test]
async fn nothing_moves_while_the_page_starts() {
    let browser = Browser::start().await;
    let counts_shifts = browser.has_devtools();
    let plan = Plan::of(&places::dist()).first_script(WATCH_HEIGHTS);
    let page = Page::open_from(browser, plan, "").await;
    for width in [360, 768, 1280] {
        page.browser.set_size(width, 900).await;
        page.visit("").await;
        assert_heights_stayed(&page, &format!("while the page started, {width} px wide")).await;
        if !counts_shifts {
            continue;
        }
        let shifts = page.browser.client.execute_async(SHIFTS, Vec::new()).await;
        let shifts = shifts.expect("the browser counts layout shifts");
        let sum = shifts[0].as_f64().expect("a sum is a number");
        assert!(sum < 0.01, "{width} px wide, things moved by {sum}: {}", shifts[1]);
    }
}

/// Notes, at every frame, how high the parts below the sentence stand in the document. Before the style
/// sheet is there nothing is painted, but Firefox measures.
const WATCH_HEIGHTS: &str = "window.heights = {};
    const look = () => {
        for (const css of ['.setup', '.instrument', '.figures', '.chapters']) {
            const e = document.querySelector(css);
            if (e && document.styleSheets.length > 0) (window.heights[css] ??= new Set())
                .add(Math.round((e.getBoundingClientRect().top + scrollY) * 10) / 10);
        }
        requestAnimationFrame(look);
    };
    look();";

async fn assert_heights_stayed(page: &Page, during: &str) {
    let script = "return ['.setup', '.instrument', '.figures', '.chapters']
        .filter(css => window.heights[css]?.size !== 1)
        .map(css => css + ' stood at ' + [...window.heights[css] ?? []].join(' and ')).join('; ')";
    let moved = page.browser.ask_text(script).await;
    assert_eq!(moved, "", "{during}, parts moved up or down");
}

#[tokio::test]
async fn dragging_leverage_from_end_to_end_moves_nothing_below_the_sentence() {
    let page = Page::open("?lev=1").await;
    page.browser.ask(WATCH_HEIGHTS).await;
    let from = page.thumb("leverage-slider").await;
    let [left, _, width, _] = page.place("#leverage-slider", false).await;
    page.browser.drag(Pointer::Mouse, from, (left + width - 2.0, from.1), 40).await;
    assert_heights_stayed(&page, "while leverage was dragged").await;
}

#[tokio::test]
async fn dragging_the_mark_past_the_closing_price_moves_nothing_below_the_sentence() {
    let page = Page::open("").await;
    page.browser.ask(WATCH_HEIGHTS).await;
    let from = page.thumb("mark-handle").await;
    let [left, ..] = page.place("#mark-handle", false).await;
    page.browser.drag(Pointer::Mouse, from, (left + 4.0, from.1), 40).await;
    let sentence = page.text(".hero").await;
    assert!(sentence.contains("already past"), "the mark is past the closing price: {sentence}");
    assert_heights_stayed(&page, "while the mark was dragged").await;
}

#[tokio::test]
async fn no_request_leaves_the_origin() {
    let page = Page::open_in(Browser::start_recording_network().await, "").await;
    page.type_into("leverage-word", "20").await;
    page.leave_field().await;
    page.browser.focus("#mark-handle").await;
    page.browser.press(&[], fantoccini::key::Key::Left).await;
    page.reload().await;
    page.assert_nothing_left_the_origin().await;
}

#[tokio::test]
async fn a_request_to_another_host_would_be_caught() {
    // A page of the test's own: the calculator's policy would keep it from asking at all.
    let plan = Plan::of(&places::dist()).page("/bare", "<!doctype html><title>bare</title>");
    let (site, browser) = (plan.start(), Browser::start().await);
    browser.go(&(site.origin() + "/bare")).await;
    let ask = "const done = arguments[0];
        Promise.allSettled(['http://example.test/a', 'https://example.test/b', 'http://192.0.2.1/c']
            .map(address => fetch(address, { mode: 'no-cors' }))).then(() => done())";
    browser.client.execute_async(ask, Vec::new()).await.expect("it comes to an end");
    let mut caught = String::new();
    for _ in 0..100 {
        caught += &browser.strangers().join(", ");
        let parts = ["GET http://example.test/a", "CONNECT", "GET http://192.0.2.1/c"];
        if parts.iter().all(|part| caught.contains(part)) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("only these were caught: {caught}");
}

#[tokio::test]
async fn the_server_of_these_tests_hands_out_only_the_built_page() {
    let site = Site::serve(&places::dist());
    let browser = Browser::start().await;
    browser.go(&(site.origin() + "/../Cargo.toml")).await;
    browser.go(&(site.origin() + "/%2e%2e/Cargo.toml")).await;
    for request in site.requests() {
        assert_eq!(request.status, 404, "{request:?}");
    }
}
