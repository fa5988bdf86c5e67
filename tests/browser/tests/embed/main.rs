//! The calculator in the pages of other sites.
//!
//! The calculator is served at 127.0.0.1 and its hosts at localhost: two sites, not only two origins.

mod article;
mod claims;
mod hosts;
mod looks;
mod messages;
mod parameters;
mod snippet;
mod stage;
