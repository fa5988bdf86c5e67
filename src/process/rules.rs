//! How a venue closes a position, as data: one value per rule, and none where no document states it.

use core::num::NonZeroUsize;

use crate::quantity::{Exact, Money, Rate, Ratio};
use crate::takeover::{FeeTaker, Ranking, Remainder, StepDown, TakeoverRule};
use crate::venue::Source;

/// Which open orders are cancelled before anything of the position is sold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cancels {
    /// None.
    Nothing,
    /// Those of the position's own market.
    OfPosition,
    /// All of the account.
    OfAccount,
}

/// Where the margin goes that cancelled orders held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freed {
    /// To the free wallet, which does not back an isolated position.
    ToWallet,
    /// To the balance that backs the position, which may be enough to keep it.
    ToPosition,
}

/// How much is sold before the position is looked at again.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Partial {
    /// All of it.
    All,
    /// Down to the cap of a lower tier, again and again in the same moment.
    Tiers(StepDown),
    /// A share of it while it is worth more than an amount, then a pause, then the rest.
    Share {
        /// The share sold first, between 0 and 1.
        share: Rate,
        /// The value at mark above which only the share is sold, in the coin of the margin.
        above: Money,
        /// Milliseconds until the rest follows.
        pause_ms: u64,
    },
    /// One step at each look, until the margin is enough.
    SmallSteps {
        /// A step, as a share of what was open when the run began; absent where no document states
        /// it, and then [`SMALL_STEP`] is used.
        share: Option<Rate>,
    },
}

/// A step, in percent of what was open, where a venue sells in small steps and does not say how small.
pub const SMALL_STEP: i64 = 5;

/// What is taken over at the bankruptcy price without being offered to the book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandedOver {
    /// All of a position in one of the lowest tiers.
    Lowest {
        /// The highest of them, counted from 1.
        tier: NonZeroUsize,
        /// Whether also in a higher tier, where the margin is not more than the first tier's rate
        /// would ask for all of it.
        or_below_first: bool,
    },
    /// What exceeds the cap of a lower tier, where it is reduced by tiers; the rest is offered.
    Excess,
}

/// What happens to what the book did not take.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Unfilled {
    /// The insurance fund takes it over at the bankruptcy price, at once.
    Fund,
    /// It is offered again at each look. Once the margin balance is below this fraction of what must
    /// be kept, a backstop takes the position with all margin that is left.
    Backstop {
        /// The fraction, such as 2/3.
        below: Ratio,
    },
}

/// The worst price that a liquidation order accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SweepLimit {
    /// The bankruptcy price as it stood when the order was sent.
    Bankruptcy,
    /// Any: a loss beyond the margin is paid by the fund.
    Market,
}

/// The rules of one venue, or of a teaching text, for everything from the warning on.
///
/// A rule that no document states is absent, so that a reader can be told so; what is then done is
/// what its accessor says.
#[derive(Clone, Debug, PartialEq)]
pub struct ProcessRules {
    /// What files call it.
    pub id: String,
    /// What a reader calls it.
    pub name: String,
    /// Who states it, and the date it holds for.
    pub source: Source,
    /// What a reader should know besides; empty when there is nothing.
    pub note: String,
    /// What the document says happens, in its order.
    pub steps: Vec<String>,
    /// Margin ratio at which a warning is given, above zero; 0.8 is 80 %.
    pub warning_ratio: Option<Ratio>,
    /// How many milliseconds the threshold must stay broken before anything is sold.
    pub dwell_ms: Option<u64>,
    /// Marks are looked at this many milliseconds apart; 0 looks at every one.
    pub check_ms: Option<u64>,
    /// Which orders are cancelled first.
    pub cancels: Option<Cancels>,
    /// Where their margin goes.
    pub freed: Option<Freed>,
    /// How much is sold at a time.
    pub partial: Option<Partial>,
    /// What is not offered to the book; where absent, all is.
    pub handed_over: Option<HandedOver>,
    /// Fee on the value sold, zero or above; never more than what is left above bankruptcy.
    pub fee_rate: Option<Rate>,
    /// Who receives the fee.
    pub fee_taker: Option<FeeTaker>,
    /// Who receives what is left at the end.
    pub remainder: Option<Remainder>,
    /// What happens to what the book did not take.
    pub unfilled: Option<Unfilled>,
    /// The worst price of the order.
    pub limit: Option<SweepLimit>,
    /// Whether a document says that profitable positions are closed when the fund is empty, though
    /// perhaps not in which order.
    pub deleverages: bool,
    /// In which order profitable positions are closed when the fund is empty.
    pub ranking: Option<Ranking>,
}

impl ProcessRules {
    /// Rules of which nothing is documented but where they come from.
    pub fn unknown(id: String, name: String, source: Source) -> Self {
        Self {
            id,
            name,
            source,
            note: String::new(),
            steps: Vec::new(),
            warning_ratio: None,
            dwell_ms: None,
            check_ms: None,
            cancels: None,
            freed: None,
            partial: None,
            handed_over: None,
            fee_rate: None,
            fee_taker: None,
            remainder: None,
            unfilled: None,
            limit: None,
            deleverages: false,
            ranking: None,
        }
    }

    /// Milliseconds below the threshold; none where undocumented, since every venue read acts at once.
    pub fn dwell_ms(&self) -> u64 {
        self.dwell_ms.unwrap_or_default()
    }

    /// Milliseconds between two looks; every mark is looked at where undocumented.
    pub fn check_ms(&self) -> u64 {
        self.check_ms.unwrap_or_default()
    }

    /// Which orders go first; those of the position where undocumented, as at most venues.
    pub fn cancels(&self) -> Cancels {
        self.cancels.unwrap_or(Cancels::OfPosition)
    }

    /// Where their margin goes; to the wallet where undocumented, so that no rescue is promised.
    pub fn freed(&self) -> Freed {
        self.freed.unwrap_or(Freed::ToWallet)
    }

    /// How much is sold at a time; all where undocumented.
    pub fn partial(&self) -> Partial {
        self.partial.unwrap_or(Partial::All)
    }

    /// Fee and remainder; without a fee, and nothing for the holder, where undocumented: no fee is
    /// invented, and nothing is promised back that no document promises.
    pub fn takeover(&self) -> TakeoverRule {
        TakeoverRule {
            liquidation_fee_rate: self.fee_rate.unwrap_or(Rate::from_exact(Exact::ZERO)),
            fee_taker: self.fee_taker.unwrap_or(FeeTaker::Fund),
            remainder: self.remainder.unwrap_or(Remainder::ToFund),
        }
    }

    /// What happens to what was not sold; the fund takes it over where undocumented.
    pub fn unfilled(&self) -> Unfilled {
        self.unfilled.unwrap_or(Unfilled::Fund)
    }

    /// The worst price; bankruptcy where undocumented.
    pub fn limit(&self) -> SweepLimit {
        self.limit.unwrap_or(SweepLimit::Bankruptcy)
    }

    /// The queue; by profit times leverage where undocumented, as at most venues.
    pub fn ranking(&self) -> Ranking {
        self.ranking.unwrap_or(Ranking::ProfitTimesLeverage)
    }
}
