//! `practice`: a part of a run, as often as one likes. Nothing of it is kept.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use super::playable::Playable;
use super::run::{How, Opened};
use super::stop::Stop;
use super::verify;
use crate::play::run::drill::{Luck, Start};
use crate::speedrun::category::Split;
use crate::speedrun::{Board, Category, History, Replay, Source};

#[derive(Clone, Debug, Args)]
pub(super) struct Practice {
    /// The category; the replay's own if left out
    #[arg(required_unless_present = "replay")]
    category: Option<String>,
    /// Begin where the personal best, or the replay, passes this split: its id or its title
    #[arg(long, value_name = "MILESTONE")]
    from: Option<String>,
    /// Begin in this replay
    #[arg(long, value_name = "FILE")]
    replay: Option<PathBuf>,
    /// Begin after so many of its choices
    #[arg(long, value_name = "N", requires = "replay", conflicts_with = "from")]
    turn: Option<usize>,
    /// `seed`, `high`, `low`, or faces in order from 0, as `3,0,5`
    #[arg(long, value_name = "LUCK", default_value = "seed")]
    luck: Luck,
    /// Back to the beginning by itself at every split
    #[arg(long = "loop")]
    repeats: bool,
    #[command(flatten)]
    how: How,
}

pub(super) fn run(args: &Practice, out: &mut dyn Write) -> Result<u8, Stop> {
    let story = Playable::open(args.how.story.as_deref(), None)?.world().id.clone();
    let replay = args.replay.as_deref().map(|path| verify::replay(path, &story)).transpose()?;
    let named = args.category.clone().or_else(|| replay.as_ref().map(|replay| replay.header.category.clone()));
    let opened = Opened::of(&args.how, &named.unwrap_or_default())?;
    let start = start(args, &opened, replay)?;
    let runner = opened.runner(Vec::new())?;
    let runner = runner.practise(start, args.luck.clone(), args.repeats).map_err(Stop::could_not)?;
    opened.play(runner, out)
}

fn start(args: &Practice, opened: &Opened<'_>, replay: Option<Replay>) -> Result<Start, Stop> {
    let category = &opened.category;
    if let Some(replay) = &replay
        && replay.header.category != category.path()
    {
        let of = &replay.header.category;
        return Err(Stop::could_not(format!("the replay is of `{of}`, not of `{}`", category.path())));
    }
    let Some(milestone) = &args.from else {
        return Ok(Start { turn: args.turn.unwrap_or(0), replay });
    };
    // Screens show titles, files ids.
    let named = |split: &&Split| split.id == *milestone || split.title.eq_ignore_ascii_case(milestone);
    let Some(split) = category.splits().iter().find(named) else {
        let known = category.splits().iter().map(|split| format!("{} ({})", split.id, split.title));
        let known: Vec<String> = known.collect();
        return Err(Stop::could_not(format!("there is no split `{milestone}`; there are {}", known.join(", "))));
    };
    let milestone = &split.id;
    let replay = replay.map_or_else(|| best(category, opened), Ok)?;
    let missed = || Stop::could_not(format!("the replay does not pass `{milestone}`"));
    Start::at_milestone(category, replay, milestone).ok_or_else(missed)
}

/// The replay of the personal best on the set seed.
fn best(category: &Category, opened: &Opened<'_>) -> Result<Replay, Stop> {
    let history = History::of(category, &opened.store).map_err(Stop::could_not)?;
    let board = Board::of(&history, category, category.run().seed, &Source::Set);
    let name = board.best().and_then(|best| best.replay.clone());
    let name = name
        .ok_or_else(|| Stop::could_not("there is no finished run of it to begin in: give one with `--replay FILE`"))?;
    let bytes = opened.store.replay(&name).map_err(Stop::could_not)?;
    Replay::read(&bytes).map_err(Stop::could_not)
}
