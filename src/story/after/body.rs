//! What stands in the chapter's body from the first moment on, with empty places for what depends on
//! numbers.

use crate::process::{Preset, ProcessRules};
use crate::story::typed::Field;

use super::course::POINTS;
use super::fields::{ACTS, POINT, RULES, WORLD};
use super::rules::{Choices, FREED, PORTIONS, RANKINGS};
use super::told::escaped;

/// What the presets are called.
pub(super) const PRESETS: [(&str, Preset, &str); 5] = [
    ("after-path-bleed", Preset::SlowBleed, "Slow bleed"),
    ("after-path-flash", Preset::FlashCrash, "Flash crash"),
    ("after-path-wick", Preset::Wick, "Wick"),
    ("after-path-gap", Preset::Gap, "Gap"),
    ("after-path-recovery", Preset::RecoveryAfterClose, "Recovery after close"),
];

/// How many times faster than life it plays, by the keys of its choice.
pub(super) const SPEEDS: [(&str, u64); 3] = [("1", 1), ("10", 10), ("60", 60)];

const INTRO: &str = "Your own numbers, second by second: from the warning to what comes back. Rules \
    differ by venue, and each is told with its source; the book, the fund and the path are yours to \
    change.";

fn fields(list: &[Field]) -> String {
    list.iter().map(Field::markup).collect()
}

fn options<'a>(list: impl Iterator<Item = (&'a str, String)>) -> String {
    list.map(|(key, words)| format!("<option value=\"{key}\">{}</option>", escaped(&words)))
        .collect()
}

pub(super) fn body(rules: &[ProcessRules]) -> String {
    let venues = options(rules.iter().map(|it| (it.id.as_str(), it.name.clone())));
    let paths: String = PRESETS
        .iter()
        .map(|(id, _, words)| button(id, words))
        .chain([button("after-path-own", "Draw your own")])
        .collect();
    [
        format!("<p class=\"prose\">{INTRO}</p>"),
        format!(
            "<p class=\"chosen\"><label for=\"after-venue\">Rules of</label><select class=\"field \
             pick\" id=\"after-venue\">{venues}</select></p>\
             <p class=\"acts\" role=\"group\" aria-label=\"Path of the price\">{paths}</p>\
             <p class=\"printonly\" id=\"after-pasted\"></p>"
        ),
        stage(),
        "<div class=\"unfold\" id=\"after-unfold\"><div class=\"stack\"><h3 class=\"h3\">Step by step</h3>\
         <ol class=\"happenings\" id=\"after-log\" aria-label=\"What has \
         happened so far\"></ol>\
         <p><button class=\"textbutton\" type=\"button\" id=\"after-plain-toggle\" \
         aria-expanded=\"false\" aria-controls=\"after-plain\">The whole log as text</button></p>\
         <p class=\"cap\" id=\"after-plain-says\" hidden>Each line: milliseconds, mark, what happened, \
         then size, margin with profit and loss, what must be kept, and what moved, in USDT.</p>\
         <pre class=\"scroll\" id=\"after-plain\" tabindex=\"0\" role=\"region\" \
         aria-label=\"The whole log as text\" hidden></pre></div><div class=\"stack\">"
            .into(),
        acts(),
        money(),
        "</div></div>".into(),
        drawing(),
        pasting(),
        world(),
        "<h3 class=\"h3\">The same path under every documented process</h3>\
         <p class=\"small\">Position, tiers, threshold, mark, book and fund are this page\u{2019}s own in \
         every row, and you do nothing. Only what is done from the threshold on is the \
         venue\u{2019}s, as far as a document states it.</p>\
         <div class=\"scroll\" id=\"after-compared\" tabindex=\"0\" role=\"region\" \
         aria-label=\"The same path under every documented process\"></div>"
            .into(),
    ]
    .concat()
}

fn button(id: &str, words: &str) -> String {
    format!(
        "<button class=\"button\" type=\"button\" id=\"{id}\" aria-pressed=\"false\">{words}</button>"
    )
}

/// The chart with what plays it, and how it stands.
fn stage() -> String {
    let speeds = options(SPEEDS.iter().map(|(key, _)| (*key, format!("{key}\u{d7}"))));
    format!(
        "<p class=\"problem\" id=\"after-failed\" role=\"status\"></p>\
         <div class=\"stack\" id=\"after-stage\"><div class=\"timechart\" id=\"after-draw\"><div id=\"after-chart\"></div>\
         <div id=\"after-cursor\"></div></div>\
         <p class=\"small\" id=\"after-hint\" hidden>Press in the chart and drag along the way that the \
         price shall go. <button class=\"textbutton\" type=\"button\" id=\"after-own-over\">Start \
         over</button></p>\
         <div class=\"transport player\"><span class=\"acts\">\
         <button class=\"button\" type=\"button\" id=\"after-play\">Play</button>\
         <button class=\"button\" type=\"button\" id=\"after-back\" aria-label=\"Back by one \
         event\">\u{2190}</button>\
         <button class=\"button\" type=\"button\" id=\"after-forward\" aria-label=\"Forward by one \
         event\">\u{2192}</button>\
         <label class=\"vh\" for=\"after-speed\">Speed</label><select class=\"field pick\" \
         id=\"after-speed\">{speeds}</select><output class=\"clock\" id=\"after-clock\" \
         for=\"after-at\"></output></span>\
         <div class=\"track flat\"><span class=\"groove\"></span><input class=\"slider\" \
         type=\"range\" id=\"after-at\" min=\"0\" max=\"1\" step=\"1\" aria-label=\"Moment\"></div></div>\
         <p class=\"small\" id=\"after-standing\"></p>\
         <p class=\"happened\" id=\"after-outcome\" aria-live=\"polite\"></p>\
         <p class=\"stands\" id=\"after-final\" hidden></p>\
         <p class=\"cap\">The mark here is the median of index, last trade and the middle of the book; how \
         venues make theirs is in the chapter on the mark price. The path is invented unless you paste \
         one. What you set here stands in the address, but for a path that you pasted; undo does not \
         take it back.</p></div>"
    )
}

/// What the holder does at the moment that is shown.
fn acts() -> String {
    let mut act_fields = ACTS.iter().map(Field::markup);
    let add = act_fields.next().unwrap_or_default();
    let reduce = act_fields.next().unwrap_or_default();
    format!(
        "<div class=\"stack\" id=\"after-you\"><h3 class=\"h3\">You, at this moment</h3>\
         <p class=\"small\">Between the warning and the threshold the position is yours. Go to a moment, \
         and act in it.</p>{add}\
         <p class=\"acts\"><button class=\"button\" type=\"button\" id=\"after-do-add\">Add this \
         margin</button></p>{reduce}\
         <p class=\"acts\"><button class=\"button\" type=\"button\" id=\"after-do-reduce\">Close this \
         part</button><button class=\"button\" type=\"button\" id=\"after-do-cancel\">Cancel my \
         orders</button></p><ul class=\"plain did\" id=\"after-did\"></ul></div>"
    )
}

/// What moved, and who holds what.
fn money() -> String {
    "<h3 class=\"h3\" id=\"after-money\">Where the money is</h3>\
     <p class=\"small\" id=\"after-moved\"></p><div id=\"after-flows\"></div>\
     <table class=\"pairs\"><thead><tr><th scope=\"col\"><span class=\"vh\">Who</span></th>\
     <th scope=\"col\">At the start</th><th scope=\"col\">Now</th></tr></thead>\
     <tbody id=\"after-balances\"></tbody></table><p class=\"small\" id=\"after-sum\"></p>"
        .into()
}

/// The points of a path drawn by hand, for keys and for exact prices.
fn drawing() -> String {
    let last = POINTS.saturating_sub(1);
    let price = fields(&POINT);
    format!(
        "<div class=\"stack\" id=\"after-own\" hidden><h3 class=\"h3\">Your own path</h3>\
         <p class=\"small\">Draw in the chart; or choose a point and give it a price, with the arrow keys \
         if you like.</p><div class=\"pair\" id=\"after-own-pair\"><div class=\"typed\">\
         <label for=\"after-point\">Point</label><div class=\"track flat\"><span class=\"groove\"></span>\
         <input class=\"slider\" type=\"range\" id=\"after-point\" min=\"0\" max=\"{last}\" step=\"1\">\
         </div><p class=\"small\" id=\"after-point-says\"></p></div>{price}</div></div>"
    )
}

fn pasting() -> String {
    "<details class=\"quiet\"><summary>Paste a path</summary><div class=\"stack\">\
     <label for=\"after-csv\">A line for each moment: time in seconds and price, or time, index, last and \
     mid</label><textarea class=\"field\" id=\"after-csv\" rows=\"4\" spellcheck=\"false\" \
     autocomplete=\"off\" aria-describedby=\"after-csv-say\" placeholder=\"0,97&#10;1,96.5&#10;2,91\">\
     </textarea><p class=\"acts\"><button class=\"button\" type=\"button\" id=\"after-csv-use\">Use this \
     path</button></p><p class=\"say\" id=\"after-csv-say\" role=\"status\"></p></div></details>"
        .into()
}

fn choices<T, const N: usize>(list: &Choices<T, N>) -> String {
    options(list.iter().map(|(_, key, words)| (*key, (*words).to_owned())))
}

/// Rules in force, book, fund and the rest of the world.
fn world() -> String {
    let portions = choices(&PORTIONS);
    let freed = choices(&FREED);
    let rankings = choices(&RANKINGS);
    let (book, rest) = WORLD.split_at_checked(6).unwrap_or((&WORLD, &[]));
    let (rules, book, rest) = (fields(&RULES), fields(book), fields(rest));
    format!(
        "<details class=\"quiet\" id=\"after-world\"><summary>Rules, book and fund</summary>\
         <div class=\"worlds\"><div class=\"stack\"><h3 class=\"h3\">Rules in force</h3>\
         <dl class=\"terms\" id=\"after-terms\"></dl><p class=\"cap\" id=\"after-source\"></p>{rules}\
         <div class=\"frow\"><label for=\"after-portion\">How much is closed</label><select class=\"field \
         pick\" id=\"after-portion\">{portions}</select></div>\
         <div class=\"frow\"><label for=\"after-freed\">Margin of cancelled orders</label><select \
         class=\"field pick\" id=\"after-freed\">{freed}</select></div></div>\
         <div class=\"stack\"><h3 class=\"h3\" id=\"after-book-head\"></h3>{book}</div>\
         <div class=\"stack\"><h3 class=\"h3\">Fund, winners and wallet</h3>{rest}\
         <div class=\"frow\"><label for=\"after-ranking\">Which winner is closed first</label><select \
         class=\"field pick\" id=\"after-ranking\">{rankings}</select></div>\
         <p class=\"cap\">The first winner is as large as your position, at 100\u{d7}. The second is twice \
         as large, at half the leverage, with three times the profit; the third three times as large, at \
         a third, with six times the profit; and so on.</p></div></div>\
         <p><button class=\"textbutton\" type=\"button\" id=\"after-reset\" hidden>Follow the \
         page\u{2019}s numbers again</button></p></details>"
    )
}
