//! The main panel: both lines at true scale, the cushion between them, and the prices that matter.

use crate::quantity::Exact;
use crate::words::cushion;

use super::layout::{Beside, Shelf, text_width};
use super::projection::Tenths;
use super::scene::{Scene, Spot};
use super::svg::{Anchor, Svg, px};

/// Size of ordinary chart text.
const LABEL: Tenths = 130;
/// Size of prices in the chart.
const NUMBER: Tenths = 150;

pub(super) fn draw(svg: &mut Svg, scene: &Scene<'_>) {
    axes(svg, scene);
    washes(svg, scene);
    plumbs(svg, scene);
    lines(svg, scene);
    edges(svg, scene);
    spare(svg, scene);
    marks(svg, scene);
    price_labels(svg, scene);
    inner_labels(svg, scene);
    names(svg, scene);
}

fn axes(svg: &mut Svg, scene: &Scene<'_>) {
    let layout = &scene.layout;
    let places = scene.y_ticks.places();
    for tick in &scene.y_ticks.values {
        let y = scene.y.at(&tick.value);
        let class = if tick.value.is_zero() { "axis0" } else { "grid" };
        svg.line(class, (layout.left, y), (layout.right, y));
        let label = scene.amount(&tick.value, places);
        if layout.is_wide {
            svg.text("tick", (layout.left - 100, y + 45), Anchor::End, &label);
        } else if !tick.value.is_zero() {
            svg.text("tick", (20, y - 50), Anchor::Start, &label);
        }
    }
    let unit = if layout.is_wide { "USDT" } else { "USDT of collateral" };
    let height = if layout.is_wide { 180 } else { 130 };
    svg.text("tick", (0, height), Anchor::Start, unit);
}

/// The zone in which the position is closed, as its two x positions.
fn closed_zone(scene: &Scene<'_>) -> Option<(Tenths, Tenths)> {
    let closing = scene.closing?;
    let x = closing.x.clamp(scene.layout.left, scene.layout.right);
    Some(if scene.is_long() { (scene.layout.left, x) } else { (x, scene.layout.right) })
}

pub(super) fn washes(svg: &mut Svg, scene: &Scene<'_>) {
    let layout = &scene.layout;
    let Some(closing) = scene.closing else {
        return;
    };
    if let Some(zone) = closed_zone(scene) {
        svg.rect("closed", zone, layout.main);
    }
    let need = scene.need_points(&scene.y);
    let have = scene.have_ends(&scene.y);
    // Between the lines from the closing price outward to the end of the range: the shortfall.
    let outer = if scene.is_long() { have[0] } else { have[1] };
    let far_need = if scene.is_long() { need.first() } else { need.last() };
    if let Some(far_need) = far_need {
        svg.polygon("wash-need", &[(closing.x, closing.have), *far_need, outer]);
    }
    if scene.is_past() {
        return;
    }
    // And inward to the mark: the cushion, along the corners of the requirement.
    let mark = scene.mark;
    let (from, to) = (closing.x.min(mark.x), closing.x.max(mark.x));
    let mut corners: Vec<(Tenths, Tenths)> =
        need.into_iter().filter(|(x, _)| from < *x && *x < to).collect();
    if closing.x < mark.x {
        corners.reverse();
    }
    let mut outline = vec![(closing.x, closing.have), (mark.x, mark.have), (mark.x, mark.need)];
    outline.extend(corners);
    svg.polygon("wash-have", &outline);
}

fn plumbs(svg: &mut Svg, scene: &Scene<'_>) {
    let (top, bottom) = (scene.layout.main.0, scene.layout.axis);
    let mut plumb = |class: &str, x: Tenths, from: Tenths| {
        if (scene.layout.left..=scene.layout.right).contains(&x) {
            svg.line(class, (x, from), (x, bottom));
        }
    };
    if !scene.mark_is_entry() {
        plumb("plumb dash", scene.entry.x, top);
    }
    plumb("plumb strong", scene.mark.x, top);
    if let Some(closing) = scene.closing {
        plumb("plumb strong", closing.x, top);
    }
    if let Some(call) = scene.call {
        plumb("plumb dash", call.x, call.have);
    }
    if let Some(x) = scene.bankruptcy() {
        plumb("plumb dash", x, scene.y.at(&Exact::ZERO));
    }
}

pub(super) fn lines(svg: &mut Svg, scene: &Scene<'_>) {
    svg.polyline("need", &scene.need_points(&scene.y));
    let [start, end] = scene.have_ends(&scene.y);
    let zero = scene.y.at(&Exact::ZERO);
    match scene.bankruptcy() {
        // Solid down to nothing, dashed beyond: more than the margin is not yours to lose.
        Some(x) if scene.is_long() => {
            svg.polyline("have ghost", &[(x, zero), start]);
            svg.polyline("have", &[(x, zero), end]);
        }
        Some(x) => {
            svg.polyline("have ghost", &[(x, zero), end]);
            svg.polyline("have", &[start, (x, zero)]);
        }
        None => svg.polyline("have", &[start, end]),
    }
}

/// An upright stroke at each tier edge in view, and a plain label at the one nearest the mark.
pub(super) fn edges(svg: &mut Svg, scene: &Scene<'_>) {
    let layout = &scene.layout;
    let mut nearest: Option<(Tenths, String, Tenths)> = None;
    for pair in scene.curve.requirement.windows(2) {
        let [before, after] = pair else {
            continue;
        };
        let (x, y) = (scene.x.at(after.from.price.exact()), scene.y.at(after.from.amount.exact()));
        svg.line("kink", (x, y - 90), (x, y + 90));
        let away = (x - scene.mark.x).abs();
        if nearest.as_ref().is_none_or(|(_, _, other)| away < *other) {
            let rates =
                [before, after].map(|stretch| *stretch.tier.maintenance_margin_rate.exact());
            let [low, high] = rates;
            let doubled = low.plus(&low).is_ok_and(|twice| twice == high);
            let floor = scene.pen.short(&after.tier.floor, 2);
            let text = if doubled {
                format!("rate doubles above {floor}")
            } else {
                format!("rate rises to {} above {floor}", scene.pen.rate(&high))
            };
            nearest = Some((x, text, away));
        }
    }
    let Some((x, text, _)) = nearest.filter(|_| layout.is_wide) else {
        return;
    };
    let y = scene.mark.need.max(scene.closing.map_or(scene.mark.need, |closing| closing.need));
    let half = text_width(&text, LABEL) / 2;
    let x = x.clamp(layout.left + half + 60, layout.right - half - 60);
    if y + 300 < layout.main.1 {
        svg.text("lab need-t", (x, y + 260), Anchor::Middle, &text);
    }
}

/// The brace at the mark: how much is to spare, or missing.
fn spare(svg: &mut Svg, scene: &Scene<'_>) {
    let mark = scene.mark;
    let (sum, is_spare) = cushion(scene.answer);
    let (top, bottom) = (mark.have.min(mark.need), mark.have.max(mark.need));
    let words = if is_spare { "to spare" } else { "short" };
    let width = text_width(&sum, NUMBER).max(text_width(words, LABEL)) + 180;
    // Where the label would cover the entry line or the diamond, or leave the picture, it stands on
    // the other side, if there is room.
    let closing = scene.closing.map_or(scene.entry.x, |closing| closing.x);
    let is_free = |way: Tenths| {
        let reach = |x: Tenths, halo: Tenths| (1..width + halo).contains(&((x - mark.x) * way));
        let end = mark.x + width * way;
        let inside = scene.layout.left <= end && end <= scene.layout.right;
        inside && !reach(scene.entry.x, 0) && !reach(closing, 170)
    };
    let left = !is_free(1) && is_free(-1);
    let way = if left { -1 } else { 1 };
    let arm = px(mark.x + 140 * way);
    let foot = px(mark.x + 50 * way);
    let (t, b) = (px(top), px(bottom));
    if bottom - top < 60 {
        return;
    }
    svg.path("brace", &format!("M{foot} {t}H{arm}V{b}H{foot}"));
    let middle = (top + bottom) / 2;
    let anchor = if left { Anchor::End } else { Anchor::Start };
    let x = mark.x + 220 * way;
    svg.text("lab-num", (x, middle), anchor, &sum);
    svg.text("lab", (x, middle + 160), anchor, words);
}

fn marks(svg: &mut Svg, scene: &Scene<'_>) {
    let in_view = |spot: &Spot| (scene.layout.left..=scene.layout.right).contains(&spot.x);
    if in_view(&scene.entry) && !scene.mark_is_entry() {
        svg.circle("m-entry", (scene.entry.x, scene.entry.have), 70);
    }
    if in_view(&scene.mark) {
        svg.circle("m-have", (scene.mark.x, scene.mark.have), 50);
        svg.circle("m-need", (scene.mark.x, scene.mark.need), 50);
    }
    if let Some(call) = scene.call.filter(in_view) {
        svg.caret("m-call", (call.x, call.have));
    }
    if let Some(x) = scene.bankruptcy() {
        svg.cross("m-bk", (x, scene.y.at(&Exact::ZERO)), 50);
    }
    if let Some(closing) = scene.closing.filter(in_view) {
        svg.circle("halo", (closing.x, closing.have), 170);
        svg.diamond("m-liq", (closing.x, closing.have), 90);
    }
}

/// Names and prices above the plot. If two would touch, entry yields, then the mark; the liquidation
/// price never does.
fn price_labels(svg: &mut Svg, scene: &Scene<'_>) {
    let layout = &scene.layout;
    let mut shelf = Shelf::new((0, layout.width));
    let long = scene.is_long();
    let toward_mark = if long { Beside::Right } else { Beside::Left };
    let mut label = |x: Tenths, class: &str, name: &str, price: &str, first: Beside| {
        let width = text_width(name, LABEL).max(text_width(price, NUMBER));
        let Some(side) = shelf.place(x, width, first) else {
            return;
        };
        let (x, anchor) = match side {
            Beside::Right => (x + 80, Anchor::Start),
            Beside::Left => (x - 80, Anchor::End),
        };
        svg.text(class, (x, layout.labels.0), anchor, name);
        svg.text("lab-num", (x, layout.labels.1), anchor, price);
    };
    if let (Some(spot), Some(closing)) = (scene.closing, scene.answer.report.liquidation.crossing())
    {
        let name = if layout.is_wide { "liquidation price" } else { "closed" };
        let away = if long { Beside::Left } else { Beside::Right };
        let first = if layout.is_wide { away } else { toward_mark };
        label(spot.x, "lab lab-strong", name, &scene.pen.price(&closing.price), first);
    }
    let mark = scene.pen.price(&scene.answer.market.mark_price);
    let opposite = |first: Beside| if first == Beside::Left { Beside::Right } else { Beside::Left };
    if scene.mark_is_entry() {
        label(scene.mark.x, "lab", "entry and mark", &mark, toward_mark);
    } else {
        let entry_right = scene.mark.x < scene.entry.x;
        let away = if entry_right { Beside::Left } else { Beside::Right };
        label(scene.mark.x, "lab", "mark now", &mark, away);
        let entry = scene.pen.price(&scene.answer.position.entry_price);
        label(scene.entry.x, "lab", "entry", &entry, opposite(away));
    }
}

fn inner_labels(svg: &mut Svg, scene: &Scene<'_>) {
    let layout = &scene.layout;
    if let Some((from, to)) = closed_zone(scene)
        && layout.is_wide
        && to - from > 1150
    {
        svg.text("lab", (from + 100, layout.main.0 + 280), Anchor::Start, "closed by");
        svg.text("lab", (from + 100, layout.main.0 + 450), Anchor::Start, "the exchange");
    }
    if let Some(x) = scene.bankruptcy() {
        let zero = scene.y.at(&Exact::ZERO);
        let price = scene
            .answer
            .report
            .bankruptcy_price
            .map_or_else(String::new, |bankruptcy| scene.pen.price(&bankruptcy.price));
        let words = format!("nothing left {price}");
        let width = text_width(&words, LABEL);
        let room_right = layout.right - x > width + 120;
        let (x, anchor) = if room_right && (scene.is_long() || x - layout.left < width + 120) {
            (x + 70, Anchor::Start)
        } else {
            (x - 70, Anchor::End)
        };
        // Between the lines' names there is no room for it on a narrow page; the key figures hold it.
        let end = if anchor == Anchor::Start { x + width } else { x };
        let name = text_width("What you must keep", NUMBER) + 60;
        if layout.is_wide || end + name < layout.right {
            svg.text("lab", (x, zero + 190), anchor, &words);
        }
    }
    call_label(svg, scene);
}

/// The margin call's price on a stalk above its triangle, when there is room beside it.
fn call_label(svg: &mut Svg, scene: &Scene<'_>) {
    let (Some(call), Some(crossing)) = (scene.call, scene.answer.report.margin_call.crossing())
    else {
        return;
    };
    let text = scene.pen.price(&crossing.price);
    let width = text_width(&text, NUMBER).max(text_width("margin call", LABEL)) + 150;
    if (call.x - scene.mark.x).abs() < width || !scene.layout.is_wide {
        return;
    }
    let (x, anchor) =
        if scene.is_long() { (call.x + 70, Anchor::Start) } else { (call.x - 70, Anchor::End) };
    let top = (call.have - 850).max(scene.layout.main.0 + 400);
    if call.have - 150 <= top {
        return;
    }
    svg.line("plumb", (call.x, call.have - 140), (call.x, top));
    svg.text("lab", (x, top - 50), anchor, "margin call");
    svg.text("lab-num", (x, top + 110), anchor, &text);
}

/// What the two lines are: in the right gutter with live values, or inside the plot.
fn names(svg: &mut Svg, scene: &Scene<'_>) {
    let layout = &scene.layout;
    let [start, end] = scene.have_ends(&scene.y);
    let need = scene.need_points(&scene.y);
    if layout.is_wide {
        let need_end = need.last().map_or(layout.main.1, |point| point.1);
        let (mut have_y, mut need_y) = (end.1, need_end);
        let (least, most) = (layout.main.0 + 100, layout.main.1 - 560);
        (have_y, need_y) = (have_y.clamp(least, most), need_y.clamp(least, most));
        if (have_y - need_y).abs() < 860 {
            let have_above = end.1 <= need_end;
            let upper = have_y.min(need_y).min(most - 860).max(least);
            (have_y, need_y) = if have_above { (upper, upper + 860) } else { (upper + 860, upper) };
        }
        let report = &scene.answer.report;
        let mark = format!("at mark {}", scene.pen.price(&scene.answer.market.mark_price));
        let rows = [
            (
                have_y,
                "have-t",
                "What you have",
                "margin balance (equity)",
                scene.pen.available(&report.margin_balance),
            ),
            (
                need_y,
                "need-t",
                "What you must keep",
                "maintenance margin",
                scene.pen.required(&report.maintenance_margin),
            ),
        ];
        let x = layout.right + 160;
        for (y, class, name, term, value) in rows {
            svg.text(&format!("name {class}"), (x, y), Anchor::Start, name);
            svg.text("lab", (x, y + 180), Anchor::Start, term);
            svg.text(&format!("read {class}"), (x, y + 420), Anchor::Start, &value);
            svg.text("lab", (x, y + 590), Anchor::Start, &mark);
        }
        return;
    }
    // Where nothing else is written: what you have above its line at the open end of the plot, what
    // you must keep below its line at the right end.
    let (x, anchor) = if scene.is_long() {
        (layout.right - 340, Anchor::End)
    } else {
        (layout.left + 440, Anchor::Start)
    };
    let span = (end.0 - start.0).max(1);
    let y = start.1 + (end.1 - start.1) * ((x - start.0) / 10) / (span / 10).max(1);
    let y = (y - 120).max(layout.main.0 + 120);
    svg.text("name have-t", (x, y), anchor, "What you have");
    if let Some(need_end) = need.last() {
        // Not on the zero line, which would strike it through.
        let (below, zero) = (need_end.1 + 200, scene.y.at(&Exact::ZERO));
        let is_struck = (below - 150..below + 50).contains(&zero) && zero + 190 <= layout.main.1;
        let y = if is_struck { zero + 190 } else { below };
        svg.text("name need-t", (layout.right - 20, y), Anchor::End, "What you must keep");
    }
}
