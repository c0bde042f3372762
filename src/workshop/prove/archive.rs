//! Looks for a play that shows a goal: keeps one state of each sort that was met, and goes on at random from those that
//! were gone on from least.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::goal::{Goal, menu_at};
use super::hunt::Start;
use super::slots::{Slot, Slots};
use super::witness::{Heard, shown, taken};
use crate::engine::Chapter;
use crate::engine::dice::{Keyed, Luck, Throw};
use crate::engine::id::{ChoiceIx, SceneIx};
use crate::engine::log::written;
use crate::engine::look::open_choices;
use crate::engine::route::{Leap, Route};
use crate::engine::state::State;
use crate::engine::step::{begin, step_with};
use crate::workshop::telling::{Telling, Told};

/// Choices made from one kept state before another is picked.
const STRIDE: usize = 12;
/// Values of a number are told apart in so many parts at most.
const PARTS: i64 = 64;

/// Where to look.
pub(crate) struct Archive<'a, 'c> {
    pub(crate) chapter: &'c Chapter,
    pub(crate) slots: &'a Slots<'c>,
    pub(crate) starts: &'a [Start],
    pub(crate) telling: Option<&'a Telling<'c>>,
}

/// A kept state, and how it was come to.
struct Kept {
    state: State,
    from: usize,
    choices: Vec<(ChoiceIx, Vec<u32>)>,
    depth: usize,
    used: u32,
}

/// No kept state.
const FIRST: usize = usize::MAX;

impl<'c> Archive<'_, 'c> {
    /// A play that shows the goal, if one is found within so many choices.
    pub(crate) fn search(&self, goal: &Goal<'c>, moves: usize) -> Option<Route> {
        let about = self.about(goal);
        let mut kept: Vec<Kept> = Vec::new();
        let mut sorts: FxHashMap<Vec<i32>, usize> = FxHashMap::default();
        for start in self.starts {
            let mut heard = Heard::new(goal, self.telling);
            let state = begin(self.chapter, start.scene, 0, &start.given, &mut Keyed, &mut heard);
            let sort = self.sort(&about, &state);
            sorts.entry(sort).or_insert_with(|| {
                kept.push(Kept { state, from: FIRST, choices: Vec::new(), depth: 0, used: 0 });
                kept.len() - 1
            });
        }
        let firsts = kept.len();
        let mut turn = 0_u32;
        while (turn as usize) < moves {
            let from = self.pick(&kept, turn)?;
            kept[from].used += 1;
            let mut state = kept[from].state.clone();
            let mut choices: Vec<(ChoiceIx, Vec<u32>)> = Vec::new();
            for _ in 0..STRIDE {
                turn += 1;
                let open: Vec<ChoiceIx> = open_choices(self.chapter, &state).collect();
                let Some(sides) = u32::try_from(open.len()).ok().filter(|n| *n > 0) else { break };
                let at = Keyed.draw(Throw { seed: 7, site: "archive", count: turn, low: 0, sides });
                let choice = open[at as usize];
                let mut heard = Heard::new(goal, self.telling);
                let mut luck = Random { turn, thrown: Vec::new() };
                step_with(self.chapter, &mut state, choice, &mut luck, &mut heard).ok()?;
                choices.push((choice, luck.thrown));
                if shown(self.chapter, &state, &heard, goal) {
                    return self.route(&kept, firsts, from, &choices, goal);
                }
                let depth = kept[from].depth + choices.len();
                let sort = self.sort(&about, &state);
                let next = kept.len();
                let here = *sorts.entry(sort).or_insert(next);
                if here == next {
                    kept.push(Kept { state: state.clone(), from, choices: choices.clone(), depth, used: 0 });
                }
            }
        }
        None
    }

    /// The slots that the goal is about: they tell states apart.
    fn about(&self, goal: &Goal<'c>) -> BTreeSet<Slot> {
        let mut about = BTreeSet::new();
        let chapter = self.chapter;
        goal.asked().iter().for_each(|one| self.slots.of_test(one.cond, &mut about));
        let mut scenes: Vec<SceneIx> = Vec::new();
        match goal {
            Goal::Open(choice) | Goal::Locked(choice) | Goal::Withheld(choice, _) => {
                chapter.choice(*choice).when.iter().for_each(|c| self.slots.of_test(c, &mut about));
            }
            Goal::Stuck(place) => {
                let menu = menu_at(chapter, place.scene, place.open);
                menu.iter().filter_map(|c| chapter.choice(*c).when.as_ref()).for_each(|c| {
                    self.slots.of_test(c, &mut about);
                });
                scenes.push(place.scene);
            }
            Goal::Scenes(all) => scenes.extend(all),
            Goal::Told(Told::Scene(scene), ..) => scenes.push(*scene),
            _ => {}
        }
        // What is asked where the scenes are entered from.
        self.slots.of_ways_to(&scenes, &mut about);
        about
    }

    /// What sort of state it is: where it stands, and the values that the goal is about.
    fn sort(&self, about: &BTreeSet<Slot>, state: &State) -> Vec<i32> {
        let mut sort = Vec::with_capacity(about.len() + 2);
        sort.push(i32::try_from(state.scene.0).unwrap_or(0));
        sort.push(state.open.map_or(-1, |c| i32::try_from(c.0).unwrap_or(0)));
        sort.extend(about.iter().map(|slot| {
            let range = self.slots.widest(*slot);
            let size = i64::from(range.high) - i64::from(range.low) + 1;
            let value = self.slots.value(state, *slot);
            if size <= PARTS * 4 || size > 1 << 20 {
                value.min(1 << 20)
            } else {
                i32::try_from((i64::from(value) - i64::from(range.low)) * PARTS / size).unwrap_or(0)
            }
        }));
        sort
    }

    /// Of a few drawn at random, the one that was gone on from least.
    fn pick(&self, kept: &[Kept], turn: u32) -> Option<usize> {
        let sides = u32::try_from(kept.len()).ok().filter(|n| *n > 0)?;
        (0..4)
            .map(|at| Keyed.draw(Throw { seed: at, site: "archive/pick", count: turn, low: 0, sides }) as usize)
            .min_by_key(|at| kept[*at].used)
    }

    fn route(
        &self,
        kept: &[Kept],
        firsts: usize,
        from: usize,
        last: &[(ChoiceIx, Vec<u32>)],
        goal: &Goal<'c>,
    ) -> Option<Route> {
        let mut legs: Vec<&[(ChoiceIx, Vec<u32>)]> = vec![last];
        let mut at = from;
        while at >= firsts {
            legs.push(&kept[at].choices);
            at = kept[at].from;
        }
        let start = self.starts.iter().find(|s| {
            let state = begin(self.chapter, s.scene, 0, &s.given, &mut Keyed, &mut ());
            state == kept[at].state
        })?;
        let leap = |(choice, forced): &(ChoiceIx, Vec<u32>)| Leap {
            choice: self.chapter.choice(*choice).key().to_owned(),
            forced: forced.clone(),
        };
        let route = Route {
            chapter: self.chapter.id.clone(),
            start: (start.scene != self.chapter.start).then(|| self.chapter.scene(start.scene).id.to_string()),
            given: start.given.iter().map(|g| written(self.chapter, *g)).collect(),
            seed: 0,
            steps: legs.iter().rev().flat_map(|leg| leg.iter().map(leap)).collect(),
        };
        let mut heard = Heard::new(goal, self.telling);
        let state = route.play(self.chapter, &mut heard).ok()?;
        shown(self.chapter, &state, &heard, goal).then(|| taken(self.chapter, route, goal))
    }
}

/// Faces at random, remembered.
struct Random {
    turn: u32,
    thrown: Vec<u32>,
}

impl Luck for Random {
    fn draw(&mut self, throw: Throw<'_>) -> u32 {
        let seed = u64::try_from(self.thrown.len()).unwrap_or(0);
        let face = Keyed.draw(Throw { seed, site: "archive/luck", count: self.turn, low: 0, sides: throw.sides });
        self.thrown.push(face);
        face
    }
}
