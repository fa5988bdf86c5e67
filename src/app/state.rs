//! The page's only state: the draft, how the page stands, and what is derived from them.

use std::sync::Arc;

use leptos::prelude::*;

use crate::margin::PriceRange;
use crate::page::{Outcome, View};
use crate::quantity::Exact;
use crate::scenario::{
    Amount, Direction, Draft, FieldId, Frame, Opened, Preset, committed, highest_leverage, moved,
    placed,
};
use crate::venue::Catalog;

use super::shell::{is_embedded, size};

/// A range of prices held during a gesture, so that nothing moves under the finger.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Held {
    range: PriceRange,
    /// Whether it widens with the answer, for a control that is not itself on the price axis.
    may_grow: bool,
}

/// How the page stands, apart from the numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Stance {
    pub(super) held: Option<Held>,
    /// Width of the picture, in its own measure.
    pub(super) width: u32,
    /// Whether the working is open.
    pub(super) working_open: bool,
    /// Whether the picture's table is shown.
    pub(super) table_shown: bool,
    /// Whether the tiers are open.
    pub(super) tiers_open: bool,
    /// The example that double-click and Backspace return to.
    pub(super) example: Preset,
    /// The field of the sentence whose slider is open.
    pub(super) open_field: Option<&'static str>,
    /// Whether the reader has changed anything since the page opened.
    pub(super) touched: bool,
    /// What an embed shows and locks; absent on a page of its own.
    pub(super) frame: Option<Frame>,
}

/// What the events and effects share. Few signals on purpose: each costs the reader bytes.
#[derive(Clone, Copy)]
pub(super) struct State {
    pub(super) catalog: &'static Catalog,
    /// What the reader has typed and chosen: the one thing that events write.
    draft: RwSignal<Draft>,
    stance: RwSignal<Stance>,
    /// The draft read and answered.
    outcome: Memo<Arc<Outcome>>,
    /// How the page stands around it.
    view: Memo<Arc<View>>,
}

impl State {
    /// The state that a page opens with; absent only if the shipped example cannot be computed.
    pub(super) fn new(catalog: &'static Catalog, opened: &Opened) -> Option<Self> {
        let first = Arc::new(Outcome::of(&opened.draft, catalog, None)?);
        let draft = RwSignal::new(opened.draft.clone());
        let stance = RwSignal::new(Stance {
            held: None,
            width: size::picture_width(),
            working_open: !is_embedded(),
            table_shown: false,
            tiers_open: false,
            example: opened.example,
            open_field: None,
            touched: false,
            frame: is_embedded().then_some(opened.frame),
        });
        // Whoever changes something refreshes the page, which compares what it writes: comparing
        // whole answers as well would only cost.
        let outcome = Memo::new_with_compare(
            move |before: Option<&Arc<Outcome>>| {
                let before = before.unwrap_or(&first);
                Outcome::of(&draft.get(), catalog, Some(before))
                    .map_or_else(|| before.clone(), Arc::new)
            },
            |_, _| true,
        );
        let view = move |_: Option<&Arc<View>>| {
            let (outcome, stance) = (outcome.get(), stance.get());
            let natural = outcome.answer.range;
            let range = match stance.held {
                Some(Held { range, may_grow: true }) => range.union(&natural).unwrap_or(range),
                Some(Held { range, .. }) => range,
                None => natural,
            };
            Arc::new(View {
                width: stance.width,
                range,
                most_leverage: highest_leverage(&outcome.answer.draft, catalog),
                working_open: stance.working_open,
                table_shown: stance.table_shown,
                tiers_open: stance.tiers_open,
                frame: stance.frame,
            })
        };
        let view = Memo::new_with_compare(view, |_, _| true);
        Some(Self { catalog, draft, stance, outcome, view })
    }

    /// How the page stands.
    #[inline(never)]
    pub(super) fn stance(self) -> Stance {
        self.stance.get_untracked()
    }

    /// The page stands differently.
    #[inline(never)]
    pub(super) fn stand(self, stance: Stance) {
        if stance != self.stance() {
            self.stance.set(stance);
            super::refresh(self);
        }
    }

    /// The draft, as it stands.
    #[inline(never)]
    pub(super) fn draft(self) -> Draft {
        self.draft.get_untracked()
    }

    /// The draft becomes another by a choice, which is a step to undo.
    #[inline(never)]
    pub(super) fn change(self, draft: Draft) {
        self.replace(draft, None);
    }

    /// The draft becomes another, a step to undo; changes of one field go on being the same step.
    #[inline(never)]
    fn replace(self, draft: Draft, field: Option<FieldId>) {
        let before = self.draft();
        if before != draft {
            super::history::changed(self, before, field);
        }
        self.put(draft);
    }

    /// The draft becomes another, with nothing to undo.
    #[inline(never)]
    pub(super) fn put(self, draft: Draft) {
        self.draft.set(draft);
        let stance = Stance { touched: true, ..self.stance() };
        self.stance.set(stance);
        super::refresh(self);
    }

    /// The outcome, as it stands.
    #[inline(never)]
    pub(super) fn outcome(self) -> Arc<Outcome> {
        self.outcome.get_untracked()
    }

    /// The view, as it stands.
    #[inline(never)]
    pub(super) fn view(self) -> Arc<View> {
        self.view.get_untracked()
    }

    #[inline(never)]
    pub(super) fn set(self, field: FieldId, text: String) {
        let mut draft = self.draft();
        draft.set(field, text);
        self.replace(draft, Some(field));
    }

    fn set_if(self, field: FieldId, text: Option<String>) {
        if let Some(text) = text {
            self.set(field, text);
        }
    }

    #[inline(never)]
    pub(super) fn step(self, field: FieldId, amount: Amount, direction: Direction) {
        self.set_if(field, moved(&self.draft(), self.catalog, field, amount, direction));
    }

    #[inline(never)]
    pub(super) fn place(self, field: FieldId, value: &Exact) {
        self.set_if(field, placed(&self.draft(), self.catalog, field, value));
    }

    /// Writes a field that the reader has left in the reader's style.
    #[inline(never)]
    pub(super) fn commit(self, field: FieldId) {
        let draft = self.draft();
        let text = committed(&draft, self.catalog, field);
        if let Some(text) = text.filter(|text| text != draft.text(field)) {
            let mut draft = draft;
            draft.set(field, text);
            self.put(draft);
        }
        super::history::close();
    }

    /// Puts a field back to the example's value.
    #[inline(never)]
    pub(super) fn restore(self, field: FieldId) {
        let example = self.example_in_style(self.stance().example);
        self.set(field, example.text(field).to_owned());
    }

    #[inline(never)]
    pub(super) fn choose_example(self, preset: Preset) {
        self.stance.set(Stance { example: preset, ..self.stance() });
        self.change(self.example_in_style(preset));
    }

    fn example_in_style(self, preset: Preset) -> Draft {
        let mut example = preset.draft();
        example.restyle(self.draft().numbers);
        example
    }

    /// Holds the prices in view until the gesture ends.
    #[inline(never)]
    pub(super) fn hold(self, may_grow: bool) {
        super::history::close();
        let range = self.view().range;
        let held = Some(Held { range, may_grow });
        self.stand(Stance { held, ..self.stance() });
    }

    #[inline(never)]
    pub(super) fn release(self) {
        super::history::close();
        self.stand(Stance { held: None, ..self.stance() });
    }

    /// Whether the reader has changed anything since the page opened.
    pub(super) fn is_touched(self) -> bool {
        self.stance().touched
    }

    /// Whether a gesture is under way.
    pub(super) fn is_held(self) -> bool {
        self.stance().held.is_some()
    }
}
