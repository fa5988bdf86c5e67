//! An order book around a mid price, and an order that takes the best of it.

use crate::quantity::{Exact, Overflow, Price, Rate, Side, Size};

/// One level of a book.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Level {
    /// How far from the mid, as a share of it, away from the other side: 0.001 stands 0.1 % below
    /// the mid among the bids and 0.1 % above it among the asks.
    pub distance: Rate,
    /// How much is wanted there, in the position's unit; zero or above.
    pub size: Size,
}

/// What stands in the book at every moment. It is full again at the next tick.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Book {
    /// Who would buy; a long is sold to them.
    pub bids: Vec<Level>,
    /// Who would sell; a short is bought back from them.
    pub asks: Vec<Level>,
}

/// What one level gave.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fill {
    /// Which level of its side, from 0 as listed in the [`Book`].
    pub level: usize,
    /// The price there.
    pub price: Price,
    /// How much was taken, above zero.
    pub size: Size,
    /// How much had stood there before, at least as much.
    pub of: Size,
}

/// What is left of one side of a book within a moment, best price first.
#[derive(Clone, Debug)]
pub(super) struct Offers {
    side: Side,
    offers: Vec<Fill>,
}

impl Offers {
    /// What a position of this side can be closed against while the mid stands there.
    pub(super) fn of(book: &Book, side: Side, mid: &Price) -> Result<Self, Overflow> {
        let levels = match side {
            Side::Long => &book.bids,
            Side::Short => &book.asks,
        };
        let mut offers: Vec<Fill> = Vec::with_capacity(levels.len());
        for (level, Level { distance, size }) in levels.iter().enumerate() {
            let away = distance.exact().times(&side.sign())?;
            let price = mid.exact().times(&Exact::ONE.minus(&away)?)?;
            if !price.is_positive() || !size.exact().is_positive() {
                continue;
            }
            let price = Price::from_exact(price);
            // Equal prices keep the order of the book.
            let mut at = offers.len();
            while let Some(before) = at.checked_sub(1).and_then(|index| offers.get(index)) {
                if !is_better(side, &price, &before.price)? {
                    break;
                }
                at = at.saturating_sub(1);
            }
            offers.insert(at, Fill { level, price, size: *size, of: *size });
        }
        Ok(Self { side, offers })
    }

    /// Takes up to a size, best price first, at no price worse than the limit.
    pub(super) fn take(
        &mut self,
        wanted: &Size,
        limit: Option<&Price>,
    ) -> Result<Vec<Fill>, Overflow> {
        let mut left = *wanted.exact();
        let mut fills = Vec::new();
        for offer in &mut self.offers {
            if !left.is_positive() {
                break;
            }
            if let Some(limit) = limit
                && is_better(self.side, limit, &offer.price)?
            {
                break;
            }
            let taken = left.smaller(*offer.size.exact())?;
            if !taken.is_positive() {
                continue;
            }
            left = left.minus(&taken)?;
            let before = offer.size;
            offer.size = Size::from_exact(offer.size.exact().minus(&taken)?);
            fills.push(Fill { size: Size::from_exact(taken), of: before, ..*offer });
        }
        Ok(fills)
    }
}

/// Whether the holder of a position of this side would rather close at the first price.
fn is_better(side: Side, one: &Price, other: &Price) -> Result<bool, Overflow> {
    match side {
        Side::Long => other.exact().is_below(one.exact()),
        Side::Short => one.exact().is_below(other.exact()),
    }
}
