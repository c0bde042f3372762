//! One play after another, by one hand.

use super::super::lots::Lots;
use super::archive::{Archive, Found, cell};
use super::tally::Tally;
use super::{Entry, Hand, LONGEST, Lost, Orders, Why};
use crate::engine::chapter::{Carried, Given};
use crate::engine::dice::{Forced, Keyed};
use crate::engine::id::{ChoiceIx, SceneIx};
use crate::engine::look::{Standing, menu, standing};
use crate::engine::route::{Leap, Route};
use crate::engine::state::State;
use crate::engine::step::{Stage, begin, step_with};
use crate::engine::{Chapter, log};
use crate::workshop::telling::Telling;

/// Where a play stands, and how it came there.
#[derive(Clone)]
pub(super) struct Position {
    state: State,
    given: Vec<Given>,
    /// The seed it began with.
    seed: u64,
    /// Whether the seed was changed on the way: the faces of every throw then tell the way.
    reseeded: bool,
    steps: Vec<(ChoiceIx, Vec<u32>)>,
    words: u32,
    /// The power of ten of how many ways there were, each page's choices multiplied.
    ways: f64,
}

/// Plays some plays of a round.
pub(super) struct Player<'a, 'c> {
    pub(super) chapter: &'c Chapter,
    pub(super) telling: &'a Telling<'c>,
    pub(super) orders: &'a Orders,
    /// What was known when the round began.
    pub(super) before: &'a Tally,
    /// What these plays came by.
    pub(super) own: Tally,
    pub(super) lots: Lots,
    archive: &'a Archive,
    found: Found,
}

impl<'a, 'c> Player<'a, 'c> {
    pub(super) fn new(
        chapter: &'c Chapter,
        telling: &'a Telling<'c>,
        orders: &'a Orders,
        before: &'a Tally,
        archive: &'a Archive,
    ) -> Self {
        let own = Tally::new(chapter, telling);
        Self { chapter, telling, orders, before, own, lots: Lots::of(0), archive, found: Found::default() }
    }

    /// What the plays came by.
    pub(super) fn done(self) -> (Tally, Found) {
        (self.own, self.found)
    }

    /// Plays to an ending, or until it goes no further.
    pub(super) fn play(&mut self, number: usize) {
        let seed = self.orders.seed.wrapping_add(number as u64);
        self.lots = Lots::of(seed);
        let mut play = self.gone_on(seed).unwrap_or_else(|| self.begun(seed));
        let mut open = Vec::new();
        let why = loop {
            if let Some(ending) = play.state.ended {
                self.own.endings[ending.at()] += 1;
                break None;
            }
            self.page(&play.state, &mut open);
            let Some(choice) = self.pick(&mut play.state, &open) else { break Some(Why::Stuck) };
            play.ways += libm::log10(f64::from(u32::try_from(open.len()).unwrap_or(u32::MAX)));
            if play.steps.len() >= LONGEST {
                break Some(Why::Endless);
            }
            if self.orders.hand == Hand::Greedy {
                self.keep(&play);
            }
            if !self.step(&mut play, choice) {
                break Some(Why::Stuck);
            }
        };
        self.own.lengths.push(play.steps.len());
        self.own.words.push(play.words as usize);
        self.own.ways.push(play.ways);
        if let Some(why) = why {
            let scene = self.chapter.scene(play.state.scene).id.to_string();
            self.own.lost.push(Lost { why, scene, choices: play.steps.len(), route: self.route(&play) });
        }
    }

    /// A play from the first page.
    fn begun(&mut self, seed: u64) -> Position {
        let mut given = Vec::new();
        if self.orders.entry == Entry::Any {
            for carry in &self.chapter.carries {
                let (low, high) = match carry.what {
                    Carried::Var(ix) => self.chapter.var(ix).bounds(),
                    Carried::Item(ix) => (0, self.chapter.world.item(ix).max),
                };
                let width = usize::try_from(i64::from(high) - i64::from(low) + 1).unwrap_or(1);
                let drawn = i64::from(low) + i64::try_from(self.lots.below(width)).unwrap_or(0);
                given.push(Given { what: carry.what, value: i32::try_from(drawn).unwrap_or(low) });
            }
        }
        given.extend(&self.orders.given);
        let mut ear = Ear { telling: self.telling, own: &mut self.own, words: 0 };
        let state = begin(self.chapter, self.orders.start, seed, &given, &mut Keyed, &mut ear);
        let words = ear.words;
        Position { state, given, seed, reseeded: false, steps: Vec::new(), words, ways: 0.0 }
    }

    /// A play from a page of an earlier one, with luck of its own.
    fn gone_on(&mut self, seed: u64) -> Option<Position> {
        if self.orders.hand != Hand::Greedy || self.lots.below(2) == 0 {
            return None;
        }
        let (cell, position) = self.archive.draw(&mut self.lots, self.before)?;
        self.found.used.push(cell);
        let mut play = position.clone();
        play.state.seed = seed;
        play.reseeded = true;
        Some(play)
    }

    /// Looks at a page: what is open, and what its menu shows.
    fn page(&mut self, state: &State, open: &mut Vec<ChoiceIx>) {
        open.clear();
        for &choice in menu(self.chapter, state) {
            let locked = match standing(self.chapter, state, choice) {
                Standing::Hidden => continue,
                Standing::Locked => {
                    self.own.reasons[choice.at()] += 1;
                    true
                }
                Standing::Open => {
                    open.push(choice);
                    false
                }
            };
            self.telling.offered(state, choice, locked, &mut |number| self.own.shown[number as usize] += 1);
        }
        self.own.pages += 1;
        self.own.open += open.len() as u64;
    }

    fn step(&mut self, play: &mut Position, choice: ChoiceIx) -> bool {
        let said = self.telling.say(&play.state, choice, &mut |_| {});
        let mut ear = Ear { telling: self.telling, own: &mut self.own, words: 0 };
        let mut luck = Forced::default();
        if step_with(self.chapter, &mut play.state, choice, &mut luck, &mut ear).is_err() {
            return false;
        }
        play.words += said + ear.words;
        play.steps.push((choice, luck.given().to_vec()));
        self.own.taken[choice.at()] += 1;
        true
    }

    /// Keeps the page for others: the first of its kind, and now and then another.
    fn keep(&mut self, play: &Position) {
        const SELDOM: usize = 16;
        let cell = cell(&play.state);
        let known = self.archive.has(&cell) || self.found.pages.contains_key(&cell);
        if !known || self.lots.below(SELDOM) == 0 {
            self.found.pages.insert(cell, play.clone());
        }
    }

    fn route(&self, play: &Position) -> Route {
        let start =
            (self.orders.start != self.chapter.start).then(|| self.chapter.scene(self.orders.start).id.to_string());
        let leap = |(choice, faces): &(ChoiceIx, Vec<u32>)| Leap {
            choice: self.chapter.choice(*choice).key().to_owned(),
            forced: if play.reseeded { faces.clone() } else { Vec::new() },
        };
        Route {
            chapter: self.chapter.id.clone(),
            start,
            given: play.given.iter().map(|given| log::written(self.chapter, *given)).collect(),
            seed: play.seed,
            steps: play.steps.iter().map(leap).collect(),
        }
    }
}

/// Counts what is told.
struct Ear<'a, 'c> {
    telling: &'a Telling<'c>,
    own: &'a mut Tally,
    words: u32,
}

impl Stage for Ear<'_, '_> {
    fn chose(&mut self, _: &Chapter, state: &State, choice: ChoiceIx) {
        self.words += self.telling.said(state, choice, &mut |number| self.own.shown[number as usize] += 1);
    }

    fn entered(&mut self, _: &Chapter, state: &State, scene: SceneIx) {
        self.own.visits[scene.at()] += 1;
        self.words += self.telling.scene(state, scene, &mut |number| self.own.shown[number as usize] += 1);
    }
}
