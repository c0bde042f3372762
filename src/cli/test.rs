//! `test`: run the tests written beside a story, or record a play as one.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;

use super::play::store_at;
use super::stop::{CLEAN, FOUND, Stop};
use super::story::{Story, sources};
use crate::engine::Route;
use crate::saves::{Save, Slot};
use crate::story::{Book, with_test};
use crate::workshop::test::record::{self, NotRecorded};
use crate::workshop::test::{Orders, Outcome, report, run_with};

#[derive(Clone, Debug, Args)]
pub(super) struct Test {
    #[command(flatten)]
    story: Story,
    /// Only tests whose name holds this
    #[arg(long, value_name = "TEXT")]
    only: Option<String>,
    /// Keep what is told now as the recorded transcripts
    #[arg(long, requires = "dir")]
    bless: bool,
    /// Print a play as a test instead: a slot, a file with a save, or the line of a route
    #[arg(long, value_name = "PLAY", conflicts_with_all = ["only", "bless", "json"])]
    record: Option<String>,
    /// Add the recorded test to this file of the story
    #[arg(long, value_name = "FILE", requires_all = ["record", "dir"])]
    into: Option<PathBuf>,
    /// What the recorded test says of the story
    #[arg(long, value_name = "TEXT", requires = "record")]
    name: Option<String>,
    /// Have the whole play compared with this transcript, which `--bless` writes
    #[arg(long, value_name = "ID", requires = "record")]
    transcript: Option<String>,
    /// Where the saves are
    #[arg(long, value_name = "DIR", env = "TAIYUAN_SAVES")]
    saves: Option<PathBuf>,
}

pub(super) fn run(args: &Test, out: &mut dyn Write) -> Result<u8, Stop> {
    if let Some(play) = &args.record {
        return record(args, play, out);
    }
    let orders = Orders { only: args.only.as_deref(), folder: args.story.dir.as_deref(), bless: args.bless };
    let mut outcome = Outcome::default();
    for chapter in args.story.chapters()? {
        outcome.add(run_with(&chapter, &orders));
    }
    if let Some(part) = args.only.as_ref().filter(|_| outcome.ran == 0) {
        return Err(Stop::could_not(format!("no test's name holds `{part}`")));
    }
    if args.story.json {
        let document = serde_json::to_string_pretty(&outcome).map_err(Stop::could_not)?;
        writeln!(out, "{document}").map_err(Stop::could_not)?;
    } else {
        report(&outcome, out).map_err(Stop::could_not)?;
    }
    Ok(if outcome.failures.is_empty() { CLEAN } else { FOUND })
}

fn record(args: &Test, play: &str, out: &mut dyn Write) -> Result<u8, Stop> {
    let unfit = |why: NotRecorded| match why {
        NotRecorded::Desync(_) => Stop::found(why),
        why => Stop::could_not(why),
    };
    let route = route_of(args, play).and_then(|found| match found {
        Play::Route(route) => Ok(route),
        Play::Saved(save) => record::route(&save).map_err(unfit),
    })?;
    let chapter = args.story.chosen(Some(&route.chapter))?.remove(0);
    let test = record::test(&chapter, &route, args.name.as_deref(), args.transcript.as_deref()).map_err(unfit)?;
    match (&args.into, &args.story.dir) {
        (Some(file), Some(dir)) => {
            add(&test, file, dir)?;
            writeln!(out, "added to {}:\n{test}", file.display())
        }
        _ => write!(out, "{test}"),
    }
    .map_err(Stop::could_not)?;
    Ok(CLEAN)
}

/// What is to be recorded.
enum Play {
    Route(Route),
    Saved(Box<Save>),
}

fn route_of(args: &Test, play: &str) -> Result<Play, Stop> {
    if play.contains('|') {
        return play.parse().map(Play::Route).map_err(Stop::could_not);
    }
    let save = match play.parse::<Slot>() {
        Ok(slot) => store_at(args.saves.as_deref())?.load(&slot).map_err(Stop::could_not)?.save,
        Err(_) => {
            let bytes = std::fs::read(play).map_err(|e| Stop::could_not(format!("cannot read `{play}`: {e}")))?;
            Save::read(&bytes).map_err(Stop::could_not)?
        }
    };
    Ok(Play::Saved(Box::new(save)))
}

/// Adds a test to a file of the story; if the story then has faults, the file is left as it was.
fn add(test: &str, file: &Path, dir: &Path) -> Result<(), Stop> {
    let told = |e: std::io::Error| Stop::could_not(format!("cannot write `{}`: {e}", file.display()));
    let before = match std::fs::read_to_string(file) {
        Ok(text) => Some(text),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => None,
        Err(e) => return Err(told(e)),
    };
    let after = with_test(before.as_deref().unwrap_or_default(), test)
        .map_err(|why| Stop::could_not(format!("`{}`: {why}", file.display())))?;
    std::fs::write(file, after).map_err(told)?;
    let faults = Book::check(sources(Some(dir))?);
    if faults.has_errors() {
        match before {
            Some(text) => std::fs::write(file, text),
            None => std::fs::remove_file(file),
        }
        .map_err(told)?;
        return Err(Stop::faults(&faults));
    }
    Ok(())
}
