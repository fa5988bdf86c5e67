//! Rows as text: reading them, working their arithmetic out, comparing digit for digit.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use margin_calculator::quantity::{
    Exact, Leverage, Money, Price, Rate, Ratio, Rounding, Side, Size,
};
use margin_calculator::venue::ContractKind;
use rust_decimal::Decimal;

/// What a rule gives.
#[derive(Clone, Debug)]
pub(crate) enum Figure {
    Number(Exact),
    Word(String),
}

impl From<Exact> for Figure {
    fn from(value: Exact) -> Self {
        Self::Number(value)
    }
}

impl From<Money> for Figure {
    fn from(value: Money) -> Self {
        Self::Number(*value.exact())
    }
}

impl From<Price> for Figure {
    fn from(value: Price) -> Self {
        Self::Number(*value.exact())
    }
}

impl From<Rate> for Figure {
    fn from(value: Rate) -> Self {
        Self::Number(*value.exact())
    }
}

impl From<Ratio> for Figure {
    fn from(value: Ratio) -> Self {
        Self::Number(*value.exact())
    }
}

/// Named figures.
pub(crate) type Figures = Vec<(String, Figure)>;

/// A figure under a name.
pub(crate) fn named(name: &str, figure: impl Into<Figure>) -> (String, Figure) {
    (name.to_owned(), figure.into())
}

/// An amount in multiples of a unit.
pub(crate) fn in_units(amount: &Money, unit: &Exact) -> Exact {
    amount.exact().over(unit).unwrap()
}

/// A row by column name, which remembers the inputs that were asked for.
pub(crate) struct Row {
    cells: BTreeMap<String, String>,
    read: RefCell<BTreeSet<String>>,
}

impl Row {
    pub(crate) fn text(&self, column: &str) -> Option<&str> {
        self.cells.get(column).map(String::as_str).filter(|text| !text.is_empty())
    }

    pub(crate) fn id(&self) -> &str {
        self.text("id").unwrap()
    }

    pub(crate) fn rule(&self) -> &str {
        self.text("rule").unwrap()
    }

    pub(crate) fn standing(&self) -> &str {
        self.text("standing").unwrap()
    }

    /// The `name=value` pairs of a cell.
    pub(crate) fn list(&self, column: &str) -> impl Iterator<Item = (&str, &str)> {
        let items = self.text(column).unwrap_or_default().split(';');
        items.filter(|item| !item.is_empty()).map(|item| item.split_once('=').unwrap())
    }

    /// An input as written.
    pub(crate) fn word(&self, name: &str) -> Option<&str> {
        self.read.borrow_mut().insert(name.to_owned());
        self.list("inputs").find(|(input, _)| *input == name).map(|(_, value)| value)
    }

    /// An input that may be missing.
    pub(crate) fn maybe(&self, name: &str) -> Option<Exact> {
        self.word(name).map(evaluate)
    }

    pub(crate) fn number(&self, name: &str) -> Exact {
        self.maybe(name).unwrap_or_else(|| panic!("{}: no input {name}", self.id()))
    }

    pub(crate) fn money(&self, name: &str) -> Money {
        Money::from_exact(self.number(name))
    }

    pub(crate) fn rate(&self, name: &str) -> Rate {
        Rate::from_exact(self.number(name))
    }

    pub(crate) fn price(&self, name: &str) -> Price {
        Price::from_exact(self.number(name))
    }

    pub(crate) fn ratio(&self, name: &str) -> Ratio {
        Ratio::from_exact(self.number(name))
    }

    pub(crate) fn leverage(&self) -> Leverage {
        Leverage::from_exact(self.number("leverage"))
    }

    /// The parts of an input such as `1@2|3@4`, each split at `@`.
    pub(crate) fn parts(&self, name: &str) -> Vec<Vec<&str>> {
        let text = self.word(name).unwrap_or_else(|| panic!("{}: no input {name}", self.id()));
        text.split('|').map(|part| part.split('@').collect()).collect()
    }

    pub(crate) fn side(&self) -> Side {
        side(self.word("side").unwrap_or("long"))
    }

    pub(crate) fn contract(&self) -> ContractKind {
        match self.word("contract") {
            Some("inverse") => ContractKind::Inverse,
            Some("quanto") => ContractKind::Quanto,
            _ => ContractKind::Linear,
        }
    }

    /// Quantity times contract size.
    pub(crate) fn size(&self) -> Size {
        let each = self.maybe("contract_size").unwrap_or(Exact::ONE);
        Size::from_exact(self.number("quantity").times(&each).unwrap())
    }

    /// The inputs that no rule asked for.
    pub(crate) fn unread(&self) -> Vec<String> {
        let read = self.read.borrow();
        let inputs = self.list("inputs").map(|(name, _)| name.to_owned());
        inputs.filter(|name| !read.contains(name)).collect()
    }
}

pub(crate) fn side(word: &str) -> Side {
    match word {
        "long" => Side::Long,
        "short" => Side::Short,
        other => panic!("no side is called {other}"),
    }
}

/// A number of any length, digit for digit.
fn literal(text: &str) -> Exact {
    let (negative, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let mut value = Exact::ZERO;
    for digit in text.chars().filter(|c| *c != '.') {
        let digit = Exact::from_integer(digit.to_digit(10).unwrap().into());
        value = value.times(&Exact::from_integer(10)).unwrap().plus(&digit).unwrap();
    }
    let places = text.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    for _ in 0..places {
        value = value.times(&Exact::from_decimal(Decimal::new(1, 1))).unwrap();
    }
    if negative { value.negated() } else { value }
}

/// Products and quotients first, then sums: `1 / 100`, `5 - 0.5 x 4`.
pub(crate) fn evaluate(text: &str) -> Exact {
    let (mut sum, mut term, mut operation) = (Exact::ZERO, Exact::ZERO, "+");
    for token in text.split(' ') {
        if matches!(token, "+" | "-" | "x" | "/") {
            operation = token;
            continue;
        }
        let number = literal(token);
        (sum, term) = match operation {
            "x" => (sum, term.times(&number).unwrap()),
            "/" => (sum, term.over(&number).unwrap()),
            "-" => (sum.plus(&term).unwrap(), number.negated()),
            _ => (sum.plus(&term).unwrap(), number),
        };
    }
    sum.plus(&term).unwrap()
}

/// The value rounded once and written with this many decimals, more than a decimal can hold too.
fn text(value: &Exact, places: usize, rounding: Rounding) -> String {
    let shift =
        (0..places).fold(Exact::ONE, |shift, _| shift.times(&Exact::from_integer(10)).unwrap());
    let whole = value.times(&shift).unwrap().round(0, rounding).unwrap();
    let digits = format!("{:0>1$}", whole.abs().to_string(), places + 1);
    let (before, after) = digits.split_at(digits.len() - places);
    let sign = if whole < Decimal::ZERO { "-" } else { "" };
    let point = if places == 0 { "" } else { "." };
    format!("{sign}{before}{point}{after}")
}

/// Whether ours is what the row prints, and ours as text.
pub(crate) fn matches(row: &Row, name: &str, figure: &Figure, printed: &str) -> (bool, String) {
    let exact = match figure {
        Figure::Word(word) => return (word == printed, word.clone()),
        Figure::Number(exact) => exact,
    };
    let how = row.list("rounding").find(|(figure, _)| *figure == name).map_or("", |(_, how)| how);
    let places = printed.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    if let Ok(meaningful) = how.parse::<usize>() {
        let ours = text(exact, meaningful, Rounding::HalfEven);
        return (ours == text(&literal(printed), meaningful, Rounding::HalfEven), ours);
    }
    let direction = match how.split(' ').next() {
        Some("floor") => Rounding::Floor,
        Some("ceiling") => Rounding::Ceiling,
        _ => Rounding::HalfEven,
    };
    let value = if how.ends_with("tick") {
        exact.to_step(&row.number("tick"), direction).unwrap()
    } else {
        *exact
    };
    let ours = text(&value, places, direction);
    (ours == printed, ours)
}

/// Every row of every file.
pub(crate) fn rows() -> Vec<Row> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/aside");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut rows = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let mut lines = text.lines();
        let names: Vec<&str> = lines.next().unwrap().split(',').collect();
        for line in lines {
            let cells: Vec<&str> = line.split(',').collect();
            assert_eq!(cells.len(), names.len(), "{}: {line}", file.display());
            let cells = names.iter().zip(cells);
            let cells = cells.map(|(name, cell)| ((*name).to_owned(), cell.to_owned()));
            rows.push(Row { cells: cells.collect(), read: RefCell::default() });
        }
    }
    rows
}

#[test]
fn rounding_writes_every_digit() {
    let third = Exact::ONE.over(&Exact::from_integer(3)).unwrap();
    assert_eq!(text(&third, 4, Rounding::HalfEven), "0.3333");
    assert_eq!(text(&third.negated(), 2, Rounding::Floor), "-0.34");
    assert_eq!(text(&Exact::from_integer(-7), 0, Rounding::HalfEven), "-7");
    assert_eq!(evaluate("10 / 4 - 0.5 x 3"), Exact::ONE);
    assert_eq!(
        text(&evaluate("0.00000000000000000000000000000123"), 32, Rounding::HalfEven).len(),
        34
    );
}
