//! Writes a replay while it is played: what is to be appended to its file at each thing that happens.

use crate::engine::Log;
use crate::engine::log::Step;
use crate::speedrun::clock::Pause;
use crate::speedrun::seal::Seal;

use super::{End, Fault, Figures, Header, Line, Noted, Paused, Replay, head, line};

/// A replay that is being written.
#[derive(Clone, Debug)]
pub struct Pen {
    replay: Replay,
    seal: Seal,
}

impl Pen {
    /// Begins a replay. The log has one leg, about to begin.
    #[must_use]
    pub fn begin(header: Header, log: Log) -> Self {
        let seal = header.seal(log.seed, &log.legs[0]);
        let began = seal.short();
        let replay = Replay { header, log, began, seals: Vec::new(), noted: Vec::new(), pauses: Vec::new(), end: None };
        Self { replay, seal }
    }

    /// The lines a file of it begins with.
    ///
    /// # Errors
    /// [`Fault::Unwritable`].
    pub fn head(&self) -> Result<String, Fault> {
        let head = head::write(&self.replay.header, &self.replay.log)?;
        Ok(head + &line(&Line::Begin(self.replay.began.clone()))?)
    }

    /// Notes a step, and answers its line.
    ///
    /// # Errors
    /// [`Fault::Unwritable`].
    pub fn step(&mut self, step: &Step) -> Result<String, Fault> {
        self.seal = self.seal.step(step);
        let seal = self.seal.short();
        self.replay.log.legs[0].steps.push(step.clone());
        self.replay.seals.push(seal.clone());
        line(&Line::Step(step.clone(), seal))
    }

    /// Notes what the first page, or the newest step, made, and answers its line; none if that is nothing.
    ///
    /// # Errors
    /// [`Fault::Unwritable`].
    pub fn then(&mut self, figures: Figures) -> Result<String, Fault> {
        if figures.is_empty() {
            return Ok(String::new());
        }
        self.seal = self.seal.then(&figures);
        let (after, seal) = (self.replay.leg().steps.len(), self.seal.short());
        self.replay.noted.push(Noted { after, figures: figures.clone(), seal: seal.clone() });
        line(&Line::Then(figures, seal))
    }

    /// Notes a pause that is over, and answers its line.
    ///
    /// # Errors
    /// [`Fault::Unwritable`].
    pub fn pause(&mut self, pause: Pause) -> Result<String, Fault> {
        self.seal = self.seal.pause(pause);
        let (after, seal) = (self.replay.leg().steps.len(), self.seal.short());
        self.replay.pauses.push(Paused { after, pause, seal: seal.clone() });
        line(&Line::Pause(pause, seal))
    }

    /// Notes what the run claims, sealed, and answers its line.
    ///
    /// # Errors
    /// [`Fault::Unwritable`].
    pub fn end(&mut self, claim: End) -> Result<String, Fault> {
        self.seal = self.seal.end(&claim.bytes());
        let end = End { seal: self.seal.whole(), ..claim };
        self.replay.end = Some(end.clone());
        line(&Line::End(end))
    }

    /// The rolling seal.
    #[must_use]
    pub const fn seal(&self) -> &Seal {
        &self.seal
    }

    /// The replay as far as it is written.
    #[must_use]
    pub const fn replay(&self) -> &Replay {
        &self.replay
    }
}

impl End {
    /// What is claimed, as canonical bytes.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut number = |n: u64| bytes.extend(n.to_le_bytes());
        for n in [u64::from(self.turns), self.real, self.game, self.wall] {
            number(n);
        }
        number(self.score.map_or(u64::MAX, |n| u64::from(n.cast_unsigned())));
        number(self.splits.len() as u64);
        for mark in &self.splits {
            match mark {
                None => number(u64::MAX),
                Some(mark) => [mark.real, mark.game, u64::from(mark.turn)].into_iter().for_each(&mut number),
            }
        }
        number(self.flags.len() as u64);
        for flag in &self.flags {
            number(*flag as u64);
        }
        bytes.extend(self.ending.as_deref().unwrap_or_default().as_bytes());
        // Replays of before have none, and their seals hold.
        for note in &self.notes {
            bytes.push(0);
            bytes.extend(note.to_string().as_bytes());
        }
        bytes
    }
}
