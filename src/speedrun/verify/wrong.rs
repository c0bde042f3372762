//! What is wrong with a replay that is not true, as facts; their prose stands here and nowhere else.

use crate::speedrun::replay::Fault;
use crate::speedrun::seeds::Source;

/// What is wrong with a replay.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// It cannot be read.
    #[error(transparent)]
    Unreadable(#[from] Fault),
    /// It is of another story.
    #[error("a run of another story, `{0}`")]
    OtherStory(String),
    /// The story has no such category.
    #[error("the story has no category `{0}`")]
    NoCategory(String),
    /// It stops before its end.
    #[error("not finished: it stops after step {0}")]
    Unfinished(usize),
    /// Its head was changed.
    #[error("its head was changed, the seal does not fit")]
    HeadSeal,
    /// A step was changed.
    #[error("step {step}, `{choice}`: it was changed, the seal does not fit")]
    Seal {
        /// Which step, from 1.
        step: usize,
        /// Its choice.
        choice: String,
    },
    /// What a step made was changed.
    #[error("what is noted of step {0} was changed, the seal does not fit")]
    ThenSeal(usize),
    /// A pause was changed.
    #[error("the pause after step {0} was changed, the seal does not fit")]
    PauseSeal(usize),
    /// What it claims was changed.
    #[error("its end was changed, the seal does not fit")]
    EndSeal,
    /// It begins elsewhere, or with something else.
    #[error("it does not begin as `{0}` does")]
    Start(String),
    /// The seed does not come from where it says.
    #[error("{seed} is not the seed it says it is ({from})")]
    Seed {
        /// Where it says it comes from.
        from: Source,
        /// The seed.
        seed: u64,
    },
    /// A step has no time.
    #[error("step {0} has no time")]
    NoTime(usize),
    /// Time goes back.
    #[error("step {step}: at {at} ms, after something at {before} ms")]
    Time {
        /// Which step, from 1.
        step: usize,
        /// Its time.
        at: u64,
        /// The time before it.
        before: u64,
    },
    /// A pause lies where it cannot.
    #[error("the pause after step {0} cannot be there")]
    Pause(usize),
    /// The goal never holds.
    #[error("the goal is not reached")]
    NoGoal,
    /// It goes on after the goal.
    #[error("the goal was reached at step {0}, and it goes on")]
    PastGoal(usize),
    /// It claims something that was not found.
    #[error("{what}: it claims {claimed}, and it is {found}")]
    Claim {
        /// What of.
        what: String,
        /// What it claims.
        claimed: String,
        /// What was found.
        found: String,
    },
    /// It claims a split that was not found so.
    #[error("the split `{0}` is not as it claims")]
    Split(String),
}

impl Wrong {
    pub(super) fn claim(what: &str, claimed: impl ToString, found: impl ToString) -> Self {
        Self::Claim { what: what.to_owned(), claimed: claimed.to_string(), found: found.to_string() }
    }
}
