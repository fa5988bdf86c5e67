//! Runs the benchmarks of `xtask/core-bench` and reads what Criterion found.

use crate::project::Project;
use crate::{Fallible, headless, process};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// Where Criterion has put its findings.
pub struct Estimates {
    folder: PathBuf,
}

fn bench(project: &Project) -> Command {
    let mut bench = headless::cargo(project, "bench");
    bench.args(["--quiet", "--package", "core-bench", "--bench", "accounts"]);
    bench
}

/// Compiles the benchmarks, so that they are not timed beside a compiler.
pub fn compile(project: &Project) -> Fallible<()> {
    process::run(bench(project).arg("--no-run"))
}

impl Estimates {
    /// Runs all of them.
    pub fn measure(project: &Project) -> Fallible<Self> {
        let folder = project.target.join("criterion");
        // What an earlier run left would pass for this one's.
        if folder.exists() {
            fs::remove_dir_all(&folder)
                .map_err(|error| format!("{} cannot be emptied: {error}.", folder.display()))?;
        }
        process::read(bench(project).env("CRITERION_HOME", &folder))?;
        Ok(Self { folder })
    }

    /// The median of what one run took.
    pub fn nanoseconds(&self, id: &str) -> Fallible<f64> {
        let file = self.folder.join(id).join("new").join("estimates.json");
        let text = fs::read_to_string(&file)
            .map_err(|error| format!("{} is not readable: {error}.", file.display()))?;
        median(&text).ok_or_else(|| format!("{} states no median.", file.display()))
    }

    /// All of a group whose members are numbered from 0.
    pub fn group(&self, name: &str) -> Fallible<Vec<f64>> {
        let is_there = |number: &usize| self.folder.join(name).join(number.to_string()).exists();
        let numbers = (0..).take_while(is_there);
        numbers.map(|number| self.nanoseconds(&format!("{name}/{number}"))).collect()
    }
}

fn median(estimates: &str) -> Option<f64> {
    let (_, median) = estimates.split_once("\"median\":")?;
    let (_, point) = median.split_once("\"point_estimate\":")?;
    point.split([',', '}']).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::median;

    #[test]
    fn the_median_is_not_the_mean() {
        let text = r#"{"mean":{"confidence_interval":{"lower_bound":1.0},"point_estimate":2.0},
            "median":{"confidence_interval":{"lower_bound":3.0},"point_estimate":437093.98}}"#;
        assert_eq!(median(text), Some(437_093.98));
        assert_eq!(median("{}"), None);
    }
}
