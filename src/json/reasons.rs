//! Why there is no price: one sentence for each state that has none.

use crate::margin::{PositionReport, Report, Shock};
use crate::quantity::{Exact, Overflow};
use crate::scenario::{MarginMode, Position, Scenario};
use crate::venue::ContractKind;

use super::figure::written;

/// Which way the positions that share a price lean together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Leaning {
    Long,
    Short,
    Level,
}

/// The position itself, or in cross mode all of its market together.
fn leaning(scenario: &Scenario, position: &Position) -> Result<Leaning, Overflow> {
    let mut held = position.quantity.exact().times(&position.side.sign())?;
    if let MarginMode::Cross { .. } = scenario.margin_mode {
        held = Exact::ZERO;
        for other in scenario.positions.iter().filter(|other| other.market == position.market) {
            held = held.plus(&other.quantity.exact().times(&other.side.sign())?)?;
        }
    }
    Ok(if held.is_zero() {
        Leaning::Level
    } else if held.is_negative() {
        Leaning::Short
    } else {
        Leaning::Long
    })
}

/// Whose margin it is.
fn owner(scenario: &Scenario) -> &'static str {
    match scenario.margin_mode {
        MarginMode::Isolated { .. } => "the position's margin",
        MarginMode::Cross { .. } => "the account's margin",
    }
}

/// Why no price closes a position.
pub(super) fn never(scenario: &Scenario, position: &Position) -> Result<String, Overflow> {
    let kind = scenario.markets.get(position.market).map(|market| market.rules.contract);
    let inverse = kind == Some(ContractKind::Inverse);
    let owner = owner(scenario);
    Ok(match (leaning(scenario, position)?, inverse) {
        (Leaning::Long, false) => format!(
            "a rise is a gain, and {owner} covers every fall: a price at or below 0 would be needed"
        ),
        (Leaning::Short, true) => format!(
            "a fall is a gain, and a short of inverse contracts loses no more than its value at \
             entry, which {owner} covers"
        ),
        (Leaning::Level, _) => format!(
            "long and short of this market are equally large, so its price changes no profit, and \
             {owner} covers what must be kept at every price"
        ),
        (Leaning::Long, true) | (Leaning::Short, false) => {
            format!("{owner} covers what must be kept at every price above 0")
        }
    })
}

/// Why a position is closed as it stands.
pub(super) fn now(
    scenario: &Scenario,
    report: &Report,
    position: &PositionReport,
) -> Result<String, Overflow> {
    let required = match scenario.margin_mode {
        MarginMode::Isolated { .. } => position.maintenance_margin,
        MarginMode::Cross { .. } => report.account.maintenance_margin,
    };
    let balance = written(position.margin_balance.exact())?;
    let required = written(required.exact())?;
    let whose = match scenario.margin_mode {
        MarginMode::Isolated { .. } => "the margin balance",
        MarginMode::Cross { .. } => "the account's margin balance",
    };
    Ok(format!("{whose} of {balance} is no more than the maintenance margin of {required}"))
}

/// The tier table ends before a price is met; rules of this format let its last rate go on.
pub(super) const TABLE_ENDS: &str =
    "the tier table ends before a price is met, and no rate is known beyond it";

/// Why there is no joint move; nothing where there is one.
pub(super) fn no_shock(shock: &Shock) -> Option<&'static str> {
    match shock {
        Shock::To { .. } => None,
        Shock::Now => Some("the account is already at or below its maintenance margin"),
        Shock::Isolated => Some("isolated positions stand alone: no move closes an account"),
        Shock::Mixed => Some(
            "linear and inverse contracts together follow no straight line, so that the move is no \
             exact figure",
        ),
        Shock::Nothing => Some("there is no position"),
    }
}
