//! What becomes of saves when a story is edited: every state of the old story is saved, and loaded in the new one.

mod judge;
mod report;
mod states;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;
use serde::Serialize;

use crate::engine::{Chapter, Route};
use judge::{Judged, judge};
use states::{Found, Whole, found};

pub use report::report;

/// How much is tried.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The most states of a chapter.
    pub states: usize,
    /// The seed of the first play, where plays are made; the next has the next.
    pub seed: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { states: 10_000, seed: 1 }
    }
}

/// What loading a save comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// The rules are as they were.
    Same,
    /// The rules have changed, and nothing that was played is touched by it.
    Replayed,
    /// The play stands where it stood, by ids, and cannot be undone beyond.
    Moved,
    /// The play goes back to a milestone.
    Milestone,
    /// The play begins anew, or the save is refused.
    Lost,
}

/// How many states have which fate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Fates {
    /// [`Fate::Same`].
    pub same: usize,
    /// [`Fate::Replayed`].
    pub replayed: usize,
    /// [`Fate::Moved`].
    pub moved: usize,
    /// [`Fate::Milestone`].
    pub milestone: usize,
    /// [`Fate::Lost`].
    pub lost: usize,
}

impl Fates {
    /// How many states there are.
    #[must_use]
    pub const fn all(&self) -> usize {
        self.same + self.replayed + self.moved + self.milestone + self.lost
    }

    /// How many states stand where they stood and can be undone to the first page.
    #[must_use]
    pub const fn untouched(&self) -> usize {
        self.same + self.replayed
    }

    fn note(&mut self, fate: Fate) {
        *match fate {
            Fate::Same => &mut self.same,
            Fate::Replayed => &mut self.replayed,
            Fate::Moved => &mut self.moved,
            Fate::Milestone => &mut self.milestone,
            Fate::Lost => &mut self.lost,
        } += 1;
    }
}

/// Which states of a chapter were tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Basis {
    /// None: the rules are the same, so every save replays as it was made.
    SameRules,
    /// Every state that can be reached. Turns and places of dice are not told apart, nor counts above `cap`.
    Every {
        /// Where counts of visits and takings are no longer told apart.
        cap: u32,
    },
    /// The states that so many plays passed through.
    Sample {
        /// How many plays.
        plays: usize,
    },
}

/// One play and what becomes of its save.
#[derive(Clone, Debug, Serialize)]
pub struct Example {
    /// What becomes of it.
    pub fate: Fate,
    /// The play, in the old story.
    #[serde(serialize_with = "written")]
    pub route: Route,
    /// The scene it stands in, in the old story.
    pub scene: String,
    /// The scene it stands in, in the new one; nothing if the save is refused.
    pub now: Option<String>,
    /// What the player is told.
    pub told: String,
}

/// What becomes of the saves of a chapter.
#[derive(Clone, Debug, Serialize)]
pub struct Compat {
    /// The chapter's id.
    pub chapter: String,
    /// Which states were tried.
    pub basis: Basis,
    /// How many states have which fate.
    pub all: Fates,
    /// The same by the scene they stand in, by its old id.
    pub scenes: BTreeMap<String, Fates>,
    /// For each fate but [`Fate::Same`] and [`Fate::Replayed`], a play with the fewest choices.
    pub examples: Vec<Example>,
    /// Variables and items that moved plays had and the new chapter has no place for.
    pub left: BTreeSet<String>,
}

fn written<S: serde::Serializer>(route: &Route, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(route)
}

/// Tries the saves of one chapter of the old story. `new` is the new story's chapters by id.
#[must_use]
pub fn compat(old: &Arc<Chapter>, new: &BTreeMap<String, Arc<Chapter>>, limits: &Limits) -> Compat {
    let mut compat = Compat {
        chapter: old.id.clone(),
        basis: Basis::SameRules,
        all: Fates::default(),
        scenes: BTreeMap::new(),
        examples: Vec::new(),
        left: BTreeSet::new(),
    };
    let now = new.get(&old.id);
    if now.is_some_and(|now| now.rules() == old.rules()) {
        return compat;
    }
    let Found { tree, whole, plays } = found(old, now.map(|now| &**now), limits);
    compat.basis = match whole {
        Whole::Yes { cap } => Basis::Every { cap },
        Whole::No => Basis::Sample { plays },
    };
    let mut judged: Vec<Judged> =
        (0..tree.len()).into_par_iter().filter_map(|at| judge(old, new, tree.route(at))).collect();
    for one in &judged {
        compat.all.note(one.fate);
        compat.scenes.entry(one.scene.clone()).or_default().note(one.fate);
        compat.left.extend(one.left.iter().cloned());
    }
    judged.retain(|one| one.fate > Fate::Replayed);
    judged.sort_by_key(|one| (one.fate, one.route.steps.len()));
    judged.dedup_by_key(|one| one.fate);
    compat.examples = judged.into_iter().map(Judged::example).collect();
    compat
}
