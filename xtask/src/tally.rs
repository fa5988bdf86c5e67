//! Counts single tests from what the test runners print.

/// How many tests passed and how many did not.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Tally {
    /// Tests that ran and held.
    pub passed: u32,
    /// Tests that ran and did not hold, or could not run at all.
    pub failed: u32,
}

impl Tally {
    /// One check that is not made of tests.
    pub fn one(passed: bool) -> Self {
        Self { passed: passed.into(), failed: (!passed).into() }
    }

    /// Both together.
    pub fn plus(self, other: Self) -> Self {
        Self { passed: self.passed + other.passed, failed: self.failed + other.failed }
    }

    /// What one line of a test runner adds; nothing, if it is not a line with counts.
    pub fn of_line(line: &str) -> Self {
        // Indented it is a test's own output, which nextest repeats and has counted itself.
        let is_own_count = line.starts_with("test result: ");
        let line = line.trim_start();
        let counts = if is_own_count {
            // test result: ok. 5 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; ...
            line
        } else if line.starts_with("Summary [") {
            // Summary [   0.005s] 10 tests run: 8 passed (1 slow), 1 failed, 1 timed out, 0 skipped
            line.split_once("run:").map_or("", |(_, counts)| counts)
        } else {
            ""
        };
        Self {
            passed: number_before(counts, "passed"),
            failed: number_before(counts, "failed")
                + number_before(counts, "timed out")
                + number_before(counts, "exec failed"),
        }
    }
}

fn number_before(text: &str, word: &str) -> u32 {
    let parts = text.split([',', ';', '.', '(', ')']);
    let numbers =
        parts.filter_map(|part| part.trim().strip_suffix(word)?.trim().parse::<u32>().ok());
    numbers.sum()
}

#[cfg(test)]
mod tests {
    use super::Tally;

    #[test]
    fn both_runners_are_understood() {
        let rows = [
            ("test result: ok. 5 passed; 0 failed; 2 ignored; 0 measured; 1 filtered out", 5, 0),
            ("test result: FAILED. 5 passed; 3 failed; 0 ignored; 0 measured", 5, 3),
            ("     Summary [   0.005s] 10 tests run: 10 passed, 0 skipped", 10, 0),
            ("     Summary [   1.2s] 9/10 tests run: 6 passed (2 slow), 3 failed, 1 skipped", 6, 3),
            ("     Summary [  60.0s] 3 tests run: 1 passed, 1 failed, 1 timed out", 1, 2),
            ("     Summary [   0.1s] 1 test run: 1 passed, 0 skipped", 1, 0),
            ("    test result: ok. 1 passed; 0 failed; 0 ignored", 0, 0),
            ("running 5 tests", 0, 0),
            ("the summary says 5 passed", 0, 0),
        ];
        for (line, passed, failed) in rows {
            assert_eq!(Tally::of_line(line), Tally { passed, failed }, "{line}");
        }
    }
}
