//! One attempt: the play, its clock, and the file it is written to as it goes.

use std::sync::Arc;

use crate::engine::Event;
use crate::play::finds::is_find;
use crate::saves::{Fault, store::Draft};
use crate::speedrun::clock::Times;
use crate::speedrun::follow::claim;
use crate::speedrun::replay::{self, End, Header, Pen, figures};
use crate::speedrun::{Attempt, Clock, Flag, Mark, Note, Reading, Source, Splits};

use super::outcome::{self, Won};
use super::sync::Sync;
use super::{PickKind, Setup, Sitting, Trouble};

/// How an attempt stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The clock does not run yet.
    Ready,
    /// The clock runs.
    Running,
    /// The clock runs, and game time does not.
    Paused,
    /// The goal is reached.
    Won,
    /// The story is over and the goal is not reached.
    Lost,
}

/// An attempt.
pub(super) struct Live {
    pub(super) sitting: Sitting,
    pub(super) seed: u64,
    pub(super) source: Source,
    pub(super) stage: Stage,
    pub(super) splits: Splits,
    /// The splits passed by the newest choice.
    pub(super) passed: Vec<usize>,
    pub(super) pen: Option<Pen>,
    pub(super) won: Option<Won>,
    /// The name of the replay of an attempt that came to another end.
    pub(super) lost: Option<String>,
    /// What its steps found.
    pub(super) found: Vec<Event>,
    clock: Option<Clock>,
    draft: Option<Draft>,
    /// What is to stand in the draft and does not yet.
    owed: String,
    sync: Option<Sync>,
    flags: Vec<Flag>,
    notes: Vec<Note>,
}

impl Live {
    /// On the first page; nothing is written.
    pub(super) fn ready(setup: &Setup, seed: u64, source: Source) -> Result<Self, Trouble> {
        let (chapter, run) = (setup.category.chapter(), setup.category.run());
        let chapters = Arc::clone(&setup.chapters);
        let sitting = Sitting::begin(chapters, &chapter.id, Some(run.start), seed, &run.given, setup.reader)?;
        Ok(Self {
            sitting,
            seed,
            source,
            stage: Stage::Ready,
            splits: Splits::new(setup.category.splits()),
            passed: Vec::new(),
            pen: None,
            won: None,
            lost: None,
            found: Vec::new(),
            clock: None,
            draft: None,
            owed: String::new(),
            sync: None,
            flags: Vec::new(),
            notes: Vec::new(),
        })
    }

    /// Starts the clock and the file.
    pub(super) fn begin(&mut self, setup: &Setup, now: Reading) -> Result<(), Fault> {
        self.clock = Some(Clock::begin(now));
        self.stage = Stage::Running;
        if setup.reader.gentle {
            self.remark(Note::Gentle);
        }
        let header = Header::of(&setup.category, self.source.clone(), now.wall / 1_000);
        let mut pen = Pen::begin(header, self.sitting.log().clone());
        let first = figures::all(setup.category.chapter(), self.sitting.state());
        let head = pen.head().and_then(|head| Ok(head + &pen.then(first)?));
        self.pen = Some(pen);
        self.pass(Mark::default());
        self.write(setup, head)
    }

    /// Starts the clock of practice, which is written nowhere.
    pub(super) fn start(&mut self, now: Reading) {
        self.clock = Some(Clock::begin(now));
        self.stage = Stage::Running;
    }

    /// Notes where the newest step of practice led.
    pub(super) fn settle(&mut self, setup: &Setup, times: Times) {
        let mark = Mark::at(times, self.sitting.state().turn);
        self.arrive(setup, mark);
    }

    /// Stands on an earlier page of practice.
    pub(super) fn stand(&mut self) {
        self.passed.clear();
        self.stage = Stage::Running;
    }

    /// Takes a choice. The inner result says whether it is written.
    pub(super) fn choose(&mut self, setup: &Setup, key: &str, now: Reading) -> Result<Result<(), Fault>, Trouble> {
        let times = self.read(now);
        let before = self.sitting.state().clone();
        self.sitting.choose(&PickKind::Choice(key.to_owned()), Some(times.real))?;
        let mark = Mark::at(times, self.sitting.state().turn);
        let step = self.sitting.log().legs.first().and_then(|leg| leg.steps.last());
        let figures = figures::changed(setup.category.chapter(), &before, self.sitting.state());
        let line = step.zip(self.pen.as_mut()).map(|(step, pen)| Ok(pen.step(step)? + &pen.then(figures)?));
        let written = line.map_or(Ok(()), |line| self.write(setup, line));
        self.found.extend(self.sitting.newest().iter().filter(|event| is_find(event)).cloned());
        self.arrive(setup, mark);
        Ok(written)
    }

    /// Notes the splits of a step, and whether it was the last.
    fn arrive(&mut self, setup: &Setup, mark: Mark) {
        self.pass(mark);
        if setup.category.won(self.sitting.state()) {
            self.stage = Stage::Won;
            self.splits.finish(mark);
            self.passed.push(setup.category.splits().len() - 1);
        } else if self.sitting.state().ended.is_some() {
            self.stage = Stage::Lost;
        }
    }

    /// Begins a pause, or ends it.
    pub(super) fn pause(&mut self, setup: &Setup, now: Reading) -> Result<(), Fault> {
        let Some(clock) = &mut self.clock else { return Ok(()) };
        match self.stage {
            Stage::Running => {
                clock.pause(now);
                self.stage = Stage::Paused;
                Ok(())
            }
            Stage::Paused => {
                self.stage = Stage::Running;
                let pause = clock.resume(now);
                let line = pause.zip(self.pen.as_mut()).map(|(pause, pen)| pen.pause(pause));
                line.map_or(Ok(()), |line| self.write(setup, line))
            }
            Stage::Ready | Stage::Won | Stage::Lost => Ok(()),
        }
    }

    /// The times now; they stand still once it is over.
    pub(super) fn read(&mut self, now: Reading) -> Times {
        match (&mut self.clock, self.stage) {
            (Some(clock), Stage::Running | Stage::Paused) => clock.read(now),
            _ => self.times(),
        }
    }

    pub(super) fn times(&self) -> Times {
        self.clock.as_ref().map_or_else(Times::default, Clock::times)
    }

    pub(super) fn flag(&mut self, flag: Flag) {
        if !self.flags.contains(&flag) {
            self.flags.push(flag);
        }
    }

    /// Notes how it is played, while the clock runs. A screen that is not the first is another size of it.
    pub(super) fn remark(&mut self, note: Note) {
        let other = |had: &Note| matches!((had, note), (Note::Screen(..), Note::Screen(..))) && *had != note;
        let note = if self.notes.iter().any(other) { Note::Resized } else { note };
        if self.stage == Stage::Running && !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    pub(super) fn flags(&self) -> Vec<Flag> {
        let jumped = self.clock.as_ref().is_some_and(Clock::jumped);
        let mut flags: Vec<Flag> = self.flags.iter().copied().chain(jumped.then_some(Flag::Clock)).collect();
        flags.sort_unstable();
        flags
    }

    /// Ends the file of a run that was won, gives it its name and judges it. The inner result says whether it is kept.
    pub(super) fn win(&mut self, setup: &Setup) -> Result<(Won, Result<(), Fault>), Fault> {
        let (flags, wall) = (self.flags(), self.clock.as_ref().map_or(0, Clock::wall));
        let claimed = claim(&setup.category, self.sitting.state(), &self.splits, self.times(), wall);
        let end = End { flags: flags.clone(), notes: self.notes.clone(), ..claimed };
        let line = self.pen.as_mut().map_or(Ok(String::new()), |pen| pen.end(end));
        let written = self.write(setup, line);
        self.sync = None;
        let Some(pen) = &self.pen else { return Err(Fault::Empty) };
        // A draft that lacks its end stays where it is: it is taken up later, as far as it goes.
        let draft = written.and_then(|()| self.draft.take().ok_or(Fault::Empty));
        let mut won = outcome::won(setup, pen.replay(), self.splits.marks().to_vec(), flags, draft)?;
        if let Some(finish) = &mut won.0.attempt.finish {
            finish.figures = setup.category.figures(self.sitting.state());
        }
        Ok(won)
    }

    /// Ends an attempt that was begun and not won. Of one that was given up its times are kept; of one that came to
    /// another end than its goal the replay is, too: there is something to be learned from it.
    pub(super) fn give_up(&mut self, setup: &Setup) -> Option<Attempt> {
        self.sync = None;
        let (won, lost, chosen) = (self.stage == Stage::Won, self.stage == Stage::Lost, self.sitting.steps() > 0);
        let draft = self.draft.take().filter(|_| !won);
        let flags = self.flags();
        let attempt = self.pen.take().filter(|_| !won && chosen);
        let attempt = attempt.map(|pen| Attempt::of(pen.replay(), self.splits.marks().to_vec(), flags));
        let kept = attempt.as_ref().zip(draft.as_ref()).filter(|_| lost && self.owed.is_empty());
        let kept = kept.and_then(|(attempt, draft)| {
            let name = outcome::name(&setup.category, attempt.started, attempt.seed) + "-lost";
            draft.keep(&name).ok().map(|(name, _)| name)
        });
        if kept.is_none() {
            draft.into_iter().for_each(Draft::drop_it);
        }
        let attempt = Attempt { replay: kept, ..attempt? };
        self.lost.clone_from(&attempt.replay);
        Some(attempt)
    }

    /// Passes the splits of the milestones the newest step reached.
    fn pass(&mut self, mark: Mark) {
        self.passed = self.splits.pass(self.sitting.newest(), mark);
    }

    /// Writes a line, and those before it that could not be written.
    fn write(&mut self, setup: &Setup, line: Result<String, replay::Fault>) -> Result<(), Fault> {
        self.owed += &line.map_err(unwritable)?;
        if self.draft.as_ref().is_some_and(|draft| !draft.is_there()) {
            // Its folder was removed under it.
            self.draft = None;
            self.owed = self.pen.as_ref().map_or(Ok(String::new()), |pen| pen.replay().write()).map_err(unwritable)?;
        }
        let draft = match &mut self.draft {
            Some(draft) => draft,
            none => {
                let draft = setup.store.draft()?;
                self.sync = Sync::of(&draft);
                none.insert(draft)
            }
        };
        draft.add(&self.owed)?;
        self.owed.clear();
        if let Some(sync) = &self.sync {
            sync.ring();
        }
        Ok(())
    }
}

fn unwritable(fault: replay::Fault) -> Fault {
    Fault::Unwritable(fault.to_string())
}
