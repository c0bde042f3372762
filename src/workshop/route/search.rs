//! The exact search: every state that could be on a cheaper play, the most promising first.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::rc::Rc;
use std::time::Instant;

use super::super::prove::machine::{Machine, Runner};
use super::super::prove::nodes::{NONE, Nodes};
use super::pattern::{Guide, Pattern};
use super::terrain::{NEVER, Terrain, Toll, asked};

/// When a search is given up.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Until {
    pub(crate) states: usize,
    pub(crate) time: Instant,
}

/// What a search came to.
#[derive(Clone, Debug)]
pub(crate) struct Outcome {
    /// The nodes of the cheapest play that was found, from the first page on.
    pub(crate) trail: Option<Vec<Vec<u64>>>,
    /// What it costs.
    pub(crate) toll: Toll,
    /// No play costs less than this.
    pub(crate) bound: Toll,
    /// Nodes that were gone on from.
    pub(crate) closed: usize,
}

/// States of the exact machine, and what is known of each.
pub(crate) struct Search<'s, 'm, 'c> {
    pub(super) terrain: &'s Terrain<'c>,
    pub(super) machine: &'m Machine<'c>,
    pub(super) runner: Runner<'m, 'c>,
    guide: Guide<'s, 'c>,
    pub(super) nodes: Nodes,
    /// What the cheapest known way to each node costs.
    pub(super) spent: Vec<Toll>,
    /// From which node it comes.
    from: Vec<u32>,
}

impl<'s, 'm, 'c> Search<'s, 'm, 'c> {
    pub(crate) fn new(terrain: &'s Terrain<'c>, machine: &'m Machine<'c>, patterns: &'s [Rc<Pattern<'c>>]) -> Self {
        Self {
            terrain,
            machine,
            runner: Runner::new(machine),
            guide: Guide::new(machine, patterns),
            nodes: Nodes::new(machine.words),
            spent: Vec::new(),
            from: Vec::new(),
        }
    }

    /// Looks for a play that costs less than `best`.
    pub(crate) fn run(&mut self, best: Toll, until: Until) -> Outcome {
        let (terrain, machine) = (self.terrain, self.machine);
        let aim = terrain.aim();
        let mut outcome = Outcome { trail: None, toll: best, bound: 0, closed: 0 };
        // Among equals the one that has paid most comes first: it is nearest to the goal.
        let mut queue: BinaryHeap<Reverse<(Toll, Reverse<Toll>, u32)>> = BinaryHeap::new();
        for (node, toll) in self.first() {
            self.reach(&node, toll, NONE, outcome.toll, &mut |total, spent, id| {
                queue.push(Reverse((total, Reverse(spent), id)));
            });
        }
        while let Some(Reverse((total, Reverse(spent), id))) = queue.pop() {
            if spent > self.spent[id as usize] {
                continue;
            }
            outcome.bound = outcome.bound.max(total);
            if asked(total) >= asked(outcome.toll) {
                break;
            }
            if self.nodes.len() >= until.states || outcome.closed.is_multiple_of(256) && Instant::now() >= until.time {
                return outcome;
            }
            outcome.closed += 1;
            let node = self.nodes.get(id).to_vec();
            self.runner.expand(&node);
            if aim.met(&mut self.runner, &node) {
                let toll = spent + terrain.due(machine, &node);
                if toll < outcome.toll {
                    outcome.toll = toll;
                    outcome.trail = Some(self.trail(id));
                }
                continue;
            }
            let out = std::mem::take(&mut self.runner.out);
            out.each(machine.words, |label, leaf, next| {
                let toll = spent + terrain.toll(&out, label, leaf);
                self.reach(next, toll, id, outcome.toll, &mut |total, spent, id| {
                    queue.push(Reverse((total, Reverse(spent), id)));
                });
            });
            self.runner.out = out;
        }
        outcome.bound = outcome.toll;
        outcome
    }

    /// Forgets every state.
    pub(crate) fn clear(&mut self) {
        self.nodes = Nodes::new(self.machine.words);
        self.spent.clear();
        self.from.clear();
    }

    /// The first pages, with what they have cost.
    pub(super) fn first(&mut self) -> Vec<(Vec<u64>, Toll)> {
        let mut first = Vec::new();
        self.terrain.enter(self.machine, &mut self.runner, &mut |_, node, toll| first.push((node.to_vec(), toll)));
        first
    }

    /// Notes a way to a node, and hands it on if it is the cheapest so far and may lead to something cheaper than `best`.
    pub(super) fn reach(
        &mut self,
        node: &[u64],
        toll: Toll,
        from: u32,
        best: Toll,
        see: &mut dyn FnMut(Toll, Toll, u32),
    ) {
        let (id, new) = self.nodes.put(node);
        if new {
            self.spent.push(NEVER);
            self.from.push(NONE);
        }
        if toll >= self.spent[id as usize] {
            return;
        }
        let total = toll.saturating_add(self.guide.ahead(self.machine, &self.runner.places, node));
        if asked(total) >= asked(best) {
            return;
        }
        self.spent[id as usize] = toll;
        self.from[id as usize] = from;
        see(total, toll, id);
    }

    /// The nodes from the first page to this one.
    pub(super) fn trail(&self, mut id: u32) -> Vec<Vec<u64>> {
        let mut trail = vec![self.nodes.get(id).to_vec()];
        while self.from[id as usize] != NONE {
            id = self.from[id as usize];
            trail.push(self.nodes.get(id).to_vec());
        }
        trail.reverse();
        trail
    }
}
