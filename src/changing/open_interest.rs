//! The one documented rule that follows open interest: the initial rate rises, the maintenance rate does
//! not.

use std::sync::OnceLock;

use crate::quantity::{Exact, Leverage, Money, Overflow, Rate, read_digits};
use crate::takeover::{OpenInterestCaps, maintenance_rate, scaled_initial_rate};
use crate::venue::Source;

/// The rule of a venue, with its figures and where they stand.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenInterestRule {
    /// What a reader calls the venue.
    pub name: &'static str,
    /// Where the rule and its figures come from, and the date they hold for.
    pub source: Source,
    /// The initial rate while open interest is low.
    pub base_initial_rate: Rate,
    /// The maintenance rate as a fraction of that.
    pub maintenance_fraction: Rate,
    /// Between which open interests the initial rate rises.
    pub caps: OpenInterestCaps,
    /// What the caps are counted in.
    pub currency: &'static str,
}

/// What the rule asks for at an open interest.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AtOpenInterest {
    /// The initial rate.
    pub initial_rate: Rate,
    /// The highest leverage: one over it.
    pub max_leverage: Leverage,
    /// The maintenance rate.
    pub maintenance_rate: Rate,
}

impl OpenInterestRule {
    /// What it asks for at an open interest, zero or above.
    pub fn at(&self, open_interest: &Money) -> Result<AtOpenInterest, Overflow> {
        let initial =
            scaled_initial_rate(&self.base_initial_rate, Some(&self.caps), open_interest)?;
        Ok(AtOpenInterest {
            initial_rate: initial,
            max_leverage: Leverage::from_exact(Exact::ONE.over(initial.exact())?),
            maintenance_rate: maintenance_rate(
                &self.base_initial_rate,
                &self.maintenance_fraction,
            )?,
        })
    }
}

/// The rule that is shipped. Absent if its file could not be read, which a test would have found.
pub fn open_interest_rule() -> Option<&'static OpenInterestRule> {
    static RULE: OnceLock<Option<OpenInterestRule>> = OnceLock::new();
    RULE.get_or_init(|| read(include_str!("open_interest.txt"))).as_ref()
}

fn read(text: &'static str) -> Option<OpenInterestRule> {
    let stated = |key: &str| {
        let mut lines = text.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(found, _)| *found == key).map(|(_, value)| value)
    };
    let number = |key: &str| stated(key).and_then(read_digits).map(Exact::from_decimal);
    Some(OpenInterestRule {
        name: stated("name")?,
        source: Source { origin: stated("source")?.into(), as_of: stated("as_of")?.into() },
        base_initial_rate: Rate::from_exact(number("base_initial_rate")?),
        maintenance_fraction: Rate::from_exact(number("maintenance_fraction")?),
        caps: OpenInterestCaps {
            lower: Money::from_exact(number("lower_cap")?),
            upper: Money::from_exact(number("upper_cap")?),
        },
        currency: stated("currency")?,
    })
}
