//! A runner at a category: attempt after attempt, each against the clock. No undo, no confirmation; every choice is
//! journalled, and a reset leads to the first page at once. Knows no screen and reads no clock.

mod attempt;
pub mod drill;
mod ghost;
mod outcome;
mod practice;
mod recover;
mod sync;
mod watch;

pub use attempt::Stage;
pub use ghost::Ghost;
pub use outcome::Won;
pub use watch::Watch;

use std::sync::Arc;

use crate::engine::chapter::Ceiling;
use crate::engine::render::Reader;
use crate::saves::{Fault, Store};
use crate::speedrun::clock::Times;
use crate::speedrun::livesplit::{Cue, Link};
use crate::speedrun::seeds::Wanted;
use crate::speedrun::{Board, Category, Flag, History, Medal, Note, Reading, Source, Splits, medal};

use super::finds::Finds;
use super::sitting::{Chapters, PickKind, Sitting, Trouble};
use attempt::Live;
use drill::Drill;
pub use recover::recover;

/// What a run is begun with.
pub struct Setup {
    /// Gives chapters by id.
    pub chapters: Chapters,
    /// What is run.
    pub category: Category,
    /// On which seed.
    pub wanted: Wanted,
    /// Draws a seed that nobody chose.
    pub random: fn() -> u64,
    /// How the reader is told.
    pub reader: Reader,
    /// Where attempts and replays are kept.
    pub store: Store,
    /// Timers that are told of everything.
    pub links: Vec<Link>,
}

/// A runner at a category.
pub struct Runner {
    setup: Setup,
    history: History,
    live: Live,
    board: Board,
    /// The board with the run that was won on it, until the next is begun.
    standing: Option<Board>,
    ghost: Ghost,
    /// Why the newest attempt is not in its file.
    unwritten: Option<Fault>,
    /// Why the list of attempts lacks one.
    unlisted: Option<Fault>,
    /// Why the profile lacks what an attempt found.
    unfound: Option<Fault>,
    /// Why it could not be read.
    unread: Option<Fault>,
    /// Practice, if this is no run.
    drill: Option<Drill>,
    /// Attempts that a program left behind when it died, and that were taken into the history.
    recovered: usize,
}

impl Runner {
    /// Stands before the first page of the first attempt. The clock does not run yet.
    ///
    /// # Errors
    /// [`Trouble`] if the category's chapter cannot be loaded.
    pub fn new(setup: Setup, now: Reading) -> Result<Self, Trouble> {
        let recovered = recover(&setup.store, &setup.chapters);
        let (history, unread) = match History::of(&setup.category, &setup.store) {
            Ok(history) => (history, None),
            Err(fault) => (History::default(), Some(fault)),
        };
        let (seed, source) = setup.wanted.seed(setup.category.run().seed, now.wall / 1_000, setup.random);
        let board = Board::of(&history, &setup.category, seed, &source);
        let live = Live::ready(&setup, seed, source)?;
        let ghost = Ghost::of(&setup.category, &board, &setup.store);
        let (unwritten, unlisted, unfound) = (None, None, None);
        let runner = Self {
            setup,
            history,
            live,
            board,
            standing: None,
            ghost,
            unwritten,
            unlisted,
            unfound,
            unread,
            drill: None,
            recovered,
        };
        runner.cue(&Cue::Ready { category: runner.category(), seed });
        Ok(runner)
    }

    /// Starts the clock.
    pub fn begin(&mut self, now: Reading) {
        if self.live.stage == Stage::Ready {
            if self.drill.is_some() {
                return self.live.start(now);
            }
            let begun = self.live.begin(&self.setup, now);
            self.note(begun);
            self.cue(&Cue::Begin);
            self.cue_splits();
        }
    }

    /// Takes the choice with this key. Before the clock runs, and after the end, there is nothing to choose.
    ///
    /// # Errors
    /// [`Trouble`] if it is refused; nothing has changed then, and the clock goes on.
    pub fn choose(&mut self, key: &str, now: Reading) -> Result<(), Trouble> {
        let watches = self.drill.as_ref().is_some_and(|drill| drill.watch.is_some());
        if self.live.stage != Stage::Running || watches {
            return Ok(());
        }
        if self.drill.is_some() {
            return self.practise_choice(key, now);
        }
        let written = self.live.choose(&self.setup, key, now)?;
        self.note(written);
        self.cue(&Cue::Time(self.live.times()));
        self.cue_splits();
        match self.live.stage {
            Stage::Won => self.win(),
            Stage::Lost => self.give_up(),
            _ => return Ok(()),
        }
        self.remember(now);
        Ok(())
    }

    /// Begins a pause, or ends it.
    pub fn pause(&mut self, now: Reading) {
        let written = self.live.pause(&self.setup, now);
        self.note(written);
    }

    /// Gives the attempt up and begins the next at once, on the same seed or a new one.
    ///
    /// # Errors
    /// [`Trouble`] if the chapter cannot be loaded any more.
    pub fn reset(&mut self, new_seed: bool, now: Reading) -> Result<(), Trouble> {
        if self.drill.is_some() {
            self.to_mark(now);
            return Ok(());
        }
        self.give_up();
        let (seed, source) = match (&self.live.source, new_seed) {
            (_, true) => ((self.setup.random)(), Source::Random),
            // A seed that was seen is nobody's surprise any more.
            (Source::Random, false) => (self.live.seed, Source::Typed),
            (source, false) => (self.live.seed, source.clone()),
        };
        self.live = Live::ready(&self.setup, seed, source)?;
        self.compare();
        self.cue(&Cue::Reset { seed });
        self.begin(now);
        Ok(())
    }

    /// Takes another reading of the clock, for timers elsewhere and to notice a jump.
    pub fn tick(&mut self, now: Reading) -> Times {
        let times = self.live.read(now);
        if self.drill.is_some() {
            return self.watch_on(now);
        }
        if self.live.stage == Stage::Running {
            self.cue(&Cue::Time(times));
        }
        times
    }

    /// Leaves. What was begun counts as an attempt.
    pub fn leave(&mut self) {
        self.give_up();
        let settled = self.history.settle(&self.setup.category, &self.setup.store);
        self.listed(settled);
        self.cue(&Cue::Leave);
    }

    /// Notes why the attempt is not ranked.
    pub fn flag(&mut self, flag: Flag) {
        self.live.flag(flag);
    }

    /// Notes how the attempt is played. It is ranked all the same.
    pub fn remark(&mut self, note: Note) {
        self.live.remark(note);
    }

    /// Notes that the program was stopped and goes on: nobody can say what was done meanwhile.
    pub fn stopped(&mut self) {
        if matches!(self.live.stage, Stage::Running | Stage::Paused) {
            self.live.flag(Flag::Stopped);
        }
    }

    /// The category.
    #[must_use]
    pub const fn category(&self) -> &Category {
        &self.setup.category
    }

    /// The play.
    #[must_use]
    pub const fn sitting(&self) -> &Sitting {
        &self.live.sitting
    }

    /// How the attempt stands.
    #[must_use]
    pub const fn stage(&self) -> Stage {
        self.live.stage
    }

    /// The seed, and where it comes from.
    #[must_use]
    pub const fn seed(&self) -> (u64, &Source) {
        (self.live.seed, &self.live.source)
    }

    /// The times at the last reading.
    #[must_use]
    pub fn times(&self) -> Times {
        match self.drill.as_ref().and_then(|drill| drill.watch.as_ref()) {
            Some(_) if self.live.stage == Stage::Won => {
                self.live.splits.last().map_or_else(Times::default, Times::from)
            }
            Some(watch) => Times { real: watch.at(), game: watch.at() },
            None => self.live.times(),
        }
    }

    /// When splits were passed.
    #[must_use]
    pub const fn splits(&self) -> &Splits {
        &self.live.splits
    }

    /// The splits passed by the newest choice.
    #[must_use]
    pub fn passed(&self) -> &[usize] {
        &self.live.passed
    }

    /// What the attempt is compared with: the board as it was when it began.
    #[must_use]
    pub const fn board(&self) -> &Board {
        &self.board
    }

    /// The board as it is now: with the run on it that was just won.
    #[must_use]
    pub fn standing(&self) -> &Board {
        self.standing.as_ref().unwrap_or(&self.board)
    }

    /// The personal best, choice by choice.
    #[must_use]
    pub const fn ghost(&self) -> &Ghost {
        &self.ghost
    }

    /// The eight digits of the rolling seal; none before the clock runs.
    #[must_use]
    pub fn seal(&self) -> Option<String> {
        self.live.pen.as_ref().map(|pen| pen.seal().short())
    }

    /// The number of this attempt on its board, from 1.
    #[must_use]
    pub const fn number(&self) -> usize {
        self.board.attempts + 1
    }

    /// Why it will not be ranked, so far.
    #[must_use]
    pub fn flags(&self) -> Vec<Flag> {
        self.live.flags()
    }

    /// What a run that was won came to.
    #[must_use]
    pub const fn won(&self) -> Option<&Won> {
        self.live.won.as_ref()
    }

    /// The name of the replay of an attempt that ended without its goal.
    #[must_use]
    pub fn lost(&self) -> Option<&str> {
        self.live.lost.as_deref()
    }

    /// The medal that a run that was won earned, if it is ranked.
    #[must_use]
    pub fn medal(&self) -> Option<Medal> {
        let attempt = &self.live.won.as_ref()?.attempt;
        let finish = attempt.finish.as_ref().filter(|_| attempt.flags.is_empty())?;
        medal::earned(&self.setup.category, attempt.source.named(attempt.seed), finish)
    }

    /// The best that is known to be possible on this seed, of what medals count.
    #[must_use]
    pub fn ceiling(&self) -> Option<Ceiling> {
        let category = &self.setup.category;
        medal::ceiling(category, self.live.source.named(self.live.seed), medal::counted(category))
    }

    /// Why something is not on the disk.
    #[must_use]
    pub fn fault(&self) -> Option<&Fault> {
        [&self.unwritten, &self.unlisted, &self.unfound, &self.unread].into_iter().flatten().next()
    }

    /// How many attempts of programs that died were taken into the history.
    #[must_use]
    pub const fn recovered(&self) -> usize {
        self.recovered
    }

    /// The timers that are told.
    #[must_use]
    pub fn links(&self) -> &[Link] {
        &self.setup.links
    }

    fn win(&mut self) {
        let (won, kept) = match self.live.win(&self.setup) {
            Ok(won) => won,
            Err(fault) => return self.note(Err(fault)),
        };
        self.note(kept);
        let added = self.history.add(&self.setup.category, won.attempt.clone(), &self.setup.store);
        self.listed(added);
        let (seed, source) = self.seed();
        self.standing = Some(Board::of(&self.history, &self.setup.category, seed, source));
        self.live.won = Some(won);
    }

    /// Adds what the attempt found to the profile, once it is over: nothing is written there while the clock runs.
    fn remember(&mut self, now: Reading) {
        let sitting = &self.live.sitting;
        let finds = Finds {
            chapter: Arc::clone(sitting.chapter()),
            state: sitting.state().clone(),
            events: std::mem::take(&mut self.live.found),
            began: false,
            goes_on: false,
            when: now.wall / 1_000,
        };
        let story = &sitting.world().id;
        let written = self.setup.store.remember(|profile| finds.add_to(profile.story(story)));
        self.unfound = written.err();
    }

    /// Notes an attempt that came to nothing.
    fn give_up(&mut self) {
        let Some(attempt) = self.live.give_up(&self.setup) else { return };
        let added = self.history.add(&self.setup.category, attempt, &self.setup.store);
        self.listed(added);
    }

    fn compare(&mut self) {
        self.standing = None;
        let before = self.board.best().cloned();
        self.board = Board::of(&self.history, &self.setup.category, self.live.seed, &self.live.source);
        if self.board.best() != before.as_ref() {
            self.ghost = Ghost::of(&self.setup.category, &self.board, &self.setup.store);
        }
    }

    /// Notes whether the attempt is in its file: what could not be written is written with the next that can.
    fn note(&mut self, written: Result<(), Fault>) {
        self.unwritten = written.err();
    }

    /// The same of the list of attempts.
    fn listed(&mut self, written: Result<(), Fault>) {
        self.unlisted = written.err();
    }

    fn cue(&self, cue: &Cue<'_>) {
        self.setup.links.iter().for_each(|link| link.cue(cue));
    }

    fn cue_splits(&self) {
        for &split in &self.live.passed {
            self.cue(&Cue::Split { split, times: self.live.times() });
        }
    }
}

/// The key of a choice, if that is what a pick is.
#[must_use]
pub fn key_of(pick: &PickKind) -> Option<&str> {
    match pick {
        PickKind::Choice(key) => Some(key),
        PickKind::Next(_) => None,
    }
}
