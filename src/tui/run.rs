//! A run on a screen: its own loop, because its clock is drawn while nobody presses anything.

mod draw;
mod hear;

use std::io::{self, Write};
use std::sync::Arc;
use std::time::Duration;

use crossterm::event::{Event, poll, read};
use ratatui::layout::Rect;

use crate::engine::World;
use crate::play::run::{Runner, Stage};
use crate::play::sitting::Chapters;
use crate::saves::{Fault, Known, Settings};
use crate::speedrun::{Note, Reading};

use super::kept::ThemeName;
use super::keys::Mode;
use super::overlay::{Kind, Look, Overlay};
use super::screen::reading::Reading as Pages;
use super::screen::sheet::Sheet;
use super::terminal::{self, Late, Screen, Signal, Signals};
use super::theme::{Depth, Paper, Theme};
use super::{ExitKind, NAP, SIGINT, Trouble};

/// How often the clock is drawn while it runs.
const TICK: Duration = Duration::from_millis(50);
/// How many keys are shown of those pressed last.
const PRESSED: usize = 8;

/// What a run on a screen needs.
pub(crate) struct Setup {
    pub(crate) runner: Runner,
    pub(crate) chapters: Chapters,
    pub(crate) settings: Settings,
    pub(crate) theme: Option<ThemeName>,
    pub(crate) now: fn() -> Reading,
}

/// What the loop is to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wish {
    Leave,
    Interrupt,
    Suspend,
    Redraw,
}

/// A run, as it is shown.
pub(crate) struct Track {
    runner: Runner,
    chapters: Chapters,
    world: Arc<World>,
    settings: Settings,
    theme: Theme,
    pages: Pages,
    over: Vec<(Kind, Box<dyn Overlay>)>,
    known: Known,
    sheet: Option<Sheet>,
    area: Rect,
    /// Whether the panel shows splits; else it shows stats.
    splits: bool,
    /// The keys pressed last, if they are shown.
    pressed: Vec<String>,
    shows_pressed: bool,
    /// Whether the splits lie over the page, where there is no panel.
    listed: bool,
    /// What a key did that is seen nowhere else; until the next key.
    said: Option<&'static str>,
    /// Whether the card of a run that is over lies over its last page.
    card: bool,
    wish: Option<Wish>,
    dirty: bool,
}

/// Runs until the runner leaves.
pub(crate) fn run(setup: Setup) -> Result<ExitKind, Trouble> {
    if !terminal::is_there() {
        return Err(Trouble::NoTerminal);
    }
    let depth = terminal::depth();
    let named = setup.theme.unwrap_or(setup.settings.theme);
    let paper = match named {
        ThemeName::Auto if depth != Depth::Mono => terminal::paper(),
        ThemeName::Auto | ThemeName::Dark => Paper::Dark,
        ThemeName::Light => Paper::Light,
        ThemeName::HighContrast => Paper::Contrast,
        ThemeName::Mono => Paper::Mono,
    };
    let now = setup.now;
    let accent = setup.runner.category().chapter().accent.clone();
    let mut track = Track::new(setup.runner, setup.chapters, setup.settings, Theme::new(paper, depth, &accent));
    let signals = Signals::listen()?;
    terminal::speak_on_panic();
    let mut screen = Screen::take()?;
    let left = race(&mut track, &mut screen, &signals, now).or_else(|trouble| match signals.next() {
        Some(Signal::Go(number)) => Ok(ExitKind::Signal(number)),
        _ => Err(trouble),
    });
    drop(screen);
    if let Some(fault) = track.fault() {
        let _ = writeln!(io::stderr(), "taiyuan: not kept: {fault}");
    }
    left
}

/// Runs on a screen that is taken already, until the runner leaves.
pub(super) fn race(
    track: &mut Track,
    screen: &mut Screen,
    signals: &Signals,
    now: fn() -> Reading,
) -> Result<ExitKind, Trouble> {
    let left = turn(track, screen, signals, now);
    track.runner.leave();
    left
}

fn turn(track: &mut Track, screen: &mut Screen, signals: &Signals, now: fn() -> Reading) -> Result<ExitKind, Trouble> {
    let mut late = Late::default();
    loop {
        let wish = track.wish.take();
        let stop = match signals.next() {
            Some(Signal::Go(number)) => return Ok(ExitKind::Signal(number)),
            Some(Signal::Continued) => {
                screen.retake()?;
                track.runner.stopped();
                track.dirty = true;
                false
            }
            Some(Signal::Stop) => true,
            None => false,
        };
        match wish {
            Some(Wish::Leave) => return Ok(ExitKind::Left),
            Some(Wish::Interrupt) => return Ok(ExitKind::Signal(SIGINT)),
            Some(Wish::Redraw) => {
                screen.forget()?;
                track.dirty = true;
            }
            Some(Wish::Suspend) | None => {}
        }
        if stop || wish == Some(Wish::Suspend) {
            screen.suspend()?;
            signals.forget_stop();
            track.runner.stopped();
            track.dirty = true;
        }
        if track.dirty || track.is_ticking() {
            track.tick(now());
            track.lay_out(screen.area());
            screen.draw(track)?;
        }
        if poll(if track.is_ticking() { TICK } else { NAP })? {
            match read()? {
                // The clock is read as soon as the key is: what is done about it is not the runner's time.
                Event::Key(key) if !late.is_part(key) => {
                    track.key(key, now());
                    #[cfg(debug_assertions)]
                    super::fall_over(key);
                }
                Event::Key(_) | Event::Mouse(_) | Event::Paste(_) | Event::FocusGained | Event::FocusLost => {}
                Event::Resize(..) => track.dirty = true,
            }
        }
    }
}

impl Track {
    pub(super) fn new(runner: Runner, chapters: Chapters, settings: Settings, theme: Theme) -> Self {
        let world = Arc::clone(runner.sitting().world());
        Self {
            runner,
            chapters,
            world,
            settings,
            theme,
            pages: Pages::default(),
            over: Vec::new(),
            known: Known::default(),
            sheet: None,
            area: Rect::ZERO,
            splits: true,
            pressed: Vec::new(),
            shows_pressed: false,
            listed: false,
            said: None,
            card: false,
            wish: None,
            dirty: true,
        }
    }

    /// Why something of a run is not on the disk.
    pub(super) fn fault(&self) -> Option<&Fault> {
        self.runner.fault()
    }

    /// Whether the clock is seen to run.
    fn is_ticking(&self) -> bool {
        matches!(self.runner.stage(), Stage::Running | Stage::Paused)
    }

    fn tick(&mut self, now: Reading) {
        let before = self.runner.stage();
        self.runner.tick(now);
        if self.runner.stage() != before {
            // A replay that is watched ends by itself.
            self.card = self.is_over();
        }
    }

    /// Divides the screen and lays out the page. The clock needs neither.
    pub(super) fn lay_out(&mut self, area: Rect) {
        self.dirty = false;
        self.area = area;
        self.runner.remark(Note::Screen(area.width, area.height));
        let wide = self.over.last().is_some_and(|(_, top)| top.wide());
        let sheet = Sheet::of_run(area, self.settings.width);
        self.sheet = if wide { sheet.map(|s| s.widened(area)) } else { sheet };
        if let (true, Some(sheet)) = (self.over.is_empty(), &self.sheet) {
            self.pages.lay_out(self.runner.sitting(), sheet, &self.settings);
            if self.is_over() {
                self.pages.close_menu();
            }
        }
    }

    fn is_over(&self) -> bool {
        matches!(self.runner.stage(), Stage::Won | Stage::Lost)
    }

    fn mode(&self) -> Mode {
        match self.runner.drill() {
            None => Mode::Run,
            Some(drill) if drill.watch.is_some() => Mode::Watch,
            Some(_) => Mode::Practice,
        }
    }

    /// Whether the splits lie over the page.
    fn lists(&self) -> bool {
        self.listed && self.has_no_panel()
    }

    /// Whether the screen is too narrow for a panel.
    fn has_no_panel(&self) -> bool {
        self.sheet.is_some_and(|sheet| sheet.panel.is_none())
    }

    fn look(&self) -> Look<'_> {
        Look {
            mode: self.mode(),
            sitting: Some(self.runner.sitting()),
            world: &self.world,
            chapters: &self.chapters,
            theme: &self.theme,
            settings: &self.settings,
            profile: &self.known,
            slots: &[],
            runs: &[],
            report: "",
            now: 0,
            area: self.sheet.map_or(Rect::ZERO, |s| s.room),
        }
    }
}
