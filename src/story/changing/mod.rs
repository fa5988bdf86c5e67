//! Changing rules: the requirement follows the market, a table is replaced, and what the one documented
//! rule does.

mod body;
mod drawn;
mod tables;

use crate::changing::{Played, TeachingRule, Unscalable, open_interest_rule, play};
use crate::margin::Threshold;
use crate::page::Writes;
use crate::quantity::{Decimal, Exact, Money, Ratio, Rounding};
use crate::text::Suffix;
use crate::words::{Answer, Pen, month};

use super::Chapter;
use super::settings::Settings;
use super::typed::{Field, Slider, Steps, Typed};

pub use drawn::chart;

/// The last reading, of those from 0.
const LAST: usize = 20;
/// Below this width of the body everything stands in one column.
const TWO_COLUMNS: u32 = 720;
/// Milliseconds for which a reading is shown while it plays.
const SHOWN_MS: u64 = 500;

/// The chapter; absent if the files it is made from cannot be read.
pub(super) fn chapter() -> Option<Box<dyn Chapter>> {
    Some(Box::new(Changing::new()?))
}

/// The fields, in the order of their values.
static FIELDS: [Field; 4] = [
    multiple(
        "changing-volatility",
        "changing-volatility-say",
        "Volatility, against its usual level",
        "volatility",
        Slider { id: "changing-volatility-slider", least: "0", most: "3", step: "0.05" },
    ),
    multiple(
        "changing-interest",
        "changing-interest-say",
        "Open interest, against its usual level",
        "open interest",
        Slider { id: "changing-interest-slider", least: "0", most: "3", step: "0.05" },
    ),
    multiple(
        "changing-times",
        "changing-times-say",
        "Every rate, times",
        "multiple",
        Slider { id: "changing-times-slider", least: "1", most: "5", step: "0.1" },
    ),
    Field {
        id: "changing-oi",
        say: "changing-oi-say",
        label: "Open interest of the market, millions",
        name: "open interest",
        unit: "",
        sign: Suffix::None,
        least: "0",
        least_included: true,
        most: Some("1000000"),
        decimals: 6,
        slider: Some(Slider { id: "changing-oi-slider", least: "0", most: "75", step: "0.5" }),
        steps: Steps::By(["0.1", "1", "10"]),
    },
];

/// A multiple of something usual.
const fn multiple(
    id: &'static str,
    say: &'static str,
    label: &'static str,
    name: &'static str,
    slider: Slider,
) -> Field {
    Field {
        id,
        say,
        label,
        name,
        unit: "\u{d7}",
        sign: Suffix::Times,
        least: "0",
        least_included: false,
        most: Some("100"),
        decimals: 4,
        slider: Some(slider),
        steps: Steps::By(["0.01", "0.1", "1"]),
    }
}

/// What stands in the fields as long as nobody touched them: 1.95, 1.40, 2 and 37.5.
const GIVEN: [(i64, u32); 4] = [(195, 2), (140, 2), (2, 0), (375, 1)];

struct Changing {
    typed: Typed,
    /// The table put in place: a multiple of its own, or one of the page's by its id.
    table: String,
    table_shown: bool,
    /// The reading under the cursor.
    at: usize,
    is_playing: bool,
    /// Milliseconds since the reading under the cursor was shown.
    shown: u64,
}

impl Changing {
    fn new() -> Option<Self> {
        open_interest_rule()?;
        Some(Self {
            typed: Typed::new(&FIELDS),
            table: tables::TIMES.to_owned(),
            table_shown: false,
            at: LAST,
            is_playing: false,
            shown: 0,
        })
    }
}

/// The ten minutes, and the rule behind them.
fn played(
    answer: &Answer,
    volatility: &Exact,
    interest: &Exact,
) -> Result<(TeachingRule, Played), Unscalable> {
    let rule = TeachingRule::round()?;
    let (volatility, interest) = (Ratio::from_exact(*volatility), Ratio::from_exact(*interest));
    let played = play(&answer.position, &answer.market, &rule, &volatility, &interest)?;
    Ok((rule, played))
}

impl Chapter for Changing {
    fn body(&self) -> String {
        body::body(&FIELDS)
    }

    fn take(&mut self, id: &str, value: &str) {
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
            "closed" => self.is_playing = false,
            "table" if tables::is_choice(value) => value.clone_into(&mut self.table),
            "table-toggle" => self.table_shown = !self.table_shown,
            _ => {
                self.typed.take(id, value);
            }
        }
    }

    fn settings(&self, list: &mut Settings) {
        if self.table != tables::TIMES {
            list.put("changing-table", &self.table);
        }
        self.typed.settings(list);
    }

    fn write(&self, list: &mut Writes, answer: &Answer, width: u32) {
        let pen = Pen::new(answer);
        let given = GIVEN.map(|(digits, scale)| Decimal::new(digits, scale));
        let values = self.typed.write(list, &given, answer.draft.numbers, Decimal::ONE);
        let value = |index: usize| values.get(index).copied().flatten();
        list.text("changing-play", if self.is_playing { "Pause" } else { "Play" });
        list.value("changing-at", &self.at.to_string());
        list.attribute("changing-table-toggle", "aria-expanded", &self.table_shown.to_string());
        let levels = value(0).zip(value(1));
        let refused = super::refused(answer);
        list.flag("changing-table-of", "hidden", !self.table_shown || refused.is_some());
        for id in ["changing-drawn", "changing-replaced"] {
            list.flag(id, "hidden", refused.is_some());
        }
        let levels = levels.filter(|_| refused.is_none());
        let trouble =
            match levels.map(|(volatility, interest)| played(answer, &volatility, &interest)) {
                None if refused.is_some() => {
                    list.text("changing-peek", "");
                    refused.clone().unwrap_or_default()
                }
                // The field says what is wrong with it, and what was drawn last stays.
                None => "Not updated: a field cannot be used as it stands.".to_owned(),
                Some(Err(why)) => format!("Not updated: {why}."),
                Some(Ok((rule, played))) => {
                    if let Some((volatility, interest)) = &levels {
                        let levels = Levels { rule: &rule, volatility, interest };
                        drawn::write(list, &levels, &played, answer, self.at, width);
                    }
                    list.text("changing-peek", &peek(&played, &pen));
                    String::new()
                }
            };
        list.class("changing-drawn", "stale", !trouble.is_empty());
        list.text("changing-failed", &trouble);
        list.class("changing-pair", "one", width < TWO_COLUMNS);
        list.class("changing-replaced", "stale", value(2).is_none());
        list.markup("changing-table", tables::options(answer));
        list.value("changing-table", &self.table);
        list.flag("changing-times-row", "hidden", self.table != tables::TIMES);
        if let Some(times) = value(2).filter(|_| refused.is_none()) {
            tables::write(list, &self.table, &times, answer);
        }
        list.class("changing-oi-says", "stale", value(3).is_none());
        if let Some(millions) = value(3) {
            write_documented(list, &millions, &pen);
        }
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

fn write_documented(list: &mut Writes, millions: &Exact, pen: &Pen) {
    let Some(rule) = open_interest_rule() else {
        return;
    };
    let million = Exact::from_integer(1_000_000);
    let said = millions.times(&million).and_then(|open_interest| {
        let at = rule.at(&Money::from_exact(open_interest))?;
        let millions = |money: &Money| money.exact().over(&million).map(|it| pen.short(&it, 6));
        Ok(format!(
            "By the values of its own tests {} then asks {} to open, at most {}\u{d7}. It asks {} to keep, whatever the open interest: \
             closing prices do not move; new positions get harder to open between {} and {} million {}.",
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
    let source = format!("Source: {}; {}.", rule.source.origin, month(&rule.source.as_of));
    list.text("changing-oi-source", &source);
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
