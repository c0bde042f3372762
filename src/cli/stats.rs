//! `stats`: what a story is made of.

use std::io::Write;

use clap::Args;

use super::stop::{CLEAN, Stop};
use super::story::Story;
use crate::workshop::stats::{Effort, count, report};

#[derive(Clone, Debug, Args)]
pub(super) struct Stats {
    #[command(flatten)]
    story: Story,
    /// Only this chapter
    #[arg(long, value_name = "ID")]
    chapter: Option<String>,
    /// How many random plays tell what a play sees
    #[arg(long, default_value_t = 500, value_name = "N")]
    plays: usize,
    /// How many states are looked at, at most, to count the plays there are
    #[arg(long, default_value_t = 20_000, value_name = "N")]
    budget: usize,
}

pub(super) fn run(args: &Stats, out: &mut dyn Write) -> Result<u8, Stop> {
    let effort = Effort { plays: args.plays, states: args.budget };
    let chapters = args.story.chosen(args.chapter.as_deref())?;
    let all: Vec<_> = chapters.iter().map(|chapter| count(chapter, effort)).collect();
    if args.story.json {
        let document = serde_json::to_string_pretty(&all).map_err(Stop::could_not)?;
        writeln!(out, "{document}").map_err(Stop::could_not)?;
    } else {
        report(&all, out).map_err(Stop::could_not)?;
    }
    Ok(CLEAN)
}
