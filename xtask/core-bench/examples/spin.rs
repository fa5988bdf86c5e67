//! Computes one account over and over, for a profiler.
use core_bench::accounts::{Shape, account};
use margin_calculator::margin::compute;
use margin_calculator::venue::{ContractKind, TierKind};
fn main() {
    let shape =
        Shape { markets: 20, each: 50, kind: TierKind::Marginal, contract: ContractKind::Linear };
    let scenario = account(shape).unwrap();
    let start = std::time::Instant::now();
    for _ in 0..200 {
        std::hint::black_box(compute(std::hint::black_box(&scenario)).unwrap());
    }
    println!("{:?}", start.elapsed() / 200);
}
