//! The margin model a second time, from its definition and with unbounded fractions.
//!
//! Nothing is solved tier by tier and nothing is known about the shape of the curves, except that
//! they are straight between tier edges: in the price, or in its reciprocal for inverse contracts.
//! So the prices at which anything can change are collected: every tier edge, and between two edges
//! the price at which the line through two points is zero. Then the prices are walked outward from
//! the mark, and the definition is evaluated at each of them and between each two.

pub(crate) mod compare;
pub(crate) mod figures;
pub(crate) mod generate;
pub(crate) mod grain;
pub(crate) mod holding;
pub(crate) mod number;
pub(crate) mod point;
pub(crate) mod question;
pub(crate) mod scenario;
pub(crate) mod tally;
pub(crate) mod walk;
