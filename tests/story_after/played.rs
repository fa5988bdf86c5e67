//! Every preset under every venue, the moment that is shown, and what the holder does.

use margin_calculator::process::{EventKind, Preset, Stage, rule_sets};
use margin_calculator::quantity::Size;
use margin_calculator::takeover::Remainder;
use margin_calculator::words::Pen;

use super::desk::{Desk, is_well_formed};
use super::given::{asked, run, told};

const POSITIONS: [&str; 3] = ["preset=btc", "preset=alt&lev=7", "preset=large-short"];

#[test]
fn every_path_under_every_venue_is_the_machine_s() {
    for query in POSITIONS {
        let mut desk = Desk::open(query);
        for preset in Preset::ALL {
            desk.take(&format!("after-path-{}", preset.key()), "");
            for rules in rule_sets().unwrap() {
                desk.take("after-venue", &rules.id);
                let name = format!("{query} {} {}", preset.key(), &rules.id);
                assert_eq!(desk.text("after-failed"), "", "{name}");
                assert!(!desk.is_stale(), "{name}");
                let run = run(&desk, rules, preset);
                let log = desk.text("after-log");
                let lines = told(&desk, &run);
                assert_eq!(log.matches("<h4>").count(), lines.len().min(60), "{name}");
                let mut rest = log;
                for line in &lines[lines.len().saturating_sub(60)..] {
                    let at = rest.find(line.as_str());
                    let at = at.unwrap_or_else(|| panic!("{name}: {line} is not in {rest}"));
                    rest = &rest[at + line.len()..];
                }
                assert_eq!(desk.text("after-sum").split('.').next().unwrap(), SAME, "{name}");
                for (id, markup) in desk.markups().filter(|(_, markup)| markup.contains('<')) {
                    is_well_formed(markup).unwrap_or_else(|why| panic!("{name} {id}: {why}"));
                }
                assert_eq!(desk.text("after-peek"), peek(query, &run), "{name}");
            }
        }
    }
}

const SAME: &str = "The sum is the same to the last digit";

fn peek(query: &str, run: &margin_calculator::process::Run) -> String {
    let answer = asked(query);
    let pen = Pen::new(&answer);
    if !matches!(run.end().stage, Stage::Closed { .. }) {
        let part = if run.end().size == answer.position.quantity {
            String::new()
        } else {
            let short = |size: &Size| pen.short(size.exact(), 8);
            format!("{} of {} ", short(&run.end().size), short(&answer.position.quantity))
        };
        return format!("{part}still open at the end of this path");
    }
    let back = run.log().iter().find_map(|event| match &event.kind {
        EventKind::Returned { amount, to: Remainder::ToHolder } => Some(pen.money(amount)),
        _ => None,
    });
    let back = back.unwrap_or_else(|| "0.00".to_owned());
    format!("{back} of {} comes back", pen.brief(&answer.position_margin))
}

#[test]
fn the_row_of_a_venue_is_what_its_own_run_comes_to() {
    let mut desk = Desk::open("preset=alt");
    for preset in [Preset::SlowBleed, Preset::Gap, Preset::Wick] {
        desk.take(&format!("after-path-{}", preset.key()), "");
        for rules in rule_sets().unwrap() {
            desk.take("after-venue", &rules.id);
            let peek = desk.text("after-peek");
            let expected = match peek.strip_suffix(" comes back") {
                Some(amount) => amount,
                None => peek.strip_suffix(" at the end of this path").unwrap(),
            };
            let rows = desk.text("after-compared");
            let row = rows.split("<tr>").find(|row| {
                row.starts_with(&format!("<th scope=\"row\">{}<", rules.name.replace('&', "&amp;")))
            });
            let cell = format!("<td data-head=\"Comes back\">{expected}");
            assert!(row.unwrap().contains(&cell), "{}: {cell}", &rules.id);
        }
    }
}

#[test]
fn the_body_has_every_element_once_and_no_other_is_written() {
    let desk = Desk::open("preset=btc");
    is_well_formed(&desk.body).unwrap();
    for id in desk.ids().into_iter().filter(|id| *id != "after-peek") {
        assert_eq!(desk.body.matches(&format!("id=\"{id}\"")).count(), 1, "{id}");
    }
    for (at, _) in desk.body.match_indices("id=\"") {
        assert!(desk.body[at + 4..].starts_with("after-"), "{}", &desk.body[at..at + 30]);
    }
}

#[test]
fn where_only_the_moment_moves_nothing_is_played_or_drawn_anew() {
    let mut desk = Desk::open("preset=alt");
    desk.take("after-at", "10");
    assert_eq!(desk.text("after-log"), "", "nothing has happened after ten seconds");
    assert_eq!(desk.text("after-outcome"), "Nothing has happened yet.");
    for id in ["after-chart", "after-compared", "after-peek", "after-terms"] {
        assert!(!desk.news.contains(&id), "{id}");
    }
    assert!(desk.news.contains(&"after-cursor"));
    assert_eq!(desk.text("after-clock"), "0:10");
}

#[test]
fn steps_go_from_event_to_event() {
    let mut desk = Desk::open("preset=alt");
    desk.take("after-at", "0");
    let mut seen = Vec::new();
    for _ in 0..4 {
        desk.take("after-forward", "");
        seen.push(desk.text("after-clock").to_owned());
    }
    // The mark falls by the same amount each second until 4:00 and is back at 6:40.
    assert_eq!(desk.text("after-log").matches("class=\"happening").count(), desk_events(&desk));
    let last = seen.pop().unwrap();
    desk.take("after-back", "");
    assert_eq!(desk.text("after-clock"), seen.pop().unwrap());
    desk.take("after-forward", "");
    assert_eq!(desk.text("after-clock"), last);
}

fn desk_events(desk: &Desk) -> usize {
    desk.text("after-log").matches("<h4>").count()
}

#[test]
fn it_plays_only_when_told_and_as_fast_as_told() {
    let mut desk = Desk::open("preset=alt");
    assert!(!desk.plays());
    desk.take("after-elapsed", "500");
    assert_eq!(desk.text("after-clock"), "10:00");
    desk.take("after-play", "");
    assert!(desk.plays());
    assert_eq!(desk.text("after-play"), "Pause");
    assert_eq!(desk.text("after-clock"), "0:00", "from the end it begins anew");
    desk.take("after-elapsed", "500");
    assert_eq!(desk.text("after-clock"), "0:30");
    desk.take("after-speed", "1");
    desk.take("after-elapsed", "2500");
    assert_eq!(desk.text("after-clock"), "0:32");
    desk.take("after-elapsed", "500");
    assert_eq!(desk.text("after-clock"), "0:33", "parts of a second are not lost");
    desk.take("after-play", "");
    desk.take("after-elapsed", "5000");
    assert_eq!(desk.text("after-clock"), "0:33");
    desk.take("after-play", "");
    desk.take("after-speed", "60");
    desk.take("after-elapsed", "20000");
    assert!(!desk.plays(), "it ends with the path");
    assert_eq!(desk.text("after-clock"), "10:00");
    desk.take("after-play", "");
    desk.take("after-closed", "");
    assert!(!desk.plays());
}

#[test]
fn where_nothing_may_move_it_goes_from_event_to_event() {
    let mut desk = Desk::open("preset=alt");
    desk.take("after-still", "true");
    desk.take("after-play", "");
    desk.take("after-elapsed", "2000");
    assert_eq!(desk.text("after-clock"), "0:00");
    desk.take("after-elapsed", "500");
    assert!(desk.text("after-log").contains("<h4>Warning</h4>"));
    assert_eq!(desk_events(&desk), 1);
}

#[test]
fn margin_added_in_time_saves_it_and_too_late_does_not() {
    let mut desk = Desk::open("preset=alt");
    desk.take("after-at", "0");
    desk.take("after-forward", "");
    assert!(desk.text("after-outcome").ends_with(": Warning."), "{}", desk.text("after-outcome"));
    let warned = desk.text("after-clock").to_owned();
    desk.take("after-add", "1000");
    desk.take("after-do-add", "");
    assert!(desk.text("after-did").contains(&format!("{warned}: add 1\u{202f}000")));
    assert!(desk.text("after-log").contains("You add 1\u{202f}000"));
    desk.take("after-at", "600");
    assert!(
        desk.text("after-outcome").starts_with("It survives: 40 "),
        "{}",
        desk.text("after-outcome")
    );
    assert_eq!(desk.text("after-peek"), "still open at the end of this path");
    desk.take("after-drop-0", "");
    assert_eq!(desk.text("after-did"), "");
    assert!(desk.text("after-outcome").starts_with("Closed at "));
    // After the close.
    desk.take("after-at", "500");
    desk.take("after-do-add", "");
    assert!(desk.text("after-log").contains("Adding 1\u{202f}000: not done"));
    assert!(desk.text("after-outcome").starts_with("It is closed anyway, at "));
}

#[test]
fn what_was_closed_of_a_position_that_stays_open_is_told_with_what_it_took() {
    let mut desk = Desk::open("preset=large-short");
    let outcome = desk.text("after-outcome");
    assert_eq!(
        outcome.replace('\u{202f}', " "),
        "The exchange closes 647.73813473 of 780 BTC, at a loss of 1 978 933.44 and 589 539.15 in \
         fees. 132.26186527 BTC is open at the end of the path."
    );
    // What the others have received.
    let balances = desk.text("after-balances").replace('\u{202f}', " ");
    assert!(balances.contains("the venue</th><td>0.00</td><td>589 539.15"), "{balances}");
    assert!(balances.contains("the other side</th><td>0.00</td><td>1 978 933.44"), "{balances}");
    // What is left is closed farther away.
    let chart = desk.text("after-chart").replace('\u{202f}', " ");
    assert!(chart.contains(" in the end, 90 708.1 at first."), "{chart}");
    desk.take("after-venue", "kraken-linear");
    assert!(!desk.text("after-chart").contains("in the end"));
}

#[test]
fn margin_added_moves_the_lines_from_then_on() {
    let mut desk = Desk::open("preset=alt");
    let before = desk.text("after-chart").to_owned();
    assert!(!before.contains("at first"));
    desk.take("after-at", "30");
    desk.take("after-do-add", "");
    let after = desk.text("after-chart");
    // Both that of closing and that of bankruptcy.
    assert_eq!(after.matches(" at first.").count(), 2, "{after}");
    desk.take("after-drop-0", "");
    assert_eq!(desk.text("after-chart"), before);
}

#[test]
fn a_position_that_no_price_closes_any_more_has_no_line_from_then_on() {
    let mut desk = Desk::open("preset=alt");
    desk.take("after-wallet", "100000");
    desk.take("after-at", "30");
    desk.take("after-add", "20000");
    desk.take("after-do-add", "");
    desk.take("after-at", "100000");
    let outcome = desk.text("after-outcome");
    assert!(outcome.starts_with("It survives"), "{outcome}");
    let chart = desk.text("after-chart").replace('\u{202f}', " ");
    for line in ["closed at 474.08", "bankrupt at 469.34"] {
        assert!(chart.contains(&format!("{line} until 30 s")), "{chart}");
    }
}

#[test]
fn a_part_sold_before_the_mark_is_back_moves_the_lines() {
    let mut desk = Desk::open("preset=large-short");
    desk.take("after-venue", "hyperliquid");
    let csv = "time,index\n0,87000\n10,91100\n15,87000\n60,87000\n";
    desk.paste(csv);
    let log = desk.text("after-log").to_owned();
    assert!(log.contains("A pause") && log.contains("Above the threshold again"), "{log}");
    let chart = desk.text("after-chart");
    assert!(chart.contains(" in the end, "), "{chart}");
}

#[test]
fn a_path_that_ends_in_the_middle_of_a_sale_says_that_it_goes_on() {
    let mut desk = Desk::open("preset=alt");
    desk.take("after-venue", "deribit-linear");
    desk.take("after-dwell", "1");
    let csv = "time,index\n0,520\n10,474\n12,474\n13,474\n";
    desk.paste(csv);
    let log = desk.text("after-log").to_owned();
    assert!(log.contains("Sold into the order book"), "{log}");
    let outcome = desk.text("after-outcome");
    assert!(outcome.contains("the exchange goes on at its next look"), "{outcome}");
}

#[test]
fn what_is_done_at_the_last_moment_is_listed_at_it() {
    let mut desk = Desk::open("preset=alt");
    desk.take("after-path-bleed", "");
    desk.take("after-do-add", "");
    assert!(desk.text("after-did").contains("<li>10:00: add "), "{}", desk.text("after-did"));
}

#[test]
fn a_part_closed_and_orders_cancelled_are_told() {
    let mut desk = Desk::open("preset=alt");
    desk.take("after-at", "30");
    desk.take("after-do-cancel", "");
    assert!(desk.text("after-log").contains("You cancel your orders"));
    assert!(desk.text("after-balances").contains("your orders</th><td>104.30</td><td>0.00"));
    desk.take("after-reduce", "40");
    desk.take("after-do-reduce", "");
    assert_eq!(desk.text("after-did").matches("<li>").count(), 2);
    assert!(desk.text("after-log").contains("You have closed it"));
    desk.take("after-at", "600");
    assert!(
        desk.text("after-outcome").starts_with("You have closed it yourself at 0:31"),
        "{}",
        desk.text("after-outcome")
    );
}

#[test]
fn a_recovery_after_the_close_changes_nothing() {
    let mut desk = Desk::open("preset=alt");
    let text = desk.text("after-final");
    assert!(text.starts_with(
        "From here it cannot be undone. If the mark recovers a moment later, the liquidation stands."
    ));
    assert!(text.ends_with("and nothing comes back."));
    assert_eq!(desk.aspect("after-final", "hidden"), None);
    desk.take("after-at", "100");
    assert_eq!(desk.aspect("after-final", "hidden"), Some(""));
    desk.take("after-path-bleed", "");
    assert_eq!(desk.aspect("after-final", "hidden"), Some(""), "this one does not recover");
}

#[test]
fn a_wick_closes_nothing_and_says_why() {
    let mut desk = Desk::open("preset=alt");
    desk.take("after-path-wick", "");
    assert!(desk.text("after-outcome").starts_with("It stays open: 40 "));
    assert!(
        desk.text("after-outcome").ends_with(
            "lies past the closing price; the mark never did, and trades close nothing."
        )
    );
    assert!(desk.text("after-chart").contains("last trade"));
}
