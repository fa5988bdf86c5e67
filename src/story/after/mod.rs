//! What happens next: the process after the trigger, played over a path of prices.

mod body;
mod chart;
mod compare;
mod course;
mod facts;
mod fields;
pub mod flows;
pub mod lines;
pub(super) mod played;
mod rules;
mod set;
mod takes;
mod told;
mod writes;

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;

use crate::page::Writes;
use crate::picture::Frame;
use crate::process::{Action, Freed, Moment, Partial, ProcessRules, Setup, Tick, rule_sets};
use crate::quantity::{Decimal, Exact, Price, Rate, Rounding};
use crate::takeover::Ranking;
use crate::text::NumberStyle;
use crate::words::Answer;

use super::settings::Settings;
use super::typed::Typed;
use super::{Chapter, LONG};
use course::{Course, ticks};
use played::{Key, Outcome, World, outcome};

/// The chapter; absent if no process could be read.
pub(super) fn chapter() -> Option<Box<dyn Chapter>> {
    Some(Box::new(After::new()?))
}

/// What came of what was pasted.
#[derive(Clone, Debug, Default)]
struct Report {
    text: String,
    is_problem: bool,
}

/// Which moment is shown, and whether it moves on.
struct Clock {
    /// The moment; one past the end is the last.
    at: Cell<usize>,
    /// Milliseconds of the path that have gone by, while it plays.
    now: u64,
    /// How many times faster than life.
    speed: u64,
    plays: bool,
    /// Milliseconds since the last event, where it goes from event to event.
    waited: u64,
}

/// The last run that could be made, with what is drawn of it.
struct Kept {
    answer: Answer,
    rules: ProcessRules,
    moments: Rc<[Moment]>,
    outcome: Outcome,
    /// The log as text, once it was asked for.
    plain: OnceCell<String>,
    compared: String,
    /// A trade past the closing price, where the mark never was there.
    lone_trade: Option<Price>,
    width: u32,
    chart: String,
    frame: Option<Frame>,
}

pub(super) struct After {
    rules: &'static [ProcessRules],
    venue: usize,
    portion: Option<Partial>,
    freed: Option<Freed>,
    ranking: Option<Ranking>,
    rules_typed: Typed,
    world_typed: Typed,
    acts_typed: Typed,
    point_typed: Typed,
    course: RefCell<Course>,
    /// The point of a path drawn by hand that the keys move.
    point: usize,
    /// The point that a pointer moved last.
    drawn: Option<usize>,
    /// The points that a path drawn by hand began with.
    begun: Vec<Price>,
    pasted: String,
    report: Report,
    actions: Vec<(u64, Action)>,
    /// How many actions came after the end of the path that was chosen last, and are gone.
    lost: usize,
    clock: Clock,
    /// Whether the reader wants nothing to move: then it plays from event to event.
    stands_still: bool,
    /// Whether the log is shown as text too.
    is_plain: bool,
    /// Counts what was changed besides fields.
    choices: Cell<u64>,
    /// What the fields of the holder's actions hold, as far as it can be used.
    acts: RefCell<Vec<Option<Exact>>>,
    style: Cell<NumberStyle>,
    kept: RefCell<Option<Kept>>,
}

impl After {
    /// As it opens first; absent if no process could be read.
    pub(super) fn new() -> Option<Self> {
        let rules = rule_sets().ok()?;
        rules.first()?;
        Some(Self {
            rules,
            venue: 0,
            portion: None,
            freed: None,
            ranking: None,
            rules_typed: Typed::new(&fields::RULES),
            world_typed: Typed::new(&fields::WORLD),
            acts_typed: Typed::new(&fields::ACTS),
            point_typed: Typed::new(&fields::POINT),
            course: RefCell::new(Course::Preset(set::OPENS_WITH)),
            point: 0,
            drawn: None,
            begun: Vec::new(),
            pasted: String::new(),
            report: Report::default(),
            actions: Vec::new(),
            lost: 0,
            clock: Clock { at: Cell::new(usize::MAX), now: 0, speed: 60, plays: false, waited: 0 },
            stands_still: false,
            is_plain: false,
            choices: Cell::new(0),
            acts: RefCell::default(),
            style: Cell::default(),
            kept: RefCell::default(),
        })
    }

    /// Something besides a field was changed, so that the run is to be made anew.
    fn changed(&self) {
        self.choices.set(self.choices.get().wrapping_add(1));
    }

    fn venue_rules(&self) -> Option<&ProcessRules> {
        self.rules.get(self.venue)
    }

    /// The venue's rules with what the reader put in their place. A field that holds what the venue's rule
    /// says, or what is done without one, changes nothing.
    fn in_force(&self, typed: &[Exact]) -> Option<ProcessRules> {
        let mut rules = self.venue_rules()?.clone();
        let given = fields::given_rules(&rules).ok()?.map(Exact::from_decimal);
        let own = |index: usize| {
            let value = typed.get(index)?;
            (given.get(index) != Some(value)).then_some(*value)
        };
        if let Some(seconds) = own(0) {
            rules.dwell_ms = Some(milliseconds(&seconds));
        }
        if let Some(seconds) = own(1) {
            rules.check_ms = Some(milliseconds(&seconds));
        }
        if let Some(Ok(share)) = own(2).map(|percent| percent.over(&Exact::from_integer(100))) {
            rules.fee_rate = Some(Rate::from_exact(share));
        }
        rules.partial = self.portion.or(rules.partial);
        rules.freed = self.freed.or(rules.freed);
        rules.ranking = self.ranking.or(rules.ranking);
        Some(rules)
    }

    /// Writes the fields and reads them; what is wrong, as a sentence.
    fn read(&self, list: &mut Writes, answer: &Answer) -> Result<Key, String> {
        let style = answer.draft.numbers;
        self.style.set(style);
        let tick = answer.listing.tick_size.round(12, Rounding::HalfEven);
        let tick = tick.map(|it| it.normalize()).unwrap_or_default();
        let base = self.venue_rules().ok_or(LONG)?;
        let given = fields::given_rules(base).map_err(|_| LONG)?;
        let rules = self.rules_typed.write(list, &given, style, tick);
        let given = fields::given_world(answer).map_err(|_| LONG)?;
        let world = self.world_typed.write(list, &given, style, tick);
        let given = fields::given_acts(answer).map_err(|_| LONG)?;
        *self.acts.borrow_mut() = self.acts_typed.write(list, &given, style, tick);
        self.write_point(list, style, tick);
        let all = |values: Vec<Option<Exact>>| values.into_iter().collect::<Option<Vec<Exact>>>();
        let (Some(rules), Some(world)) = (all(rules), all(world)) else {
            return Err("A field below cannot be used; this is still the run before.".to_owned());
        };
        Ok(Key { draft: answer.draft.clone(), rules, world, choices: self.choices.get() })
    }

    /// Makes the run anew if anything of it changed; what is wrong, as a sentence.
    fn play(&self, list: &mut Writes, answer: &Answer) -> Result<(), String> {
        let key = self.read(list, answer)?;
        if self.kept.borrow().as_ref().is_some_and(|kept| kept.outcome.key == key) {
            return Ok(());
        }
        let rules = self.in_force(&key.rules).ok_or(LONG)?;
        let moments = self.course.borrow().moments(answer);
        let moments = moments.map_err(|_| "This path cannot be made of these numbers.")?;
        let outcome = outcome(key, answer, rules.clone(), &moments, &self.actions)?;
        *self.kept.borrow_mut() = Some(Kept {
            compared: compare::table(&outcome, answer),
            lone_trade: outcome.lone_trade(answer, &moments),
            answer: answer.clone(),
            rules,
            moments,
            outcome,
            plain: OnceCell::new(),
            width: 0,
            chart: String::new(),
            frame: None,
        });
        Ok(())
    }

    /// What a run begins with and its path, for other parts of the story; absent where one has no value.
    pub(super) fn begin(&self, answer: &Answer) -> Option<(Setup, Vec<Tick>)> {
        let key = self.read(&mut Writes::default(), answer).ok()?;
        let rules = self.in_force(&key.rules)?;
        let setup = World { answer, values: &key.world }.setup(rules, &self.actions).ok()?;
        Some((setup, ticks(&self.course.borrow().moments(answer).ok()?).ok()?))
    }

    /// The field of the chosen point; what stands in it is the point's price from then on.
    fn write_point(&self, list: &mut Writes, style: NumberStyle, tick: Decimal) {
        let price = match &*self.course.borrow() {
            Course::Own(prices) => prices.get(self.point).copied(),
            Course::Preset(_) | Course::Pasted(_) => None,
        };
        let shown = price.unwrap_or(Price::from_exact(Exact::ONE));
        let shown = shown.round(12, Rounding::HalfEven).unwrap_or_default();
        let values = self.point_typed.write(list, &[shown.normalize()], style, tick);
        let typed = values.first().copied().flatten().filter(|_| self.point_typed.is_own());
        if let (Some(typed), Course::Own(prices)) = (typed, &mut *self.course.borrow_mut())
            && let Some(point) = prices.get_mut(self.point)
            && *point.exact() != typed
        {
            *point = Price::from_exact(typed);
            self.changed();
        }
    }
}

/// Whole milliseconds of a field with at most three decimals.
fn milliseconds(seconds: &Exact) -> u64 {
    let whole = seconds.times(&Exact::from_integer(1000));
    let whole = whole.and_then(|it| it.round(0, Rounding::HalfEven));
    whole.map_or(0, |it| u64::try_from(it.mantissa()).unwrap_or(0))
}

impl Chapter for After {
    fn body(&self) -> String {
        body::body(self.rules)
    }

    fn take(&mut self, id: &str, value: &str) {
        self.did(id, value);
    }

    fn write(&self, list: &mut Writes, answer: &Answer, width: u32) {
        self.written(list, answer, width);
    }

    fn plays(&self) -> bool {
        self.clock.plays
    }

    fn settings(&self, list: &mut Settings) {
        self.set(list);
    }
}
