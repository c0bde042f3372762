//! Relaxations, each tracking more than the one before: what stands behind the goal comes first.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::Instant;

use super::super::prove::slots::Slot;
use super::pattern::Pattern;
use super::terrain::Terrain;
use crate::engine::chapter::{Flow, Goes, Target};
use crate::engine::effect::{Act, Effect};
use crate::engine::expr::Cond;
use crate::engine::id::{ChoiceIx, SceneIx, SiteIx};

/// The relaxation that tracks only what the goal reads, and these slots.
pub(crate) fn with<'c>(
    terrain: &Terrain<'c>,
    wanted: &BTreeSet<Slot>,
    coarser: &[Pattern<'c>],
    budget: usize,
    time: Instant,
) -> Option<Pattern<'c>> {
    let tracked = terrain.least().union(wanted).copied().collect();
    Pattern::build(terrain, &tracked, coarser, budget, time)
}

/// Puts finer relaxations behind the first, as far as they come within this time and with no more than `budget` nodes.
///
/// Slots are tried in the order in which they stand behind the goal. One that is cheap is kept; one that is dear only if
/// it raises the bound.
pub(crate) fn refine<'c>(
    terrain: &Terrain<'c>,
    patterns: &mut Vec<Pattern<'c>>,
    all: &BTreeSet<Slot>,
    budget: usize,
    time: Instant,
) {
    let mut order: Vec<Slot> = Vec::new();
    for level in Behind::new(terrain).levels(&terrain.least()) {
        let mut level: Vec<Slot> = level.into_iter().filter(|slot| all.contains(slot)).collect();
        level.sort_by_key(|slot| (terrain.slots.cost(*slot), *slot));
        order.extend(level);
    }
    // What was taken once seldom matters where there is no way back.
    order.sort_by_key(|slot| terrain.slots.is_taken(*slot));
    let mut tracked = BTreeSet::new();
    let mut left = order;
    loop {
        let before = left.len();
        let mut deferred = Vec::new();
        for slot in left {
            let now = Instant::now();
            if now >= time {
                return;
            }
            let more: BTreeSet<Slot> = tracked.iter().copied().chain([slot]).collect();
            let (least, size) = patterns.last().map_or((0, 0), |p| (p.least, p.len()));
            match with(terrain, &more, patterns, budget, now + (time - now) / 6) {
                Some(finer) if finer.least > least || finer.len() <= budget / 8 || finer.len() <= size + size / 4 => {
                    tracked = more;
                    keep(patterns, finer);
                }
                _ => deferred.push(slot),
            }
        }
        if deferred.len() == before {
            return;
        }
        left = deferred;
    }
}

/// The most relaxations that are asked at every state.
const ASKED: usize = 3;

/// Keeps the first, which is quick to ask, and the last few.
fn keep<'c>(patterns: &mut Vec<Pattern<'c>>, pattern: Pattern<'c>) {
    if patterns.len() >= ASKED {
        patterns.remove(1);
    }
    patterns.push(pattern);
}

/// What stands behind what: which slots decide how a slot changes and whether a scene is entered.
struct Behind<'a, 'c> {
    terrain: &'a Terrain<'c>,
    /// For each scene, the conditions on the way in and the scenes it is entered from.
    into: BTreeMap<SceneIx, (BTreeSet<Slot>, BTreeSet<SceneIx>)>,
    /// For each slot, what its changes read and the scenes they happen in.
    changes: BTreeMap<Slot, (BTreeSet<Slot>, BTreeSet<SceneIx>)>,
    /// For each scene, where dice fall in it.
    draws: BTreeMap<SceneIx, BTreeSet<SiteIx>>,
}

impl<'a, 'c> Behind<'a, 'c> {
    fn new(terrain: &'a Terrain<'c>) -> Self {
        let mut behind = Self { terrain, into: BTreeMap::new(), changes: BTreeMap::new(), draws: BTreeMap::new() };
        let chapter = terrain.chapter();
        for (at, scene) in chapter.scenes.iter().enumerate() {
            let here = SceneIx::from(at);
            behind.effects(&scene.enter, here, &BTreeSet::new());
            behind.changes.entry(terrain.slots.visits(here)).or_default().1.insert(here);
            for flow in scene.otherwise.iter().chain(&scene.then) {
                behind.flow(flow, here, &BTreeSet::new());
            }
            behind.menu(&scene.menu, here, &BTreeSet::new());
        }
        behind
    }

    fn menu(&mut self, menu: &[ChoiceIx], here: SceneIx, around: &BTreeSet<Slot>) {
        let (chapter, slots) = (self.terrain.chapter(), self.terrain.slots);
        for ix in menu {
            let choice = chapter.choice(*ix);
            let mut read = around.clone();
            choice.when.iter().for_each(|c| slots.of_test(c, &mut read));
            if !choice.again {
                read.insert(slots.taken(*ix));
            }
            self.effects(&choice.effects, here, &read);
            let taken = self.changes.entry(slots.taken(*ix)).or_default();
            taken.0.extend(&read);
            taken.1.insert(here);
            match &choice.goes {
                Goes::To(flow) => self.flow(flow, here, &read),
                Goes::Visit(scene) => self.enter(*scene, here, &read),
                Goes::Nested(menu, then) => {
                    self.menu(menu, here, &read);
                    then.iter().for_each(|flow| self.flow(flow, here, &read));
                }
                Goes::Rejoin => {}
            }
        }
    }

    fn flow(&mut self, flow: &Flow, here: SceneIx, around: &BTreeSet<Slot>) {
        let mut read = around.clone();
        for arrow in flow {
            arrow.when.iter().for_each(|c| self.terrain.slots.of_test(c, &mut read));
            match arrow.target {
                Target::Scene(scene) => self.enter(scene, here, &read),
                Target::Draw(deck) => {
                    let deck = &self.terrain.chapter().decks[deck.at()];
                    for card in &deck.cards {
                        let mut read = read.clone();
                        let when: Option<&Cond> =
                            self.terrain.chapter().scene(*card).card.as_ref().and_then(|c| c.when.as_ref());
                        when.into_iter().for_each(|c| self.terrain.slots.of_test(c, &mut read));
                        self.enter(*card, here, &read);
                    }
                    self.flow(&deck.none, here, &read);
                }
                Target::Back => {}
            }
        }
    }

    fn enter(&mut self, scene: SceneIx, from: SceneIx, read: &BTreeSet<Slot>) {
        let into = self.into.entry(scene).or_default();
        into.0.extend(read);
        into.1.insert(from);
    }

    fn effects(&mut self, effects: &[Effect], here: SceneIx, around: &BTreeSet<Slot>) {
        for effect in effects {
            let mut read = around.clone();
            if let Act::Roll(.., site) | Act::Chance(_, _, site) | Act::OneOf(_, _, site) = &effect.act {
                self.draws.entry(here).or_default().insert(*site);
            }
            if let Some(slot) = self.terrain.slots.of_effect(effect, &mut read) {
                let change = self.changes.entry(slot).or_default();
                change.0.extend(&read);
                change.1.insert(here);
            }
        }
    }

    /// Slots by how far they stand behind these.
    fn levels(&self, first: &BTreeSet<Slot>) -> Vec<BTreeSet<Slot>> {
        let mut levels: Vec<BTreeSet<Slot>> = Vec::new();
        let mut slots: BTreeSet<Slot> = first.clone();
        let mut scenes: BTreeSet<SceneIx> = BTreeSet::new();
        let mut waiting: VecDeque<(Thing, usize)> = first.iter().map(|slot| (Thing::Slot(*slot), 0)).collect();
        while let Some((thing, depth)) = waiting.pop_front() {
            let next = match thing {
                Thing::Slot(slot) => self.changes.get(&slot),
                Thing::Scene(scene) => self.into.get(&scene),
            };
            if levels.len() <= depth {
                levels.resize(depth + 1, BTreeSet::new());
            }
            if let Thing::Scene(scene) = thing {
                let drawn = self.draws.get(&scene).into_iter().flatten().map(|site| self.terrain.slots.drawn(*site));
                levels[depth].extend(drawn);
            }
            let Some((read, from)) = next else { continue };
            for slot in read {
                if slots.insert(*slot) {
                    levels[depth].insert(*slot);
                    waiting.push_back((Thing::Slot(*slot), depth + 1));
                }
            }
            for scene in from {
                if scenes.insert(*scene) {
                    waiting.push_back((Thing::Scene(*scene), depth + 1));
                }
            }
        }
        levels
    }
}

/// What something else may stand behind.
#[derive(Clone, Copy, Debug)]
enum Thing {
    Slot(Slot),
    Scene(SceneIx),
}
