//! What lies over the reading screen: the contract between the app and its overlays.
//!
//! An overlay reads through [`Look`], draws without changing, and answers a key with an [`Outcome`]; only the app acts.

use crossterm::event::{KeyEvent, MouseEvent};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::engine::World;
use crate::engine::id::{CodexIx, PlaceIx};
use crate::play::Sitting;
use crate::play::sitting::Chapters;
use crate::speedrun::seeds::Wanted;

use super::kept::{Profile, Settings, Slot};
use super::keys::{Mode, Verb};
use super::screen::runs::Shelf;
use super::theme::Theme;

/// Everything an overlay may read.
pub(crate) struct Look<'a> {
    /// The play, unless the title screen lies below.
    pub(crate) sitting: Option<&'a Sitting>,
    pub(crate) world: &'a World,
    /// Any chapter by id; `world.order` has the ids. Loads what is not loaded yet.
    pub(crate) chapters: &'a Chapters,
    /// What the keys mean below.
    pub(crate) mode: Mode,
    /// Already tinted with the chapter's accent.
    pub(crate) theme: &'a Theme,
    pub(crate) settings: &'a Settings,
    pub(crate) profile: &'a Profile,
    pub(crate) slots: &'a [Slot],
    /// The categories, while they are listed.
    pub(crate) runs: &'a [Shelf],
    /// What was wrong with the story's files when they were last read.
    pub(crate) report: &'a str,
    /// Seconds since 1970.
    pub(crate) now: u64,
    /// The room the overlay is drawn in, for keys that page.
    pub(crate) area: Rect,
}

/// A page that lies over the reading screen. The app draws its title above and its hints below; it has the room between.
pub(crate) trait Overlay {
    /// The head line.
    fn title(&self, look: &Look<'_>) -> String;

    /// Draws into `area`, which may be as small as one cell or none.
    fn draw(&self, look: &Look<'_>, area: Rect, buf: &mut Buffer);

    /// Hears a key first; what it passes, the app treats (Esc closes, another overlay's key opens that one).
    fn key(&mut self, look: &Look<'_>, key: KeyEvent) -> Outcome;

    /// Hears a press, a release or a turn of the wheel; positions are those of the whole screen.
    fn mouse(&mut self, look: &Look<'_>, event: MouseEvent) -> Outcome {
        let _ = (look, event);
        Outcome::Pass
    }

    /// Whether it wants the whole width of the screen, as a map does, and not the measure of the prose.
    fn wide(&self) -> bool {
        false
    }

    /// Hears pasted text.
    fn paste(&mut self, look: &Look<'_>, text: &str) -> Outcome {
        let _ = (look, text);
        Outcome::Stay
    }

    /// Whether letters are being typed into a field, so that they are no commands.
    fn typing(&self) -> bool {
        false
    }

    /// Where the real cursor stands, so that a magnifier or a reader follows the selection.
    fn cursor(&self, look: &Look<'_>, area: Rect) -> Option<Position> {
        let _ = (look, area);
        None
    }

    /// The keys the footer names, besides Esc.
    fn hints(&self, _: &Look<'_>) -> Vec<Verb> {
        Vec::new()
    }
}

/// The keys to name where a page stands so far down, of so far as it goes.
pub(crate) fn scrolls(top: usize, most: usize) -> Vec<Verb> {
    match (top.min(most), most) {
        (_, 0) => Vec::new(),
        (top, most) if top == most => vec![Verb::Up, Verb::PageUp],
        _ => vec![Verb::Down, Verb::PageDown],
    }
}

/// What a key did.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Outcome {
    /// It was not for the overlay.
    Pass,
    /// It was heard and changed nothing on the screen.
    Stay,
    /// Draw again.
    Redraw,
    /// Back to what lies below.
    Close,
    /// The app acts, and closes the overlay unless the action says it stays.
    Act(Action),
}

/// The app's verbs.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Action {
    /// Takes the pick at this position of `Sitting::picks`.
    Choose(usize),
    Undo,
    Redo,
    /// Stands after so many steps.
    Jump(usize),
    /// Saves under a name; the overlay stays.
    Save(String),
    /// Loads a slot.
    Load(String),
    /// Removes a slot; the overlay stays.
    Remove(String),
    /// New settings, in force and kept at once; the overlay stays.
    Set(Settings),
    /// Takes up the latest play.
    Continue,
    /// Begins a chapter.
    NewGame {
        chapter: String,
    },
    /// Runs a category, as `chapter/category`; the overlay stays.
    Run {
        category: String,
        wanted: Wanted,
    },
    /// Reads the story's files again.
    Reload,
    /// Lays another overlay over this one; Esc comes back.
    Open(Kind),
    /// What a row of the key table does, as if its key had been pressed on the reading screen.
    Do(Verb),
    /// To the title screen.
    Title,
    /// Out of the program.
    Quit,
}

impl Action {
    /// Whether the overlay that asked for it stays open.
    pub(crate) const fn stays(&self) -> bool {
        matches!(self, Self::Save(_) | Self::Remove(_) | Self::Set(_) | Self::Open(_) | Self::Run { .. })
    }
}

/// The overlays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Things,
    Stats,
    People,
    /// The codex, at an entry if one is named.
    Codex(Option<CodexIx>),
    Map,
    /// The map that shows this place, with it selected.
    Place(PlaceIx),
    History,
    Save,
    Load,
    Settings,
    Help,
    Palette,
    Endings,
    /// The categories of runs against the clock.
    Runs,
    /// The page after the last page of a chapter.
    Ending,
    /// What is wrong with the story's files.
    Report,
}
