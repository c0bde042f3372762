//! Recorded runs: one a category on its set seed, in `tests/replays`. Each is judged as `verify` judges it.
//!
//! `REPLAYS=record cargo test replays` records anew those that no longer hold, and says why they did not.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{env, fs};

use taiyuan::engine::Chapter;
use taiyuan::engine::chapter::Rank;
use taiyuan::engine::id::VarIx;
use taiyuan::speedrun::flags::Flag;
use taiyuan::speedrun::record::made;
use taiyuan::speedrun::verify::{Verdict, judge};
use taiyuan::speedrun::{Category, Replay, Source};

use crate::hands::winning;
use crate::play::{book, chapter};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/replays")
}

pub(crate) fn chapters() -> Vec<Arc<Chapter>> {
    book().world().order.iter().map(|id| chapter(id)).collect()
}

/// The text of a recorded run.
pub(crate) fn recorded(name: &str) -> String {
    fs::read_to_string(folder().join(format!("{name}.replay"))).unwrap()
}

fn categories() -> Vec<(Category, PathBuf)> {
    let chapters = chapters();
    let all = chapters.iter().flat_map(Category::all);
    all.map(|one| {
        let path = folder().join(format!("{}.replay", one.path().replace('/', "-")));
        (one, path)
    })
    .collect()
}

/// Where the recorded run stands that shows a figure found on a category's set seed: what is least, and the figure.
fn shown(category: &Category, path: &Path) -> Vec<(Option<VarIx>, i32, PathBuf)> {
    let run = category.run();
    let ranked = match run.rank {
        Rank::Least(var) => Some(var),
        Rank::Time | Rank::Turns => None,
    };
    let found = run.ceilings.iter().filter(|c| c.seed == Some(run.seed)).filter_map(|c| Some((c.least, c.found?)));
    found
        .map(|(least, found)| {
            let of = least.map_or("choices", |var| &category.chapter().var(var).id);
            let path = if least == ranked { path.to_owned() } else { path.with_extension(format!("{of}.replay")) };
            (least, found, path)
        })
        .collect()
}

/// A recorded run holds true, and is not ranked for one reason alone: a program made it.
fn holds(bytes: &[u8]) -> Result<(), String> {
    match judge(bytes, &chapters()).verdict {
        Verdict::Unranked(flags) if flags == [Flag::Made] => Ok(()),
        other => Err(format!("{} {other}", other.word())),
    }
}

/// Times as a quick reader's would be: a second and a half to four a choice.
fn timed(keys: Vec<String>) -> Vec<(String, u64)> {
    let mut now = 0;
    keys.into_iter()
        .zip(1_u64..)
        .map(|(key, n)| {
            now += 1_500 + (n * 7_919 + key.len() as u64 * 104_729) % 2_500;
            (key, now)
        })
        .collect()
}

/// Records a run: the choices of the old one if they still win, or else new ones; on the set seed, or else the next on
/// which one is found.
fn record(category: &Category, old: Option<&Replay>) -> (Replay, String) {
    let set = category.run().seed;
    let source = |seed| (seed, if seed == set { Source::Set } else { Source::Typed });
    if let Some(old) = old {
        let keys = old.leg().steps.iter().map(|s| s.choice.clone()).collect();
        if let Ok(replay) = made(category, source(old.log.seed), 0, timed(keys)) {
            return (replay, "the same choices".to_owned());
        }
    }
    let found = (set..set + 20).find_map(|seed| Some((seed, winning(category.chapter(), category.run(), seed)?)));
    let (seed, keys) = found.unwrap_or_else(|| panic!("{}: no winning run was found", category.path()));
    let replay =
        made(category, source(seed), 0, timed(keys)).unwrap_or_else(|why| panic!("{}: {why}", category.path()));
    (replay, format!("new choices on seed {seed}"))
}

#[test]
fn recorded_runs_of_every_category_hold_true() {
    let anew = env::var("REPLAYS").is_ok_and(|v| v == "record");
    let mut broken = Vec::new();
    let recorded = categories().into_iter().flat_map(|(category, path)| {
        let mut paths: Vec<PathBuf> = shown(&category, &path).into_iter().map(|(.., path)| path).collect();
        if !paths.contains(&path) {
            paths.push(path);
        }
        paths.into_iter().map(move |path| (category.clone(), path))
    });
    for (category, path) in recorded {
        let bytes = fs::read(&path).unwrap_or_default();
        let Err(why) = holds(&bytes) else { continue };
        if anew {
            let (replay, how) = record(&category, Replay::read(&bytes).ok().as_ref());
            fs::create_dir_all(folder()).unwrap();
            fs::write(&path, replay.write().unwrap()).unwrap();
            let turns = replay.leg().steps.len();
            println!("{}: recorded anew with {how}, {turns} of them; it was {why}", category.path());
        } else {
            broken.push(format!("{}: {why}", category.path()));
        }
    }
    assert!(broken.is_empty(), "`REPLAYS=record cargo test replays` records these anew\n{}", broken.join("\n"));
}

/// What is said to have been found was found: there is a recorded run for every such figure on the set seed.
#[test]
fn every_figure_of_a_best_route_is_that_of_a_recorded_run() {
    if env::var("REPLAYS").is_ok_and(|v| v == "record") {
        return;
    }
    for (category, path) in categories() {
        let chapter = category.chapter();
        for (least, found, path) in shown(&category, &path) {
            let bytes = fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            holds(&bytes).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
            let replay = Replay::read(&bytes).unwrap();
            let state = replay.leg().route(replay.log.seed).play(chapter, &mut ()).unwrap();
            let figure = least.map_or(replay.leg().steps.len() as i32, |var| state.vars[var.at()]);
            assert_eq!((replay.log.seed, figure), (category.run().seed, found), "{}", path.display());
        }
    }
}
