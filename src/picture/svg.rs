//! SVG text: shapes at positions in tenths of a pixel.

use core::fmt::Write;

use super::projection::Tenths;

/// An SVG being written.
#[derive(Debug, Default)]
pub(super) struct Svg {
    text: String,
}

/// A position as SVG writes it: `123.4`.
pub(super) fn px(tenths: Tenths) -> String {
    let sign = if tenths < 0 { "-" } else { "" };
    let size = tenths.unsigned_abs();
    match size % 10 {
        0 => format!("{sign}{}", size / 10),
        rest => format!("{sign}{}.{rest}", size / 10),
    }
}

/// Points as `points` attributes write them.
fn points(list: &[(Tenths, Tenths)]) -> String {
    let mut text = String::with_capacity(list.len() * 12);
    for (x, y) in list {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&px(*x));
        text.push(',');
        text.push_str(&px(*y));
    }
    text
}

/// Which end of a text stands at its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

impl Anchor {
    fn name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Middle => "middle",
            Self::End => "end",
        }
    }
}

impl Svg {
    pub(super) fn finish(self) -> String {
        self.text
    }

    pub(super) fn raw(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn write(&mut self, arguments: core::fmt::Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = self.text.write_fmt(arguments);
    }

    pub(super) fn line(&mut self, class: &str, from: (Tenths, Tenths), to: (Tenths, Tenths)) {
        let (x1, y1, x2, y2) = (px(from.0), px(from.1), px(to.0), px(to.1));
        self.write(format_args!(
            "<line class=\"{class}\" x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\"/>"
        ));
    }

    pub(super) fn rect(&mut self, class: &str, x: (Tenths, Tenths), y: (Tenths, Tenths)) {
        let (left, right) = (x.0.min(x.1), x.0.max(x.1));
        let (width, height) = (px(right - left), px(y.1 - y.0));
        let (x, y) = (px(left), px(y.0));
        self.write(format_args!(
            "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/>"
        ));
    }

    pub(super) fn polyline(&mut self, class: &str, list: &[(Tenths, Tenths)]) {
        let points = points(list);
        self.write(format_args!("<polyline class=\"{class}\" points=\"{points}\"/>"));
    }

    pub(super) fn polygon(&mut self, class: &str, list: &[(Tenths, Tenths)]) {
        let points = points(list);
        self.write(format_args!("<polygon class=\"{class}\" points=\"{points}\"/>"));
    }

    pub(super) fn circle(&mut self, class: &str, at: (Tenths, Tenths), radius: Tenths) {
        let (x, y, r) = (px(at.0), px(at.1), px(radius));
        self.write(format_args!("<circle class=\"{class}\" cx=\"{x}\" cy=\"{y}\" r=\"{r}\"/>"));
    }

    pub(super) fn path(&mut self, class: &str, data: &str) {
        self.write(format_args!("<path class=\"{class}\" d=\"{data}\"/>"));
    }

    /// Text of our own words and printed numbers, which hold nothing to escape.
    pub(super) fn text(&mut self, class: &str, at: (Tenths, Tenths), anchor: Anchor, text: &str) {
        let (x, y, anchor) = (px(at.0), px(at.1), anchor.name());
        self.write(format_args!(
            "<text class=\"{class}\" x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\">{text}</text>"
        ));
    }

    pub(super) fn diamond(&mut self, class: &str, at: (Tenths, Tenths), radius: Tenths) {
        let (x, y) = at;
        self.polygon(class, &[(x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y)]);
    }

    pub(super) fn cross(&mut self, class: &str, at: (Tenths, Tenths), arm: Tenths) {
        let (left, right) = (px(at.0 - arm), px(at.0 + arm));
        let (top, bottom) = (px(at.1 - arm), px(at.1 + arm));
        self.path(class, &format!("M{left} {top}L{right} {bottom}M{left} {bottom}L{right} {top}"));
    }

    /// A triangle that points down at a position.
    pub(super) fn caret(&mut self, class: &str, at: (Tenths, Tenths)) {
        let (x, y) = at;
        self.polygon(class, &[(x, y - 30), (x - 65, y - 140), (x + 65, y - 140)]);
    }
}
