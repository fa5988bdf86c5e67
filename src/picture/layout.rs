//! Where the parts of the instrument stand, for a container of a given width.

use super::projection::Tenths;

/// Up to here a container is narrow, in pixels.
pub const NARROW_BELOW: u32 = 560;
/// From here a container is wide, in pixels.
pub const WIDE_FROM: u32 = 900;

/// The frame of the instrument, in tenths of a pixel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// Width of the whole picture.
    pub width: Tenths,
    /// Height of the whole picture.
    pub height: Tenths,
    /// Left end of the price axis.
    pub left: Tenths,
    /// Right end of the price axis.
    pub right: Tenths,
    /// Baselines of the two lines of price labels above the plot.
    pub labels: (Tenths, Tenths),
    /// Top and bottom of the main panel.
    pub main: (Tenths, Tenths),
    /// Where in it the lowest and the highest amount stand.
    pub amounts: (Tenths, Tenths),
    /// Baseline of the close-up's caption.
    pub caption: Tenths,
    /// Top and bottom of the close-up.
    pub close: (Tenths, Tenths),
    /// The price axis, on which the handles sit.
    pub axis: Tenths,
    /// Whether lines are named in a column of their own.
    pub is_wide: bool,
    /// Whether only the shortest labels fit.
    pub is_narrow: bool,
}

impl Layout {
    /// The frame of the small picture in an embed, without a close-up.
    pub fn small(width: u32) -> Self {
        let width = width.min(WIDE_FROM - 1);
        Self {
            height: 1100,
            labels: (150, 150),
            main: (220, 920),
            amounts: (920, 240),
            close: (220, 920),
            axis: 920,
            is_narrow: true,
            ..Self::for_width(width)
        }
    }

    /// The frame for a container this many pixels wide.
    pub fn for_width(width: u32) -> Self {
        let pixels = Tenths::try_from(width.clamp(240, 4000)).unwrap_or(1184) * 10;
        let is_wide = width >= WIDE_FROM;
        if is_wide {
            Self {
                width: pixels,
                height: 5660,
                left: 560,
                right: pixels - 2320,
                labels: (250, 400),
                main: (480, 3700),
                amounts: (3620, 630),
                caption: 4040,
                close: (4140, 5260),
                axis: 5270,
                is_wide,
                is_narrow: false,
            }
        } else {
            Self {
                width: pixels,
                height: 4460,
                left: 0,
                right: pixels,
                labels: (330, 480),
                main: (560, 2820),
                amounts: (2740, 710),
                caption: 3120,
                close: (3220, 4060),
                axis: 4070,
                is_wide,
                is_narrow: width < NARROW_BELOW,
            }
        }
    }
}

/// A stretch of the label line that is taken.
#[derive(Clone, Copy, Debug)]
struct Taken(Tenths, Tenths);

/// Puts labels beside their lines so that none touches another; a label that finds no room yields.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    taken: Vec<Taken>,
    bounds: (Tenths, Tenths),
}

/// Which side of its line a label stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Beside {
    Left,
    Right,
}

impl Shelf {
    pub(super) fn new(bounds: (Tenths, Tenths)) -> Self {
        Self { taken: Vec::new(), bounds }
    }

    /// The first of the two sides with room for a label of this width.
    pub(super) fn place(&mut self, at: Tenths, width: Tenths, first: Beside) -> Option<Beside> {
        let second = match first {
            Beside::Left => Beside::Right,
            Beside::Right => Beside::Left,
        };
        [first, second].into_iter().find(|side| {
            let span = match side {
                Beside::Right => Taken(at, at + width + 80),
                Beside::Left => Taken(at - width - 80, at),
            };
            let inside = self.bounds.0 <= span.0 && span.1 <= self.bounds.1;
            let free = self.taken.iter().all(|other| span.1 <= other.0 || other.1 <= span.0);
            if inside && free {
                self.taken.push(span);
            }
            inside && free
        })
    }
}

/// About how wide a text is: digits and letters of a sans face at this size.
pub(super) fn text_width(text: &str, size: Tenths) -> Tenths {
    let characters = Tenths::try_from(text.chars().count()).unwrap_or(40);
    characters * size * 57 / 100
}
