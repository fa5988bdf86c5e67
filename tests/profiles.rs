//! The profiles of venues: sourced, checked, worked, and what MODEL.md says of them.
#![expect(
    clippy::arithmetic_side_effects,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

#[path = "profiles/checks.rs"]
mod checks;
#[path = "profiles/document.rs"]
mod document;
#[path = "profiles/worked.rs"]
mod worked;
