//! A report against the oracle's figures, one by one.

use std::cmp::Ordering;

use margin_calculator::margin::{
    AccountReport, Crossing, MarginRatio, PositionReport, Rejection, Report, Shock, Threshold,
    Width,
};
use margin_calculator::quantity::{Exact, FIGURE_PLACES, Leverage, Money, Ratio};
use margin_calculator::scenario::Scenario;
use margin_calculator::venue::RiskTier;
use num_bigint::BigInt;

use super::figures::{self, Answer, Figures, PositionFigures, Price, ratio};
use super::number::{
    Fraction, compare, floor, half_even, of_decimal, of_exact, over, ten_to, times,
};
use super::question::{Case, MarketCase};

/// Nothing, or which figure differs and how.
pub(crate) type Checked = Result<(), String>;

/// What the figures of one report are held against.
struct Sheet<'a> {
    width: Width,
    market: &'a MarketCase,
    tiers: &'a [std::sync::Arc<RiskTier>],
}

/// Whether every figure of a report is the oracle's; rounded as reports are where 256 bits were not
/// enough.
pub(crate) fn same_report(
    case: &Case,
    scenario: &Scenario,
    (report, width): (&Report, Width),
    figures: &Figures,
) -> Checked {
    if report.positions.len() != figures.positions.len() {
        return Err("positions: not as many".to_owned());
    }
    let both = report.positions.iter().zip(&figures.positions);
    for ((number, position), (found, expected)) in case.positions.iter().enumerate().zip(both) {
        let rules = &scenario.markets.get(position.market).unwrap().rules;
        let market = case.market_of(position);
        let sheet = Sheet { width, market, tiers: rules.tiers.tiers() };
        sheet
            .same_position(found, expected)
            .map_err(|what| format!("position {number}: {what}"))?;
    }
    same_account(width, case, &report.account, figures).map_err(|what| format!("account: {what}"))
}

fn same(name: &str, width: Width, found: &Exact, expected: &Fraction) -> Checked {
    let rounded;
    let expected = match width {
        Width::Narrow => expected,
        Width::Wide => {
            let scale = Fraction::from_integer(ten_to(FIGURE_PLACES));
            rounded = Fraction::new_raw(half_even(&times(expected, &scale)), ten_to(FIGURE_PLACES));
            &rounded
        }
    };
    if compare(&of_exact(found), expected) == Ordering::Equal {
        return Ok(());
    }
    Err(format!("{name}: {}, expected {}", of_exact(found).reduced(), expected.reduced()))
}

fn same_option(
    name: &str,
    width: Width,
    found: Option<&Exact>,
    expected: Option<&Fraction>,
) -> Checked {
    match (found, expected) {
        (None, None) => Ok(()),
        (Some(found), Some(expected)) => same(name, width, found, expected),
        _ => Err(format!("{name}: {found:?}, expected {expected:?}")),
    }
}

fn same_ratio(
    name: &str,
    width: Width,
    found: &MarginRatio,
    (part, balance): (&Fraction, &Fraction),
) -> Checked {
    let found = match found {
        MarginRatio::Of(ratio) => Some(ratio.exact()),
        MarginRatio::NothingLeft => None,
    };
    same_option(name, width, found, ratio(part, balance).as_ref())
}

fn same_account(width: Width, case: &Case, found: &AccountReport, expected: &Figures) -> Checked {
    same("margin balance", width, found.margin_balance.exact(), &expected.balance)?;
    same("maintenance", width, found.maintenance_margin.exact(), &expected.maintenance)?;
    let initial = found.initial_margin.as_ref().map(Money::exact);
    same_option("initial margin", width, initial, expected.initial.as_ref())?;
    let available = found.available_balance.as_ref().map(Money::exact);
    same_option("available", width, available, expected.available.as_ref())?;
    match (&found.margin_ratio, case.cross) {
        (None, false) => {}
        (Some(ratio), true) => {
            let parts = (&expected.maintenance, &expected.balance);
            same_ratio("margin ratio", width, ratio, parts)?;
        }
        (found, _) => return Err(format!("margin ratio: {found:?}")),
    }
    match (&found.shock_to_liquidation, &expected.shock) {
        (Shock::Now, figures::Shock::Now)
        | (Shock::Isolated, figures::Shock::Isolated)
        | (Shock::Mixed, figures::Shock::Mixed)
        | (Shock::Nothing, figures::Shock::Nothing) => Ok(()),
        (Shock::To { down, up }, figures::Shock::To { down: low, up: high }) => {
            same_option("shock down", width, down.as_ref().map(Ratio::exact), low.as_ref())?;
            same_option("shock up", width, up.as_ref().map(Ratio::exact), high.as_ref())
        }
        (found, expected) => Err(format!("shock: {found:?}, expected {expected:?}")),
    }
}

impl Sheet<'_> {
    fn same(&self, name: &str, found: &Exact, expected: &Fraction) -> Checked {
        same(name, self.width, found, expected)
    }

    fn same_option(
        &self,
        name: &str,
        found: Option<&Exact>,
        expected: Option<&Fraction>,
    ) -> Checked {
        same_option(name, self.width, found, expected)
    }

    /// A price on the tick: up where it lies below, down where it lies above, so that it is early.
    fn same_tick(&self, name: &str, found: &Exact, exact: &Fraction, below: bool) -> Checked {
        let Some(tick) = self.market.tick.map(of_decimal) else {
            return self.same(name, found, exact);
        };
        let (down, whole) = floor(&over(exact, &tick));
        let steps = if below && !whole { down + BigInt::from(1) } else { down };
        let expected = Fraction::new_raw(steps * tick.numer(), tick.denom().clone());
        same(&format!("{name} on the tick"), Width::Narrow, found, &expected)
    }

    fn is_below_mark(&self, price: &Fraction) -> bool {
        compare(price, &of_decimal(self.market.mark)) == Ordering::Less
    }

    fn same_tier(&self, name: &str, found: &RiskTier, number: usize) -> Checked {
        let expected = self.tiers.get(number - 1).unwrap();
        if *found == **expected {
            return Ok(());
        }
        Err(format!("{name}: tier {}, expected {number}", found.number))
    }

    fn same_price(
        &self,
        name: &str,
        found: Option<&Crossing>,
        expected: Option<&Price>,
        below: bool,
    ) -> Checked {
        match (found, expected) {
            (None, None) => Ok(()),
            (Some(found), Some(expected)) => {
                self.same(name, found.exact.exact(), &expected.exact)?;
                self.same_tick(name, found.price.exact(), &expected.exact, below)?;
                self.same_tier(name, &found.tier, expected.tier)?;
                if found.is_beyond_table == expected.is_beyond {
                    return Ok(());
                }
                Err(format!("{name}: beyond the table {}", found.is_beyond_table))
            }
            _ => Err(format!("{name}: {found:?}, expected {expected:?}")),
        }
    }

    fn same_answer(&self, name: &str, found: &Threshold, expected: &Answer) -> Checked {
        match (found, expected) {
            (Threshold::Never, Answer::Never) | (Threshold::TableEnds, Answer::TableEnds) => Ok(()),
            (Threshold::Now { boundary }, Answer::Now(price)) => {
                let below = price.as_ref().is_some_and(|price| self.is_below_mark(&price.exact));
                let name = format!("{name} boundary");
                self.same_price(&name, boundary.as_ref(), price.as_ref(), below)
            }
            (Threshold::AtPrice { below, above }, Answer::Prices { below: low, above: high }) => {
                self.same_price(&format!("{name} below"), below.as_ref(), low.as_ref(), true)?;
                self.same_price(&format!("{name} above"), above.as_ref(), high.as_ref(), false)
            }
            _ => Err(format!("{name}: {found:?}, expected {expected:?}")),
        }
    }

    fn same_position(&self, found: &PositionReport, expected: &PositionFigures) -> Checked {
        self.same("value at entry", found.entry_notional.exact(), &expected.entry_notional)?;
        self.same("notional", found.notional.exact(), &expected.notional)?;
        let initial = found.initial_margin.as_ref().map(Money::exact);
        self.same_option("initial margin", initial, expected.initial_margin.as_ref())?;
        let margin = found.position_margin.as_ref().map(Money::exact);
        self.same_option("position margin", margin, expected.position_margin.as_ref())?;
        self.same("pnl", found.unrealized_pnl.exact(), &expected.pnl)?;
        let on_margin = expected.initial_margin.as_ref();
        let on_margin = on_margin.map(|margin| over(&expected.pnl, margin));
        let found_on_margin = found.return_on_margin.as_ref().map(Ratio::exact);
        self.same_option("return on margin", found_on_margin, on_margin.as_ref())?;
        self.same("margin balance", found.margin_balance.exact(), &expected.balance)?;
        self.same("maintenance", found.maintenance_margin.exact(), &expected.maintenance)?;
        self.same("rate", found.maintenance_margin_rate.exact(), &expected.rate)?;
        let parts = (&expected.required, &expected.balance);
        same_ratio("margin ratio", self.width, &found.margin_ratio, parts)?;
        let leverage = found.effective_leverage.as_ref().map(Ratio::exact);
        let expected_leverage = ratio(&expected.notional, &expected.balance);
        self.same_option("effective leverage", leverage, expected_leverage.as_ref())?;
        self.same_tier("at mark", &found.tier, expected.tier)?;
        self.same_tier("at entry", &found.entry_tier, expected.entry_tier)?;
        self.same_answer("liquidation", &found.liquidation, &expected.liquidation)?;
        self.same_answer("margin call", &found.margin_call, &expected.margin_call)?;
        match (&found.bankruptcy_price, &expected.bankruptcy) {
            (None, None) => {}
            (Some(found), Some(expected)) => {
                self.same("bankruptcy", found.exact.exact(), expected)?;
                let below = self.is_below_mark(expected);
                self.same_tick("bankruptcy", found.price.exact(), expected, below)?;
            }
            (found, expected) => {
                return Err(format!("bankruptcy: {found:?}, expected {expected:?}"));
            }
        }
        self.same_rejections(found, expected)
    }

    fn same_rejections(&self, found: &PositionReport, expected: &PositionFigures) -> Checked {
        let mut refused = (None::<Leverage>, None::<Exact>, None::<Money>);
        for rejection in &found.rejections {
            match rejection {
                Rejection::LeverageAboveTier { max_leverage } => refused.0 = Some(*max_leverage),
                Rejection::SizeAboveTable { cap } => refused.1 = Some(*cap),
                Rejection::MarginBelowMaintenance { maintenance_margin } => {
                    refused.2 = Some(*maintenance_margin);
                }
            }
        }
        let entry_tier = self.market.tiers.get(expected.entry_tier - 1).unwrap();
        let most = entry_tier.max_leverage.filter(|_| expected.leverage_too_high).map(of_decimal);
        let most_found = refused.0.as_ref().map(Leverage::exact);
        self.same_option("highest leverage", most_found, most.as_ref())?;
        let end = self.market.tiers.last().and_then(|last| last.cap);
        let end = end.filter(|_| expected.too_large).map(of_decimal);
        self.same_option("end of the table", refused.1.as_ref(), end.as_ref())?;
        let low = refused.2.as_ref().map(Money::exact);
        self.same_option("maintenance at entry", low, expected.margin_too_low.as_ref())
    }
}
