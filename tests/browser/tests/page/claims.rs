//! The companion of claims, which is fetched when it is opened: every card, its button and its link.

use browser_tests::axe;
use browser_tests::browser::Browser;
use browser_tests::page::{Page, plain};
use browser_tests::places;
use browser_tests::site::Site;
use serde_json::json;

const OPEN: &str = "document.getElementById('story-claims').open = true";
const IS_THERE: &str = "return document.querySelectorAll('.claim .figure p').length === 24";

async fn page_with_claims(query: &str) -> Page {
    let page = Page::open(query).await;
    page.browser.ask(OPEN).await;
    page.browser.wait_until("the cards are there", IS_THERE).await;
    page
}

async fn fetched(page: &Page) -> Vec<String> {
    let names = page.site.requests().into_iter().map(|request| format!("{request:?}"));
    names.filter(|name| name.contains("story-")).collect()
}

#[tokio::test]
async fn nothing_of_it_is_fetched_before_it_is_opened() {
    let page = Page::open("").await;
    let peek = page.text("#claims-peek").await;
    assert_eq!(peek, "an article’s 24 claims, one by one");
    // The worker keeps everything once the page is idle: what the page itself asked for is what counts.
    let asked = "return performance.getEntriesByType('resource').filter(it => it.name.includes('story-')).length";
    assert_eq!(page.browser.ask(asked).await, json!(0));
    page.browser.click("#story-claims summary").await;
    page.browser.wait_until("the cards are there", IS_THERE).await;
    assert_ne!(page.browser.ask(asked).await, json!(0));
    assert_eq!(page.text("#claims-peek").await, "16 of 24 claims are right as they stand");
    page.browser.click("#story-claims summary").await;
    let restored =
        format!("return document.getElementById('claims-peek').textContent === '{peek}'");
    page.browser.wait_until("a closed chapter says what it said", &restored).await;
    assert!(!fetched(&page).await.is_empty());
    page.assert_quiet_console().await;
}

/// What each claim's numbers show on the page.
#[tokio::test]
async fn every_card_opens_its_numbers() {
    let page = page_with_claims("").await;
    let keys =
        "return [...document.querySelectorAll('.claim')].map(it => it.id.slice('claim-'.length))";
    let keys: Vec<String> = serde_json::from_value(page.browser.ask(keys).await).expect("names");
    assert_eq!(keys.len(), 24);
    for key in keys {
        let figure = page.text(&format!("#claims-{key}-figure")).await;
        page.browser.click(&format!("#claims-{key}-open")).await;
        let pressed =
            format!("return document.getElementById('claims-{key}-open').ariaPressed === 'true'");
        page.browser.wait_until("the button says that its numbers are in place", &pressed).await;
        let answer = page.answer().await;
        let expected = match key.as_str() {
            "a2" => "already past",
            "a5" => "87 517.9",
            // (780 x 87 959.9 x 1.05 + 482 000) / (780 x 1.025): beyond 70 million.
            "c3" => "90 708.1",
            "d1" => "86 546.9",
            "d2" => "87 430.1",
            "e1" => "86 546.9",
            "e2" => "96 370.4",
            _ => "79 481.9",
        };
        assert_eq!(answer, expected, "{key}");
        // Cards that speak of the closing price of the page's own numbers.
        if ["a1", "b1", "b4", "b5", "c1", "d4", "e1", "e4"].contains(&key.as_str()) {
            assert!(figure.contains(&answer), "{key}: {figure}");
        }
        let other = "return [...document.querySelectorAll('.claim [aria-pressed=true]')].length";
        assert!(page.browser.ask(other).await.as_u64() > Some(0));
    }
    page.assert_quiet_console().await;
}

/// A press puts the chapter as the card says, whether it was never open, is open or was closed again, and
/// whatever the reader did in it before.
#[tokio::test]
async fn a_card_s_chapter_shows_what_the_card_says() {
    // The card, what a control of the chapter then holds, and what stands in the card and the chapter.
    let rows = [
        ("b1", "mark-wild", "true", "mark-says", "The mark never goes below 87 959.9,"),
        ("b2", "mark-last", "88100", "mark-formula", "88 100.0"),
        ("b5", "after-path-flash", "true", "after-outcome", "losed at 4:03"),
        ("c1", "after-venue", "article", "after-outcome", "t stays open"),
        ("c2", "after-freed", "position", "after-outcome", "t stays open"),
        ("c3", "after-path-bleed", "true", "after-outcome", "132.27279942"),
        ("c4", "after-venue", "kraken-linear", "after-outcome", "18.37 of 879.60 comes back"),
        ("c5", "after-venue", "binance-usdm", "after-log", "99.18"),
        ("d5", "changing-oi", "37.5", "changing-oi-says", "51 %"),
        ("e1", "changing-times", "2", "changing-pairs", "86 895.9"),
        (
            "e4",
            "after-venue",
            "bybit-linear",
            "after-final",
            "At 4:13 the mark is back at 79 495.6",
        ),
    ];
    let page = page_with_claims("").await;
    for was_open in [false, true] {
        for (key, control, value, place, figure) in rows {
            let (chapter, _) = control.split_once('-').expect("a chapter's name");
            if !was_open && key.starts_with(['c', 'e']) {
                let close = format!("document.getElementById('story-{chapter}').open = false");
                page.browser.ask(&close).await;
            }
            page.browser.click(&format!("#claims-{key}-open")).await;
            let shown = format!(
                "const it = document.getElementById('{control}');
                const text = document.getElementById('{place}')?.textContent ?? '';
                return (it?.getAttribute('aria-pressed') ?? it?.value) === '{value}'
                    && text.replace(/\\s/g, ' ').includes('{figure}')"
            );
            page.browser.wait_until(&format!("{key}: {place} says {figure}"), &shown).await;
            let card = page.text(&format!("#claims-{key}-figure")).await;
            assert!(card.contains(figure), "{key}: {card}");
            let focused = "return document.activeElement.parentElement.id";
            assert_eq!(page.browser.ask(focused).await, json!(format!("story-{chapter}")), "{key}");
        }
        // What stands in the way of the second round.
        page.browser.ask("document.getElementById('after-world').open = true").await;
        let fields = ["after-bid1", "after-dwell", "mark-last", "changing-oi", "changing-times"];
        for field in fields {
            page.type_into(field, "9").await;
        }
        page.browser.click("#mark-slow").await;
    }
    page.assert_quiet_console().await;
}

#[tokio::test]
async fn a_card_s_numbers_are_one_step_to_undo() {
    let page = page_with_claims("?preset=alt&lev=7").await;
    let before = page.sentence().await;
    page.browser.click("#claims-d2-open").await;
    page.browser
        .wait_until(
            "they are in place",
            "return document.getElementById('leverage').value === '100'",
        )
        .await;
    page.browser.click("#undo").await;
    assert_eq!(page.sentence().await, before);
}

#[tokio::test]
async fn at_100_times_each_exchange_says_its_own_distance() {
    let page = page_with_claims("?num=comma").await;
    let rows = page.text("#claims-d2-figure").await;
    for row in ["0.60 % Binance USDS-M, April 2026", "0.67 % Bybit", "0.55 % OKX"] {
        assert!(rows.contains(row), "{rows}");
    }
    assert!(page.text("#claims-d2-why").await.contains("by 0.50 % to 0.67 %"));
    // The page's own distance is that of the rules it shows.
    page.browser.click("#claims-d2-open").await;
    page.browser
        .wait_until(
            "they are in place",
            "return document.getElementById('leverage').value === '100'",
        )
        .await;
    assert!(page.sentence().await.ends_with("0.60 % below entry."), "{}", page.sentence().await);
    assert_eq!(page.value("numbers").await, "comma", "the reader's number style stays");
    assert_eq!(page.answer().await, "87,430.1");
}

#[tokio::test]
async fn a_link_opens_the_chapter_at_its_card() {
    let page = Page::open("#claim-d2").await;
    page.browser.wait_until("the cards are there", IS_THERE).await;
    let seen =
        "const { top, bottom } = document.getElementById('claim-d2').getBoundingClientRect();
        return top >= -1 && top < innerHeight && bottom > 0";
    page.browser.wait_until("the card is in view", seen).await;
    let focused = "return document.activeElement.parentElement.id";
    assert_eq!(page.browser.ask(focused).await, json!("story-claims"));
    // From within the page.
    page.browser.ask("location.hash = '#claim-a1'").await;
    let seen = seen.replace("d2", "a1");
    page.browser.wait_until("the other card is in view", &seen).await;
    page.browser
        .ask("document.getElementById('story-claims').open = false; location.hash = '#claims'")
        .await;
    let open = "return document.getElementById('story-claims').open";
    page.browser.wait_until("it is open again", open).await;
}

#[tokio::test]
async fn a_card_s_link_can_be_copied_and_holds_nobody_s_numbers() {
    let page = page_with_claims("?preset=btc&lev=33").await;
    let script = "window.copied = []; Object.defineProperty(navigator, 'clipboard', { value: {
        writeText: async text => { window.copied.push(text); } } });";
    page.browser.ask(script).await;
    page.browser.click("#claim-d2 [data-copy]").await;
    page.browser.wait_until("it is copied", "return window.copied.length === 1").await;
    let link = page.browser.ask_text("return window.copied[0]").await;
    assert_eq!(link, format!("{}#claim-d2", page.site.address()));
    let words =
        "return document.querySelector('#claim-d2 [data-copy]').textContent.startsWith('Copied')";
    page.browser.wait_until("the link says so", words).await;
}

#[tokio::test]
async fn a_closed_chapter_is_not_told_anything() {
    let page = page_with_claims("").await;
    let told = "return document.getElementById('story').dataset.query";
    let before = page.browser.ask(told).await;
    page.browser.ask("document.getElementById('story-claims').open = false").await;
    let silent = "return !('told' in document.getElementById('story').dataset)";
    page.browser.wait_until("nobody listens", silent).await;
    page.type_into("leverage", "33").await;
    assert_eq!(page.browser.ask(told).await, before);
    page.browser.ask(OPEN).await;
    let news = "return document.getElementById('story').dataset.query.includes('lev=33')";
    page.browser.wait_until("it is told again", news).await;
    page.assert_quiet_console().await;
}

#[tokio::test]
async fn while_a_field_cannot_be_read_the_chapter_is_visibly_stale() {
    let page = page_with_claims("").await;
    page.type_into("leverage", "x").await;
    assert!(page.has_class("#story", "stale").await);
    page.type_into("leverage", "12").await;
    assert!(!page.has_class("#story", "stale").await);
}

#[tokio::test]
async fn where_it_cannot_be_fetched_it_says_so_and_tries_again() {
    let page = Page::open("").await;
    let block =
        "window.real = fetch; window.fetch = () => Promise.reject(new TypeError('no network'))";
    page.browser.ask(block).await;
    page.browser.click("#story-claims summary").await;
    let said = "return document.querySelector('#story-claims .lost').checkVisibility()";
    page.browser.wait_until("it says that it could not be fetched", said).await;
    page.browser.ask("window.fetch = window.real").await;
    page.browser.click("#story-claims [data-again]").await;
    page.browser.wait_until("the cards are there", IS_THERE).await;
}

#[tokio::test]
async fn without_a_script_the_chapter_says_what_it_holds() {
    let site = Site::serve(&places::dist());
    let browser = Browser::start().await;
    browser.go_without_scripts(&site.address()).await;
    let text = "return document.getElementById('claims-body').textContent";
    let words = plain(&browser.ask_text(text).await);
    assert!(words.contains("claim by claim") && words.contains("Needs WebAssembly"), "{words}");
}

#[tokio::test]
async fn the_cards_fit_a_narrow_page_and_are_in_order_for_those_who_hear_them() {
    let page = Page::open("").await;
    page.browser.set_size(360, 800).await;
    page.visit("").await;
    page.browser.ask(OPEN).await;
    page.browser.wait_until("the cards are there", IS_THERE).await;
    let wide =
        "return [...document.querySelectorAll('#claims-body *')].filter(it => !it.closest('.vh')
        && it.getBoundingClientRect().right > document.documentElement.clientWidth + 0.5).length";
    assert_eq!(page.browser.ask(wide).await, json!(0));
    let small = "return [...document.querySelectorAll('#claims-body :is(button, a)')].filter(it => {
        const { width, height } = it.getBoundingClientRect(); return width < 24 || height < 24 }).length";
    assert_eq!(page.browser.ask(small).await, json!(0), "targets below 24 pixels");
    let levels = "return [...document.querySelectorAll('#story-claims :is(h2, h3, h4)')].map(it => +it.tagName[1])";
    let levels: Vec<u8> = serde_json::from_value(page.browser.ask(levels).await).expect("numbers");
    let steps = levels.windows(2).all(|pair| pair[1] <= pair[0] + 1);
    assert!(steps, "{levels:?}");
    let broken = axe::violations(&page.browser).await;
    assert!(broken.is_empty(), "{broken:#?}");
}

#[tokio::test]
async fn an_open_chapter_is_printed_and_its_buttons_are_not() {
    let page = page_with_claims("").await;
    page.browser.set_media("print", &[]).await;
    let seen = "return ['.claim .says', '.claim .figure', '.claim .judged', '.claim .button', '.claim .textbutton']
        .map(it => document.querySelector(it).checkVisibility()).join()";
    assert_eq!(page.browser.ask_text(seen).await, "true,true,true,false,false");
}
