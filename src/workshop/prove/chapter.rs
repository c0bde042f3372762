//! All claims about one chapter, decided.

mod onward;
mod safety;
mod texts;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use rayon::prelude::*;

use super::archive::Archive;
use super::cause::causes;
use super::closure::Closure;
use super::entry::{self, Entry};
use super::goal::Goal;
use super::graph::{Go, Graph};
use super::hunt::{Hunt, Met, Start};
use super::local;
use super::machine::Runner;
use super::refine::{Found, Ground, Way};
use super::slots::{Slot, Slots};
use super::witness;
use super::{Basis, Budget, Claim, Explored, Proof, Verdict};
use crate::engine::id::{AchievementIx, ChoiceIx, EndingIx, MilestoneIx, SceneIx};
use crate::engine::{Chapter, Route};
use crate::workshop::telling::Telling;

pub(crate) use onward::Arrivals;
use onward::{Beginning, Onward, starts};

/// Decides everything about a chapter, if it is `wanted`, and finds what it leaves to others.
pub(crate) fn prove(
    chapter: &Arc<Chapter>,
    all: &[Arc<Chapter>],
    arrived: &Arrivals,
    budget: &Budget,
    wanted: bool,
) -> (Option<Proof>, BTreeMap<String, Arrivals>) {
    let onward = Onward::new(chapter, all);
    on_ground(chapter, arrived, budget, |mut work| {
        let goals = work.goals();
        let goals: Vec<_> = goals.into_iter().filter(|(claim, _)| budget.covers(claim)).collect();
        let plain: Vec<Goal<'_>> = goals.iter().map(|(_, goal)| goal.clone()).collect();
        let kept: Vec<Slot> = onward.slots(work.ground.slots);
        let real = work.real_entries();
        let whole = work.ground.close(&plain, &kept, &real, None, budget.whole);
        let mut arrivals = BTreeMap::new();
        let met = match &whole {
            Some(closure) => {
                onward.leaves_by_closure(&work, closure, &mut arrivals);
                None
            }
            None => {
                let hunt =
                    Hunt { chapter, telling: work.telling, starts: &work.hunt_starts(), carries: &onward.carries };
                let (met, _) = hunt.run(budget.plays / 10, budget.plays);
                onward.leaves_by_hunt(&work, &hunt, &met, &mut arrivals);
                Some(met)
            }
        };
        if !wanted {
            return (None, arrivals);
        }
        match (&whole, &met) {
            (Some(closure), _) => work.take_closure(&goals, closure),
            (None, Some(met)) => work.take_hunt(&goals, met),
            (None, None) => {}
        }
        let hints = work.safety();
        if budget.texts {
            let met = met.unwrap_or_else(|| {
                let hunt = Hunt { chapter, telling: work.telling, starts: &work.hunt_starts(), carries: &[] };
                hunt.run(budget.plays / 80, budget.plays).0
            });
            work.texts(met, &hints);
        }
        (Some(work.proof()), arrivals)
    })
}

/// Whether something is claimed of a thing with this id.
pub(super) fn knows(chapter: &Arc<Chapter>, id: &str) -> bool {
    let strict = chapter.vars.iter().any(|v| v.strict && v.id == id);
    let short =
        |c: &crate::engine::chapter::Choice| c.path == id || c.path.split_once('#').is_some_and(|(_, k)| k == id);
    strict
        || chapter.find_scene(id).is_some()
        || chapter.find_ending(id).is_some()
        || chapter.find_achievement(id).is_some()
        || chapter.milestones.iter().any(|m| m.id == id)
        || chapter.choices.iter().any(short)
}

/// Decides what is claimed of one thing, whatever the chapters before bring.
pub(super) fn explain(chapter: &Arc<Chapter>, id: &str, budget: &Budget) -> Option<Proof> {
    let budget = Budget { about: Some(id.to_owned()), ..budget.clone() };
    let alone = Arrivals::unknown();
    prove(chapter, &[], &alone, &budget, true).0
}

/// Decides only what must never be, and that every play can end.
pub(crate) fn safety(chapter: &Arc<Chapter>, budget: &Budget) -> Vec<(Claim, Verdict)> {
    on_ground(chapter, &Arrivals::default(), budget, |mut work| {
        work.safety();
        work.claims.sort_by(|a, b| a.0.cmp(&b.0));
        work.claims
    })
}

/// Looks at the states that differ in what has one of these names.
pub(super) fn explore(chapter: &Arc<Chapter>, tracked: &[&str], most: usize) -> Explored {
    on_ground(chapter, &Arrivals::default(), &Budget::default(), |work| {
        let ground = work.ground;
        let named = |slot: &Slot| tracked.contains(&ground.slots.name(*slot).as_str());
        let machine = ground.machine(&ground.read.iter().copied().filter(named).collect(), &[], &[]);
        let mut runner = Runner::new(&machine);
        let graph = Graph::explore(&machine, &mut runner, &work.declared, most, false, &mut |_, _, _| Go::On);
        Explored { states: graph.len(), whole: graph.closed }
    })
}

/// Prepares the work on a chapter.
fn on_ground<T>(
    chapter: &Arc<Chapter>,
    arrived: &Arrivals,
    budget: &Budget,
    then: impl FnOnce(Work<'_, '_>) -> T,
) -> T {
    let telling = Telling::new(chapter);
    let slots = Slots::new(chapter, &[]);
    let declared = entry::declared(&slots);
    let base = entry::always(&slots, &declared);
    let filled = local::never_empty(&slots, &base);
    let (read, passing) = (slots.read(), slots.asked_twice());
    let ground = Ground { slots: &slots, base, read, filled: &filled, passing, looked: Arc::default() };
    let starts = starts(chapter, arrived);
    then(Work { chapter, telling: &telling, ground: &ground, declared, starts, arrived, budget, claims: Vec::new() })
}

/// Claims about one chapter, as they are decided.
struct Work<'a, 'c> {
    chapter: &'c Chapter,
    telling: &'a Telling<'c>,
    ground: &'a Ground<'c>,
    declared: Vec<Entry>,
    starts: Vec<Beginning>,
    arrived: &'a Arrivals,
    budget: &'a Budget,
    claims: Vec<(Claim, Verdict)>,
}

impl<'c> Work<'_, 'c> {
    /// Everything that should be reachable.
    fn goals(&self) -> Vec<(Claim, Goal<'c>)> {
        let chapter = self.chapter;
        let mut goals = Vec::new();
        let scenes_with = |wanted: &dyn Fn(&crate::engine::chapter::Scene) -> bool| -> Vec<SceneIx> {
            let scenes = chapter.scenes.iter().enumerate().filter(|(_, s)| wanted(s));
            scenes.map(|(at, _)| SceneIx::from(at)).collect()
        };
        for (at, scene) in chapter.scenes.iter().enumerate() {
            goals.push((Claim::Scene(scene.id.to_string()), Goal::Scenes(vec![SceneIx::from(at)])));
        }
        for (at, choice) in chapter.choices.iter().enumerate() {
            goals.push((Claim::Choice(choice.path.to_string()), Goal::Open(ChoiceIx::from(at))));
            if choice.locked.is_some() {
                goals.push((Claim::Locked(choice.path.to_string()), Goal::Locked(ChoiceIx::from(at))));
            }
        }
        for (at, ending) in chapter.endings.iter().enumerate() {
            let scenes = scenes_with(&|s| s.ending == Some(EndingIx::from(at)));
            goals.push((Claim::Ending(ending.id.clone()), Goal::Scenes(scenes)));
        }
        for (at, milestone) in chapter.milestones.iter().enumerate() {
            let scenes = scenes_with(&|s| s.milestone == Some(MilestoneIx::from(at)));
            goals.push((Claim::Milestone(milestone.id.clone()), Goal::Scenes(scenes)));
        }
        for achievement in &chapter.achievements {
            goals.push((Claim::Achievement(achievement.id.clone()), Goal::Holds(&achievement.when)));
        }
        goals
    }

    /// What came of it all.
    fn proof(mut self) -> Proof {
        self.claims.sort_by(|a, b| a.0.cmp(&b.0));
        let causes = causes(self.chapter, &self.claims);
        Proof {
            chapter: self.chapter.id.clone(),
            states: self.ground.looked.load(Ordering::Relaxed),
            claims: self.claims,
            causes,
        }
    }

    fn real_entries(&self) -> Vec<Entry> {
        self.starts.iter().map(|s| Entry::exact(s.scene, &s.given)).collect()
    }

    fn hunt_starts(&self) -> Vec<Start> {
        self.starts.iter().map(|s| Start { scene: s.scene, given: s.given.clone() }).collect()
    }

    /// The plays of earlier chapters that bring what a route is given.
    fn before(&self, route: &Route) -> Vec<Route> {
        let Ok((scene, given)) = route.entry(self.chapter) else { return Vec::new() };
        let start = self.starts.iter().find(|s| s.scene == scene && s.given == given);
        start.map(|s| s.before.clone()).unwrap_or_default()
    }

    fn play(&self, route: Route) -> Basis {
        let before = self.before(&route);
        Basis::Play { route, before, round: Vec::new() }
    }

    fn way(&self, way: &Way, goal: &Goal<'c>) -> Option<Basis> {
        witness::route(self.chapter, way, goal, Some(self.telling)).map(|route| self.play(route))
    }

    fn take_closure(&mut self, goals: &[(Claim, Goal<'c>)], closure: &Closure) {
        for ((claim, goal), found) in goals.iter().zip(&closure.found) {
            let verdict = match found {
                Found::Way(way) => match self.way(way, goal) {
                    Some(play) => Verdict::Proved(play),
                    None => Verdict::Open { states: closure.states },
                },
                Found::Never { states, .. } if !self.arrived.partial => {
                    Verdict::Refuted(Basis::Argument(format!("none of its {states} states shows it")))
                }
                _ => Verdict::Open { states: closure.states },
            };
            self.claims.push((claim.clone(), verdict));
        }
        let open: Vec<usize> =
            (0..self.claims.len()).filter(|at| matches!(self.claims[*at].1, Verdict::Open { .. })).collect();
        for at in open {
            let verdict = self.decide(&goals[at].1, self.budget.states);
            self.claims[at].1 = verdict;
        }
    }

    fn take_hunt(&mut self, goals: &[(Claim, Goal<'c>)], met: &Met) {
        let starts = self.hunt_starts();
        let hunt = Hunt { chapter: self.chapter, telling: self.telling, starts: &starts, carries: &[] };
        let spot = |goal: &Goal<'c>| match goal {
            Goal::Scenes(scenes) => scenes.iter().filter_map(|s| met.scenes[s.at()].as_ref()).min_by_key(|s| s.steps),
            Goal::Open(choice) => met.open[choice.at()].as_ref(),
            Goal::Locked(choice) => met.locked[choice.at()].as_ref(),
            Goal::Holds(cond) => {
                let at = self.chapter.achievements.iter().position(|a| std::ptr::eq(&raw const a.when, *cond))?;
                met.achieved[AchievementIx::from(at).at()].as_ref()
            }
            _ => None,
        };
        let verdicts: Vec<(Verdict, usize)> = goals
            .par_iter()
            .map(|(_, goal)| match spot(goal) {
                Some(spot) => {
                    let route = witness::taken(self.chapter, hunt.route(spot), goal);
                    (Verdict::Proved(self.play(route)), 0)
                }
                None => {
                    let verdict = self.seek(goal, self.budget.moves, self.budget.states / 4);
                    (verdict, 0)
                }
            })
            .collect();
        for ((claim, _), (verdict, _)) in goals.iter().zip(verdicts) {
            self.claims.push((claim.clone(), verdict));
        }
    }

    /// Decides a goal: looks for a play first, then for a proof that there is none.
    fn seek(&self, goal: &Goal<'c>, moves: usize, states: usize) -> Verdict {
        let starts = self.hunt_starts();
        let archive =
            Archive { chapter: self.chapter, slots: self.ground.slots, starts: &starts, telling: Some(self.telling) };
        match archive.search(goal, moves) {
            Some(route) => Verdict::Proved(self.play(route)),
            None => self.decide(goal, states),
        }
    }

    /// Decides a goal by forgetting: from the real ways in, and if these may not be all, from every declared one.
    fn decide(&self, goal: &Goal<'c>, most: usize) -> Verdict {
        let real = self.real_entries();
        let found = self.ground.decide(goal, &real, most, &[]);
        let states = match found {
            Found::Way(way) => {
                return self.way(&way, goal).map_or(Verdict::Open { states: 0 }, Verdict::Proved);
            }
            Found::Never { tracked, states } if !self.arrived.partial => {
                return Verdict::Refuted(Basis::Argument(self.argument(&tracked, states)));
            }
            Found::Never { states, .. } | Found::Open { states } => states,
        };
        match self.ground.decide(goal, &self.declared, most, &[]) {
            Found::Never { tracked, states } => Verdict::Refuted(Basis::Argument(self.argument(&tracked, states))),
            Found::Way(_) => Verdict::Open { states },
            Found::Open { states: more } => Verdict::Open { states: states + more },
        }
    }

    fn argument(&self, tracked: &[Slot], states: usize) -> String {
        let names: Vec<String> = tracked.iter().map(|slot| format!("`{}`", self.ground.slots.name(*slot))).collect();
        if names.is_empty() {
            format!("no way leads there, whatever was done before ({states} states)")
        } else {
            format!("no way leads there by {} alone, whatever else holds ({states} states)", names.join(", "))
        }
    }
}
