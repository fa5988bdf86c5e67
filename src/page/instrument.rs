//! The picture, its handles and the leverage rail.

use crate::picture::{Handle, LEVERAGE_STEPS, draw, draw_small, rail, rail_picture};
use crate::quantity::{Price, Rounding, Side};
use crate::scenario::{Control, FieldId};
use crate::text::plain;
use crate::words::{Pen, sentence};

use super::view::{Outcome, View};
use super::write::Writes;

/// A range input: its ends and value as the browser takes them, and its value as it is spoken.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Slider {
    /// The lower end.
    pub least: String,
    /// The upper end.
    pub most: String,
    /// Where it stands.
    pub value: String,
    /// What a screen reader says for it.
    pub spoken: String,
    /// Whether there is nothing to hold: a liquidation price that does not exist, a locked control.
    pub is_absent: bool,
}

pub(super) fn write(list: &mut Writes, outcome: &Outcome, view: &View) {
    let answer = &outcome.answer;
    list.class("plot", "stale", outcome.is_stale());
    let draw = if view.frame.is_some() { draw_small } else { draw };
    if let Ok(picture) = draw(answer, &view.range, view.width) {
        list.markup("drawing", picture);
    }
    for (id, handle) in [
        ("mark-handle", Handle::Mark),
        ("entry-handle", Handle::Entry),
        ("liq-handle", Handle::Liquidation),
    ] {
        write_slider(list, id, slider(outcome, view, handle));
    }
    let way = if answer.position.side == Side::Long { "below" } else { "above" };
    list.text("rail-caption", &format!("Leverage, and how far {way} entry each closes you"));
    let rail = rail(answer, &view.most_leverage).unwrap_or_default();
    list.markup("rail-picture", rail_picture(&rail));
    let said = sentence(answer);
    let text = answer.draft.text(FieldId::Leverage);
    let leverage = Slider {
        least: "0".into(),
        most: LEVERAGE_STEPS.to_string(),
        value: rail.at.to_string(),
        spoken: format!("{text} times; {}{}", said.answer, said.after),
        is_absent: view.locks(Control::Leverage),
    };
    write_slider(list, "leverage-slider", leverage);
}

/// Ends first: a browser clamps a value to the ends it has.
fn write_slider(list: &mut Writes, id: &'static str, slider: Slider) {
    list.attribute(id, "min", &slider.least);
    list.attribute(id, "max", &slider.most);
    list.value(id, &slider.value);
    list.attribute(id, "aria-valuetext", &slider.spoken);
    list.flag(id, "disabled", slider.is_absent);
}

/// A price handle as a range input over the prices in view.
pub fn slider(outcome: &Outcome, view: &View, handle: Handle) -> Slider {
    let answer = &outcome.answer;
    let pen = Pen::new(answer);
    let digits = |price: &Price| {
        let places = price.exact().decimals(12).unwrap_or(12);
        price.round(places, Rounding::HalfEven).map_or_else(|_| "0".into(), plain)
    };
    let price = match handle {
        Handle::Mark => Some(answer.market.mark_price),
        Handle::Entry => Some(answer.position.entry_price),
        Handle::Liquidation => answer.report.liquidation.crossing().map(|crossing| crossing.price),
    };
    let spoken = match &price {
        None => "no liquidation price".into(),
        Some(price) => {
            let change = price.change_from(&answer.position.entry_price);
            let relation = match change {
                Ok(change) if !change.exact().is_zero() => {
                    let word = if change.exact().is_negative() { "below" } else { "above" };
                    format!(", {} {word} entry", pen.distance(&change))
                }
                _ => String::new(),
            };
            format!("{} USDT{relation}", pen.price(price))
        }
    };
    Slider {
        least: digits(&view.range.low),
        most: digits(&view.range.high),
        value: digits(price.as_ref().unwrap_or(&view.range.low)),
        spoken,
        is_absent: price.is_none(),
    }
}
