//! The page's only state: the draft, how the page stands, and what is derived from them.

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
    pub(super) draft: RwSignal<Draft>,
    /// The draft read and answered.
    pub(super) outcome: Memo<Outcome>,
    /// How the page stands around it.
    pub(super) view: Memo<View>,
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
        let first = draft.with_untracked(|draft| Outcome::of(draft, catalog, None))?;
        let outcome = Memo::new(move |before: Option<&Outcome>| {
            let before = before.unwrap_or(&first);
            draft
                .with(|draft| Outcome::of(draft, catalog, Some(before)))
                .unwrap_or_else(|| before.clone())
        });
        let held = RwSignal::new(None::<Held>);
        let width = RwSignal::new(size::picture_width());
        let [working_open, table_shown, tiers_open] = [true, false, false].map(RwSignal::new);
        let view = Memo::new(move |_| {
            let natural = outcome.with(|outcome| outcome.answer.range);
            let range = match held.get() {
                Some(Held { range, may_grow: true }) => range.union(&natural).unwrap_or(range),
                Some(Held { range, .. }) => range,
                None => natural,
            };
            View {
                width: width.get(),
                range,
                most_leverage: draft.with(|draft| highest_leverage(draft, catalog)),
                working_open: working_open.get(),
                table_shown: table_shown.get(),
                tiers_open: tiers_open.get(),
            }
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

    pub(super) fn set(self, field: FieldId, text: String) {
        self.draft.update(|draft| draft.set(field, text));
    }

    pub(super) fn step(self, field: FieldId, amount: Amount, direction: Direction) {
        let text = self
            .draft
            .with_untracked(|draft| moved(draft, self.catalog, field, amount, direction));
        if let Some(text) = text {
            self.set(field, text);
        }
    }

    pub(super) fn place(self, field: FieldId, value: &Exact) {
        let text = self.draft.with_untracked(|draft| placed(draft, self.catalog, field, value));
        if let Some(text) = text {
            self.set(field, text);
        }
    }

    /// Writes a field that the reader has left in the reader's style.
    pub(super) fn commit(self, field: FieldId) {
        let text = self.draft.with_untracked(|draft| {
            committed(draft, self.catalog, field).filter(|text| text != draft.text(field))
        });
        if let Some(text) = text {
            self.set(field, text);
        }
    }

    /// Puts a field back to the example's value.
    pub(super) fn restore(self, field: FieldId) {
        let mut example = self.example.get_untracked().draft();
        example.restyle(self.draft.with_untracked(|draft| draft.numbers));
        self.set(field, example.text(field).to_owned());
    }

    pub(super) fn choose_example(self, preset: Preset) {
        self.example.set(preset);
        self.draft.update(|draft| {
            let mut example = preset.draft();
            example.restyle(draft.numbers);
            *draft = example;
        });
    }

    pub(super) fn most_leverage(self) -> Exact {
        self.view.with_untracked(|view| view.most_leverage)
    }

    /// Holds the prices in view until the gesture ends.
    pub(super) fn hold(self, may_grow: bool) {
        let range = self.view.with_untracked(|view| view.range);
        self.held.set(Some(Held { range, may_grow }));
    }

    pub(super) fn release(self) {
        if self.is_held() {
            self.held.set(None);
        }
    }

    /// Whether a gesture is under way.
    pub(super) fn is_held(self) -> bool {
        self.held.with_untracked(Option::is_some)
    }
}
