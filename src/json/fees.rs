//! What fees and funding add to the margins of a market.

use crate::quantity::Rate;
use crate::venue::{BankruptcyFee, InitialFee, MaintenanceFee, VenueRules};

use super::fields::Fields;
use super::keys::{BANKRUPTCY_FEES, Fee, INITIAL_FEES, Left, MAINTENANCE_FEES, word_for};
use super::market::no_rate;
use super::number::{RATE, SIGNED_RATE};
use super::problem::Problems;

/// What a market states about fees; each absent where it states nothing.
pub(super) struct Fees {
    initial: Option<Fee>,
    maintenance: Option<Fee>,
    bankruptcy: Option<Left>,
    rate: Option<Rate>,
    liquidation: Option<Rate>,
    funding: Option<Rate>,
    with_funding: Option<bool>,
}

/// Reads the keys about fees.
pub(super) fn read(fields: &Fields<'_, '_>, problems: &mut Problems) -> Option<Fees> {
    let initial = fields.word("initial_fee", &INITIAL_FEES, problems).stated();
    let maintenance = fields.word("maintenance_fee", &MAINTENANCE_FEES, problems).stated();
    let bankruptcy = fields.word("bankruptcy_fee", &BANKRUPTCY_FEES, problems).stated();
    let mut rate =
        |key, range| fields.number(key, range, problems).map(Rate::from_decimal).stated();
    let fee = rate("fee_rate", &RATE);
    let funding = rate("funding_rate", &SIGNED_RATE);
    let liquidation = rate("liquidation_fee_rate", &RATE);
    let with_funding = fields.flag("funding_in_maintenance", problems).stated();
    Some(Fees {
        initial: initial?,
        maintenance: maintenance?,
        bankruptcy: bankruptcy?,
        rate: fee?,
        liquidation: liquidation?,
        funding: funding?,
        with_funding: with_funding?,
    })
}

impl Fees {
    /// Replaces what is stated. A fee whose rate nobody states is a problem.
    pub(super) fn apply(
        &self,
        rules: &mut VenueRules,
        fields: &Fields<'_, '_>,
        problems: &mut Problems,
    ) -> Option<()> {
        let fee = self.rate.or_else(|| rate_in(rules));
        let mut needed = |rate: Option<Rate>, key: &str, why: &str| {
            if rate.is_none() {
                fields.miss(key, &format!(": {why} takes it"), problems);
            }
            rate
        };
        if let Some(rate) = self.liquidation {
            rules.liquidation_fee = rate;
        }
        let liquidation = Some(rules.liquidation_fee).filter(|rate| !rate.exact().is_zero());
        let liquidation = self.liquidation.or(liquidation);

        let why = |key: &str, word: &str| format!("{key} \"{word}\"");
        let initial = match (self.initial, self.rate) {
            (None, None) => Some(rules.initial_fee),
            (None, Some(rate)) => Some(match rules.initial_fee {
                InitialFee::None => InitialFee::None,
                InitialFee::CloseAtBankruptcy(_) => InitialFee::CloseAtBankruptcy(rate),
                InitialFee::EntryRoundTrip(_) => InitialFee::EntryRoundTrip(rate),
            }),
            (Some(Fee::None | Fee::CloseAtMark | Fee::LiquidationAtMark), _) => {
                Some(InitialFee::None)
            }
            (Some(word), _) => {
                let why = why("initial_fee", word_for(&INITIAL_FEES, &word));
                needed(fee, "fee_rate", &why).map(|rate| match word {
                    Fee::EntryRoundTrip => InitialFee::EntryRoundTrip(rate),
                    _ => InitialFee::CloseAtBankruptcy(rate),
                })
            }
        };
        let maintenance = match (self.maintenance, self.rate) {
            (None, None) => Some(rules.maintenance_fee),
            (None, Some(rate)) => Some(match rules.maintenance_fee {
                MaintenanceFee::None => MaintenanceFee::None,
                MaintenanceFee::CloseAtMark(_) => MaintenanceFee::CloseAtMark(rate),
                MaintenanceFee::CloseAtBankruptcy(_) => MaintenanceFee::CloseAtBankruptcy(rate),
                MaintenanceFee::EntryRoundTrip(_) => MaintenanceFee::EntryRoundTrip(rate),
            }),
            (Some(Fee::None), _) => Some(MaintenanceFee::None),
            (Some(Fee::LiquidationAtMark), _) => {
                let why = why("maintenance_fee", "liquidation_at_mark");
                needed(liquidation, "liquidation_fee_rate", &why).map(MaintenanceFee::CloseAtMark)
            }
            (Some(word), _) => {
                let why = why("maintenance_fee", word_for(&MAINTENANCE_FEES, &word));
                needed(fee, "fee_rate", &why).map(|rate| match word {
                    Fee::EntryRoundTrip => MaintenanceFee::EntryRoundTrip(rate),
                    Fee::CloseAtBankruptcy => MaintenanceFee::CloseAtBankruptcy(rate),
                    _ => MaintenanceFee::CloseAtMark(rate),
                })
            }
        };
        let bankruptcy = match (self.bankruptcy, rules.bankruptcy_fee, self.rate) {
            (Some(Left::FeeToClose), _, _) => {
                needed(fee, "fee_rate", &why("bankruptcy_fee", "close"))
                    .map(BankruptcyFee::CloseThere)
            }
            (Some(Left::Nothing), _, _) => Some(BankruptcyFee::None),
            (Some(Left::SetAside), _, _) => Some(BankruptcyFee::SetAside),
            (None, BankruptcyFee::CloseThere(_), Some(rate)) => {
                Some(BankruptcyFee::CloseThere(rate))
            }
            (None, unchanged, _) => Some(unchanged),
        };
        let known = Some(rules.maintenance_funding).filter(|rate| !rate.exact().is_zero());
        let funding = match (self.with_funding, known) {
            (Some(true), _) => {
                needed(self.funding.or(known), "funding_rate", "funding_in_maintenance")
            }
            (Some(false), _) | (None, None) => Some(no_rate()),
            (None, Some(known)) => Some(self.funding.unwrap_or(known)),
        };
        rules.initial_fee = initial?;
        rules.maintenance_fee = maintenance?;
        rules.bankruptcy_fee = bankruptcy?;
        rules.maintenance_funding = funding?;
        Some(())
    }
}

/// The fee rate that rules already hold, if any of their fees has one.
fn rate_in(rules: &VenueRules) -> Option<Rate> {
    match (rules.maintenance_fee, rules.initial_fee) {
        (
            MaintenanceFee::CloseAtMark(rate)
            | MaintenanceFee::CloseAtBankruptcy(rate)
            | MaintenanceFee::EntryRoundTrip(rate),
            _,
        )
        | (
            MaintenanceFee::None,
            InitialFee::CloseAtBankruptcy(rate) | InitialFee::EntryRoundTrip(rate),
        ) => Some(rate),
        (MaintenanceFee::None, InitialFee::None) => match rules.bankruptcy_fee {
            BankruptcyFee::CloseThere(rate) => Some(rate),
            BankruptcyFee::None | BankruptcyFee::SetAside => None,
        },
    }
}
