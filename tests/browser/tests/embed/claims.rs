//! One claim's card beside an article.

use serde_json::{Value, json};

use crate::stage::{Stage, page};

const CARD: &str = "return !!document.getElementById('claim-card')";
const NOTE: &str = "const note = document.getElementById('link-note'); return note.checkVisibility() ? note.innerText.trim() : ''";
const SEEN: &str = "return [...document.querySelectorAll('main > *')].filter(it => it.checkVisibility()).map(it => it.id || it.className).join()";

fn frame(query: &str) -> String {
    page(&format!(
        "<iframe id=calc width=360 height=600 src=\"{{app}}?view=embed{query}\"></iframe>"
    ))
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().replace(['\u{202f}', '\u{a0}'], " ")
}

#[tokio::test]
async fn a_frame_can_hold_a_card_alone() {
    let stage = Stage::open(&frame("&claim=d2")).await;
    stage.wait_in("calc", "the card is there", CARD).await;
    assert_eq!(stage.ask_in("calc", SEEN).await, json!("claim-card"));
    let words = "return document.getElementById('claim-card').innerText";
    let words = text(&stage.ask_in("calc", words).await);
    for part in ["At 100× a move of 0.75 %", "Understated", "by 0.50 % to 0.67 %", "Source: "] {
        assert!(words.contains(part), "{part}: {words}");
    }
    assert_eq!(stage.ask_in("calc", NOTE).await, json!(""));
    let wide = "return document.documentElement.scrollWidth <= innerWidth";
    assert_eq!(stage.ask_in("calc", wide).await, json!(true), "it does not fit 360 pixels");
    let link = "const a = document.querySelector('#claim-card a');
        return a.hash === '#claim-d2' && a.target === '_blank' && a.rel.includes('noopener')
            && !a.search.includes('view') && a.href";
    let href = stage.ask_in("calc", link).await;
    stage.browser.go(href.as_str().unwrap_or_default()).await;
    let there =
        "return document.getElementById('claim-d2')?.getBoundingClientRect().top < innerHeight
        && document.getElementById('leverage').value === '100'";
    stage.browser.wait_until("the full page opens at the card, with its numbers", there).await;
}

#[tokio::test]
async fn numbers_are_written_as_the_link_asks() {
    let stage = Stage::open(&frame("&claim=b3&num=point")).await;
    stage.wait_in("calc", "the card is there", CARD).await;
    let words = "return document.getElementById('claim-card').innerText";
    assert!(text(&stage.ask_in("calc", words).await).contains("1.275,59"));
}

#[tokio::test]
async fn what_names_no_claim_is_left_out_and_named() {
    let mut stage = Stage::open(&page("")).await;
    for (query, named) in [
        ("&claim=z9", "claim=z9 was left out."),
        ("&claim=", "claim was left out."),
        ("&claim=D2", "claim=D2 was left out."),
        ("&claim=e5", "claim=e5 was left out."),
        ("&claim=d2&claim=e1", "claim=d2, claim=e1 was left out."),
        (
            "&claim=%3Cimg%20src=x%20onerror=hacked=1%3E",
            "claim=<img src=x onerror=hacke… was left out.",
        ),
    ] {
        stage.show(&frame(query)).await;
        let framed = "return document.documentElement.dataset.framed === 'true'
            && !('claim' in document.documentElement.dataset)";
        stage.wait_in("calc", "it shows the calculator", framed).await;
        assert_eq!(stage.ask_in("calc", NOTE).await, json!(named), "{query}");
        let works = "return document.getElementById('answer').checkVisibility() && !window.hacked";
        assert_eq!(stage.ask_in("calc", works).await, json!(true), "{query}");
    }
}

#[tokio::test]
async fn the_element_has_it_as_an_attribute_and_grows_with_it() {
    let stage =
        Stage::open(&page("<margin-calculator id=calc claim=a4></margin-calculator>")).await;
    let tall = "return document.getElementById('calc').getBoundingClientRect().height > 320";
    stage.browser.wait_until("the frame is as high as the card", tall).await;
    let before = "return document.getElementById('calc').getBoundingClientRect().height";
    let before = stage.browser.ask(before).await;
    stage.browser.ask("document.getElementById('calc').setAttribute('claim', 'e3')").await;
    let lower = format!(
        "const now = document.getElementById('calc').getBoundingClientRect().height; return now !== 300 && now < {before}"
    );
    stage.browser.wait_until("another card has another height", &lower).await;
    stage.browser.ask("document.getElementById('calc').removeAttribute('claim')").await;
    let figures =
        "return document.getElementById('calc').result?.figures.liquidation_price === '79481.9'";
    stage.browser.wait_until("without one it is the calculator", figures).await;
}
