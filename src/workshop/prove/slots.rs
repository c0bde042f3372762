//! Everything of a state that a rule can read, numbered: variables, items, visits, takings, ages of visits, the turn; and
//! how often each site has drawn, which the luck of a seed reads.
//!
//! Counters without a declared range are counted only as far as some rule can tell apart.

use std::collections::BTreeSet;

use super::span::Span;
use crate::engine::Chapter;
use crate::engine::chapter::{Arrow, Flow, Meaning, Target};
use crate::engine::effect::{Act, Effect};
use crate::engine::expr::{Cond, Expr, NEVER};
use crate::engine::id::{ChoiceIx, DerivedIx, ItemIx, SceneIx, SiteIx, VarIx};
use crate::engine::state::State;

/// The number of a slot.
pub(crate) type Slot = u32;

/// How far a counter without a range is told apart when a rule computes with it.
const FAR: i32 = 63;

/// The slots of a chapter.
#[derive(Debug)]
pub(crate) struct Slots<'c> {
    chapter: &'c Chapter,
    items: u32,
    visits: u32,
    taken: u32,
    ages: u32,
    turn: u32,
    kinds: Vec<Kind>,
}

/// What a slot can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A value in a range.
    Ranged(Span),
    /// A counter from 0. At `cap` it stands for every number from there on.
    Capped(i32),
    /// A counter that rules compute with: beyond `cap` nothing is known of it.
    Counted(i32),
    /// Turns since a visit, like the two before, or [`NEVER`].
    Age {
        /// How far it is told apart.
        cap: i32,
        /// Whether rules only compare it with numbers up to the cap.
        compared: bool,
    },
}

impl<'c> Slots<'c> {
    /// The slots of a chapter; `asked` are conditions besides its own that will be asked.
    pub(crate) fn new(chapter: &'c Chapter, asked: &[Cond]) -> Self {
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let items = count(chapter.vars.len());
        let visits = items + count(chapter.world.items.len());
        let taken = visits + count(chapter.scenes.len());
        let ages = taken + count(chapter.choices.len());
        let turn = ages + count(chapter.scenes.len());
        let mut slots = Self { chapter, items, visits, taken, ages, turn, kinds: Vec::new() };
        slots.kinds = slots.measure(asked);
        slots
    }

    pub(crate) fn chapter(&self) -> &'c Chapter {
        self.chapter
    }

    pub(crate) fn len(&self) -> usize {
        self.kinds.len()
    }

    pub(crate) fn var(&self, ix: VarIx) -> Slot {
        ix.0
    }

    pub(crate) fn item(&self, ix: ItemIx) -> Slot {
        self.items + ix.0
    }

    pub(crate) fn visits(&self, ix: SceneIx) -> Slot {
        self.visits + ix.0
    }

    pub(crate) fn taken(&self, ix: ChoiceIx) -> Slot {
        self.taken + ix.0
    }

    pub(crate) fn age(&self, ix: SceneIx) -> Slot {
        self.ages + ix.0
    }

    pub(crate) fn turn(&self) -> Slot {
        self.turn
    }

    pub(crate) fn drawn(&self, ix: SiteIx) -> Slot {
        self.turn + 1 + ix.0
    }

    /// Whether it is a variable or an item.
    pub(crate) fn is_value(&self, slot: Slot) -> bool {
        slot < self.visits
    }

    pub(crate) fn is_age(&self, slot: Slot) -> bool {
        (self.ages..self.turn).contains(&slot)
    }

    pub(crate) fn kind(&self, slot: Slot) -> Kind {
        self.kinds[slot as usize]
    }

    /// What it costs to track a slot: its bits.
    pub(crate) fn cost(&self, slot: Slot) -> u32 {
        let values = match self.kind(slot) {
            Kind::Ranged(span) => i64::from(span.high) - i64::from(span.low) + 1,
            Kind::Capped(cap) | Kind::Counted(cap) | Kind::Age { cap, .. } => i64::from(cap) + 1,
        };
        u64::BITS - u64::try_from(values).unwrap_or(1).leading_zeros()
    }

    /// Everything the slot can hold.
    pub(crate) fn widest(&self, slot: Slot) -> Span {
        match self.kind(slot) {
            Kind::Ranged(span) => span,
            Kind::Capped(_) | Kind::Counted(_) => Span::new(0, i32::MAX),
            Kind::Age { .. } => Span::new(0, NEVER),
        }
    }

    /// What a state holds in a slot.
    pub(crate) fn value(&self, state: &State, slot: Slot) -> i32 {
        let at = |from: u32| (slot - from) as usize;
        let signed = |n: u32| i32::try_from(n).unwrap_or(i32::MAX);
        if slot < self.items {
            state.vars[at(0)]
        } else if slot < self.visits {
            state.items[at(self.items)]
        } else if slot < self.taken {
            signed(state.visits[at(self.visits)])
        } else if slot < self.ages {
            signed(state.taken[at(self.taken)])
        } else if slot < self.turn {
            Expr::Since(SceneIx::from(at(self.ages))).eval(self.chapter, state)
        } else if slot == self.turn {
            signed(state.turn)
        } else {
            signed(state.drawn[at(self.turn + 1)])
        }
    }

    /// As a writer would name it.
    pub(crate) fn name(&self, slot: Slot) -> String {
        let chapter = self.chapter;
        let at = |from: u32| (slot - from) as usize;
        if slot < self.items {
            chapter.vars[at(0)].id.clone()
        } else if slot < self.visits {
            chapter.world.items[at(self.items)].id.clone()
        } else if slot < self.taken {
            format!("visits({})", chapter.scenes[at(self.visits)].id)
        } else if slot < self.ages {
            format!("taken({})", chapter.choices[at(self.taken)].path)
        } else if slot < self.turn {
            format!("since({})", chapter.scenes[at(self.ages)].id)
        } else if slot == self.turn {
            "turns()".to_owned()
        } else {
            format!("draws({})", chapter.sites[at(self.turn + 1)])
        }
    }

    /// The slots a condition reads.
    pub(crate) fn of_test(&self, cond: &Cond, into: &mut BTreeSet<Slot>) {
        self.visit_test(cond, &mut |slot, _| {
            into.insert(slot);
        });
    }

    /// The slots a number reads.
    pub(crate) fn of_number(&self, expr: &Expr, into: &mut BTreeSet<Slot>) {
        self.visit_number(expr, None, &mut |slot, _| {
            into.insert(slot);
        });
    }

    /// The slots that some rule reads.
    pub(crate) fn read(&self) -> BTreeSet<Slot> {
        let mut read = BTreeSet::new();
        self.all_rules(&mut |slot, _| {
            read.insert(slot);
        });
        let once = self.chapter.choices.iter().enumerate().filter(|(_, c)| !c.again);
        read.extend(once.map(|(at, _)| self.taken(ChoiceIx::from(at))));
        let cards = self.chapter.scenes.iter().enumerate().filter(|(_, s)| s.card.as_ref().is_some_and(|c| !c.again));
        read.extend(cards.map(|(at, _)| self.visits(SceneIx::from(at))));
        read
    }

    /// The slots that are asked about where these scenes are gone to.
    pub(crate) fn of_ways_to(&self, scenes: &[SceneIx], into: &mut BTreeSet<Slot>) {
        let there = |arrow: &&Arrow| matches!(arrow.target, Target::Scene(s) if scenes.contains(&s));
        let chapter = self.chapter;
        for flow in self.flows() {
            flow.iter().filter(there).filter_map(|a| a.when.as_ref()).for_each(|c| self.of_test(c, into));
        }
        for scene in scenes {
            if let Some(card) = &chapter.scene(*scene).card {
                card.when.iter().for_each(|c| self.of_test(c, into));
            }
        }
    }

    /// Every flow of the chapter.
    fn flows(&self) -> impl Iterator<Item = &'c Flow> {
        let chapter = self.chapter;
        let flows = chapter.choices.iter().filter_map(|c| c.goes.flow());
        let flows = flows.chain(chapter.scenes.iter().flat_map(|s| s.otherwise.iter().chain(&s.then)));
        flows.chain(chapter.decks.iter().map(|d| &d.none))
    }

    /// The slots that several arrows of one flow ask about: what one answer says of them matters to the next.
    pub(crate) fn asked_twice(&self) -> BTreeSet<Slot> {
        let mut twice = BTreeSet::new();
        for flow in self.flows() {
            let mut before: BTreeSet<Slot> = BTreeSet::new();
            for when in flow.iter().filter_map(|arrow| arrow.when.as_ref()) {
                let mut read = BTreeSet::new();
                self.of_test(when, &mut read);
                twice.extend(read.intersection(&before).filter(|slot| !self.is_age(**slot)));
                before.extend(read);
            }
        }
        twice
    }

    /// The slots that an effect reads, and the one it changes.
    pub(crate) fn of_effect(&self, effect: &Effect, into: &mut BTreeSet<Slot>) -> Option<Slot> {
        self.visit_effects(std::slice::from_ref(effect), &mut |slot, _| {
            into.insert(slot);
        });
        match &effect.act {
            Act::Set(var, _) | Act::Test(var, _) | Act::Roll(var, ..) | Act::Chance(var, ..) | Act::OneOf(var, ..) => {
                Some(self.var(*var))
            }
            Act::Give(item, _) | Act::Take(item, _) => Some(self.item(*item)),
            Act::Learn(_) => None,
        }
    }

    fn measure(&self, asked: &[Cond]) -> Vec<Kind> {
        let chapter = self.chapter;
        let total = self.turn as usize + 1 + chapter.sites.len();
        let mut most = vec![0; total];
        let mut computed = vec![false; total];
        let mut note = |slot: Slot, against: Option<i32>| match against {
            Some(mark) => most[slot as usize] = most[slot as usize].max(mark),
            None => computed[slot as usize] = true,
        };
        self.all_rules(&mut note);
        asked.iter().for_each(|c| self.visit_test(c, &mut note));
        let counter = |slot: Slot, least: i32, once: bool| {
            let at = slot as usize;
            if once {
                Kind::Ranged(Span::new(0, 1))
            } else if computed[at] {
                Kind::Counted(FAR.max(most[at] + 1))
            } else {
                Kind::Capped(least.max(most[at] + 1).min(FAR * 64))
            }
        };
        let mut kinds = Vec::with_capacity(total);
        kinds.extend(chapter.vars.iter().map(|v| {
            let (low, high) = v.bounds();
            Kind::Ranged(Span::new(low, high))
        }));
        kinds.extend(chapter.world.items.iter().map(|i| Kind::Ranged(Span::new(0, i.max))));
        kinds.extend((0..chapter.scenes.len()).map(|at| counter(self.visits(SceneIx::from(at)), 1, false)));
        let choices = chapter.choices.iter().enumerate();
        kinds.extend(choices.map(|(at, c)| counter(self.taken(ChoiceIx::from(at)), 1, !c.again)));
        kinds.extend((0..chapter.scenes.len()).map(|at| {
            let slot = self.age(SceneIx::from(at)) as usize;
            let compared = !computed[slot] && most[slot] < NEVER - 1;
            let cap = if compared { most[slot] + 1 } else { FAR };
            Kind::Age { cap, compared }
        }));
        kinds.push(counter(self.turn, 1, false));
        kinds.extend(chapter.sites.iter().map(|_| Kind::Counted(FAR)));
        kinds
    }

    /// Shows every slot that a rule of the chapter reads, and the number it is compared with if it is only compared.
    fn all_rules(&self, note: &mut dyn FnMut(Slot, Option<i32>)) {
        let chapter = self.chapter;
        for choice in chapter.choices.iter() {
            choice.when.iter().for_each(|c| self.visit_test(c, note));
            self.visit_effects(&choice.effects, note);
            choice.goes.flow().into_iter().for_each(|flow| self.visit_flow(flow, note));
        }
        for scene in chapter.scenes.iter() {
            self.visit_effects(&scene.enter, note);
            scene.otherwise.iter().chain(&scene.then).for_each(|flow| self.visit_flow(flow, note));
            scene.card.iter().filter_map(|c| c.when.as_ref()).for_each(|c| self.visit_test(c, note));
        }
        chapter.decks.iter().for_each(|d| self.visit_flow(&d.none, note));
        chapter.achievements.iter().for_each(|a| self.visit_test(&a.when, note));
        chapter.runs.iter().for_each(|r| self.visit_test(&r.goal, note));
    }

    fn visit_flow(&self, flow: &Flow, note: &mut dyn FnMut(Slot, Option<i32>)) {
        for Arrow { when, .. } in flow {
            when.iter().for_each(|c| self.visit_test(c, note));
        }
    }

    fn visit_effects(&self, effects: &[Effect], note: &mut dyn FnMut(Slot, Option<i32>)) {
        for effect in effects {
            effect.when.iter().for_each(|c| self.visit_test(c, note));
            match &effect.act {
                Act::Set(_, e) | Act::Give(_, e) | Act::Take(_, e) => self.visit_number(e, None, note),
                Act::Test(_, c) => self.visit_test(c, note),
                Act::Roll(..) | Act::Chance(..) | Act::OneOf(..) | Act::Learn(_) => {}
            }
        }
    }

    fn visit_number(&self, expr: &Expr, against: Option<i32>, note: &mut dyn FnMut(Slot, Option<i32>)) {
        let mut visit = Visit { slots: self, note, gone: BTreeSet::new(), open: Vec::new() };
        visit.number(expr, against);
        visit.named();
    }

    /// Shows every slot that a condition reads, and the number it is compared with if it is only compared with one.
    pub(crate) fn visit_test(&self, cond: &Cond, note: &mut dyn FnMut(Slot, Option<i32>)) {
        let mut visit = Visit { slots: self, note, gone: BTreeSet::new(), open: Vec::new() };
        visit.test(cond);
        visit.named();
    }
}

/// Goes through a rule and shows every slot that it reads.
struct Visit<'v, 'c> {
    slots: &'v Slots<'c>,
    note: &'v mut dyn FnMut(Slot, Option<i32>),
    /// Derived variables that were met, and what they are compared with.
    gone: BTreeSet<(DerivedIx, Option<i32>)>,
    /// Those of them that are still to be gone through.
    open: Vec<(DerivedIx, Option<i32>)>,
}

impl Visit<'_, '_> {
    fn number(&mut self, expr: &Expr, against: Option<i32>) {
        let slots = self.slots;
        match expr {
            Expr::Const(_) => {}
            Expr::Var(ix) => (self.note)(slots.var(*ix), against),
            Expr::Derived(ix) => self.derived(*ix, against),
            Expr::Add(a, b) | Expr::Sub(a, b) | Expr::Mul(a, b) | Expr::Min(a, b) | Expr::Max(a, b) => {
                self.number(a, None);
                self.number(b, None);
            }
            Expr::Neg(a) => self.number(a, None),
            Expr::If(c, a, b) => {
                self.test(c);
                self.number(a, against);
                self.number(b, against);
            }
            Expr::Band(x, marks) => marks.iter().for_each(|mark| self.number(x, Some(*mark))),
            Expr::Count(ix) => (self.note)(slots.item(*ix), against),
            Expr::Visits(ix) => (self.note)(slots.visits(*ix), against),
            Expr::Taken(ix) => (self.note)(slots.taken(*ix), against),
            Expr::Since(ix) => (self.note)(slots.age(*ix), against),
            Expr::Turns => (self.note)(slots.turn, against),
        }
    }

    fn test(&mut self, cond: &Cond) {
        let slots = self.slots;
        match cond {
            Cond::Const(_) => {}
            Cond::Flag(ix) => (self.note)(slots.var(*ix), Some(1)),
            Cond::Derived(ix) => self.derived(*ix, Some(1)),
            Cond::Not(c) => self.test(c),
            Cond::All(all) | Cond::Any(all) => all.iter().for_each(|c| self.test(c)),
            Cond::Compare(_, a, b) => {
                let against = |e: &Expr| match e {
                    Expr::Const(n) => Some(*n),
                    _ => None,
                };
                self.number(a, against(b));
                self.number(b, against(a));
            }
            Cond::Has(ix) => (self.note)(slots.item(*ix), Some(1)),
            Cond::Seen(ix) => (self.note)(slots.visits(*ix), Some(1)),
        }
    }

    fn derived(&mut self, ix: DerivedIx, against: Option<i32>) {
        if self.gone.insert((ix, against)) {
            self.open.push((ix, against));
        }
    }

    /// Goes through the derived variables that were met.
    fn named(&mut self) {
        let chapter = self.slots.chapter;
        while let Some((ix, against)) = self.open.pop() {
            match &chapter.derived[ix.at()].is {
                Meaning::Number(e) => self.number(e, against),
                Meaning::Flag(c) => self.test(c),
            }
        }
    }
}
