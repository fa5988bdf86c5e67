//! Exact maintenance margin for crypto futures.
#[cfg(feature = "app")]
pub mod app;
pub mod margin;
pub mod page;
pub mod picture;
pub mod quantity;
pub mod scenario;
pub mod text;
pub mod venue;
pub mod words;
