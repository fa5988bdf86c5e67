//! What a reader takes along and brings back: prose, figures, pictures, scenario files.

use browser_tests::page::{Page, plain};
use serde_json::{Value, json};

/// Remembers what the page copies and saves instead of doing it.
const CATCH: &str = "
    window.taken = [];
    Object.defineProperty(navigator, 'clipboard', { value: {
        writeText: async text => { window.taken.push({ text }); } } });
    HTMLAnchorElement.prototype.click = function () {
        const name = this.download;
        window.taken.push(fetchBlob(this.href).then(blob => blob.arrayBuffer()).then(bytes => ({
            name, bytes: [...new Uint8Array(bytes)] })));
    };
    const blobs = new Map(), make = URL.createObjectURL;
    URL.createObjectURL = blob => { const url = make(blob); blobs.set(url, blob); return url; };
    const fetchBlob = async url => blobs.get(url);";

async fn page_with_chapter() -> Page {
    let page = Page::open("").await;
    page.browser.ask(CATCH).await;
    page.browser.click("#share summary").await;
    page
}

/// Presses a button of the chapter and returns what came of it.
async fn take(page: &Page, what: &str) -> Value {
    page.browser.ask("window.taken.length = 0").await;
    page.browser.click(&format!("[data-share={what}]")).await;
    page.browser.wait_until("something is handed over", "return window.taken.length").await;
    let script = "const done = arguments[0]; window.taken[0].then
        ? window.taken[0].then(done) : done(window.taken[0]);";
    page.browser.client.execute_async(script, Vec::new()).await.expect("the page hands it over")
}

fn text_of(taken: &Value) -> String {
    let bytes = taken["bytes"].as_array().expect("a file has bytes");
    let bytes =
        bytes.iter().map(|byte| u8::try_from(byte.as_u64().expect("a byte")).expect("a byte"));
    String::from_utf8(bytes.collect()).expect("the file is text")
}

async fn said(page: &Page) -> String {
    plain(&page.browser.ask_text("return document.getElementById('share-say').textContent").await)
}

async fn open_text(page: &Page, text: &str) -> String {
    let script = "document.getElementById('share-say').textContent = '';
        document.getElementById('scenario-text').value = arguments[0];
        document.querySelector('[data-share=text]').click();";
    page.browser.ask_with(script, vec![json!(text)]).await;
    let script = "return document.getElementById('share-say').textContent";
    page.browser.wait_until("the page says what became of it", script).await;
    said(page).await
}

#[tokio::test]
async fn the_answer_and_the_figures_can_be_copied() {
    let page = page_with_chapter().await;
    let taken = take(&page, "sentence").await;
    let copied = plain(taken["text"].as_str().expect("text was copied"));
    assert!(copied.starts_with(&page.sentence().await), "{copied}");
    page.browser
        .wait_until("it says so", "return document.getElementById('share-say').textContent")
        .await;
    assert_eq!(said(&page).await, "Copied.");
    let figures = take(&page, "copy-figures").await;
    let rows = figures["text"].as_str().expect("text was copied");
    assert!(rows.contains(&format!("Liquidation price,{},USDT", page.answer().await)), "{rows}");
    page.assert_quiet_console().await;
}

#[tokio::test]
async fn a_saved_scenario_brings_the_same_page_back() {
    let page = page_with_chapter().await;
    page.type_into("size", "41.5").await;
    page.leave_field().await;
    let before = page.sentence().await;
    let saved = take(&page, "scenario").await;
    assert_eq!(saved["name"], "scenario.json");
    page.browser.ask("document.getElementById('preset-article').click()").await;
    assert_ne!(page.sentence().await, before);
    assert_eq!(open_text(&page, &text_of(&saved)).await, "Opened. Undo brings your numbers back.");
    assert_eq!(page.sentence().await, before);
    page.browser.click("#undo").await;
    assert_eq!(page.value("coin").await, "BTC");
}

#[tokio::test]
async fn a_file_can_be_dropped_on_the_page_or_pasted() {
    let page = page_with_chapter().await;
    let saved = text_of(&take(&page, "scenario").await);
    let twenty = saved.replace("\"leverage\": \"10\"", "\"leverage\": \"20\"");
    let script = "const data = new DataTransfer();
        data.items.add(new File([arguments[0]], 'mine.json'));
        const event = name => document.getElementById('instrument').dispatchEvent(
            new DragEvent(name, { dataTransfer: data, bubbles: true, cancelable: true }));
        return [event('dragover'), event('drop')];";
    let taken = page.browser.ask_with(script, vec![json!(twenty)]).await;
    assert_eq!(taken, json!([false, false]), "the browser would have opened the file itself");
    page.browser
        .wait_until("it is opened", "return document.getElementById('leverage').value === '20'")
        .await;
    // Engines differ in how a script makes such an event; what the page reads of it is the same.
    let script = "const text = arguments[0], event = new Event('paste', { bubbles: true });
        Object.defineProperty(event, 'clipboardData', { value: { getData: () => text } });
        document.body.dispatchEvent(event);";
    page.browser.ask_with(script, vec![json!(saved)]).await;
    page.browser
        .wait_until("it is opened", "return document.getElementById('leverage').value === '10'")
        .await;
}

#[tokio::test]
async fn what_is_no_scenario_changes_nothing_and_is_explained() {
    let page = page_with_chapter().await;
    let before = page.sentence().await;
    let hostile = "<!doctype html><script>document.title = 'taken'</script>";
    let nested = "[".repeat(100_000);
    let rows = [
        (hostile, "This is not JSON"),
        (&nested, "This is not JSON"),
        ("", "There is no scenario: the text is empty"),
        (r#"{"version": 2}"#, "version \"2\" is not known"),
        (r#"{"version": 1, "__proto__": {"polluted": true}}"#, "__proto__"),
        (
            r#"{"version": 1, "margin_mode": "cross", "wallet_balance": "100",
                "markets": {"BTCUSDT": {"venue": "binance-usdm"}},
                "positions": [{"market": "BTCUSDT", "side": "long", "quantity": "1",
                    "entry_price": "60000", "leverage": "10"}]}"#,
            "Its margin is cross",
        ),
    ];
    for (text, expected) in rows {
        let said = open_text(&page, text).await;
        assert!(said.starts_with("Not opened; your numbers are as they were."), "{said}");
        assert!(said.contains(expected), "{expected}: {said}");
        assert_eq!(page.sentence().await, before);
    }
    let script = "return [document.title, ({}).polluted === undefined]";
    assert_eq!(page.browser.ask(script).await, json!(["Maintenance margin calculator", true]));
    page.assert_quiet_console().await;
}

#[tokio::test]
async fn a_file_of_fifty_megabytes_is_not_read() {
    let page = page_with_chapter().await;
    let script = "const data = new DataTransfer();
        data.items.add(new File([new Uint8Array(50 * 1024 * 1024)], 'large.json'));
        document.body.dispatchEvent(
            new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));";
    page.browser.ask(script).await;
    let script = "return document.getElementById('share-say').textContent.includes('4 MiB')";
    page.browser.wait_until("it says how large a file may be", script).await;
    assert!(page.has_class("#share-say", "problem").await);
}

#[tokio::test]
async fn nothing_is_handed_over_while_a_field_cannot_be_read() {
    let page = page_with_chapter().await;
    page.type_into("size", "lots").await;
    for what in ["sentence", "figures", "svg", "scenario"] {
        page.browser.click(&format!("[data-share={what}]")).await;
        let script =
            "return document.getElementById('share-say').textContent.includes('cannot be read')";
        page.browser.wait_until("it says why", script).await;
        page.browser.ask("document.getElementById('share-say').textContent = ''").await;
    }
    assert_eq!(page.browser.ask("return window.taken.length").await, json!(0));
}

#[tokio::test]
async fn the_picture_is_whole_without_the_page() {
    let page = page_with_chapter().await;
    let svg = text_of(&take(&page, "svg").await);
    assert!(svg.starts_with("<svg ") && svg.contains("What you must keep"), "{}", &svg[..200]);
    for outside in [" class=", "var(--", "<script", "http://127", "href="] {
        assert!(!svg.contains(outside), "the picture relies on {outside}");
    }
    let png = take(&page, "png").await;
    let bytes = png["bytes"].as_array().expect("an image has bytes");
    assert_eq!(bytes[..4], [json!(0x89), json!(0x50), json!(0x4e), json!(0x47)]);
    assert!(bytes.len() > 20_000, "{} bytes are no picture", bytes.len());
    page.assert_quiet_console().await;
}
