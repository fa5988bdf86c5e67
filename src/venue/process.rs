//! What venues document of the process after the trigger: one file each, with source and date.

use core::num::NonZeroU32;

use crate::quantity::{Exact, Rate, Ratio};

use super::process_files::FILES;
use super::profile::{LeftOver, LiquidationFee, PartialLiquidation};
use super::profile_read::{FEE_KEY, Words};
use super::rules::Source;
use super::table::{Sheet, TableError};

/// Which open orders are cancelled first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrdersCancelled {
    /// Those of the position's market.
    Position,
    /// All of the account.
    Account,
    /// No source read says.
    NotKnown,
}

/// Who receives the liquidation fee.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeeReceiver {
    /// The venue.
    Venue,
    /// Its insurance fund.
    Fund,
}

/// Who takes what the book did not.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Rest {
    /// The insurance fund, at the bankruptcy price.
    Fund,
    /// Participants who agreed to, at the bankruptcy price.
    Assigned,
    /// The fund at the bankruptcy price, and below this share of maintenance margin a vault, which
    /// takes the margin that is left as well.
    Backstop(Rate),
}

/// How the queue of auto-deleveraging is ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueueOrder {
    /// Profit x effective leverage.
    ProfitTimesLeverage,
    /// Profit as a share of the value at entry x effective leverage.
    ProfitShareTimesLeverage,
    /// No source read says.
    NotKnown,
}

/// What a venue does once the margin is not enough, as far as it documents it.
#[derive(Clone, Debug, PartialEq)]
pub struct VenueProcess {
    /// What links call it, in kebab case.
    pub id: &'static str,
    /// What a reader calls it.
    pub name: &'static str,
    /// Where its facts come from, and the date they hold for.
    pub source: Source,
    /// Margin ratio at which it warns; absent where no source read states one.
    pub warning_ratio: Option<Ratio>,
    /// Whole seconds that the threshold must stay broken before anything is closed.
    pub dwell_seconds: u32,
    /// What is cancelled first.
    pub orders: OrdersCancelled,
    /// How much is closed at a time.
    pub partial_liquidation: PartialLiquidation,
    /// What a liquidation costs, as a share of the value liquidated.
    pub liquidation_fee: LiquidationFee,
    /// Who receives that.
    pub fee_receiver: FeeReceiver,
    /// Who keeps what a fill better than bankruptcy leaves.
    pub left_over: LeftOver,
    /// Who takes what the book did not.
    pub rest: Rest,
    /// Whose positions close what no fund can pay.
    pub queue: QueueOrder,
    /// What else a reader should know, and what is assumed where nothing is documented.
    pub note: &'static str,
    /// The steps in order, in words.
    pub steps: Vec<&'static str>,
}

const KEYS: [&str; 14] = [
    "id",
    "name",
    "source",
    "as_of",
    "warning_ratio",
    "dwell_seconds",
    "orders",
    "partial_liquidation",
    FEE_KEY,
    "fee_taker",
    "left_over",
    "rest",
    "ranking",
    "note",
];

const ORDERS: [(&str, OrdersCancelled); 3] = [
    ("position", OrdersCancelled::Position),
    ("account", OrdersCancelled::Account),
    ("not_known", OrdersCancelled::NotKnown),
];

const RECEIVERS: [(&str, FeeReceiver); 2] =
    [("venue", FeeReceiver::Venue), ("fund", FeeReceiver::Fund)];

const QUEUES: [(&str, QueueOrder); 3] = [
    ("profit_times_leverage", QueueOrder::ProfitTimesLeverage),
    ("profit_share_times_leverage", QueueOrder::ProfitShareTimesLeverage),
    ("not_known", QueueOrder::NotKnown),
];

impl VenueProcess {
    /// Reads a process file; refuses what it does not understand, with the line.
    pub fn parse(text: &'static str) -> Result<Self, TableError> {
        let sheet = Sheet::read::<false>(text, &KEYS, &["step"])?;
        let word = Words { sheet: &sheet };
        Ok(Self {
            id: word.text("id")?,
            name: word.text("name")?,
            source: sheet.source()?,
            warning_ratio: match word.text("warning_ratio")? {
                "not_known" => None,
                _ => Some(Ratio::from_exact(*word.fraction("warning_ratio")?.exact())),
            },
            dwell_seconds: word
                .text("dwell_seconds")?
                .parse()
                .map_err(|_| sheet.bad_header("dwell_seconds", "whole seconds"))?,
            orders: word.one_of("orders", &ORDERS, "position, account, not_known")?,
            partial_liquidation: word.partial_liquidation()?,
            liquidation_fee: word.liquidation_fee()?,
            fee_receiver: word.one_of("fee_taker", &RECEIVERS, "venue, fund")?,
            left_over: word.left_over()?,
            rest: rest(word.text("rest")?).ok_or_else(|| {
                sheet.bad_header("rest", "fund, assigned, backstop 2/3 (a fraction)")
            })?,
            queue: word.one_of(
                "ranking",
                &QUEUES,
                "profit_times_leverage, profit_share_times_leverage, not_known",
            )?,
            note: sheet.header("note").unwrap_or_default(),
            steps: sheet.rows.iter().filter_map(|(_, row)| row.first().copied()).collect(),
        })
    }
}

/// Who takes the rest; absent for what is none of those known.
fn rest(text: &str) -> Option<Rest> {
    match text {
        "fund" => Some(Rest::Fund),
        "assigned" => Some(Rest::Assigned),
        _ => {
            let (above, below) = text.strip_prefix("backstop ")?.split_once('/')?;
            let whole = |text: &str| {
                let number: NonZeroU32 = text.parse().ok()?;
                Some(Exact::from_integer(number.get().into()))
            };
            let share = whole(above)?.over(&whole(below)?).ok()?;
            let is_part = share.is_below(&Exact::ONE) == Ok(true);
            is_part.then(|| Rest::Backstop(Rate::from_exact(share)))
        }
    }
}

/// Every process that is documented, in the order to list them; empty of those whose file is faulty,
/// which a test finds.
pub fn processes() -> Vec<VenueProcess> {
    FILES.iter().filter_map(|text| VenueProcess::parse(text).ok()).collect()
}
