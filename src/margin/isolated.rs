//! Positions that each stand alone, and what their account adds up to.

use crate::quantity::{Money, Number};
use crate::scenario::Scenario;

use super::evaluate::{Amounts, money, one};
use super::report::{AccountReport, ComputeError, Report, Shock};

/// Each position on its own margin.
pub(super) fn isolated<N: Number>(
    scenario: &Scenario,
    wallet: Option<&Money>,
) -> Result<Report, ComputeError> {
    let mut positions = Vec::with_capacity(scenario.positions.len());
    let mut amounts = Vec::with_capacity(scenario.positions.len());
    for (index, position) in scenario.positions.iter().enumerate() {
        let market =
            scenario.markets.get(position.market).ok_or(ComputeError::UnknownMarket(index))?;
        let (report, held) = one::<N>(index, position, market)?;
        positions.push(report);
        amounts.push(held);
    }
    Ok(Report { account: account(&amounts, wallet)?, positions })
}

fn account<N: Number>(
    amounts: &[Amounts<N>],
    wallet: Option<&Money>,
) -> Result<AccountReport, ComputeError> {
    let sum = |amount: fn(&Amounts<N>) -> N| N::sum(amounts.iter().map(amount).collect());
    let balance = sum(|held| held.margin_balance.clone())?;
    let assigned = sum(|held| held.position_margin.clone())?;
    let initial: Option<Vec<N>> = amounts.iter().map(|held| held.initial_margin.clone()).collect();
    let (balance, available) = match wallet {
        None => (balance, None),
        Some(wallet) => {
            let available = N::of(wallet.exact()).minus(&assigned)?;
            // The wallet holds what is assigned, so it brings only what is free.
            (balance.plus(&available)?, Some(money(&available)?))
        }
    };
    Ok(AccountReport {
        margin_balance: money(&balance)?,
        initial_margin: match initial {
            Some(initial) => Some(money(&N::sum(initial)?)?),
            None => None,
        },
        maintenance_margin: money(&sum(|held| held.maintenance_margin.clone())?)?,
        margin_ratio: None,
        available_balance: available,
        shock_to_liquidation: Shock::Isolated,
    })
}
