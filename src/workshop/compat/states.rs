//! The states of a chapter that a save can be made in: all of them if they close, else those that plays pass through.

mod cut;
mod entries;
mod tree;

use std::collections::VecDeque;

use rustc_hash::FxHashSet;

use super::Limits;
use crate::engine::Chapter;
use crate::engine::chapter::Given;
use crate::engine::dice::{Keyed, Luck, Throw};
use crate::engine::id::ChoiceIx;
use crate::engine::look::open_choices;
use crate::engine::state::State;
use crate::engine::step::{begin, step_with};
use cut::Cut;
use entries::{drawn, every};
use tree::Tree;

/// A sample is given up when so many plays in a row pass through nothing new.
const STALE: usize = 200;

/// The most choices of a play.
const LONGEST: usize = 1_000;

/// How many steps may be tried for each state that may be found.
const STEPS: usize = 64;

/// States, by the plays that lead to them.
pub(super) struct Found<'c> {
    pub(super) tree: Tree<'c>,
    pub(super) whole: Whole,
    /// How many plays were made, if not all states were found.
    pub(super) plays: usize,
}

/// Whether all states were found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whole {
    /// All, with counts above this taken for this.
    Yes {
        /// Where counts are no longer told apart.
        cap: u32,
    },
    /// Some.
    No,
}

/// Finds states of a chapter in which at least one choice has been made. `new` is what they will be loaded in.
pub(super) fn found<'c>(old: &'c Chapter, new: Option<&Chapter>, limits: &Limits) -> Found<'c> {
    let cut = Cut::of(std::iter::once(old).chain(new));
    if let Some(cap) = cut.cap()
        && let Some(tree) = all(old, &cut, limits)
    {
        return Found { tree, whole: Whole::Yes { cap }, plays: 0 };
    }
    sample(old, &cut, limits)
}

/// Every state, unless there are too many.
fn all<'c>(chapter: &'c Chapter, cut: &Cut, limits: &Limits) -> Option<Tree<'c>> {
    let mut tree = Tree::new(chapter);
    let mut seen: FxHashSet<State> = FxHashSet::default();
    let mut open: VecDeque<(usize, State)> = VecDeque::new();
    let mut steps = limits.states.saturating_mul(STEPS);
    for given in every(chapter, limits.states)? {
        let state = begin(chapter, chapter.start, 0, &given, &mut Keyed, &mut ());
        // Dice that fall before the first choice cannot be forced.
        if state.drawn.iter().any(|n| *n > 0) {
            return None;
        }
        if seen.insert(cut.of_state(&state)) {
            open.push_back((tree.root(0, given), state));
        }
    }
    while let Some((at, state)) = open.pop_front() {
        for choice in open_choices(chapter, &state).collect::<Vec<_>>() {
            for (faces, after) in outcomes(chapter, &state, choice, &mut steps)? {
                if seen.insert(cut.of_state(&after)) {
                    if tree.len() >= limits.states {
                        return None;
                    }
                    let next = tree.step(at, choice, faces);
                    tree.count(next);
                    open.push_back((next, after));
                }
            }
        }
    }
    Some(tree)
}

/// What a choice can come to, over all luck; nothing if that is too much to try.
fn outcomes(chapter: &Chapter, state: &State, choice: ChoiceIx, steps: &mut usize) -> Option<Vec<(Vec<u32>, State)>> {
    let mut all = Vec::new();
    let mut faces: Vec<u32> = Vec::new();
    loop {
        *steps = steps.checked_sub(1)?;
        let mut luck = Every { faces: &faces, thrown: Vec::new() };
        let mut after = state.clone();
        step_with(chapter, &mut after, choice, &mut luck, &mut ()).ok()?;
        let mut thrown = luck.thrown;
        all.push((thrown.iter().map(|(face, _)| *face).collect(), after));
        while thrown.last().is_some_and(|(face, sides)| face + 1 >= *sides) {
            thrown.pop();
        }
        match thrown.last_mut() {
            Some((face, _)) => *face += 1,
            None => return Some(all),
        }
        faces = thrown.iter().map(|(face, _)| *face).collect();
    }
}

/// Luck that is told what to be, then always the lowest face; it remembers how many there were.
struct Every<'a> {
    faces: &'a [u32],
    thrown: Vec<(u32, u32)>,
}

impl Luck for Every<'_> {
    fn draw(&mut self, throw: Throw<'_>) -> u32 {
        let face = self.faces.get(self.thrown.len()).copied().unwrap_or(0).min(throw.sides.saturating_sub(1));
        self.thrown.push((face, throw.sides));
        face
    }
}

/// States that plays pass through. Every second play is entered with carried values drawn at random.
fn sample<'c>(chapter: &'c Chapter, cut: &Cut, limits: &Limits) -> Found<'c> {
    let mut tree = Tree::new(chapter);
    let mut seen: FxHashSet<State> = FxHashSet::default();
    let mut taken = vec![0_u64; chapter.choices.len()];
    let (mut plays, mut stale) = (0, 0);
    while tree.len() < limits.states && stale < STALE {
        let seed = limits.seed.wrapping_add(plays as u64);
        let given: Vec<Given> = if plays % 2 == 0 { Vec::new() } else { drawn(chapter, seed) };
        let before = tree.len();
        let mut state = begin(chapter, chapter.start, seed, &given, &mut Keyed, &mut ());
        let mut at = tree.root(seed, given);
        for _ in 0..LONGEST {
            let Some(choice) = least(chapter, &state, &taken) else { break };
            taken[choice.at()] += 1;
            if step_with(chapter, &mut state, choice, &mut Keyed, &mut ()).is_err() {
                break;
            }
            at = tree.step(at, choice, Vec::new());
            if seen.insert(cut.of_state(&state)) && tree.len() < limits.states {
                tree.count(at);
            }
        }
        plays += 1;
        stale = if tree.len() == before { stale + 1 } else { 0 };
    }
    Found { tree, whole: Whole::No, plays }
}

/// The open choice that was taken least often; among equals, each as likely.
fn least(chapter: &Chapter, state: &State, taken: &[u64]) -> Option<ChoiceIx> {
    let mut open: Vec<ChoiceIx> = open_choices(chapter, state).collect();
    let fewest = open.iter().map(|choice| taken[choice.at()]).min()?;
    open.retain(|choice| taken[choice.at()] == fewest);
    let sides = u32::try_from(open.len()).ok()?;
    let lot = Keyed.draw(Throw { seed: state.seed, site: "compat", count: state.turn, low: 0, sides });
    open.get(lot as usize).copied()
}
