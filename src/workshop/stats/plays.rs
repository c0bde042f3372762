//! How many different plays a chapter has: paths through its states, each state's counted once.
//!
//! Two plays differ if a choice differs, or if luck brought something that can still matter. What cannot be asked for any
//! more does not tell states apart.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use rustc_hash::FxHashMap;
use serde::Serialize;

use super::live::live;
use crate::engine::Chapter;
use crate::engine::dice::{Keyed, Luck, Throw};
use crate::engine::id::{ChoiceIx, SceneIx};
use crate::engine::look::open_choices;
use crate::engine::state::State;
use crate::engine::step::{begin, step_with};
use crate::workshop::leaves::Leaf;

/// A chapter with more scenes is not counted: what matters in each would take too long to find out.
const MOST_SCENES: usize = 2_000;
/// A choice whose dice can fall in more ways is not counted further.
const MOST_THROWS: usize = 20_000;

/// How many plays there are, as the record enters the chapter.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "known")]
pub enum Plays {
    /// All of them were counted.
    Exactly {
        /// How many; absent if it does not fit 128 bits.
        count: Option<u128>,
        /// The power of ten.
        log10: f64,
        /// Over so many states.
        states: usize,
    },
    /// There are more: after so many states not all had been counted.
    MoreThan {
        /// How many there are at least; absent if it does not fit 128 bits.
        count: Option<u128>,
        /// The power of ten.
        log10: f64,
        /// Over so many states.
        states: usize,
    },
    /// There is no end of them: the play can come back to this scene with nothing changed that matters.
    Endless {
        /// The scene.
        scene: String,
    },
    /// The chapter is too large to be counted.
    Uncounted,
}

/// A number of plays, exact as long as it fits.
#[derive(Clone, Copy)]
struct Count {
    exact: Option<u128>,
    about: f64,
}

impl Count {
    const ZERO: Self = Self { exact: Some(0), about: 0.0 };
    const ONE: Self = Self { exact: Some(1), about: 1.0 };

    fn plus(self, other: Self) -> Self {
        let exact = self.exact.zip(other.exact).and_then(|(a, b)| a.checked_add(b));
        Self { exact, about: self.about + other.about }
    }
}

/// Counts the plays of a chapter, looking at so many states at most.
#[must_use]
pub fn plays(chapter: &Chapter, budget: usize) -> Plays {
    if chapter.scenes.len() > MOST_SCENES {
        return Plays::Uncounted;
    }
    let mut counter =
        Counter { chapter, live: live(chapter), asked: FxHashMap::default(), known: FxHashMap::default() };
    match counter.count(begin(chapter, chapter.start, 0, &[], &mut Keyed, &mut ()), budget) {
        Ok((Count { exact: count, about }, closed)) => {
            let (log10, states) = ((libm::log10(about) * 100.0).round() / 100.0, counter.known.len());
            if closed { Plays::Exactly { count, log10, states } } else { Plays::MoreThan { count, log10, states } }
        }
        Err(scene) => Plays::Endless { scene: chapter.scene(scene).id.to_string() },
    }
}

/// What tells states apart, as 128 bits.
type Key = (u64, u64);

struct Counter<'c> {
    chapter: &'c Chapter,
    live: Vec<BTreeSet<Leaf>>,
    /// What matters in a scene that was come to by these visits.
    asked: FxHashMap<(SceneIx, Vec<SceneIx>), Vec<Leaf>>,
    /// How many plays go on from a state; none yet while those behind it are counted.
    known: FxHashMap<Key, Option<Count>>,
}

/// A state whose plays are being counted.
struct Frame {
    key: Key,
    next: Vec<(Key, State)>,
    sum: Count,
}

impl Counter<'_> {
    /// The plays from a state on and whether all were counted, or the scene of a state that leads to itself.
    fn count(&mut self, from: State, budget: usize) -> Result<(Count, bool), SceneIx> {
        let mut closed = true;
        let key = self.key(&from);
        let mut stack = vec![self.open(key, &from, &mut closed)];
        loop {
            let Some(top) = stack.last_mut() else { return Ok((Count::ZERO, closed)) };
            let Some((key, state)) = top.next.pop() else {
                let (key, sum) = (top.key, top.sum);
                self.known.insert(key, Some(sum));
                stack.pop();
                match stack.last_mut() {
                    Some(below) => below.sum = below.sum.plus(sum),
                    None => return Ok((sum, closed)),
                }
                continue;
            };
            match self.known.get(&key) {
                Some(Some(count)) => top.sum = top.sum.plus(*count),
                Some(None) => return Err(state.scene),
                None if self.known.len() >= budget => {
                    // Whatever comes behind it, at least one play goes through it.
                    closed = false;
                    top.sum = top.sum.plus(Count::ONE);
                }
                None => {
                    let frame = self.open(key, &state, &mut closed);
                    stack.push(frame);
                }
            }
        }
    }

    fn open(&mut self, key: Key, state: &State, closed: &mut bool) -> Frame {
        self.known.insert(key, None);
        let choices: Vec<ChoiceIx> = open_choices(self.chapter, state).collect();
        let mut next = Vec::new();
        for choice in &choices {
            let from = next.len();
            self.outcomes(state, *choice, from, &mut next, closed);
        }
        // An ending, or a page without a way on, is the end of one play.
        let sum = if next.is_empty() { Count::ONE } else { Count::ZERO };
        Frame { key, next, sum }
    }

    /// The states a choice can lead to, one for each way of luck that matters.
    fn outcomes(
        &mut self,
        state: &State,
        choice: ChoiceIx,
        from: usize,
        next: &mut Vec<(Key, State)>,
        closed: &mut bool,
    ) {
        let mut dice = Every::default();
        for _ in 0..MOST_THROWS {
            let mut after = state.clone();
            if step_with(self.chapter, &mut after, choice, &mut dice, &mut ()).is_err() {
                return;
            }
            let key = self.key(&after);
            if !next[from..].iter().any(|(known, _)| *known == key) {
                next.push((key, after));
            }
            if !dice.turn() {
                return;
            }
        }
        *closed = false;
    }

    fn key(&mut self, state: &State) -> Key {
        let place = (state.scene, state.stack.clone());
        let leaves = self.asked.entry(place).or_insert_with(|| {
            let scenes = std::iter::once(&state.scene).chain(&state.stack);
            let all: BTreeSet<Leaf> = scenes.flat_map(|scene| self.live[scene.at()].iter().copied()).collect();
            all.into_iter().collect()
        });
        let hash = |salt: u8| {
            let mut hasher = DefaultHasher::new();
            (salt, state.scene, state.open, &state.stack, state.ended).hash(&mut hasher);
            leaves.iter().for_each(|leaf| leaf.value(self.chapter, state).hash(&mut hasher));
            hasher.finish()
        };
        (hash(0), hash(1))
    }
}

/// Luck that falls in every way, one after the other.
#[derive(Default)]
struct Every {
    /// The faces of this turn, and how many each die has.
    faces: Vec<(u32, u32)>,
    thrown: usize,
}

impl Every {
    /// On to the next way. Answers whether there is one.
    fn turn(&mut self) -> bool {
        self.faces.truncate(self.thrown);
        self.thrown = 0;
        while let Some((face, sides)) = self.faces.last_mut() {
            *face += 1;
            if face < sides {
                return true;
            }
            self.faces.pop();
        }
        false
    }
}

impl Luck for Every {
    fn draw(&mut self, throw: Throw<'_>) -> u32 {
        let at = self.thrown;
        self.thrown += 1;
        match self.faces.get(at) {
            Some((face, _)) => *face,
            None => {
                self.faces.push((0, throw.sides));
                0
            }
        }
    }
}
