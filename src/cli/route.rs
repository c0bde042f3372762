//! `route`: the cheapest way to a goal, and how far that is proved.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use clap::Args;

use super::stop::{CLEAN, FOUND, Stop, terminal_width};
use super::story::Story;
use crate::engine::{self, Chapter};
use crate::speedrun::record::made;
use crate::speedrun::seeds::Source;
use crate::speedrun::{Category, Replay};
use crate::workshop::route::report::{self, Heading};
use crate::workshop::route::{Aim, Asked, Beginning, Limits, NoAim, Verdict, find};

/// Milliseconds between two choices of a replay that nobody played.
const PACE: u64 = 1_000;

#[derive(Clone, Debug, Args)]
pub(super) struct Route {
    #[command(flatten)]
    story: Story,
    /// The chapter
    #[arg(long, value_name = "ID")]
    chapter: String,
    /// A run, ending, milestone, scene or item, or a condition such as `grain > 100 and seen(moon)`
    #[arg(long, value_name = "GOAL")]
    to: String,
    /// Begin as this run, or in this scene
    #[arg(long, value_name = "RUN|SCENE")]
    from: Option<String>,
    /// What is to be least: choices, or what a variable holds at the goal
    #[arg(long, value_name = "choices|VAR", default_value = "choices")]
    cost: String,
    /// Whose luck falls; the run's own if left out
    #[arg(long, value_name = "N", conflicts_with = "any_luck")]
    seed: Option<u64>,
    /// The best luck there could be
    #[arg(long)]
    any_luck: bool,
    /// Bound by a relaxation that keeps these variables, in place of one chosen by trying
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    track: Vec<String>,
    /// Begin from this play and look for better: a replay, or a route in a file
    #[arg(long, value_name = "FILE")]
    known: Option<PathBuf>,
    /// The most states that are kept at a time
    #[arg(long, value_name = "N", default_value_t = Limits::default().states)]
    states: usize,
    /// How long to search
    #[arg(long, value_name = "N", default_value_t = 60)]
    seconds: u64,
    /// Write the best play found: a replay if it is a run with the luck of a seed, else a line that `play --route` takes
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub(super) fn run(args: &Route, out: &mut dyn Write) -> Result<u8, Stop> {
    let chapters = args.story.chosen(Some(&args.chapter))?;
    let [chapter] = &chapters[..] else {
        return Err(Stop::could_not(format!("there is no chapter `{}`", args.chapter)));
    };
    let aim = Aim::read(chapter, &args.to).map_err(|fault| wrong(&args.to, &fault))?;
    let (beginning, run) = match &args.from {
        Some(id) => Beginning::read(chapter, id).map_err(|fault| wrong(id, &fault))?,
        None => match aim.run {
            Some(run) => (Beginning::of_run(chapter, run), Some(run)),
            None => (Beginning::of_chapter(chapter), None),
        },
    };
    let least = match args.cost.as_str() {
        "choices" | "turns" => None,
        id => Some(chapter.find_var(id).ok_or_else(|| Stop::could_not(format!("there is no variable `{id}`")))?),
    };
    let own = run.or(aim.run).map_or(0, |run| chapter.runs[run].seed);
    let seed = (!args.any_luck).then(|| args.seed.unwrap_or(own));
    let asked = Asked {
        beginning,
        goal: aim.goal,
        least,
        seed,
        track: args.track.clone(),
        known: args.known.as_deref().map(known).transpose()?,
    };
    let limits = Limits { states: args.states, time: Duration::from_secs(args.seconds) };
    let found = find(chapter, &asked, &limits).map_err(Stop::could_not)?;
    if let (Some(file), Some(route)) = (&args.out, &found.route) {
        let whole_run = aim.run.filter(|_| args.from.is_none() && seed.is_some());
        keep(chapter, whole_run, route, file)?;
    }
    let heading = Heading {
        chapter: chapter.id.clone(),
        goal: aim.words,
        least: least.map(|var| chapter.var(var).id.clone()),
        seed,
    };
    if args.story.json {
        let document = serde_json::to_string_pretty(&found).map_err(Stop::could_not)?;
        writeln!(out, "{document}").map_err(Stop::could_not)?;
    } else {
        report::write(&heading, &found, out).map_err(Stop::could_not)?;
    }
    Ok(if found.verdict == Verdict::Optimal { CLEAN } else { FOUND })
}

/// The play in a file: a replay's choices, or a route's.
fn known(file: &Path) -> Result<engine::Route, Stop> {
    let name = file.display();
    let bytes = std::fs::read(file).map_err(|e| Stop::could_not(format!("cannot read `{name}`: {e}")))?;
    if let Ok(replay) = Replay::read(&bytes) {
        return Ok(replay.leg().route(replay.log.seed));
    }
    let text = String::from_utf8_lossy(&bytes);
    text.trim().parse().map_err(|why| Stop::could_not(format!("`{name}` holds neither a replay nor a route: {why}")))
}

/// Writes a play to a file.
fn keep(chapter: &Arc<Chapter>, run: Option<usize>, route: &engine::Route, file: &Path) -> Result<(), Stop> {
    let category = run.and_then(|run| Category::all(chapter).nth(run));
    let text = match category {
        Some(category) => {
            let source = if category.run().seed == route.seed { Source::Set } else { Source::Typed };
            let choices = (1..).zip(&route.steps).map(|(at, leap)| (leap.choice.clone(), at * PACE));
            let replay = made(&category, (route.seed, source), 0, choices).map_err(Stop::could_not)?;
            replay.write().map_err(Stop::could_not)?
        }
        None => format!("{route}\n"),
    };
    std::fs::write(file, text).map_err(|e| Stop::could_not(format!("cannot write `{}`: {e}", file.display())))
}

fn wrong(text: &str, fault: &NoAim) -> Stop {
    match fault {
        NoAim::Unread(report) => {
            let stop = Stop::could_not(format!("`{text}`: {fault}"));
            Stop { words: format!("{}\n{}", stop.words, report.render(terminal_width(), false)), code: stop.code }
        }
        _ => Stop::could_not(fault),
    }
}
