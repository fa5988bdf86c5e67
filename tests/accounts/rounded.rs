//! Reports changed figure by figure.

use std::sync::Arc;

use margin_calculator::margin::{
    AccountReport, BankruptcyPrice, Crossing, MarginRatio, PositionReport, Rejection, Report,
    Shock, Threshold,
};
use margin_calculator::quantity::{Exact, Money, Price, Ratio};
use margin_calculator::venue::RiskTier;

/// What becomes of the figures of a report.
pub(crate) struct Change<'c> {
    pub(crate) money: &'c dyn Fn(&Exact) -> Exact,
    /// Exact prices.
    pub(crate) price: &'c dyn Fn(&Exact) -> Exact,
    /// Prices on a tick.
    pub(crate) on_tick: &'c dyn Fn(&Exact) -> Exact,
    /// Ratios and rates.
    pub(crate) ratio: &'c dyn Fn(&Exact) -> Exact,
}

impl Change<'_> {
    fn money(&self, amount: Money) -> Money {
        Money::from_exact((self.money)(amount.exact()))
    }

    fn ratio(&self, ratio: Ratio) -> Ratio {
        Ratio::from_exact((self.ratio)(ratio.exact()))
    }

    fn margin_ratio(&self, ratio: MarginRatio) -> MarginRatio {
        match ratio {
            MarginRatio::Of(ratio) => MarginRatio::Of(self.ratio(ratio)),
            MarginRatio::NothingLeft => MarginRatio::NothingLeft,
        }
    }

    fn prices(&self, exact: Price, on_tick: Price) -> (Price, Price) {
        // Without a tick both are the same figure.
        let change = if exact == on_tick { self.price } else { self.on_tick };
        (Price::from_exact((self.price)(exact.exact())), Price::from_exact(change(on_tick.exact())))
    }

    /// A tier by value: its edges are money.
    fn tier(&self, tier: &Arc<RiskTier>) -> Arc<RiskTier> {
        Arc::new(RiskTier {
            floor: (self.money)(&tier.floor),
            cap: tier.cap.as_ref().map(self.money),
            maintenance_amount: self.money(tier.maintenance_amount),
            stated_amount: tier.stated_amount.map(|amount| self.money(amount)),
            ..**tier
        })
    }

    fn crossing(&self, crossing: Crossing) -> Crossing {
        let (exact, price) = self.prices(crossing.exact, crossing.price);
        Crossing { exact, price, tier: self.tier(&crossing.tier), ..crossing }
    }

    fn threshold(&self, threshold: Threshold) -> Threshold {
        match threshold {
            Threshold::AtPrice { below, above } => Threshold::AtPrice {
                below: below.map(|crossing| self.crossing(crossing)),
                above: above.map(|crossing| self.crossing(crossing)),
            },
            Threshold::Now { boundary } => {
                Threshold::Now { boundary: boundary.map(|crossing| self.crossing(crossing)) }
            }
            Threshold::Never | Threshold::TableEnds => threshold,
        }
    }

    fn position(&self, report: PositionReport) -> PositionReport {
        PositionReport {
            entry_notional: self.money(report.entry_notional),
            notional: self.money(report.notional),
            initial_margin: report.initial_margin.map(|margin| self.money(margin)),
            position_margin: report.position_margin.map(|margin| self.money(margin)),
            unrealized_pnl: self.money(report.unrealized_pnl),
            return_on_margin: report.return_on_margin.map(|ratio| self.ratio(ratio)),
            margin_balance: self.money(report.margin_balance),
            maintenance_margin: self.money(report.maintenance_margin),
            maintenance_margin_rate: self.ratio(report.maintenance_margin_rate),
            margin_ratio: self.margin_ratio(report.margin_ratio),
            effective_leverage: report.effective_leverage.map(|ratio| self.ratio(ratio)),
            liquidation: self.threshold(report.liquidation),
            margin_call: self.threshold(report.margin_call),
            bankruptcy_price: report.bankruptcy_price.map(|found| {
                let (exact, price) = self.prices(found.exact, found.price);
                BankruptcyPrice { exact, price }
            }),
            rejections: report
                .rejections
                .into_iter()
                .map(|rejection| match rejection {
                    Rejection::MarginBelowMaintenance { maintenance_margin } => {
                        let maintenance_margin = self.money(maintenance_margin);
                        Rejection::MarginBelowMaintenance { maintenance_margin }
                    }
                    Rejection::SizeAboveTable { cap } => {
                        Rejection::SizeAboveTable { cap: (self.money)(&cap) }
                    }
                    Rejection::LeverageAboveTier { .. } => rejection,
                })
                .collect(),
            tier: self.tier(&report.tier),
            entry_tier: self.tier(&report.entry_tier),
        }
    }

    pub(crate) fn report(&self, report: Report) -> Report {
        let account = report.account;
        Report {
            account: AccountReport {
                margin_balance: self.money(account.margin_balance),
                initial_margin: account.initial_margin.map(|margin| self.money(margin)),
                maintenance_margin: self.money(account.maintenance_margin),
                margin_ratio: account.margin_ratio.map(|ratio| self.margin_ratio(ratio)),
                available_balance: account.available_balance.map(|money| self.money(money)),
                shock_to_liquidation: match account.shock_to_liquidation {
                    Shock::To { down, up } => Shock::To {
                        down: down.map(|ratio| self.ratio(ratio)),
                        up: up.map(|ratio| self.ratio(ratio)),
                    },
                    other => other,
                },
            },
            positions: report.positions.into_iter().map(|found| self.position(found)).collect(),
        }
    }
}
