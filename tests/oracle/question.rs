//! A question in plain decimals, which the calculator and the oracle read each for themselves.

use margin_calculator::venue::{ContractKind, TierBasis};
use rust_decimal::Decimal;

#[derive(Clone, Debug)]
pub(crate) struct Case {
    /// All positions on one wallet, or each on its own margin.
    pub(crate) cross: bool,
    /// Needed in cross.
    pub(crate) wallet: Option<Decimal>,
    pub(crate) markets: Vec<MarketCase>,
    pub(crate) positions: Vec<PositionCase>,
}

#[derive(Clone, Debug)]
pub(crate) struct MarketCase {
    pub(crate) contract: ContractKind,
    pub(crate) contract_size: Decimal,
    pub(crate) tick: Option<Decimal>,
    pub(crate) mark: Decimal,
    pub(crate) initial_on_mark: bool,
    pub(crate) initial_fee: Fee,
    pub(crate) maintenance_on_entry: bool,
    pub(crate) maintenance_fee: Fee,
    /// Share of the value at entry kept for funding; negative when it will be received.
    pub(crate) funding: Decimal,
    pub(crate) bankruptcy: Left,
    pub(crate) warning: Decimal,
    pub(crate) kind: Kind,
    pub(crate) basis: TierBasis,
    /// Whether the last tier's rate goes on beyond its cap.
    pub(crate) last_tier_goes_on: bool,
    pub(crate) tiers: Vec<Tier>,
}

/// A fee inside a margin; closing at mark is for maintenance only.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Fee {
    None,
    CloseAtMark(Decimal),
    CloseAtBankruptcy(Decimal),
    EntryRoundTrip(Decimal),
}

/// What is left of the balance at bankruptcy.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Left {
    Nothing,
    /// A share of the value there.
    CloseThere(Decimal),
    /// The initial fee.
    SetAside,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Kind {
    Marginal,
    Flat,
    Slope(Decimal),
    /// The money for each contract.
    Fixed(Decimal),
    FactorOverLeverage,
}

#[derive(Clone, Debug)]
pub(crate) struct Tier {
    pub(crate) floor: Decimal,
    pub(crate) cap: Option<Decimal>,
    pub(crate) rate: Decimal,
    /// What the table claims to take off; the calculator derives its own.
    pub(crate) stated: Option<Decimal>,
    pub(crate) max_leverage: Option<Decimal>,
}

/// One holding; in cross its margin means nothing.
#[derive(Clone, Debug)]
pub(crate) struct PositionCase {
    pub(crate) market: usize,
    pub(crate) long: bool,
    pub(crate) quantity: Decimal,
    pub(crate) entry: Decimal,
    pub(crate) leverage: Option<Decimal>,
    /// Whether `margin` is all that is assigned, or what was added to the initial margin.
    pub(crate) assigned: bool,
    pub(crate) margin: Decimal,
}

impl Case {
    pub(crate) fn market_of(&self, position: &PositionCase) -> &MarketCase {
        self.markets.get(position.market).unwrap()
    }

    /// The positions of a market, by their number.
    pub(crate) fn members(&self, market: usize) -> Vec<usize> {
        let numbered = self.positions.iter().enumerate();
        numbered.filter(|(_, position)| position.market == market).map(|(index, _)| index).collect()
    }
}

impl MarketCase {
    /// A market with a flat table of these floors and rates, no fee, no tick, no end.
    pub(crate) fn flat(contract: ContractKind, mark: &str, rows: &[(&str, &str)]) -> Self {
        let number = |text: &str| Decimal::from_str_exact(text).unwrap();
        let caps = rows.iter().skip(1).map(|(floor, _)| Some(number(floor)));
        let rows = rows.iter().zip(caps.chain([None]));
        let tier = |((floor, rate), cap): (&(&str, &str), Option<Decimal>)| Tier {
            floor: number(floor),
            cap,
            rate: number(rate),
            stated: None,
            max_leverage: None,
        };
        Self {
            contract,
            contract_size: Decimal::ONE,
            tick: None,
            mark: number(mark),
            initial_on_mark: false,
            initial_fee: Fee::None,
            maintenance_on_entry: false,
            maintenance_fee: Fee::None,
            funding: Decimal::ZERO,
            bankruptcy: Left::Nothing,
            warning: Decimal::new(8, 1),
            kind: Kind::Flat,
            basis: TierBasis::Notional,
            last_tier_goes_on: false,
            tiers: rows.map(tier).collect(),
        }
    }

    pub(crate) fn is_inverse(&self) -> bool {
        self.contract == ContractKind::Inverse
    }

    /// Whether a position here must state a leverage.
    pub(crate) fn goes_by_leverage(&self) -> bool {
        self.kind == Kind::FactorOverLeverage
            || matches!(self.maintenance_fee, Fee::CloseAtBankruptcy(_) | Fee::EntryRoundTrip(_))
    }
}

impl PositionCase {
    /// A position of the first market at ten times leverage, without added margin.
    pub(crate) fn plain(long: bool, quantity: &str, entry: &str) -> Self {
        Self {
            market: 0,
            long,
            quantity: Decimal::from_str_exact(quantity).unwrap(),
            entry: Decimal::from_str_exact(entry).unwrap(),
            leverage: Some(Decimal::TEN),
            assigned: false,
            margin: Decimal::ZERO,
        }
    }
}
