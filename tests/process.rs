//! From the warning to the close: worked runs, brackets, properties over random worlds, and files.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::arithmetic_side_effects,
    reason = "a test fails by panicking"
)]

#[path = "process/acts.rs"]
mod acts;
#[path = "process/closes.rs"]
mod closes;
#[path = "process/files.rs"]
mod files;
#[path = "process/handed.rs"]
mod handed;
#[path = "process/paths.rs"]
mod paths;
#[path = "process/peers.rs"]
mod peers;
#[path = "process/properties.rs"]
mod properties;
#[path = "process/random.rs"]
mod random;
#[path = "process/rules.rs"]
mod rules;
#[path = "process/stages.rs"]
mod stages;
#[path = "process/world.rs"]
mod world;
