//! Nothing but tests: they stand in `main.rs`, and Cargo wants a library beside them.
