//! The app: what is on the screen, and what happens to it. Keys in, state out; it knows no terminal.

mod act;
pub(in crate::tui) mod draw;
mod hear;
mod race;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use ratatui::layout::Rect;

use crate::engine::World;
use crate::engine::render::Reader;
use crate::play::sitting::Chapters;
use crate::play::{Desk, Now};
use crate::speedrun::seeds::Wanted;

use super::kept::{Settings, Slot, ThemeName};
use super::keys::{Mode, Verb};
use super::overlay::{Kind, Look, Overlay};
use super::screen::reading::Reading;
use super::screen::runs::Shelf;
use super::screen::sheet::Sheet;
use super::screen::title::Title;
use super::theme::{Depth, Paper, Theme};

/// Reads a story's files again.
pub(crate) type Reload = Box<dyn FnMut() -> Result<Chapters, String>>;

/// What the app asks of the world around it.
pub(crate) struct Around {
    /// What the clock says.
    pub(crate) now: Box<dyn FnMut() -> Now>,
    /// A seed for a new play.
    pub(crate) seed: Box<dyn FnMut() -> u64>,
    /// Reads the story's files again, when it is played from files.
    pub(crate) reload: Option<Reload>,
    /// How many colours the terminal shows.
    pub(crate) depth: Depth,
    /// What `auto` turned out to be.
    pub(crate) paper: Paper,
    /// Instead of the theme that is set, until the player sets another.
    pub(crate) theme: Option<ThemeName>,
    /// Never take the mouse.
    pub(crate) no_mouse: bool,
    /// The gentle telling, whatever is set.
    pub(crate) gentle: bool,
}

/// What fills the screen.
#[derive(Debug)]
enum Stage {
    Title(Title),
    /// What a player should know before the first page, and the chapter that begins then.
    Note(String),
    Reading,
}

/// How something that happened is told in the foot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Weight {
    Plain,
    Warning,
}

/// What the loop around the app has to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Wish {
    /// Run a category, as `chapter/category`.
    Run { category: String, wanted: Wanted },
    /// Leave the program.
    Leave,
    /// Leave it as if interrupted.
    Interrupt,
    /// Stop until the shell brings it back.
    Suspend,
    /// Draw every cell again.
    Redraw,
}

/// The app.
pub(crate) struct App {
    desk: Desk,
    world: Arc<World>,
    around: Around,
    settings: Settings,
    theme: Theme,
    stage: Stage,
    /// What lies over the stage, the topmost last.
    over: Vec<(Kind, Box<dyn Overlay>)>,
    reading: Reading,
    slots: Vec<Slot>,
    /// The categories, while they are listed.
    runs: Vec<Shelf>,
    status: Option<(String, Weight)>,
    /// What was wrong with the story's files when they were last read.
    report: String,
    /// Whether the foot said `saved` when it was last drawn.
    saved: bool,
    area: Rect,
    sheet: Option<Sheet>,
    now: Now,
    dirty: bool,
    wish: Option<Wish>,
}

impl App {
    /// An app with nothing on its screen yet: a title, a chapter or a slot follows.
    pub(crate) fn new(desk: Desk, world: Arc<World>, settings: Settings, mut around: Around) -> Self {
        let now = (around.now)();
        Self {
            desk,
            world,
            theme: Theme::mono(),
            settings,
            around,
            stage: Stage::Title(Title::default()),
            over: Vec::new(),
            reading: Reading::default(),
            slots: Vec::new(),
            runs: Vec::new(),
            status: None,
            report: String::new(),
            saved: false,
            area: Rect::ZERO,
            sheet: None,
            now,
            dirty: true,
            wish: None,
        }
    }

    /// Whether something changed since it was last drawn.
    pub(crate) const fn is_dirty(&self) -> bool {
        self.dirty
    }

    /// Whether something is being written, so that it is worth looking again soon.
    pub(crate) fn is_waiting(&self) -> bool {
        let writing = !self.desk.saved() && self.desk.fault().is_none();
        self.is_reading() && (writing || self.says_saved() != self.saved)
    }

    /// What the loop has to do, once.
    pub(crate) fn wish(&mut self) -> Option<Wish> {
        self.wish.take()
    }

    /// Whether the mouse is wanted.
    pub(crate) const fn wants_mouse(&self) -> bool {
        self.settings.mouse && !self.around.no_mouse
    }

    /// Time went by: looks whether something was written.
    pub(crate) fn tick(&mut self) {
        if self.is_reading() && self.says_saved() != self.saved {
            self.dirty = true;
        }
    }

    /// Everything is written before the program goes.
    pub(crate) fn put_away(&mut self) {
        self.desk.leave();
    }

    /// Waits until everything handed over is written.
    #[cfg(test)]
    pub(crate) fn flush(&self) {
        self.desk.flush();
    }

    /// Lays everything out for a screen of this size. State changes here, never while drawing.
    pub(crate) fn lay_out(&mut self, area: Rect) {
        self.now = (self.around.now)();
        self.area = area;
        // An overlay has the width of column and panel together, or all of it if it asks.
        let panel = (self.settings.panel && self.is_reading()) || !self.over.is_empty();
        let wide = self.over.last().is_some_and(|(_, top)| top.wide());
        let sheet = Sheet::of(area, self.settings.width, panel);
        self.sheet = if wide { sheet.map(|s| s.widened(area)) } else { sheet };
        self.saved = self.says_saved();
        self.retint();
        let uncovered = self.over.is_empty();
        if let (Stage::Reading, true, Some(sheet), Some(sitting)) =
            (&self.stage, uncovered, &self.sheet, self.desk.sitting())
        {
            self.reading.lay_out(sitting, sheet, &self.settings);
        }
        if let (Stage::Title(title), Some(sheet)) = (&mut self.stage, &self.sheet) {
            title.lay_out(sheet.room);
        }
        self.dirty = false;
    }

    /// Whether every choice made is on the disk.
    fn says_saved(&self) -> bool {
        self.desk.sitting().is_some_and(|s| s.steps() > 0) && !self.desk.is_practice() && self.desk.saved()
    }

    const fn is_reading(&self) -> bool {
        matches!(self.stage, Stage::Reading)
    }

    fn retint(&mut self) {
        let part = match (&self.stage, self.desk.sitting()) {
            (Stage::Reading, Some(sitting)) => sitting.chapter().accent.clone(),
            (Stage::Title(title), _) => title.accent().to_owned(),
            _ => String::new(),
        };
        self.theme = self.tinted(&part);
    }

    /// The theme that is set, with a part's accent.
    fn tinted(&self, accent: &str) -> Theme {
        let paper = match self.around.theme.unwrap_or(self.settings.theme) {
            ThemeName::Auto => self.around.paper,
            ThemeName::Dark => Paper::Dark,
            ThemeName::Light => Paper::Light,
            ThemeName::HighContrast => Paper::Contrast,
            ThemeName::Mono => Paper::Mono,
        };
        Theme::new(paper, self.around.depth, accent)
    }

    const fn reader(&self) -> Reader {
        Reader { gentle: self.settings.gentle || self.around.gentle }
    }

    fn look(&self) -> Look<'_> {
        Look {
            mode: Mode::Story,
            sitting: self.desk.sitting(),
            world: &self.world,
            chapters: self.desk.chapters(),
            theme: &self.theme,
            settings: &self.settings,
            profile: self.desk.known(),
            slots: &self.slots,
            runs: &self.runs,
            report: &self.report,
            now: self.now.unix,
            area: self.sheet.map_or(Rect::ZERO, |s| s.room),
        }
    }

    fn say(&mut self, words: impl Into<String>) {
        self.status = Some((words.into(), Weight::Plain));
    }

    /// The screen has another size.
    pub(crate) const fn resized(&mut self) {
        self.dirty = true;
    }

    /// Tells of something that went wrong.
    pub(crate) fn warn(&mut self, words: impl Into<String>) {
        self.status = Some((words.into(), Weight::Warning));
    }

    /// Whether a row of the key table counts now.
    fn has_files(&self) -> bool {
        self.around.reload.is_some()
    }

    /// The keys the foot names here, the most wanted first.
    fn hints(&self) -> Vec<Verb> {
        if let Some((_, top)) = self.over.last() {
            let mut hints = top.hints(&self.look());
            hints.push(Verb::Back);
            return hints;
        }
        match self.stage {
            Stage::Title(_) => vec![Verb::Up, Verb::Take, Verb::Leave, Verb::Help],
            Stage::Note(_) => vec![Verb::Take, Verb::Back],
            Stage::Reading => {
                let mut hints = vec![Verb::Choose];
                if self.sheet.is_some_and(|s| s.panel.is_none()) {
                    hints.push(Verb::Stats);
                }
                hints.extend([Verb::Undo, Verb::Things, Verb::Codex, Verb::Map]);
                if self.has_files() {
                    hints.push(Verb::Reload);
                }
                hints.extend([Verb::Save, Verb::History, Verb::People, Verb::Settings, Verb::Help]);
                hints
            }
        }
    }
}
