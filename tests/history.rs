//! Undo and redo: what one step is, and that nothing is lost on the way back and forth.

use margin_calculator::scenario::{Draft, FieldId, History, Preset};

/// The page as the history sees it: a draft, and changes of it.
struct Desk {
    draft: Draft,
    history: History,
}

impl Desk {
    fn new() -> Self {
        Self { draft: Preset::Bitcoin.draft(), history: History::default() }
    }

    fn set(&mut self, field: FieldId, text: &str) {
        self.history.changed(self.draft.clone(), Some(field));
        self.draft.set(field, text.to_owned());
    }

    fn choose(&mut self, preset: Preset) {
        self.history.changed(self.draft.clone(), None);
        self.draft = preset.draft();
    }

    fn undo(&mut self) -> bool {
        let before = self.history.undo(self.draft.clone());
        before.map(|draft| self.draft = draft).is_some()
    }

    fn redo(&mut self) -> bool {
        let after = self.history.redo(self.draft.clone());
        after.map(|draft| self.draft = draft).is_some()
    }

    fn leverage(&self) -> &str {
        self.draft.text(FieldId::Leverage)
    }
}

#[test]
fn changes_of_one_field_in_a_row_are_one_step() {
    let mut desk = Desk::new();
    for text in ["2", "20", "20.", "20.5"] {
        desk.set(FieldId::Leverage, text);
    }
    assert!(desk.undo());
    assert_eq!(desk.draft, Preset::Bitcoin.draft());
    assert!(!desk.undo() && !desk.history.can_undo());
    assert!(desk.redo());
    assert_eq!(desk.leverage(), "20.5");
}

#[test]
fn another_field_a_choice_and_a_pause_begin_a_step() {
    let mut desk = Desk::new();
    desk.set(FieldId::Leverage, "20");
    desk.set(FieldId::Quantity, "2");
    desk.set(FieldId::Leverage, "30");
    desk.history.close();
    desk.set(FieldId::Leverage, "40");
    desk.choose(Preset::Article);
    desk.choose(Preset::LargeShort);
    let mut drafts = vec![desk.draft.clone()];
    while desk.undo() {
        drafts.push(desk.draft.clone());
    }
    assert_eq!(drafts.len(), 7);
    assert_eq!(drafts.last(), Some(&Preset::Bitcoin.draft()));
    let mut again = vec![desk.draft.clone()];
    while desk.redo() {
        again.push(desk.draft.clone());
    }
    again.reverse();
    assert_eq!(again, drafts);
}

#[test]
fn a_change_after_an_undo_leaves_nothing_to_redo() {
    let mut desk = Desk::new();
    desk.set(FieldId::Leverage, "20");
    assert!(desk.undo() && desk.history.can_redo());
    desk.set(FieldId::Leverage, "30");
    assert!(!desk.history.can_redo() && !desk.redo());
    assert!(desk.undo());
    assert_eq!(desk.draft, Preset::Bitcoin.draft());
}

#[test]
fn a_field_changed_again_after_an_undo_is_a_new_step() {
    let mut desk = Desk::new();
    desk.set(FieldId::Leverage, "20");
    desk.set(FieldId::Quantity, "3");
    desk.undo();
    desk.set(FieldId::Leverage, "21");
    assert!(desk.undo());
    assert_eq!(desk.leverage(), "20");
}

#[test]
fn the_oldest_steps_are_forgotten_first() {
    let mut desk = Desk::new();
    for number in 0..1000 {
        desk.set(FieldId::Leverage, &number.to_string());
        desk.history.close();
    }
    let mut steps = 0;
    while desk.undo() {
        steps += 1;
    }
    assert_eq!(steps, 200);
    assert_eq!(desk.leverage().parse::<u32>().unwrap(), 799);
}
