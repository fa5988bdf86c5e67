//! The reader's own numbers stay, and a link of someone else's never takes their place unasked.

use browser_tests::page::Page;

const THEIRS: &str = "?v=1&coin=BTC&side=short&size=2&entry=60000&lev=25&mark=60000";

async fn bar_is_shown(page: &Page) -> bool {
    let script = "return !document.getElementById('shared-bar').hidden";
    page.browser.ask(script).await == serde_json::Value::Bool(true)
}

/// A page with numbers of one's own, opened again as if next day.
async fn with_own_numbers() -> Page {
    let page = Page::open("").await;
    page.type_into("size", "7").await;
    page.leave_field().await;
    page.browser
        .wait_until("the numbers are kept", "return location.search.includes('size=7')")
        .await;
    page
}

#[tokio::test]
async fn a_page_without_a_link_opens_with_ones_own_numbers() {
    let page = with_own_numbers().await;
    page.visit("").await;
    assert_eq!(page.value("size").await, "7");
    assert!(!bar_is_shown(&page).await);
    page.reload().await;
    assert_eq!(page.value("size").await, "7");
}

#[tokio::test]
async fn someone_elses_link_is_looked_at_and_left() {
    let page = with_own_numbers().await;
    page.visit(THEIRS).await;
    assert!(bar_is_shown(&page).await);
    assert_eq!(page.value("coin").await, "BTC");
    // Playing with them keeps nothing of theirs.
    page.type_into("leverage", "30").await;
    page.leave_field().await;
    page.browser
        .wait_until("the address follows", "return location.search.includes('lev=30')")
        .await;
    page.reload().await;
    assert!(bar_is_shown(&page).await, "their numbers became mine by a reload");
    page.browser.click("#back-to-mine").await;
    assert!(!bar_is_shown(&page).await);
    assert_eq!(
        (page.value("coin").await.as_str(), page.value("size").await.as_str()),
        ("ZEC", "7")
    );
    // No step leads back to theirs, or they would be kept as mine.
    page.browser.press_char(&[fantoccini::key::Key::Control], 'z').await;
    assert_eq!(page.value("coin").await, "ZEC");
    let script = "return JSON.stringify(localStorage).includes('size=7')";
    page.browser.wait_until("mine are kept as they were", script).await;
}

#[tokio::test]
async fn someone_elses_numbers_can_be_taken_over() {
    let page = with_own_numbers().await;
    page.visit(THEIRS).await;
    page.browser.click("#keep-these").await;
    assert!(!bar_is_shown(&page).await);
    page.browser
        .wait_until("they are kept", "return JSON.stringify(localStorage).includes('size=2')")
        .await;
    page.visit("").await;
    assert_eq!(page.value("coin").await, "BTC");
}

#[tokio::test]
async fn a_first_visit_by_a_link_asks_nothing() {
    let page = Page::open(THEIRS).await;
    assert!(!bar_is_shown(&page).await);
    page.reload().await;
    assert!(!bar_is_shown(&page).await);
}

#[tokio::test]
async fn ones_own_link_come_back_asks_nothing() {
    let page = with_own_numbers().await;
    let link = page.browser.ask_text("return location.search").await;
    page.visit(&link).await;
    assert!(!bar_is_shown(&page).await);
}

/// What another tab of the same reader keeps meanwhile.
const OTHER_TAB: &str =
    "const key = Object.keys(localStorage).find(key => localStorage[key].includes('size=7'));
    localStorage.setItem(key, localStorage[key].replace('size=7', 'size=9'))";

#[tokio::test]
async fn a_tab_that_is_left_does_not_undo_what_another_has_kept() {
    let page = with_own_numbers().await;
    page.browser.ask(OTHER_TAB).await;
    page.visit("").await;
    assert_eq!(page.value("size").await, "9");
}

#[tokio::test]
async fn what_comes_back_is_what_was_kept_last_in_any_tab() {
    let page = with_own_numbers().await;
    page.visit(THEIRS).await;
    page.browser.ask(OTHER_TAB).await;
    page.browser.click("#back-to-mine").await;
    assert_eq!(page.value("size").await, "9");
}
