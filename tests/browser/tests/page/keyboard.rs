//! Everything can be reached and moved by keys alone.

use browser_tests::page::{Page, number};
use fantoccini::key::Key;
use serde_json::Value;

/// 0.1 BTC at 60 000, ten times: steps of 0.5 % and 2 % are round numbers.
const BITCOIN: &str = "?coin=BTC&side=long&size=0.1&entry=60000&mark=60000&lev=10";

async fn value(page: &Page, id: &str) -> f64 {
    let text = page.value(id).await;
    number(&text).unwrap_or_else(|| panic!("{id} says {text:?}"))
}

async fn press(page: &Page, slider: &str, held: &[Key], key: Key) {
    page.browser.focus(&format!("#{slider}")).await;
    page.browser.press(held, key).await;
    page.browser.two_frames().await;
}

fn assert_near(found: f64, wanted: f64, what: &str) {
    assert!((found - wanted).abs() < 1e-6, "{what}: {found}, not {wanted}");
}

#[tokio::test]
async fn keys_move_leverage_by_one_a_tenth_and_five() {
    let page = Page::open(BITCOIN).await;
    let steps: [(&[Key], Key, f64); 10] = [
        (&[], Key::Right, 11.0),
        (&[], Key::Left, 10.0),
        (&[], Key::Up, 11.0),
        (&[], Key::Down, 10.0),
        (&[Key::Shift], Key::Right, 10.1),
        (&[Key::Shift], Key::Left, 10.0),
        (&[], Key::PageUp, 15.0),
        (&[], Key::PageDown, 10.0),
        (&[], Key::Home, 1.0),
        (&[], Key::Right, 2.0),
    ];
    for (held, key, wanted) in steps {
        press(&page, "leverage-slider", held, key).await;
        assert_near(value(&page, "leverage").await, wanted, &format!("after {key:?}"));
        assert_near(value(&page, "leverage-word").await, wanted, &format!("after {key:?}"));
    }
    press(&page, "leverage-slider", &[], Key::End).await;
    let most = value(&page, "leverage").await;
    assert!(most >= 100.0, "the end is the highest in the table, not {most}");
    press(&page, "leverage-slider", &[], Key::Right).await;
    assert_near(value(&page, "leverage").await, most, "beyond the end");
    page.assert_quiet_console().await;
}

#[tokio::test]
async fn keys_move_the_mark_by_parts_of_the_entry_and_by_one_price_step() {
    let page = Page::open(BITCOIN).await;
    let steps: [(Key, f64); 4] = [
        (Key::Right, 60_300.0),
        (Key::Left, 60_000.0),
        (Key::PageUp, 61_200.0),
        (Key::PageDown, 60_000.0),
    ];
    for (key, wanted) in steps {
        press(&page, "mark-handle", &[], key).await;
        assert_near(value(&page, "mark").await, wanted, &format!("after {key:?}"));
    }
    press(&page, "mark-handle", &[Key::Shift], Key::Right).await;
    let step = value(&page, "mark").await - 60_000.0;
    let decade = step.log10();
    assert!((decade - decade.round()).abs() < 1e-6 && step <= 1.0, "one price step is {step}");
    press(&page, "mark-handle", &[Key::Shift], Key::Left).await;
    assert_near(value(&page, "mark").await, 60_000.0, "one price step back");
}

#[tokio::test]
async fn home_and_end_take_the_mark_to_the_ends_of_the_picture() {
    let page = Page::open(BITCOIN).await;
    for (key, end) in [(Key::Home, "min"), (Key::End, "max")] {
        let script = format!("return Number(document.getElementById('mark-handle').{end})");
        let wanted = page.browser.ask_number(&script).await;
        press(&page, "mark-handle", &[], key).await;
        let found = value(&page, "mark").await;
        assert!((found - wanted).abs() <= 1.0, "{key:?} goes to {found}, the end is {wanted}");
    }
}

#[tokio::test]
async fn a_page_is_more_than_an_arrow_and_an_arrow_more_than_a_fine_step() {
    let page = Page::open("").await;
    for (slider, shown) in [
        ("mark-handle", "mark"),
        ("entry-handle", "entry"),
        ("liq-handle", ""),
        ("leverage-slider", "leverage"),
    ] {
        let mut moved = Vec::new();
        let keys: [(&[Key], Key); 3] =
            [(&[Key::Shift], Key::Left), (&[], Key::Left), (&[], Key::PageDown)];
        for (held, key) in keys {
            page.visit(BITCOIN).await;
            let read = async || match shown {
                "" => number(&page.answer().await).expect("a price"),
                field => value(&page, field).await,
            };
            let before = read().await;
            press(&page, slider, held, key).await;
            moved.push(before - read().await);
        }
        assert!(
            moved[0] >= 0.0 && moved[1] > moved[0] && moved[2] > moved[1],
            "{slider} moves by {moved:?} for Shift + arrow, arrow, page"
        );
        page.assert_quiet_console().await;
    }
}

/// What has the focus, and whether that can be seen from its style.
const FOCUSED: &str = "const e = document.activeElement;
    if (e === document.body || e === null) return null;
    const seen = e => { const s = getComputedStyle(e);
        return (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== 'none'; };
    const r = e.getBoundingClientRect();
    return {
        name: e.id || e.name || e.dataset.preset || e.className || e.tagName,
        kind: e.matches('.chip') ? 'chip' : e.tagName,
        seen: seen(e) || (e.labels?.length > 0 && [...e.labels].some(seen)),
        inside: r.bottom > 0 && r.top < innerHeight && r.right > 0 && r.left < innerWidth,
    };";

/// A caret that blinks would make two pictures differ.
const STILL_CARET: &str = "const sheet = new CSSStyleSheet();
    sheet.replaceSync('* { caret-color: transparent !important }');
    document.adoptedStyleSheets = [sheet];";

/// A picture of the window once it no longer changes: scrolling to the focus may take some frames.
async fn picture_at_rest(page: &Page) -> Vec<u8> {
    let mut last = Vec::new();
    for _ in 0..20 {
        page.browser.two_frames().await;
        let picture = page.browser.client.screenshot().await.expect("a picture");
        if picture == last {
            return last;
        }
        last = picture;
    }
    panic!("the page does not keep still");
}

/// Whether the page looks different once the focused element has lost the focus.
///
/// A browser keeps the style of a slider's thumb to itself, so this looks at pictures instead.
async fn focus_shows_in_the_picture(page: &Page) -> bool {
    page.browser.ask(STILL_CARET).await;
    let focused = picture_at_rest(page).await;
    page.browser.ask("window.focused = document.activeElement; focused.blur()").await;
    let blurred = picture_at_rest(page).await;
    page.browser.ask("window.focused.focus({ focusVisible: true })").await;
    focused != blurred
}

#[tokio::test]
async fn tab_reaches_every_control_in_reading_order_and_the_focus_is_seen() {
    let page = Page::open("").await;
    let mut order = Vec::new();
    let mut unseen = Vec::new();
    for _ in 0..120 {
        page.browser.press(&[], Key::Tab).await;
        let focused = page.browser.ask(FOCUSED).await;
        if focused == Value::Null {
            break;
        }
        let name = focused["name"].as_str().unwrap_or_default().to_owned();
        let kind = focused["kind"].as_str().unwrap_or_default().to_owned();
        let seen = focused["seen"] == Value::Bool(true) || focus_shows_in_the_picture(&page).await;
        if !seen || focused["inside"] != Value::Bool(true) {
            unseen.push(focused.to_string());
        }
        order.push((name, kind));
    }
    let first = &order.first().expect("Tab focuses something").1;
    assert_eq!(first, "A", "the first stop is the skip link: {order:?}");
    let mut last = 0;
    for wanted in [
        "side-word",
        "size",
        "coin",
        "entry",
        "leverage-word",
        "side-long",
        "preset-btc",
        "mark-handle",
        "entry-handle",
        "liq-handle",
        "leverage-slider",
    ] {
        let position = order.iter().position(|(name, _)| name == wanted);
        let position = position.unwrap_or_else(|| panic!("Tab never reaches {wanted}: {order:?}"));
        assert!(position > last, "{wanted} comes too early: {order:?}");
        last = position;
    }
    assert!(order.iter().filter(|(_, kind)| kind == "chip").count() >= 4, "{order:?}");
    assert!(unseen.is_empty(), "the focus cannot be seen on {unseen:#?}");
}

#[tokio::test]
async fn the_skip_link_leads_to_the_calculator() {
    let page = Page::open("").await;
    page.browser.press(&[], Key::Tab).await;
    page.browser.press(&[], Key::Enter).await;
    page.browser.press(&[], Key::Tab).await;
    let script = "return document.activeElement.closest('main') !== null";
    assert_eq!(page.browser.ask(script).await, Value::Bool(true));
}
