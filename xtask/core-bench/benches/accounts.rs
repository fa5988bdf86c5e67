//! Times the core natively: one report, accounts of a thousand positions, accounts that grow, and a
//! process of a million ticks.
//!
//! `cargo xtask bench` runs it and makes one table of what Criterion finds.

use core_bench::accounts::{Layout, SIZES, account, sized};
use core_bench::cases::{CASES, case_reports};
use core_bench::ticks::{paths, scrubs, waiting_paths};
use core_bench::{MARKS, reports};
use criterion::{BenchmarkId, Criterion, SamplingMode};
use margin_calculator::margin::compute_any_width;
use margin_calculator::venue::TierKind;
use std::hint::black_box;
use std::time::Duration;

/// All 64 marks in turn: what is measured is 64 reports.
fn one(criterion: &mut Criterion) {
    criterion.bench_function("one", |bencher| bencher.iter(|| reports(MARKS)));
}

fn cases(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("case");
    for number in 0..CASES.len() {
        let number = u32::try_from(number).unwrap_or_default();
        // Made before anything is timed.
        case_reports(number, 1);
        group.bench_function(BenchmarkId::from_parameter(number), |bencher| {
            bencher.iter(|| case_reports(number, 1));
        });
    }
}

fn sizes(criterion: &mut Criterion) {
    for layout in Layout::ALL {
        for kind in [TierKind::Marginal, TierKind::Flat] {
            let name = format!("{}-{}", layout.name(), format!("{kind:?}").to_lowercase());
            let mut group = criterion.benchmark_group(name);
            group.sampling_mode(SamplingMode::Flat);
            for size in SIZES {
                let Some(scenario) = account(sized(size, layout, kind)) else { continue };
                group.bench_function(BenchmarkId::from_parameter(size), |bencher| {
                    bencher.iter(|| black_box(compute_any_width(black_box(&scenario))).is_ok());
                });
            }
        }
    }
}

fn process(criterion: &mut Criterion) {
    criterion.bench_function("path", |bencher| bencher.iter(|| paths(1)));
    criterion.bench_function("waiting", |bencher| bencher.iter(|| waiting_paths(1)));
    // A thousand moments of a path that is made once.
    scrubs(1);
    criterion.bench_function("scrub", |bencher| bencher.iter(|| scrubs(1000)));
}

fn main() {
    // Short: thirty things are timed, and the largest takes its second for each sample anyway.
    let brief = Duration::from_millis(500);
    let criterion =
        Criterion::default().sample_size(10).warm_up_time(brief).measurement_time(brief);
    let mut criterion = criterion.configure_from_args();
    one(&mut criterion);
    cases(&mut criterion);
    sizes(&mut criterion);
    process(&mut criterion);
}
