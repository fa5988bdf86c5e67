//! The close-up: the requirement on its own scale, so that its kinks are visible.

use crate::quantity::Rounding;

use super::layout::text_width;
use super::scene::Scene;
use super::svg::{Anchor, Svg, px};

pub(super) fn draw(svg: &mut Svg, scene: &Scene<'_>) {
    let layout = &scene.layout;
    let (top, bottom) = layout.close;
    let stretch = scene.close_y.stretch_over(&scene.y);
    let times = scene.pen.short(&crate::quantity::Exact::from_integer(stretch), 0);
    let (what, tail) = match (layout.is_wide, scene.curve.requirement.len()) {
        (false, _) => ("Close-up", ""),
        (true, 1) => ("Close-up of what you must keep", ", one tier, no edge in view"),
        (true, _) => ("Close-up of what you must keep", ""),
    };
    let caption = format!("{what}, stretched {times} times{tail}");
    svg.text("lab", (layout.left, layout.caption), Anchor::Start, &caption);

    for tick in &scene.close_ticks.values {
        let y = scene.close_y.at(&tick.value);
        svg.line("grid", (layout.left, y), (layout.right, y));
        if layout.is_wide {
            let label = scene.amount(&tick.value, scene.close_ticks.places());
            svg.text("tick", (layout.left - 100, y + 45), Anchor::End, &label);
        }
    }
    let (x, y) = (px(layout.left), px(top));
    let (width, height) = (px(layout.right - layout.left), px(bottom - top));
    svg.raw(&format!(
        "<svg x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" \
        viewBox=\"{x} {y} {width} {height}\">"
    ));
    if let Some(closing) = scene.closing {
        let end = if scene.is_long() { layout.left } else { layout.right };
        svg.rect("closed", (closing.x, end), layout.close);
    }
    svg.polyline("have thin", &scene.have_ends(&scene.close_y));
    svg.polyline("need", &scene.need_points(&scene.close_y));
    for stretch in scene.curve.requirement.iter().skip(1) {
        let x = scene.x.at(stretch.from.price.exact());
        svg.line("kinkline", (x, top), (x, bottom));
    }
    svg.raw("</svg>");
    points(svg, scene);
    rate_labels(svg, scene);
    if layout.is_wide {
        meeting(svg, scene);
    }
}

fn points(svg: &mut Svg, scene: &Scene<'_>) {
    for stretch in scene.curve.requirement.iter().skip(1) {
        let at =
            (scene.x.at(stretch.from.price.exact()), scene.close_y.at(stretch.from.amount.exact()));
        svg.circle("m-need", at, 40);
    }
    let need = scene.close_y.at(scene.answer.report.maintenance_margin.exact());
    svg.circle("m-need", (scene.mark.x, need), 50);
    if let (Some(closing), Some(money)) = (scene.closing, scene.money_at_closing()) {
        svg.diamond("m-liq", (closing.x, scene.close_y.at(money.exact())), 75);
    }
}

/// The rate in force on each stretch that is wide enough, and the price of each edge that has room.
fn rate_labels(svg: &mut Svg, scene: &Scene<'_>) {
    let layout = &scene.layout;
    let several = scene.curve.requirement.len() > 1;
    for stretch in &scene.curve.requirement {
        let ends = [&stretch.from, &stretch.to].map(|corner| {
            (scene.x.at(corner.price.exact()), scene.close_y.at(corner.amount.exact()))
        });
        let [(from, left_y), (to, right_y)] = ends;
        let rate = scene.pen.rate(stretch.tier.maintenance_margin_rate.exact());
        let text = if layout.is_wide { format!("{rate} tier") } else { rate };
        let width = text_width(&text, 130);
        if to - from < width + 200 {
            continue;
        }
        // Above the line where it has room above, below it otherwise; a quarter in from the left,
        // clear of the edges.
        let x = from + (to - from) / 3;
        let y = left_y + (right_y - left_y) / 3;
        let y = if y - 300 < layout.close.0 { y + 240 } else { y - 120 };
        svg.text("lab need-t", (x, y), Anchor::Middle, &text);
    }
    if !several || !layout.is_wide {
        return;
    }
    for stretch in scene.curve.requirement.iter().skip(1).take(2) {
        let price = scene.pen.near_price(&stretch.from.price);
        let text = format!("tier edge {price}");
        let x = scene.x.at(stretch.from.price.exact());
        let width = text_width(&text, 130);
        let (x, anchor) = if x - width - 140 > layout.left {
            (x - 70, Anchor::End)
        } else {
            (x + 70, Anchor::Start)
        };
        let y = scene.close_y.at(stretch.from.amount.exact());
        let y = if y + 400 < layout.close.1 { layout.close.1 - 100 } else { layout.close.0 + 160 };
        svg.text("lab", (x, y), anchor, &text);
    }
}

/// What both lines are worth where they meet.
fn meeting(svg: &mut Svg, scene: &Scene<'_>) {
    let (Some(closing), Some(money)) =
        (scene.answer.report.liquidation.crossing(), scene.money_at_closing())
    else {
        return;
    };
    let x = scene.layout.right + 160;
    let y = scene.layout.close.0 - 120;
    let at = format!("Both lines at {}:", scene.pen.near_price(&closing.exact));
    svg.text("lab", (x, y), Anchor::Start, &at);
    let value = scene.pen.places(money.exact(), 2, Rounding::HalfEven);
    svg.text("read", (x, y + 220), Anchor::Start, &value);
    svg.text("lab", (x, y + 390), Anchor::Start, "have = must keep");
}
