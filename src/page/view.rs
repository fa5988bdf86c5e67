//! What is looked at: the outcome of a draft, and how the page stands around it.

use std::sync::Arc;

use crate::margin::PriceRange;
use crate::scenario::{Control, Draft, Frame, Preset, Reading};
use crate::venue::Catalog;
use crate::words::{Answer, Trouble, answer};

/// A draft read and answered; while it cannot be answered, the last good answer stays.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// What is typed and chosen now.
    pub draft: Draft,
    /// How it was read.
    pub reading: Reading,
    /// Why it has no answer; absent when it has one.
    pub trouble: Option<Trouble>,
    /// The last good answer.
    pub answer: Arc<Answer>,
}

impl Outcome {
    /// The outcome of a draft after an earlier one. Absent only at the very start, when there is
    /// neither an answer nor an earlier one to keep.
    pub fn of(draft: &Draft, catalog: &Catalog, before: Option<&Self>) -> Option<Self> {
        let (reading, result) = answer(draft, catalog);
        let (answer, trouble) = match result {
            Ok(answer) => (Arc::new(answer), None),
            Err(trouble) => {
                let kept = match before {
                    Some(before) => before.answer.clone(),
                    // A link can hold numbers that read well but cannot be computed.
                    None => Arc::new(answer(&Preset::SteepTiers.draft(), catalog).1.ok()?),
                };
                (kept, Some(trouble))
            }
        };
        Some(Self { draft: draft.clone(), reading, trouble, answer })
    }

    /// Whether the figures are those of an earlier draft.
    pub fn is_stale(&self) -> bool {
        self.trouble.is_some()
    }
}

/// How the page stands around the numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// Width of the picture in sixteenths of the root font size: pixels, at the usual text size.
    pub width: u32,
    /// The prices in view.
    pub range: PriceRange,
    /// The end of the leverage slider's scale.
    pub most_leverage: crate::quantity::Exact,
    /// Whether the working is open; a closed chapter costs nothing.
    pub working_open: bool,
    /// Whether the picture's table is shown.
    pub table_shown: bool,
    /// Whether the tiers are open.
    pub tiers_open: bool,
    /// What an embed shows and locks; absent on a page of its own.
    pub frame: Option<Frame>,
}

impl View {
    /// Whether a control has a row of its own.
    pub(super) fn shows(&self, control: Control) -> bool {
        match &self.frame {
            Some(frame) => frame.shown.has(control),
            // In the sentence these two are enough: their sliders open under it.
            None => !matches!(control, Control::Size | Control::Entry),
        }
    }

    /// Whether the reader may not change a control.
    pub(super) fn locks(&self, control: Control) -> bool {
        self.frame.is_some_and(|frame| frame.locked.has(control))
    }
}
