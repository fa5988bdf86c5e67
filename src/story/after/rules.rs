//! What a reader may put in the place of a venue's rules.

use core::num::NonZeroUsize;

use crate::process::{Freed, Partial};
use crate::takeover::{Ranking, StepDown};

use super::facts::ranking;

/// What a reader may choose instead of the rules: with its key and what a reader calls it.
pub(super) type Choices<T, const N: usize> = [(Option<T>, &'static str, &'static str); N];

const ONE: NonZeroUsize = NonZeroUsize::MIN;

/// How much is closed at a time.
pub(super) const PORTIONS: Choices<Partial, 5> = [
    (None, "venue", RULES_OWN),
    (Some(Partial::All), "all", "all at once"),
    (Some(Partial::Tiers(StepDown::By(ONE))), "tier", "down one tier at a time"),
    (
        Some(Partial::Tiers(StepDown::By(ONE.saturating_add(1)))),
        "tiers",
        "down two tiers at a time",
    ),
    (Some(Partial::SmallSteps { share: None }), "steps", "in small steps until it is enough"),
];

/// Where the margin of cancelled orders goes.
pub(super) const FREED: Choices<Freed, 3> = [
    (None, "venue", RULES_OWN),
    (Some(Freed::ToWallet), "wallet", "goes to the wallet"),
    (Some(Freed::ToPosition), "position", "backs the position"),
];

/// Who of the winners is closed first.
pub(super) const RANKINGS: Choices<Ranking, 4> = [
    (None, "venue", RULES_OWN),
    (Some(OVER_BALANCE), "balance", ranking(OVER_BALANCE)),
    (Some(TIMES_LEVERAGE), "leverage", ranking(TIMES_LEVERAGE)),
    (Some(SHARE_TIMES_LEVERAGE), "share", ranking(SHARE_TIMES_LEVERAGE)),
];

const RULES_OWN: &str = "as these rules say";
const OVER_BALANCE: Ranking = Ranking::ProfitOverBalance;
const TIMES_LEVERAGE: Ranking = Ranking::ProfitTimesLeverage;
const SHARE_TIMES_LEVERAGE: Ranking = Ranking::ProfitShareTimesLeverage;

/// What a key chooses; absent for the rules' own.
pub(super) fn chosen<T: Copy, const N: usize>(list: &Choices<T, N>, key: &str) -> Option<T> {
    list.iter().find(|(_, known, _)| *known == key).and_then(|(it, ..)| *it)
}

/// The key of a choice.
pub(super) fn key_of<T: Copy + PartialEq, const N: usize>(
    list: &Choices<T, N>,
    choice: Option<T>,
) -> &'static str {
    list.iter().find(|(known, ..)| *known == choice).map_or("venue", |(_, key, _)| key)
}
