//! Finds a run that wins a category: states that got furthest are kept by where they stand, and random play goes on from
//! them. Deterministic, and good enough for what it is for; it proves nothing about being short.

use std::collections::BTreeMap;

use taiyuan::engine::State;
use taiyuan::engine::dice::{Keyed, Luck, Throw};
use taiyuan::engine::expr::Cond;
use taiyuan::engine::look::open_choices;
use taiyuan::engine::step::{begin, step};
use taiyuan::speedrun::Category;

/// The most random plays from kept states.
const PLAYS: u32 = 400_000;
/// How many states are kept for one place.
const KEPT: usize = 6;

#[derive(Clone)]
struct Stand {
    state: State,
    keys: Vec<String>,
}

/// The keys of a run that wins, if one was found.
pub(super) fn search(category: &Category, seed: u64) -> Option<Vec<String>> {
    let (chapter, run) = (category.chapter(), category.run());
    let start = begin(chapter, run.start, seed, &run.given, &mut Keyed, &mut ());
    let mut kept: BTreeMap<(usize, usize), Vec<Stand>> = BTreeMap::new();
    kept.insert((progress(category, &start), start.scene.at()), vec![Stand { state: start, keys: Vec::new() }]);
    let mut dice = Dice { seed, count: 0 };
    for _ in 0..PLAYS {
        let mut stand = pick(&kept, &mut dice).clone();
        loop {
            let open: Vec<_> = open_choices(chapter, &stand.state).collect();
            if open.is_empty() || stand.keys.len() > 600 {
                break;
            }
            let choice = open[dice.below(open.len())];
            step(chapter, &mut stand.state, choice).unwrap();
            stand.keys.push(chapter.choice(choice).key.clone());
            if category.won(&stand.state) {
                return Some(stand.keys);
            }
            let place = kept.entry((progress(category, &stand.state), stand.state.scene.at())).or_default();
            if place.len() < KEPT {
                place.push(stand.clone());
            } else if dice.below(40) == 0 {
                let at = dice.below(KEPT);
                place[at] = stand.clone();
            }
        }
    }
    None
}

/// Nearly always one of those that got furthest.
fn pick<'a>(kept: &'a BTreeMap<(usize, usize), Vec<Stand>>, dice: &mut Dice) -> &'a Stand {
    let levels: Vec<usize> = {
        let mut levels: Vec<usize> = kept.keys().map(|(progress, _)| *progress).collect();
        levels.dedup();
        levels
    };
    let mut level = levels.len() - 1;
    while level > 0 && dice.below(3) == 0 {
        level -= 1;
    }
    let places: Vec<&Vec<Stand>> =
        kept.range((levels[level], 0)..=(levels[level], usize::MAX)).map(|(_, s)| s).collect();
    let stands = places[dice.below(places.len())];
    &stands[dice.below(stands.len())]
}

/// Splits passed, and parts of the goal that hold.
fn progress(category: &Category, state: &State) -> usize {
    let chapter = category.chapter();
    let passed = |ix| chapter.scenes.iter().zip(&state.visits).any(|(s, n)| s.milestone == Some(ix) && *n > 0);
    let splits = category.splits().iter().filter_map(|s| s.milestone).filter(|ix| passed(*ix)).count();
    let parts = match &category.run().goal {
        Cond::All(parts) => parts.iter().filter(|part| part.holds(chapter, state)).count(),
        _ => 0,
    };
    splits + 2 * parts
}

struct Dice {
    seed: u64,
    count: u32,
}

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.count = self.count.wrapping_add(1);
        let sides = u32::try_from(sides).unwrap();
        Keyed.draw(Throw { seed: self.seed, site: "search", count: self.count, low: 0, sides }) as usize
    }
}
