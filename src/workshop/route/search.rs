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
    /// Whether what no cheaper play can come to read is forgotten.
    forgets: bool,
    /// A node, as it is kept.
    pub(super) node: Vec<u64>,
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
            forgets: false,
            node: Vec::new(),
            nodes: Nodes::new(machine.words),
            spent: Vec::new(),
            from: Vec::new(),
        }
    }

    /// Forgets of every state what no cheaper play can come to read.
    pub(crate) fn forgetting(mut self) -> Self {
        self.forgets = true;
        self
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
        // What is forgotten of it is only known when it was looked at.
        let known = if self.forgets { None } else { self.nodes.find(node) };
        if known.is_some_and(|id| toll >= self.spent[id as usize]) {
            return;
        }
        let total = toll.saturating_add(self.look(node));
        if asked(total) >= asked(best) {
            return;
        }
        let (id, new) = self.nodes.put(&self.node);
        if new {
            self.spent.push(NEVER);
            self.from.push(NONE);
        }
        if toll < self.spent[id as usize] {
            self.spent[id as usize] = toll;
            self.from[id as usize] = from;
            see(total, toll, id);
        }
    }

    /// What is left to pay from a node at least. Leaves what is kept of the node in `self.node`.
    pub(super) fn look(&mut self, node: &[u64]) -> Toll {
        self.node.clear();
        self.node.extend_from_slice(node);
        let ahead = self.guide.ahead(self.machine, &self.runner.places, node);
        if self.forgets && ahead != NEVER {
            self.guide.forget(self.machine, &self.runner.places, &mut self.node);
        }
        ahead
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::aim::{Aim, Beginning};
    use super::super::relax::{self, Ladder};
    use super::super::terrain::{self, UNIT};
    use super::*;
    use crate::engine::Chapter;
    use crate::story::{Book, Sources};

    /// What a search of plays below `limit` comes to, with nothing forgotten and with what no such play reads forgotten.
    /// `tracked` are the variables that the relaxation tracks which guides both; what seems best if there are none.
    fn both(
        chapter: &Arc<Chapter>,
        (goal, least, tracked): (&str, &str, &[&str]),
        seed: Option<u64>,
        limit: Toll,
    ) -> (Outcome, Outcome) {
        let goal = Aim::read(chapter, goal).unwrap().goal;
        let slots = crate::workshop::prove::slots::Slots::new(chapter, std::slice::from_ref(&goal));
        let beginning = Beginning { scene: chapter.start, given: Vec::new() };
        let (entry, base, filled) = terrain::lay(&slots, &beginning);
        let terrain = Terrain::new(&slots, (entry, base, &filled), &goal, chapter.find_var(least), seed);
        let machine = terrain.machine(&terrain.everything());
        let time = Instant::now() + std::time::Duration::from_secs(600);
        let mut ladder = Ladder::new(vec![Rc::new(relax::least(&terrain, 8_000, time).unwrap())], limit);
        let tracked = tracked.iter().map(|id| slots.var(chapter.find_var(id).unwrap())).collect();
        if std::collections::BTreeSet::is_empty(&tracked) {
            ladder.refine(&terrain, &machine, 8_000, time);
        } else {
            assert!(ladder.put(&terrain, &tracked, &[], (8_000, time)));
        }
        let until = Until { states: 30_000, time };
        let all = Search::new(&terrain, &machine, &ladder.patterns).run(limit, until);
        let mut brief = Search::new(&terrain, &machine, &ladder.patterns).forgetting();
        let few = brief.run(limit, until);
        if let Some(trail) = &few.trail {
            assert!(brief.route(trail).is_some(), "the play is none");
        }
        (all, few)
    }

    #[test]
    fn what_is_forgotten_changes_no_cost() {
        let book = Book::open(Sources::embedded()).unwrap();
        let chapter = book.chapter("siege").unwrap();
        for (goal, least, seed) in [
            ("seen(suburb) and walls < 9", "orders", Some(1126)),
            ("seen(suburb)", "", Some(7)),
            ("day >= 12", "orders", Some(1126)),
            ("seen(sun_yi)", "", None),
        ] {
            let (all, few) = both(&chapter, (goal, least, &[]), seed, 9 * UNIT);
            assert_eq!(all.toll, few.toll, "{goal}");
            assert!(few.closed <= all.closed, "{goal}");
        }
    }

    #[test]
    fn what_no_cheaper_play_comes_back_to_read_is_forgotten() {
        let part = r#"(
            chapter: (title: "Part", start: "door"),
            vars: {"n": Int(range: (0, 30)), "m": Int(range: (0, 30)), "done": Flag()},
            scenes: {
                "door": (text: "A door.", choices: [
                    (id: "a", say: "Knock", to: "hall"), (id: "b", say: "Shout", to: "hall"), (id: "c", say: "Wait", to: "hall"),
                ]),
                "hall": (text: "A hall.", choices: [
                    (id: "up", say: "Up", again: true, do: ["n += 1"], to: "hall"),
                    (id: "on", say: "On", again: true, do: ["m += 1"], to: "hall"),
                    (id: "do", say: "Done", if: "n == 4 and m == 4", do: ["done = true"], to: "hall"),
                    (id: "out", say: "Out", again: true, if: "n >= 25", to: "door"),
                ]),
            },
        )"#;
        let story = "(story: (id: \"s\", title: \"S\", version: \"1\", chapters: [\"part\"]))";
        let texts = vec![("story.ron".to_owned(), story.to_owned()), ("part/chapter.ron".to_owned(), part.to_owned())];
        let chapter = Book::open(Sources::from_texts(texts)).unwrap().chapter("part").unwrap();
        let (all, few) = both(&chapter, ("done", "", &["done", "n"]), None, 12 * UNIT);
        assert_eq!((all.toll, few.toll), (10 * UNIT, 10 * UNIT));
        assert!(few.closed * 2 < all.closed, "{} and {}", few.closed, all.closed);
    }
}
