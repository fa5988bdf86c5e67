//! How much is closed first where a venue does not close everything at once.

use core::num::NonZeroUsize;

use crate::quantity::{Exact, Money, Overflow, Rate, Size};
use crate::venue::TierTable;

/// Down to which tier a position is reduced; one with no such tier below it is closed whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepDown {
    /// Straight to the cap of the first tier, from this tier on, counted from 1; a position in a
    /// lower tier is closed whole.
    /// Source: OKX, "Forced Partial or Full Liquidation" (help 360020411711), an older rule that
    /// holds from tier 3 on, read 2026-11.
    ToFirstFrom(NonZeroUsize),
    /// This many tiers down, to the cap there.
    /// Sources: OKX, two tiers at a time, as restated on amorrr.com/14966, read 2026-11; Gate,
    /// "Liquidation Process", one, read 2026-04.
    By(NonZeroUsize),
}

/// What is closed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ToClose {
    /// This much, above zero; then the position is looked at again.
    Part(Size),
    /// All of it.
    All,
}

/// How much must be closed so that the rest fits the cap of a lower tier, in the table's unit:
/// position - cap.
///
/// A quantity beyond the last cap counts as in the last tier.
pub fn size_to_close(
    table: &TierTable,
    quantity: &Size,
    step: StepDown,
) -> Result<ToClose, Overflow> {
    let index = table.index_of(quantity.exact())?;
    let target = match step {
        StepDown::ToFirstFrom(tier) => (tier.get() <= index.saturating_add(1)).then_some(0),
        StepDown::By(tiers) => index.checked_sub(tiers.get()),
    };
    let cap = target
        .filter(|target| *target < index)
        .and_then(|target| table.tiers().get(target))
        .and_then(|tier| tier.cap);
    Ok(match cap {
        Some(cap) => ToClose::Part(Size::from_exact(quantity.exact().minus(&cap)?)),
        None => ToClose::All,
    })
}

/// How much is closed first where only positions above a value are reduced by a share: that share,
/// or all of a position at or below the value.
///
/// Sources: Hyperliquid, "Liquidations": 20 % of a position above 100,000 USDC, and the whole rest
/// 30 seconds later; KuCoin, "Risk Rate of Cross Margin Mode" (support 35233217061785), partial
/// above 600,000 USDT; read 2026-04.
pub fn share_to_close(
    quantity: &Size,
    notional: &Money,
    above: &Money,
    share: &Rate,
) -> Result<ToClose, Overflow> {
    let reduces =
        above.exact().is_below(notional.exact())? && share.exact().is_below(&Exact::ONE)?;
    if !reduces {
        return Ok(ToClose::All);
    }
    Ok(ToClose::Part(Size::from_exact(quantity.exact().times(share.exact())?)))
}
