//! All claims about one chapter, decided.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::archive::Archive;
use super::closure::Closure;
use super::endless::Ends;
use super::entry::{self, Entry};
use super::goal::Goal;
use super::graph::{Go, Graph};
use super::hunt::{Hunt, Met, Spot, Start};
use super::local::{self, Menu};
use super::machine::{Machine, Place, Runner};
use super::refine::{Found, Ground, Way};
use super::slots::{Slot, Slots};
use super::witness;
use super::{Basis, Budget, Claim, Proof, Verdict};
use crate::engine::chapter::{Carried, Given};
use crate::engine::expr::{Compare, Cond, Expr};
use crate::engine::id::{AchievementIx, ChoiceIx, EndingIx, MilestoneIx, SceneIx, VarIx};
use crate::engine::text::GroupKind;
use crate::engine::{Chapter, Route};
use crate::workshop::telling::{Ask, Telling, Told};

/// How a chapter can be come to from the one before.
#[derive(Clone, Debug, Default)]
pub(crate) struct Arrivals {
    /// What is carried, and the plays that bring it.
    ways: Vec<(Vec<Given>, Vec<Route>)>,
    /// Whether these are known to be all.
    partial: bool,
}

impl Arrivals {
    pub(crate) fn join(&mut self, more: Self) {
        for (given, routes) in more.ways {
            if !self.ways.iter().any(|(g, _)| *g == given) {
                self.ways.push((given, routes));
            }
        }
        self.partial |= more.partial;
    }
}

/// How many sets of slots that were enough for one page are tried on the next.
const HINTS: usize = 3;

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
        let plain: Vec<Goal<'_>> = goals.iter().map(|(_, goal)| goal.clone()).collect();
        let kept: Vec<Slot> = onward.slots(work.ground.slots);
        let real = work.real_entries();
        let whole = work.ground.close(&plain, &kept, &real, budget.whole);
        let mut arrivals = BTreeMap::new();
        let met = match &whole {
            Some(closure) => {
                onward.leaves_by_closure(&work, closure, &mut arrivals);
                None
            }
            None => {
                let hunt =
                    Hunt { chapter, telling: work.telling, starts: &work.hunt_starts(), carries: &onward.carries };
                let (met, _) = hunt.run(budget.plays / 20, budget.plays);
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
        work.safety();
        if budget.texts {
            let all = work.telling.alternatives().len();
            let told = met.map_or_else(|| vec![None; all], |met| met.told);
            work.texts(&told);
        }
        work.claims.sort_by(|a, b| a.0.cmp(&b.0));
        let proof = Proof { chapter: chapter.id.clone(), states: work.states, claims: work.claims };
        (Some(proof), arrivals)
    })
}

/// Decides only what must never be, and that every play can end.
pub(crate) fn safety(chapter: &Arc<Chapter>, budget: &Budget) -> Vec<(Claim, Verdict)> {
    on_ground(chapter, &Arrivals::default(), budget, |mut work| {
        work.safety();
        work.claims.sort_by(|a, b| a.0.cmp(&b.0));
        work.claims
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
    let ground = Ground { slots: &slots, base, read: slots.read(), filled: &filled, passing: slots.asked_twice() };
    let starts = starts(chapter, arrived);
    then(Work {
        chapter,
        telling: &telling,
        ground: &ground,
        declared,
        starts,
        arrived,
        budget,
        states: 0,
        claims: Vec::new(),
    })
}

/// A real way in and the plays that lead to it.
#[derive(Clone)]
struct Beginning {
    scene: SceneIx,
    given: Vec<Given>,
    before: Vec<Route>,
}

/// The chapter's own start with the record's values, its runs, and what earlier parts leave.
fn starts(chapter: &Chapter, arrived: &Arrivals) -> Vec<Beginning> {
    let own = Beginning { scene: chapter.start, given: Vec::new(), before: Vec::new() };
    let runs =
        chapter.runs.iter().map(|run| Beginning { scene: run.start, given: run.given.clone(), before: Vec::new() });
    let ways = arrived.ways.iter();
    let ways =
        ways.map(|(given, before)| Beginning { scene: chapter.start, given: given.clone(), before: before.clone() });
    let mut all: Vec<Beginning> = Vec::new();
    for start in std::iter::once(own).chain(runs).chain(ways) {
        if !all.iter().any(|s| s.scene == start.scene && s.given == start.given) {
            all.push(start);
        }
    }
    all
}

/// What a chapter leaves to those that its endings lead to.
struct Onward<'a> {
    /// The chapters, with the endings that lead there.
    targets: Vec<(&'a Arc<Chapter>, Vec<EndingIx>)>,
    /// What they take, in this chapter's numbers, and one place for each target: whether the ending leads there.
    carries: Vec<Option<Carried>>,
}

impl<'a> Onward<'a> {
    fn new(chapter: &Chapter, all: &'a [Arc<Chapter>]) -> Self {
        let mut targets: Vec<(&Arc<Chapter>, Vec<EndingIx>)> = Vec::new();
        for (at, ending) in chapter.endings.iter().enumerate() {
            let Some(target) = ending.next.as_ref().and_then(|id| all.iter().find(|c| c.id == *id)) else { continue };
            match targets.iter_mut().find(|(c, _)| c.id == target.id) {
                Some((_, endings)) => endings.push(EndingIx::from(at)),
                None => targets.push((target, vec![EndingIx::from(at)])),
            }
        }
        let mut carries = Vec::new();
        for (target, _) in &targets {
            for carry in &target.carries {
                let own = match carry.what {
                    Carried::Item(ix) => Some(Carried::Item(ix)),
                    Carried::Var(ix) => chapter.find_var(&target.var(ix).id).map(Carried::Var),
                };
                carries.push(own);
            }
        }
        Self { targets, carries }
    }

    fn slots(&self, slots: &Slots<'_>) -> Vec<Slot> {
        let slot = |carried: &Carried| match carried {
            Carried::Var(ix) => slots.var(*ix),
            Carried::Item(ix) => slots.item(*ix),
        };
        self.carries.iter().flatten().map(slot).collect()
    }

    /// Each target with what these values bring to it, if the play ended so that it leads there.
    fn given(&self, ending: EndingIx, values: &[i32]) -> Option<(&Arc<Chapter>, Vec<Given>)> {
        let mut from = 0;
        for (target, endings) in &self.targets {
            let count = target.carries.len();
            if endings.contains(&ending) {
                let own = self.carries[from..from + count].iter().zip(&values[from..from + count]).zip(&target.carries);
                let given =
                    own.filter_map(|((own, value), carry)| own.map(|_| Given { what: carry.what, value: *value }));
                return Some((target, given.collect()));
            }
            from += count;
        }
        None
    }

    fn leaves_by_hunt(&self, work: &Work<'_, '_>, hunt: &Hunt<'_>, met: &Met, into: &mut BTreeMap<String, Arrivals>) {
        for (ending, values, spot) in &met.carried {
            let Some((target, given)) = self.given(*ending, values) else { continue };
            let mut routes = work.starts[Hunt::start_of(spot)].before.clone();
            routes.push(hunt.route(spot));
            let more = Arrivals { ways: vec![(given, routes)], partial: true };
            into.entry(target.id.clone()).or_default().join(more);
        }
        for (target, _) in &self.targets {
            into.entry(target.id.clone()).or_default().partial = true;
        }
    }

    fn leaves_by_closure(&self, work: &Work<'_, '_>, closure: &Closure, into: &mut BTreeMap<String, Arrivals>) {
        let slots = work.ground.slots;
        let kept = self.slots(slots);
        for (values, scene, way) in &closure.ends {
            let Some(ending) = work.chapter.scene(*scene).ending else { continue };
            // Kept slots stand for carries that exist here; the others have no value.
            let mut known = kept.iter().zip(values);
            let values: Vec<i32> =
                self.carries.iter().map(|own| own.and_then(|_| known.next()).map_or(0, |(_, v)| *v)).collect();
            let Some((target, given)) = self.given(ending, &values) else { continue };
            let Some(route) = witness::route(work.chapter, way, &Goal::Scenes(vec![*scene]), None) else { continue };
            let mut routes = work.before(&route);
            routes.push(route);
            let partial = work.arrived.partial;
            into.entry(target.id.clone()).or_default().join(Arrivals { ways: vec![(given, routes)], partial });
        }
    }
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
    states: usize,
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
            goals.push((Claim::Scene(scene.id.clone()), Goal::Scenes(vec![SceneIx::from(at)])));
        }
        for (at, choice) in chapter.choices.iter().enumerate() {
            goals.push((Claim::Choice(choice.path.clone()), Goal::Open(ChoiceIx::from(at))));
            if choice.locked.is_some() {
                goals.push((Claim::Locked(choice.path.clone()), Goal::Locked(ChoiceIx::from(at))));
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
        Basis::Play { route, before }
    }

    fn way(&self, way: &Way, goal: &Goal<'c>) -> Option<Basis> {
        witness::route(self.chapter, way, goal, Some(self.telling)).map(|route| self.play(route))
    }

    fn take_closure(&mut self, goals: &[(Claim, Goal<'c>)], closure: &Closure) {
        self.states += closure.states;
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
                Some(spot) => (Verdict::Proved(self.play(hunt.route(spot))), 0),
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
            format!("no way leads there whatever all conditions say ({states} states)")
        } else {
            format!("no way leads there by {} alone, whatever else holds ({states} states)", names.join(", "))
        }
    }

    /// What must never be, and that every play can end.
    fn safety(&mut self) {
        let mut places = Vec::new();
        let (verdict, hints) = self.nowhere_stuck(&mut places);
        let sure = matches!(verdict, Verdict::Proved(_));
        self.claims.push((Claim::WayOn, verdict));
        let verdict = self.can_end(if sure { &places } else { &[] }, &hints);
        self.claims.push((Claim::CanEnd, verdict));
        let verdict = self.never(&Goal::Deep, "visits nest no deeper than the engine allows");
        self.claims.push((Claim::Depth, verdict));
        let strict: Vec<usize> = (0..self.chapter.vars.len()).filter(|at| self.chapter.vars[*at].strict).collect();
        for at in strict {
            let verdict = self.seen_limit(VarIx::from(at));
            self.claims.push((Claim::Strict(self.chapter.vars[at].id.clone()), verdict));
        }
    }

    /// That a goal is never shown, from any declared way in.
    fn never(&self, goal: &Goal<'c>, why: &str) -> Verdict {
        match self.ground.decide(goal, &self.declared, self.budget.states, &[]) {
            Found::Way(way) => self.way(&way, goal).map_or(Verdict::Open { states: 0 }, Verdict::Refuted),
            Found::Never { tracked, states } => {
                Verdict::Proved(Basis::Argument(format!("{why}: {}", self.argument(&tracked, states))))
            }
            Found::Open { states } => Verdict::Open { states },
        }
    }

    /// Also answers which sets of slots were enough to show it.
    fn nowhere_stuck(&self, places: &mut Vec<Place>) -> (Verdict, Vec<BTreeSet<Slot>>) {
        // Where may a play be stuck if nothing at all is known?
        let machine = self.ground.machine(&BTreeSet::new(), &[], &[]);
        let mut runner = Runner::new(&machine);
        let mut pages = 0;
        let graph = Graph::explore(
            &machine,
            &mut runner,
            &self.declared,
            self.budget.states,
            false,
            &mut |graph, id, runner| {
                pages += usize::from(runner.out.rests);
                if runner.out.stuck {
                    places.push(runner.places.get(Machine::place_of(graph.node(id))).clone());
                }
                Go::On
            },
        );
        if !graph.closed {
            return (Verdict::Open { states: graph.len() }, Vec::new());
        }
        let mut hints: Vec<BTreeSet<Slot>> = Vec::new();
        let mut tracked = BTreeSet::new();
        let mut states = graph.len();
        let mut waiting = places.clone();
        // What was enough for one page is often enough for others, so those that were too hard are tried again.
        for _ in 0..2 {
            for place in std::mem::take(&mut waiting) {
                let goal = Goal::Stuck(place.clone());
                match self.ground.decide(&goal, &self.declared, self.budget.states, &hints) {
                    Found::Way(way) => {
                        return (self.way(&way, &goal).map_or(Verdict::Open { states }, Verdict::Refuted), hints);
                    }
                    Found::Never { tracked: more, states: looked } => {
                        states += looked;
                        let values: BTreeSet<Slot> =
                            more.iter().copied().filter(|s| self.ground.slots.is_value(*s)).collect();
                        tracked.extend(more);
                        if !values.is_empty() && !hints.contains(&values) {
                            hints.insert(0, values);
                            hints.truncate(HINTS);
                        }
                    }
                    Found::Open { states: looked } => {
                        states += looked;
                        waiting.push(place);
                    }
                }
            }
        }
        if !waiting.is_empty() {
            return (Verdict::Open { states }, hints);
        }
        let found = &places;
        let local = pages - found.len();
        let names: Vec<String> = tracked.iter().map(|slot| format!("`{}`", self.ground.slots.name(*slot))).collect();
        let rest = match found.len() {
            0 => String::new(),
            n => format!("; the other {n} are never empty, shown by {} ({states} states)", names.join(", ")),
        };
        let argument = format!("{local} of {pages} pages have a way on whatever holds{rest}");
        (Verdict::Proved(Basis::Argument(argument)), hints)
    }

    /// `filled` pages were shown never to be empty.
    fn can_end(&mut self, filled: &[Place], hints: &[BTreeSet<Slot>]) -> Verdict {
        if let Some(closure) = self.ground.close(&[], &[], &self.declared, self.budget.whole) {
            self.states += closure.states;
            if let Some(play) = closure.trap.and_then(|way| self.trapped(&way)) {
                return Verdict::Refuted(play);
            }
            if closure.all_end {
                return Verdict::Proved(Basis::Argument(format!(
                    "an ending can be reached from each of its {} states",
                    closure.states
                )));
            }
        }
        let filled: BTreeSet<Menu> = self
            .ground
            .filled
            .iter()
            .copied()
            .chain(filled.iter().filter(|p| !self.chapter.scene(p.scene).back).map(|p| (p.scene, p.open)))
            .collect();
        let ground = self.ground.with(&filled);
        match ground.every_play_can_end(&self.declared, self.budget.states, hints) {
            Ends::Always { tracked, states } => {
                let names: Vec<String> =
                    tracked.iter().map(|slot| format!("`{}`", self.ground.slots.name(*slot))).collect();
                Verdict::Proved(Basis::Argument(format!(
                    "from every state some choices that are certainly open lead to an ending, shown by {} whatever else holds ({states} states)",
                    names.join(", ")
                )))
            }
            Ends::Never { way, states } => self.trapped(&way).map_or(Verdict::Open { states }, Verdict::Refuted),
            Ends::Unsure { states } => Verdict::Open { states },
        }
    }

    /// A play that can never end, as a route.
    fn trapped(&self, way: &Way) -> Option<Basis> {
        static ANYWHERE: Cond = Cond::Const(true);
        self.way(way, &Goal::Holds(&ANYWHERE))
    }

    /// Which alternatives of texts can be read.
    fn texts(&mut self, told: &[Option<Spot>]) {
        let asks = self.telling.asks();
        let conds: Vec<Cond> =
            asks.iter().map(|ask| ask.as_ref().map_or(Cond::Const(true), |a| shown_when(self.chapter, a))).collect();
        // Such conditions count further than the chapter's own rules do.
        let slots = Slots::new(self.chapter, &conds);
        let ground = Ground { slots: &slots, ..self.ground.with(self.ground.filled) };
        let starts = self.hunt_starts();
        let hunt = Hunt { chapter: self.chapter, telling: self.telling, starts: &starts, carries: &[] };
        let claims: Vec<(Claim, Verdict)> = asks
            .par_iter()
            .zip(self.telling.alternatives())
            .zip(&conds)
            .zip(told)
            .enumerate()
            .filter_map(|(at, (((ask, one), cond), spot))| {
                let number = u32::try_from(at).ok()?;
                let claim = Claim::Alternative {
                    text: one.text.clone(),
                    number,
                    when: one.when.clone(),
                    words: one.words.clone(),
                };
                let verdict = match (spot, ask) {
                    (Some(spot), _) => Verdict::Proved(self.play(hunt.route(spot))),
                    (None, None) => return None,
                    (None, Some((told, _))) => self.on(&ground).seek(
                        &Goal::Told(*told, number, cond),
                        self.budget.moves / 8,
                        self.budget.states / 4,
                    ),
                };
                Some((claim, verdict))
            })
            .collect();
        self.claims.extend(claims);
    }

    /// The same work on other ground.
    fn on<'g>(&'g self, ground: &'g Ground<'g>) -> Work<'g, 'g> {
        Work {
            chapter: self.chapter,
            telling: self.telling,
            ground,
            declared: self.declared.clone(),
            starts: self.starts.clone(),
            arrived: self.arrived,
            budget: self.budget,
            states: 0,
            claims: Vec::new(),
        }
    }

    fn seen_limit(&self, var: VarIx) -> Verdict {
        use crate::engine::effect::Act;
        let touches = |c: &crate::engine::chapter::Choice| {
            c.strict && c.locked.is_none() && c.effects.iter().any(|e| matches!(e.act, Act::Set(v, _) if v == var))
        };
        let choices: Vec<ChoiceIx> =
            (0..self.chapter.choices.len()).map(ChoiceIx::from).filter(|c| touches(self.chapter.choice(*c))).collect();
        for &choice in &choices {
            let verdict = self.never(&Goal::Withheld(choice, var), "");
            if !matches!(verdict, Verdict::Proved(_)) {
                return verdict;
            }
        }
        let argument = match choices.len() {
            0 => "every choice that changes it has a reason to show".to_owned(),
            n => format!("every choice that changes it has a reason to show, except {n} that are never withheld"),
        };
        Verdict::Proved(Basis::Argument(argument))
    }
}

/// When an alternative can be shown at most: the conditions around it, and how often its text must have been told.
fn shown_when(chapter: &Chapter, (told, asks): &(Told, Vec<Ask<'_>>)) -> Cond {
    let count = |least: usize| {
        let least = i32::try_from(least).unwrap_or(i32::MAX);
        let told = match told {
            Told::Scene(scene) => Expr::Visits(*scene),
            Told::Say(choice) | Told::Said(choice) | Told::Locked(choice) => {
                return Cond::Compare(Compare::Ge, Box::new(Expr::Taken(*choice)), Box::new(Expr::Const(least - 1)));
            }
        };
        Cond::Compare(Compare::Ge, Box::new(told), Box::new(Expr::Const(least)))
    };
    // What a choice says is told after its effects, which may change what the conditions around it ask.
    let changed = matches!(told, Told::Said(choice) if !chapter.choice(*choice).effects.is_empty());
    let parts = asks.iter().filter_map(|ask| match ask {
        Ask::If(..) if changed => None,
        Ask::If(cond, true) => Some((*cond).clone()),
        Ask::If(cond, false) => Some(Cond::Not(Box::new((*cond).clone()))),
        Ask::Turn(group, at) => match group.kind {
            GroupKind::Shuffle => None,
            GroupKind::Sequence | GroupKind::Cycle | GroupKind::Once | GroupKind::First => Some(count(at + 1)),
        },
    });
    Cond::All(parts.collect())
}
