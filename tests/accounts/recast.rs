//! The same account in other units, or seen from another coin.

use margin_calculator::margin::{Report, Shock, Threshold};
use margin_calculator::quantity::{Exact, Price, Ratio};
use margin_calculator::scenario::Scenario;
use margin_calculator::venue::ContractKind;
use rust_decimal::Decimal;

use crate::oracle::question::Case;
use crate::oracle::scenario::scenario;
use crate::rounded::Change;

pub(crate) fn same(value: &Exact) -> Exact {
    *value
}

pub(crate) fn ten(power: i32) -> Decimal {
    let one = Decimal::new(1, power.min(0).unsigned_abs());
    one * Decimal::from(10_i64.pow(power.max(0).unsigned_abs()))
}

/// The same account with money times 10^`money` and prices times 10^`price`.
pub(crate) fn scaled(case: &Case, money: i32, price: i32) -> Case {
    let mut case = case.clone();
    case.wallet = case.wallet.map(|wallet| wallet * ten(money));
    for position in &mut case.positions {
        let is_inverse = case.markets.get(position.market).unwrap().is_inverse();
        position.quantity *= ten(if is_inverse { money + price } else { money - price });
        position.entry *= ten(price);
        position.margin *= ten(money);
    }
    for market in &mut case.markets {
        market.mark *= ten(price);
        market.tick = market.tick.map(|tick| tick * ten(price));
        for tier in &mut market.tiers {
            tier.floor *= ten(money);
            tier.cap = tier.cap.map(|cap| cap * ten(money));
        }
    }
    case
}

/// The same account in the coin itself: an inverse contract at one over each price, and the other
/// side.
pub(crate) fn in_the_coin(case: &Case) -> Scenario {
    let mut scenario = scenario(case).unwrap();
    let turn = |price: Price| Price::from_exact(Exact::ONE.over(price.exact()).unwrap());
    for market in &mut scenario.markets {
        market.rules.contract = ContractKind::Inverse;
        market.mark_price = turn(market.mark_price);
    }
    for position in &mut scenario.positions {
        position.entry_price = turn(position.entry_price);
        position.side = position.side.opposite();
    }
    scenario
}

/// A report with every price as one over it. Which way back is nearer is another matter then.
pub(crate) fn turned(mut report: Report) -> Report {
    let turn = |value: &Exact| Exact::ONE.over(value).unwrap();
    let change = Change { money: &same, price: &turn, on_tick: &turn, ratio: &same };
    for position in &mut report.positions {
        for threshold in [&mut position.liquidation, &mut position.margin_call] {
            *threshold = match threshold.clone() {
                Threshold::AtPrice { below, above } => {
                    Threshold::AtPrice { below: above, above: below }
                }
                Threshold::Now { .. } => Threshold::Now { boundary: None },
                other => other,
            };
        }
    }
    let shock = |ratio: Ratio| {
        let factor = turn(&ratio.exact().plus(&Exact::ONE).unwrap());
        Ratio::from_exact(factor.minus(&Exact::ONE).unwrap())
    };
    if let Shock::To { down, up } = report.account.shock_to_liquidation {
        report.account.shock_to_liquidation =
            Shock::To { down: up.map(shock), up: down.map(shock) };
    }
    change.report(report)
}
