//! One position as a scenario states it.

use rust_decimal::Decimal;

use crate::quantity::{Exact, Leverage, Money, Price, Side, Size};
use crate::scenario::PositionMargin;

use super::fields::Fields;
use super::keys::{Mode, POSITION_KEYS, SIDES};
use super::node::Node;
use super::number::{LEVERAGE, MONEY, PRICE_OR_SIZE};
use super::path::{Path, quoted};
use super::problem::{Code, Problems};

/// A position, before it is known what its market is.
#[derive(Clone, Debug)]
pub(super) struct Stated<'n> {
    /// The name of its market.
    pub(super) market: &'n str,
    pub(super) side: Side,
    pub(super) quantity: Size,
    pub(super) entry_price: Price,
    pub(super) mark_price: Price,
    /// Whether the mark price stands there, or is the entry price for want of one.
    pub(super) mark_is_stated: bool,
    pub(super) leverage: Option<Leverage>,
    pub(super) margin: PositionMargin,
}

/// Reads a position. The mode and the names of the markets, sorted, are absent where the scenario's
/// could not be read.
pub(super) fn read<'n>(
    node: &'n Node<'n>,
    path: &Path<'_>,
    mode: Option<Mode>,
    markets: Option<&[&str]>,
    problems: &mut Problems,
) -> Option<Stated<'n>> {
    let fields = Fields::of(node, path, "a position", &POSITION_KEYS, problems)?;
    let market = fields.text("market", "the name of one of the markets", problems);
    let market = fields.needed("market", market, problems);
    let market = market.filter(|name| is_known(name, markets, &fields, problems));
    let side = fields.word("side", &SIDES, problems);
    let side = fields.needed("side", side, problems);
    let mut size_or_price = |key| {
        let given = fields.number(key, &PRICE_OR_SIZE, problems);
        fields.needed(key, given, problems)
    };
    let quantity = size_or_price("quantity");
    let entry_price = size_or_price("entry_price");
    let mark_price = fields.number("mark_price", &PRICE_OR_SIZE, problems).stated();
    let leverage = fields.number("leverage", &LEVERAGE, problems);
    if leverage.is_absent() && mode == Some(Mode::Isolated) {
        let why = ": the margin of an isolated position follows from it";
        fields.miss("leverage", why, problems);
        return None;
    }
    let leverage = leverage.stated();
    let margin = read_margin(&fields, mode, problems);
    let (entry_price, mark_price) = (entry_price?, mark_price?);
    Some(Stated {
        market: market?,
        side: side?,
        quantity: Size::from_decimal(quantity?),
        entry_price: Price::from_decimal(entry_price),
        mark_price: Price::from_decimal(mark_price.unwrap_or(entry_price)),
        mark_is_stated: mark_price.is_some(),
        leverage: leverage?.map(Leverage::from_decimal),
        margin: margin?,
    })
}

/// What stands behind an isolated position; nothing of its own in cross mode.
fn read_margin(
    fields: &Fields<'_, '_>,
    mode: Option<Mode>,
    problems: &mut Problems,
) -> Option<PositionMargin> {
    let added = fields.number("added_margin", &MONEY, problems).stated();
    let whole = fields.number("isolated_margin", &MONEY, problems).stated();
    let (added, whole) = (added?, whole?);
    // Nothing added says no more than leaving it out.
    let added = added.filter(|added: &Decimal| !added.is_zero());
    if mode == Some(Mode::Cross) {
        let stated = [("added_margin", added), ("isolated_margin", whole)];
        for (key, _) in stated.iter().filter(|(_, value)| value.is_some()) {
            problems.add(
                &fields.path.key(key),
                Code::NotApplicable,
                format_args!(
                    "in cross mode the wallet stands behind every position; leave {key} out"
                ),
            );
        }
    }
    Some(match (whole, added) {
        (Some(_), Some(_)) => {
            problems.add(
                &fields.path.key("added_margin"),
                Code::Conflict,
                format_args!("isolated_margin is all there is; leave one of the two out"),
            );
            return None;
        }
        (Some(whole), None) => PositionMargin::Assigned(Money::from_decimal(whole)),
        (None, added) => PositionMargin::InitialPlus(
            added.map_or(Money::from_exact(Exact::ZERO), Money::from_decimal),
        ),
    })
}

/// Whether there is a market of that name; if not, the problem is told.
fn is_known(
    name: &str,
    markets: Option<&[&str]>,
    fields: &Fields<'_, '_>,
    problems: &mut Problems,
) -> bool {
    const SHOWN: usize = 20;
    let Some(markets) = markets else {
        return true;
    };
    if markets.binary_search(&name).is_ok() {
        return true;
    }
    let shown: Vec<String> = markets.iter().take(SHOWN).map(|name| quoted(name)).collect();
    let shown = if shown.is_empty() { "none".to_owned() } else { shown.join(", ") };
    let more = if SHOWN < markets.len() { " and others" } else { "" };
    problems.add(
        &fields.path.key("market"),
        Code::UnknownMarket,
        format_args!("{} is not in markets; there is {shown}{more}", quoted(name)),
    );
    false
}
