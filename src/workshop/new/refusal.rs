//! Why nothing new was written.

use std::io;
use std::path::PathBuf;

use crate::story::Report;

/// Why nothing new was written.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// Not spelled like an id.
    #[error(
        "`{id}` is no id: small letters, digits and `_`, a letter first, at most 48{}",
        meant.as_ref().map(|id| format!("; did you mean `{id}`?")).unwrap_or_default()
    )]
    Id {
        /// What was given.
        id: String,
        /// What may have been meant.
        meant: Option<String>,
    },
    /// A title that cannot stand between quotes.
    #[error("the title `{0}` holds a quote, a backslash or a control character; write it into `story.ron` by hand")]
    Title(String),
    /// It is there already.
    #[error("the {what} `{id}` is there already")]
    There {
        /// What it is.
        what: &'static str,
        /// Its id.
        id: String,
    },
    /// The folder of a new chapter holds files already.
    #[error("the folder `{0}` is there already, and is no chapter")]
    Folder(String),
    /// There is no such thing.
    #[error("there is no {what} `{id}`{}", meant.as_ref().map(|id| format!("; did you mean `{id}`?")).unwrap_or_default())]
    Unknown {
        /// What it would be.
        what: &'static str,
        /// What was given.
        id: String,
        /// What may have been meant.
        meant: Option<String>,
    },
    /// A scene that ends the chapter has no choices.
    #[error("the scene `{0}` is an ending, and has no choices")]
    Ends(String),
    /// Not a plain file name.
    #[error("`{0}` is no name for a file: letters, digits, `_` and `-`")]
    File(String),
    /// The file is written in a way that nothing can be added to.
    #[error("`{0}` is written in a way that nothing can be added to by itself")]
    Strange(String),
    /// The story had faults before.
    #[error("the story has faults; mend them first")]
    Unsound(Box<Report>),
    /// The story would have faults then.
    #[error("it cannot stand there")]
    Faults(Box<Report>),
    /// A file could not be written.
    #[error("cannot write `{}`: {error}", path.display())]
    Unwritten {
        /// Which.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
}
