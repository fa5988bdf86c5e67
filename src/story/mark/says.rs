//! What happened in the minute, in words: worked out from its marks, whatever the reader typed.

use crate::mark::Demo;
use crate::picture::moment;
use crate::quantity::{Exact, Price, Side};
use crate::venue::MarkRule;
use crate::words::month;

use super::Minute;

struct Told<'m, 'a> {
    minute: &'m Minute<'a>,
    /// The liquidation price.
    closing: Option<String>,
}

impl<'m, 'a> Told<'m, 'a> {
    fn new(minute: &'m Minute<'a>) -> Self {
        let closing = minute.start.closing.map(|closing| minute.pen.price(&closing));
        Self { minute, closing }
    }

    fn near(&self, price: &Price) -> String {
        self.minute.pen.near_price(price)
    }

    /// Which way is against the position.
    fn beyond(&self) -> &'static str {
        if self.minute.start.side == Side::Long { "below" } else { "above" }
    }

    fn when(&self, at: u64) -> String {
        let seconds = i64::try_from(at).map_or(Exact::ZERO, Exact::from_integer);
        moment(&self.minute.pen, &seconds)
    }

    /// The mark at which it was closed, with its second.
    fn closed(&self) -> Option<(u64, String)> {
        let at = self.minute.played.closed_at?;
        let mut steps = self.minute.played.steps.iter();
        let (_, quote) = steps.find(|(sample, _)| sample.at == at)?;
        Some((at, self.near(&quote.mark)))
    }
}

/// What the wild trade did, a line of the picture each.
pub(super) fn touched(minute: &Minute<'_>) -> Vec<String> {
    let told = Told::new(minute);
    let trade = told.near(&minute.played.worst_trade.1);
    let mark = told.near(&minute.played.worst_mark.1);
    let mut lines = vec![
        format!("last trade touched {trade}."),
        format!("The mark never went {} {mark},", told.beyond()),
    ];
    if minute.played.closed_at.is_some() {
        lines.truncate(1);
    } else {
        lines.push("so nothing is closed.".to_owned());
    }
    lines
}

/// The whole of it, as a sentence or two.
pub(super) fn sentence(minute: &Minute<'_>) -> String {
    let told = Told::new(minute);
    let played = &minute.played;
    let (trade, mark) = (told.near(&played.worst_trade.1), told.near(&played.worst_mark.1));
    let beyond = told.beyond();
    let Some(closing) = &told.closing else {
        return match minute.demo {
            Demo::WildTrade => format!(
                "One trade touches {trade}. No price closes this position, and the mark never goes \
                 {beyond} {mark}."
            ),
            Demo::SlowFall => {
                format!("The index takes the mark to {mark}. No price closes this position.")
            }
        };
    };
    let moves = if minute.start.side == Side::Long { "falls" } else { "rises" };
    match (minute.demo, told.closed()) {
        (_, Some((0, mark))) => format!(
            "The mark stands at {mark} from the first moment, at or {beyond} your liquidation price \
             {closing}: the position is closed before anything else happens."
        ),
        (Demo::WildTrade, None) => format!(
            "For one second the last trade touches {trade}, {beyond} your liquidation price {closing}. \
             The mark never goes {beyond} {mark}, so nothing is closed."
        ),
        (Demo::WildTrade, Some((at, mark))) => format!(
            "For one second the last trade touches {trade}. This mark follows it: after {} it stands at \
             {mark}, at or {beyond} your liquidation price {closing}, and the position is closed.",
            told.when(at)
        ),
        (Demo::SlowFall, Some((at, mark))) => format!(
            "The index {moves}, and the book and the mark with it. After {} the mark stands at {mark}, at \
             or {beyond} your liquidation price {closing}: the position is closed.",
            told.when(at)
        ),
        (Demo::SlowFall, None) => format!(
            "The index {moves}, and the mark with it, but never {beyond} {mark}: short of your \
             liquidation price {closing}, so nothing is closed."
        ),
    }
}

/// The closed chapter's answer.
pub(super) fn peek(minute: &Minute<'_>) -> String {
    let told = Told::new(minute);
    let trade = told.near(&minute.played.worst_trade.1);
    match (minute.demo, told.closed()) {
        (Demo::WildTrade, None) => format!("a trade at {trade} closes nothing"),
        (Demo::SlowFall, None) => "a slow fall closes nothing".to_owned(),
        (_, Some((at, mark))) => format!("closed after {}, mark {mark}", told.when(at)),
    }
}

/// Where a formula comes from, of when, and what of it is left out.
pub(super) fn source(rule: &MarkRule) -> String {
    format!(
        "{}: {}; {}. {}",
        rule.name,
        rule.source.origin,
        dated(&rule.source.as_of),
        rule.not_modelled.join(" ")
    )
}

/// `2026-04` as "April 2026"; a whole date or a year as it is.
fn dated(as_of: &str) -> String {
    if as_of.len() == "2026-04".len() { month(as_of) } else { as_of.to_owned() }
}
