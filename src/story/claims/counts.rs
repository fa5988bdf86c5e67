//! What the newest rules of all venues say of the process, counted.

use crate::changing::open_interest_rule;
use crate::quantity::{Exact, Money};
use crate::venue::{LeftOver, LiquidationFee, PartialLiquidation, Profile};
use crate::words::{Pen, month};

use super::figures::Figure;
use super::venues::newest;

/// Who, what, and of which date.
pub(super) fn row(profile: &Profile, value: String) -> [String; 3] {
    [profile.name.to_owned(), value, month(&profile.source.as_of)]
}

fn count(holds: impl Fn(&Profile) -> bool) -> usize {
    newest().filter(|profile| holds(profile)).count()
}

/// How much is closed at a time.
pub(super) fn parts() -> String {
    let by = |test: fn(&PartialLiquidation) -> bool| count(|it| test(&it.partial_liquidation));
    format!(
        "Of {} sets of rules kept here, {} close by tiers, {} in small steps, {} by a share with a \
         pause, {} all at once; of {} it is not known.",
        newest().count(),
        by(|it| matches!(it, PartialLiquidation::OneTier | PartialLiquidation::TwoTiers)),
        by(|it| matches!(it, PartialLiquidation::SmallSteps)),
        by(|it| matches!(it, PartialLiquidation::Fraction { .. })),
        by(|it| matches!(it, PartialLiquidation::None)),
        by(|it| matches!(it, PartialLiquidation::NotKnown)),
    )
}

/// Who keeps what is left above bankruptcy.
pub(super) fn remainders() -> String {
    let by = |who: LeftOver| count(|it| it.left_over == who);
    format!(
        "Of {} sets of rules kept here, {} give what is left back to the holder and {} to the \
         insurance fund; of {} it is not known.",
        newest().count(),
        by(LeftOver::Holder),
        by(LeftOver::Fund),
        by(LeftOver::NotKnown)
    )
}

/// What a liquidation costs, where that is known.
pub(super) fn fees(pen: &Pen) -> Option<Figure> {
    let (mut highest, mut none) = (Exact::ZERO, 0_usize);
    let mut rows = Vec::new();
    for profile in newest() {
        let (rate, words) = match &profile.liquidation_fee {
            LiquidationFee::NotKnown => continue,
            LiquidationFee::None => (Exact::ZERO, "none".to_owned()),
            LiquidationFee::Of(rate) => (*rate.exact(), pen.rate(rate.exact())),
            LiquidationFee::AtMost(rate) => {
                (*rate.exact(), format!("at most {}", pen.rate(rate.exact())))
            }
        };
        none = none.saturating_add(usize::from(rate.is_zero()));
        highest = highest.larger(rate).ok()?;
        rows.push(row(profile, words));
    }
    let sentence = format!(
        "From none, in {none} of the {} sets of rules that state one, to {}:",
        rows.len(),
        pen.rate(&highest)
    );
    Some(Figure { sentence, rows, ..Figure::default() })
}

/// The one documented rule that follows open interest, half-way between its caps.
pub(super) fn documented(pen: &Pen) -> Option<String> {
    let rule = open_interest_rule()?;
    let (low, high) = (rule.caps.lower.exact(), rule.caps.upper.exact());
    let half = low.plus(high).ok()?.over(&Exact::from_integer(2)).ok()?;
    let at = rule.at(&Money::from_exact(half)).ok()?;
    let millions =
        |amount: &Exact| Some(pen.short(&amount.over(&Exact::from_integer(1_000_000)).ok()?, 6));
    Some(format!(
        "By that documented rule an initial rate of {} becomes {} with open interest half-way between \
         caps of {} and {} million. The maintenance rate stays at {}.",
        pen.rate(rule.base_initial_rate.exact()),
        pen.rate(at.initial_rate.exact()),
        millions(low)?,
        millions(high)?,
        pen.rate(at.maintenance_rate.exact())
    ))
}
