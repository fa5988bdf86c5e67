//! What the newest rules of all venues say of the process, counted.

use crate::quantity::{Exact, Money, Overflow, Rate};
use crate::takeover::{OpenInterestCaps, maintenance_rate, scaled_initial_rate};
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
pub(super) fn scaled(pen: &Pen) -> Option<String> {
    let words = || -> Result<String, Overflow> {
        let percent = |n: i64| Exact::from_integer(n).over(&Exact::from_integer(100));
        let base = Rate::from_exact(percent(2)?);
        let million = |n: i64| Exact::from_integer(n).times(&Exact::from_integer(1_000_000));
        let caps = OpenInterestCaps {
            lower: Money::from_exact(million(25)?),
            upper: Money::from_exact(million(50)?),
        };
        let now = Money::from_exact(Exact::from_integer(75).times(&million(1)?)?);
        let half = Money::from_exact(now.exact().over(&Exact::from_integer(2))?);
        let initial = scaled_initial_rate(&base, Some(&caps), &half)?;
        let kept = maintenance_rate(&base, &Rate::from_exact(percent(60)?))?;
        Ok(format!(
            "By that documented rule an initial rate of {} becomes {} with open interest half-way \
             between caps of 25 and 50 million. The maintenance rate stays at {}.",
            pen.rate(base.exact()),
            pen.rate(initial.exact()),
            pen.rate(kept.exact())
        ))
    };
    words().ok()
}
