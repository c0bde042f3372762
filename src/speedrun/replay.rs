//! A run as a file: a [`Log`] with a header before it, pauses and seals between its steps, and what it claims at its end.
//!
//! ```text
//! taiyuan-replay 1
//! (program:"0.1.0",story:"taiyuan",category:"siege/river",source:Set,started:1795300000)
//! (seed:1126,legs:[(chapter:"siege",rules:"52b0…",start:"council_start")])
//! Begin("5f0c11d2")
//! Then([("scene","council"),("v:grain","310"),…],"c41e09aa")
//! Step((choice:"watch",at:1200,check:9760905172868095804),"2784d9b6")
//! Then([("scene","wall"),("v:orders","1")],"77a1035b")
//! Pause((at:1800,length:4000),"0e14c7aa")
//! End((ending:"relief_river",turns:104,real:245120,…,seal:"b82236…"))
//! ```
//!
//! Every line but the first is RON. Behind each thing that happened stands the first half of a word of the rolling
//! `Seal`, so that a file that was changed is refused at the line that was. `Then` notes the figures of the first page,
//! and those that a step changed, so that a story that does something else now can be told what. While a run is played its file grows by a
//! line a choice; without its last line it is a run that was not finished.

mod fault;
pub mod figures;
mod head;
mod pen;

pub use fault::Fault;
pub use figures::Figures;
pub use head::Header;
pub(super) use head::options;
pub use pen::Pen;

use serde::{Deserialize, Serialize};

use crate::engine::Log;
use crate::engine::log::{Leg, Step};

use super::clock::Pause;
use super::flags::{Flag, Note};
use super::splits::Mark;

/// The format this program writes.
pub const VERSION: u32 = 1;

/// The most bytes a replay may have.
pub const LONGEST: u64 = 2 << 20;

/// The most steps a replay may have.
pub const MOST_STEPS: usize = 10_000;

const MAGIC: &str = "taiyuan-replay";

/// A run, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replay {
    /// What was run, and when.
    pub header: Header,
    /// The seed and the choices, with their times. It has one leg.
    pub log: Log,
    /// The seal's short form before the first step.
    pub began: String,
    /// The seal's short form after each step.
    pub seals: Vec<String>,
    /// What the first page and the steps made, where it was noted, in order.
    pub noted: Vec<Noted>,
    /// Pauses that are over, in order.
    pub pauses: Vec<Paused>,
    /// What it claims; `None` if it was not finished.
    pub end: Option<End>,
}

/// What a step made, or what stood on the first page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noted {
    /// How many steps were taken.
    pub after: usize,
    /// The figures.
    pub figures: Figures,
    /// The seal's short form after it.
    pub seal: String,
}

/// A pause in a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paused {
    /// How many steps were taken before it.
    pub after: usize,
    /// When and how long.
    pub pause: Pause,
    /// The seal's short form after it.
    pub seal: String,
}

/// What a finished run claims.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct End {
    /// The ending it came to, if the goal is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ending: Option<String>,
    /// Choices made.
    pub turns: u32,
    /// What it is ranked by before its time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<i32>,
    /// Real time, in milliseconds.
    pub real: u64,
    /// Game time, in milliseconds.
    pub game: u64,
    /// How long it took by the clock on the wall, in milliseconds.
    pub wall: u64,
    /// When each split was passed; `None` for those skipped.
    pub splits: Vec<Option<Mark>>,
    /// Why it is not ranked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flags: Vec<Flag>,
    /// How it was played.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
    /// The seal of the whole run.
    pub seal: String,
}

/// A line behind the head.
#[derive(Debug, Serialize, Deserialize)]
enum Line {
    Begin(String),
    Step(Step, String),
    Then(Figures, String),
    Pause(Pause, String),
    End(End),
}

impl Replay {
    /// The leg that was played.
    #[must_use]
    pub fn leg(&self) -> &Leg {
        // `read` and `Pen` make replays with exactly one.
        &self.log.legs[0]
    }

    /// What a step made, from 1, or what stood on the first page; `None` if it was not noted.
    #[must_use]
    pub fn figures(&self, step: usize) -> Option<&Figures> {
        self.noted.iter().find(|noted| noted.after == step).map(|noted| &noted.figures)
    }

    /// The seal's short form as the runner saw it after so many steps, before any pause.
    #[must_use]
    pub fn seal_after(&self, steps: usize) -> &str {
        let noted = self.noted.iter().find(|noted| noted.after == steps).map(|noted| &noted.seal);
        let step = || steps.checked_sub(1).and_then(|at| self.seals.get(at));
        noted.or_else(step).unwrap_or(&self.began)
    }

    /// The replay as text.
    ///
    /// # Errors
    /// [`Fault`] if it could not be read again.
    pub fn write(&self) -> Result<String, Fault> {
        let mut text = head::write(&self.header, &self.log)?;
        text.push_str(&line(&Line::Begin(self.began.clone()))?);
        let mut noted = self.noted.iter().peekable();
        let mut pauses = self.pauses.iter().peekable();
        for at in 0..=self.leg().steps.len() {
            while let Some(noted) = noted.next_if(|n| n.after <= at) {
                text.push_str(&line(&Line::Then(noted.figures.clone(), noted.seal.clone()))?);
            }
            while let Some(paused) = pauses.next_if(|p| p.after <= at) {
                text.push_str(&line(&Line::Pause(paused.pause, paused.seal.clone()))?);
            }
            if let (Some(step), Some(seal)) = (self.leg().steps.get(at), self.seals.get(at)) {
                text.push_str(&line(&Line::Step(step.clone(), seal.clone()))?);
            }
        }
        if let Some(end) = &self.end {
            text.push_str(&line(&Line::End(end.clone()))?);
        }
        if text.len() as u64 > LONGEST { Err(Fault::TooLong) } else { Ok(text) }
    }

    /// Reads a replay. One whose last line is cut off is read up to there, and is then not finished.
    ///
    /// # Errors
    /// [`Fault`] if the bytes are no replay that this program can read.
    pub fn read(bytes: &[u8]) -> Result<Self, Fault> {
        if bytes.len() as u64 > LONGEST {
            return Err(Fault::TooLong);
        }
        head::version(bytes)?;
        let text = std::str::from_utf8(bytes).map_err(|_| Fault::NotText)?;
        let whole = text.rfind('\n').map_or("", |end| &text[..end]);
        let mut lines = whole.lines().enumerate().skip(1);
        let (header, log) = head::read(&mut lines)?;
        let mut replay = Self {
            header,
            log,
            began: String::new(),
            seals: Vec::new(),
            noted: Vec::new(),
            pauses: Vec::new(),
            end: None,
        };
        for (at, text) in lines {
            let after = replay.leg().steps.len();
            let fault = |why: String| Fault::Line { line: at + 1, after, why };
            if replay.end.is_some() {
                return Err(fault("it goes on after its end".to_owned()));
            }
            match options().from_str(text).map_err(|e| fault(e.code.to_string()))? {
                Line::Begin(seal) if replay.began.is_empty() => replay.began = seal,
                Line::Begin(_) => return Err(fault("it begins twice".to_owned())),
                Line::Step(..) if after >= MOST_STEPS => return Err(Fault::TooManySteps),
                Line::Step(step, seal) => {
                    replay.log.legs[0].steps.push(step);
                    replay.seals.push(seal);
                }
                Line::Then(figures, seal) => replay.noted.push(Noted { after, figures, seal }),
                Line::Pause(pause, seal) => replay.pauses.push(Paused { after, pause, seal }),
                Line::End(end) => replay.end = Some(end),
            }
        }
        Ok(replay)
    }
}

/// A line of RON, ended.
fn line(line: &Line) -> Result<String, Fault> {
    head::ron(line)
}
