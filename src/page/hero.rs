//! The sentence that asks and answers.

use crate::scenario::Control;
use crate::words::{assumptions, sentence, stale_note};

use super::view::{Outcome, View};
use super::write::Writes;

pub(super) fn write(list: &mut Writes, outcome: &Outcome, view: &View) {
    let answer = &outcome.answer;
    let mut sentence = sentence(answer);
    if view.frame.is_some() {
        sentence = sentence.in_short();
    }
    list.text("before", &sentence.before);
    list.flag("term", "hidden", !sentence.names_mark_price);
    list.text("between", &sentence.between);
    list.flag("answer-diamond", "hidden", !sentence.is_price);
    list.text("answer-text", &sentence.answer);
    list.class("answer", "words", !sentence.is_price);
    list.class("answer", "stale", outcome.is_stale());
    list.text("after", &sentence.after);
    let under = if sentence.reason.is_empty() { assumptions(answer) } else { sentence.reason };
    list.text("under-text", &under);
    let way_out = sentence.way_out.filter(|_| !view.locks(Control::Leverage));
    list.flag("way-out", "hidden", way_out.is_none());
    let way_out = way_out.map(|way| (way.label, way.text)).unwrap_or_default();
    list.text("way-out", &way_out.0);
    list.attribute("way-out", "data-leverage", &way_out.1);
    list.text("stale-note", &stale_note(outcome.trouble.as_ref()));
}
