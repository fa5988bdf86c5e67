//! One tick: what the holder asked for, then the mark.

use super::event::Event;
use super::setup::{Setup, StartError, StepError, Tick};
use super::state::State;

impl Setup {
    /// The state before the first tick.
    pub fn start(&self) -> Result<State, StartError> {
        Err(StartError::ActionOrder)
    }
}

/// Takes one tick: changes the state and adds what happened to the log.
///
/// The same setup, state and tick give the same state and the same events. Where it fails, the state
/// is as it was before the tick.
pub fn step(
    setup: &Setup,
    state: &mut State,
    tick: &Tick,
    log: &mut Vec<Event>,
) -> Result<(), StepError> {
    let _ = (setup, state, tick, log);
    Ok(())
}
