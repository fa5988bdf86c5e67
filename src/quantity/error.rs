//! What can go wrong with a number.

use core::fmt;

/// A figure needs more digits than 256-bit fractions hold.
///
/// Inputs inside their documented limits do not reach it; it exists so that nothing is ever wrong
/// in silence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overflow;

impl fmt::Display for Overflow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the figure needs more digits than this calculator carries")
    }
}

impl core::error::Error for Overflow {}
