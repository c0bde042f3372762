//! Practice: from any turn of a replay, back and forward, with luck at will. It is flagged, and nothing is kept of it.

use std::fmt;

use crate::engine::log::{Check, Step};
use crate::speedrun::category::Category;
use crate::speedrun::clock::Times;
use crate::speedrun::follow::{follow, times};
use crate::speedrun::{Mark, Replay, Splits};

use super::attempt::Live;
use super::watch::Watch;
use super::{Setup, Trouble};

/// How many throws of one choice luck is forced on.
const THROWS: usize = 16;

/// Where practice starts.
#[derive(Clone, Debug)]
pub struct Start {
    /// The replay that leads there, if it is not the first page.
    pub replay: Option<Replay>,
    /// How many of its choices are made.
    pub turn: usize,
}

/// What luck practice has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Luck {
    /// The seed's.
    #[default]
    Seed,
    /// Every die falls on its highest face.
    High,
    /// Every die falls on its lowest face.
    Low,
    /// These faces in order, from 0, at every choice.
    Faces(Vec<u32>),
}

/// Practice going on.
#[derive(Clone, Debug)]
pub struct Drill {
    start: Start,
    /// The luck of the choices to come.
    pub luck: Luck,
    /// Whether the segment begins again by itself when it is done.
    pub repeats: bool,
    /// How many choices were made where the mark is.
    mark: usize,
    /// The real time at which the segment was begun.
    since: u64,
    /// How long the segment took last.
    pub last: Option<u64>,
    /// The shortest it took in this session.
    pub best: Option<u64>,
    /// The splits before each choice, to step back to.
    before: Vec<Splits>,
    /// The clock, if the replay is only watched.
    pub watch: Option<Watch>,
}

impl Start {
    /// Where a replay passes a milestone, after so many choices.
    #[must_use]
    pub fn at_milestone(category: &Category, replay: Replay, milestone: &str) -> Option<Self> {
        let at = category.splits().iter().position(|split| split.id == milestone)?;
        let turn = follow(category, &replay).ok()?.splits.marks()[at]?.turn;
        Some(Self { replay: Some(replay), turn: usize::try_from(turn).ok()? })
    }
}

impl Luck {
    /// The one after it, of those without numbers.
    #[must_use]
    pub fn next(&self) -> Self {
        match self {
            Self::Seed => Self::High,
            Self::High => Self::Low,
            Self::Low | Self::Faces(_) => Self::Seed,
        }
    }

    fn faces(&self) -> Vec<u32> {
        match self {
            Self::Seed => Vec::new(),
            Self::High => vec![u32::MAX; THROWS],
            Self::Low => vec![0; THROWS],
            Self::Faces(faces) => faces.clone(),
        }
    }
}

impl fmt::Display for Luck {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Seed => f.write_str("the seed's"),
            Self::High => f.write_str("high"),
            Self::Low => f.write_str("low"),
            Self::Faces(faces) => {
                let faces: Vec<String> = faces.iter().map(u32::to_string).collect();
                f.write_str(&faces.join(","))
            }
        }
    }
}

impl std::str::FromStr for Luck {
    type Err = String;

    fn from_str(words: &str) -> Result<Self, String> {
        match words {
            "seed" => Ok(Self::Seed),
            "high" => Ok(Self::High),
            "low" => Ok(Self::Low),
            _ => {
                let faces: Result<_, _> = words.split(',').map(|face| face.trim().parse()).collect();
                faces
                    .map(Self::Faces)
                    .map_err(|_| format!("`{words}` is no luck: `seed`, `high`, `low` or faces `3,0,5`"))
            }
        }
    }
}

/// Where it starts, and that nothing comes of it.
impl fmt::Display for Drill {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.start.turn {
            0 => f.write_str("from the first page; nothing is kept of it"),
            turn => write!(f, "from choice {turn} of a replay; nothing is kept of it"),
        }
    }
}

impl Drill {
    pub(super) fn new(start: Start, luck: Luck, repeats: bool) -> Self {
        let mark = start.turn;
        Self { start, luck, repeats, mark, since: 0, last: None, best: None, before: Vec::new(), watch: None }
    }

    /// The replay's next choice, if the play has followed it so far.
    pub(super) fn next(&self, live: &Live) -> Option<Step> {
        let replay = self.start.replay.as_ref()?;
        let made = live.sitting.log().legs.first()?;
        let steps = &replay.leg().steps;
        let follows = made.steps.iter().zip(steps).all(|(made, step)| made.check == step.check);
        steps.get(made.steps.len()).filter(|_| follows).cloned()
    }

    /// The time of a choice of the replay, from 1; the start for 0.
    pub(super) fn times(&self, step: usize) -> Times {
        self.start.replay.as_ref().map_or_else(Times::default, |replay| times(replay, step))
    }

    /// Makes the choices that lead to where it starts.
    pub(super) fn lead(&mut self, setup: &Setup, live: &mut Live) -> Result<(), Trouble> {
        self.before.clear();
        let Some(replay) = &self.start.replay else { return Ok(()) };
        live.splits = Splits::new(setup.category.splits());
        live.splits.pass(live.sitting.newest(), Mark::default());
        for (number, step) in (1..).zip(replay.leg().steps.iter().take(self.start.turn)) {
            self.before.push(live.splits.clone());
            live.sitting.take_step(step)?;
            let mark = Mark::at(times(replay, number), live.sitting.state().turn);
            live.splits.pass(live.sitting.newest(), mark);
        }
        Ok(())
    }

    /// The step to take for a choice, with its luck.
    pub(super) fn step(&mut self, key: &str, live: &Live) -> Step {
        self.before.push(live.splits.clone());
        Step {
            choice: key.to_owned(),
            forced: self.luck.faces(),
            at: Some(live.times().real),
            check: Check::Whole(0),
            state: None,
        }
    }

    /// Keeps the splits as they were before a choice.
    pub(super) fn keep(&mut self, splits: Splits) {
        self.before.push(splits);
    }

    /// Forgets the step that was refused.
    pub(super) fn refused(&mut self) {
        self.before.pop();
    }

    /// The splits as they were before so many choices were undone.
    pub(super) fn splits_at(&mut self, steps: usize) -> Option<Splits> {
        let splits = self.before.get(steps).cloned();
        self.before.truncate(steps);
        splits
    }

    /// Marks where it stands, and times the segment from here.
    pub(super) fn set_mark(&mut self, steps: usize, now: u64) {
        (self.mark, self.since) = (steps, now);
        (self.last, self.best) = (None, None);
    }

    /// How many choices were made where the mark is.
    pub(super) const fn mark(&self) -> usize {
        self.mark
    }

    /// Begins the segment anew.
    pub(super) fn again(&mut self, now: u64) {
        self.since = now;
    }

    /// Ends the segment.
    pub(super) fn done(&mut self, now: u64) {
        let took = now.saturating_sub(self.since);
        self.last = Some(took);
        self.best = Some(self.best.map_or(took, |best| best.min(took)));
        self.since = now;
    }

    /// How long the segment has taken, at this real time.
    #[must_use]
    pub const fn segment(&self, now: u64) -> u64 {
        now.saturating_sub(self.since)
    }
}
