//! The claims as they are written down: a text file, so that what it says of exchanges is data.

use std::sync::OnceLock;

const FILE: &str = include_str!("claims.txt");

/// What we make of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It holds.
    Right,
    /// It holds in general, and each venue does it its own way.
    InKind,
    /// It names a range that is wider or narrower than what is found.
    Loose,
    /// It holds, and less than it says is enough.
    Understated,
    /// It adds what is to be taken away, or the other way round.
    WrongSign,
    /// No document of a venue says so.
    Unsupported,
    /// The venue that it names says something else.
    Differs,
}

impl Verdict {
    /// Every verdict.
    pub const ALL: [Self; 7] = [
        Self::Right,
        Self::InKind,
        Self::Loose,
        Self::Understated,
        Self::WrongSign,
        Self::Unsupported,
        Self::Differs,
    ];

    /// What the file calls it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Right => "right",
            Self::InKind => "in kind",
            Self::Loose => "loose",
            Self::Understated => "understated",
            Self::WrongSign => "wrong sign",
            Self::Unsupported => "unsupported",
            Self::Differs => "differs",
        }
    }

    /// What a reader is told.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Right => "Right",
            Self::InKind => "Right in kind",
            Self::Loose => "Loose",
            Self::Understated => "Understated",
            Self::WrongSign => "A slip of the sign",
            Self::Unsupported => "Not found in any exchange\u{2019}s documents",
            Self::Differs => "Differs from the exchange",
        }
    }
}

/// One claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Its name in addresses, such as `d2`.
    pub key: &'static str,
    /// What the article says, in our words.
    pub says: &'static str,
    /// What we make of it.
    pub verdict: Verdict,
    /// Why; a name in braces stands for a computed figure.
    pub why: &'static str,
    /// Where that can be read.
    pub source: &'static str,
    /// The date or month it holds for, as `2026-04`.
    pub as_of: &'static str,
    /// The numbers that show it, as a link's query.
    pub numbers: &'static str,
    /// Where on the page they show it: an element, or a chapter of this program by its name.
    pub see: &'static str,
    /// What that chapter is told once they are in place, in order: `id=value` for a control, an id alone
    /// for a button, between spaces. Empty where nothing is.
    pub set: String,
    /// Another set of rules that the figure is worked out for, by its id.
    pub beside: Option<&'static str>,
    pub(super) card_id: String,
    pub(super) why_id: String,
    pub(super) figure_id: String,
    pub(super) button_id: String,
}

impl Claim {
    /// What its chapter is told, each with its value; a press has an empty one.
    pub fn settings(&self) -> impl Iterator<Item = (&str, &str)> {
        self.set.split_terminator(' ').map(|word| word.split_once('=').unwrap_or((word, "")))
    }
}

/// The claims in the order of the article. Empty if the shipped file could not be read, which a test
/// would have found.
pub fn claims() -> &'static [Claim] {
    static CLAIMS: OnceLock<Vec<Claim>> = OnceLock::new();
    CLAIMS.get_or_init(|| read(FILE).unwrap_or_default())
}

/// Reads blocks of `key: value` under `[name]`; absent if any is not as it should be.
fn read(text: &'static str) -> Option<Vec<Claim>> {
    text.split("\n[").skip(1).map(block).collect()
}

fn block(text: &'static str) -> Option<Claim> {
    let (key, rest) = text.split_once("]\n")?;
    let value = |name: &str| {
        let mut lines = rest.lines().filter_map(|line| line.split_once(": "));
        let value = lines.find(|(found, _)| *found == name).map(|(_, value)| value)?;
        (!value.is_empty()).then_some(value)
    };
    let verdict = value("verdict")?;
    Some(Claim {
        key,
        says: value("says")?,
        verdict: Verdict::ALL.into_iter().find(|it| it.key() == verdict)?,
        why: value("why")?,
        source: value("source")?,
        as_of: value("as_of")?,
        numbers: value("numbers")?,
        see: value("see")?,
        // A value may have lines of its own.
        set: value("set").unwrap_or_default().replace("\\n", "\n"),
        beside: value("beside"),
        card_id: format!("claim-{key}"),
        why_id: format!("claims-{key}-why"),
        figure_id: format!("claims-{key}-figure"),
        button_id: format!("claims-{key}-open"),
    })
}
