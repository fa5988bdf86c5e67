//! The examples a reader can start from, all on real markets.

use crate::quantity::Side;
use crate::venue::{ARTICLE_TABLE, USUAL_TABLE};

use super::draft::{Draft, RuleChoice};
use super::field::FieldId;

/// An example.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    /// A small Bitcoin position in the first tier.
    Bitcoin,
    /// A small coin whose tiers are steep enough to see: ZEC opens in tier 2 and is closed in tier 1.
    SteepTiers,
    /// A Bitcoin short that grows into the next tier as it loses.
    LargeShort,
    /// The article's 100x on the article's own table.
    Article,
}

impl Preset {
    /// Every example, in the order they are offered.
    pub const ALL: [Self; 4] = [Self::Bitcoin, Self::SteepTiers, Self::LargeShort, Self::Article];

    /// The name in links.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Bitcoin => "btc",
            Self::SteepTiers => "alt",
            Self::LargeShort => "large-short",
            Self::Article => "article",
        }
    }

    /// The example of that name.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|preset| preset.key() == key)
    }

    /// The example's draft. Prices are the snapshot the article's page carried; the mark stands at
    /// entry.
    pub fn draft(self) -> Draft {
        let (coin, side, rules, quantity, price, leverage) = match self {
            Self::Bitcoin => ("BTC", Side::Long, USUAL_TABLE, "0.1", "87959.9", "10"),
            Self::SteepTiers => ("ZEC", Side::Long, USUAL_TABLE, "40", "521.48", "10"),
            Self::LargeShort => ("BTC", Side::Short, USUAL_TABLE, "780", "87959.9", "20"),
            Self::Article => ("BTC", Side::Long, ARTICLE_TABLE, "0.1", "87959.9", "100"),
        };
        let mut draft = Draft::new(coin, side, RuleChoice::Table(rules));
        draft.set(FieldId::Quantity, quantity.into());
        draft.set(FieldId::EntryPrice, price.into());
        draft.set(FieldId::MarkPrice, price.into());
        draft.set(FieldId::Leverage, leverage.into());
        let numbers = draft.numbers;
        draft.restyle(numbers);
        draft
    }
}
