//! What is searched: a chapter from one beginning, a goal, what a play costs and whose luck falls.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::super::prove::entry::{self, Entry};
use super::super::prove::goal::Goal;
use super::super::prove::local::{self, Menu};
use super::super::prove::machine::{Asked, Expansion, Label, Machine, Runner};
use super::super::prove::refine::Ground;
use super::super::prove::slots::{Slot, Slots};
use super::super::prove::span::Span;
use super::aim::Beginning;
use crate::engine::Chapter;
use crate::engine::effect::{Act, Effect};
use crate::engine::expr::{Cond, Expr};
use crate::engine::id::{SiteIx, VarIx};

/// What a play costs so far, or will at least cost: first what is asked for, then choices.
pub(crate) type Toll = u64;

/// One of what is asked for.
pub(crate) const UNIT: Toll = 1 << 32;

/// More than any play costs.
pub(crate) const NEVER: Toll = Toll::MAX;

/// What is asked for, of a toll.
pub(crate) const fn asked(toll: Toll) -> u64 {
    toll / UNIT
}

/// How a play is priced, in a machine's terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Price {
    /// A choice costs one.
    Choices,
    /// A counter that only rises and that no rule reads: every step costs what it rises by.
    Rises(Slot),
    /// What a slot holds at the goal, counted from the least that it can hold.
    Ends(Slot, i32),
}

/// What is searched.
pub(crate) struct Terrain<'c> {
    pub(crate) slots: &'c Slots<'c>,
    ground: Ground<'c>,
    pub(crate) goal: &'c Cond,
    pub(crate) entry: Entry,
    pub(crate) seed: Option<u64>,
    pub(crate) price: Price,
}

/// What is known of a chapter from one beginning, whatever is looked for.
pub(crate) fn lay(slots: &Slots<'_>, beginning: &Beginning) -> (Entry, Vec<Span>, BTreeSet<Menu>) {
    let entry = Entry::exact(beginning.scene, &beginning.given);
    let base = entry::always(slots, std::slice::from_ref(&entry));
    let filled = local::never_empty(slots, &base);
    (entry, base, filled)
}

impl<'c> Terrain<'c> {
    pub(crate) fn new(
        slots: &'c Slots<'c>,
        (entry, base, filled): (Entry, Vec<Span>, &'c BTreeSet<Menu>),
        goal: &'c Cond,
        least: Option<VarIx>,
        seed: Option<u64>,
    ) -> Self {
        let (read, passing) = (slots.read(), slots.asked_twice());
        let ground = Ground { slots, base, read, filled, passing, looked: Arc::default() };
        let mut terrain = Self { slots, ground, goal, entry, seed, price: Price::Choices };
        if let Some(var) = least {
            let slot = slots.var(var);
            terrain.price = Price::Ends(slot, slots.chapter().var(var).bounds().0);
            if only_rises(slots.chapter(), var) && !terrain.is_read(slot) {
                terrain.price = Price::Rises(slot);
                terrain.ground.base[slot as usize] = Span::only(0);
                terrain.ground.passing.insert(slot);
                terrain.ground.read.remove(&slot);
            }
        }
        // What falls, and what is made of it at once, is known until the next page.
        terrain.ground.passing.extend(fleeting_luck(slots));
        // What is read only on the way from one page to the next costs nothing to know there.
        let needed = terrain.everything();
        let fleeting: Vec<Slot> = terrain.ground.read.difference(&needed).copied().collect();
        terrain.ground.passing.extend(fleeting);
        terrain
    }

    pub(crate) fn chapter(&self) -> &'c Chapter {
        self.slots.chapter()
    }

    /// Whether some rule that matters to a play, or the goal, reads the slot.
    fn is_read(&self, slot: Slot) -> bool {
        let machine = self.ground.machine(&BTreeSet::from([slot]), &[Asked::ever(self.goal)], &[]);
        machine.needed().next().is_some()
    }

    /// A machine that tracks these slots.
    pub(crate) fn machine(&self, tracked: &BTreeSet<Slot>) -> Machine<'c> {
        let kept = match self.price {
            Price::Ends(slot, _) => vec![slot],
            Price::Choices | Price::Rises(_) => Vec::new(),
        };
        let mut machine = self.ground.machine(tracked, &[Asked::ever(self.goal)], &kept);
        machine.seed = self.seed;
        if let Price::Rises(slot) = self.price {
            machine.shown = machine.known_cell(slot);
        }
        machine
    }

    /// Everything that has to be tracked so that nothing is forgotten that matters.
    pub(crate) fn everything(&self) -> BTreeSet<Slot> {
        let mut all = self.ground.read.clone();
        all.extend(self.least());
        if self.seed.is_some() {
            all.extend((0..self.chapter().sites.len()).map(|at| self.slots.drawn(SiteIx::from(at))));
        }
        self.machine(&all).needed().collect()
    }

    /// What every look has to track: what the goal reads, and what is asked for.
    pub(crate) fn least(&self) -> BTreeSet<Slot> {
        let mut least = BTreeSet::new();
        self.slots.of_test(self.goal, &mut least);
        if let Price::Ends(slot, _) = self.price {
            least.insert(slot);
        }
        least
    }

    /// Draws to be counted so that what a seed brings to these slots is known.
    pub(crate) fn luck(&self, tracked: &BTreeSet<Slot>) -> BTreeSet<Slot> {
        let mut draws = BTreeSet::new();
        if self.seed.is_none() {
            return draws;
        }
        for list in lists(self.chapter()) {
            // From the last effect to the first: what a later one reads, an earlier one may have thrown.
            let mut matters = tracked.clone();
            for effect in list.iter().rev() {
                let mut read = BTreeSet::new();
                if self.slots.of_effect(effect, &mut read).is_some_and(|slot| matters.contains(&slot)) {
                    matters.extend(read.intersection(&self.ground.passing));
                    draws.extend(thrown(effect).map(|site| self.slots.drawn(site)));
                }
            }
        }
        draws
    }

    pub(crate) fn aim(&self) -> Goal<'c> {
        Goal::Holds(self.goal)
    }

    /// What a way to the node with this number among those of an expansion costs.
    pub(crate) fn toll(&self, out: &Expansion<'_>, label: Label, leaf: u32) -> Toll {
        let chosen = Toll::from(matches!(label, Label::Choice(..)));
        match self.price {
            Price::Choices => chosen * UNIT,
            Price::Rises(_) => {
                let risen = out.shown.get(leaf as usize).map_or(0, |span| span.low);
                u64::try_from(risen).unwrap_or(0) * UNIT + chosen
            }
            Price::Ends(..) => chosen,
        }
    }

    /// What is to be paid at the goal.
    pub(crate) fn due(&self, machine: &Machine<'c>, node: &[u64]) -> Toll {
        let Price::Ends(slot, low) = self.price else { return 0 };
        let least = machine.cell(slot).map_or(low, |cell| machine.held(node, cell).low);
        u64::try_from(i64::from(least) - i64::from(low)).unwrap_or(0) * UNIT
    }

    /// Enters and shows each first node with what it has cost.
    pub(crate) fn enter(
        &self,
        machine: &Machine<'c>,
        runner: &mut Runner<'_, 'c>,
        see: &mut dyn FnMut(&mut Runner<'_, 'c>, &[u64], Toll),
    ) {
        entry::enter(machine, runner, std::slice::from_ref(&self.entry), &mut |runner, _| {
            let out = std::mem::take(&mut runner.out);
            for (leaf, node) in (0..).zip(out.nodes.chunks(machine.words)) {
                see(runner, node, self.toll(&out, Label::Flow(true), leaf));
            }
            runner.out = out;
        });
    }
}

/// Every list of effects that are done one after another.
fn lists(chapter: &Chapter) -> impl Iterator<Item = &[Effect]> {
    chapter.choices.iter().map(|c| &c.effects[..]).chain(chapter.scenes.iter().map(|s| &s.enter[..]))
}

/// Where the die of an effect falls.
pub(crate) const fn thrown(effect: &Effect) -> Option<SiteIx> {
    match &effect.act {
        Act::Roll(.., site) | Act::Chance(_, _, site) | Act::OneOf(_, _, site) => Some(*site),
        Act::Set(..) | Act::Test(..) | Act::Give(..) | Act::Take(..) | Act::Learn(_) => None,
    }
}

/// What a throw sets, and what is computed from that afresh by the same list of effects.
fn fleeting_luck(slots: &Slots<'_>) -> BTreeSet<Slot> {
    let mut found = BTreeSet::new();
    for list in lists(slots.chapter()) {
        let mut here = BTreeSet::new();
        for effect in list {
            let mut read = BTreeSet::new();
            let Some(set) = slots.of_effect(effect, &mut read) else { continue };
            if thrown(effect).is_some() || !read.contains(&set) && !read.is_disjoint(&here) {
                here.insert(set);
            }
        }
        found.extend(here);
    }
    found
}

/// Whether every change to a variable adds something that is not negative, and no die changes it.
fn only_rises(chapter: &Chapter, var: VarIx) -> bool {
    let rises = |effect: &Effect| match &effect.act {
        Act::Set(of, Expr::Add(a, b)) if *of == var => {
            let itself = Expr::Var(var);
            let more = if **a == itself { b } else { a };
            (**a == itself || **b == itself) && matches!(**more, Expr::Const(n) if n >= 0)
        }
        Act::Set(of, _) | Act::Test(of, _) | Act::Roll(of, ..) | Act::Chance(of, ..) | Act::OneOf(of, ..) => *of != var,
        Act::Give(..) | Act::Take(..) | Act::Learn(_) => true,
    };
    lists(chapter).flatten().all(rises)
}
