//! The companion of claims: what an education article says of maintenance margin, a card each, with a
//! verdict, its reason and source, and numbers that show it.
//!
//! What the cards say stands in `claims.txt`; every figure is calculated.

mod counts;
mod figures;
mod file;
mod runs;
mod venues;

use std::cell::RefCell;

use crate::page::Writes;
use crate::scenario::{open, write as query_of};
use crate::text::NumberStyle;
use crate::venue::catalog;
use crate::words::{Answer, month};

use super::Chapter;

pub use figures::{Figure, answered, figure};
pub use file::{Claim, Verdict, claims};

/// The parts of the article, by the letter that their claims begin with.
const PARTS: [(char, &str); 5] = [
    ('a', "What it is"),
    ('b', "What is watched"),
    ('c', "What happens below it"),
    ('d', "Leverage, accounts, and rules that move"),
    ('e', "While you hold a position"),
];

/// The chapter.
pub(super) fn chapter() -> Option<Box<dyn Chapter>> {
    Some(Box::<Claims>::default())
}

#[derive(Default)]
struct Claims {
    /// The figures as they were written last: they depend on the number style only.
    figures: RefCell<Option<(NumberStyle, Vec<Figure>)>>,
}

impl Chapter for Claims {
    fn body(&self) -> String {
        let mut body = String::from(
            "<p class=\"prose\">An education article of 10 January 2026 on kdj.com explains maintenance \
             margin. Here is what it says, claim by claim in our words, what venues\u{2019} own \
             documents say of it, and numbers that show it. Each button puts its numbers in place; \
             Undo brings yours back.</p>",
        );
        for (letter, title) in PARTS {
            body.push_str(&format!("<h3 class=\"h3\">{title}</h3><ol class=\"claims\">"));
            for claim in claims().iter().filter(|claim| claim.key.starts_with(letter)) {
                body.push_str(&listed(claim));
            }
            body.push_str("</ol>");
        }
        body
    }

    fn take(&mut self, _: &str, _: &str) {}

    fn write(&self, list: &mut Writes, answer: &Answer, _: u32) {
        let style = answer.draft.numbers;
        let mut known = self.figures.borrow_mut();
        if known.as_ref().is_none_or(|(written, _)| *written != style) {
            let all = claims().iter().map(|claim| figure(claim, style).unwrap_or_default());
            *known = Some((style, all.collect()));
        }
        let figures = known.as_ref().map(|(_, figures)| figures.as_slice()).unwrap_or_default();
        let now = catalog().ok().and_then(|catalog| query_of(&answer.draft, catalog));
        for (claim, figure) in claims().iter().zip(figures) {
            list.markup(&claim.why_id, reason(claim, figure));
            list.markup(&claim.figure_id, shown(figure));
            let query = full_query(claim, style);
            list.attribute(&claim.button_id, "data-open", &query);
            let in_place = now.as_ref() == Some(&query);
            list.attribute(&claim.button_id, "aria-pressed", &in_place.to_string());
        }
        list.text("claims-peek", &peek());
    }
}

/// How many claims have which verdict, in short.
fn peek() -> String {
    let right = claims().iter().filter(|claim| claim.verdict == Verdict::Right).count();
    format!("{right} of {} claims are right as they stand", claims().len())
}

/// A claim's numbers as the page itself would write them.
fn full_query(claim: &Claim, style: NumberStyle) -> String {
    let written = catalog().ok().and_then(|catalog| {
        let mut draft = open(claim.numbers, catalog).draft;
        draft.restyle(style);
        query_of(&draft, catalog)
    });
    written.unwrap_or_default()
}

fn listed(claim: &Claim) -> String {
    let Claim { key, card_id, why_id, figure_id, button_id, see, set, .. } = claim;
    format!(
        "<li class=\"claim\" id=\"{card_id}\">{}<p class=\"prose\" id=\"{why_id}\"></p>\
         <div class=\"figure\" id=\"{figure_id}\"></div>{}\
         <p class=\"acts\"><button class=\"button\" type=\"button\" id=\"{button_id}\" \
         data-see=\"{see}\" data-set=\"{set}\" data-open aria-pressed=\"false\">See it in {}<span class=\"vh\"> ({})</span>\
         </button><a class=\"textbutton\" href=\"#{card_id}\" data-copy>Copy link<span class=\"vh\"> to \
         {}</span></a></p></li>",
        head(claim, "h4"),
        source(claim),
        place(see),
        key.to_ascii_uppercase(),
        key.to_ascii_uppercase(),
    )
}

/// What the article says, and the verdict: a shape and words.
fn head(claim: &Claim, element: &str) -> String {
    let shape = match claim.verdict {
        Verdict::Right => "<circle cx=\"5\" cy=\"5\" r=\"4\"/>",
        Verdict::InKind | Verdict::Loose | Verdict::Understated => {
            "<circle class=\"hollow\" cx=\"5\" cy=\"5\" r=\"4\"/><path d=\"M5 1a4 4 0 0 0 0 8z\"/>"
        }
        Verdict::WrongSign | Verdict::Unsupported | Verdict::Differs => {
            "<path class=\"hollow\" d=\"M1 1l8 8M1 9l8-8\"/>"
        }
    };
    format!(
        "<{element} class=\"says\"><span class=\"key\">{}</span> {}</{element}><p class=\"judged\">\
         <svg class=\"judge\" viewBox=\"0 0 10 10\" aria-hidden=\"true\">{shape}</svg>{}</p>",
        claim.key.to_ascii_uppercase(),
        claim.says,
        claim.verdict.words()
    )
}

fn source(claim: &Claim) -> String {
    format!("<p class=\"cap\">Source: {}; {}.</p>", claim.source, dated(claim.as_of))
}

/// `2026-04` as "April 2026"; a whole date as it is.
fn dated(as_of: &str) -> String {
    if as_of.len() > "2026-04".len() { as_of.to_owned() } else { month(as_of) }
}

/// The reason with its figures.
fn reason(claim: &Claim, figure: &Figure) -> String {
    let mut why = claim.why.to_owned();
    for (name, value) in &figure.named {
        why = why.replace(&format!("{{{name}}}"), value);
    }
    why
}

fn shown(figure: &Figure) -> String {
    let mut shown = format!("<p>{}</p>", figure.sentence);
    if !figure.rows.is_empty() {
        shown.push_str("<ul>");
        for [who, what, when] in &figure.rows {
            shown.push_str(&format!("<li><b>{what}</b> {who}, {when}</li>"));
        }
        shown.push_str("</ul>");
    }
    shown
}

/// What the page calls the place where a claim's numbers are seen.
fn place(see: &str) -> &'static str {
    match see {
        "instrument" => "the picture",
        "figures" => "the figures",
        "tiers" => "Tiers",
        "mark" => "Mark price",
        "after" => "What happens next",
        "changing" => "Changing rules",
        _ => "the calculator",
    }
}

/// One claim alone, for a frame beside an article: with a way to the full page, and nothing to press.
/// Absent for a name that no claim has.
pub fn card(key: &str, style: NumberStyle) -> Option<String> {
    let claim = claims().iter().find(|claim| claim.key == key)?;
    let figure = figure(claim, style)?;
    Some(format!(
        "<p class=\"small\">An education article says:</p>{}<p class=\"prose\">{}</p>\
         <div class=\"figure\">{}</div>{}<p><a class=\"textbutton\" href=\"?{}#{}\" target=\"_blank\" \
         rel=\"noopener\">See it in the full calculator</a></p>",
        head(claim, "h2"),
        reason(claim, &figure),
        shown(&figure),
        source(claim),
        full_query(claim, style),
        claim.card_id
    ))
}
