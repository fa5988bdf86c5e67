//! Steppers, arrow keys and handles: from what a field holds to the text it holds next.

use rust_decimal::Decimal;

use crate::quantity::{Exact, Overflow, Rounding};
use crate::text::grouped;
use crate::venue::{Catalog, Listing};

use super::draft::{Draft, RuleChoice};
use super::field::{FieldId, Unit};

/// How far one step goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount {
    /// An arrow key or a stepper button.
    Step,
    /// An arrow key with Shift.
    Fine,
    /// Page Up and Page Down.
    Page,
}

/// Which way a step goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// To a higher value.
    Up,
    /// To a lower value.
    Down,
}

/// The highest leverage that the slider offers where the table does not say.
const USUAL_MAX_LEVERAGE: i64 = 125;

/// The highest leverage that the chosen table offers at any size.
pub fn highest_leverage(draft: &Draft, catalog: &Catalog) -> Exact {
    let table = match draft.rules {
        RuleChoice::Table(id) => catalog.table(id, draft.coin),
        RuleChoice::SingleRate => None,
    };
    table
        .and_then(|table| table.max_leverage())
        .map_or(Exact::from_integer(USUAL_MAX_LEVERAGE), |max| *max.exact())
}

/// The text after one step. Absent when the field cannot be read, so that nothing typed is lost, or
/// when the step leads outside what the field accepts.
pub fn moved(
    draft: &Draft,
    catalog: &Catalog,
    field: FieldId,
    amount: Amount,
    direction: Direction,
) -> Option<String> {
    let listing = catalog.listing(draft.coin)?;
    let current = draft.number(field)?;
    let next = step_to(draft, catalog, listing, field, current, amount, direction).ok()?;
    let scale = match (field.unit(), amount) {
        (Unit::Times | Unit::Percent, Amount::Fine) => current.scale().max(1),
        // An end of the scale may need a digit more.
        (Unit::Times | Unit::Percent, _) => next.decimals(10).unwrap_or(0).max(current.scale()),
        (Unit::Price, _) => current.scale().max(listing.tick_places),
        (Unit::Coins, Amount::Fine) => current.scale().max(listing.quantity_places),
        (Unit::Coins, _) => next.decimals(12).unwrap_or(12).max(current.scale()),
    };
    let value = next.round(scale, Rounding::HalfEven).ok()?;
    let limits = field.limits();
    let inside = (limits.least < value || (limits.least_included && limits.least == value))
        && value <= limits.most;
    inside.then(|| grouped(value, draft.numbers))
}

fn step_to(
    draft: &Draft,
    catalog: &Catalog,
    listing: &Listing,
    field: FieldId,
    current: Decimal,
    amount: Amount,
    direction: Direction,
) -> Result<Exact, Overflow> {
    let current = Exact::from_decimal(current);
    let (step, least, most) = match field.unit() {
        Unit::Price => {
            let tick = *listing.tick_size.exact();
            let entry = draft.number(FieldId::EntryPrice).map_or(current, Exact::from_decimal);
            // Half a percent and two percent of entry, on the tick.
            let share = |thousandths: i64| {
                entry
                    .times(&Exact::from_integer(thousandths))?
                    .over(&Exact::from_integer(1000))?
                    .to_step(&tick, Rounding::HalfEven)?
                    .larger(tick)
            };
            let step = match amount {
                Amount::Fine => tick,
                Amount::Step => share(5)?,
                Amount::Page => share(20)?,
            };
            (step, tick, Exact::from_decimal(field.limits().most))
        }
        Unit::Coins => {
            let unit = *listing.quantity_step.exact();
            let share = |hundredths: i64| {
                current
                    .times(&Exact::from_integer(hundredths))?
                    .over(&Exact::from_integer(100))?
                    .to_step(&unit, Rounding::HalfEven)?
                    .larger(unit)
            };
            let step = match amount {
                Amount::Fine => unit,
                Amount::Step => share(5)?,
                Amount::Page => share(25)?,
            };
            (step, unit, Exact::from_decimal(field.limits().most))
        }
        Unit::Times => {
            let step = plain_step(amount, 5)?;
            (step, Exact::ONE, highest_leverage(draft, catalog))
        }
        Unit::Percent => {
            let least = if field.limits().least_included {
                Exact::ZERO
            } else {
                Exact::ONE.over(&Exact::from_integer(10))?
            };
            let most = Exact::from_decimal(field.limits().most);
            (plain_step(amount, 10)?, least, most)
        }
    };
    // A bound stops a step that would cross it; a value already outside moves freely.
    match direction {
        Direction::Up => {
            let next = current.plus(&step)?;
            if current.is_at_most(&most)? { next.smaller(most) } else { Ok(next) }
        }
        Direction::Down => {
            let next = current.minus(&step)?;
            if least.is_at_most(&current)? { next.larger(least) } else { Ok(next) }
        }
    }
}

fn plain_step(amount: Amount, page: i64) -> Result<Exact, Overflow> {
    match amount {
        Amount::Fine => Exact::ONE.over(&Exact::from_integer(10)),
        Amount::Step => Ok(Exact::ONE),
        Amount::Page => Ok(Exact::from_integer(page)),
    }
}

/// The text of a value that a handle was put at: prices and sizes on the venue's step, leverage to
/// a tenth.
pub fn placed(draft: &Draft, catalog: &Catalog, field: FieldId, value: &Exact) -> Option<String> {
    let listing = catalog.listing(draft.coin)?;
    let (value, places) = match field.unit() {
        Unit::Price => {
            let tick = listing.tick_size.exact();
            let on_tick = value.to_step(tick, Rounding::HalfEven).ok()?.larger(*tick).ok()?;
            (on_tick, listing.tick_places)
        }
        Unit::Coins => {
            let unit = listing.quantity_step.exact();
            let on_step = value.to_step(unit, Rounding::HalfEven).ok()?.larger(*unit).ok()?;
            (on_step, on_step.decimals(12).unwrap_or(listing.quantity_places))
        }
        Unit::Times | Unit::Percent => {
            let tenth = Exact::ONE.over(&Exact::from_integer(10)).ok()?;
            let rounded = value.to_step(&tenth, Rounding::HalfEven).ok()?;
            (rounded, rounded.decimals(1).unwrap_or(1))
        }
    };
    Some(grouped(value.round(places, Rounding::HalfEven).ok()?, draft.numbers))
}

/// The text of a field once the reader leaves it: the same number in the reader's style, a price
/// with all the digits of its tick. Absent when it cannot be read, so that it stays as typed.
pub fn committed(draft: &Draft, catalog: &Catalog, field: FieldId) -> Option<String> {
    let listing = catalog.listing(draft.coin)?;
    let value = draft.number(field)?;
    let places = match field.unit() {
        Unit::Price => value.scale().max(listing.tick_places),
        Unit::Coins | Unit::Times | Unit::Percent => value.scale(),
    };
    let value = Exact::from_decimal(value).round(places, Rounding::HalfEven).ok()?;
    Some(grouped(value, draft.numbers))
}
