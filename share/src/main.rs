//! The second program of the page: nothing but what its library exports.

use margin_calculator_share as _;

fn main() {}
