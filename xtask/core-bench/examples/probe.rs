//! Times accounts roughly.
use core_bench::accounts::{Shape, account};
use margin_calculator::margin::{Shock, Threshold, compute_any_width};
use margin_calculator::venue::{ContractKind, TierKind};
use std::time::Instant;
fn main() {
    for (contract, kind) in [
        (ContractKind::Linear, TierKind::Marginal),
        (ContractKind::Linear, TierKind::Flat),
        (ContractKind::Inverse, TierKind::Marginal),
        (ContractKind::Inverse, TierKind::Flat),
    ] {
        for (markets, each) in
            [(1, 1), (10, 10), (20, 50), (1000, 1), (1, 1000), (100, 100), (1, 10000), (1000, 100)]
        {
            if contract == ContractKind::Inverse && 2000 < markets * each {
                continue;
            }
            let scenario = account(Shape { markets, each, kind, contract }).unwrap();
            let start = Instant::now();
            let (report, width) = compute_any_width(&scenario).unwrap();
            let took = start.elapsed();
            let priced = report
                .positions
                .iter()
                .filter(|p| matches!(p.liquidation, Threshold::AtPrice { .. }))
                .count();
            let both = report
                .positions
                .iter()
                .filter(|p| {
                    matches!(p.liquidation, Threshold::AtPrice { below: Some(_), above: Some(_) })
                })
                .count();
            let shock = matches!(report.account.shock_to_liquidation, Shock::To { .. });
            println!(
                "{contract:?} {kind:?} {markets} x {each}: {took:?} {width:?} priced {priced} both {both} shock {shock}"
            );
        }
    }
}
