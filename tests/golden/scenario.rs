//! From a row to the question it asks.

use margin_calculator::quantity::{Exact, Leverage, Money, Price, Rate, Ratio, Side, Size};
use margin_calculator::scenario::{MarginMode, Market, Position, PositionMargin, Scenario};
use margin_calculator::venue::{
    BankruptcyFee, BeyondTable, ContractKind, InitialFee, MaintenanceFee, MarginBasis, Source,
    TableFile, TierBasis, TierError, TierKind, TierRow, TierTable, VenueRules,
};

use crate::number::evaluate;
use crate::rows::{Line, Row};

const TABLE_2021: &str = include_str!("../vectors/tables/btc-2021-03.csv");

/// A rate for every size, a table by name, or `floor@rate@amount;…` after words for its kind; a tier
/// ends where the next begins unless it says `floor..cap`, and the amount may be left out.
pub(crate) fn tiers(text: &str) -> Result<TierTable, TierError> {
    if text == "btc-2021-03" {
        let file = TableFile::parse(TABLE_2021).unwrap();
        return Ok(file.table("BTCUSDT").unwrap().clone());
    }
    let mut rest = text;
    let mut word = |word: &str| {
        let found = rest.strip_prefix(word).map(str::trim_start);
        rest = found.unwrap_or(rest);
        found.is_some()
    };
    let kind = match () {
        () if word("flat ") => TierKind::Flat,
        () if word("factor ") => TierKind::FactorOverLeverage,
        () if word("fixed ") => TierKind::Fixed,
        () if word("slope ") => TierKind::Slope(Exact::ZERO),
        () => TierKind::Marginal,
    };
    let basis = match () {
        () if word("by quantity ") => TierBasis::Quantity,
        () if word("at entry ") => TierBasis::EntryNotional,
        () => TierBasis::Notional,
    };
    let (kind, rest) = match (kind, rest.split_once(" on ")) {
        (TierKind::Slope(_), Some((slope, rest))) => (TierKind::Slope(evaluate(slope)), rest),
        _ => (kind, rest),
    };
    let stated: Vec<Vec<&str>> = rest.split(';').map(|tier| tier.split('@').collect()).collect();
    let floor = |tier: &Vec<&str>| -> Exact {
        let range = tier.first().filter(|_| 1 < tier.len()).copied().unwrap_or("0");
        evaluate(range.split_once("..").map_or(range, |(floor, _)| floor))
    };
    let ends = stated.iter().skip(1).map(|tier| Some(floor(tier))).chain([None]);
    let tier = |(tier, next): (&Vec<&str>, Option<Exact>)| TierRow {
        floor: floor(tier),
        cap: tier
            .first()
            .and_then(|range| range.split_once(".."))
            .map(|(_, cap)| evaluate(cap))
            .or(next),
        maintenance_margin_rate: Rate::from_exact(evaluate(tier.get(1).or(tier.first()).unwrap())),
        maintenance_amount: tier.get(2).map(|amount| Money::from_exact(evaluate(amount))),
        max_leverage: None,
    };
    let rows: Vec<TierRow> = stated.iter().zip(ends).map(tier).collect();
    TierTable::try_new(kind, basis, &rows)
}

fn rate(text: &str) -> Rate {
    Rate::from_exact(evaluate(text))
}

/// Changes one rule, as `maintenance_fee=on mark 0.0006`.
fn apply(rules: &mut VenueRules, item: &str) {
    let (name, value) = item.split_once('=').unwrap();
    match (name, value) {
        ("tick", tick) => rules.tick_size = Some(Price::from_exact(evaluate(tick))),
        ("initial", "on mark") => rules.initial_margin_basis = MarginBasis::Mark,
        ("maintenance", "on entry") => rules.maintenance_basis = MarginBasis::Entry,
        ("initial_fee", fee) => {
            rules.initial_fee = match fee.split_once(" of ").unwrap() {
                (fee, "bankruptcy value") => InitialFee::CloseAtBankruptcy(rate(fee)),
                (fee, "round trip") => InitialFee::EntryRoundTrip(rate(fee)),
                _ => panic!("{item}"),
            };
        }
        ("maintenance_fee", fee) => {
            rules.maintenance_fee = match fee.split_once(" of ").unwrap() {
                (fee, "mark value") => MaintenanceFee::CloseAtMark(rate(fee)),
                (fee, "bankruptcy value") => MaintenanceFee::CloseAtBankruptcy(rate(fee)),
                (fee, "round trip") => MaintenanceFee::EntryRoundTrip(rate(fee)),
                _ => panic!("{item}"),
            };
        }
        ("funding", share) => rules.maintenance_funding = rate(share),
        ("bankruptcy_fee", "set aside") => rules.bankruptcy_fee = BankruptcyFee::SetAside,
        ("bankruptcy_fee", fee) => rules.bankruptcy_fee = BankruptcyFee::CloseThere(rate(fee)),
        ("warning", level) => rules.warning_ratio = Ratio::from_exact(evaluate(level)),
        ("beyond", "last tier") => rules.beyond_table = BeyondTable::LastTier,
        _ => panic!("no rule is {item}"),
    }
}

/// The market of a line, at the mark it states or else at the entry price.
fn market(line: &Line, row: &Row) -> Result<Market, TierError> {
    let text = line.must("market");
    let (kind, size) = text.split_once(' ').unwrap_or((text, "1"));
    let kind = match kind {
        "linear" => ContractKind::Linear,
        "inverse" => ContractKind::Inverse,
        "quanto" => ContractKind::Quanto,
        _ => panic!("{text}"),
    };
    let source =
        Source { origin: row.must("source").to_owned(), as_of: row.must("date").to_owned() };
    let mut rules = VenueRules::plain(kind, tiers(line.must("tiers"))?, source);
    rules.contract_size = Size::from_exact(evaluate(size));
    for item in line.list("rules") {
        apply(&mut rules, item);
    }
    let mark = line.text("mark_price").unwrap_or_else(|| line.must("entry_price"));
    Ok(Market { name: row.id().to_owned(), rules, mark_price: Price::from_exact(evaluate(mark)) })
}

/// `initial`, `initial + 5`, or an amount in place of it.
fn position_margin(text: &str) -> PositionMargin {
    match text.strip_prefix("initial") {
        Some("") => PositionMargin::InitialPlus(Money::from_exact(Exact::ZERO)),
        Some(added) => {
            PositionMargin::InitialPlus(Money::from_exact(evaluate(&format!("0{added}"))))
        }
        None => PositionMargin::Assigned(Money::from_exact(evaluate(text))),
    }
}

/// The scenario a row describes; the market's fault if its table is none.
pub(crate) fn scenario(row: &Row) -> Result<Scenario, TierError> {
    let money = |text: &str| Money::from_exact(evaluate(text));
    let margin = row.text("margin").unwrap_or("initial");
    let (margin_mode, first) = match (margin.strip_prefix("wallet "), margin.split_once(" of ")) {
        (Some(wallet), _) => (MarginMode::Cross { wallet_balance: money(wallet) }, "initial"),
        (None, Some((margin, wallet))) => {
            (MarginMode::Isolated { wallet_balance: Some(money(wallet)) }, margin)
        }
        (None, None) => (MarginMode::Isolated { wallet_balance: None }, margin),
    };
    let mut markets: Vec<Market> = Vec::new();
    let mut positions = Vec::new();
    for (index, line) in row.lines.iter().enumerate() {
        if line.must("market") != "same" {
            markets.push(market(line, row)?);
        }
        let number = |column: &str| evaluate(line.must(column));
        let margin = if index == 0 { first } else { line.text("margin").unwrap_or("initial") };
        positions.push(Position {
            market: markets.len().checked_sub(1).unwrap(),
            side: match line.must("side") {
                "long" => Side::Long,
                "short" => Side::Short,
                side => panic!("{side}"),
            },
            quantity: Size::from_exact(number("quantity")),
            entry_price: Price::from_exact(number("entry_price")),
            leverage: line.text("leverage").map(|text| Leverage::from_exact(evaluate(text))),
            margin: position_margin(margin),
        });
    }
    Ok(Scenario { margin_mode, markets, positions })
}
