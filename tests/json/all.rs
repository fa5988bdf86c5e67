//! The scenario format: answers worked by hand, refusals with their paths, hostile texts, and the
//! schema and documents held against the reader.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::duplicate_mod,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod accounts;
mod asked;
mod backwards;
mod command;
mod documents;
mod drafts;
mod generated;
mod hostile;
mod questions;
mod refusals;
mod rules;
mod support;
mod venues;
