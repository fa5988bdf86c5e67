//! The draft of a page as a scenario file, and a scenario file as a link to the page.
//!
//! The page shows one isolated position of a linear contract on a coin it lists. A file is opened only
//! if the page's own scenario is then the file's, rule by rule; for every other it says what differs.

use core::fmt::Write as _;

use crate::quantity::Exact;
use crate::scenario::{
    Draft, FieldId, MarginMode, Market, Position, PositionMargin, Scenario, open, read, write,
};
use crate::text::capital;
use crate::venue::{
    BankruptcyFee, Catalog, ContractKind, InitialFee, Listing, MaintenanceFee, TierKind, VenueRules,
};

use super::figure::written;
use super::keys::{SIDES, TIER_BASES, TIER_KINDS, word_for};
use super::market::kind_of;
use super::problem::{Problem, Problems};
use super::{request, text};

/// Why a file is not opened, in sentences.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotOpened {
    /// It is no scenario: each problem with its field.
    Problems(Vec<String>),
    /// It is one, and the page cannot show it.
    NotShown(String),
}

/// The draft as the text of a scenario file; absent while a field cannot be read.
///
/// The tiers stand in the file, so that it means the same whatever tables its reader has.
pub fn write_draft(draft: &Draft, catalog: &Catalog) -> Option<String> {
    let scenario = read(draft, catalog).scenario?;
    let (market, position) = (scenario.markets.first()?, scenario.positions.first()?);
    let rules = &market.rules;
    let digits = |value: &Exact| written(value).ok();
    let side = word_for(&SIDES, &position.side);
    // Every text is a number or a name of the catalog: nothing that JSON would escape.
    let mut text = String::from("{\n  \"version\": 1,\n  \"margin_mode\": \"isolated\",\n");
    let name = &market.name;
    write!(text, "  \"markets\": {{\n    \"{name}\": {{\n      \"contract\": \"linear\",\n")
        .ok()?;
    let mut line = |key: &str, value: &str| writeln!(text, "      \"{key}\": \"{value}\",").ok();
    line("tick_size", &digits(rules.tick_size?.exact())?)?;
    if let MaintenanceFee::CloseAtMark(rate) = rules.maintenance_fee
        && !rate.exact().is_zero()
    {
        line("maintenance_fee", "close_at_mark")?;
        line("fee_rate", &digits(rate.exact())?)?;
    }
    line("warning_ratio", &digits(rules.warning_ratio.exact())?)?;
    line("tier_kind", word_for(&TIER_KINDS, &kind_of(&rules.tiers)))?;
    line("tier_basis", word_for(&TIER_BASES, &rules.tiers.basis()))?;
    text.push_str("      \"tiers\": [\n");
    let tiers = rules.tiers.tiers();
    for (index, tier) in tiers.iter().enumerate() {
        write!(text, "        {{ \"floor\": \"{}\", \"cap\": ", digits(&tier.floor)?).ok()?;
        match &tier.cap {
            Some(cap) => write!(text, "\"{}\"", digits(cap)?).ok()?,
            None => text.push_str("null"),
        }
        let rate = digits(tier.maintenance_margin_rate.exact())?;
        write!(text, ", \"maintenance_margin_rate\": \"{rate}\"").ok()?;
        if let Some(most) = tier.max_leverage {
            write!(text, ", \"max_leverage\": \"{}\"", digits(most.exact())?).ok()?;
        }
        let comma = if index.saturating_add(1) < tiers.len() { "," } else { "" };
        writeln!(text, " }}{comma}").ok()?;
    }
    write!(
        text,
        "      ]\n    }}\n  }},\n  \"positions\": [\n    {{ \"market\": \"{name}\", \
         \"side\": \"{side}\", \"quantity\": \"{}\", \"entry_price\": \"{}\", \
         \"mark_price\": \"{}\", \"leverage\": \"{}\" }}\n  ]\n}}\n",
        digits(position.quantity.exact())?,
        digits(position.entry_price.exact())?,
        digits(market.mark_price.exact())?,
        digits(position.leverage?.exact())?,
    )
    .ok()?;
    Some(text)
}

/// A scenario file as the query of a link that opens the page with it.
pub fn read_draft(text: &str, numbers: &str, catalog: &Catalog) -> Result<String, NotOpened> {
    let scenario = read_scenario(text)?;
    let not_shown = |why: &str| NotOpened::NotShown(why.to_owned());
    let [position] = scenario.positions.as_slice() else {
        return Err(NotOpened::NotShown(match scenario.positions.len() {
            0 => "It holds no position.".to_owned(),
            several => format!("It holds {several} positions, and this page shows one."),
        }));
    };
    if matches!(scenario.margin_mode, MarginMode::Cross { .. }) {
        return Err(not_shown("Its margin is cross, and this page shows isolated margin."));
    }
    let market = scenario.markets.get(position.market).ok_or_else(|| not_shown(""))?;
    if let Some(why) = unlike(&market.rules) {
        return Err(not_shown(why));
    }
    let is_plain =
        |margin| matches!(margin, PositionMargin::InitialPlus(it) if it.exact().is_zero());
    if !is_plain(position.margin) {
        return Err(not_shown("It has its margin changed by hand, which this page does not show."));
    }
    let listing = catalog.listings().iter().find(|listing| listing.symbol == market.name);
    let listing = listing.ok_or_else(|| {
        let known: Vec<&str> = catalog.listings().iter().map(|listing| listing.symbol).collect();
        NotOpened::NotShown(format!("This page knows the markets {}.", known.join(", ")))
    })?;
    if market.rules.tick_size != Some(listing.tick_size) {
        return Err(not_shown("Its price step is not the one that this page has for the market."));
    }
    let tiers = tiers_key(market, listing, catalog)
        .ok_or_else(|| not_shown("Its tiers are none of the tables that this page has."))?;
    link(&scenario, market, position, listing, &tiers, numbers, catalog)
}

/// The scenario in a file, whatever its name or kind.
fn read_scenario(text: &str) -> Result<Scenario, NotOpened> {
    let node = text::tree(text, "scenario")
        .map_err(|fault| NotOpened::Problems(vec![format!("{}.", capital(fault.message()))]))?;
    let mut problems = Problems::default();
    match request::read(&node, &mut problems) {
        Some(request) if !problems.stop() => Ok(request.scenario),
        _ => {
            let sentence = |problem: Problem| match problem.field.as_str() {
                "" => format!("{}.", capital(&problem.message)),
                field => format!("{field}: {}.", problem.message),
            };
            Err(NotOpened::Problems(problems.finish().into_iter().map(sentence).collect()))
        }
    }
}

/// Why rules are not those of any position on the page, tiers apart.
fn unlike(rules: &VenueRules) -> Option<&'static str> {
    let page = VenueRules::plain(ContractKind::Linear, rules.tiers.clone(), rules.source.clone());
    if rules.contract != page.contract {
        return Some("Its contract is not linear, and this page shows linear ones.");
    }
    if rules.contract_size != page.contract_size {
        return Some("Its contract size is not 1, and this page counts in coins.");
    }
    if rules.initial_margin_basis != page.initial_margin_basis
        || rules.maintenance_basis != page.maintenance_basis
    {
        return Some("It takes its margins at other prices than this page.");
    }
    let fees = rules.initial_fee == InitialFee::None
        && rules.bankruptcy_fee == BankruptcyFee::None
        && rules.maintenance_funding.exact().is_zero()
        && matches!(rules.maintenance_fee, MaintenanceFee::None | MaintenanceFee::CloseAtMark(_));
    // What a liquidation costs moves no figure of the page.
    (!fees).then_some("It counts fees into its margins in a way that this page does not.")
}

/// What a link calls the tiers of a market.
fn tiers_key(market: &Market, listing: &Listing, catalog: &Catalog) -> Option<String> {
    let tiers = &market.rules.tiers;
    let known = catalog.tables().iter().find(|table| {
        catalog.table(table.id, listing.coin).is_some_and(|known| {
            // A table may state amounts that its edges give anyway.
            (known.kind(), known.basis(), known.tiers())
                == (tiers.kind(), tiers.basis(), tiers.tiers())
        })
    });
    if let Some(table) = known {
        return Some(table.id.to_owned());
    }
    let [only] = tiers.tiers() else {
        return None;
    };
    let has_no_limit = only.cap.is_none() && only.max_leverage.is_none();
    let by_rate = matches!(tiers.kind(), TierKind::Marginal | TierKind::Flat);
    let percent = percent(only.maintenance_margin_rate.exact())?;
    (has_no_limit && by_rate).then(|| format!("flat:{percent}"))
}

fn percent(rate: &Exact) -> Option<String> {
    written(&rate.times(&Exact::from_integer(100)).ok()?).ok()
}

/// The link to a scenario that the page can show, if its numbers fit the page's fields.
fn link(
    scenario: &Scenario,
    market: &Market,
    position: &Position,
    listing: &Listing,
    tiers: &str,
    numbers: &str,
    catalog: &Catalog,
) -> Result<String, NotOpened> {
    let fee = match market.rules.maintenance_fee {
        MaintenanceFee::CloseAtMark(rate) => percent(rate.exact()),
        _ => Some("0".to_owned()),
    };
    let digits = |value: &Exact| written(value).ok();
    let leverage = position.leverage.and_then(|leverage| digits(leverage.exact()));
    let parts = [
        (FieldId::Quantity, digits(position.quantity.exact())),
        (FieldId::EntryPrice, digits(position.entry_price.exact())),
        (FieldId::MarkPrice, digits(market.mark_price.exact())),
        (FieldId::Leverage, leverage),
        (FieldId::CloseFee, fee),
        (FieldId::WarningRatio, percent(market.rules.warning_ratio.exact())),
    ];
    let side = word_for(&SIDES, &position.side);
    let mut query = format!("v=1&coin={}&side={side}&tiers={tiers}&num={numbers}", listing.coin);
    for (field, text) in parts {
        query.push_str(&format!("&{}={}", field.key(), text.unwrap_or_default()));
    }
    let opened = open(&query, catalog);
    let shown = write(&opened.draft, catalog).filter(|_| opened.left_out.is_empty());
    // What the page would show is held against the file, whatever was overlooked above.
    let same = read(&opened.draft, catalog).scenario.is_some_and(|page| is_same(&page, scenario));
    shown.filter(|_| same).ok_or_else(|| {
        NotOpened::NotShown(match opened.left_out.first() {
            Some(part) => format!("This page cannot hold {part}."),
            None => "This page cannot show it as it is.".to_owned(),
        })
    })
}

/// Whether two scenarios of one position give the same figures.
fn is_same(page: &Scenario, file: &Scenario) -> bool {
    let ([page_market], [file_market]) = (page.markets.as_slice(), file.markets.as_slice()) else {
        return false;
    };
    let fee = |market: &Market| match market.rules.maintenance_fee {
        MaintenanceFee::CloseAtMark(rate) => Some(rate),
        MaintenanceFee::None => Some(super::market::no_rate()),
        _ => None,
    };
    page.positions == file.positions
        && page_market.mark_price == file_market.mark_price
        && page_market.rules.warning_ratio == file_market.rules.warning_ratio
        && page_market.rules.tick_size == file_market.rules.tick_size
        && fee(page_market) == fee(file_market)
}
