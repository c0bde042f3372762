//! What must never be, and that every play can end.

use std::collections::BTreeSet;

use super::super::archive::Archive;
use super::super::endless::{Ends, Trap};
use super::super::goal::Goal;
use super::super::graph::{Go, Graph};
use super::super::local::{Menu, filled_at_first};
use super::super::machine::{Machine, Place, Runner};
use super::super::refine::{Found, LOOKS};
use super::super::slots::Slot;
use super::super::{Basis, Claim, Verdict};
use super::Work;
use crate::engine::effect::Act;
use crate::engine::expr::Cond;
use crate::engine::id::{ChoiceIx, SceneIx, VarIx};

/// How many sets of slots that were enough for one page are tried on the next.
const HINTS: usize = 3;

/// How many times the budget of one graph all graphs may take that show that no play is stuck.
const ROUNDS: usize = 30;

impl<'c> Work<'_, 'c> {
    /// What must never be, and that every play can end. Answers slots that were enough to show the latter.
    pub(super) fn safety(&mut self) -> BTreeSet<Slot> {
        let scene = self.budget.about.as_ref().and_then(|id| self.chapter.find_scene(id));
        let mut enough = BTreeSet::new();
        if scene.is_some() || self.budget.about.is_none() {
            let id = scene.map(|s| self.chapter.scene(s).id.to_string());
            let mut places = Vec::new();
            let (verdict, hints) = self.nowhere_stuck(scene, &mut places);
            self.claims.push((id.clone().map_or(Claim::WayOn, Claim::WayOnFrom), verdict.clone()));
            let (verdict, slots) = match verdict {
                // What is stuck cannot end either.
                Verdict::Refuted(_) => (verdict, BTreeSet::new()),
                Verdict::Proved(_) => self.can_end(scene, &places, &hints),
                Verdict::Open { .. } => self.can_end(scene, &[], &hints),
            };
            self.claims.push((id.map_or(Claim::CanEnd, Claim::CanEndFrom), verdict));
            enough = slots;
        }
        if self.budget.about.is_none() {
            let verdict = self.never(&Goal::Deep, "visits nest no deeper than the engine allows");
            self.claims.push((Claim::Depth, verdict));
        }
        for (at, var) in self.chapter.vars.iter().enumerate().filter(|(_, var)| var.strict) {
            let claim = Claim::Strict(var.id.clone());
            if self.budget.covers(&claim) {
                let verdict = self.seen_limit(VarIx::from(at));
                self.claims.push((claim, verdict));
            }
        }
        enough
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
    fn nowhere_stuck(&self, only: Option<SceneIx>, places: &mut Vec<Place>) -> (Verdict, Vec<BTreeSet<Slot>>) {
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
                let place = runner.places.get(Machine::place_of(graph.node(id)));
                if only.is_none_or(|scene| scene == place.scene) {
                    pages += usize::from(runner.out.rests);
                    if runner.out.stuck {
                        places.push(place.clone());
                    }
                }
                Go::On
            },
        );
        if !graph.closed {
            return (Verdict::Open { states: graph.len() }, Vec::new());
        }
        let mut hints: Vec<BTreeSet<Slot>> = Vec::new();
        let mut states = graph.len();
        let mut tracked = BTreeSet::new();
        let mut waiting: Vec<Place> = places.clone();
        // What is enough for one page often is for others.
        let all = self.budget.states.saturating_mul(ROUNDS);
        for most in [2, LOOKS, LOOKS] {
            let mut hard = Vec::new();
            while !waiting.is_empty() && states < all {
                let place = waiting.remove(0);
                let goal = Goal::Stuck(place.clone());
                let most = self.budget.states.saturating_mul(most);
                match self.ground.decide_within(&goal, &self.declared, self.budget.states, most, &hints) {
                    Found::Way(way) => {
                        return (self.way(&way, &goal).map_or(Verdict::Open { states }, Verdict::Refuted), hints);
                    }
                    Found::Never { tracked: more, states: looked } => {
                        states += looked;
                        let values: BTreeSet<Slot> =
                            more.iter().copied().filter(|s| self.ground.slots.is_value(*s)).collect();
                        tracked.extend(more);
                        if !values.is_empty() && !hints.contains(&values) {
                            states += self.strike_left_for_good(&values, &mut waiting);
                            hints.insert(0, values);
                            hints.truncate(HINTS);
                        }
                    }
                    Found::Open { states: looked } => {
                        states += looked;
                        hard.push(place);
                    }
                }
            }
            waiting.splice(0..0, hard);
        }
        if let Some(stuck) = waiting.iter().find_map(|place| self.stuck_at(place)) {
            return (Verdict::Refuted(stuck), hints);
        }
        if !waiting.is_empty() {
            return (Verdict::Open { states }, hints);
        }
        let found = &places;
        let local = pages - found.len();
        let names: Vec<String> = tracked.iter().map(|slot| format!("`{}`", self.ground.slots.name(*slot))).collect();
        let rest = match found.len() {
            0 => String::new(),
            n => format!(
                "; the other {n} {} never empty, shown by {} ({states} states)",
                if n == 1 { "is" } else { "are" },
                names.join(", ")
            ),
        };
        let argument = format!("{local} of {pages} pages have a way on whatever holds{rest}");
        (Verdict::Proved(Basis::Argument(argument)), hints)
    }

    /// Strikes out those of `waiting` whose scenes no play comes back to, as tracking these values shows, if their menus are
    /// never empty before any of their choices is spent. Answers how many nodes were looked at.
    fn strike_left_for_good(&self, values: &BTreeSet<Slot>, waiting: &mut Vec<Place>) -> usize {
        let ground = self.ground;
        let scenes: BTreeSet<SceneIx> = waiting
            .iter()
            .filter(|place| filled_at_first(ground.slots, &ground.base, place))
            .map(|p| p.scene)
            .collect();
        let (left, states) = ground.left_for_good(&scenes, values, &self.declared, self.budget.states);
        waiting.retain(|place| place.open.is_some() || !left.contains(&place.scene));
        states
    }

    /// A play that gets stuck at a place, if one is soon found.
    fn stuck_at(&self, place: &Place) -> Option<Basis> {
        let starts = self.hunt_starts();
        let archive = Archive { chapter: self.chapter, slots: self.ground.slots, starts: &starts, telling: None };
        archive.search(&Goal::Stuck(place.clone()), self.budget.moves).map(|route| self.play(route))
    }

    /// `filled` pages were shown never to be empty.
    fn can_end(
        &mut self,
        only: Option<SceneIx>,
        filled: &[Place],
        hints: &[BTreeSet<Slot>],
    ) -> (Verdict, BTreeSet<Slot>) {
        let none = BTreeSet::new();
        if let Some(closure) = self.ground.close(&[], &[], &self.declared, only, self.budget.whole) {
            if let Some(play) = closure.trap.and_then(|trap| self.trapped(&trap)) {
                return (Verdict::Refuted(play), none);
            }
            if closure.all_end {
                let why = format!("an ending can be reached from each of its {} states", closure.states);
                return (Verdict::Proved(Basis::Argument(why)), none);
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
        match ground.every_play_can_end(&self.declared, only, self.budget.states, hints) {
            Ends::Always { tracked, states } => {
                let names: Vec<String> =
                    tracked.iter().map(|slot| format!("`{}`", self.ground.slots.name(*slot))).collect();
                let why = format!(
                    "from every state some choices that are certainly open lead to an ending, shown by {} whatever else holds ({states} states)",
                    names.join(", ")
                );
                (Verdict::Proved(Basis::Argument(why)), tracked.into_iter().collect())
            }
            Ends::Never { trap, states } => {
                (self.trapped(&trap).map_or(Verdict::Open { states }, Verdict::Refuted), none)
            }
            Ends::Unsure { states } => (Verdict::Open { states }, none),
        }
    }

    /// A play that can never end, as a route.
    fn trapped(&self, trap: &Trap) -> Option<Basis> {
        static ANYWHERE: Cond = Cond::Const(true);
        let Basis::Play { route, before, .. } = self.way(&trap.way, &Goal::Holds(&ANYWHERE))? else { return None };
        let round = trap.scenes.iter().map(|scene| self.chapter.scene(*scene).id.to_string()).collect();
        Some(Basis::Play { route, before, round })
    }

    fn seen_limit(&self, var: VarIx) -> Verdict {
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
