//! Rules that change while a position is held: the requirement grows with the market's unrest, or a table
//! is replaced.
//!
//! | question | where |
//! |---|---|
//! | by how much does unrest raise what must be kept | [`TeachingRule`] |
//! | what does a table look like at that multiple | [`scaled`] |
//! | where is an open position closed under another table | [`closing_under`] |
//! | what does that look like over ten minutes | [`play`] |
//! | what does the one documented rule do | [`OpenInterestRule`] |

mod open_interest;
mod play;
mod scaled;
mod teaching;

pub use open_interest::{AtOpenInterest, OpenInterestRule, open_interest_rule};
pub use play::{INTERVAL_S, LENGTH_S, Played, Reading, Stop, play};
pub use scaled::{Unscalable, closing_under, scaled};
pub use teaching::TeachingRule;
