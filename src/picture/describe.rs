//! The picture in words and as a table, for whoever does not see it.

use crate::margin::{ComputeError, MarginRatio, PriceRange, amounts_at, curve};
use crate::quantity::{Exact, Price, Rounding};
use crate::words::{Answer, Pen};

/// One price of the picture's table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableRow {
    /// Mark price.
    pub price: String,
    /// What you have there.
    pub have: String,
    /// What you must keep there.
    pub need: String,
    /// The margin ratio there.
    pub ratio: String,
    /// Why the row is there: a tier edge, the mark, the closing price; empty for a round price.
    pub what: &'static str,
}

/// One sentence for each thing the picture shows.
pub fn description(answer: &Answer, range: &PriceRange) -> Result<String, ComputeError> {
    let pen = Pen::new(answer);
    let money = |value: &Exact| pen.places(value, 0, Rounding::HalfEven);
    let curve = curve(&answer.position, &answer.market, range)?;
    let [start, end] = &curve.balance;
    let mut text = format!(
        "What you have (margin balance) goes from {} at {} to {} at {}.",
        money(start.amount.exact()),
        pen.price(&start.price),
        money(end.amount.exact()),
        pen.price(&end.price),
    );
    if let (Some(first), Some(last)) = (curve.requirement.first(), curve.requirement.last()) {
        text.push_str(&format!(
            " What you must keep (maintenance margin) goes from {} to {}",
            money(first.from.amount.exact()),
            money(last.to.amount.exact())
        ));
        let edges: Vec<String> = curve
            .requirement
            .iter()
            .skip(1)
            .take(3)
            .map(|stretch| pen.near_price(&stretch.from.price))
            .collect();
        if !edges.is_empty() {
            text.push_str(&format!(", with a tier edge at {}", edges.join(" and ")));
        }
        text.push('.');
    }
    if let Some(closing) = answer.report.liquidation.crossing() {
        let (have, _) = amounts_at(&answer.position, &answer.market, &closing.exact)?;
        text.push_str(&format!(
            " They meet at the liquidation price {}, where both are {} USDT.",
            pen.near_price(&closing.exact),
            pen.money(&have)
        ));
    }
    Ok(text)
}

/// The picture's figures at ten round prices, at every tier edge, at the mark and at the closing
/// price, rising.
pub fn table(answer: &Answer, range: &PriceRange) -> Result<Vec<TableRow>, ComputeError> {
    let pen = Pen::new(answer);
    let ticks = crate::text::Ticks::between(range.low.exact(), range.high.exact(), 10)?;
    let curve = curve(&answer.position, &answer.market, range)?;
    let mut prices: Vec<(Price, &'static str)> = Vec::new();
    for tick in ticks.values {
        prices.push((Price::from_exact(tick.value), ""));
    }
    for stretch in curve.requirement.iter().skip(1) {
        prices.push((stretch.from.price, "tier edge"));
    }
    prices.push((answer.market.mark_price, "mark"));
    if let Some(closing) = answer.report.liquidation.crossing() {
        prices.push((closing.exact, "liquidation price"));
    }
    rising(&prices)?
        .into_iter()
        .filter(|(price, _)| price.exact().is_positive())
        .map(|(price, what)| {
            let (have, need) = amounts_at(&answer.position, &answer.market, &price)?;
            let ratio = match need {
                Some(need) if have.exact().is_positive() => MarginRatio::Of(need.ratio_to(&have)?),
                _ => MarginRatio::NothingLeft,
            };
            Ok(TableRow {
                price: pen.near_price(&price),
                have: pen.available(&have),
                need: need.map_or_else(|| "beyond the table".into(), |need| pen.required(&need)),
                ratio: match ratio {
                    MarginRatio::Of(ratio) => pen.percent(ratio.exact(), 1, Rounding::Floor),
                    MarginRatio::NothingLeft => "nothing left".into(),
                },
                what,
            })
        })
        .collect()
}

/// The same prices from the lowest; few enough that each looks for its place.
fn rising(prices: &[(Price, &'static str)]) -> Result<Vec<(Price, &'static str)>, ComputeError> {
    let mut sorted: Vec<(Price, &'static str)> = Vec::with_capacity(prices.len());
    for entry in prices {
        let mut place = 0;
        for other in &sorted {
            if entry.0.exact().is_below(other.0.exact())? {
                break;
            }
            place += 1;
        }
        sorted.insert(place, *entry);
    }
    Ok(sorted)
}
