//! Logs of runs as text: the same bytes natively and as WebAssembly, and those that `logs.txt` holds.

use std::fmt::Write;
use std::sync::OnceLock;

use margin_calculator::margin::compute_position;
use margin_calculator::process::{Around, Book, Level, Preset, Run, Setup, log_text, rule_set};
use margin_calculator::quantity::{Decimal, Money, Price, Rate, Side, Size};

use crate::ticks::setup;

/// The sets of rules that are run through.
const RULES: [&str; 4] = ["article", "binance-usdm", "hyperliquid", "deribit-linear"];

/// Every preset path under each of the rules, long and short, with a mark that is the index.
pub fn logs() -> &'static str {
    static LOGS: OnceLock<String> = OnceLock::new();
    LOGS.get_or_init(|| written().unwrap_or_default())
}

fn written() -> Option<String> {
    let mut text = String::new();
    for id in RULES {
        for side in [Side::Long, Side::Short] {
            for preset in Preset::ALL {
                let run = run(id, side, preset)?;
                writeln!(text, "{id}, {}, {}", side.name(), preset.key()).ok()?;
                text.push_str(&log_text(run.log()));
            }
        }
    }
    Some(text)
}

fn run(id: &str, side: Side, preset: Preset) -> Option<Run> {
    let amount = |units| Money::from_decimal(Decimal::new(units, 2));
    let level = |distance, tenths| Level {
        distance: Rate::from_decimal(Decimal::new(distance, 4)),
        size: Size::from_decimal(Decimal::new(tenths, 1)),
    };
    let mut setup: Setup = setup()?;
    setup.position.side = side;
    setup.position.quantity = Size::from_decimal(Decimal::new(7, 0));
    setup.rules = rule_set(id)?.clone();
    setup.orders.of_position = amount(12_345);
    setup.fund = amount(500_000);
    let side_of_book = vec![level(1, 10), level(5, 20), level(12, 25)];
    setup.book = Book { bids: side_of_book.clone(), asks: side_of_book };
    let report = compute_position(&setup.position, &setup.market).ok()?;
    let around = Around {
        side,
        start: setup.market.mark_price,
        liquidation: report.liquidation.crossing()?.exact,
        bankruptcy: report.bankruptcy_price.map(|bankruptcy| bankruptcy.exact),
        tick: Some(Price::from_decimal(Decimal::new(1, 1))),
    };
    let moments = preset.moments(&around).ok()?;
    Run::new(setup, moments.iter().map(|moment| moment.with_mark(moment.index)).collect()).ok()
}

/// Where the text of [`logs`] begins in memory.
#[unsafe(no_mangle)]
pub extern "C" fn logs_start() -> *const u8 {
    logs().as_ptr()
}

/// How many bytes it has.
#[unsafe(no_mangle)]
pub extern "C" fn logs_length() -> usize {
    logs().len()
}

#[cfg(test)]
mod tests {
    use super::{Preset, logs};

    #[test]
    fn the_logs_are_those_that_were_written_down() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/logs.txt");
        if std::env::var_os("UPDATE_LOGS").is_some() {
            std::fs::write(path, logs()).unwrap();
        }
        let kept = std::fs::read_to_string(path).unwrap();
        assert!(logs() == kept, "UPDATE_LOGS=1 writes the file anew; look at what changes.");
        let runs = logs()
            .lines()
            .filter(|line| line.contains(", ") && !line.starts_with(|c: char| c.is_ascii_digit()));
        assert_eq!(runs.count(), super::RULES.len() * 2 * Preset::ALL.len());
    }
}
