//! What a liquidation leaves, and who gets it.

use crate::quantity::{Exact, Money, Overflow, Rate};

/// Who receives the liquidation fee.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeeTaker {
    /// The venue.
    Venue,
    /// The insurance fund.
    Fund,
}

/// Who receives what a fill better than bankruptcy leaves after the fee.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remainder {
    /// The holder.
    ToHolder,
    /// The insurance fund.
    ToFund,
}

/// How a venue splits what is left.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TakeoverRule {
    /// Fee as a share of the amount filled, zero or above; never more than what is left.
    pub liquidation_fee_rate: Rate,
    /// Who receives it.
    pub fee_taker: FeeTaker,
    /// Who receives the rest.
    pub remainder: Remainder,
}

/// What a liquidation came to. The three add up to what was left, to the last digit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settlement {
    /// To the venue, zero or above.
    pub fee: Money,
    /// To the insurance fund; negative when the fund pays.
    pub fund: Money,
    /// To the holder, zero or above: the loss beyond bankruptcy is not the holder's.
    pub holder: Money,
}

/// Splits `filled - bankruptcy`, both as the holder's cash flow: positive for the sale of a long,
/// negative for the purchase that closes a short.
///
/// - Nothing left or less: the fund pays the difference, no fee is taken.
/// - Something left: the fee, at most what is left, and then the rest, each to whom the rule says.
///
/// Sources: dYdX v4-chain `GetLiquidationInsuranceFundDelta`, fee to the fund and the rest to the
/// holder (github.com/dydxprotocol/v4-chain@84d4664b protocol/x/clob/keeper/liquidations.go,
/// 2026-03-04; it cuts the fee down to a micro-unit); Bybit, "Liquidation Process", all to the fund,
/// 2026-08-07; Kraken, "Equity Protection Process" (support 360022835671), all to the holder, read
/// 2026-04.
pub fn settle(
    filled: &Money,
    bankruptcy: &Money,
    rule: &TakeoverRule,
) -> Result<Settlement, Overflow> {
    let zero = Money::from_exact(Exact::ZERO);
    let left = filled.minus(bankruptcy)?;
    if !left.exact().is_positive() {
        return Ok(Settlement { fee: zero, fund: left, holder: zero });
    }
    let due = filled.exact().magnitude().times(rule.liquidation_fee_rate.exact())?;
    let charged = Money::from_exact(due.smaller(*left.exact())?);
    let rest = left.minus(&charged)?;
    let (fee, fund) = match rule.fee_taker {
        FeeTaker::Venue => (charged, zero),
        FeeTaker::Fund => (zero, charged),
    };
    Ok(match rule.remainder {
        Remainder::ToHolder => Settlement { fee, fund, holder: rest },
        Remainder::ToFund => Settlement { fee, fund: fund.plus(&rest)?, holder: zero },
    })
}

/// What is missing once a position is closed: minus the margin balance, or zero while it has one.
///
/// Source: the definition of bankruptcy; rows of github.com/FLOX-Foundation/flox@d2dc5ecf
/// tests/test_liquidation_engine.cpp, 2026-08-16.
pub fn deficit(margin_balance: &Money) -> Result<Money, Overflow> {
    Ok(Money::from_exact(margin_balance.exact().negated().larger(Exact::ZERO)?))
}

/// How far a fund reaches. `by_fund` and `unpaid` add up to the deficit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Absorbed {
    /// What the fund pays, zero or above.
    pub by_fund: Money,
    /// What the fund holds afterwards, zero or above.
    pub fund_after: Money,
    /// What auto-deleveraging has to find, zero or above.
    pub unpaid: Money,
}

/// Pays a deficit, zero or above, from a fund, zero or above, as far as it goes.
///
/// Sources: BitMEX, "Auto-Deleveraging" (bitmex.com/app/autoDeleveraging), read 2026-11; rows of
/// github.com/FLOX-Foundation/flox@d2dc5ecf tests/test_liquidation_engine.cpp, 2026-08-16.
pub fn absorb(insurance_fund: &Money, deficit: &Money) -> Result<Absorbed, Overflow> {
    let by_fund = Money::from_exact(insurance_fund.exact().smaller(*deficit.exact())?);
    Ok(Absorbed {
        by_fund,
        fund_after: insurance_fund.minus(&by_fund)?,
        unpaid: deficit.minus(&by_fund)?,
    })
}
