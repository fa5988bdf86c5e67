//! The dialog that writes what an author puts into an article: what it writes works.

use crate::stage::{Stage, page};

#[tokio::test]
async fn what_the_dialog_writes_works_in_an_article() {
    let mut stage = Stage::open(&page("")).await;
    let browser = &stage.browser;
    browser.go(&(stage.app.address() + "?coin=ETH&lev=25&num=comma")).await;
    let ready = "return document.documentElement.dataset.ready === 'true'";
    browser.wait_until("the page is ready", ready).await;
    browser.ask("document.getElementById('embed-this').closest('details').open = true").await;
    browser.click("#embed-this").await;
    let open = "return document.getElementById('embed-dialog').open";
    browser.wait_until("the dialog opens", open).await;
    let choose = "const list = document.getElementById('embed-theme'); list.value = 'dark';
        list.dispatchEvent(new Event('change', { bubbles: true }))";
    browser.ask(choose).await;
    let field = |id: &str| format!("return document.getElementById('{id}').value");
    let element = browser.ask_text(&field("embed-element")).await;
    let frame = browser.ask_text(&field("embed-frame")).await;
    browser.click("#embed-dialog [data-close]").await;
    let closed = "return !document.getElementById('embed-dialog').open";
    browser.wait_until("the dialog closes", closed).await;

    let bare = |body: &str| page(body).replace("<script src=\"{app}embed.js\"></script>", "");
    stage.show(&bare(&element.replace("<margin-calculator", "<margin-calculator id=calc"))).await;
    stage.wait_for(&["calc"]).await;
    stage.wait_for_part("calc", "coin", "ETH").await;
    stage.wait_for_part("calc", "lev", "25").await;
    stage.wait_for_part("calc", "num", "comma").await;
    let dark = "return document.documentElement.dataset.theme === 'dark'";
    stage.wait_in("calc", "it is dark", dark).await;

    stage.show(&bare(&frame.replace("<iframe", "<iframe id=calc"))).await;
    let same = "return document.documentElement.dataset.framed && document.documentElement.dataset.theme === 'dark'
        && document.getElementById('leverage-word').value === '25' && document.getElementById('coin-word').textContent === 'ETH'
        && getComputedStyle(document.getElementById('link-note')).display === 'none'";
    stage.wait_in("calc", "the plain frame has the same", same).await;
}

#[tokio::test]
async fn numbers_that_cannot_be_read_are_not_written_for_an_article() {
    let stage = Stage::open(&page("")).await;
    let browser = &stage.browser;
    browser.go(&(stage.app.address() + "?coin=ETH")).await;
    let ready = "return document.documentElement.dataset.ready === 'true'";
    browser.wait_until("the page is ready", ready).await;
    browser
        .ask(
            "const field = document.getElementById('size'); field.value = 'many';
            field.dispatchEvent(new Event('input', { bubbles: true }));
            document.getElementById('embed-this').closest('details').open = true",
        )
        .await;
    browser.click("#embed-this").await;
    let told = "return document.getElementById('embed-say').textContent.includes('cannot be read')";
    browser.wait_until("the dialog says why", told).await;
    let written = "return document.getElementById('embed-element').value
        + document.getElementById('embed-frame').value
        + document.querySelectorAll('#embed-dialog [data-copy]:not(:disabled)').length";
    assert_eq!(browser.ask_text(written).await, "0");
}
