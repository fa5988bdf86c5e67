//! From a pointer back to a price: which handle is meant, and which value attracts it.

use crate::margin::PriceRange;
use crate::quantity::{Exact, Overflow};
use crate::scenario::FieldId;
use crate::words::Answer;

use super::layout::Layout;
use super::projection::{LEVERAGE_STEPS, Scale, Tenths};
use super::rail::Rail;

/// How near a pointer must come to a handle, in tenths of a pixel.
const REACH: Tenths = 240;
/// How near a value must come to be attracted.
const MAGNET: Tenths = 60;

/// A handle on the price ruler.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Handle {
    /// The mark price.
    Mark,
    /// The entry price.
    Entry,
    /// The liquidation price, which solves for leverage.
    Liquidation,
}

/// The exact price under a position, in pixels from the picture's left edge; ends of the range
/// beyond the plot.
pub fn price_at(range: &PriceRange, width: u32, x: i32) -> Result<Exact, Overflow> {
    let layout = Layout::for_width(width);
    let inside = x.saturating_mul(10).clamp(layout.left, layout.right) - layout.left;
    let share = Exact::from_integer(i64::from(inside))
        .over(&Exact::from_integer(i64::from((layout.right - layout.left).max(1))))?;
    let span = range.high.exact().minus(range.low.exact())?;
    range.low.exact().plus(&span.times(&share)?)
}

/// The handle nearest to a position, if one is in reach. Where two stand together the mark is meant.
pub fn handle_at(answer: &Answer, range: &PriceRange, width: u32, x: i32) -> Option<Handle> {
    let scale = scale(range, width);
    let x = x.saturating_mul(10);
    let closing = answer.report.liquidation.crossing().map(|crossing| crossing.exact);
    let handles = [
        (Handle::Mark, Some(answer.market.mark_price)),
        (Handle::Entry, Some(answer.position.entry_price)),
        (Handle::Liquidation, closing),
    ];
    handles
        .into_iter()
        .filter_map(|(handle, price)| Some((handle, (scale.at(price?.exact()) - x).abs())))
        .filter(|(_, away)| *away <= REACH)
        .min_by_key(|(_, away)| *away)
        .map(|(handle, _)| handle)
}

/// A dragged price, or the entry, margin-call price or tier edge that attracts it.
pub fn snapped_price(answer: &Answer, range: &PriceRange, width: u32, price: &Exact) -> Exact {
    let scale = scale(range, width);
    let exposure = answer.position.quantity.exact();
    let edges = answer
        .market
        .rules
        .tiers
        .tiers()
        .iter()
        .filter_map(|tier| tier.cap.as_ref().and_then(|cap| cap.over(exposure).ok()));
    let call = answer.report.margin_call.crossing().map(|crossing| *crossing.price.exact());
    let x = scale.at(price);
    [Some(*answer.position.entry_price.exact()), call]
        .into_iter()
        .flatten()
        .chain(edges)
        .map(|value| ((scale.at(&value) - x).abs(), value))
        .filter(|(away, _)| *away <= MAGNET)
        .min_by_key(|(away, _)| *away)
        .map_or(*price, |(_, value)| value)
}

/// A position of the leverage slider, or the tick or limit that attracts it, on a track this many
/// pixels wide.
pub fn snapped_leverage(rail: &Rail, position: u32, track: u32) -> u32 {
    let magnet = LEVERAGE_STEPS * 6 / track.max(100);
    rail.ticks
        .iter()
        .map(|tick| tick.at)
        .chain(rail.blocked_from)
        .map(|at| (at.abs_diff(position), at))
        .filter(|(away, _)| *away <= magnet)
        .min_by_key(|(away, _)| *away)
        .map_or(position, |(_, at)| at)
}

/// The ends of a field's own slider: for a size what the venue takes, for a price a third of the
/// snapshot to three times it.
pub fn field_span(answer: &Answer, field: FieldId) -> Option<(Exact, Exact)> {
    if field == FieldId::Quantity {
        let entry = answer.position.entry_price.exact();
        let most = match answer.market.rules.tiers.end() {
            Some(end) => end.over(entry).ok()?,
            None => answer.position.quantity.exact().larger(Exact::from_integer(1000)).ok()?,
        };
        return Some((*answer.listing.quantity_step.exact(), most));
    }
    let snapshot = answer.listing.snapshot_price.exact();
    let three = Exact::from_integer(3);
    Some((snapshot.over(&three).ok()?, snapshot.times(&three).ok()?))
}

fn scale(range: &PriceRange, width: u32) -> Scale {
    let layout = Layout::for_width(width);
    Scale::new(range.low.exact(), range.high.exact(), layout.left, layout.right)
}
