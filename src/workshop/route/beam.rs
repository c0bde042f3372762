//! A search that keeps only the most promising states of each number of choices: fast, and never sure.

use std::time::Instant;

use rustc_hash::FxHashMap;

use super::super::prove::machine::Machine;
use super::super::prove::nodes::NONE;
use super::search::{Outcome, Search};
use super::terrain::{Toll, asked};

/// A state that may be kept: what a play through it costs at least, how common what it holds is, and its number.
struct Kept {
    total: Toll,
    common: u64,
    id: u32,
}

impl Search<'_, '_, '_> {
    /// Looks for a play that costs less than `best`, with so many states kept after each choice.
    pub(crate) fn beam(&mut self, width: usize, best: Toll, time: Instant) -> Outcome {
        self.clear();
        let (terrain, machine) = (self.terrain, self.machine);
        let aim = terrain.aim();
        let mut outcome = Outcome { trail: None, toll: best, bound: 0, closed: 0 };
        let mut now: Vec<u32> = Vec::new();
        for (node, toll) in self.first() {
            self.reach(&node, toll, NONE, best, &mut |_, _, id| now.push(id));
        }
        while !now.is_empty() && Instant::now() < time {
            let mut next: Vec<Kept> = Vec::new();
            let mut at = 0;
            while at < now.len() {
                let id = now[at];
                at += 1;
                let node = self.nodes.get(id).to_vec();
                let spent = self.spent[id as usize];
                outcome.closed += 1;
                self.runner.expand(&node);
                if aim.met(&mut self.runner, &node) {
                    let toll = spent + terrain.due(machine, &node);
                    if asked(toll) < asked(outcome.toll) {
                        outcome.toll = toll;
                        outcome.trail = Some(self.trail(id));
                    }
                    continue;
                }
                let out = std::mem::take(&mut self.runner.out);
                out.each(machine.words, |label, leaf, node| {
                    let toll = spent + terrain.toll(&out, label, leaf);
                    self.reach(node, toll, id, outcome.toll, &mut |total, _, id| {
                        if out.rests {
                            next.push(Kept { total, common: 0, id });
                        } else {
                            now.push(id);
                        }
                    });
                });
                self.runner.out = out;
            }
            now = self.keep(next, width);
        }
        outcome
    }

    /// So many, half of them of the best price there is, half of what is left of the next, and so on: a play that pays
    /// early for what it needs late is not lost for those that never pay. Of one price those whose values are rarest.
    fn keep(&self, mut next: Vec<Kept>, width: usize) -> Vec<u32> {
        next.sort_by_key(|kept| (kept.total, kept.id));
        next.dedup_by_key(|kept| kept.id);
        let mut kept = Vec::with_capacity(width.min(next.len()));
        for price in next.chunk_by_mut(|a, b| asked(a.total) == asked(b.total)) {
            let room = width.saturating_sub(kept.len()).div_ceil(2);
            if price.len() > room {
                self.rarest_first(price);
            }
            kept.extend(price.iter().take(room).map(|kept| kept.id));
        }
        kept
    }

    fn rarest_first(&self, price: &mut [Kept]) {
        let mut counts: FxHashMap<(u32, u64), u64> = FxHashMap::default();
        let traits = |kept: &Kept, see: &mut dyn FnMut((u32, u64))| {
            let node = self.nodes.get(kept.id);
            see((u32::MAX, u64::from(Machine::place_of(node))));
            for (cell, code) in self.machine.codes(node) {
                see((cell, code));
            }
        };
        for kept in &*price {
            traits(kept, &mut |key| *counts.entry(key).or_default() += 1);
        }
        for kept in &mut *price {
            let mut rare = 0;
            traits(kept, &mut |key| rare += (1 << 32) / counts[&key]);
            kept.common = u64::MAX - rare;
        }
        price.sort_by_key(|kept| (kept.common, kept.id));
    }
}
