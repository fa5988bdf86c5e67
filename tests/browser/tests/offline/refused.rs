//! What cannot be kept whole is not opened, and where nothing can be kept the page says nothing false.

use browser_tests::browser::Browser;
use browser_tests::page::Page;
use browser_tests::places;
use browser_tests::plan::Plan;
use serde_json::json;

use crate::version::{Version, caches, first_visit, line, lost, opened, wait_for};

const PLAIN: &str = "Runs in your browser. Nothing you type leaves this page.";

/// Waits until the worker of the version now served was read, and its installation came to an end.
async fn wait_until_tried(page: &Page) {
    let script = "const done = arguments[0];
        navigator.serviceWorker.getRegistration().then(async registration => {
            await registration.update().catch(() => {});
            const worker = registration.installing;
            if (!worker) return done('none');
            worker.addEventListener('statechange', () => {
                if (worker.state !== 'installing') done(worker.state);
            });
        });";
    // A browser may have tried and failed already.
    let state = page.browser.client.execute_async(script, Vec::new()).await.expect("it is tried");
    assert_ne!(state, "installed", "half a version was taken for a whole one");
}

async fn assert_old_version_stands(page: &mut Page) {
    page.visit("").await;
    wait_until_tried(page).await;
    wait_for(&page.browser, "ready").await;
    assert!(!page.browser.ask_text("return document.title").await.starts_with("Later"));
    page.site.stop();
    page.browser.go("about:blank").await;
    page.visit("").await;
    assert_eq!(lost(&page.browser, Version::built().files()).await, "");
    assert_eq!(caches(&page.browser).await.len(), 1, "something of the failed version is left");
}

#[tokio::test]
async fn a_new_version_with_a_file_missing_changes_nothing() {
    let mut page = opened("").await;
    let later = Version::later(&page.browser, "Later").await;
    page.site.start_again(Plan::of(&later.folder).without("share-0123456789abcdef.wasm"));
    assert_old_version_stands(&mut page).await;
}

#[tokio::test]
async fn a_new_version_with_a_file_of_another_changes_nothing() {
    let mut page = opened("").await;
    let later = Version::later(&page.browser, "Later").await;
    // As a host may do half-way through an upload: the page is there, and it is not the listed one.
    later.write("index.html", &later.read("index.html").replacen("Later", "Later, half-way", 1));
    page.site.start_again(Plan::of(&later.folder));
    assert_old_version_stands(&mut page).await;
}

#[tokio::test]
async fn a_first_version_that_cannot_be_kept_whole_is_not_kept() {
    let version = Version::built();
    let share = version.named("share-", ".wasm");
    std::fs::write(version.folder.join(share), b"half of it").expect("it can be written");
    // What the line said, from the start: it may say that it saves for a moment only.
    let watch = "window.states = [];
        new MutationObserver(() => states.push(document.documentElement.dataset.offline ?? 'none'))
            .observe(document, { subtree: true, attributeFilter: ['data-offline'] });";
    let page = first_visit(Plan::of(&version.folder).first_script(watch), "").await;
    let gave_up = "return states.includes('saving') && states.at(-1) === 'none'";
    page.browser.wait_until("the page tried to be kept and gave up", gave_up).await;
    let script = "const done = arguments[0]; let looks = 0;
        const look = () => navigator.serviceWorker.getRegistration().then(async found => {
            if (!found?.installing && (await caches.keys()).length === 0) return done(Boolean(found?.active));
            if ((looks += 1) > 100) return done('still installing');
            setTimeout(look, 50);
        });
        look();";
    let active = page.browser.client.execute_async(script, Vec::new()).await.expect("it answers");
    assert_eq!(active, json!(false));
    assert_eq!(line(&page.browser).await, PLAIN);
}

#[tokio::test]
async fn in_a_frame_nothing_is_kept() {
    let plan = Plan::of(&places::dist()).page(
        "/article.html",
        "<!doctype html><title>Article</title><iframe src='some/path/'></iframe>",
    );
    let site = plan.start();
    let browser = Browser::start().await;
    browser.go(&(site.origin() + "/article.html")).await;
    let ready = "return document.querySelector('iframe').contentDocument?.documentElement.dataset.ready === 'true'";
    browser.wait_until("the framed page is ready", ready).await;
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    let script = "const done = arguments[0];
        navigator.serviceWorker.getRegistrations().then(all => done(all.length));";
    let found = browser.client.execute_async(script, Vec::new()).await.expect("it answers");
    assert_eq!(found, json!(0));
    assert!(site.requests().iter().all(|request| !request.target.contains("sw.js")));
}

#[tokio::test]
async fn where_workers_are_forbidden_the_page_works_and_says_nothing_false() {
    let plan = Plan::of(&places::dist()).first_script(
        "Object.defineProperty(navigator, 'serviceWorker', {
            get() { throw new DOMException('The operation is insecure.', 'SecurityError'); } });",
    );
    let page = Page::open_from(Browser::start().await, plan, "").await;
    let asked =
        "return performance.getEntriesByType('resource').some(e => e.name.includes('offline-'))";
    page.browser.wait_until("the page tried to be kept", asked).await;
    page.browser.two_frames().await;
    assert_eq!(line(&page.browser).await, PLAIN);
    page.assert_quiet_console().await;
}
