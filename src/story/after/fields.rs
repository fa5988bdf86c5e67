//! The chapter's fields: what they are called, what they take, and what they hold before a reader types.

use crate::process::ProcessRules;
use crate::quantity::{Decimal, Exact, Overflow, Rounding};
use crate::story::typed::{Field, Slider, Steps};
use crate::text::Suffix;
use crate::words::Answer;

/// Bids that can be filled in.
pub(super) const BIDS: usize = 5;
/// What stands at each bid, in parts of 260 of the position, until the reader says otherwise: the
/// position does not fit into the best ones.
const DEPTH: [i64; BIDS] = [60, 80, 70, 120, 160];
const DEPTH_OF: i64 = 260;

const SECONDS: [&str; 3] = ["0.1", "1", "5"];
const AMOUNTS: [&str; 3] = ["1", "10", "100"];
const SIZES: [&str; 3] = ["0.001", "0.1", "10"];

/// A field for an amount of zero or more, without a slider.
const fn plain(
    id: &'static str,
    say: &'static str,
    label: &'static str,
    name: &'static str,
) -> Field {
    Field {
        id,
        say,
        label,
        name,
        unit: "",
        sign: Suffix::None,
        least: "0",
        least_included: true,
        most: None,
        decimals: 12,
        slider: None,
        steps: Steps::By(SIZES),
    }
}

const fn money(
    id: &'static str,
    say: &'static str,
    label: &'static str,
    name: &'static str,
) -> Field {
    Field { unit: "USDT", steps: Steps::By(AMOUNTS), ..plain(id, say, label, name) }
}

/// What a venue's rule says, as long as nobody touches it: waiting, looking, fee.
pub(super) static RULES: [Field; 3] = [
    Field {
        unit: "s",
        most: Some("600"),
        decimals: 3,
        slider: Some(Slider { id: "after-dwell-slider", least: "0", most: "10", step: "0.5" }),
        steps: Steps::By(SECONDS),
        ..plain("after-dwell", "after-dwell-say", "Broken for", "waiting time")
    },
    Field {
        unit: "s",
        most: Some("600"),
        decimals: 3,
        slider: Some(Slider { id: "after-interval-slider", least: "0", most: "30", step: "1" }),
        steps: Steps::By(SECONDS),
        ..plain("after-interval", "after-interval-say", "Pricing interval", "pricing interval")
    },
    Field {
        unit: "%",
        sign: Suffix::Percent,
        most: Some("10"),
        decimals: 10,
        slider: Some(Slider { id: "after-fee-slider", least: "0", most: "3", step: "0.05" }),
        steps: Steps::By(["0.01", "0.1", "0.5"]),
        ..plain("after-fee", "after-fee-say", "Liquidation fee", "liquidation fee")
    },
];

/// The world around the position: the bids, their distance, then money.
pub(super) static WORLD: [Field; 11] = [
    plain("after-bid1", "after-bid1-say", "Best price", "size at the best price"),
    plain("after-bid2", "after-bid2-say", "Second", "size at the second price"),
    plain("after-bid3", "after-bid3-say", "Third", "size at the third price"),
    plain("after-bid4", "after-bid4-say", "Fourth", "size at the fourth price"),
    plain("after-bid5", "after-bid5-say", "Fifth", "size at the fifth price"),
    Field {
        unit: "%",
        sign: Suffix::Percent,
        least_included: false,
        most: Some("15"),
        decimals: 10,
        slider: Some(Slider { id: "after-gap-slider", least: "0.05", most: "3", step: "0.05" }),
        steps: Steps::By(["0.01", "0.05", "0.5"]),
        ..plain("after-gap", "after-gap-say", "From one price to the next", "distance")
    },
    money("after-fund", "after-fund-say", "Insurance fund", "insurance fund"),
    Field {
        most: Some("50"),
        decimals: 0,
        steps: Steps::By(["1", "1", "10"]),
        ..plain(
            "after-others",
            "after-others-say",
            "Winners on the other side",
            "number of positions",
        )
    },
    money("after-profit", "after-profit-say", "Profit of the first", "profit"),
    money("after-orders", "after-orders-say", "Margin held by open orders", "margin of orders"),
    money("after-wallet", "after-wallet-say", "Free in the wallet", "free wallet"),
];

/// What the holder may do: how much to add, how much to close.
pub(super) static ACTS: [Field; 2] = [
    Field {
        least_included: false,
        ..money("after-add", "after-add-say", "Add margin", "amount to add")
    },
    Field {
        least_included: false,
        ..plain("after-reduce", "after-reduce-say", "Close a part", "size to close")
    },
];

/// The price of the chosen point of a path drawn by hand.
pub(super) static POINT: [Field; 1] = [Field {
    unit: "USDT",
    least_included: false,
    steps: Steps::Price,
    ..plain("after-price", "after-price-say", "Price there", "price")
}];

/// A number as a field holds it: as many places as asked for, no zeros at the end.
fn rounded(value: &Exact, places: u32) -> Result<Decimal, Overflow> {
    value.round(places, Rounding::HalfEven).map(|it| it.normalize())
}

/// A share of an amount, in parts of a hundred.
fn percent(of: &Exact, parts: i64) -> Result<Decimal, Overflow> {
    rounded(&of.times(&Exact::from_integer(parts))?.over(&Exact::from_integer(100))?, 2)
}

/// What [`RULES`] hold for the rules of a venue; what no document states is what is done without it.
pub(super) fn given_rules(rules: &ProcessRules) -> Result<[Decimal; 3], Overflow> {
    let thousand = Exact::from_integer(1000);
    let seconds = |ms: u64| {
        let ms = Exact::from_integer(i64::try_from(ms).unwrap_or(i64::MAX));
        rounded(&ms.over(&thousand)?, 3)
    };
    let fee = rules.takeover().liquidation_fee_rate;
    let fee = rounded(&fee.exact().times(&Exact::from_integer(100))?, 10)?;
    Ok([seconds(rules.dwell_ms())?, seconds(rules.check_ms())?, fee])
}

/// What [`WORLD`] holds: a small book, a small fund and a few winners, in proportion to the position.
pub(super) fn given_world(answer: &Answer) -> Result<Vec<Decimal>, Overflow> {
    let size = answer.position.quantity.exact();
    let margin = answer.position_margin.exact();
    let mut given = Vec::with_capacity(WORLD.len());
    for part in DEPTH {
        given.push(part_of_size(size, part, DEPTH_OF, answer)?);
    }
    given.push(Decimal::new(15, 2));
    given.push(percent(margin, 10)?);
    given.push(Decimal::from(3));
    for parts in [10, 5, 50] {
        given.push(percent(margin, parts)?);
    }
    Ok(given)
}

/// What [`ACTS`] hold: a fifth of the margin, a quarter of the position.
pub(super) fn given_acts(answer: &Answer) -> Result<[Decimal; 2], Overflow> {
    let size = answer.position.quantity.exact();
    Ok([percent(answer.position_margin.exact(), 20)?, part_of_size(size, 1, 4, answer)?])
}

/// A part of a size on the market's step, or with all its digits where the step would leave nothing.
fn part_of_size(size: &Exact, part: i64, of: i64, answer: &Answer) -> Result<Decimal, Overflow> {
    let exact = size.times(&Exact::from_integer(part))?.over(&Exact::from_integer(of))?;
    let on_step = rounded(&exact, answer.listing.quantity_places)?;
    if on_step.is_zero() { rounded(&exact, 12) } else { Ok(on_step) }
}
