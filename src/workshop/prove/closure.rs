//! Every state of a chapter that plays can tell apart, where there are few enough of them.

use rustc_hash::FxHashMap;

use super::endless::{Trap, around};
use super::entry::Entry;
use super::goal::Goal;
use super::graph::{Go, Graph, reaching, winning};
use super::machine::{Asked, Machine, Runner};
use super::refine::{Found, Ground, Way};
use super::slots::Slot;
use crate::engine::id::SceneIx;

/// A chapter that was looked at whole.
pub(crate) struct Closure {
    /// How many states there are.
    pub(crate) states: usize,
    /// What came of each goal.
    pub(crate) found: Vec<Found>,
    /// A play from which no ending can be reached any more, if there is one.
    pub(crate) trap: Option<Trap>,
    /// Whether an ending can be reached from every state.
    pub(crate) all_end: bool,
    /// The different values of the kept slots where the chapter ended, each with a play and the ending's scene.
    pub(crate) ends: Vec<(Vec<i32>, SceneIx, Way)>,
}

impl<'c> Ground<'c> {
    /// Looks at every state, if there are no more than `budget`.
    pub(crate) fn close(
        &self,
        goals: &[Goal<'c>],
        kept: &[Slot],
        entries: &[Entry],
        only: Option<SceneIx>,
        budget: usize,
    ) -> Option<Closure> {
        let asked: Vec<Asked<'c>> = goals.iter().filter_map(Goal::asked).collect();
        let mut all = self.read.clone();
        all.extend(kept);
        asked.iter().for_each(|one| self.slots.of_test(one.cond, &mut all));
        let machine = self.machine(&all, &asked, kept);
        let mut runner = Runner::new(&machine);
        let kept: Vec<Option<u32>> = kept.iter().map(|slot| machine.cell(*slot)).collect();
        // Which asked condition belongs to which goal.
        let mut which = Vec::with_capacity(goals.len());
        let mut next = 0;
        for goal in goals {
            which.push(next);
            next += usize::from(goal.asked().is_some());
        }
        let mut hits: Vec<Option<u32>> = vec![None; goals.len()];
        let mut waiting: Vec<usize> = (0..goals.len()).collect();
        let mut ended = Vec::new();
        let mut ends: FxHashMap<(Vec<i32>, SceneIx), u32> = FxHashMap::default();
        let graph = Graph::explore(&machine, &mut runner, entries, budget, true, &mut |graph, id, runner| {
            let node = graph.node(id);
            waiting.retain(|at| {
                let met = goals[*at].met_asking(runner, node, which[*at]);
                if met {
                    hits[*at] = Some(id);
                }
                !met
            });
            let scene = runner.places.get(Machine::place_of(node)).scene;
            let over = machine.code.scenes[scene.at()].ends;
            ended.resize(graph.len(), false);
            ended[id as usize] = over;
            if over && !kept.is_empty() {
                let known = runner.known(node);
                let values = kept.iter().map(|cell| cell.map_or(0, |cell| known[cell as usize].low)).collect();
                ends.entry((values, scene)).or_insert(id);
            }
            Go::On
        });
        if !graph.closed {
            return None;
        }
        let states = graph.len();
        let places = &runner.places;
        let here: Vec<bool> = (0..graph.len())
            .filter_map(|id| u32::try_from(id).ok())
            .map(|id| only.is_none_or(|scene| places.get(Machine::place_of(graph.node(id))).scene == scene))
            .collect();
        let all_end = winning(&graph, &ended).iter().zip(&here).all(|(won, here)| *won || !here);
        let lost = reaching(&graph, &ended).iter().zip(&here).position(|(may, here)| !may && *here);
        let lost = lost.and_then(|at| u32::try_from(at).ok());
        let scenes = lost.map(|id| around(&graph, &runner, id)).unwrap_or_default();
        runner.record(true);
        let mut real = |id: u32| self.trace(&machine, &mut runner, &graph, &graph.path(id));
        let trap = lost.and_then(&mut real).map(|way| Trap { way, scenes });
        let found = hits
            .iter()
            .map(|hit| match hit {
                Some(id) => real(*id).map_or(Found::Open { states }, Found::Way),
                None => Found::Never { tracked: Vec::new(), states },
            })
            .collect();
        let mut ends: Vec<_> = ends.into_iter().collect();
        ends.sort_by_key(|(_, id)| *id);
        let ends = ends.into_iter().filter_map(|((values, scene), id)| Some((values, scene, real(id)?))).collect();
        Some(Closure { states, found, trap, all_end, ends })
    }
}
