//! What a player has set: the same for every story.

use serde::{Deserialize, Serialize};

use super::fault::Fault;

/// The narrowest and the widest column of prose.
pub const WIDTHS: (u16, u16) = (50, 80);

/// A player's settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Colours.
    pub theme: Theme,
    /// The width of the column of prose, 50 to 80.
    pub width: u16,
    /// The milder words where the story has them.
    pub gentle: bool,
    /// No movement.
    pub reduced_motion: bool,
    /// Choices by mouse.
    pub mouse: bool,
    /// Choices that cannot be taken are shown, with the reason.
    pub locked: bool,
    /// An empty line between choices.
    pub airy: bool,
    /// The panel beside the prose, on a wide screen.
    pub panel: bool,
    /// The clock and splits of a run.
    pub clock: bool,
}

/// Colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// By the terminal's background.
    #[default]
    Auto,
    /// For a dark background.
    Dark,
    /// For a light background.
    Light,
    /// With the strongest contrast.
    HighContrast,
    /// Without colours.
    Mono,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: Theme::default(),
            width: 66,
            gentle: false,
            reduced_motion: false,
            mouse: true,
            locked: true,
            airy: false,
            panel: true,
            clock: true,
        }
    }
}

impl Settings {
    /// Reads settings; what is not set stands at its default, and a width out of range at its edge.
    ///
    /// # Errors
    /// [`Fault::Damaged`] if it cannot be read as settings.
    pub fn read(text: &str) -> Result<Self, Fault> {
        let mut settings: Self = ron::from_str(text).map_err(|_| Fault::Damaged("it cannot be read as settings"))?;
        settings.width = settings.width.clamp(WIDTHS.0, WIDTHS.1);
        Ok(settings)
    }

    /// The settings as text, a line each.
    ///
    /// # Errors
    /// [`Fault::Unwritable`] if they cannot be put into words.
    pub fn write(&self) -> Result<String, Fault> {
        let text = ron::ser::to_string_pretty(self, ron::ser::PrettyConfig::new().new_line("\n".to_owned()));
        text.map(|text| text + "\n").map_err(|e| Fault::Unwritable(e.to_string()))
    }
}
