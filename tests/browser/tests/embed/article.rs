//! The demo article: three calculators, links and figures in its prose.

use fantoccini::key::Key;
use serde_json::json;

use crate::stage::{Stage, demo_article};

const ALL: [&str; 3] = ["first", "second", "third"];

async fn opened() -> Stage {
    let stage = Stage::open(&demo_article()).await;
    stage.wait_for(&ALL).await;
    stage
}

async fn text(stage: &Stage, id: &str) -> String {
    let text = stage
        .browser
        .ask_text(&format!("return document.getElementById('{id}').textContent"))
        .await;
    browser_tests::page::plain(&text)
}

#[tokio::test]
async fn each_calculator_has_its_own_numbers() {
    let stage = opened().await;
    for (id, coin, side) in
        [("first", "BTC", "long"), ("second", "ZEC", "long"), ("third", "BTC", "short")]
    {
        stage.wait_for_part(id, "coin", coin).await;
        stage.wait_for_part(id, "side", side).await;
    }
    stage
        .browser
        .ask("document.getElementById('second').set({ leverage: '5', quantity: '7' })")
        .await;
    stage.wait_for_part("second", "lev", "5").await;
    stage.wait_for_part("second", "size", "7").await;
    stage.wait_for_part("first", "lev", "10").await;
    stage.wait_for_part("third", "lev", "20").await;
    stage.assert_among_themselves();
}

#[tokio::test]
async fn a_link_in_the_prose_moves_the_calculator_it_speaks_of() {
    let stage = opened().await;
    stage.wait_for_part("first", "liquidation_price", "79481.9").await;
    stage.browser.ask("document.getElementById('first').scrollIntoView()").await;
    stage.browser.click("#fifty").await;
    stage.wait_for_part("first", "lev", "50").await;
    assert_eq!(text(&stage, "first-price").await, "86 546.9");
    assert_eq!(text(&stage, "first-room").await, "1 413.0");
    // The same by the keyboard.
    stage.browser.focus("a[href$='lev=3']").await;
    stage.browser.press(&[], Key::Enter).await;
    stage.wait_for_part("first", "lev", "3").await;
    let address = stage.browser.ask_text("return location.href").await;
    assert_eq!(address, stage.host.origin() + "/host.html");
    // Without the script it is a link like any other.
    let href = stage.browser.ask_text("return document.getElementById('fifty').href").await;
    assert_eq!(href, stage.app.address() + "?preset=btc&lev=50");
}

#[tokio::test]
async fn a_reader_who_drags_in_the_frame_changes_the_prose() {
    let stage = opened().await;
    stage.browser.ask("document.getElementById('first').scrollIntoView()").await;
    stage.enter("first").await;
    // WebKit lets nobody focus anything in a frame that was never touched.
    stage.browser.click("#answer-text").await;
    stage.browser.focus("#leverage-slider").await;
    stage.browser.press(&[], Key::PageUp).await;
    stage.leave().await;
    stage.wait_for_part("first", "lev", "15").await;
    let sentence = "return document.getElementById('first').result.sentence";
    let sentence = browser_tests::page::plain(&stage.browser.ask_text(sentence).await);
    assert!(
        sentence.starts_with("A long of 0.1 BTC opened at 87 959.9 with 15× is closed at 82"),
        "{sentence}"
    );
    assert!(sentence.ends_with("% below."), "{sentence}");
    let shown = text(&stage, "first-price").await.replace(' ', "");
    let figure = "return document.getElementById('first').result.figures.liquidation_price";
    assert_eq!(shown, stage.browser.ask_text(figure).await);
}

#[tokio::test]
async fn the_height_follows_what_is_unfolded() {
    let stage = opened().await;
    // A host's rules for frames do not reach it.
    let closed = stage.wait_for_height("first", "< 300").await;
    assert!(closed > 200.0, "{closed}");
    stage.browser.ask("document.getElementById('first').scrollIntoView()").await;
    stage.enter("first").await;
    stage.browser.click("#why summary").await;
    stage.leave().await;
    let open = stage.wait_for_height("first", "> 500").await;
    let inside =
        stage.ask_in("first", "return document.documentElement.scrollHeight <= innerHeight").await;
    assert_eq!(inside, json!(true), "the frame scrolls at {open}");
    stage.enter("first").await;
    stage.browser.click("#why summary").await;
    stage.leave().await;
    stage.wait_for_height("first", &format!("=== {closed}")).await;
}

#[tokio::test]
async fn the_frame_follows_the_host_from_day_to_night() {
    let stage = opened().await;
    let theme = "return document.documentElement.dataset.theme";
    assert_eq!(stage.ask_in("first", theme).await, json!("light"));
    stage.browser.ask("scrollTo(0, 0)").await;
    stage.browser.click("#night").await;
    for id in ALL {
        stage.wait_in(id, "it is dark", &format!("{theme} === 'dark'")).await;
    }
    // What was asked by the author holds, whatever the page does.
    stage.browser.ask("document.getElementById('first').setAttribute('theme', 'light')").await;
    stage.wait_in("first", "it is light", &format!("{theme} === 'light'")).await;
}

#[tokio::test]
async fn what_is_out_of_view_is_not_fetched() {
    let far = "<div style=\"height: 20000px\"></div><margin-calculator id=far></margin-calculator>";
    let stage = Stage::open(&crate::stage::page(far)).await;
    stage.browser.two_frames().await;
    let fetched: Vec<String> = stage.app.requests().into_iter().map(|it| it.target).collect();
    assert!(fetched.iter().all(|it| it.contains("embed.js")), "{fetched:?}");
    // What it is told before it is there is not lost.
    stage.browser.ask("document.getElementById('far').set({ leverage: '25' })").await;
    stage.wait_for(&["far"]).await;
    stage.wait_for_part("far", "lev", "25").await;
}
