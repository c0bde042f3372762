//! `verify`: judges replays.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use super::playable::Playable;
use super::stop::{CLEAN, COULD_NOT, FOUND, Stop};
use crate::engine::log::Desync;
use crate::saves::store::{self, Store};
use crate::speedrun::clock::written;
use crate::speedrun::replay::LONGEST;
use crate::speedrun::verify::{Difference, Differs, Judged, Parting, Verdict, Wrong, many, sealed};
use crate::speedrun::{Note, Replay};

#[derive(Clone, Debug, Args)]
#[command(
    after_help = "A verdict says whether the choices are legal and lead where the replay claims. No file can prove who \
    made them, or that its times are true: a record by time needs a recording whose seal is the replay's."
)]
pub(super) struct Verify {
    /// Replay files, or names of replays that the game keeps
    #[arg(required = true, value_name = "REPLAY")]
    files: Vec<PathBuf>,
    /// By the story in this folder instead of the one in the program
    #[arg(long, value_name = "DIR")]
    story: Option<PathBuf>,
    /// One JSON document
    #[arg(long)]
    json: bool,
}

/// A verdict, for a script.
#[derive(Debug, Serialize)]
struct Row<'a> {
    file: String,
    verdict: &'static str,
    why: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    step: Option<usize>,
    /// In what the story does something else.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    differs: &'a [Difference],
    #[serde(skip_serializing_if = "Option::is_none")]
    category: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seed: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    turns: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    score: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    real: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    game: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pauses: Option<usize>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seal: Option<&'a str>,
}

pub(super) fn run(args: &Verify, out: &mut dyn Write) -> Result<u8, Stop> {
    let chapters = Playable::open(args.story.as_deref(), None)?.all()?;
    let mut code = CLEAN;
    let mut names = Vec::new();
    let mut files = Vec::new();
    for path in &args.files {
        match read(path) {
            Ok(bytes) => {
                names.push(path);
                files.push(bytes);
            }
            Err(why) => {
                code = COULD_NOT;
                let _ = writeln!(io::stderr(), "taiyuan: cannot read `{}`: {why}", path.display());
            }
        }
    }
    let judged = many(&files, &chapters);
    if judged.iter().any(|one| one.verdict != Verdict::Valid) {
        code = code.max(FOUND);
    }
    let rows: Vec<Row<'_>> = names.iter().zip(&judged).map(|(name, one)| row(name, one)).collect();
    if args.json {
        let document = serde_json::to_string_pretty(&rows).map_err(Stop::could_not)?;
        writeln!(out, "{document}").map_err(Stop::could_not)?;
    } else {
        for (row, one) in rows.iter().zip(&judged) {
            told(row, one, out).map_err(Stop::could_not)?;
        }
    }
    Ok(code)
}

/// The bytes of a file, or of the replay that the game keeps under this name; one too long to be a replay is read no
/// further than it takes to know.
pub(super) fn read(path: &Path) -> io::Result<Vec<u8>> {
    match bytes(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => kept(path).map_or(Err(error), |kept| bytes(&kept)),
        read => read,
    }
}

/// Where a replay of this name stands if the game keeps one, with its ending or without.
fn kept(path: &Path) -> Option<PathBuf> {
    let name = path.to_str().filter(|name| !name.contains(['/', '\\']))?;
    let here = std::env::current_dir().ok()?;
    let folder = store::find(None, std::env::var_os("TAIYUAN_SAVES").as_deref(), &here).ok()?;
    let kept = Store::at(folder).replay_path(name.strip_suffix(".replay").unwrap_or(name));
    kept.is_file().then_some(kept)
}

fn bytes(path: &Path) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    if !file.metadata()?.is_file() {
        return Err(io::Error::other("not a file"));
    }
    let mut bytes = Vec::new();
    file.take(LONGEST + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The replay in a file, to be looked at in this story. One that was changed is played all the same, and said to be.
pub(super) fn replay(path: &Path, story: &str) -> Result<Replay, Stop> {
    let named = |why: &dyn std::fmt::Display| format!("`{}`: {why}", path.display());
    let bytes = read(path).map_err(|e| Stop::could_not(named(&e)))?;
    let replay = Replay::read(&bytes).map_err(|e| Stop::could_not(named(&e)))?;
    if replay.header.story != story {
        return Err(Stop::could_not(named(&Wrong::OtherStory(replay.header.story.clone()))));
    }
    if let Err(wrong) = sealed(&replay) {
        let _ = writeln!(io::stderr(), "taiyuan: {}", named(&wrong));
    }
    Ok(replay)
}

fn row<'a>(path: &Path, judged: &'a Judged) -> Row<'a> {
    let replay = judged.replay.as_ref();
    let end = replay.and_then(|r| r.end.as_ref());
    Row {
        file: path.display().to_string(),
        verdict: judged.verdict.word(),
        why: judged.verdict.to_string(),
        step: step(&judged.verdict),
        differs: match &judged.verdict {
            Verdict::Desync(Parting { differs: Differs::Entry(what) | Differs::Step(what), .. }) => what,
            _ => &[],
        },
        category: replay.map(|r| r.header.category.as_str()),
        seed: replay.map(|r| r.log.seed),
        turns: end.map(|e| e.turns),
        score: end.and_then(|e| e.score),
        real: end.map(|e| e.real),
        game: end.map(|e| e.game),
        pauses: end.and(replay).map(|r| r.pauses.len()),
        notes: end.map(|e| e.notes.iter().map(Note::to_string).collect()).unwrap_or_default(),
        seal: end.map(|e| e.seal.as_str()),
    }
}

/// The step a verdict speaks of.
const fn step(verdict: &Verdict) -> Option<usize> {
    match verdict {
        Verdict::Invalid(wrong) => match wrong {
            Wrong::Seal { step, .. } | Wrong::Time { step, .. } => Some(*step),
            Wrong::ThenSeal(step) | Wrong::PauseSeal(step) | Wrong::NoTime(step) | Wrong::Pause(step) => Some(*step),
            Wrong::Unfinished(step) | Wrong::PastGoal(step) => Some(*step),
            Wrong::Unreadable(crate::speedrun::replay::Fault::Line { after, .. }) => Some(*after),
            _ => None,
        },
        Verdict::Desync(parting) => match &parting.at {
            Some(Desync::Refused { step, .. } | Desync::Differs { step, .. }) => Some(*step),
            _ => None,
        },
        Verdict::Valid | Verdict::Unranked(_) | Verdict::Suspicious(_) => None,
    }
}

fn told(row: &Row<'_>, judged: &Judged, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{:<10}  {}", row.verdict, row.file)?;
    if !row.why.is_empty() {
        writeln!(out, "            {}", row.why)?;
    }
    let (Some(replay), Some(category)) = (&judged.replay, &judged.category) else { return Ok(()) };
    let header = &replay.header;
    writeln!(out, "            {}, seed {} ({})", category.run().title, replay.log.seed, header.source)?;
    if let Some(end) = &replay.end {
        let counted = match (category.counts(), end.score) {
            (Some(what), Some(score)) => format!(", {what} {score}"),
            _ => String::new(),
        };
        let (real, game) = (written(end.real), written(end.game));
        let game = if end.game == end.real { String::new() } else { format!(" ({game} without pauses)") };
        writeln!(out, "            {real}{game}, {} choices{counted}, seal {}", end.turns, short(&end.seal))?;
        let mut notes = row.notes.clone();
        if !replay.pauses.is_empty() {
            let rested = written(replay.pauses.iter().map(|paused| paused.pause.length).sum());
            let pauses =
                if replay.pauses.len() == 1 { "a pause".to_owned() } else { format!("{} pauses", replay.pauses.len()) };
            notes.push(format!("{pauses} of {rested}"));
        }
        if !notes.is_empty() {
            writeln!(out, "            {}", notes.join(", "))?;
        }
    }
    Ok(())
}

fn short(seal: &str) -> &str {
    seal.get(..8).unwrap_or(seal)
}
