//! Choices get their numbers as they are met: those of the menus first, then those of the scenes, sorted by id.

use std::collections::BTreeMap;

use crate::engine::id::ChoiceIx;
use crate::story::desk::{Desk, Written};
use crate::story::diagnostic::{Diagnostic, Note, Spot};
use crate::story::fault::Fault;
use crate::story::names::Kind;
use crate::story::parse::One;
use crate::story::raw::Choice;

/// A choice before it is linked.
pub(super) struct Slot<'a, 's> {
    pub(super) raw: &'a Choice<'s>,
    pub(super) entry: Spot,
    /// `scene#count`, `@menu/id`
    pub(super) path: String,
    /// Where in it the key begins: `count`, `ask/salt`, `@menu/id`.
    pub(super) key_at: usize,
    pub(super) parent: Option<ChoiceIx>,
    /// The choices nested in it.
    pub(super) nested: Vec<ChoiceIx>,
}

/// Among so many choices a double is found by going over them.
const FEW: usize = 8;

/// Choices with their numbers, a menu or a scene at a time.
pub(super) struct Index<'a, 's> {
    /// The number of the first.
    base: usize,
    pub(super) slots: Vec<Slot<'a, 's>>,
}

impl<'a, 's> Index<'a, 's> {
    /// None yet; the first gets this number.
    pub(super) const fn from(base: usize) -> Self {
        Self { base, slots: Vec::new() }
    }

    /// Numbers the choices of a shared menu.
    pub(super) fn menu(&mut self, desk: &Desk<'s>, menu: &'a One<'s, Vec<Choice<'s>>>) -> Vec<ChoiceIx> {
        self.list(desk, &menu.raw, menu.body, &format!("@{}/", menu.id), None, None)
    }

    /// Numbers the choices of a scene.
    pub(super) fn scene(&mut self, desk: &Desk<'s>, id: &str, raw: &'a [Choice<'s>], entry: Spot) -> Vec<ChoiceIx> {
        self.list(desk, raw, entry, "", Some(id), None)
    }

    /// Numbers a list. The key is `before` and the id; the path has the scene before that.
    fn list(
        &mut self,
        desk: &Desk<'s>,
        raw: &'a [Choice<'s>],
        entry: Spot,
        before: &str,
        scene: Option<&str>,
        parent: Option<ChoiceIx>,
    ) -> Vec<ChoiceIx> {
        let mut seen: BTreeMap<&str, &Choice<'s>> = BTreeMap::new();
        let mut list = Vec::with_capacity(raw.len());
        for (at, choice) in raw.iter().enumerate() {
            let written = Written { text: &choice.id, entry };
            if let Some(fault) = crate::story::shape::id_fault(&choice.id, false) {
                desk.about(fault, written);
            }
            let first = match raw.len() {
                0..=FEW => raw[..at].iter().find(|other| other.id == choice.id),
                _ => seen.get(&*choice.id).copied().or_else(|| seen.insert(&choice.id, choice)),
            };
            if let Some(first) = first {
                let fault = Fault::Duplicate { kind: Kind::Choice, id: choice.id.to_string() };
                let first = desk.whole(Written { text: &first.id, entry });
                desk.add(Diagnostic::error(fault, desk.whole(written)).with(Note::First, first));
                continue;
            }
            let slot = self.slots.len();
            let ix = ChoiceIx::from(self.base + slot);
            let (path, key_at) = match scene {
                Some(scene) => ([scene, "#", before, &choice.id].concat(), scene.len() + 1),
                None => ([before, &choice.id].concat(), 0),
            };
            self.slots.push(Slot { raw: choice, entry, path, key_at, parent, nested: Vec::new() });
            if let Some(nested) = &choice.choices {
                let before = format!("{before}{}/", &*choice.id);
                self.slots[slot].nested = self.list(desk, nested, entry, &before, scene, Some(ix));
            }
            list.push(ix);
        }
        list
    }
}
