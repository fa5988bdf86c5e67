//! The leverage rail: its ticks, what each leverage would mean, and the stretch not offered.

use crate::margin::{ComputeError, Rung, leverage_ladder};
use crate::quantity::{Exact, Leverage, Rounding};
use crate::words::{Answer, Pen};

use super::projection::leverage_position;

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
            is_now: leverage == &answer.position.leverage,
            yields: !kept,
            is_crowded: next.is_some_and(|next| next - at < 80),
        });
    }
    let offered = answer.report.entry_tier.max_leverage;
    Ok(Rail {
        ticks,
        at: leverage_position(answer.position.leverage.exact(), most),
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
