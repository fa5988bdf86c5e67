//! Numbers are read however a reader writes them.

use browser_tests::page::{Page, number};
use fantoccini::key::Key;

const BITCOIN: &str = "?coin=BTC&side=long&size=0.1&entry=50000&mark=50000&lev=10&num=space";

/// What the sentence says once the field was left, which is when the number is rewritten.
async fn read_back(page: &Page, id: &str, typed: &str) -> f64 {
    page.type_into(id, typed).await;
    assert!(!page.is_stale().await, "{typed:?} in {id}: {}", page.message(id).await);
    page.leave_field().await;
    let shown = page.value(id).await;
    number(&shown).unwrap_or_else(|| panic!("{typed:?} in {id} became {shown:?}"))
}

#[tokio::test]
async fn sixty_thousand_may_be_written_in_many_ways() {
    let page = Page::open(BITCOIN).await;
    for typed in
        ["60k", "60K", "٦٠٠٠٠", "60 000", "60\u{202f}000", "60'000", "60’000", "60000.0", "0.06m"]
    {
        page.type_into("entry", "50000").await;
        let before = page.answer().await;
        assert_eq!(read_back(&page, "entry", typed).await, 60_000.0, "{typed:?}");
        assert_ne!(page.answer().await, before, "{typed:?} changes the answer");
    }
    page.assert_quiet_console().await;
}

#[tokio::test]
async fn a_comma_and_a_point_both_mark_the_decimals() {
    let page = Page::open(BITCOIN).await;
    for typed in ["1,5", "1.5", "١٫٥", "1.50"] {
        page.type_into("size", "2").await;
        assert_eq!(read_back(&page, "size", typed).await, 1.5, "{typed:?}");
    }
}

#[tokio::test]
async fn leverage_may_carry_its_sign() {
    let page = Page::open(BITCOIN).await;
    for id in ["leverage-word", "leverage"] {
        for typed in ["12×", "12x", "12 ×"] {
            page.type_into(id, "7").await;
            assert_eq!(read_back(&page, id, typed).await, 12.0, "{typed:?} in {id}");
        }
    }
}

#[tokio::test]
async fn an_ambiguous_comma_is_read_by_the_number_style_and_said_aloud() {
    let page = Page::open(BITCOIN).await;
    page.choose("numbers", "comma").await;
    page.type_into("mark", "1,234").await;
    let message = page.message("mark").await;
    assert!(message.contains("Read as") && message.contains("1,234"), "{message:?}");

    page.choose("numbers", "point").await;
    page.type_into("mark", "1,234").await;
    let message = page.message("mark").await;
    assert!(message.contains("Read as") && message.contains("1,23"), "{message:?}");
    page.leave_field().await;
    let shown = page.value("mark").await;
    assert!(shown.starts_with("1,23"), "one and a bit, written with a comma: {shown:?}");
}

#[tokio::test]
async fn every_number_style_is_shown_in_the_fields_and_in_the_answer() {
    let page = Page::open(BITCOIN).await;
    for (style, wanted) in [
        ("space", "50 000.0"),
        ("comma", "50,000.0"),
        ("point", "50.000,0"),
        ("apos", "50'000.0"),
        ("indian", "50,000.0"),
    ] {
        page.choose("numbers", style).await;
        let entry = page.value("entry").await.replace('’', "'");
        assert!(wanted.starts_with(&entry) || entry.starts_with(wanted), "{style}: {entry}");
        let answer = page.answer().await.replace('’', "'");
        let group = wanted.chars().nth(2).unwrap_or_default();
        assert!(answer.contains(group), "{style}: {answer}");
    }
}

#[tokio::test]
async fn enter_rewrites_a_number_in_good_form() {
    let page = Page::open(BITCOIN).await;
    page.type_into("entry", "61k").await;
    assert_eq!(page.value("entry").await, "61k", "nothing is rewritten while typing");
    page.browser.press(&[], Key::Enter).await;
    page.browser.two_frames().await;
    assert_eq!(number(&page.value("entry").await), Some(61_000.0));
    assert!(!page.value("entry").await.contains('k'));
}

#[tokio::test]
async fn the_two_leverage_fields_say_the_same() {
    let page = Page::open(BITCOIN).await;
    page.type_into("leverage", "17").await;
    page.leave_field().await;
    assert_eq!(number(&page.value("leverage-word").await), Some(17.0));
    page.type_into("leverage-word", "23").await;
    page.leave_field().await;
    assert_eq!(number(&page.value("leverage").await), Some(23.0));
}
