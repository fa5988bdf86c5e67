//! The sentence that asks and answers, and the lines under it.

use crate::margin::{Rejection, Threshold};
use crate::quantity::{Exact, Money, Rounding, Side};
use crate::scenario::FieldId;

use super::answer::Answer;
use super::pen::Pen;

/// What stands in the sentence after "... with 10x leverage".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sentence {
    /// Up to the words "mark price", or up to the answer if they do not occur.
    pub before: String,
    /// Whether the words "mark price" follow, with their explanation.
    pub names_mark_price: bool,
    /// Between "mark price" and the answer.
    pub between: String,
    /// The answer: a price, or words where there is none.
    pub answer: String,
    /// Whether the answer is the liquidation price, which carries the diamond.
    pub is_price: bool,
    /// After the answer.
    pub after: String,
    /// Why, when the answer is not simply a price; empty otherwise.
    pub reason: String,
    /// A change that leads out of the state, if there is one.
    pub way_out: Option<WayOut>,
}

impl Sentence {
    /// The same for a frame beside an article, where each word takes a line: who closes is not said,
    /// and nothing is explained that the article has room for.
    pub fn in_short(self) -> Self {
        if !self.is_price {
            return self;
        }
        let after = match self.after.strip_suffix(" entry.") {
            Some(after) => format!("{after}."),
            None => self.after,
        };
        Self {
            before: " is closed at ".into(),
            names_mark_price: false,
            between: String::new(),
            after,
            ..self
        }
    }
}

/// One button: a field, the text it would get, and what the button says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WayOut {
    /// The field that changes.
    pub field: FieldId,
    /// Its new text.
    pub text: String,
    /// The button's words.
    pub label: String,
}

/// The sentence for an answer.
pub fn sentence(answer: &Answer) -> Sentence {
    let pen = Pen::new(answer);
    if !answer.report.rejections.is_empty() {
        return refused(answer, &pen);
    }
    match &answer.report.liquidation {
        Threshold::AtPrice { .. } => closed_at(answer, &pen),
        Threshold::Never => Sentence {
            before: " ".into(),
            answer: "cannot be closed".into(),
            after: " by price alone.".into(),
            reason: never_reason(answer, &pen),
            ..Sentence::default()
        },
        Threshold::Now { .. } => already_past(answer, &pen),
        Threshold::TableEnds => Sentence {
            before: " is not closed ".into(),
            answer: "before the tiers end".into(),
            after: ".".into(),
            reason: table_end(answer, &pen),
            ..Sentence::default()
        },
    }
}

fn closed_at(answer: &Answer, pen: &Pen) -> Sentence {
    let Some(crossing) = answer.report.liquidation.crossing() else {
        return Sentence::default();
    };
    let entry = &answer.position.entry_price;
    let verb = match answer.position.side {
        Side::Long => " falls to ",
        Side::Short => " rises to ",
    };
    let after = match crossing.price.change_from(entry) {
        Ok(change) if change.exact().is_zero() => ", the entry price.".into(),
        Ok(change) => {
            let word = if change.exact().is_negative() { "below" } else { "above" };
            format!(", {} {word} entry.", pen.distance(&change))
        }
        Err(_) => ".".into(),
    };
    Sentence {
        before: " is closed by the exchange when the ".into(),
        names_mark_price: true,
        between: verb.into(),
        answer: pen.price(&crossing.price),
        is_price: true,
        after,
        ..Sentence::default()
    }
}

fn already_past(answer: &Answer, pen: &Pen) -> Sentence {
    let report = &answer.report;
    let mark = pen.price(&answer.market.mark_price);
    let closing = report.liquidation.crossing();
    let shortfall = report.maintenance_margin.minus(&report.margin_balance);
    let back = match shortfall {
        Ok(missing) if missing.exact().is_positive() => format!(
            " Adding {} USDT before the exchange acts would bring it back to the line.",
            pen.required(&missing)
        ),
        _ => String::new(),
    };
    Sentence {
        before: format!(", at a mark price of {mark}, is "),
        answer: "already past".into(),
        after: match closing {
            Some(crossing) => format!(" its closing price of {}.", pen.near_price(&crossing.exact)),
            None => " its closing price.".into(),
        },
        reason: format!(
            "You have {} and must keep {}.{back}",
            pen.available(&report.margin_balance),
            pen.required(&report.maintenance_margin),
        ),
        ..Sentence::default()
    }
}

fn refused(answer: &Answer, pen: &Pen) -> Sentence {
    let report = &answer.report;
    let mut reasons = Vec::new();
    let mut way_out = None;
    for rejection in &report.rejections {
        match rejection {
            Rejection::MarginBelowMaintenance { maintenance_margin } => reasons.push(format!(
                "The {} you would put down is no more than the {} you must keep from the first second.",
                pen.money(&answer.position_margin),
                pen.money(maintenance_margin),
            )),
            Rejection::SizeAboveTable { .. } => {
                reasons.push("The position is larger than the last tier.".into());
            }
            Rejection::LeverageAboveTier { max_leverage } => {
                let most = pen.leverage(max_leverage);
                reasons.push(format!("At this size the table allows at most {most}\u{d7}."));
                way_out = Some(WayOut {
                    field: FieldId::Leverage,
                    label: format!("Use {most}\u{d7}"),
                    text: most,
                });
            }
        }
    }
    Sentence {
        before: " ".into(),
        answer: "would be refused".into(),
        after: ".".into(),
        reason: reasons.join(" "),
        way_out,
        ..Sentence::default()
    }
}

fn never_reason(answer: &Answer, pen: &Pen) -> String {
    let paid_in_full = answer
        .report
        .entry_notional
        .exact()
        .is_at_most(answer.position_margin.exact())
        .unwrap_or(false);
    if answer.position.side == Side::Long && paid_in_full {
        "You paid the full price, so the most you can lose is what you paid. Fees and funding can \
         still eat the margin over time."
            .into()
    } else {
        format!(
            "Its {} of margin covers what must be kept down to a price of zero. Fees and funding \
             can still eat the margin over time.",
            pen.money(&answer.position_margin)
        )
    }
}

fn table_end(answer: &Answer, pen: &Pen) -> String {
    answer.market.rules.tiers.end().map_or_else(String::new, |end| {
        format!(
            "The table ends at {} USDT. Beyond it no rate is known, and none is made up here.",
            pen.short(end, 2)
        )
    })
}

/// What is assumed, under the sentence.
pub fn assumptions(answer: &Answer) -> String {
    let pen = Pen::new(answer);
    let fee = match answer.market.rules.maintenance_fee {
        crate::venue::MaintenanceFee::CloseAtMark(rate) if rate.exact().is_positive() => {
            format!("a closing fee of {} counted, funding left out", pen.rate(rate.exact()))
        }
        _ => "fees and funding left out".into(),
    };
    format!("Isolated margin, one position, {fee}. {}", rules_line(answer, &pen))
}

fn rules_line(answer: &Answer, pen: &Pen) -> String {
    match &answer.table {
        Some(table) => format!(
            "{} by {} tiers of {}.",
            answer.listing.symbol,
            table.name,
            month(&table.source.as_of)
        ),
        None => {
            let rate = answer.report.tier.maintenance_margin_rate;
            format!("One maintenance rate of {} for every size.", pen.rate(rate.exact()))
        }
    }
}

/// `2026-04` as "April 2026"; other forms as they are.
pub fn month(as_of: &str) -> String {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let named = as_of.split_once('-').and_then(|(year, month)| {
        let index = month.parse::<usize>().ok()?.checked_sub(1)?;
        Some(format!("{} {year}", NAMES.get(index)?))
    });
    named.unwrap_or_else(|| as_of.to_owned())
}

/// What a screen reader hears once a change has settled: the consequence, first word first.
pub fn spoken(answer: &Answer) -> String {
    let sentence = sentence(answer);
    let pen = Pen::new(answer);
    let ratio = super::figures::ratio_text(answer, &pen);
    if sentence.is_price {
        format!("Closed at {}{} Margin ratio {ratio}.", sentence.answer, sentence.after)
    } else {
        let mut words = sentence.answer;
        if let Some(first) = words.get_mut(0..1) {
            first.make_ascii_uppercase();
        }
        format!("{words}{} {}", sentence.after, sentence.reason)
    }
}

/// Money between what is had and what must be kept at the mark, signed.
pub fn cushion(answer: &Answer) -> (String, bool) {
    let pen = Pen::new(answer);
    let spare = answer.report.margin_balance.minus(&answer.report.maintenance_margin);
    match spare {
        Ok(spare) if spare.exact().is_negative() => {
            let short = Money::from_exact(spare.exact().negated());
            (whole_or_cents(&pen, short.exact(), Rounding::Ceiling), false)
        }
        Ok(spare) => (whole_or_cents(&pen, spare.exact(), Rounding::Floor), true),
        Err(_) => (String::new(), true),
    }
}

/// Large sums in whole units, small ones with cents.
fn whole_or_cents(pen: &Pen, value: &Exact, rounding: Rounding) -> String {
    let large = Exact::from_integer(1000).is_at_most(value).unwrap_or(false);
    pen.places(value, if large { 0 } else { 2 }, rounding)
}
