//! Auto-deleveraging: whose profitable positions close what no fund can pay.

use core::cmp::Ordering;

use crate::quantity::{Exact, Money, Overflow, Ratio, Size};

/// A position on the other side of the one that is being closed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Candidate {
    /// Tells it apart; the lower goes first where scores are equal, so that the order is one.
    pub id: u64,
    /// Profit at mark, before it is deleveraged.
    pub unrealized_pnl: Money,
    /// Value at mark, above zero.
    pub notional: Money,
    /// Value at entry, above zero.
    pub entry_notional: Money,
    /// What stands behind it, as the venue counts it for its ranking.
    pub margin_balance: Money,
}

/// How a venue orders the queue; the highest score goes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ranking {
    /// Profit / margin balance.
    /// Source: github.com/FLOX-Foundation/flox@d2dc5ecf tests/test_liquidation_engine.cpp,
    /// 2026-08-16.
    ProfitOverBalance,
    /// Profit x (value at mark / margin balance).
    /// Sources: as above, which ascribes it to Binance and Bybit.
    ProfitTimesLeverage,
    /// Profit as a share of the value at entry, x effective leverage; a loss is divided by it
    /// instead, so that the smaller leverage goes first among losers.
    /// Source: BitMEX, "Auto-Deleveraging" (bitmex.com/app/autoDeleveraging), and MEXC, support
    /// 360042504091, read 2026-11.
    ProfitShareTimesLeverage,
}

/// A candidate's place in the queue, higher first; absent when nothing stands behind it, for such a
/// position is itself about to be closed.
pub fn score(candidate: &Candidate, ranking: Ranking) -> Result<Option<Ratio>, Overflow> {
    let (profit, balance) = (candidate.unrealized_pnl, candidate.margin_balance);
    if !balance.exact().is_positive() {
        return Ok(None);
    }
    let leverage = candidate.notional.ratio_to(&balance)?;
    Ok(Some(match ranking {
        Ranking::ProfitOverBalance => profit.ratio_to(&balance)?,
        Ranking::ProfitTimesLeverage => Ratio::from_exact(profit.exact().times(leverage.exact())?),
        Ranking::ProfitShareTimesLeverage => {
            let share = profit.ratio_to(&candidate.entry_notional)?;
            Ratio::from_exact(if share.exact().is_negative() {
                share.exact().over(leverage.exact())?
            } else {
                share.exact().times(leverage.exact())?
            })
        }
    }))
}

/// The candidates from the first to be closed to the last; those without a score stand at the end.
pub fn queue(candidates: &[Candidate], ranking: Ranking) -> Result<Vec<Candidate>, Overflow> {
    // Insertion by halving: a sort cannot stop at a comparison that overflows.
    let mut placed: Vec<(Option<Ratio>, Candidate)> = Vec::with_capacity(candidates.len());
    for candidate in candidates {
        let score = score(candidate, ranking)?;
        let (mut from, mut to) = (0_usize, placed.len());
        while from < to {
            let middle = from.midpoint(to);
            let goes_after = match placed.get(middle) {
                Some((other, stands)) => {
                    order(other.as_ref(), score.as_ref())?.then(stands.id.cmp(&candidate.id))
                        != Ordering::Greater
                }
                None => false,
            };
            if goes_after {
                from = middle.saturating_add(1);
            } else {
                to = middle;
            }
        }
        placed.insert(from, (score, *candidate));
    }
    Ok(placed.into_iter().map(|(_, candidate)| candidate).collect())
}

/// Which of two scores goes first: the higher, and any before none.
fn order(one: Option<&Ratio>, other: Option<&Ratio>) -> Result<Ordering, Overflow> {
    match (one, other) {
        (Some(one), Some(other)) => other.exact().compare(one.exact()),
        (one, other) => Ok(other.is_some().cmp(&one.is_some())),
    }
}

/// One position closed against a deficit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Closeout {
    /// The [`Candidate::id`].
    pub id: u64,
    /// Profit it gives up, above zero.
    pub forgone: Money,
    /// Profit it keeps, zero or above: only the gain that covers the deficit is taken.
    pub kept: Money,
}

/// What auto-deleveraging came to. What was forgone and what is unpaid add up to the deficit.
#[derive(Clone, Debug, PartialEq)]
pub struct Deleveraged {
    /// In the order they were closed.
    pub closeouts: Vec<Closeout>,
    /// What nobody was left to pay, zero or above.
    pub unpaid: Money,
}

/// Closes winners whole, from the head of the queue, until their profit covers the deficit.
///
/// Source: github.com/FLOX-Foundation/flox@d2dc5ecf tests/test_liquidation_engine.cpp, 2026-08-16;
/// a winner keeps what the deficit does not need, or money would be made of nothing.
pub fn deleverage(
    candidates: &[Candidate],
    ranking: Ranking,
    deficit: &Money,
) -> Result<Deleveraged, Overflow> {
    let mut unpaid = *deficit;
    let mut closeouts = Vec::new();
    for candidate in queue(candidates, ranking)? {
        if !unpaid.exact().is_positive() {
            break;
        }
        let profit = candidate.unrealized_pnl;
        if !profit.exact().is_positive() {
            continue;
        }
        let forgone = Money::from_exact(profit.exact().smaller(*unpaid.exact())?);
        unpaid = unpaid.minus(&forgone)?;
        closeouts.push(Closeout { id: candidate.id, forgone, kept: profit.minus(&forgone)? });
    }
    Ok(Deleveraged { closeouts, unpaid })
}

/// How much of one position in the queue is closed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Assigned {
    /// Tells the position apart.
    pub id: u64,
    /// How much of it is closed, at the bankruptcy price of the other side.
    pub closed: Size,
    /// How much of it stays open.
    pub remaining: Size,
}

/// Assigns a size to positions in queue order, each up to what it holds; those that nothing falls on
/// are not listed. The second value is what found nobody.
///
/// Source: BitMEX, "Auto-Deleveraging Examples" (bitmex.com/app/autoDeleveragingExamples), read
/// 2026-11.
pub fn assign(size: &Size, positions: &[(u64, Size)]) -> Result<(Vec<Assigned>, Size), Overflow> {
    let mut left = *size.exact();
    let mut assigned = Vec::new();
    for (id, held) in positions {
        if !left.is_positive() {
            break;
        }
        let closed = left.smaller(*held.exact())?;
        left = left.minus(&closed)?;
        assigned.push(Assigned {
            id: *id,
            closed: Size::from_exact(closed),
            remaining: Size::from_exact(held.exact().minus(&closed)?),
        });
    }
    Ok((assigned, Size::from_exact(left.larger(Exact::ZERO)?)))
}
