//! What a picture shows: an answer's lines and prices, mapped to pixels once.

use crate::margin::{ComputeError, Curve, PriceRange, Threshold, amounts_at, curve};
use crate::quantity::{Exact, Money, Overflow, Price, Side};
use crate::text::Ticks;
use crate::words::{Answer, Pen};

use super::layout::Layout;
use super::projection::{Scale, Tenths};

/// A point that carries a mark.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot {
    pub(super) x: Tenths,
    pub(super) have: Tenths,
    pub(super) need: Tenths,
}

/// Everything the drawing functions read.
pub(super) struct Scene<'a> {
    pub(super) answer: &'a Answer,
    pub(super) pen: Pen,
    pub(super) layout: Layout,
    pub(super) curve: Curve,
    pub(super) x: Scale,
    pub(super) y: Scale,
    pub(super) close_y: Scale,
    pub(super) y_ticks: Ticks,
    pub(super) close_ticks: Ticks,
    pub(super) x_ticks: Ticks,
    pub(super) mark: Spot,
    pub(super) entry: Spot,
    pub(super) closing: Option<Spot>,
    pub(super) call: Option<Spot>,
}

impl<'a> Scene<'a> {
    pub(super) fn new(
        answer: &'a Answer,
        range: &PriceRange,
        layout: Layout,
    ) -> Result<Self, ComputeError> {
        let curve = curve(&answer.position, &answer.market, range)?;
        let x = Scale::new(range.low.exact(), range.high.exact(), layout.left, layout.right);
        let [start, end] = &curve.balance;
        let (mut low, mut high) = (Exact::ZERO, Exact::ZERO);
        for amount in [start, end].map(|point| *point.amount.exact()) {
            low = low.smaller(amount)?;
            high = high.larger(amount)?;
        }
        let (mut need_low, mut need_high) = (high, Exact::ZERO);
        for stretch in &curve.requirement {
            for point in [&stretch.from, &stretch.to] {
                need_low = need_low.smaller(*point.amount.exact())?;
                need_high = need_high.larger(*point.amount.exact())?;
            }
        }
        high = high.larger(need_high)?;
        let y = Scale::new(&low, &high, layout.amounts.0, layout.amounts.1);
        let (close_low, close_high) = padded(&need_low, &need_high)?;
        let close_y = Scale::new(&close_low, &close_high, layout.close.1, layout.close.0);
        let spot = |price: &Price| -> Result<Spot, ComputeError> {
            let (have, need) = amounts_at(&answer.position, &answer.market, price)?;
            Ok(Spot {
                x: x.at(price.exact()),
                have: y.at(have.exact()),
                need: need.map_or(y.at(have.exact()), |need| y.at(need.exact())),
            })
        };
        let at = |threshold: &Threshold| {
            threshold.crossing().map(|crossing| spot(&crossing.exact)).transpose()
        };
        // Where it is narrow, a label at an end moves inside by half of its own length.
        let per_label = if layout.is_narrow { 75 } else { 90 };
        let most = u32::try_from((layout.right - layout.left) / 10 / per_label).unwrap_or(4);
        Ok(Self {
            pen: Pen::new(answer),
            mark: spot(&answer.market.mark_price)?,
            entry: spot(&answer.position.entry_price)?,
            closing: at(&answer.report.liquidation)?,
            call: match &answer.report.margin_call {
                call @ Threshold::AtPrice { .. } => at(call)?,
                _ => None,
            },
            y_ticks: Ticks::between(&low, &high, 6)?,
            close_ticks: Ticks::between(&close_low, &close_high, 4)?,
            x_ticks: Ticks::between(range.low.exact(), range.high.exact(), most)?,
            answer,
            layout,
            curve,
            x,
            y,
            close_y,
        })
    }

    pub(super) fn is_long(&self) -> bool {
        self.answer.position.side == Side::Long
    }

    /// Whether the mark stands at entry, so that the two share a label.
    pub(super) fn mark_is_entry(&self) -> bool {
        self.answer.market.mark_price == self.answer.position.entry_price
    }

    /// Whether the mark is already at or past the closing price.
    pub(super) fn is_past(&self) -> bool {
        matches!(self.answer.report.liquidation, Threshold::Now { .. })
    }

    /// The two lines as corners, each from left to right.
    pub(super) fn need_points(&self, y: &Scale) -> Vec<(Tenths, Tenths)> {
        let mut points = Vec::new();
        for stretch in &self.curve.requirement {
            for corner in [&stretch.from, &stretch.to] {
                let point = (self.x.at(corner.price.exact()), y.at(corner.amount.exact()));
                if points.last() != Some(&point) {
                    points.push(point);
                }
            }
        }
        points
    }

    pub(super) fn have_ends(&self, y: &Scale) -> [(Tenths, Tenths); 2] {
        self.curve.balance.map(|point| (self.x.at(point.price.exact()), y.at(point.amount.exact())))
    }

    /// Where the margin balance is zero, if that price is in view.
    pub(super) fn bankruptcy(&self) -> Option<Tenths> {
        let price = self.answer.report.bankruptcy_price?.exact;
        let x = self.x.at(price.exact());
        (self.layout.left..=self.layout.right).contains(&x).then_some(x)
    }

    /// A short label for an amount on an axis.
    pub(super) fn amount(&self, amount: &Exact, places: u32) -> String {
        for (size, letter) in [(1_000_000_000, "B"), (1_000_000, "M")] {
            let unit = Exact::from_integer(size);
            let hundredth = unit.over(&Exact::from_integer(10)).unwrap_or(unit);
            if hundredth.is_at_most(&amount.magnitude()).unwrap_or(false) {
                let scaled = amount.over(&unit).unwrap_or(*amount);
                return format!("{}\u{202f}{letter}", self.pen.short(&scaled, 3));
            }
        }
        self.pen.places(amount, places, crate::quantity::Rounding::HalfEven)
    }

    pub(super) fn money_at_closing(&self) -> Option<Money> {
        let closing = self.answer.report.liquidation.crossing()?;
        let (have, _) =
            amounts_at(&self.answer.position, &self.answer.market, &closing.exact).ok()?;
        Some(have)
    }
}

/// A range with an eighth more on both sides.
fn padded(low: &Exact, high: &Exact) -> Result<(Exact, Exact), Overflow> {
    let span = high.minus(low)?;
    let margin = if span.is_positive() { span.over(&Exact::from_integer(8))? } else { Exact::ONE };
    Ok((low.minus(&margin)?, high.plus(&margin)?))
}
