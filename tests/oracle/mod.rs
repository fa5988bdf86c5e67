//! The margin model a second time, from its definition and with unbounded fractions.
//!
//! Nothing is solved tier by tier. A requirement is the sum of what each slice of the position pays
//! (or, in a flat table, the tier's rate on all of it). The prices at which anything can change are
//! collected: every tier edge, and where the line through two points of a tier meets the balance.
//! Then the prices are walked outward from the mark, and the definition is evaluated at each of them
//! and halfway between.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use number::{Fraction, compare, is_positive, minus, of_decimal, over, plus, times, whole};

pub(crate) mod compare;
pub(crate) mod generate;
pub(crate) mod number;

/// A question in plain decimals.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) long: bool,
    pub(crate) quanto: bool,
    pub(crate) quantity: Decimal,
    pub(crate) contract_size: Decimal,
    pub(crate) entry: Decimal,
    pub(crate) mark: Decimal,
    pub(crate) leverage: Decimal,
    /// The margin in all, or what was added to the initial margin.
    pub(crate) assigned: bool,
    pub(crate) margin: Decimal,
    pub(crate) flat: bool,
    pub(crate) by_quantity: bool,
    pub(crate) tiers: Vec<Tier>,
    pub(crate) close_fee: Option<Decimal>,
    pub(crate) warning: Decimal,
    pub(crate) tick: Option<Decimal>,
}

#[derive(Clone, Debug)]
pub(crate) struct Tier {
    pub(crate) floor: Decimal,
    pub(crate) cap: Option<Decimal>,
    pub(crate) rate: Decimal,
    pub(crate) max_leverage: Option<Decimal>,
}

/// A price at which a threshold lies, and the tier from 1 that holds there.
#[derive(Clone, Debug)]
pub(crate) struct Hit {
    pub(crate) price: Fraction,
    pub(crate) tier: usize,
}

#[derive(Clone, Debug)]
pub(crate) enum Outcome {
    Prices { below: Option<Hit>, above: Option<Hit> },
    Never,
    Now(Option<Hit>),
    TableEnds,
}

pub(crate) struct Figures {
    pub(crate) entry_notional: Fraction,
    pub(crate) notional: Fraction,
    pub(crate) initial_margin: Fraction,
    pub(crate) position_margin: Fraction,
    pub(crate) pnl: Fraction,
    pub(crate) balance: Fraction,
    pub(crate) maintenance: Fraction,
    pub(crate) tier: usize,
    pub(crate) entry_tier: usize,
    pub(crate) liquidation: Outcome,
    pub(crate) margin_call: Outcome,
    pub(crate) bankruptcy: Option<Fraction>,
    pub(crate) leverage_too_high: bool,
    pub(crate) margin_too_low: bool,
}

/// One tier with what all smaller slices pay, in money for a price of 1 where quantity decides.
struct Slice {
    floor: Fraction,
    cap: Option<Fraction>,
    rate: Fraction,
    paid_below: Fraction,
    max_leverage: Option<Fraction>,
}

pub(crate) struct Oracle {
    side: Fraction,
    exposure: Fraction,
    quantity: Fraction,
    entry: Fraction,
    mark: Fraction,
    leverage: Fraction,
    initial_margin: Fraction,
    margin: Fraction,
    warning: Fraction,
    close_fee: Fraction,
    flat: bool,
    by_quantity: bool,
    slices: Vec<Slice>,
}

impl Oracle {
    pub(crate) fn new(case: &Case) -> Self {
        let quantity = of_decimal(case.quantity);
        let exposure = times(&quantity, &of_decimal(case.contract_size));
        let entry = of_decimal(case.entry);
        let leverage = of_decimal(case.leverage);
        let initial_margin = over(&times(&exposure, &entry), &leverage);
        let given = of_decimal(case.margin);
        let margin = if case.assigned { given } else { plus(&initial_margin, &given) };
        let mut slices: Vec<Slice> = Vec::new();
        for tier in &case.tiers {
            let floor = of_decimal(tier.floor);
            let paid_below = slices.last().map_or_else(
                || whole(0),
                |last| plus(&last.paid_below, &times(&last.rate, &minus(&floor, &last.floor))),
            );
            slices.push(Slice {
                floor,
                cap: tier.cap.map(of_decimal),
                rate: of_decimal(tier.rate),
                paid_below,
                max_leverage: tier.max_leverage.map(of_decimal),
            });
        }
        Self {
            side: whole(if case.long { 1 } else { -1 }),
            exposure,
            quantity,
            entry,
            mark: of_decimal(case.mark),
            leverage,
            initial_margin,
            margin,
            warning: of_decimal(case.warning),
            close_fee: case.close_fee.map_or_else(|| whole(0), of_decimal),
            flat: case.flat,
            by_quantity: case.by_quantity,
            slices,
        }
    }

    fn notional(&self, price: &Fraction) -> Fraction {
        times(&self.exposure, price)
    }

    pub(crate) fn balance(&self, price: &Fraction) -> Fraction {
        let gain = times(&self.exposure, &minus(price, &self.entry));
        plus(&self.margin, &times(&self.side, &gain))
    }

    /// The tier from 0 at a price; an edge belongs to the tier below it.
    fn tier(&self, price: &Fraction) -> Option<usize> {
        let value = if self.by_quantity { self.quantity.clone() } else { self.notional(price) };
        self.slices.iter().position(|slice| {
            slice.cap.as_ref().is_none_or(|cap| compare(&value, cap) != Ordering::Greater)
        })
    }

    /// What must be kept at a price; absent beyond the table.
    pub(crate) fn requirement(&self, price: &Fraction) -> Option<Fraction> {
        let slice = self.slices.get(self.tier(price)?)?;
        let notional = self.notional(price);
        let kept = if self.flat {
            times(&slice.rate, &notional)
        } else {
            plus(&slice.paid_below, &times(&slice.rate, &minus(&notional, &slice.floor)))
        };
        Some(plus(&kept, &times(&self.close_fee, &notional)))
    }

    /// What is left above the requirement when the balance counts `factor` times.
    fn surplus(&self, factor: &Fraction, price: &Fraction) -> Option<Fraction> {
        Some(minus(&times(factor, &self.balance(price)), &self.requirement(price)?))
    }

    /// Every price above zero at which something can change.
    fn candidates(&self, factor: &Fraction) -> Vec<Fraction> {
        let mut prices = Vec::new();
        let mut start = whole(0);
        for slice in &self.slices {
            let end = match &slice.cap {
                Some(cap) if !self.by_quantity => over(cap, &self.exposure),
                _ => plus(&plus(&start, &start), &whole(1)),
            };
            let (a, b) = (halfway(&start, &end), end.clone());
            if let (Some(at_a), Some(at_b)) = (self.surplus(factor, &a), self.surplus(factor, &b))
                && compare(&at_a, &at_b) != Ordering::Equal
            {
                let slope = over(&minus(&at_b, &at_a), &minus(&b, &a));
                prices.push(minus(&a, &over(&at_a, &slope)));
            }
            prices.push(end.clone());
            start = end;
            if self.by_quantity {
                break;
            }
        }
        prices.retain(is_positive);
        prices.sort_by(compare);
        prices
    }

    fn outcome(&self, factor: &Fraction) -> Outcome {
        let here = self.surplus(factor, &self.mark);
        let Some(here) = here else {
            return Outcome::TableEnds;
        };
        let candidates = self.candidates(factor);
        let short_of = |surplus: &Fraction| !is_positive(surplus);
        let enough = |surplus: &Fraction| !is_positive(&minus(&whole(0), surplus));
        if short_of(&here) {
            let back = if is_positive(&self.side) {
                self.up(factor, &candidates, enough)
            } else {
                self.down(factor, &candidates, enough)
            };
            return Outcome::Now(back);
        }
        let below = self.down(factor, &candidates, short_of);
        let above = self.up(factor, &candidates, short_of);
        if below.is_some() || above.is_some() {
            return Outcome::Prices { below, above };
        }
        let bounded = self.slices.last().is_some_and(|last| last.cap.is_some());
        // What gains toward the end of the table is not threatened from there.
        if bounded && !self.by_quantity && !is_positive(&self.side) {
            Outcome::TableEnds
        } else {
            Outcome::Never
        }
    }

    fn down(
        &self,
        factor: &Fraction,
        candidates: &[Fraction],
        stop: impl Fn(&Fraction) -> bool,
    ) -> Option<Hit> {
        let stops =
            |price: &Fraction| self.surplus(factor, price).is_some_and(|value| stop(&value));
        let mut last = self.mark.clone();
        if stops(&last) {
            return self.hit(&last, &last);
        }
        let below = candidates.iter().rev();
        let zero = whole(0);
        for price in below
            .filter(|price| compare(price, &self.mark) == Ordering::Less)
            .chain(std::iter::once(&zero))
        {
            let between = halfway(&last, price);
            if stops(&between) {
                return self.hit(&last, &between);
            }
            if is_positive(price) && stops(price) {
                return self.hit(price, price);
            }
            last = price.clone();
        }
        None
    }

    fn up(
        &self,
        factor: &Fraction,
        candidates: &[Fraction],
        stop: impl Fn(&Fraction) -> bool,
    ) -> Option<Hit> {
        let stops =
            |price: &Fraction| self.surplus(factor, price).is_some_and(|value| stop(&value));
        let mut last = self.mark.clone();
        if stops(&last) {
            return self.hit(&last, &last);
        }
        for price in candidates {
            if compare(price, &self.mark) != Ordering::Greater {
                continue;
            }
            let between = halfway(&last, price);
            if stops(&between) {
                return self.hit(&last, &between);
            }
            if stops(price) {
                return self.hit(price, price);
            }
            last = price.clone();
        }
        let further = plus(&last, &whole(1));
        if stops(&further) { self.hit(&last, &further) } else { None }
    }

    /// A threshold at `price`, in the tier that holds at `inside`.
    fn hit(&self, price: &Fraction, inside: &Fraction) -> Option<Hit> {
        Some(Hit { price: price.clone(), tier: self.tier(inside)? + 1 })
    }

    /// Every figure; absent when the mark or the entry lies beyond the table.
    pub(crate) fn figures(&self) -> Option<Figures> {
        let tier = self.tier(&self.mark)?;
        let entry_tier = self.tier(&self.entry)?;
        let at_entry = self.requirement(&self.entry)?;
        let most = self.slices.get(entry_tier)?.max_leverage.as_ref();
        let balance = self.balance(&self.mark);
        let bankrupt = minus(&self.entry, &times(&self.side, &over(&self.margin, &self.exposure)));
        Some(Figures {
            entry_notional: self.notional(&self.entry),
            notional: self.notional(&self.mark),
            initial_margin: self.initial_margin.clone(),
            position_margin: self.margin.clone(),
            pnl: minus(&balance, &self.margin),
            balance,
            maintenance: self.requirement(&self.mark)?,
            tier: tier + 1,
            entry_tier: entry_tier + 1,
            liquidation: self.outcome(&whole(1)),
            margin_call: self.outcome(&self.warning),
            bankruptcy: is_positive(&bankrupt).then_some(bankrupt),
            leverage_too_high: most
                .is_some_and(|most| compare(&self.leverage, most) == Ordering::Greater),
            margin_too_low: compare(&self.margin, &at_entry) != Ordering::Greater,
        })
    }
}

fn halfway(a: &Fraction, b: &Fraction) -> Fraction {
    over(&plus(a, b), &whole(2))
}
