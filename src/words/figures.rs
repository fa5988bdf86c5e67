//! The key figures: what each is, and how it comes about.

use crate::margin::{MarginRatio, Threshold};
use crate::quantity::{Exact, Rounding};
use crate::venue::{TierBasis, TierKind};

use super::answer::Answer;
use super::pen::Pen;

/// One key figure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figure {
    /// The number, or words where there is none.
    pub value: String,
    /// Its unit; empty for words.
    pub unit: &'static str,
    /// How it comes about.
    pub note: String,
}

/// The key figures of an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// What is put down.
    pub initial_margin: Figure,
    /// What must be kept at the mark.
    pub maintenance_margin: Figure,
    /// What must be kept over what is had.
    pub margin_ratio: Figure,
    /// How full the gauge is, in tenths of a percent, at most 1000.
    pub gauge: u16,
    /// Where the warning stands on the gauge, in tenths of a percent.
    pub warning: u16,
    /// The warning level as text.
    pub warning_text: String,
    /// Where the venue warns.
    pub margin_call: Figure,
    /// Where nothing is left.
    pub bankruptcy: Figure,
    /// How far the mark is from liquidation.
    pub distance: Figure,
    /// Profit or loss at the mark.
    pub profit: Figure,
}

/// The key figures of an answer.
pub fn figures(answer: &Answer) -> Figures {
    let pen = Pen::new(answer);
    let report = &answer.report;
    let warning = answer.market.rules.warning_ratio;
    Figures {
        initial_margin: Figure {
            value: pen.required(&answer.initial_margin),
            unit: "USDT",
            note: format!(
                "what you put down: {} \u{f7} {}",
                pen.brief(&report.entry_notional),
                pen.leverage(&answer.leverage)
            ),
        },
        maintenance_margin: Figure {
            value: pen.required(&report.maintenance_margin),
            unit: "USDT",
            note: maintenance_note(answer, &pen),
        },
        margin_ratio: Figure {
            value: ratio_text(answer, &pen),
            unit: "",
            note: leverage_note(answer, &pen),
        },
        gauge: gauge(&report.margin_ratio),
        warning: tenths(warning.exact()),
        warning_text: pen.rate(warning.exact()),
        margin_call: margin_call(answer, &pen),
        bankruptcy: bankruptcy(answer, &pen),
        distance: distance(answer, &pen),
        profit: Figure {
            value: pen.available(&report.unrealized_pnl),
            unit: "USDT",
            note: format!(
                "{} of your margin",
                pen.percent(answer.return_on_margin.exact(), 1, Rounding::HalfEven)
            ),
        },
    }
}

/// The margin ratio as text. Rounded down, so that it reads 100 % only when the line is reached.
pub(super) fn ratio_text(answer: &Answer, pen: &Pen) -> String {
    match &answer.report.margin_ratio {
        MarginRatio::Of(ratio) => pen.percent(ratio.exact(), 1, Rounding::Floor),
        MarginRatio::NothingLeft => "nothing left".into(),
    }
}

fn leverage_note(answer: &Answer, pen: &Pen) -> String {
    answer.report.effective_leverage.map_or_else(String::new, |leverage| {
        format!(
            "effective leverage now {}\u{d7}",
            pen.places(leverage.exact(), 1, Rounding::HalfEven)
        )
    })
}

/// The rate in force and what it applies to.
fn maintenance_note(answer: &Answer, pen: &Pen) -> String {
    let report = &answer.report;
    let rate = pen.rate(report.tier.maintenance_margin_rate.exact());
    let fee = match answer.market.rules.maintenance_fee {
        crate::venue::MaintenanceFee::CloseAtMark(fee) if fee.exact().is_positive() => {
            format!(" and {} to close", pen.rate(fee.exact()))
        }
        _ => String::new(),
    };
    let amount = report.tier.maintenance_amount;
    let less = if amount.exact().is_zero() {
        String::new()
    } else {
        format!(", less {}", pen.brief(&amount))
    };
    format!("{rate}{fee} of {}{less}", pen.brief(&report.notional))
}

fn margin_call(answer: &Answer, pen: &Pen) -> Figure {
    let level = pen.rate(answer.market.rules.warning_ratio.exact());
    match &answer.report.margin_call {
        Threshold::Now { .. } => Figure {
            value: "now".into(),
            unit: "",
            note: format!("the margin ratio is at or above {level}"),
        },
        Threshold::Never => Figure {
            value: "never".into(),
            unit: "",
            note: format!("price alone does not bring it to {level}"),
        },
        Threshold::TableEnds => Figure {
            value: "beyond the tiers".into(),
            unit: "",
            note: "no rate is known there".into(),
        },
        threshold @ Threshold::AtPrice { .. } => {
            threshold.crossing().map_or_else(Figure::default, |call| Figure {
                value: pen.price(&call.price),
                unit: "USDT",
                note: call_note(answer, &call.price, pen, &level),
            })
        }
    }
}

fn call_note(answer: &Answer, call: &crate::quantity::Price, pen: &Pen, level: &str) -> String {
    let closing = answer.report.liquidation.crossing();
    match closing.map(|closing| call.gap_from(&closing.price)) {
        Some(Ok(gap)) if gap.exact().is_positive() => {
            format!("ratio {level}, {} above the closing price", pen.gap(&gap))
        }
        Some(Ok(gap)) => format!("ratio {level}, {} below the closing price", pen.gap(&gap)),
        _ => format!("the margin ratio reaches {level}"),
    }
}

fn bankruptcy(answer: &Answer, pen: &Pen) -> Figure {
    let margin = pen.brief(&answer.position_margin);
    match &answer.report.bankruptcy_price {
        Some(bankruptcy) => Figure {
            value: pen.price(&bankruptcy.price),
            unit: "USDT",
            note: format!("nothing left of your {margin}"),
        },
        None => Figure {
            value: "never".into(),
            unit: "",
            note: format!("a price of zero leaves part of your {margin}"),
        },
    }
}

fn distance(answer: &Answer, pen: &Pen) -> Figure {
    let mark = &answer.market.mark_price;
    match &answer.report.liquidation {
        Threshold::Now { .. } => Figure {
            value: "none left".into(),
            unit: "",
            note: "the mark is at or past the closing price".into(),
        },
        Threshold::Never => {
            Figure { value: "no price closes it".into(), unit: "", note: "by price alone".into() }
        }
        Threshold::TableEnds => Figure {
            value: "beyond the tiers".into(),
            unit: "",
            note: "no rate is known there".into(),
        },
        threshold @ Threshold::AtPrice { .. } => threshold
            .crossing()
            .and_then(|closing| {
                let gap = closing.price.gap_from(mark).ok()?;
                let change = closing.price.change_from(mark).ok()?;
                let word = if gap.exact().is_negative() { "below" } else { "above" };
                Some(Figure {
                    value: pen.gap(&gap),
                    unit: "USDT",
                    note: format!("{} {word} the mark", pen.distance(&change)),
                })
            })
            .unwrap_or_default(),
    }
}

fn gauge(ratio: &MarginRatio) -> u16 {
    match ratio {
        MarginRatio::Of(ratio) => tenths(ratio.exact()),
        MarginRatio::NothingLeft => 1000,
    }
}

/// A fraction in tenths of a percent, from 0 to 1000.
fn tenths(ratio: &Exact) -> u16 {
    ratio
        .times(&Exact::from_integer(1000))
        .and_then(|thousand| thousand.round(0, Rounding::Floor))
        .ok()
        .and_then(|whole| u16::try_from(whole.mantissa()).ok())
        .unwrap_or(1000)
        .min(1000)
}

/// One row of the tier table as the reader sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TierLine {
    /// Number, from 1.
    pub number: String,
    /// From where to where.
    pub range: String,
    /// Rate.
    pub rate: String,
    /// Amount taken off.
    pub amount: String,
    /// Highest leverage.
    pub max_leverage: String,
    /// Whether the position is in it now.
    pub is_now: bool,
    /// Whether the position is in it when closed.
    pub is_closing: bool,
}

/// The tier table of an answer.
pub fn tier_lines(answer: &Answer) -> Vec<TierLine> {
    let pen = Pen::new(answer);
    let closing = answer.report.liquidation.crossing().map(|crossing| crossing.tier.number);
    let tiers = &answer.market.rules.tiers;
    tiers
        .tiers()
        .iter()
        .map(|tier| TierLine {
            number: tier.number.to_string(),
            range: match &tier.cap {
                Some(cap) => {
                    format!("{} \u{2013} {}", pen.short(&tier.floor, 2), pen.short(cap, 2))
                }
                None => format!("above {}", pen.short(&tier.floor, 2)),
            },
            rate: pen.rate(tier.maintenance_margin_rate.exact()),
            amount: match tiers.kind() {
                TierKind::Marginal => pen.brief(&tier.maintenance_amount),
                _ => "\u{2013}".into(),
            },
            max_leverage: tier.max_leverage.map_or_else(
                || "not stated".into(),
                |most| format!("{}\u{d7}", pen.leverage(&most)),
            ),
            is_now: tier.number == answer.report.tier.number,
            is_closing: closing == Some(tier.number),
        })
        .collect()
}

/// What the tier table is measured in.
pub fn tier_unit(answer: &Answer) -> String {
    match answer.market.rules.tiers.basis() {
        TierBasis::Notional => "Position value at mark, USDT".into(),
        TierBasis::EntryNotional => "Position value at entry, USDT".into(),
        TierBasis::Quantity => format!("Size, {}", answer.listing.coin),
    }
}

/// The closed chapter's answer: which tier holds now, and which when closed.
pub fn tier_peek(answer: &Answer) -> String {
    let now = answer.report.tier.number;
    match answer.report.liquidation.crossing() {
        Some(closing) => format!("tier {now} now, tier {} when closed", closing.tier.number),
        None => format!("tier {now} now"),
    }
}
