//! Choices get their numbers as they are met: those of the menus first, then those of the scenes, sorted by id.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::engine::excerpt::Excerpt;
use crate::engine::id::{ChoiceIx, narrow};
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
    pub(super) number: ChoiceIx,
    /// Where in it the key begins: `count`, `ask/salt`, `@menu/id`.
    pub(super) key_at: usize,
    pub(super) parent: Option<ChoiceIx>,
    /// The choices nested in it.
    pub(super) nested: Vec<ChoiceIx>,
}

/// Among so many choices a double is found by going over them.
const FEW: usize = 8;

/// The paths of choices by number: `scene#count`, `@menu/id`. They stand close together, one behind the other.
#[derive(Default)]
pub(super) struct Paths {
    letters: String,
    ends: Vec<u32>,
}

impl Paths {
    fn add(&mut self, parts: [&str; 4]) -> ChoiceIx {
        let number = ChoiceIx::from(self.ends.len());
        parts.into_iter().for_each(|part| self.letters.push_str(part));
        self.ends.push(narrow(self.letters.len()));
        number
    }

    pub(super) fn path(&self, number: ChoiceIx) -> &str {
        self.letters.get(self.range(number.at())).unwrap_or_default()
    }

    fn range(&self, at: usize) -> Range<usize> {
        let end = |at: usize| self.ends.get(at).map_or(0, |end| *end as usize);
        at.checked_sub(1).map_or(0, end)..end(at)
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &str> {
        (0..self.ends.len()).map(|at| self.path(at.into()))
    }

    /// Each with its number; from then on they share their letters.
    pub(super) fn excerpts(mut self) -> impl Iterator<Item = Excerpt> {
        self.letters.shrink_to_fit();
        let whole = Arc::new(Cow::Owned(std::mem::take(&mut self.letters)));
        (0..self.ends.len()).map(move |at| {
            let Range { start, end } = self.range(at);
            Excerpt::of(&whole, start, end).unwrap_or_default()
        })
    }
}

/// Choices with their numbers, a menu or a scene at a time.
pub(super) struct Index<'p, 'a, 's> {
    paths: &'p mut Paths,
    /// The number of the first.
    base: usize,
    pub(super) slots: Vec<Slot<'a, 's>>,
}

impl<'p, 'a, 's> Index<'p, 'a, 's> {
    /// None yet; their paths go behind these.
    pub(super) fn behind(paths: &'p mut Paths) -> Self {
        Self { base: paths.ends.len(), paths, slots: Vec::new() }
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
            let (number, key_at) = match scene {
                Some(scene) => (self.paths.add([scene, "#", before, &choice.id]), scene.len() + 1),
                None => (self.paths.add(["", "", before, &choice.id]), 0),
            };
            self.slots.push(Slot { raw: choice, entry, number, key_at, parent, nested: Vec::new() });
            if let Some(nested) = &choice.choices {
                let before = format!("{before}{}/", &*choice.id);
                let slot = number.at() - self.base;
                self.slots[slot].nested = self.list(desk, nested, entry, &before, scene, Some(number));
            }
            list.push(number);
        }
        list
    }
}
