//! When a run passed its splits.

use serde::{Deserialize, Serialize};

use crate::engine::Event;
use crate::engine::id::MilestoneIx;

use super::category::Split;
use super::clock::Times;

/// The moment a split was passed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mark {
    /// Real time, in milliseconds.
    pub real: u64,
    /// Game time, in milliseconds.
    pub game: u64,
    /// Choices made.
    pub turn: u32,
}

impl Mark {
    /// A moment of a run.
    #[must_use]
    pub const fn at(times: Times, turn: u32) -> Self {
        Self { real: times.real, game: times.game, turn }
    }
}

impl From<Mark> for Times {
    fn from(mark: Mark) -> Self {
        Self { real: mark.real, game: mark.game }
    }
}

/// The splits of a run, as far as it got.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Splits {
    milestones: Vec<Option<MilestoneIx>>,
    marks: Vec<Option<Mark>>,
}

impl Splits {
    /// Splits none of which was passed.
    #[must_use]
    pub fn new(splits: &[Split]) -> Self {
        Self { milestones: splits.iter().map(|s| s.milestone).collect(), marks: vec![None; splits.len()] }
    }

    /// Passes the splits of this milestone, and answers which. One that a later split has overtaken stays skipped.
    pub fn reach(&mut self, milestone: MilestoneIx, mark: Mark) -> Option<usize> {
        let at = self.milestones.iter().position(|m| *m == Some(milestone))?;
        (at >= self.current()).then(|| self.marks[at] = Some(mark))?;
        Some(at)
    }

    /// Passes the splits of every milestone reached in a step, and answers which.
    pub fn pass(&mut self, events: &[Event], mark: Mark) -> Vec<usize> {
        let milestones = events.iter().filter_map(|event| match event {
            Event::Milestone(milestone) => Some(*milestone),
            _ => None,
        });
        milestones.filter_map(|milestone| self.reach(milestone, mark)).collect()
    }

    /// Passes the last split.
    pub fn finish(&mut self, mark: Mark) {
        if let Some(last) = self.marks.last_mut() {
            *last = Some(mark);
        }
    }

    /// The split that is run to: the one after the last passed.
    #[must_use]
    pub fn current(&self) -> usize {
        self.marks.iter().rposition(Option::is_some).map_or(0, |at| at + 1)
    }

    /// When each split was passed; `None` for those ahead, and those skipped.
    #[must_use]
    pub fn marks(&self) -> &[Option<Mark>] {
        &self.marks
    }

    /// The last split passed.
    #[must_use]
    pub fn last(&self) -> Option<Mark> {
        self.marks.iter().rev().find_map(|mark| *mark)
    }
}
