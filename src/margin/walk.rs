//! The first price, walking from the mark, at which a margin runs out.
//!
//! The margin over the requirement is straight between tier edges, with kinks at the edges of
//! marginal tables and jumps at those of flat ones. Each stretch is solved in closed form; where a
//! jump is the trigger, the price is the edge itself.

use crate::quantity::{Exact, Overflow, Price, Rounding};
use crate::venue::RiskTier;

use super::line::Line;
use super::position::{Segment, Valued};
use super::report::{Crossing, Threshold};

/// A question about one position: where `factor x balance - requirement` stops being above zero.
///
/// Factor 1 asks for liquidation; the warning ratio asks for the margin call.
pub(super) struct Question<'a> {
    pub(super) valued: &'a Valued<'a>,
    pub(super) factor: Exact,
    pub(super) mark: Price,
    pub(super) tick: Option<Price>,
}

/// What a walk in one direction found.
enum Found<'a> {
    At(Exact, &'a RiskTier),
    Nothing,
    TableEnds,
}

/// Which sign of the surplus the walk looks for.
#[derive(Clone, Copy)]
enum Looking {
    ForShortfall,
    ForSurplus,
}

impl<'a> Question<'a> {
    /// The answer in both directions. The mark must lie inside the table.
    pub(super) fn answer(&self) -> Result<Threshold, Overflow> {
        let Some(here) = self.valued.segment_at(&self.mark)? else {
            return Ok(Threshold::TableEnds);
        };
        let now = self.surplus(&here, Looking::ForShortfall)?.at(self.mark.exact())?;
        if !now.is_positive() {
            return self.already_past();
        }
        let below = self.down(Looking::ForShortfall)?;
        let above = self.up(Looking::ForShortfall)?;
        // A position that gains toward the end of the table is not threatened from there.
        let loses_upward = self.valued.balance.slope.is_negative();
        if loses_upward && matches!((&below, &above), (Found::Nothing, Found::TableEnds)) {
            return Ok(Threshold::TableEnds);
        }
        let (below, above) = (self.crossing(below)?, self.crossing(above)?);
        if below.is_none() && above.is_none() {
            return Ok(Threshold::Never);
        }
        Ok(Threshold::AtPrice { below, above })
    }

    /// The way back: upward for a position that gains with the price, downward otherwise.
    fn already_past(&self) -> Result<Threshold, Overflow> {
        let rising = self.valued.balance.slope.is_positive();
        let found =
            if rising { self.up(Looking::ForSurplus)? } else { self.down(Looking::ForSurplus)? };
        Ok(Threshold::Now { boundary: self.crossing(found)? })
    }

    fn surplus(&self, segment: &Segment<'a>, looking: Looking) -> Result<Line, Overflow> {
        let balance = if self.factor.is_one() {
            self.valued.balance
        } else {
            self.valued.balance.times(&self.factor)?
        };
        let line = balance.minus(&segment.requirement)?;
        Ok(match looking {
            Looking::ForShortfall => line,
            Looking::ForSurplus => line.negated(),
        })
    }

    /// Whether a rising price can never run this margin out: it gains, the requirement only ever
    /// steepens, and even in the last tier the gain is the steeper of the two.
    fn is_safe_upward(&self, tiers: &'a [RiskTier]) -> Result<bool, Overflow> {
        let (true, Some(last)) = (self.valued.is_continuous(), tiers.last()) else {
            return Ok(false);
        };
        let line = self.surplus(&self.valued.segment(last)?, Looking::ForShortfall)?;
        Ok(!line.slope.is_negative())
    }

    fn up(&self, looking: Looking) -> Result<Found<'a>, Overflow> {
        let tiers = self.valued.tiers()?;
        if matches!(looking, Looking::ForShortfall) && self.is_safe_upward(tiers)? {
            return Ok(Found::Nothing);
        }
        let here = self.valued.tier_at(&self.mark)?.map_or(0, |tier| tier.number);
        for tier in tiers.iter().filter(|tier| here <= tier.number) {
            let line = self.surplus(&self.valued.segment(tier)?, looking)?;
            let is_first = tier.number == here;
            if self.can_jump(is_first) {
                let start = if is_first { *self.mark.exact() } else { self.valued.starts(tier)? };
                let at_start = line.at(&start)?;
                // An edge belongs to the tier below it: zero there, and above zero from there on,
                // is not met at any price.
                let only_at_edge = !is_first && at_start.is_zero() && line.slope.is_positive();
                if !at_start.is_positive() && !only_at_edge {
                    return Ok(Found::At(start, tier));
                }
            }
            if line.slope.is_negative()
                && let Some(root) = line.root()?
                && self.valued.ends(tier)?.map_or(Ok(true), |end| root.is_at_most(&end))?
            {
                return Ok(Found::At(root, tier));
            }
        }
        let open =
            tiers.last().is_none_or(|last| last.cap.is_none()) || self.valued.follows_quantity();
        Ok(if open { Found::Nothing } else { Found::TableEnds })
    }

    fn down(&self, looking: Looking) -> Result<Found<'a>, Overflow> {
        // A falling price only adds to a margin that gains from it, and no requirement rises.
        if matches!(looking, Looking::ForShortfall) && self.valued.balance.slope.is_negative() {
            return Ok(Found::Nothing);
        }
        let here = self.valued.tier_at(&self.mark)?.map_or(usize::MAX, |tier| tier.number);
        for tier in self.valued.tiers()?.iter().rev().filter(|tier| tier.number <= here) {
            let line = self.surplus(&self.valued.segment(tier)?, looking)?;
            let is_first = tier.number == here;
            if self.can_jump(is_first) {
                let start = match self.valued.ends(tier)? {
                    Some(end) if !is_first => end,
                    _ => *self.mark.exact(),
                };
                if !line.at(&start)?.is_positive() {
                    return Ok(Found::At(start, tier));
                }
            }
            // Strictly above: the edge itself belongs to the lower tier.
            if line.slope.is_positive()
                && let Some(root) = line.root()?
                && self.valued.starts(tier)?.is_below(&root)?
            {
                return Ok(Found::At(root, tier));
            }
        }
        Ok(Found::Nothing)
    }

    /// Whether the margin may already be gone where a tier begins: at the mark, or across a jump.
    fn can_jump(&self, is_first: bool) -> bool {
        is_first || !self.valued.is_continuous()
    }

    fn crossing(&self, found: Found<'a>) -> Result<Option<Crossing>, Overflow> {
        let Found::At(exact, tier) = found else {
            return Ok(None);
        };
        let exact = Price::from_exact(exact);
        Ok(Some(Crossing {
            exact,
            price: to_tick(&exact, &self.mark, self.tick.as_ref())?,
            tier: *tier,
        }))
    }
}

/// The price on the tick, toward the mark: the warning comes early, never late.
pub(super) fn to_tick(
    price: &Price,
    mark: &Price,
    tick: Option<&Price>,
) -> Result<Price, Overflow> {
    let Some(tick) = tick else {
        return Ok(*price);
    };
    let toward =
        if price.exact().is_below(mark.exact())? { Rounding::Ceiling } else { Rounding::Floor };
    Ok(Price::from_exact(price.exact().to_step(tick.exact(), toward)?))
}
