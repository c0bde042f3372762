//! Decides whether a goal can be shown: tracks nothing at first, and then what the last way to it that was no real one had
//! assumed, until there is a real way, or none.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;

use rayon::prelude::*;

use super::blame::{Blame, Candidates};
use super::entry::Entry;
use super::goal::Goal;
use super::graph::{Go, Graph};
use super::local::Menu;
use super::machine::{Asked, Expansion, Fall, Label, Machine, Place, Runner, Token, Why};
use super::slots::{Slot, Slots};
use super::span::Span;
use crate::engine::chapter::Carried;
use crate::engine::id::ChoiceIx;
use crate::engine::state::State;

/// The most real nodes followed side by side.
const BEAM: usize = 48;

/// A chapter, and what is known of it before anything is tracked.
#[derive(Clone)]
pub(crate) struct Ground<'c> {
    pub(crate) slots: &'c Slots<'c>,
    pub(crate) base: Vec<Span>,
    /// Every slot that some rule reads.
    pub(crate) read: BTreeSet<Slot>,
    /// Menus in which some choice is always open.
    pub(crate) filled: &'c BTreeSet<Menu>,
    /// Slots that several arrows of one flow ask about.
    pub(crate) passing: BTreeSet<Slot>,
    /// How many nodes were looked at in all.
    pub(crate) looked: Arc<AtomicUsize>,
}

/// What was found of a goal.
#[derive(Clone, Debug)]
pub(crate) enum Found {
    /// A play shows it.
    Way(Way),
    /// No play does; it is enough to track these slots.
    Never {
        /// The slots.
        tracked: Vec<Slot>,
        /// Nodes looked at.
        states: usize,
    },
    /// Undecided.
    Open {
        /// Nodes looked at.
        states: usize,
    },
}

/// A real play in a machine's terms.
#[derive(Clone, Debug)]
pub(crate) struct Way {
    /// How it begins.
    pub(crate) entry: Entry,
    /// What falls when it begins.
    pub(crate) opening: Vec<Fall>,
    /// Choices, and what falls after each.
    pub(crate) steps: Vec<(ChoiceIx, Vec<Fall>)>,
}

impl<'c> Ground<'c> {
    /// The same, with more menus known never to be empty.
    pub(crate) fn with<'f>(&self, filled: &'f BTreeSet<Menu>) -> Ground<'f>
    where
        'c: 'f,
    {
        Ground {
            slots: self.slots,
            base: self.base.clone(),
            read: self.read.clone(),
            filled,
            passing: self.passing.clone(),
            looked: Arc::clone(&self.looked),
        }
    }

    /// A machine that tracks these slots.
    pub(crate) fn machine(&self, tracked: &BTreeSet<Slot>, asked: &[Asked<'c>], kept: &[Slot]) -> Machine<'c> {
        let mut machine = Machine::new(self.slots, &self.base, tracked, asked, kept, self.filled, &self.passing);
        machine.looked = Arc::clone(&self.looked);
        machine
    }

    /// Decides a goal. Looks at no more than `budget` nodes at a time and ten times as many in all. `hints` are sets that
    /// were enough for other goals.
    pub(crate) fn decide(&self, goal: &Goal<'c>, entries: &[Entry], budget: usize, hints: &[BTreeSet<Slot>]) -> Found {
        self.decide_within(goal, entries, budget, budget.saturating_mul(LOOKS), hints)
    }

    /// The same, with no more than about `most` nodes in all.
    pub(crate) fn decide_within(
        &self,
        goal: &Goal<'c>,
        entries: &[Entry],
        budget: usize,
        most: usize,
        hints: &[BTreeSet<Slot>],
    ) -> Found {
        self.refine(BTreeSet::new(), goal, entries, (budget, most), hints)
    }

    /// The same with these slots tracked from the first.
    pub(crate) fn decide_from(
        &self,
        first: BTreeSet<Slot>,
        goal: &Goal<'c>,
        entries: &[Entry],
        budget: usize,
    ) -> Found {
        self.refine(first, goal, entries, (budget, budget.saturating_mul(LOOKS)), &[])
    }

    fn refine(
        &self,
        first: BTreeSet<Slot>,
        goal: &Goal<'c>,
        entries: &[Entry],
        (budget, most): (usize, usize),
        hints: &[BTreeSet<Slot>],
    ) -> Found {
        let asked = goal.asked();
        let mut all = self.read.clone();
        asked.iter().for_each(|one| self.slots.of_test(one.cond, &mut all));
        let exact = self.machine(&all, asked.as_slice(), &[]);
        let mut states = 0;
        let mut round = self.look(first, &exact, goal, entries, budget);
        loop {
            states += round.states;
            let mut lessons = match round.outcome {
                Outcome::Never => {
                    return Found::Never { tracked: round.tracked.into_iter().collect(), states };
                }
                Outcome::Way(way) => return Found::Way(way),
                Outcome::TooMany => return Found::Open { states },
                Outcome::Misled { lessons, .. } => lessons,
            };
            if states > most {
                return Found::Open { states };
            }
            let tracked = &round.tracked;
            if tracked.is_empty() {
                let hinted =
                    lessons.iter().take(BEST).flat_map(|l| hints.iter().map(|hint| hint.union(l).copied().collect()));
                let mut hinted: Vec<BTreeSet<Slot>> = hinted.collect();
                lessons.append(&mut hinted);
            }
            let tried: Vec<Round> = lessons
                .into_par_iter()
                .filter_map(|lesson| {
                    let more: BTreeSet<Slot> = tracked.union(&lesson).copied().collect();
                    (more.len() > tracked.len()).then(|| self.look(more, &exact, goal, entries, budget))
                })
                .collect();
            states += tried.iter().map(|t| t.states).sum::<usize>();
            match tried.into_iter().min_by_key(Round::rank) {
                Some(best) => round = Round { states: 0, ..best },
                None => return Found::Open { states },
            }
        }
    }

    /// Looks for the goal with these slots tracked.
    fn look(
        &self,
        tracked: BTreeSet<Slot>,
        exact: &Machine<'c>,
        goal: &Goal<'c>,
        entries: &[Entry],
        budget: usize,
    ) -> Round {
        let machine = self.machine(&tracked, goal.asked().as_slice(), &[]);
        let mut runner = Runner::new(&machine);
        let mut hit = None;
        let graph = Graph::explore(&machine, &mut runner, entries, budget, false, &mut |graph, id, runner| {
            if goal.met(runner, graph.node(id)) {
                hit = Some(id);
                return Go::Stop;
            }
            Go::On
        });
        let outcome = match hit {
            None if graph.closed => Outcome::Never,
            None => Outcome::TooMany,
            Some(hit) => {
                let path = graph.path(hit);
                match self.follow(&machine, &mut runner, &graph, &path, exact, goal) {
                    Ok(way) => Outcome::Way(way),
                    Err(lesson) => {
                        let mut lessons = self.cheapest(&machine, &mut runner, &graph, &path, entries, goal);
                        if !lessons.iter().any(|l| l.is_subset(&lesson)) {
                            lessons.push(lesson);
                        }
                        Outcome::Misled { lessons, hops: path.len() }
                    }
                }
            }
        };
        Round { tracked, states: graph.len(), outcome }
    }

    /// What could be tracked besides so that this path is none any more.
    fn cheapest(
        &self,
        machine: &Machine<'c>,
        runner: &mut Runner<'_, 'c>,
        graph: &Graph,
        path: &[u32],
        entries: &[Entry],
        goal: &Goal<'c>,
    ) -> Vec<BTreeSet<Slot>> {
        let (Some(&start), Some(&end)) = (path.first(), path.last()) else { return Vec::new() };
        runner.record(true);
        let mut hops: Vec<Hop> = Vec::with_capacity(path.len());
        let mut candidates = Candidates::new(self.slots, machine);
        for pair in path.windows(2) {
            let steps = between(machine, runner, graph.node(pair[0]), graph.node(pair[1]));
            let place = runner.places.get(Machine::place_of(graph.node(pair[1]))).clone();
            steps.iter().flat_map(|(_, whys)| whys).for_each(|why| candidates.of(why));
            hops.push(Hop { labels: steps.into_iter().map(|(label, _)| label).collect(), place });
        }
        let first = runner.places.get(Machine::place_of(graph.node(start))).clone();
        let last = runner.places.get(Machine::place_of(graph.node(end))).clone();
        goal.whys(self.slots.chapter(), &last).iter().for_each(|why| candidates.of(why));
        super::entry::enter(machine, runner, entries, &mut |runner, _| {
            let whys: Vec<Why<'c>> = runner.out.trails.iter().flat_map(|(_, whys)| whys.clone()).collect();
            whys.iter().for_each(|why| candidates.of(why));
        });
        runner.record(false);
        let asked = goal.asked();
        let rules_out = |candidate: &BTreeSet<Slot>| {
            let tracked = machine.tracked.iter().chain(candidate).copied().collect();
            let finer = self.machine(&tracked, asked.as_slice(), &[]);
            !feasible(&finer, entries, &first, &hops, goal)
        };
        let mut best: Vec<BTreeSet<Slot>> = Vec::new();
        for order in [candidates.by_cost(), candidates.by_nearness()] {
            let known = best.len();
            for candidate in order.into_iter().take(TRIED) {
                if !best.contains(&candidate) && rules_out(&candidate) {
                    best.push(candidate);
                }
                if best.len() >= known + BEST {
                    break;
                }
            }
        }
        best
    }

    /// Plays a path of nodes with everything tracked. If that goes wrong, the slots that should have been tracked.
    pub(crate) fn follow(
        &self,
        machine: &Machine<'c>,
        runner: &mut Runner<'_, 'c>,
        graph: &Graph,
        path: &[u32],
        exact: &Machine<'c>,
        goal: &Goal<'c>,
    ) -> Result<Way, BTreeSet<Slot>> {
        let mut real = Runner::new(exact);
        real.record(true);
        runner.record(true);
        let result = self.lockstep(machine, runner, graph, path, exact, &mut real, goal);
        runner.record(false);
        result
    }

    /// The play along a path of nodes in which everything is known.
    pub(crate) fn trace(
        &self,
        machine: &Machine<'c>,
        runner: &mut Runner<'_, 'c>,
        graph: &Graph,
        path: &[u32],
    ) -> Option<Way> {
        let entry = settled(self.slots, graph.entry(*path.first()?)?);
        let wanted = graph.node(path[0]).to_vec();
        let mut opening = None;
        super::entry::enter(machine, runner, std::slice::from_ref(&entry), &mut |runner, _| {
            for leaf in 0..runner.out.nodes.len() / machine.words {
                if runner.out.nodes[leaf * machine.words..(leaf + 1) * machine.words] == wanted {
                    opening.get_or_insert_with(|| runner.out.trails[leaf].0.clone());
                }
            }
        });
        let mut way = Way { entry, opening: opening?, steps: Vec::new() };
        for pair in path.windows(2) {
            runner.expand(graph.node(pair[0]));
            let out = &runner.out;
            let there = graph.node(pair[1]);
            let (choice, falls) = out.edges.iter().find_map(|edge| {
                let mut found = leaves(out, machine.words, edge.label).filter(|(node, _)| *node == there);
                let choice = match edge.label {
                    Label::Choice(choice, _) => Some(choice),
                    Label::Flow(_) => None,
                };
                found.next().map(|(_, falls)| (choice, falls.to_vec()))
            })?;
            match choice {
                Some(choice) => way.steps.push((choice, falls)),
                None => way.steps.last_mut().map_or(&mut way.opening, |(_, falls)| falls).extend(falls),
            }
        }
        Some(way)
    }

    #[expect(clippy::too_many_arguments, reason = "two machines side by side, each with its own runner")]
    fn lockstep(
        &self,
        machine: &Machine<'c>,
        runner: &mut Runner<'_, 'c>,
        graph: &Graph,
        path: &[u32],
        exact: &Machine<'c>,
        real: &mut Runner<'_, 'c>,
        goal: &Goal<'c>,
    ) -> Result<Way, BTreeSet<Slot>> {
        let none = BTreeSet::new();
        let (Some(&first), Some(&last)) = (path.first(), path.last()) else { return Err(none) };
        let Some(entry) = graph.entry(first) else { return Err(none) };
        let entry = settled(self.slots, entry);
        let mut levels: Vec<Vec<Stood>> = Vec::with_capacity(path.len());
        // The first page.
        let mut stood = Vec::new();
        super::entry::enter(exact, real, std::slice::from_ref(&entry), &mut |real, _| {
            for leaf in 0..real.out.nodes.len() / exact.words {
                let node = real.out.nodes[leaf * exact.words..(leaf + 1) * exact.words].to_vec();
                let falls = real.out.trails[leaf].0.clone();
                stood.push(Stood { node, from: 0, choice: None, falls });
            }
        });
        let wanted = graph.node(first).to_vec();
        stood.retain(|s| agrees((machine, runner, &wanted), (exact, real, &s.node)));
        if stood.is_empty() {
            let mut whys = Vec::new();
            super::entry::enter(machine, runner, std::slice::from_ref(&entry), &mut |runner, _| {
                whys.extend(runner.out.trails.iter().flat_map(|(_, whys)| whys.clone()));
            });
            let mut blame = Blame::new(self.slots, machine, exact, None);
            blame.all(&whys);
            if blame.is_empty() {
                blame.behind(&whys);
            }
            return Err(blame.finish());
        }
        levels.push(stood);
        for pair in path.windows(2) {
            let (here, there) = (graph.node(pair[0]).to_vec(), graph.node(pair[1]).to_vec());
            let steps = between(machine, runner, &here, &there);
            let before = levels.last().map_or(&[][..], Vec::as_slice);
            let mut after: Vec<Stood> = Vec::new();
            for (from, stood) in before.iter().enumerate() {
                real.expand(&stood.node);
                let out = std::mem::take(&mut real.out);
                for (label, ..) in &steps {
                    for (leaf, falls) in leaves(&out, exact.words, *label) {
                        let new = !after.iter().any(|s| s.node == leaf);
                        if new && after.len() < BEAM && agrees((machine, runner, &there), (exact, real, leaf)) {
                            let choice = match label {
                                Label::Choice(choice, _) => Some(*choice),
                                Label::Flow(_) => None,
                            };
                            after.push(Stood { node: leaf.to_vec(), from, choice, falls: falls.to_vec() });
                        }
                    }
                }
                real.out = out;
            }
            if after.is_empty() {
                let mut blame = Blame::new(self.slots, machine, exact, before.first().map(|s| &*s.node));
                for (_, whys) in &steps {
                    blame.contradicted(whys, real);
                }
                if blame.is_empty() {
                    steps.iter().for_each(|(_, whys)| blame.all(whys));
                }
                if blame.is_empty() {
                    steps.iter().for_each(|(_, whys)| blame.behind(whys));
                }
                return Err(blame.finish());
            }
            levels.push(after);
        }
        let end = levels.last().map_or(&[][..], Vec::as_slice);
        for (at, stood) in end.iter().enumerate() {
            real.expand(&stood.node);
            if goal.met(real, &stood.node) {
                return Ok(way(entry, &levels, at));
            }
        }
        let place = runner.places.get(Machine::place_of(graph.node(last))).clone();
        let whys = goal.whys(self.slots.chapter(), &place);
        let mut blame = Blame::new(self.slots, machine, exact, end.first().map(|s| &*s.node));
        blame.contradicted(&whys, real);
        if blame.is_empty() {
            blame.all(&whys);
        }
        if blame.is_empty() {
            blame.behind(&whys);
        }
        Err(blame.finish())
    }
}

/// How many sets of slots are tried to rule out one path.
const TRIED: usize = 96;

/// How many of those that rule it out are looked at closer: the cheapest, and those nearest to the goal.
const BEST: usize = 3;

/// How many times the budget of one look all looks for one goal may take.
pub(crate) const LOOKS: usize = 10;

/// One look for a goal.
struct Round {
    tracked: BTreeSet<Slot>,
    states: usize,
    outcome: Outcome,
}

/// What came of a look.
enum Outcome {
    /// No path leads to the goal.
    Never,
    /// A real play does.
    Way(Way),
    /// There were too many nodes.
    TooMany,
    /// A path does that is no real one; one of these sets should be tracked as well.
    Misled { lessons: Vec<BTreeSet<Slot>>, hops: usize },
}

impl Round {
    /// Less is better: decided, or else misled only by a long path, among few nodes.
    fn rank(&self) -> (usize, usize, usize) {
        match &self.outcome {
            Outcome::Never | Outcome::Way(_) => (0, 0, self.states),
            Outcome::Misled { hops, .. } => (1, usize::MAX - hops, self.states),
            Outcome::TooMany => (2, 0, self.states),
        }
    }
}

/// A hop of a path: where it leads, and by what.
struct Hop {
    labels: Vec<Label>,
    place: Place,
}

/// Whether a machine can follow a path and show the goal at its end.
fn feasible<'c>(machine: &Machine<'c>, entries: &[Entry], first: &Place, hops: &[Hop], goal: &Goal<'c>) -> bool {
    let mut runner = Runner::new(machine);
    let mut nodes: Vec<Vec<u64>> = Vec::new();
    super::entry::enter(machine, &mut runner, entries, &mut |runner, _| {
        for node in runner.out.nodes.chunks(machine.words) {
            if runner.places.get(Machine::place_of(node)) == first && !nodes.iter().any(|n| n == node) {
                nodes.push(node.to_vec());
            }
        }
    });
    for hop in hops {
        let mut after: Vec<Vec<u64>> = Vec::new();
        for node in &nodes {
            runner.expand(node);
            let out = std::mem::take(&mut runner.out);
            for edge in out.edges.iter().filter(|e| hop.labels.iter().any(|l| l.same(e.label))) {
                for token in &out.tokens[edge.first..edge.last] {
                    let Token::Leaf(leaf) = token else { continue };
                    let to = &out.nodes[*leaf as usize * machine.words..(*leaf as usize + 1) * machine.words];
                    let there = runner.places.get(Machine::place_of(to)) == &hop.place;
                    if there && !after.iter().any(|n| n == to) {
                        after.push(to.to_vec());
                    }
                }
            }
            runner.out = out;
            if after.len() > WIDE {
                // Too many to follow: it may well be feasible.
                return true;
            }
        }
        if after.is_empty() {
            return false;
        }
        nodes = after;
    }
    nodes.iter().any(|node| {
        runner.expand(node);
        goal.met(&mut runner, node)
    })
}

/// The most nodes of a machine that are followed along one path.
const WIDE: usize = 512;

/// A real node on the way, and how it was come to.
struct Stood {
    node: Vec<u64>,
    from: usize,
    choice: Option<ChoiceIx>,
    falls: Vec<Fall>,
}

fn way(entry: Entry, levels: &[Vec<Stood>], mut at: usize) -> Way {
    let mut trail = Vec::with_capacity(levels.len());
    for level in levels.iter().rev() {
        trail.push(&level[at]);
        at = level[at].from;
    }
    let mut way = Way { entry, opening: Vec::new(), steps: Vec::new() };
    for stood in trail.into_iter().rev() {
        match stood.choice {
            Some(choice) => way.steps.push((choice, stood.falls.clone())),
            None => way.steps.last_mut().map_or(&mut way.opening, |(_, falls)| falls).extend(&stood.falls),
        }
    }
    way
}

/// The labels and assumptions that lead from one node to another.
fn between<'c>(
    machine: &Machine<'c>,
    runner: &mut Runner<'_, 'c>,
    here: &[u64],
    there: &[u64],
) -> Vec<(Label, Vec<Why<'c>>)> {
    runner.expand(here);
    let out = &runner.out;
    let mut found = Vec::new();
    for edge in &out.edges {
        for token in &out.tokens[edge.first..edge.last] {
            if let Token::Leaf(leaf) = token {
                let from = *leaf as usize * machine.words;
                if &out.nodes[from..from + machine.words] == there {
                    found.push((edge.label, out.trails[*leaf as usize].1.clone()));
                }
            }
        }
    }
    found
}

/// The nodes that a label leads to, with what falls on the way.
fn leaves<'o>(out: &'o Expansion<'_>, words: usize, label: Label) -> impl Iterator<Item = (&'o [u64], &'o [Fall])> {
    out.edges.iter().filter(move |e| label.same(e.label)).flat_map(move |edge| {
        out.tokens[edge.first..edge.last].iter().filter_map(move |token| match token {
            Token::Leaf(leaf) => {
                let from = *leaf as usize * words;
                Some((&out.nodes[from..from + words], &*out.trails[*leaf as usize].0))
            }
            _ => None,
        })
    })
}

/// Whether a real node is one of those that a node stands for.
fn agrees<'c>(
    (machine, runner, node): (&Machine<'c>, &mut Runner<'_, 'c>, &[u64]),
    (exact, real, stood): (&Machine<'c>, &mut Runner<'_, 'c>, &[u64]),
) -> bool {
    if runner.places.get(Machine::place_of(node)) != real.places.get(Machine::place_of(stood)) {
        return false;
    }
    let values = real.known(stood);
    let known = runner.known(node);
    machine.tracked.iter().zip(known).all(|(slot, known)| {
        exact.cell(*slot).is_none_or(|cell| {
            let value = values[cell as usize];
            value.low <= known.high && known.low <= value.high
        })
    })
}

/// An entry with one value for everything that may be set: the record's where it can be.
pub(crate) fn settled(slots: &Slots<'_>, entry: &Entry) -> Entry {
    let fresh = State::fresh(slots.chapter(), 0, &[]);
    let given = entry.given.iter().map(|(what, span)| {
        let record = match what {
            Carried::Var(ix) => fresh.vars[ix.at()],
            Carried::Item(ix) => fresh.items[ix.at()],
        };
        (*what, Span::only(record.clamp(span.low, span.high)))
    });
    Entry { scene: entry.scene, given: given.collect() }
}
