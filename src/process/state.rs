//! Where a run stands between two ticks: small, so that it can be kept and gone back to.

use crate::quantity::{Exact, Money, Overflow, Price, Size};
use crate::takeover::Candidate;

use super::event::{Flow, Party};
use super::gates::Gates;
use super::setup::{OrderMargin, Tick};

/// How far the process has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The margin ratio is below the warning ratio.
    Healthy,
    /// At or above the warning ratio. The holder may still act.
    MarginCall,
    /// The threshold is broken: the venue waits out the dwell time, or is selling.
    Below {
        /// Since when, in milliseconds.
        since: u64,
    },
    /// A part was sold, and the venue waits before it sells the rest.
    Pausing {
        /// Until when, in milliseconds.
        until: u64,
    },
    /// Final.
    Closed {
        /// Since when, in milliseconds.
        at: u64,
        /// Whether the holder closed it.
        by_holder: bool,
    },
}

/// What each party holds. The sum never changes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Balances {
    /// What is free to the holder.
    pub wallet: Money,
    /// What stands behind the position; never negative.
    pub margin: Money,
    /// What open orders hold.
    pub orders: OrderMargin,
    /// What the venue earned.
    pub venue: Money,
    /// The insurance fund, zero or above.
    pub fund: Money,
    /// What the other side received, less what it paid.
    pub counterparties: Money,
}

impl Balances {
    /// What a party holds.
    pub fn of(&self, party: Party) -> Result<Money, Overflow> {
        Ok(match party {
            Party::Wallet => self.wallet,
            Party::Margin => self.margin,
            Party::Orders => self.orders.of_position.plus(&self.orders.elsewhere)?,
            Party::Venue => self.venue,
            Party::Fund => self.fund,
            Party::Counterparties => self.counterparties,
        })
    }

    /// What all hold together.
    pub fn total(&self) -> Result<Money, Overflow> {
        let zero = Money::from_exact(Exact::ZERO);
        Party::ALL.iter().try_fold(zero, |sum, party| sum.plus(&self.of(*party)?))
    }

    /// Moves an amount. Orders give what those of the position hold first.
    pub(super) fn apply(&mut self, flow: &Flow) -> Result<(), Overflow> {
        self.change(flow.from, &Money::from_exact(flow.amount.exact().negated()))?;
        self.change(flow.to, &flow.amount)
    }

    fn change(&mut self, party: Party, by: &Money) -> Result<(), Overflow> {
        let orders = &mut self.orders;
        let balance = match party {
            Party::Wallet => &mut self.wallet,
            Party::Margin => &mut self.margin,
            Party::Orders => {
                let left = orders.of_position.plus(by)?;
                let of_position = Money::from_exact(left.exact().larger(Exact::ZERO)?);
                orders.elsewhere = orders.elsewhere.plus(&left.minus(&of_position)?)?;
                orders.of_position = of_position;
                return Ok(());
            }
            Party::Venue => &mut self.venue,
            Party::Fund => &mut self.fund,
            Party::Counterparties => &mut self.counterparties,
        };
        *balance = balance.plus(by)?;
        Ok(())
    }
}

/// Where a run stands.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// How far it has come.
    pub stage: Stage,
    /// What is open; it never grows.
    pub size: Size,
    /// What each party holds.
    pub balances: Balances,
    /// Profit that auto-deleveraged positions gave up in all, zero or above.
    pub forgone: Money,
    /// What the other side was owed and nobody paid, zero or above.
    pub unpaid: Money,
    /// How many ticks were taken.
    pub ticks: usize,
    /// The time of the last one.
    pub at: u64,
    /// The liquidation price for what stands now, where the last full look found one; once closed,
    /// the one at which it was closed.
    pub liquidation_price: Option<Price>,
    /// The price at which nothing would be left, as the last full look at what stays open found it.
    pub bankruptcy_price: Option<Price>,
    pub(super) next_action: usize,
    pub(super) next_check: u64,
    /// Between which marks the stage does not change.
    pub(super) gates: Gates,
    pub(super) candidates: Vec<Candidate>,
    /// The tick before, whose market the holder's actions meet; absent before the first.
    pub(super) last: Option<Tick>,
    /// Whether the venue has begun to close it, so that nothing more is waited for.
    pub(super) in_hand: bool,
    /// Whether a part was sold and its pause is over, so that all of the rest is to be sold.
    pub(super) owes_rest: bool,
    /// Whether the last order found nothing, so that it is said once.
    pub(super) is_stuck: bool,
    /// Whether there is nothing more to tell: it was closed, and a recovery was told or would mean
    /// nothing.
    pub(super) is_over: bool,
}

impl State {
    /// Whether the venue has begun to close the position and goes on at its next look.
    pub fn is_in_hand(&self) -> bool {
        self.in_hand
    }
}
