//! What an address or an attribute may ask of an embed, and what it may not.

use serde_json::json;

use crate::stage::{Stage, page};

fn plain(query: &str) -> String {
    page(&format!(
        "<iframe id=calc width=360 height=300 src=\"{{app}}?view=embed{query}\"></iframe>"
    ))
}

async fn opened(query: &str) -> Stage {
    let mut stage = Stage::open(&page("")).await;
    show(&mut stage, query).await;
    stage
}

async fn show(stage: &mut Stage, query: &str) {
    stage.show(&plain(query)).await;
    let framed = "return !!document.documentElement.dataset.framed";
    stage.wait_in("calc", "it shows itself", framed).await;
}

const ROWS: &str = "return ['size-row', 'entry-row', 'leverage-row', 'mark-row', 'side-row']
    .filter(id => document.getElementById(id).checkVisibility()).join()";
const LOCKED: &str = "return [...document.querySelectorAll('main :disabled')].filter(e => e.checkVisibility()).map(e => e.id).join()";
const NOTE: &str = "const note = document.getElementById('link-note'); return note.checkVisibility() ? note.innerText.trim() : ''";

#[tokio::test]
async fn rows_are_shown_and_controls_are_locked_as_asked() {
    let mut stage = opened("").await;
    assert_eq!(stage.ask_in("calc", ROWS).await, json!("leverage-row"));
    assert_eq!(stage.ask_in("calc", LOCKED).await, json!(""));
    for (query, rows) in [
        ("&show=", ""),
        ("&show=mark", "mark-row"),
        ("&show=side,lev,size,entry,mark", "size-row,entry-row,leverage-row,mark-row,side-row"),
    ] {
        show(&mut stage, query).await;
        assert_eq!(stage.ask_in("calc", ROWS).await, json!(rows), "{query}");
        assert_eq!(stage.ask_in("calc", NOTE).await, json!(""), "{query}");
    }
    show(&mut stage, "&lock=size,entry,lev,mark,side&show=size,entry,lev,mark,side").await;
    let locked = stage.ask_in("calc", LOCKED).await;
    let locked: Vec<&str> = locked.as_str().unwrap_or_default().split(',').collect();
    for id in [
        "size",
        "entry",
        "leverage-word",
        "side-word",
        "leverage-slider",
        "mark",
        "size-field",
        "leverage-up",
    ] {
        assert!(locked.contains(&id), "{id} is free: {locked:?}");
    }
    let free = "return [...document.querySelectorAll('main :is(input, select, button)')].filter(e => e.checkVisibility() && !e.disabled).map(e => e.id).join()";
    assert_eq!(stage.ask_in("calc", free).await, json!(""), "something can still be changed");
}

#[tokio::test]
async fn the_opening_numbers_are_those_of_the_bitcoin_example_or_the_one_named() {
    let mut stage = Stage::open(&page("")).await;
    for (query, coin, side, leverage) in [
        ("", "BTC", "long", "10"),
        ("&lev=25", "BTC", "long", "25"),
        ("&preset=alt", "ZEC", "long", "10"),
        ("&preset=large-short&lev=5", "BTC", "short", "5"),
        ("&preset=article", "BTC", "long", "100"),
        ("&coin=ETH", "ETH", "long", "10"),
    ] {
        show(&mut stage, query).await;
        let seen = "return [document.getElementById('coin-word').textContent, document.getElementById('side-word').value, document.getElementById('leverage-word').value].join()";
        assert_eq!(
            stage.ask_in("calc", seen).await,
            json!(format!("{coin},{side},{leverage}")),
            "{query}"
        );
    }
}

#[tokio::test]
async fn what_cannot_be_used_is_named_in_one_line_at_the_foot() {
    let mut stage = Stage::open(&page("")).await;
    for (query, named) in [
        ("&flavour=vanilla", "flavour=vanilla was left out."),
        ("&show=lev,colour", "show=lev,colour was left out."),
        ("&lock=everything", "lock=everything was left out."),
        ("&theme=purple", "theme=purple was left out."),
        ("&side=up&lev=many", "side=up, lev=many was left out."),
        (
            "&size=%3Cimg%20src=x%20onerror=hacked=1%3E",
            "size=<img src=x onerror=hacke… was left out.",
        ),
        ("&__proto__=1", "__proto__=1 was left out."),
    ] {
        show(&mut stage, query).await;
        assert_eq!(stage.ask_in("calc", NOTE).await, json!(named), "{query}");
        let line = "const r = document.getElementById('link-note').getBoundingClientRect();
            return r.height < 30 && r.top > document.getElementById('why').getBoundingClientRect().top";
        assert_eq!(stage.ask_in("calc", line).await, json!(true), "{query}");
        let works = "return document.getElementById('answer-text').textContent.length > 4 && !window.hacked";
        assert_eq!(stage.ask_in("calc", works).await, json!(true), "{query}");
    }
    show(&mut stage, &format!("&size={}", "9".repeat(7_000))).await;
    let note = stage.ask_in("calc", NOTE).await;
    assert!(note.as_str().is_some_and(|note| note.contains("too long")), "{note}");
}

#[tokio::test]
async fn the_way_to_the_full_page_takes_the_numbers_along() {
    let stage = opened("&lev=25").await;
    stage.enter("calc").await;
    stage.browser.click("#leverage-up").await;
    let link = "const a = document.getElementById('full-link');
        return a.search.includes('lev=26') && !a.search.includes('view') && a.target === '_blank' && a.rel.includes('noopener') && a.href";
    let href = stage.browser.wait_until("the link follows", link).await;
    stage.leave().await;
    let href = href.as_str().unwrap_or_default();
    stage.browser.go(href).await;
    stage
        .browser
        .wait_until(
            "the full page opens",
            "return document.documentElement.dataset.ready === 'true'",
        )
        .await;
    let seen = "return [document.getElementById('leverage').value, document.getElementById('coin').value, document.documentElement.dataset.view ?? ''].join()";
    assert_eq!(stage.browser.ask_text(seen).await, "26,BTC,");
}

#[tokio::test]
async fn a_locked_leverage_is_not_offered_another() {
    let mut stage = opened("&lev=125&size=2000").await;
    let offered = "return document.getElementById('way-out').checkVisibility()";
    assert_eq!(stage.ask_in("calc", offered).await, json!(true));
    show(&mut stage, "&lev=125&size=2000&lock=lev").await;
    let refused = "return document.getElementById('answer').textContent.includes('refused')";
    stage.wait_in("calc", "it would be refused", refused).await;
    assert_eq!(stage.ask_in("calc", offered).await, json!(false));
}
