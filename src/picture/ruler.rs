//! The price ruler: ticks, numbers, and the drawn grips of the three handles.

use super::layout::text_width;
use super::projection::Tenths;
use super::scene::Scene;
use super::svg::{Anchor, Svg};

/// Radius of a grip.
const GRIP: Tenths = 125;

pub(super) fn draw(svg: &mut Svg, scene: &Scene<'_>) {
    axis(svg, scene, (90, 290), false);
    grips(svg, scene);
}

/// The axis with ticks of this length and numbers this far below it; near its ends a number moves
/// inward, or yields.
pub(super) fn axis(
    svg: &mut Svg,
    scene: &Scene<'_>,
    (tick_length, drop): (Tenths, Tenths),
    yields: bool,
) {
    let layout = &scene.layout;
    let y = layout.axis;
    svg.line("axis1", (layout.left, y), (layout.right, y));
    let places = scene.x_ticks.places();
    for tick in &scene.x_ticks.values {
        let x = scene.x.at(&tick.value);
        svg.line("axis1", (x, y), (x, y + tick_length));
        let label = scene.amount(&tick.value, places);
        let half = text_width(&label, 130) / 2;
        if yields && (x - half < layout.left || layout.right < x + half) {
            continue;
        }
        let anchor = if layout.is_wide || (x > 150 && x < layout.right - 150) {
            Anchor::Middle
        } else if x <= 150 {
            Anchor::Start
        } else {
            Anchor::End
        };
        svg.text("tick", (x, y + drop), anchor, &label);
    }
}

fn grips(svg: &mut Svg, scene: &Scene<'_>) {
    let y = scene.layout.axis;
    let grip = |svg: &mut Svg, x: Tenths| svg.circle("grip", (x, y), GRIP);
    grip(svg, scene.entry.x);
    svg.circle("m-entry", (scene.entry.x, y), 50);
    grip(svg, scene.mark.x);
    svg.circle("m-ink", (scene.mark.x, y), 65);
    if let Some(closing) = scene.closing {
        grip(svg, closing.x);
        svg.diamond("m-liq", (closing.x, y), 70);
    }
}
