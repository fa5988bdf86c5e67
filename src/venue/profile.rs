//! Venues as dated, sourced profiles: what each asks, and what of it is not modelled.

use std::sync::OnceLock;

use crate::quantity::{Exact, Money, Rate, Ratio, Size};

use super::profile_files::FILES;
use super::rules::{
    BankruptcyFee, BeyondTable, ContractKind, InitialFee, MaintenanceFee, MarginBasis, Source,
    VenueRules,
};
use super::table::{TableError, TableProblem, fault};
use super::tier::{TierBasis, TierTable};

/// Which quotient a venue calls its margin ratio. It changes no price, only what a reader compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RatioConvention {
    /// Maintenance margin over margin balance, as everywhere in this crate: closed when it rises to
    /// 100 %.
    MaintenanceOverBalance,
    /// Margin balance over maintenance margin: closed when it falls to 100 %.
    BalanceOverMaintenance,
    /// Margin balance over the position's value: closed when it falls to the maintenance rate.
    BalanceOverNotional,
    /// Margin balance over the margin used, less the tier's factor: closed when it falls to 0.
    BalanceOverUsedLessFactor,
    /// No source read states one.
    NotKnown,
}

/// How much of a position a venue closes at a time, once it is at or past its line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PartialLiquidation {
    /// All of it.
    None,
    /// Down by one tier, then it looks again.
    OneTier,
    /// Down by two tiers, then it looks again.
    TwoTiers,
    /// A share of it while it is large, then a pause, then the rest.
    Fraction {
        /// The share closed first, such as 0.2.
        share: Rate,
        /// The value at mark above which only that share is closed first, in the settle coin.
        above: Money,
        /// Seconds until the rest follows.
        pause_seconds: u32,
    },
    /// In small steps until the margin is enough again.
    SmallSteps,
    /// No source read says how much.
    NotKnown,
}

/// What a venue takes from the holder for a liquidation, as a share of the value liquidated.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum LiquidationFee {
    /// No source read states it.
    NotKnown,
    /// Nothing.
    None,
    /// This share.
    Of(Rate),
    /// This share, and no more than what is left above bankruptcy.
    AtMost(Rate),
}

/// Who keeps what is left when a position is closed better than at its bankruptcy price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftOver {
    /// The holder.
    Holder,
    /// The venue's insurance fund.
    Fund,
    /// No source read says who.
    NotKnown,
}

/// How the tables of a venue apply their rates; a table of its own for one market may differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableKind {
    /// Each slice of a position pays its own rate.
    Marginal,
    /// The tier's rate applies to the whole position.
    Flat,
    /// One rate that grows with the size held.
    Slope,
    /// Money for each contract.
    Fixed,
    /// A factor that the leverage divides.
    FactorOverLeverage,
}

/// The rules of a venue at a date, with the markets whose tiers are known.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// What scenarios call it, in kebab case. Without a date it is the newest there is; with one it
    /// holds the rules of that date.
    pub id: &'static str,
    /// What a reader calls it.
    pub name: &'static str,
    /// Where its facts come from, and the date they hold for.
    pub source: Source,
    /// What the venue does and this calculation does not, each a sentence for a trader.
    pub not_modelled: Vec<&'static str>,
    /// What else a reader should know; empty when there is nothing.
    pub note: &'static str,
    /// Linear, inverse or quanto.
    pub contract: ContractKind,
    /// Where initial margin takes its value.
    pub initial_margin_basis: MarginBasis,
    /// What is added to initial margin.
    pub initial_fee: InitialFee,
    /// Where maintenance margin takes its value.
    pub maintenance_basis: MarginBasis,
    /// What is added to maintenance margin for the cost of closing.
    pub maintenance_fee: MaintenanceFee,
    /// The taker fee that both fees above are made of; absent where no rule takes one and no source
    /// states one.
    pub fee_rate: Option<Rate>,
    /// Whether the next funding payment, on the value at entry, counts into maintenance margin. Its
    /// rate changes from payment to payment, so it comes with the scenario and is 0 without one.
    pub funding_in_maintenance: bool,
    /// What is left at bankruptcy for the cost of closing.
    pub bankruptcy_fee: BankruptcyFee,
    /// What a liquidation costs.
    pub liquidation_fee: LiquidationFee,
    /// Who keeps the rest.
    pub left_over: LeftOver,
    /// How much is closed at a time.
    pub partial_liquidation: PartialLiquidation,
    /// Margin ratio at which a warning is given, in this crate's convention: 0.8 is 80 %.
    pub warning_ratio: Ratio,
    /// What the venue itself calls its margin ratio.
    pub ratio_convention: RatioConvention,
    /// How its tables apply their rates.
    pub table_kind: TableKind,
    /// What decides the tier.
    pub table_basis: TierBasis,
    pub(super) markets: Vec<ProfileMarket>,
}

/// A market of a profile.
#[derive(Clone, Debug, PartialEq)]
pub struct ProfileMarket {
    /// The venue's symbol, such as `BTC-USDT-SWAP`.
    pub name: &'static str,
    /// The coin in which margin and profit are paid.
    pub settle: &'static str,
    /// Its rules with its own table.
    pub rules: VenueRules,
}

impl Profile {
    /// The markets whose tiers are known, in the order of the file; none where a source gives rules
    /// and no table.
    pub fn markets(&self) -> &[ProfileMarket] {
        &self.markets
    }

    /// One market, by the venue's symbol.
    pub fn market(&self, name: &str) -> Option<&ProfileMarket> {
        self.markets.iter().find(|market| market.name == name)
    }

    /// This venue's rules with another table, for a market that is not listed: contracts of one
    /// unit, no price step, no funding due, and the last tier's rate beyond the table.
    pub fn template(&self, tiers: TierTable) -> VenueRules {
        let none = Rate::from_exact(Exact::ZERO);
        VenueRules {
            contract: self.contract,
            contract_size: Size::from_exact(Exact::ONE),
            tick_size: None,
            initial_margin_basis: self.initial_margin_basis,
            initial_fee: self.initial_fee,
            maintenance_basis: self.maintenance_basis,
            maintenance_fee: self.maintenance_fee,
            maintenance_funding: none,
            bankruptcy_fee: self.bankruptcy_fee,
            liquidation_fee: match self.liquidation_fee {
                LiquidationFee::Of(rate) | LiquidationFee::AtMost(rate) => rate,
                LiquidationFee::None | LiquidationFee::NotKnown => none,
            },
            warning_ratio: self.warning_ratio,
            tiers,
            beyond_table: BeyondTable::LastTier,
            source: self.source.clone(),
        }
    }
}

/// All profiles, read and checked once. An error would be a mistake in a shipped file; a test reads
/// them all.
pub fn profiles() -> Result<&'static [Profile], TableError> {
    static PROFILES: OnceLock<Result<Vec<Profile>, TableError>> = OnceLock::new();
    PROFILES.get_or_init(load).as_ref().map(Vec::as_slice).map_err(Clone::clone)
}

/// One profile, by its id.
pub fn profile(id: &str) -> Option<&'static Profile> {
    profiles().ok()?.iter().find(|profile| profile.id == id)
}

fn load() -> Result<Vec<Profile>, TableError> {
    let mut profiles: Vec<Profile> = Vec::with_capacity(FILES.len());
    for text in FILES {
        let profile = Profile::parse(text)?;
        if profiles.iter().any(|known| known.id == profile.id) {
            let id = format!("the id {}", profile.id);
            return Err(fault(1, TableProblem::RepeatedHeader(id)));
        }
        profiles.push(profile);
    }
    Ok(profiles)
}
