//! A report against the oracle's figures, one by one.

use std::cmp::Ordering;

use margin_calculator::margin::{Crossing, MarginRatio, PositionReport, Rejection, Threshold};
use margin_calculator::quantity::Exact;

use super::number::{Fraction, compare, floor, is_positive, of_decimal, of_exact, over};
use super::{Case, Figures, Hit, Outcome};

/// Nothing, or which figure differs and how.
pub(crate) type Checked = Result<(), String>;

fn same(name: &str, found: &Exact, expected: &Fraction) -> Checked {
    if compare(&of_exact(found), expected) == Ordering::Equal {
        return Ok(());
    }
    let reduced = expected.reduced();
    Err(format!("{name}: {found:?}, expected {reduced}"))
}

fn same_tick(name: &str, found: &Exact, exact: &Fraction, case: &Case) -> Checked {
    let Some(tick) = case.tick.map(of_decimal) else {
        return same(name, found, exact);
    };
    let (mut steps, whole) = floor(&over(exact, &tick));
    if !whole && compare(exact, &of_decimal(case.mark)) == Ordering::Less {
        steps += 1;
    }
    let expected = Fraction::new_raw(steps * tick.numer(), tick.denom().clone());
    same(&format!("{name} on the tick"), found, &expected)
}

fn same_hit(name: &str, found: Option<&Crossing>, hit: Option<&Hit>, case: &Case) -> Checked {
    match (found, hit) {
        (None, None) => Ok(()),
        (Some(found), Some(hit)) => {
            same(name, found.exact.exact(), &hit.price)?;
            same_tick(name, found.price.exact(), &hit.price, case)?;
            if found.tier.number == hit.tier {
                Ok(())
            } else {
                Err(format!("{name}: tier {}, expected {}", found.tier.number, hit.tier))
            }
        }
        _ => Err(format!("{name}: {found:?}, expected {hit:?}")),
    }
}

fn same_threshold(name: &str, found: &Threshold, expected: &Outcome, case: &Case) -> Checked {
    match (found, expected) {
        (Threshold::Never, Outcome::Never) | (Threshold::TableEnds, Outcome::TableEnds) => Ok(()),
        (Threshold::Now { boundary }, Outcome::Now(hit)) => {
            same_hit(&format!("{name} boundary"), boundary.as_ref(), hit.as_ref(), case)
        }
        (Threshold::AtPrice { below, above }, Outcome::Prices { below: low, above: high }) => {
            same_hit(&format!("{name} below"), below.as_ref(), low.as_ref(), case)?;
            same_hit(&format!("{name} above"), above.as_ref(), high.as_ref(), case)
        }
        _ => Err(format!("{name}: {found:?}, expected {expected:?}")),
    }
}

/// Whether every figure of a report is the oracle's.
pub(crate) fn same_report(report: &PositionReport, figures: &Figures, case: &Case) -> Checked {
    same("value at entry", report.entry_notional.exact(), &figures.entry_notional)?;
    same("notional", report.notional.exact(), &figures.notional)?;
    same("initial margin", report.initial_margin.unwrap().exact(), &figures.initial_margin)?;
    same("position margin", report.position_margin.unwrap().exact(), &figures.position_margin)?;
    same("pnl", report.unrealized_pnl.exact(), &figures.pnl)?;
    let on_margin = over(&figures.pnl, &figures.initial_margin);
    same("return on margin", report.return_on_margin.unwrap().exact(), &on_margin)?;
    same("margin balance", report.margin_balance.exact(), &figures.balance)?;
    same("maintenance margin", report.maintenance_margin.exact(), &figures.maintenance)?;
    if is_positive(&figures.balance) {
        let expected = over(&figures.maintenance, &figures.balance);
        let MarginRatio::Of(ratio) = report.margin_ratio else {
            return Err("margin ratio: absent".to_owned());
        };
        same("margin ratio", ratio.exact(), &expected)?;
        let expected = over(&figures.notional, &figures.balance);
        let leverage = report.effective_leverage.ok_or("effective leverage: absent")?;
        same("effective leverage", leverage.exact(), &expected)?;
    } else if report.margin_ratio != MarginRatio::NothingLeft || report.effective_leverage.is_some()
    {
        return Err("a ratio to nothing".to_owned());
    }
    if (report.tier.number, report.entry_tier.number) != (figures.tier, figures.entry_tier) {
        return Err(format!("tiers: expected {} and {}", figures.tier, figures.entry_tier));
    }
    same_threshold("liquidation", &report.liquidation, &figures.liquidation, case)?;
    same_threshold("margin call", &report.margin_call, &figures.margin_call, case)?;
    match (&report.bankruptcy_price, &figures.bankruptcy) {
        (None, None) => {}
        (Some(found), Some(expected)) => {
            same("bankruptcy", found.exact.exact(), expected)?;
            same_tick("bankruptcy", found.price.exact(), expected, case)?;
        }
        (found, expected) => return Err(format!("bankruptcy: {found:?}, expected {expected:?}")),
    }
    let mut refused = (false, false);
    for rejection in &report.rejections {
        match rejection {
            Rejection::SizeAboveTable { .. } => return Err("a size above the table".to_owned()),
            Rejection::LeverageAboveTier { .. } => refused.0 = true,
            Rejection::MarginBelowMaintenance { .. } => refused.1 = true,
        }
    }
    if refused == (figures.leverage_too_high, figures.margin_too_low) {
        Ok(())
    } else {
        Err(format!("rejections: {:?}", report.rejections))
    }
}
