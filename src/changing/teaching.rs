//! A rule that makes the requirement follow the market: an illustration, not a venue's.

use crate::quantity::{Exact, Overflow, Ratio};

/// Weights of a rule that raises the maintenance rate with volatility and open interest.
///
/// The education article (kdj.com, 10 January 2026) says that some platforms do so; no venue document
/// read gives a formula, so this is a teaching rule with round weights and no venue's.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TeachingRule {
    /// How much of the rate is added when volatility is one usual level above its usual level.
    pub volatility_weight: Exact,
    /// The same for open interest.
    pub interest_weight: Exact,
    /// The multiple never goes above this.
    pub cap: Exact,
}

impl TeachingRule {
    /// 1.6 and 0.8, at most 3.
    pub fn round() -> Result<Self, Overflow> {
        let fifths = |count: i64| Exact::from_integer(count).over(&Exact::from_integer(5));
        Ok(Self {
            volatility_weight: fifths(8)?,
            interest_weight: fifths(4)?,
            cap: Exact::from_integer(3),
        })
    }

    /// How many times the usual rate is asked: 1 + a x (volatility - 1) + b x (open interest - 1), from
    /// 1 to the cap. Both are multiples of their usual level, zero or above; below it nothing is taken off.
    pub fn multiple(&self, volatility: &Ratio, open_interest: &Ratio) -> Result<Ratio, Overflow> {
        let part = |weight: &Exact, level: &Ratio| {
            level.exact().minus(&Exact::ONE)?.larger(Exact::ZERO)?.times(weight)
        };
        let sum = Exact::ONE
            .plus(&part(&self.volatility_weight, volatility)?)?
            .plus(&part(&self.interest_weight, open_interest)?)?;
        Ok(Ratio::from_exact(sum.smaller(self.cap)?))
    }
}
