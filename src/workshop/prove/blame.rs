//! What would have to be tracked so that an assumption is not made again.

use std::collections::{BTreeMap, BTreeSet};

use super::eval::{self, Known};
use super::goal::menu_at;
use super::machine::{Machine, Once, Runner, Why};
use super::slots::{Slot, Slots};
use super::span::{Span, Tri};
use crate::engine::chapter::{Chapter, Goes, Meaning};
use crate::engine::effect::Effect;
use crate::engine::expr::Cond;
use crate::engine::id::{ChoiceIx, DerivedIx};

/// Slots that are to blame.
pub(crate) struct Blame<'a, 'c> {
    slots: &'c Slots<'c>,
    machine: &'a Machine<'c>,
    exact: &'a Machine<'c>,
    /// The real node in which it went wrong.
    node: Option<Vec<u64>>,
    found: BTreeSet<Slot>,
}

/// What is known in a real node.
struct At<'a, 'c> {
    slots: &'a Slots<'c>,
    exact: &'a Machine<'c>,
    values: Vec<Span>,
}

impl Known for At<'_, '_> {
    fn slots(&self) -> &Slots<'_> {
        self.slots
    }

    fn get(&self, slot: Slot) -> Span {
        self.exact.cell(slot).map_or_else(|| self.slots.widest(slot), |cell| self.values[cell as usize])
    }
}

impl<'a, 'c> Blame<'a, 'c> {
    pub(crate) fn new(
        slots: &'c Slots<'c>,
        machine: &'a Machine<'c>,
        exact: &'a Machine<'c>,
        node: Option<&[u64]>,
    ) -> Self {
        Self { slots, machine, exact, node: node.map(<[u64]>::to_vec), found: BTreeSet::new() }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    pub(crate) fn finish(self) -> BTreeSet<Slot> {
        self.found
    }

    fn add(&mut self, read: impl IntoIterator<Item = Slot>) {
        let machine = self.machine;
        self.found.extend(read.into_iter().filter(|slot| machine.cell(*slot).is_none()));
    }

    /// Everything that the assumptions are about.
    pub(crate) fn all(&mut self, whys: &[Why<'c>]) {
        for why in whys {
            let mut read = BTreeSet::new();
            reads(self.slots, why, &mut read);
            self.add(read);
        }
    }

    /// Only what shows that an assumption is wrong in the real node.
    pub(crate) fn contradicted(&mut self, whys: &[Why<'c>], real: &mut Runner<'_, 'c>) {
        let Some(node) = &self.node else { return };
        let at = At { slots: self.slots, exact: self.exact, values: real.known(node).to_vec() };
        for why in whys {
            let mut read = BTreeSet::new();
            match why {
                Why::Rule(rule, assumed) => {
                    Support { at: &at, into: &mut read, gone: BTreeSet::new() }.of(rule, *assumed);
                }
                Why::Unused(once) => {
                    let slot = unused(self.slots, *once);
                    if at.get(slot).low > 0 {
                        read.insert(slot);
                    }
                }
                Why::Empty(scene, open) => {
                    let chapter = self.slots.chapter();
                    let open = menu_at(chapter, *scene, *open).iter().find(|c| {
                        let choice = chapter.choice(**c);
                        let unused = choice.again || at.get(self.slots.taken(**c)).high == 0;
                        unused && choice.when.as_ref().is_none_or(|w| eval::test(w, &at) == Tri::Yes)
                    });
                    if let Some(&choice) = open {
                        standing(self.slots, choice, &mut read);
                    }
                }
                Why::Within(_) | Why::Value(_) => {}
            }
            self.add(read);
        }
    }

    /// What conditions are about, if there is one that does not surely hold in the real node.
    pub(crate) fn doubted(&mut self, whys: &[Why<'c>], real: &mut Runner<'_, 'c>) {
        let Some(node) = &self.node else { return };
        let at = At { slots: self.slots, exact: self.exact, values: real.known(node).to_vec() };
        let rules = whys.iter().filter_map(|why| match why {
            Why::Rule(rule, assumed) => Some((*rule, *assumed)),
            _ => None,
        });
        let mut doubted = BTreeSet::new();
        let mut support = Support { at: &at, into: &mut doubted, gone: BTreeSet::new() };
        rules.clone().for_each(|(rule, assumed)| support.doubts(rule, assumed));
        if doubted.iter().any(|slot| self.machine.cell(*slot).is_none()) {
            rules.for_each(|(rule, _)| self.slots.of_test(rule, &mut doubted));
            self.add(doubted);
        }
    }

    /// What stands behind the values that the assumptions are about: everything that sets them, and when.
    pub(crate) fn behind(&mut self, whys: &[Why<'c>]) {
        let mut about = BTreeSet::new();
        whys.iter().for_each(|why| reads(self.slots, why, &mut about));
        let chapter: &'c Chapter = self.slots.chapter();
        let effects =
            chapter.choices.iter().flat_map(|c| &c.effects).chain(chapter.scenes.iter().flat_map(|s| &s.enter));
        for effect in effects {
            let mut read = BTreeSet::new();
            let changed = self.slots.of_effect(effect, &mut read);
            if changed.is_some_and(|slot| about.contains(&slot)) {
                self.add(read);
            }
        }
        self.add(about);
    }
}

fn unused(slots: &Slots<'_>, once: Once) -> Slot {
    match once {
        Once::Choice(choice) => slots.taken(choice),
        Once::Card(scene) => slots.visits(scene),
    }
}

/// Every slot that an assumption is about.
pub(crate) fn reads<'c>(slots: &Slots<'c>, why: &Why<'c>, into: &mut BTreeSet<Slot>) {
    match why {
        Why::Rule(rule, _) => slots.of_test(rule, into),
        Why::Unused(once) => {
            into.insert(unused(slots, *once));
        }
        Why::Within(choice) => standing(slots, *choice, into),
        Why::Empty(scene, open) => {
            menu_at(slots.chapter(), *scene, *open).iter().for_each(|c| standing(slots, *c, into));
        }
        Why::Value(effect) => {
            slots.of_effect(effect, into);
        }
    }
}

/// Every slot that decides whether a choice can be taken.
fn standing(slots: &Slots<'_>, choice: ChoiceIx, into: &mut BTreeSet<Slot>) {
    let chapter = slots.chapter();
    let one = chapter.choice(choice);
    if !one.again {
        into.insert(slots.taken(choice));
    }
    one.when.iter().for_each(|c| slots.of_test(c, into));
    if one.strict {
        let touch = |effect: &Effect, into: &mut BTreeSet<Slot>| {
            let changed = slots.of_effect(effect, into);
            into.extend(changed);
        };
        one.effects.iter().for_each(|e| touch(e, into));
    }
    if let Goes::Nested(menu, _) = &one.goes {
        menu.iter().for_each(|c| standing(slots, *c, into));
    }
}

/// Finds the slots that show that a condition is not what it was assumed to be; none if it is.
struct Support<'s, 'a, 'c> {
    at: &'s At<'a, 'c>,
    into: &'s mut BTreeSet<Slot>,
    /// Derived variables that were gone through.
    gone: BTreeSet<(DerivedIx, bool)>,
}

impl Support<'_, '_, '_> {
    fn of(&mut self, cond: &Cond, assumed: bool) {
        let at = self.at;
        if eval::test(cond, at) != Tri::from(!assumed) {
            return;
        }
        match cond {
            Cond::Not(c) => self.of(c, !assumed),
            // One that is wrong is enough; where all have to be wrong, each of them is.
            Cond::All(all) if assumed => self.first(all, true),
            Cond::Any(any) if !assumed => self.first(any, false),
            Cond::All(all) | Cond::Any(all) => all.iter().for_each(|c| self.of(c, assumed)),
            Cond::Derived(ix) if self.gone.insert((*ix, assumed)) => match &at.slots.chapter().derived[ix.at()].is {
                Meaning::Flag(c) => self.of(c, assumed),
                Meaning::Number(e) => at.slots.of_number(e, self.into),
            },
            Cond::Derived(_) => {}
            Cond::Const(_) | Cond::Flag(_) | Cond::Compare(..) | Cond::Has(_) | Cond::Seen(_) => {
                at.slots.of_test(cond, self.into);
            }
        }
    }

    /// The slots of all parts that are not surely what the whole being so asks of them.
    fn doubts(&mut self, cond: &Cond, assumed: bool) {
        let at = self.at;
        match cond {
            Cond::Not(c) => self.doubts(c, !assumed),
            Cond::All(all) if assumed => all.iter().for_each(|c| self.doubts(c, assumed)),
            Cond::Any(any) if !assumed => any.iter().for_each(|c| self.doubts(c, assumed)),
            Cond::Derived(ix) => match &at.slots.chapter().derived[ix.at()].is {
                Meaning::Flag(c) if self.gone.insert((*ix, assumed)) => self.doubts(c, assumed),
                Meaning::Flag(_) => {}
                Meaning::Number(_) => self.doubt(cond, assumed),
            },
            _ => self.doubt(cond, assumed),
        }
    }

    fn doubt(&mut self, cond: &Cond, assumed: bool) {
        if eval::test(cond, self.at) != Tri::from(assumed) {
            self.at.slots.of_test(cond, self.into);
        }
    }

    fn first(&mut self, conds: &[Cond], assumed: bool) {
        if let Some(wrong) = conds.iter().find(|c| eval::test(c, self.at) == Tri::from(!assumed)) {
            self.of(wrong, assumed);
        }
    }
}

/// Sets of slots that might rule out a path if they were tracked.
pub(crate) struct Candidates<'a, 'c> {
    slots: &'c Slots<'c>,
    machine: &'a Machine<'c>,
    /// Each with the last place on the path where it is asked for: later is nearer to the goal.
    sets: BTreeMap<BTreeSet<Slot>, usize>,
    asked: usize,
}

impl<'a, 'c> Candidates<'a, 'c> {
    pub(crate) fn new(slots: &'c Slots<'c>, machine: &'a Machine<'c>) -> Self {
        Self { slots, machine, sets: BTreeMap::new(), asked: 0 }
    }

    /// Adds what an assumption is about: as a whole, and piece by piece.
    pub(crate) fn of(&mut self, why: &Why<'c>) {
        self.asked += 1;
        let mut whole = BTreeSet::new();
        reads(self.slots, why, &mut whole);
        let chapter = self.slots.chapter();
        match why {
            Why::Rule(rule, _) => self.pieces(rule),
            Why::Empty(scene, open) => {
                for choice in menu_at(chapter, *scene, *open) {
                    chapter.choice(*choice).when.iter().for_each(|c| self.pieces(c));
                    self.add(BTreeSet::from([self.slots.taken(*choice)]));
                }
            }
            Why::Within(choice) => chapter.choice(*choice).when.iter().for_each(|c| self.pieces(c)),
            Why::Unused(_) | Why::Value(_) => {}
        }
        if whole.iter().all(|slot| self.machine.cell(*slot).is_some()) {
            // All of it is tracked and yet not known: what sets it is not.
            let about = std::mem::take(&mut whole);
            let effects =
                chapter.choices.iter().flat_map(|c| &c.effects).chain(chapter.scenes.iter().flat_map(|s| &s.enter));
            for effect in effects {
                let mut read = BTreeSet::new();
                if self.slots.of_effect(effect, &mut read).is_some_and(|slot| about.contains(&slot)) {
                    self.add(read);
                }
            }
            return;
        }
        self.add(whole);
    }

    fn pieces(&mut self, cond: &Cond) {
        self.pieces_beyond(cond, &mut BTreeSet::new());
    }

    /// The pieces of a condition, without those of derived variables that were gone through.
    fn pieces_beyond(&mut self, cond: &Cond, gone: &mut BTreeSet<DerivedIx>) {
        match cond {
            Cond::Not(c) => self.pieces_beyond(c, gone),
            Cond::All(all) | Cond::Any(all) => all.iter().for_each(|c| self.pieces_beyond(c, gone)),
            Cond::Derived(ix) => match &self.slots.chapter().derived[ix.at()].is {
                Meaning::Flag(c) if gone.insert(*ix) => self.pieces_beyond(c, gone),
                Meaning::Flag(_) => {}
                Meaning::Number(_) => self.piece(cond),
            },
            Cond::Const(_) | Cond::Flag(_) | Cond::Compare(..) | Cond::Has(_) | Cond::Seen(_) => self.piece(cond),
        }
    }

    fn piece(&mut self, cond: &Cond) {
        let mut read = BTreeSet::new();
        self.slots.of_test(cond, &mut read);
        self.add(read);
    }

    fn add(&mut self, mut set: BTreeSet<Slot>) {
        let machine = self.machine;
        set.retain(|slot| machine.cell(*slot).is_none());
        if !set.is_empty() {
            self.sets.insert(set, self.asked);
        }
    }

    /// The cheapest first; among equals, the nearest to the goal.
    pub(crate) fn by_cost(&self) -> Vec<BTreeSet<Slot>> {
        self.sorted(|cost, near| (cost, near))
    }

    /// The nearest to the goal first; among equals, the cheapest.
    pub(crate) fn by_nearness(&self) -> Vec<BTreeSet<Slot>> {
        self.sorted(|cost, near| (near, cost))
    }

    fn sorted(&self, rank: fn(usize, usize) -> (usize, usize)) -> Vec<BTreeSet<Slot>> {
        let mut sets: Vec<(&BTreeSet<Slot>, &usize)> = self.sets.iter().collect();
        sets.sort_by_cached_key(|(set, asked)| {
            let cost: u32 = set.iter().map(|slot| self.slots.cost(*slot)).sum();
            rank(cost as usize, self.asked - **asked)
        });
        sets.into_iter().map(|(set, _)| set.clone()).collect()
    }
}
