//! `walk`: many seeded random plays.

use std::collections::BTreeMap;
use std::io::Write;

use clap::{Args, ValueEnum};

use super::stop::{CLEAN, FOUND, Stop};
use super::story::Story;
use crate::workshop;

#[derive(Clone, Debug, Args)]
pub(super) struct Walk {
    #[command(flatten)]
    story: Story,
    /// How many plays of each chapter
    #[arg(long, default_value_t = 500, value_name = "N")]
    plays: usize,
    /// The first seed; the next play has the next
    #[arg(long, default_value_t = 1, value_name = "N")]
    seed: u64,
    /// Only this chapter
    #[arg(long, value_name = "ID")]
    chapter: Option<String>,
    /// Begin in this scene
    #[arg(long, value_name = "SCENE", requires = "chapter")]
    from: Option<String>,
    /// How choices are picked
    #[arg(long, value_enum, default_value_t = Hand::Uniform)]
    hand: Hand,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Hand {
    /// Each as likely
    Uniform,
    /// The one taken least often so far
    Least,
}

pub(super) fn run(args: &Walk, out: &mut dyn Write) -> Result<u8, Stop> {
    let hand = match args.hand {
        Hand::Uniform => workshop::walk::Hand::Uniform,
        Hand::Least => workshop::walk::Hand::LeastUsed,
    };
    let mut walks = BTreeMap::new();
    let mut stuck = false;
    for chapter in args.story.chapters()? {
        if args.chapter.as_ref().is_some_and(|id| *id != chapter.id) {
            continue;
        }
        let start = match &args.from {
            Some(id) => chapter.find_scene(id).ok_or_else(|| Stop::could_not(format!("there is no scene `{id}`")))?,
            None => chapter.start,
        };
        let walked = workshop::walk::walk(&chapter, start, &[], args.plays, args.seed, hand);
        stuck |= !walked.stuck.is_empty();
        if !args.story.json {
            workshop::walk::report(&walked, out).map_err(Stop::could_not)?;
        }
        walks.insert(chapter.id.clone(), walked);
    }
    if args.story.json {
        let document = serde_json::to_string_pretty(&walks).map_err(Stop::could_not)?;
        writeln!(out, "{document}").map_err(Stop::could_not)?;
    }
    Ok(if stuck { FOUND } else { CLEAN })
}
