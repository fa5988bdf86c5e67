//! After the first visit the host may be gone.

use browser_tests::places;
use browser_tests::plan::Plan;

use crate::version::{Version, caches, first_visit, line, lost, opened, wait_for};

#[tokio::test]
async fn the_page_and_its_links_open_without_their_host() {
    let mut page = opened("").await;
    assert_eq!(line(&page.browser).await, "Works offline. Nothing you type leaves this page.");
    page.site.stop();
    page.browser.go("about:blank").await;

    page.visit("").await;
    let answer = page.answer().await;
    wait_for(&page.browser, "offline").await;
    assert_eq!(line(&page.browser).await, "You are offline. Everything still works.");
    page.visit("?v=1&coin=BTC&size=0.1&entry=60000&lev=25#tiers").await;
    assert_ne!(page.answer().await, answer);
    page.visit("index.html?lev=20").await;
    page.browser.ask("delete document.documentElement.dataset.ready; location.reload()").await;
    page.wait_until_ready().await;

    // The part that is fetched only when asked for is opened, too.
    page.browser.ask("document.getElementById('share').open = true").await;
    page.browser.click("#share button[data-share=sentence]").await;
    let said = "return document.getElementById('share-say').textContent";
    page.browser.wait_until("the second program comes from what is kept", said).await;
    let lost_note = "return document.getElementById('share-lost').hidden";
    assert_eq!(page.browser.ask(lost_note).await, true);
    page.browser.click("#story-claims summary").await;
    let cards = "return document.querySelectorAll('.claim .figure p').length === 24";
    page.browser.wait_until("the third program comes from what is kept", cards).await;
    assert_eq!(lost(&page.browser, Version::built().files()).await, "");
}

#[tokio::test]
async fn left_while_it_is_saved_it_is_saved_when_it_is_opened_again() {
    let page = first_visit(Plan::of(&places::dist()), "").await;
    page.visit("").await;
    wait_for(&page.browser, "ready").await;
    assert_eq!(lost(&page.browser, Version::built().files()).await, "");
}

#[tokio::test]
async fn when_the_host_is_back_the_line_says_so() {
    let mut page = opened("").await;
    page.site.stop();
    page.visit("").await;
    wait_for(&page.browser, "offline").await;
    page.site.start_again(Plan::of(&places::dist()));
    page.browser.ask("dispatchEvent(new Event('online'))").await;
    wait_for(&page.browser, "ready").await;
}

#[tokio::test]
async fn without_a_worker_there_is_nothing_left() {
    let mut page = first_visit(Plan::of(&places::dist()).without("sw.js"), "").await;
    assert_eq!(caches(&page.browser).await, Vec::<String>::new());
    page.site.stop();
    page.browser.go("about:blank").await;
    // Drivers differ in whether a page that cannot be had is an error.
    let _ = page.browser.client.goto(&page.site.address()).await;
    let ready = page.browser.ask("return document.documentElement.dataset.ready ?? ''").await;
    assert_eq!(ready, "", "the page came up without host and worker: these tests prove nothing");
}

#[tokio::test]
async fn two_copies_under_one_host_leave_each_other_alone() {
    let mut page = opened("").await;
    page.browser.go(&page.site.top_address()).await;
    page.wait_until_ready().await;
    wait_for(&page.browser, "ready").await;
    assert_eq!(caches(&page.browser).await.len(), 2);

    // The one at the top is replaced; the other one's files stay.
    let later = Version::later(&page.browser, "Later").await;
    page.site.start_again(Plan::of(&later.folder));
    page.browser.go(&page.site.top_address()).await;
    page.wait_until_ready().await;
    wait_for(&page.browser, "update").await;
    page.browser.click("#reload-newer").await;
    let is_later = "return document.title.startsWith('Later') && document.documentElement.dataset.ready === 'true'";
    page.browser.wait_until("the later version is there", is_later).await;
    page.site.stop();
    page.browser.go("about:blank").await;
    page.visit("").await;
    // Nobody had it open: the browser may have taken its later version meanwhile, whole.
    let files = match page.browser.ask_text("return document.title").await.starts_with("Later") {
        true => later.files(),
        false => Version::built().files(),
    };
    assert_eq!(lost(&page.browser, files).await, "");
}
