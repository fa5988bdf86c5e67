//! Where there is no price, words stand in its place.

use browser_tests::page::{Page, number};

/// Everything in the hero: the sentence and the lines under it.
async fn hero(page: &Page) -> String {
    page.text(".hero").await
}

#[tokio::test]
async fn leverage_above_the_highest_of_its_tier_would_be_refused() {
    let page = Page::open("?lev=5").await;
    assert!(!hero(&page).await.contains("refused"));
    page.type_into("size", "40000").await;
    page.type_into("leverage-word", "50").await;
    page.leave_field().await;
    let hero = hero(&page).await;
    assert!(hero.contains("would be refused"), "{hero}");
    assert!(!page.is_stale().await, "a refusal is an answer of its own");
    page.type_into("leverage-word", "1").await;
    page.leave_field().await;
    assert!(!page.text(".hero").await.contains("refused"));
}

#[tokio::test]
async fn a_long_with_no_borrowed_money_cannot_be_closed() {
    let page = Page::open("?lev=1").await;
    let words = hero(&page).await;
    assert!(words.contains("cannot be closed"), "{words}");
    page.type_into("leverage-word", "3").await;
    assert!(number(&page.answer().await).is_some(), "{}", hero(&page).await);
}

#[tokio::test]
async fn a_short_with_no_borrowed_money_can_be_closed() {
    let page = Page::open("?lev=1&side=short").await;
    let words = hero(&page).await;
    assert!(!words.contains("cannot be closed"), "{words}");
    assert!(number(&page.answer().await).is_some(), "{words}");
}

#[tokio::test]
async fn a_mark_below_the_closing_price_is_already_past_it() {
    let page = Page::open("?coin=BTC&side=long&size=0.1&entry=60000&mark=60000&lev=10").await;
    assert!(!hero(&page).await.contains("already past"));
    page.type_into("mark", "50000").await;
    page.leave_field().await;
    let words = hero(&page).await;
    assert!(words.contains("already past"), "{words}");
    page.type_into("mark", "60000").await;
    page.leave_field().await;
    assert!(!hero(&page).await.contains("already past"));
}

#[tokio::test]
async fn a_mark_above_the_closing_price_of_a_short_is_already_past_it() {
    let page = Page::open("?coin=BTC&side=short&size=0.1&entry=60000&mark=70000&lev=10").await;
    let words = hero(&page).await;
    assert!(words.contains("already past"), "{words}");
}

#[tokio::test]
async fn the_sentence_and_the_figures_agree() {
    let page = Page::open("?coin=BTC&side=long&size=0.1&entry=60000&mark=60000&lev=10").await;
    let answer = number(&page.answer().await).expect("a price");
    let initial = number(&page.text("#fig-initial").await).expect("an amount");
    assert_eq!(initial, 600.0, "a tenth of 6 000");
    let bankruptcy = number(&page.text("#fig-bankruptcy").await).expect("a price");
    assert_eq!(bankruptcy, 54_000.0, "ten percent below 60 000");
    assert!(answer > bankruptcy && answer < 60_000.0, "{answer}");
    let distance = number(&page.text("#fig-distance").await).expect("an amount");
    assert!((60_000.0 - answer - distance).abs() < 0.11, "{answer} and {distance}");
}
