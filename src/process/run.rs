//! A whole path taken, with every moment of it at hand.

use super::event::Event;
use super::setup::{Setup, StartError, StepError, Tick};
use super::state::State;
use super::step::step;

/// A state is kept this many ticks apart, and any other is at most as many steps away.
pub const KEPT_EVERY: usize = 256;

/// A path taken from its first tick to its last, or to the one at which a figure had no value.
#[derive(Clone, Debug)]
pub struct Run {
    setup: Setup,
    ticks: Vec<Tick>,
    log: Vec<Event>,
    /// Before tick 0, before tick [`KEPT_EVERY`], and so on.
    kept: Vec<State>,
    end: State,
    stopped: Option<StepError>,
}

impl Run {
    /// Takes every tick. A tick that cannot be taken ends the run there; see [`Self::stopped`].
    pub fn new(setup: Setup, ticks: Vec<Tick>) -> Result<Self, StartError> {
        let mut state = setup.start()?;
        let (mut log, mut kept, mut stopped) = (Vec::new(), Vec::new(), None);
        for (index, tick) in ticks.iter().enumerate() {
            if index.is_multiple_of(KEPT_EVERY) {
                kept.push(state.clone());
            }
            if let Err(error) = step(&setup, &mut state, tick, &mut log) {
                stopped = Some(error);
                break;
            }
        }
        Ok(Self { setup, ticks, log, kept, end: state, stopped })
    }

    /// What it began with.
    pub fn setup(&self) -> &Setup {
        &self.setup
    }

    /// The path.
    pub fn ticks(&self) -> &[Tick] {
        &self.ticks
    }

    /// Everything that happened.
    pub fn log(&self) -> &[Event] {
        &self.log
    }

    /// What happened up to a tick, counted from 0, itself included.
    pub fn log_until(&self, tick: usize) -> &[Event] {
        let end = self.log.partition_point(|event| event.tick <= tick);
        self.log.get(..end).unwrap_or_default()
    }

    /// How it stood after a tick, counted from 0; after the last one where the run is not that long.
    ///
    /// It is worked out again from at most [`KEPT_EVERY`] ticks before.
    pub fn at(&self, tick: usize) -> Result<State, StepError> {
        let wanted = tick.saturating_add(1);
        if self.end.ticks <= wanted {
            return Ok(self.end.clone());
        }
        let from = wanted.checked_div(KEPT_EVERY).unwrap_or_default();
        let Some(mut state) = self.kept.get(from).cloned() else {
            return Ok(self.end.clone());
        };
        let mut unread = Vec::new();
        for tick in self.ticks.get(state.ticks..wanted).unwrap_or_default() {
            step(&self.setup, &mut state, tick, &mut unread)?;
        }
        Ok(state)
    }

    /// How it stood after the last tick taken.
    pub fn end(&self) -> &State {
        &self.end
    }

    /// Why the path was not taken to its end, and the tick at fault is `self.end().ticks`; absent
    /// when it was.
    pub fn stopped(&self) -> Option<StepError> {
        self.stopped
    }
}
