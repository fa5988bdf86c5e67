//! Fields, switches and choices: what they hold and what stands under them.

use crate::quantity::Side;
use crate::scenario::{Control, FieldId, Preset, RuleChoice};
use crate::text::capital;
use crate::words::{Message, field_name, message};

use super::view::{Outcome, View};
use super::write::Writes;

/// Each text input: its id, its field, and the id of its message line.
const INPUTS: [(&str, FieldId, &str); 10] = [
    ("size", FieldId::Quantity, "sentence-say"),
    ("entry", FieldId::EntryPrice, "sentence-say"),
    ("leverage-word", FieldId::Leverage, "sentence-say"),
    ("size-field", FieldId::Quantity, "sentence-say"),
    ("entry-field", FieldId::EntryPrice, "sentence-say"),
    ("mark", FieldId::MarkPrice, "mark-say"),
    ("leverage", FieldId::Leverage, "leverage-say"),
    ("flat-rate", FieldId::FlatRate, "flat-rate-say"),
    ("call", FieldId::WarningRatio, "call-say"),
    ("close-fee", FieldId::CloseFee, "close-fee-say"),
];

/// Fields whose message has a line of its own.
const OWN_LINE: [(&str, FieldId); 5] = [
    ("mark-say", FieldId::MarkPrice),
    ("leverage-say", FieldId::Leverage),
    ("flat-rate-say", FieldId::FlatRate),
    ("call-say", FieldId::WarningRatio),
    ("close-fee-say", FieldId::CloseFee),
];

/// The fields that stand in the sentence and share its line.
const IN_SENTENCE: [FieldId; 3] = [FieldId::Quantity, FieldId::EntryPrice, FieldId::Leverage];

/// The rows under the picture, each with its control.
const ROWS: [(&str, Control); 5] = [
    ("size-row", Control::Size),
    ("entry-row", Control::Entry),
    ("leverage-row", Control::Leverage),
    ("mark-row", Control::Mark),
    ("side-row", Control::Side),
];

/// What a locked control takes no input with; the leverage slider is written with the picture.
const LOCKABLE: [(&str, Control); 17] = [
    ("side-word", Control::Side),
    ("side-long", Control::Side),
    ("side-short", Control::Side),
    ("size", Control::Size),
    ("size-field", Control::Size),
    ("size-down", Control::Size),
    ("size-up", Control::Size),
    ("entry", Control::Entry),
    ("entry-field", Control::Entry),
    ("entry-down", Control::Entry),
    ("entry-up", Control::Entry),
    ("leverage-word", Control::Leverage),
    ("leverage-down", Control::Leverage),
    ("leverage-up", Control::Leverage),
    ("mark", Control::Mark),
    ("mark-down", Control::Mark),
    ("mark-up", Control::Mark),
];

/// The chips, in the order of [`Preset::ALL`].
const CHIPS: [&str; 4] = ["preset-btc", "preset-alt", "preset-large-short", "preset-article"];

/// The ids of all text inputs with their fields.
pub fn inputs() -> impl Iterator<Item = (&'static str, FieldId)> {
    INPUTS.into_iter().map(|(id, field, _)| (id, field))
}

/// The field that an input holds.
pub fn field_of_input(id: &str) -> Option<FieldId> {
    inputs().find(|(other, _)| *other == id).map(|(_, field)| field)
}

pub(super) fn write(list: &mut Writes, outcome: &Outcome, view: &View) {
    let draft = &outcome.draft;
    for (id, control) in ROWS {
        list.flag(id, "hidden", !view.shows(control));
    }
    for (id, control) in LOCKABLE {
        list.flag(id, "disabled", view.locks(control));
    }
    // An article speaks of one coin.
    list.flag("coin", "hidden", view.frame.is_some());
    list.flag("coin-word", "hidden", view.frame.is_none());
    list.text("coin-word", draft.coin);
    list.flag("full-link", "hidden", view.frame.is_none());
    for (id, field, _) in INPUTS {
        let text = draft.text(field);
        list.value(id, text);
        // While it cannot be read the input keeps its width, so that rubbish moves nothing.
        let is_problem = said(outcome, field).is_problem;
        let shown = if is_problem { outcome.answer.draft.text(field) } else { text };
        list.attribute(id, "size", &shown.chars().count().clamp(1, 16).to_string());
        list.attribute(id, "aria-invalid", &is_problem.to_string());
    }
    for (id, field) in OWN_LINE {
        say(list, id, said(outcome, field));
    }
    say(list, "sentence-say", sentence_line(outcome));

    list.value("side-word", draft.side.name());
    list.checked("side-long", draft.side == Side::Long);
    list.checked("side-short", draft.side == Side::Short);
    list.value("coin", draft.coin);
    list.attribute("size", "aria-label", &format!("Size in {}", draft.coin));
    for (id, preset) in CHIPS.into_iter().zip(Preset::ALL) {
        let mut example = preset.draft();
        example.restyle(draft.numbers);
        list.attribute(id, "aria-pressed", &(*draft == example).to_string());
    }
    let rules = match draft.rules {
        RuleChoice::Table(id) => id,
        RuleChoice::SingleRate => "flat",
    };
    list.flag("rules-article", "disabled", draft.coin != "BTC");
    list.value("rules", rules);
    list.flag("flat-rate-row", "hidden", draft.rules != RuleChoice::SingleRate);
    list.value("numbers", draft.numbers.key());
}

fn said(outcome: &Outcome, field: FieldId) -> Message {
    message(
        field,
        &outcome.reading,
        outcome.trouble.as_ref(),
        Some(&outcome.answer),
        outcome.draft.numbers,
    )
}

fn say(list: &mut Writes, id: &'static str, message: Message) {
    list.class(id, "problem", message.is_problem);
    list.text(id, &message.text);
}

/// One line for the three fields of the sentence: the first problem, then the first reading that
/// has to be shown, then what the size means.
fn sentence_line(outcome: &Outcome) -> Message {
    let messages = IN_SENTENCE.map(|field| (field, said(outcome, field)));
    let first = |wanted: fn(&Message) -> bool| {
        messages.iter().find(|(_, message)| wanted(message)).map(|(field, message)| Message {
            text: format!("{}: {}", capital(field_name(*field)), message.text),
            is_problem: message.is_problem,
            is_reading: message.is_reading,
        })
    };
    first(|message| message.is_problem)
        .or_else(|| first(|message| message.is_reading))
        .unwrap_or_else(|| said(outcome, FieldId::Quantity))
}
