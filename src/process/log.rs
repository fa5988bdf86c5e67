//! A log as text: the same bytes wherever it is made, for files, tests and comparisons.

use core::fmt::Write;

use crate::margin::MarginRatio;
use crate::quantity::{Exact, Money, Rounding};
use crate::takeover::{FeeTaker, Remainder};
use crate::text::plain;

use super::event::{Event, EventKind, Refusal, Sweep, Taker};
use super::rules::Cancels;
use super::setup::Action;

/// The most decimals that a number is written with.
const PLACES: u32 = 18;

/// One line an event: time in milliseconds, mark, what happened with its figures, how the position
/// stands after it, and what moved.
///
/// Numbers are plain: ASCII digits, a point, no groups. One that 18 decimals do not write is rounded
/// half-even and ends in `…`.
pub fn log_text(log: &[Event]) -> String {
    let mut text = String::new();
    for event in log {
        line(&mut text, event);
    }
    text
}

fn line(text: &mut String, event: &Event) {
    put(text, format_args!("{} {} ", event.at, number(event.mark.exact())));
    kind(text, &event.kind);
    put(
        text,
        format_args!(
            " | size {} has {} keeps {}",
            number(event.size.exact()),
            money(&event.margin_balance),
            money(&event.maintenance_margin)
        ),
    );
    match &event.margin_ratio {
        Some(MarginRatio::Of(ratio)) => put(text, format_args!(" ratio {}", number(ratio.exact()))),
        Some(MarginRatio::NothingLeft) => text.push_str(" nothing left"),
        None => {}
    }
    for flow in &event.flows {
        let (from, to) = (flow.from.key(), flow.to.key());
        put(text, format_args!(" | {from} > {to} {}", money(&flow.amount)));
    }
    text.push('\n');
}

fn kind(text: &mut String, kind: &EventKind) {
    match kind {
        EventKind::MarginCall => text.push_str("margin call"),
        EventKind::Healthy => text.push_str("healthy"),
        EventKind::ThresholdBroken { dwell_ms } => {
            put(text, format_args!("threshold broken, waits {dwell_ms} ms"));
        }
        EventKind::ThresholdRegained => text.push_str("threshold regained"),
        EventKind::Done(done) => {
            text.push_str("done: ");
            action(text, done);
        }
        EventKind::Refused(refused, why) => {
            text.push_str("refused: ");
            action(text, refused);
            text.push_str(match why {
                Refusal::TooLate => ", too late",
                Refusal::Closed => ", closed",
                Refusal::NotEnough => ", not enough in the wallet",
                Refusal::Nothing => ", nothing to do",
            });
        }
        EventKind::OrdersCancelled { which, freed } => {
            let which = match which {
                Cancels::Nothing => "none",
                Cancels::OfPosition => "of the position",
                Cancels::OfAccount => "of the account",
            };
            put(text, format_args!("orders cancelled {which}, freed {}", money(freed)));
        }
        EventKind::Swept(sweep) => swept(text, sweep),
        EventKind::Fee { due, charged, taker } => {
            let taker = match taker {
                FeeTaker::Venue => "venue",
                FeeTaker::Fund => "fund",
            };
            put(text, format_args!("fee {} of {} to {taker}", money(charged), money(due)));
        }
        EventKind::Survived => text.push_str("survived"),
        EventKind::Pausing { until } => put(text, format_args!("pausing until {until}")),
        EventKind::TakenOver { taker, is_offered, size, price } => {
            let taker = match taker {
                Taker::Fund => "fund",
                Taker::Backstop => "backstop",
            };
            let (size, price) = (number(size.exact()), number(price.exact()));
            let how = if *is_offered { "" } else { ", not offered" };
            put(text, format_args!("taken over by {taker}: {size} at {price}{how}"));
        }
        EventKind::FundAsked { deficit, paid } => {
            put(text, format_args!("fund pays {} of {}", money(paid), money(deficit)));
        }
        EventKind::Deleveraged { closeouts, unpaid } => {
            text.push_str("deleveraged");
            for one in closeouts {
                put(text, format_args!(" {}: forgoes {},", one.id, money(&one.forgone)));
            }
            put(text, format_args!(" unpaid {}", money(unpaid)));
        }
        EventKind::Returned { amount, to } => {
            let to = match to {
                Remainder::ToHolder => "holder",
                Remainder::ToFund => "fund",
            };
            put(text, format_args!("returned {} to {to}", money(amount)));
        }
        EventKind::Closed { by_holder: true } => text.push_str("closed by the holder"),
        EventKind::Closed { by_holder: false } => text.push_str("closed"),
        EventKind::MarkRecovered => text.push_str("mark recovered, nothing comes back"),
    }
}

fn action(text: &mut String, action: &Action) {
    match action {
        Action::AddMargin(amount) => put(text, format_args!("add margin {}", money(amount))),
        Action::Reduce(size) => put(text, format_args!("reduce {}", number(size.exact()))),
        Action::CancelOrders => text.push_str("cancel orders"),
    }
}

fn swept(text: &mut String, sweep: &Sweep) {
    let (filled, wanted) = (number(sweep.filled.exact()), number(sweep.wanted.exact()));
    put(text, format_args!("swept {filled} of {wanted}"));
    if let Some(limit) = &sweep.limit {
        put(text, format_args!(", limit {}", number(limit.exact())));
    }
    for fill in &sweep.fills {
        let (price, size) = (number(fill.price.exact()), number(fill.size.exact()));
        put(text, format_args!(", {size} at {price}"));
    }
    put(text, format_args!(", realized {}", money(&sweep.realized_pnl)));
}

/// Writing to a string does not fail.
fn put(text: &mut String, words: core::fmt::Arguments<'_>) {
    let _ = text.write_fmt(words);
}

fn money(amount: &Money) -> String {
    number(amount.exact())
}

/// Every digit up to 18 decimals, or as many as a decimal has room for.
fn number(value: &Exact) -> String {
    let (wanted, end) = match value.decimals(PLACES) {
        Some(places) => (places, ""),
        None => (PLACES, "…"),
    };
    let fitting = (0..=wanted).rev().find_map(|places| {
        let rounded = value.round(places, Rounding::HalfEven).ok()?;
        Some((places, rounded))
    });
    match fitting {
        Some((places, rounded)) if places == wanted => format!("{}{end}", plain(rounded)),
        Some((_, rounded)) => format!("{}…", plain(rounded)),
        None => String::from("…"),
    }
}
