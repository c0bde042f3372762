//! The autosave: a save, and behind it one line for each thing that happened since.
//!
//! A line is `CRC32 LENGTH RON`. A torn or damaged line ends the journal; what stands before it is whole.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::engine::log::{Leg, Step};
use crate::engine::state::{Cell, Delta};
use crate::engine::{Chapter, State, canon};

use super::fault::Fault;
use super::format::{Moment, Save, Summary, checksum, from_line, open_seal, to_line};
use super::tape;

/// Something that happened: what leads from one save to the next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// How many steps of the last leg still stand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    back: Option<usize>,
    /// Steps taken after them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    took: Vec<Step>,
    /// What the cells that changed hold now.
    cells: BTreeMap<String, String>,
    /// Where the play stands now.
    pub moment: Moment,
}

/// What happened in the last leg of a play since it was last kept. What it costs does not grow with the log.
#[derive(Clone, Debug)]
pub struct News {
    /// How many steps of the leg were kept, and how many of those still stand.
    kept: usize,
    stand: usize,
    /// The cells that may hold something else.
    cells: BTreeSet<Cell>,
}

impl News {
    /// Nothing has happened since so many steps of the leg were kept.
    #[must_use]
    pub const fn none(kept: usize) -> Self {
        Self { kept, stand: kept, cells: BTreeSet::new() }
    }

    /// A step was taken, or taken back: these cells changed, and so many steps stand.
    pub fn changed(&mut self, delta: &Delta, steps: usize) {
        self.stand = self.stand.min(steps);
        self.cells.extend(delta.iter().map(|change| change.cell));
    }

    /// What is to be kept of a play that stands here. Nothing has happened then.
    #[must_use]
    pub fn note(&mut self, chapter: &Chapter, state: &State, leg: &Leg, moment: Moment) -> Note {
        let Self { kept, stand, cells } = std::mem::replace(self, Self::none(leg.steps.len()));
        // A choice that stands again is told again: of those kept only the last has its check whole.
        let stand = if stand < kept { stand.saturating_sub(1) } else { stand };
        let named = |cell| (canon::name(chapter, cell), canon::value(chapter, state, cell));
        Note {
            back: (stand < kept).then_some(stand),
            took: leg.steps.get(stand..).unwrap_or_default().to_vec(),
            cells: cells.into_iter().map(named).collect(),
            moment,
        }
    }
}

impl Note {
    /// Does to a save what was done to the play.
    pub fn apply(self, save: &mut Save) {
        if let Some(leg) = save.log.legs.last_mut() {
            leg.steps.truncate(self.back.unwrap_or(usize::MAX));
            leg.steps.extend(self.took);
        }
        for (name, value) in &self.cells {
            save.snapshot.put(name, value);
        }
        save.summary.moment = self.moment;
    }

    /// The note as a line of a journal.
    pub(super) fn line(&self) -> Result<String, Fault> {
        let words = to_line(self)?;
        Ok(format!("{:08x} {} {words}\n", checksum(&[words.as_bytes()]), words.len()))
    }
}

/// What a journal holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Recovered {
    /// The play, up to the last whole line.
    pub(super) save: Save,
    /// Whether something after that was damaged or torn, and is left out.
    pub(super) torn: bool,
}

/// Reads a journal.
///
/// # Errors
/// [`Fault`] if the save it begins with cannot be read.
pub(super) fn read(bytes: &[u8]) -> Result<Recovered, Fault> {
    let sealed = open_seal(bytes)?;
    let mut save = sealed.whole()?;
    let mut rest = sealed.rest;
    while let Some((words, after)) = next(rest) {
        let Ok(note) = from_line::<Note>(Some(&words.to_owned())) else { break };
        note.apply(&mut save);
        rest = after;
    }
    tape::thin(&mut save.log);
    Ok(Recovered { save, torn: !rest.is_empty() })
}

/// Reads what a list of slots shows of a journal: its lines are checked and only the last is parsed.
///
/// # Errors
/// [`Fault`] if the save it begins with cannot be read.
pub(super) fn summary(bytes: &[u8]) -> Result<Summary, Fault> {
    let sealed = open_seal(bytes)?;
    let mut summary = sealed.summary()?;
    let (mut rest, mut last) = (sealed.rest, None);
    while let Some((words, after)) = next(rest) {
        (rest, last) = (after, Some(words.to_owned()));
    }
    if let Some(note) = last.as_ref().and_then(|words| from_line::<Note>(Some(words)).ok()) {
        summary.moment = note.moment;
    }
    Ok(summary)
}

/// The RON of the first line, if it is whole and good, and what stands behind it.
fn next(bytes: &[u8]) -> Option<(&str, &[u8])> {
    let end = bytes.iter().position(|b| *b == b'\n').unwrap_or(bytes.len());
    let line = std::str::from_utf8(&bytes[..end]).ok()?;
    let words = line.splitn(3, ' ').nth(2)?;
    let good = line == format!("{:08x} {} {words}", checksum(&[words.as_bytes()]), words.len());
    good.then(|| (words, bytes.get(end + 1..).unwrap_or_default()))
}
