//! What fees and funding add to the margins of a market.

use crate::quantity::Rate;
use crate::venue::{BankruptcyFee, InitialFee, MaintenanceFee, VenueRules};

use super::fields::Fields;
use super::keys::{BANKRUPTCY_FEES, Fee, INITIAL_FEES, Left, MAINTENANCE_FEES, word_for};
use super::market::no_rate;
use super::number::{RATE, SIGNED_RATE};
use super::problem::Problems;
use super::venues::Venue;

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
        venue: Option<&Venue>,
        fields: &Fields<'_, '_>,
        problems: &mut Problems,
    ) -> Option<()> {
        if let Some(rate) = self.liquidation {
            rules.liquidation_fee = rate;
        }
        let known = Some(rules.liquidation_fee).filter(|rate| !rate.exact().is_zero());
        let mut rates = Rates {
            fee: self.rate.or_else(|| venue?.fee_rate()),
            liquidation: self.liquidation.or(known),
            funding: self.funding,
            fields,
            problems,
        };
        let initial = self.initial_fee(rules, &mut rates);
        let maintenance = self.maintenance_fee(rules, &mut rates);
        let bankruptcy = self.bankruptcy_fee(rules, &mut rates);
        let funding = self.due_funding(venue, &mut rates);
        rules.initial_fee = initial?;
        rules.maintenance_fee = maintenance?;
        rules.bankruptcy_fee = bankruptcy?;
        rules.maintenance_funding = funding?;
        Some(())
    }

    fn initial_fee(&self, rules: &VenueRules, rates: &mut Rates<'_>) -> Option<InitialFee> {
        let Some(word) = self.initial else {
            return Some(match (rules.initial_fee, self.rate) {
                (InitialFee::CloseAtBankruptcy(_), Some(rate)) => {
                    InitialFee::CloseAtBankruptcy(rate)
                }
                (InitialFee::EntryRoundTrip(_), Some(rate)) => InitialFee::EntryRoundTrip(rate),
                (unchanged, _) => unchanged,
            });
        };
        let fee = match word {
            Fee::CloseAtBankruptcy => InitialFee::CloseAtBankruptcy,
            Fee::EntryRoundTrip => InitialFee::EntryRoundTrip,
            Fee::None | Fee::CloseAtMark | Fee::LiquidationAtMark => return Some(InitialFee::None),
        };
        rates.fee("initial_fee", word_for(&INITIAL_FEES, &word)).map(fee)
    }

    fn maintenance_fee(&self, rules: &VenueRules, rates: &mut Rates<'_>) -> Option<MaintenanceFee> {
        let Some(word) = self.maintenance else {
            return Some(match (rules.maintenance_fee, self.rate) {
                (MaintenanceFee::CloseAtMark(_), Some(rate)) => MaintenanceFee::CloseAtMark(rate),
                (MaintenanceFee::CloseAtBankruptcy(_), Some(rate)) => {
                    MaintenanceFee::CloseAtBankruptcy(rate)
                }
                (MaintenanceFee::EntryRoundTrip(_), Some(rate)) => {
                    MaintenanceFee::EntryRoundTrip(rate)
                }
                (unchanged, _) => unchanged,
            });
        };
        let fee = match word {
            Fee::None => return Some(MaintenanceFee::None),
            Fee::LiquidationAtMark => {
                let rate = rates.liquidation;
                let why = "maintenance_fee \"liquidation_at_mark\"";
                return rates
                    .needed(rate, "liquidation_fee_rate", why)
                    .map(MaintenanceFee::CloseAtMark);
            }
            Fee::CloseAtMark => MaintenanceFee::CloseAtMark,
            Fee::CloseAtBankruptcy => MaintenanceFee::CloseAtBankruptcy,
            Fee::EntryRoundTrip => MaintenanceFee::EntryRoundTrip,
        };
        rates.fee("maintenance_fee", word_for(&MAINTENANCE_FEES, &word)).map(fee)
    }

    fn bankruptcy_fee(&self, rules: &VenueRules, rates: &mut Rates<'_>) -> Option<BankruptcyFee> {
        match (self.bankruptcy, rules.bankruptcy_fee, self.rate) {
            (Some(Left::None), ..) => Some(BankruptcyFee::None),
            (Some(Left::SetAside), ..) => Some(BankruptcyFee::SetAside),
            (Some(Left::Close), ..) => {
                rates.fee("bankruptcy_fee", "close").map(BankruptcyFee::CloseThere)
            }
            (None, BankruptcyFee::CloseThere(_), Some(rate)) => {
                Some(BankruptcyFee::CloseThere(rate))
            }
            (None, unchanged, _) => Some(unchanged),
        }
    }

    fn due_funding(&self, venue: Option<&Venue>, rates: &mut Rates<'_>) -> Option<Rate> {
        let by_venue = venue.is_some_and(Venue::funding_in_maintenance);
        match (self.with_funding, by_venue) {
            (Some(false), _) | (None, false) => Some(no_rate()),
            // A venue's rate changes from payment to payment: none is due where none is stated.
            (_, true) => Some(self.funding.unwrap_or_else(no_rate)),
            (Some(true), false) => {
                rates.needed(rates.funding, "funding_rate", "funding_in_maintenance")
            }
        }
    }
}

/// The rates that are known, and where to say that one is not.
struct Rates<'r> {
    fee: Option<Rate>,
    liquidation: Option<Rate>,
    funding: Option<Rate>,
    fields: &'r Fields<'r, 'r>,
    problems: &'r mut Problems,
}

impl Rates<'_> {
    /// The fee rate, for a key that takes it with this word.
    fn fee(&mut self, key: &str, word: &str) -> Option<Rate> {
        self.needed(self.fee, "fee_rate", &format!("{key} \"{word}\""))
    }

    fn needed(&mut self, rate: Option<Rate>, key: &str, taker: &str) -> Option<Rate> {
        if rate.is_none() {
            self.fields.miss(key, &format!(": {taker} takes it"), self.problems);
        }
        rate
    }
}
