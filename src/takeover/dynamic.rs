//! Requirements that move with the market: open interest and the cap on funding.

use crate::quantity::{Exact, Money, Overflow, Rate};

/// Between which open interests the initial rate rises, in the quote currency.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OpenInterestCaps {
    /// Up to here the base rate holds; zero or above.
    pub lower: Money,
    /// From here on a position is backed in full; above `lower`.
    pub upper: Money,
}

/// The initial margin rate at an open interest: base + (1 - base) x (open interest - lower) /
/// (upper - lower), from the base rate up to 1.
///
/// Without caps the base rate holds at every open interest.
/// Source: dYdX v4-chain `GetInitialMarginQuoteQuantums` (github.com/dydxprotocol/v4-chain@84d4664b
/// protocol/x/perpetuals/types/liquidity_tier.go, 2026-03-04), where the requirement is then rounded
/// up to a micro-unit.
pub fn scaled_initial_rate(
    base: &Rate,
    caps: Option<&OpenInterestCaps>,
    open_interest: &Money,
) -> Result<Rate, Overflow> {
    let Some(OpenInterestCaps { lower, upper }) = caps else {
        return Ok(*base);
    };
    let (lower, upper, now) = (lower.exact(), upper.exact(), open_interest.exact());
    if upper.is_at_most(now)? {
        return Ok(Rate::from_exact(Exact::ONE));
    }
    if now.is_at_most(lower)? {
        return Ok(*base);
    }
    let way = now.minus(lower)?.over(&upper.minus(lower)?)?;
    let rise = Exact::ONE.minus(base.exact())?.times(&way)?;
    Ok(Rate::from_exact(base.exact().plus(&rise)?))
}

/// The maintenance rate as a fraction, from 0 to 1, of the base initial rate; it does not follow
/// open interest.
///
/// Source: dYdX v4-chain `GetMaintenanceMarginPpm`, same file, cut down to a millionth.
pub fn maintenance_rate(base_initial: &Rate, fraction: &Rate) -> Result<Rate, Overflow> {
    Ok(Rate::from_exact(base_initial.exact().times(fraction.exact())?))
}

/// How far a funding rate may go either way: factor x (initial rate - maintenance rate).
///
/// Zero where both rates are equal.
/// Source: dYdX v4-chain `GetMaxAbsFundingClampPpm`, same file, with a factor of 6.
pub fn funding_cap(
    base_initial: &Rate,
    maintenance: &Rate,
    factor: &Exact,
) -> Result<Rate, Overflow> {
    let room = base_initial.exact().minus(maintenance.exact())?;
    Ok(Rate::from_exact(room.times(factor)?))
}

/// A funding rate held between minus and plus the cap, zero or above: this is what the venue
/// charges, not a correction of an input.
pub fn clamped_funding(rate: &Rate, cap: &Rate) -> Result<Rate, Overflow> {
    let bounded = rate.exact().smaller(*cap.exact())?.larger(cap.exact().negated())?;
    Ok(Rate::from_exact(bounded))
}
