//! Whatever is typed and chosen, the page has something true to say, and no typed text is markup.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

#[path = "oracle/number.rs"]
#[expect(dead_code, reason = "only its source of numbers is used here")]
mod number;

use margin_calculator::page::{Aspect, Outcome, View, Write, writes};
use margin_calculator::quantity::Side;
use margin_calculator::scenario::{Draft, FieldId, Preset, RuleChoice, highest_leverage};
use margin_calculator::text::NumberStyle;
use margin_calculator::venue::{ARTICLE_TABLE, Catalog, catalog};
use margin_calculator::words::message;
use number::Random;

/// What the hostile texts of the pool have in common, and nothing of ours has.
const MARK: &str = "onclick";

#[rustfmt::skip] // Many to a line.
const GOOD: [&str; 26] = [
    "40", "0.1", "780", "1", "521.48", "87959.9", "87 959.90", "10", "20", "2.5", "125", "1000",
    "0.5", "80", "0", "0.05", "60k", "1.2m", "10x", "0.5%", "1,234", "99.99", "0.000000000001",
    "3", "100", "999999999999.999999999999",
];

#[rustfmt::skip] // Many to a line.
const HOSTILE: [&str; 24] = [
    "", " ", "<b onclick=x>", "\"onclick=x", "5<b onclick=x>", "&lt;b onclick=x&gt;", "abc", "-5",
    "-0", "1.2.3", "--5", "1e400", "NaN", "inf", "undefined", "1,2,3", "\u{202e}5", "\u{1f680}",
    "5%%", "\u{200f}", "1000000000000", "0.0000000000001", "99999999999999999999999999999",
    "101",
];

fn shipped() -> &'static Catalog {
    catalog().expect("the shipped tables are valid")
}

fn view(outcome: &Outcome, width: u32) -> View {
    View {
        width,
        range: outcome.answer.range,
        most_leverage: highest_leverage(&outcome.answer.draft, shipped()),
        working_open: true,
        table_shown: true,
        tiers_open: true,
        frame: None,
    }
}

fn random_text(random: &mut Random) -> String {
    match random.below(10) {
        0..=4 => random.pick(&GOOD).to_owned(),
        5 | 6 => random.pick(&HOSTILE).to_owned(),
        7 => {
            let (digits, places) = (random.below(7) + 1, random.below(5));
            random.decimal(digits, places).to_string()
        }
        8 => {
            let (digits, places) = (random.below(13), random.below(13));
            random.extreme(digits.max(1), places).to_string()
        }
        _ => {
            let letters = ['0', '7', '.', ',', ' ', '-', 'k', '%', 'x', '<', '\'', '\u{665}', '\0'];
            let length = random.below(12);
            (0..length).map(|_| random.pick(&letters)).collect()
        }
    }
}

/// Most fields hold something usable, so that most drafts are about one or two bad ones.
fn random_draft(random: &mut Random) -> Draft {
    let catalog = shipped();
    let mut draft = random.pick(&Preset::ALL).draft();
    draft.restyle(random.pick(&NumberStyle::ALL));
    if random.chance(70) {
        let listings: Vec<_> = catalog.listings().iter().collect();
        draft.choose_coin(random.pick(&listings), catalog);
    }
    draft.side = random.pick(&[Side::Long, Side::Short]);
    if random.chance(50) {
        let tables: Vec<_> = catalog.tables().iter().map(|table| table.id).collect();
        draft.rules = if random.chance(40) {
            RuleChoice::SingleRate
        } else {
            RuleChoice::Table(random.pick(&tables))
        };
    }
    let changed = random.pick(&[5, 15, 30, 60, 100]);
    for field in FieldId::ALL {
        if random.chance(changed) {
            draft.set(field, random_text(random));
        }
    }
    draft
}

/// The text of our own in a write: what a field holds is the reader's.
fn ours(write: &Write, draft: &Draft) -> String {
    let value = write.value.clone().unwrap_or_default();
    match (write.aspect, write.id) {
        (Aspect::Value, _) => String::new(),
        (Aspect::Attribute("aria-valuetext"), "leverage-slider") => {
            value.replacen(draft.text(FieldId::Leverage), "", 1)
        }
        _ => value,
    }
}

fn check(outcome: &Outcome, list: &[Write]) -> Result<(), String> {
    for write in list {
        let said = ours(write, &outcome.draft);
        for word in ["NaN", "inf", "undefined"] {
            if said.contains(word) {
                return Err(format!("{} says {word}: {said}", write.id));
            }
        }
        let value = write.value.as_deref().unwrap_or_default();
        if write.aspect == Aspect::Markup {
            if value.contains(MARK) || value.is_empty() && write.id != "rail-picture" {
                return Err(format!("{} is written as {value:?}", write.id));
            }
            if value.matches('<').count() != value.matches('>').count() {
                return Err(format!("{} is broken markup: {value}", write.id));
            }
        }
        if matches!(write.id, "answer-text" | "before" | "under-text") && value.trim().is_empty() {
            // The words before the answer may be a single space.
            if write.id != "before" || value.is_empty() {
                return Err(format!("{} is empty", write.id));
            }
        }
        if write.id == "stale-note" && value.is_empty() == outcome.is_stale() {
            return Err(format!("stale: {}, but the note says {value:?}", outcome.is_stale()));
        }
    }
    for problem in &outcome.reading.problems {
        let (trouble, style) = (outcome.trouble.as_ref(), outcome.draft.numbers);
        for last in [None, Some(&outcome.answer)] {
            let said =
                message(problem.field, &outcome.reading, trouble, last.map(AsRef::as_ref), style);
            if said.text.is_empty() || !said.is_problem || !said.text.ends_with('.') {
                return Err(format!("{problem:?}: {said:?}"));
            }
        }
    }
    Ok(())
}

#[test]
fn no_draft_leaves_the_page_without_something_true_to_say() {
    let catalog = shipped();
    let mut random = Random::new(31);
    let first = Outcome::of(&Preset::SteepTiers.draft(), catalog, None).unwrap();
    let places: Vec<_> = writes(&first, &view(&first, 640))
        .into_iter()
        .map(|write| (write.id, write.aspect))
        .collect();
    let mut before: Option<Outcome> = None;
    let (mut stale, mut answered) = (0, 0);
    for index in 0..20_000 {
        let draft = random_draft(&mut random);
        let outcome = Outcome::of(&draft, catalog, before.as_ref()).expect("there is always one");
        let list = writes(&outcome, &view(&outcome, 320 + random.below(1281)));
        if let Err(problem) = check(&outcome, &list) {
            panic!("draft {index}: {problem}\n{draft:#?}");
        }
        let written: Vec<_> = list.iter().map(|write| (write.id, write.aspect)).collect();
        assert!(written == places, "draft {index} is written in other places\n{draft:#?}");
        if outcome.is_stale() {
            let kept = before.as_ref().map_or(&first.answer, |before| &before.answer);
            assert!(outcome.answer == *kept, "draft {index} lost the last good answer\n{draft:#?}");
            stale += 1;
        } else {
            assert!(outcome.answer.draft == draft, "draft {index} answers another");
            answered += 1;
        }
        before = random.chance(90).then_some(outcome);
    }
    println!("{answered} drafts answered, {stale} kept the last good answer");
    assert!(answered > 3_000 && stale > 3_000, "{answered} answered, {stale} stale");
}

/// The opening example with some fields changed, after itself.
fn changed(texts: &[(FieldId, &str)]) -> Outcome {
    let start = Preset::SteepTiers.draft();
    let first = Outcome::of(&start, shipped(), None).unwrap();
    let mut draft = start;
    for (field, text) in texts {
        draft.set(*field, (*text).to_owned());
    }
    Outcome::of(&draft, shipped(), Some(&first)).unwrap()
}

/// What the page writes as the text of an element, or as one of its attributes.
fn said(outcome: &Outcome, id: &str, aspect: Aspect) -> String {
    let list = writes(outcome, &view(outcome, 1184));
    let found = list.into_iter().find(|write| write.id == id && write.aspect == aspect);
    found.and_then(|write| write.value).unwrap_or_default()
}

fn text(outcome: &Outcome, id: &str) -> String {
    said(outcome, id, Aspect::Text)
}

/// Whether a class or attribute is there.
fn is_on(outcome: &Outcome, id: &str, aspect: Aspect) -> bool {
    let list = writes(outcome, &view(outcome, 1184));
    list.iter().any(|write| write.id == id && write.aspect == aspect && write.value.is_some())
}

/// The whole sentence from "before" to "after".
fn sentence(outcome: &Outcome) -> String {
    let hidden = is_on(outcome, "term", Aspect::Attribute("hidden"));
    let term = if hidden { "" } else { "mark price" };
    ["before", "", "between", "answer-text", "after"]
        .map(|id| if id.is_empty() { term.to_owned() } else { text(outcome, id) })
        .concat()
}

#[test]
fn each_fault_has_its_sentence_and_the_old_answer_stays() {
    use FieldId::{CloseFee, EntryPrice, Leverage, MarkPrice, Quantity, WarningRatio};
    let separators = "Not a number: its points and commas do not fit together.";
    let digits = "Too many digits: 12 before and 12 after the decimal sign at most.";
    let most = "At most 999\u{202f}999\u{202f}999\u{202f}999.999999999999.";
    for (field, typed, expected) in [
        (Quantity, "", "The size is empty."),
        (Quantity, "abc", "Not a number."),
        (Quantity, "-5", "Must be more than 0."),
        (Quantity, "0", "Must be more than 0."),
        (Quantity, "5%", "A size takes a plain number."),
        (Quantity, "1000000000000", most),
        (EntryPrice, "", "The entry price is empty."),
        (EntryPrice, "1.2.3", separators),
        (EntryPrice, &"7".repeat(200), digits),
        (MarkPrice, "1.0000000000001", "At most 12 digits after the decimal sign."),
        (MarkPrice, "", "The mark price is empty."),
        (Leverage, "0", "Must be more than 0\u{d7}."),
        (Leverage, "1001", "At most 1\u{202f}000\u{d7}."),
        (Leverage, "10%", "A leverage takes a plain number."),
        (WarningRatio, "0", "Must be more than 0\u{202f}%."),
        (WarningRatio, "101", "At most 100\u{202f}%."),
        (CloseFee, "-1", "At least 0\u{202f}%."),
        (CloseFee, "11", "At most 10\u{202f}%."),
    ] {
        let (line, prefix, still, name) = match field {
            Quantity => ("sentence-say", "Size: ", "40", "size"),
            EntryPrice => ("sentence-say", "Entry price: ", "521.48", "entry price"),
            MarkPrice => ("mark-say", "", "521.48", "mark price"),
            Leverage => ("leverage-say", "", "10", "leverage"),
            WarningRatio => ("call-say", "", "80", "margin call level"),
            _ => ("close-fee-say", "", "0", "closing fee"),
        };
        let why = if typed.is_empty() { "is empty" } else { "cannot be used as it stands" };
        let outcome = changed(&[(field, typed)]);
        assert_eq!(text(&outcome, line), format!("{prefix}{expected} Still using {still}."));
        assert_eq!(text(&outcome, "stale-note"), format!("Not updated: {name} {why}."));
        assert_eq!(text(&outcome, "answer-text"), text(&changed(&[]), "answer-text"));
        assert!(is_on(&outcome, line, Aspect::Class("problem")), "{typed:?}");
        assert!(is_on(&outcome, "answer", Aspect::Class("stale")), "{typed:?}");
    }
}

#[test]
fn an_ambiguous_number_is_shown_as_it_was_read() {
    let outcome = changed(&[(FieldId::Quantity, "1,234")]);
    assert_eq!(text(&outcome, "sentence-say"), "Size: Read as 1\u{202f}234");
    let outcome = changed(&[(FieldId::MarkPrice, "0.6k")]);
    assert_eq!(text(&outcome, "mark-say"), "Read as 600");
    assert!(!outcome.is_stale());
}

#[test]
fn more_leverage_than_the_tier_allows_is_refused_with_a_way_out() {
    let outcome = changed(&[(FieldId::Leverage, "60")]);
    assert_eq!(sentence(&outcome), " would be refused.");
    assert_eq!(text(&outcome, "under-text"), "At this size the table allows at most 50\u{d7}.");
    assert_eq!(text(&outcome, "way-out"), "Use 50\u{d7}");
    let way_out = said(&outcome, "way-out", Aspect::Attribute("data-leverage"));
    assert_eq!(way_out, "50");
    assert_eq!(sentence(&changed(&[(FieldId::Leverage, &way_out)])).find(" is closed"), Some(0));
}

#[test]
fn a_long_paid_in_full_is_never_closed() {
    let outcome = changed(&[(FieldId::Leverage, "1")]);
    assert_eq!(sentence(&outcome), " cannot be closed by price alone.");
    assert_eq!(
        text(&outcome, "under-text"),
        "You paid the full price, so the most you can lose is what you paid. Fees and funding can \
         still eat the margin over time."
    );
    assert_eq!(text(&outcome, "fig-distance"), "no price closes it");
}

#[test]
fn a_mark_beyond_the_line_is_already_past_it() {
    let line = text(&changed(&[]), "answer-text");
    let outcome = changed(&[(FieldId::MarkPrice, "470")]);
    // 40 x 470 is 18 800, in tier 1: 1 % of it, 188, must be kept. 2 085.92 - 40 x 51.48 = 26.72.
    assert!(
        sentence(&outcome)
            .starts_with(", at a mark price of 470.00, is already past its closing price of 474.0")
    );
    assert_eq!(
        text(&outcome, "under-text"),
        "You have 26.72 and must keep 188.00. Adding 161.28 USDT before the exchange acts would \
         bring it back to the line."
    );
    assert!(line.starts_with("474.0"), "{line}");
}

#[test]
fn a_size_beyond_the_last_tier_keeps_the_last_answer() {
    let outcome = changed(&[(FieldId::Quantity, "100000")]);
    assert!(outcome.is_stale());
    assert_eq!(
        text(&outcome, "sentence-say"),
        "Size: The tier table ends below this size. Beyond it no rate is known. Still using 40."
    );
    assert_eq!(text(&outcome, "stale-note"), "Not updated: the tier table ends below this size.");
}

#[test]
fn prices_at_the_limits_have_an_answer_or_a_sentence() {
    let (least, most) = ("0.000000000001", "999999999999.999999999999");
    for side in [Side::Long, Side::Short] {
        for rules in [RuleChoice::SingleRate, RuleChoice::Table(ARTICLE_TABLE)] {
            for (size, entry, mark) in [
                ("0.001", most, most),
                (most, most, most),
                (most, least, most),
                (least, most, least),
                (least, least, least),
            ] {
                let mut draft = Preset::Bitcoin.draft();
                (draft.side, draft.rules) = (side, rules);
                for (field, text) in [
                    (FieldId::Quantity, size),
                    (FieldId::EntryPrice, entry),
                    (FieldId::MarkPrice, mark),
                    (FieldId::Leverage, "7"),
                ] {
                    draft.set(field, text.to_owned());
                }
                let outcome = Outcome::of(&draft, shipped(), None).unwrap();
                let list = writes(&outcome, &view(&outcome, 1184));
                check(&outcome, &list).unwrap();
            }
        }
    }
}
