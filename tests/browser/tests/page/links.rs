//! A link holds the whole calculation and nothing that could harm its reader.

use browser_tests::page::Page;
use serde_json::{Value, json};

/// All that can be restored, as one text.
async fn all_numbers(page: &Page) -> String {
    let script = "return [...document.querySelectorAll('main :is(input, select):not(.float *)')]
        .map(e => (e.id || e.name + ' ' + e.value) + '=' + (e.type === 'radio' ? e.checked : e.value)).join('\\n')
        + '\\n' + document.getElementById('answer').textContent";
    page.browser.ask_text(script).await
}

async fn query(page: &Page) -> String {
    page.browser.ask_text("return location.search + location.hash").await
}

/// Changes a number of every kind away from what the page opens with.
async fn change_everything(page: &Page) {
    page.browser.ask("document.querySelector('input[name=side][value=short]').click()").await;
    page.choose("coin", "BTC").await;
    for (field, value) in
        [("size", "1.25"), ("entry", "61234.5"), ("mark", "60111.5"), ("leverage-word", "7.5")]
    {
        page.type_into(field, value).await;
        page.leave_field().await;
    }
    page.paste_into("close-fee", "0.06").await;
    page.leave_field().await;
    page.paste_into("call", "65").await;
    page.leave_field().await;
}

async fn wait_for_query(page: &Page, part: &str) {
    let script = format!("return (location.search + location.hash).includes('{part}')");
    page.browser.wait_until(&format!("the address holds {part}"), &script).await;
}

#[tokio::test]
async fn loading_again_restores_everything() {
    let page = Page::open("").await;
    change_everything(&page).await;
    wait_for_query(&page, "call=65").await;
    let before = all_numbers(&page).await;
    page.reload().await;
    assert_eq!(all_numbers(&page).await, before);
    page.assert_quiet_console().await;
}

#[tokio::test]
async fn the_same_link_restores_everything_for_somebody_else() {
    let mine = Page::open("").await;
    change_everything(&mine).await;
    wait_for_query(&mine, "call=65").await;
    let link = query(&mine).await;
    assert!(link.is_ascii(), "{link}");
    let theirs = Page::open(&link).await;
    assert_eq!(all_numbers(&theirs).await, all_numbers(&mine).await);
}

#[tokio::test]
async fn numbers_in_a_link_are_plain_whatever_the_number_style() {
    let page = Page::open("").await;
    for style in ["comma", "point"] {
        page.choose("numbers", style).await;
        page.choose("coin", "BTC").await;
        page.type_into("entry", "60k").await;
        page.leave_field().await;
        wait_for_query(&page, "entry=60000").await;
        wait_for_query(&page, &format!("num={style}")).await;
    }
}

#[tokio::test]
async fn a_number_style_survives_loading_again() {
    let page = Page::open("").await;
    for style in ["comma", "point"] {
        page.visit("?coin=BTC&size=1&entry=60000&mark=60000&lev=10").await;
        page.choose("numbers", style).await;
        wait_for_query(&page, &format!("num={style}")).await;
        let before = all_numbers(&page).await;
        page.reload().await;
        assert_eq!(page.value("numbers").await, style);
        assert_eq!(all_numbers(&page).await, before);
        page.type_into("entry", "61k").await;
        page.leave_field().await;
        wait_for_query(&page, "entry=61000").await;
        page.reload().await;
        let wanted = if style == "comma" { "61,000" } else { "61.000" };
        let entry = page.value("entry").await;
        assert!(entry.starts_with(wanted), "{style}: {entry}");
    }
}

#[tokio::test]
async fn an_unknown_part_of_a_link_is_named_and_the_rest_is_read() {
    let page = Page::open("?v=1&lev=17&flavour=vanilla&size=3").await;
    let seen = page.text("body").await;
    assert!(seen.contains("flavour") && seen.contains("left out"), "{seen}");
    assert_eq!(page.value("size").await, "3");
    assert!(page.value("leverage").await.starts_with("17"));
    page.assert_quiet_console().await;
}

#[tokio::test]
async fn a_bad_number_in_a_link_is_named_and_the_rest_is_read() {
    let page = Page::open("").await;
    for (part, name) in
        [("lev=many", "lev"), ("entry=1e400", "entry"), ("side=up", "side"), ("size=-4", "size")]
    {
        page.visit(&format!("?v=1&{part}&mark=500&call=70")).await;
        let shown = page.browser.ask_text(VISIBLE_NOTES).await;
        assert!(shown.contains(name), "{part} is not named: {shown:?}");
        assert!(page.value("mark").await.starts_with("500"), "{part}: the mark was not read");
        assert!(page.value("call").await.starts_with("70"), "{part}: the call was not read");
        assert_ne!(page.answer().await, "");
        page.assert_quiet_console().await;
    }
}

/// What the page says about its link, wherever it says it.
const VISIBLE_NOTES: &str =
    "return [...document.querySelectorAll('#link-note, .bar-shared, .link-note, [role=status]')]
    .filter(e => e.checkVisibility()).map(e => e.innerText).join(' ')";

#[tokio::test]
async fn a_hostile_link_does_nothing() {
    let long = format!("?size={}", "9".repeat(100_000));
    let many = format!("?{}", "a=1&".repeat(20_000));
    let hostile = [
        "?size=%3Cscript%3Ewindow.hacked=1%3C/script%3E",
        "?coin=%3Cimg%20src=x%20onerror=window.hacked=1%3E&flavour=%3Cimg%20src=x%20onerror=window.hacked=1%3E",
        "?__proto__=1&constructor=2&__proto__[hacked]=1&toString=3",
        "?lev=%00&size=%ff%fe&entry=%&mark=%e0%80",
        "?tiers=javascript:alert(1)&theme=javascript:alert(1)&num=../../x&preset=__proto__",
        "?lev=10&lev=20&lev=30",
        "#%3Cscript%3Ewindow.hacked=1%3C/script%3E",
        &long,
        &many,
    ];
    let page = Page::open("").await;
    for link in hostile {
        // A new document each time, also when only the fragment differs.
        page.browser.go("about:blank").await;
        page.visit(link).await;
        let shown: String = link.chars().take(60).collect();
        assert_eq!(
            page.browser.ask("return window.hacked ?? ({}).hacked ?? null").await,
            Value::Null,
            "{shown}"
        );
        let answer = page.answer().await;
        assert!(!answer.is_empty() && !answer.contains("NaN"), "{shown}: {answer:?}");
        assert_eq!(page.sideways_scroll().await, None, "{shown}");
        let errors = page
            .browser
            .ask("return document.querySelectorAll('main script, main img').length")
            .await;
        assert_eq!(errors, json!(0), "{shown}");
        page.type_into("leverage-word", "6").await;
        assert!(!page.is_stale().await, "{shown}: the page does not work afterwards");
    }
    page.assert_quiet_console().await;
}
