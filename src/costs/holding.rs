//! What is held, what it is worth at a price, and what it has gained there.

use crate::quantity::{Exact, Leverage, Money, Overflow, Price, Side, Size};
use crate::venue::ContractKind;

/// A position as far as its costs go.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Holding {
    /// Linear, inverse or quanto.
    pub contract: ContractKind,
    /// Which way it gains.
    pub side: Side,
    /// Quantity times contract size, above zero: base units in a linear contract, quote value in an
    /// inverse one, settle coin for each 1 of the price in a quanto one.
    pub size: Size,
    /// Average price of opening, above zero.
    pub entry_price: Price,
}

impl Holding {
    /// What it is worth at a price above zero, in the coin of the margin; never negative.
    ///
    /// Linear and quanto: size x price. Inverse: size / price.
    /// Source: Binance, "How to Calculate Liquidation Price of USDS-M Futures Contracts" and the
    /// page of the same name for COIN-M; BitMEX, contract guides; read 2026-04.
    pub fn value_at(&self, price: &Price) -> Result<Money, Overflow> {
        match self.contract {
            ContractKind::Linear | ContractKind::Quanto => self.size.value_at(price),
            ContractKind::Inverse => Ok(Money::from_exact(self.size.exact().over(price.exact())?)),
        }
    }

    /// What it has gained at a price, in the coin of the margin; a loss is negative.
    ///
    /// Linear and quanto: s x size x (price - entry). Inverse: s x size x (1/entry - 1/price).
    /// Source: BitMEX, "Profit and Loss" (bitmex.com/app/profitLoss), mirrored in
    /// github.com/bradkyle/Qex, read 2026-04.
    pub fn profit_at(&self, price: &Price) -> Result<Money, Overflow> {
        let (here, there) = (self.value_at(&self.entry_price)?, self.value_at(price)?);
        if self.gains_with_value() { there.minus(&here) } else { here.minus(&there) }
    }

    /// Whether a rising value is a gain: an inverse contract's value falls as its price rises.
    pub(crate) fn gains_with_value(&self) -> bool {
        gains_with_value(self.contract, self.side)
    }
}

/// Whether a position of this kind and side gains as its value rises.
pub(crate) fn gains_with_value(contract: ContractKind, side: Side) -> bool {
    (contract == ContractKind::Inverse) == (side == Side::Short)
}

/// +1 where a rising value is a gain, -1 where it is a loss.
pub(crate) fn value_sign(contract: ContractKind, side: Side) -> Exact {
    Exact::from_integer(if gains_with_value(contract, side) { 1 } else { -1 })
}

/// What is set aside to open, before any fee: value at entry / leverage, above zero.
///
/// Source: Binance, support FAQ b3c689c1f50a44cabb3a84e663b81d93, read 2026-04.
pub fn initial_margin(holding: &Holding, leverage: &Leverage) -> Result<Money, Overflow> {
    holding.value_at(&holding.entry_price)?.over_leverage(leverage)
}

/// What the position is worth where its plain initial margin is used up, in the coin of the margin.
///
/// Linear and quanto: value at entry x (1 - s/leverage). Inverse: value at entry x (1 + s/leverage),
/// since a falling price makes the coins it stands for more. Zero or below for a leverage of 1 or
/// less on the side that gains with value: no price uses that margin up.
/// Source: Bybit, "Initial Margin (USDT Contract)", read 2026-04; exact on position rows of Bybit
/// of 2022 to 2024.
pub fn value_at_bankruptcy(holding: &Holding, leverage: &Leverage) -> Result<Money, Overflow> {
    let value = holding.value_at(&holding.entry_price)?;
    let margin = value.over_leverage(leverage)?;
    if holding.gains_with_value() { value.minus(&margin) } else { value.plus(&margin) }
}
