//! Many goals looked for in one graph: what it does not show, no play does.

use std::collections::{BTreeMap, BTreeSet};

use super::entry::Entry;
use super::goal::Goal;
use super::graph::{Go, Graph};
use super::machine::{Asked, Label, Machine, Runner};
use super::refine::Ground;
use super::slots::Slot;
use crate::engine::id::{ChoiceIx, SceneIx};
use crate::workshop::telling::Told;

/// What one graph showed.
#[derive(Debug)]
pub(crate) struct Swept {
    /// Whether it is whole.
    pub(crate) closed: bool,
    /// Nodes looked at.
    pub(crate) states: usize,
    /// For each goal, whether some node may show it.
    pub(crate) met: Vec<bool>,
}

impl<'c> Ground<'c> {
    /// Looks for alternatives of texts with these slots tracked, until all were met.
    pub(crate) fn sweep(
        &self,
        goals: &[&Goal<'c>],
        tracked: &BTreeSet<Slot>,
        entries: &[Entry],
        budget: usize,
    ) -> Swept {
        let asked: Vec<Asked<'c>> = goals.iter().filter_map(|goal| goal.asked()).collect();
        let machine = self.machine(tracked, &asked, &[]);
        let mut runner = Runner::new(&machine);
        let mut sites = Sites::new(goals, machine.code.scenes.len(), machine.code.choices.len());
        let mut met = vec![false; goals.len()];
        let mut waiting = goals.len();
        let graph = Graph::explore(&machine, &mut runner, entries, budget, false, &mut |graph, id, runner| {
            let node = graph.node(id);
            let scene = runner.places.get(Machine::place_of(node)).scene;
            let mut look = |here: &mut Vec<usize>, runner: &mut Runner<'_, 'c>| {
                here.retain(|&at| {
                    met[at] = goals[at].met_asking(runner, node, at);
                    waiting -= usize::from(met[at]);
                    !met[at]
                });
            };
            look(&mut sites.scenes[scene.at()], runner);
            let offered = runner.out.edges.iter().filter_map(|edge| match edge.label {
                Label::Choice(choice, _) => Some(choice),
                Label::Flow(_) => None,
            });
            sites.here.clear();
            sites.here.extend(offered.chain(runner.out.locked.iter().copied()));
            for &choice in &sites.here {
                look(&mut sites.choices[choice.at()], runner);
            }
            if waiting == 0 { Go::Stop } else { Go::On }
        });
        Swept { closed: graph.closed, states: graph.len(), met }
    }

    /// Those of these scenes that no play comes to again after it went on from them, as tracking these slots shows, and how
    /// many nodes were looked at.
    pub(crate) fn left_for_good(
        &self,
        scenes: &BTreeSet<SceneIx>,
        tracked: &BTreeSet<Slot>,
        entries: &[Entry],
        budget: usize,
    ) -> (BTreeSet<SceneIx>, usize) {
        let machine = self.machine(tracked, &[], &[]);
        let mut runner = Runner::new(&machine);
        let mut nodes: BTreeMap<SceneIx, Vec<u32>> = scenes.iter().map(|scene| (*scene, Vec::new())).collect();
        let graph = Graph::explore(&machine, &mut runner, entries, budget, true, &mut |graph, id, runner| {
            let scene = runner.places.get(Machine::place_of(graph.node(id))).scene;
            nodes.get_mut(&scene).into_iter().for_each(|ids| ids.push(id));
            Go::On
        });
        let left = nodes.iter().filter(|(_, ids)| graph.closed && !graph.returns(ids)).map(|(scene, _)| *scene);
        (left.collect(), graph.len())
    }
}

/// Which goals may be shown where.
struct Sites {
    scenes: Vec<Vec<usize>>,
    choices: Vec<Vec<usize>>,
    here: Vec<ChoiceIx>,
}

impl Sites {
    fn new(goals: &[&Goal<'_>], scenes: usize, choices: usize) -> Self {
        let mut sites = Self { scenes: vec![Vec::new(); scenes], choices: vec![Vec::new(); choices], here: Vec::new() };
        for (at, goal) in goals.iter().enumerate() {
            match goal {
                Goal::Told(Told::Scene(scene), ..) => sites.scenes[scene.at()].push(at),
                Goal::Told(Told::Say(choice) | Told::Said(choice) | Told::Locked(choice), ..) => {
                    sites.choices[choice.at()].push(at);
                }
                _ => {}
            }
        }
        sites
    }
}
