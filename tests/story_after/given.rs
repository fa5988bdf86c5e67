//! The run that the chapter shows, made again from what stands in its fields and from the venue's file.

use margin_calculator::margin::Threshold;
use margin_calculator::process::{
    Around, Book, Level, OrderMargin, Preset, ProcessRules, Run, Setup, Tick,
};
use margin_calculator::quantity::{Exact, Money, Rate, Size};
use margin_calculator::scenario::open;
use margin_calculator::story::after::lines::Teller;
use margin_calculator::takeover::Candidate;
use margin_calculator::text::{NumberStyle, parse};
use margin_calculator::venue::catalog;
use margin_calculator::words::{Answer, Pen, answer};

use super::desk::Desk;

pub(crate) fn asked(query: &str) -> Answer {
    let catalog = catalog().unwrap();
    answer(&open(query, catalog).draft, catalog).1.unwrap()
}

fn field(desk: &Desk, id: &str) -> Exact {
    Exact::from_decimal(parse(desk.value(id), NumberStyle::Space).unwrap().value)
}

fn hundredth(value: &Exact) -> Exact {
    value.over(&Exact::from_integer(100)).unwrap()
}

/// The setup and the path of a preset under a venue's rules.
pub(crate) fn run(desk: &Desk, rules: &ProcessRules, preset: Preset) -> Run {
    let answer = asked(&desk.query);
    let money = |id: &str| Money::from_exact(field(desk, id));
    let gap = hundredth(&field(desk, "after-gap"));
    let bids: Vec<Level> = (1..=5)
        .map(|number| Level {
            distance: Rate::from_exact(gap.times(&Exact::from_integer(number)).unwrap()),
            size: Size::from_exact(field(desk, &format!("after-bid{number}"))),
        })
        .collect();
    let notional = answer.report.notional;
    let winners: i64 = desk.value("after-others").parse().unwrap();
    let whole = |number: i64| Exact::from_integer(number);
    let candidates = (1..=winners).map(|number| Candidate {
        id: number.try_into().unwrap(),
        unrealized_pnl: Money::from_exact(
            money("after-profit").exact().times(&whole(number * (number + 1) / 2)).unwrap(),
        ),
        notional: Money::from_exact(notional.exact().times(&whole(number)).unwrap()),
        entry_notional: Money::from_exact(
            answer.report.entry_notional.exact().times(&whole(number)).unwrap(),
        ),
        margin_balance: Money::from_exact(
            notional.exact().times(&hundredth(&whole(number * number))).unwrap(),
        ),
    });
    let setup = Setup {
        position: answer.position,
        market: answer.market.clone(),
        wallet: money("after-wallet"),
        orders: OrderMargin {
            of_position: money("after-orders"),
            elsewhere: Money::from_exact(Exact::ZERO),
        },
        book: Book { bids: bids.clone(), asks: bids },
        rules: rules.clone(),
        fund: money("after-fund"),
        candidates: candidates.collect(),
        actions: Vec::new(),
    };
    let crossing = match &answer.report.liquidation {
        Threshold::AtPrice { .. } => answer.report.liquidation.crossing().unwrap().exact,
        other => panic!("no price closes it: {other:?}"),
    };
    let around = Around {
        side: answer.position.side,
        start: answer.market.mark_price,
        liquidation: crossing,
        bankruptcy: answer.report.bankruptcy_price.as_ref().map(|it| it.exact),
        tick: Some(answer.listing.tick_size),
    };
    let ticks: Vec<Tick> = preset
        .moments(&around)
        .unwrap()
        .iter()
        .map(|moment| moment.with_mark(moment.index))
        .collect();
    Run::new(setup, ticks).unwrap()
}

/// The lines of a run as the chapter tells them, in the style of the page.
pub(crate) fn told(desk: &Desk, run: &Run) -> Vec<String> {
    let answer = asked(&desk.query);
    let teller = Teller {
        pen: Pen::new(&answer),
        rules: &run.setup().rules,
        coin: answer.draft.coin,
        side: answer.position.side,
    };
    let line = |event| {
        let line = teller.line(event);
        format!("<div><h4>{}</h4><p>{}</p>", line.title, line.text)
    };
    run.log().iter().map(line).collect()
}
