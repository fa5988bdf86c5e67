//! The page in one file, opened from disk as by a double click: all of it is there, nothing is asked for.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use std::{env, fs};

use browser_tests::browser::Browser;
use browser_tests::page::{Page, plain};
use browser_tests::places;
use browser_tests::plan::Plan;
use browser_tests::site::Site;
use serde_json::json;
use url::Url;

/// A reader's own copy, in a folder with a name as readers give them; it goes when dropped.
struct Copy {
    folder: PathBuf,
    page: Page,
}

impl Copy {
    /// Opens the built file, changed by `change`, in a browser whose only host is an empty one.
    async fn open(change: impl Fn(String) -> String) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = env::temp_dir().join(format!("my copy #{}-{number} 100%", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder can be made");
        let text = fs::read_to_string(places::dist().join("margin-calculator.html"));
        let file = folder.join("Margin (ä) 1.html");
        fs::write(&file, change(text.expect("the build made it"))).expect("a file can be written");
        let page =
            Page { browser: Browser::start_recording_network().await, site: nothing(&folder) };
        page.browser.go(&address(&file)).await;
        Self { folder, page }
    }

    async fn opened() -> Self {
        let copy = Self::open(|text| text).await;
        copy.page.wait_until_ready().await;
        copy
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        // It lies in the system's own place for temporary files.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn nothing(folder: &Path) -> Site {
    Plan::of(&folder.join("none")).start()
}

fn address(file: &Path) -> String {
    Url::from_file_path(file).expect("a whole path").to_string()
}

#[tokio::test]
async fn it_answers_as_the_hosted_page_does_and_asks_for_nothing() {
    let copy = Copy::opened().await;
    let page = &copy.page;
    let (sentence, figures) = (page.sentence().await, page.text(".figures").await);
    page.type_into("leverage-word", "20").await;
    page.leave_field().await;
    assert_ne!(page.sentence().await, sentence);
    page.assert_quiet_console().await;

    let asked = page
        .browser
        .ask_text("return performance.getEntriesByType('resource').map(e => e.name).join()");
    assert_eq!(asked.await, "");
    assert!(page.site.requests().is_empty(), "{:?}", page.site.requests());
    assert_eq!(page.browser.strangers(), Vec::<String>::new());
    if page.browser.has_devtools() {
        let file = page.browser.ask_text("return location.href.split(/[?#]/)[0]").await;
        for address in page.browser.network().await {
            let inside = ["data:", "blob:", "chrome", &file];
            assert!(
                inside.iter().any(|start| address.starts_with(start)),
                "it asked for {address}"
            );
        }
    }

    let hosted = Page::open("").await;
    assert_eq!((hosted.sentence().await, hosted.text(".figures").await), (sentence, figures));
}

#[tokio::test]
async fn its_policy_lets_nothing_out() {
    let copy = Copy::opened().await;
    let browser = &copy.page.browser;
    let policy = browser
        .ask_text(
            "return document.querySelector('meta[http-equiv=Content-Security-Policy]').content",
        )
        .await;
    assert!(policy.starts_with("default-src 'none'"), "{policy}");
    for source in ["'self'", "http", "'unsafe-inline'", "'unsafe-eval'", "*", "connect-src"] {
        assert!(!policy.contains(source), "{policy}");
    }
    let address = format!("{}/x", copy.page.site.origin());
    let script = "const [address, done] = arguments;
        const image = new Image(); image.src = address;
        fetch(address).then(() => done('fetched'), () => setTimeout(() => done('refused'), 200));";
    let said = browser.client.execute_async(script, vec![address.into()]).await.expect("it ends");
    assert_eq!(said, json!("refused"));
    assert!(copy.page.site.requests().is_empty(), "{:?}", copy.page.site.requests());
}

#[tokio::test]
async fn it_says_what_it_is() {
    let copy = Copy::opened().await;
    let browser = &copy.page.browser;
    let script = "return [...document.querySelectorAll('.offline > *')]
        .filter(e => e.checkVisibility({ visibilityProperty: true })).map(e => e.textContent).join()";
    assert_eq!(
        plain(&browser.ask_text(script).await),
        "Your own copy. It asks no one for anything."
    );
    browser.ask("document.getElementById('settings').open = true").await;
    let link = "return document.getElementById('save-copy').checkVisibility()";
    assert_eq!(browser.ask(link).await, json!(false), "it offers a file that is not there");
    let root = "return JSON.stringify([document.documentElement.dataset.copy, document.documentElement.dataset.offline ?? null])";
    assert_eq!(browser.ask_text(root).await, r#"["single",null]"#);
}

#[tokio::test]
async fn its_second_program_is_in_it() {
    let copy = Copy::opened().await;
    let browser = &copy.page.browser;
    browser.ask("document.getElementById('share').open = true").await;
    browser.click("#share button[data-share=sentence]").await;
    let said = "return document.getElementById('share-say').textContent";
    browser.wait_until("it says what became of the wish", said).await;
    assert_eq!(
        browser.ask("return document.getElementById('share-lost').hidden").await,
        json!(true)
    );
    copy.page.assert_quiet_console().await;
}

#[tokio::test]
async fn its_third_program_is_in_it() {
    let copy = Copy::opened().await;
    let browser = &copy.page.browser;
    browser.click("#story-claims summary").await;
    let cards = "return document.querySelectorAll('.claim .figure p').length === 24";
    browser.wait_until("the cards are there", cards).await;
    browser.click("#claims-d2-open").await;
    let leverage = "return document.getElementById('leverage').value === '100'";
    browser.wait_until("the numbers are in place", leverage).await;
    copy.page.assert_quiet_console().await;
}

#[tokio::test]
async fn a_link_and_a_theme_work_from_disk() {
    let copy = Copy::opened().await;
    let page = &copy.page;
    let file = page.browser.ask_text("return location.href.split(/[?#]/)[0]").await;
    page.browser.go(&(file + "?v=1&coin=BTC&size=2&entry=60000&lev=25&theme=dark")).await;
    page.wait_until_ready().await;
    assert_eq!(page.value("size").await, "2");
    assert_eq!(
        page.browser.ask("return document.documentElement.dataset.theme").await,
        json!("dark")
    );
}

#[tokio::test]
async fn it_survives_a_change_of_line_ends() {
    let copy = Copy::open(|text| text.replace('\n', "\r\n")).await;
    copy.page.wait_until_ready().await;
}

#[tokio::test]
async fn changed_by_anyone_it_does_not_run() {
    let copy = Copy::open(|text| {
        let (before, after) = text.rsplit_once("<script type=module>").expect("its program");
        format!("{before}<script type=module>document.documentElement.dataset.changed=1;{after}")
    });
    stays_still(copy.await).await;
    // What is packed, near its end: the script that starts the program.
    let copy = Copy::open(|text| {
        let end = text.rfind("</script><script type=module>").expect("what is packed");
        let (at, _) = text[..end].rmatch_indices('a').nth(20).expect("letters");
        format!("{}b{}", &text[..at], &text[at + 1..])
    });
    stays_still(copy.await).await;
}

async fn stays_still(copy: Copy) {
    // An untouched one has long started by then.
    tokio::time::sleep(Duration::from_secs(3)).await;
    let root = "return JSON.stringify([document.documentElement.dataset.changed ?? null, document.documentElement.dataset.ready ?? null])";
    assert_eq!(copy.page.browser.ask_text(root).await, "[null,null]");
    let answer = copy.page.text("#answer").await;
    assert!(!answer.is_empty(), "the still page is not there");
}
