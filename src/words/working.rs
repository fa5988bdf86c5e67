//! Why this number: the reader's own figures substituted step by step, down to the headline.

use std::sync::Arc;

use crate::margin::{Crossing, Threshold};
use crate::quantity::{Exact, Overflow, Price, Rounding, Side};
use crate::venue::{MaintenanceFee, RiskTier, TierBasis};

use super::answer::Answer;
use super::math::{answer as headline, equals, formula, fraction, name, number, row, sign, tinted};
use super::pen::Pen;

/// One step: what is done, in words and in mathematics.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What is done and why; may hold emphasis as HTML. Made of our words and printed numbers only.
    pub words: String,
    /// The formulas, as MathML.
    pub formulas: String,
    /// What follows from it; empty when nothing needs to be said.
    pub verdict: String,
}

/// The whole working.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Working {
    /// The steps in order.
    pub steps: Vec<Step>,
    /// The last division and its result, for the closed chapter.
    pub peek: String,
}

/// More tries than any table here can need.
const MOST_TRIES: usize = 24;

/// The working of an answer.
pub fn working(answer: &Answer) -> Working {
    Writer::new(answer).and_then(|writer| writer.write()).unwrap_or_default()
}

pub(super) struct Writer<'a> {
    pub(super) answer: &'a Answer,
    pub(super) pen: Pen,
    pub(super) quantity: Exact,
    pub(super) entry_value: Exact,
    pub(super) margin: Exact,
    pub(super) fee: Exact,
}

/// One tier tried as if it held at the answer.
pub(super) struct Try {
    pub(super) tier: Arc<RiskTier>,
    pub(super) above: Exact,
    pub(super) below: Exact,
    pub(super) price: Exact,
}

impl<'a> Writer<'a> {
    fn new(answer: &'a Answer) -> Result<Self, Overflow> {
        Ok(Self {
            answer,
            pen: Pen::new(answer),
            quantity: *answer.position.quantity.exact(),
            entry_value: *answer.report.entry_notional.exact(),
            margin: *answer.position_margin.exact(),
            // The page offers no other fee.
            fee: match answer.market.rules.maintenance_fee {
                MaintenanceFee::CloseAtMark(rate) => *rate.exact(),
                _ => Exact::ZERO,
            },
        })
    }

    fn write(&self) -> Result<Working, Overflow> {
        let mut steps = vec![self.margin_step(), self.balance_step()];
        let Some(closing) = self.answer.report.liquidation.crossing() else {
            steps.push(self.no_price()?);
            let known = self.answer.report.liquidation == Threshold::Never;
            let peek = if known { "no price closes it" } else { "beyond the tiers" };
            return Ok(Working { steps, peek: peek.into() });
        };
        let mut peek = String::new();
        for attempt in self.tries(closing)? {
            let last = attempt.tier.number == closing.tier.number;
            steps.push(self.try_step(&attempt, closing, last, steps.len() == 2)?);
            if last {
                peek = self.peek(&attempt, closing);
            }
        }
        steps.push(self.check_step(closing)?);
        Ok(Working { steps, peek })
    }

    pub(super) fn is_long(&self) -> bool {
        self.answer.position.side == Side::Long
    }

    /// A number that may not end: all its digits, or the fraction it comes from.
    pub(super) fn margin_math(&self) -> String {
        match self.pen.full(&self.margin) {
            Some(text) => number(&text),
            None => {
                fraction(&self.entry_math(), &number(&self.pen.leverage(&self.answer.leverage)))
            }
        }
    }

    /// Value at entry: all its digits, or the product it comes from.
    pub(super) fn entry_math(&self) -> String {
        match self.pen.full(&self.entry_value) {
            Some(text) => number(&text),
            None => self.opening_math(),
        }
    }

    pub(super) fn opening_math(&self) -> String {
        let price = self.pen.price(&self.answer.position.entry_price);
        row(&[self.plain(&self.quantity), sign("\u{d7}"), number(&price)])
    }

    pub(super) fn plain(&self, value: &Exact) -> String {
        number(&self.pen.short(value, 12))
    }

    fn margin_step(&self) -> Step {
        let exactly = self.margin.decimals(2).is_some();
        Step {
            words: "Your margin (initial margin) is the position\u{2019}s value at entry divided by leverage."
                .into(),
            formulas: formula(&[
                fraction(
                    &self.opening_math(),
                    &number(&self.pen.leverage(&self.answer.leverage)),
                ),
                equals(exactly),
                number(&self.pen.money(&self.answer.position_margin)),
            ]),
            verdict: String::new(),
        }
    }

    fn balance_step(&self) -> Step {
        let entry = number(&self.pen.price(&self.answer.position.entry_price));
        let (first, second) = if self.is_long() { (name("P"), entry) } else { (entry, name("P")) };
        let fee = if self.fee.is_zero() { "" } else { " Rate r includes the fee to close." };
        Step {
            words: format!(
                "The exchange closes you at the price P where <b class=\"have-t\">what you have</b> \
                 (margin balance) equals <b class=\"need-t\">what you must keep</b> (maintenance margin).{fee}"
            ),
            formulas: [
                formula(&[tinted(
                    "h",
                    &[
                        self.margin_math(),
                        sign("+"),
                        self.plain(&self.quantity),
                        sign("\u{d7}"),
                        sign("("),
                        first,
                        sign("\u{2212}"),
                        second,
                        sign(")"),
                    ],
                )]),
                formula(&[
                    sign("="),
                    tinted(
                        "n",
                        &[
                            name("r"),
                            sign("\u{d7}"),
                            self.plain(&self.quantity),
                            sign("\u{d7}"),
                            name("P"),
                            sign("\u{2212}"),
                            name("d"),
                        ],
                    ),
                ]),
            ]
            .concat(),
            verdict: String::new(),
        }
    }

    pub(super) fn attempt(&self, tier: &Arc<RiskTier>) -> Result<Try, Overflow> {
        let amount = tier.maintenance_amount.exact();
        let rate = self.rate(tier)?;
        let (above, factor) = if self.is_long() {
            let above = self.entry_value.minus(&self.margin)?.minus(amount)?;
            (above, Exact::ONE.minus(&rate)?)
        } else {
            let above = self.entry_value.plus(&self.margin)?.plus(amount)?;
            (above, Exact::ONE.plus(&rate)?)
        };
        let below = self.quantity.times(&factor)?;
        Ok(Try { tier: tier.clone(), above, below, price: above.over(&below)? })
    }

    pub(super) fn rate(&self, tier: &RiskTier) -> Result<Exact, Overflow> {
        tier.maintenance_margin_rate.exact().plus(&self.fee)
    }

    /// The tiers in the order a careful reader would try them: the one at entry first, then the one
    /// each result points to, until the tier that holds at the answer.
    fn tries(&self, closing: &Crossing) -> Result<Vec<Try>, Overflow> {
        let tiers = &self.answer.market.rules.tiers;
        let mut tries: Vec<Try> = Vec::new();
        let mut tier = self.answer.report.entry_tier.clone();
        while tries.len() < MOST_TRIES {
            let attempt = self.attempt(&tier)?;
            let next = tiers.tier_of(&self.measure(&attempt.price)?)?.cloned();
            tries.push(attempt);
            if tier.number == closing.tier.number {
                break;
            }
            let seen = |number: usize| tries.iter().any(|tried| tried.tier.number == number);
            tier = match next {
                Some(next) if !seen(next.number) => next,
                _ => closing.tier.clone(),
            };
        }
        Ok(tries)
    }

    /// What the table looks at, at a price.
    fn measure(&self, price: &Exact) -> Result<Exact, Overflow> {
        match self.answer.market.rules.tiers.basis() {
            TierBasis::Notional => self.quantity.times(price),
            TierBasis::EntryNotional => Ok(self.entry_value),
            TierBasis::Quantity => Ok(self.quantity),
        }
    }

    fn try_step(
        &self,
        attempt: &Try,
        closing: &Crossing,
        last: bool,
        first: bool,
    ) -> Result<Step, Overflow> {
        let number_of = attempt.tier.number;
        let single = self.answer.market.rules.tiers.tiers().len() == 1;
        let words = if single {
            "There is one rate <i>r</i> for every size, and nothing to deduct.".into()
        } else if first {
            format!(
                "Rate <i>r</i> and deduction <i>d</i> (maintenance amount) depend on the size \
                 <em>at that price</em>. Start with the tier you opened in: tier {number_of}."
            )
        } else {
            format!("Try tier {number_of}, where the size would be.")
        };
        let operator = sign(if self.is_long() { "\u{2212}" } else { "+" });
        let mut above = vec![self.entry_math(), operator.clone(), self.margin_math()];
        if !attempt.tier.maintenance_amount.exact().is_zero() {
            above.push(operator.clone());
            above.push(self.plain(attempt.tier.maintenance_amount.exact()));
        }
        let below = row(&[
            self.plain(&self.quantity),
            sign("\u{d7}"),
            sign("("),
            number("1"),
            operator,
            self.plain(&self.rate(&attempt.tier)?),
            sign(")"),
        ]);
        let tick_places = self.answer.listing.tick_places;
        let places = if last { tick_places.max(6) } else { tick_places };
        let exactly = attempt.price.decimals(places).is_some();
        let result = [equals(exactly), number(&self.pen.short(&attempt.price, places))];
        let mut formulas = formula(&[fraction(&row(&above), &below)]);
        match self.pen.full(&attempt.above).zip(self.pen.full(&attempt.below)).filter(|_| last) {
            Some((above, below)) => {
                let collapsed = fraction(&number(&above), &number(&below));
                formulas.push_str(&formula(&[sign("="), collapsed]));
                formulas.push_str(&formula(&result));
            }
            None => formulas.push_str(&formula(&result)),
        }
        if last && closing.exact.exact() == &attempt.price {
            let shown = headline(&self.pen.price(&closing.price));
            if closing.price != closing.exact {
                formulas.push_str(&formula(&[sign("\u{2192}"), shown]));
            }
        }
        Ok(Step { words, formulas, verdict: self.verdict(attempt, closing, last)? })
    }

    fn verdict(&self, attempt: &Try, closing: &Crossing, last: bool) -> Result<String, Overflow> {
        let tried = attempt.tier.number;
        if !attempt.price.is_positive() {
            return Ok("That is no price above zero. Discard.".into());
        }
        let tiers = &self.answer.market.rules.tiers;
        let price = self.pen.near_price(&Price::from_exact(attempt.price));
        let holds = match tiers.tier_of(&self.measure(&attempt.price)?)? {
            Some(tier) => format!("tier {}", tier.number),
            None => "beyond the table".into(),
        };
        let worth = match tiers.basis() {
            TierBasis::Notional | TierBasis::EntryNotional => {
                let value = self.quantity.times(&attempt.price)?;
                format!(
                    "At {price} the position is worth {}: that is {holds}",
                    self.pen.places(&value, 2, Rounding::HalfEven)
                )
            }
            TierBasis::Quantity => format!(
                "The tier goes by size, whatever the price: {} {} is {holds}",
                self.pen.short(&self.quantity, 12),
                self.answer.listing.coin
            ),
        };
        if !last {
            return Ok(format!("{worth}, not tier {tried}. Discard."));
        }
        if closing.exact.exact() == &attempt.price {
            Ok(format!("{worth}. Consistent."))
        } else {
            Ok(format!(
                "{worth}. What must be kept jumps at the tier\u{2019}s edge, so the edge itself, {}, \
                 is where you are closed.",
                self.pen.near_price(&closing.exact)
            ))
        }
    }
}
