//! Dragging the liquidation price: the leverage that would put it there.

use crate::margin::leverage_closing_at;
use crate::quantity::{Exact, Price, Rounding, Side};
use crate::scenario::{Amount, Direction};
use crate::text::grouped;

use super::answer::Answer;

/// The text of the leverage that closes the position at a wanted price, never nearer than asked.
/// Absent when no leverage does.
pub fn leverage_for(answer: &Answer, wanted: &Exact, amount: Amount) -> Option<String> {
    let wanted = Price::from_exact(*wanted);
    let leverage = leverage_closing_at(&answer.position, &answer.market, &wanted).ok()??;
    // Finer for a step of one tick, which a tenth of leverage would overshoot.
    let places = if amount == Amount::Fine { 4 } else { 1 };
    let leverage = leverage.exact().round(places, Rounding::Floor).ok()?.normalize();
    let accepted =
        leverage > rust_decimal::Decimal::ZERO && leverage <= rust_decimal::Decimal::from(1000);
    accepted.then(|| grouped(leverage, answer.draft.numbers))
}

/// The leverage one step of the liquidation handle away.
pub fn closing_moved(answer: &Answer, amount: Amount, direction: Direction) -> Option<String> {
    let closing = answer.report.liquidation.crossing()?;
    let entry = answer.position.entry_price.exact();
    let share = |thousandths: i64| {
        entry
            .times(&Exact::from_integer(thousandths))
            .and_then(|part| part.over(&Exact::from_integer(1000)))
            .ok()
    };
    let step = match amount {
        Amount::Fine => *answer.listing.tick_size.exact(),
        Amount::Step => share(5)?,
        Amount::Page => share(20)?,
    };
    let wanted = match direction {
        Direction::Up => closing.exact.exact().plus(&step),
        Direction::Down => closing.exact.exact().minus(&step),
    }
    .ok()?;
    let text = leverage_for(answer, &wanted, amount)?;
    // Rounding toward safety must not turn a step around.
    let toward_entry = match answer.position.side {
        Side::Long => direction == Direction::Up,
        Side::Short => direction == Direction::Down,
    };
    let unchanged = text == answer.draft.text(crate::scenario::FieldId::Leverage);
    (!(toward_entry && unchanged)).then_some(text)
}
