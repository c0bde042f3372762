//! `walk`: many seeded random plays.

use std::collections::BTreeMap;
use std::io::Write;

use clap::builder::RangedU64ValueParser;
use clap::{Args, ValueEnum};

use super::stop::{CLEAN, FOUND, Stop};
use super::story::Story;
use crate::workshop::walk::{self, Orders};

#[derive(Clone, Debug, Args)]
pub(super) struct Walk {
    #[command(flatten)]
    story: Story,
    /// How many plays of each chapter
    #[arg(long, default_value_t = 500, value_name = "N", value_parser = RangedU64ValueParser::<usize>::new().range(1..))]
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
    /// With what a chapter is entered
    #[arg(long, value_enum, default_value_t = Carried::Record)]
    carried: Carried,
    /// List every spot that no play reached
    #[arg(long)]
    all: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Hand {
    /// Each as likely
    Uniform,
    /// The one taken least often so far
    Least,
    /// The one that leads to most that is new: covers most, soonest
    Greedy,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Carried {
    /// What the record says
    Record,
    /// Whatever may be carried in, drawn anew for every play
    Any,
}

pub(super) fn run(args: &Walk, out: &mut dyn Write) -> Result<u8, Stop> {
    let mut walks = BTreeMap::new();
    let mut lost = false;
    for chapter in args.story.chosen(args.chapter.as_deref())? {
        let start = match &args.from {
            Some(id) => chapter.find_scene(id).ok_or_else(|| Stop::could_not(format!("there is no scene `{id}`")))?,
            None => chapter.start,
        };
        let orders = Orders {
            start,
            given: Vec::new(),
            entry: match args.carried {
                Carried::Record => walk::Entry::Record,
                Carried::Any => walk::Entry::Any,
            },
            plays: args.plays,
            seed: args.seed,
            hand: match args.hand {
                Hand::Uniform => walk::Hand::Uniform,
                Hand::Least => walk::Hand::Least,
                Hand::Greedy => walk::Hand::Greedy,
            },
        };
        let walked = walk::walk(&chapter, &orders);
        lost |= !walked.lost.is_empty();
        if !args.story.json {
            walk::report(&walked, args.all, out).map_err(Stop::could_not)?;
        }
        walks.insert(chapter.id.clone(), walked);
    }
    if args.story.json {
        let document = serde_json::to_string_pretty(&walks).map_err(Stop::could_not)?;
        writeln!(out, "{document}").map_err(Stop::could_not)?;
    }
    Ok(if lost { FOUND } else { CLEAN })
}
