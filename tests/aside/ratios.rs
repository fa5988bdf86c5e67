//! The rules of what venues print about an account.

use margin_calculator::costs::Holding;
use margin_calculator::quantity::{Exact, Money, Price, Ratio, Rounding};
use margin_calculator::takeover::{
    PerpWeights, RiskRateParts, account_margin_rate, available_balance, balance_to_value,
    margin_level, margin_ratio, perp_health, pro_rata_price, risk_rate, used_margin_rate,
};

use crate::rows::{Figures, Row, named};

/// The figures of a rule of this file; none for another's.
pub(crate) fn figures(row: &Row) -> Option<Figures> {
    Some(match row.rule() {
        "margin_ratio" => {
            let ratio = margin_ratio(&row.money("balance"), &row.money("maintenance"));
            vec![named("ratio", ratio.unwrap().unwrap())]
        }
        "margin_level" => {
            let value = row.money("value");
            let kept = value.times(&row.rate("maintenance_rate")).unwrap();
            let fee = value.times(&row.rate("fee_rate")).unwrap();
            let level = margin_level(&row.money("balance"), &kept, &fee).unwrap().unwrap();
            vec![named("level", level), named("maintenance_margin", kept)]
        }
        "balance_to_value" => {
            let ratio = balance_to_value(&row.money("balance"), &row.money("value"));
            vec![named("ratio", ratio.unwrap().unwrap())]
        }
        "used_margin_rate" => {
            let (balance, used) = (row.money("balance"), row.money("used"));
            let rate = used_margin_rate(&balance, &used, &row.rate("factor")).unwrap();
            vec![named("rate", rate.unwrap())]
        }
        "risk_rate" => {
            let (held, ordered) = (row.money("position"), row.money("order"));
            let fee = row.rate("fee_rate");
            let opening_fees = ordered.times(&fee).unwrap();
            let parts = RiskRateParts {
                total_margin: row.money("total"),
                positions_maintenance: held.times(&row.rate("position_rate")).unwrap(),
                orders_maintenance: ordered.times(&row.rate("order_rate")).unwrap(),
                closing_fees: held.times(&fee).unwrap().plus(&opening_fees).unwrap(),
                opening_fees,
            };
            vec![named("rate", risk_rate(&parts).unwrap().unwrap())]
        }
        "pro_rata_price" => vec![named("price", pro_rata(row))],
        "available" => {
            let available = available_balance(&row.money("balance"), &row.money("initial"));
            vec![named("available", available.unwrap())]
        }
        "perp_health" => {
            let weights = PerpWeights {
                base_asset: row.ratio("base_asset"),
                base_liability: row.ratio("base_liability"),
                overall_asset: row.ratio("overall"),
                settle_asset: row.ratio("settle_asset"),
                settle_liability: row.ratio("settle_liability"),
            };
            let health = perp_health(&row.money("value"), &row.money("quote"), &weights);
            vec![named("health", health.unwrap())]
        }
        _ => return None,
    })
}

fn pro_rata(row: &Row) -> Price {
    let mark = row.price("mark");
    let position = Holding {
        contract: row.contract(),
        side: row.side(),
        size: row.size(),
        // The price does not depend on the entry.
        entry_price: mark,
    };
    let notionals: [Money; 2] = [position.value_at(&mark).unwrap(), row.money("other_value")];
    let rate = account_margin_rate(&row.money("total"), &notionals).unwrap().unwrap();
    let places = row.word("rate_places").unwrap().parse().unwrap();
    let rate = rate.round(places, Rounding::HalfEven).unwrap();
    let rate = Ratio::from_exact(Exact::from_decimal(rate));
    let (kept, fee) = (row.rate("maintenance_rate"), row.rate("fee_rate"));
    pro_rata_price(&position, &mark, &rate, &kept, &fee).unwrap().unwrap()
}
