//! Every choice of a chapter gets its number first, so that any condition may speak of any choice.

use std::collections::BTreeMap;

use super::Parts;
use crate::engine::id::ChoiceIx;
use crate::story::desk::{Desk, Written};
use crate::story::diagnostic::{Diagnostic, Note, Spot};
use crate::story::fault::Fault;
use crate::story::names::Kind;
use crate::story::raw::Choice;

/// A choice before it is linked.
pub(super) struct Slot<'a, 's> {
    pub(super) raw: &'a Choice<'s>,
    pub(super) entry: Spot,
    /// `count`, `ask/salt`, `@menu/id`
    pub(super) key: String,
    /// `scene#count`, `@menu/id`
    pub(super) path: String,
    pub(super) parent: Option<ChoiceIx>,
    /// The choices nested in it.
    pub(super) nested: Vec<ChoiceIx>,
}

/// All choices, numbered.
pub(super) struct Index<'a, 's> {
    pub(super) slots: Vec<Slot<'a, 's>>,
    /// The choices of each scene, by its number.
    pub(super) scenes: Vec<Vec<ChoiceIx>>,
    /// The choices of each menu, by its id.
    pub(super) menus: BTreeMap<&'s str, Vec<ChoiceIx>>,
}

impl<'a, 's> Index<'a, 's> {
    pub(super) fn new(desk: &Desk<'s>, parts: &'a Parts<'s>) -> Self {
        let mut index = Self { slots: Vec::new(), scenes: Vec::new(), menus: BTreeMap::new() };
        for menu in &parts.menus.all {
            let list = index.list(desk, &menu.raw, menu.body, &format!("@{}/", menu.id), "", None);
            index.menus.insert(menu.id, list);
        }
        for scene in &parts.scenes.all {
            let list = index.list(desk, &scene.raw.choices, scene.body, "", &format!("{}#", scene.id), None);
            index.scenes.push(list);
        }
        index
    }

    /// Numbers a list. The key is `before` and the id; the path has the scene before that.
    fn list(
        &mut self,
        desk: &Desk<'s>,
        raw: &'a [Choice<'s>],
        entry: Spot,
        before: &str,
        scene: &str,
        parent: Option<ChoiceIx>,
    ) -> Vec<ChoiceIx> {
        let mut seen: BTreeMap<&str, &Choice<'s>> = BTreeMap::new();
        let mut list = Vec::new();
        for choice in raw {
            let written = Written { text: &choice.id, entry };
            if let Some(fault) = crate::story::shape::id_fault(&choice.id, false) {
                desk.about(fault, written);
            }
            if let Some(first) = seen.get(&*choice.id) {
                let fault = Fault::Duplicate { kind: Kind::Choice, id: choice.id.to_string() };
                let first = desk.whole(Written { text: &first.id, entry });
                desk.add(Diagnostic::error(fault, desk.whole(written)).with(Note::First, first));
                continue;
            }
            seen.insert(&choice.id, choice);
            let ix = ChoiceIx::from(self.slots.len());
            let key = format!("{before}{}", &*choice.id);
            let path = format!("{scene}{key}");
            self.slots.push(Slot { raw: choice, entry, path, key: key.clone(), parent, nested: Vec::new() });
            if let Some(nested) = &choice.choices {
                self.slots[ix.at()].nested = self.list(desk, nested, entry, &format!("{key}/"), scene, Some(ix));
            }
            list.push(ix);
        }
        list
    }

    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.slots.iter().map(|slot| slot.path.as_str())
    }
}
