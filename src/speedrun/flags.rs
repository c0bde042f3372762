//! What keeps a run from being ranked.

use serde::{Deserialize, Serialize};

/// A reason why a run is not ranked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Flag {
    /// It was practice.
    Practice,
    /// Luck was forced.
    Forced,
    /// A program made it: a route, a search.
    Made,
    /// The computer slept during it, or a clock was set.
    Clock,
}

impl Flag {
    /// What happened, in words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Practice => "practice",
            Self::Forced => "luck was forced",
            Self::Made => "made by a program, not played",
            Self::Clock => "the computer slept, or a clock was set",
        }
    }
}
