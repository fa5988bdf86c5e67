//! What a reader can rely on, checked on the built page in a real browser.

mod after;
mod after_log;
mod alignment;
mod bad_input;
mod chapters;
mod claims;
mod gestures;
mod kept;
mod keyboard;
mod links;
mod loading;
mod looks;
mod print;
mod share;
mod still;
mod typing;
mod undo;
mod voices;
mod words;
