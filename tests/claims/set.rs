//! What a claim tells its chapter: that the chapter has such controls and takes such values, and that it
//! then shows what the card says.

use margin_calculator::page::{Aspect, Write};
use margin_calculator::quantity::read_digits;
use margin_calculator::story::claims::{Claim, claims};
use margin_calculator::story::{CHAPTERS, Story};
use margin_calculator::text::{NumberStyle, grouped};

use super::{claim, plain, shown};

/// What a chapter's elements become once it was told `words`, with its body.
fn told(
    chapter: &str,
    words: &Claim,
    style: NumberStyle,
) -> Result<(String, Vec<Write>), &'static str> {
    let mut story = Story::new(CHAPTERS);
    let body = story.open(chapter).ok_or("there is no such chapter")?;
    for (id, value) in words.settings() {
        story.take(id, value);
    }
    Ok((body, story.write(&format!("{}&num={}", words.numbers, style.key()), 1184)))
}

/// What is wrong with what a claim sets: an id that its chapter does not have, or a value that it does
/// not take.
fn fault(claim: &Claim, style: NumberStyle) -> Result<(), String> {
    let (body, news) = told(claim.see, claim, style)?;
    let said = |id: &str, aspect: Aspect| {
        let found = news.iter().find(|it| it.id == id && it.aspect == aspect);
        found.and_then(|it| it.value.clone()).unwrap_or_default()
    };
    for (id, value) in claim.settings() {
        let (before, after) =
            body.split_once(&format!(" id=\"{id}\"")).ok_or(format!("{id} is nowhere"))?;
        let element = before.rsplit('<').next().unwrap_or_default().split(' ').next();
        match element {
            Some("button") if value.is_empty() => continue,
            Some("select") => {
                let options = after.split("</select>").next().unwrap_or_default().to_owned()
                    + &said(id, Aspect::Markup);
                if !options.contains(&format!("<option value=\"{value}\">")) {
                    return Err(format!("{id} has no {value}"));
                }
            }
            Some("input" | "textarea") => {}
            _ => return Err(format!("{id} cannot hold {value}")),
        }
        let held = said(id, Aspect::Value);
        let is_grouped = read_digits(value).is_some_and(|number| held == grouped(number, style));
        if held != value && !is_grouped {
            return Err(format!("{id} holds {held} instead of {value}"));
        }
    }
    let is_wrong = |write: &&Write| match write.aspect {
        Aspect::Class("problem" | "stale") => write.value.is_some(),
        Aspect::Attribute("aria-invalid") => write.value.as_deref() == Some("true"),
        Aspect::Text if write.id.ends_with("-failed") || write.id.ends_with("-trouble") => {
            write.value.as_deref() != Some("")
        }
        _ => false,
    };
    news.iter().find(is_wrong).map_or(Ok(()), |write| Err(format!("{write:?}")))
}

#[test]
fn what_a_claim_sets_is_there_and_taken_in_every_number_style() {
    for claim in claims().iter().filter(|claim| !claim.set.is_empty()) {
        for style in NumberStyle::ALL {
            assert_eq!(fault(claim, style), Ok(()), "{} {style:?}", claim.key);
        }
    }
    for key in ["b1", "b2", "b5", "c1", "c2", "c3", "c4", "c5", "d5", "e1", "e4"] {
        assert!(!claim(key).set.is_empty(), "{key} shows its chapter as it should stand");
    }
}

#[test]
fn a_slip_in_what_a_claim_sets_is_found() {
    let slips = [
        ("after", "after-venu=article"),
        ("after", "after-venue=artcle"),
        ("after", "after-venue"),
        ("after", "after-path-bleeds"),
        ("after", "after-path-bleed=1"),
        ("after", "after-bid1=one"),
        ("after", "after-bid1=-1"),
        ("after", "after-dwell=601"),
        ("after", "after-csv=0;0 after-csv-use"),
        ("after", "mark-wild"),
        ("mark", "mark-rule=gold"),
        ("mark", "mark-last=0"),
        ("changing", "changing-table=other"),
        ("changing", "changing-times-slider=x"),
        ("nowhere", "nowhere-set"),
    ];
    for (see, set) in slips {
        let mut slip = claim("b1").clone();
        (slip.see, slip.set) = (see, set.to_owned());
        assert!(fault(&slip, NumberStyle::default()).is_err(), "{set}");
    }
}

/// Each figure stands in the card and in what its chapter says.
#[test]
fn the_chapter_then_shows_what_the_card_says() {
    let rows: [(&str, &str, &[&str]); 12] = [
        ("b1", "mark-says", &["78 422.2", "79 481.9", "The mark never goes below 87 959.9,"]),
        ("b2", "mark-formula", &["87 959.9", "0.03 %", "87 979.7", "88 000.0", "88 100.0"]),
        ("b5", "after-outcome", &["losed at 4:03"]),
        ("c1", "after-outcome", &["t stays open"]),
        ("c1", "after-log", &["1:00", "1:00.5"]),
        ("c2", "after-outcome", &["t stays open"]),
        ("c3", "after-outcome", &["132.27279942"]),
        ("c4", "after-outcome", &["18.37 of 879.60 comes back"]),
        ("c5", "after-log", &["18.37", "99.18"]),
        ("d5", "changing-oi-says", &["51 %", "25 and 50 million", "1.2 %"]),
        ("e1", "changing-pairs", &["86 546.9", "86 895.9"]),
        ("e4", "after-final", &["At 4:13 the mark is back at 79 495.6"]),
    ];
    for (key, id, figures) in rows {
        let claim = claim(key);
        let (_, news) = told(claim.see, claim, NumberStyle::default()).unwrap();
        let is_it = |it: &&Write| it.id == id && matches!(it.aspect, Aspect::Text | Aspect::Markup);
        let said = plain(news.iter().find(is_it).unwrap().value.as_ref().unwrap());
        let card = plain(&shown(key).sentence);
        for figure in figures {
            assert!(card.contains(figure), "{key}: {figure} in {card}");
            assert!(said.contains(figure), "{key}: {figure} in {said}");
        }
    }
}
