//! A runner at a category: attempt after attempt, each against the clock. No undo, no confirmation; every choice is
//! journalled, and a reset leads to the first page at once. Knows no screen and reads no clock.

mod attempt;
pub mod drill;
mod ghost;
mod outcome;
mod watch;

pub use attempt::Stage;
pub use ghost::Ghost;
pub use outcome::Won;
pub use watch::Watch;

use crate::engine::render::Reader;
use crate::saves::{Fault, Store};
use crate::speedrun::clock::Times;
use crate::speedrun::follow::follow;
use crate::speedrun::livesplit::{Cue, Link};
use crate::speedrun::seeds::Wanted;
use crate::speedrun::{Attempt, Board, Category, Flag, History, Reading, Replay, Source, Splits};

use super::sitting::{Chapters, PickKind, Sitting, Trouble};
use attempt::Live;
use drill::{Drill, Luck, Start};

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
    ghost: Ghost,
    fault: Option<Fault>,
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
        let recovered = recover(&setup);
        let (history, fault) = match History::of(&setup.category, &setup.store) {
            Ok(history) => (history, None),
            Err(fault) => (History::default(), Some(fault)),
        };
        let (seed, source) = setup.wanted.seed(setup.category.run().seed, now.wall / 1_000, setup.random);
        let board = Board::of(&history, &setup.category, seed, &source);
        let live = Live::ready(&setup, seed, source)?;
        let ghost = Ghost::of(&setup.category, &board, &setup.store);
        let runner = Self { setup, history, live, board, ghost, fault, drill: None, recovered };
        runner.cue(&Cue::Ready { category: runner.category(), seed });
        Ok(runner)
    }

    /// Practises instead of running: from there, with this luck, beginning again by itself or not.
    ///
    /// # Errors
    /// [`Trouble`] if the choices that lead there cannot be made.
    pub fn practise(mut self, start: Start, luck: Luck, repeats: bool) -> Result<Self, Trouble> {
        if let Some(replay) = &start.replay {
            self.live = Live::ready(&self.setup, replay.log.seed, replay.header.source.clone())?;
            self.compare();
            if self.ghost.at(1).is_none() {
                self.ghost = Ghost::in_replay(&self.setup.category, replay);
            }
        }
        let mut drill = Drill::new(start, luck, repeats);
        drill.lead(&self.setup, &mut self.live)?;
        self.live.flag(Flag::Practice);
        self.drill = Some(drill);
        Ok(self)
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
            _ => {}
        }
        Ok(())
    }

    /// Begins a pause, or ends it.
    pub fn pause(&mut self, now: Reading) {
        let written = self.live.pause(now);
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

    /// Watches a replay: practice that goes on by itself, and in which nothing is chosen.
    ///
    /// # Errors
    /// [`Trouble`] if it cannot be begun.
    pub fn watch(self, replay: Replay, now: Reading) -> Result<Self, Trouble> {
        let mut runner = self.practise(Start { replay: Some(replay), turn: 0 }, Luck::Seed, false)?;
        if let Some(drill) = &mut runner.drill {
            drill.watch = Some(Watch::new());
        }
        runner.begin(now);
        Ok(runner)
    }

    /// Practice: a choice back.
    pub fn back(&mut self) {
        let steps = self.live.sitting.steps().saturating_sub(1);
        self.stand_at(steps);
        if let Some(drill) = &mut self.drill {
            let at = drill.times(steps).real;
            drill.watch.iter_mut().for_each(|watch| watch.stand(at));
        }
    }

    /// Practice: a choice that was stepped back over again, or the replay's next.
    pub fn forward(&mut self) {
        let (Some(drill), Stage::Running) = (&mut self.drill, self.live.stage) else { return };
        let before = self.live.splits.clone();
        let taken = match drill.next(&self.live) {
            Some(step) => self.live.sitting.take_step(&step).is_ok(),
            None => self.live.sitting.redo(),
        };
        if !taken {
            return;
        }
        drill.keep(before);
        let mut times = self.live.times();
        if drill.watch.is_some() {
            times = drill.times(self.live.sitting.steps());
            drill.watch.iter_mut().for_each(|watch| watch.stand(times.real));
        }
        self.live.settle(&self.setup, times);
    }

    /// Watching: on until a split is passed.
    pub fn to_split(&mut self) {
        loop {
            let steps = self.live.sitting.steps();
            self.forward();
            if self.live.sitting.steps() == steps || !self.live.passed.is_empty() {
                return;
            }
        }
    }

    /// Practice: marks where it stands. The segment is timed from here.
    pub fn mark(&mut self, now: Reading) {
        let (steps, real) = (self.live.sitting.steps(), self.live.read(now).real);
        if let Some(drill) = &mut self.drill {
            drill.set_mark(steps, real);
        }
    }

    /// Practice: back to the mark.
    pub fn to_mark(&mut self, now: Reading) {
        let real = self.live.read(now).real;
        let Some(drill) = &mut self.drill else { return };
        drill.again(real);
        let mark = drill.mark();
        self.stand_at(mark);
    }

    /// Practice, to see or to change.
    pub const fn drill_mut(&mut self) -> Option<&mut Drill> {
        self.drill.as_mut()
    }

    /// Practice, if this is no run.
    #[must_use]
    pub const fn drill(&self) -> Option<&Drill> {
        self.drill.as_ref()
    }

    fn practise_choice(&mut self, key: &str, now: Reading) -> Result<(), Trouble> {
        let Some(drill) = &mut self.drill else { return Ok(()) };
        let times = self.live.read(now);
        let step = drill.step(key, &self.live);
        if let Err(trouble) = self.live.sitting.take_step(&step) {
            drill.refused();
            return Err(trouble);
        }
        self.live.settle(&self.setup, times);
        if !self.live.passed.is_empty() || self.live.stage != Stage::Running {
            drill.done(times.real);
            if drill.repeats {
                let mark = drill.mark();
                self.stand_at(mark);
            }
        }
        Ok(())
    }

    /// Practice: stands where it stood after so many choices, at most as many as were made.
    fn stand_at(&mut self, steps: usize) {
        let Some(drill) = &mut self.drill else { return };
        if steps >= self.live.sitting.steps() {
            return;
        }
        self.live.sitting.jump(steps);
        if let Some(splits) = drill.splits_at(steps) {
            self.live.splits = splits;
        }
        self.live.stand();
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

    /// Makes the choices of a watched replay whose time has come.
    fn watch_on(&mut self, now: Reading) -> Times {
        if let Some(watch) = self.drill.as_mut().and_then(|drill| drill.watch.as_mut()) {
            watch.read(now.steady);
            let until = watch.at();
            while let Some(at) = self.drill.as_ref().and_then(|drill| drill.next(&self.live)).and_then(|step| step.at)
                && at <= until
                && self.live.stage == Stage::Running
            {
                self.forward();
            }
            self.drill.iter_mut().filter_map(|drill| drill.watch.as_mut()).for_each(|watch| watch.stand(until));
        }
        self.times()
    }

    /// Leaves. What was begun counts as an attempt.
    pub fn leave(&mut self) {
        self.give_up();
        self.cue(&Cue::Leave);
    }

    /// Notes why the attempt is not ranked.
    pub fn flag(&mut self, flag: Flag) {
        self.live.flag(flag);
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

    /// Why something is not on the disk.
    #[must_use]
    pub const fn fault(&self) -> Option<&Fault> {
        self.fault.as_ref()
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
        let won = match self.live.win(&self.setup) {
            Ok(won) => won,
            Err(fault) => return self.note(Err(fault)),
        };
        let added = self.history.add(&self.setup.category, won.attempt.clone(), &self.setup.store);
        self.note(added);
        self.live.won = Some(won);
    }

    /// Notes an attempt that came to nothing.
    fn give_up(&mut self) {
        let Some(attempt) = self.live.give_up() else { return };
        let added = self.history.add(&self.setup.category, attempt, &self.setup.store);
        self.note(added);
    }

    fn compare(&mut self) {
        let before = self.board.best().cloned();
        self.board = Board::of(&self.history, &self.setup.category, self.live.seed, &self.live.source);
        if self.board.best() != before.as_ref() {
            self.ghost = Ghost::of(&self.setup.category, &self.board, &self.setup.store);
        }
    }

    fn note(&mut self, written: Result<(), Fault>) {
        if let Err(fault) = written {
            self.fault = Some(fault);
        }
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

/// Takes runs of programs that died into the history. Their replays stay, as far as they go.
fn recover(setup: &Setup) -> usize {
    let mut recovered = 0;
    for (draft, bytes) in setup.store.abandoned() {
        let Some((category, attempt)) = Replay::read(&bytes).ok().and_then(|replay| taken_up(setup, &replay)) else {
            draft.drop_it();
            continue;
        };
        let name = format!("{}-unfinished", outcome::name(&category, attempt.started, attempt.seed));
        let Ok(replay) = draft.keep(&name) else { continue };
        let attempt = Attempt { replay: Some(replay), ..attempt };
        let added = History::default().add(&category, attempt, &setup.store);
        recovered += usize::from(added.is_ok());
    }
    recovered
}

/// The attempt that a replay without an end is of; none if nothing was chosen.
fn taken_up(setup: &Setup, replay: &Replay) -> Option<(Category, Attempt)> {
    let chapter = (setup.chapters)(&replay.leg().chapter)?;
    let category = Category::find([&chapter], &replay.header.category).ok()?;
    if replay.leg().steps.is_empty() || replay.end.is_some() {
        return None;
    }
    let splits = follow(&category, replay).map(|followed| followed.splits.marks().to_vec()).unwrap_or_default();
    Some((category, Attempt::of(replay, splits, Vec::new())))
}

/// The key of a choice, if that is what a pick is.
#[must_use]
pub fn key_of(pick: &PickKind) -> Option<&str> {
    match pick {
        PickKind::Choice(key) => Some(key),
        PickKind::Next(_) => None,
    }
}
