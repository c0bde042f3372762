//! Why bytes are no replay, as facts; their prose stands here and nowhere else.

use super::{LONGEST, MOST_STEPS, VERSION};

/// Why a replay could not be read or written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The file does not begin like a replay.
    #[error("not a replay of this game")]
    NotAReplay,
    /// A later version of the game wrote it.
    #[error("written by a newer version of the game (replay format {0}, and this one reads up to {VERSION})")]
    Newer(u32),
    /// Longer than any replay can be.
    #[error("too long for a replay: more than {LONGEST} bytes")]
    TooLong,
    /// More steps than any run has.
    #[error("too long for a replay: more than {MOST_STEPS} steps")]
    TooManySteps,
    /// Its bytes are no text.
    #[error("damaged: it is not text")]
    NotText,
    /// Its header is missing or cannot be read.
    #[error("damaged: its head cannot be read: {0}")]
    Head(String),
    /// A line cannot be read.
    #[error("damaged: line {line}, behind step {after}: {why}")]
    Line {
        /// Which line of the file, from 1.
        line: usize,
        /// How many steps stand before it.
        after: usize,
        /// What is wrong with it.
        why: String,
    },
    /// A value could not be put into words.
    #[error("cannot be written as a replay: {0}")]
    Unwritable(String),
}
