//! A tier table at a multiple of its rates, and where a position is closed under another table.

use core::fmt;

use crate::margin::{ComputeError, Threshold, compute_position};
use crate::quantity::{Exact, Overflow, Rate, Ratio};
use crate::scenario::{Market, Position};
use crate::venue::{TierKind, TierRow, TierTable};

/// Why a table has no multiple.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unscalable {
    /// Already the first tier would ask for all of the value or more.
    WholeValue,
    /// The table is not one of rates alone.
    Kind,
    /// The position is larger than the last tier.
    BeyondTable,
    /// A figure needs too many digits.
    Overflow,
}

impl From<ComputeError> for Unscalable {
    fn from(error: ComputeError) -> Self {
        match error {
            ComputeError::BeyondTable(_) => Self::BeyondTable,
            _ => Self::Overflow,
        }
    }
}

impl From<Overflow> for Unscalable {
    fn from(_: Overflow) -> Self {
        Self::Overflow
    }
}

impl fmt::Display for Unscalable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::WholeValue => {
                "at this multiple the first tier would ask for the whole value or more"
            }
            Self::Kind => "this table cannot be multiplied",
            Self::BeyondTable => "the position is larger than the last tier that is left",
            Self::Overflow => "a figure needs more digits than this calculator carries",
        })
    }
}

/// The same tiers at a multiple of their rates, above zero; amounts follow from the edges, so that a
/// marginal table stays continuous. From the tier on that would ask for the whole value the table ends:
/// no position that large could be held.
pub fn scaled(table: &TierTable, multiple: &Ratio) -> Result<TierTable, Unscalable> {
    if !matches!(table.kind(), TierKind::Marginal | TierKind::Flat) {
        return Err(Unscalable::Kind);
    }
    let mut rows = Vec::with_capacity(table.tiers().len());
    for tier in table.tiers() {
        let rate = tier.maintenance_margin_rate.exact().times(multiple.exact())?;
        if Exact::ONE.is_at_most(&rate)? {
            break;
        }
        rows.push(TierRow {
            floor: tier.floor,
            cap: tier.cap,
            maintenance_margin_rate: Rate::from_exact(rate),
            maintenance_amount: None,
            max_leverage: tier.max_leverage,
        });
    }
    if rows.is_empty() {
        return Err(Unscalable::WholeValue);
    }
    TierTable::try_new(table.kind(), table.basis(), &rows).map_err(|_| Unscalable::Kind)
}

/// Where an open position is closed if its market had these tiers; the mark stays where it is. What
/// would be refused at opening is not looked at: the position is open.
pub fn closing_under(
    position: &Position,
    market: &Market,
    tiers: TierTable,
) -> Result<Threshold, ComputeError> {
    let mut market = market.clone();
    market.rules.tiers = tiers;
    compute_position(position, &market).map(|report| report.liquidation)
}
