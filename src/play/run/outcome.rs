//! What a run that was won came to: its replay, kept and judged.

use crate::saves::{Fault, stamp, store::Draft};
use crate::speedrun::replay::Replay;
use crate::speedrun::verify::{Verdict, judge};
use crate::speedrun::{Attempt, Category, Flag, Mark};

use super::Setup;

/// A run that was won.
#[derive(Clone, Debug)]
pub struct Won {
    /// What is kept of it in the history.
    pub attempt: Attempt,
    /// Its whole seal.
    pub seal: String,
    /// What its replay is, judged as `verify` judges it.
    pub verdict: Verdict,
    /// Where its replay stands.
    pub path: Option<std::path::PathBuf>,
}

/// Gives the file of a run its name, and judges what was written. The inner result says whether it is kept.
pub(super) fn won(
    setup: &Setup,
    replay: &Replay,
    splits: Vec<Option<Mark>>,
    flags: Vec<Flag>,
    draft: Result<Draft, Fault>,
) -> Result<(Won, Result<(), Fault>), Fault> {
    let chapters = [std::sync::Arc::clone(setup.category.chapter())];
    let text = replay.write().map_err(|fault| Fault::Unwritable(fault.to_string()))?;
    let verdict = judge(text.as_bytes(), &chapters).verdict;
    let name = name(&setup.category, replay.header.started, replay.log.seed);
    let (kept, lasting) = match draft.and_then(|draft| draft.keep(&name)) {
        Ok((name, lasting)) => (Some(name), lasting),
        Err(fault) => (None, Err(fault)),
    };
    let path = kept.as_ref().map(|name| setup.store.replay_path(name));
    let seal = replay.end.as_ref().map(|end| end.seal.clone()).unwrap_or_default();
    let attempt = Attempt { replay: kept, ..Attempt::of(replay, splits, flags) };
    Ok((Won { attempt, seal, verdict, path }, lasting))
}

/// The name of a replay: when, what, on which seed.
pub(super) fn name(category: &Category, started: u64, seed: u64) -> String {
    let [year, month, day, hour, minute, second] = stamp::parts(started);
    let when = format!("{year:04}-{month:02}-{day:02}-{hour:02}{minute:02}{second:02}");
    format!("{when}-{}-{seed}", category.run().id)
}
