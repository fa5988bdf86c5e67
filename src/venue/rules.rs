//! What differs between venues: one value per rule, never a branch on a name.

use rust_decimal::Decimal;

use crate::quantity::{Exact, Price, Rate, Ratio, Size};

use super::tier::TierTable;

/// How a contract turns a price into money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContractKind {
    /// Worth size x price; profit and margin are in the quote currency.
    Linear,
    /// Worth quote value / price; profit and margin are in the base coin.
    Inverse,
    /// Worth size x price x a fixed multiplier in a third coin.
    Quanto,
}

/// At which price a value is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarginBasis {
    /// At the average price of opening, so that the amount does not move with the market.
    Entry,
    /// At the mark price.
    Mark,
}

/// What a venue adds to initial margin.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum InitialFee {
    /// Nothing.
    None,
    /// The taker fee on the value at the price at which the plain initial margin is used up.
    /// Source: Bybit, "Initial Margin (USDT Contract)", read 2026-04.
    CloseAtBankruptcy(Rate),
    /// The taker fee to open, and once more on the initial margin: fee x (1 + 1/leverage) of the
    /// value at entry. Source: BitMEX, the `posComm` of its position records, 2021 to 2026.
    EntryRoundTrip(Rate),
}

/// What a venue adds to maintenance margin for the cost of closing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum MaintenanceFee {
    /// Nothing.
    None,
    /// The taker or liquidation fee on the position's value at mark.
    CloseAtMark(Rate),
    /// The fee of [`InitialFee::CloseAtBankruptcy`], which does not move with the market.
    CloseAtBankruptcy(Rate),
    /// The fee of [`InitialFee::EntryRoundTrip`], which does not move with the market.
    EntryRoundTrip(Rate),
}

/// What is left at bankruptcy for the cost of closing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum BankruptcyFee {
    /// Nothing: the margin balance is zero.
    None,
    /// This share of the value at the bankruptcy price.
    CloseThere(Rate),
    /// What initial margin set aside for fees. Source: BitMEX, the `bankruptPrice` of its position
    /// records, which leaves out the `posComm`, 2018 to 2026.
    SetAside,
}

/// What holds for a position larger than the last tier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BeyondTable {
    /// No rate is known, and none is invented.
    Unknown,
    /// The last tier's rate goes on, and the report says that the position is too large.
    LastTier,
}

/// Where a table comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Who publishes or recorded it.
    pub origin: String,
    /// The date or month it describes, as `2026-04`.
    pub as_of: String,
}

/// The margin rules of one market.
#[derive(Clone, Debug, PartialEq)]
pub struct VenueRules {
    /// Linear, inverse or quanto.
    pub contract: ContractKind,
    /// What 1 of a position's quantity is: base units in a linear contract, quote value in an
    /// inverse one, settle coin for each 1 of the price in a quanto one.
    pub contract_size: Size,
    /// The price step; absent when prices are not rounded.
    pub tick_size: Option<Price>,
    /// Where initial margin takes its value.
    pub initial_margin_basis: MarginBasis,
    /// What is added to initial margin.
    pub initial_fee: InitialFee,
    /// Where maintenance margin takes its value, and with it the tier.
    pub maintenance_basis: MarginBasis,
    /// What the cost of closing adds to maintenance margin.
    pub maintenance_fee: MaintenanceFee,
    /// Share of the value at entry added to maintenance margin for the next funding payment;
    /// negative when the position would receive it, zero where the venue adds none.
    pub maintenance_funding: Rate,
    /// What must still be there at bankruptcy, for the cost of closing.
    pub bankruptcy_fee: BankruptcyFee,
    /// What a liquidation costs, as a share of the value liquidated.
    pub liquidation_fee: Rate,
    /// Margin ratio at which the venue warns; 0.8 is 80 %.
    pub warning_ratio: Ratio,
    /// Maintenance rates by size of position.
    pub tiers: TierTable,
    /// What holds beyond the last tier.
    pub beyond_table: BeyondTable,
    /// Where the tiers come from.
    pub source: Source,
}

impl VenueRules {
    /// The plainest rules: maintenance on mark, no fee in any margin, a warning at 80 %, no price
    /// step, contracts of one unit, and no rate beyond the table.
    pub fn plain(contract: ContractKind, tiers: TierTable, source: Source) -> Self {
        let none = Rate::from_exact(Exact::ZERO);
        Self {
            contract,
            contract_size: Size::from_exact(Exact::ONE),
            tick_size: None,
            initial_margin_basis: MarginBasis::Entry,
            initial_fee: InitialFee::None,
            maintenance_basis: MarginBasis::Mark,
            maintenance_fee: MaintenanceFee::None,
            maintenance_funding: none,
            bankruptcy_fee: BankruptcyFee::None,
            liquidation_fee: none,
            warning_ratio: Ratio::from_decimal(Decimal::new(8, 1)),
            tiers,
            beyond_table: BeyondTable::Unknown,
            source,
        }
    }
}
