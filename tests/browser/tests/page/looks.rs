//! The page in light and dark, on paper, and for readers with their own colours and motion.

use browser_tests::axe;
use browser_tests::page::Page;
use serde_json::json;

const OPEN: &str =
    "for (const id of ['why', 'tiers', 'settings']) document.getElementById(id).open = true;";

/// What the checker finds now, each with the state it was found in.
async fn found(page: &Page, when: &str) -> Vec<String> {
    page.browser.two_frames().await;
    let broken = axe::violations(&page.browser).await;
    broken.into_iter().map(|rule| format!("{when}: {rule}")).collect()
}

async fn theme(page: &Page) -> String {
    page.browser.ask_text("return getComputedStyle(document.body).backgroundColor").await
}

#[tokio::test]
async fn the_checker_finds_nothing_in_either_theme_at_any_width() {
    let page = Page::open("").await;
    let mut broken = Vec::new();
    for width in [1280, 360] {
        page.browser.set_size(width, 900).await;
        for theme in ["light", "dark"] {
            page.visit(&format!("?theme={theme}")).await;
            page.browser.ask(OPEN).await;
            broken.extend(found(&page, &format!("{theme}, {width} px")).await);
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

#[tokio::test]
async fn the_checker_finds_nothing_when_something_is_wrong_with_the_numbers() {
    let page = Page::open("").await;
    let mut broken = Vec::new();
    for theme in ["light", "dark"] {
        page.visit(&format!("?theme={theme}&size=40000&lev=50")).await;
        page.browser.ask(OPEN).await;
        broken.extend(found(&page, &format!("refused, {theme}")).await);
        page.visit(&format!("?theme={theme}&coin=BTC&size=0.1&entry=60000&mark=50000&lev=10"))
            .await;
        broken.extend(found(&page, &format!("already past, {theme}")).await);
        page.visit(&format!("?theme={theme}&flavour=vanilla&lev=abc")).await;
        page.paste_into("size", "abc").await;
        assert!(page.is_stale().await);
        broken.extend(found(&page, &format!("stale, {theme}")).await);
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

#[tokio::test]
async fn the_theme_button_switches_and_switches_back() {
    let page = Page::open("?theme=light").await;
    let light = theme(&page).await;
    page.browser.click("#theme").await;
    page.browser.two_frames().await;
    let dark = theme(&page).await;
    assert_ne!(light, dark);
    page.reload().await;
    assert_eq!(theme(&page).await, dark, "the theme survives loading again");
    page.browser.click("#theme").await;
    page.browser.two_frames().await;
    assert_eq!(theme(&page).await, light);
    page.assert_quiet_console().await;
}

#[tokio::test]
async fn without_a_choice_the_theme_is_the_devices() {
    let mut grounds = Vec::new();
    for scheme in ["dark", "light"] {
        let page = Page::open_for(&[("prefers-color-scheme", scheme)], "").await;
        grounds.push(theme(&page).await);
    }
    assert_ne!(grounds[0], grounds[1]);
}

/// Which of the elements can be seen, as a list of names.
const SEEN: &str = "return [...document.querySelectorAll(arguments[0])]
    .filter(e => e.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && e.getClientRects().length)
    .map(e => e.id || e.className || e.tagName).join(', ');";

async fn seen(page: &Page, css: &str) -> String {
    let found = page.browser.ask_with(SEEN, vec![css.into()]).await;
    found.as_str().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn paper_shows_the_sentence_and_the_figures_and_no_controls() {
    let page = Page::open("").await;
    page.browser.set_media("print", &[]).await;
    page.browser.two_frames().await;
    // "mark price" explains itself when pressed; on paper it is two words of the sentence.
    assert_eq!(
        seen(&page, "button:not(.term), input[type=range], input[type=radio], .chips").await,
        ""
    );
    for part in [".sentence", "#answer", "svg.sig", ".figures", "#fig-ratio"] {
        assert_ne!(seen(&page, part).await, "", "{part} is not on the paper");
    }
    let ground = page.browser.ask_text("return getComputedStyle(document.body).color").await;
    assert_eq!(ground, "rgb(0, 0, 0)", "print is black");
    page.assert_quiet_console().await;
}

#[tokio::test]
async fn readers_own_colours_are_respected() {
    for feature in [("forced-colors", "active"), ("prefers-contrast", "more")] {
        let page = Page::open_for(&[feature], "").await;
        page.browser.set_media("screen", &[feature]).await;
        page.visit("").await;
        assert_ne!(page.answer().await, "", "{feature:?}");
        assert!(page.sideways_scroll().await.is_none(), "{feature:?}");
        page.assert_quiet_console().await;
    }
}

#[tokio::test]
async fn readers_who_want_stillness_see_nothing_move() {
    let page = Page::open_for(&[("prefers-reduced-motion", "reduce")], "").await;
    let is_on = "return matchMedia('(prefers-reduced-motion: reduce)').matches";
    assert_eq!(page.browser.ask(is_on).await, json!(true));
    let moving = "return [...document.querySelectorAll('*')].filter(e => {
        const s = getComputedStyle(e);
        const longest = list => Math.max(...list.split(',').map(parseFloat));
        return longest(s.transitionDuration) > 0.01 || (s.animationName !== 'none' && longest(s.animationDuration) > 0.01);
    }).map(e => e.tagName + '.' + e.getAttribute('class')).join(', ')";
    assert_eq!(page.browser.ask(moving).await, json!(""), "these still move");
}

#[tokio::test]
async fn every_target_is_large_enough_for_a_finger() {
    let page = Page::open("").await;
    let small = "return [...document.querySelectorAll('button, input, select, summary')]
        .filter(e => e.checkVisibility()).map(e => [e, (e.type === 'radio' && e.labels[0] || e).getBoundingClientRect()])
        .filter(([e, r]) => r.width > 0 && (r.width < 24 || r.height < 24))
        .map(([e, r]) => (e.id || e.className || e.name || e.tagName) + ' ' + r.width + ' × ' + r.height).join(', ')";
    for width in [360, 1280] {
        page.browser.set_size(width, 900).await;
        page.visit("").await;
        assert_eq!(page.browser.ask(small).await, json!(""), "{width} px wide");
    }
}
