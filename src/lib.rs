//! Exact maintenance margin for crypto futures.
//!
//! # The mental model
//!
//! A position is closed by its exchange when what the holder has (*margin balance*) is no longer
//! more than what must be kept (*maintenance margin*), both valued at the mark price.
//! For a linear or quanto contract both are straight lines over the mark price, for an inverse one over
//! its reciprocal, the second with a kink or a jump at each tier edge. Every figure here is a view of
//! those two lines: where they meet, where the first is zero, where their ratio reaches the warning
//! level, how far away the mark is.
//!
//! # From text to figures
//!
//! ```text
//! Draft ──read──▶ Scenario ──compute──▶ Report ──▶ words, shapes ──▶ writes
//! as typed        valid by construction  exact        text, SVG         by element id
//! ```
//!
//! A [`Draft`](scenario::Draft) holds what somebody typed and chose, and nothing in it is ever
//! corrected. [`read`](scenario::read) yields a [`Scenario`](scenario::Scenario) or says which field
//! cannot be used and why. [`compute`](margin::compute) yields a [`Report`](margin::Report).
//! [`words`] and [`picture`] turn it into sentences and SVG, and [`page`] lists what each element of
//! the page becomes. All of that runs without a browser; only the module `app`, behind the feature
//! of the same name, talks to one.
//!
//! # What it does
//!
//! - Linear, inverse and quanto contracts; isolated and cross margin; hedged legs; any number of
//!   positions and markets in one account.
//! - The rules of venues as data: maintenance on mark or at entry; tiers that are marginal, flat, a
//!   slope, fixed or divided by leverage, by value or by quantity; fees and funding inside a margin.
//! - Liquidation, margin-call and bankruptcy prices in both directions, with the tier that holds
//!   there; the joint move of all marks that closes an account; the same backwards.
//! - Exact fractions all the way: a figure is divided once and rounded once, in a named direction.
//!   Where 256 bits are too few, [`compute_any_width`](margin::compute_any_width) goes on without a
//!   bound; nothing is ever cut to fit.
//!
//! # What it does not do
//!
//! - Collateral in several coins, portfolio margin, margin held by waiting orders, and offsets that a
//!   venue grants between hedged legs.
//! - Funding, fees paid so far and what follows the trigger as part of a report: [`costs`] and
//!   [`takeover`] hold the formulas, rule by documented rule.
//! - Read a clock, a random source or the network. It holds no live prices.
//!
//! # Example
//!
//! ```
//! use margin_calculator::margin::compute;
//! use margin_calculator::quantity::Rounding;
//! use margin_calculator::scenario::{FieldId, Preset, read};
//! use margin_calculator::venue::catalog;
//!
//! let catalog = catalog().expect("the shipped tables are valid");
//! let mut draft = Preset::SteepTiers.draft();
//! draft.set(FieldId::Leverage, "20x".into());
//!
//! let scenario = read(&draft, catalog).scenario.expect("every field is readable");
//! let report = compute(&scenario).expect("the position is inside the tier table");
//! let position = report.positions.first().expect("there is one position");
//!
//! // 40 ZEC at 521.48 and 20x: the two lines meet at 19 816.24 / 39.6 = 500.4101...; the value
//! // there is above 20 000, so tier 2 holds: (19 816.24 - 100) / 39.4 = 500.4121...
//! let closing = position.liquidation.crossing().expect("a price closes it");
//! assert_eq!(closing.exact.round(4, Rounding::Floor)?.to_string(), "500.4121");
//! // On the price step of 0.01, toward the mark: early, never late.
//! assert_eq!(closing.price.round(2, Rounding::HalfEven)?.to_string(), "500.42");
//! assert_eq!(closing.tier.number, 2);
//! # Ok::<(), margin_calculator::quantity::Overflow>(())
//! ```

#[cfg(feature = "app")]
pub mod app;
pub mod costs;
pub mod margin;
pub mod page;
pub mod picture;
pub mod quantity;
pub mod scenario;
pub mod takeover;
pub mod text;
pub mod venue;
pub mod words;
