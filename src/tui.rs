//! The whole game on a screen.

pub(crate) mod app;
#[cfg(test)]
pub(crate) mod fixture;
#[cfg(any(test, fuzzing))]
#[path = "../tests/fuzz/targets/tui.rs"]
pub(crate) mod fuzz;
pub(crate) mod kept;
pub(crate) mod keys;
pub(crate) mod overlay;
pub(crate) mod run;
pub(crate) mod screen;
pub(crate) mod still;
mod terminal;
pub(crate) mod theme;
pub(crate) mod widget;
pub(crate) mod wrap;

use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crossterm::event::{Event, poll, read};

use crate::engine::World;
use crate::play::{Desk, Now, seed};
use crate::saves::Slot;
use crate::speedrun::Reading;

use app::{App, Around, Wish};
use kept::{Settings, ThemeName};
use overlay::Action;
use terminal::{Late, Screen, Signal, Signals};
use theme::Paper;

pub(crate) use app::Reload;

/// How many columns the terminal has, if there is one.
pub(crate) fn columns() -> Option<usize> {
    crossterm::terminal::size().ok().map(|(columns, _)| usize::from(columns)).filter(|columns| *columns > 0)
}

/// What is to be played, and how.
pub(crate) struct Setup {
    /// With nothing on it yet, or the play that is gone on with.
    pub(crate) desk: Desk,
    pub(crate) world: Arc<World>,
    pub(crate) settings: Settings,
    pub(crate) start: Start,
    /// The seed of new plays; a fresh one each when absent.
    pub(crate) seed: Option<u64>,
    /// Instead of the theme that is set.
    pub(crate) theme: Option<ThemeName>,
    /// Never take the mouse.
    pub(crate) no_mouse: bool,
    /// The gentle telling, whatever is set.
    pub(crate) gentle: bool,
    /// What the clocks say that runs are timed by.
    pub(crate) reading: fn() -> Reading,
    /// Reads the story's files again, when it is played from files.
    pub(crate) reload: Option<Reload>,
    /// Whether a file of the story changed since this was last asked: it is then read again by itself.
    pub(crate) changed: Option<Box<dyn FnMut() -> bool>>,
}

/// What is on the screen first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Start {
    /// The title screen.
    Title,
    /// A chapter's first page.
    Chapter(String),
    /// A saved play.
    Slot(Slot),
    /// The play that lies on the desk.
    Play,
}

/// How it was left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ExitKind {
    /// By the player.
    Left,
    /// By a signal, or by `^C`, which stands for one.
    Signal(i32),
}

/// Why there is no game on the screen.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Trouble {
    /// Standard input or output is no terminal.
    #[error("standard input and output must be a terminal; `--plain` plays without one")]
    NoTerminal,
    /// The terminal refused.
    #[error("the terminal cannot be used: {0}")]
    Terminal(#[from] std::io::Error),
}

/// How long the loop sleeps at most; a signal is noticed in between.
const NAP: Duration = Duration::from_millis(400);
/// How long while something is being written.
const BLINK: Duration = Duration::from_millis(15);
/// What `^C` stands for.
const SIGINT: i32 = 2;

/// Plays on the terminal until the player leaves or a signal says so.
///
/// # Errors
/// [`Trouble`] if there is no terminal, or it goes away.
pub(crate) fn run(setup: Setup) -> Result<ExitKind, Trouble> {
    if !terminal::is_there() {
        return Err(Trouble::NoTerminal);
    }
    let settings = setup.settings;
    let depth = terminal::depth();
    let asks = setup.theme.unwrap_or(settings.theme) == ThemeName::Auto && depth != theme::Depth::Mono;
    let paper = if asks { terminal::paper() } else { Paper::Dark };
    let fixed = setup.seed;
    let around = Around {
        now: clock(),
        seed: Box::new(move || fixed.unwrap_or_else(seed::fresh)),
        reload: setup.reload,
        depth,
        paper,
        theme: setup.theme,
        no_mouse: setup.no_mouse,
        gentle: setup.gentle,
    };
    let mut changed = setup.changed.unwrap_or_else(|| Box::new(|| false));
    let cautions: Vec<String> = setup.desk.cautions().iter().map(ToString::to_string).collect();
    let mut app = App::new(setup.desk, setup.world, settings, around);
    if !cautions.is_empty() {
        app.warn(cautions.join("; "));
    }
    match setup.start {
        Start::Title => app.show_title(),
        Start::Chapter(chapter) => app.begin(&chapter),
        Start::Slot(slot) => app.open_slot(&slot),
        Start::Play => app.show_practice(),
    }
    let signals = Signals::listen()?;
    terminal::speak_on_panic();
    let mut screen = Screen::take()?;
    let left =
        turn(&mut app, &mut screen, &signals, (&mut changed, setup.reading)).or_else(|trouble| match signals.next() {
            // The terminal went away, and a signal said so.
            Some(Signal::Go(number)) => Ok(ExitKind::Signal(number)),
            _ => Err(trouble),
        });
    drop(screen);
    app.put_away();
    left
}

/// Draws, waits, hears, until it is over.
fn turn(
    app: &mut App,
    screen: &mut Screen,
    signals: &Signals,
    (changed, reading): (&mut dyn FnMut() -> bool, fn() -> Reading),
) -> Result<ExitKind, Trouble> {
    let mut late = Late::default();
    loop {
        match signals.next() {
            Some(Signal::Go(number)) => return Ok(ExitKind::Signal(number)),
            Some(Signal::Stop) => suspend(app, screen, signals)?,
            Some(Signal::Continued) => {
                screen.retake()?;
                app.lay_out(screen.area());
                screen.draw(app)?;
            }
            None => {}
        }
        match app.wish() {
            Some(Wish::Leave) => return Ok(ExitKind::Left),
            Some(Wish::Interrupt) => return Ok(ExitKind::Signal(SIGINT)),
            Some(Wish::Suspend) => suspend(app, screen, signals)?,
            Some(Wish::Run { category, wanted }) => {
                if let Some(mut track) = app.race(&category, wanted, reading()) {
                    screen.set_mouse(false)?;
                    let left = run::race(&mut track, screen, signals, reading)?;
                    app.after_race(track.fault());
                    if left != ExitKind::Left {
                        return Ok(left);
                    }
                }
            }
            Some(Wish::Redraw) => {
                screen.forget()?;
                app.lay_out(screen.area());
                screen.draw(app)?;
            }
            None => {}
        }
        if app.is_dirty() {
            screen.set_mouse(app.wants_mouse())?;
            app.lay_out(screen.area());
            screen.draw(app)?;
        }
        let nap = if app.is_waiting() { BLINK } else { NAP };
        if poll(nap)? {
            hear(app, &mut late)?;
        }
        if changed() {
            app.act(Action::Reload);
        }
        app.tick();
    }
}

/// Hears one event.
fn hear(app: &mut App, late: &mut Late) -> Result<(), Trouble> {
    match read()? {
        Event::Key(key) => {
            #[cfg(debug_assertions)]
            fall_over(key);
            if !late.is_part(key) {
                app.key(key);
            }
        }
        Event::Mouse(event) => app.mouse(event),
        Event::Paste(text) => app.paste(&text),
        Event::Resize(..) => app.resized(),
        Event::FocusGained | Event::FocusLost => {}
    }
    Ok(())
}

/// Falls over on `^]` if `TAIYUAN_PANIC` is set, in debug builds: tests look at what is left behind.
#[cfg(debug_assertions)]
fn fall_over(key: crossterm::event::KeyEvent) {
    use crossterm::event::{KeyCode, KeyModifiers};
    let key = key.modifiers.contains(KeyModifiers::CONTROL) && matches!(key.code, KeyCode::Char(']' | '5'));
    assert!(!key || std::env::var_os("TAIYUAN_PANIC").is_none(), "asked to fall over");
}

fn suspend(app: &mut App, screen: &mut Screen, signals: &Signals) -> Result<(), Trouble> {
    screen.suspend()?;
    signals.forget_stop();
    app.lay_out(screen.area());
    screen.draw(app)?;
    Ok(())
}

fn clock() -> Box<dyn FnMut() -> Now> {
    let started = Instant::now();
    Box::new(move || Now {
        unix: SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs()),
        since_start: u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
    })
}
