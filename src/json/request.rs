//! A whole scenario: its keys read in a fixed order, so that the order in the text changes nothing.

use std::collections::BTreeMap;

use crate::quantity::{Money, Price};
use crate::scenario::{MarginMode, Market, Position, Scenario};
use crate::venue::{
    BankruptcyFee, ContractKind, InitialFee, MaintenanceFee, MarginBasis, TierBasis, TierKind,
    VenueRules,
};

use super::fields::{self, Fields};
use super::figure;
use super::keys::{MARGIN_MODES, Mode, SCENARIO_KEYS};
use super::market::{self, MarketRules, VenueNote};
use super::node::Node;
use super::number::MONEY;
use super::path::{Path, quoted};
use super::position::{self, Stated};
use super::problem::{Code, Problems};
use super::version;

/// How many markets a scenario may define.
pub const MOST_MARKETS: usize = 10_000;

/// How many positions a scenario may hold.
pub const MOST_POSITIONS: usize = 10_000;

/// How many tiers the positions of a cross account may have together, each counting those of its own
/// table: every one of them is a place where the account's requirement can change.
pub const MOST_EDGES: usize = 100_000;

/// The same, times the number of positions that bring a divisor of their own into the account's sums:
/// each of them makes every number in these sums longer.
pub const MOST_WORK: usize = 3_000_000;

/// A scenario that can be computed, and what its report repeats.
#[derive(Clone, Debug)]
pub(super) struct Request {
    pub(super) scenario: Scenario,
    /// For each market of the scenario, its venue if it has one.
    pub(super) venues: Vec<Option<VenueNote>>,
    /// The coins of the margin, where markets state different ones.
    pub(super) coins: Option<[String; 2]>,
}

/// The text that an answer echoes, if what it answers has one.
pub(super) fn id(node: &Node<'_>) -> Option<String> {
    match node {
        Node::Object(object) => match object.get("id") {
            Some(Node::Text(id)) => Some(id.clone()),
            _ => None,
        },
        _ => None,
    }
}

/// Reads a scenario. Where it yields nothing, there is a problem that stops it.
pub(super) fn read(node: &Node<'_>, problems: &mut Problems) -> Option<Request> {
    let root = Path::Scenario;
    if version::is_another(node, problems) {
        return None;
    }
    let fields = Fields::of(node, &root, "a scenario", &SCENARIO_KEYS, problems)?;
    version::check(&fields, problems);
    fields.text("id", "a string, which the report repeats", problems);
    let mode = fields.word("margin_mode", &MARGIN_MODES, problems);
    let mode = fields.needed("margin_mode", mode, problems);
    let wallet = fields.number("wallet_balance", &MONEY, problems);
    if wallet.is_absent() && mode == Some(Mode::Cross) {
        fields.miss("wallet_balance", ": in cross mode all positions share it", problems);
    }
    let wallet = wallet.map(Money::from_decimal).stated();
    let markets = read_markets(&fields, problems);
    let rows = fields.list("positions", MOST_POSITIONS, problems);
    let rows = fields.needed("positions", rows, problems);
    let path = root.key("positions");
    let mut book = Book { markets: markets.as_ref(), path: &path, used: Vec::new() };
    let names: Option<Vec<&str>> = markets.as_ref().map(|all| all.keys().copied().collect());
    let mut positions = Vec::new();
    for (index, row) in rows?.iter().enumerate() {
        let stated = position::read(row, &path.row(index), mode, names.as_deref(), problems);
        positions.push(stated.and_then(|stated| book.place(index, &stated, problems)));
    }
    let mode = match (mode?, wallet?) {
        (Mode::Isolated, wallet_balance) => MarginMode::Isolated { wallet_balance },
        (Mode::Cross, wallet) => MarginMode::Cross { wallet_balance: wallet? },
    };
    let coins = book.coins(mode, problems);
    book.bound(mode, &positions, problems);
    let positions: Option<Vec<Position>> = positions.into_iter().collect();
    let mut venues = Vec::new();
    let mut used = Vec::new();
    for (name, mark, rules) in book.used.iter().map(|used| (used.name, used.mark, used.rules)) {
        let rules = rules?;
        venues.push(rules.venue.clone());
        let name = name.to_owned();
        used.push(Market { name, rules: rules.rules.clone(), mark_price: mark });
    }
    let scenario = Scenario { margin_mode: mode, markets: used, positions: positions? };
    Some(Request { scenario, venues, coins })
}

/// Every market by its name; one that could not be read has no rules.
type Markets<'n> = BTreeMap<&'n str, Option<MarketRules>>;

fn read_markets<'n>(fields: &Fields<'n, '_>, problems: &mut Problems) -> Option<Markets<'n>> {
    let path = fields.path.key("markets");
    let Some(node) = fields.node("markets") else {
        fields.miss("markets", "", problems);
        return None;
    };
    let object = fields::object(node, &path, "the markets by name", problems)?;
    if MOST_MARKETS < object.entries.len() {
        fields::too_many(&path, object.entries.len(), MOST_MARKETS, problems);
        return None;
    }
    // By name, so that problems come in the same order whatever the text's.
    let mut by_name: BTreeMap<&str, &Node<'_>> = BTreeMap::new();
    by_name.extend(object.entries.iter().rev().map(|(name, node)| (name.as_str(), node)));
    let read = |(name, node)| {
        let place = path.key(name);
        if !fields::is_name(name) {
            fields::bad_name(&place, name, problems);
            return (name, None);
        }
        (name, market::read(name, node, &place, problems))
    };
    let mut markets = Markets::new();
    markets.extend(by_name.into_iter().map(read));
    Some(markets)
}

/// The markets that positions are in, in the order in which positions name them.
struct Book<'b, 'n> {
    /// Absent where they could not be read as a whole.
    markets: Option<&'b Markets<'n>>,
    path: &'b Path<'b>,
    used: Vec<Used<'b, 'n>>,
}

struct Used<'b, 'n> {
    name: &'n str,
    rules: Option<&'b MarketRules>,
    mark: Price,
    /// The position that says so.
    by: usize,
}

impl<'b, 'n> Book<'b, 'n> {
    /// The position with its market found; its problems beside other positions are told.
    fn place(
        &mut self,
        index: usize,
        stated: &Stated<'n>,
        problems: &mut Problems,
    ) -> Option<Position> {
        let path = self.path.row(index);
        let rules = self.markets?.get(stated.market)?;
        let market = match self.used.iter().position(|used| used.name == stated.market) {
            Some(known) => {
                self.compare_marks(&path, known, stated, problems);
                known
            }
            None => {
                let (name, mark) = (stated.market, stated.mark_price);
                self.used.push(Used { name, rules: rules.as_ref(), mark, by: index });
                self.used.len().saturating_sub(1)
            }
        };
        let needs_leverage = rules.as_ref().and_then(leverage_user);
        if let (None, Some(why)) = (stated.leverage, needs_leverage) {
            problems.add(
                &path.key("leverage"),
                Code::Missing,
                format_args!("a position needs leverage: {why} goes by it"),
            );
            return None;
        }
        Some(Position {
            market,
            side: stated.side,
            quantity: stated.quantity,
            entry_price: stated.entry_price,
            leverage: stated.leverage,
            margin: stated.margin,
        })
    }

    /// A market has one mark price, whatever positions say.
    fn compare_marks(
        &self,
        path: &Path<'_>,
        known: usize,
        stated: &Stated<'_>,
        problems: &mut Problems,
    ) {
        let Some(used) = self.used.get(known).filter(|used| used.mark != stated.mark_price) else {
            return;
        };
        let written = |price: &Price| figure::written(price.exact()).unwrap_or_default();
        let origin = if stated.mark_is_stated { "" } else { " (its entry price, for want of one)" };
        problems.add(
            &path.key("mark_price"),
            Code::Conflict,
            format_args!(
                "a market has one mark price; positions[{}] has {} and this position {}{origin}: \
                 write the same mark_price in both",
                used.by,
                written(&used.mark),
                written(&stated.mark_price),
            ),
        );
    }

    /// Keeps the work on one account within bounds.
    fn bound(&self, mode: MarginMode, positions: &[Option<Position>], problems: &mut Problems) {
        if matches!(mode, MarginMode::Isolated { .. }) {
            return;
        }
        let (mut edges, mut divisors) = (0_usize, 0_usize);
        for position in positions.iter().flatten() {
            let Some(market) = self.used.get(position.market).and_then(|used| used.rules) else {
                continue;
            };
            let tiers = &market.rules.tiers;
            let tiers = if is_walked(&market.rules) { tiers.tiers().len() } else { 1 };
            edges = edges.saturating_add(tiers);
            let by_price = market.rules.contract == ContractKind::Inverse;
            let by_leverage = leverage_user(market).is_some();
            divisors = divisors.saturating_add(usize::from(by_price));
            divisors = divisors.saturating_add(usize::from(by_leverage));
        }
        if MOST_EDGES < edges || MOST_WORK < edges.saturating_mul(divisors) {
            problems.add(
                self.path,
                Code::TooMany,
                format_args!(
                    "the account is too large for one exact walk: its positions have {edges} tiers \
                     together, and {divisors} divisors of their own (an inverse contract's entry \
                     price, or a leverage); accepted are {MOST_EDGES} tiers, and {MOST_WORK} tiers \
                     times divisors"
                ),
            );
        }
    }

    /// Two coins of the margin that differ, if there are; in cross mode that cannot be.
    fn coins(&self, mode: MarginMode, problems: &mut Problems) -> Option<[String; 2]> {
        let mut stated = self.used.iter().filter_map(|used| {
            let settle = used.rules?.settle.as_deref()?;
            Some((used.name, settle))
        });
        let (first_name, first) = stated.next()?;
        let (name, other) = stated.find(|(_, settle)| *settle != first)?;
        if matches!(mode, MarginMode::Cross { .. }) {
            let markets = Path::Scenario.key("markets");
            problems.add(
                &markets.key(name).key("settle"),
                Code::Conflict,
                format_args!(
                    "in cross mode one wallet stands behind all, and the margin of {} is in {} \
                     while this market's is in {}",
                    quoted(first_name),
                    quoted(first),
                    quoted(other),
                ),
            );
        }
        Some([first.to_owned(), other.to_owned()])
    }
}

/// Whether a walk goes from tier to tier: only in a table by value at mark; elsewhere one tier holds.
pub(super) fn is_walked(rules: &VenueRules) -> bool {
    (rules.tiers.basis(), rules.maintenance_basis) == (TierBasis::Notional, MarginBasis::Mark)
}

/// What in the rules of a market depends on leverage, besides initial margin.
fn leverage_user(market: &MarketRules) -> Option<&'static str> {
    let rules = &market.rules;
    match (rules.maintenance_fee, rules.bankruptcy_fee, rules.initial_fee) {
        (MaintenanceFee::CloseAtBankruptcy(_) | MaintenanceFee::EntryRoundTrip(_), ..) => {
            return Some("the fee in its maintenance margin");
        }
        (_, BankruptcyFee::SetAside, InitialFee::CloseAtBankruptcy(_))
        | (_, BankruptcyFee::SetAside, InitialFee::EntryRoundTrip(_)) => {
            return Some("the fee set aside");
        }
        _ => {}
    }
    (rules.tiers.kind() == TierKind::FactorOverLeverage).then_some("the rate of its tiers")
}
