//! Every attempt at a category, oldest first, a line each. What a runner is proud of is derived from it and kept nowhere.

use serde::{Deserialize, Serialize};

use crate::engine::log::hex;
use crate::saves::{Fault, Store, store::Care};

use super::category::Category;
use super::flags::Flag;
use super::replay::{End, Replay, options};
use super::seeds::Source;
use super::splits::Mark;
use super::timing;

/// An attempt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attempt {
    /// When it began, in seconds since 1970.
    pub started: u64,
    /// The rules it was played by: the beginning of their hash.
    pub rules: String,
    /// The seed.
    pub seed: u64,
    /// Where that came from.
    pub source: Source,
    /// When each split was passed.
    pub splits: Vec<Option<Mark>>,
    /// What it came to, if the goal was reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finish: Option<Finish>,
    /// Why it is not ranked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flags: Vec<Flag>,
    /// The name of its replay, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replay: Option<String>,
}

/// What a finished attempt came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finish {
    /// Real time, in milliseconds.
    pub real: u64,
    /// Game time, in milliseconds.
    pub game: u64,
    /// Choices made.
    pub turns: u32,
    /// What it is ranked by before its time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<i32>,
    /// What else the category has routes of, by variable: days, orders.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub figures: Vec<(String, i32)>,
    /// Whether its times do not look like a person's. It is ranked, and said.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub suspicious: bool,
}

/// A line that takes an attempt off its board, or puts it back there. Nothing in the list is ever written over.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Strike {
    /// The number of the attempt in the list, from 1. What it is beside that must fit.
    attempt: usize,
    started: u64,
    seed: u64,
    struck: bool,
}

impl Attempt {
    /// The attempt a replay is of: its splits as far as it got, and what it claims if it is finished.
    #[must_use]
    pub fn of(replay: &Replay, splits: Vec<Option<Mark>>, flags: Vec<Flag>) -> Self {
        Self {
            started: replay.header.started,
            rules: short(replay.leg().rules()),
            seed: replay.log.seed,
            source: replay.header.source.clone(),
            splits,
            finish: replay.end.as_ref().map(|end| Finish::of(end, replay)),
            flags,
            replay: None,
        }
    }
}

impl Finish {
    fn of(end: &End, replay: &Replay) -> Self {
        let suspicious = !timing::of(replay).is_empty();
        Self { real: end.real, game: end.game, turns: end.turns, score: end.score, figures: Vec::new(), suspicious }
    }

    /// What it is ranked by: less is better.
    #[must_use]
    pub fn rank(&self) -> (i32, u64) {
        (self.score.unwrap_or(0), self.real)
    }
}

/// Every attempt at a category that is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// The attempts, in the order in which they ended.
    pub attempts: Vec<Attempt>,
    /// How many lines could not be read.
    pub unread: usize,
    /// Lines that are not in the folder yet.
    unwritten: Vec<String>,
}

impl History {
    /// The attempts at a category that are kept in a folder.
    ///
    /// # Errors
    /// [`Fault`] if there is a list and it cannot be read.
    pub fn of(category: &Category, store: &Store) -> Result<Self, Fault> {
        Ok(store.attempts(&name(category))?.map_or_else(Self::default, |text| Self::read(&text)))
    }

    /// Adds an attempt, here and in the folder.
    ///
    /// # Errors
    /// [`Fault`] if it is not written; it is added here all the same, and written with the next or by [`Self::settle`].
    pub fn add(&mut self, category: &Category, attempt: Attempt, store: &Store) -> Result<(), Fault> {
        // A finished run is worth waiting for the disk; a reset is not.
        let care = if attempt.finish.is_some() { Care::Synced } else { Care::Quick };
        let line = options().to_string(&attempt);
        self.attempts.push(attempt);
        self.unwritten.push(line.map_err(|e| Fault::Unwritable(e.to_string()))?);
        self.write(category, store, care)
    }

    /// Takes an attempt off its board, or puts it back: it is counted all the same, and nothing else of it is.
    ///
    /// # Errors
    /// [`Fault`] if it is not written; it holds here all the same.
    pub fn strike(&mut self, category: &Category, at: usize, struck: bool, store: &Store) -> Result<(), Fault> {
        let Some(attempt) = self.attempts.get(at) else { return Ok(()) };
        let strike = Strike { attempt: at + 1, started: attempt.started, seed: attempt.seed, struck };
        let line = options().to_string(&strike);
        self.apply(&strike);
        self.unwritten.push(line.map_err(|e| Fault::Unwritable(e.to_string()))?);
        self.write(category, store, Care::Synced)
    }

    fn apply(&mut self, strike: &Strike) {
        let found = strike.attempt.checked_sub(1).and_then(|at| self.attempts.get_mut(at));
        if let Some(one) = found.filter(|one| (one.started, one.seed) == (strike.started, strike.seed)) {
            one.flags.retain(|flag| *flag != Flag::Struck);
            one.flags.extend(strike.struck.then_some(Flag::Struck));
        }
    }

    /// Writes what could not be written when it was added.
    ///
    /// # Errors
    /// [`Fault`] if it cannot be written now either.
    pub fn settle(&mut self, category: &Category, store: &Store) -> Result<(), Fault> {
        if self.unwritten.is_empty() { Ok(()) } else { self.write(category, store, Care::Synced) }
    }

    fn write(&mut self, category: &Category, store: &Store, care: Care) -> Result<(), Fault> {
        store.add_attempts(&name(category), &self.unwritten.join("\n"), care)?;
        self.unwritten.clear();
        Ok(())
    }

    /// Reads a list. A line that cannot be read costs that line.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let mut history = Self::default();
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            match (options().from_str(line), options().from_str(line)) {
                (Ok(attempt), _) => history.attempts.push(attempt),
                (_, Ok(strike)) => history.apply(&strike),
                _ => history.unread += 1,
            }
        }
        history
    }
}

/// Whether an attempt was played by the rules the chapter has now.
pub(super) fn same_rules(attempt: &Attempt, category: &Category) -> bool {
    attempt.rules == short(&hex(&category.chapter().rules()))
}

/// Enough of a hash to tell rules apart.
fn short(rules: &str) -> String {
    rules.chars().take(16).collect()
}

/// The name of a category's list: stories do not share one.
fn name(category: &Category) -> String {
    let chapter = category.chapter();
    format!("{}-{}-{}", chapter.world.id, chapter.id, category.run().id)
}
