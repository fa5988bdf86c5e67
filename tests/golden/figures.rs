//! A report's figures by the names rows use, and whether they are what is printed.

use margin_calculator::margin::{
    AccountReport, ComputeError, MarginRatio, PositionReport, Rejection, Report, Shock, Threshold,
    compute_any_width,
};
use margin_calculator::quantity::{Exact, Money, Ratio, Rounding};
use margin_calculator::venue::TierError;
use rust_decimal::Decimal;

use crate::number::{evaluate, evaluate_with, literal};
use crate::rows::{Printed, Row};
use crate::scenario::{scenario, tiers};

/// What a row comes to.
pub(crate) enum Answer {
    Report(Box<Report>),
    /// The table is none.
    NoTable(TierError),
}

/// The answer to a row; every row but one about a broken table has a report.
pub(crate) fn answer(row: &Row) -> Result<Answer, ComputeError> {
    match scenario(row) {
        Ok(scenario) => Ok(Answer::Report(Box::new(compute_any_width(&scenario)?.0))),
        Err(fault) => Ok(Answer::NoTable(fault)),
    }
}

fn ratio(ratio: &MarginRatio) -> Option<Exact> {
    match ratio {
        MarginRatio::Of(ratio) => Some(*ratio.exact()),
        MarginRatio::NothingLeft => None,
    }
}

fn inverse(ratio: Option<Exact>) -> Option<Exact> {
    ratio.filter(|ratio| !ratio.is_zero()).map(|ratio| Exact::ONE.over(&ratio).unwrap())
}

/// A figure of the whole account.
fn of_account(account: &AccountReport, name: &str) -> Option<Exact> {
    let money = |amount: &Money| *amount.exact();
    let shock = |side: fn(&Option<Ratio>, &Option<Ratio>) -> Option<Ratio>| match &account
        .shock_to_liquidation
    {
        Shock::To { down, up } => side(down, up).map(|fraction| *fraction.exact()),
        Shock::Now | Shock::Isolated | Shock::Mixed | Shock::Nothing => None,
    };
    match name {
        "margin_balance" => Some(money(&account.margin_balance)),
        "initial_margin" => account.initial_margin.as_ref().map(money),
        "maintenance_margin" => Some(money(&account.maintenance_margin)),
        "available_balance" => account.available_balance.as_ref().map(money),
        "margin_ratio" => ratio(account.margin_ratio.as_ref()?),
        "margin_level" => inverse(ratio(account.margin_ratio.as_ref()?)),
        "shock_down" => shock(|down, _| *down),
        "shock_up" => shock(|_, up| *up),
        other => panic!("no figure of an account is called {other}"),
    }
}

/// A figure of a position; prices exact, or as they stand on the tick.
fn of_position(report: &PositionReport, name: &str) -> Option<Exact> {
    let money = |amount: &Money| *amount.exact();
    let liquidation = report.liquidation.crossing();
    let bankruptcy = report.bankruptcy_price.as_ref();
    match name {
        "liquidation_price" => liquidation.map(|crossing| *crossing.exact.exact()),
        "liquidation_price_on_tick" => liquidation.map(|crossing| *crossing.price.exact()),
        "liquidation_above" => match &report.liquidation {
            Threshold::AtPrice { above, .. } => {
                above.as_ref().map(|crossing| *crossing.exact.exact())
            }
            Threshold::Never | Threshold::Now { .. } | Threshold::TableEnds => None,
        },
        "bankruptcy_price" => bankruptcy.map(|price| *price.exact.exact()),
        "bankruptcy_price_on_tick" => bankruptcy.map(|price| *price.price.exact()),
        "initial_margin" => report.initial_margin.as_ref().map(money),
        "position_margin" => report.position_margin.as_ref().map(money),
        "maintenance_margin" => Some(money(&report.maintenance_margin)),
        "maintenance_margin_rate" => Some(*report.maintenance_margin_rate.exact()),
        "maintenance_amount" => Some(money(&report.tier.maintenance_amount)),
        "margin_balance" => Some(money(&report.margin_balance)),
        "margin_ratio" => ratio(&report.margin_ratio),
        "margin_level" => inverse(ratio(&report.margin_ratio)),
        "unrealized_pnl" => Some(money(&report.unrealized_pnl)),
        "return_on_margin" => report.return_on_margin.map(|share| *share.exact()),
        "notional" => Some(money(&report.notional)),
        "entry_notional" => Some(money(&report.entry_notional)),
        other => panic!("no figure is called {other}"),
    }
}

/// What a report answers in a word.
fn word(report: &PositionReport, row: &Row, index: usize, name: &str) -> Option<String> {
    let word = match name {
        "liquidated" => match report.liquidation {
            Threshold::Now { .. } => "yes",
            Threshold::AtPrice { .. } | Threshold::Never | Threshold::TableEnds => "no",
        },
        "refused" => match report.rejections.first() {
            None => "no",
            Some(Rejection::LeverageAboveTier { .. }) => "leverage",
            Some(Rejection::SizeAboveTable { .. }) => "size",
            Some(Rejection::MarginBelowMaintenance { .. }) => "margin",
        },
        "table" => {
            let table = tiers(row.lines.get(index).unwrap().must("tiers")).unwrap();
            let agrees = table.tiers().iter().all(|tier| tier.stated_amount.is_none());
            if agrees { "agrees" } else { "differs" }
        }
        _ => return None,
    };
    Some(word.to_owned())
}

/// Whether two figures are a millionth apart at most: of the entry price for a price, whose digits
/// are lost in that scale, and of themselves for the others.
fn is_near(row: &Row, index: usize, figure: &str, ours: &Exact, theirs: &Exact) -> bool {
    let scale = if figure.contains("price") {
        evaluate(row.lines.get(index).unwrap().must("entry_price"))
    } else {
        *theirs
    };
    let gap = ours.minus(theirs).unwrap().magnitude();
    let millionth = Exact::from_decimal(Decimal::new(1, 6));
    gap.is_at_most(&scale.magnitude().times(&millionth).unwrap()).unwrap()
}

/// Whether ours is what the row prints, and ours as text.
pub(crate) fn matches(
    row: &Row,
    answer: &Answer,
    index: usize,
    printed: &Printed<'_>,
) -> (bool, String) {
    let report = match answer {
        Answer::NoTable(fault) => {
            assert_eq!(printed.figure, "table");
            return (
                printed.text == "refused" && fault.to_string() == printed.rounding,
                fault.to_string(),
            );
        }
        Answer::Report(report) => report,
    };
    let position = report.positions.get(index).unwrap();
    if let Some(ours) = word(position, row, index, printed.figure) {
        return (ours == printed.text, ours);
    }
    let value_of = |name: &str| match name.strip_prefix("account.") {
        Some(name) => of_account(&report.account, name),
        None => of_position(position, name),
    };
    let figure = match printed.rounding {
        "tick" => format!("{}_on_tick", printed.figure),
        _ => printed.figure.to_owned(),
    };
    let Some(value) = evaluate_with(&figure, &value_of) else {
        let ours = match (printed.figure, &position.liquidation) {
            ("liquidation_price", Threshold::TableEnds) => "table ends",
            _ => "none",
        };
        return (printed.text == ours, ours.to_owned());
    };
    if printed.text == "none" {
        return (false, value.round(12, Rounding::HalfEven).unwrap().to_string());
    }
    let places = printed.text.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let places = u32::try_from(places).unwrap();
    let text = |value: &Exact, places, rounding| value.round(places, rounding).unwrap().to_string();
    let theirs = literal(printed.text).unwrap();
    if let Some(meaningful) = printed.rounding.strip_prefix("to ") {
        let meaningful = meaningful.parse().unwrap();
        let ours = text(&value, meaningful, Rounding::HalfEven);
        let same = ours == text(&theirs, meaningful, Rounding::HalfEven);
        return (same && is_near(row, index, printed.figure, &value, &theirs), ours);
    }
    let (direction, on_tick) = match printed.rounding {
        "" | "tick" => (Rounding::HalfEven, false),
        "floor" => (Rounding::Floor, false),
        "ceiling" => (Rounding::Ceiling, false),
        "nearest tick" => (Rounding::HalfEven, true),
        "floor tick" => (Rounding::Floor, true),
        "ceiling tick" => (Rounding::Ceiling, true),
        other => panic!("no rounding is {other}"),
    };
    let value = if on_tick {
        let line = row.lines.get(index).unwrap();
        let tick = line.list("rules").find_map(|rule| rule.strip_prefix("tick=")).unwrap();
        value.to_step(&evaluate(tick), direction).unwrap()
    } else {
        value
    };
    let ours = text(&value, places, direction);
    (ours == printed.text, ours)
}
