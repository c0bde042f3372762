//! A runner who practises, or watches a replay: back and forward, with luck at will, again from a mark.

use crate::speedrun::clock::Times;
use crate::speedrun::{Flag, Reading, Replay};

use super::Runner;
use super::attempt::{Live, Stage};
use super::drill::{Drill, Luck, Start};
use super::ghost::Ghost;
use super::watch::Watch;
use crate::play::sitting::Trouble;

impl Runner {
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

    pub(super) fn practise_choice(&mut self, key: &str, now: Reading) -> Result<(), Trouble> {
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

    /// Makes the choices of a watched replay whose time has come.
    pub(super) fn watch_on(&mut self, now: Reading) -> Times {
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
}
