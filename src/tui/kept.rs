//! What is kept between sittings, as the screens read it.

use std::collections::BTreeSet;
use std::time::{Duration, SystemTime};

/// What the player has set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Settings {
    pub(crate) theme: ThemeName,
    /// Columns of prose, 50 to 80.
    pub(crate) measure: u16,
    /// Withhold the worst lines.
    pub(crate) gentle: bool,
    pub(crate) reduced_motion: bool,
    pub(crate) mouse: bool,
    /// Whether changes of stats and things are told in the text.
    pub(crate) notes: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self { theme: ThemeName::Auto, measure: 66, gentle: false, reduced_motion: false, mouse: true, notes: true }
    }
}

/// The themes by name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum ThemeName {
    /// Dark or light, as the terminal is.
    #[default]
    Auto,
    Dark,
    Light,
    Contrast,
    Mono,
}

/// What was found over all plays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Profile {
    /// Endings, by chapter and id.
    pub(crate) endings: BTreeSet<(String, String)>,
    /// Achievements, by chapter and id.
    pub(crate) achievements: BTreeSet<(String, String)>,
    /// Codex entries ever opened.
    pub(crate) codex: BTreeSet<String>,
    /// Whether the content note has been read.
    pub(crate) noted: bool,
}

/// A saved play.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Slot {
    pub(crate) name: String,
    pub(crate) chapter: String,
    pub(crate) place: Option<String>,
    pub(crate) date: Option<String>,
    pub(crate) played: Duration,
    pub(crate) saved: SystemTime,
    pub(crate) steps: usize,
    /// The last choices, oldest first.
    pub(crate) last: Vec<String>,
    /// Whether the story was edited since.
    pub(crate) changed: bool,
    /// Why it cannot be read, if it cannot.
    pub(crate) broken: Option<String>,
}
