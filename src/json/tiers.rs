//! The tier table of a market.

use rust_decimal::Decimal;

use crate::quantity::{Exact, Leverage, Money, Rate};
use crate::venue::{TierBasis, TierError, TierKind, TierRow, TierTable};

use super::fields::Fields;
use super::keys::{Kind, TIER_KEYS, TIER_KINDS, word_for};
use super::node::Node;
use super::number::{LEVERAGE, RATE, TIER_AMOUNT};
use super::path::Path;
use super::problem::{Code, Problems};

/// How many rows a table may have; published ones have a few dozen.
pub const MOST_TIERS: usize = 200;

/// The rows as they stand, and the slope where the table is one.
struct Rows {
    rows: Vec<TierRow>,
    slope: Option<Decimal>,
}

/// Reads the rows and checks them as a table.
pub(super) fn read(
    market: &Fields<'_, '_>,
    rows: &[Node<'_>],
    kind: Kind,
    basis: TierBasis,
    problems: &mut Problems,
) -> Option<TierTable> {
    let path = market.path.key("tiers");
    let rows = read_rows(rows, &path, kind, problems)?;
    let kind = match kind {
        Kind::Marginal => TierKind::Marginal,
        Kind::Flat => TierKind::Flat,
        Kind::Fixed => TierKind::Fixed,
        Kind::FactorOverLeverage => TierKind::FactorOverLeverage,
        Kind::Slope => TierKind::Slope(Exact::from_decimal(rows.slope.unwrap_or_default())),
    };
    let table = checked(kind, basis, &rows.rows, market.path, problems)?;
    compare_amounts(&table, &path, problems);
    Some(table)
}

/// The table of these rows, or what is wrong with them at the row it is wrong in.
pub(super) fn checked(
    kind: TierKind,
    basis: TierBasis,
    rows: &[TierRow],
    market: &Path<'_>,
    problems: &mut Problems,
) -> Option<TierTable> {
    let error = match TierTable::try_new(kind, basis, rows) {
        Ok(table) => return Some(table),
        Err(error) => error,
    };
    let tiers = market.key("tiers");
    let (row, key) = match error {
        TierError::Empty | TierError::OneRow => (None, None),
        TierError::MarginalByQuantity => {
            problems.add(
                &market.key("tier_basis"),
                Code::InvalidTiers,
                format_args!(
                    "{error}; state them, or write tier_kind \"flat\" or tier_basis \"notional\""
                ),
            );
            return None;
        }
        TierError::FirstFloor => (Some(1), Some("floor")),
        TierError::NotContiguous(row) => (Some(row), Some("floor")),
        TierError::CapNotAboveFloor(row) | TierError::OpenBeforeLast(row) => {
            (Some(row), Some("cap"))
        }
        TierError::RateFalls(row) | TierError::RateOutOfRange(row) => {
            (Some(row), Some("maintenance_margin_rate"))
        }
        TierError::LeverageRises(row) => (Some(row), Some("max_leverage")),
        TierError::NoAmount => (Some(1), Some("maintenance_amount")),
        TierError::SlopeFalls => (Some(1), Some("slope")),
        TierError::Overflow(row) => (Some(row), None),
    };
    let at_row = row.map(|row| tiers.row(row.saturating_sub(1)));
    let owner = at_row.as_ref().unwrap_or(&tiers);
    let path = key.map_or(*owner, |key| owner.key(key));
    problems.add(&path, Code::InvalidTiers, format_args!("{error}"));
    None
}

fn read_rows(
    nodes: &[Node<'_>],
    path: &Path<'_>,
    kind: Kind,
    problems: &mut Problems,
) -> Option<Rows> {
    let mut rows = Vec::with_capacity(nodes.len());
    let mut slope = None;
    for (index, node) in nodes.iter().enumerate() {
        let place = path.row(index);
        let is_last = index.saturating_add(1) == nodes.len();
        let row = Fields::of(node, &place, "a row of tiers", &TIER_KEYS, problems)
            .and_then(|fields| read_row(&fields, index == 0, is_last, kind, problems));
        if let Some((_, Some(per_unit))) = row {
            slope = Some(per_unit);
        }
        rows.push(row.map(|(row, _)| row));
    }
    let rows = rows.into_iter().collect::<Option<Vec<_>>>()?;
    Some(Rows { rows, slope })
}

fn read_row(
    row: &Fields<'_, '_>,
    is_first: bool,
    is_last: bool,
    kind: Kind,
    problems: &mut Problems,
) -> Option<(TierRow, Option<Decimal>)> {
    let given = row.number("floor", &TIER_AMOUNT, problems);
    let floor =
        if is_first { given.or(Decimal::ZERO) } else { row.needed("floor", given, problems) };
    let given = row.number("cap", &TIER_AMOUNT, problems).map(Some);
    if given.is_absent() && !is_last {
        row.miss("cap", ": only the last row may have no end", problems);
        return None;
    }
    let cap = given.or(None);
    let given = row.number("maintenance_margin_rate", &RATE, problems);
    let rate = match kind {
        Kind::Fixed => {
            if given.map(|rate| !rate.is_zero()).or(false) == Some(true) {
                not_here(row, "maintenance_margin_rate", kind, problems);
                return None;
            }
            given.or(Decimal::ZERO)
        }
        _ => row.needed("maintenance_margin_rate", given, problems),
    };
    let given = row.number("maintenance_amount", &TIER_AMOUNT, problems);
    if given.is_absent() && kind == Kind::Fixed {
        row.miss("maintenance_amount", ": the money to keep for each contract", problems);
        return None;
    }
    let amount = given.map(Some).or(None);
    let most = row.number("max_leverage", &LEVERAGE, problems).map(Some).or(None);
    let given = row.number("slope", &RATE, problems);
    let slope = match (kind, given.is_absent()) {
        (Kind::Slope, _) => row.needed("slope", given, problems).map(Some),
        (_, true) => Some(None),
        (_, false) => {
            not_here(row, "slope", kind, problems);
            None
        }
    };
    let row = TierRow {
        floor: Exact::from_decimal(floor?),
        cap: cap?.map(Exact::from_decimal),
        maintenance_margin_rate: Rate::from_decimal(rate?),
        maintenance_amount: amount?.map(Money::from_decimal),
        max_leverage: most?.map(Leverage::from_decimal),
    };
    Some((row, slope?))
}

/// Says that a key of a row has no meaning in a table of this kind.
fn not_here(row: &Fields<'_, '_>, key: &str, kind: Kind, problems: &mut Problems) {
    let kind = word_for(&TIER_KINDS, &kind);
    let message = format_args!("{key} has no meaning with tier_kind \"{kind}\"; leave it out");
    problems.add(&row.path.key(key), Code::NotApplicable, message);
}

/// Says where the table states another amount than its edges give.
fn compare_amounts(table: &TierTable, path: &Path<'_>, problems: &mut Problems) {
    for (index, tier) in table.tiers().iter().enumerate() {
        let Some(stated) = tier.stated_amount else {
            continue;
        };
        let written = |amount: &Money| super::figure::written(amount.exact()).unwrap_or_default();
        let (stated, used) = (written(&stated), written(&tier.maintenance_amount));
        let row = path.row(index);
        let why = match table.kind() {
            TierKind::Marginal => "the edges and rates of the table give",
            _ => "only a marginal or fixed table has amounts; used is",
        };
        problems.add(
            &row.key("maintenance_amount"),
            Code::AmountDiffers,
            format_args!(
                "the table states {stated}; {why} {used}, and the answer is made with that"
            ),
        );
    }
}
