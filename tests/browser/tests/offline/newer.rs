//! A new version: it waits beside the old one, which stays whole, until the reader takes it.

use browser_tests::page::Page;
use browser_tests::plan::Plan;

use crate::version::{Version, caches, hashed, line, lost, opened, wait_for};

async fn title(page: &Page) -> String {
    page.browser.ask_text("return document.title").await
}

/// The page again, with a later version on its host that waits to be taken.
async fn with_a_newer_one() -> (Page, Version) {
    let mut page = opened("?lev=20").await;
    let later = Version::later(&page.browser, "Later").await;
    page.site.start_again(Plan::of(&later.folder));
    page.visit("?lev=20").await;
    wait_for(&page.browser, "update").await;
    (page, later)
}

#[tokio::test]
async fn a_new_version_waits_until_the_reader_takes_it() {
    let (page, later) = with_a_newer_one().await;
    assert_eq!(line(&page.browser).await, "A newer version is ready. Reload when it suits you");
    assert!(!title(&page).await.starts_with("Later"), "it did not wait");
    assert_eq!(lost(&page.browser, Version::built().files()).await, "");
    page.type_into("size", "33").await;
    page.leave_field().await;
    page.browser
        .wait_until("the address follows", "return location.search.includes('size=33')")
        .await;

    page.browser.click("#reload-newer").await;
    let script = "return document.title.startsWith('Later') && document.documentElement.dataset.ready === 'true'";
    page.browser.wait_until("the newer version is there", script).await;
    assert_eq!(page.value("size").await, "33", "the reader's numbers were lost");
    wait_for(&page.browser, "ready").await;
    assert_eq!(lost(&page.browser, later.files()).await, "");
}

#[tokio::test]
async fn other_tabs_are_neither_reloaded_nor_robbed_of_their_files() {
    let (page, later) = with_a_newer_one().await;
    let client = &page.browser.client;
    let mine = client.window().await.expect("there is a window");
    let other = client.new_window(false).await.expect("a window opens").handle;
    client.switch_to_window(other.clone()).await.expect("it is there");
    page.visit("?lev=5").await;
    page.browser.ask("window.untouched = true").await;

    client.switch_to_window(mine.clone()).await.expect("it is there");
    page.browser.click("#reload-newer").await;
    page.browser
        .wait_until("the newer version is there", "return document.title.startsWith('Later')")
        .await;
    page.wait_until_ready().await;
    assert_eq!(lost(&page.browser, later.files()).await, "");

    client.switch_to_window(other).await.expect("it is there");
    let untouched = page.browser.ask("return window.untouched === true").await;
    assert_eq!(untouched, true, "it was reloaded under the reader's hands");
    assert!(!title(&page).await.starts_with("Later"));
    let old = hashed(Version::built().files());
    assert_eq!(lost(&page.browser, old).await, "", "its files are gone");
    wait_for(&page.browser, "update").await;
    page.browser.click("#reload-newer").await;
    page.browser
        .wait_until("it follows when asked", "return document.title.startsWith('Later')")
        .await;
}

#[tokio::test]
async fn of_older_versions_only_the_one_before_is_kept() {
    let (mut page, _first) = with_a_newer_one().await;
    for name in ["Third one", "The fourth one"] {
        page.browser.click("#reload-newer").await;
        page.wait_until_ready().await;
        wait_for(&page.browser, "ready").await;
        let next = Version::later(&page.browser, name).await;
        page.site.start_again(Plan::of(&next.folder));
        page.visit("").await;
        wait_for(&page.browser, "update").await;
    }
    page.browser.click("#reload-newer").await;
    let script = "return document.title.startsWith('The fourth') && document.documentElement.dataset.offline === 'ready'";
    page.browser.wait_until("the last version is there", script).await;
    let names = caches(&page.browser).await;
    assert_eq!(names.len(), 2, "{names:?}");
}
