//! The rules of what follows the trigger.

use core::num::NonZeroUsize;

use margin_calculator::costs::{Holding, rounded_up};
use margin_calculator::quantity::{Exact, Money, Overflow, Price, Rate, Rounding, Side, Size};
use margin_calculator::takeover::{
    AccountTotals, Candidate, FeeTaker, FillableRule, LiabilityTransfer, OpenInterestCaps, Part,
    PartialRule, Ranking, Remainder, StepDown, TakeoverRule, ToClose, absorb, assign,
    bankruptcy_amount, deficit, deleverage, fillable_price, funding_cap, maintenance_rate, queue,
    scaled_initial_rate, score, settle, size_to_close, smallest_liability, smallest_size,
};
use margin_calculator::venue::{ContractKind, TierBasis, TierKind, TierRow, TierTable};

use crate::rows::{Figure, Figures, Row, evaluate, in_units, named};

/// Multiples of a millionth, a billionth.
fn scaled(value: &Exact, by: i64) -> Exact {
    value.times(&Exact::from_integer(by)).unwrap()
}

fn yes_or_no(is: bool) -> Figure {
    Figure::Word(if is { "yes" } else { "no" }.to_owned())
}

fn word(name: &str, text: String) -> (String, Figure) {
    (name.to_owned(), Figure::Word(text))
}

/// The figures of a rule of this file; none for another's.
pub(crate) fn figures(row: &Row) -> Option<Figures> {
    Some(match row.rule() {
        "bankruptcy_amount" => {
            let (account, closing) = account(row);
            let delta = row.number("delta");
            let part = part(row, &closing, &delta.magnitude());
            let amount = bankruptcy_amount(&account, &part).unwrap().unwrap();
            let amount = rounded_up(&amount, &row.money("unit")).unwrap();
            let units = in_units(&amount, &row.number("unit"));
            vec![named("amount", amount), named("amount_units", units)]
        }
        "fillable_price" => {
            let (account, closing) = account(row);
            let rule = FillableRule {
                bankruptcy_adjustment: row.ratio("adjustment"),
                spread_to_maintenance: row.ratio("spread"),
            };
            let whole = part(row, &closing, &closing.size.magnitude());
            vec![named("price", fillable_price(&account, &whole, &rule).unwrap().unwrap())]
        }
        "settle" => settled(row),
        "scaled_initial_rate" => {
            vec![named("rate_millionths", scaled(initial_rate(row).exact(), 1_000_000))]
        }
        "scaled_requirement" => {
            let requirement = row.money("notional").times(&initial_rate(row)).unwrap();
            vec![named("requirement", rounded_up(&requirement, &row.money("unit")).unwrap())]
        }
        "maintenance_rate" => {
            let rate = maintenance_rate(&row.rate("initial"), &row.rate("fraction")).unwrap();
            vec![named("rate_millionths", scaled(rate.exact(), 1_000_000))]
        }
        "funding_cap" => {
            let kept = maintenance_rate(&row.rate("initial"), &row.rate("fraction")).unwrap();
            let kept = kept.exact().to_step(&row.number("maintenance_unit"), Rounding::Floor);
            let kept = Rate::from_exact(kept.unwrap());
            let cap = funding_cap(&row.rate("initial"), &kept, &row.number("factor")).unwrap();
            vec![named("cap_millionths", scaled(cap.exact(), 1_000_000))]
        }
        "smallest_size" => {
            let rule = PartialRule {
                margin_rate: row.rate("margin_rate"),
                liquidator_fee_rate: row.rate("liquidator_fee"),
                fund_fee_rate: row.rate("fund_fee"),
            };
            let (price, quote) = (row.price("price"), row.price("quote_price"));
            let size = smallest_size(&row.money("shortage"), &price, &quote, &rule).unwrap();
            vec![named("size_billionths", scaled(size.unwrap().exact(), 1_000_000_000))]
        }
        "smallest_liability" => liability(row),
        "step_down" => step_down(row),
        "portfolio" => portfolio(row),
        "absorb" => {
            let absorbed = absorb(&row.money("fund"), &row.money("deficit")).unwrap();
            vec![
                named("fund_after", absorbed.fund_after),
                named("fund_change", absorbed.by_fund.exact().negated()),
            ]
        }
        "deleverage" => deleveraged(row),
        "assign" => assigned(row),
        _ => return None,
    })
}

/// One leg of an account at the current price.
struct Leg {
    /// Negative for a short.
    size: Exact,
    price: Price,
}

/// The totals of an account, and the leg that is being closed.
fn account(row: &Row) -> (AccountTotals, Leg) {
    let rate = row.rate("maintenance_rate");
    let (mut balance, mut kept, mut closing) = (row.number("quote"), Exact::ZERO, None);
    for leg in row.parts("positions") {
        let [name_and_size, price] = leg[..] else { panic!("a leg is NAME size@price") };
        let (name, size) = name_and_size.split_once(' ').unwrap();
        let (size, price) = (evaluate(size), evaluate(price));
        let value = size.times(&price).unwrap();
        balance = balance.plus(&value).unwrap();
        kept = kept.plus(&value.magnitude().times(rate.exact()).unwrap()).unwrap();
        if row.word("closing") == Some(name) {
            closing = Some(Leg { size, price: Price::from_exact(price) });
        }
    }
    let totals = AccountTotals {
        margin_balance: Money::from_exact(balance),
        maintenance_margin: Money::from_exact(kept),
    };
    (totals, closing.unwrap())
}

fn part(row: &Row, leg: &Leg, size: &Exact) -> Part {
    let side = if leg.size.is_negative() { Side::Short } else { Side::Long };
    Part::at_rate(side, Size::from_exact(*size), &leg.price, &row.rate("maintenance_rate")).unwrap()
}

fn settled(row: &Row) -> Figures {
    let rule = TakeoverRule {
        liquidation_fee_rate: row.rate("fee_rate"),
        fee_taker: match row.word("fee_to").unwrap() {
            "fund" => FeeTaker::Fund,
            _ => FeeTaker::Venue,
        },
        remainder: match row.word("rest_to").unwrap() {
            "fund" => Remainder::ToFund,
            _ => Remainder::ToHolder,
        },
    };
    let split = settle(&row.money("filled"), &row.money("bankruptcy"), &rule).unwrap();
    let unit = row.maybe("unit").unwrap_or(Exact::ONE);
    vec![named("fund", split.fund), named("fund_units", in_units(&split.fund, &unit))]
}

fn initial_rate(row: &Row) -> Rate {
    let (lower, upper) = (row.money("lower"), row.money("upper"));
    // The source switches the scaling off by an upper cap of zero.
    let caps = (!upper.exact().is_zero()).then_some(OpenInterestCaps { lower, upper });
    scaled_initial_rate(&row.rate("base"), caps.as_ref(), &row.money("open_interest")).unwrap()
}

fn liability(row: &Row) -> Figures {
    let carried = row
        .number("asset_weight")
        .times(&row.number("asset_multiplier"))
        .and_then(|weight| weight.over(&row.number("liability_multiplier")))
        .and_then(|weight| weight.to_step(&row.number("weight_unit"), Rounding::Floor));
    let transfer = LiabilityTransfer {
        shortage: row.money("shortage"),
        liability_price: row.price("price"),
        liability_weight: row.ratio("liability_weight"),
        collateral_weight: margin_calculator::quantity::Ratio::from_exact(carried.unwrap()),
        fund_fee_rate: row.rate("fund_fee"),
    };
    let size = smallest_liability(&transfer).unwrap().unwrap();
    vec![named("size_billionths", scaled(size.exact(), 1_000_000_000))]
}

/// A flat table by quantity whose rates do not matter, with these caps and an open last tier.
pub(crate) fn table_of(caps: &[Exact]) -> TierTable {
    let mut rows = Vec::new();
    let ends = caps.iter().copied().map(Some).chain([None]);
    for cap in ends {
        let floor = rows.last().map_or(Exact::ZERO, |row: &TierRow| row.cap.unwrap());
        rows.push(TierRow {
            floor,
            cap,
            maintenance_margin_rate: Rate::from_exact(Exact::ZERO),
            maintenance_amount: None,
            max_leverage: None,
        });
    }
    TierTable::try_new(TierKind::Flat, TierBasis::Quantity, &rows).unwrap()
}

fn step_down(row: &Row) -> Figures {
    let caps: Vec<_> = row.parts("caps").iter().map(|cap| evaluate(cap.first().unwrap())).collect();
    let from: usize = row.word("to_first_from").unwrap().parse().unwrap();
    let step = StepDown::ToFirstFrom(NonZeroUsize::new(from).unwrap());
    let quantity = Size::from_exact(row.number("quantity"));
    let ToClose::Part(size) = size_to_close(&table_of(&caps), &quantity, step).unwrap() else {
        panic!("{}: closed whole", row.id());
    };
    vec![named("to_close", *size.exact())]
}

/// A whole account that is closed when its balance is below its maintenance.
fn portfolio(row: &Row) -> Figures {
    let rate = row.rate("maintenance_rate");
    let (mut balance, mut kept) = (row.money("wallet"), Money::from_exact(Exact::ZERO));
    for leg in row.parts("legs") {
        let [size, entry, mark] = leg[..] else { panic!("a leg is size@entry@mark") };
        let position = Holding {
            contract: ContractKind::Linear,
            side: Side::Long,
            size: Size::from_exact(evaluate(size)),
            entry_price: Price::from_exact(evaluate(entry)),
        };
        let mark = Price::from_exact(evaluate(mark));
        balance = balance.plus(&position.profit_at(&mark).unwrap()).unwrap();
        kept = kept.plus(&position.value_at(&mark).unwrap().times(&rate).unwrap()).unwrap();
    }
    let liquidated = balance.exact().is_below(kept.exact()).unwrap();
    vec![
        named("balance", balance),
        named("maintenance_margin", kept),
        ("liquidated".to_owned(), yes_or_no(liquidated)),
        named("deficit", deficit(&balance).unwrap()),
    ]
}

/// `id@profit@value@balance`, entered at the value.
fn candidates(row: &Row) -> Vec<Candidate> {
    let candidate = |parts: &Vec<&str>| {
        let [id, profit, value, balance] = parts[..] else { panic!("a candidate has four parts") };
        let money = |text| Money::from_exact(evaluate(text));
        Candidate {
            id: id.parse().unwrap(),
            unrealized_pnl: money(profit),
            notional: money(value),
            entry_notional: money(value),
            margin_balance: money(balance),
        }
    };
    row.parts("candidates").iter().map(candidate).collect()
}

fn deleveraged(row: &Row) -> Figures {
    let candidates = candidates(row);
    let ranking = match row.word("ranking").unwrap() {
        "profit over balance" => Ranking::ProfitOverBalance,
        "profit times leverage" => Ranking::ProfitTimesLeverage,
        other => panic!("no ranking is called {other}"),
    };
    let outcome = deleverage(&candidates, ranking, &row.money("deficit")).unwrap();
    let first = outcome.closeouts.first().unwrap();
    let mut figures = vec![
        word("first", first.id.to_string()),
        word("closeouts", outcome.closeouts.len().to_string()),
        named("kept_by_first", first.kept),
        named("unpaid", outcome.unpaid),
    ];
    for candidate in &candidates {
        let name = format!("score_{}", candidate.id);
        figures.push(named(&name, score(candidate, ranking).unwrap().unwrap()));
    }
    figures
}

/// `id@size@score`: the queue and who is closed against a size.
fn assigned(row: &Row) -> Figures {
    let mut sizes = std::collections::BTreeMap::new();
    let mut candidates = Vec::new();
    for parts in row.parts("accounts") {
        let [id, size, score] = parts[..] else { panic!("an account has three parts") };
        let id: u64 = id.parse().unwrap();
        sizes.insert(id, Size::from_exact(evaluate(size)));
        let one = Money::from_exact(Exact::ONE);
        candidates.push(Candidate {
            id,
            unrealized_pnl: Money::from_exact(evaluate(score)),
            notional: one,
            entry_notional: one,
            margin_balance: one,
        });
    }
    let queued: Result<Vec<_>, Overflow> = queue(&candidates, Ranking::ProfitShareTimesLeverage)
        .map(|queue| queue.iter().map(|one| (one.id, *sizes.get(&one.id).unwrap())).collect());
    let queued = queued.unwrap();
    let order: Vec<_> = queued.iter().map(|(id, _)| id.to_string()).collect();
    let (assigned, _) = assign(&Size::from_exact(row.number("size")), &queued).unwrap();
    let mut figures =
        vec![word("order", order.join(" ")), word("closed_accounts", assigned.len().to_string())];
    for one in assigned {
        figures.push(named(&format!("closed_{}", one.id), *one.closed.exact()));
        figures.push(named(&format!("remaining_{}", one.id), *one.remaining.exact()));
    }
    figures
}
