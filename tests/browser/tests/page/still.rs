//! Without WebAssembly, or without any script, the page still answers its own question.

use browser_tests::browser::Browser;
use browser_tests::page::{Page, number, plain};
use browser_tests::site::Site;
use browser_tests::{places, still};
use serde_json::json;

/// Whether the line about WebAssembly can be seen; it waits a while before it shows.
const NOTE_SEEN: &str = "const e = document.getElementById('needs-wasm');
    return e.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && e.getClientRects().length > 0;";

/// Whether the first match can be seen and is not empty.
const SEEN: &str = "const e = [...document.querySelectorAll(arguments[0])].find(e =>
        e.checkVisibility() && e.getBoundingClientRect().height > 0);
    return e !== undefined && (e.textContent.trim() !== '' || e.matches('svg'));";

async fn assert_readable(browser: &Browser) {
    for part in ["h1", ".sentence", "#answer", ".plot svg.sig", ".figures", "#fig-ratio"] {
        let seen = browser.ask_with(SEEN, vec![part.into()]).await;
        assert_eq!(seen, json!(true), "{part} cannot be seen");
    }
    let answer = browser.ask_text("return document.getElementById('answer').textContent").await;
    assert!(number(&answer).is_some(), "the answer is {answer:?}");
    let steps = "return [...document.querySelectorAll('#why ol li')].filter(e => e.checkVisibility()).length";
    assert_eq!(browser.ask_number(steps).await, 5.0, "the working has five steps");
    browser.wait_until("the line about WebAssembly can be seen", NOTE_SEEN).await;
    let note =
        plain(&browser.ask_text("return document.getElementById('needs-wasm').innerText").await);
    assert!(note.contains("need WebAssembly") && note.contains("is complete"), "{note}");
}

#[tokio::test]
async fn without_webassembly_the_example_is_complete() {
    let site = Site::serve_without(&places::dist(), ".wasm");
    let browser = Browser::start().await;
    browser.go(&site.address()).await;
    assert_readable(&browser).await;
}

#[tokio::test]
async fn without_any_script_the_example_is_complete() {
    let site = Site::serve(&places::dist());
    let browser = Browser::start().await;
    browser.go_without_scripts(&site.address()).await;
    assert_readable(&browser).await;
    assert!(
        site.requests().iter().all(|request| !request.target.ends_with(".wasm")),
        "scripts were not really off"
    );
}

#[tokio::test]
async fn with_webassembly_nothing_is_said_about_it() {
    let page = Page::open("").await;
    let words = page.text("body").await;
    assert!(!words.contains("WebAssembly, which this browser"), "{words}");
}

#[tokio::test]
async fn static_page_says_what_the_live_page_says() {
    assert_eq!(still::difference(Browser::start().await).await, None);
}
