//! What the line under a field says: a problem, how it was read, or how it relates.

use crate::scenario::{Fault, FieldId, FieldValue, Limits, Reading, Unit};
use crate::text::{NumberStyle, ParseError, grouped};

use super::answer::{Answer, Trouble};
use super::pen::{Pen, THIN};

/// The line under a field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Message {
    /// What it says; empty when there is nothing to say.
    pub text: String,
    /// Whether it is a problem.
    pub is_problem: bool,
    /// Whether it says how an ambiguous text was read.
    pub is_reading: bool,
}

/// The name of a field in a sentence.
pub fn field_name(field: FieldId) -> &'static str {
    match field {
        FieldId::Quantity => "size",
        FieldId::EntryPrice => "entry price",
        FieldId::Leverage => "leverage",
        FieldId::MarkPrice => "mark price",
        FieldId::FlatRate => "rate",
        FieldId::CloseFee => "closing fee",
        FieldId::WarningRatio => "margin call level",
    }
}

/// The message for a field, in order of need: a problem, how it was read, or a relation.
pub fn message(
    field: FieldId,
    reading: &Reading,
    trouble: Option<&Trouble>,
    last: Option<&Answer>,
    style: NumberStyle,
) -> Message {
    if let Some(fault) = reading.fault(field) {
        // A rate that the last answer did not use was never checked either.
        let used = |answer: &&Answer| field != FieldId::FlatRate || answer.table.is_none();
        let still =
            last.filter(used).map(|answer| format!(" Still using {}.", answer.draft.text(field)));
        return Message {
            text: format!("{}{}", fault_text(fault, field, style), still.unwrap_or_default()),
            is_problem: true,
            is_reading: false,
        };
    }
    if field == FieldId::Quantity
        && let Some(text) = trouble.and_then(|trouble| size_trouble(trouble, last, style))
    {
        return Message { text, is_problem: true, is_reading: false };
    }
    match reading.value(field) {
        Some(FieldValue { value, ambiguous: true }) => Message {
            text: format!("Read as {}", grouped(value, style)),
            is_problem: false,
            is_reading: true,
        },
        _ => Message {
            text: if trouble.is_none() {
                last.map_or_else(String::new, |answer| relation(field, answer))
            } else {
                String::new()
            },
            is_problem: false,
            is_reading: false,
        },
    }
}

fn size_trouble(trouble: &Trouble, last: Option<&Answer>, style: NumberStyle) -> Option<String> {
    let still = last
        .map(|answer| format!(" Still using {}.", answer.draft.text(FieldId::Quantity)))
        .unwrap_or_default();
    let _ = style;
    match trouble {
        Trouble::BeyondTable => {
            Some(format!("The tier table ends below this size. Beyond it no rate is known.{still}"))
        }
        Trouble::Compute(_) => {
            Some(format!("These numbers together need more digits than can be carried.{still}"))
        }
        Trouble::Fields(_) => None,
    }
}

fn fault_text(fault: Fault, field: FieldId, style: NumberStyle) -> String {
    match fault {
        Fault::Unreadable(ParseError::Empty) => format!("The {} is empty.", field_name(field)),
        Fault::Unreadable(ParseError::NotANumber) => "Not a number.".into(),
        Fault::Unreadable(ParseError::Separators) => {
            "Not a number: its points and commas do not fit together.".into()
        }
        Fault::Unreadable(ParseError::TooManyDigits) => {
            "Too many digits: 12 before and 12 after the decimal sign at most.".into()
        }
        Fault::WrongSign => format!("A {} takes a plain number.", field_name(field)),
        Fault::TooSmall(limits) => too_small(limits, field, style),
        Fault::TooLarge(limits) => format!("At most {}.", with_unit(limits.most, field, style)),
        Fault::TooManyDecimals(limits) => {
            format!("At most {} digits after the decimal sign.", limits.decimals)
        }
    }
}

fn too_small(limits: Limits, field: FieldId, style: NumberStyle) -> String {
    let least = with_unit(limits.least, field, style);
    if limits.least_included {
        format!("At least {least}.")
    } else {
        format!("Must be more than {least}.")
    }
}

fn with_unit(value: rust_decimal::Decimal, field: FieldId, style: NumberStyle) -> String {
    let number = grouped(value, style);
    match field.unit() {
        Unit::Percent => format!("{number}{THIN}%"),
        Unit::Times => format!("{number}\u{d7}"),
        Unit::Price | Unit::Coins => number,
    }
}

/// How a readable value relates to the rest.
fn relation(field: FieldId, answer: &Answer) -> String {
    let pen = Pen::new(answer);
    match field {
        FieldId::MarkPrice => {
            let change = answer.market.mark_price.change_from(&answer.position.entry_price);
            match change {
                Ok(change) if change.exact().is_zero() => "At entry".into(),
                Ok(change) => {
                    let word = if change.exact().is_negative() { "below" } else { "above" };
                    format!("{} {word} entry", pen.distance(&change))
                }
                Err(_) => String::new(),
            }
        }
        FieldId::Leverage => match answer.report.entry_tier.max_leverage {
            Some(most) => format!("At most {} at this size", pen.leverage(&most)),
            None => "No limit stated by this rule".into(),
        },
        FieldId::Quantity => format!(
            "Worth {} USDT at entry, tier {}",
            pen.brief(&answer.report.entry_notional),
            answer.report.entry_tier.number
        ),
        FieldId::WarningRatio => "The exchange warns at this margin ratio".into(),
        FieldId::CloseFee => "Counted into what you must keep".into(),
        FieldId::EntryPrice | FieldId::FlatRate => String::new(),
    }
}

/// Why the last good figures still stand, if they do.
pub fn stale_note(trouble: Option<&Trouble>) -> String {
    match trouble {
        None => String::new(),
        Some(Trouble::Fields(problems)) => match problems.first() {
            None => "Not updated: these tiers do not list this coin.".into(),
            Some(problem) => {
                let name = field_name(problem.field);
                match problem.fault {
                    Fault::Unreadable(ParseError::Empty) => {
                        format!("Not updated: {name} is empty.")
                    }
                    _ => format!("Not updated: {name} cannot be used as it stands."),
                }
            }
        },
        Some(Trouble::BeyondTable) => "Not updated: the tier table ends below this size.".into(),
        Some(Trouble::Compute(_)) => "Not updated: these numbers need too many digits.".into(),
    }
}
