//! The table of growing accounts: time and memory for each position.

use crate::project::Project;
use crate::{Fallible, headless, process};

use super::native::Estimates;

/// The columns of times, as the benchmarks name them and as the table does.
const TIMES: [(&str, &str); 4] = [
    ("one-market-marginal", "marginal"),
    ("one-market-flat", "flat"),
    ("own-markets-marginal", "marginal"),
    ("own-markets-flat", "flat"),
];
/// The columns of memory.
const LAYOUTS: [&str; 2] = ["one-market", "own-markets"];

/// Growth is looked at from this size on: below it, what every account needs once weighs more.
const FROM: usize = 1_000;
/// By how much the bytes of one position may differ in the largest account, for lists that are
/// filled by doubling.
const EVEN: f64 = 1.1;

/// What one size took, for each position.
struct Row {
    positions: usize,
    microseconds: Vec<f64>,
    bytes: Vec<f64>,
}

/// Prints the table and whether it grows as it may.
pub fn sizes(project: &Project, estimates: &Estimates) -> Fallible<()> {
    let program = headless::folder(project, None).join("core-bench");
    let said = process::read(&mut project.command(program))?;
    let unread = || format!("core-bench answered:\n{said}");
    let (memory, wide) = parse(&said).ok_or_else(unread)?;
    let mut rows = Vec::new();
    for (positions, bytes) in memory {
        let time = |(name, _): &(&str, &str)| estimates.nanoseconds(&format!("{name}/{positions}"));
        let of_one = |nanoseconds: f64| nanoseconds / 1000.0 / positions as f64;
        let microseconds = TIMES.iter().map(|column| time(column).map(of_one));
        rows.push(Row { positions, microseconds: microseconds.collect::<Fallible<_>>()?, bytes });
    }
    print(&rows)?;
    let (accounts, in_wide) = wide;
    println!("\n{in_wide} of {accounts} linear accounts took numbers without a bound.");
    Ok(())
}

fn print(rows: &[Row]) -> Fallible<()> {
    println!("                microseconds for one position            bytes at the peak for one");
    println!("                one market          a market each         one market  a market each");
    let names: Vec<String> = TIMES.iter().map(|(_, name)| format!("{name:>10}")).collect();
    println!("positions {}", names.join(""));
    for row in rows {
        let times: String = row.microseconds.iter().map(|time| format!("{time:>10.1}")).collect();
        let bytes: String = row.bytes.iter().map(|bytes| format!("{bytes:>15.0}")).collect();
        println!("{:>9} {times}  {bytes}", row.positions);
    }
    let from = rows.iter().find(|row| row.positions == FROM);
    let (Some(from), Some(to)) = (from, rows.last()) else {
        return Err(format!("there is no account of {FROM} positions to start from."));
    };
    let most = (to.positions as f64).ln() / (from.positions as f64).ln();
    let times = growth(&from.microseconds, &to.microseconds);
    let bytes = growth(&from.bytes, &to.bytes);
    println!("\nFrom {FROM} to {} positions, that for one grows at most", to.positions);
    println!("  {times:.2} times in time     {} <= {most:.2}: n log n", verdict(times, most));
    println!("  {bytes:.2} times in memory   {} <= {EVEN:.2}: linear", verdict(bytes, EVEN));
    Ok(())
}

/// The largest of what the columns grow by.
fn growth(from: &[f64], to: &[f64]) -> f64 {
    from.iter().zip(to).map(|(from, to)| to / from).fold(0.0, f64::max)
}

fn verdict(value: f64, aim: f64) -> &'static str {
    if value <= aim { "ok  " } else { "MISS" }
}

/// For each size the bytes for one position by layout; then how many accounts were tried for wide
/// numbers, and how many took them.
type Memory = (Vec<(usize, Vec<f64>)>, (u32, u32));

fn parse(said: &str) -> Option<Memory> {
    let mut sizes: Vec<(usize, Vec<f64>)> = Vec::new();
    let (lines, last) = said.trim_end().rsplit_once('\n')?;
    for layout in LAYOUTS {
        for line in lines.lines().filter(|line| line.split(' ').nth(1) == Some(layout)) {
            let mut words = line.split(' ');
            let positions: usize = words.next()?.parse().ok()?;
            let peak: f64 = words.nth(1)?.parse().ok()?;
            let of_one = peak / positions as f64;
            match sizes.iter_mut().find(|(known, _)| *known == positions) {
                Some((_, bytes)) => bytes.push(of_one),
                None => sizes.push((positions, vec![of_one])),
            }
        }
    }
    let (accounts, wide) = last.split_once(' ')?;
    Some((sizes, (accounts.parse().ok()?, wide.parse().ok()?)))
}

#[cfg(test)]
mod tests {
    use super::{growth, parse};

    #[test]
    fn memory_is_read_by_size_and_layout() {
        let said = "1 one-market 60 10\n10 one-market 500 100\n1 own-markets 70 10\n\
                    10 own-markets 800 100\n500 0\n";
        let expected = vec![(1, vec![60.0, 70.0]), (10, vec![50.0, 80.0])];
        assert_eq!(parse(said), Some((expected, (500, 0))));
        assert_eq!(parse("nothing"), None);
    }

    #[test]
    fn growth_is_that_of_the_worst_column() {
        assert_eq!(growth(&[2.0, 1.0], &[3.0, 4.0]), 4.0);
    }
}
