//! Exact maintenance margin for crypto futures.
pub mod margin;
pub mod picture;
pub mod quantity;
pub mod scenario;
pub mod text;
pub mod venue;
pub mod words;
