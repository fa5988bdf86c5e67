//! The log in words: what happened, by which rule, what it came to and what money moved.

use crate::margin::MarginRatio;
use crate::process::{
    Action, Event, EventKind, Flow, Freed, Partial, Party, ProcessRules, Refusal, Sweep,
    SweepLimit, Taker, Unfilled,
};
use crate::quantity::{Money, Rounding, Side, Size};
use crate::takeover::{FeeTaker, Remainder};
use crate::words::Pen;

use super::facts;

/// One line of the log. Nothing in it holds a reader's text, so all of it may stand in markup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Minutes and seconds since the path began.
    pub time: String,
    /// What happened, in a few words.
    pub title: String,
    /// The same in full, with its figures.
    pub text: String,
    /// The rule it follows, or that none is documented; empty where no rule is needed.
    pub rule: String,
    /// What the holder has afterwards.
    pub have: String,
    /// Each movement of money.
    pub flows: Vec<String>,
}

/// Whose log it is.
#[derive(Clone, Copy, Debug)]
pub struct Teller<'a> {
    /// How figures are written.
    pub pen: Pen,
    /// The rules in force.
    pub rules: &'a ProcessRules,
    /// The coin that is held.
    pub coin: &'a str,
    /// A long is sold, a short is bought back.
    pub side: Side,
}

impl Teller<'_> {
    /// The line of an event.
    pub fn line(&self, event: &Event) -> Line {
        let (title, text) = self.said(event);
        Line {
            time: clock(event.at),
            title,
            text,
            rule: self.rule(&event.kind),
            // To the nearest cent, as all that moves here: a column that is summed up beside it.
            have: self.pen.money(&event.margin_balance),
            flows: event.flows.iter().map(|flow| self.flow(flow)).collect(),
        }
    }

    fn said(&self, event: &Event) -> (String, String) {
        let money = |amount: &Money| self.pen.money(amount);
        match &event.kind {
            EventKind::MarginCall => {
                let reached = match &event.margin_ratio {
                    Some(MarginRatio::Of(ratio)) => {
                        format!(" It is {}.", self.pen.percent(ratio.exact(), 1, Rounding::Ceiling))
                    }
                    _ => String::new(),
                };
                let open = "Adding margin or closing a part still works.";
                ("Warning".into(), format!("The margin ratio has reached the warning level.{reached} Nothing is closed yet. {open}"))
            }
            EventKind::Healthy => (
                "No longer warned".into(),
                "The margin ratio is below the warning level again.".into(),
            ),
            EventKind::ThresholdBroken { dwell_ms } => {
                let wait = match dwell_ms {
                    0 => " These rules act at once.".into(),
                    _ => format!(" It must stay so for {} before anything is closed.", self.seconds(*dwell_ms)),
                };
                let (have, keep) = (money(&event.margin_balance), money(&event.maintenance_margin));
                ("Threshold".into(), format!("What you have, {have}, is no longer more than what you must keep, {keep}.{wait}"))
            }
            EventKind::ThresholdRegained => (
                "Above the threshold again".into(),
                "What you have is more than what you must keep again, before the rest was closed.".into(),
            ),
            EventKind::Done(action) => self.done(action),
            EventKind::Refused(action, why) => self.refused(action, *why),
            EventKind::OrdersCancelled { freed, .. } => (
                "Your open orders are cancelled".into(),
                format!("The margin they held, {}, is free.", money(freed)),
            ),
            EventKind::Swept(sweep) => self.swept(sweep),
            EventKind::Fee { due, charged, .. } => {
                let capped = if due == charged {
                    String::new()
                } else {
                    format!(" The rate asks for {}, but no more was left above bankruptcy.", money(due))
                };
                (format!("Liquidation fee: {}", money(charged)), format!("Here it is taken of the amount closed only.{capped}"))
            }
            EventKind::Survived => (
                "It survives".into(),
                format!("The margin is enough again, and {} stays open.", self.size(&event.size)),
            ),
            EventKind::Pausing { until } => {
                ("A pause".into(), format!("The rest is closed at {}.", clock(*until)))
            }
            EventKind::TakenOver { taker, is_offered, size, price } => {
                let (who, price) = match taker {
                    Taker::Fund => ("the insurance fund", self.pen.line_price(price, self.side)),
                    Taker::Backstop => ("a backstop", self.pen.near_price(price)),
                };
                let size = self.size(size);
                let text = match taker {
                    Taker::Fund if *is_offered => {
                        format!("The book did not take all that was offered: {size} goes to {who} at {price}.")
                    }
                    Taker::Fund => format!("{size}, not offered to the book, goes to {who} at {price}."),
                    Taker::Backstop => format!("{size} goes to {who} at {price}, with all the margin that is left."),
                };
                ("Taken over".into(), text)
            }
            EventKind::FundAsked { deficit, paid } => (
                format!("The insurance fund pays {}", money(paid)),
                format!("{} is missing beyond your margin. You do not owe it.", money(deficit)),
            ),
            EventKind::Deleveraged { closeouts, unpaid } if closeouts.is_empty() => (
                "Nobody is left to pay".into(),
                format!("No profitable position on the other side is left: it loses {}.", money(unpaid)),
            ),
            EventKind::Deleveraged { closeouts, unpaid } => {
                let ids: Vec<String> = closeouts.iter().map(|it| it.id.to_string()).collect();
                let who = match ids.as_slice() {
                    [one] => format!("Winner {one} on the other side is closed"),
                    all => format!("Winners {} on the other side are closed, in this order", all.join(", ")),
                };
                let missing = if unpaid.exact().is_positive() {
                    format!(" {} finds nobody: the other side loses it.", money(unpaid))
                } else {
                    String::new()
                };
                ("Auto-deleveraging".into(), format!("{who}, to forgo what the fund could not pay.{missing}"))
            }
            EventKind::Returned { amount, to } => match to {
                Remainder::ToHolder => (
                    format!("{} comes back to you", money(amount)),
                    "What is left of the margin goes to your wallet.".into(),
                ),
                Remainder::ToFund => (
                    format!("{} goes to the insurance fund", money(amount)),
                    "What is left of the margin does not come back to you under these rules.".into(),
                ),
            },
            EventKind::Closed { by_holder: true } => {
                ("You have closed it".into(), "Nothing is open any more.".into())
            }
            EventKind::Closed { by_holder: false } => (
                "Closed".into(),
                "From here it cannot be undone. If the mark recovers a moment later, the liquidation stands.".into(),
            ),
            EventKind::MarkRecovered => (
                "The mark has recovered".into(),
                format!("At {} the position would have been safe. Nothing comes back.", self.pen.near_price(&event.mark)),
            ),
        }
    }

    fn done(&self, action: &Action) -> (String, String) {
        match action {
            Action::AddMargin(amount) => (
                format!("You add {}", self.pen.brief(amount)),
                "It goes from your wallet to the position.".into(),
            ),
            Action::Reduce(size) => (
                format!("You close {}", self.size(size)),
                "Against the book, at no price worse than bankruptcy.".into(),
            ),
            Action::CancelOrders => (
                "You cancel your orders".into(),
                "The margin they held goes to your wallet.".into(),
            ),
        }
    }

    fn refused(&self, action: &Action, why: Refusal) -> (String, String) {
        let what = match action {
            Action::AddMargin(amount) => format!("Adding {}", self.pen.brief(amount)),
            Action::Reduce(size) => format!("Closing {}", self.size(size)),
            Action::CancelOrders => "Cancelling your orders".into(),
        };
        let why = match why {
            Refusal::TooLate => {
                "The threshold is broken: the exchange has the position in hand, and it is too late."
            }
            Refusal::Closed => "The position is closed: it is too late.",
            Refusal::NotEnough => "Your wallet does not hold that much.",
            Refusal::Nothing => {
                "There is nothing to do: the amount is zero, or there are no orders."
            }
        };
        (format!("{what}: not done"), why.into())
    }

    fn swept(&self, sweep: &Sweep) -> (String, String) {
        let (title, verb, who) = match self.side {
            Side::Long => ("Sold into the order book", "sold", "bids"),
            Side::Short => ("Bought back from the order book", "bought back", "offers"),
        };
        let wanted = self.size(&sweep.wanted);
        let Some(average) = &sweep.average_price else {
            let within = match &sweep.limit {
                Some(limit) => format!(" at {} or better", self.pen.line_price(limit, self.side)),
                None => String::new(),
            };
            return (
                "Nobody in the order book".into(),
                format!("Nobody {who}{within}: nothing of {wanted} is {verb}."),
            );
        };
        let filled = self.size(&sweep.filled);
        let amount =
            if sweep.filled == sweep.wanted { filled } else { format!("{filled} of {wanted}") };
        let average = self.pen.near_price(average);
        let result = self.pen.money(&Money::from_exact(sweep.realized_pnl.exact().magnitude()));
        let result = if sweep.realized_pnl.exact().is_negative() {
            format!("a loss of {result}")
        } else {
            format!("a gain of {result}")
        };
        (
            title.into(),
            format!("{amount} {verb}, the best price first: {average} on average, {result}."),
        )
    }

    fn rule(&self, kind: &EventKind) -> String {
        let rules = self.rules;
        let by = |known: Option<String>, unknown: &str| {
            known.unwrap_or_else(|| format!("not documented: {unknown}"))
        };
        let half = |is_known: bool, text: &str| by(is_known.then(|| text.to_owned()), text);
        match kind {
            EventKind::MarginCall | EventKind::Healthy => by(
                rules.warning_ratio.map(|it| format!("warning at {}", self.pen.rate(it.exact()))),
                "here as the settings of the page say",
            ),
            EventKind::ThresholdBroken { .. } => by(
                rules.dwell_ms.map(|dwell| match dwell {
                    0 => "acts at once".into(),
                    _ => format!("waits {}", self.seconds(dwell)),
                }),
                "acts at once",
            ),
            EventKind::OrdersCancelled { which, .. } => {
                let which = format!("cancels {}", facts::cancels(*which));
                let freed = match rules.freed() {
                    Freed::ToWallet => "their margin goes to the wallet",
                    Freed::ToPosition => "their margin backs the position",
                };
                let (which, freed) =
                    (half(rules.cancels.is_some(), &which), half(rules.freed.is_some(), freed));
                format!("{which}; {freed}")
            }
            // What the holder sends is no venue's rule.
            EventKind::Swept(sweep) if sweep.by_holder => String::new(),
            EventKind::Swept(_) => {
                let part =
                    half(rules.partial.is_some(), &facts::partial(&rules.partial(), &self.pen));
                format!("{part}; {}", half(rules.limit.is_some(), limit(rules.limit())))
            }
            EventKind::Survived => "it ends where the margin is enough".into(),
            EventKind::Pausing { .. } => match rules.partial() {
                Partial::Share { pause_ms, .. } => {
                    format!("the rest {} later", self.seconds(pause_ms))
                }
                _ => String::new(),
            },
            EventKind::Fee { taker, .. } => {
                let to = match taker {
                    FeeTaker::Venue => "the venue",
                    FeeTaker::Fund => "the insurance fund",
                };
                let rate = rules.fee_rate.map(|it| self.pen.rate(it.exact()));
                let to = half(rules.fee_taker.is_some(), &format!("to {to}"));
                format!("{}; {to}", by(rate, "no fee"))
            }
            EventKind::FundAsked { .. } => {
                // A document that names a fund says what it is for; a backstop is none.
                let is_known = rules.unfilled == Some(Unfilled::Fund)
                    || rules.fee_taker == Some(FeeTaker::Fund);
                half(is_known, "what goes beyond the margin is the fund’s to pay")
            }
            EventKind::TakenOver { is_offered: false, .. } => {
                rules.handed_over.as_ref().map(facts::handed_over).unwrap_or_default()
            }
            EventKind::TakenOver { .. } => {
                let text = facts::unfilled(&rules.unfilled(), rules.limit(), &self.pen);
                half(rules.unfilled.is_some(), &text)
            }
            // The holder's own close and a backstop's are not by the rule.
            EventKind::Returned { to, .. } if *to != rules.takeover().remainder => String::new(),
            EventKind::Returned { to, .. } => {
                let text = match to {
                    Remainder::ToHolder => "what is left is the holder’s",
                    Remainder::ToFund => "what is left is the fund’s",
                };
                half(rules.remainder.is_some(), text)
            }
            EventKind::Deleveraged { .. } => {
                by(facts::deleverages(rules), facts::ranking(rules.ranking()))
            }
            _ => String::new(),
        }
    }

    /// A movement of money in words.
    pub fn flow(&self, flow: &Flow) -> String {
        let amount = self.pen.money(&flow.amount);
        format!("{amount} from {} to {}", party(flow.from), party(flow.to))
    }

    fn size(&self, size: &Size) -> String {
        format!("{} {}", self.pen.short(size.exact(), 8), self.coin)
    }

    fn seconds(&self, milliseconds: u64) -> String {
        seconds(milliseconds)
    }
}

fn limit(limit: SweepLimit) -> &'static str {
    match limit {
        SweepLimit::Bankruptcy => "no worse than bankruptcy",
        SweepLimit::Market => "at any price",
    }
}

/// What a party is called within a sentence.
pub fn party(party: Party) -> &'static str {
    match party {
        Party::Wallet => "your wallet",
        Party::Margin => "your margin",
        Party::Orders => "your orders",
        Party::Venue => "the venue",
        Party::Fund => "the insurance fund",
        Party::Counterparties => "the other side",
    }
}

/// Minutes and seconds, with as many thousandths as there are: `1:05`, `0:00.25`.
pub fn clock(milliseconds: u64) -> String {
    let whole = milliseconds / 1000;
    let rest = thousandths(milliseconds);
    format!("{}:{:02}{rest}", whole / 60, whole % 60)
}

/// Whole and parts of seconds: `1 s`, `0.5 s`.
fn seconds(milliseconds: u64) -> String {
    format!("{}{}\u{a0}s", milliseconds / 1000, thousandths(milliseconds))
}

fn thousandths(milliseconds: u64) -> String {
    match milliseconds % 1000 {
        0 => String::new(),
        rest => format!(".{}", format!("{rest:03}").trim_end_matches('0')),
    }
}
