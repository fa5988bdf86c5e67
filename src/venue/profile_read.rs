//! A profile as text: the headers and rows of `table.rs`, with more keys.
//!
//! `market` and `not_modelled` may stand there several times, and there may be no rows: then no
//! table is known. Every other key stands there once at most.

use crate::quantity::{Exact, Money, Rate, Ratio};

use super::profile::{
    LeftOver, LiquidationFee, PartialLiquidation, Profile, RatioConvention, TableKind,
};
use super::profile_markets::markets;
use super::rules::{BankruptcyFee, ContractKind, InitialFee, MaintenanceFee, MarginBasis};
use super::table::{COLUMNS, Sheet, TableError, TableProblem, fault, number};
use super::tier::TierBasis;

const KEYS: [&str; 25] = [
    "id",
    "name",
    "source",
    "as_of",
    "contract",
    "settle",
    "initial_margin_basis",
    "initial_fee",
    "maintenance_basis",
    "maintenance_fee",
    "fee_rate",
    "funding_in_maintenance",
    "bankruptcy_fee",
    "liquidation_fee_rate",
    "liquidation_fee_cap",
    "left_over",
    "partial_liquidation",
    "warning_ratio",
    "ratio_convention",
    "kind",
    "basis",
    "tiers_from",
    "market",
    "not_modelled",
    "note",
];

const REPEATED: [&str; 2] = ["market", "not_modelled"];

const FRACTIONS: &str = "the fractions from 0 to below 1";

/// A value, or what is wrong with the file.
pub(super) type Read<T> = Result<T, TableError>;

impl Profile {
    /// Reads a profile file; refuses what it does not understand, with the line.
    pub fn parse(text: &'static str) -> Result<Self, TableError> {
        let sheet = Sheet::read::<true>(text, &KEYS, &COLUMNS)?;
        for key in KEYS.iter().filter(|key| !REPEATED.contains(key)) {
            if let Some((line, _)) = sheet.headers(key).nth(1) {
                return Err(fault(line, TableProblem::RepeatedHeader((*key).to_owned())));
            }
        }
        let word = Words { sheet: &sheet };
        let fee = match sheet.header("fee_rate") {
            None => None,
            Some(_) => Some(word.fraction("fee_rate")?),
        };
        let needed = || fee.ok_or_else(|| sheet.missing("fee_rate"));
        let not_modelled: Vec<_> =
            sheet.headers("not_modelled").map(|(_, sentence)| sentence).collect();
        if not_modelled.is_empty() {
            return Err(sheet.missing("not_modelled"));
        }
        let mut profile = Self {
            id: word.text("id")?,
            name: word.text("name")?,
            source: sheet.source()?,
            not_modelled,
            note: sheet.header("note").unwrap_or_default(),
            contract: word.one_of("contract", &CONTRACTS, "linear, inverse, quanto")?,
            initial_margin_basis: word.one_of("initial_margin_basis", &BASES, "entry, mark")?,
            initial_fee: match word.text("initial_fee")? {
                "none" => InitialFee::None,
                "close_at_bankruptcy" => InitialFee::CloseAtBankruptcy(needed()?),
                "entry_round_trip" => InitialFee::EntryRoundTrip(needed()?),
                _ => {
                    let expected = "none, close_at_bankruptcy, entry_round_trip";
                    return Err(sheet.bad_header("initial_fee", expected));
                }
            },
            maintenance_basis: word.one_of("maintenance_basis", &BASES, "entry, mark")?,
            maintenance_fee: match word.text("maintenance_fee")? {
                "none" => MaintenanceFee::None,
                "close_at_mark" => MaintenanceFee::CloseAtMark(needed()?),
                "close_at_bankruptcy" => MaintenanceFee::CloseAtBankruptcy(needed()?),
                "entry_round_trip" => MaintenanceFee::EntryRoundTrip(needed()?),
                _ => {
                    let expected = "none, close_at_mark, close_at_bankruptcy, entry_round_trip";
                    return Err(sheet.bad_header("maintenance_fee", expected));
                }
            },
            fee_rate: fee,
            funding_in_maintenance: word.one_of(
                "funding_in_maintenance",
                &[("false", false), ("true", true)],
                "true, false",
            )?,
            bankruptcy_fee: match word.text("bankruptcy_fee")? {
                "none" => BankruptcyFee::None,
                "fee_rate" => BankruptcyFee::CloseThere(needed()?),
                "set_aside" => BankruptcyFee::SetAside,
                _ => return Err(sheet.bad_header("bankruptcy_fee", "none, fee_rate, set_aside")),
            },
            liquidation_fee: word.liquidation_fee()?,
            left_over: word.one_of("left_over", &LEFT_OVERS, "holder, fund, not_known")?,
            partial_liquidation: word.partial_liquidation()?,
            warning_ratio: Ratio::from_exact(*word.fraction("warning_ratio")?.exact()),
            ratio_convention: word.one_of(
                "ratio_convention",
                &CONVENTIONS,
                "maintenance_over_balance, balance_over_maintenance, balance_over_notional, \
                 balance_over_used_less_factor, not_known",
            )?,
            table_kind: word.one_of(
                "kind",
                &KINDS,
                "marginal, flat, slope, fixed, factor_over_leverage",
            )?,
            table_basis: word.one_of("basis", &TIER_BASES, "notional, entry_notional, quantity")?,
            markets: Vec::new(),
        };
        profile.markets = markets(&profile, &sheet)?;
        Ok(profile)
    }
}

const CONTRACTS: [(&str, ContractKind); 3] = [
    ("linear", ContractKind::Linear),
    ("inverse", ContractKind::Inverse),
    ("quanto", ContractKind::Quanto),
];

const BASES: [(&str, MarginBasis); 2] =
    [("entry", MarginBasis::Entry), ("mark", MarginBasis::Mark)];

const LEFT_OVERS: [(&str, LeftOver); 3] =
    [("holder", LeftOver::Holder), ("fund", LeftOver::Fund), ("not_known", LeftOver::NotKnown)];

const CONVENTIONS: [(&str, RatioConvention); 5] = [
    ("maintenance_over_balance", RatioConvention::MaintenanceOverBalance),
    ("balance_over_maintenance", RatioConvention::BalanceOverMaintenance),
    ("balance_over_notional", RatioConvention::BalanceOverNotional),
    ("balance_over_used_less_factor", RatioConvention::BalanceOverUsedLessFactor),
    ("not_known", RatioConvention::NotKnown),
];

const KINDS: [(&str, TableKind); 5] = [
    ("marginal", TableKind::Marginal),
    ("flat", TableKind::Flat),
    ("slope", TableKind::Slope),
    ("fixed", TableKind::Fixed),
    ("factor_over_leverage", TableKind::FactorOverLeverage),
];

const TIER_BASES: [(&str, TierBasis); 3] = [
    ("notional", TierBasis::Notional),
    ("entry_notional", TierBasis::EntryNotional),
    ("quantity", TierBasis::Quantity),
];

/// The line of a key that is there.
pub(super) fn line_of(sheet: &Sheet<'_>, key: &str) -> usize {
    sheet.headers(key).next().map_or(0, |(line, _)| line)
}

/// The headers of a sheet, as values.
pub(super) struct Words<'s> {
    pub(super) sheet: &'s Sheet<'static>,
}

impl Words<'_> {
    pub(super) fn text(&self, key: &'static str) -> Read<&'static str> {
        self.sheet.header(key).ok_or_else(|| self.sheet.missing(key))
    }

    pub(super) fn one_of<T: Copy>(
        &self,
        key: &'static str,
        values: &[(&str, T)],
        expected: &'static str,
    ) -> Read<T> {
        let found = self.text(key)?;
        let value = values.iter().find(|(name, _)| *name == found);
        value.map(|(_, value)| *value).ok_or_else(|| self.sheet.bad_header(key, expected))
    }

    fn fraction(&self, key: &'static str) -> Read<Rate> {
        let value = Exact::from_decimal(number(line_of(self.sheet, key), key, self.text(key)?)?);
        match value.is_below(&Exact::ONE) {
            Ok(true) => Ok(Rate::from_exact(value)),
            _ => Err(self.sheet.bad_header(key, FRACTIONS)),
        }
    }

    fn liquidation_fee(&self) -> Read<LiquidationFee> {
        let key = "liquidation_fee_rate";
        let capped = self.sheet.header("liquidation_fee_cap");
        match (self.text(key)?, capped) {
            ("none", None) => Ok(LiquidationFee::None),
            ("not_known", None) => Ok(LiquidationFee::NotKnown),
            (_, None) => self.fraction(key).map(LiquidationFee::Of),
            (_, Some("what_is_left")) => self.fraction(key).map(LiquidationFee::AtMost),
            (_, Some(_)) => Err(self.sheet.bad_header("liquidation_fee_cap", "what_is_left")),
        }
    }

    fn partial_liquidation(&self) -> Read<PartialLiquidation> {
        let key = "partial_liquidation";
        let bad = || {
            let expected = "none, one_tier, two_tiers, small_steps, not_known, \
                fraction 0.2 above 100000 pause 30 (with its own numbers)";
            self.sheet.bad_header(key, expected)
        };
        let parts: Vec<&str> = self.text(key)?.split(' ').collect();
        Ok(match parts.as_slice() {
            ["none"] => PartialLiquidation::None,
            ["one_tier"] => PartialLiquidation::OneTier,
            ["two_tiers"] => PartialLiquidation::TwoTiers,
            ["small_steps"] => PartialLiquidation::SmallSteps,
            ["not_known"] => PartialLiquidation::NotKnown,
            ["fraction", share, "above", value, "pause", seconds] => {
                let line = line_of(self.sheet, key);
                let share = Exact::from_decimal(number(line, key, share)?);
                let is_part = share.is_positive() && share.is_below(&Exact::ONE) == Ok(true);
                PartialLiquidation::Fraction {
                    share: is_part.then(|| Rate::from_exact(share)).ok_or_else(bad)?,
                    above: Money::from_decimal(number(line, key, value)?),
                    pause_seconds: seconds.parse().map_err(|_| bad())?,
                }
            }
            _ => return Err(bad()),
        })
    }
}
