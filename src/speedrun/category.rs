//! What is run: a chapter's [`Run`], with its splits laid out. Categories are data; nothing here knows the siege.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::engine::chapter::{Rank, Run};
use crate::engine::expr::Cond;
use crate::engine::id::{MilestoneIx, SceneIx, VarIx};
use crate::engine::{Chapter, State};

/// A category of speedrun, in its chapter.
#[derive(Clone, Debug)]
pub struct Category {
    chapter: Arc<Chapter>,
    at: usize,
    splits: Vec<Split>,
}

/// A point of a run at which the time is taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Split {
    /// The milestone's id, or `finish`.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// The milestone that takes its time; `None` for the last split, whose time is taken when the goal holds.
    pub milestone: Option<MilestoneIx>,
}

/// Why a name is no category.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoCategory {
    /// No chapter has it.
    #[error("there is no category `{name}`; there are {}", known.join(", "))]
    Unknown {
        /// The name.
        name: String,
        /// The names there are.
        known: Vec<String>,
    },
    /// The story has none at all.
    #[error("the story has no categories to run")]
    None,
}

impl Category {
    /// Every category of a chapter, in the writer's order.
    pub fn all(chapter: &Arc<Chapter>) -> impl Iterator<Item = Self> + '_ {
        (0..chapter.runs.len()).map(|at| Self::new(Arc::clone(chapter), at))
    }

    /// The category called `name`, or `chapter/name` where two chapters have one of that name.
    ///
    /// # Errors
    /// [`NoCategory`], with the names there are.
    pub fn find<'a>(chapters: impl IntoIterator<Item = &'a Arc<Chapter>>, name: &str) -> Result<Self, NoCategory> {
        let all: Vec<Self> = chapters.into_iter().flat_map(Self::all).collect();
        let known: Vec<String> = all.iter().map(|one| one.run().id.clone()).collect();
        if known.is_empty() {
            return Err(NoCategory::None);
        }
        let called = |one: &Self| one.run().id == name || one.path() == name;
        all.into_iter().find(called).ok_or_else(|| NoCategory::Unknown { name: name.to_owned(), known })
    }

    fn new(chapter: Arc<Chapter>, at: usize) -> Self {
        let splits = splits(&chapter, &chapter.runs[at]);
        Self { chapter, at, splits }
    }

    /// The chapter it is run in.
    #[must_use]
    pub const fn chapter(&self) -> &Arc<Chapter> {
        &self.chapter
    }

    /// What its writer wrote.
    #[must_use]
    pub fn run(&self) -> &Run {
        &self.chapter.runs[self.at]
    }

    /// Its name among all chapters: `siege/river`.
    #[must_use]
    pub fn path(&self) -> String {
        format!("{}/{}", self.chapter.id, self.run().id)
    }

    /// Its splits; the last is the goal.
    #[must_use]
    pub fn splits(&self) -> &[Split] {
        &self.splits
    }

    /// Whether a run that stands here has reached the goal.
    #[must_use]
    pub fn won(&self, state: &State) -> bool {
        self.run().goal.holds(&self.chapter, state)
    }

    /// What a finished run is ranked by before its time; `None` where the time is all.
    #[must_use]
    pub fn score(&self, state: &State) -> Option<i32> {
        match self.run().rank {
            Rank::Time => None,
            Rank::Turns => Some(i32::try_from(state.turn).unwrap_or(i32::MAX)),
            Rank::Least(var) => Some(state.vars[var.at()]),
        }
    }

    /// What a finished run has of the variables that its routes are of, beside the score.
    #[must_use]
    pub fn figures(&self, state: &State) -> Vec<(String, i32)> {
        let counted = super::medal::counted(self);
        let vars = self.run().ceilings.iter().filter_map(|row| row.least).filter(|var| Some(*var) != counted);
        let vars: BTreeSet<VarIx> = vars.collect();
        vars.into_iter().map(|var| (self.chapter.var(var).id.clone(), state.vars[var.at()])).collect()
    }

    /// What the score counts, in a word.
    #[must_use]
    pub fn counts(&self) -> Option<&str> {
        match self.run().rank {
            Rank::Time => None,
            Rank::Turns => Some("choices"),
            Rank::Least(var) => {
                let var = self.chapter.var(var);
                Some(var.shown.as_ref().map_or(&var.id, |shown| &shown.label))
            }
        }
    }
}

/// The milestones in order, then the finish, unless the last milestone is the finish itself.
fn splits(chapter: &Chapter, run: &Run) -> Vec<Split> {
    let split = |ix: &MilestoneIx| {
        let one = &chapter.milestones[ix.at()];
        Split { id: one.id.clone(), title: one.title.clone(), milestone: Some(*ix) }
    };
    let mut splits: Vec<Split> = run.milestones.iter().map(split).collect();
    match splits.last_mut() {
        Some(last) if last.milestone.is_some_and(|ix| is_goal(chapter, &run.goal, ix)) => last.milestone = None,
        _ => splits.push(Split { id: "finish".to_owned(), title: run.title.clone(), milestone: None }),
    }
    splits
}

/// Whether a run cannot be won without reaching this milestone where it is won.
fn is_goal(chapter: &Chapter, goal: &Cond, milestone: MilestoneIx) -> bool {
    let reaches = |scene: &SceneIx| chapter.scene(*scene).milestone == Some(milestone);
    match goal {
        Cond::Seen(scene) => reaches(scene),
        Cond::All(parts) => parts.iter().any(|part| is_goal(chapter, part, milestone)),
        Cond::Any(parts) => !parts.is_empty() && parts.iter().all(|part| is_goal(chapter, part, milestone)),
        _ => false,
    }
}
