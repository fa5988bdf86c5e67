//! The log as markup: when, what, by which rule, what moved, and what the holder has then.

use crate::process::{Event, EventKind, Fill, Stage, State, Sweep, Tick};
use crate::quantity::{Exact, Overflow, Rounding, Side};
use crate::takeover::Remainder;

use super::lines::{Line, Teller};

/// The latest events shown; what came before is counted.
const SHOWN: usize = 60;
/// The width of a bar in its own measure.
const BAR: i64 = 1000;

/// Text that stands in markup.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The list of what happened, the first event first.
pub(super) fn log(events: &[Event], teller: &Teller<'_>) -> String {
    let hidden = events.len().saturating_sub(SHOWN);
    let mut list = String::new();
    if hidden > 0 {
        list.push_str(&format!(
            "<li class=\"happening\"><span></span><span class=\"dot\"></span><div>{hidden} earlier \
             events are left out here.</div><span></span></li>"
        ));
    }
    for event in events.iter().skip(hidden) {
        list.push_str(&item(event, teller));
    }
    list
}

fn item(event: &Event, teller: &Teller<'_>) -> String {
    let Line { time, title, text, rule, have, flows } = teller.line(event);
    let fills = match &event.kind {
        EventKind::Swept(sweep) => bars(sweep, teller).unwrap_or_default(),
        _ => String::new(),
    };
    let moved = if flows.is_empty() {
        String::new()
    } else {
        let items: String = flows.iter().map(|flow| format!("<li>{flow}</li>")).collect();
        format!("<ul class=\"moved\">{items}</ul>")
    };
    let rule = if rule.is_empty() {
        String::new()
    } else {
        format!("<p class=\"cap\">Rule: {}</p>", escaped(&rule))
    };
    let (word, amount) = match &event.kind {
        EventKind::Returned { amount, to: Remainder::ToHolder } => {
            ("returned", teller.pen.money(amount))
        }
        _ => ("you have", have),
    };
    format!(
        "<li class=\"happening {}\"><span class=\"when\">{time}</span><span class=\"dot\"></span>\
         <div><h4>{title}</h4><p>{text}</p>{fills}{moved}{rule}</div>\
         <span class=\"has\">{word} <b>{amount}</b></span></li>",
        shape(&event.kind)
    )
}

/// How the dot before an event looks: a diamond where the line is crossed, filled once nothing can be
/// undone.
const fn shape(kind: &EventKind) -> &'static str {
    match kind {
        EventKind::ThresholdBroken { .. } => "line",
        EventKind::Closed { by_holder: false } => "final",
        EventKind::Refused(..) => "refused",
        _ => "",
    }
}

/// What each price of the book gave, as a bar within what stood there.
fn bars(sweep: &Sweep, teller: &Teller<'_>) -> Result<String, Overflow> {
    let mut most = Exact::ZERO;
    for Fill { of, .. } in &sweep.fills {
        most = most.larger(*of.exact())?;
    }
    if !most.is_positive() {
        return Ok(String::new());
    }
    let long = |part: &Exact| -> Result<String, Overflow> {
        let share = part.times(&Exact::from_integer(BAR))?.over(&most)?;
        share.round(0, Rounding::HalfEven).map(|it| it.to_string())
    };
    let (head, verb) = match teller.side {
        Side::Long => ("bid", "sold to each bid"),
        Side::Short => ("ask", "bought from each ask"),
    };
    let mut rows = format!(
        "<tr><th scope=\"col\">{head}</th><th scope=\"col\" colspan=\"2\">{} {verb}</th></tr>",
        escaped(teller.coin)
    );
    for Fill { price, size, of, .. } in &sweep.fills {
        let pen = &teller.pen;
        rows.push_str(&format!(
            "<tr><th scope=\"row\">{}</th><td><svg class=\"bar\" viewBox=\"0 0 {BAR} 10\" \
             preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect class=\"of\" width=\"{}\" \
             height=\"10\"/><rect width=\"{}\" height=\"10\"/></svg></td><td>{} of {}</td></tr>",
            pen.near_price(price),
            long(of.exact())?,
            long(size.exact())?,
            pen.short(size.exact(), 8),
            pen.short(of.exact(), 8),
        ));
    }
    Ok(format!("<table class=\"fills\">{rows}</table>"))
}

/// How it stands at a moment, in a line.
pub(super) fn standing(state: &State, tick: &Tick, teller: &Teller<'_>) -> String {
    let mark = teller.pen.near_price(&tick.mark);
    let size = teller.pen.short(state.size.exact(), 8);
    let open = format!("{size} {} open", teller.coin);
    match state.stage {
        Stage::Healthy => format!("Mark {mark}: {open}."),
        Stage::MarginCall => format!("Mark {mark}: {open}, warned. You may still act."),
        Stage::Below { .. } => format!("Mark {mark}: {open}, in the venue\u{2019}s hand."),
        Stage::Pausing { .. } => format!("Mark {mark}: {open}, the rest follows after a pause."),
        Stage::Closed { by_holder: true, .. } => format!("Mark {mark}: you have closed it."),
        Stage::Closed { by_holder: false, .. } => format!("Mark {mark}: closed."),
    }
}
