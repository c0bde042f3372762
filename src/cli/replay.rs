//! `replay`: what is in a replay.

mod cast;
mod diff;
mod text;

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, Subcommand};

#[cfg(feature = "tui")]
use super::play::is_terminal;
use super::playable::Playable;
#[cfg(feature = "tui")]
use super::run::{self, How};
use super::stop::Stop;
use super::verify;
use crate::engine::render::Reader;
use crate::play::Sitting;
use crate::play::sitting::Chapters;
use crate::speedrun;
use crate::speedrun::Category;

#[derive(Clone, Debug, Args)]
#[command(args_conflicts_with_subcommands = true, arg_required_else_help = true)]
pub(super) struct Replay {
    #[command(subcommand)]
    what: Option<What>,
    #[command(flatten)]
    watch: Watch,
}

#[derive(Clone, Debug, Args)]
struct Watch {
    /// A replay file, or the name of one that the game keeps
    #[arg(value_name = "FILE", required = true)]
    file: Option<PathBuf>,
    /// Write a recording for terminal players (asciicast 2) to this file
    #[arg(long, value_name = "OUT")]
    cast: Option<PathBuf>,
    /// The longest moment without a key in it, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 3, requires = "cast")]
    idle: u64,
    #[command(flatten)]
    by: By,
}

#[derive(Clone, Debug, Subcommand)]
enum What {
    /// Everything that was read and chosen, with its times
    Text {
        /// A replay file, or the name of one that the game keeps
        file: PathBuf,
        #[command(flatten)]
        by: By,
    },
    /// Where two runs of a category part, and what each split gained
    Diff {
        /// A replay file, or the name of one that the game keeps
        a: PathBuf,
        /// Another
        b: PathBuf,
        #[command(flatten)]
        by: By,
    },
}

#[derive(Clone, Debug, Args)]
struct By {
    /// By the story in this folder instead of the one in the program
    #[arg(long, value_name = "DIR")]
    story: Option<PathBuf>,
}

pub(super) fn run(args: &Replay, out: &mut dyn Write) -> Result<u8, Stop> {
    match &args.what {
        Some(What::Text { file, by }) => text::run(&opened(file, by)?, out),
        Some(What::Diff { a, b, by }) => diff::run(&opened(a, by)?, &opened(b, by)?, out),
        None => watch(&args.watch, out),
    }
}

fn watch(args: &Watch, out: &mut dyn Write) -> Result<u8, Stop> {
    let file = args.file.as_deref().unwrap_or(Path::new(""));
    let opened = opened(file, &args.by)?;
    let Some(cast) = &args.cast else { return watched(args, &opened, out) };
    let cannot = |e: std::io::Error| Stop::could_not(format!("cannot write `{}`: {e}", cast.display()));
    let mut recording = BufWriter::new(File::create(cast).map_err(cannot)?);
    let code = cast::run(&opened, args.idle.saturating_mul(1_000), &mut recording)?;
    recording.flush().map_err(cannot)?;
    Ok(code)
}

/// Shows a replay on a screen; where there is none, as text.
#[cfg(feature = "tui")]
fn watched(args: &Watch, opened: &Opened, out: &mut dyn Write) -> Result<u8, Stop> {
    if !is_terminal() {
        return text::run(opened, out);
    }
    let how = How::watching(args.by.story.clone());
    let run = run::Opened::of(&how, &opened.category.path())?;
    let runner = run.runner(Vec::new())?.watch(opened.replay.clone(), run::now()).map_err(Stop::could_not)?;
    run.play(runner, out)
}

#[cfg(not(feature = "tui"))]
fn watched(_: &Watch, opened: &Opened, out: &mut dyn Write) -> Result<u8, Stop> {
    text::run(opened, out)
}

/// A replay with the story it is played in.
struct Opened {
    replay: speedrun::Replay,
    category: Category,
    chapters: Chapters,
}

impl Opened {
    /// The play of the replay, on its first page.
    fn sitting(&self) -> Result<Sitting, Stop> {
        let (chapter, run) = (self.category.chapter(), self.category.run());
        let chapters = Arc::clone(&self.chapters);
        let (seed, reader) = (self.replay.log.seed, Reader::default());
        Sitting::begin(chapters, &chapter.id, Some(run.start), seed, &run.given, reader).map_err(Stop::could_not)
    }
}

fn opened(file: &Path, by: &By) -> Result<Opened, Stop> {
    let story = Playable::open(by.story.as_deref(), None)?;
    let named = |why: &dyn std::fmt::Display| Stop::could_not(format!("`{}`: {why}", file.display()));
    let replay = verify::replay(file, &story.world().id)?;
    let chapter = story.chapter(&replay.leg().chapter)?;
    let category = Category::find([&chapter], &replay.header.category).map_err(|e| named(&e))?;
    Ok(Opened { replay, category, chapters: story.chapters() })
}
