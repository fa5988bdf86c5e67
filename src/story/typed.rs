//! Fields of a chapter: text as it was typed, read in the reader's number style, with a sentence where it
//! cannot be used.
//!
//! A field that was never touched shows what the page's numbers give and follows them; from the first
//! change on it is the reader's.

use std::cell::{Cell, RefCell};

use crate::page::Writes;
use crate::quantity::{Decimal, Exact, read_digits};
use crate::text::{NumberStyle, ParseError, Suffix, grouped, parse, plain, read_plain};

use super::settings::Settings;

/// A range input beside a field: its ends and steps as the browser takes them.
pub(super) struct Slider {
    pub(super) id: &'static str,
    pub(super) least: &'static str,
    pub(super) most: &'static str,
    pub(super) step: &'static str,
}

/// What an arrow key changes.
pub(super) enum Steps {
    /// These numbers: with Shift, alone, Page Up and Page Down.
    By([&'static str; 3]),
    /// One, five and twenty price steps.
    Price,
}

/// One field.
pub(super) struct Field {
    pub(super) id: &'static str,
    /// The line under it.
    pub(super) say: &'static str,
    pub(super) label: &'static str,
    /// Its name within a sentence.
    pub(super) name: &'static str,
    pub(super) unit: &'static str,
    /// The sign that a number may end with, besides none.
    pub(super) sign: Suffix,
    pub(super) least: &'static str,
    pub(super) least_included: bool,
    /// Absent where only the digits are limited: 12 before and 12 after the decimal sign.
    pub(super) most: Option<&'static str>,
    pub(super) decimals: u32,
    pub(super) slider: Option<Slider>,
    pub(super) steps: Steps,
}

/// The most that a field without a limit of its own takes.
const TWELVE_NINES: &str = "999999999999.999999999999";

fn number(digits: &str) -> Decimal {
    read_digits(digits).unwrap_or_default()
}

impl Field {
    fn most(&self) -> Decimal {
        number(self.most.unwrap_or(TWELVE_NINES))
    }

    fn accepts(&self, value: &Decimal) -> bool {
        let least = number(self.least);
        (least < *value || (self.least_included && least == *value)) && *value <= self.most()
    }

    /// What is accepted, as the end of a sentence.
    fn accepted(&self, style: NumberStyle) -> String {
        let said = |value| grouped(value, style);
        let unit = if self.unit.is_empty() { String::new() } else { format!(" {}", self.unit) };
        let least = said(number(self.least));
        match (self.most, self.least_included) {
            (None, false) => {
                format!("more than {least}{unit}, with at most 12 digits on each side")
            }
            (None, true) => format!("{least}{unit} or more"),
            (Some(most), true) => format!("{least} to {}{unit}", said(number(most))),
            (Some(most), false) => {
                format!("more than {least}, at most {}{unit}", said(number(most)))
            }
        }
    }

    /// The number in a text, with whether its reading must be shown; or what is wrong, as a sentence.
    fn read(&self, text: &str, style: NumberStyle) -> Result<(Decimal, bool), String> {
        let name = self.name;
        let accepted = self.accepted(style);
        let parsed = parse(text, style).map_err(|error| match error {
            ParseError::Empty => format!("The {name} is empty. It takes {accepted}."),
            ParseError::NotANumber => format!("The {name} is not a number. It takes {accepted}."),
            ParseError::Separators => {
                let example = grouped(number("1234.5"), style);
                format!(
                    "The {name}: its points and commas do not fit together. Write it like {example}. \
                     It takes {accepted}."
                )
            }
            ParseError::TooManyDigits => format!("The {name} has too many digits."),
        })?;
        if parsed.suffix != Suffix::None && parsed.suffix != self.sign {
            return Err(format!("The {name} takes a plain number."));
        }
        if !self.accepts(&parsed.value) {
            return Err(format!("The {name} must be {accepted}."));
        }
        if self.decimals < parsed.value.normalize().scale() {
            return Err(match self.decimals {
                0 => format!("The {name} must be a whole number."),
                places => {
                    format!("The {name} takes at most {places} digits after the decimal sign.")
                }
            });
        }
        Ok((parsed.value, parsed.ambiguous))
    }

    /// The field as markup, with its label, its slider and the line for what it says.
    pub(super) fn markup(&self) -> String {
        let Self { id, say, label, unit, .. } = self;
        let slider = self.slider.as_ref().map_or_else(String::new, |slider| {
            let Slider { id, least, most, step } = slider;
            format!(
                "<div class=\"track flat\"><span class=\"groove\"></span><input class=\"slider\" \
                 id=\"{id}\" type=\"range\" min=\"{least}\" max=\"{most}\" step=\"{step}\" \
                 aria-label=\"{label}\"></div>"
            )
        });
        format!(
            "<div class=\"typed\"><div class=\"frow\"><label for=\"{id}\">{label}</label>\
             <span class=\"field\"><input id=\"{id}\" type=\"text\" inputmode=\"decimal\" \
             autocomplete=\"off\" spellcheck=\"false\" enterkeyhint=\"done\" \
             aria-describedby=\"{say}\" data-steps><span class=\"unit\">{unit}</span></span></div>\
             {slider}<div class=\"sayline\"><span class=\"say\" id=\"{say}\"></span></div></div>"
        )
    }
}

/// The fields of a chapter with what stands in them.
pub(super) struct Typed {
    fields: &'static [Field],
    /// The reader's own texts.
    own: RefCell<Vec<Option<String>>>,
    /// What was shown last.
    shown: RefCell<Vec<String>>,
    style: Cell<NumberStyle>,
    tick: Cell<Decimal>,
    /// A field that takes no more than another holds, and that other one.
    within: Option<(usize, usize)>,
}

impl Typed {
    pub(super) fn new(fields: &'static [Field]) -> Self {
        Self {
            fields,
            own: RefCell::new(vec![None; fields.len()]),
            shown: RefCell::new(vec![String::new(); fields.len()]),
            style: Cell::new(NumberStyle::default()),
            tick: Cell::new(Decimal::ONE),
            within: None,
        }
    }

    /// The first field, by its place, takes no more than the second holds.
    pub(super) fn within(mut self, field: usize, other: usize) -> Self {
        self.within = Some((field, other));
        self
    }

    /// What stands in a field.
    fn text_at(&self, index: usize, given: &[Decimal], style: NumberStyle) -> String {
        let own = self.own.borrow().get(index).cloned().flatten();
        own.unwrap_or_else(|| grouped(given.get(index).copied().unwrap_or_default(), style))
    }

    /// The field that another one limits, and the most that it may hold, where that can be read.
    fn limit(&self, given: &[Decimal], style: NumberStyle) -> Option<(usize, Decimal)> {
        let (index, other) = self.within?;
        let read = self.fields.get(other)?.read(&self.text_at(other, given, style), style);
        read.ok().map(|(most, _)| (index, most))
    }

    /// All fields follow the page again.
    pub(super) fn reset(&mut self) {
        self.own.borrow_mut().fill(None);
    }

    /// What the reader's own numbers are, for those that can be used.
    pub(super) fn settings(&self, list: &mut Settings) {
        for (index, field) in self.fields.iter().enumerate() {
            let is_own = self.own.borrow().get(index).is_some_and(Option::is_some);
            if let Some(value) = self.value(index, field).filter(|_| is_own) {
                list.put(&format!("{}-plain", field.id), &plain(value));
            }
        }
    }

    /// Whether a field was changed by the reader.
    pub(super) fn is_own(&self) -> bool {
        self.own.borrow().iter().any(Option::is_some)
    }

    /// Takes what the reader did; whether it was one of these fields.
    pub(super) fn take(&mut self, id: &str, value: &str) -> bool {
        for (index, field) in self.fields.iter().enumerate() {
            let of_field = id.strip_prefix(field.id);
            let text = match of_field {
                Some("") => Some(value.to_owned()),
                Some("-done") => self.tidied(index, field),
                Some("-step") => self.stepped(index, field, value),
                Some("-plain") => self.usable(field, value),
                _ if field.slider.as_ref().is_some_and(|slider| slider.id == id) => {
                    self.written(value)
                }
                _ => continue,
            };
            if let (Some(text), Some(slot)) = (text, self.own.borrow_mut().get_mut(index)) {
                *slot = Some(text);
            }
            return true;
        }
        false
    }

    /// A number as browsers and links write it, as a reader does.
    fn written(&self, value: &str) -> Option<String> {
        // Both have a minus sign of their own.
        let digits = value.strip_prefix('-').unwrap_or(value);
        read_plain(digits).map(|_| grouped(number(value), self.style.get()))
    }

    /// A number of a link, if the field takes it.
    fn usable(&self, field: &Field, value: &str) -> Option<String> {
        let text = self.written(value)?;
        field.read(&text, self.style.get()).is_ok().then_some(text)
    }

    fn value(&self, index: usize, field: &Field) -> Option<Decimal> {
        let shown = self.shown.borrow();
        let own = self.own.borrow();
        let text = own.get(index)?.as_ref().or_else(|| shown.get(index))?;
        field.read(text, self.style.get()).ok().map(|(value, _)| value)
    }

    /// What was typed, with its digits grouped; what cannot be read stays as it is.
    fn tidied(&self, index: usize, field: &Field) -> Option<String> {
        self.own.borrow().get(index)?.as_ref()?;
        Some(grouped(self.value(index, field)?, self.style.get()))
    }

    fn stepped(&self, index: usize, field: &Field, key: &str) -> Option<String> {
        let (is_fine, key) = match key.strip_prefix("Shift+") {
            Some(key) => (true, key),
            None => (false, key),
        };
        let place = usize::from(!is_fine).saturating_add(usize::from(key.starts_with("Page")));
        let step = match &field.steps {
            Steps::By(steps) => number(steps.get(place)?),
            Steps::Price => self.tick.get().checked_mul(Decimal::from(*[1, 5, 20].get(place)?))?,
        };
        let now = self.value(index, field)?;
        let next = if key.ends_with("Up") { now.checked_add(step) } else { now.checked_sub(step) };
        next.filter(|next| field.accepts(next)).map(|next| grouped(next, self.style.get()))
    }

    /// Reads all fields in a number style, those that were never touched as the page's numbers give
    /// them; and writes texts, sliders and what is wrong. `tick` is the market's price step.
    pub(super) fn write(
        &self,
        list: &mut Writes,
        given: &[Decimal],
        style: NumberStyle,
        tick: Decimal,
    ) -> Vec<Option<Exact>> {
        self.restyle(style);
        self.tick.set(tick);
        let limit = self.limit(given, style);
        let mut values = Vec::with_capacity(self.fields.len());
        for (index, field) in self.fields.iter().enumerate() {
            let text = self.text_at(index, given, style);
            let read = field.read(&text, style).and_then(|read| match limit {
                Some((limited, most)) if limited == index && most < read.0 => {
                    let most = grouped(most, style);
                    Err(format!("The {} must be at most {most} {}.", field.name, field.unit))
                }
                _ => Ok(read),
            });
            list.value(field.id, &text);
            list.attribute(field.id, "aria-invalid", &read.is_err().to_string());
            list.class(field.say, "problem", read.is_err());
            let said = match &read {
                Err(problem) => problem.clone(),
                Ok((value, true)) => format!("Read as {}", grouped(*value, style)),
                Ok(_) => String::new(),
            };
            list.text(field.say, &said);
            if let (Some(slider), Ok((value, _))) = (&field.slider, &read) {
                list.value(slider.id, &value.normalize().to_string());
                let spoken = format!("{} {}", grouped(*value, style), field.unit);
                list.attribute(slider.id, "aria-valuetext", spoken.trim_end());
            }
            if let Some(slot) = self.shown.borrow_mut().get_mut(index) {
                *slot = text;
            }
            values.push(read.ok().map(|(value, _)| Exact::from_decimal(value)));
        }
        values
    }

    /// Writes what can be read in another style; the rest stays as it was typed.
    fn restyle(&self, style: NumberStyle) {
        let before = self.style.replace(style);
        if before == style {
            return;
        }
        for (own, field) in self.own.borrow_mut().iter_mut().zip(self.fields) {
            if let Some(text) = own
                && let Ok((value, _)) = field.read(text, before)
            {
                *text = grouped(value, style);
            }
        }
    }
}
