//! How a chapter can be entered, and what is always known of each slot.

use super::eval::{self, Known};
use super::machine::{Machine, Runner};
use super::slots::{Slot, Slots};
use super::span::Span;
use crate::engine::chapter::{Carried, Given};
use crate::engine::effect::{Act, Effect};
use crate::engine::id::SceneIx;
use crate::engine::state::State;

/// After so many rounds a range that still grows is taken to be the declared one.
const ROUNDS: usize = 12;
/// The most ways in that are told apart.
const MANY: usize = 4_096;

/// A way into a chapter: a scene, and what may be set before its first page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The scene.
    pub(crate) scene: SceneIx,
    /// What is set, each to any value of its span.
    pub(crate) given: Vec<(Carried, Span)>,
}

impl Entry {
    /// A way in with these values and no others.
    pub(crate) fn exact(scene: SceneIx, given: &[Given]) -> Self {
        Self { scene, given: given.iter().map(|g| (g.what, Span::only(g.value))).collect() }
    }

    /// What is set to one value.
    pub(crate) fn exactly(&self) -> impl Iterator<Item = Given> + '_ {
        let exact = |(what, span): &(Carried, Span)| span.exact().map(|value| Given { what: *what, value });
        self.given.iter().filter_map(exact)
    }

    /// What each slot holds before the first scene is entered.
    fn values(&self, slots: &Slots<'_>) -> Vec<Span> {
        let chapter = slots.chapter();
        let fresh = State::fresh(chapter, 0, &[]);
        let vars = fresh.vars.iter().chain(&fresh.items).map(|v| Span::only(*v));
        let mut values: Vec<Span> = vars.collect();
        values.resize(slots.len(), Span::only(0));
        for (slot, value) in values.iter_mut().enumerate() {
            if slots.is_age(slot_at(slot)) {
                *value = Span::only(crate::engine::expr::NEVER);
            }
        }
        for (what, span) in &self.given {
            let (slot, range) = match what {
                Carried::Var(ix) => (slots.var(*ix), chapter.var(*ix).bounds()),
                Carried::Item(ix) => (slots.item(*ix), (0, chapter.world.item(*ix).max)),
            };
            values[slot as usize] = span.clamp(range.0, range.1);
        }
        values
    }
}

fn slot_at(at: usize) -> Slot {
    Slot::try_from(at).unwrap_or(Slot::MAX)
}

/// Every way in that the chapter declares: its start with anything that it carries, and its runs.
pub(crate) fn declared(slots: &Slots<'_>) -> Vec<Entry> {
    let chapter = slots.chapter();
    let any = chapter.carries.iter().map(|carry| {
        let (low, high) = match carry.what {
            Carried::Var(ix) => chapter.var(ix).bounds(),
            Carried::Item(ix) => (0, chapter.world.item(ix).max),
        };
        (carry.what, Span::new(low, high))
    });
    let start = Entry { scene: chapter.start, given: any.collect() };
    let runs = chapter.runs.iter().map(|run| Entry::exact(run.start, &run.given));
    let mut all: Vec<Entry> = Vec::new();
    for entry in std::iter::once(start).chain(runs) {
        if !all.contains(&entry) {
            all.push(entry);
        }
    }
    all
}

/// What is always known of each slot, from these ways in on.
pub(crate) fn always(slots: &Slots<'_>, entries: &[Entry]) -> Vec<Span> {
    let chapter = slots.chapter();
    let mut base: Option<Vec<Span>> = None;
    for entry in entries {
        let values = entry.values(slots);
        base = Some(match base {
            None => values,
            Some(base) => base.iter().zip(&values).map(|(a, b)| a.hull(*b)).collect(),
        });
    }
    let mut always =
        Always { slots, base: base.unwrap_or_else(|| (0..slots.len()).map(|s| slots.widest(slot_at(s))).collect()) };
    let counters = chapter.vars.len() + chapter.world.items.len();
    for slot in counters..slots.len() {
        always.base[slot] = slots.widest(slot_at(slot));
    }
    let effects: Vec<&Effect> =
        chapter.choices.iter().flat_map(|c| &c.effects).chain(chapter.scenes.iter().flat_map(|s| &s.enter)).collect();
    for round in 0.. {
        let before = always.base.clone();
        for effect in &effects {
            always.widen(effect);
        }
        if before == always.base {
            break;
        }
        if round >= ROUNDS {
            for (slot, old) in before.iter().enumerate().take(counters) {
                if *old != always.base[slot] {
                    always.base[slot] = slots.widest(slot_at(slot));
                }
            }
        }
    }
    always.base
}

struct Always<'a, 'c> {
    slots: &'a Slots<'c>,
    base: Vec<Span>,
}

impl Known for Always<'_, '_> {
    fn slots(&self) -> &Slots<'_> {
        self.slots
    }

    fn get(&self, slot: Slot) -> Span {
        self.base[slot as usize]
    }
}

impl Always<'_, '_> {
    fn widen(&mut self, effect: &Effect) {
        if effect.when.as_ref().is_some_and(|c| !eval::test(c, self).may()) {
            return;
        }
        let chapter = self.slots.chapter();
        let (slot, span) = match &effect.act {
            Act::Set(var, e) => (self.slots.var(*var), eval::number(e, self)),
            Act::Test(var, c) => (self.slots.var(*var), eval::test(c, self).number()),
            Act::Roll(var, low, high, _) => (self.slots.var(*var), Span::new(*low, *high)),
            Act::Chance(var, percent, _) => {
                let span = Span::new(i32::from(*percent >= 100), i32::from(*percent > 0));
                (self.slots.var(*var), span)
            }
            Act::OneOf(var, options, _) => {
                let low = options.iter().min().copied().unwrap_or(0);
                (self.slots.var(*var), Span::new(low, options.iter().max().copied().unwrap_or(low)))
            }
            Act::Give(item, e) => {
                let slot = self.slots.item(*item);
                let more = eval::number(e, self).max(Span::only(0));
                (slot, self.get(slot).add(more).min(Span::only(chapter.world.item(*item).max)))
            }
            Act::Take(item, e) => {
                let slot = self.slots.item(*item);
                let less = eval::number(e, self).max(Span::only(0));
                (slot, self.get(slot).sub(less).max(Span::only(0)))
            }
            Act::Learn(_) => return,
        };
        let range = self.slots.widest(slot);
        let at = slot as usize;
        self.base[at] = self.base[at].hull(span.clamp(range.low, range.high));
    }
}

/// Enters in every way that can be told apart, and hands each first node on.
pub(crate) fn enter<'c>(
    machine: &Machine<'c>,
    runner: &mut Runner<'_, 'c>,
    entries: &[Entry],
    see: &mut dyn FnMut(&mut Runner<'_, 'c>, &Entry),
) {
    let slots = machine.slots;
    for entry in entries {
        let all = entry.values(slots);
        let values: Vec<Span> = machine.all.iter().map(|s| all[*s as usize]).collect();
        let mut ways: Vec<Vec<Span>> = vec![values];
        for (what, span) in &entry.given {
            let slot = match what {
                Carried::Var(ix) => slots.var(*ix),
                Carried::Item(ix) => slots.item(*ix),
            };
            let Some(cell) = machine.cell(slot).filter(|_| span.exact().is_none()) else { continue };
            let span = ways[0][cell as usize];
            let count = usize::try_from(i64::from(span.high) - i64::from(span.low) + 1).unwrap_or(usize::MAX);
            if count.saturating_mul(ways.len()) > MANY {
                continue;
            }
            ways = ways
                .iter()
                .flat_map(|way| {
                    (span.low..=span.high).map(move |value| {
                        let mut way = way.clone();
                        way[cell as usize] = Span::only(value);
                        way
                    })
                })
                .collect();
        }
        for way in ways {
            runner.enter_first(entry.scene, &way);
            let given = entry.given.iter().map(|(what, span)| {
                let slot = match what {
                    Carried::Var(ix) => slots.var(*ix),
                    Carried::Item(ix) => slots.item(*ix),
                };
                (*what, machine.cell(slot).map_or(*span, |cell| way[cell as usize]))
            });
            let entered = Entry { scene: entry.scene, given: given.collect() };
            see(runner, &entered);
        }
    }
}
