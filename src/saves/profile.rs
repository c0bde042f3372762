//! What a player has found, over all plays: it only grows.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::engine::chapter::{Carried, Given};
use crate::engine::log::{read, written};
use crate::engine::{Chapter, State};

use super::fault::Fault;

/// What was found in each story, by the story's id.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Profile {
    /// By the story's id.
    pub stories: BTreeMap<String, Known>,
}

/// What was found in one story.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Known {
    /// How many plays were begun.
    pub plays: u64,
    /// Endings, as `chapter/ending`.
    pub endings: BTreeMap<String, Found>,
    /// Achievements, as `chapter/achievement`, and when they were first reached, in seconds since 1970.
    pub achievements: BTreeMap<String, u64>,
    /// Codex entries that were opened.
    pub codex: BTreeSet<String>,
    /// People who were met.
    pub people: BTreeSet<String>,
    /// Chapters finished: of each ending the latest time, the latest last.
    pub finished: BTreeMap<String, Vec<Finished>>,
}

/// An ending that was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Found {
    /// When first, in seconds since 1970.
    pub first: u64,
    /// How often.
    pub times: u64,
}

/// A chapter that was finished, and what can be carried on from it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Finished {
    /// The ending.
    pub ending: String,
    /// When, in seconds since 1970.
    pub when: u64,
    /// Shared variables and items, as the writer would write their values.
    pub values: Vec<(String, String)>,
}

impl Profile {
    /// Reads a profile.
    ///
    /// # Errors
    /// [`Fault::Damaged`] if it cannot be read as one.
    pub fn read(text: &str) -> Result<Self, Fault> {
        ron::from_str(text).map_err(|_| Fault::Damaged("it cannot be read as a profile"))
    }

    /// The profile as text.
    ///
    /// # Errors
    /// [`Fault::Unwritable`] if it cannot be put into words.
    pub fn write(&self) -> Result<String, Fault> {
        let style = ron::ser::PrettyConfig::new().new_line("\n".to_owned()).depth_limit(4);
        let text = ron::ser::to_string_pretty(self, style);
        text.map(|text| text + "\n").map_err(|e| Fault::Unwritable(e.to_string()))
    }

    /// What was found in a story.
    #[must_use]
    pub fn of(&self, story: &str) -> Option<&Known> {
        self.stories.get(story)
    }

    /// What was found in a story, to be added to.
    pub fn story(&mut self, story: &str) -> &mut Known {
        self.stories.entry(story.to_owned()).or_default()
    }
}

impl Known {
    /// A play was begun.
    pub fn began(&mut self) {
        self.plays = self.plays.saturating_add(1);
    }

    /// A chapter ended here, at this time: its ending is found, and what it leaves is kept. Not ended, nothing is done.
    pub fn ended(&mut self, chapter: &Chapter, state: &State, when: u64) {
        let Some(finished) = Finished::of(chapter, state, when) else { return };
        self.reached(&chapter.id, &finished.ending, when);
        let before = self.finished.entry(chapter.id.clone()).or_default();
        before.retain(|other| other.ending != finished.ending);
        before.push(finished);
    }

    /// An ending was reached, at this time.
    pub fn reached(&mut self, chapter: &str, ending: &str, when: u64) {
        let found = self.endings.entry(format!("{chapter}/{ending}")).or_default();
        if found.times == 0 {
            found.first = when;
        }
        found.times = found.times.saturating_add(1);
    }

    /// An achievement was reached, at this time.
    pub fn achieved(&mut self, chapter: &str, achievement: &str, when: u64) {
        self.achievements.entry(format!("{chapter}/{achievement}")).or_insert(when);
    }

    /// A codex entry was opened.
    pub fn learned(&mut self, entry: &str) {
        self.codex.insert(entry.to_owned());
    }

    /// A person was met.
    pub fn met(&mut self, person: &str) {
        self.people.insert(person.to_owned());
    }

    /// Whether an ending was found.
    #[must_use]
    pub fn has_ending(&self, chapter: &str, ending: &str) -> bool {
        self.endings.contains_key(&format!("{chapter}/{ending}"))
    }

    /// Whether an achievement was reached.
    #[must_use]
    pub fn has_achievement(&self, chapter: &str, achievement: &str) -> bool {
        self.achievements.contains_key(&format!("{chapter}/{achievement}"))
    }

    /// The last time a chapter was finished.
    #[must_use]
    pub fn last_finish(&self, chapter: &str) -> Option<&Finished> {
        self.finished.get(chapter)?.last()
    }
}

impl Finished {
    /// What this state leaves; `None` if it has not ended.
    #[must_use]
    pub fn of(chapter: &Chapter, state: &State, when: u64) -> Option<Self> {
        let ending = chapter.endings[state.ended?.at()].id.clone();
        let vars = chapter.vars.iter().zip(&state.vars).enumerate().filter(|(_, (var, _))| var.shared);
        let vars = vars.map(|(at, (_, value))| Given { what: Carried::Var(at.into()), value: *value });
        let items = state.items.iter().enumerate();
        let items = items.map(|(at, value)| Given { what: Carried::Item(at.into()), value: *value });
        let values = vars.chain(items).map(|given| written(chapter, given)).collect();
        Some(Self { ending, when, values })
    }

    /// What the next chapter begins with: of what it carries, all that was left and still can be.
    #[must_use]
    pub fn given(&self, into: &Chapter) -> Vec<Given> {
        let all = self.values.iter().filter_map(|(id, value)| read(into, id, value));
        all.filter(|given| into.carries.iter().any(|carry| carry.what == given.what)).collect()
    }
}
