//! Prints how many nanoseconds one report takes natively.

use core_bench::{MARKS, reports};
use std::time::Instant;

const ROUNDS: usize = 9;
const REPORTS: u32 = 64 * MARKS;

fn main() {
    // The first round warms up and is not counted.
    reports(REPORTS);
    let mut rounds: Vec<u128> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            reports(REPORTS);
            start.elapsed().as_nanos() / u128::from(REPORTS)
        })
        .collect();
    // The middle one: a neighbour on the machine can only make a round slower.
    rounds.sort_unstable();
    println!("{}", rounds.get(ROUNDS / 2).copied().unwrap_or_default());
}
