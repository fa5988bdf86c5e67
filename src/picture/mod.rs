//! The signature picture as SVG text, without a browser.
//!
//! Drawn at the container's real width, so that text is never scaled. Figures come from an
//! [`Answer`]; only `projection` turns them into positions.
#![expect(
    clippy::arithmetic_side_effects,
    reason = "positions in tenths of a pixel, clamped to a few thousand pixels by the projection"
)]

mod close_up;
mod describe;
mod flow;
mod layout;
mod lines;
mod main_panel;
mod projection;
mod rail;
mod ruler;
mod scene;
mod small;
mod svg;
mod touch;

pub use describe::{TableRow, description, table};
pub use flow::{Movement, movements};
pub use layout::{Layout, NARROW_BELOW, WIDE_FROM};
pub use lines::{
    Frame, Line, LineChart, Marker, Point, Reference, Shape, Stroke, Table, TimeUnit, Tone, moment,
};
pub use projection::{
    LEVERAGE_STEPS, Scale, Tenths, leverage_at, leverage_position, log_position, log_value,
};
pub use rail::{Rail, RailTick, rail, rail_picture};
pub use touch::{Handle, field_span, handle_at, price_at, snapped_leverage, snapped_price};

use crate::margin::{ComputeError, PriceRange};
use crate::words::Answer;

use scene::Scene;
use svg::{Svg, px};

/// The picture of an answer over a range of prices, for a container this many pixels wide.
///
/// Fails only with a number that has too many digits.
pub fn draw(answer: &Answer, range: &PriceRange, width: u32) -> Result<String, ComputeError> {
    drawn(answer, range, Layout::for_width(width), |svg, scene| {
        main_panel::draw(svg, scene);
        close_up::draw(svg, scene);
        ruler::draw(svg, scene);
    })
}

/// The small picture of an embed: both lines and the prices that matter, with nothing to hold.
pub fn draw_small(answer: &Answer, range: &PriceRange, width: u32) -> Result<String, ComputeError> {
    drawn(answer, range, Layout::small(width), small::draw)
}

fn drawn(
    answer: &Answer,
    range: &PriceRange,
    layout: Layout,
    parts: fn(&mut Svg, &Scene<'_>),
) -> Result<String, ComputeError> {
    let scene = Scene::new(answer, range, layout)?;
    let mut svg = Svg::default();
    let (w, h) = (px(scene.layout.width), px(scene.layout.height));
    svg.raw(&format!(
        "<svg class=\"chart sig\" viewBox=\"0 0 {w} {h}\" role=\"img\" \
         aria-label=\"{}\">",
        description(answer, range)?
    ));
    parts(&mut svg, &scene);
    svg.raw("</svg>");
    Ok(svg.finish())
}
