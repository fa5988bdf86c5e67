//! The same question for the calculator.

use margin_calculator::quantity::{Exact, Leverage, Money, Price, Rate, Ratio, Side, Size};
use margin_calculator::scenario::{MarginMode, Market, Position, PositionMargin, Scenario};
use margin_calculator::venue::{
    BankruptcyFee, BeyondTable, InitialFee, MaintenanceFee, MarginBasis, Source, TierError,
    TierKind, TierRow, TierTable, VenueRules,
};

use super::question::{Case, Fee, Kind, Left, MarketCase, PositionCase};

/// The question as the calculator takes it; absent where a table is refused.
pub(crate) fn scenario(case: &Case) -> Result<Scenario, TierError> {
    let wallet = case.wallet.map(Money::from_decimal);
    Ok(Scenario {
        margin_mode: match (case.cross, wallet) {
            (true, Some(wallet_balance)) => MarginMode::Cross { wallet_balance },
            (_, wallet_balance) => MarginMode::Isolated { wallet_balance },
        },
        markets: case.markets.iter().map(market).collect::<Result<_, _>>()?,
        positions: case.positions.iter().map(position).collect(),
    })
}

fn basis(on: bool, moved: MarginBasis, otherwise: MarginBasis) -> MarginBasis {
    if on { moved } else { otherwise }
}

fn market(case: &MarketCase) -> Result<Market, TierError> {
    Ok(Market {
        name: "TEST".to_owned(),
        rules: VenueRules {
            contract: case.contract,
            contract_size: Size::from_decimal(case.contract_size),
            tick_size: case.tick.map(Price::from_decimal),
            initial_margin_basis: basis(
                case.initial_on_mark,
                MarginBasis::Mark,
                MarginBasis::Entry,
            ),
            initial_fee: match case.initial_fee {
                Fee::None | Fee::CloseAtMark(_) => InitialFee::None,
                Fee::CloseAtBankruptcy(rate) => {
                    InitialFee::CloseAtBankruptcy(Rate::from_decimal(rate))
                }
                Fee::EntryRoundTrip(rate) => InitialFee::EntryRoundTrip(Rate::from_decimal(rate)),
            },
            maintenance_basis: basis(
                case.maintenance_on_entry,
                MarginBasis::Entry,
                MarginBasis::Mark,
            ),
            maintenance_fee: match case.maintenance_fee {
                Fee::None => MaintenanceFee::None,
                Fee::CloseAtMark(rate) => MaintenanceFee::CloseAtMark(Rate::from_decimal(rate)),
                Fee::CloseAtBankruptcy(rate) => {
                    MaintenanceFee::CloseAtBankruptcy(Rate::from_decimal(rate))
                }
                Fee::EntryRoundTrip(rate) => {
                    MaintenanceFee::EntryRoundTrip(Rate::from_decimal(rate))
                }
            },
            maintenance_funding: Rate::from_decimal(case.funding),
            bankruptcy_fee: match case.bankruptcy {
                Left::Nothing => BankruptcyFee::None,
                Left::CloseThere(rate) => BankruptcyFee::CloseThere(Rate::from_decimal(rate)),
                Left::SetAside => BankruptcyFee::SetAside,
            },
            warning_ratio: Ratio::from_decimal(case.warning),
            beyond_table: if case.last_tier_goes_on {
                BeyondTable::LastTier
            } else {
                BeyondTable::Unknown
            },
            ..VenueRules::plain(
                case.contract,
                table(case)?,
                Source { origin: "generated".to_owned(), as_of: "2026".to_owned() },
            )
        },
        mark_price: Price::from_decimal(case.mark),
    })
}

fn table(case: &MarketCase) -> Result<TierTable, TierError> {
    let (kind, fixed) = match case.kind {
        Kind::Marginal => (TierKind::Marginal, None),
        Kind::Flat => (TierKind::Flat, None),
        Kind::Slope(slope) => (TierKind::Slope(Exact::from_decimal(slope)), None),
        Kind::Fixed(money) => (TierKind::Fixed, Some(money)),
        Kind::FactorOverLeverage => (TierKind::FactorOverLeverage, None),
    };
    let rows: Vec<TierRow> = case
        .tiers
        .iter()
        .map(|tier| TierRow {
            floor: Exact::from_decimal(tier.floor),
            cap: tier.cap.map(Exact::from_decimal),
            maintenance_margin_rate: Rate::from_decimal(tier.rate),
            maintenance_amount: fixed.or(tier.stated).map(Money::from_decimal),
            max_leverage: tier.max_leverage.map(Leverage::from_decimal),
        })
        .collect();
    TierTable::try_new(kind, case.basis, &rows)
}

fn position(case: &PositionCase) -> Position {
    let margin = Money::from_decimal(case.margin);
    Position {
        market: case.market,
        side: if case.long { Side::Long } else { Side::Short },
        quantity: Size::from_decimal(case.quantity),
        entry_price: Price::from_decimal(case.entry),
        leverage: case.leverage.map(Leverage::from_decimal),
        margin: if case.assigned {
            PositionMargin::Assigned(margin)
        } else {
            PositionMargin::InitialPlus(margin)
        },
    }
}
