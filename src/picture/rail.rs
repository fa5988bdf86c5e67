//! The leverage rail: its ticks, what each leverage would mean, and the stretch not offered.

use crate::margin::{ComputeError, Rung, leverage_ladder};
use crate::quantity::{Exact, Leverage, Rounding};
use crate::words::{Answer, Pen};

use super::projection::{LEVERAGE_STEPS, leverage_position};

/// A tick of the rail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RailTick {
    /// Where it stands, from 0 to the end of the slider's scale.
    pub at: u32,
    /// The leverage.
    pub label: String,
    /// Its text as a field takes it.
    pub value: String,
    /// How far from entry it closes the position, or a word.
    pub outcome: String,
    /// Whether the position has this leverage now.
    pub is_now: bool,
    /// Whether its outcome gives way on a narrow page.
    pub yields: bool,
    /// Whether the tick's label gives way to its neighbour on a narrow page.
    pub is_crowded: bool,
}

/// The rail of an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rail {
    /// The ticks, rising.
    pub ticks: Vec<RailTick>,
    /// Where the position's leverage stands.
    pub at: u32,
    /// From where the table does not offer the leverage at this size.
    pub blocked_from: Option<u32>,
}

/// The usual ticks; the table's own highest leverage is added.
const TICKS: [i64; 8] = [1, 2, 3, 5, 10, 20, 50, 100];
/// Ticks whose distance stays on a narrow page.
const KEPT: [i64; 4] = [1, 3, 10, 50];

/// The rail for an answer, on a scale that ends at `most`.
pub fn rail(answer: &Answer, most: &Exact) -> Result<Rail, ComputeError> {
    let pen = Pen::new(answer);
    let mut leverages = Vec::new();
    for tick in TICKS.map(Exact::from_integer) {
        if tick.is_below(most)? {
            leverages.push(Leverage::from_exact(tick));
        }
    }
    leverages.push(Leverage::from_exact(*most));
    let rungs = leverage_ladder(&answer.position, &answer.market, &leverages)?;
    let positions: Vec<u32> =
        leverages.iter().map(|leverage| leverage_position(leverage.exact(), most)).collect();
    let mut ticks = Vec::new();
    for (index, (leverage, rung)) in leverages.iter().zip(rungs).enumerate() {
        let at = positions.get(index).copied().unwrap_or(0);
        let next = positions.get(index + 1).copied();
        // The label of the leverage that is set stays, and what touches it gives way.
        let before = index.checked_sub(1).and_then(|before| leverages.get(before));
        let beside_now = before == Some(&answer.leverage)
            && positions.get(index - 1).is_some_and(|before| at - before < 110);
        let kept = KEPT.iter().any(|kept| &Exact::from_integer(*kept) == leverage.exact());
        ticks.push(RailTick {
            at,
            label: pen.leverage(leverage),
            value: pen.leverage(leverage),
            outcome: match rung {
                Rung::ClosedAt(change) => signed(&pen, change.exact()),
                Rung::Never => "never".into(),
                Rung::Refused => "refused".into(),
                Rung::TableEnds => "no rate".into(),
            },
            is_now: leverage == &answer.leverage,
            yields: !kept,
            is_crowded: next.is_some_and(|next| next - at < 110) || beside_now,
        });
    }
    let offered = answer.report.entry_tier.max_leverage;
    Ok(Rail {
        ticks,
        at: leverage_position(answer.leverage.exact(), most),
        blocked_from: offered
            .filter(|offered| offered.exact().is_below(most).unwrap_or(false))
            .map(|offered| leverage_position(offered.exact(), most)),
    })
}

/// A change with its sign, to a tenth of a percent where it is not small.
fn signed(pen: &Pen, change: &Exact) -> String {
    let one_percent = Exact::ONE.over(&Exact::from_integer(100)).unwrap_or(Exact::ONE);
    let places = if change.magnitude().is_below(&one_percent).unwrap_or(false) { 2 } else { 1 };
    let sign = if change.is_negative() { "" } else { "+" };
    format!("{sign}{}", pen.percent(change, places, Rounding::HalfEven))
}

/// The rail's ticks and labels as SVG. Positions are shares of the track's width; what gives way on
/// a narrow page carries a class, so that one picture serves every width.
pub fn rail_picture(rail: &Rail) -> String {
    let share = |at: u32| format!("{}.{}%", at / 10, at % 10);
    let mut svg = String::from(
        "<svg class=\"chart ticks\" width=\"100%\" height=\"4rem\" aria-hidden=\"true\">\
         <rect class=\"groove\" x=\"0\" y=\"0.75rem\" width=\"100%\" height=\"0.25rem\" rx=\"2\"/>",
    );
    if let Some(from) = rail.blocked_from {
        let (at, rest) = (share(from), share(1000_u32.saturating_sub(from)));
        svg.push_str(&format!(
            "<rect class=\"bg\" x=\"{at}\" y=\"0.5rem\" width=\"{rest}\" height=\"0.75rem\"/>\
             <rect class=\"closed\" x=\"{at}\" y=\"0.5rem\" width=\"{rest}\" height=\"0.75rem\"/>\
             <line class=\"limit\" x1=\"{at}\" x2=\"{at}\" y1=\"0.4rem\" y2=\"1.35rem\"/>"
        ));
    }
    for tick in &rail.ticks {
        let at = share(tick.at);
        let end = match tick.at {
            0 => " first",
            LEVERAGE_STEPS => " last",
            _ => "",
        };
        svg.push_str(&format!(
            "<line class=\"axis1\" x1=\"{at}\" x2=\"{at}\" y1=\"1.75rem\" y2=\"2.1rem\"/>"
        ));
        let mut text = |kind: &str, hides: bool, y: &str, words: &str| {
            let hides = if hides { " yields" } else { "" };
            svg.push_str(&format!(
                "<text class=\"{kind}{end}{hides}\" x=\"{at}\" y=\"{y}\">{words}</text>"
            ));
        };
        let (label, outcome) =
            if tick.is_now { ("lab-strong", "lab-strong") } else { ("lab", "tick") };
        text(label, tick.is_crowded && !tick.is_now, "2.95rem", &tick.label);
        let crowds = tick.is_crowded && !tick.is_now;
        text(outcome, tick.yields || crowds, "3.9rem", &tick.outcome);
    }
    svg.push_str("</svg>");
    svg
}
