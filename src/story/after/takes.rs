//! What the reader does in the chapter.

use std::cell::Cell;

use crate::process::{Action, read_path};
use crate::quantity::{Exact, Money, Price, Size};
use crate::words::Pen;

use super::body::{PRESETS, SPEEDS};
use super::course::{Course, POINTS, draw, drawable};
use super::played::Outcome;
use super::rules::{FREED, PORTIONS, RANKINGS, chosen};
use super::set::OPENS_WITH;
use super::{After, Kept, Report};

/// Milliseconds for which an event is shown where nothing may move.
const SHOWN_MS: u64 = 2_500;

impl After {
    pub(super) fn did(&mut self, id: &str, value: &str) {
        let is_field = self.rules_typed.take(id, value)
            || self.world_typed.take(id, value)
            || self.acts_typed.take(id, value)
            || self.point_typed.take(id, value);
        let Some(control) = id.strip_prefix("after-").filter(|_| !is_field) else {
            return;
        };
        if self.moved(control, value) || self.acted(control) {
            return;
        }
        match control {
            "plain-toggle" => self.is_plain = !self.is_plain,
            "still" => self.stands_still = value == "true",
            "closed" => self.clock.plays = false,
            "venue" => {
                let known = self.rules.iter().position(|rules| rules.id == value);
                self.venue = known.unwrap_or(self.venue);
                self.rules_typed.reset();
                self.portion = None;
                self.freed = None;
                self.ranking = None;
                self.changed();
            }
            "portion" => {
                self.portion = chosen(&PORTIONS, value);
                self.changed();
            }
            "freed" => {
                self.freed = chosen(&FREED, value);
                self.changed();
            }
            "ranking" => {
                self.ranking = chosen(&RANKINGS, value);
                self.changed();
            }
            "reset" => {
                self.rules_typed.reset();
                self.world_typed.reset();
                self.acts_typed.reset();
                self.portion = None;
                self.freed = None;
                self.ranking = None;
                self.changed();
            }
            "path-own" => self.draw_own(),
            "own-over" if matches!(&*self.course.borrow(), Course::Own(_)) => self.start_over(),
            "point" => {
                let last = POINTS.saturating_sub(1);
                self.point = value.parse().unwrap_or(0).min(last);
                self.point_typed.reset();
            }
            "draw" => self.draw_at(value),
            "drawn" => self.redraw(value),
            "act" => self.act_again(value),
            "csv" => value.clone_into(&mut self.pasted),
            "csv-use" => self.use_pasted(),
            _ => {
                let preset = PRESETS.iter().find(|(known, ..)| *known == id);
                if let Some((_, preset, _)) = preset {
                    self.follow(Course::Preset(*preset));
                }
            }
        }
    }

    /// A path is put in place of the one before, and shown to its end. What the holder does stays where
    /// the path is long enough for it.
    pub(super) fn follow(&mut self, course: Course) {
        let moments =
            self.kept.borrow().as_ref().and_then(|kept| course.moments(&kept.answer).ok());
        let end = moments.and_then(|moments| moments.last().map(|moment| moment.at));
        let before = self.actions.len();
        self.actions.retain(|(at, _)| end.is_some_and(|end| *at <= end));
        self.lost = before.saturating_sub(self.actions.len());
        *self.course.borrow_mut() = course;
        self.drawn = None;
        self.point_typed.reset();
        self.clock.plays = false;
        self.clock.at.set(usize::MAX);
        self.changed();
    }

    fn draw_own(&mut self) {
        let points = match (&*self.course.borrow(), &*self.kept.borrow()) {
            (Course::Own(_), _) | (_, None) => None,
            (course, Some(kept)) => course.as_points(&kept.answer).ok(),
        };
        if let Some(points) = points {
            points.clone_into(&mut self.begun);
            self.follow(Course::Own(points));
        }
    }

    /// To the points that drawing began with; those of the path that the chapter opens with where a link
    /// held the drawing.
    fn start_over(&mut self) {
        if self.begun.is_empty() {
            let course = Course::Preset(OPENS_WITH);
            let points =
                self.kept.borrow().as_ref().and_then(|kept| course.as_points(&kept.answer).ok());
            let Some(points) = points else { return };
            self.begun = points;
        }
        self.follow(Course::Own(self.begun.clone()));
    }

    /// A pointer is at a place of the chart, `x,y` in thousandths of it.
    fn draw_at(&mut self, place: &str) {
        let place =
            place.split_once(',').and_then(|(x, y)| Some((x.parse().ok()?, y.parse().ok()?)));
        let drawn = match (&mut *self.course.borrow_mut(), &*self.kept.borrow(), place) {
            (Course::Own(prices), Some(kept), Some((x, y))) => {
                draw_in(prices, kept, self.drawn, (x, y))
            }
            _ => None,
        };
        if let Some(point) = drawn {
            self.drawn = Some(point);
            self.point = point;
            self.point_typed.reset();
            self.clock.plays = false;
            self.clock.at.set(usize::MAX);
            self.changed();
        }
    }

    fn use_pasted(&mut self) {
        match read_path(&self.pasted, self.style.get()) {
            Ok(file) => {
                let count = file.moments.len();
                let end = file.moments.last().map_or(0, |moment| moment.at);
                let plural = if count == 1 { "" } else { "s" };
                let end = super::lines::clock(end);
                let mut text = format!("{count} moment{plural} read, to {end}.");
                for note in &file.notes {
                    text.push_str(&format!(" {note}"));
                }
                self.report = Report { text, is_problem: false };
                self.follow(Course::Pasted(file.moments.into()));
            }
            Err(error) => {
                let text = format!("{error} The path before is still used.");
                self.report = Report { text, is_problem: true };
            }
        }
    }

    /// Moves the moment that is shown; whether the control does that.
    fn moved(&mut self, control: &str, value: &str) -> bool {
        let kept = self.kept.borrow();
        let Some(outcome) = kept.as_ref().map(|kept| &kept.outcome) else {
            return false;
        };
        let clock = &mut self.clock;
        let last = outcome.last();
        let at = clock.at.get().min(last);
        match control {
            "at" => {
                clock.plays = false;
                clock.at.set(value.parse().unwrap_or(at).min(last));
            }
            "back" => {
                clock.plays = false;
                clock.at.set(outcome.event_before(at));
            }
            "forward" => {
                clock.plays = false;
                clock.at.set(outcome.next_event(at));
            }
            "speed" => {
                let speed = SPEEDS.iter().find(|(key, _)| *key == value);
                clock.speed = speed.map_or(clock.speed, |(_, speed)| *speed);
            }
            "play" => {
                clock.plays = !clock.plays;
                clock.waited = 0;
                let start = if at == last { 0 } else { at };
                if clock.plays {
                    clock.at.set(start);
                    clock.now = outcome.time_of(start);
                }
            }
            "elapsed" if clock.plays => {
                let passed: u64 = value.parse().unwrap_or(0);
                let next = if self.stands_still {
                    clock.waited = clock.waited.saturating_add(passed);
                    let is_over = SHOWN_MS <= clock.waited;
                    clock.waited = if is_over { 0 } else { clock.waited };
                    if is_over { outcome.next_event(at) } else { at }
                } else {
                    clock.now = clock.now.saturating_add(passed.saturating_mul(clock.speed));
                    outcome.moment_at(clock.now)
                };
                clock.at.set(next);
                clock.plays = next < last;
            }
            _ => return false,
        }
        true
    }

    /// Does something with the position at the moment that is shown, or takes it back; whether the
    /// control does that.
    fn acted(&mut self, control: &str) -> bool {
        if let Some(index) = control.strip_prefix("drop-") {
            if let Some(index) = index.parse().ok().filter(|index| *index < self.actions.len()) {
                self.actions.remove(index);
                self.changed();
            }
            return true;
        }
        let held = |index: usize| self.acts.borrow().get(index).copied().flatten();
        let action = match control {
            "do-add" => held(0).map(|amount| Action::AddMargin(Money::from_exact(amount))),
            "do-reduce" => held(1).map(|size| Action::Reduce(Size::from_exact(size))),
            "do-cancel" => Some(Action::CancelOrders),
            _ => return false,
        };
        let moment =
            self.kept.borrow().as_ref().map(|kept| next_moment(&kept.outcome, &self.clock.at));
        if let (Some(action), Some((time, shown))) = (action, moment) {
            self.insert(time, action);
            self.lost = 0;
            self.clock.plays = false;
            self.clock.at.set(shown);
        }
        true
    }

    /// Something that the holder does, after what was done before it.
    pub(super) fn insert(&mut self, time: u64, action: Action) {
        let place = self.actions.partition_point(|(at, _)| *at <= time);
        self.actions.insert(place, (time, action));
        self.changed();
    }

    /// The holder's actions in words, each with a button that takes it back.
    pub(super) fn actions_told(&self, kept: &Kept, pen: &Pen) -> String {
        let (coin, most) = (kept.answer.draft.coin, kept.answer.position.quantity);
        let end = kept.outcome.time_of(kept.outcome.last());
        let mut list = String::new();
        for (index, (at, action)) in self.actions.iter().enumerate() {
            let what = match action {
                Action::AddMargin(amount) => format!("add {}", pen.brief(amount)),
                Action::Reduce(size) => {
                    let is_more = most.exact().is_below(size.exact()).unwrap_or(false);
                    let all = if is_more { ", more than you hold: all that is open" } else { "" };
                    format!("close {} {coin}{all}", number(pen, size.exact()))
                }
                Action::CancelOrders => "cancel your orders".to_owned(),
            };
            // An action is done just after the moment that was shown, if another one follows.
            let seen = if *at == end { end } else { at.saturating_sub(1) };
            let time = super::lines::clock(seen);
            list.push_str(&format!(
                "<li>{time}: {what} <button class=\"textbutton\" type=\"button\" \
                 id=\"after-drop-{index}\" aria-label=\"Remove: {time}, {what}\">Remove</button></li>"
            ));
        }
        list
    }
}

fn number(pen: &Pen, value: &Exact) -> String {
    pen.short(value, 8)
}

/// When something is done that the reader wants at the moment shown: before the next moment, so that what
/// is seen has happened already; and that next moment, which shows what it came to.
fn next_moment(outcome: &Outcome, at: &Cell<usize>) -> (u64, usize) {
    let at = at.get().min(outcome.last());
    if at == outcome.last() {
        return (outcome.time_of(at), at);
    }
    (outcome.time_of(at).saturating_add(1), at.saturating_add(1))
}

fn draw_in(
    prices: &mut [Price],
    kept: &Kept,
    before: Option<usize>,
    (x, y): (u32, u32),
) -> Option<usize> {
    let place = kept.frame.as_ref()?.place(x, y).ok()?;
    let limits = drawable(&kept.answer).ok()?;
    draw(prices, before, place, &limits, &kept.answer.listing.tick_size).ok()
}
