//! What is true of a small story, found by playing everything: nothing of the prover is used here but its names of claims.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use taiyuan::engine::chapter::{Carried, Given};
use taiyuan::engine::dice::{Luck, Throw};
use taiyuan::engine::effect::Act;
use taiyuan::engine::expr::holds;
use taiyuan::engine::id::{AchievementIx, ChoiceIx, EndingIx, SceneIx, VarIx};
use taiyuan::engine::look::{Standing, menu, open_choices, standing};
use taiyuan::engine::state::DEPTH;
use taiyuan::engine::step::{Stage, begin, carried, step_with};
use taiyuan::engine::{Chapter, State};
use taiyuan::workshop::prove::Claim;

use super::blur::Blur;

/// The most states of a chapter that are played.
const MOST: usize = 30_000;

/// Everything claimed of a chapter, and whether it is so.
pub(super) struct Truth {
    pub(super) claims: BTreeMap<Claim, bool>,
    pub(super) states: usize,
    blur: Blur,
    declared: Map,
}

/// What is given before the first page, from wherever it may come.
pub(super) type Way = (SceneIx, Vec<Given>);

/// The truth about each chapter; nothing if one has too many states.
pub(super) fn story(chapters: &[Arc<Chapter>]) -> Option<Vec<Truth>> {
    let mut arrivals: BTreeMap<String, Vec<Way>> = BTreeMap::new();
    let mut truths = Vec::new();
    for chapter in chapters {
        let blur = Blur::of(chapter);
        let runs = chapter.runs.iter().map(|run| (run.start, run.given.clone()));
        let arrived = arrivals.remove(&chapter.id).unwrap_or_default();
        let ways: Vec<Way> = std::iter::once((chapter.start, vec![])).chain(runs.clone()).chain(arrived).collect();
        let real = Map::of(chapter, &blur, &ways)?;
        for (state, _) in real.nodes.iter() {
            let Some(next) = state.ended.and_then(|at| chapter.endings[at.at()].next.clone()) else { continue };
            let Some(into) = chapters.iter().find(|c| c.id == next) else { continue };
            let way = (into.start, carried(chapter, state, into));
            let ways = arrivals.entry(next).or_default();
            if !ways.contains(&way) {
                ways.push(way);
            }
        }
        let ways: Vec<Way> = every_given(chapter).into_iter().map(|g| (chapter.start, g)).chain(runs).collect();
        let declared = Map::of(chapter, &blur, &ways)?;
        let mut claims = reached(chapter, &real);
        claims.insert(Claim::WayOn, declared.stuck == 0);
        claims.insert(Claim::CanEnd, declared.won.iter().all(|won| *won));
        claims.insert(Claim::Depth, declared.deepest <= DEPTH);
        for (at, var) in chapter.vars.iter().enumerate().filter(|(_, v)| v.strict) {
            claims.insert(Claim::Strict(var.id.clone()), !declared.withheld.contains(&VarIx::from(at)));
        }
        truths.push(Truth { claims, states: real.nodes.len() + declared.nodes.len(), blur, declared });
    }
    Some(truths)
}

impl Truth {
    /// Whether this state can be come to from a declared way in, and no ending from it.
    pub(super) fn lost(&self, chapter: &Chapter, state: &State) -> Option<bool> {
        let mut state = state.clone();
        self.blur.forget(chapter, &mut state);
        self.declared.index.get(&state).map(|at| !self.declared.won[*at])
    }
}

/// Every combination of what may be carried in.
fn every_given(chapter: &Chapter) -> Vec<Vec<Given>> {
    let mut all = vec![vec![]];
    for carry in &chapter.carries {
        let (low, high) = match carry.what {
            Carried::Var(ix) => chapter.var(ix).bounds(),
            Carried::Item(ix) => (0, chapter.world.item(ix).max),
        };
        all = all
            .iter()
            .flat_map(|given: &Vec<Given>| {
                (low..=high).map(|value| {
                    let mut given = given.clone();
                    given.push(Given { what: carry.what, value });
                    given
                })
            })
            .collect();
    }
    all
}

fn reached(chapter: &Chapter, real: &Map) -> BTreeMap<Claim, bool> {
    let mut claims = BTreeMap::new();
    for (at, scene) in chapter.scenes.iter().enumerate() {
        claims.insert(Claim::Scene(scene.id.to_string()), real.entered.contains(&SceneIx::from(at)));
    }
    for (at, choice) in chapter.choices.iter().enumerate() {
        claims.insert(Claim::Choice(choice.path.to_string()), real.open.contains(&ChoiceIx::from(at)));
        if choice.locked.is_some() {
            claims.insert(Claim::Locked(choice.path.to_string()), real.locked.contains(&ChoiceIx::from(at)));
        }
    }
    for (at, ending) in chapter.endings.iter().enumerate() {
        claims.insert(Claim::Ending(ending.id.clone()), real.ended.contains(&EndingIx::from(at)));
    }
    for (at, achievement) in chapter.achievements.iter().enumerate() {
        claims.insert(Claim::Achievement(achievement.id.clone()), real.achieved.contains(&AchievementIx::from(at)));
    }
    for (at, milestone) in chapter.milestones.iter().enumerate() {
        let met = real.entered.iter().any(|s| chapter.scene(*s).milestone.is_some_and(|m| m.at() == at));
        claims.insert(Claim::Milestone(milestone.id.clone()), met);
    }
    claims
}

/// All states that can be come to, with what was met in them.
#[derive(Default)]
struct Map {
    index: HashMap<State, usize>,
    /// Each state and those it can be come to from.
    nodes: Vec<(State, Vec<usize>)>,
    won: Vec<bool>,
    entered: BTreeSet<SceneIx>,
    open: BTreeSet<ChoiceIx>,
    locked: BTreeSet<ChoiceIx>,
    ended: BTreeSet<EndingIx>,
    achieved: BTreeSet<AchievementIx>,
    withheld: BTreeSet<VarIx>,
    stuck: usize,
    deepest: usize,
}

impl Map {
    fn of(chapter: &Chapter, blur: &Blur, ways: &[Way]) -> Option<Self> {
        let mut map = Self::default();
        for (scene, given) in ways {
            let mut luck = Every::default();
            loop {
                let mut state = begin(chapter, *scene, 0, given, &mut luck, &mut map);
                map.put(chapter, blur, &mut state, None);
                if !luck.turn() {
                    break;
                }
            }
        }
        let mut at = 0;
        while at < map.nodes.len() {
            if map.nodes.len() > MOST {
                return None;
            }
            let state = map.nodes[at].0.clone();
            map.page(chapter, &state);
            let open: Vec<ChoiceIx> = open_choices(chapter, &state).collect();
            for choice in open {
                let mut luck = Every::default();
                loop {
                    let mut after = state.clone();
                    step_with(chapter, &mut after, choice, &mut luck, &mut map).unwrap();
                    map.put(chapter, blur, &mut after, Some(at));
                    if !luck.turn() {
                        break;
                    }
                }
            }
            at += 1;
        }
        map.win();
        Some(map)
    }

    fn put(&mut self, chapter: &Chapter, blur: &Blur, state: &mut State, from: Option<usize>) {
        blur.forget(chapter, state);
        let next = self.nodes.len();
        let at = *self.index.entry(state.clone()).or_insert(next);
        if at == next {
            self.nodes.push((state.clone(), Vec::new()));
        }
        self.nodes[at].1.extend(from);
    }

    /// Notes what the page of a state shows.
    fn page(&mut self, chapter: &Chapter, state: &State) {
        self.deepest = self.deepest.max(state.stack.len());
        for (at, achievement) in chapter.achievements.iter().enumerate() {
            if achievement.when.holds(chapter, state) {
                self.achieved.insert(AchievementIx::from(at));
            }
        }
        if let Some(ending) = state.ended {
            self.ended.insert(ending);
            return;
        }
        for &choice in menu(chapter, state) {
            match standing(chapter, state, choice) {
                Standing::Open => self.open.insert(choice),
                Standing::Locked => self.locked.insert(choice),
                Standing::Hidden => {
                    self.withheld.extend(withheld(chapter, state, choice));
                    false
                }
            };
        }
        self.stuck += usize::from(open_choices(chapter, state).next().is_none());
    }

    fn win(&mut self) {
        self.won = self.nodes.iter().map(|(state, _)| state.ended.is_some()).collect();
        let mut waiting: Vec<usize> = (0..self.won.len()).filter(|at| self.won[*at]).collect();
        while let Some(at) = waiting.pop() {
            for &before in &self.nodes[at].1 {
                if !self.won[before] {
                    self.won[before] = true;
                    waiting.push(before);
                }
            }
        }
    }
}

impl Stage for Map {
    fn entered(&mut self, _: &Chapter, state: &State, scene: SceneIx) {
        self.entered.insert(scene);
        self.deepest = self.deepest.max(state.stack.len());
    }
}

/// The strict variables that would leave their range, if that alone hides a choice which is otherwise to be had.
pub(super) fn withheld(chapter: &Chapter, state: &State, choice: ChoiceIx) -> Vec<VarIx> {
    let one = chapter.choice(choice);
    let unused = one.again || state.taken[choice.at()] == 0;
    let hidden = standing(chapter, state, choice) == Standing::Hidden;
    let mut over = Vec::new();
    if !unused || !hidden || !holds(one.when.as_deref(), chapter, state) {
        return over;
    }
    let mut trial = state.clone();
    for effect in &one.effects {
        if !holds(effect.when.as_ref(), chapter, &trial) {
            continue;
        }
        match &effect.act {
            Act::Set(var, number) => {
                let (low, high) = chapter.var(*var).bounds();
                let value = number.eval(chapter, &trial);
                if chapter.var(*var).strict && !(low..=high).contains(&value) {
                    over.push(*var);
                }
                trial.vars[var.at()] = value.clamp(low, high);
            }
            Act::Test(var, cond) => trial.vars[var.at()] = i32::from(cond.holds(chapter, &trial)),
            Act::Give(item, number) => {
                let have = trial.items[item.at()] + number.eval(chapter, &trial).max(0);
                trial.items[item.at()] = have.min(chapter.world.item(*item).max);
            }
            Act::Take(item, number) => {
                let have = trial.items[item.at()] - number.eval(chapter, &trial).max(0);
                trial.items[item.at()] = have.max(0);
            }
            Act::Learn(_) => {}
            Act::Roll(..) | Act::Chance(..) | Act::OneOf(..) => break,
        }
    }
    over
}

/// Every way the dice of one step can fall, one after the other. Of a chance, a yes and a no stand for all.
#[derive(Default)]
struct Every {
    /// Which outcome of how many, for each throw.
    falls: Vec<(u32, u32)>,
    at: usize,
}

impl Every {
    /// Turns to the next way; false after the last.
    fn turn(&mut self) -> bool {
        self.falls.truncate(self.at);
        self.at = 0;
        while let Some((which, of)) = self.falls.pop() {
            if which + 1 < of {
                self.falls.push((which + 1, of));
                return true;
            }
        }
        false
    }
}

impl Luck for Every {
    fn draw(&mut self, throw: Throw<'_>) -> u32 {
        let chance = throw.sides == 100;
        if self.at == self.falls.len() {
            self.falls.push((0, if chance { 2 } else { throw.sides }));
        }
        let (which, _) = self.falls[self.at];
        self.at += 1;
        if chance { which * 99 } else { which }
    }
}
