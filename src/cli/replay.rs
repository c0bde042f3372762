//! `replay`: what is in a replay.

mod text;

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::play::chapters;
use super::stop::Stop;
use super::story::open;
use super::verify;
use crate::play::sitting::Chapters;
use crate::speedrun;
use crate::speedrun::Category;

#[derive(Clone, Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_required = true)]
pub(super) struct Replay {
    #[command(subcommand)]
    what: What,
}

#[derive(Clone, Debug, Subcommand)]
enum What {
    /// Everything that was read and chosen, with its times
    Text {
        /// A replay file
        file: PathBuf,
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
        What::Text { file, by } => text::run(&opened(file, by)?, out),
    }
}

/// A replay with the story it is played in.
struct Opened {
    replay: speedrun::Replay,
    category: Category,
    chapters: Chapters,
}

fn opened(file: &Path, by: &By) -> Result<Opened, Stop> {
    let book = open(by.story.as_deref(), None)?;
    let named = |why: &dyn std::fmt::Display| Stop::could_not(format!("`{}`: {why}", file.display()));
    let bytes = verify::read(file).map_err(|e| named(&e))?;
    let replay = speedrun::Replay::read(&bytes).map_err(|e| named(&e))?;
    let chapter = book.chapter(&replay.leg().chapter).map_err(|report| Stop::faults(&report))?;
    let category = Category::find([&chapter], &replay.header.category).map_err(|e| named(&e))?;
    Ok(Opened { replay, category, chapters: chapters(&book) })
}
