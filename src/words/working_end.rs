//! How the working ends: both sides checked at the answer, or why there is none.

use crate::margin::{Crossing, Threshold};
use crate::quantity::{Exact, Overflow, Price, Rounding, Side};

use super::math::{equals, formula, fraction, number, row, sign, tinted};
use super::working::{Step, Try, Writer};

impl Writer<'_> {
    pub(super) fn check_step(&self, closing: &Crossing) -> Result<Step, Overflow> {
        let price = closing.exact.exact();
        let value = self.quantity.times(price)?;
        let gain = self.entry_value.minus(&value)?.magnitude();
        let rate = self.rate(&closing.tier)?;
        let amount = closing.tier.maintenance_amount.exact();
        let need = rate.times(&value)?.minus(amount)?;
        let cents = |value: &Exact| number(&self.pen.places(value, 2, Rounding::HalfEven));
        let exact_sides =
            [&self.margin, &gain, &need, &value].iter().all(|value| value.decimals(2).is_some());
        let gained = match self.answer.position.side {
            Side::Long => self.entry_value.is_below(&value)?,
            Side::Short => value.is_below(&self.entry_value)?,
        };
        let mut kept = vec![self.plain(&rate), sign("\u{d7}"), cents(&value)];
        if !amount.is_zero() {
            kept.push(sign("\u{2212}"));
            kept.push(self.plain(amount));
        }
        let shown = self.pen.price(&closing.price);
        let unrounded = self.pen.short(price, 6);
        let verdict = if self.answer.market.rules.tick_size.is_none()
            || closing.price.exact() == price
        {
            format!("The price is {shown} exactly.")
        } else {
            format!(
                "{unrounded} is shown as {shown}: on the contract\u{2019}s price step of {}, rounded \
                 toward the mark, so that the warning comes early, never late.",
                self.pen.price(&self.answer.listing.tick_size)
            )
        };
        Ok(Step {
            words: "Check both sides at that price (the liquidation price).".into(),
            formulas: [
                formula(&[tinted(
                    "h",
                    &[
                        cents(&self.margin),
                        sign(if gained { "+" } else { "\u{2212}" }),
                        cents(&gain),
                    ],
                )]),
                formula(&[equals(exact_sides), cents(&need)]),
                formula(&[equals(exact_sides), tinted("n", &kept)]),
            ]
            .concat(),
            verdict,
        })
    }

    pub(super) fn no_price(&self) -> Result<Step, Overflow> {
        let tiers = &self.answer.market.rules.tiers;
        let never = self.answer.report.liquidation == Threshold::Never;
        let first = tiers.tiers().first().cloned();
        let (true, Some(tier)) = (never, first) else {
            return Ok(Step {
                words: "The two meet beyond the last tier.".into(),
                formulas: String::new(),
                verdict: "Beyond the table no rate is known, so no price is stated.".into(),
            });
        };
        let attempt = self.attempt(&tier)?;
        let exactly = attempt.price.decimals(self.answer.listing.tick_places).is_some();
        Ok(Step {
            words: "Near a price of zero the lowest tier holds.".into(),
            formulas: formula(&[
                fraction(
                    &row(&[self.entry_math(), sign("\u{2212}"), self.margin_math()]),
                    &row(&[
                        self.plain(&self.quantity),
                        sign("\u{d7}"),
                        sign("("),
                        number("1"),
                        sign("\u{2212}"),
                        self.plain(&self.rate(&tier)?),
                        sign(")"),
                    ]),
                ),
                equals(exactly),
                number(&self.pen.near_price(&Price::from_exact(attempt.price))),
            ]),
            verdict: "That is no price above zero: price alone cannot close this position.".into(),
        })
    }

    pub(super) fn peek(&self, attempt: &Try, closing: &Crossing) -> String {
        let shown = self.pen.price(&closing.price);
        let parts = self.pen.full(&attempt.above).zip(self.pen.full(&attempt.below));
        match parts.filter(|_| closing.exact.exact() == &attempt.price) {
            Some((above, below)) => {
                let relation = if closing.price == closing.exact { "=" } else { "\u{2248}" };
                format!("{above} \u{f7} {below} {relation} {shown}")
            }
            _ => format!("closed at {shown}"),
        }
    }
}
