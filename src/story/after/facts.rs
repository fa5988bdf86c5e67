//! Rules in words, for the log, the rules in force and the comparison.

use crate::process::{
    Cancels, HandedOver, Partial, ProcessRules, SMALL_STEP, SweepLimit, Unfilled,
};
use crate::quantity::{Rate, Rounding};
use crate::takeover::{FeeTaker, Ranking, Remainder, StepDown};
use crate::words::Pen;

/// A rule: what it is about, what a document states, and what is done where none does.
pub(super) struct Fact {
    pub(super) about: &'static str,
    pub(super) stated: Option<String>,
    pub(super) otherwise: String,
}

fn fact<T>(
    about: &'static str,
    stated: Option<&T>,
    done: &T,
    words: impl Fn(&T) -> String,
) -> Fact {
    Fact { about, stated: stated.map(&words), otherwise: words(done) }
}

/// Cancels, how much, the rest, the fee, who keeps what is left, the queue.
pub(super) fn facts(rules: &ProcessRules, pen: &Pen) -> [Fact; 6] {
    let takeover = rules.takeover();
    [
        fact("Cancels first", rules.cancels.as_ref(), &rules.cancels(), |it| cancels(*it).into()),
        closes(rules, pen),
        fact("What the book does not take", rules.unfilled.as_ref(), &rules.unfilled(), |it| {
            unfilled(it, rules.limit(), pen)
        }),
        fact("Fee", rules.fee_rate.as_ref(), &takeover.liquidation_fee_rate, |it| {
            fee(it, rules.fee_taker, pen)
        }),
        fact("Keeps what is left", rules.remainder.as_ref(), &takeover.remainder, |it| match it {
            Remainder::ToHolder => "you".into(),
            Remainder::ToFund => "the fund".into(),
        }),
        Fact {
            about: "Auto-deleveraging",
            stated: deleverages(rules),
            otherwise: ranking(rules.ranking()).into(),
        },
    ]
}

/// How much at a time, and what of it the book is not asked for.
fn closes(rules: &ProcessRules, pen: &Pen) -> Fact {
    let mut fact = fact("Closes", rules.partial.as_ref(), &rules.partial(), |it| partial(it, pen));
    if let Some(handed) = rules.handed_over.as_ref().map(handed_over) {
        fact.otherwise = format!("{}; {handed}", fact.otherwise);
        fact.stated = Some(fact.stated.map_or(handed.clone(), |text| format!("{text}; {handed}")));
    }
    fact
}

pub(super) fn handed_over(handed: &HandedOver) -> String {
    match handed {
        HandedOver::Excess => "what exceeds it goes at bankruptcy, not to the book".into(),
        HandedOver::Lowest { tier, or_below_first } => {
            let tiers =
                if tier.get() == 1 { "tier 1".into() } else { format!("tiers 1 to {tier}") };
            let or = if *or_below_first { ", or with no more left than tier 1 asks," } else { "" };
            format!("in {tiers}{or} handed over whole at bankruptcy")
        }
    }
}

/// What documents state of auto-deleveraging; absent where none names it.
pub(super) fn deleverages(rules: &ProcessRules) -> Option<String> {
    match rules.ranking {
        Some(known) => Some(ranking(known).into()),
        None if rules.deleverages => {
            Some(format!("yes; order not documented, here {}", ranking(rules.ranking())))
        }
        None => None,
    }
}

pub(super) const fn cancels(which: Cancels) -> &'static str {
    match which {
        Cancels::Nothing => "nothing",
        Cancels::OfPosition => "the position\u{2019}s orders",
        Cancels::OfAccount => "all orders of the account",
    }
}

pub(super) fn partial(partial: &Partial, pen: &Pen) -> String {
    match partial {
        Partial::All => "all at once".into(),
        Partial::Tiers(StepDown::By(count)) if count.get() == 1 => "down a tier at a time".into(),
        Partial::Tiers(StepDown::By(count)) => format!("down {count} tiers at a time"),
        Partial::Tiers(StepDown::ToFirstFrom(tier)) => {
            format!("down to the first tier, from tier {tier} on")
        }
        Partial::Share { share, above, pause_ms } => format!(
            "{} of it above {}, the rest {} s later",
            pen.rate(share.exact()),
            pen.brief(above),
            pause_ms / 1000
        ),
        Partial::SmallSteps { share: Some(share) } => {
            format!("{} at a time, until it is enough", pen.rate(share.exact()))
        }
        Partial::SmallSteps { share: None } => {
            format!("small steps until it is enough; {SMALL_STEP}\u{202f}% each here")
        }
    }
}

pub(super) fn unfilled(unfilled: &Unfilled, limit: SweepLimit, pen: &Pen) -> String {
    match unfilled {
        Unfilled::Fund if limit == SweepLimit::Market => {
            "sold at any price, the rest to the fund".into()
        }
        Unfilled::Fund => "taken over at bankruptcy".into(),
        Unfilled::Backstop { below } => format!(
            "offered again; below {} of the minimum a backstop takes all",
            pen.percent(below.exact(), 1, Rounding::HalfEven)
        ),
    }
}

fn fee(rate: &Rate, taker: Option<FeeTaker>, pen: &Pen) -> String {
    if rate.exact().is_zero() {
        return "none".into();
    }
    let to = match taker {
        Some(FeeTaker::Venue) => ", to the venue",
        Some(FeeTaker::Fund) => ", to the fund",
        None => "",
    };
    format!("{}{to}", pen.rate(rate.exact()))
}

pub(super) const fn ranking(ranking: Ranking) -> &'static str {
    match ranking {
        Ranking::ProfitOverBalance => "by profit over margin",
        Ranking::ProfitTimesLeverage => "by profit times leverage",
        Ranking::ProfitShareTimesLeverage => "by share of profit times leverage",
    }
}
