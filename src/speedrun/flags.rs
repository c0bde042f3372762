//! What keeps a run from being ranked, and what a judge may want to know beside that.

use std::fmt;

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
    /// The program was stopped and went on: `^Z`, or a signal.
    Stopped,
    /// It was struck off its board by whoever keeps it.
    Struck,
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
            Self::Stopped => "the program was stopped",
            Self::Struck => "struck off",
        }
    }
}

/// Something about how a run was played. It is ranked all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Note {
    /// On a screen of so many columns and rows when the clock started.
    Screen(u16, u16),
    /// The screen was given another size on the way.
    Resized,
    /// At the prompt, in lines of text.
    Prompt,
    /// In the gentle telling.
    Gentle,
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Screen(columns, rows) => write!(f, "on a screen of {columns}x{rows}"),
            Self::Resized => f.write_str("resized on the way"),
            Self::Prompt => f.write_str("at the prompt"),
            Self::Gentle => f.write_str("in the gentle telling"),
        }
    }
}
