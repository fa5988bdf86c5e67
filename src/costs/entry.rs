//! The average entry, and what a further fill does to a position.

use core::cmp::Ordering;

use crate::quantity::{Exact, Money, Number, Overflow, Price, Side, Size, Wide};
use crate::venue::ContractKind;

use super::holding::Holding;

/// One fill on the side of the position.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fill {
    /// Size filled, in the unit of [`Holding::size`], above zero.
    pub size: Size,
    /// Its price, above zero.
    pub price: Price,
}

/// What a fill left behind.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Traded {
    /// What was gained on the part that was closed, in the coin of the margin, before fees; zero
    /// when nothing was closed.
    pub realized_pnl: Money,
    /// How much of the former position was closed; zero when the fill added to it.
    pub closed: Size,
    /// What is held now; absent when the fill closed the position exactly.
    pub position: Option<Holding>,
}

/// The price at which one fill of the whole size would have cost the same; absent for no size.
///
/// Linear and quanto: the mean of the prices weighted by size. Inverse: the harmonic mean weighted
/// by contracts, since such a position is worth size / price. Any other mean would move profit.
/// Source: Bybit, average entry price of its products (testnet.bybit.com, help centre article
/// 000001113), read 2026-11.
///
/// Inverse fills at many different prices need more digits than 256 bits hold, from about eight on;
/// see [`average_entry_any_width`].
pub fn average_entry(contract: ContractKind, fills: &[Fill]) -> Result<Option<Price>, Overflow> {
    averaged::<Exact>(contract, fills)
}

/// [`average_entry`] for any number of fills: where the exact average does not fit, it is rounded
/// once, half-even, to 18 decimals.
pub fn average_entry_any_width(
    contract: ContractKind,
    fills: &[Fill],
) -> Result<Option<Price>, Overflow> {
    averaged::<Exact>(contract, fills).or_else(|_| averaged::<Wide>(contract, fills))
}

fn averaged<N: Number>(contract: ContractKind, fills: &[Fill]) -> Result<Option<Price>, Overflow> {
    let mut sizes = Vec::with_capacity(fills.len());
    let mut values = Vec::with_capacity(fills.len());
    for fill in fills {
        let (filled, price) = (N::of(fill.size.exact()), N::of(fill.price.exact()));
        values.push(match contract {
            ContractKind::Linear | ContractKind::Quanto => filled.times(&price)?,
            ContractKind::Inverse => filled.over(&price)?,
        });
        sizes.push(filled);
    }
    let (size, value) = (N::sum(sizes)?, N::sum(values)?);
    if size.is_zero() {
        return Ok(None);
    }
    let average = match contract {
        ContractKind::Linear | ContractKind::Quanto => value.over(&size)?,
        ContractKind::Inverse => size.over(&value)?,
    };
    average.figure().map(|figure| Some(Price::from_exact(figure)))
}

/// What is held after one more fill.
///
/// - On the same side the entry becomes the [`average_entry`] and nothing is realised.
/// - On the other side, up to the size held, the entry **stays** and the part closed realises its
///   profit at the fill's price. Averaging it again would book the profit twice.
/// - Beyond the size held the position goes through zero: all of it is realised and the rest stands
///   on the other side, entered at the fill's price.
///
/// Whatever the case, realised profit and the profit of what is held add up to the profit of the
/// former position and of the fill, at every price.
/// Sources: BitMEX, "Profit and Loss" (bitmex.com/app/profitLoss), and Aevo, "How do I close my
/// position" (help.aevo.xyz 8735929), read 2026-11; github.com/get10101/10101/issues/2419,
/// 2024-04-15, on a flip that kept the former side.
pub fn trade(position: &Holding, side: Side, fill: &Fill) -> Result<Traded, Overflow> {
    if side == position.side {
        let held = Fill { size: position.size, price: position.entry_price };
        let entry = average_entry(position.contract, &[held, *fill])?;
        let size = position.size.exact().plus(fill.size.exact())?;
        return Ok(Traded {
            realized_pnl: Money::from_exact(Exact::ZERO),
            closed: Size::from_exact(Exact::ZERO),
            position: entry.map(|entry_price| Holding {
                size: Size::from_exact(size),
                entry_price,
                ..*position
            }),
        });
    }
    let rest = position.size.exact().minus(fill.size.exact())?;
    let (closed, held) = match rest.compare(&Exact::ZERO)? {
        Ordering::Greater => {
            (fill.size, Some(Holding { size: Size::from_exact(rest), ..*position }))
        }
        Ordering::Equal => (position.size, None),
        Ordering::Less => {
            let size = Size::from_exact(rest.negated());
            (position.size, Some(Holding { side, size, entry_price: fill.price, ..*position }))
        }
    };
    let part = Holding { size: closed, ..*position };
    Ok(Traded { realized_pnl: part.profit_at(&fill.price)?, closed, position: held })
}
