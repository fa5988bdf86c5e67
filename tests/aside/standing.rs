//! The rules of what a position costs and pays.

use margin_calculator::costs::{
    BaseStep, BreakEven, Closed, Fill, FundingStamp, Holding, average_entry, base_step_rows,
    break_even, close, cost_to_open, cost_to_open_share, dated_mark, fair_basis_rate,
    fee_round_trip, fee_to_close, funding_on_value, funding_sum, initial_margin, is_charged,
    price_in_whole_units, returned, rounded_up, trade, value_in_whole_units,
};
use margin_calculator::quantity::{Exact, Leverage, Money, Price, Rate, Side, Size};
use margin_calculator::venue::{ContractKind, TierBasis, TierKind, TierTable};

use crate::rows::{Figures, Row, evaluate, in_units, named, side};

/// The position a row describes.
pub(crate) fn holding(row: &Row) -> Holding {
    Holding {
        contract: row.contract(),
        side: row.side(),
        size: row.size(),
        entry_price: row.price("entry"),
    }
}

/// The figures of a rule of this file; none for another's.
pub(crate) fn figures(row: &Row) -> Option<Figures> {
    Some(match row.rule() {
        "average_entry" => {
            let fills: Vec<_> = row.parts("fills").iter().map(|part| fill(part)).collect();
            vec![named("entry_price", average_entry(row.contract(), &fills).unwrap().unwrap())]
        }
        "trade" => {
            let parts = row.parts("fill");
            let on = side(row.word("fill_side").unwrap());
            let traded = trade(&holding(row), on, &fill(parts.first().unwrap())).unwrap();
            vec![named("entry_price", traded.position.unwrap().entry_price)]
        }
        "profit" => profit(row),
        "initial_margin" => {
            let position = holding(row);
            let margin = initial_margin(&position, &row.leverage()).unwrap();
            let unit = row.maybe("unit").unwrap_or(Exact::ONE);
            vec![
                named("initial_margin", margin),
                named("initial_margin_units", in_units(&margin, &unit)),
                named("value", position.value_at(&position.entry_price).unwrap()),
            ]
        }
        "close" => closing(row),
        "margin_behind" => {
            let (position, exit) = (holding(row), row.price("exit"));
            let kept = position.value_at(&exit).unwrap().times(&row.rate("maintenance_rate"));
            let profit = position.profit_at(&exit).unwrap();
            vec![named("margin", kept.unwrap().minus(&profit).unwrap())]
        }
        "funding_on_value" => {
            let (value, rate) = (row.money("value"), row.rate("funding_rate"));
            let payment = funding_on_value(row.side(), &value, &rate).unwrap();
            vec![named("payment", payment), named("paid", payment.exact().negated())]
        }
        "funding_sum" => funding(row),
        "margins_with_fee_to_close" => margins(row),
        "opening_fee" => {
            let fee = row.money("value").times(&row.rate("fee_rate")).unwrap();
            let fee = rounded_up(&fee, &row.money("unit")).unwrap();
            vec![named("realized", fee.exact().negated())]
        }
        "fees_both_ways" => {
            let cost = cost_to_open(&holding(row), &row.leverage(), &row.rate("fee_rate")).unwrap();
            vec![named("fees", cost.opening_fee.plus(&cost.fee_to_close).unwrap())]
        }
        "cost_to_open" => {
            let cost = cost_to_open(&holding(row), &row.leverage(), &row.rate("fee_rate")).unwrap();
            vec![
                named("initial_margin", cost.initial_margin),
                named("opening_fee", cost.opening_fee),
                named("fee_to_close", cost.fee_to_close),
                named("total", cost.total().unwrap()),
            ]
        }
        "cost_to_open_share" => {
            let share = |side| {
                let (leverage, fee) = (row.leverage(), row.rate("fee_rate"));
                cost_to_open_share(row.contract(), side, &leverage, &fee).unwrap()
            };
            vec![named("long_share", share(Side::Long)), named("short_share", share(Side::Short))]
        }
        "cost_held" => cost_held(row),
        "break_even" => break_even_figures(row),
        "whole_units" => whole_units(row),
        "whole_unit_prices" => whole_unit_prices(row),
        "price_before_bankruptcy" => {
            let position = holding(row);
            let kept = row.number("maintenance_units").minus(&row.number("fee_units")).unwrap();
            let kept = Money::from_exact(kept.times(&row.number("unit")).unwrap());
            let value = position.value_at(&position.entry_price).unwrap().plus(&kept).unwrap();
            row.number("tick");
            vec![named("liquidation_price", row.size().exact().over(value.exact()).unwrap())]
        }
        "base_step" => base_step(row),
        "dated_mark" => {
            let (index, days) = (row.price("index"), row.number("days"));
            let rate = fair_basis_rate(&row.price("impact_mid"), &index, &days).unwrap();
            let mark = dated_mark(&index, &rate, &days).unwrap();
            let basis = mark.gap_from(&index).unwrap();
            vec![
                named("basis_rate", rate),
                named("mark_price", mark),
                named("basis", *basis.exact()),
            ]
        }
        _ => return None,
    })
}

/// `size@price`.
fn fill(parts: &[&str]) -> Fill {
    let [size, price] = parts else { panic!("a fill is size@price") };
    Fill { size: Size::from_exact(evaluate(size)), price: Price::from_exact(evaluate(price)) }
}

fn profit(row: &Row) -> Figures {
    let (position, exit) = (holding(row), row.price("exit"));
    let profit = position.profit_at(&exit).unwrap();
    let unit = row.maybe("unit").unwrap_or(Exact::ONE);
    vec![
        named("profit", profit),
        named("profit_units", in_units(&profit, &unit)),
        named("value", position.value_at(&exit).unwrap()),
        named("entry_value", position.value_at(&position.entry_price).unwrap()),
    ]
}

fn closing(row: &Row) -> Figures {
    let (position, exit) = (holding(row), row.price("exit"));
    let closed = match row.maybe("fees") {
        // Fees as one printed amount.
        Some(fees) => Closed {
            realized_pnl: position.profit_at(&exit).unwrap(),
            opening_fee: Money::from_exact(fees),
            closing_fee: Money::from_exact(Exact::ZERO),
        },
        None => {
            let (opening, closing) = (row.rate("opening_rate"), row.rate("closing_rate"));
            close(&position, &exit, &opening, &closing).unwrap()
        }
    };
    let net = closed.net().unwrap();
    let mut figures = vec![
        named("profit", closed.realized_pnl),
        named("fees_paid", closed.fees().unwrap().exact().negated()),
        named("net", net),
    ];
    if let Some(start) = row.maybe("start") {
        figures.push(named("balance", net.exact().plus(&start).unwrap()));
    }
    if let Some(leverage) = row.maybe("leverage") {
        let leverage = Leverage::from_exact(leverage);
        figures.push(named("returned", returned(&position, &closed, &leverage).unwrap()));
    }
    figures
}

/// `hh:mm:ss` of the day in seconds, negative before it.
fn seconds(text: &str) -> i64 {
    let (sign, text) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    text.split(':').fold(0, |sum, part| sum * 60 + part.parse::<i64>().unwrap()) * sign
}

fn funding(row: &Row) -> Figures {
    let grace = row.maybe("grace").map_or(0, |grace| {
        i64::try_from(grace.round(0, margin_calculator::quantity::Rounding::Floor).unwrap())
            .unwrap()
    });
    let opened = row.word("opened").map(seconds);
    let closed = row.word("closed").map(seconds);
    let mut stamps = Vec::new();
    for part in row.parts("stamps") {
        let [time, mark, rate] = part[..] else { panic!("a stamp is time@mark@rate") };
        let charged = match (opened, closed) {
            (Some(opened), Some(closed)) => is_charged(seconds(time), opened, closed, grace),
            _ => true,
        };
        if charged {
            stamps.push(FundingStamp {
                mark_price: Price::from_exact(evaluate(mark)),
                funding_rate: Rate::from_exact(evaluate(rate)),
            });
        }
    }
    // Funding does not depend on the entry.
    let entry_price = Price::from_exact(Exact::ONE);
    let position =
        Holding { contract: row.contract(), side: row.side(), size: row.size(), entry_price };
    let mirrored = Holding { side: position.side.opposite(), ..position };
    vec![
        named("payment", funding_sum(&position, &stamps).unwrap()),
        named("payment_mirrored", funding_sum(&mirrored, &stamps).unwrap()),
    ]
}

fn margins(row: &Row) -> Figures {
    // A venue that prints the value computes with the printed one: one unit of that value at 1.
    let position = match row.maybe("value") {
        Some(value) => Holding {
            contract: ContractKind::Linear,
            side: row.side(),
            size: Size::from_exact(value),
            entry_price: Price::from_exact(Exact::ONE),
        },
        None => holding(row),
    };
    let (leverage, fee_rate) = (row.leverage(), row.rate("fee_rate"));
    let cost = cost_to_open(&position, &leverage, &fee_rate).unwrap();
    let fee = fee_to_close(&position, &leverage, &fee_rate).unwrap();
    let value = position.value_at(&position.entry_price).unwrap();
    let kept = value.times(&row.rate("maintenance_rate")).unwrap().plus(&fee).unwrap();
    let rounded = |amount: Money| match row.maybe("unit") {
        Some(unit) => rounded_up(&amount, &Money::from_exact(unit)).unwrap(),
        None => amount,
    };
    let (initial, kept) = (rounded(cost.reserved().unwrap()), rounded(kept));
    let mut figures = vec![
        named("initial_margin", initial),
        named("maintenance_margin", kept),
        named("initial_less_maintenance", initial.minus(&kept).unwrap()),
    ];
    if let Some(exit) = row.maybe("exit") {
        let profit = holding(row).profit_at(&Price::from_exact(exit)).unwrap();
        figures.push(named("profit", profit));
    }
    figures
}

fn cost_held(row: &Row) -> Figures {
    let (position, mark) = (holding(row), row.price("mark"));
    let marked = Holding { entry_price: mark, ..position };
    let (leverage, fee_rate) = (row.leverage(), row.rate("fee_rate"));
    let cost = cost_to_open(&marked, &leverage, &fee_rate).unwrap();
    let held = cost.reserved().unwrap();
    let profit = position.profit_at(&mark).unwrap();
    let least = marked.value_at(&mark).unwrap().times(&row.rate("maintenance_rate")).unwrap();
    vec![
        named("cost", held),
        named("least_cost", least.plus(&cost.opening_fee).unwrap()),
        named("profit", profit),
        named("assigned", held.minus(&profit).unwrap()),
        named("position_margin", held.minus(&row.money("fee_kept")).unwrap()),
    ]
}

fn break_even_figures(row: &Row) -> Figures {
    let (position, fee) = (holding(row), row.rate("fee_rate"));
    let nothing = Money::from_exact(Exact::ZERO);
    let BreakEven::At(price) = break_even(&position, &fee, &fee, &nothing).unwrap() else {
        panic!("{}: breaks even at no one price", row.id());
    };
    let mut figures = vec![named("break_even", price)];
    if row.word("leverage").is_some() {
        let value = position.value_at(&position.entry_price).unwrap();
        figures.push(named("initial_margin", initial_margin(&position, &row.leverage()).unwrap()));
        let kept = value.times(&row.rate("maintenance_rate")).unwrap();
        figures.push(named("maintenance_margin", kept));
    }
    figures
}

/// Position records of a venue that counts each contract in whole units of money.
fn whole_units(row: &Row) -> Figures {
    let unit = row.money("unit");
    let units = |name: &str| {
        let amount = row.maybe(name).unwrap_or(Exact::ZERO).times(unit.exact()).unwrap();
        Money::from_exact(amount)
    };
    let mut profit = units("profit_units");
    let mut figures = Vec::new();
    let mut say = |name: &str, amount: &Money| {
        figures.push(named(name, in_units(amount, unit.exact())));
    };
    let (value, initial) = if row.word("quantity").is_some() {
        let value = |price| value_in_whole_units(&row.size(), &row.price(price), &unit).unwrap();
        let (entry, mark) = (value("entry"), value("mark"));
        profit = match row.side() {
            Side::Long => entry.minus(&mark).unwrap(),
            Side::Short => mark.minus(&entry).unwrap(),
        };
        say("mark_value_units", &mark);
        say("profit_units", &profit);
        (entry, entry.over_leverage(&row.leverage()).unwrap())
    } else {
        (units("value_units"), units("initial_units"))
    };
    let margin = initial.plus(&units("added_units")).unwrap();
    let fee = fee_round_trip(&value, &margin, &row.rate("fee_rate")).unwrap();
    let fee = rounded_up(&fee, &unit).unwrap();
    let rate = row.rate("maintenance_rate").exact().plus(row.rate("funding_rate").exact());
    let kept = value.times(&Rate::from_exact(rate.unwrap())).unwrap().plus(&fee).unwrap();
    let assigned = margin.plus(&fee).unwrap().minus(&units("lost_units")).unwrap();
    say("value_units", &value);
    say("initial_units", &initial);
    say("fee_units", &fee);
    say("margin_units", &assigned);
    say("maintenance_units", &rounded_up(&kept, &unit).unwrap());
    say("balance_units", &assigned.plus(&profit).unwrap());
    figures
}

/// A short is closed where its value has fallen by what stands behind it.
fn whole_unit_prices(row: &Row) -> Figures {
    let unit = row.money("unit");
    let units = |name: &str| Money::from_exact(row.number(name).times(unit.exact()).unwrap());
    let at = |cushion: Money| {
        let value = units("value_units").minus(&cushion).unwrap();
        price_in_whole_units(&row.size(), &value, &unit).unwrap().unwrap()
    };
    let cushion = units("margin_units").minus(&units("maintenance_units")).unwrap();
    let all = units("initial_units").plus(&units("added_units")).unwrap();
    row.number("tick");
    vec![named("liquidation_price", at(cushion)), named("bankruptcy_price", at(all))]
}

fn base_step(row: &Row) -> Figures {
    let rows = base_step_rows(&BaseStep {
        base_limit: row.number("base_limit"),
        step: row.number("step"),
        last_limit: row.number("last_limit"),
        base_maintenance_rate: row.rate("base_maintenance"),
        base_initial_rate: row.rate("base_initial"),
        rate_step: row.rate("rate_step"),
    });
    let table = TierTable::try_new(TierKind::Flat, TierBasis::EntryNotional, &rows.unwrap());
    let table = table.unwrap();
    let value = row.money("value");
    let tier = table.tier_of(value.exact()).unwrap().unwrap();
    let rate = tier.maintenance_margin_rate;
    vec![
        named("maintenance_rate", rate),
        named("initial_rate", Exact::ONE.over(tier.max_leverage.unwrap().exact()).unwrap()),
        named("maintenance_margin", value.times(&rate).unwrap()),
    ]
}
