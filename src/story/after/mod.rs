//! What happens next: the process after the trigger, played.

pub mod flows;
pub mod lines;
