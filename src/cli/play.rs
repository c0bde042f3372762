//! `play`: the game, on a screen or in plain lines.

use std::io::{self, BufWriter, IsTerminal};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use clap::{Args, ValueEnum};

use super::harmless::Harmless;
use super::playable::Playable;
#[cfg(feature = "tui")]
use super::stop::COULD_NOT;
use super::stop::{CLEAN, Stop, is_dumb, terminal_width};
use super::story::{no_chapter, sources};
use crate::engine::Route;
#[cfg(feature = "tui")]
use crate::engine::World;
use crate::engine::render::Reader;
use crate::plain;
use crate::play::desk::{Desk, Now};
use crate::play::sitting::Chapters;
#[cfg(feature = "tui")]
use crate::play::watch::Watch;
#[cfg(feature = "tui")]
use crate::saves::{Settings, settings};
use crate::saves::{Store, store};
use crate::story::{Book, Report};

#[derive(Clone, Debug, Default, Args)]
pub(super) struct Play {
    /// Play the story in this folder instead of the one in the program
    #[arg(long, value_name = "DIR")]
    story: Option<PathBuf>,
    /// Begin this chapter
    #[arg(long, value_name = "ID")]
    chapter: Option<String>,
    /// Load this slot
    #[arg(long, value_name = "NAME", conflicts_with = "chapter")]
    slot: Option<String>,
    /// Follow a route, then play on: its line, or a file that holds it. Practice: nothing is saved by itself
    #[arg(long, value_name = "ROUTE", conflicts_with_all = ["chapter", "slot", "seed"])]
    route: Option<String>,
    /// The seed of all luck, when a chapter is begun
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Keep saves here
    #[arg(long, value_name = "DIR", env = "TAIYUAN_SAVES")]
    saves: Option<PathBuf>,
    /// Lines of text: no screen, no colours, numbers and words as answers
    #[arg(long)]
    plain: bool,
    /// Read the story again whenever a file of it changes
    #[arg(long, requires = "story")]
    watch: bool,
    /// Leave the mouse to the terminal
    #[arg(long)]
    no_mouse: bool,
    /// Colours, for this sitting
    #[arg(long, value_enum)]
    theme: Option<Theme>,
    /// The gentle telling, for this sitting
    #[arg(long)]
    gentle: bool,
    /// Read the story in another language, if it has one
    #[arg(long, value_name = "LANG")]
    lang: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Theme {
    Auto,
    Dark,
    Light,
    Contrast,
    Mono,
}

pub(super) fn run(args: &Play) -> Result<u8, Stop> {
    let story = Playable::open(args.story.as_deref(), args.lang.as_deref())?;
    // Kept to the end of the program: the system takes the memory back at once, and not piece by piece.
    std::mem::forget(story.clone());
    let world = Arc::clone(story.world());
    if args.story.is_some() {
        story.all()?;
    }
    if let Some(id) = &args.chapter
        && !world.order.contains(id)
    {
        return Err(no_chapter(id, &world.order));
    }
    let store = store_at(args.saves.as_deref())?;
    let mut desk = Desk::new(story.chapters(), &world.id, store);
    let started = Instant::now();
    let clock = move || Now {
        unix: SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs()),
        since_start: u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
    };
    let settings = desk.store().settings().0;
    let reader = Reader { gentle: args.gentle || settings.gentle };
    if let Some(route) = &args.route {
        desk.follow(&route_of(route)?, reader, clock()).map_err(Stop::found)?;
    }
    let terminal = is_terminal();
    let reload_from = args.story.clone().map(|dir| (dir, args.lang.clone()));
    let reload = reload_from.map(|(dir, lang)| move || read_again(&dir, lang.as_deref()));
    #[cfg(feature = "tui")]
    if terminal && !args.plain {
        let reload = reload.map(|f| Box::new(f) as crate::tui::Reload);
        return screen(args, desk, world, settings, reload);
    }
    #[cfg(not(feature = "tui"))]
    let _ = terminal;
    let setup = plain::Setup {
        desk,
        world: &world,
        chapter: args.chapter.clone(),
        slot: args.slot.clone(),
        seed: args.seed,
        reader,
        locked: settings.locked,
        reload: reload.as_ref().map(|f| f as &dyn Fn() -> Result<Chapters, String>),
        clock: &clock,
        shape: shape(),
    };
    let mut input = io::stdin().lock();
    let mut output = Harmless::new(BufWriter::new(io::stdout().lock()), false);
    plain::run(setup, &mut input, &mut output).map_err(Stop::could_not)?;
    Ok(CLEAN)
}

/// A route as it was given: its line, or a file that holds it in its first line that is not empty.
fn route_of(given: &str) -> Result<Route, Stop> {
    if given.contains('|') {
        return given.parse().map_err(Stop::could_not);
    }
    let text = std::fs::read_to_string(given)
        .map_err(|e| Stop::could_not(format!("`{given}` is no route (`chapter | choice choice`), and no file: {e}")))?;
    let line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    line.parse().map_err(|e| Stop::could_not(format!("`{given}`: {e}")))
}

/// Reads every chapter of a story folder again.
fn read_again(dir: &Path, lang: Option<&str>) -> Result<Chapters, String> {
    // Shown on a screen of its own, which takes no colours from a text.
    let plain = |report: &Report| report.render(terminal_width(), false);
    let sources = sources(Some(dir)).map_err(|stop| stop.words)?;
    let book = Book::open_in(sources, lang).map(Arc::new).map_err(|report| plain(&report))?;
    let report = book.load_all();
    if report.has_errors() { Err(plain(&report)) } else { Ok(Playable::Read(book).chapters()) }
}

#[cfg(feature = "tui")]
fn screen(
    args: &Play,
    desk: Desk,
    world: Arc<World>,
    settings: Settings,
    reload: Option<crate::tui::Reload>,
) -> Result<u8, Stop> {
    use crate::tui::{ExitKind, Setup, Start};
    let start = match (&args.chapter, &args.slot) {
        _ if desk.sitting().is_some() => Start::Play,
        (Some(id), _) => Start::Chapter(id.clone()),
        (None, Some(name)) => Start::Slot(name.parse().map_err(Stop::could_not)?),
        (None, None) => Start::Title,
    };
    let changed = match &args.story {
        Some(dir) if args.watch => {
            let watch = Watch::new(dir).map_err(Stop::could_not)?;
            Some(Box::new(move || watch.changed()) as Box<dyn FnMut() -> bool>)
        }
        _ => None,
    };
    let setup = Setup {
        desk,
        world,
        settings,
        start,
        seed: args.seed,
        theme: args.theme.map(theme),
        no_mouse: args.no_mouse,
        gentle: args.gentle,
        reading: super::run::now,
        reload,
        changed,
    };
    match crate::tui::run(setup).map_err(Stop::could_not)? {
        ExitKind::Left => Ok(CLEAN),
        ExitKind::Signal(number) => Ok(u8::try_from(128 + number).unwrap_or(COULD_NOT)),
    }
}

/// How lines are written here: as wide as the terminal, and whether somebody types.
pub(super) fn shape() -> plain::Shape {
    let columns = if io::stdout().is_terminal() { columns() } else { plain::WIDEST };
    plain::Shape { columns, piped: !io::stdin().is_terminal() }
}

#[cfg(feature = "tui")]
fn columns() -> usize {
    crate::tui::columns().unwrap_or(plain::WIDEST)
}

#[cfg(not(feature = "tui"))]
fn columns() -> usize {
    std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).unwrap_or(plain::WIDEST)
}

/// Whether there is a terminal that can show a screen.
pub(super) fn is_terminal() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal() && !is_dumb()
}

#[cfg(feature = "tui")]
pub(super) const fn theme(named: Theme) -> settings::Theme {
    match named {
        Theme::Auto => settings::Theme::Auto,
        Theme::Dark => settings::Theme::Dark,
        Theme::Light => settings::Theme::Light,
        Theme::Contrast => settings::Theme::HighContrast,
        Theme::Mono => settings::Theme::Mono,
    }
}

pub(super) fn store_at(argument: Option<&Path>) -> Result<Store, Stop> {
    let here = std::env::current_dir().unwrap_or_default();
    // The variable has already been read as the argument's default.
    store::find(argument, None, &here).map(Store::at).map_err(Stop::could_not)
}
