//! The close: orders cancelled, parts sold, the rest taken over.

use crate::quantity::{Decimal, Exact, Money, Price, Rounding, Size};
use crate::takeover::{Remainder, ToClose, share_to_close, size_to_close};
use crate::venue::{MarginBasis, TierBasis};

use super::event::{EventKind, Party, Taker};
use super::rules::{Cancels, Freed, HandedOver, Partial, SMALL_STEP, SweepLimit, Unfilled};
use super::setup::{Setup, StepError};
use super::standing::{Asks, Standing, Zone, standing};
use super::state::Stage;
use super::turn::Turn;

/// Decimals of a part that is sold.
const SIZE_PLACES: u32 = 12;

impl Turn<'_> {
    /// Closes the position, or as much of it as the rules ask for now; `whole` when a part was sold
    /// before a pause.
    pub(super) fn liquidate(&mut self, whole: bool) -> Result<(), StepError> {
        self.state.in_hand = true;
        self.state.owes_rest |= whole;
        self.cancel_orders()?;
        loop {
            if self.standing()?.zone != Zone::Below {
                self.tell(EventKind::Survived, Vec::new())?;
                return self.rest();
            }
            if self.is_for_backstop()? {
                return self.back_stop();
            }
            let bankruptcy = self.standing()?.bankruptcy_price;
            if self.is_handed_over()? {
                return self.take_over(Taker::Fund, false, bankruptcy.as_ref());
            }
            let wanted = self.wanted()?;
            let is_part = wanted != self.state.size;
            let rules = &self.setup.rules;
            let by_tiers = matches!(rules.partial(), Partial::Tiers(_));
            if is_part && by_tiers && rules.handed_over == Some(HandedOver::Excess) {
                self.hand_over(Taker::Fund, false, &wanted, bankruptcy.as_ref())?;
                continue;
            }
            let limit = match self.setup.rules.limit() {
                SweepLimit::Bankruptcy => bankruptcy,
                SweepLimit::Market => None,
            };
            let sold = self.sweep(&wanted, limit.as_ref())?;
            self.charge(&sold, bankruptcy.as_ref())?;
            if !self.is_open() {
                return self.finish(self.setup.rules.takeover().remainder, false);
            }
            if self.standing()?.zone != Zone::Below {
                continue;
            }
            let is_filled = !sold.left.exact().is_positive();
            match (self.setup.rules.partial(), self.setup.rules.unfilled()) {
                (Partial::Share { pause_ms, .. }, _) if is_part => {
                    let until = self.tick.at.saturating_add(pause_ms);
                    self.state.stage = Stage::Pausing { until };
                    return self.tell(EventKind::Pausing { until }, Vec::new());
                }
                (Partial::Tiers(_), _) if is_filled => {}
                (Partial::SmallSteps { .. }, _) if is_filled => return self.go_on_later(),
                (_, Unfilled::Backstop { .. }) => return self.go_on_later(),
                (_, Unfilled::Fund) => {
                    return self.take_over(Taker::Fund, true, bankruptcy.as_ref());
                }
            }
        }
    }

    /// Stays in the venue's hand until the next look.
    fn go_on_later(&mut self) -> Result<(), StepError> {
        if !matches!(self.state.stage, Stage::Below { .. }) {
            self.state.stage = Stage::Below { since: self.tick.at };
        }
        Ok(())
    }

    fn cancel_orders(&mut self) -> Result<(), StepError> {
        let rules = &self.setup.rules;
        let (which, orders) = (rules.cancels(), self.state.balances.orders);
        let freed = match which {
            Cancels::Nothing => return Ok(()),
            Cancels::OfPosition => orders.of_position,
            Cancels::OfAccount => orders.of_position.plus(&orders.elsewhere)?,
        };
        if !freed.exact().is_positive() {
            return Ok(());
        }
        let to = match rules.freed() {
            Freed::ToWallet => Party::Wallet,
            Freed::ToPosition => Party::Margin,
        };
        let mut flows = Vec::new();
        self.pay(&mut flows, Party::Orders, to, &freed)?;
        self.tell(EventKind::OrdersCancelled { which, freed }, flows)
    }

    /// How much is offered to the book now, above zero.
    fn wanted(&mut self) -> Result<Size, StepError> {
        let size = self.state.size;
        let setup = self.setup;
        let owes_rest = self.state.owes_rest;
        let standing = self.standing()?;
        let part = match setup.rules.partial() {
            Partial::All => ToClose::All,
            Partial::Share { .. } if owes_rest => ToClose::All,
            Partial::Share { share, above, .. } => {
                share_to_close(&size, &standing.notional, &above, &share)?
            }
            Partial::SmallSteps { share } => {
                let whole = *setup.position.quantity.exact();
                let step = match share {
                    Some(share) => whole.times(share.exact())?,
                    None => whole.times(&Exact::from_decimal(Decimal::new(SMALL_STEP, 2)))?,
                };
                ToClose::Part(Size::from_exact(step))
            }
            Partial::Tiers(step) => {
                let tiers = &setup.market.rules.tiers;
                let quantity = measure(setup, standing).unwrap_or(*size.exact());
                match size_to_close(tiers, &Size::from_exact(quantity), step)? {
                    ToClose::All => ToClose::All,
                    ToClose::Part(part) => {
                        let share = part.exact().over(&quantity)?;
                        ToClose::Part(Size::from_exact(share.times(size.exact())?))
                    }
                }
            }
        };
        let ToClose::Part(part) = part else {
            return Ok(size);
        };
        // Rounded up, so that what is left fits below the cap.
        let unit = Exact::from_decimal(Decimal::new(1, SIZE_PLACES));
        let part = part.exact().to_step(&unit, Rounding::Ceiling)?;
        if !part.is_positive() {
            return Ok(size);
        }
        Ok(Size::from_exact(part.smaller(*size.exact())?))
    }

    /// Whether all of it goes to the fund without being offered to the book.
    fn is_handed_over(&mut self) -> Result<bool, StepError> {
        let setup = self.setup;
        let Some(HandedOver::Lowest { tier, or_below_first }) = setup.rules.handed_over else {
            return Ok(false);
        };
        let size = self.state.size;
        let quantity = measure(setup, self.standing()?).unwrap_or(*size.exact());
        if setup.market.rules.tiers.index_of(&quantity)? < tier.get() {
            return Ok(true);
        }
        if !or_below_first {
            return Ok(false);
        }
        let (margin, mark) = (&self.state.balances.margin, &self.tick.mark);
        Ok(standing(setup, &size, margin, mark, Asks::FirstTier)?.zone == Zone::Below)
    }

    /// Whether so little is left that the backstop takes all.
    pub(super) fn is_for_backstop(&mut self) -> Result<bool, StepError> {
        let Unfilled::Backstop { below } = self.setup.rules.unfilled() else {
            return Ok(false);
        };
        let standing = self.standing()?;
        let line = standing.maintenance_margin.exact().times(below.exact())?;
        Ok(standing.margin_balance.exact().is_below(&line)?)
    }

    /// Hands everything to the backstop.
    pub(super) fn back_stop(&mut self) -> Result<(), StepError> {
        self.take_over(Taker::Backstop, true, None)
    }

    /// Hands all that is open to its taker, and closes.
    fn take_over(
        &mut self,
        taker: Taker,
        is_offered: bool,
        bankruptcy: Option<&Price>,
    ) -> Result<(), StepError> {
        let size = self.state.size;
        self.hand_over(taker, is_offered, &size, bankruptcy)?;
        let to = match taker {
            Taker::Fund => self.setup.rules.takeover().remainder,
            Taker::Backstop => Remainder::ToFund,
        };
        self.finish(to, false)
    }

    /// Hands a part or all to its taker, who closes it against the other side at the mark.
    fn hand_over(
        &mut self,
        taker: Taker,
        is_offered: bool,
        size: &Size,
        bankruptcy: Option<&Price>,
    ) -> Result<(), StepError> {
        let (size, mark) = (*size, self.tick.mark);
        let price = bankruptcy.copied().unwrap_or(mark);
        let there = self.profit(&size, &price)?;
        let beyond = self.profit(&size, &mark)?.minus(&there)?;
        let mut flows = Vec::new();
        let short = self.realize(&mut flows, &there)?;
        self.pay(&mut flows, Party::Counterparties, Party::Fund, &beyond)?;
        self.state.size = Size::from_exact(self.state.size.exact().minus(size.exact())?);
        self.changed();
        self.tell(EventKind::TakenOver { taker, is_offered, size, price }, flows)?;
        let loss = Money::from_exact(beyond.exact().negated().larger(Exact::ZERO)?);
        self.cover(&short.plus(&loss)?)
    }
}

/// What a tier table looks at; absent where it is the quantity.
fn measure(setup: &Setup, standing: &Standing) -> Option<Exact> {
    let rules = &setup.market.rules;
    match (rules.tiers.basis(), rules.maintenance_basis) {
        (TierBasis::Quantity, _) => None,
        (TierBasis::Notional, MarginBasis::Mark) => Some(*standing.notional.exact()),
        (TierBasis::EntryNotional, _) | (TierBasis::Notional, MarginBasis::Entry) => {
            Some(*standing.entry_notional.exact())
        }
    }
}
