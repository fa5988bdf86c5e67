//! Writes figures in the reader's style: one rounding rule for each kind of figure.

use crate::quantity::{Exact, Leverage, Money, Price, PriceGap, Ratio, Rounding, Side};
use crate::text::{NumberStyle, fixed, shortest};

use super::answer::Answer;

/// What stands for a figure that needs more digits than can be printed.
const TOO_LONG: &str = "too many digits";
/// Narrow no-break space, before a percent sign.
pub(crate) const THIN: char = '\u{202f}';
/// Decimals of money.
const CENTS: u32 = 2;

/// A reader's number style and a market's price step.
#[derive(Clone, Copy, Debug)]
pub struct Pen {
    style: NumberStyle,
    price_places: u32,
}

impl Pen {
    /// The pen for an answer.
    pub fn new(answer: &Answer) -> Self {
        Self { style: answer.draft.numbers, price_places: answer.listing.tick_places }
    }

    /// With as many decimals as asked for.
    pub fn places(&self, value: &Exact, places: u32, rounding: Rounding) -> String {
        fixed(value, places, rounding, self.style).unwrap_or_else(|_| TOO_LONG.into())
    }

    /// A price that already stands on the tick, or a typed one with all its digits.
    pub fn price(&self, price: &Price) -> String {
        let typed = price.exact().decimals(12).unwrap_or(self.price_places);
        let places = self.price_places.max(typed.min(12));
        self.places(price.exact(), places, Rounding::HalfEven)
    }

    /// A price to the nearest tick.
    pub fn near_price(&self, price: &Price) -> String {
        self.places(price.exact(), self.price_places, Rounding::HalfEven)
    }

    /// A price at which something happens to a long or a short, rounded as the page rounds it: toward
    /// where the mark comes from.
    pub fn line_price(&self, price: &Price, side: Side) -> String {
        self.places(price.exact(), self.price_places, side.toward_mark())
    }

    /// A difference of prices, without its sign.
    pub fn gap(&self, gap: &PriceGap) -> String {
        let gap = gap.exact().magnitude();
        let places = gap.decimals(12).unwrap_or(self.price_places).max(self.price_places);
        self.places(&gap, places, Rounding::HalfEven)
    }

    /// Money that is required: rounded up.
    pub fn required(&self, money: &Money) -> String {
        self.places(money.exact(), CENTS, Rounding::Ceiling)
    }

    /// Money that is available or gained: rounded down.
    pub fn available(&self, money: &Money) -> String {
        self.places(money.exact(), CENTS, Rounding::Floor)
    }

    /// Money to the nearest cent, where it is only described.
    pub fn money(&self, money: &Money) -> String {
        self.places(money.exact(), CENTS, Rounding::HalfEven)
    }

    /// Money without cents where there are none, or to the nearest cent.
    pub fn brief(&self, money: &Money) -> String {
        let is_whole = money.exact().decimals(0).is_some();
        if is_whole { self.short(money.exact(), 0) } else { self.money(money) }
    }

    /// A number with the fewest digits that write it, or rounded to `places`.
    pub fn short(&self, value: &Exact, places: u32) -> String {
        match shortest(value, places, self.style) {
            Ok(Some(text)) => text,
            _ => self.places(value, places, Rounding::HalfEven),
        }
    }

    /// A number with all its decimals, if at most twelve write it.
    pub fn full(&self, value: &Exact) -> Option<String> {
        shortest(value, 12, self.style).ok().flatten()
    }

    /// A fraction as a percentage with this many decimals.
    pub fn percent(&self, ratio: &Exact, places: u32, rounding: Rounding) -> String {
        let hundred = Exact::from_integer(100);
        match ratio.times(&hundred) {
            Ok(value) => format!("{}{THIN}%", self.places(&value, places, rounding)),
            Err(_) => TOO_LONG.into(),
        }
    }

    /// A change as a percentage without its sign: `7.89 %`.
    pub fn distance(&self, ratio: &Ratio) -> String {
        self.percent(&ratio.exact().magnitude(), 2, Rounding::HalfEven)
    }

    /// A rate as a percentage with the fewest digits: `0.4 %`.
    pub fn rate(&self, rate: &Exact) -> String {
        let hundred = Exact::from_integer(100);
        match rate.times(&hundred) {
            Ok(value) => format!("{}{THIN}%", self.short(&value, 10)),
            Err(_) => TOO_LONG.into(),
        }
    }

    /// A leverage: `10`.
    pub fn leverage(&self, leverage: &Leverage) -> String {
        self.short(leverage.exact(), 6)
    }
}
