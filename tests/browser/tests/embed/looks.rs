//! How an embed looks: it fits, in light and dark, with large text, by keyboard and for the checker.

use browser_tests::axe;
use fantoccini::key::Key;
use serde_json::json;

use crate::stage::{Stage, page};

fn plain(width: u32, query: &str) -> String {
    page(&format!(
        "<iframe id=calc width={width} height=300 style=\"border:0\" src=\"{{app}}?view=embed{query}\"></iframe>"
    ))
}

async fn opened(width: u32, query: &str) -> Stage {
    let mut stage = Stage::open(&page("")).await;
    show(&mut stage, width, query).await;
    stage
}

async fn show(stage: &mut Stage, width: u32, query: &str) {
    stage.show(&plain(width, query)).await;
    let framed = "return !!document.documentElement.dataset.framed";
    stage.wait_in("calc", "it shows itself", framed).await;
}

/// What does not fit into the frame, in either direction.
const SPILLS: &str = "const d = document.documentElement;
    const wide = [...document.querySelectorAll('body *')].filter(e => e.checkVisibility() && !e.closest('.vh') && e.getBoundingClientRect().right > innerWidth + 0.5);
    return [d.scrollHeight > innerHeight && d.scrollHeight + ' high', d.scrollWidth > innerWidth && d.scrollWidth + ' wide', ...wide.map(e => e.id || e.className)].filter(Boolean).join()";

#[tokio::test]
async fn it_fits_360_by_300_without_a_scroll_bar() {
    let mut stage = Stage::open(&page("")).await;
    for query in [
        "",
        "&preset=alt",
        "&preset=large-short",
        "&preset=article",
        "&lev=125",
        "&lev=2",
        "&entry=60000&mark=58400&num=comma",
    ] {
        for theme in ["light", "dark"] {
            show(&mut stage, 360, &format!("{query}&theme={theme}")).await;
            assert_eq!(stage.ask_in("calc", SPILLS).await, json!(""), "{query} {theme}");
            let shade = stage
                .ask_in("calc", "return getComputedStyle(document.body).backgroundColor")
                .await;
            let expected = if theme == "dark" { "rgb(15, 22, 29)" } else { "rgb(245, 247, 249)" };
            assert_eq!(shade, json!(expected));
        }
    }
}

#[tokio::test]
async fn other_widths_spill_nothing_to_the_side() {
    let mut stage = Stage::open(&page("")).await;
    for width in [320, 480, 560, 704, 880] {
        show(&mut stage, width, "&show=size,entry,lev,mark,side").await;
        let wide = stage.ask_in("calc", SPILLS).await;
        let wide = wide.as_str().unwrap_or_default();
        assert!(wide.is_empty() || wide.ends_with(" high"), "{width}: {wide}");
    }
}

/// Labels of the picture that overlap.
const TOUCHING: &str = "const boxes = [...document.querySelectorAll('#drawing text')].map(e => [e.textContent, e.getBoundingClientRect()]);
    return boxes.flatMap(([a, r], i) => boxes.slice(i + 1).filter(([, s]) =>
        r.left < s.right - 1 && s.left < r.right - 1 && r.top + 3 < s.bottom - 3 && s.top + 3 < r.bottom - 3).map(([b]) => a + ' / ' + b)).join()";

#[tokio::test]
async fn labels_in_the_picture_keep_apart() {
    let mut stage = Stage::open(&page("")).await;
    let mut touching = Vec::new();
    for (width, query) in [
        (360, ""),
        (360, "&preset=alt"),
        (360, "&preset=large-short"),
        (360, "&preset=article"),
        (360, "&mark=84000"),
        (360, "&mark=79600"),
        (360, "&mark=70000"),
        (360, "&lev=125"),
        (360, "&lev=2"),
        (360, "&lev=1"),
        (360, "&side=short&mark=90000"),
        (704, ""),
        (704, "&mark=84000"),
    ] {
        show(&mut stage, width, query).await;
        let found = stage.ask_in("calc", TOUCHING).await;
        if found != json!("") {
            touching.push(format!("{width} {query}: {found}"));
        }
    }
    assert!(touching.is_empty(), "{touching:#?}");
}

#[tokio::test]
async fn the_checker_finds_nothing() {
    let mut stage = Stage::open(&page("")).await;
    for query in [
        "",
        "&theme=dark",
        "&lock=size,lev&show=lev,mark,side,size,entry",
        "&flavour=x",
        "&lev=150&size=900",
    ] {
        show(&mut stage, 360, query).await;
        stage.enter("calc").await;
        stage.browser.ask("document.getElementById('why').open = true").await;
        let broken = axe::violations(&stage.browser).await;
        stage.leave().await;
        assert!(broken.is_empty(), "{query}: {broken:#?}");
    }
}

#[tokio::test]
async fn the_keyboard_reaches_everything_and_targets_are_large() {
    let stage = opened(360, "").await;
    stage.enter("calc").await;
    stage.browser.click("#answer-text").await;
    stage.browser.ask("document.getElementById('side-word').focus()").await;
    let mut order = Vec::new();
    for _ in 0..9 {
        order.push(
            stage
                .browser
                .ask_text("const e = document.activeElement; return e.id || e.tagName")
                .await,
        );
        stage.browser.press(&[], Key::Tab).await;
    }
    assert_eq!(
        order,
        [
            "side-word",
            "size",
            "entry",
            "leverage-word",
            "float-slider",
            "leverage-slider",
            "leverage-down",
            "leverage-up",
            "SUMMARY"
        ]
    );
    let small = "return [...document.querySelectorAll('.step')].filter(e => e.checkVisibility()).map(e => e.getBoundingClientRect()).filter(r => r.width < 36 || r.height < 36).length";
    assert_eq!(stage.browser.ask(small).await, json!(0));
    let tiny = "return [...document.querySelectorAll('a, button, summary, input, select')].filter(e => e.checkVisibility()).filter(e => e.getBoundingClientRect().height < 24 && !e.closest('.vh, .skip')).map(e => e.id).join()";
    assert_eq!(stage.browser.ask(tiny).await, json!(""));
    stage.leave().await;
}

#[tokio::test]
async fn text_twice_as_large_still_fits_the_width() {
    let stage = opened(360, "").await;
    stage.enter("calc").await;
    stage.browser.ask("document.documentElement.style.fontSize = '200%'").await;
    stage.browser.two_frames().await;
    let wide = "return document.documentElement.scrollWidth <= innerWidth";
    assert_eq!(stage.browser.ask(wide).await, json!(true));
    stage.leave().await;
}

#[tokio::test]
async fn states_without_a_price_are_said_in_words() {
    let mut stage = Stage::open(&page("")).await;
    for (query, words) in [
        ("&lev=1", "cannot be closed"),
        ("&size=900&lev=125", "would be refused"),
        ("&mark=70000", "already past"),
    ] {
        show(&mut stage, 360, query).await;
        let said = stage.ask_in("calc", "return document.getElementById('answer').innerText").await;
        assert!(said.as_str().is_some_and(|said| said.contains(words)), "{query}: {said}");
        let why = stage.ask_in("calc", "return document.getElementById('under').checkVisibility() && document.getElementById('under-text').textContent").await;
        assert!(why.as_str().is_some_and(|why| why.len() > 30), "{query}: {why}");
    }
    let stage = opened(360, "").await;
    stage.enter("calc").await;
    let wrong = "const f = document.getElementById('leverage-word'); f.focus(); f.select(); document.execCommand('insertText', false, 'rubbish')";
    stage.browser.click("#answer-text").await;
    stage.browser.ask(wrong).await;
    stage.browser.two_frames().await;
    let said = "const s = document.getElementById('sentence-say'); return s.checkVisibility() && s.textContent";
    let said = stage.browser.ask(said).await;
    assert!(said.as_str().is_some_and(|said| said.contains("Leverage")), "{said}");
    stage.leave().await;
}
