//! Random tier tables, and the listed ones.

use margin_calculator::quantity::{Exact, Rounding};
use margin_calculator::venue::{TierBasis, TierKind, catalog};
use rust_decimal::Decimal;

use super::super::question::{Kind, MarketCase, Tier};
use super::{MONEY, Maker, RATE, Reach};

fn open_row(rate: Decimal) -> Tier {
    Tier { floor: Decimal::ZERO, cap: None, rate, stated: None, max_leverage: None }
}

impl Maker {
    /// One rate, one rate with a slope, or one amount, for every size.
    pub(super) fn single_row(&mut self, market: &mut MarketCase, size: Decimal) {
        let rate = self.rate(5000);
        market.tiers = vec![open_row(rate)];
        market.kind = match self.random.below(3) {
            0 => Kind::Marginal,
            1 => {
                let full = (size * market.contract_size).max(Decimal::new(1, 12));
                Kind::Slope(match self.reach {
                    Reach::Ordinary => (self.rate(5000) / full).round_dp(12),
                    _ => self.number(RATE),
                })
            }
            _ => Kind::Fixed(match self.reach {
                Reach::Ordinary => {
                    let one = self.value(market, Decimal::ONE);
                    (one * self.rate(10_000)).round_dp(8)
                }
                _ => self.number(MONEY),
            }),
        };
        market.basis = if market.kind == Kind::Marginal {
            TierBasis::Notional
        } else {
            self.random.pick(&[TierBasis::Notional, TierBasis::EntryNotional, TierBasis::Quantity])
        };
    }

    /// A table of several tiers.
    pub(super) fn table(&mut self, market: &mut MarketCase, size: Decimal) {
        let linear = !market.is_inverse();
        if linear && self.reach == Reach::Ordinary && self.random.chance(15) {
            self.listed(market);
            return;
        }
        market.kind = match self.random.below(20) {
            0..9 => Kind::Marginal,
            9..17 => Kind::Flat,
            _ => Kind::FactorOverLeverage,
        };
        market.basis = match self.random.below(10) {
            0..7 => TierBasis::Notional,
            7 if market.kind != Kind::Marginal => TierBasis::Quantity,
            _ => TierBasis::EntryNotional,
        };
        market.tiers = match self.reach {
            Reach::Ordinary => {
                let measure = match market.basis {
                    TierBasis::Quantity => size,
                    _ => self.value(market, size),
                };
                self.usual_tiers(measure)
            }
            _ => self.any_tiers(),
        };
        if self.random.chance(30) {
            let mut most = self.random.pick(&[150, 100, 50]);
            for tier in &mut market.tiers {
                tier.max_leverage = Some(Decimal::from(most));
                most = (most - self.random.below(40).min(most - 1)).max(1);
            }
        }
        if self.random.chance(10) {
            for tier in &mut market.tiers {
                tier.stated = Some(self.random.decimal(3, 2));
            }
        }
    }

    /// Tiers by value at mark around a size, from hardly anything to most of the value.
    pub(super) fn steep(&mut self, market: &mut MarketCase, size: Decimal) {
        market.kind = self.random.pick(&[Kind::Marginal, Kind::Flat]);
        market.basis = TierBasis::Notional;
        market.maintenance_on_entry = false;
        market.last_tier_goes_on = true;
        let value = self.value(market, size);
        let edge = |hundredths| (value * Decimal::new(hundredths, 2)).round_dp(6);
        let all = [(0, 5), (60, 10), (105, 40), (130, 150), (250, 600)];
        let mut tiers: Vec<Tier> = Vec::new();
        for (floor, rate) in all.map(|(hundredths, rate)| (edge(hundredths), rate)) {
            let floor = if tiers.is_empty() { Decimal::ZERO } else { floor };
            if tiers.last().is_some_and(|last| floor <= last.floor) {
                continue;
            }
            if let Some(last) = tiers.last_mut() {
                last.cap = Some(floor);
            }
            tiers.push(Tier { floor, ..open_row(Decimal::new(rate, 3)) });
        }
        market.tiers = tiers;
    }

    /// Rising edges around a usual value, and rates that do not fall.
    fn usual_tiers(&mut self, measure: Decimal) -> Vec<Tier> {
        let count = self.random.pick(&[1, 2, 2, 3, 4, 6]);
        let steep = self.random.pick(&[50, 300, 3000, 20_000]);
        let mut rate = self.rate(2000);
        let mut floor = Decimal::ZERO;
        let mut tiers = Vec::new();
        for number in 1..=count {
            let width = if self.random.chance(50) {
                self.round_part(measure)
            } else {
                measure * self.random.decimal(0, 2) * Decimal::from(1 + self.random.below(4))
            };
            let cap = floor + width.round_dp(8).max(Decimal::new(1, 8));
            let is_open = number == count && self.random.chance(65);
            tiers.push(Tier { floor, cap: (!is_open).then_some(cap), ..open_row(rate) });
            floor = cap;
            rate = (rate + self.rate(steep)).min(Decimal::new(999, 3));
        }
        tiers
    }

    fn any_tiers(&mut self) -> Vec<Tier> {
        let count = self.random.pick(&[0, 1, 2, 3, 5]);
        let mut floors = vec![Decimal::ZERO];
        floors.extend((0..count).map(|_| self.number(MONEY)));
        floors.sort();
        floors.dedup();
        let mut rates: Vec<Decimal> = floors.iter().map(|_| self.number(RATE)).collect();
        rates.sort();
        let is_bounded = 1 < floors.len() && self.random.chance(40);
        let kept = floors.len() - usize::from(is_bounded);
        let rows = floors.iter().zip(&rates).enumerate().take(kept);
        rows.map(|(index, (floor, rate))| Tier {
            floor: *floor,
            cap: floors.get(index + 1).copied(),
            ..open_row(*rate)
        })
        .collect()
    }

    /// A market and table of the catalog.
    fn listed(&mut self, market: &mut MarketCase) {
        let catalog = catalog().unwrap();
        let listings: Vec<_> = catalog.listings().iter().collect();
        let listing = self.random.pick(&listings);
        let id = if listing.coin == "BTC" { "article" } else { "binance-usdm" };
        let table = catalog.table(id, listing.coin).unwrap();
        let plain = |value: &Exact| value.round(12, Rounding::HalfEven).unwrap().normalize();
        market.kind = match table.kind() {
            TierKind::Flat => Kind::Flat,
            _ => Kind::Marginal,
        };
        market.basis = table.basis();
        market.mark = plain(listing.snapshot_price.exact());
        market.tick = Some(plain(listing.tick_size.exact()));
        market.tiers = table
            .tiers()
            .iter()
            .map(|tier| Tier {
                floor: plain(&tier.floor),
                cap: tier.cap.as_ref().map(plain),
                max_leverage: tier.max_leverage.map(|most| plain(most.exact())),
                ..open_row(plain(tier.maintenance_margin_rate.exact()))
            })
            .collect();
    }
}
