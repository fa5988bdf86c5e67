//! Changing rules: the requirement follows the market, a table is replaced, and what the one documented
//! rule does.

mod body;
mod drawn;
mod tables;

use std::cell::Cell;

use crate::changing::{Played, TeachingRule, Unscalable, open_interest_rule, play};
use crate::margin::Threshold;
use crate::page::Writes;
use crate::quantity::{Exact, Money, Ratio, Rounding};
use crate::text::NumberStyle;
use crate::words::{Answer, Pen};

use super::Chapter;
use super::number::NumberField;

pub use drawn::chart;

/// The last reading, of those from 0.
const LAST: usize = 20;
/// Milliseconds for which a reading is shown while it plays.
const SHOWN_MS: u64 = 500;

/// The chapter; absent if the files it is made from cannot be read.
pub(super) fn chapter() -> Option<Box<dyn Chapter>> {
    Some(Box::new(Changing::new()?))
}

struct Changing {
    /// Multiples of the usual level.
    volatility: NumberField,
    interest: NumberField,
    /// By how much every rate of a table is multiplied.
    times: NumberField,
    /// The table put in place: a multiple of its own, or one of the page's by its id.
    table: String,
    /// Open interest in millions.
    open_interest: NumberField,
    /// The reading under the cursor.
    at: usize,
    is_playing: bool,
    /// Milliseconds since the reading under the cursor was shown.
    shown: u64,
    /// How numbers were written last, which is how the next ones are typed.
    style: Cell<NumberStyle>,
}

impl Changing {
    fn new() -> Option<Self> {
        let hundredths =
            |count: i64| Exact::from_integer(count).over(&Exact::from_integer(100)).ok();
        let half_way = Exact::from_integer(75).over(&Exact::from_integer(2)).ok()?;
        open_interest_rule()?;
        Some(Self {
            volatility: NumberField::new(hundredths(195)?, 0, 100),
            interest: NumberField::new(hundredths(140)?, 0, 100),
            times: NumberField::new(Exact::from_integer(2), 1, 100),
            table: tables::TIMES.to_owned(),
            open_interest: NumberField::new(half_way, 0, 1_000_000),
            at: LAST,
            is_playing: false,
            shown: 0,
            style: Cell::default(),
        })
    }

    /// The ten minutes, and the rule behind them.
    fn played(&self, answer: &Answer) -> Result<(TeachingRule, Played), Unscalable> {
        let rule = TeachingRule::round()?;
        let ratio = |field: &NumberField| Ratio::from_exact(*field.value());
        let (volatility, interest) = (ratio(&self.volatility), ratio(&self.interest));
        let played = play(&answer.position, &answer.market, &rule, &volatility, &interest)?;
        Ok((rule, played))
    }

    fn field(&mut self, name: &str) -> Option<&mut NumberField> {
        Some(match name {
            "volatility" => &mut self.volatility,
            "interest" => &mut self.interest,
            "times" => &mut self.times,
            "oi" => &mut self.open_interest,
            _ => return None,
        })
    }
}

impl Chapter for Changing {
    fn body(&self) -> String {
        body::body()
    }

    fn take(&mut self, id: &str, value: &str) {
        let style = self.style.get();
        let Some(control) = id.strip_prefix("changing-") else {
            return;
        };
        match control {
            "at" => {
                self.is_playing = false;
                self.at = value.parse().unwrap_or(LAST).min(LAST);
            }
            "play" => {
                self.is_playing = !self.is_playing;
                self.shown = 0;
                if self.is_playing && self.at == LAST {
                    self.at = 0;
                }
            }
            "elapsed" if self.is_playing => {
                self.shown = self.shown.saturating_add(value.parse().unwrap_or(0));
                while self.shown >= SHOWN_MS && self.at < LAST {
                    self.shown = self.shown.saturating_sub(SHOWN_MS);
                    self.at = self.at.saturating_add(1);
                }
                self.is_playing = self.at < LAST;
            }
            "table" => value.clone_into(&mut self.table),
            _ => {
                let (name, what) = control.split_once('-').unwrap_or((control, ""));
                let Some(field) = self.field(name) else {
                    return;
                };
                match what {
                    "" => field.type_in(value, style),
                    "done" => field.leave(),
                    // A slider counts in hundredths.
                    "slider" => {
                        let hundredths = value.parse().ok().map(Exact::from_integer);
                        let hundred = Exact::from_integer(100);
                        if let Some(Ok(value)) = hundredths.map(|it: Exact| it.over(&hundred)) {
                            field.put(value, style);
                        }
                    }
                    "step" => step(field, value, style),
                    _ => {}
                }
            }
        }
    }

    fn write(&self, list: &mut Writes, answer: &Answer, width: u32) {
        let pen = Pen::new(answer);
        let style = answer.draft.numbers;
        self.style.set(style);
        body::numbers(list, "changing-volatility", &self.volatility, style);
        body::numbers(list, "changing-interest", &self.interest, style);
        body::numbers(list, "changing-times", &self.times, style);
        body::numbers(list, "changing-oi", &self.open_interest, style);
        list.text("changing-play", if self.is_playing { "Pause" } else { "Play" });
        list.value("changing-at", &self.at.to_string());
        match self.played(answer) {
            Ok((rule, played)) => {
                list.text("changing-failed", "");
                drawn::write(list, &self.levels(&rule), &played, answer, self.at, width);
                list.text("changing-peek", &peek(&played, &pen));
            }
            Err(why) => {
                list.text("changing-failed", &format!("No line can be drawn: {why}."));
            }
        }
        tables::write(list, &self.table, self.times.value(), answer);
        self.write_documented(list, &pen);
    }

    fn plays(&self) -> bool {
        self.is_playing
    }
}

/// What the working is made of.
pub(super) struct Levels<'a> {
    rule: &'a TeachingRule,
    volatility: &'a Exact,
    interest: &'a Exact,
}

impl Changing {
    fn levels<'a>(&'a self, rule: &'a TeachingRule) -> Levels<'a> {
        Levels { rule, volatility: self.volatility.value(), interest: self.interest.value() }
    }

    fn write_documented(&self, list: &mut Writes, pen: &Pen) {
        let Some(rule) = open_interest_rule() else {
            return;
        };
        let million = Exact::from_integer(1_000_000);
        let said = self.open_interest.value().times(&million).and_then(|open_interest| {
            let at = rule.at(&Money::from_exact(open_interest))?;
            let millions = |money: &Money| money.exact().over(&million).map(|it| pen.short(&it, 6));
            Ok(format!(
                "{} asks {} to open, at most {}\u{d7}, and {} to keep, whatever the open interest: its \
                 closing prices do not move, and new positions get harder to open between {} and {} \
                 million {}.",
                rule.name,
                pen.rate(at.initial_rate.exact()),
                pen.places(at.max_leverage.exact(), 2, Rounding::Floor),
                pen.rate(at.maintenance_rate.exact()),
                millions(&rule.caps.lower)?,
                millions(&rule.caps.upper)?,
                rule.currency,
            ))
        });
        list.text("changing-oi-says", &said.unwrap_or_else(|_| "Too many digits.".into()));
        let source = format!("Source: {}; {}.", rule.source.origin, rule.source.as_of);
        list.text("changing-oi-source", &source);
    }
}

/// An arrow key in a field: a tenth, with Shift a hundredth, a page a whole.
fn step(field: &mut NumberField, key: &str, style: NumberStyle) {
    let size = match key.trim_start_matches("Shift+") {
        "PageUp" | "PageDown" => 1,
        _ if key.starts_with("Shift+") => 100,
        _ => 10,
    };
    let Ok(by) = Exact::ONE.over(&Exact::from_integer(size)) else {
        return;
    };
    let moved =
        if key.ends_with("Up") { field.value().plus(&by) } else { field.value().minus(&by) };
    if let Ok(moved) = moved {
        field.put(moved, style);
    }
}

/// `at 2.84 times the rate: 96.30`.
fn peek(played: &Played, pen: &Pen) -> String {
    let Some(last) = played.readings.last() else {
        return String::new();
    };
    let times = pen.short(last.multiple.exact(), 4);
    format!("at {times} times the rate: {}", closing(&last.closing, pen))
}

/// Where it is closed, in a few words.
pub(super) fn closing(threshold: &Threshold, pen: &Pen) -> String {
    match (threshold, threshold.crossing()) {
        (_, Some(crossing)) => pen.price(&crossing.price),
        (Threshold::TableEnds, None) => "beyond the table".into(),
        (Threshold::Now { .. }, None) => "already past".into(),
        _ => "never by price alone".into(),
    }
}
