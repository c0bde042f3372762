//! Menus that are never empty, whatever the play before: shown by trying every combination of what their conditions read.

use std::collections::{BTreeMap, BTreeSet};

use super::eval::{self, Known};
use super::machine::Place;
use super::slots::{Kind, Slot, Slots};
use super::span::{Span, Tri};
use crate::engine::chapter::{Choice, Goes};
use crate::engine::id::{ChoiceIx, SceneIx};

/// The most combinations that are tried for one menu.
const MOST: usize = 300_000;

/// A menu: a scene's, or one nested in it.
pub(crate) type Menu = (SceneIx, Option<ChoiceIx>);

/// The menus of a chapter in which some choice is open whatever their conditions read.
pub(crate) fn never_empty(slots: &Slots<'_>, base: &[Span]) -> BTreeSet<Menu> {
    let chapter = slots.chapter();
    let mut filled = BTreeSet::new();
    for (at, scene) in chapter.scenes.iter().enumerate() {
        let scene_ix = SceneIx::from(at);
        let mut waiting: Vec<(Option<ChoiceIx>, &[ChoiceIx])> = vec![(None, &scene.menu)];
        while let Some((open, menu)) = waiting.pop() {
            if always_open(slots, base, menu, false) {
                filled.insert((scene_ix, open));
            }
            for choice in menu {
                if let Goes::Nested(inner, _) = &chapter.choice(*choice).goes {
                    waiting.push((Some(*choice), inner));
                }
            }
        }
    }
    filled
}

/// Whether a scene's menu is not empty as long as none of the choices that it alone has is spent.
pub(crate) fn filled_at_first(slots: &Slots<'_>, base: &[Span], at: &Place) -> bool {
    let chapter = slots.chapter();
    // What other scenes offer as well may have been spent there.
    let elsewhere = |c: &ChoiceIx| {
        let others = chapter.scenes.iter().enumerate().filter(|(other, _)| *other != at.scene.at());
        others.flat_map(|(_, scene)| &scene.menu).any(|other| other == c)
    };
    let own = chapter.scene(at.scene).menu.iter().copied();
    let lasting: Vec<ChoiceIx> = own.filter(|c| chapter.choice(*c).again || !elsewhere(c)).collect();
    at.open.is_none() && always_open(slots, base, &lasting, true)
}

/// Whether some choice that can be taken again, or is still `unspent`, and is withheld by its condition alone, is open in
/// every case.
fn always_open(slots: &Slots<'_>, base: &[Span], menu: &[ChoiceIx], unspent: bool) -> bool {
    let chapter = slots.chapter();
    let lasting = |c: &&Choice| (c.again || unspent) && !c.strict && !matches!(c.goes, Goes::Nested(..));
    let choices: Vec<&Choice> = menu.iter().map(|c| chapter.choice(*c)).filter(lasting).collect();
    if choices.iter().any(|c| c.when.is_none()) {
        return true;
    }
    let mut marks: BTreeMap<Slot, Option<BTreeSet<i32>>> = BTreeMap::new();
    for when in choices.iter().filter_map(|c| c.when.as_ref()) {
        slots.visit_test(when, &mut |slot, against| {
            let known = marks.entry(slot).or_insert_with(|| Some(BTreeSet::new()));
            match (known.as_mut(), against) {
                (Some(known), Some(mark)) => {
                    known.insert(mark);
                }
                _ => *known = None,
            }
        });
    }
    let mut cases: Vec<(Slot, Vec<i32>)> = Vec::with_capacity(marks.len());
    let mut count = 1_usize;
    for (slot, marks) in marks {
        let Some(values) = values(slots, base, slot, marks) else { return false };
        count = count.saturating_mul(values.len());
        cases.push((slot, values));
    }
    if choices.is_empty() || count > MOST {
        return false;
    }
    let mut case = Case { slots, values: base.to_vec() };
    every_case(&cases, &mut case, &choices)
}

/// Values of a slot that stand for all others: those around the marks it is compared with, or all of them.
fn values(slots: &Slots<'_>, base: &[Span], slot: Slot, marks: Option<BTreeSet<i32>>) -> Option<Vec<i32>> {
    let range = base[slot as usize];
    if let (Some(marks), Kind::Ranged(_) | Kind::Capped(_)) = (marks, slots.kind(slot)) {
        let around = marks.iter().flat_map(|m| [m.saturating_sub(1), *m, m.saturating_add(1)]);
        let values: BTreeSet<i32> =
            around.chain([range.low, range.high]).filter(|v| range.low <= *v && *v <= range.high).collect();
        return Some(values.into_iter().collect());
    }
    let few = i64::from(range.high) - i64::from(range.low) < 1_000;
    few.then(|| (range.low..=range.high).collect())
}

struct Case<'a, 'c> {
    slots: &'a Slots<'c>,
    values: Vec<Span>,
}

impl Known for Case<'_, '_> {
    fn slots(&self) -> &Slots<'_> {
        self.slots
    }

    fn get(&self, slot: Slot) -> Span {
        self.values[slot as usize]
    }
}

/// Whether a choice is open in every case, the first slots set already.
fn every_case(cases: &[(Slot, Vec<i32>)], case: &mut Case<'_, '_>, choices: &[&Choice]) -> bool {
    let open = |case: &Case<'_, '_>| {
        choices.iter().any(|c| c.when.as_ref().is_some_and(|when| eval::test(when, case) == Tri::Yes))
    };
    if open(case) {
        return true;
    }
    let Some(((slot, values), rest)) = cases.split_first() else { return false };
    let before = case.values[*slot as usize];
    let every = values.iter().all(|value| {
        case.values[*slot as usize] = Span::only(*value);
        every_case(rest, case, choices)
    });
    case.values[*slot as usize] = before;
    every
}
