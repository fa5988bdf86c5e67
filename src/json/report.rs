//! The report as text: every figure exact, keys in the order of the format.

use crate::margin::{
    AccountReport, Crossing, MarginRatio, PositionReport, Report, Shock, Threshold,
};
use crate::quantity::{Money, Number, Overflow, Price, Ratio, Wide};
use crate::scenario::{Market, Position};

use super::figure::written;
use super::market::VenueNote;
use super::problem::Problem;
use super::reasons;
use super::request::Request;
use super::tree::Tree;

/// The report of a scenario that has no answer.
pub(super) fn refused(id: Option<String>, problems: Vec<Problem>) -> Tree {
    Tree::Object(vec![("id", Tree::maybe(id)), ("problems", listed(problems))])
}

/// The report of a scenario that has one.
pub(super) fn answered(
    id: Option<String>,
    problems: Vec<Problem>,
    account: Tree,
    positions: Tree,
) -> Tree {
    Tree::Object(vec![
        ("id", Tree::maybe(id)),
        ("problems", listed(problems)),
        ("account", account),
        ("positions", positions),
    ])
}

pub(super) fn listed(problems: Vec<Problem>) -> Tree {
    let row = |problem: Problem| {
        Tree::Object(vec![
            ("field", Tree::Text(problem.field)),
            ("code", Tree::text(problem.code.key())),
            ("message", Tree::Text(problem.message)),
        ])
    };
    Tree::List(problems.into_iter().map(row).collect())
}

fn money(amount: &Money) -> Result<Tree, Overflow> {
    written(amount.exact()).map(Tree::Text)
}

fn ratio(value: &Ratio) -> Result<Tree, Overflow> {
    written(value.exact()).map(Tree::Text)
}

fn price(value: &Price) -> Result<Tree, Overflow> {
    written(value.exact()).map(Tree::Text)
}

fn maybe<T>(
    value: Option<&T>,
    write: impl FnOnce(&T) -> Result<Tree, Overflow>,
) -> Result<Tree, Overflow> {
    value.map_or(Ok(Tree::Null), write)
}

fn margin_ratio(value: &MarginRatio) -> Result<Tree, Overflow> {
    match value {
        MarginRatio::Of(value) => ratio(value),
        MarginRatio::NothingLeft => Ok(Tree::Null),
    }
}

/// The figures of the account. Sums of different coins mean nothing and are left out.
pub(super) fn account(request: &Request, report: &Report) -> Result<Tree, Overflow> {
    let account = &report.account;
    let mut entries = match &request.coins {
        None => sums(account)?,
        Some([one, other]) => {
            let keys = ["margin_balance", "initial_margin", "maintenance_margin"];
            let keys = keys.into_iter().chain(["margin_ratio", "available_balance"]);
            let mut entries: Vec<_> = keys.map(|key| (key, Tree::Null)).collect();
            let reason = format!("amounts in {one} and {other} do not add up");
            entries.push(("reason", Tree::Text(reason)));
            entries
        }
    };
    let shock = match &account.shock_to_liquidation {
        Shock::To { down, up } => Tree::Object(vec![
            ("down", maybe(down.as_ref(), ratio)?),
            ("up", maybe(up.as_ref(), ratio)?),
        ]),
        _ => Tree::Null,
    };
    entries.push(("shock_to_liquidation", shock));
    if let Some(reason) = reasons::no_shock(&account.shock_to_liquidation) {
        entries.push(("shock_reason", Tree::text(reason)));
    }
    Ok(Tree::Object(entries))
}

fn sums(account: &AccountReport) -> Result<Vec<(&'static str, Tree)>, Overflow> {
    Ok(vec![
        ("margin_balance", money(&account.margin_balance)?),
        ("initial_margin", maybe(account.initial_margin.as_ref(), money)?),
        ("maintenance_margin", money(&account.maintenance_margin)?),
        ("margin_ratio", maybe(account.margin_ratio.as_ref(), margin_ratio)?),
        ("available_balance", maybe(account.available_balance.as_ref(), money)?),
    ])
}

/// The figures of every position, in the order of the scenario.
pub(super) fn positions(request: &Request, report: &Report) -> Result<Tree, Overflow> {
    let stated = request.scenario.positions.iter();
    let rows = stated.zip(&report.positions).filter_map(|(stated, figures)| {
        let market = request.scenario.markets.get(stated.market)?;
        let venue = request.venues.get(stated.market)?.as_ref();
        Some(position(request, report, stated, figures, market, venue))
    });
    rows.collect::<Result<_, _>>().map(Tree::List)
}

fn position(
    request: &Request,
    report: &Report,
    stated: &Position,
    figures: &PositionReport,
    market: &Market,
    venue: Option<&VenueNote>,
) -> Result<Tree, Overflow> {
    let bankruptcy = figures.bankruptcy_price.as_ref().map(|found| found.price);
    let mut entries = vec![
        ("market", Tree::text(market.name.as_str())),
        ("notional", money(&figures.notional)?),
        ("initial_margin", maybe(figures.initial_margin.as_ref(), money)?),
        ("maintenance_margin", money(&figures.maintenance_margin)?),
        ("maintenance_margin_rate", ratio(&figures.maintenance_margin_rate)?),
        ("maintenance_amount", money(&figures.tier.maintenance_amount)?),
        ("tier", Tree::Count(figures.tier.number)),
        ("unrealized_pnl", money(&figures.unrealized_pnl)?),
        ("return_on_margin", maybe(figures.return_on_margin.as_ref(), ratio)?),
        ("margin_balance", money(&figures.margin_balance)?),
        ("margin_ratio", margin_ratio(&figures.margin_ratio)?),
        ("effective_leverage", maybe(figures.effective_leverage.as_ref(), ratio)?),
        ("liquidation", liquidation(request, report, stated, figures, market)?),
        ("bankruptcy_price", maybe(bankruptcy.as_ref(), price)?),
        ("margin_call", margin_call(&figures.margin_call)?),
    ];
    if let Some(note) = venue {
        entries.push(("venue", venue_entry(note, market)));
    }
    Ok(Tree::Object(entries))
}

fn liquidation(
    request: &Request,
    report: &Report,
    stated: &Position,
    figures: &PositionReport,
    market: &Market,
) -> Result<Tree, Overflow> {
    let nowhere = [("below", Tree::Null), ("above", Tree::Null)];
    let reasoned = |state, reason| {
        let mut entries = vec![("state", Tree::text(state)), ("reason", Tree::Text(reason))];
        entries.extend(nowhere.clone());
        entries
    };
    let scenario = &request.scenario;
    Ok(Tree::Object(match &figures.liquidation {
        Threshold::AtPrice { below, above } => vec![
            ("state", Tree::text("at_price")),
            ("below", maybe(below.as_ref(), |found| crossing(found, market))?),
            ("above", maybe(above.as_ref(), |found| crossing(found, market))?),
        ],
        Threshold::Never => reasoned("never", reasons::never(scenario, stated)?),
        Threshold::TableEnds => reasoned("never", reasons::TABLE_ENDS.to_owned()),
        Threshold::Now { boundary } => {
            let mut entries = reasoned("now", reasons::now(scenario, report, figures)?);
            let boundary = maybe(boundary.as_ref(), |found| price(&found.price))?;
            entries.push(("boundary", boundary));
            entries
        }
    }))
}

/// A price at which something happens. The distance is the mark's from the price as it is written.
fn crossing(found: &Crossing, market: &Market) -> Result<Tree, Overflow> {
    let mark = Wide::of(market.mark_price.exact());
    let apart = mark.minus(&Wide::of(found.price.exact()))?;
    let distance = if apart.is_negative() { apart.negated() } else { apart };
    let distance_rate = distance.over(&mark)?;
    let mut entries = vec![
        ("price", price(&found.price)?),
        ("exact", price(&found.exact)?),
        ("tier", Tree::Count(found.tier.number)),
        ("distance", Tree::Text(written(&distance.figure()?)?)),
        ("distance_rate", Tree::Text(written(&distance_rate.figure()?)?)),
    ];
    if found.is_beyond_table {
        entries.push(("beyond_table", Tree::Flag(true)));
    }
    Ok(Tree::Object(entries))
}

/// Only prices, and a state where there are none.
fn margin_call(threshold: &Threshold) -> Result<Tree, Overflow> {
    let (below, above, state) = match threshold {
        Threshold::AtPrice { below, above } => (below.as_ref(), above.as_ref(), None),
        Threshold::Never | Threshold::TableEnds => (None, None, Some("never")),
        Threshold::Now { .. } => (None, None, Some("now")),
    };
    let on_tick = |found: &Crossing| price(&found.price);
    let mut entries = vec![("below", maybe(below, on_tick)?), ("above", maybe(above, on_tick)?)];
    entries.extend(state.map(|state| ("state", Tree::text(state))));
    Ok(Tree::Object(entries))
}

/// Where the rules come from, and what they leave out.
fn venue_entry(note: &VenueNote, market: &Market) -> Tree {
    let texts = |texts: &[&str]| Tree::List(texts.iter().map(|text| Tree::text(*text)).collect());
    Tree::Object(vec![
        ("id", Tree::text(note.venue.id())),
        ("name", Tree::text(note.venue.name())),
        ("source", Tree::text(market.rules.source.origin.as_str())),
        ("as_of", Tree::text(market.rules.source.as_of.as_str())),
        ("not_modelled", texts(note.venue.not_modelled())),
        ("note", Tree::text(note.venue.note())),
        ("ratio_convention", Tree::text(note.venue.ratio_convention())),
        ("replaced", texts(&note.replaced)),
    ])
}
