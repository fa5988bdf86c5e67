//! Outward from the mark, price by price.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_traits::Signed;

use super::grain::Grain;
use super::holding::Holding;
use super::number::{Fraction, compare, minus, of_decimal};
use super::point::Point;
use super::question::Left;

/// Positions whose prices move as one, and what does not move.
pub(crate) struct Walk<'a> {
    pub(crate) holdings: Vec<Holding>,
    /// Margin or wallet, and the profit of positions elsewhere.
    pub(crate) still: BigInt,
    /// What is kept for positions elsewhere.
    pub(crate) kept_elsewhere: BigInt,
    pub(crate) mark: Point,
    pub(crate) grain: &'a Grain,
}

/// Where something happens, and a price beside it in whose tiers it does.
#[derive(Clone, Debug)]
pub(crate) struct Hit {
    pub(crate) at: Point,
    pub(crate) inside: Point,
}

#[derive(Clone, Debug)]
pub(crate) enum Met {
    Nowhere,
    At(Hit),
    /// Only where no rate is known any more.
    BeyondTable,
}

#[derive(Clone, Debug)]
pub(crate) enum Outcome {
    From { down: Met, up: Met },
    Now(Option<Hit>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Down,
    Up,
}

impl Walk<'_> {
    /// What amounts at a price are still to be divided by: see [`Holding`].
    fn divisor<'p>(&self, at: &'p Point) -> &'p BigInt {
        let inverse = self.holdings.first().is_some_and(|holding| holding.inverse);
        if inverse { &at.top } else { &at.bottom }
    }

    /// The margin balance at a price; to be divided like the amounts of the positions.
    fn balance(&self, at: &Point) -> BigInt {
        let divisor = self.divisor(at);
        let profits = self.holdings.iter().map(|holding| holding.profit(at));
        &self.still * divisor + profits.sum::<BigInt>()
    }

    /// `factor x balance` less what must be kept, at a price with the tiers of another; its sign
    /// counts, and its size beside others of one divisor.
    pub(crate) fn surplus(&self, factor: &Fraction, at: &Point, tiers_at: &Point) -> BigInt {
        let divisor = self.divisor(at);
        let kept = self.holdings.iter().map(|holding| holding.kept(at, tiers_at));
        let kept = &self.kept_elsewhere * divisor + kept.sum::<BigInt>();
        self.balance(at) * &self.grain.rate * factor.numer() - kept * factor.denom()
    }

    /// What is missing at a price with the tiers of another, as an amount of money.
    pub(crate) fn missing(&self, factor: &Fraction, at: &Point, tiers_at: &Point) -> Fraction {
        let divisor = self.divisor(at);
        let steps = &self.grain.amount * &self.grain.rate * divisor * factor.numer();
        Fraction::new_raw(-self.surplus(factor, at, tiers_at), steps)
    }

    /// Every tier edge, from the lowest price.
    pub(crate) fn edges(&self) -> Vec<Point> {
        let mut edges: Vec<Point> = self.holdings.iter().flat_map(Holding::edges).collect();
        edges.sort_by(Point::compare);
        edges.dedup_by(|a, b| a.compare(b) == Ordering::Equal);
        edges
    }

    /// Every price at which the sign of the surplus can change.
    fn candidates(&self, factor: &Fraction) -> Vec<Point> {
        let mut ends = vec![Point::zero()];
        ends.extend(self.edges());
        ends.push(Point::infinity());
        let mut found = Vec::with_capacity(2 * ends.len());
        for (low, high) in ends.iter().zip(ends.iter().skip(1)) {
            let one = low.between(high);
            let other = one.between(high);
            let root = self.root(&one, &other, |at| self.surplus(factor, at, at));
            let inside = |root: &Point| low.is_below(root) && root.is_below(high);
            found.extend(root.filter(inside));
            found.push(high.clone());
        }
        found.pop();
        found
    }

    /// Where the line through two points is zero; absent where that is no price.
    fn root(&self, a: &Point, b: &Point, line: impl Fn(&Point) -> BigInt) -> Option<Point> {
        let (at_a, at_b) = (line(a), line(b));
        let root = Point {
            top: &at_a * &b.top - &at_b * &a.top,
            bottom: &at_a * &b.bottom - &at_b * &a.bottom,
        };
        let root = if root.bottom.is_negative() || root.top.is_negative() {
            Point { top: -root.top, bottom: -root.bottom }
        } else {
            root
        };
        root.is_price().then_some(root)
    }

    /// Where no more of the balance is left than this.
    pub(crate) fn bankruptcy(&self, left: Left) -> Option<Point> {
        let value =
            |at: &Point| -> BigInt { self.holdings.iter().map(|holding| holding.value(at)).sum() };
        let set_aside: BigInt = self.holdings.iter().map(|holding| &holding.set_aside).sum();
        let over = |at: &Point| match left {
            Left::Nothing => self.balance(at),
            Left::CloseThere(share) => {
                let share = of_decimal(share);
                self.balance(at) * share.denom() - value(at) * share.numer()
            }
            Left::SetAside => self.balance(at) - &set_aside * self.divisor(at),
        };
        let one = Point::one();
        self.root(&one, &one.between(&Point::infinity()), over)
    }

    /// The first price on the way at which the surplus is as wanted, the mark included; the last
    /// rates of all tables go on.
    fn first(
        &self,
        candidates: &[Point],
        way: Way,
        wanted: impl Fn(&Point) -> bool,
    ) -> Option<Hit> {
        let mut last = &self.mark;
        if wanted(last) {
            return Some(Hit { at: last.clone(), inside: last.clone() });
        }
        let ahead: Vec<&Point> = match way {
            Way::Down => candidates.iter().rev().filter(|at| at.is_below(&self.mark)).collect(),
            Way::Up => candidates.iter().filter(|at| self.mark.is_below(at)).collect(),
        };
        for at in ahead {
            let between = last.between(at);
            if wanted(&between) {
                return Some(Hit { at: last.clone(), inside: between });
            }
            if wanted(at) {
                return Some(Hit { at: at.clone(), inside: at.clone() });
            }
            last = at;
        }
        let end = if way == Way::Down { Point::zero() } else { Point::infinity() };
        let between = last.between(&end);
        wanted(&between).then(|| Hit { at: last.clone(), inside: between })
    }

    /// What is met, unless a table has ended before.
    fn met(&self, hit: Option<Hit>) -> Met {
        match hit {
            None => Met::Nowhere,
            Some(hit) if self.holdings.iter().all(|holding| holding.is_known(&hit.inside)) => {
                Met::At(hit)
            }
            Some(_) => Met::BeyondTable,
        }
    }

    /// Where `factor x balance` is no longer above what must be kept.
    pub(crate) fn outcome(&self, factor: &Fraction) -> Outcome {
        let candidates = self.candidates(factor);
        let find = |way, wanted: fn(&BigInt) -> bool| {
            let wanted = |at: &Point| wanted(&self.surplus(factor, at, at));
            self.met(self.first(&candidates, way, wanted))
        };
        let short = |surplus: &BigInt| !surplus.is_positive();
        let enough = |surplus: &BigInt| !surplus.is_negative();
        if short(&self.surplus(factor, &self.mark, &self.mark)) {
            let (down, up) = (find(Way::Down, enough), find(Way::Up, enough));
            return Outcome::Now(match (down, up) {
                (Met::At(down), Met::At(up)) => Some(self.nearer(down, up)),
                (Met::At(hit), _) | (_, Met::At(hit)) => Some(hit),
                _ => None,
            });
        }
        Outcome::From { down: find(Way::Down, short), up: find(Way::Up, short) }
    }

    /// The nearer of two prices to the mark; of two equally near, the lower.
    fn nearer(&self, down: Hit, up: Hit) -> Hit {
        let mark = self.mark.price();
        let gaps = (minus(&mark, &down.at.price()), minus(&up.at.price(), &mark));
        if compare(&gaps.1, &gaps.0) == Ordering::Less { up } else { down }
    }
}
