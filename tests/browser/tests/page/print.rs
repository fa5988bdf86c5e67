//! On paper: two pages, the picture as wide as they are, and where to find the numbers again.

use browser_tests::engine::Engine;
use browser_tests::page::Page;
use fantoccini::wd::{PrintConfigurationBuilder, PrintSize};

/// How many pages the page makes on A4.
async fn pages(page: &Page) -> usize {
    let paper = PrintSize::A4;
    let a4 = PrintConfigurationBuilder::default().size(paper).build().expect("A4 has a size");
    let bytes = page.browser.client.print(a4).await.expect("the page is printed");
    let text = String::from_utf8_lossy(&bytes);
    // The root of the pages says how many there are.
    let counts = text.split("/Count ").skip(1);
    let counts = counts.filter_map(|rest| rest.split(|c: char| !c.is_ascii_digit()).next());
    counts.filter_map(|digits| digits.parse().ok()).max().expect("a document has pages")
}

async fn picture_width(page: &Page) -> f64 {
    let script = "return [...document.querySelectorAll('#drawing svg')]
        .find(svg => svg.checkVisibility()).viewBox.baseVal.width";
    page.browser.ask_number(script).await
}

#[tokio::test]
async fn the_opening_state_is_two_pages() {
    let page = Page::open("").await;
    let on_screen = picture_width(&page).await;
    // Of the exceptions one each: WebKit's driver does not print, and Firefox packs what it prints.
    if page.browser.engine == Engine::Chromium {
        assert_eq!(pages(&page).await, 2);
    }
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
