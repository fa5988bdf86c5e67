//! One Bitcoin position under the rules of each venue whose table is known.

use crate::margin::{PositionReport, compute_position};
use crate::quantity::{Exact, Leverage, Money, Price, Ratio, Side, Size};
use crate::scenario::{Market, Position, PositionMargin};
use crate::venue::{ContractKind, Profile, ProfileMarket, profiles};

/// What a venue's market of this coin is called begins with this.
const COIN: &str = "BTC";

/// The position under one venue's rules.
pub(super) struct AtVenue {
    pub(super) profile: &'static Profile,
    pub(super) report: PositionReport,
    /// How far from entry it is closed, as a fraction of entry without its sign; absent where no price
    /// closes it.
    pub(super) distance: Option<Ratio>,
}

/// The same long of `quantity` coins, opened at `price` with the mark there, at every venue that has a
/// linear contract for the coin and would open it; each by its newest rules, in the order of the
/// catalog.
pub(super) fn by_venue(quantity: &Size, price: &Price, leverage: &Leverage) -> Vec<AtVenue> {
    newest().filter_map(|profile| at_venue(profile, quantity, price, leverage)).collect()
}

/// The rules that hold now, as far as they are known: without those of earlier dates.
pub(super) fn newest() -> impl Iterator<Item = &'static Profile> {
    profiles().unwrap_or_default().iter().filter(|profile| !is_dated(profile))
}

fn at_venue(
    profile: &'static Profile,
    quantity: &Size,
    price: &Price,
    leverage: &Leverage,
) -> Option<AtVenue> {
    if profile.contract != ContractKind::Linear {
        return None;
    }
    let listed = profile.markets().iter().find(|market| market.name.starts_with(COIN))?;
    let report = report(listed, quantity, price, leverage)?;
    if !report.rejections.is_empty() {
        return None;
    }
    let distance = report.liquidation.crossing().and_then(|crossing| {
        let change = crossing.exact.change_from(price).ok()?;
        Some(Ratio::from_exact(change.exact().magnitude()))
    });
    Some(AtVenue { profile, report, distance })
}

fn report(
    listed: &ProfileMarket,
    quantity: &Size,
    price: &Price,
    leverage: &Leverage,
) -> Option<PositionReport> {
    let market =
        Market { name: listed.name.to_owned(), rules: listed.rules.clone(), mark_price: *price };
    // Some venues count contracts, others coins.
    let contracts = quantity.exact().over(listed.rules.contract_size.exact()).ok()?;
    let position = Position {
        market: 0,
        side: Side::Long,
        quantity: Size::from_exact(contracts),
        entry_price: *price,
        leverage: Some(*leverage),
        margin: PositionMargin::InitialPlus(Money::from_exact(Exact::ZERO)),
    };
    compute_position(&position, &market).ok()
}

/// Whether a profile holds the rules of an earlier date, which its id then ends in.
fn is_dated(profile: &Profile) -> bool {
    profile.id.ends_with(|last: char| last.is_ascii_digit())
}
