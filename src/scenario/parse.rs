//! Draft to scenario: a valid question, or what is wrong with which field.

use rust_decimal::Decimal;

use crate::quantity::{Exact, Leverage, Money, Price, Rate, Ratio, Size};
use crate::text::{ParseError, parse};
use crate::venue::{Catalog, ContractKind, MaintenanceFee, Source, TierTable, VenueRules};

use super::draft::{Draft, RuleChoice};
use super::field::{FieldId, Limits};
use super::scenario::{MarginMode, Market, Position, PositionMargin, Scenario};

/// Why a field cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The text is not a number.
    Unreadable(ParseError),
    /// A percent or times sign where it has no meaning.
    WrongSign,
    /// Below what is accepted.
    TooSmall(Limits),
    /// Above what is accepted.
    TooLarge(Limits),
    /// More digits after the decimal sign than are accepted.
    TooManyDecimals(Limits),
}

/// One field and what is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Which field.
    pub field: FieldId,
    /// What is wrong.
    pub fault: Fault,
}

/// What a field was read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldValue {
    /// The number, in the unit of the field: percent fields hold percent.
    pub value: Decimal,
    /// Whether the reading has to be shown.
    pub ambiguous: bool,
}

/// A draft, read.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The question; absent while a field it needs has a problem.
    pub scenario: Option<Scenario>,
    /// What is wrong, in the order of the fields.
    pub problems: Vec<Problem>,
    values: [Option<FieldValue>; FieldId::ALL.len()],
}

impl Reading {
    /// What a field was read as, if it could be.
    pub fn value(&self, field: FieldId) -> Option<FieldValue> {
        self.values.get(field.index()).copied().flatten()
    }

    /// What is wrong with a field.
    pub fn fault(&self, field: FieldId) -> Option<Fault> {
        let problem = self.problems.iter().find(|problem| problem.field == field);
        problem.map(|problem| problem.fault)
    }
}

/// Reads a draft. Never fails: it yields a scenario or problems.
pub fn read(draft: &Draft, catalog: &Catalog) -> Reading {
    let mut reading =
        Reading { scenario: None, problems: Vec::new(), values: [None; FieldId::ALL.len()] };
    for field in FieldId::ALL {
        if field == FieldId::FlatRate && draft.rules != RuleChoice::SingleRate {
            continue;
        }
        match read_field(field, draft) {
            Ok(value) => {
                if let Some(slot) = reading.values.get_mut(field.index()) {
                    *slot = Some(value);
                }
            }
            Err(fault) => reading.problems.push(Problem { field, fault }),
        }
    }
    if reading.problems.is_empty() {
        reading.scenario = assemble(draft, &reading, catalog);
    }
    reading
}

fn read_field(field: FieldId, draft: &Draft) -> Result<FieldValue, Fault> {
    let parsed = parse(draft.text(field), draft.numbers).map_err(Fault::Unreadable)?;
    if !field.takes(parsed.suffix) {
        return Err(Fault::WrongSign);
    }
    let (value, limits) = (parsed.value.normalize(), field.limits());
    let enough = limits.least < value || (limits.least_included && limits.least == value);
    if !enough {
        return Err(Fault::TooSmall(limits));
    }
    if limits.most < value {
        return Err(Fault::TooLarge(limits));
    }
    if limits.decimals < value.scale() {
        return Err(Fault::TooManyDecimals(limits));
    }
    Ok(FieldValue { value: parsed.value, ambiguous: parsed.ambiguous })
}

fn assemble(draft: &Draft, reading: &Reading, catalog: &Catalog) -> Option<Scenario> {
    let value = |field| reading.value(field).map(|read| read.value);
    let fraction = |field| {
        let percent = Exact::from_decimal(value(field)?);
        percent.over(&Exact::from_integer(100)).ok()
    };
    let listing = catalog.listing(draft.coin)?;
    let (tiers, source) = match draft.rules {
        RuleChoice::Table(id) => {
            (catalog.table(id, draft.coin)?.clone(), catalog.table_info(id)?.source.clone())
        }
        RuleChoice::SingleRate => (
            TierTable::single_rate(Rate::from_exact(fraction(FieldId::FlatRate)?)).ok()?,
            Source { origin: String::new(), as_of: String::new() },
        ),
    };
    let rules = VenueRules {
        tick_size: Some(listing.tick_size),
        maintenance_fee: MaintenanceFee::CloseAtMark(Rate::from_exact(fraction(
            FieldId::CloseFee,
        )?)),
        warning_ratio: Ratio::from_exact(fraction(FieldId::WarningRatio)?),
        ..VenueRules::plain(ContractKind::Linear, tiers, source)
    };
    Some(Scenario {
        margin_mode: MarginMode::Isolated { wallet_balance: None },
        markets: vec![Market {
            name: listing.symbol.to_owned(),
            rules,
            mark_price: Price::from_decimal(value(FieldId::MarkPrice)?),
        }],
        positions: vec![Position {
            market: 0,
            side: draft.side,
            quantity: Size::from_decimal(value(FieldId::Quantity)?),
            entry_price: Price::from_decimal(value(FieldId::EntryPrice)?),
            leverage: Some(Leverage::from_decimal(value(FieldId::Leverage)?)),
            margin: PositionMargin::InitialPlus(Money::from_exact(Exact::ZERO)),
        }],
    })
}
