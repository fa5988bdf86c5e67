//! Averages of the basis over time, each new sample at the same cost.

use std::collections::VecDeque;

use crate::quantity::{Decimal, Exact, Overflow, Rounding};
use crate::venue::{Averaging, BasisRule};

use super::decay::{exponential, halving};
use super::error::MarkError;

/// An average that takes one sample after the other.
#[derive(Clone, Debug, PartialEq)]
pub enum Average {
    /// The mean of the last samples, exact.
    Mean(Mean),
    /// Older samples weigh less.
    Decayed(Decayed),
}

/// The mean of the last so many samples; of those there are, while there are fewer.
#[derive(Clone, Debug, PartialEq)]
pub struct Mean {
    kept: VecDeque<Exact>,
    sum: Exact,
    most: usize,
}

/// A weighted mean in which a sample of n steps weighs decay^n, from 0 to below 1.
///
/// Its two sums would gain digits with each sample, so each is rounded half-even to 18 decimals when a
/// sample is taken, and nowhere else. Such an error fades as its sample does: the average differs from the
/// exact one with the same decay by at most 10^-18 x (1 + the largest sample's size), however many samples
/// went before.
#[derive(Clone, Debug, PartialEq)]
pub struct Decayed {
    decay: Exact,
    weighted: Exact,
    weight: Exact,
}

/// The last of 18 decimals.
fn grain() -> Exact {
    Exact::from_decimal(Decimal::from_i128_with_scale(1, 18))
}

fn rounded(value: &Exact) -> Result<Exact, Overflow> {
    value.to_step(&grain(), Rounding::HalfEven)
}

impl Decayed {
    /// No samples yet; `decay` is what is left of a weight after one step, from 0 to below 1.
    pub fn new(decay: Exact) -> Result<Self, MarkError> {
        let is_fraction = !decay.is_negative() && decay.is_below(&Exact::ONE)?;
        if !is_fraction {
            return Err(MarkError::NoTime);
        }
        Ok(Self { decay, weighted: Exact::ZERO, weight: Exact::ZERO })
    }

    fn take(&mut self, sample: &Exact) -> Result<(), Overflow> {
        self.weighted = rounded(&self.weighted.times(&self.decay)?.plus(sample)?)?;
        self.weight = rounded(&self.weight.times(&self.decay)?.plus(&Exact::ONE)?)?;
        Ok(())
    }

    /// As after endlessly many samples of one value.
    fn settle(&mut self, value: &Exact) -> Result<(), Overflow> {
        self.weight = rounded(&Exact::ONE.over(&Exact::ONE.minus(&self.decay)?)?)?;
        // Not rounded before the next sample: what has long stood is the average, to the last digit.
        self.weighted = value.times(&self.weight)?;
        Ok(())
    }
}

impl Average {
    /// An average without samples, by a venue's rule.
    pub fn new(rule: &BasisRule) -> Result<Self, MarkError> {
        let whole = |count: core::num::NonZeroU16| Exact::from_integer(count.get().into());
        let every = whole(rule.every);
        let decay = match rule.averaging {
            Averaging::Mean(count) => return Ok(Self::mean(count.get())),
            Averaging::Span(count) => {
                let (less, more) =
                    (whole(count).minus(&Exact::ONE)?, whole(count).plus(&Exact::ONE)?);
                less.over(&more)?
            }
            Averaging::Constant(seconds) => exponential(&every, &whole(seconds))?,
            Averaging::HalfLife(seconds) => halving(&every, &whole(seconds))?,
        };
        Decayed::new(decay).map(Self::Decayed)
    }

    /// The mean of the last `most` samples, at least one.
    pub fn mean(most: u16) -> Self {
        let most = usize::from(most.max(1));
        Self::Mean(Mean { kept: VecDeque::with_capacity(most), sum: Exact::ZERO, most })
    }

    /// A sample `every` seconds, whose weight halves every `half_life` seconds; both above zero.
    pub fn half_life(half_life: &Exact, every: &Exact) -> Result<Self, MarkError> {
        Decayed::new(halving(every, half_life)?).map(Self::Decayed)
    }

    /// Takes the next sample.
    pub fn take(&mut self, sample: &Exact) -> Result<(), Overflow> {
        match self {
            Self::Mean(mean) => {
                if mean.kept.len() == mean.most
                    && let Some(oldest) = mean.kept.pop_front()
                {
                    mean.sum = mean.sum.minus(&oldest)?;
                }
                mean.kept.push_back(*sample);
                mean.sum = mean.sum.plus(sample)?;
                Ok(())
            }
            Self::Decayed(decayed) => decayed.take(sample),
        }
    }

    /// As if this value had stood for longer than the average remembers.
    pub fn settle(&mut self, value: &Exact) -> Result<(), Overflow> {
        match self {
            Self::Mean(mean) => {
                mean.kept.clear();
                mean.kept.resize(mean.most, *value);
                let count = i64::try_from(mean.most).map_err(|_| Overflow)?;
                mean.sum = value.times(&Exact::from_integer(count))?;
                Ok(())
            }
            Self::Decayed(decayed) => decayed.settle(value),
        }
    }

    /// The average; absent while there is no sample.
    pub fn value(&self) -> Result<Option<Exact>, Overflow> {
        let (sum, weight) = match self {
            Self::Mean(mean) => {
                let count = i64::try_from(mean.kept.len()).map_err(|_| Overflow)?;
                (mean.sum, Exact::from_integer(count))
            }
            Self::Decayed(decayed) => (decayed.weighted, decayed.weight),
        };
        if weight.is_zero() {
            return Ok(None);
        }
        sum.over(&weight).map(Some)
    }
}
