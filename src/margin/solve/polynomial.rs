//! Polynomials through exact points, and where they change their sign.
//!
//! A straight line has one root, by one division. Squares and cubes, which a rate that grows with
//! the quantity brings, have roots that are no fractions in general. Such a root is enclosed between
//! two neighbouring steps of the grid to which the answer is rounded, by halving whole numbers of
//! steps: the rounded answer is exact all the same, and no tolerance decides it.

use crate::quantity::{Exact, Number, Overflow, Rounding};

/// Coefficients from the constant up; the last is not zero.
#[derive(Clone, Debug)]
pub(super) struct Polynomial<N>(Vec<N>);

/// Where a polynomial is zero.
#[derive(Clone, Debug)]
pub(super) enum Root<N> {
    /// Here, exactly.
    At(N),
    /// Between these two, with no step of the grid between them.
    Between(N, N),
}

impl<N: Number> Polynomial<N> {
    /// The polynomial with these values at 1, 2, 3 and so on, by Newton's divided differences.
    pub(super) fn through(values: Vec<N>) -> Result<Self, Overflow> {
        let mut differences = Vec::with_capacity(values.len());
        let mut row = values;
        let mut order = N::zero();
        while let Some(first) = row.first() {
            differences.push(first.clone());
            order = order.plus(&N::one())?;
            let mut next = Vec::with_capacity(row.len());
            for (before, after) in row.iter().zip(row.iter().skip(1)) {
                next.push(after.minus(before)?.over(&order)?);
            }
            row = next;
        }
        let mut coefficients: Vec<N> = Vec::with_capacity(differences.len());
        let mut node = order;
        for difference in differences.into_iter().rev() {
            // Times (t - node), plus the difference.
            let mut next = vec![difference];
            next.extend(coefficients.iter().cloned());
            for (slot, coefficient) in next.iter_mut().zip(&coefficients) {
                *slot = slot.minus(&coefficient.times(&node)?)?;
            }
            coefficients = next;
            node = node.minus(&N::one())?;
        }
        Ok(Self::trimmed(coefficients))
    }

    /// The same without its roots at zero, for an unknown that is above zero.
    pub(super) fn without_zero_roots(self) -> Self {
        Self(self.0.into_iter().skip_while(Number::is_zero).collect())
    }

    /// Where it is zero from `low` to `high`, both included; nowhere in particular where it is zero
    /// throughout.
    pub(super) fn roots(&self, grid: &Exact, low: &N, high: &N) -> Result<Vec<Root<N>>, Overflow> {
        match self.0.as_slice() {
            [] | [_] => Ok(Vec::new()),
            [constant, slope] => {
                let root = constant.negated().over(slope)?;
                let inside = low.is_at_most(&root)? && root.is_at_most(high)?;
                Ok(if inside { vec![Root::At(root)] } else { Vec::new() })
            }
            _ => self.bent_roots(grid, low, high),
        }
    }

    /// Between two turning points there is at most one root.
    fn bent_roots(&self, grid: &Exact, low: &N, high: &N) -> Result<Vec<Root<N>>, Overflow> {
        let mut cuts = vec![low.clone()];
        for turn in self.derivative()?.roots(grid, low, high)? {
            match turn {
                Root::At(at) => cuts.push(at),
                Root::Between(before, after) => cuts.extend([before, after]),
            }
        }
        cuts.push(high.clone());
        let mut roots = Vec::new();
        for (from, to) in cuts.iter().zip(cuts.iter().skip(1)) {
            let (at_from, at_to) = (self.at(from)?, self.at(to)?);
            if at_from.is_zero() {
                roots.push(Root::At(from.clone()));
            } else if at_from.is_negative() == at_to.is_positive() && !at_to.is_zero() {
                roots.push(self.enclosed(grid, from, to, at_from.is_positive())?);
            }
        }
        if self.at(high)?.is_zero() {
            roots.push(Root::At(high.clone()));
        }
        Ok(roots)
    }

    /// The root between two places of opposite sign.
    fn enclosed(
        &self,
        grid: &Exact,
        from: &N,
        to: &N,
        starts_above: bool,
    ) -> Result<Root<N>, Overflow> {
        let (mut before, mut after) = (from.clone(), to.clone());
        while let Some(middle) = step_between(grid, &before, &after)? {
            let value = self.at(&middle)?;
            if value.is_zero() {
                return Ok(Root::At(middle));
            }
            if value.is_positive() == starts_above {
                before = middle;
            } else {
                after = middle;
            }
        }
        Ok(Root::Between(before, after))
    }

    fn at(&self, place: &N) -> Result<N, Overflow> {
        let mut sum = N::zero();
        for coefficient in self.0.iter().rev() {
            sum = sum.times(place)?.plus(coefficient)?;
        }
        Ok(sum)
    }

    fn derivative(&self) -> Result<Self, Overflow> {
        let mut power = N::zero();
        let mut coefficients = Vec::with_capacity(self.0.len());
        for coefficient in self.0.iter().skip(1) {
            power = power.plus(&N::one())?;
            coefficients.push(coefficient.times(&power)?);
        }
        Ok(Self::trimmed(coefficients))
    }

    fn trimmed(mut coefficients: Vec<N>) -> Self {
        while coefficients.last().is_some_and(Number::is_zero) {
            coefficients.pop();
        }
        Self(coefficients)
    }
}

/// A step of the grid strictly between two places, near their middle, if there is one.
pub(super) fn step_between<N: Number>(
    grid: &Exact,
    before: &N,
    after: &N,
) -> Result<Option<N>, Overflow> {
    let middle = halfway(before, after)?;
    let below = N::of(&middle.to_step(grid, Rounding::Floor)?);
    let found = if before.is_below(&below)? { below } else { below.plus(&N::of(grid))? };
    let is_inside = before.is_below(&found)? && found.is_below(after)?;
    Ok(is_inside.then_some(found))
}

/// The middle of two places.
pub(super) fn halfway<N: Number>(before: &N, after: &N) -> Result<N, Overflow> {
    before.plus(after)?.over(&N::of(&Exact::from_integer(2)))
}
