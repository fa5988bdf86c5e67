//! A link holds the numbers and choices, all of them and nothing else.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

#[path = "oracle/number.rs"]
#[expect(dead_code, reason = "only its source of numbers is used here")]
mod number;

use margin_calculator::quantity::Side;
use margin_calculator::scenario::{
    Control, Controls, Draft, FieldId, Opened, Preset, RuleChoice, open, open_onto, read, write,
};
use margin_calculator::text::{NumberStyle, grouped};
use margin_calculator::venue::{ARTICLE_TABLE, Catalog, USUAL_TABLE, catalog};
use number::Random;
use rust_decimal::Decimal;

fn shipped() -> &'static Catalog {
    catalog().expect("the shipped tables are valid")
}

fn opened(query: &str) -> Opened {
    let opened = open(query, shipped());
    assert!(is_readable(&opened.draft), "{query:.200} cannot be read");
    opened
}

fn is_readable(draft: &Draft) -> bool {
    read(draft, shipped()).scenario.is_some()
}

/// What counts of a draft: the choices, and the values of the fields in force.
fn meaning(draft: &Draft) -> (&str, Side, RuleChoice, NumberStyle, Vec<Option<Decimal>>) {
    let reading = read(draft, shipped());
    let values = FieldId::ALL.map(|field| reading.value(field).map(|read| read.value));
    (draft.coin, draft.side, draft.rules, draft.numbers, values.to_vec())
}

fn random_value(random: &mut Random, field: FieldId) -> Decimal {
    match field {
        FieldId::Quantity | FieldId::EntryPrice | FieldId::MarkPrice => {
            let (digits, places) = (random.below(12) + 1, random.below(13));
            if random.chance(10) {
                random.extreme(digits, places)
            } else {
                random.decimal(digits, places)
            }
        }
        FieldId::Leverage => {
            let places = random.below(7);
            random.decimal(3, places)
        }
        FieldId::CloseFee => random.decimal(1, 4),
        FieldId::FlatRate | FieldId::WarningRatio => {
            let places = random.below(9);
            random.decimal(2, places)
        }
    }
}

fn random_draft(random: &mut Random) -> Draft {
    let catalog = shipped();
    let mut draft = random.pick(&Preset::ALL).draft();
    draft.restyle(random.pick(&NumberStyle::ALL));
    let listings: Vec<_> = catalog.listings().iter().collect();
    draft.choose_coin(random.pick(&listings), catalog);
    draft.side = random.pick(&[Side::Long, Side::Short]);
    draft.rules = match random.below(3) {
        0 => RuleChoice::SingleRate,
        1 if draft.coin == "BTC" => RuleChoice::Table(ARTICLE_TABLE),
        _ => RuleChoice::Table(USUAL_TABLE),
    };
    for field in FieldId::ALL {
        if random.chance(60) {
            let value = random_value(random, field);
            let text = if random.chance(70) {
                grouped(value, draft.numbers)
            } else {
                value.to_string().replace('.', "\u{66b}")
            };
            draft.set(field, text);
        }
    }
    draft
}

fn shuffled(query: &str, random: &mut Random) -> String {
    let mut parts: Vec<&str> = query.split('&').collect();
    for end in (1..parts.len()).rev() {
        let other = random.below(u32::try_from(end + 1).unwrap()) as usize;
        parts.swap(end, other);
    }
    parts.join("&")
}

#[test]
fn a_link_restores_every_number_and_choice_in_any_order() {
    let mut random = Random::new(47);
    let mut written = 0;
    for _ in 0..4_000 {
        let draft = random_draft(&mut random);
        let Some(query) = write(&draft, shipped()) else {
            assert!(!is_readable(&draft), "{draft:#?}");
            continue;
        };
        written += 1;
        assert!(query.is_ascii() && query.len() < 400, "{query}");
        let restored = opened(&query);
        assert_eq!(restored.left_out, Vec::<String>::new(), "{query}");
        assert!(restored.carries_numbers);
        assert_eq!(meaning(&restored.draft), meaning(&draft), "{query}");
        // What a link restores is written as the same link.
        assert_eq!(write(&restored.draft, shipped()).as_deref(), Some(query.as_str()));
        assert_eq!(opened(&shuffled(&query, &mut random)).draft, restored.draft, "{query}");
        assert_eq!(opened(&format!("?{query}")), restored, "{query}");
    }
    assert!(written > 3_000, "{written} drafts could be written");
}

#[test]
fn the_order_of_any_parameters_does_not_matter() {
    let mut random = Random::new(53);
    for query in [
        "preset=large-short&coin=ETH&size=5&num=indian",
        "coin=DOGE&mark=0.2&num=point&tiers=article&side=short",
        "tiers=flat:0.75&coin=BTC&entry=90000.5&lev=3&call=70&fee=0.05&num=comma&v=1",
        "preset=article&coin=ETH&tiers=article&num=apos",
        "size=0&lev=abc&x=1&theme=dark&coin=SOL&coin=BTC&entry=100",
    ] {
        let expected = opened(query);
        let sorted = |left_out: &[String]| {
            let mut sorted = left_out.to_vec();
            sorted.sort();
            sorted
        };
        for _ in 0..60 {
            let found = opened(&shuffled(query, &mut random));
            assert_eq!(found.draft, expected.draft, "{query}");
            assert_eq!(sorted(&found.left_out), sorted(&expected.left_out), "{query}");
            assert_eq!(found.carries_numbers, expected.carries_numbers, "{query}");
        }
    }
}

#[test]
fn a_draft_that_cannot_be_read_has_no_link() {
    for (field, text) in [
        (FieldId::Quantity, ""),
        (FieldId::EntryPrice, "abc"),
        (FieldId::Leverage, "0"),
        (FieldId::MarkPrice, "-1"),
        (FieldId::CloseFee, "1x"),
    ] {
        let mut draft = Preset::Bitcoin.draft();
        draft.set(field, text.to_owned());
        assert_eq!(write(&draft, shipped()), None, "{text:?}");
    }
    let mut draft = Preset::SteepTiers.draft();
    // A rate that no rule uses may be anything.
    draft.set(FieldId::FlatRate, "<b>".to_owned());
    assert!(write(&draft, shipped()).is_some());
}

#[test]
fn what_is_set_in_a_chapter_is_no_part_of_the_numbers() {
    let found = opened("story=after-venue:dydx~after-path-gap:");
    assert_eq!(found.left_out, Vec::<String>::new());
    assert!(!found.carries_numbers);
    assert_eq!(found.draft, opened("").draft);
}

#[test]
fn every_example_has_a_short_name_in_links() {
    for preset in Preset::ALL {
        let found = opened(&format!("preset={}", preset.key()));
        assert_eq!(found.draft, preset.draft());
        assert_eq!(found.left_out, Vec::<String>::new());
        assert!(found.carries_numbers);
    }
    let found = opened("size=50&preset=btc&lev=20");
    assert_eq!(found.draft.coin, "BTC");
    assert_eq!(found.draft.text(FieldId::Quantity), "50");
    assert_eq!(found.draft.text(FieldId::Leverage), "20");
}

#[test]
fn a_link_looks_the_way_it_is_documented() {
    let link = |draft: &Draft| write(draft, shipped()).unwrap();
    let mut draft = Preset::SteepTiers.draft();
    assert_eq!(link(&draft), "v=1&coin=ZEC&side=long&size=40&entry=521.48&lev=10&mark=521.48");
    draft.rules = RuleChoice::SingleRate;
    draft.set(FieldId::FlatRate, "0.50".to_owned());
    draft.set(FieldId::CloseFee, "0.05".to_owned());
    draft.restyle(NumberStyle::Point);
    assert_eq!(
        link(&draft),
        "v=1&coin=ZEC&side=long&size=40&entry=521.48&lev=10&mark=521.48&fee=0.05&tiers=flat:0.5&num=point"
    );
    for query in ["tiers=flat:0.5", "tiers=flat%3A0.5", "?tiers=flat%3a0.5"] {
        let found = opened(query);
        assert_eq!(found.left_out, Vec::<String>::new(), "{query}");
        assert_eq!(found.draft.rules, RuleChoice::SingleRate);
        assert_eq!(found.draft.text(FieldId::FlatRate), "0.5");
    }
}

#[test]
fn parts_about_the_page_are_neither_numbers_nor_mistakes() {
    for query in [
        "",
        "?",
        "theme=dark",
        "theme=dark&view=full&lang=de",
        "view=embed&theme=auto&show=lev,size&lock=side",
        "show=&lock=",
        "v=1",
        "num=point",
    ] {
        let found = opened(query);
        assert_eq!(found.left_out, Vec::<String>::new(), "{query}");
        assert!(!found.carries_numbers, "{query}");
        assert_eq!(found.draft.coin, Preset::SteepTiers.draft().coin);
    }
}

#[test]
fn an_embed_shows_and_locks_what_its_link_names() {
    let found = opened("show=size,mark&lock=lev");
    for control in Control::ALL {
        let shown = matches!(control, Control::Size | Control::Mark);
        assert_eq!(found.frame.shown.has(control), shown, "{control:?}");
        assert_eq!(found.frame.locked.has(control), control == Control::Leverage, "{control:?}");
    }
    let usual = opened("lev=20").frame;
    assert_eq!(usual.shown, Controls::of(&[Control::Leverage]));
    assert_eq!(usual.locked, Controls::default());
    // Nothing is obeyed halfway.
    let found = opened("show=size,colour&lock=all&view=wide&theme=purple&lang=de&lang=fr");
    assert_eq!(found.frame, usual);
    let named = ["show=size,colour", "lock=all", "view=wide", "theme=purple", "lang=de", "lang=fr"];
    assert_eq!(found.left_out, named);
}

#[test]
fn a_host_changes_what_stands_and_nothing_else() {
    let catalog = catalog().unwrap();
    let before = opened("coin=ETH&lev=7&size=3&num=comma&show=size");
    let after = open_onto(before.clone(), "lev=20&size=many", catalog);
    assert_eq!(after.draft.text(FieldId::Leverage), "20");
    assert_eq!(after.draft.text(FieldId::Quantity), "3");
    assert_eq!((after.draft.coin, after.frame), ("ETH", before.frame));
    assert_eq!(after.left_out, ["size=many"]);
    // Another example keeps how numbers are written.
    let example = open_onto(before, "preset=large-short", catalog);
    assert_eq!(example.draft.text(FieldId::EntryPrice), "87,959.9");
    assert_eq!(example.example, Preset::LargeShort);
}

#[test]
fn what_cannot_be_used_is_left_out_and_named() {
    let many = "9".repeat(41);
    for (query, named) in [
        ("size=abc", "size=abc"),
        ("size=", "size"),
        ("size", "size"),
        ("size=0", "size=0"),
        ("size=-5", "size=-5"),
        ("size=1e5", "size=1e5"),
        ("size=60k", "size=60k"),
        ("size=1,234", "size=1,234"),
        ("size=1.2.3", "size=1.2.3"),
        ("size=.", "size=."),
        ("size=+5", "size= 5"),
        ("size=%C2%A05", "size=\u{a0}5"),
        ("size=\u{665}", "size=\u{665}"),
        ("size=1000000000000", "size=1000000000000"),
        ("size=0.0000000000001", "size=0.0000000000001"),
        (&format!("size={many}"), &format!("size={}\u{2026}", "9".repeat(24))),
        ("lev=0", "lev=0"),
        ("lev=1001", "lev=1001"),
        ("lev=10x", "lev=10x"),
        ("call=101", "call=101"),
        ("fee=10.1", "fee=10.1"),
        ("flat=0.5", "flat=0.5"),
        ("tiers=flat:", "tiers=flat:"),
        ("tiers=flat:100", "tiers=flat:100"),
        ("tiers=flat:abc", "tiers=flat:abc"),
        ("tiers=flat", "tiers=flat"),
        ("tiers=nowhere", "tiers=nowhere"),
        ("tiers=article", "tiers=article"),
        ("coin=btc", "coin=btc"),
        ("coin=XYZ", "coin=XYZ"),
        ("side=Long", "side=Long"),
        ("side=both", "side=both"),
        ("mode=cross", "mode=cross"),
        ("num=roman", "num=roman"),
        ("preset=moon", "preset=moon"),
        ("v=2", "v=2"),
        ("Size=5", "Size=5"),
        ("x=1", "x=1"),
        ("__proto__=1", "__proto__=1"),
        ("constructor[prototype]=1", "constructor[prototype]=1"),
        ("=5", "=5"),
        ("size=%00", "size="),
        ("si%0Aze=5", "size=5"),
        ("x=%FF%FE", "x=\u{fffd}\u{fffd}"),
        ("x=<script>alert(1)</script>", "x=<script>alert(1)</script\u{2026}"),
    ] {
        let found = opened(query);
        assert_eq!(found.left_out, [named], "{query}");
        assert_eq!(found.draft, Preset::SteepTiers.draft(), "{query}");
        assert!(!found.carries_numbers, "{query}");
        // The rest of the link still holds.
        let found = opened(&format!("lev=33&{query}&side=short"));
        assert_eq!(found.draft.side == Side::Short, !query.starts_with("side"), "{query}");
        assert!(found.left_out.iter().any(|part| part == named), "{query}");
    }
}

#[test]
fn a_repeated_part_counts_for_nothing() {
    let found = opened("size=5&size=6&lev=20");
    assert_eq!(found.left_out, ["size=5", "size=6"]);
    assert_eq!(found.draft.text(FieldId::Quantity), "40");
    assert_eq!(found.draft.text(FieldId::Leverage), "20");
    assert_eq!(opened("coin=BTC&coin=BTC").left_out, ["coin=BTC", "coin=BTC"]);
}

#[test]
fn hostile_links_are_refused_in_few_words() {
    let huge = format!("size={}", "1".repeat(100_000));
    let found = opened(&huge);
    assert_eq!(found.left_out, ["the whole link=too long"]);
    assert_eq!(found.draft, Preset::SteepTiers.draft());
    let many = "a=1&".repeat(1_000);
    assert_eq!(opened(&many).draft, Preset::SteepTiers.draft());
    let mut random = Random::new(61);
    let parts = [
        "size",
        "lev",
        "tiers",
        "coin",
        "num",
        "preset",
        "__proto__",
        "=",
        "=",
        "=",
        "&",
        "&",
        "%",
        "%3A",
        "%00",
        "flat:",
        "0.5",
        "99",
        "BTC",
        "article",
        "\u{202e}",
        "+",
        ";",
        "#",
        "?",
        "-",
        "\u{1f680}",
        "1e9",
    ];
    for _ in 0..3_000 {
        let length = random.below(24);
        let query: String = (0..length).map(|_| random.pick(&parts)).collect();
        for part in opened(&query).left_out {
            assert!(part.chars().count() <= 51, "{part}");
            assert!(!part.chars().any(char::is_control), "{part:?}");
        }
    }
}
