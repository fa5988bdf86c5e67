//! The rules of one market: a venue's, a scenario's own, or a venue's with some replaced.

use rust_decimal::Decimal;

use crate::quantity::{Exact, Price, Rate, Ratio, Size};
use crate::venue::{
    BeyondTable, ContractKind, MarginBasis, Source, TierBasis, TierKind, TierRow, TierTable,
    VenueRules,
};

use super::fees::{self, Fees};
use super::fields::{Fields, Given};
use super::keys::{BASES, CONTRACTS, Kind, MARKET_KEYS, TIER_BASES, TIER_KINDS};
use super::node::Node;
use super::number::{PRICE_OR_SIZE, WARNING};
use super::path::{Path, either, quoted};
use super::problem::{Code, Problems};
use super::tiers::{self, MOST_TIERS};
use super::venues::{self, Venue};

/// A market as a scenario defines it.
#[derive(Clone, Debug)]
pub(super) struct MarketRules {
    pub(super) rules: VenueRules,
    /// The coin of the margin, where it is stated.
    pub(super) settle: Option<String>,
    pub(super) venue: Option<VenueNote>,
}

/// Which venue's rules were taken, and what the scenario replaced of them.
#[derive(Clone, Debug)]
pub(super) struct VenueNote {
    pub(super) venue: Venue,
    /// Keys of the market.
    pub(super) replaced: Vec<&'static str>,
}

/// What a market states besides its tiers and fees.
struct Stated {
    contract: Option<ContractKind>,
    contract_size: Option<Decimal>,
    tick_size: Option<Decimal>,
    initial_margin_basis: Option<MarginBasis>,
    maintenance_basis: Option<MarginBasis>,
    warning_ratio: Option<Decimal>,
    settle: Option<String>,
    fees: Fees,
}

/// Reads a market.
pub(super) fn read(
    name: &str,
    node: &Node<'_>,
    path: &Path<'_>,
    problems: &mut Problems,
) -> Option<MarketRules> {
    let fields = Fields::of(node, path, "a market", &MARKET_KEYS, problems)?;
    let venue = find_venue(&fields, problems);
    let stated = read_stated(&fields, problems);
    let rules = base_rules(name, &fields, venue, stated.as_ref(), problems);
    let (stated, (mut rules, listed_settle)) = (stated?, rules?);
    let venue = venue?;
    stated.fees.apply(&mut rules, venue.as_ref(), &fields, problems)?;
    if let Some(contract) = stated.contract {
        rules.contract = contract;
    }
    if let Some(size) = stated.contract_size {
        rules.contract_size = Size::from_decimal(size);
    }
    if let Some(tick) = stated.tick_size {
        rules.tick_size = Some(Price::from_decimal(tick));
    }
    if let Some(basis) = stated.initial_margin_basis {
        rules.initial_margin_basis = basis;
    }
    if let Some(basis) = stated.maintenance_basis {
        rules.maintenance_basis = basis;
    }
    if let Some(ratio) = stated.warning_ratio {
        rules.warning_ratio = Ratio::from_decimal(ratio);
    }
    rules.beyond_table = BeyondTable::LastTier;
    if rules.contract == ContractKind::Inverse && matches!(rules.tiers.kind(), TierKind::Slope(_)) {
        problems.add(
            &path.key("tier_kind"),
            Code::NotApplicable,
            format_args!(
                "a slope grows with the coins held, and what an inverse contract is worth in coins \
                 follows the price; write tier_kind \"flat\" or \"marginal\""
            ),
        );
        return None;
    }
    let replaced = || {
        let keys = MARKET_KEYS.into_iter().filter(|key| *key != "venue");
        keys.filter(|key| fields.node(key).is_some()).collect()
    };
    Some(MarketRules {
        rules,
        settle: stated.settle.or_else(|| listed_settle.map(str::to_owned)),
        venue: venue.map(|venue| VenueNote { venue, replaced: replaced() }),
    })
}

/// The venue that the market names; nothing where it names one that is not known.
fn find_venue(fields: &Fields<'_, '_>, problems: &mut Problems) -> Option<Option<Venue>> {
    let id = match fields.text("venue", "the id of a venue", problems) {
        Given::Absent => return Some(None),
        Given::Bad => return None,
        Given::Value(id) => id,
    };
    let found = venues::find(id);
    if found.is_none() {
        problems.add(
            &fields.path.key("venue"),
            Code::UnknownVenue,
            format_args!("{} is no known venue; known are {}", quoted(id), either(&venues::ids())),
        );
    }
    found.map(Some)
}

fn read_stated(fields: &Fields<'_, '_>, problems: &mut Problems) -> Option<Stated> {
    let contract = fields.word("contract", &CONTRACTS, problems).stated();
    let settle = fields.name("settle", "the coin of the margin, such as \"USDT\"", problems);
    let settle = settle.map(str::to_owned).stated();
    let contract_size = fields.number("contract_size", &PRICE_OR_SIZE, problems).stated();
    let tick_size = fields.number("tick_size", &PRICE_OR_SIZE, problems).stated();
    let initial_margin_basis = fields.word("initial_margin_basis", &BASES, problems).stated();
    let maintenance_basis = fields.word("maintenance_basis", &BASES, problems).stated();
    let fees = fees::read(fields, problems);
    let warning_ratio = fields.number("warning_ratio", &WARNING, problems).stated();
    Some(Stated {
        contract: contract?,
        contract_size: contract_size?,
        tick_size: tick_size?,
        initial_margin_basis: initial_margin_basis?,
        maintenance_basis: maintenance_basis?,
        warning_ratio: warning_ratio?,
        settle: settle?,
        fees: fees?,
    })
}

/// The rules to start from, tiers included, and the coin that the venue states.
fn base_rules(
    name: &str,
    fields: &Fields<'_, '_>,
    venue: Option<Option<Venue>>,
    stated: Option<&Stated>,
    problems: &mut Problems,
) -> Option<(VenueRules, Option<&'static str>)> {
    let kind = fields.word("tier_kind", &TIER_KINDS, problems).stated();
    let basis = fields.word("tier_basis", &TIER_BASES, problems).stated();
    let rows = fields.list("tiers", MOST_TIERS, problems).stated();
    let (kind, basis, rows, venue) = (kind?, basis?, rows?, venue?);
    let listed = venue.and_then(|venue| venue.market(name));
    let settle = listed.as_ref().map(|listed| listed.settle);
    let Some(rows) = rows else {
        let Some(listed) = listed else {
            match venue {
                None => fields.miss("tiers", ", or a venue that lists it", problems),
                Some(venue) => not_listed(name, fields, &venue, problems),
            }
            return None;
        };
        let tiers = renewed(&listed.rules.tiers, kind, basis, fields, problems)?;
        return Some((VenueRules { tiers, ..listed.rules }, settle));
    };
    let usual = match (&listed, &venue) {
        (Some(listed), _) => (kind_of(&listed.rules.tiers), listed.rules.tiers.basis()),
        (None, Some(venue)) => (venue.tier_kind(), venue.tier_basis()),
        (None, None) => (Kind::Marginal, TierBasis::Notional),
    };
    let (usual_kind, usual_basis) = usual;
    let (kind, basis) = (kind.unwrap_or(usual_kind), basis.unwrap_or(usual_basis));
    let tiers = tiers::read(fields, rows, kind, basis, problems)?;
    let rules = match (listed, venue) {
        (Some(listed), _) => VenueRules { tiers, ..listed.rules },
        (None, Some(venue)) => venue.template(tiers),
        (None, None) => {
            let contract = stated?.contract.unwrap_or(ContractKind::Linear);
            let source = Source { origin: String::new(), as_of: String::new() };
            VenueRules::plain(contract, tiers, source)
        }
    };
    Some((rules, settle))
}

pub(super) fn kind_of(table: &TierTable) -> Kind {
    match table.kind() {
        TierKind::Marginal => Kind::Marginal,
        TierKind::Flat => Kind::Flat,
        TierKind::Slope(_) => Kind::Slope,
        TierKind::Fixed => Kind::Fixed,
        TierKind::FactorOverLeverage => Kind::FactorOverLeverage,
    }
}

/// The table of a venue under another kind or basis, where the market states one.
fn renewed(
    table: &TierTable,
    kind: Option<Kind>,
    basis: Option<TierBasis>,
    fields: &Fields<'_, '_>,
    problems: &mut Problems,
) -> Option<TierTable> {
    let kind = kind.filter(|kind| *kind != kind_of(table));
    if kind.is_none() && basis.is_none_or(|basis| basis == table.basis()) {
        return Some(table.clone());
    }
    let kind = match kind {
        None => table.kind(),
        Some(Kind::Marginal) => TierKind::Marginal,
        Some(Kind::Flat) => TierKind::Flat,
        Some(Kind::FactorOverLeverage) => TierKind::FactorOverLeverage,
        Some(Kind::Slope | Kind::Fixed) => {
            fields.miss("tiers", ": the table of the venue is of another kind", problems);
            return None;
        }
    };
    let rows: Vec<TierRow> = table
        .tiers()
        .iter()
        .map(|tier| TierRow {
            floor: tier.floor,
            cap: tier.cap,
            maintenance_margin_rate: tier.maintenance_margin_rate,
            maintenance_amount: match kind {
                TierKind::Fixed => Some(tier.maintenance_amount),
                _ => None,
            },
            max_leverage: tier.max_leverage,
        })
        .collect();
    let basis = basis.unwrap_or(table.basis());
    tiers::checked(kind, basis, &rows, fields.path, problems)
}

/// Says that a venue does not list a market, and which it lists.
fn not_listed(name: &str, fields: &Fields<'_, '_>, venue: &Venue, problems: &mut Problems) {
    const SHOWN: usize = 30;
    let markets = venue.markets();
    let mut shown: Vec<&str> = markets.iter().copied().take(SHOWN).collect();
    let more = format!("{} more", markets.len().saturating_sub(SHOWN));
    if SHOWN < markets.len() {
        shown.push(&more);
    }
    let (id, name) = (venue.id(), quoted(name));
    let sentence = if shown.is_empty() {
        format!("the tiers of {id} are not known for any market; give the tiers of {name}")
    } else {
        let shown = shown.join(", ");
        format!("{id} lists no market {name}; it lists {shown}; for another market, give its tiers")
    };
    problems.add(&fields.path.key("venue"), Code::NotListed, format_args!("{sentence}"));
}

/// Nothing of an amount.
pub(super) fn no_rate() -> Rate {
    Rate::from_exact(Exact::ZERO)
}
