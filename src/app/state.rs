//! The page's only state: the draft, how the page stands, and what is derived from them.

use std::sync::Arc;

use leptos::prelude::*;

use crate::margin::PriceRange;
use crate::page::{Outcome, View};
use crate::quantity::Exact;
use crate::scenario::{
    Amount, Direction, Draft, FieldId, Preset, committed, highest_leverage, moved, placed,
};
use crate::venue::Catalog;

use super::shell::{size, url};

/// A range of prices held during a gesture, so that nothing moves under the finger.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Held {
    range: PriceRange,
    /// Whether it widens with the answer, for a control that is not itself on the price axis.
    may_grow: bool,
}

/// What the events and effects share.
#[derive(Clone, Copy)]
pub(super) struct State {
    pub(super) catalog: &'static Catalog,
    /// What the reader has typed and chosen: the one thing that events write.
    draft: RwSignal<Draft>,
    /// The draft read and answered.
    outcome: Memo<Arc<Outcome>>,
    /// How the page stands around it.
    view: Memo<Arc<View>>,
    held: RwSignal<Option<Held>>,
    pub(super) width: RwSignal<u32>,
    pub(super) working_open: RwSignal<bool>,
    pub(super) table_shown: RwSignal<bool>,
    pub(super) tiers_open: RwSignal<bool>,
    /// The example that double-click and Backspace return to.
    example: RwSignal<Preset>,
    /// Parts of the link that were left out.
    pub(super) left_out: RwSignal<Vec<String>>,
}

impl State {
    /// The state that the address asks for; absent only if the shipped example cannot be computed.
    pub(super) fn new(catalog: &'static Catalog) -> Option<Self> {
        let opened = url::open(catalog);
        let draft = RwSignal::new(opened.draft);
        let first = Arc::new(Outcome::of(&draft.get_untracked(), catalog, None)?);
        let outcome = Memo::new(move |before: Option<&Arc<Outcome>>| {
            let before = before.unwrap_or(&first);
            Outcome::of(&draft.get(), catalog, Some(before)).map_or_else(|| before.clone(), Arc::new)
        });
        let held = RwSignal::new(None::<Held>);
        let width = RwSignal::new(size::picture_width());
        let [working_open, table_shown, tiers_open] = [true, false, false].map(RwSignal::new);
        let view = Memo::new(move |_| {
            let outcome = outcome.get();
            let natural = outcome.answer.range;
            let range = match held.get() {
                Some(Held { range, may_grow: true }) => range.union(&natural).unwrap_or(range),
                Some(Held { range, .. }) => range,
                None => natural,
            };
            Arc::new(View {
                width: width.get(),
                range,
                most_leverage: highest_leverage(&outcome.answer.draft, catalog),
                working_open: working_open.get(),
                table_shown: table_shown.get(),
                tiers_open: tiers_open.get(),
            })
        });
        Some(Self {
            catalog,
            draft,
            outcome,
            view,
            held,
            width,
            working_open,
            table_shown,
            tiers_open,
            example: RwSignal::new(Preset::SteepTiers),
            left_out: RwSignal::new(opened.left_out),
        })
    }

    /// The draft, as it stands.
    #[inline(never)]
    pub(super) fn draft(self) -> Draft {
        self.draft.get_untracked()
    }

    /// The draft, and to be told when it changes.
    #[inline(never)]
    pub(super) fn follow_draft(self) -> Draft {
        self.draft.get()
    }

    /// The draft becomes another.
    #[inline(never)]
    pub(super) fn change(self, draft: Draft) {
        self.draft.set(draft);
    }

    /// The outcome, as it stands.
    #[inline(never)]
    pub(super) fn outcome(self) -> Arc<Outcome> {
        self.outcome.get_untracked()
    }

    /// The outcome, and to be told when it changes.
    #[inline(never)]
    pub(super) fn follow_outcome(self) -> Arc<Outcome> {
        self.outcome.get()
    }

    /// The view, as it stands.
    #[inline(never)]
    pub(super) fn view(self) -> Arc<View> {
        self.view.get_untracked()
    }

    /// The view, and to be told when it changes.
    #[inline(never)]
    pub(super) fn follow_view(self) -> Arc<View> {
        self.view.get()
    }

    #[inline(never)]
    pub(super) fn set(self, field: FieldId, text: String) {
        let mut draft = self.draft();
        draft.set(field, text);
        self.change(draft);
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
        self.set_if(field, text.filter(|text| text != draft.text(field)));
    }

    /// Puts a field back to the example's value.
    #[inline(never)]
    pub(super) fn restore(self, field: FieldId) {
        let example = self.example_in_style(self.example.get_untracked());
        self.set(field, example.text(field).to_owned());
    }

    #[inline(never)]
    pub(super) fn choose_example(self, preset: Preset) {
        self.example.set(preset);
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
        let range = self.view().range;
        self.held.set(Some(Held { range, may_grow }));
    }

    #[inline(never)]
    pub(super) fn release(self) {
        if self.is_held() {
            self.held.set(None);
        }
    }

    /// Whether a gesture is under way.
    #[inline(never)]
    pub(super) fn is_held(self) -> bool {
        self.held.get_untracked().is_some()
    }
}
