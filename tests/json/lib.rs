//! Nothing but tests: they stand in `all.rs`, and Cargo wants a library beside them.
