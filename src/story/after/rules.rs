//! The rules in force: what a venue documents, and what the reader has put in its place.

use core::num::NonZeroUsize;

use crate::process::{Freed, Partial};
use crate::takeover::{Ranking, StepDown};

/// Down so many tiers; at least one.
fn tiers(count: usize) -> Partial {
    Partial::Tiers(StepDown::By(NonZeroUsize::new(count).unwrap_or(NonZeroUsize::MIN)))
}

/// How much is closed at a time, as a reader may choose it instead of the venue's rule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Portion {
    /// As the venue's rule has it.
    #[default]
    Venue,
    /// All of it.
    All,
    /// Down one tier at a time.
    Tier,
    /// Down two tiers at a time.
    TwoTiers,
    /// In small steps.
    Steps,
}

impl Portion {
    /// Every choice with its key and what a reader calls it.
    pub(super) const ALL: [(Self, &'static str, &'static str); 5] = [
        (Self::Venue, "venue", "as these rules say"),
        (Self::All, "all", "all at once"),
        (Self::Tier, "tier", "down one tier at a time"),
        (Self::TwoTiers, "tiers", "down two tiers at a time"),
        (Self::Steps, "steps", "in small steps until it is enough"),
    ];

    pub(super) fn of(key: &str) -> Self {
        Self::ALL.iter().find(|(_, known, _)| *known == key).map_or(Self::Venue, |(it, ..)| *it)
    }

    pub(super) fn key(self) -> &'static str {
        Self::ALL.iter().find(|(it, ..)| *it == self).map_or("venue", |(_, key, _)| key)
    }

    /// The rule to put in place; absent where the venue's stays.
    pub(super) fn rule(self) -> Option<Partial> {
        Some(match self {
            Self::Venue => return None,
            Self::All => Partial::All,
            Self::Tier => tiers(1),
            Self::TwoTiers => tiers(2),
            Self::Steps => Partial::SmallSteps { share: None },
        })
    }
}

/// Where the margin of cancelled orders goes, as a reader may choose it instead of the rules: with its
/// key and what a reader calls it.
pub(super) const FREED: [(Option<Freed>, &str, &str); 3] = [
    (None, "venue", "as these rules say"),
    (Some(Freed::ToWallet), "wallet", "goes to the wallet"),
    (Some(Freed::ToPosition), "position", "backs the position"),
];

/// Who of the winners is closed first, likewise.
pub(super) const RANKINGS: [(Option<Ranking>, &str, &str); 4] = [
    (None, "venue", "as these rules say"),
    (Some(Ranking::ProfitOverBalance), "balance", "by profit over margin"),
    (Some(Ranking::ProfitTimesLeverage), "leverage", "by profit times leverage"),
    (Some(Ranking::ProfitShareTimesLeverage), "share", "by share of profit times leverage"),
];

/// What a key chooses; absent for the rules' own.
pub(super) fn chosen<T: Copy>(list: &[(Option<T>, &str, &str)], key: &str) -> Option<T> {
    list.iter().find(|(_, known, _)| *known == key).and_then(|(it, ..)| *it)
}

pub(super) fn key_of<T: Copy + PartialEq>(
    list: &[(Option<T>, &'static str, &str)],
    choice: Option<T>,
) -> &'static str {
    list.iter().find(|(known, ..)| *known == choice).map_or("venue", |(_, key, _)| key)
}
