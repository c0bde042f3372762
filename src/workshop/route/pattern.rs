//! A relaxation looked at whole: the least that any play still has to pay from each of its nodes on.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};
use std::time::Instant;

use rustc_hash::FxHashMap;

use super::super::prove::machine::{Machine, Places, Runner};
use super::super::prove::nodes::Nodes;
use super::super::prove::slots::Slot;
use super::super::prove::span::Span;
use super::terrain::{NEVER, Terrain, Toll};

/// What is left to pay when only some slots are tracked.
pub(crate) struct Pattern<'c> {
    machine: Machine<'c>,
    nodes: Nodes,
    places: Places,
    /// For each node the least that is left to pay; [`NEVER`] where no way leads to the goal.
    ahead: Vec<Toll>,
    /// For each node the next on the cheapest way to the goal; itself at the goal.
    next: Vec<u32>,
    /// For each place, what is known of the tracked slots in its nodes: as bits of a node.
    outlines: FxHashMap<u32, Vec<Vec<u64>>>,
    /// The least that a whole play costs.
    pub(crate) least: Toll,
}

impl<'c> Pattern<'c> {
    /// Looks at the whole of it, if there are no more than `budget` nodes and it takes no longer. Nodes from which
    /// coarser patterns know no way to the goal are left out.
    pub(crate) fn build(
        terrain: &Terrain<'c>,
        tracked: &BTreeSet<Slot>,
        coarser: &[Self],
        budget: usize,
        time: Instant,
    ) -> Option<Self> {
        let machine = terrain.machine(tracked);
        let goal = terrain.aim();
        let mut runner = Runner::new(&machine);
        let mut guide = Guide::new(&machine, coarser);
        let mut nodes = Nodes::new(machine.words);
        let mut arcs: Vec<(u32, u32, Toll)> = Vec::new();
        let mut goals: Vec<(u32, Toll)> = Vec::new();
        terrain.enter(&machine, &mut runner, &mut |_, node, _| {
            nodes.put(node);
        });
        let mut id = 0;
        while (id as usize) < nodes.len() {
            if nodes.len() > budget || id % 256 == 0 && Instant::now() >= time {
                return None;
            }
            let node = nodes.get(id).to_vec();
            runner.expand(&node);
            if goal.met(&mut runner, &node) {
                goals.push((id, terrain.due(&machine, &node)));
            }
            let out = &runner.out;
            out.each(machine.words, |label, leaf, next| {
                let known = nodes.find(next);
                if known.is_none() && guide.ahead(&machine, &runner.places, next) == NEVER {
                    return;
                }
                let to = known.unwrap_or_else(|| nodes.put(next).0);
                arcs.push((to, id, terrain.toll(out, label, leaf)));
            });
            id += 1;
        }
        let (ahead, next) = backwards(nodes.len(), arcs, goals);
        let places = std::mem::take(&mut runner.places);
        let mut outlines: FxHashMap<u32, Vec<Vec<u64>>> = FxHashMap::default();
        for id in (0..).take(nodes.len()) {
            let node = nodes.get(id);
            let known = outlines.entry(Machine::place_of(node)).or_default();
            let outline = machine.outline(node);
            if !known.contains(&outline) {
                known.push(outline);
            }
        }
        drop(runner);
        drop(guide);
        let mut pattern = Self { machine, nodes, places, ahead, next, outlines, least: NEVER };
        pattern.least = pattern.whole_play(terrain);
        Some(pattern)
    }

    fn whole_play(&mut self, terrain: &Terrain<'c>) -> Toll {
        let mut runner = Runner::new(&self.machine);
        let places = &mut self.places;
        let (nodes, ahead) = (&self.nodes, &self.ahead);
        std::mem::swap(&mut runner.places, places);
        let mut least = NEVER;
        terrain.enter(&self.machine, &mut runner, &mut |_, node, toll| {
            let left = nodes.find(node).map_or(0, |id| ahead[id as usize]);
            least = least.min(left.saturating_add(toll));
        });
        std::mem::swap(&mut runner.places, places);
        least
    }

    pub(crate) const fn machine(&self) -> &Machine<'c> {
        &self.machine
    }

    /// What runs its nodes.
    pub(crate) fn runner(&self) -> Runner<'_, 'c> {
        let mut runner = Runner::new(&self.machine);
        runner.places.clone_from(&self.places);
        runner
    }

    /// The nodes of the cheapest play, from its first page to the goal.
    pub(crate) fn way(&self, terrain: &Terrain<'c>, runner: &mut Runner<'_, 'c>) -> Option<Vec<Vec<u64>>> {
        let mut first: Option<(Toll, u32)> = None;
        terrain.enter(&self.machine, runner, &mut |_, node, toll| {
            let id = self.nodes.find(node);
            let total = id.map_or(NEVER, |id| self.ahead[id as usize].saturating_add(toll));
            if let Some(id) = id.filter(|_| total != NEVER && first.is_none_or(|(least, _)| total < least)) {
                first = Some((total, id));
            }
        });
        let (_, mut id) = first?;
        let mut way = vec![self.nodes.get(id).to_vec()];
        while self.next[id as usize] != id {
            id = self.next[id as usize];
            way.push(self.nodes.get(id).to_vec());
        }
        Some(way)
    }

    /// The tracked slots.
    pub(crate) fn tracked(&self) -> &[Slot] {
        &self.machine.tracked
    }

    /// How many nodes there are.
    pub(crate) fn len(&self) -> usize {
        self.nodes.len()
    }
}

/// The least toll from each node to a goal, over arcs turned round, and the next node on the way.
fn backwards(count: usize, mut arcs: Vec<(u32, u32, Toll)>, goals: Vec<(u32, Toll)>) -> (Vec<Toll>, Vec<u32>) {
    arcs.sort_unstable();
    arcs.dedup_by_key(|(to, from, _)| (*to, *from));
    let mut starts = vec![0; count + 1];
    for (to, ..) in &arcs {
        starts[*to as usize + 1] += 1;
    }
    for at in 0..count {
        starts[at + 1] += starts[at];
    }
    let mut ahead = vec![NEVER; count];
    let mut next: Vec<u32> = (0..).take(count).collect();
    let mut waiting: BinaryHeap<Reverse<(Toll, u32)>> = BinaryHeap::new();
    for (id, due) in goals {
        if due < ahead[id as usize] {
            ahead[id as usize] = due;
            waiting.push(Reverse((due, id)));
        }
    }
    while let Some(Reverse((toll, id))) = waiting.pop() {
        if toll > ahead[id as usize] {
            continue;
        }
        for (_, from, more) in &arcs[starts[id as usize]..starts[id as usize + 1]] {
            let toll = toll.saturating_add(*more);
            if toll < ahead[*from as usize] {
                ahead[*from as usize] = toll;
                next[*from as usize] = id;
                waiting.push(Reverse((toll, *from)));
            }
        }
    }
    (ahead, next)
}

/// Patterns read from nodes of the exact machine: the greatest of what they say is left to pay.
pub(crate) struct Guide<'p, 'c> {
    views: Vec<View<'p, 'c>>,
    values: Vec<Span>,
    packed: Vec<u64>,
    masked: Vec<u64>,
}

/// One pattern, seen from the exact machine.
struct View<'p, 'c> {
    pattern: &'p Pattern<'c>,
    /// The exact machine's cell of each cell of the pattern.
    cells: Vec<Option<u32>>,
    /// The pattern's number of each of the exact machine's places, as they are met.
    places: FxHashMap<u32, Option<u32>>,
}

impl<'p, 'c> Guide<'p, 'c> {
    pub(crate) fn new(exact: &Machine<'c>, patterns: &'p [Pattern<'c>]) -> Self {
        let view = |pattern: &'p Pattern<'c>| View {
            pattern,
            cells: pattern.machine.tracked.iter().map(|slot| exact.cell(*slot)).collect(),
            places: FxHashMap::default(),
        };
        Self { views: patterns.iter().map(view).collect(), values: Vec::new(), packed: Vec::new(), masked: Vec::new() }
    }

    /// The least that is left to pay from a node of the exact machine on.
    pub(crate) fn ahead(&mut self, exact: &Machine<'c>, places: &Places, node: &[u64]) -> Toll {
        let place = Machine::place_of(node);
        let mut most = 0;
        for view in &mut self.views {
            let machine = &view.pattern.machine;
            let at = places.get(place);
            let mine = *view.places.entry(place).or_insert_with(|| {
                // Nothing is said of places where the exact machine forgets what the pattern remembers.
                let remembers = |(cell, own): (u32, &Option<u32>)| {
                    !machine.keeps(at, cell) || own.is_some_and(|own| exact.keeps(at, own))
                };
                let sure = (0..).zip(&view.cells).all(remembers);
                view.pattern.places.find(at).filter(|_| sure)
            });
            let Some(mine) = mine else { continue };
            self.values.clear();
            let widest = machine.widest();
            self.values.extend(view.cells.iter().zip(widest).map(|(own, widest)| match own {
                Some(own) => exact.held(node, *own),
                None => *widest,
            }));
            self.packed.clear();
            machine.pack(mine, at, &self.values, &mut self.packed);
            let mut least: Option<Toll> = None;
            for outline in view.pattern.outlines.get(&mine).into_iter().flatten() {
                self.masked.clear();
                self.masked.extend(self.packed.iter().zip(outline).map(|(word, mask)| word & mask));
                if let Some(id) = view.pattern.nodes.find(&self.masked) {
                    let left = view.pattern.ahead[id as usize];
                    least = Some(least.map_or(left, |least| least.min(left)));
                }
            }
            most = most.max(least.unwrap_or(0));
        }
        most
    }
}
