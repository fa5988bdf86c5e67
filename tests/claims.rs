//! The companion of claims: each card's verdict, and that its numbers give the figure it states.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "claims/set.rs"]
mod set;

use margin_calculator::margin::{MarginRatio, Threshold};
use margin_calculator::page::{Aspect, Write};
use margin_calculator::process::rule_set;
use margin_calculator::quantity::{Exact, Rounding};
use margin_calculator::scenario::open;
use margin_calculator::story::claims::{Claim, Figure, Verdict, answered, card, claims, figure};
use margin_calculator::story::{CHAPTERS, Story};
use margin_calculator::text::NumberStyle;
use margin_calculator::venue::catalog;

fn claim(key: &str) -> &'static Claim {
    claims().iter().find(|claim| claim.key == key).unwrap()
}

fn shown(key: &str) -> Figure {
    figure(claim(key), NumberStyle::default()).unwrap()
}

/// With the usual space between groups and before a percent sign.
fn plain(text: &str) -> String {
    text.replace('\u{202f}', " ")
}

#[test]
fn every_claim_has_its_verdict_its_source_and_its_date() {
    let expected = [
        ("a1", "Right"),
        ("a2", "Right"),
        ("a3", "Right"),
        ("a4", "Right"),
        ("a5", "Differs from the exchange"),
        ("b1", "Right"),
        ("b2", "Right in kind"),
        ("b3", "A slip of the sign"),
        ("b4", "Right"),
        ("b5", "Right"),
        ("c1", "Not found in any exchange\u{2019}s documents"),
        ("c2", "Right"),
        ("c3", "Right"),
        ("c4", "Right in kind"),
        ("c5", "Loose"),
        ("d1", "Right"),
        ("d2", "Understated"),
        ("d3", "Right"),
        ("d4", "Right"),
        ("d5", "Not found in any exchange\u{2019}s documents"),
        ("e1", "Right"),
        ("e2", "Right"),
        ("e3", "Right"),
        ("e4", "Right"),
    ];
    let found: Vec<_> = claims().iter().map(|it| (it.key, it.verdict.words())).collect();
    assert_eq!(found, expected);
    for claim in claims() {
        let numbers = claim.as_of.split('-').map(str::parse::<u16>);
        assert!(
            numbers.clone().count() >= 2 && numbers.into_iter().all(|it| it.is_ok()),
            "{}",
            claim.key
        );
        assert!(claim.source.len() > 10, "{}", claim.key);
        assert!(!claim.says.contains('"') && claim.says.ends_with('.'), "{}", claim.key);
    }
}

/// By hand, from the tables: 0.1 BTC at 87 959.9 with 10x puts down 879.599. At 0.4 % without a
/// deduction the long is closed at (8795.99 - 879.599) / 0.0996 = 79481.837..., on the step of 0.1
/// toward the mark 79481.9, where both sides are 31.7927.... For the others the working stands beside.
#[test]
fn the_numbers_of_each_claim_give_what_its_card_says() {
    let rows = [
        (
            "a1",
            "The two meet at 79 481.9: what you have is 31.79 there, and what you must keep is 31.79.",
        ),
        // 879.599 - 0.1 x 8559.9 = 23.609; 0.004 x 7940 = 31.76.
        (
            "a2",
            "At a mark of 79 400.0 you have 23.60 and must keep 31.76: already past the line at 79 481.8.",
        ),
        ("a3", "Set aside to open: 879.60. Watched, and set aside nowhere: 35.19."),
        // 0.99 / 0.995 and 0.99 / 0.996 of 87 959.9.
        (
            "a5",
            "At 100\u{d7} the article\u{2019}s tiers close at 87 517.9, Binance USDS-M of April 2026 at 87 430.1. Those begin with 0.4 % up to 300 000 USDT and end with 50 %.",
        ),
        // An eighth of the way beyond: 79481.9 - 8478 / 8 = 78422.15, on an even step. Price 2 stays at the
        // index, below price 1, and so is the median for that second. 879.599 - 35.18396 to spare.
        (
            "b1",
            "For one second a trade stands at 78 422.2, beyond the closing price of 79 481.9. The mark never goes below 87 959.9, where 844.41 are to spare.",
        ),
        // 87959.9 x (1 + 0.0003 x 6 / 8) = 87979.691; 87959.9 + 40.1; as given.
        (
            "b2",
            "With the index at 87 959.9, funding of 0.03 % and the book at 88 000.0: price 1 is 87 979.7, price 2 is 88 000.0, the last trade 88 100.0. The mark is the one between, 88 000.0.",
        ),
        // 0.1 x 3959.9 lost.
        (
            "b3",
            "879.60 put down, 395.99 lost at 84 000.0: you have 483.61. With a minus it would be 1 275.59, more than at the start.",
        ),
        // 7916.391 / 0.0995 = 79561.718....
        ("b4", "A warning at 79 561.8, closed at 79 481.9: 79.9 between the two."),
        // Bankrupt at 79163.91, 317.927 below the line; the crash ends twice as far below it, at 78845.983.
        // From 79800 in eight seconds that is 119.252 a second: 79561.5 and 79442.2 at 4:02 and 4:03.
        // With 100 more (8795.99 - 979.599) / 0.0996 = 78477.821..., which it does not reach.
        (
            "b5",
            "The price falls within seconds: a warning at 4:02, and it is closed at 4:03. 100 added between the two move the closing price from 79 481.9 to 78 477.9, and it stays open.",
        ),
        // 5 % of 879.599; (7916.391 - 43.98) / 0.0996 = 79040.271.... It sinks by 17.9938 a second to
        // 79322.874, half-way to bankruptcy: past the line after 471.2 s, and a second is waited.
        (
            "c2",
            "Orders that held 43.98 are cancelled at 7:53. Where that backs the position its closing price becomes 79 040.3, and it stays open. Where it goes to the wallet, it is closed at 7:53.",
        ),
        // 1 - (1 - 1/L) / 0.996.
        (
            "d1",
            "Closed this far from entry, at 5\u{d7}: 19.68 %, 10\u{d7}: 9.64 %, 50\u{d7}: 1.61 %, 100\u{d7}: 0.60 %.",
        ),
        ("d4", "Closed at 79 481.9; with 100 added at 78 477.9, with 100 taken away at 80 485.9."),
        // 2 % + 98 % x (37.5 - 25) / 25; 2 % x 60 %.
        (
            "d5",
            "By that documented rule an initial rate of 2 % becomes 51 % with open interest half-way between caps of 25 and 50 million. The maintenance rate stays at 1.2 %.",
        ),
        // 0.98 / 0.996 and 0.98 / 0.992 of 87 959.9.
        (
            "e1",
            "At 50×, opened under a rate of 0.4 %, it is closed at 86 546.9. With 0.8 % from now on, at 86 895.9.",
        ),
        // 1.1 / 1.004 - 1.
        (
            "e2",
            "At 87 959.9 a long and a short of 0.1 BTC must both keep 35.19 and 35.19. The long is closed by 9.64 %, the short by 9.56 %.",
        ),
        ("e3", "879.60 put down and 35.19 to be kept: right after opening you have all 879.60."),
        // It falls to 79322.874 in 240 s: 79466.8 at 3:56 is the first past the line. Ten seconds later it
        // rises by 57.5802 a second: 79438.0 at 4:12, 79495.6 at 4:13.
        (
            "e4",
            "Closed at 3:56. At 4:13 the mark is back at 79 495.6, above the line at 79 481.9: 0.00 of 879.60 comes back.",
        ),
    ];
    for (key, sentence) in rows {
        assert_eq!(plain(&shown(key).sentence), sentence, "{key}");
    }
}

/// What rules come to that are named as their file names them.
#[test]
fn by_which_rules_a_path_ends_how_is_said_with_their_names() {
    let name = |id| rule_set(id).unwrap().name.as_str();
    // By the path that the claim gives: half a second past the line, and a whole one is to be waited.
    let dip = format!(
        "From 1:00 to 1:00.5 the mark is at 79 400.0, past the line at 79 481.9. With the article\u{2019}s wait it stays open; by the rules of {} it is closed at 1:00.",
        name("bybit-linear")
    );
    assert_eq!(plain(&shown("c1").sentence), dip);
    // The short is closed at 72521158.1 / 799.5 = 90708.140 and bankrupt at 92357.895, so the mark rises
    // by 7.444 a second: 90721.6 at 6:11. Down to the tier that ends at 12 000 000: 12000000 / 90721.6.
    let part = format!(
        " Here 132.27279942 of 780 BTC stay open by the rules of {}.",
        name("binance-usdm")
    );
    assert!(plain(&shown("c3").sentence).ends_with(&part), "{}", shown("c3").sentence);
    // 879.599 less a loss of 861.23, as for the fee.
    let left = format!(
        " On the same path 18.37 of 879.60 comes back by the rules of {}, and 0.00 by those of {}.",
        name("kraken-linear"),
        name("bybit-linear")
    );
    assert!(plain(&shown("c4").sentence).ends_with(&left), "{}", shown("c4").sentence);
}

/// A gain of 3 ETH over a tenth moves the closing price of the long by what it is worth in BTC.
#[test]
fn one_wallet_makes_one_closing_price_depend_on_the_other_market() {
    // 3 ETH at 2 920.5 put down 876.15 and must keep 0.4 %, 35.046: (8795.99 - 1755.749 + 35.046) /
    // 0.0996. A tenth lower they have gained 876.15 and must keep 31.541.
    let sentence = plain(&shown("d3").sentence);
    assert!(sentence.contains("BTC is closed at 71 037.1, and at 62 205.2"), "{sentence}");
    assert!(sentence.contains("Isolated, at 79 481.9 in either case"), "{sentence}");
}

#[test]
fn at_100_times_every_exchange_closes_before_three_quarters_of_a_percent() {
    let figure = shown("d2");
    let rows: Vec<_> =
        figure.rows.iter().map(|[who, what, when]| format!("{who}: {what}, {when}")).collect();
    assert_eq!(
        rows.iter().map(|row| plain(row)).collect::<Vec<_>>(),
        [
            // 1 - 0.99 / (1 - rate), with the fee to close where the rules count one.
            "Binance USDS-M: 0.60 %, April 2026",
            "Bybit USDT and USDC perpetuals, unified account: 0.67 %, September 2026",
            "OKX USDT swaps: 0.55 %, 2025-12-29",
            "Bitget USDT perpetuals: 0.54 %, September 2025",
            // Three tenths of a percent, and a taker fee of 0.075 %.
            "Gate USDT perpetuals: 0.62 %, 2026",
            "MEXC futures: 0.60 %, 2022",
        ]
    );
    let named: Vec<_> = figure.named.iter().map(|(_, value)| plain(value)).collect();
    assert_eq!(named, ["0.50 %", "0.67 %"]);
    let markup = plain(&card("d2", NumberStyle::default()).unwrap());
    assert!(markup.contains("is closed by 0.50 % to 0.67 %, by the exchange"), "{markup}");
    assert!(!markup.contains('{'), "{markup}");
}

#[test]
fn what_differs_by_exchange_is_said_of_each_with_its_date() {
    let kept = shown("a4");
    assert!(kept.rows.len() >= 6);
    assert!(kept.rows.iter().all(|[who, what, when]| !who.is_empty()
        && !what.is_empty()
        && when.starts_with(|c: char| c.is_alphanumeric())));
    let amounts: std::collections::BTreeSet<_> =
        kept.rows.iter().map(|[_, what, _]| what).collect();
    assert!(amounts.len() >= 5, "they differ: {amounts:?}");
    // 0.1 BTC is sold 0.15 % below 79466.8, at 79347.6: 1.25 % of 7934.76 is due, and of 879.599 less a
    // loss of 861.23 there are 18.369 left.
    let fees = shown("c5");
    assert!(
        plain(&fees.sentence)
            .starts_with("Of a fee of 99.18 on 0.1 BTC, 18.37 is left and taken. "),
        "{}",
        fees.sentence
    );
    assert!(
        plain(&fees.sentence).ends_with("sets of rules that state one, to 1.5 %:"),
        "{}",
        fees.sentence
    );
    assert!(fees.rows.iter().any(|[_, what, _]| what == "none"));
    assert!(fees.rows.iter().any(|[_, what, _]| plain(what) == "1.25 %"));
    for (key, parts) in [("c3", 5), ("c4", 3)] {
        let sentence = shown(key).sentence;
        let sentence = sentence.split(". ").next().unwrap();
        let numbers =
            sentence.split([' ', ',', '.', ';']).filter_map(|word| word.parse::<u32>().ok());
        let numbers: Vec<_> = numbers.collect();
        let (all, rest) = numbers.split_first().unwrap();
        assert_eq!((rest.len(), rest.iter().sum()), (parts, *all), "{sentence}");
    }
}

#[test]
fn the_states_that_claims_speak_of_are_those_of_the_core() {
    let past = answered(claim("a2"), NumberStyle::default()).unwrap();
    assert!(matches!(past.report.liquidation, Threshold::Now { .. }));
    let MarginRatio::Of(ratio) =
        answered(claim("b5"), NumberStyle::default()).unwrap().report.margin_ratio
    else {
        unreachable!("there is something left")
    };
    assert!(ratio.exact().is_below(&Exact::ONE).unwrap(), "it can still be saved");
    let opened = answered(claim("e3"), NumberStyle::default()).unwrap();
    assert_eq!(Some(opened.report.margin_balance), opened.report.position_margin);
}

#[test]
fn the_numbers_of_a_claim_are_a_link_that_leaves_nothing_out() {
    let catalog = catalog().unwrap();
    for claim in claims() {
        assert_eq!(open(claim.numbers, catalog).left_out, Vec::<String>::new(), "{}", claim.key);
        assert!(answered(claim, NumberStyle::default()).is_some(), "{}", claim.key);
    }
}

#[test]
fn the_closed_chapter_counts_the_claims() {
    let page = include_str!("../index.html");
    assert!(page.contains(&format!("an article\u{2019}s {} claims, one by one", claims().len())));
}

#[test]
fn an_address_names_just_the_claims_that_there_are() {
    let catalog = catalog().unwrap();
    let letters = ["", "a", "d", "e", "f", "A", "a1", "d2 ", "%00"];
    let names = claims().iter().map(|claim| claim.key.to_owned());
    let others = letters.iter().flat_map(|letter| (0..=6).map(move |n| format!("{letter}{n}")));
    for name in names.chain(others) {
        let is_one = claims().iter().any(|claim| claim.key == name);
        let opened = open(&format!("view=embed&claim={name}"), catalog);
        assert_eq!(opened.left_out.is_empty(), is_one, "{name:?}");
        assert_eq!(card(&name, NumberStyle::default()).is_some(), is_one, "{name:?}");
    }
}

#[test]
fn the_cards_follow_the_number_style_and_say_which_numbers_are_in_place() {
    let mut story = Story::new(CHAPTERS);
    let body = story.open("claims").unwrap();
    for claim in claims() {
        assert_eq!(body.matches(&format!("id=\"claim-{}\"", claim.key)).count(), 1);
        assert_eq!(body.matches(&format!("href=\"#claim-{}\"", claim.key)).count(), 1);
    }
    let value = |news: &[Write], id: &str, aspect: Aspect| {
        let found = news.iter().find(|it| it.id == id && it.aspect == aspect);
        found.and_then(|it| it.value.clone())
    };
    let first = story.write("preset=btc&lev=100&num=point", 1184);
    let figure = value(&first, "claims-b3-figure", Aspect::Markup).unwrap();
    assert!(figure.contains("879,60 put down"), "{figure}");
    let pressed = Aspect::Attribute("aria-pressed");
    assert_eq!(value(&first, "claims-d2-open", pressed).as_deref(), Some("true"));
    assert_eq!(value(&first, "claims-d1-open", pressed).as_deref(), Some("false"));
    let query = value(&first, "claims-d2-open", Aspect::Attribute("data-open")).unwrap();
    assert!(query.contains("lev=100") && query.ends_with("num=point"), "{query}");
    assert!(value(&first, "claims-peek", Aspect::Text).unwrap().contains("16 of 24"));
    // The button's own numbers in place: nothing else changes.
    let then = story.write("preset=btc&lev=50&num=point", 1184);
    let ids: Vec<_> = then.iter().map(|it| it.id).collect();
    assert_eq!(ids, ["claims-d1-open", "claims-d2-open"]);
}

#[test]
fn a_verdict_is_a_shape_and_words() {
    let mut shapes = std::collections::BTreeMap::new();
    for claim in claims() {
        let markup = card(claim.key, NumberStyle::default()).unwrap();
        assert!(markup.contains(claim.verdict.words()), "{}", claim.key);
        let shape = markup.split("<svg").nth(1).unwrap().split("</svg>").next().unwrap().to_owned();
        shapes.entry(claim.verdict.words()).or_insert(shape);
    }
    assert_eq!(shapes.len(), Verdict::ALL.len());
    let right = shapes.get(Verdict::Right.words()).unwrap();
    assert!(shapes.iter().all(|(words, shape)| *words == "Right" || shape != right));
}

#[test]
fn the_distance_at_100_times_is_the_same_as_by_division() {
    let answer = answered(claim("d2"), NumberStyle::default()).unwrap();
    let closing = answer.report.liquidation.crossing().unwrap();
    let distance = closing.exact.change_from(&answer.position.entry_price).unwrap();
    // 0.99 / 0.996 - 1 = -0.0060240963...
    assert_eq!(distance.exact().round(8, Rounding::HalfEven).unwrap().to_string(), "-0.00602410");
}
