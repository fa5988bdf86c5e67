//! Rows as text: one line a position, and an account that goes on over lines without an id.

use std::collections::BTreeMap;
use std::path::Path;

/// A line by column name.
pub(crate) struct Line(BTreeMap<String, String>);

impl Line {
    /// A cell; absent when empty.
    pub(crate) fn text(&self, column: &str) -> Option<&str> {
        let cell = self.0.get(column).unwrap_or_else(|| panic!("no column is called {column}"));
        Some(cell.as_str()).filter(|text| !text.is_empty())
    }

    /// A cell that no line may leave empty.
    pub(crate) fn must(&self, column: &str) -> &str {
        self.text(column).unwrap_or_else(|| panic!("{column} is empty in {:?}", self.0))
    }

    /// The items of a cell, between semicolons.
    pub(crate) fn list(&self, column: &str) -> impl Iterator<Item = &str> {
        self.text(column).unwrap_or_default().split(';').filter(|item| !item.is_empty())
    }
}

/// A figure as a row prints it: `!figure=printed rounding`.
pub(crate) struct Printed<'a> {
    /// Whether ours is known to be another, for the reason in the note.
    pub(crate) differs: bool,
    /// What is printed: a figure, or a sum of figures and numbers.
    pub(crate) figure: &'a str,
    /// A number as printed, or a word.
    pub(crate) text: &'a str,
    /// How the source rounds; empty for half-even at the printed decimals.
    pub(crate) rounding: &'a str,
}

impl<'a> Printed<'a> {
    fn read(item: &'a str) -> Self {
        let (figure, printed) = item.split_once('=').unwrap();
        let (differs, figure) =
            figure.strip_prefix('!').map_or((false, figure), |name| (true, name));
        let (text, rounding) = printed.split_once(' ').unwrap_or((printed, ""));
        Self { differs, figure, text, rounding }
    }
}

/// What a source states and prints for one position, or for several on one account.
pub(crate) struct Row {
    pub(crate) file: String,
    /// One for each position; the first speaks for the account.
    pub(crate) lines: Vec<Line>,
}

impl Row {
    fn first(&self) -> &Line {
        self.lines.first().unwrap()
    }

    pub(crate) fn id(&self) -> &str {
        self.first().must("id")
    }

    /// A column of the whole row.
    pub(crate) fn text(&self, column: &str) -> Option<&str> {
        self.first().text(column)
    }

    pub(crate) fn must(&self, column: &str) -> &str {
        self.first().must(column)
    }

    /// What is printed, with the position, from 0, that it is printed for.
    pub(crate) fn printed(&self) -> impl Iterator<Item = (usize, Printed<'_>)> {
        let lines = self.lines.iter().enumerate();
        lines.flat_map(|(index, line)| {
            line.list("prints").map(move |item| (index, Printed::read(item)))
        })
    }

    /// Whether every figure it prints is ours.
    pub(crate) fn is_reproduced(&self) -> bool {
        self.printed().all(|(_, printed)| !printed.differs)
    }
}

/// The lines of a file of comma-separated cells, which are never quoted.
pub(crate) fn lines(path: &Path) -> Vec<Line> {
    let text = std::fs::read_to_string(path).unwrap();
    let mut lines = text.lines();
    let names: Vec<&str> = lines.next().unwrap().split(',').collect();
    let mut found = Vec::new();
    for line in lines {
        let cells: Vec<&str> = line.split(',').collect();
        assert_eq!(cells.len(), names.len(), "{}: {line}", path.display());
        let cells = names.iter().zip(cells);
        let named = cells.map(|(name, cell)| ((*name).to_owned(), cell.to_owned()));
        found.push(Line(named.collect()));
    }
    found
}

/// The comma-separated files of a folder, by name.
pub(crate) fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = entries
        .filter(|path| path.extension().is_some_and(|extension| extension == "csv"))
        .collect();
    files.sort();
    assert!(!files.is_empty());
    files
}

/// Where the files lie.
pub(crate) fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors")
}

/// Every row of every file.
pub(crate) fn rows() -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for path in files(&folder().join("margin")) {
        let file = path.file_stem().unwrap().to_str().unwrap().to_owned();
        for line in lines(&path) {
            if line.text("id").is_some() {
                rows.push(Row { file: file.clone(), lines: vec![line] });
            } else {
                rows.last_mut().filter(|row| row.file == file).unwrap().lines.push(line);
            }
        }
    }
    rows
}
