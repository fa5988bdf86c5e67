//! The small picture of an embed: what you have, what you must keep, and where they meet.

use crate::quantity::{Exact, Money, Rounding};

use super::layout::{Beside, Shelf, text_width};
use super::main_panel::{edges, lines, washes};
use super::projection::Tenths;
use super::ruler::axis;
use super::scene::{Scene, Spot};
use super::svg::{Anchor, Svg};

/// Size of its text.
const LABEL: Tenths = 130;

pub(super) fn draw(svg: &mut Svg, scene: &Scene<'_>) {
    let layout = &scene.layout;
    let zero = scene.y.at(&Exact::ZERO);
    svg.line("axis0", (layout.left, zero), (layout.right, zero));
    washes(svg, scene);
    plumb(svg, scene, "plumb strong", scene.closing);
    plumb(svg, scene, "plumb strong", Some(scene.mark));
    if !scene.mark_is_entry() {
        plumb(svg, scene, "plumb dash", Some(scene.entry));
    }
    lines(svg, scene);
    edges(svg, scene);
    marks(svg, scene);
    prices(svg, scene);
    amounts(svg, scene);
    axis(svg, scene, (50, 170), true);
}

fn in_view(scene: &Scene<'_>, spot: Option<Spot>) -> Option<Spot> {
    spot.filter(|spot| (scene.layout.left..=scene.layout.right).contains(&spot.x))
}

fn plumb(svg: &mut Svg, scene: &Scene<'_>, class: &str, spot: Option<Spot>) {
    if let Some(spot) = in_view(scene, spot) {
        svg.line(class, (spot.x, scene.layout.main.0 - 20), (spot.x, scene.layout.axis));
    }
}

fn marks(svg: &mut Svg, scene: &Scene<'_>) {
    if let Some(entry) = in_view(scene, Some(scene.entry)) {
        svg.circle("m-entry", (entry.x, entry.have), 50);
    }
    if let Some(mark) = in_view(scene, Some(scene.mark)) {
        svg.circle("m-have", (mark.x, mark.have), 45);
    }
    if let Some(closing) = in_view(scene, scene.closing) {
        svg.circle("halo", (closing.x, closing.have), 120);
        svg.diamond("m-liq", (closing.x, closing.have), 70);
    }
}

/// One line above the plot. If two labels would touch, entry yields, then the mark.
fn prices(svg: &mut Svg, scene: &Scene<'_>) {
    let layout = &scene.layout;
    let mut shelf = Shelf::new((layout.left, layout.right));
    let mut label = |spot: Option<Spot>, class: &str, text: &str, first: Beside| {
        let width = text_width(text, LABEL);
        let Some((spot, side)) =
            spot.and_then(|spot| Some((spot, shelf.place(spot.x, width, first)?)))
        else {
            return;
        };
        let (x, anchor) = match side {
            Beside::Right => (spot.x + 50, Anchor::Start),
            Beside::Left => (spot.x - 50, Anchor::End),
        };
        svg.text(class, (x, layout.labels.0), anchor, text);
    };
    let toward_mark = if scene.is_long() { Beside::Right } else { Beside::Left };
    label(in_view(scene, scene.closing), "lab lab-strong", "closed", toward_mark);
    let (mark, entry) = (Some(scene.mark), Some(scene.entry));
    if scene.mark_is_entry() {
        label(in_view(scene, mark), "lab", "entry and mark", toward_mark);
        return;
    }
    let (away, opposite) = if scene.mark.x < scene.entry.x {
        (Beside::Left, Beside::Right)
    } else {
        (Beside::Right, Beside::Left)
    };
    let price = scene.pen.price(&scene.answer.market.mark_price);
    label(in_view(scene, mark), "lab", &format!("mark {price}"), away);
    label(in_view(scene, entry), "lab", "entry", opposite);
}

/// What is had, beside the mark and above its line; what must be kept, above its own at the open end.
fn amounts(svg: &mut Svg, scene: &Scene<'_>) {
    let layout = &scene.layout;
    let report = &scene.answer.report;
    let inside = |from: Tenths, to: Tenths| layout.left <= from && to <= layout.right;
    let have = format!("you have {}", short(scene, &report.margin_balance, Rounding::Floor));
    let width = text_width(&have, LABEL);
    let (mark, up) = (scene.mark, if scene.is_long() { -1 } else { 1 });
    let at = (mark.x + 80 * up, (mark.have - 60).max(layout.main.0 + 110));
    // Its other end: over the line as it rises, so it never crosses it.
    let (from, to) = (at.0.min(at.0 + width * up), at.0.max(at.0 + width * up));
    if inside(from, to) && !scene.is_past() {
        let anchor = if scene.is_long() { Anchor::End } else { Anchor::Start };
        svg.text("lab have-t", at, anchor, &have);
    }
    let keep = format!("must keep {}", short(scene, &report.maintenance_margin, Rounding::Ceiling));
    let need = scene.need_points(&scene.y);
    let [start, end] = scene.have_ends(&scene.y);
    let (corner, line, anchor) = if scene.is_long() {
        (need.last(), end.1, Anchor::End)
    } else {
        (need.first(), start.1, Anchor::Start)
    };
    if let Some((x, y)) = corner.filter(|(_, y)| line + 300 < *y) {
        svg.text("lab need-t", (*x, y - 65), anchor, &keep);
    }
}

/// Money in a few characters: cents only for small sums.
fn short(scene: &Scene<'_>, money: &Money, rounding: Rounding) -> String {
    let is_large = Exact::from_integer(100).is_at_most(money.exact()).unwrap_or(false);
    scene.pen.places(money.exact(), if is_large { 0 } else { 2 }, rounding)
}
