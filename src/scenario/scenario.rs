//! A question the calculation can answer: valid by construction.

use crate::quantity::{Leverage, Money, Price, Side, Size};
use crate::venue::VenueRules;

/// Which margin stands behind a position.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum MarginMode {
    /// Each position stands alone on its own margin.
    Isolated {
        /// Deposits plus realised profit, assigned margin included; it moves no threshold.
        wallet_balance: Option<Money>,
    },
    /// All positions share one wallet.
    Cross {
        /// Deposits plus realised profit, without unrealized profit.
        wallet_balance: Money,
    },
}

/// The margin assigned to a position.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PositionMargin {
    /// Initial margin plus what was added since; negative when margin was withdrawn.
    InitialPlus(Money),
    /// This much in all, whatever the leverage.
    Assigned(Money),
}

/// One market: its rules and where its mark price stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Market {
    /// The venue's symbol, such as `BTCUSDT`.
    pub name: String,
    /// The margin rules.
    pub rules: VenueRules,
    /// The price that values positions and triggers liquidation; above zero.
    pub mark_price: Price,
}

/// One holding.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Position {
    /// Which of [`Scenario::markets`], from 0.
    pub market: usize,
    /// Long or short.
    pub side: Side,
    /// Contracts or base units; above zero.
    pub quantity: Size,
    /// Average price at which it was opened; above zero.
    pub entry_price: Price,
    /// The leverage setting; above zero. It decides what is set aside to open, and so the margin of
    /// an isolated position; in cross mode it may be left out, and initial margin is then unknown.
    pub leverage: Option<Leverage>,
    /// What stands behind it in isolated mode.
    pub margin: PositionMargin,
}

/// An account: its mode, its markets and its positions.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// Isolated or cross.
    pub margin_mode: MarginMode,
    /// The markets that positions refer to.
    pub markets: Vec<Market>,
    /// The positions.
    pub positions: Vec<Position>,
}
