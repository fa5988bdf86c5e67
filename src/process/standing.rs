//! How a position stands at a mark, and how far the mark can go until it stands otherwise.

use crate::margin::{ComputeError, MarginRatio, Threshold, compute_position};
use crate::quantity::{Exact, Money, Overflow, Price, Size};
use crate::scenario::{Market, Position, PositionMargin};
use crate::venue::{BeyondTable, ContractKind, MarginBasis, TierBasis};

use super::gates::Gates;
use super::setup::Setup;

/// What the margin ratio says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Zone {
    Safe,
    /// At or above the warning ratio.
    Call,
    /// At or above 1.
    Below,
}

/// Which tier says what must be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asks {
    /// The one that the position is in.
    ItsTier,
    /// The first, for a position of any size.
    FirstTier,
}

/// A full look at a position.
#[derive(Clone, Debug)]
pub(super) struct Standing {
    pub(super) zone: Zone,
    pub(super) entry_notional: Money,
    pub(super) notional: Money,
    pub(super) margin_balance: Money,
    pub(super) maintenance_margin: Money,
    pub(super) margin_ratio: MarginRatio,
    pub(super) bankruptcy_price: Option<Price>,
    /// Where it is closed, or where it would be whole again.
    pub(super) liquidation_price: Option<Price>,
    /// Between which marks it stays in the zone.
    pub(super) gates: Gates,
}

/// Looks at what is open, on the margin behind it.
pub(super) fn standing(
    setup: &Setup,
    size: &Size,
    margin: &Money,
    mark: &Price,
    asks: Asks,
) -> Result<Standing, ComputeError> {
    let position =
        Position { quantity: *size, margin: PositionMargin::Assigned(*margin), ..setup.position };
    let mut rules = setup.market.rules.clone();
    if asks == Asks::FirstTier {
        rules.tiers = rules.tiers.first_only();
    }
    if let Some(ratio) = setup.rules.warning_ratio {
        rules.warning_ratio = ratio;
    }
    let market = Market { name: String::new(), rules, mark_price: *mark };
    let report = compute_position(&position, &market)?;
    let zone = match (&report.liquidation, &report.margin_call) {
        (Threshold::Now { .. }, _) => Zone::Below,
        (_, Threshold::Now { .. }) => Zone::Call,
        _ => Zone::Safe,
    };
    let mut span = Span { low: None, high: None };
    let thresholds = match zone {
        Zone::Below => [Some(&report.liquidation), None],
        Zone::Call | Zone::Safe => [Some(&report.liquidation), Some(&report.margin_call)],
    };
    for threshold in thresholds.into_iter().flatten() {
        span.narrow(threshold, mark)?;
    }
    span.stay_in_table(&market, size)?;
    Ok(Standing {
        zone,
        entry_notional: report.entry_notional,
        notional: report.notional,
        margin_balance: report.margin_balance,
        maintenance_margin: report.maintenance_margin,
        margin_ratio: report.margin_ratio,
        bankruptcy_price: report.bankruptcy_price.map(|bankruptcy| bankruptcy.exact),
        liquidation_price: report.liquidation.crossing().map(|crossing| crossing.exact),
        gates: Gates::between(span.low.map(Price::from_exact), span.high.map(Price::from_exact)),
    })
}

/// Marks on both sides of the one looked at.
struct Span {
    low: Option<Exact>,
    high: Option<Exact>,
}

impl Span {
    fn not_below(&mut self, price: &Exact) -> Result<(), Overflow> {
        self.low = Some(self.low.map_or(Ok(*price), |low| low.larger(*price))?);
        Ok(())
    }

    fn not_above(&mut self, price: &Exact) -> Result<(), Overflow> {
        self.high = Some(self.high.map_or(Ok(*price), |high| high.smaller(*price))?);
        Ok(())
    }

    /// Up to where a threshold is met, or left. Of the two ways that leave it only the nearer is
    /// known, so that the other is at least as far.
    fn narrow(&mut self, threshold: &Threshold, mark: &Price) -> Result<(), Overflow> {
        match threshold {
            Threshold::AtPrice { below, above } => {
                if let Some(below) = below {
                    self.not_below(below.exact.exact())?;
                }
                if let Some(above) = above {
                    self.not_above(above.exact.exact())?;
                }
            }
            Threshold::Now { boundary: Some(boundary) } => {
                let away = mark.exact().minus(boundary.exact.exact())?.magnitude();
                self.not_below(&mark.exact().minus(&away)?)?;
                self.not_above(&mark.exact().plus(&away)?)?;
            }
            Threshold::Now { boundary: None } | Threshold::Never | Threshold::TableEnds => {}
        }
        Ok(())
    }

    /// Not past the end of a table that says nothing there.
    fn stay_in_table(&mut self, market: &Market, size: &Size) -> Result<(), Overflow> {
        let rules = &market.rules;
        let follows_mark = rules.tiers.basis() == TierBasis::Notional
            && rules.maintenance_basis == MarginBasis::Mark
            && rules.beyond_table == BeyondTable::Unknown;
        let Some(end) = rules.tiers.end().filter(|_| follows_mark) else {
            return Ok(());
        };
        let exposure = size.exact().times(rules.contract_size.exact())?;
        match rules.contract {
            ContractKind::Linear | ContractKind::Quanto => self.not_above(&end.over(&exposure)?),
            ContractKind::Inverse => self.not_below(&exposure.over(end)?),
        }
    }
}
