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
//!   [`takeover`] hold the formulas, rule by documented rule, and [`process`] takes one position
//!   through them tick by tick.
//! - Read a clock, a random source or the network. It holds no live prices.
//!
//! # A tour
//!
//! Without the feature `app` this is a library with no web dependency:
//! `margin-calculator = { version = "0.1", default-features = false }`.
//!
//! | what | where to begin |
//! |---|---|
//! | figures of positions and accounts | [`margin::compute_any_width`] of a [`scenario::Scenario`] |
//! | the same backwards | [`margin::solve`] with a [`margin::Wish`] and a [`margin::Unknown`] |
//! | rules of venues | [`venue::profile`] and [`venue::profiles`]; or [`venue::VenueRules::plain`] with a [`venue::TierTable`] |
//! | the same as text | [`json::evaluate`] and [`json::solve`] |
//! | what somebody typed | [`scenario::read`] of a [`scenario::Draft`] |
//! | costs, and what follows the trigger | [`costs`], [`takeover`] |
//!
//! Numbers enter as decimals, digit for digit ([`quantity::Decimal`]), are fractions inside
//! ([`quantity::Exact`]), and leave by one rounding that names its direction. No function of the
//! library panics, and every failure is a type. The programs `position` and `backwards` in the folder
//! `examples` are made to be copied.
//!
//! ## One position
//!
//! ```
//! use margin_calculator::margin::compute_any_width;
//! use margin_calculator::quantity::{Decimal, Exact, Leverage, Money, Price, Rounding, Side, Size};
//! use margin_calculator::scenario::{MarginMode, Market, Position, PositionMargin, Scenario};
//! use margin_calculator::venue::profile;
//!
//! let number = Decimal::from_str_exact;
//! let listed = profile("binance-usdm").and_then(|venue| venue.market("BTCUSDT")).ok_or("unlisted")?;
//! let scenario = Scenario {
//!     margin_mode: MarginMode::Isolated { wallet_balance: None },
//!     markets: vec![Market {
//!         name: listed.name.to_owned(),
//!         rules: listed.rules.clone(),
//!         mark_price: Price::from_decimal(number("59000")?),
//!     }],
//!     positions: vec![Position {
//!         market: 0,
//!         side: Side::Long,
//!         quantity: Size::from_decimal(number("0.5")?),
//!         entry_price: Price::from_decimal(number("60000")?),
//!         leverage: Some(Leverage::from_decimal(number("20")?)),
//!         margin: PositionMargin::InitialPlus(Money::from_exact(Exact::ZERO)),
//!     }],
//! };
//! let (report, _) = compute_any_width(&scenario)?;
//! let closing = report.positions.first().and_then(|it| it.liquidation.crossing()).ok_or("never")?;
//!
//! // 1 500 behind it: (30 000 - 1 500) / (0.5 x 0.996) = 57 228.9156..., on the price step of 0.1
//! // toward the mark.
//! assert_eq!(closing.exact.round(4, Rounding::Floor)?.to_string(), "57228.9156");
//! assert_eq!(closing.price.round(1, Rounding::HalfEven)?.to_string(), "57229.0");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! ## A cross account
//!
//! One wallet stands behind all positions, and a hedge counts.
//!
//! ```
//! # use margin_calculator::margin::{Shock, Threshold, compute_any_width};
//! # use margin_calculator::quantity::{Decimal, Leverage, Money, Price, Rounding, Side, Size, Exact};
//! # use margin_calculator::scenario::{MarginMode, Market, Position, PositionMargin, Scenario};
//! # use margin_calculator::venue::profile;
//! # let number = Decimal::from_str_exact;
//! # let listed = profile("binance-usdm").and_then(|venue| venue.market("BTCUSDT")).ok_or("unlisted")?;
//! # let market = Market {
//! #     name: listed.name.to_owned(),
//! #     rules: listed.rules.clone(),
//! #     mark_price: Price::from_decimal(number("59000")?),
//! # };
//! let leg = |side, size: &str, entry: &str| {
//!     Ok::<_, Box<dyn std::error::Error>>(Position {
//!         market: 0,
//!         side,
//!         quantity: Size::from_decimal(number(size)?),
//!         entry_price: Price::from_decimal(number(entry)?),
//!         leverage: Some(Leverage::from_decimal(number("20")?)),
//!         margin: PositionMargin::InitialPlus(Money::from_exact(Exact::ZERO)),
//!     })
//! };
//! let account = Scenario {
//!     margin_mode: MarginMode::Cross { wallet_balance: Money::from_decimal(number("5000")?) },
//!     markets: vec![market],
//!     positions: vec![leg(Side::Long, "0.5", "60000")?, leg(Side::Short, "0.2", "61000")?],
//! };
//! let (report, _) = compute_any_width(&account)?;
//! // 5 000 less 500 lost by the long, and 400 gained by the short.
//! assert_eq!(report.account.margin_balance.round(0, Rounding::HalfEven)?.to_string(), "4900");
//! // Both legs share their price below, where 0.3 P - 12 800 = 0.7 P x 0.004, and one far above.
//! for position in &report.positions {
//!     let Threshold::AtPrice { below: Some(below), above: Some(_) } = &position.liquidation else {
//!         return Err("two prices close it".into());
//!     };
//!     assert_eq!(below.price.round(1, Rounding::HalfEven)?.to_string(), "43068.7");
//! }
//! assert!(matches!(report.account.shock_to_liquidation, Shock::To { .. }));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! ## Backwards, and as text
//!
//! [`json`] speaks for files and for other languages; it never fails, and says what is wrong as a
//! list of problems. A question holds a whole scenario.
//!
//! ```
//! use margin_calculator::json::{evaluate, solve};
//!
//! let scenario = r#"{"version":1,"margin_mode":"isolated",
//!     "markets":{"BTCUSDT":{"venue":"binance-usdm"}},
//!     "positions":[{"market":"BTCUSDT","side":"long","quantity":"0.5","entry_price":"60000",
//!                   "mark_price":"59000","leverage":"20"}]}"#;
//! assert!(evaluate(scenario).contains(r#""below":{"price":"57229","#));
//!
//! let question = format!(
//!     r#"{{"version":1,"scenario":{scenario},"unknown":"positions[0].leverage",
//!         "wish":{{"liquidation_price":"55000"}},"step":"0.1"}}"#
//! );
//! // 2 500 lost there and 110 to be kept: 30 000 / 2 610 = 11.494..., rounded toward safety.
//! assert!(solve(&question).contains(r#""state":"found","value":"11.4","exact":"11.494252873563218391""#));
//!
//! assert!(evaluate("{}").contains(r#""field":"version","code":"missing""#));
//! ```
//!
//! ## What somebody typed
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
pub mod changing;
pub mod costs;
pub mod json;
pub mod margin;
pub mod mark;
pub mod page;
pub mod picture;
pub mod process;
pub mod quantity;
pub mod scenario;
pub mod story;
pub mod takeover;
pub mod text;
pub mod venue;
pub mod words;
