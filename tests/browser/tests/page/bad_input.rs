//! No text in any field breaks the page, moves it, or turns into a number nobody typed.

use browser_tests::page::{CHAPTER_FIELDS, FIELDS, Page};
use serde_json::json;

/// Texts that no field can read as a number it may use.
const UNREADABLE: [&str; 10] = [
    "",
    "abc",
    "-5",
    "1.2.3.",
    "<script>alert(1)</script>",
    "1e400",
    "😀",
    "\u{200f}\u{202e}\u{200e}",
    "NaN",
    "5 5 .. 5",
];

/// All fields that take text, with a number each of them can use.
fn fields() -> Vec<(&'static str, &'static str)> {
    let mut fields: Vec<_> = FIELDS
        .iter()
        .zip(["41", "520", "9", "515", "8"])
        .map(|(field, good)| (*field, good))
        .collect();
    fields.extend(CHAPTER_FIELDS.iter().zip(["0.05", "70"]).map(|(field, good)| (*field, good)));
    fields
}

/// Where the parts of the page stand, and how high each message line is.
const ROOM: &str = "const tops = ['.setup', '.instrument', '.rail.lev', '.figures', '.chapters', '#settings .split', '.foot']
        .map(css => css + ' at ' + Math.round((document.querySelector(css).getBoundingClientRect().top + scrollY) * 10) / 10);
    const lines = [...document.querySelectorAll('[id$=-say]')].filter(e => e.checkVisibility())
        .map(e => '#' + e.id + ' high ' + Math.round(e.getBoundingClientRect().height * 10) / 10);
    return tops.concat(lines);";

async fn room(page: &Page) -> Vec<String> {
    let room = page.browser.ask(ROOM).await;
    serde_json::from_value(room).expect("places are text")
}

async fn assert_refused(page: &Page, field: &str, text: &str) {
    let shown: String = text.chars().take(30).collect();
    let what = format!("{shown:?} in {field}");
    let answer = page.answer().await;
    page.paste_into(field, text).await;
    assert_ne!(page.message(field).await, "", "{what} is not remarked on");
    assert!(page.is_stale().await, "{what}: the answer is not marked as out of date");
    assert_eq!(page.answer().await, answer, "{what} changed the answer");
}

async fn assert_usable_again(page: &Page, field: &str, good: &str) {
    page.paste_into(field, good).await;
    assert!(!page.is_stale().await, "{good} in {field}: {}", page.message(field).await);
}

#[tokio::test]
async fn no_field_takes_what_is_not_a_number() {
    let page = Page::open("").await;
    for (field, good) in fields() {
        assert_usable_again(&page, field, good).await;
        for text in UNREADABLE {
            assert_refused(&page, field, text).await;
            assert_usable_again(&page, field, good).await;
        }
        assert_refused(&page, field, &"9".repeat(200)).await;
        assert_usable_again(&page, field, good).await;
    }
    page.assert_quiet_console().await;
}

#[tokio::test]
async fn nought_is_no_size_no_price_and_no_leverage() {
    let page = Page::open("").await;
    for (field, good) in fields().into_iter().take(FIELDS.len()) {
        assert_refused(&page, field, "0").await;
        assert_refused(&page, field, "0.00").await;
        assert_usable_again(&page, field, good).await;
    }
}

#[tokio::test]
async fn the_flat_rate_is_a_field_like_the_others() {
    let page = Page::open("").await;
    page.choose("rules", "flat").await;
    assert_usable_again(&page, "flat-rate", "2").await;
    for text in UNREADABLE {
        assert_refused(&page, "flat-rate", text).await;
        assert_usable_again(&page, "flat-rate", "2").await;
    }
    page.assert_quiet_console().await;
}

#[tokio::test]
async fn what_is_said_about_a_number_moves_nothing() {
    let page = Page::open("").await;
    let mut moved = Vec::new();
    for width in [1280, 360] {
        page.browser.set_size(width, 900).await;
        page.visit("").await;
        page.choose("rules", "flat").await;
        let flat_rate = [("flat-rate", "2")];
        for (field, good) in fields().into_iter().chain(flat_rate) {
            assert_usable_again(&page, field, good).await;
            let before = room(&page).await;
            for text in ["", "abc", "1.2.3.", "-5", "1e400", &"9".repeat(200)] {
                page.paste_into(field, text).await;
                let after = room(&page).await;
                let changed: Vec<_> =
                    before.iter().zip(&after).filter(|(a, b)| a != b).take(2).collect();
                if !changed.is_empty() {
                    let message = page.message(field).await;
                    moved.push(format!("{width} px, {field}, {message:?}: {changed:?}"));
                }
            }
            assert_usable_again(&page, field, good).await;
        }
    }
    assert!(moved.is_empty(), "{moved:#?}");
}

#[tokio::test]
async fn a_bad_field_is_marked_for_screen_readers_and_a_good_one_is_not() {
    let page = Page::open("").await;
    for (field, good) in fields() {
        let marked = format!(
            "return document.getElementById('{field}').getAttribute('aria-invalid') === 'true'"
        );
        page.paste_into(field, "abc").await;
        assert_eq!(page.browser.ask(&marked).await, json!(true), "{field} is not marked");
        page.paste_into(field, good).await;
        assert_eq!(page.browser.ask(&marked).await, json!(false), "{field} stays marked");
    }
}

/// A small generator: the same seed gives the same garbage on every machine.
struct Garbage(u64);

impl Garbage {
    fn next(&mut self) -> u64 {
        // The constants of SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        let index = self.next() % from.len() as u64;
        from[usize::try_from(index).expect("an index is small")]
    }

    fn text(&mut self) -> String {
        const PIECES: [&str; 40] = [
            "0", "1", "2", "5", "9", "000", "99999999", ".", ",", "٫", "-", "+", "−", "e", "E5",
            "k", "m", "%", "×", "x", " ", "\u{202f}", "'", "’", "٣", "९", "NaN", "Infinity",
            "null", "<b>", "&amp;", "\"", "\\", "\u{0}", "\u{feff}", "\u{202e}", "😀", "ä", "0x1f",
            "1e308",
        ];
        let length = self.next() % 9;
        (0..length).map(|_| self.pick(&PIECES)).collect()
    }
}

/// Pastes, lets the page draw, and returns what is wrong with it, if anything.
const PASTE_AND_LOOK: &str = "const [id, text, done] = arguments;
    const field = document.getElementById(id);
    field.closest('details')?.setAttribute('open', '');
    field.focus(); field.select();
    document.execCommand(text === '' ? 'delete' : 'insertText', false, text);
    if (text.length % 2) field.blur();
    // The page may repeat what was typed, but adds no such word of its own.
    const typed = [...document.querySelectorAll('input')].map(e => e.value).join();
    requestAnimationFrame(() => requestAnimationFrame(() => {
        const seen = document.body.innerText, wrong = [];
        for (const word of ['NaN', 'undefined', 'Infinity', 'null', '[object', 'panicked'])
            if (seen.includes(word) && !typed.includes(word)) wrong.push('says ' + word);
        for (const css of ['#answer', '#fig-initial', '#fig-maintenance', '#fig-ratio', '#fig-distance'])
            if (!document.querySelector(css)?.innerText.trim()) wrong.push(css + ' is blank');
        if (document.documentElement.dataset.ready !== 'true') wrong.push('is not ready');
        for (const e of document.querySelectorAll('svg.sig *'))
            for (const a of e.attributes)
                if (/NaN|Infinity|undefined/.test(a.value)) wrong.push(e.tagName + ' has ' + a.name + '=' + a.value);
        done(wrong.slice(0, 5).join('; '));
    }));";

#[tokio::test]
async fn three_hundred_random_texts_never_break_the_page() {
    let page = Page::open("").await;
    let fields = fields();
    let mut garbage = Garbage(20_260_101);
    for round in 0..300 {
        let index = garbage.next() % fields.len() as u64;
        let (field, good) = fields[usize::try_from(index).expect("an index is small")];
        // Now and then a good number, so that garbage also meets a page in order.
        let text = if round % 7 == 0 { good.to_owned() } else { garbage.text() };
        let values = vec![field.into(), text.clone().into()];
        let wrong = page.browser.client.execute_async(PASTE_AND_LOOK, values).await;
        let wrong = wrong.unwrap_or_else(|error| panic!("{text:?} in {field}: {error}"));
        assert_eq!(wrong, json!(""), "after {text:?} in {field} the page");
    }
    for (field, good) in fields {
        page.paste_into(field, good).await;
    }
    assert!(!page.is_stale().await, "the page does not recover");
    page.assert_quiet_console().await;
}
