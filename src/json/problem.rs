//! What is wrong with a scenario: where, which kind, and one sentence.

use core::fmt;

use super::path::Path;

/// How many problems that stop a scenario are listed; one more then says how many there are besides.
pub const MOST_PROBLEMS: usize = 100;

/// The kinds of problem, by which a program can tell them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// The text is not JSON.
    NotJson,
    /// The text is not UTF-8, or a string in it is not Unicode.
    NotText,
    /// The text is longer than [`MOST_BYTES`](super::MOST_BYTES).
    TooLong,
    /// Lists or objects lie deeper in each other than any scenario's.
    TooDeep,
    /// A list has more rows than are read.
    TooMany,
    /// Another version of the format, or none.
    UnknownVersion,
    /// A value of another type than the key takes, such as a JSON number for a decimal string.
    WrongType,
    /// A key that is needed is not there.
    Missing,
    /// A key that the format does not have.
    UnknownKey,
    /// A key that stands twice.
    RepeatedKey,
    /// A string that is no plain decimal number.
    NotANumber,
    /// A number outside what the key takes.
    OutOfRange,
    /// A word that is none of those the key takes.
    UnknownWord,
    /// A venue that the catalog does not have.
    UnknownVenue,
    /// A market that the venue's tables do not list.
    NotListed,
    /// A market that the scenario does not define.
    UnknownMarket,
    /// Two statements that cannot both hold.
    Conflict,
    /// A key that has no meaning beside another one.
    NotApplicable,
    /// A tier table that is no table.
    InvalidTiers,
    /// A figure has more digits than a report holds.
    TooManyDigits,
    /// As many problems again as this one says, unlisted.
    MoreProblems,
    /// The venue would not open the position; it is evaluated all the same.
    WouldBeRejected,
    /// A maintenance amount that the table states is not the one that its edges give, which is used.
    AmountDiffers,
}

impl Code {
    /// Every kind.
    pub const ALL: [Self; 23] = [
        Self::NotJson,
        Self::NotText,
        Self::TooLong,
        Self::TooDeep,
        Self::TooMany,
        Self::UnknownVersion,
        Self::WrongType,
        Self::Missing,
        Self::UnknownKey,
        Self::RepeatedKey,
        Self::NotANumber,
        Self::OutOfRange,
        Self::UnknownWord,
        Self::UnknownVenue,
        Self::NotListed,
        Self::UnknownMarket,
        Self::Conflict,
        Self::NotApplicable,
        Self::InvalidTiers,
        Self::TooManyDigits,
        Self::MoreProblems,
        Self::WouldBeRejected,
        Self::AmountDiffers,
    ];

    /// The name in reports.
    pub const fn key(self) -> &'static str {
        match self {
            Self::NotJson => "not_json",
            Self::NotText => "not_text",
            Self::TooLong => "too_long",
            Self::TooDeep => "too_deep",
            Self::TooMany => "too_many",
            Self::UnknownVersion => "unknown_version",
            Self::WrongType => "wrong_type",
            Self::Missing => "missing",
            Self::UnknownKey => "unknown_key",
            Self::RepeatedKey => "repeated_key",
            Self::NotANumber => "not_a_number",
            Self::OutOfRange => "out_of_range",
            Self::UnknownWord => "unknown_word",
            Self::UnknownVenue => "unknown_venue",
            Self::NotListed => "not_listed",
            Self::UnknownMarket => "unknown_market",
            Self::Conflict => "conflict",
            Self::NotApplicable => "not_applicable",
            Self::InvalidTiers => "invalid_tiers",
            Self::TooManyDigits => "too_many_digits",
            Self::MoreProblems => "more_problems",
            Self::WouldBeRejected => "would_be_rejected",
            Self::AmountDiffers => "amount_differs",
        }
    }

    /// Whether a scenario with this problem has no answer. The others go beside the answer.
    pub const fn stops(self) -> bool {
        !matches!(self, Self::WouldBeRejected | Self::AmountDiffers)
    }
}

/// One problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Problem {
    pub(super) field: String,
    pub(super) code: Code,
    pub(super) message: String,
}

/// The problems found so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Problems {
    listed: Vec<Problem>,
    stopping: usize,
}

impl Problems {
    /// Adds one.
    pub(super) fn add(&mut self, path: &Path<'_>, code: Code, message: fmt::Arguments<'_>) {
        if code.stops() {
            self.stopping = self.stopping.saturating_add(1);
            if MOST_PROBLEMS < self.stopping {
                return;
            }
        }
        let (field, message) = (path.to_string(), message.to_string());
        self.listed.push(Problem { field, code, message });
    }

    /// Takes over the problems of a part, which stands under a key.
    pub(super) fn absorb(&mut self, part: &Self, key: &str) {
        self.stopping = self.stopping.saturating_add(part.stopping);
        for problem in &part.listed {
            let stop =
                if problem.field.is_empty() || problem.field.starts_with('[') { "" } else { "." };
            let mut problem = problem.clone();
            problem.field = format!("{key}{stop}{}", problem.field);
            self.listed.push(problem);
        }
        let mut room = MOST_PROBLEMS;
        self.listed.retain(|problem| {
            let is_kept = !problem.code.stops() || 0 < room;
            room = room.saturating_sub(usize::from(problem.code.stops()));
            is_kept
        });
    }

    /// Whether the scenario has no answer.
    pub(super) fn stop(&self) -> bool {
        0 < self.stopping
    }

    /// All of them, with a last one for those that are not listed.
    pub(super) fn finish(mut self) -> Vec<Problem> {
        let more = self.stopping.saturating_sub(MOST_PROBLEMS);
        if 0 < more {
            let message = format!("there are {more} more problems; they are not listed");
            let field = String::new();
            self.listed.push(Problem { field, code: Code::MoreProblems, message });
        }
        self.listed
    }
}
