//! The rules in force, and the same path under every documented process, side by side.

use crate::process::ProcessRules;
use crate::words::{Answer, Pen, month};

use super::facts::{Fact, facts};
use super::lines::clock;
use super::played::{Compared, End, MOST_COMPARED, MOST_EVENTS, Outcome};
use super::told::escaped;

/// `2026-04` as "April 2026"; a whole date or a year as it is.
fn dated(as_of: &str) -> String {
    if as_of.len() == "2026-04".len() { month(as_of) } else { as_of.to_owned() }
}

/// Who states the rules, for which date, and what else is to be known.
pub(super) fn source(rules: &ProcessRules) -> String {
    let (name, origin) = (&rules.name, &rules.source.origin);
    let date = dated(&rules.source.as_of);
    format!("{name}: {origin}; as of {date}. {}", rules.note)
}

/// The rules in force as a list of terms.
pub(super) fn in_force(rules: &ProcessRules, pen: &Pen) -> String {
    let mut list = String::new();
    let warning = rules.warning_ratio.map_or_else(
        || format!("{NOT_DOCUMENTED}; here as the page\u{2019}s settings say"),
        |ratio| format!("at {}", pen.rate(ratio.exact())),
    );
    term(&mut list, "Warns", &warning);
    for Fact { about, stated, otherwise } in facts(rules, pen) {
        let text = stated.unwrap_or_else(|| format!("{NOT_DOCUMENTED}; here {otherwise}"));
        term(&mut list, about, &text);
    }
    list
}

fn term(list: &mut String, about: &str, text: &str) {
    list.push_str(&format!("<div><dt>{about}</dt><dd>{}</dd></div>", escaped(text)));
}

const NOT_DOCUMENTED: &str = "not documented";

/// The heads of the table's columns, after the name of the rules: what comes of it before why.
const HEADS: [&str; 8] = [
    "Comes back",
    "Closed at",
    "Cancels first",
    "Closes",
    "What the book does not take",
    "Fee",
    "Keeps what is left",
    "Auto-deleveraging",
];

/// The table, or a sentence where there is none.
pub(super) fn table(outcome: &Outcome, answer: &Answer) -> String {
    let Some(compared) = &outcome.compared else {
        return format!(
            "<p class=\"small\">Paths of more than {MOST_COMPARED} moments or {MOST_EVENTS} events are not \
             compared.</p>"
        );
    };
    let pen = Pen::new(answer);
    let mut heads = String::from("<th scope=\"col\">Rules</th>");
    for head in HEADS {
        heads.push_str(&format!("<th scope=\"col\">{head}</th>"));
    }
    let rows: String = compared.iter().map(|one| row(one, answer, &pen)).collect();
    format!(
        "<table class=\"venues\"><caption class=\"vh\">The same path under every documented \
         process</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )
}

fn row(compared: &Compared, answer: &Answer, pen: &Pen) -> String {
    let Compared { rules, end } = compared;
    let steps: String =
        rules.steps.iter().map(|step| format!("<li>{}</li>", escaped(step))).collect();
    let mut row = format!(
        "<tr><th scope=\"row\">{}<details class=\"quiet\"><summary>{}</summary><ol>{steps}</ol>\
         <p>{}</p><p>{}</p></details></th>",
        escaped(&rules.name),
        escaped(&dated(&rules.source.as_of)),
        escaped(&rules.note),
        escaped(&rules.source.origin),
    );
    let cells = facts(rules, pen).map(|it| it.stated.unwrap_or_else(|| NOT_DOCUMENTED.into()));
    let ends = [comes_back(end.as_ref(), answer, pen), closed_at(end.as_ref())];
    for (head, cell) in HEADS.into_iter().zip(ends.into_iter().chain(cells)) {
        let class = if cell == NOT_DOCUMENTED { " class=\"unknown\"" } else { "" };
        row.push_str(&format!("<td data-head=\"{head}\"{class}>{}</td>", escaped(&cell)));
    }
    row.push_str("</tr>");
    row
}

fn comes_back(end: Option<&End>, answer: &Answer, pen: &Pen) -> String {
    match end {
        None => "too many digits".into(),
        Some(end) if end.closed.is_none() => still_open(end, answer, pen),
        Some(end) => {
            let mut words =
                format!("{} of {}", pen.money(&end.returned), pen.brief(&answer.position_margin));
            for (who, amount) in [("the fund pays", end.fund_paid), ("winners give", end.forgone)] {
                if amount.exact().is_positive() {
                    words.push_str(&format!("; {who} {}", pen.money(&amount)));
                }
            }
            words
        }
    }
}

/// A position that is open at the end, with how much of it.
pub(super) fn still_open(end: &End, answer: &Answer, pen: &Pen) -> String {
    if !end.forced.exact().is_positive() {
        return "still open".into();
    }
    let whole = answer.position.quantity.exact();
    format!("{} of {} still open", pen.short(end.open.exact(), 8), pen.short(whole, 8))
}

fn closed_at(end: Option<&End>) -> String {
    end.and_then(|end| end.closed).map_or_else(|| "\u{2013}".into(), |(at, _)| clock(at))
}
