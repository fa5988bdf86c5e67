//! Prints what accounts take besides time: bytes of memory, and numbers without a bound.
//!
//! One line for each size, `positions layout bytes-at-the-peak bytes-kept`, and a last one with how
//! many linear accounts were computed and how many of them took numbers wider than 256 bits.

use core_bench::accounts::{Layout, SIZES, Shape, account, sized};
use margin_calculator::margin::{Width, compute_any_width};
use margin_calculator::venue::{ContractKind, TierKind};
use std::alloc::{GlobalAlloc, Layout as Block, System};
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

/// Accounts of one make that are tried with different positions.
const TRIES: u64 = 50;

struct Counting;

static HELD: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(0);

#[global_allocator]
static ALLOCATOR: Counting = Counting;

// SAFETY: everything is handed to the system's allocator as it came; numbers are only counted.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, block: Block) -> *mut u8 {
        let held = HELD.fetch_add(block.size(), Relaxed) + block.size();
        MOST.fetch_max(held, Relaxed);
        unsafe { System.alloc(block) }
    }

    unsafe fn dealloc(&self, place: *mut u8, block: Block) {
        HELD.fetch_sub(block.size(), Relaxed);
        unsafe { System.dealloc(place, block) }
    }
}

fn main() -> ExitCode {
    for layout in Layout::ALL {
        for size in SIZES {
            let Some(scenario) = account(sized(size, layout, TierKind::Marginal)) else {
                return ExitCode::FAILURE;
            };
            let before = HELD.load(Relaxed);
            MOST.store(before, Relaxed);
            let report = compute_any_width(&scenario);
            let (peak, kept) = (MOST.load(Relaxed) - before, HELD.load(Relaxed) - before);
            if report.is_err() {
                return ExitCode::FAILURE;
            }
            println!("{size} {} {peak} {kept}", layout.name());
        }
    }
    match wide() {
        Some((accounts, wide)) => println!("{accounts} {wide}"),
        None => return ExitCode::FAILURE,
    }
    ExitCode::SUCCESS
}

/// How many linear accounts were computed, and how many of them in numbers without a bound.
fn wide() -> Option<(u32, u32)> {
    let (mut accounts, mut wide) = (0, 0);
    for (markets, each) in [(1, 1), (7, 3), (100, 1), (1, 100), (20, 50)] {
        for kind in [TierKind::Marginal, TierKind::Flat] {
            for number in 0..TRIES {
                let contract = ContractKind::Linear;
                let scenario = account(Shape { markets, each, kind, contract, number })?;
                let (_, width) = compute_any_width(&scenario).ok()?;
                accounts += 1;
                wide += u32::from(width == Width::Wide);
            }
        }
    }
    Some((accounts, wide))
}
