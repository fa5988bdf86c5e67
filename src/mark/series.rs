//! One mark price after the other.

use crate::quantity::{Exact, Price, PriceGap};
use crate::venue::{MarkPart, MarkRule};

use super::average::Average;
use super::error::{MarkError, What};
use super::median::median;
use super::parts::{Funding, basis_price, funding_price};

/// What is seen at a moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sample {
    /// When, in whole seconds from the beginning.
    pub at: u64,
    /// The index, above zero.
    pub index: Price,
    /// The best bid, above zero.
    pub bid: Price,
    /// The best ask, at least the bid.
    pub ask: Price,
    /// The last trade, above zero.
    pub last: Price,
    /// The weighted median of other venues, where a formula takes one.
    pub others: Option<Price>,
}

impl Sample {
    /// The middle of the book.
    pub fn mid(&self) -> Result<Price, MarkError> {
        let sum = self.bid.exact().plus(self.ask.exact())?;
        Ok(Price::from_exact(sum.over(&Exact::from_integer(2))?))
    }

    /// The middle of the book less the index.
    pub fn basis(&self) -> Result<PriceGap, MarkError> {
        Ok(self.mid()?.gap_from(&self.index)?)
    }

    fn check(&self) -> Result<(), MarkError> {
        let others = self.others.unwrap_or(self.last);
        for (price, what) in [
            (&self.index, What::Index),
            (&self.bid, What::Bid),
            (&self.ask, What::Ask),
            (&self.last, What::Last),
            (&others, What::Others),
        ] {
            if !price.exact().is_positive() {
                return Err(MarkError::NotAbove(what));
            }
        }
        if self.ask.exact().is_below(self.bid.exact())? {
            return Err(MarkError::Crossed);
        }
        Ok(())
    }
}

/// A mark with what it is the median of.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    /// The parts, in the order of the rule.
    pub parts: Vec<(MarkPart, Price)>,
    /// Their median.
    pub mark: Price,
}

impl Quote {
    /// One part, if the rule has it.
    pub fn part(&self, part: MarkPart) -> Option<&Price> {
        self.parts.iter().find(|(known, _)| *known == part).map(|(_, price)| price)
    }
}

/// A formula at work: what it remembers of the samples so far.
#[derive(Clone, Debug)]
pub struct MarkSeries {
    parts: Vec<MarkPart>,
    average: Option<Average>,
    every: u64,
    funding: Funding,
    /// When the last sample was taken, and when the last for the average.
    last: Option<(u64, u64)>,
}

impl MarkSeries {
    /// A formula before its first sample. `average` stands in for the rule's own where the rule has one;
    /// `funding` is as it stands at second 0.
    pub fn new(
        rule: &MarkRule,
        average: Option<Average>,
        funding: Funding,
    ) -> Result<Self, MarkError> {
        funding.check()?;
        let own = rule.basis.as_ref().map(Average::new).transpose()?;
        Ok(Self {
            parts: rule.parts.clone(),
            average: own.map(|own| average.unwrap_or(own)),
            every: rule.basis.map_or(1, |basis| basis.every.get().into()),
            funding,
            last: None,
        })
    }

    /// As if the book had stood so far from the index for a long time before the first sample.
    pub fn settle(&mut self, basis: &PriceGap) -> Result<(), MarkError> {
        if let Some(average) = &mut self.average {
            average.settle(basis.exact())?;
        }
        Ok(())
    }

    /// The mark for the next sample, which must come after the one before.
    pub fn next(&mut self, sample: &Sample) -> Result<Quote, MarkError> {
        sample.check()?;
        let due = match self.last {
            None => true,
            Some((last, _)) if sample.at <= last => return Err(MarkError::Backward),
            Some((_, taken)) => self.every <= sample.at.saturating_sub(taken),
        };
        if let Some(average) = self.average.as_mut().filter(|_| due) {
            average.take(sample.basis()?.exact())?;
        }
        let taken = self.last.filter(|_| !due).map_or(sample.at, |(_, taken)| taken);
        self.last = Some((sample.at, taken));
        let mut parts = Vec::with_capacity(self.parts.len());
        let mut prices = Vec::with_capacity(self.parts.len());
        for part in &self.parts {
            let price = self.part(*part, sample)?;
            parts.push((*part, price));
            prices.push(price);
        }
        let mark = median(&prices)?;
        if !mark.exact().is_positive() {
            return Err(MarkError::NoPrice);
        }
        Ok(Quote { parts, mark })
    }

    fn part(&self, part: MarkPart, sample: &Sample) -> Result<Price, MarkError> {
        match part {
            MarkPart::Funding => {
                let seconds = i64::try_from(sample.at).map_err(|_| MarkError::Overflow)?;
                let now = self.funding.after(&Exact::from_integer(seconds))?;
                funding_price(&sample.index, &now)
            }
            MarkPart::Basis => {
                let basis = self.average.as_ref().map(Average::value).transpose()?.flatten();
                let basis = basis.ok_or(MarkError::Nothing)?;
                basis_price(&sample.index, &PriceGap::from_exact(basis))
            }
            MarkPart::Last => Ok(sample.last),
            MarkPart::BookAndLast => median(&[sample.bid, sample.ask, sample.last]),
            MarkPart::Others => sample.others.ok_or(MarkError::NoOthers),
        }
    }
}
