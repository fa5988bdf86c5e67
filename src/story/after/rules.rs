//! The rules in force: what a venue documents, and what the reader has put in its place.

use core::num::NonZeroUsize;

use crate::process::{Cancels, Freed, Partial, ProcessRules, SweepLimit, Unfilled};
use crate::quantity::{Exact, Rate, Ratio};
use crate::takeover::{FeeTaker, Ranking, Remainder, StepDown};
use crate::venue::{
    FeeReceiver, LeftOver, LiquidationFee, OrdersCancelled, PartialLiquidation, QueueOrder, Rest,
    VenueProcess,
};

/// What the machine is told of a documented process; a rule that no document states is absent.
pub fn rules_of(process: &VenueProcess) -> ProcessRules {
    let mut rules = ProcessRules::unknown(
        process.id.to_owned(),
        process.name.to_owned(),
        process.source.clone(),
    );
    process.note.clone_into(&mut rules.note);
    rules.warning_ratio = process.warning_ratio;
    rules.dwell_ms = Some(u64::from(process.dwell_seconds).saturating_mul(1000));
    rules.cancels = match process.orders {
        OrdersCancelled::Position => Some(Cancels::OfPosition),
        OrdersCancelled::Account => Some(Cancels::OfAccount),
        OrdersCancelled::NotKnown => None,
    };
    rules.partial = match process.partial_liquidation {
        PartialLiquidation::None => Some(Partial::All),
        PartialLiquidation::OneTier => Some(tiers(1)),
        PartialLiquidation::TwoTiers => Some(tiers(2)),
        PartialLiquidation::Fraction { share, above, pause_seconds } => Some(Partial::Share {
            share,
            above,
            pause_ms: u64::from(pause_seconds).saturating_mul(1000),
        }),
        PartialLiquidation::SmallSteps => Some(Partial::SmallSteps { share: None }),
        PartialLiquidation::NotKnown => None,
    };
    rules.fee_rate = match process.liquidation_fee {
        LiquidationFee::NotKnown => None,
        LiquidationFee::None => Some(Rate::from_exact(Exact::ZERO)),
        LiquidationFee::Of(rate) | LiquidationFee::AtMost(rate) => Some(rate),
    };
    rules.fee_taker = Some(match process.fee_receiver {
        FeeReceiver::Venue => FeeTaker::Venue,
        FeeReceiver::Fund => FeeTaker::Fund,
    });
    rules.remainder = match process.left_over {
        LeftOver::Holder => Some(Remainder::ToHolder),
        LeftOver::Fund => Some(Remainder::ToFund),
        LeftOver::NotKnown => None,
    };
    // Who takes the rest at bankruptcy takes what no order could fill better; a venue with a backstop
    // sends market orders first, and hands over only what has sunk further.
    (rules.unfilled, rules.limit) = match process.rest {
        Rest::Fund => (Some(Unfilled::Fund), None),
        Rest::Assigned => (Some(Unfilled::Fund), Some(SweepLimit::Bankruptcy)),
        Rest::Backstop(share) => {
            let below = Ratio::from_exact(*share.exact());
            (Some(Unfilled::Backstop { below }), Some(SweepLimit::Market))
        }
    };
    rules.ranking = match process.queue {
        QueueOrder::ProfitTimesLeverage => Some(Ranking::ProfitTimesLeverage),
        QueueOrder::ProfitShareTimesLeverage => Some(Ranking::ProfitShareTimesLeverage),
        QueueOrder::NotKnown => None,
    };
    rules
}

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

/// Where the margin of cancelled orders goes, as a reader chooses it: no venue's files say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum FreedTo {
    /// To the wallet.
    #[default]
    Wallet,
    /// To the position.
    Position,
}

impl FreedTo {
    pub(super) fn of(key: &str) -> Self {
        if key == "position" { Self::Position } else { Self::Wallet }
    }

    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::Wallet => "wallet",
            Self::Position => "position",
        }
    }

    /// Nothing is said to be documented that is not.
    pub(super) const fn rule(self) -> Option<Freed> {
        match self {
            Self::Wallet => None,
            Self::Position => Some(Freed::ToPosition),
        }
    }
}
