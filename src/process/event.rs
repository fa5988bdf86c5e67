//! What happens, in the order it happens, with every amount that moves.

use crate::margin::MarginRatio;
use crate::quantity::{Money, Price, Size};
use crate::takeover::{Closeout, FeeTaker, Remainder};

use super::book::Fill;
use super::rules::Cancels;
use super::setup::Action;

/// Who holds money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Party {
    /// What is free to the holder.
    Wallet,
    /// What stands behind the position, profit not yet realised left out.
    Margin,
    /// What open orders hold.
    Orders,
    /// What the venue earned.
    Venue,
    /// The insurance fund.
    Fund,
    /// Everybody on the other side of the position; negative by what they paid.
    Counterparties,
}

impl Party {
    /// Every party, in the order they are listed.
    pub const ALL: [Self; 6] =
        [Self::Wallet, Self::Margin, Self::Orders, Self::Venue, Self::Fund, Self::Counterparties];

    /// The word for it in logs.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Wallet => "wallet",
            Self::Margin => "margin",
            Self::Orders => "orders",
            Self::Venue => "venue",
            Self::Fund => "fund",
            Self::Counterparties => "counterparties",
        }
    }
}

/// Money that goes from one party to another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Flow {
    /// Who gives.
    pub from: Party,
    /// Who receives.
    pub to: Party,
    /// How much, above zero.
    pub amount: Money,
}

/// Why something the holder asked for was not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The threshold is broken, and the venue has the position in hand.
    TooLate,
    /// The position is closed.
    Closed,
    /// The wallet does not hold that much.
    NotEnough,
    /// The amount or the size is not above zero, or there are no orders.
    Nothing,
}

/// Who takes over what is not sold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taker {
    /// The insurance fund, at the bankruptcy price.
    Fund,
    /// The backstop, at the mark and with all margin that is left; its money is counted with the
    /// fund's.
    Backstop,
}

/// What an order did in the book.
#[derive(Clone, Debug, PartialEq)]
pub struct Sweep {
    /// How much it wanted.
    pub wanted: Size,
    /// How much it got; at most what it wanted.
    pub filled: Size,
    /// The price at which the same size would have brought as much; absent when nothing was filled.
    pub average_price: Option<Price>,
    /// The worst price it accepted; absent when any.
    pub limit: Option<Price>,
    /// What each level gave, the best first.
    pub fills: Vec<Fill>,
    /// What was realised on it; negative for a loss.
    pub realized_pnl: Money,
    /// Whether the holder sent it, and not the venue.
    pub by_holder: bool,
}

/// What happened.
#[derive(Clone, Debug, PartialEq)]
pub enum EventKind {
    /// The margin ratio reached the warning ratio. A notice; nothing is closed.
    MarginCall,
    /// The margin ratio is below the warning ratio again.
    Healthy,
    /// What the holder has is no longer more than what must be kept.
    ThresholdBroken {
        /// How long it must stay so before anything is sold, in milliseconds.
        dwell_ms: u64,
    },
    /// It is more again, before anything was sold or before the rest was.
    ThresholdRegained,
    /// What the holder asked for was done. A reduction is followed by [`Self::Swept`].
    Done(Action),
    /// It was not, and why.
    Refused(Action, Refusal),
    /// Orders were cancelled, and their margin is free.
    OrdersCancelled {
        /// Which.
        which: Cancels,
        /// What they held, above zero.
        freed: Money,
    },
    /// A part or all was offered to the book.
    Swept(Box<Sweep>),
    /// The fee on what was sold.
    Fee {
        /// What the rate asks for.
        due: Money,
        /// What was left to take, from zero to that.
        charged: Money,
        /// Who received it.
        taker: FeeTaker,
    },
    /// After orders were cancelled or a part was sold, the margin is enough: the rest stays open.
    Survived,
    /// The venue waits before it goes on.
    Pausing {
        /// Until when, in milliseconds since the path began.
        until: u64,
    },
    /// What was left, or a part of it, was taken over.
    TakenOver {
        /// By whom.
        taker: Taker,
        /// Whether the book had not taken it; else it was not offered to the book.
        is_offered: bool,
        /// How much.
        size: Size,
        /// At which price: bankruptcy, or the mark where there is no bankruptcy price above zero.
        price: Price,
    },
    /// A loss went beyond the margin, and the fund was asked.
    FundAsked {
        /// What was missing, above zero.
        deficit: Money,
        /// What the fund paid, from zero to that.
        paid: Money,
    },
    /// Profitable positions on the other side were closed for what the fund could not pay.
    Deleveraged {
        /// Those closed, in order; each forgoes profit, so that nobody has to pay it.
        closeouts: Vec<Closeout>,
        /// What nobody was left to pay: a loss of the other side.
        unpaid: Money,
    },
    /// What was left of the margin went to its owner.
    Returned {
        /// How much, zero or above.
        amount: Money,
        /// Who received it.
        to: Remainder,
    },
    /// The position is closed: by the venue, or by the holder who reduced it to nothing.
    Closed {
        /// Whether the holder did it.
        by_holder: bool,
    },
    /// The mark is back where the position would have been safe. Nothing comes back; said once.
    MarkRecovered,
}

/// One thing that happened, and how the position stands after it.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Which tick, from 0.
    pub tick: usize,
    /// Its time in milliseconds.
    pub at: u64,
    /// Its mark.
    pub mark: Price,
    /// What happened.
    pub kind: EventKind,
    /// What moved; empty when nothing did.
    pub flows: Vec<Flow>,
    /// What is still open.
    pub size: Size,
    /// What the holder has: margin plus profit at the mark.
    pub margin_balance: Money,
    /// What must be kept; zero once nothing is open.
    pub maintenance_margin: Money,
    /// The second over the first; absent once nothing is open.
    pub margin_ratio: Option<MarginRatio>,
}
