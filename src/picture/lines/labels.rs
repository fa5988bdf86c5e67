//! Room for labels: none touches another, and where it can be, none lies on a line.

use crate::picture::projection::Tenths;

/// A rectangle, in tenths of a pixel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Area {
    pub(super) left: Tenths,
    pub(super) top: Tenths,
    pub(super) right: Tenths,
    pub(super) bottom: Tenths,
}

/// Kept free between two labels.
const CLEAR: Tenths = 40;
/// Kept free between a label and a line.
const NEAR: Tenths = 30;

impl Area {
    /// The rectangle at an upper left corner.
    pub(super) fn at(left: Tenths, top: Tenths, width: Tenths, height: Tenths) -> Self {
        Self { left, top, right: left + width, bottom: top + height }
    }

    /// How far a place is away, along and across together; zero inside.
    pub(super) fn gap_to(&self, (x, y): (Tenths, Tenths)) -> Tenths {
        let across = (self.left - x).max(x - self.right).max(0);
        across + (self.top - y).max(y - self.bottom).max(0)
    }

    fn meets(&self, other: &Self) -> bool {
        self.left < other.right + CLEAR
            && other.left < self.right + CLEAR
            && self.top < other.bottom + CLEAR
            && other.top < self.bottom + CLEAR
    }

    fn is_inside(&self, bounds: &Self) -> bool {
        bounds.left <= self.left
            && self.right <= bounds.right
            && bounds.top <= self.top
            && self.bottom <= bounds.bottom
    }

    /// Whether a straight piece, given from left to right, passes through or close by.
    fn is_crossed(&self, from: (Tenths, Tenths), to: (Tenths, Tenths)) -> bool {
        let (left, right) = (from.0.max(self.left), to.0.min(self.right));
        if right < left {
            return false;
        }
        let height = |x: Tenths| {
            let (run, rise) = (i64::from(to.0 - from.0), i64::from(to.1 - from.1));
            match (i64::from(x - from.0) * rise).checked_div(run) {
                Some(up) => from.1.saturating_add(Tenths::try_from(up).unwrap_or(0)),
                // An upright piece passes all heights between its ends.
                None => from.1,
            }
        };
        let ends = if from.0 == to.0 { (from.1, to.1) } else { (height(left), height(right)) };
        ends.0.min(ends.1) < self.bottom + NEAR && self.top < ends.0.max(ends.1) + NEAR
    }
}

/// The plot with what is drawn in it already.
pub(super) struct Room {
    bounds: Area,
    taken: Vec<Area>,
    lines: Vec<Vec<(Tenths, Tenths)>>,
}

impl Room {
    pub(super) fn new(bounds: Area, lines: Vec<Vec<(Tenths, Tenths)>>) -> Self {
        Self { bounds, taken: Vec::new(), lines }
    }

    /// Keeps a place free.
    pub(super) fn take(&mut self, area: Area) {
        self.taken.push(area);
    }

    /// The first of these places that is free and lies on no line; else, for what must be said, the free
    /// one on the fewest pieces of lines; absent when there is none.
    pub(super) fn put(
        &mut self,
        is_needed: bool,
        places: impl Iterator<Item = Area>,
    ) -> Option<Area> {
        let mut best: Option<(usize, Area)> = None;
        for area in places {
            let is_free =
                area.is_inside(&self.bounds) && !self.taken.iter().any(|taken| area.meets(taken));
            if !is_free {
                continue;
            }
            let crossings = self.crossings(&area);
            let may_stand = is_needed || crossings == 0;
            if may_stand && best.is_none_or(|(fewest, _)| crossings < fewest) {
                best = Some((crossings, area));
            }
            if crossings == 0 {
                break;
            }
        }
        let (_, area) = best?;
        self.taken.push(area);
        Some(area)
    }

    fn crossings(&self, area: &Area) -> usize {
        let pieces = self.lines.iter().flat_map(|line| line.windows(2));
        pieces
            .filter(|piece| match piece {
                [from, to] => area.is_crossed(*from, *to),
                _ => false,
            })
            .count()
    }
}

/// Heights for names that want to stand at these, none nearer to another than `apart`, none beyond the
/// ends; in the order given, which is that of the lines.
pub(super) fn stacked(wanted: &[Tenths], apart: Tenths, ends: (Tenths, Tenths)) -> Vec<Tenths> {
    let mut order: Vec<usize> = Vec::new();
    for (index, wish) in wanted.iter().enumerate() {
        let at = order.partition_point(|other| wanted.get(*other).is_some_and(|it| it <= wish));
        order.insert(at, index);
    }
    let down = |heights: &mut [Tenths], mut free_from: Tenths| {
        for index in &order {
            if let Some(height) = heights.get_mut(*index) {
                *height = free_from.max(*height);
                free_from = *height + apart;
            }
        }
    };
    let up = |heights: &mut [Tenths], mut free_to: Tenths| {
        for index in order.iter().rev() {
            if let Some(height) = heights.get_mut(*index) {
                *height = free_to.min(*height);
                free_to = *height - apart;
            }
        }
    };
    // Between pushed down and pushed up, so that each of a crowd stands by its own line.
    let (mut heights, mut raised) = (wanted.to_vec(), wanted.to_vec());
    down(&mut heights, ends.0);
    up(&mut raised, ends.1);
    for (height, raised) in heights.iter_mut().zip(raised) {
        *height = height.midpoint(raised);
    }
    down(&mut heights, ends.0);
    up(&mut heights, ends.1);
    heights
}
