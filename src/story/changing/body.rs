//! What stands in the chapter's body from the first moment on.

use crate::changing::{INTERVAL_S, LENGTH_S};
use crate::page::Writes;
use crate::text::NumberStyle;

use crate::story::number::NumberField;

/// The body, with empty places for all that depends on numbers.
pub(super) fn body() -> String {
    let minutes = LENGTH_S / 60;
    let readings = LENGTH_S / INTERVAL_S;
    format!(
        "<div class=\"split\"><div class=\"stack\">\
         <p class=\"prose\">Some venues raise the requirement while you hold the position, when markets \
         become violent or crowded. The line then moves towards you, and the price need not move at \
         all.</p>{}{}\
         <div class=\"m\" id=\"changing-working\"></div>\
         <p class=\"cap\" id=\"changing-rule\"></p></div>\
         <div class=\"stack\"><p class=\"say problem\" id=\"changing-failed\" role=\"status\"></p>\
         <div class=\"over-chart\"><div id=\"changing-chart\"></div><div id=\"changing-cursor\"></div></div>\
         <p class=\"acts transport\"><button class=\"button\" type=\"button\" id=\"changing-play\">Play</button>\
         <label class=\"vh\" for=\"changing-at\">Moment</label><span class=\"track\"><span class=\"groove\">\
         </span><input class=\"slider\" type=\"range\" id=\"changing-at\" min=\"0\" max=\"{readings}\" \
         step=\"1\" value=\"{readings}\"></span></p>\
         <p class=\"small\" id=\"changing-moment\"></p>\
         <p class=\"cap\">{minutes} minutes, {readings} readings of the market, one every {INTERVAL_S} s. \
         The mark is drawn by hand, to be nearly still.</p>\
         <details class=\"quiet\"><summary>Show as table</summary><div class=\"scroll\" tabindex=\"0\" \
         role=\"region\" aria-label=\"The ten minutes as a table\" id=\"changing-table-of\"></div></details>\
         </div></div>\
         <div class=\"split even\"><div class=\"stack\"><h3 class=\"h3\">A table replaced mid-trade</h3>\
         <p class=\"prose\">Tables change, sometimes without notice, and an open position falls under the \
         new one at once.</p>\
         <div class=\"frow two\"><label for=\"changing-table\">New table</label>\
         <select class=\"field pick\" id=\"changing-table\"></select></div>{}\
         <table class=\"pairs\"><thead><tr><th scope=\"col\"><span class=\"vh\">Figure</span></th>\
         <th scope=\"col\">Before</th><th scope=\"col\">After</th></tr></thead>\
         <tbody id=\"changing-pairs\"></tbody></table><p class=\"small\" id=\"changing-verdict\"></p></div>\
         <div class=\"stack\"><h3 class=\"h3\">A documented rule</h3>\
         <p class=\"prose\">The one venue document found that scales a margin with open interest scales the \
         margin to open.</p>{}<p class=\"small\" id=\"changing-oi-says\"></p>\
         <p class=\"cap\" id=\"changing-oi-source\"></p></div></div>",
        slider("changing-volatility", "Volatility, against its usual level", "\u{d7}", 300),
        slider("changing-interest", "Open interest, against its usual level", "\u{d7}", 300),
        slider("changing-times", "Every rate, times", "\u{d7}", 500),
        slider("changing-oi", "Open interest, millions", "", 7500),
    )
}

/// A field with its slider, which counts in hundredths, and a line for what is wrong.
fn slider(id: &str, name: &str, unit: &str, most: u32) -> String {
    let unit =
        if unit.is_empty() { String::new() } else { format!("<span class=\"unit\">{unit}</span>") };
    format!(
        "<div class=\"frow two\" id=\"{id}-row\"><label for=\"{id}\">{name}</label><span class=\"field\">\
         <input id=\"{id}\" type=\"text\" inputmode=\"decimal\" autocomplete=\"off\" spellcheck=\"false\" \
         enterkeyhint=\"done\" data-steps aria-describedby=\"{id}-say\" size=\"5\">{unit}</span>\
         <span class=\"track\"><span class=\"groove\"></span><input class=\"slider\" id=\"{id}-slider\" \
         type=\"range\" min=\"0\" max=\"{most}\" step=\"5\" aria-label=\"{name}\"></span>\
         <div class=\"sayline\"><span class=\"say\" id=\"{id}-say\"></span></div></div>"
    )
}

/// What a field, its slider and the line under it become. `id` is one of those above.
pub(super) fn numbers(
    list: &mut Writes,
    id: &'static str,
    field: &NumberField,
    style: NumberStyle,
) {
    let text = field.text(style);
    let [slider, say] = match id {
        "changing-volatility" => ["changing-volatility-slider", "changing-volatility-say"],
        "changing-interest" => ["changing-interest-slider", "changing-interest-say"],
        "changing-times" => ["changing-times-slider", "changing-times-say"],
        _ => ["changing-oi-slider", "changing-oi-say"],
    };
    let problem = field.problem(style);
    list.value(id, &text);
    list.attribute(id, "aria-invalid", if problem.is_some() { "true" } else { "false" });
    list.value(slider, &field.hundredths());
    list.attribute(slider, "aria-valuetext", &text);
    list.class(say, "problem", problem.is_some());
    list.text(say, &problem.unwrap_or_default());
}
