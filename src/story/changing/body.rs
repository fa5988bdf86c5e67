//! What stands in the chapter's body from the first moment on.

use crate::changing::{INTERVAL_S, LENGTH_S};
use crate::story::typed::Field;

/// The body, with empty places for all that depends on numbers.
pub(super) fn body(fields: &[Field]) -> String {
    let minutes = LENGTH_S / 60;
    let readings = LENGTH_S / INTERVAL_S;
    let markup: Vec<String> = fields.iter().map(Field::markup).collect();
    let field = |index: usize| markup.get(index).map_or("", String::as_str);
    format!(
        "<div class=\"split\"><div class=\"stack\">\
         <p class=\"prose\">An education article says that some venues raise the requirement while you \
         hold the position, when markets become violent or crowded. No venue\u{2019}s document that was \
         read has such a rule; this is what it would do. The line moves towards you, and the price need not move at \
         all.</p>{volatility}{interest}\
         <div class=\"m\" id=\"changing-working\"></div>\
         <p class=\"cap\" id=\"changing-rule\"></p></div>\
         <div class=\"stack\"><div class=\"stack\" id=\"changing-drawn\">\
         <div class=\"timechart\"><div id=\"changing-chart\"></div><div id=\"changing-cursor\"></div></div>\
         <div class=\"transport\"><button class=\"button\" type=\"button\" id=\"changing-play\">Play</button>\
         <span class=\"track flat\"><span class=\"groove\"></span><input class=\"slider\" type=\"range\" \
         id=\"changing-at\" min=\"0\" max=\"{readings}\" step=\"1\" value=\"{readings}\" \
         aria-label=\"Moment\"></span></div>\
         <p class=\"happened\" id=\"changing-moment\"></p></div>\
         <p class=\"problem\" id=\"changing-failed\" role=\"status\"></p>\
         <p class=\"cap\">{minutes} minutes, {readings} readings of the market, one every {INTERVAL_S} s. \
         The mark is drawn by hand, to be nearly still. <button class=\"textbutton\" type=\"button\" \
         id=\"changing-table-toggle\" aria-expanded=\"false\" aria-controls=\"changing-table-of\">Show as \
         a table</button></p>\
         <div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"The ten minutes as a table\" \
         id=\"changing-table-of\" hidden></div></div></div>\
         <div class=\"pair\" id=\"changing-pair\"><div class=\"stack\"><h3 class=\"h3\">A table replaced mid-trade</h3>\
         <p class=\"prose\">Tables change, sometimes without notice, and an open position falls under the \
         new one at once.</p>\
         <div class=\"choice\"><label for=\"changing-table\">New table</label>\
         <select class=\"field pick\" id=\"changing-table\"></select></div>\
         <div id=\"changing-times-row\">{times}</div><div id=\"changing-replaced\">\
         <table><thead><tr><th scope=\"col\"><span class=\"vh\">Figure</span></th>\
         <th scope=\"col\">Before</th><th scope=\"col\">After</th></tr></thead>\
         <tbody id=\"changing-pairs\"></tbody></table>\
         <p class=\"happened\" id=\"changing-verdict\" aria-live=\"polite\"></p></div></div>\
         <div class=\"stack\"><h3 class=\"h3\">A documented rule</h3>\
         <p class=\"prose\">The one venue document found that scales a margin with open interest scales the \
         margin to open.</p>{open_interest}<p class=\"happened\" id=\"changing-oi-says\"></p>\
         <p class=\"cap\" id=\"changing-oi-source\"></p></div></div>",
        volatility = field(0),
        interest = field(1),
        times = field(2),
        open_interest = field(3),
    )
}
