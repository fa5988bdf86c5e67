//! What the reader has typed and chosen, exactly as it stands on the page.

use rust_decimal::Decimal;

use crate::quantity::{Side, read_digits};
use crate::text::{NumberStyle, grouped, parse};
use crate::venue::{Catalog, Listing};

use super::field::FieldId;

/// Which tier table applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleChoice {
    /// A table of the catalog, by its id.
    Table(&'static str),
    /// One rate for every size, typed by the reader.
    SingleRate,
}

/// Raw text for each field, and the choices beside them. Text is never altered behind the reader's
/// back: what cannot be read stays as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The coin, such as `BTC`.
    pub coin: &'static str,
    /// Long or short.
    pub side: Side,
    /// Which tiers apply.
    pub rules: RuleChoice,
    /// How numbers are written and read.
    pub numbers: NumberStyle,
    texts: [String; FieldId::ALL.len()],
}

impl Draft {
    /// A draft with the usual call threshold and no fee.
    pub(super) fn new(coin: &'static str, side: Side, rules: RuleChoice) -> Self {
        let mut draft =
            Self { coin, side, rules, numbers: NumberStyle::default(), texts: Default::default() };
        draft.set(FieldId::FlatRate, "0.5".into());
        draft.set(FieldId::CloseFee, "0".into());
        draft.set(FieldId::WarningRatio, "80".into());
        draft
    }

    /// The text of a field.
    pub fn text(&self, field: FieldId) -> &str {
        self.texts.get(field.index()).map_or("", String::as_str)
    }

    /// The number in a field, whether or not the field accepts it; absent when it cannot be read.
    pub(super) fn number(&self, field: FieldId) -> Option<Decimal> {
        let parsed = parse(self.text(field), self.numbers).ok()?;
        field.takes(parsed.suffix).then_some(parsed.value)
    }

    /// Replaces the text of a field.
    pub fn set(&mut self, field: FieldId, text: String) {
        if let Some(slot) = self.texts.get_mut(field.index()) {
            *slot = text;
        }
    }

    /// Chooses a coin and moves both prices to its snapshot; a table that does not list the coin
    /// gives way to the first that does.
    pub fn choose_coin(&mut self, listing: &Listing, catalog: &Catalog) {
        self.coin = listing.coin;
        let price = grouped(snapshot(listing), self.numbers);
        self.set(FieldId::EntryPrice, price.clone());
        self.set(FieldId::MarkPrice, price);
        if let RuleChoice::Table(id) = self.rules
            && catalog.table(id, listing.coin).is_none()
        {
            let listed = catalog
                .tables()
                .iter()
                .find(|table| catalog.table(table.id, listing.coin).is_some());
            self.rules = listed.map_or(RuleChoice::SingleRate, |table| RuleChoice::Table(table.id));
        }
    }

    /// Writes every readable number in another style; what cannot be read stays as it is.
    pub fn restyle(&mut self, numbers: NumberStyle) {
        for field in FieldId::ALL {
            if let Some(value) = self.number(field) {
                self.set(field, grouped(value, numbers));
            }
        }
        self.numbers = numbers;
    }
}

fn snapshot(listing: &Listing) -> Decimal {
    read_digits(listing.snapshot_text).unwrap_or_default()
}
