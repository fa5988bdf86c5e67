//! Undo and redo: the drafts before and after the one that stands.

use super::draft::Draft;
use super::field::FieldId;

/// More steps than anyone takes back; older ones are forgotten.
const MOST_STEPS: usize = 200;

/// The drafts that can be gone back and forth to.
///
/// Changes of one field in a row are one step until something closes it: the end of a drag, a field
/// left, a pause. A choice, an example or an opened file is a step by itself.
#[derive(Debug, Default)]
pub struct History {
    past: Vec<Draft>,
    future: Vec<Draft>,
    /// The field whose changes are still one step.
    open: Option<FieldId>,
}

impl History {
    /// A history without steps.
    pub const fn new() -> Self {
        Self { past: Vec::new(), future: Vec::new(), open: None }
    }

    /// The draft that stood `before` has become another, by one field or by a choice.
    pub fn changed(&mut self, before: Draft, field: Option<FieldId>) {
        let continues = field.is_some() && field == self.open && !self.past.is_empty();
        if !continues {
            if self.past.len() == MOST_STEPS {
                self.past.remove(0);
            }
            self.past.push(before);
        }
        self.open = field;
        self.future.clear();
    }

    /// Whatever changes next is a step of its own.
    pub fn close(&mut self) {
        self.open = None;
    }

    /// The draft before the last step; `now` can be come back to.
    pub fn undo(&mut self, now: Draft) -> Option<Draft> {
        self.close();
        let before = self.past.pop()?;
        self.future.push(now);
        Some(before)
    }

    /// The draft that was last undone; `now` can be come back to.
    pub fn redo(&mut self, now: Draft) -> Option<Draft> {
        self.close();
        let after = self.future.pop()?;
        self.past.push(now);
        Some(after)
    }

    /// Whether there is a step to take back.
    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    /// Whether there is a step to take again.
    pub fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }
}
