//! `run`: a category against the clock.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use clap::Args;

#[cfg(feature = "tui")]
use super::play::is_terminal;
use super::play::{shape, store_at};
use super::playable::Playable;
#[cfg(feature = "tui")]
use super::stop::COULD_NOT;
use super::stop::{CLEAN, Stop};
use crate::engine::Chapter;
use crate::engine::render::Reader;
use crate::plain::race;
use crate::play::run::{Runner, Setup};
use crate::play::seed;
use crate::saves::Store;
use crate::speedrun::livesplit::{Link, ONE_PORT};
use crate::speedrun::seeds::Wanted;
use crate::speedrun::{Category, Reading};

/// The rules of a run.
const RULES: &str = include_str!("run/rules.txt");

#[derive(Clone, Debug, Args)]
pub(super) struct Run {
    /// The category; `--list` shows them
    category: Option<String>,
    /// Say how runs are timed and what is allowed
    #[arg(long, conflicts_with = "category")]
    rules: bool,
    /// List the categories
    #[arg(long, conflicts_with = "category")]
    list: bool,
    #[command(flatten)]
    how: How,
    /// Drive LiveSplit's TCP server
    #[arg(long, value_name = "HOST:PORT", require_equals = true)]
    livesplit: Option<Option<String>>,
    /// Serve LiveSplit One on this port
    #[arg(long, value_name = "PORT", require_equals = true)]
    livesplit_one: Option<Option<u16>>,
}

/// How a run is played and where it is kept.
#[derive(Clone, Debug, Args)]
pub(super) struct How {
    /// A number, `set`, `weekly`, `random` or `race:PHRASE`
    #[arg(long, value_name = "SEED", default_value = "set", allow_hyphen_values = true)]
    pub(super) seed: Wanted,
    /// Lines of text: no screen, numbers and words as answers
    #[arg(long)]
    pub(super) plain: bool,
    /// Play the story in this folder instead of the one in the program
    #[arg(long, value_name = "DIR")]
    pub(super) story: Option<PathBuf>,
    /// Keep attempts and replays here
    #[arg(long, value_name = "DIR", env = "TAIYUAN_SAVES")]
    pub(super) saves: Option<PathBuf>,
    /// Colours
    #[cfg(feature = "tui")]
    #[arg(long, value_enum)]
    pub(super) theme: Option<super::play::Theme>,
    /// The gentle telling
    #[arg(long)]
    pub(super) gentle: bool,
}

pub(super) fn run(args: &Run, out: &mut dyn Write) -> Result<u8, Stop> {
    if args.rules {
        write!(out, "{RULES}").map_err(Stop::could_not)?;
        return Ok(CLEAN);
    }
    let Some(name) = args.category.as_ref().filter(|_| !args.list) else {
        return list(&Playable::open(args.how.story.as_deref(), None)?.all()?, out);
    };
    let opened = Opened::of(&args.how, name)?;
    let runner = opened.runner(links(args)?)?;
    opened.play(runner, out)
}

impl How {
    /// As a replay is watched: what is compared with is in the folder saves are found in.
    #[cfg(feature = "tui")]
    pub(super) fn watching(story: Option<PathBuf>) -> Self {
        let saves = std::env::var_os("TAIYUAN_SAVES").map(PathBuf::from);
        Self { seed: Wanted::Set, plain: false, story, saves, theme: None, gentle: false }
    }
}

/// A category of a story, and the folder its attempts are kept in.
pub(super) struct Opened<'a> {
    how: &'a How,
    story: Playable,
    pub(super) category: Category,
    pub(super) store: Store,
}

impl<'a> Opened<'a> {
    pub(super) fn of(how: &'a How, name: &str) -> Result<Self, Stop> {
        let (story, category) = category(how.story.as_deref(), name)?;
        Ok(Self { how, story, category, store: store_at(how.saves.as_deref())? })
    }

    /// A runner who has not begun.
    pub(super) fn runner(&self, links: Vec<Link>) -> Result<Runner, Stop> {
        let setup = Setup {
            chapters: self.story.chapters(),
            category: self.category.clone(),
            wanted: self.how.seed.clone(),
            random: seed::fresh,
            reader: Reader { gentle: self.how.gentle || self.store.settings().0.gentle },
            store: self.store.clone(),
            links,
        };
        Runner::new(setup, now()).map_err(Stop::could_not)
    }

    /// Runs on a screen, or at a prompt where there is none.
    pub(super) fn play(&self, mut runner: Runner, out: &mut dyn Write) -> Result<u8, Stop> {
        #[cfg(feature = "tui")]
        if !self.how.plain && is_terminal() {
            let (chapters, settings) = (self.story.chapters(), self.store.settings().0);
            let theme = self.how.theme.map(super::play::theme);
            let setup = crate::tui::run::Setup { runner, chapters, settings, theme, now };
            return match crate::tui::run::run(setup).map_err(Stop::could_not)? {
                crate::tui::ExitKind::Left => Ok(CLEAN),
                crate::tui::ExitKind::Signal(number) => Ok(u8::try_from(128 + number).unwrap_or(COULD_NOT)),
            };
        }
        race::run(&mut runner, &now, &mut io::stdin().lock(), out, shape()).map_err(Stop::could_not)?;
        Ok(CLEAN)
    }
}

/// A story, and the category of this name in it.
pub(super) fn category(story: Option<&Path>, name: &str) -> Result<(Playable, Category), Stop> {
    let story = Playable::open(story, None)?;
    let chapters = story.world().order.iter().map(|id| story.chapter(id)).collect::<Result<Vec<_>, _>>()?;
    let category = Category::find(&chapters, name).map_err(Stop::could_not)?;
    Ok((story, category))
}

/// The categories, a line each.
fn list(chapters: &[Arc<Chapter>], out: &mut dyn Write) -> Result<u8, Stop> {
    let categories: Vec<_> = chapters.iter().flat_map(Category::all).collect();
    if categories.is_empty() {
        writeln!(out, "No chapter of this story has `runs`.").map_err(Stop::could_not)?;
    }
    for category in categories {
        let run = category.run();
        writeln!(out, "{:<16} {:<18} {}", run.id, run.title, run.about).map_err(Stop::could_not)?;
    }
    Ok(CLEAN)
}

fn links(args: &Run) -> Result<Vec<Link>, Stop> {
    let mut links = Vec::new();
    if let Some(address) = &args.livesplit {
        let address = address.as_deref().unwrap_or("127.0.0.1");
        let link = Link::desktop(address);
        links.push(link.map_err(|e| Stop::could_not(format!("`--livesplit={address}`: {e}")))?);
    }
    if let Some(port) = args.livesplit_one {
        let port = port.unwrap_or(ONE_PORT);
        let link = Link::one(port);
        links.push(link.map_err(|e| Stop::could_not(format!("`--livesplit-one={port}`: {e}")))?);
    }
    Ok(links)
}

/// What the system's clocks say.
pub(super) fn now() -> Reading {
    static STARTED: LazyLock<Instant> = LazyLock::new(Instant::now);
    let ms = |d: Duration| u64::try_from(d.as_millis()).unwrap_or(u64::MAX);
    Reading { steady: ms(STARTED.elapsed()), wall: SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, ms) }
}
