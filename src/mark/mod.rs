//! The mark price: what venues make of an index, funding, the book and trades, so that one wild trade
//! closes nobody.
//!
//! ```text
//! price 1 = index x (1 + funding rate x time to funding / interval)
//! price 2 = index + average of (middle of the book - index)
//! mark    = median of price 1, price 2 and the last trade
//! ```
//!
//! Which parts a venue takes and how it averages is data: [`MarkRule`](crate::venue::MarkRule), each with
//! source and date. A [`MarkSeries`] makes one mark for each sample, in a time that does not depend on how
//! many went before. Everything is exact but a decaying average, which is rounded at a stated place: see
//! [`Decayed`].

mod average;
mod decay;
mod demo;
mod error;
mod median;
mod parts;
mod series;

pub use average::{Average, Decayed};
pub use decay::{DECAY_PLACES, exponential, halving};
pub use demo::{Demo, Played, Start, play, samples};
pub use error::{MarkError, What};
pub use median::{median, weighted_median};
pub use parts::{Funding, basis_price, funding_price};
pub use series::{MarkSeries, Quote, Sample};
