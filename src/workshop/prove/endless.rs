//! Whether every play can still come to an ending.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::blame::reads;
use super::entry::Entry;
use super::goal::Goal;
use super::graph::{Go, Graph, reaching, winning};
use super::machine::{Machine, Runner, Token, Why};
use super::refine::{Ground, Way};
use super::slots::Slot;
use crate::engine::id::SceneIx;

/// Nodes looked at when it is asked what should be tracked next.
const ASKED: usize = 4_000;

/// The most nodes without a way to an ending to which a real play is looked for.
const TRAPS: usize = 40;

/// How many times the budget of one graph all graphs may take.
const ROUNDS: usize = 24;

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
    /// This play cannot.
    Never {
        /// The play, and where it ends.
        trap: Trap,
        /// Nodes looked at.
        states: usize,
    },
    /// Undecided.
    Unsure {
        /// Nodes looked at.
        states: usize,
    },
}

/// A play from whose end no ending can be reached.
#[derive(Clone, Debug)]
pub(crate) struct Trap {
    /// The play.
    pub(crate) way: Way,
    /// The scenes between which it can only go on.
    pub(crate) scenes: Vec<SceneIx>,
}

impl<'c> Ground<'c> {
    /// Tracks more and more of what keeps plays from their endings, until none is kept: from nothing on, and from each of
    /// the `hints`, sets that were enough to show other things.
    pub(crate) fn every_play_can_end(
        &self,
        entries: &[Entry],
        only: Option<SceneIx>,
        budget: usize,
        hints: &[BTreeSet<Slot>],
    ) -> Ends {
        let mut hints = hints.to_vec();
        hints.sort_by_key(BTreeSet::len);
        let mut states = 0;
        for first in hints.into_iter().chain([BTreeSet::new()]) {
            match self.ends_from(first, entries, only, budget) {
                Ends::Always { tracked, states: more } => return Ends::Always { tracked, states: states + more },
                Ends::Never { trap, states: more } => return Ends::Never { trap, states: states + more },
                Ends::Unsure { states: more } => states += more,
            }
        }
        Ends::Unsure { states }
    }

    /// The same with these slots tracked from the first.
    fn ends_from(&self, mut tracked: BTreeSet<Slot>, entries: &[Entry], only: Option<SceneIx>, budget: usize) -> Ends {
        let mut states = 0;
        loop {
            let Some(tried) = self.attempt(&tracked, entries, only, budget, true) else {
                return Ends::Unsure { states };
            };
            states += tried.states;
            if tried.lost_places == 0 {
                return Ends::Always { tracked: tried.tracked, states };
            }
            if let Some(trap) = tried.trap {
                return Ends::Never { trap, states };
            }
            if states > budget.saturating_mul(ROUNDS) {
                return Ends::Unsure { states };
            }
            // Of the questions that stand between a lost node and an ending, the one whose answer saves most.
            let outcomes: Vec<(Rank, usize, BTreeSet<Slot>)> = tried
                .questions
                .par_iter()
                .filter_map(|group| {
                    let more: BTreeSet<Slot> = tracked.union(group).copied().collect();
                    let outcome = self.attempt(&more, entries, only, budget, false)?;
                    Some((outcome.rank(), outcome.states, more))
                })
                .collect();
            states += outcomes.iter().map(|(_, states, _)| states).sum::<usize>();
            match outcomes.into_iter().min_by_key(|(rank, ..)| *rank) {
                Some((rank, _, more)) if rank < tried.rank() => tracked = more,
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

    fn attempt(
        &self,
        tracked: &BTreeSet<Slot>,
        entries: &[Entry],
        only: Option<SceneIx>,
        budget: usize,
        ask: bool,
    ) -> Option<Tried> {
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
            let place = Machine::place_of(graph.node(id));
            if only.is_none_or(|scene| runner.places.get(place).scene == scene) {
                lost.entry(place).or_insert(id);
            }
        }
        let lost_nodes = won.iter().filter(|won| !**won).count();
        let questions = if ask { self.questions(&machine, &mut runner, &graph, &won) } else { Vec::new() };
        let trap = if ask { self.trap(&machine, &mut runner, &graph, &goal, only) } else { None };
        Some(Tried {
            tracked: machine.tracked.clone(),
            states: graph.len(),
            lost: lost_nodes,
            lost_places: lost.len(),
            questions,
            trap,
        })
    }

    /// A real play to a node from which no way leads to an ending, whatever is not known.
    fn trap(
        &self,
        machine: &Machine<'c>,
        runner: &mut Runner<'_, 'c>,
        graph: &Graph,
        endings: &[bool],
        only: Option<SceneIx>,
    ) -> Option<Trap> {
        let may = reaching(graph, endings);
        let lost: Vec<u32> = (0..graph.len()).filter(|id| !may[*id]).filter_map(|id| u32::try_from(id).ok()).collect();
        let at = |id: &u32, runner: &Runner<'_, 'c>| runner.places.get(Machine::place_of(graph.node(*id))).scene;
        let trapped: Vec<u32> =
            lost.into_iter().filter(|id| only.is_none_or(|scene| scene == at(id, runner))).take(TRAPS).collect();
        let anywhere = Goal::Scenes((0..machine.code.scenes.len()).map(SceneIx::from).collect());
        let exact = self.machine(&self.read, &[], &[]);
        trapped.into_iter().find_map(|id| {
            let way = self.follow(machine, runner, graph, &graph.path(id), &exact, &anywhere).ok()?;
            Some(Trap { way, scenes: around(graph, runner, id) })
        })
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

/// Less is better: places with lost nodes, the share of lost nodes in ten thousand, nodes.
type Rank = (usize, usize, usize);

impl Tried {
    fn rank(&self) -> Rank {
        (self.lost_places, self.lost * 10_000 / self.states.max(1), self.states)
    }
}

struct Tried {
    tracked: Vec<Slot>,
    states: usize,
    lost: usize,
    lost_places: usize,
    questions: Vec<BTreeSet<Slot>>,
    trap: Option<Trap>,
}

/// The scenes that can be come to from a node, in the order in which they were first met.
pub(crate) fn around(graph: &Graph, runner: &Runner<'_, '_>, from: u32) -> Vec<SceneIx> {
    let mut scenes = Vec::new();
    for id in graph.onward(from) {
        let scene = runner.places.get(Machine::place_of(graph.node(id))).scene;
        if !scenes.contains(&scene) {
            scenes.push(scene);
        }
    }
    scenes
}
