//! Risk limit tiers: how the maintenance margin rate grows with the position.

use core::fmt;
use std::sync::Arc;

use crate::quantity::{Exact, Leverage, Money, Number, Overflow, Rate};

/// How a tier's rate applies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum TierKind {
    /// Each slice pays its own rate: rate x notional - maintenance amount.
    Marginal,
    /// The tier's rate applies to the whole position.
    Flat,
    /// One row whose rate grows by this much for each base unit held, on the whole position.
    /// Source: Deribit, "Linear Perpetual" (support 25944738177565), read 2026-04.
    Slope(Exact),
    /// One row whose maintenance amount is the money to keep for each contract, whatever the price.
    Fixed,
    /// The tier's rate is a factor that the position's leverage divides, on the whole position.
    /// Source: HTX, adjustment factors of its position records, 2021-09.
    FactorOverLeverage,
}

/// What decides the tier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TierBasis {
    /// The position's value where maintenance margin takes it: at mark, so that the tier is chosen
    /// again at every price, or at entry.
    Notional,
    /// The position's value at entry, also where maintenance is on mark.
    EntryNotional,
    /// The quantity held, which does not follow the price.
    Quantity,
}

/// One row as a table states it, before it is checked.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TierRow {
    /// Where the tier begins; a value equal to it belongs to the tier below.
    pub floor: Exact,
    /// Where it ends, inclusive; absent when the last tier is unbounded.
    pub cap: Option<Exact>,
    /// Fraction of notional to keep.
    pub maintenance_margin_rate: Rate,
    /// What a marginal table takes off, derived when absent; the money for each contract in a fixed
    /// table.
    pub maintenance_amount: Option<Money>,
    /// Highest leverage offered; absent when the table does not say.
    pub max_leverage: Option<Leverage>,
}

/// One tier of a checked table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RiskTier {
    /// Position of the tier, from 1.
    pub number: usize,
    /// Where the tier begins, exclusive but for the first.
    pub floor: Exact,
    /// Where it ends, inclusive; absent when unbounded.
    pub cap: Option<Exact>,
    /// Fraction of notional to keep.
    pub maintenance_margin_rate: Rate,
    /// What is taken off in a marginal table, derived from the edges; the money for each contract
    /// in a fixed one; zero in the others.
    pub maintenance_amount: Money,
    /// The amount the table states, where it disagrees with the edges.
    pub stated_amount: Option<Money>,
    /// Highest leverage offered.
    pub max_leverage: Option<Leverage>,
}

/// What is wrong with a table, and in which row, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TierError {
    /// There is no row.
    Empty,
    /// The first row does not begin at zero.
    FirstFloor,
    /// A row does not begin where the one before ends.
    NotContiguous(usize),
    /// A row ends at or below its beginning.
    CapNotAboveFloor(usize),
    /// A row before the last has no end.
    OpenBeforeLast(usize),
    /// A rate is below the rate of the tier before it.
    RateFalls(usize),
    /// A rate lies outside 0 to 1.
    RateOutOfRange(usize),
    /// Highest leverage grows with size.
    LeverageRises(usize),
    /// A marginal table by quantity that does not state an amount: its edges are coins or contracts,
    /// from which no money follows.
    MarginalByQuantity,
    /// A slope or fixed table with more than one row, or with a last cap.
    OneRow,
    /// A fixed table without an amount, or with one below zero.
    NoAmount,
    /// A slope below zero.
    SlopeFalls,
    /// An amount needs more digits than are carried.
    Overflow(usize),
}

impl fmt::Display for TierError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("the tier table has no rows"),
            Self::FirstFloor => f.write_str("row 1 must begin at 0"),
            Self::NotContiguous(row) => {
                write!(f, "row {row} does not begin where the row before it ends")
            }
            Self::CapNotAboveFloor(row) => write!(f, "row {row} ends at or below its beginning"),
            Self::OpenBeforeLast(row) => write!(f, "row {row} has no end but is not the last"),
            Self::RateFalls(row) => write!(f, "row {row} has a lower rate than the row before it"),
            Self::RateOutOfRange(row) => write!(f, "row {row}: the rate must be from 0 to below 1"),
            Self::LeverageRises(row) => {
                write!(f, "row {row} allows more leverage than the row before it")
            }
            Self::MarginalByQuantity => f.write_str(
                "a marginal table by quantity must state the maintenance amount of every row \
                     after the first: its edges are no money",
            ),
            Self::OneRow => f.write_str("a slope or fixed table has one row without an end"),
            Self::NoAmount => {
                f.write_str("a fixed table needs a maintenance amount of 0 or more per contract")
            }
            Self::SlopeFalls => f.write_str("the slope must be 0 or more"),
            Self::Overflow(row) => write!(f, "row {row} holds a number with too many digits"),
        }
    }
}

impl core::error::Error for TierError {}

/// A table that is contiguous, rising and, if marginal, continuous.
#[derive(Clone, Debug, PartialEq)]
pub struct TierTable {
    kind: TierKind,
    basis: TierBasis,
    /// Shared, since every report names several and an account has thousands of them.
    tiers: Vec<Arc<RiskTier>>,
}

impl TierTable {
    /// Checks the rows and derives the maintenance amounts.
    ///
    /// In a marginal table `amount[i] = amount[i-1] + floor[i] x (rate[i] - rate[i-1])`, which is
    /// what makes the requirement continuous; a stated amount that differs is kept beside it. By
    /// quantity nothing follows from the edges, and the stated amounts are used.
    /// Source: Binance, "Leverage and Margin of USDS-M Futures", read 2026-04.
    pub fn try_new(kind: TierKind, basis: TierBasis, rows: &[TierRow]) -> Result<Self, TierError> {
        check_single(kind, rows)?;
        let mut tiers: Vec<Arc<RiskTier>> = Vec::with_capacity(rows.len());
        for (index, row) in rows.iter().enumerate() {
            let number = index.saturating_add(1);
            let too_long = |_: Overflow| TierError::Overflow(number);
            check_alone(row, number, number == rows.len())?;
            let amount = match tiers.last() {
                None if row.floor.is_zero() => Exact::ZERO,
                None => return Err(TierError::FirstFloor),
                Some(before) => {
                    check_after(before, row, number)?;
                    let step = row
                        .maintenance_margin_rate
                        .exact()
                        .minus(before.maintenance_margin_rate.exact())
                        .map_err(too_long)?;
                    let slice = row.floor.times(&step).map_err(too_long)?;
                    before.maintenance_amount.exact().plus(&slice).map_err(too_long)?
                }
            };
            let derived = match kind {
                TierKind::Marginal if basis == TierBasis::Quantity => {
                    match row.maintenance_amount {
                        Some(stated) => stated,
                        None if tiers.is_empty() => Money::from_exact(Exact::ZERO),
                        None => return Err(TierError::MarginalByQuantity),
                    }
                }
                TierKind::Marginal => Money::from_exact(amount),
                TierKind::Fixed => row.maintenance_amount.ok_or(TierError::NoAmount)?,
                TierKind::Flat | TierKind::Slope(_) | TierKind::FactorOverLeverage => {
                    Money::from_exact(Exact::ZERO)
                }
            };
            tiers.push(Arc::new(RiskTier {
                number,
                floor: row.floor,
                cap: row.cap,
                maintenance_margin_rate: row.maintenance_margin_rate,
                maintenance_amount: derived,
                stated_amount: row.maintenance_amount.filter(|stated| *stated != derived),
                max_leverage: row.max_leverage,
            }));
        }
        if tiers.is_empty() {
            return Err(TierError::Empty);
        }
        Ok(Self { kind, basis, tiers })
    }

    /// One rate for every size.
    pub fn single_rate(rate: Rate) -> Result<Self, TierError> {
        let row = TierRow {
            floor: Exact::ZERO,
            cap: None,
            maintenance_margin_rate: rate,
            maintenance_amount: None,
            max_leverage: None,
        };
        Self::try_new(TierKind::Marginal, TierBasis::Notional, &[row])
    }

    /// The first tier alone, for every size.
    #[must_use]
    pub fn first_only(&self) -> Self {
        let first = self.tiers.first().map(|first| Arc::new(RiskTier { cap: None, ..**first }));
        Self { kind: self.kind, basis: self.basis, tiers: first.into_iter().collect() }
    }

    /// How a tier's rate applies.
    pub fn kind(&self) -> TierKind {
        self.kind
    }

    /// What decides the tier.
    pub fn basis(&self) -> TierBasis {
        self.basis
    }

    /// The tiers from the smallest; there is at least one.
    pub fn tiers(&self) -> &[Arc<RiskTier>] {
        &self.tiers
    }

    /// The index of the tier that a notional or quantity falls into; a value equal to a cap belongs
    /// to the lower tier, and one beyond the last cap to the last tier.
    pub fn index_of<N: Number>(&self, value: &N) -> Result<usize, Overflow> {
        let last = self.tiers.len().saturating_sub(1);
        for (index, tier) in self.tiers.iter().enumerate().take(last) {
            match &tier.cap {
                Some(cap) if N::of(cap).is_below(value)? => {}
                _ => return Ok(index),
            }
        }
        Ok(last)
    }

    /// The tier that a notional or quantity falls into; absent beyond the last cap.
    pub fn tier_of(&self, value: &Exact) -> Result<Option<&Arc<RiskTier>>, Overflow> {
        if self.ends_before(value)? {
            return Ok(None);
        }
        Ok(self.tiers.get(self.index_of(value)?))
    }

    /// Whether a notional or quantity is beyond the last cap, where no rate is known.
    pub fn ends_before<N: Number>(&self, value: &N) -> Result<bool, Overflow> {
        self.end().map_or(Ok(false), |end| N::of(end).is_below(value))
    }

    /// The highest leverage the table offers at any size, if it says.
    pub fn max_leverage(&self) -> Option<Leverage> {
        self.tiers.first().and_then(|tier| tier.max_leverage)
    }

    /// Where the table ends, if it does.
    pub fn end(&self) -> Option<&Exact> {
        self.tiers.last().and_then(|tier| tier.cap.as_ref())
    }
}

/// The kinds that have one row for every size.
fn check_single(kind: TierKind, rows: &[TierRow]) -> Result<(), TierError> {
    let amount = match (kind, rows) {
        (TierKind::Slope(_) | TierKind::Fixed, [row]) if row.cap.is_none() => {
            row.maintenance_amount
        }
        (TierKind::Slope(_) | TierKind::Fixed, [_, ..]) => return Err(TierError::OneRow),
        _ => return Ok(()),
    };
    match (kind, amount) {
        (TierKind::Slope(per_unit), _) if per_unit.is_negative() => Err(TierError::SlopeFalls),
        (TierKind::Fixed, Some(amount)) if amount.exact().is_negative() => Err(TierError::NoAmount),
        _ => Ok(()),
    }
}

fn check_alone(row: &TierRow, number: usize, last: bool) -> Result<(), TierError> {
    let too_long = |_: Overflow| TierError::Overflow(number);
    let rate = row.maintenance_margin_rate.exact();
    if rate.is_negative() || !rate.is_below(&Exact::ONE).map_err(too_long)? {
        return Err(TierError::RateOutOfRange(number));
    }
    match &row.cap {
        None if last => Ok(()),
        None => Err(TierError::OpenBeforeLast(number)),
        Some(cap) if row.floor.is_below(cap).map_err(too_long)? => Ok(()),
        Some(_) => Err(TierError::CapNotAboveFloor(number)),
    }
}

fn check_after(before: &RiskTier, row: &TierRow, number: usize) -> Result<(), TierError> {
    let too_long = |_: Overflow| TierError::Overflow(number);
    if before.cap != Some(row.floor) {
        return Err(TierError::NotContiguous(number));
    }
    let falls = row
        .maintenance_margin_rate
        .exact()
        .is_below(before.maintenance_margin_rate.exact())
        .map_err(too_long)?;
    if falls {
        return Err(TierError::RateFalls(number));
    }
    if let (Some(lower), Some(higher)) = (before.max_leverage, row.max_leverage)
        && lower.exact().is_below(higher.exact()).map_err(too_long)?
    {
        return Err(TierError::LeverageRises(number));
    }
    Ok(())
}
