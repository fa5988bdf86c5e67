//! An open position under a new table: before and after.

use crate::changing::{Unscalable, closing_under, scaled};
use crate::margin::{Threshold, amounts_at};
use crate::page::Writes;
use crate::quantity::{Exact, Money, Ratio};
use crate::story::LONG;
use crate::venue::{TierTable, catalog};
use crate::words::{Answer, Pen, month};

use super::closing;

/// The choice of a multiple of the position's own table.
pub(super) const TIMES: &str = "times";

pub(super) fn write(list: &mut Writes, choice: &str, times: &Exact, answer: &Answer) {
    let pen = Pen::new(answer);
    let after = new_table(choice, times, answer)
        .map_err(|why| format!("This table cannot be put in place: {why}."))
        .and_then(|table| after(table, answer));
    let (keep, now) = (&answer.report.maintenance_margin, &answer.report.liquidation);
    match after {
        Ok(After { keep: new_keep, closing: threshold }) => {
            let new_keep =
                new_keep.map_or_else(|| "beyond the table".into(), |it| pen.required(&it));
            let rows = [
                row("Kept at the mark", &pen.required(keep), &new_keep),
                row("Closing price", &closing(now, &pen), &closing(&threshold, &pen)),
            ];
            list.markup("changing-pairs", rows.concat());
            list.text("changing-verdict", verdict(now, &threshold));
        }
        Err(why) => {
            list.markup("changing-pairs", row("Closing price", &closing(now, &pen), "\u{2013}"));
            list.text("changing-verdict", &why);
        }
    }
}

struct After {
    /// What must be kept at the mark; absent beyond the table.
    keep: Option<Money>,
    closing: Threshold,
}

/// Whether it is the key of a choice, for this coin or another.
pub(super) fn is_choice(key: &str) -> bool {
    key == TIMES || catalog().is_ok_and(|catalog| catalog.table_info(key).is_some())
}

/// The tables that the coin has, and a multiple of its own.
pub(super) fn options(answer: &Answer) -> String {
    let mut options = format!("<option value=\"{TIMES}\">the same, every rate multiplied</option>");
    let Ok(catalog) = catalog() else {
        return options;
    };
    for info in catalog.tables() {
        if catalog.table(info.id, answer.draft.coin).is_some() {
            let (id, name) = (info.id, info.name);
            let month = month(&info.source.as_of);
            options.push_str(&format!("<option value=\"{id}\">{name}, {month}</option>"));
        }
    }
    options
}

fn new_table(choice: &str, times: &Exact, answer: &Answer) -> Result<TierTable, String> {
    if choice == TIMES {
        let times = Ratio::from_exact(*times);
        let table = scaled(&answer.market.rules.tiers, &times);
        return table.map_err(|why: Unscalable| why.to_string());
    }
    let table = catalog().ok().and_then(|it| it.table(choice, answer.draft.coin).cloned());
    table.ok_or_else(|| "it has no tiers for this coin".into())
}

fn after(table: TierTable, answer: &Answer) -> Result<After, String> {
    let too_long = |_| LONG.to_owned();
    let mut market = answer.market.clone();
    market.rules.tiers = table;
    let (_, keep) = amounts_at(&answer.position, &market, &market.mark_price).map_err(too_long)?;
    let tiers = market.rules.tiers.clone();
    let closing = closing_under(&answer.position, &market, tiers).map_err(|_| {
        "The position is larger than the last tier of the new table, and beyond it no rate is known."
            .to_owned()
    })?;
    Ok(After { keep, closing })
}

fn row(name: &str, before: &str, after: &str) -> String {
    format!("<tr><th scope=\"row\">{name}</th><td>{before}</td><td>{after}</td></tr>")
}

fn verdict(before: &Threshold, after: &Threshold) -> &'static str {
    match (before, after) {
        (Threshold::Now { .. }, _) => "The position is past its closing price already.",
        (_, Threshold::Now { .. }) => {
            "The mark has not moved, and the position is past its closing price at once."
        }
        _ if before == after => "The position stays open, and its line stays where it is.",
        _ => "The position stays open; its line has moved.",
    }
}
