//! The first price, walking from the mark, at which a margin runs out.
//!
//! The margin over the requirement is straight between tier edges, with kinks at the edges of
//! marginal tables and jumps at those of flat ones. Each stretch is solved in closed form; where a
//! jump is the trigger, the price is the edge itself.

use crate::quantity::{Exact, Overflow, Price, Rounding};

use super::line::Line;
use super::position::{Segment, Valued};
use super::report::{Crossing, Threshold};

/// A question about one position: where `factor x balance - requirement` stops being above zero.
///
/// Factor 1 asks for liquidation; the warning ratio asks for the margin call.
pub(super) struct Question<'a> {
    pub(super) valued: &'a Valued,
    pub(super) factor: Exact,
    pub(super) mark: Price,
    pub(super) tick: Option<Price>,
}

/// What a walk in one direction found.
enum Found {
    At(Exact, Segment),
    Nothing,
    TableEnds,
}

/// Which sign of the surplus the walk looks for.
#[derive(Clone, Copy)]
enum Looking {
    ForShortfall,
    ForSurplus,
}

impl Question<'_> {
    /// The answer in both directions. The mark must lie inside the table.
    pub(super) fn answer(&self) -> Result<Threshold, Overflow> {
        let Some(here) = self.valued.segment_at(&self.mark)? else {
            return Ok(Threshold::TableEnds);
        };
        let now = self.surplus(here, Looking::ForShortfall)?.at(self.mark.exact())?;
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
        let found = if rising {
            self.up(Looking::ForSurplus)?
        } else {
            self.down(Looking::ForSurplus)?
        };
        Ok(Threshold::Now {
            boundary: self.crossing(found)?,
        })
    }

    fn surplus(&self, segment: &Segment, looking: Looking) -> Result<Line, Overflow> {
        let line = self
            .valued
            .balance
            .times(&self.factor)?
            .minus(&segment.requirement)?;
        Ok(match looking {
            Looking::ForShortfall => line,
            Looking::ForSurplus => line.negated(),
        })
    }

    fn up(&self, looking: Looking) -> Result<Found, Overflow> {
        let mark = self.mark.exact();
        for segment in &self.valued.segments {
            if let Some(to) = &segment.to
                && to.is_below(mark)?
            {
                continue;
            }
            let line = self.surplus(segment, looking)?;
            let start = segment.from.larger(*mark)?;
            let at_start = line.at(&start)?;
            // An edge belongs to the tier below it: zero there, and above zero from there on, is
            // not met at any price.
            let only_at_edge =
                at_start.is_zero() && line.slope.is_positive() && mark.is_at_most(&segment.from)?;
            if !at_start.is_positive() && !only_at_edge {
                return Ok(Found::At(start, *segment));
            }
            if let Some(root) = line.root()?
                && line.slope.is_negative()
                && segment.to.as_ref().map_or(Ok(true), |to| root.is_at_most(to))?
            {
                return Ok(Found::At(root, *segment));
            }
        }
        let open = self.valued.segments.last().is_none_or(|last| last.to.is_none());
        Ok(if open { Found::Nothing } else { Found::TableEnds })
    }

    fn down(&self, looking: Looking) -> Result<Found, Overflow> {
        let mark = self.mark.exact();
        for segment in self.valued.segments.iter().rev() {
            // The edge itself belongs to the lower tier.
            if mark.is_at_most(&segment.from)? {
                continue;
            }
            let line = self.surplus(segment, looking)?;
            let start = match segment.to {
                Some(to) => to.smaller(*mark)?,
                None => *mark,
            };
            if !line.at(&start)?.is_positive() {
                return Ok(Found::At(start, *segment));
            }
            if let Some(root) = line.root()?
                && line.slope.is_positive()
                && segment.from.is_below(&root)?
            {
                return Ok(Found::At(root, *segment));
            }
        }
        Ok(Found::Nothing)
    }

    fn crossing(&self, found: Found) -> Result<Option<Crossing>, Overflow> {
        let Found::At(exact, segment) = found else {
            return Ok(None);
        };
        let exact = Price::from_exact(exact);
        Ok(Some(Crossing {
            exact,
            price: to_tick(&exact, &self.mark, self.tick.as_ref())?,
            tier: segment.tier,
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
    let toward = if price.exact().is_below(mark.exact())? {
        Rounding::Ceiling
    } else {
        Rounding::Floor
    };
    Ok(Price::from_exact(price.exact().to_step(tick.exact(), toward)?))
}
