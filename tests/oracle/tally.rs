//! What random questions were about, so that a reader sees what was tried.

use std::collections::BTreeMap;

use margin_calculator::margin::Width;
use margin_calculator::quantity::FIGURE_PLACES;
use margin_calculator::venue::{ContractKind, TierBasis};
use num_bigint::BigInt;
use num_traits::Signed;

use super::figures::{Answer, Figures, Shock, ratio};
use super::generate::Reach;
use super::number::{Fraction, compare, of_decimal, over, ten_to};
use super::question::{Case, Fee, Kind, Left, MarketCase};

/// Every label, by what it is about.
const LABELS: [(&str, &[&str]); 11] = [
    ("numbers", &["ordinary", "any digits", "extreme"]),
    ("mode", &["isolated", "cross", "no position"]),
    ("contracts", &["linear", "inverse", "quanto", "linear and inverse"]),
    ("markets", &["1 market", "2 markets", "3 or 4 markets"]),
    ("positions", &["1 position", "2 or 3 positions", "4 to 6 positions"]),
    ("cross legs in one market", &["same side", "hedged", "fully hedged"]),
    ("tiers", &["single rate", "marginal", "flat", "slope", "fixed", "factor over leverage"]),
    (
        "rules",
        &[
            "tier by value at mark",
            "tier by value at entry",
            "tier by quantity",
            "maintenance on entry",
            "initial margin on mark",
            "close fee at mark",
            "close fee at bankruptcy",
            "fee of entry and exit",
            "initial fee",
            "funding to pay",
            "funding to receive",
            "bankruptcy with the cost of closing",
            "bankruptcy with the initial fee",
            "last tier goes on",
            "leverage not stated",
            "margin assigned",
            "no tick",
        ],
    ),
    (
        "liquidation",
        &[
            "below",
            "above",
            "on both sides",
            "never",
            "now",
            "now, with a way back down",
            "now, with a way back up",
            "table ends",
            "at a jump",
            "at a jump on the mark itself",
            "beyond the table",
        ],
    ),
    (
        "all marks together",
        &["down", "up", "down and up", "no way", "already there", "mixed contracts"],
    ),
    (
        "answers",
        &[
            "256 bits",
            "wider",
            "a figure too large for a report",
            "beyond the table, no answer",
            "leverage needed, no answer",
            "leverage too high",
            "too large for the table",
            "margin too low to open",
        ],
    ),
];

#[derive(Default)]
pub(crate) struct Tally(BTreeMap<&'static str, u32>);

impl Tally {
    pub(crate) fn add(&mut self, labels: &[&'static str]) {
        for label in labels {
            let (name, _) = LABELS.iter().find(|(_, known)| known.contains(label)).unwrap();
            assert!(!name.is_empty());
            *self.0.entry(label).or_default() += 1;
        }
    }

    pub(crate) fn merge(&mut self, other: Self) {
        for (label, count) in other.0 {
            *self.0.entry(label).or_default() += count;
        }
    }

    pub(crate) fn print(&self) {
        for (name, labels) in LABELS {
            let counts = labels.iter().map(|label| format!("{} {label}", self.count(label)));
            println!("  {name}: {}", counts.collect::<Vec<_>>().join(", "));
        }
    }

    pub(crate) fn count(&self, label: &str) -> u32 {
        self.0.get(label).copied().unwrap_or_default()
    }

    /// The labels that nothing was about.
    pub(crate) fn missing(&self) -> Vec<&'static str> {
        let all = LABELS.iter().flat_map(|(_, labels)| labels.iter());
        all.filter(|label| self.count(label) == 0).copied().collect()
    }
}

/// What the question is about.
pub(crate) fn asked(reach: Reach, case: &Case) -> Vec<&'static str> {
    let mut labels = vec![
        match reach {
            Reach::Ordinary => "ordinary",
            Reach::Wide => "any digits",
            Reach::Extreme => "extreme",
        },
        if case.cross { "cross" } else { "isolated" },
    ];
    let held: Vec<usize> =
        (0..case.markets.len()).filter(|market| !case.members(*market).is_empty()).collect();
    let markets: Vec<&MarketCase> =
        held.iter().filter_map(|market| case.markets.get(*market)).collect();
    let has = |contract| markets.iter().any(|market| market.contract == contract);
    let straight = has(ContractKind::Linear) || has(ContractKind::Quanto);
    let kinds = [
        (markets.is_empty(), "no position"),
        (has(ContractKind::Linear), "linear"),
        (has(ContractKind::Quanto), "quanto"),
        (has(ContractKind::Inverse), "inverse"),
        (straight && has(ContractKind::Inverse), "linear and inverse"),
        (markets.len() == 1, "1 market"),
        (markets.len() == 2, "2 markets"),
        (2 < markets.len(), "3 or 4 markets"),
        (case.positions.len() == 1, "1 position"),
        ((2..4).contains(&case.positions.len()), "2 or 3 positions"),
        (3 < case.positions.len(), "4 to 6 positions"),
        (case.positions.iter().any(|held| held.leverage.is_none()), "leverage not stated"),
        (!case.cross && case.positions.iter().any(|held| held.assigned), "margin assigned"),
    ];
    labels.extend(kinds.iter().filter(|(is_so, _)| *is_so).map(|(_, label)| *label));
    if case.cross {
        labels.extend(held.iter().filter_map(|market| hedging(case, *market)));
    }
    for market in markets {
        labels.extend(rules(market));
    }
    labels.sort_unstable();
    labels.dedup();
    labels
}

fn hedging(case: &Case, market: usize) -> Option<&'static str> {
    let members: Vec<_> =
        case.members(market).iter().filter_map(|index| case.positions.get(*index)).collect();
    let of_side = |long: bool| members.iter().filter(move |held| held.long == long);
    let sizes = [true, false].map(|long| of_side(long).map(|held| held.quantity).sum());
    let sizes: [rust_decimal::Decimal; 2] = sizes;
    match (members.len(), sizes.iter().any(|size| size.is_zero()), sizes) {
        (0 | 1, _, _) => None,
        (_, true, _) => Some("same side"),
        (_, _, [long, short]) if long == short => Some("fully hedged"),
        _ => Some("hedged"),
    }
}

fn rules(market: &MarketCase) -> Vec<&'static str> {
    let several = 1 < market.tiers.len();
    let kind = match market.kind {
        Kind::Slope(_) => "slope",
        Kind::Fixed(_) => "fixed",
        Kind::FactorOverLeverage => "factor over leverage",
        Kind::Marginal | Kind::Flat if !several => "single rate",
        Kind::Marginal => "marginal",
        Kind::Flat => "flat",
    };
    let basis = match (market.basis, market.maintenance_on_entry) {
        (TierBasis::Quantity, _) => "tier by quantity",
        (TierBasis::Notional, false) => "tier by value at mark",
        _ => "tier by value at entry",
    };
    let nothing = rust_decimal::Decimal::ZERO;
    let more = [
        (several, basis),
        (market.maintenance_on_entry, "maintenance on entry"),
        (market.initial_on_mark, "initial margin on mark"),
        (matches!(market.maintenance_fee, Fee::CloseAtMark(_)), "close fee at mark"),
        (matches!(market.maintenance_fee, Fee::CloseAtBankruptcy(_)), "close fee at bankruptcy"),
        (matches!(market.maintenance_fee, Fee::EntryRoundTrip(_)), "fee of entry and exit"),
        (market.initial_fee != Fee::None, "initial fee"),
        (nothing < market.funding, "funding to pay"),
        (market.funding < nothing, "funding to receive"),
        (matches!(market.bankruptcy, Left::CloseThere(_)), "bankruptcy with the cost of closing"),
        (market.bankruptcy == Left::SetAside, "bankruptcy with the initial fee"),
        (market.last_tier_goes_on, "last tier goes on"),
        (market.tick.is_none(), "no tick"),
    ];
    let more = more.iter().filter(|(is_so, _)| *is_so).map(|(_, label)| *label);
    std::iter::once(kind).chain(more).collect()
}

/// What the answer was.
pub(crate) fn answered(case: &Case, figures: &Figures, width: Width) -> Vec<&'static str> {
    let mut labels = vec![if width == Width::Wide { "wider" } else { "256 bits" }];
    labels.extend(match &figures.shock {
        Shock::To { down: Some(_), up: Some(_) } => Some("down and up"),
        Shock::To { down: Some(_), .. } => Some("down"),
        Shock::To { up: Some(_), .. } => Some("up"),
        Shock::To { .. } => Some("no way"),
        Shock::Now => Some("already there"),
        Shock::Mixed => Some("mixed contracts"),
        Shock::Isolated | Shock::Nothing => None,
    });
    for (position, held) in case.positions.iter().zip(&figures.positions) {
        let mark = of_decimal(case.market_of(position).mark);
        labels.push(match &held.liquidation {
            Answer::Prices { below: Some(_), above: Some(_) } => "on both sides",
            Answer::Prices { below: Some(_), .. } => "below",
            Answer::Prices { .. } => "above",
            Answer::Never => "never",
            Answer::TableEnds => "table ends",
            Answer::Now(None) => "now",
            Answer::Now(Some(back)) if compare(&back.exact, &mark).is_lt() => {
                "now, with a way back down"
            }
            Answer::Now(Some(_)) => "now, with a way back up",
        });
        for price in held.liquidation.prices() {
            let at_mark = compare(&price.exact, &mark).is_eq();
            let more = [
                (price.is_jump && at_mark, "at a jump on the mark itself"),
                (price.is_jump, "at a jump"),
                (price.is_beyond, "beyond the table"),
            ];
            labels.extend(more.iter().find(|(is_so, _)| *is_so).map(|(_, label)| *label));
        }
        let refused = [
            (held.leverage_too_high, "leverage too high"),
            (held.too_large, "too large for the table"),
            (held.margin_too_low.is_some(), "margin too low to open"),
        ];
        labels.extend(refused.iter().filter(|(is_so, _)| *is_so).map(|(_, label)| *label));
    }
    labels.sort_unstable();
    labels.dedup();
    labels
}

/// Every figure of a report.
fn all(figures: &Figures) -> Vec<Fraction> {
    let mut all = vec![figures.balance.clone(), figures.maintenance.clone()];
    all.extend(ratio(&figures.maintenance, &figures.balance));
    all.extend([&figures.initial, &figures.available].into_iter().flatten().cloned());
    for held in &figures.positions {
        all.extend(
            [&held.entry_notional, &held.notional, &held.pnl, &held.rate].map(Fraction::clone),
        );
        all.extend(held.initial_margin.as_ref().map(|margin| over(&held.pnl, margin)));
        all.extend(
            [ratio(&held.required, &held.balance), ratio(&held.notional, &held.balance)]
                .into_iter()
                .flatten(),
        );
        all.extend(held.bankruptcy.clone());
        all.extend(held.margin_too_low.clone());
        for answer in [&held.liquidation, &held.margin_call] {
            all.extend(answer.prices().map(|price| price.exact.clone()));
        }
    }
    all
}

/// Whether the whole part of a figure does not fit 256 bits beside its 18 decimals.
pub(crate) fn has_too_large(figures: &Figures) -> bool {
    let most = Fraction::new_raw(BigInt::from(1) << 255, ten_to(FIGURE_PLACES));
    let size = |figure: &Fraction| Fraction::new_raw(figure.numer().abs(), figure.denom().clone());
    all(figures).iter().any(|figure| compare(&size(figure), &most).is_ge())
}
