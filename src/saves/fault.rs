//! What can go wrong with a save, as facts; their prose stands here and nowhere else.

use std::io;
use std::path::{Path, PathBuf};

use super::format::VERSION;

/// Why something could not be read, written or played on.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// There is no such slot.
    #[error("there is no save `{0}`")]
    Absent(String),
    /// The name cannot be a slot's.
    #[error("`{0}` cannot name a save: use 1 to 32 of a-z, 0-9, `-` and `_`")]
    BadName(String),
    /// The name belongs to the autosave and its backups.
    #[error("`{0}` is a name the game keeps for its own saves")]
    Reserved(String),
    /// Something is already there.
    #[error("`{0}` is already there")]
    Exists(String),
    /// The file does not begin like a save.
    #[error("not a save of this game")]
    NotASave,
    /// The file begins like a save and its length or checksum is wrong, or it cannot be read as one.
    #[error("damaged: {0}")]
    Damaged(&'static str),
    /// A later version of the game wrote it.
    #[error("written by a newer version of the game (format {0}, and this one reads up to {VERSION})")]
    Newer(u32),
    /// A directory, a pipe, a device.
    #[error("not a file")]
    NotAFile,
    /// Longer than any save can be.
    #[error("too long for a save: {0} bytes")]
    TooLong(u64),
    /// The save belongs to another story.
    #[error("a save of another story, `{0}`")]
    OtherStory(String),
    /// The story has no such chapter any more.
    #[error("the story has no chapter `{0}` now")]
    NoChapter(String),
    /// The log has no leg.
    #[error("nothing was played in it")]
    Empty,
    /// What was found or set before cannot be read.
    #[error("`{0}` cannot be read ({1}): what it held is not known here, and it is put aside when it is next written")]
    Unread(&'static str, String),
    /// Another program holds the folder.
    #[error("another game is open on `{}`: this one can load, and keeps its own autosave, but saves nothing else there", .0.display())]
    InUse(PathBuf),
    /// Another program holds a file that is only ever held for a moment.
    #[error("another program holds `{}` and does not let go", .0.display())]
    Held(PathBuf),
    /// What should be the lock of a folder is a directory, a pipe, a device.
    #[error("`{}` is not a file: nothing can be saved beside it", .0.display())]
    NoLock(PathBuf),
    /// The file system refused.
    #[error("cannot {doing} `{}`: {why}", .path.display())]
    Disk {
        /// What was tried.
        doing: &'static str,
        /// On what.
        path: PathBuf,
        /// What sort of refusal it was.
        kind: io::ErrorKind,
        /// The system's words.
        why: String,
    },
    /// The new file is in its place; whether it would outlive a power cut is not known.
    #[error("`{}` is written, but the disk would not confirm it: {why}", .path.display())]
    Unsure {
        /// What was written.
        path: PathBuf,
        /// The system's words.
        why: String,
    },
    /// A value could not be put into words.
    #[error("cannot be written as a save: {0}")]
    Unwritable(String),
    /// No folder for saves is known.
    #[error("no folder for saves is known: name one with `--saves` or `TAIYUAN_SAVES`")]
    NoPlace,
}

impl Fault {
    /// A refusal of the file system.
    pub(super) fn disk(doing: &'static str, path: &Path, error: &io::Error) -> Self {
        Self::Disk { doing, path: path.to_owned(), kind: error.kind(), why: error.to_string() }
    }
}
