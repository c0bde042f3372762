//! Whether every play can still come to an ending.

use std::collections::{BTreeMap, BTreeSet};

use super::blame::reads;
use super::entry::Entry;
use super::graph::{Go, Graph, winning};
use super::machine::{Machine, Runner, Token, Why};
use super::refine::Ground;
use super::slots::Slot;

/// Nodes looked at when it is asked what should be tracked next.
const ASKED: usize = 4_000;

/// What came of it.
#[derive(Debug)]
pub(crate) enum Ends {
    /// Every play can, and tracking these slots shows it.
    Always {
        /// The slots.
        tracked: Vec<Slot>,
        /// Nodes looked at.
        states: usize,
    },
    /// Undecided.
    Unsure {
        /// Nodes looked at.
        states: usize,
    },
}

impl<'c> Ground<'c> {
    /// Tracks more and more of what keeps plays from their endings, until none is kept.
    /// `hints` are sets that were enough to show other things.
    pub(crate) fn every_play_can_end(&self, entries: &[Entry], budget: usize, hints: &[BTreeSet<Slot>]) -> Ends {
        let mut tracked: BTreeSet<Slot> = BTreeSet::new();
        let mut states = 0;
        loop {
            let Some(tried) = self.attempt(&tracked, entries, budget, true) else {
                return Ends::Unsure { states };
            };
            states += tried.states;
            if tried.lost_places == 0 {
                return Ends::Always { tracked: tried.tracked, states };
            }
            // Of the questions that stand between a lost node and an ending, the one whose answer saves most places.
            let mut best: Option<(usize, usize, BTreeSet<Slot>)> = None;
            let hints = if tracked.is_empty() { hints } else { &[] };
            for group in hints.iter().chain(&tried.questions) {
                let mut more = tracked.clone();
                more.extend(group);
                let Some(outcome) = self.attempt(&more, entries, budget, false) else { continue };
                states += outcome.states;
                let rank = (outcome.lost_places, outcome.states);
                if best.as_ref().is_none_or(|(lost, size, _)| rank < (*lost, *size)) {
                    best = Some((rank.0, rank.1, more));
                }
            }
            match best {
                Some((lost, _, more)) if lost < tried.lost_places => tracked = more,
                _ => {
                    let before = tracked.len();
                    tried.questions.iter().for_each(|group| tracked.extend(group));
                    if tracked.len() == before {
                        return Ends::Unsure { states };
                    }
                }
            }
        }
    }

    fn attempt(&self, tracked: &BTreeSet<Slot>, entries: &[Entry], budget: usize, ask: bool) -> Option<Tried> {
        let machine = self.machine(tracked, &[], &[]);
        let mut runner = Runner::new(&machine);
        let mut goal = Vec::new();
        let graph = Graph::explore(&machine, &mut runner, entries, budget, true, &mut |graph, id, runner| {
            let place = runner.places.get(Machine::place_of(graph.node(id)));
            let ends = machine.code.scenes[place.scene.at()].ends;
            goal.resize(graph.len(), false);
            goal[id as usize] = ends;
            Go::On
        });
        if !graph.closed {
            return None;
        }
        let won = winning(&graph, &goal);
        let mut lost: BTreeMap<u32, u32> = BTreeMap::new();
        for id in (0..graph.len()).filter(|id| !won[*id]).filter_map(|id| u32::try_from(id).ok()) {
            lost.entry(Machine::place_of(graph.node(id))).or_insert(id);
        }
        let questions = if ask { self.questions(&machine, &mut runner, &graph, &won) } else { Vec::new() };
        Some(Tried { tracked: machine.tracked.clone(), states: graph.len(), lost_places: lost.len(), questions })
    }

    /// What was not known where a lost node might have led to a won one.
    fn questions(
        &self,
        machine: &Machine<'c>,
        runner: &mut Runner<'_, 'c>,
        graph: &Graph,
        won: &[bool],
    ) -> Vec<BTreeSet<Slot>> {
        runner.record(true);
        let mut groups: BTreeMap<BTreeSet<Slot>, usize> = BTreeMap::new();
        let lost = (0..graph.len()).filter(|id| !won[*id]).filter_map(|id| u32::try_from(id).ok());
        for id in lost.take(ASKED) {
            runner.expand(graph.node(id));
            let (mut leads, mut whys): (bool, Vec<Why<'c>>) = (false, Vec::new());
            for edge in &runner.out.edges {
                for token in &runner.out.tokens[edge.first..edge.last] {
                    let Token::Leaf(leaf) = token else { continue };
                    let from = *leaf as usize * machine.words;
                    let to = graph.find(&runner.out.nodes[from..from + machine.words]);
                    leads |= to.is_some_and(|to| won[to as usize]);
                    whys.extend(&runner.out.trails[*leaf as usize].1);
                }
            }
            if !leads {
                continue;
            }
            for why in &whys {
                let mut read = BTreeSet::new();
                reads(self.slots, why, &mut read);
                read.retain(|slot| machine.cell(*slot).is_none());
                if read.is_empty() {
                    // All of it is tracked and still not known: ask what sets it.
                    self.setters(why, machine, &mut read);
                }
                if !read.is_empty() {
                    *groups.entry(read).or_default() += 1;
                }
            }
        }
        runner.record(false);
        let mut groups: Vec<(BTreeSet<Slot>, usize)> = groups.into_iter().collect();
        groups.sort_by(|a, b| a.0.len().cmp(&b.0.len()).then(b.1.cmp(&a.1)));
        groups.into_iter().map(|(group, _)| group).take(24).collect()
    }

    fn setters(&self, why: &Why<'c>, machine: &Machine<'c>, into: &mut BTreeSet<Slot>) {
        let mut about = BTreeSet::new();
        reads(self.slots, why, &mut about);
        let chapter = self.slots.chapter();
        let effects =
            chapter.choices.iter().flat_map(|c| &c.effects).chain(chapter.scenes.iter().flat_map(|s| &s.enter));
        for effect in effects {
            let mut read = BTreeSet::new();
            if self.slots.of_effect(effect, &mut read).is_some_and(|slot| about.contains(&slot)) {
                into.extend(read.into_iter().filter(|slot| machine.cell(*slot).is_none()));
            }
        }
    }
}

struct Tried {
    tracked: Vec<Slot>,
    states: usize,
    lost_places: usize,
    questions: Vec<BTreeSet<Slot>>,
}
