//! Money that moves, one arrow a movement, as thick as its amount.

use crate::quantity::Exact;

use super::layout::text_width;
use super::projection::{Scale, Tenths};
use super::svg::{Anchor, Svg, px};

/// One movement, with its words as they are printed.
#[derive(Clone, Copy, Debug)]
pub struct Movement<'a> {
    /// Who gives.
    pub from: &'a str,
    /// Who receives.
    pub to: &'a str,
    /// How much, above zero.
    pub amount: &'a Exact,
    /// The same as text.
    pub printed: &'a str,
}

const LABEL: Tenths = 130;
const ROW: Tenths = 440;
/// From the thinnest to the thickest arrow.
const THICK: (Tenths, Tenths) = (20, 140);
const GAP: Tenths = 80;
const HEAD: Tenths = 100;
/// The shortest arrow.
const SHORTEST: Tenths = 400;

/// The movements as SVG, from the top down; empty when there are none. The largest is the thickest.
///
/// `width` is in sixteenths of the root font size, as for every picture. Words and numbers come escaped
/// or hold nothing to escape.
pub fn movements(list: &[Movement<'_>], width: u32) -> String {
    let Some(most) = list.iter().map(|it| *it.amount).try_fold(Exact::ZERO, Exact::larger).ok()
    else {
        return String::new();
    };
    if list.is_empty() {
        return String::new();
    }
    let names = |name: fn(&Movement<'_>) -> String| {
        list.iter().map(|it| text_width(&name(it), LABEL)).max().unwrap_or_default()
    };
    let start = names(|it| it.from.into()) + GAP;
    let after = names(|it| it.to.into()) + GAP;
    // Where the text is large and the page narrow, the whole picture is scaled rather than an arrow lost.
    let right = Tenths::try_from(width).unwrap_or_default().saturating_mul(10);
    let right = right.max(start + SHORTEST + after);
    let end = right - after;
    let thick = Scale::new(&Exact::ZERO, &most, THICK.0, THICK.1);
    let rows = Tenths::try_from(list.len()).unwrap_or_default();
    let mut svg = Svg::default();
    let (w, h) = (px(right), px(rows.saturating_mul(ROW)));
    svg.raw(&format!(
        "<svg class=\"chart time flows\" viewBox=\"0 0 {w} {h}\" aria-hidden=\"true\">"
    ));
    for (row, it) in (0..).zip(list) {
        let top: Tenths = ROW.saturating_mul(row);
        let middle = top + 280;
        let half = thick.at(it.amount) / 2;
        let neck = end - HEAD;
        svg.text("lab", (0, middle + 45), Anchor::Start, it.from);
        svg.text("lab", (end + GAP, middle + 45), Anchor::Start, it.to);
        svg.text("lab lab-strong", ((start + end) / 2, middle - 110), Anchor::Middle, it.printed);
        svg.polygon(
            "flow",
            &[
                (start, middle - half),
                (neck, middle - half),
                (neck, middle - half - 40),
                (end, middle),
                (neck, middle + half + 40),
                (neck, middle + half),
                (start, middle + half),
            ],
        );
    }
    svg.raw("</svg>");
    svg.finish()
}
