//! The chapter on the mark price: how it is made, from the reader's own numbers, and two invented minutes
//! in which only one of two falls closes the position.

mod chart;
mod fields;
mod formula;
mod says;

use crate::mark::{Average, Demo, Funding, MarkError, Played, Start, play, samples};
use crate::page::Writes;
use crate::quantity::{Decimal, Exact, Overflow, Price, Rate, Rounding, Side};
use crate::venue::{MarkRule, mark_rules};
use crate::words::{Answer, Pen};

use super::Chapter;
use super::settings::Settings;
use super::typed::{Field, Typed};
use fields::FIELDS;

/// Samples in the plain mean that a reader can choose instead of a venue's own average.
const WINDOW: u16 = 30;
/// Seconds in an hour.
const HOUR: i64 = 3600;
/// Below this width of the body everything stands in one column.
const TWO_COLUMNS: u32 = 720;
/// Between two columns.
const GAP: u32 = 56;

/// How the basis is averaged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Chosen {
    /// As the venue does.
    Own,
    /// The mean of the last samples, one a second.
    Mean,
    /// With the reader's half-life, a sample a second.
    HalfLife,
}

const CHOICES: [(&str, Chosen, &str); 3] = [
    ("own", Chosen::Own, "as this exchange does"),
    ("mean", Chosen::Mean, "mean of 30 samples"),
    ("half", Chosen::HalfLife, "decaying, half-life below"),
];

/// The chapter; absent if no formula could be read.
pub(super) fn chapter() -> Option<Box<dyn Chapter>> {
    Some(Box::new(Mark::new()?))
}

pub(super) struct Mark {
    rules: Vec<MarkRule>,
    rule: usize,
    chosen: Chosen,
    demo: Demo,
    typed: Typed,
    table_shown: bool,
}

/// What the reader's numbers come to.
pub(super) struct Minute<'a> {
    pub(super) answer: &'a Answer,
    pub(super) pen: Pen,
    pub(super) rule: &'a MarkRule,
    pub(super) demo: Demo,
    pub(super) start: Start,
    pub(super) funding: Funding,
    pub(super) played: Played,
}

impl Mark {
    pub(super) fn new() -> Option<Self> {
        let rules = mark_rules();
        rules.first()?;
        Some(Self {
            rules,
            rule: 0,
            chosen: Chosen::Own,
            demo: Demo::WildTrade,
            typed: Typed::new(&FIELDS).within(4, 5),
            table_shown: false,
        })
    }

    /// The minute as it stands; absent where the chapter would say what is wrong.
    pub(super) fn shown<'a>(&'a self, answer: &'a Answer) -> Option<Minute<'a>> {
        let (list, style) = (&mut Writes::default(), answer.draft.numbers);
        let values = self.typed.write(list, &self.given(answer), style, Decimal::ONE);
        self.minute(answer, &values)?.ok()
    }

    fn rule(&self) -> Option<&MarkRule> {
        self.rules.get(self.rule)
    }

    /// What stands in the fields as long as nobody touched them.
    fn given(&self, answer: &Answer) -> [Decimal; 7] {
        let mark = answer.market.mark_price;
        let places = mark.exact().decimals(12).unwrap_or(12);
        let mark = mark.round(places, Rounding::HalfEven).unwrap_or_default();
        let hours = self.rule().map_or(8, |rule| rule.funding_interval_hours.get());
        let interval = Decimal::from(hours);
        // Three quarters of the way are left: a quarter of the basis is gone.
        let left = Decimal::from(u32::from(hours).saturating_mul(3)).checked_div(Decimal::from(4));
        let left = left.unwrap_or(interval).normalize();
        [mark, mark, mark, Decimal::new(3, 2), left, interval, Decimal::from(20)]
    }

    fn minute<'a>(
        &'a self,
        answer: &'a Answer,
        values: &[Option<Exact>],
    ) -> Option<Result<Minute<'a>, MarkError>> {
        let [index, last, mid, rate, left, interval, half] = values else {
            return None;
        };
        let rule = self.rule()?;
        // A field that the formula does not ask for holds nothing up.
        let half = if self.chosen == Chosen::HalfLife { (*half)? } else { Exact::ONE };
        let (index, last, mid) = ((*index)?, (*last)?, (*mid)?);
        let (rate, left, interval) = ((*rate)?, (*left)?, (*interval)?);
        Some(self.played(answer, rule, [index, last, mid], [rate, left, interval, half]))
    }

    fn played<'a>(
        &'a self,
        answer: &'a Answer,
        rule: &'a MarkRule,
        [index, last, mid]: [Exact; 3],
        [rate, left, interval, half]: [Exact; 4],
    ) -> Result<Minute<'a>, MarkError> {
        let hour = Exact::from_integer(HOUR);
        let funding = Funding {
            rate: Rate::from_exact(rate.over(&Exact::from_integer(100))?),
            to_next: left.times(&hour)?,
            interval: interval.times(&hour)?,
        };
        let average = match self.chosen {
            Chosen::Own => None,
            Chosen::Mean => Some(Average::mean(WINDOW)),
            Chosen::HalfLife => Some(Average::half_life(&half, &Exact::ONE)?),
        };
        let side = answer.position.side;
        let closing = answer.report.liquidation.crossing().map(|crossing| crossing.price);
        let start = Start {
            index: Price::from_exact(index),
            mid: Price::from_exact(mid),
            last: Price::from_exact(last),
            tick: answer.listing.tick_size,
            side,
            closing,
        };
        let minute = samples(self.demo, &start)?;
        let played = play(rule, average, funding, &minute, (side, closing.as_ref()))?;
        let pen = Pen::new(answer);
        Ok(Minute { answer, pen, rule, demo: self.demo, start, funding, played })
    }

    fn draw(&self, list: &mut Writes, minute: &Minute<'_>, width: u32) -> Result<(), Overflow> {
        let chart = chart::prices(minute);
        list.markup("mark-chart", chart.draw(&chart.frame(width)?)?);
        list.flag("mark-table", "hidden", !self.table_shown);
        let table = if self.table_shown {
            chart.table()?.markup("The minute, every few seconds, in USDT")
        } else {
            String::new()
        };
        list.markup("mark-table", table);
        let is_wide = TWO_COLUMNS <= width;
        list.class("mark-pair", "one", !is_wide);
        let column =
            if is_wide { width.saturating_sub(GAP).checked_div(2).unwrap_or(width) } else { width };
        let basis = match chart::basis(minute)? {
            Some(chart) => chart.draw(&chart.frame(column)?)?,
            None => String::new(),
        };
        list.markup("mark-basis", basis);
        list.markup("mark-formula", formula::formulas(minute)?);
        Ok(())
    }

    fn write_choices(&self, list: &mut Writes, side: Side) {
        let Some(rule) = self.rule() else {
            return;
        };
        list.value("mark-rule", rule.id);
        let chosen = CHOICES.iter().find(|(_, chosen, _)| *chosen == self.chosen);
        list.value("mark-average", chosen.map_or("own", |(key, ..)| key));
        list.flag("mark-average", "disabled", rule.basis.is_none());
        let is_read = rule.basis.is_some() && self.chosen == Chosen::HalfLife;
        list.flag("mark-half-row", "hidden", !is_read);
        let way = if side == Side::Long { "fall" } else { "rise" };
        list.text("mark-slow", &format!("A slow {way}"));
        for (id, demo) in [("mark-wild", Demo::WildTrade), ("mark-slow", Demo::SlowFall)] {
            list.attribute(id, "aria-pressed", &(self.demo == demo).to_string());
        }
        list.flag("mark-reset", "hidden", !self.typed.is_own());
        list.attribute("mark-table-toggle", "aria-expanded", &self.table_shown.to_string());
        list.text(
            "mark-table-toggle",
            if self.table_shown { "Hide the table" } else { "Show the minute as a table" },
        );
        list.text("mark-source", &says::source(rule));
    }
}

impl Chapter for Mark {
    fn body(&self) -> String {
        let rules: String = self
            .rules
            .iter()
            .map(|rule| format!("<option value=\"{}\">{}</option>", rule.id, rule.name))
            .collect();
        let averages: String = CHOICES
            .iter()
            .map(|(key, _, words)| format!("<option value=\"{key}\">{words}</option>"))
            .collect();
        let mut fields = FIELDS.iter().map(Field::markup);
        let half = fields.next_back().unwrap_or_default();
        let fields: String = fields.collect();
        format!(
            "<p class=\"prose\">You are closed by the <b>mark price</b>, not by the last trade. The mark \
             follows an index of several spot markets and adds a basis that shrinks to nothing by the \
             next funding. A single wild trade hardly moves it; a market that moves does.</p>\
             <p class=\"acts\"><button class=\"button\" type=\"button\" id=\"mark-wild\" \
             aria-pressed=\"true\">A wild trade</button><button class=\"button\" type=\"button\" \
             id=\"mark-slow\" aria-pressed=\"false\">A slow fall</button></p>\
             <div class=\"timechart\" id=\"mark-chart\"></div>\
             <p class=\"happened\" id=\"mark-says\" aria-live=\"polite\"></p>\
             <p class=\"cap\">An invented minute, drawn from your own numbers to show the mechanism. \
             <button class=\"textbutton\" type=\"button\" id=\"mark-table-toggle\" \
             aria-expanded=\"false\" aria-controls=\"mark-table\"></button></p>\
             <div class=\"scroll\" id=\"mark-table\" tabindex=\"0\" role=\"region\" \
             aria-label=\"The minute as a table\" hidden></div>\
             <div class=\"pair\" id=\"mark-pair\"><div class=\"stack\">\
             <div class=\"choice\"><label for=\"mark-rule\">How the mark is made</label>\
             <select class=\"field pick\" id=\"mark-rule\">{rules}</select></div>\
             <div class=\"choice\"><label for=\"mark-average\">Basis averaged</label>\
             <select class=\"field pick\" id=\"mark-average\">{averages}</select></div>\
             <div id=\"mark-half-row\" hidden>{half}</div>\
             <div class=\"formulas\" id=\"mark-formula\"></div>\
             <div class=\"timechart\" id=\"mark-basis\"></div>\
             <p class=\"cap\" id=\"mark-source\"></p></div>\
             <div class=\"stack\">{fields}<p class=\"problem\" id=\"mark-trouble\" role=\"status\"></p>\
             <p><button class=\"textbutton\" type=\"button\" id=\"mark-reset\" hidden>Follow the \
             page\u{2019}s mark again</button></p></div></div>"
        )
    }

    fn take(&mut self, id: &str, value: &str) {
        match id {
            "mark-wild" => self.demo = Demo::WildTrade,
            "mark-slow" => self.demo = Demo::SlowFall,
            "mark-reset" => self.typed.reset(),
            "mark-table-toggle" => self.table_shown = !self.table_shown,
            "mark-rule" => {
                if let Some(index) = self.rules.iter().position(|rule| rule.id == value) {
                    self.rule = index;
                }
            }
            "mark-average" => {
                if let Some((_, chosen, _)) = CHOICES.iter().find(|(key, ..)| *key == value) {
                    self.chosen = *chosen;
                }
            }
            _ => {
                self.typed.take(id, value);
            }
        }
    }

    fn settings(&self, list: &mut Settings) {
        if let Some(rule) = self.rule().filter(|_| self.rule != 0) {
            list.put("mark-rule", rule.id);
        }
        if let Some((key, ..)) = CHOICES.iter().find(|(_, choice, _)| *choice == self.chosen)
            && self.chosen != Chosen::Own
        {
            list.put("mark-average", key);
        }
        if self.demo == Demo::SlowFall {
            list.put("mark-slow", "");
        }
        self.typed.settings(list);
    }

    fn write(&self, list: &mut Writes, answer: &Answer, width: u32) {
        self.write_choices(list, answer.position.side);
        let tick = &answer.listing;
        let tick = tick.tick_size.round(tick.tick_places, Rounding::HalfEven).unwrap_or_default();
        // Ends first: a browser clamps a value to the ends it has.
        let hours = self.rule().map_or(8, |rule| rule.funding_interval_hours.get());
        list.attribute("mark-left-slider", "max", &hours.to_string());
        let values = self.typed.write(list, &self.given(answer), answer.draft.numbers, tick);
        let refused = super::refused(answer);
        for id in ["mark-chart", "mark-basis", "mark-formula"] {
            list.flag(id, "hidden", refused.is_some());
        }
        if let Some(why) = refused {
            list.flag("mark-table", "hidden", true);
            list.class("mark-says", "stale", false);
            list.text("mark-says", &why);
            list.text("mark-peek", "");
            list.text("mark-trouble", "");
            return;
        }
        let minute = self.minute(answer, &values);
        let trouble = match &minute {
            // The field says what is wrong with it.
            None => "Not updated: a field cannot be used as it stands.".to_owned(),
            Some(Err(error)) => format!("Not updated: {error}"),
            Some(Ok(_)) => String::new(),
        };
        list.text("mark-trouble", &trouble);
        for id in ["mark-chart", "mark-says", "mark-basis", "mark-formula"] {
            list.class(id, "stale", !trouble.is_empty());
        }
        // What was drawn last stays where nothing new can be drawn.
        if let Some(Ok(minute)) = &minute {
            list.text("mark-says", &says::sentence(minute));
            list.text("mark-peek", &says::peek(minute));
            if self.draw(list, minute, width).is_err() {
                list.text("mark-trouble", &format!("Not updated: {Overflow}."));
            }
        }
    }
}
