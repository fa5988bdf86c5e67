//! Every case that was looked at, and what became of it.

use std::collections::{BTreeMap, BTreeSet};

use crate::rows::{Line, Row, files, folder, lines, rows};

/// What became of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Status {
    /// Every figure it prints is ours.
    Reproduced,
    /// A figure it prints is not, for a reason that lies in the source.
    Deviation,
    /// It follows a convention that no venue here has.
    ConventionOnly,
    /// It is wrong, and must not match or must be refused.
    Negative,
    /// The same numbers from the same source stand under another name.
    Duplicate,
}

/// A row of any of the files, by the name the register has for it.
pub(crate) struct Known {
    pub(crate) kind: String,
    pub(crate) source: String,
    /// Whether all it prints is ours.
    reproduced: bool,
    /// Whether it holds something that must not match, or a refusal.
    refuses: bool,
}

/// Every row there is: those of this test by their id, those of `tests/aside.rs` as `aside:id`.
pub(crate) fn known() -> BTreeMap<String, Known> {
    let mut known = BTreeMap::new();
    for row in rows() {
        let of = Known {
            kind: row.must("kind").to_owned(),
            source: row.must("source").to_owned(),
            reproduced: row.is_reproduced(),
            refuses: refuses(&row),
        };
        assert!(known.insert(row.id().to_owned(), of).is_none());
    }
    for path in files(&folder().join("aside")) {
        for line in lines(&path) {
            let standing = line.must("standing");
            let of = Known {
                kind: line.must("kind").to_owned(),
                source: line.must("source").to_owned(),
                reproduced: standing != "must differ",
                refuses: standing == "must differ",
            };
            assert!(known.insert(format!("aside:{}", line.must("id")), of).is_none());
        }
    }
    known
}

fn refuses(row: &Row) -> bool {
    row.printed().any(|(_, printed)| {
        printed.differs
            || printed.text == "refused"
            || (printed.figure == "refused" && printed.text != "no")
    })
}

/// A line of the register.
pub(crate) struct Case(Line);

impl Case {
    pub(crate) fn id(&self) -> &str {
        self.0.must("id")
    }

    pub(crate) fn kind(&self) -> &str {
        self.0.must("kind")
    }

    pub(crate) fn status(&self) -> Status {
        match self.0.must("status") {
            "row" => Status::Reproduced,
            "deviation" => Status::Deviation,
            "convention_only" => Status::ConventionOnly,
            "negative" => Status::Negative,
            "duplicate" => Status::Duplicate,
            other => panic!("{}: no status is {other}", self.id()),
        }
    }

    /// The rows it is tested by, or the case that it repeats.
    pub(crate) fn places(&self) -> impl Iterator<Item = &str> {
        self.0.list("where")
    }

    /// What is wrong with the line, in a sentence.
    pub(crate) fn fault(
        &self,
        known: &BTreeMap<String, Known>,
        statuses: &BTreeMap<&str, Status>,
    ) -> Option<&'static str> {
        let status = self.status();
        if status == Status::Duplicate {
            let mut of = self.places().map(|place| statuses.get(place));
            let is_first = matches!((of.next(), of.next()), (Some(Some(status)), None)
                if *status != Status::Duplicate);
            return (!is_first).then_some("repeats no case that stands here itself");
        }
        let rows: Option<Vec<&Known>> = self.places().map(|place| known.get(place)).collect();
        let Some(rows) = rows else {
            return Some("names a row that is not there");
        };
        if rows.iter().any(|row| row.kind != self.kind()) {
            return Some("is of another kind than its rows");
        }
        let has_reason = self.0.text("reason").is_some();
        match status {
            Status::Reproduced if rows.is_empty() => Some("is proved by no row"),
            Status::Reproduced if has_reason => Some("needs no reason"),
            Status::Reproduced if rows.iter().any(|row| !row.reproduced) => {
                Some("has a row that deviates")
            }
            Status::Deviation if rows.iter().all(|row| row.reproduced) => {
                Some("has no row that deviates")
            }
            Status::Negative if !rows.iter().any(|row| row.refuses) => {
                Some("has no row that refuses anything")
            }
            Status::ConventionOnly if rows.is_empty() => Some("is shown by no row"),
            Status::Deviation | Status::Negative | Status::ConventionOnly if !has_reason => {
                Some("states no reason")
            }
            _ => None,
        }
    }
}

/// The register in its order.
pub(crate) fn register() -> Vec<Case> {
    lines(&folder().join("register.csv")).into_iter().map(Case).collect()
}

/// How many cases others print, and what became of them.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) cases: usize,
    pub(crate) sources: usize,
    pub(crate) reproduced: usize,
    /// Of those, positions and accounts as an exchange showed them to their holders.
    pub(crate) real: usize,
    pub(crate) deviations: usize,
    pub(crate) convention_only: usize,
    pub(crate) negative: usize,
    pub(crate) duplicates: usize,
}

/// The file or page of a source, without the test in it.
fn document(source: &str) -> String {
    let words = if source.starts_with("github.com/") { 2 } else { usize::MAX };
    source.split(' ').take(words).collect::<Vec<_>>().join(" ")
}

/// Counts the register; what was worked by hand here proves nothing about others and is left out.
pub(crate) fn counts(register: &[Case], known: &BTreeMap<String, Known>) -> Counts {
    let others: Vec<&Case> = register.iter().filter(|case| case.kind() != "worked").collect();
    let with = |status: Status| others.iter().filter(move |case| case.status() == status);
    let sources = others.iter().flat_map(|case| case.places()).filter_map(|place| known.get(place));
    let sources: BTreeSet<String> = sources.map(|row| document(&row.source)).collect();
    let duplicates = with(Status::Duplicate).count();
    Counts {
        cases: others.len().saturating_sub(duplicates),
        sources: sources.len(),
        reproduced: with(Status::Reproduced).count(),
        real: with(Status::Reproduced).filter(|case| case.kind() == "real account").count(),
        deviations: with(Status::Deviation).count(),
        convention_only: with(Status::ConventionOnly).count(),
        negative: with(Status::Negative).count(),
        duplicates,
    }
}
