//! What moved at a moment, drawn, and what everybody holds then, with the sum that never changes.

use crate::picture::{Movement, movements};
use crate::process::{Balances, Flow, Party};
use crate::words::Pen;

use super::lines::party;

/// The arrows of a moment's flows; empty when nothing moved.
pub fn picture(flows: &[Flow], pen: &Pen, width: u32) -> String {
    let printed: Vec<String> = flows.iter().map(|flow| pen.money(&flow.amount)).collect();
    let list: Vec<Movement<'_>> = flows
        .iter()
        .zip(&printed)
        .map(|(flow, printed)| Movement {
            from: party(flow.from),
            to: party(flow.to),
            amount: flow.amount.exact(),
            printed,
        })
        .collect();
    movements(&list, width)
}

/// The rows of the table: a party, what it held at the start, what it holds now. The last row is the sum
/// of both columns, with all its digits, so that it can be seen to be the same.
pub fn rows(start: &Balances, now: &Balances, pen: &Pen) -> String {
    let mut rows = String::new();
    for each in Party::ALL {
        let cell = |balances: &Balances| {
            balances.of(each).map_or_else(|_| "too many digits".into(), |money| pen.money(&money))
        };
        let name = party(each);
        rows.push_str(&format!(
            "<tr><th scope=\"row\">{name}</th><td>{}</td><td>{}</td></tr>",
            cell(start),
            cell(now),
        ));
    }
    let sum = |balances: &Balances| {
        balances.total().map_or_else(
            |_| "too many digits".into(),
            |total| pen.full(total.exact()).unwrap_or_else(|| pen.money(&total)),
        )
    };
    rows.push_str(&format!(
        "<tr class=\"sum\"><th scope=\"row\">all together</th><td>{}</td><td>{}</td></tr>",
        sum(start),
        sum(now),
    ));
    rows
}
