//! Plays of a mutant by a hand that knows nothing of proofs.

use std::collections::{BTreeSet, HashSet};

use rand::rngs::ChaCha8Rng;
use rand::{Rng, SeedableRng};
use taiyuan::engine::chapter::{Carried, Given};
use taiyuan::engine::dice::Keyed;
use taiyuan::engine::id::{ChoiceIx, SceneIx};
use taiyuan::engine::look::{Standing, menu, open_choices, standing};
use taiyuan::engine::step::{Stage, begin, step_with};
use taiyuan::engine::{Chapter, State};
use taiyuan::workshop::prove::Claim;

/// The longest play, in choices.
const LONG: usize = 1_200;
/// So many plays on from a state in which a play did not end.
const TRIES: u64 = 60;
/// The most states looked at from one that no play on ended.
const MOST: usize = 20_000;

/// What came of playing on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// An ending was reached.
    Ended,
    /// Everything was looked at, and there is none.
    Never,
    /// Neither.
    Unknown,
}

pub(super) struct Hand<'c> {
    chapter: &'c Chapter,
    /// A play that got stuck.
    pub(super) stuck: Option<String>,
    /// A play from which no ending can be reached.
    pub(super) lost: Option<String>,
    /// Whether scenes flowed on for ever.
    pub(super) ring: bool,
    scenes: BTreeSet<SceneIx>,
    open: BTreeSet<ChoiceIx>,
    locked: BTreeSet<ChoiceIx>,
    ended: BTreeSet<usize>,
    achieved: BTreeSet<usize>,
    taken: Vec<u32>,
}

impl<'c> Hand<'c> {
    pub(super) fn new(chapter: &'c Chapter) -> Self {
        Self {
            chapter,
            stuck: None,
            lost: None,
            ring: false,
            scenes: BTreeSet::new(),
            open: BTreeSet::new(),
            locked: BTreeSet::new(),
            ended: BTreeSet::new(),
            achieved: BTreeSet::new(),
            taken: vec![0; chapter.choices.len()],
        }
    }

    /// One play: of every four one takes what was taken least, and two begin with anything that may be carried in.
    pub(super) fn play(&mut self, seed: u64) {
        let chapter = self.chapter;
        let mut lots = ChaCha8Rng::seed_from_u64(seed);
        let real = seed.is_multiple_of(2);
        let (mut start, mut given) = (chapter.start, Vec::new());
        if let Some(run) = chapter.runs.get(below(&mut lots, chapter.runs.len() + 3)) {
            (start, given) = (run.start, run.given.clone());
        } else if !real {
            given = chapter.carries.iter().map(|c| anything(chapter, c.what, &mut lots)).collect();
        }
        let mut heard = Heard::default();
        let mut state = begin(chapter, start, seed, &given, &mut Keyed, &mut heard);
        let mut keys = Vec::new();
        let least = seed % 4 >= 2;
        for _ in 0..LONG {
            if real {
                self.page(&state, &mut heard);
            }
            let open: Vec<ChoiceIx> = open_choices(chapter, &state).collect();
            if state.ended.is_some() {
                return;
            }
            if open.is_empty() {
                let scene = chapter.scene(state.scene);
                let on = scene.otherwise.is_some() || scene.then.is_some() || state.open.is_some();
                if on {
                    self.ring = true;
                } else {
                    self.stuck.get_or_insert_with(|| told(chapter, start, &given, seed, &keys));
                }
                return;
            }
            let at = below(&mut lots, open.len());
            let fewest = open.iter().map(|c| self.taken[c.at()]).min().unwrap_or(0);
            let choice =
                if least { open.iter().copied().find(|c| self.taken[c.at()] == fewest).unwrap() } else { open[at] };
            self.taken[choice.at()] += 1;
            keys.push(chapter.choice(choice).key().to_owned());
            step_with(chapter, &mut state, choice, &mut Keyed, &mut heard).unwrap();
        }
        if self.lost.is_none() && self.ends_from(&state, seed) == End::Never {
            self.lost = Some(told(chapter, start, &given, seed, &keys));
        }
    }

    fn page(&mut self, state: &State, heard: &mut Heard) {
        self.scenes.append(&mut heard.0);
        self.achieved.extend((0..state.achieved.len()).filter(|at| state.achieved[*at] > 0));
        if let Some(ending) = state.ended {
            self.ended.insert(ending.at());
            return;
        }
        for &choice in menu(self.chapter, state) {
            match standing(self.chapter, state, choice) {
                Standing::Open => self.open.insert(choice),
                Standing::Locked => self.locked.insert(choice),
                Standing::Hidden => false,
            };
        }
    }

    /// Whether a play met what is claimed.
    pub(super) fn met(&self, claim: &Claim) -> bool {
        let chapter = self.chapter;
        let choice = |path: &str| chapter.find_choice(path).unwrap();
        match claim {
            Claim::Scene(id) => self.scenes.contains(&chapter.find_scene(id).unwrap()),
            Claim::Choice(path) => self.open.contains(&choice(path)),
            Claim::Locked(path) => self.locked.contains(&choice(path)),
            Claim::Ending(id) => self.ended.contains(&chapter.find_ending(id).unwrap().at()),
            Claim::Achievement(id) => self.achieved.contains(&chapter.find_achievement(id).unwrap().at()),
            Claim::Milestone(id) => self
                .scenes
                .iter()
                .any(|s| chapter.scene(*s).milestone.is_some_and(|m| chapter.milestones[m.at()].id == *id)),
            _ => false,
        }
    }

    /// Whether an ending can be reached from here: by random plays on, then by looking at everything.
    pub(super) fn ends_from(&self, state: &State, seed: u64) -> End {
        let chapter = self.chapter;
        for round in 0..TRIES {
            let mut lots = ChaCha8Rng::seed_from_u64(seed ^ round << 32);
            let mut state = state.clone();
            state.seed = round;
            for _ in 0..LONG {
                let open: Vec<ChoiceIx> = open_choices(chapter, &state).collect();
                if open.is_empty() {
                    break;
                }
                let choice = open[below(&mut lots, open.len())];
                step_with(chapter, &mut state, choice, &mut Keyed, &mut ()).unwrap();
            }
            if state.ended.is_some() {
                return End::Ended;
            }
        }
        // One seed stands for all luck only where nothing is thrown.
        let mut seen: HashSet<State> = HashSet::new();
        let mut waiting = vec![state.clone()];
        let mut thrown = false;
        while let Some(state) = waiting.pop() {
            let mut key = state.clone();
            key.turn = 0;
            key.last.fill(0);
            [&mut key.visits, &mut key.taken].into_iter().flatten().for_each(|n| *n = (*n).min(3));
            if seen.len() > MOST {
                return End::Unknown;
            }
            if !seen.insert(key) {
                continue;
            }
            if state.ended.is_some() {
                return End::Ended;
            }
            for choice in open_choices(chapter, &state).collect::<Vec<_>>() {
                let mut next = state.clone();
                step_with(chapter, &mut next, choice, &mut Keyed, &mut ()).unwrap();
                thrown |= next.drawn != state.drawn;
                waiting.push(next);
            }
        }
        if thrown { End::Unknown } else { End::Never }
    }
}

fn below(lots: &mut ChaCha8Rng, n: usize) -> usize {
    usize::try_from(lots.next_u64() % n.max(1) as u64).unwrap()
}

fn anything(chapter: &Chapter, what: Carried, lots: &mut ChaCha8Rng) -> Given {
    let (low, high) = match what {
        Carried::Var(ix) => chapter.var(ix).bounds(),
        Carried::Item(ix) => (0, chapter.world.item(ix).max),
    };
    let value = low + i32::try_from(below(lots, usize::try_from(high - low + 1).unwrap())).unwrap();
    Given { what, value }
}

fn told(chapter: &Chapter, start: SceneIx, given: &[Given], seed: u64, keys: &[String]) -> String {
    format!("{} seed={seed} {given:?} | {}", chapter.scene(start).id, keys.join(" "))
}

#[derive(Default)]
struct Heard(BTreeSet<SceneIx>);

impl Stage for Heard {
    fn entered(&mut self, _: &Chapter, _: &State, scene: SceneIx) {
        self.0.insert(scene);
    }
}
