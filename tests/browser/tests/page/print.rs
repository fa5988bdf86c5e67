//! On paper: two pages, the picture as wide as they are, and where to find the numbers again.

use base64::Engine as _;
use browser_tests::page::Page;
use serde_json::json;

/// How many pages the page makes on A4.
async fn pages(page: &Page) -> usize {
    let a4 = json!({ "paperWidth": 8.27, "paperHeight": 11.69, "preferCSSPageSize": true });
    let printed = page.browser.devtools("Page.printToPDF", a4).await;
    let text = printed["data"].as_str().expect("a document has data");
    let bytes = base64::engine::general_purpose::STANDARD.decode(text).expect("it is base64");
    let marks = b"/Type /Page\n";
    bytes.windows(marks.len()).filter(|window| window == marks).count()
}

async fn picture_width(page: &Page) -> f64 {
    let script = "return [...document.querySelectorAll('#drawing svg')]
        .find(svg => svg.checkVisibility()).viewBox.baseVal.width";
    page.browser.ask_number(script).await
}

#[tokio::test]
async fn the_opening_state_is_two_pages() {
    let page = Page::open("").await;
    if !page.browser.has_devtools() {
        return;
    }
    let on_screen = picture_width(&page).await;
    assert_eq!(pages(&page).await, 2);
    // Nothing stays of it.
    page.browser.two_frames().await;
    assert!((picture_width(&page).await - on_screen).abs() < 0.5);
    page.assert_quiet_console().await;
}

#[tokio::test]
async fn paper_says_where_its_numbers_can_be_found_again() {
    let page = Page::open("?preset=btc&lev=20&mark=88000.5&tiers=flat:0.5").await;
    page.browser.ask("window.dispatchEvent(new Event('beforeprint'))").await;
    assert!((picture_width(&page).await - 688.0).abs() < 0.5);
    let script =
        "return [...document.querySelectorAll('.printonly')].map(e => e.textContent).join(' ')";
    let printed = page.browser.ask_text(script).await;
    let link =
        page.browser.ask_text("return document.getElementById('print-link').textContent").await;
    assert!(printed.contains("88\u{202f}000.5 USDT"), "{printed}");
    assert!(link.contains("mark=88000.5") && link.contains("tiers=flat:0.5"), "{link}");
    page.browser.ask("window.dispatchEvent(new Event('afterprint'))").await;
    assert!((picture_width(&page).await - 688.0).abs() > 1.0);
}
