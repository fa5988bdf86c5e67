//! The margin-ratio gauge: a straight bar with uprights at the call threshold and at the end.

/// The gauge as SVG; positions are shares of its width, so it fits any.
///
/// `fill` and `warning` are in tenths of a percent.
pub(super) fn gauge(fill: u16, warning: u16, warning_text: &str) -> String {
    let share = |tenths: u16| {
        let whole = tenths.checked_div(10).unwrap_or(0);
        let rest = tenths.checked_rem(10).unwrap_or(0);
        format!("{whole}.{rest}%")
    };
    let (fill, at) = (share(fill), share(warning));
    // A label near the start would leave the bar on its left.
    let anchor = if warning < 300 { "start" } else { "end" };
    // The two labels share a line; the call's yields where they would touch.
    let label = if warning > 880 {
        String::new()
    } else {
        format!(
            "<text x=\"{at}\" y=\"2.35rem\" text-anchor=\"{anchor}\">margin call {warning_text}</text>"
        )
    };
    format!(
        "<svg class=\"meter\" width=\"100%\" height=\"2.6rem\" aria-hidden=\"true\">\
         <rect class=\"bar\" x=\"0\" y=\"0.35rem\" width=\"100%\" height=\"0.7rem\"/>\
         <rect class=\"fill\" x=\"0\" y=\"0.35rem\" width=\"{fill}\" height=\"0.7rem\"/>\
         <line class=\"th\" x1=\"{at}\" x2=\"{at}\" y1=\"0\" y2=\"1.4rem\"/>\
         <line class=\"th\" x1=\"100%\" x2=\"100%\" y1=\"0\" y2=\"1.4rem\"/>\
         {label}<text x=\"100%\" y=\"2.35rem\" text-anchor=\"end\">closed</text></svg>"
    )
}
