//! Plays a chapter at random, on all cores, to see what it shows. Most of what can be reached is met so in a moment.

use std::sync::Arc;

use rayon::prelude::*;

use crate::engine::Chapter;
use crate::engine::chapter::{Carried, Given};
use crate::engine::dice::{Forced, Keyed, Luck, Throw};
use crate::engine::id::{ChoiceIx, EndingIx, SceneIx};
use crate::engine::log::written;
use crate::engine::look::{Standing, menu, open_choices, standing};
use crate::engine::route::{Leap, Route};
use crate::engine::state::State;
use crate::engine::step::{Stage, begin, step_with};
use crate::workshop::lots::Lots;
use crate::workshop::telling::Telling;

/// A play is given up after so many choices.
const LONGEST: usize = 4_000;
/// Plays between two looks at what they found.
const BATCH: u64 = 32;

/// A real way into a chapter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Start {
    /// The first scene.
    pub(crate) scene: SceneIx,
    /// What is set.
    pub(crate) given: Vec<Given>,
}

/// What plays met: for each thing, the play in which it came soonest.
#[derive(Clone, Debug)]
pub(crate) struct Met {
    pub(crate) scenes: Vec<Option<Spot>>,
    /// The first plays that came to each scene.
    pub(crate) came: Vec<Vec<Spot>>,
    pub(crate) open: Vec<Option<Spot>>,
    pub(crate) locked: Vec<Option<Spot>>,
    pub(crate) achieved: Vec<Option<Spot>>,
    pub(crate) told: Vec<Option<Spot>>,
    /// What was carried at endings that lead on, and how it was come to.
    pub(crate) carried: Vec<(EndingIx, Vec<i32>, Spot)>,
}

/// A moment of a play.
#[derive(Clone, Debug)]
pub(crate) struct Spot {
    /// Choices made before it.
    pub(crate) steps: usize,
    pub(crate) play: Arc<Played>,
}

/// A play that was made.
#[derive(Debug)]
pub(crate) struct Played {
    pub(crate) seed: u64,
    pub(crate) start: usize,
    /// The choices, and the faces that were forced.
    pub(crate) steps: Vec<(ChoiceIx, Vec<u32>)>,
}

/// Hunts until nothing new was met for so many plays.
pub(crate) struct Hunt<'a> {
    pub(crate) chapter: &'a Chapter,
    pub(crate) telling: &'a Telling<'a>,
    pub(crate) starts: &'a [Start],
    /// What the next chapter takes, in this chapter's numbers.
    pub(crate) carries: &'a [Option<Carried>],
}

/// A play, and the number of choices after which it met each thing first.
pub(crate) struct Play {
    pub(crate) played: Played,
    scenes: Vec<Option<usize>>,
    open: Vec<Option<usize>>,
    locked: Vec<Option<usize>>,
    achieved: Vec<Option<usize>>,
    pub(crate) told: Vec<Option<usize>>,
    carried: Option<(EndingIx, Vec<i32>)>,
    taken: Vec<u32>,
}

/// Makes the choices of a play.
pub(crate) trait Player {
    /// The next choice, and the faces to force; none to stop.
    fn pick(&mut self, chapter: &Chapter, state: &State, own: &[u32]) -> Option<(ChoiceIx, Vec<u32>)>;
    /// Faces that fell after the last choice.
    fn fell(&mut self, faces: &[u32]) {
        let _ = faces;
    }
    /// A scene was entered.
    fn entered(&mut self, state: &State, scene: SceneIx) {
        let _ = (state, scene);
    }
    /// A choice was taken; its effects are done.
    fn chose(&mut self, state: &State, choice: ChoiceIx) {
        let _ = (state, choice);
    }
}

impl Met {
    fn none(chapter: &Chapter, told: usize) -> Self {
        Self {
            scenes: vec![None; chapter.scenes.len()],
            came: vec![Vec::new(); chapter.scenes.len()],
            open: vec![None; chapter.choices.len()],
            locked: vec![None; chapter.choices.len()],
            achieved: vec![None; chapter.achievements.len()],
            told: vec![None; told],
            carried: Vec::new(),
        }
    }

    /// Takes what a play met. Answers whether any of it is new.
    pub(crate) fn join(&mut self, play: Play) -> bool {
        let ending = play.played.steps.len();
        let played = Arc::new(play.played);
        let mut new = false;
        for (came, steps) in self.came.iter_mut().zip(&play.scenes) {
            if let (true, Some(steps)) = (came.len() < FIRST, steps) {
                came.push(Spot { steps: *steps, play: Arc::clone(&played) });
            }
        }
        let tables = [
            (&mut self.scenes, play.scenes),
            (&mut self.open, play.open),
            (&mut self.locked, play.locked),
            (&mut self.achieved, play.achieved),
            (&mut self.told, play.told),
        ];
        for (mine, theirs) in tables {
            for (mine, theirs) in mine.iter_mut().zip(theirs) {
                if let Some(steps) = theirs
                    && mine.as_ref().is_none_or(|m| steps < m.steps)
                {
                    new |= mine.is_none();
                    *mine = Some(Spot { steps, play: Arc::clone(&played) });
                }
            }
        }
        if let Some((at, values)) = play.carried {
            let spot = Spot { steps: ending, play: played };
            let room = self.carried.len() < MOST;
            match self.carried.iter_mut().find(|(e, v, _)| *e == at && *v == values) {
                Some((.., mine)) if spot.steps < mine.steps => *mine = spot,
                Some(_) => {}
                None if room => {
                    new = true;
                    self.carried.push((at, values, spot));
                }
                None => {}
            }
        }
        new
    }
}

/// The most plays that are kept of those that came to one scene.
const FIRST: usize = 8;
/// The most different ends that are told apart.
const MOST: usize = 512;

impl Hunt<'_> {
    /// Plays until `idle` plays in a row met nothing new, or `most` were played.
    pub(crate) fn run(&self, idle: u64, most: u64) -> (Met, u64) {
        let chapter = self.chapter;
        let mut met = Met::none(chapter, self.telling.alternatives().len());
        let mut taken = vec![0_u32; chapter.choices.len()];
        let (mut played, mut last) = (0, 0);
        while played < most && played - last < idle && !self.starts.is_empty() {
            let plays: Vec<Play> = (played..played + BATCH)
                .into_par_iter()
                .map(|seed| {
                    let hand = [Hand::Any, Hand::Least, Hand::Stubborn][usize::try_from(seed % 3).unwrap_or(0)];
                    let mut picks = Picks { seed, hand, taken: &taken };
                    self.play(seed, usize::try_from(seed).unwrap_or(0) % self.starts.len(), &mut picks)
                })
                .collect();
            played += BATCH;
            for play in plays {
                for (all, more) in taken.iter_mut().zip(&play.taken) {
                    *all = all.saturating_add(*more);
                }
                if met.join(play) {
                    last = played;
                }
            }
        }
        (met, played)
    }

    /// Plays once.
    pub(crate) fn play(&self, seed: u64, start: usize, player: &mut dyn Player) -> Play {
        let chapter = self.chapter;
        let mut play = Play {
            played: Played { seed, start, steps: Vec::new() },
            scenes: vec![None; chapter.scenes.len()],
            open: vec![None; chapter.choices.len()],
            locked: vec![None; chapter.choices.len()],
            achieved: vec![None; chapter.achievements.len()],
            told: vec![None; self.telling.alternatives().len()],
            carried: None,
            taken: vec![0; chapter.choices.len()],
        };
        let mut seen = Ears { telling: self.telling, player, scenes: Vec::new(), told: Vec::new() };
        let Start { scene, given } = &self.starts[start];
        let mut state = begin(chapter, *scene, seed, given, &mut Keyed, &mut seen);
        for steps in 0..LONGEST {
            let first = |cell: &mut Option<usize>| {
                cell.get_or_insert(steps);
            };
            seen.scenes.drain(..).for_each(|s| first(&mut play.scenes[s.at()]));
            seen.told.drain(..).for_each(|n| first(&mut play.told[n as usize]));
            for (cell, reached) in play.achieved.iter_mut().zip(&state.achieved) {
                if *reached > 0 {
                    first(cell);
                }
            }
            if let Some(ending) = state.ended {
                let leads_on = chapter.endings[ending.at()].next.is_some() && !self.carries.is_empty();
                play.carried = leads_on.then(|| (ending, self.values(&state)));
                break;
            }
            for &choice in menu(chapter, &state) {
                let locked = match standing(chapter, &state, choice) {
                    Standing::Open => false,
                    Standing::Locked => true,
                    Standing::Hidden => continue,
                };
                first(if locked { &mut play.locked[choice.at()] } else { &mut play.open[choice.at()] });
                self.telling.offered(&state, choice, locked, &mut |n| first(&mut play.told[n as usize]));
            }
            let Some((choice, forced)) = seen.player.pick(chapter, &state, &play.taken) else { break };
            play.taken[choice.at()] += 1;
            let mut luck = Forced::new(&forced);
            let stepped = step_with(chapter, &mut state, choice, &mut luck, &mut seen);
            seen.player.fell(luck.given());
            play.played.steps.push((choice, forced));
            if stepped.is_err() {
                break;
            }
        }
        play
    }

    fn values(&self, state: &State) -> Vec<i32> {
        let value = |what: &Option<Carried>| match what {
            Some(Carried::Var(ix)) => state.vars[ix.at()],
            Some(Carried::Item(ix)) => state.items[ix.at()],
            None => 0,
        };
        self.carries.iter().map(value).collect()
    }

    /// The route to a moment of a play.
    pub(crate) fn route(&self, spot: &Spot) -> Route {
        let chapter = self.chapter;
        let start = &self.starts[spot.play.start];
        let leap = |(choice, forced): &(ChoiceIx, Vec<u32>)| Leap {
            choice: chapter.choice(*choice).key().to_owned(),
            forced: forced.clone(),
        };
        Route {
            chapter: chapter.id.clone(),
            start: (start.scene != chapter.start).then(|| chapter.scene(start.scene).id.to_string()),
            given: start.given.iter().map(|g| written(chapter, *g)).collect(),
            seed: spot.play.seed,
            steps: spot.play.steps.iter().take(spot.steps).map(leap).collect(),
        }
    }

    /// Which start a moment's play had.
    pub(crate) fn start_of(spot: &Spot) -> usize {
        spot.play.start
    }
}

/// Hears which scenes are entered and which alternatives are told.
struct Ears<'a, 'c> {
    telling: &'a Telling<'c>,
    player: &'a mut dyn Player,
    scenes: Vec<SceneIx>,
    told: Vec<u32>,
}

impl Stage for Ears<'_, '_> {
    fn entered(&mut self, _: &Chapter, state: &State, scene: SceneIx) {
        self.scenes.push(scene);
        self.player.entered(state, scene);
        self.telling.scene(state, scene, &mut |n| self.told.push(n));
    }

    fn chose(&mut self, _: &Chapter, state: &State, choice: ChoiceIx) {
        self.player.chose(state, choice);
        self.telling.said(state, choice, &mut |n| self.told.push(n));
    }
}

/// How a play is made.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Hand {
    /// Any choice.
    Any,
    /// What was taken least.
    Least,
    /// Mostly what it likes best, the same from the first page to the last: such plays come where one always or never
    /// does a thing.
    Stubborn,
}

/// Of so many choices a stubborn hand makes one at random.
const WAVERS: u32 = 8;

/// Makes the choices of a play by itself.
struct Picks<'t> {
    seed: u64,
    hand: Hand,
    taken: &'t [u32],
}

impl Picks<'_> {
    /// How well this play likes a choice.
    fn liking(&self, choice: ChoiceIx) -> usize {
        let seed = self.seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ u64::from(choice.0) << 32;
        Lots::of(seed).below(1 << 20)
    }
}

impl Player for Picks<'_> {
    fn pick(&mut self, chapter: &Chapter, state: &State, own: &[u32]) -> Option<(ChoiceIx, Vec<u32>)> {
        let mut open: Vec<ChoiceIx> = open_choices(chapter, state).collect();
        let draw =
            |sides: u32, site: &str| Keyed.draw(Throw { seed: self.seed, site, count: state.turn, low: 0, sides });
        match self.hand {
            Hand::Any => {}
            Hand::Least => {
                let used = |c: &ChoiceIx| self.taken[c.at()].saturating_add(own[c.at()]);
                let least = open.iter().map(used).min()?;
                open.retain(|c| used(c) == least);
            }
            Hand::Stubborn => {
                if draw(WAVERS, "waver") > 0 {
                    let best = open.iter().copied().max_by_key(|c| self.liking(*c))?;
                    open = vec![best];
                }
            }
        }
        let sides = u32::try_from(open.len()).ok().filter(|n| *n > 0)?;
        let at = draw(sides, "hunt");
        open.get(at as usize).map(|choice| (*choice, Vec::new()))
    }
}
