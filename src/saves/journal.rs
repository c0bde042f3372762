//! The autosave: a save, and behind it one line for each thing that happened since.
//!
//! A line is `CRC32 LENGTH RON`. A torn or damaged line ends the journal; what stands before it is whole.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::engine::log::Step;
use crate::engine::state::Delta;
use crate::engine::{Chapter, State};

use super::fault::Fault;
use super::format::{Moment, Save, Summary, checksum, from_line, open_seal, to_line};
use super::snapshot::Snapshot;

/// Something that happened, to be appended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// What.
    done: Done,
    /// What the cells it touched hold now.
    cells: BTreeMap<String, String>,
    /// Where the play stands now.
    moment: Moment,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Done {
    /// A choice was made, or made again after it was undone.
    Chose(Step),
    /// The last leg was taken back to this many steps.
    Undone(usize),
}

impl Note {
    /// A choice was made, or made again. `state` is the state after it.
    #[must_use]
    pub fn chose(chapter: &Chapter, state: &State, step: &Step, delta: &Delta, moment: Moment) -> Self {
        let cells = Snapshot::cells(chapter, state, delta.iter().map(|change| change.cell));
        Self { done: Done::Chose(step.clone()), cells, moment }
    }

    /// The last leg was taken back to its first `left` steps by undoing these deltas. `state` is the state after that.
    #[must_use]
    pub fn undone(chapter: &Chapter, state: &State, left: usize, deltas: &[Delta], moment: Moment) -> Self {
        let cells = Snapshot::cells(chapter, state, deltas.iter().flatten().map(|change| change.cell));
        Self { done: Done::Undone(left), cells, moment }
    }

    /// Does to a save what was done to the play.
    pub(super) fn apply(&self, save: &mut Save) {
        if let Some(leg) = save.log.legs.last_mut() {
            match &self.done {
                Done::Chose(step) => leg.steps.push(step.clone()),
                Done::Undone(left) => leg.steps.truncate(*left),
            }
        }
        for (name, value) in &self.cells {
            save.snapshot.put(name, value);
        }
        save.summary.moment = self.moment.clone();
    }

    /// The note as a line of a journal.
    pub(super) fn line(&self) -> Result<String, Fault> {
        let words = to_line(self)?;
        Ok(format!("{:08x} {} {words}\n", checksum(&[words.as_bytes()]), words.len()))
    }
}

/// What a journal holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recovered {
    /// The play, up to the last whole line.
    pub save: Save,
    /// Whether something after that was damaged or torn, and is left out.
    pub torn: bool,
}

/// Reads a journal.
///
/// # Errors
/// [`Fault`] if the save it begins with cannot be read.
pub fn read(bytes: &[u8]) -> Result<Recovered, Fault> {
    let sealed = open_seal(bytes)?;
    let mut save = sealed.save()?;
    let mut rest = sealed.rest;
    while let Some((words, after)) = next(rest) {
        let Ok(note) = from_line::<Note>(Some(&words.to_owned())) else { break };
        note.apply(&mut save);
        rest = after;
    }
    Ok(Recovered { save, torn: !rest.is_empty() })
}

/// Reads what a list of slots shows of a journal: its lines are checked and only the last is parsed.
///
/// # Errors
/// [`Fault`] if the save it begins with cannot be read.
pub fn summary(bytes: &[u8]) -> Result<Summary, Fault> {
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
