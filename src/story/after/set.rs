//! What the reader has set, as an address holds it, and the way back.

use crate::process::{Action, Preset};
use crate::quantity::{Exact, Money, Price, Rounding, Size};
use crate::story::settings::Settings;
use crate::text::{plain, read_plain};

use super::After;
use super::body::PRESETS;
use super::course::{Course, POINTS};
use super::rules::{FREED, PORTIONS, RANKINGS, key_of};

/// The path that the chapter opens with.
pub(super) const OPENS_WITH: Preset = Preset::RecoveryAfterClose;
/// Digits behind the point, as many as a field takes.
const PLACES: u32 = 12;

impl After {
    /// All but a pasted path, which is too long for an address, and what is done on it.
    pub(super) fn set(&self, list: &mut Settings) {
        if let Some(rules) = self.venue_rules().filter(|_| self.venue != 0) {
            list.put("after-venue", &rules.id);
        }
        let keys = [
            ("after-portion", key_of(&PORTIONS, self.portion), self.portion.is_some()),
            ("after-freed", key_of(&FREED, self.freed), self.freed.is_some()),
            ("after-ranking", key_of(&RANKINGS, self.ranking), self.ranking.is_some()),
        ];
        for (id, key, _) in keys.into_iter().filter(|(_, _, is_own)| *is_own) {
            list.put(id, key);
        }
        self.rules_typed.settings(list);
        self.world_typed.settings(list);
        self.acts_typed.settings(list);
        match &*self.course.borrow() {
            Course::Preset(path) => {
                let mut known = PRESETS.iter().filter(|(_, preset, _)| *preset != OPENS_WITH);
                if let Some((id, ..)) = known.find(|(_, preset, _)| preset == path) {
                    list.put(id, "");
                }
            }
            Course::Own(prices) => {
                let prices: Option<Vec<String>> =
                    prices.iter().map(|price| written(price.exact())).collect();
                list.put("after-drawn", &prices.unwrap_or_default().join("_"));
            }
            Course::Pasted(_) => return,
        }
        for (at, action) in &self.actions {
            let (key, amount) = match action {
                Action::AddMargin(amount) => ("add", written(amount.exact())),
                Action::Reduce(size) => ("reduce", written(size.exact())),
                Action::CancelOrders => ("cancel", Some("0".to_owned())),
            };
            if let Some(amount) = amount {
                list.put("after-act", &format!("{at}_{key}_{amount}"));
            }
        }
    }

    /// A path drawn by hand, a price for each of its points.
    pub(super) fn redraw(&mut self, prices: &str) {
        let prices: Option<Vec<Price>> =
            prices.split('_').map(|price| read(price).map(Price::from_exact)).collect();
        if let Some(prices) = prices.filter(|prices| prices.len() == POINTS) {
            self.follow(Course::Own(prices));
        }
    }

    /// Something that the holder did: `time_what_how-much`.
    pub(super) fn act_again(&mut self, action: &str) {
        let mut parts = action.split('_');
        let (Some(at), Some(key), Some(amount)) =
            (parts.next().and_then(|at| at.parse().ok()), parts.next(), parts.next())
        else {
            return;
        };
        let action = match (key, read(amount)) {
            ("add", Some(amount)) => Action::AddMargin(Money::from_exact(amount)),
            ("reduce", Some(size)) => Action::Reduce(Size::from_exact(size)),
            ("cancel", _) => Action::CancelOrders,
            _ => return,
        };
        self.insert(at, action);
    }
}

fn written(value: &Exact) -> Option<String> {
    value.round(PLACES, Rounding::HalfEven).ok().map(plain)
}

/// A number above zero, as a field would take it.
fn read(text: &str) -> Option<Exact> {
    let value = read_plain(text).filter(|value| value.scale() <= PLACES)?;
    let value = Exact::from_decimal(value);
    let most = Exact::from_integer(1_000_000_000_000);
    (value.is_positive() && value.is_below(&most).ok()?).then_some(value)
}
