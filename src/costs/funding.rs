//! Funding: what longs and shorts pay each other at every stamp.

use crate::quantity::{Exact, Money, Overflow, Price, Rate, Side};

use super::holding::Holding;

/// One funding stamp.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FundingStamp {
    /// The mark price at the stamp, above zero.
    pub mark_price: Price,
    /// The rate of the interval, of either sign.
    pub funding_rate: Rate,
}

/// What the holder receives at one stamp, in the coin of the margin; negative when the holder pays.
///
/// -s x value at mark x rate: a long pays when the rate is positive, and receives when it is not.
/// Sources: Binance, as restated on docs.traderwagon.com (FAQ, funding fee), read 2026-11; BitMEX,
/// "Profit and Loss" (bitmex.com/app/profitLoss), read 2026-04.
pub fn funding_payment(holding: &Holding, stamp: &FundingStamp) -> Result<Money, Overflow> {
    funding_on_value(holding.side, &holding.value_at(&stamp.mark_price)?, &stamp.funding_rate)
}

/// [`funding_payment`] from the position's value at the stamp, as venues print it.
pub fn funding_on_value(side: Side, value: &Money, rate: &Rate) -> Result<Money, Overflow> {
    let amount = value.exact().times(rate.exact())?;
    Ok(Money::from_exact(amount.times(&side.opposite().sign())?))
}

/// What the holder receives over several stamps; negative when the holder pays more than that.
pub fn funding_sum(holding: &Holding, stamps: &[FundingStamp]) -> Result<Money, Overflow> {
    stamps.iter().try_fold(Money::from_exact(Exact::ZERO), |sum, stamp| {
        sum.plus(&funding_payment(holding, stamp)?)
    })
}

/// Whether a position that stood from `opened` to `closed` is charged at a stamp; all in seconds on
/// one clock.
///
/// A venue settles within `grace` seconds after the stamp, so a position opened within them is
/// charged as well. Zero grace: it must have been opened before or at the stamp.
/// Source: github.com/freqtrade/freqtrade@c9ae5e1e tests/exchange/test_exchange.py
/// `test__fetch_and_calculate_funding_fees`, 2024-10-24, with a grace of 15 seconds at Binance.
pub fn is_charged(stamp: i64, opened: i64, closed: i64, grace: i64) -> bool {
    let reaches = match opened.checked_sub(stamp) {
        Some(late) => late <= 0 || late < grace,
        None => opened <= stamp,
    };
    reaches && stamp <= closed
}
