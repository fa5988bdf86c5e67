//! The scenario format: answers worked by hand, refusals with their paths, hostile texts, and the
//! schema and documents held against the reader.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

#[path = "json/accounts.rs"]
mod accounts;
#[path = "json/command.rs"]
mod command;
#[path = "json/documents.rs"]
mod documents;
#[path = "json/generated.rs"]
mod generated;
#[path = "json/hostile.rs"]
mod hostile;
#[path = "json/refusals.rs"]
mod refusals;
#[path = "json/rules.rs"]
mod rules;
#[path = "json/support.rs"]
mod support;
#[path = "json/venues.rs"]
mod venues;
