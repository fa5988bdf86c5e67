//! The chapter of what happens next: what a reader does in it, and what becomes of its elements.
#![expect(
    clippy::arithmetic_side_effects,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

#[path = "story_after/desk.rs"]
mod desk;
#[path = "story_after/given.rs"]
mod given;
#[path = "story_after/paths.rs"]
mod paths;
#[path = "story_after/played.rs"]
mod played;
#[path = "story_after/typed.rs"]
mod typed;
#[path = "story_after/venues.rs"]
mod venues;
