//! Which alternatives of texts plays tell.

use std::collections::BTreeSet;

use taiyuan::engine::dice::Keyed;
use taiyuan::engine::id::{ChoiceIx, SceneIx};
use taiyuan::engine::look::{Standing, menu, open_choices, standing};
use taiyuan::engine::step::{Stage, begin, step_with};
use taiyuan::engine::{Chapter, Route, State};
use taiyuan::workshop::telling::Telling;

/// Plays made of a chapter, and choices made in each.
const PLAYS: u64 = 120;
const CHOICES: usize = 60;

/// The alternatives that a route tells on its way.
pub(super) fn by(route: &Route, chapter: &Chapter) -> Result<BTreeSet<u32>, String> {
    let telling = Telling::new(chapter);
    let mut told = Told { telling: &telling, numbers: BTreeSet::new() };
    let state = route.play(chapter, &mut told).map_err(|e| e.to_string())?;
    told.page(chapter, &state);
    Ok(told.numbers)
}

/// The alternatives that random plays tell, as the chapter alone begins and as its runs do.
pub(super) fn ever(chapter: &Chapter) -> BTreeSet<u32> {
    let telling = Telling::new(chapter);
    let mut told = Told { telling: &telling, numbers: BTreeSet::new() };
    let runs = chapter.runs.iter().map(|run| (run.start, run.given.clone()));
    let starts: Vec<_> = std::iter::once((chapter.start, Vec::new())).chain(runs).collect();
    for seed in 0..PLAYS {
        let (scene, given) = &starts[usize::try_from(seed).unwrap() % starts.len()];
        let mut state = begin(chapter, *scene, seed, given, &mut Keyed, &mut told);
        let mut dice = seed;
        for _ in 0..CHOICES {
            told.page(chapter, &state);
            let open: Vec<ChoiceIx> = open_choices(chapter, &state).collect();
            if state.ended.is_some() || open.is_empty() {
                break;
            }
            dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let choice = open[usize::try_from(dice >> 33).unwrap() % open.len()];
            step_with(chapter, &mut state, choice, &mut Keyed, &mut told).unwrap();
        }
    }
    told.numbers
}

struct Told<'a, 'c> {
    telling: &'a Telling<'c>,
    numbers: BTreeSet<u32>,
}

impl Told<'_, '_> {
    fn page(&mut self, chapter: &Chapter, state: &State) {
        if state.ended.is_some() {
            return;
        }
        for &choice in menu(chapter, state) {
            let locked = match standing(chapter, state, choice) {
                Standing::Open => false,
                Standing::Locked => true,
                Standing::Hidden => continue,
            };
            self.telling.offered(state, choice, locked, &mut |n| {
                self.numbers.insert(n);
            });
        }
    }
}

impl Stage for Told<'_, '_> {
    fn entered(&mut self, _: &Chapter, state: &State, scene: SceneIx) {
        self.telling.scene(state, scene, &mut |n| {
            self.numbers.insert(n);
        });
    }

    fn chose(&mut self, _: &Chapter, state: &State, choice: ChoiceIx) {
        self.telling.said(state, choice, &mut |n| {
            self.numbers.insert(n);
        });
    }
}
